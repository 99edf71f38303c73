import datetime

import pytest

from newsledger import paths
from newsledger.errors import SettingsError
from newsledger.lexicon.place_overrides import find_overrides, load_place_overrides

HEADER = "name,context,place,country_code,kind,lat,lon,who,decided_on,why\n"
STORY = (
    "Flood reaches Brackwater\nBy Ana Reyes\nThe Pier Post\n\nWater stood in the streets "
    "of Brackwater on Monday, the mayor said.\n"
    "“We have moved forty families to Paris,” the mayor said.\n"
)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    folder = tmp_path / "overrides"
    folder.mkdir()
    monkeypatch.setattr(paths, "OVERRIDES", folder)
    return folder


def write(folder, *rows):
    (folder / "places.csv").write_text(HEADER + "".join(f"{row}\n" for row in rows), "utf-8")
    return load_place_overrides()


def test_the_narrower_decision_comes_first(folder):
    write(folder, "Paris,,Paris,FR,,,,Ana,,", "Paris,Texas,Paris,US,point,33.66,-95.55,Ana,,")
    assert (
        find_overrides(["paris"], "A storm crossed Texas.", None)["paris"].place.country_code
        == "US"
    )
    assert find_overrides(["paris"], "A strike began.", None)["paris"].place.country_code == "FR"
    assert not find_overrides(["london"], "A strike began.", None)


def test_an_outlet_is_a_context(folder):
    write(folder, "Paris,theparisnews.example,Paris,US,point,33.66,-95.55,Ana,,")
    assert find_overrides(["paris"], "A storm.", "theparisnews.example")["paris"].place.lat == 33.66
    assert not find_overrides(["paris"], "A storm.", "elsewhere.example")


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (",,Paris,FR,,,,,,", "line 2: name is empty"),
        ("Paris,,Paris,,,north,2,,,", "line 2: lat and lon must be numbers"),
        ("Paris,,Paris,,spot,48,2,,,", "line 2: expected kind"),
        ("Paris,,Paris,,,148,2,,,", "line 2: expected kind one of"),
        (
            "Paris,,Brackwater,GB,,,,,,",
            "line 2: the gazetteer has no place 'Brackwater' in GB: give lat and lon",
        ),
    ],
)
def test_a_wrong_line_is_named(folder, row, words):
    with pytest.raises(SettingsError, match=words):
        write(folder, row)


def test_wrong_columns_are_named(folder):
    (folder / "places.csv").write_text("name,place\nParis,Paris\n", "utf-8")
    with pytest.raises(SettingsError, match="columns: no context"):
        load_place_overrides()


def read(text):
    from newsledger.model.records import Article
    from newsledger.nlp.names.entities import find_entities
    from newsledger.nlp.parse.model import parse_text
    from newsledger.nlp.places.mentions import find_places

    doc = parse_text(text)
    found = find_places(
        doc, find_entities(doc), Article(article_id="a", document_id="d", body=text)
    )
    names = {place.location_id: place.name for place in found.locations}
    return {
        mention.text: (names.get(mention.location_id), mention.rule) for mention in found.mentions
    }


def test_a_decision_adds_places_nobody_knows_and_takes_others_away(folder):
    write(
        folder, "Brackwater,,Brackwater,GB,point,53.1,-0.2,Ana,,", "Lyon,,,,,,,Ana,,a surname here"
    )
    found = read("The drivers met in Lyon. Later brackish water rose at Brackwater.")
    assert found["Brackwater"] == ("Brackwater", "override")
    assert found["Lyon"] == (None, "override")


def test_decisions_reach_articles_that_were_read_before_and_can_be_taken_back(
    folder, data_dir, tmp_path
):
    from newsledger.run.plan import RunOptions
    from newsledger.run.runner import run_all
    from newsledger.store.database import open_published

    (tmp_path / "story.txt").write_text(STORY, "utf-8")
    options = RunOptions(sources=(str(tmp_path / "story.txt"),), report=None)

    def run():
        run_all(options)
        with open_published() as con:
            mentions = con.execute(
                "SELECT DISTINCT m.text, l.name, l.lat FROM core.location_mentions m JOIN "
                "core.locations l USING (location_id) ORDER BY ALL"
            ).fetchall()
            log = con.execute(
                "SELECT file, matched_count, is_orphaned, who, decided_on FROM "
                "ops.overrides_applied ORDER BY line_no"
            ).fetchall()
            claims = con.execute(
                "SELECT count(*), count(DISTINCT claim_id) FROM core.claims"
            ).fetchone()
        return mentions, log, claims

    before = run()
    assert ("Brackwater", "Brackwater", 53.1) not in before[0]
    write(
        folder,
        "Brackwater,families,Brackwater,GB,point,53.1,-0.2,Ana,2026-03-02,local",
        "Nowhere,,Oslo,,,,,Ben,,gone",
    )
    mentions, log, claims = run()
    assert ("Brackwater", "Brackwater", 53.1) in mentions
    assert log[0][0:2] == ("places.csv", log[0][1])
    assert log[0][1] >= 1
    assert log[0][2:] == (False, "Ana", datetime.date(2026, 3, 2))
    assert log[1] == ("places.csv", 0, True, "Ben", None)
    assert claims == before[2]
    (folder / "places.csv").unlink()
    assert run() == before
