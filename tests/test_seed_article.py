"""The whole run on the user's seed article: what the published ledger must show."""

from datetime import date, datetime

import pytest

from newsledger import paths
from newsledger.run.plan import RunOptions
from newsledger.run.runner import run_all
from newsledger.store.database import open_published
from tests.runs import use_data


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    """Run the pipeline over the seed article once, in a data directory of its own."""
    root = tmp_path_factory.mktemp("seed")
    with use_data(root):
        first = run_all(RunOptions(sources=(str(paths.SEEDS / "articles"),)))
        before = (root / "newsledger.duckdb").read_bytes()
        second = run_all(RunOptions(sources=(str(paths.SEEDS / "articles"),)))
        with open_published(root / "newsledger.duckdb") as con:
            yield {"con": con, "first": first, "second": second, "before": before, "root": root}


def one(published, sql):
    return published["con"].execute(sql).fetchall()


def test_run_says_what_it_did(published):
    assert published["first"].summary.startswith("1 document read, ")
    assert published["first"].files[0].name == "daily_brief-2024-12-06.pdf"


def test_second_run_changes_nothing(published):
    assert not published["second"].is_changed
    assert (published["root"] / "newsledger.duckdb").read_bytes() == published["before"]


def test_metadata(published):
    assert one(
        published,
        "SELECT headline, authors, contributors, outlet_name, agency_name, published_at, " "published_precision FROM core.articles",
    ) == [
        (
            "Syrian insurgents enter 2 central towns, bringing them close to the city of Homs", ["Bassem Mroue"], ["Albert Aji"],
            "The Independent", "Associated Press", datetime(2024, 12, 6, 9, 15), "minute",
        )
    ]  # fmt: skip


def test_body_begins_and_ends_right(published):
    ((body,),) = one(published, "SELECT body FROM core.articles")
    assert body.startswith("Syrian insurgents entered two central towns")
    assert body.endswith("for the past few years.")


def test_nobody_of_the_appeal_is_an_actor(published):
    assert one(
        published,
        "SELECT count(*) FROM core.actors WHERE canonical_name ILIKE '%Musk%' OR "
        "canonical_name ILIKE '%Independent%'",
    ) == [(0,)]


def test_acronym_is_an_alias(published):
    names = {
        row[0]
        for row in one(
            published,
            "SELECT alias FROM core.actor_aliases WHERE actor_id IN (SELECT actor_id FROM "
            "core.actor_aliases WHERE alias = 'HTS')",
        )
    }
    assert any("Hayat Tahrir al-Sham" in name for name in names)


def test_official_speaks_through_the_agency(published):
    rows = one(
        published,
        "SELECT string_agg(surface, ' > ' ORDER BY hop) FROM core.claim_sources GROUP BY "
        "claim_id, chain HAVING count(*) = 4",
    )
    assert ("an unnamed military official > SANA > Associated Press > The Independent",) in rows


def test_the_army_of_the_state_is_not_that_of_the_opposition(published):
    speakers = one(
        published,
        "SELECT speaker_name FROM core.claims WHERE content_text LIKE 'it withdrew to avoid "
        "fighting%'",
    )
    assert speakers == [("Syrian army",)]


@pytest.mark.parametrize(
    "name", ["Homs", "Hama", "Rastan", "Talbiseh", "Latakia", "Tartus", "Damascus", "Aleppo"]
)
def test_syrian_place_has_coordinates(published, name):
    rows = one(
        published,
        f"SELECT DISTINCT country_code, lat, lon FROM core.locations JOIN core.location_mentions USING (location_id) WHERE text = '{name}'",
    )
    assert rows
    for code, lat, lon in rows:
        assert code == "SY"
        assert 32 < lat < 37.5
        assert 35 < lon < 42.5


@pytest.mark.parametrize(
    ("text", "day"), [("early Friday", date(2024, 12, 6)), ("late Thursday", date(2024, 12, 5))]
)
def test_day_is_read_against_publication(published, text, day):
    assert one(
        published, f"SELECT start_date, end_date FROM core.time_mentions WHERE text = '{text}'"
    ) == [(day, day)]


def test_every_span_shows_its_words(published):
    assert one(published, "SELECT is_passed FROM ops.checks WHERE check_name = 'offsets'") == [
        (True,)
    ]
    assert one(
        published,
        "SELECT count(*) FROM core.actor_mentions m JOIN core.articles USING (article_id) "
        'WHERE substr(body, start + 1, "end" - start) <> m.text',
    ) == [(0,)]


def test_brief_is_there_with_its_charts(published):
    names = {path.name for path in published["first"].files}
    assert {
        "daily_brief-2024-12-06.pdf",
        "daily_brief-2024-12-06-page-1.png",
        "daily_brief-2024-12-06-chart-map-1.png",
        "daily_brief-2024-12-06-chart-map-1.csv",
        "index.html",
    } <= names
    assert published["first"].files[0].read_bytes().startswith(b"%PDF")


def test_seed_article_is_unchanged():
    (path,) = (paths.SEEDS / "articles").glob("*.txt")
    assert path.name == "000_1d4940750912eb2c.txt"
    assert path.stat().st_size == 4579
