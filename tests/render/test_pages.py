"""Every report of the invented sample feed, and the daily brief of openly licensed articles: words
and places of the text layer, nothing outside the page, nothing over anything else."""

import json
from datetime import date, datetime
from pathlib import Path

import pytest

from newsledger import paths
from newsledger.render.report import Request, build_report
from newsledger.render.report_folders import list_reports
from newsledger.store.database import open_published
from tests.render.pdf_text import read_sizes, read_text, read_words
from tests.runs import publish_once

AT = datetime(2026, 2, 17, 6, 0)
SLACK = 1.2  # points that boxes of letters may overlap: ink is smaller than its box
WEEK = {"since": date(2026, 2, 9), "until": date(2026, 2, 16)}
ASKED = {
    "daily_brief": WEEK,
    "outlet_audit": WEEK,
    "changes": WEEK,
    "error_rates": WEEK,
    "story": {"about": "severn"},
    "actor": {"about": "Anna Rees"},
}
WORDS = {
    "daily_brief": ["9 to 16 February 2026", "stories moved, most of all", "pairs of claims contradict each other", "denied", "5 of 9 stories shown", "Drivers in Telford: 150 to 400", "through Meridian News Agency",
                    "Triangle: an open end", "Where:", "What these pages are worth"],
    "outlet_audit": ["The Albion Daily", "claims with a source", "Expected", "95 % interval"],
    "changes": ["1 notice of correction", "one person was killed", "two people were killed", "1 changed figure"],
    "error_rates": ["are right, by kind", "read by hand on", "All that was measured on annotated news", "Who says what: scores of"],
    "story": ["Story dossier", "independent source", "When it was said", "When it happened", "Who carries what, and who omits it", "Stourport-on-Severn"],
    "actor": ["Anna Rees", "Anna Rees makes", "Anna Rees and others against each other", "Who quotes Anna Rees", "Gwen Parry"],
}  # fmt: skip


def build(name, database, out, **request):
    return build_report(
        name, database, out, run_id="run_1", cutoff_at=AT, request=Request(**request)
    )


@pytest.fixture(scope="module")
def sample_reports(sample_file, tmp_path_factory):
    out = tmp_path_factory.mktemp("reports")
    return {name: build(name, sample_file, out / name, **ASKED[name]) for name in list_reports()}


def check_layout(path):
    sizes, words = read_sizes(path), read_words(path)
    outside = [
        word
        for word in words
        if word.left < -0.5 or word.bottom < -0.5 or word.right > sizes[word.page][0] + 0.5
        or word.top > sizes[word.page][1] + 0.5
    ]  # fmt: skip
    assert outside == []
    ordered = sorted(words, key=lambda word: (word.page, -word.top))
    over = [
        (one.text, two.text)
        for number, one in enumerate(ordered)
        for two in ordered[number + 1 : number + 120]
        if one.overlaps(two, SLACK)
    ]
    assert over == []


def test_every_report_is_asked_for():
    assert set(ASKED) == set(WORDS) == set(list_reports())


@pytest.mark.parametrize("name", list_reports())
def test_words_of_the_report(sample_reports, name):
    text = read_text(sample_reports[name][0])
    missing = [words for words in WORDS[name] if words not in text]
    assert missing == []


@pytest.mark.parametrize("name", list_reports())
def test_nothing_is_outside_the_page_or_over_anything_else(sample_reports, name):
    check_layout(sample_reports[name][0])


def test_the_brief_has_four_pages_at_most(sample_reports):
    assert len(read_sizes(sample_reports["daily_brief"][0])) <= 4


def test_a_dossier_is_no_longer_than_an_editor_reads(sample_reports):
    assert len(read_sizes(sample_reports["story"][0])) <= 5


def test_letter_paper(sample_file, tmp_path):
    files = build("changes", sample_file, tmp_path, paper="us-letter", formats=("pdf",), **WEEK)
    assert read_sizes(files[0])[0] == pytest.approx((612, 792))


def test_the_edition_leads_to_the_sentence(sample_reports):
    edition = next(path for path in sample_reports["daily_brief"] if path.name == "index.html")
    links = [part.split('"')[0] for part in edition.read_text("utf-8").split('href="')[1:]]
    inside = sorted({link for link in links if link.startswith("articles/")})
    assert inside
    for link in inside:
        name, _, sentence = link.partition("#")
        assert f'id="{sentence}"' in (edition.parent / name).read_text("utf-8")


def test_copies_of_articles_hold_the_whole_text(sample_reports, sample_ledger):
    edition = next(path for path in sample_reports["story"] if path.name == "index.html")
    page = next((edition.parent / "articles").iterdir())
    (body,) = sample_ledger.execute(
        "SELECT body FROM core.articles WHERE article_id = ?", [page.stem]
    ).fetchone()
    from lxml import html

    paragraphs = html.parse(str(page)).getroot().xpath("//main/p[not(@class)]")
    assert "\n\n".join(part.text_content() for part in paragraphs) == body


MOST_TOLD = {
    "story": "SELECT story_id FROM core.claims JOIN core.articles USING (article_id) "
    "GROUP BY story_id ORDER BY count(*) DESC, story_id",
    "actor": "SELECT actor_id FROM core.actors ORDER BY claim_count DESC, actor_id",
}


@pytest.fixture(scope="module")
def open_articles(tmp_path_factory):
    """A ledger of forty openly licensed articles of the gold set, dated over five days."""
    lines = (paths.CODE_ROOT / "benchmarks" / "gold" / "texts.jsonl").read_text("utf-8")
    rows = [json.loads(line) for line in lines.splitlines()]
    dated = [
        {"title": row["title"], "text": row["text"], "url": row["url"], "outlet": row["outlet"], "published_at": f"2026-01-{1 + at % 5:02}T{6 + at % 12:02}:00:00Z"}
        for at, row in enumerate([row for row in rows if row["outlet"]][:40])
    ]  # fmt: skip

    def write_articles(root: Path) -> Path:
        source = root / "articles.jsonl"
        source.write_text("".join(json.dumps(row) + "\n" for row in dated), "utf-8")
        return source

    return publish_once(tmp_path_factory, "open", write_articles)


@pytest.mark.parametrize("name", list_reports())
def test_reports_of_real_articles(open_articles, tmp_path, name):
    days = {"since": date(2026, 1, 1), "until": date(2026, 1, 5)}
    asked = {"about": _most_told(open_articles, name)} if name in MOST_TOLD else {}
    files = build(name, open_articles, tmp_path, formats=("pdf",), **days, **asked)
    assert "1 to 5 January 2026" in read_text(files[0])
    check_layout(files[0])


def _most_told(database: Path, name: str) -> str:
    with open_published(database) as con:
        return str(con.sql(MOST_TOLD[name]).fetchall()[0][0])
