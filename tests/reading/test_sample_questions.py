"""Ready questions asked of the invented sample feed, whose truth is known (seeds/sample/README.md):
the whole answer, where it is short, else what must stand in it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from newsledger.store.queries import run_query
from tests.runs import use_data

WIRE = "Meridian News Agency"
BOARD = "The county’s emergency board"
LATE = "the pumps ordered in December had arrived late"

# Question: parameters, columns, and all of their different rows.
WHOLE = {
    "agencies_behind": (
        {}, ("outlet_name", "agency_name", "articles"),
        {
            ("The Albion Daily", WIRE, 3), ("Borderlands News", WIRE, 2), ("Atlantic Standard", WIRE, 1),
            ("Marches Evening Post", WIRE, 1), ("The Severn Courier", WIRE, 1),
        },
    ),
    "contradictions": (
        {}, ("speaker_name", "other_speaker_name"),
        {
            ("Wyre Forest Police", "Marches Fire Service"), ("Marches Transport Union", "Wrekin Buses"),
            ("Wrekin Buses", "Marches Transport Union"), ("Two officials", "Martin Okafor"),
        },
    ),
    "copied_articles": (
        {}, ("copied_from_outlet_name", "outlet_name"),
        {
            ("The Albion Daily", "The Severn Courier"), ("The Albion Daily", "Atlantic Standard"),
            ("The Albion Daily", "Marches Evening Post"), ("The Albion Daily", "Borderlands News"),
            ("The Severn Courier", "The Albion Daily"), ("The Severn Courier", "Borderlands News"),
            ("Borderlands News", "The Albion Daily"), ("Borderlands News", "Marches Evening Post"),
        },
    ),
    "corrections": (
        {}, ("outlet_name", "headline", "version"),
        {
            ("Marches Evening Post", "Wyre towns count the cost of the flood", 2),
            ("Borderlands News", "Divers search the Severn at Stourport", 2),
        },
    ),
    "denials": (
        {}, ("speakers", "denied_speaker"),
        {
            (BOARD, "county official"), ("Martin Okafor", None), ("Anna Rees", "Gwen Parry"),
            ("Wrekin Buses", "A manager of the company, who spoke on condition of anonymity because talks are still going on"),
        },
    ),
    "toll_over_time": (
        {"kind": "killed", "subject": "Stourport"}, ("speaker_name", "low", "high"), {("Wyre Forest Police", 1.0, 1.0)},
    ),
    "withdrawn": (
        {}, ("canonical_text",),
        {
            ("two people were killed in the floods at Stourport-on-Severn on Monday night",),
            ("a second man was missing near Stourport-on-Severn",),
        },
    ),
}  # fmt: skip

# Question: parameters, and a row of its answer.
HOLDS = {
    "disputed_figures": ({}, {"kind": "people", "low": 25.0, "high": 40.0}),
    "independent_origins": ({}, {"independent_origin_count": 2, "independent_text_count": 6, "article_count": 9}),
    "longest_chains": (
        {}, {"hop_count": 4, "chain_text": f"an unnamed police officer → Severn Sound Radio → {WIRE} → The Albion Daily"},
    ),
    "new_since": ({"day": "2026-02-14"}, {"canonical_text": "the sluices at Belmont were opened too late on Wednesday night"}),
    "nobody_says": (
        {}, {"outlet_name": "Marches Evening Post", "content_text": "Residents of Bewdley woke to water in their kitchens on Tuesday"},
    ),
    "single_origin": ({}, {"canonical_text": LATE, "speakers": "county official", "article_count": 6, "independent_text_count": 2}),
    "unnamed_sources": ({}, {"speaker_name": "county official", "content_text": LATE, "relays": WIRE}),
    "what_is_to_come": ({}, {"speakers": "Ursula Finch", "content_text": "the first egg could be laid in March"}),
    "who_was_first": ({}, {"canonical_text": LATE, "first_outlet_name": "The Albion Daily", "article_count": 6}),
}  # fmt: skip


@pytest.fixture(scope="module")
def sample_data(sample_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    root = tmp_path_factory.mktemp("asked")  # other tests of this process hold the file open
    shutil.copy(sample_file, root)
    with use_data(root):
        yield


def ask(question: str, params: dict[str, str]) -> list[dict]:
    answer = run_query(question, params)
    return [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]


@pytest.mark.parametrize("question", sorted(WHOLE))
def test_the_whole_answer_is_known(sample_data, question):
    params, columns, wanted = WHOLE[question]
    assert {tuple(row[column] for column in columns) for row in ask(question, params)} == wanted


@pytest.mark.parametrize("question", sorted(HOLDS))
def test_the_answer_holds_what_is_known(sample_data, question):
    params, wanted = HOLDS[question]
    assert any(wanted.items() <= row.items() for row in ask(question, params))


def test_what_nobody_denied_is_no_denial(sample_data):
    rows = ask("denials", {})
    assert len({(row["outlet_name"], row["content_text"]) for row in rows}) == len(rows)
