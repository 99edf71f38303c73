"""The gold set of who says what: its rows slice back, and scored against itself it is perfect."""

import hashlib
import json
from pathlib import Path

import pytest

from benchmarks.gold.compile import (
    ANNOTATORS,
    AuthoringError,
    find_content,
    find_near,
    resolve_claim,
    resolve_places,
    write_rows,
)
from benchmarks.gold.load import FOLDER, load_gold, read_rows, slice_spans
from benchmarks.gold.score import is_same_name, score_all, score_claims

TEST_SHARE = 0.27  # articles whose hash falls below it are never trained on
TEXT = (
    '"It spread," Anna Berg said on Monday. Berg said the ministry knew. The case grew.'
    " The case closed."
)


def make_row(**changes: object) -> dict[str, object]:
    """Make an authored claim about TEXT."""
    return {
        "c": "the ministry knew",
        "s": "Berg",
        "q": "said",
        "who": "Anna Berg",
        "t": "named_person",
        **changes,
    }


def test_all_spans_slice_back() -> None:
    for article in load_gold():
        for claim in article.claims:
            spans = [claim["source_span"], claim["cue_span"], *(claim["content_alt_spans"] or [])]
            spans = [*claim["content_spans"], *filter(None, spans)]
            pieces = slice_spans(article.text, spans)
            assert all(piece == piece.strip() and piece for piece in pieces), (
                article.doc_id,
                pieces,
            )
        for place in article.places:
            assert all(slice_spans(article.text, place["mentions"])), (
                article.doc_id,
                place["name"],
            )
        for actor in article.actors:
            assert all(alias in article.text for alias in actor["aliases"]), (
                article.doc_id,
                actor["name"],
            )


def test_figures_stand_in_their_content() -> None:
    for article in load_gold():
        for claim in article.claims:
            words = " ".join(slice_spans(article.text, claim["content_spans"]))
            assert all(figure["text"] in words for figure in claim["figures"]), (
                article.doc_id,
                words,
            )


def test_split_follows_the_hash_of_the_name() -> None:
    for row in read_rows(FOLDER / "texts.jsonl"):
        place = int(hashlib.sha256(row["doc_id"].encode()).hexdigest()[:8], 16) / 2**32
        assert (row["split"] == "test") == (place < TEST_SHARE), row["doc_id"]


def test_rows_are_those_of_the_authored_files(tmp_path: Path) -> None:
    for name in ("texts.jsonl", "coordinates.csv"):
        (tmp_path / name).write_bytes((FOLDER / name).read_bytes())
    (tmp_path / "authored").symlink_to(FOLDER / "authored")

    write_rows(tmp_path)

    for name in ("claims", "actors", "places", "documents"):
        assert read_rows(tmp_path / f"{name}.jsonl") == read_rows(FOLDER / f"{name}.jsonl"), name


def test_annotators_are_those_who_wrote() -> None:
    for row in read_rows(FOLDER / "documents.jsonl"):
        files = {name: FOLDER / "authored" / name / f"{row['doc_id']}.json" for name in ANNOTATORS}
        assert row["annotators"] == [name for name, path in files.items() if path.exists()]


def test_content_may_leave_out_its_middle() -> None:
    assert find_content(TEXT, "Berg said the [..] knew") == [(39, 66)]


@pytest.mark.parametrize("spec", ["The case", "the minister", "The case#3", "The case [..] rose"])
def test_an_ambiguous_or_missing_content_stops(spec: str) -> None:
    with pytest.raises(AuthoringError):
        find_content(TEXT, spec)


def test_the_cue_of_the_same_sentence_comes_first() -> None:
    content = find_content(TEXT, "the ministry knew")

    assert find_near(TEXT, "said", content) == (44, 48)


@pytest.mark.parametrize(
    "changes", [{"t": "person"}, {"pol": "no"}, {"typo": 1}, {"fig": [["killed", 3, "three"]]}]
)
def test_a_value_outside_its_list_stops(changes: dict[str, object]) -> None:
    with pytest.raises(AuthoringError):
        resolve_claim(TEXT, make_row(**changes))


def test_a_place_within_the_name_of_a_body_is_not_meant() -> None:
    text = "Kenya Airways left Kenya."

    places = resolve_places(text, [["Kenya", "country", "KE"]], [], [(0, 13)])

    assert places[0]["mentions"] == [[19, 24]]


def test_gold_scored_against_itself_is_perfect() -> None:
    articles = load_gold()
    rows = {article.doc_id: article.claims for article in articles}

    scores = score_all(rows, rows, {article.doc_id: article.text for article in articles})

    assert scores["claims"]["F1"] == 100.0
    assert all(field["%"] == 100.0 for name, field in scores["fields"].items() if "%" in field), (
        json.dumps(scores)
    )


def test_an_optional_claim_is_neither_missed_nor_wrong() -> None:
    firm = {"doc_id": "x", **resolve_claim(TEXT, make_row())}
    loose = {"doc_id": "x", **resolve_claim(TEXT, make_row(c="It spread", s="Anna Berg", opt=True))}

    assert score_claims({"x": [firm, loose]}, {"x": [firm]})["F1"] == 100.0
    assert score_claims({"x": [firm, loose]}, {"x": [firm, loose]})["F1"] == 100.0


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("World Health Organization", "WHO", True),
        ("Dr. Lamont Sweet", "Lamont Sweet", True),
        ("Anna Berg", "Anna Boyd", False),
        (None, "Anna Berg", False),
    ],
)
def test_names_meet_by_words_or_initials(one: str | None, other: str, same: bool) -> None:
    assert is_same_name(one, other) is same
