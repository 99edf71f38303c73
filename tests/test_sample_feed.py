"""The whole run on the invented sample feed, against its known truth."""

import json
import re
from datetime import UTC

import pytest

from newsledger import paths
from newsledger.stages.check import Check
from newsledger.stages.clean import Clean
from newsledger.stages.extract import Extract
from newsledger.stages.publish import Publish
from newsledger.stages.read import Read
from newsledger.stages.resolve import Resolve
from newsledger.stages.write import Write
from tests.statements import tables_of

TRUTH = json.loads(
    (paths.CODE_ROOT / "tests" / "golden" / "sample" / "truth.json").read_text("utf-8")
)
MIN_CLAIMS_FOUND = (
    1.0  # share of the claims of the truth that must be in the ledger, with speaker; may only rise
)
MIN_SPEAKERS_RIGHT = 1.0  # of those found


@pytest.fixture
def con(sample_ledger):
    return sample_ledger


def article_row(con, file: str) -> dict:
    cursor = con.execute(
        "SELECT a.* FROM core.articles a JOIN raw.documents USING (document_id) WHERE "
        "ends_with(source_uri, ?)",
        ["/" + file],
    )
    rows = [
        dict(zip([column[0] for column in cursor.description], row, strict=True))
        for row in cursor.fetchall()
    ]
    assert len(rows) == 1, file
    return rows[0]


@pytest.mark.parametrize("truth", TRUTH["articles"], ids=lambda truth: truth["file"])
def test_metadata_and_body(con, truth):
    row = article_row(con, truth["file"])
    found = {
        "outlet": row["outlet_name"], "agency": row["agency_name"], "headline": row["headline"], "authors": row["authors"],
        "published_at": row["published_at"] and row["published_at"].replace(tzinfo=UTC).isoformat().replace("+00:00", "Z"),
        "body_begins": row["body"][: len(truth["body_begins"])], "body_ends": row["body"][-len(truth["body_ends"]) :],
    }  # fmt: skip
    assert found == {key: truth[key] for key in found}


def test_every_article_is_there_once(con):
    assert con.execute("SELECT count(*) FROM core.articles").fetchone() == (len(TRUTH["articles"]),)


def test_versions(con):
    for pair in TRUTH["versions"]:
        new, old = article_row(con, pair["file"]), article_row(con, pair["version_of"])
        assert (new["first_version_id"], new["version"], new["is_current"], old["is_current"]) == (
            old["article_id"],
            2,
            True,
            False,
        )


def fold(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))


def test_claims_are_found_with_their_speakers(con):
    wanted = found = right = 0
    for truth in TRUTH["articles"]:
        article_id = article_row(con, truth["file"])["article_id"]
        rows = con.execute(
            "SELECT content_text, speaker_name FROM core.claims WHERE article_id = ? AND NOT "
            "is_statement",
            [article_id],
        ).fetchall()
        for claim in truth["claims"]:
            wanted += 1
            speakers = [
                speaker for content, speaker in rows if fold(claim["content"]) in fold(content)
            ]
            found += bool(speakers)
            right += any(
                fold(claim["speaker"]) in fold(speaker or "")
                or fold(speaker or "-") in fold(claim["speaker"])
                for speaker in speakers
            )
    print(f"claims found {found} of {wanted}, speaker right {right} of {found}")
    assert found >= MIN_CLAIMS_FOUND * wanted
    assert right >= MIN_SPEAKERS_RIGHT * found


@pytest.mark.parametrize(
    "stage", [Read, Clean, Extract, Write, Resolve, Check, Publish], ids=lambda stage: stage.name
)
def test_a_stage_reads_and_writes_the_tables_that_it_declares(sample_file, stage):
    kept = json.loads(sample_file.with_name("statements.json").read_text("utf-8"))

    read, written = tables_of(kept[stage.name])

    for found, declared in ((read, {*stage.reads, *stage.writes}), (written, set(stage.writes))):
        assert {
            table for table in found if not {table, f"{table.split('.')[0]}.*"} & declared
        } == set()
