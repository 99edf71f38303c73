"""Reports of a ledger whose names, headlines and sentences are hard to set: empty, of ten thousand
letters, in other scripts, full of marks that typst, matplotlib or HTML would read."""

import shutil
from datetime import date, datetime
from pathlib import Path

import duckdb
import pytest

from newsledger.render.report import Request, build_report
from newsledger.render.report_folders import list_reports
from tests.render.pdf_text import read_sizes, read_words

AT = datetime(2026, 2, 17, 6, 0)
WEEK = {"since": date(2026, 2, 9), "until": date(2026, 2, 16)}
HARD = (
    "",
    "x" * 10_000,
    "$x^2_ and $5 #let <script>alert(1)</script> *bold* \\frac{1}{2} @ref [a](b) `c` & %",
    "حلب تحت القصف منذ الصباح الباكر",
    "北京发生地震，数百人受伤，救援人员赶到现场",
    "Землетрясение в Пекине: сотни пострадавших",
    "Maria-Theresia von und zu Hohenstein-Wallersdorf, Parliamentary Under-Secretary of " "State for Waterways",
)  # fmt: skip
TEXTS = {
    "core.articles": ("article_id", ["headline", "outlet_name", "correction"]),
    "core.sentences": ("sentence_id", ["text"]),
    "core.claims": ("claim_id", ["speaker_name", "content_text", "cue_text"]),
    "core.stories": ("story_id", ["headline"]),
    "core.actors": ("actor_id", ["canonical_name"]),
    "core.actor_aliases": ("actor_id", ["alias"]),
    "core.actor_roles": ("article_id", ["text"]),
    "core.claim_sources": ("claim_id", ["surface", "ground_rules"]),
    "core.locations": ("location_id", ["name"]),
    "core.figure_groups": ("figure_group_id", ["population", "place"]),
}


@pytest.fixture(scope="module")
def hard_file(sample_file, tmp_path_factory):
    path = tmp_path_factory.mktemp("hard") / "newsledger.duckdb"
    shutil.copyfile(sample_file, path)
    with duckdb.connect(str(path)) as con:
        for table, (key, columns) in TEXTS.items():
            for at, column in enumerate(columns):
                con.execute(
                    f"UPDATE {table} SET {column} = list_extract(?, CAST(1 + hash({key}) % ? + ? AS INTEGER) % ? + 1)",
                    [HARD, len(HARD), at, len(HARD)],
                )
        con.execute("UPDATE core.articles SET url = 'javascript:alert(1)' WHERE version = 1")
        con.execute("UPDATE core.claim_quantities SET high = 9e15 WHERE hash(quantity_id) % 5 = 0")
    return path


@pytest.mark.parametrize("name", list_reports())
def test_hard_texts_are_set_inside_the_page(hard_file, tmp_path, name):
    about = {"actor": "Землетрясение"}.get(name, "")
    if name == "story":
        with duckdb.connect(str(hard_file), read_only=True) as con:
            ((about,),) = con.execute(
                "SELECT story_id FROM core.stories ORDER BY article_count DESC, story_id LIMIT 1"
            ).fetchall()
    request = Request(about=about, **({} if about else WEEK))
    files = build_report(name, hard_file, tmp_path, run_id="run_1", cutoff_at=AT, request=request)
    sizes = read_sizes(files[0])
    outside = [
        word
        for word in read_words(files[0])
        if word.left < -0.5 or word.right > sizes[word.page][0] + 0.5 or word.bottom < -0.5
    ]
    assert outside == []
    page = next(path for path in files if path.name == "index.html").read_text("utf-8")
    assert "<script>alert" not in page
    assert "javascript:" not in page
    assert Path(files[0]).stat().st_size < 5_000_000
