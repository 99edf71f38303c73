"""Each ready question, asked of the invented desk, whose answers are known."""

import pytest

from newsledger.store.queries import list_queries, run_query

RUST = "the inspectors had warned of rust in January"
STRIKE = "Dockers at Antwerp begin strike"

# Question: parameters, how many rows, and what one of them holds at least.
ANSWERS = {
    "agencies_behind": ({}, 0, None),
    "changed_accounts": ({}, 0, None),
    "claims_about_actor": (
        {"name": "Norbouw"}, 1, {"speakers": "Piet Bakker", "content_text": "Builder Norbouw will pay for a new bridge at Arnhem"},
    ),
    "claims_about_place": (
        {"place": "Belgium"}, 3, {"speakers": "The port authority", "content_text": "20 ships were waiting off the coast of Belgium"},
    ),
    "contradictions": ({}, None, None),
    "copied_articles": ({}, 0, None),
    "corrections": ({}, 0, None),
    "countries_heard": ({}, None, None),
    "declined_to_comment": (
        {}, 2, {"speaker_name": "Norbouw", "cue_text": "declined", "url": "https://delta-courier.example/bridge"},
    ),
    "denials": (
        {}, 1,
        {"speakers": "Piet Bakker", "cue_text": "denied", "denied_speaker": "official at the ministry", "denied_text": RUST, "denied_outlets": "The Delta Courier"},
    ),
    "disputed_figures": ({}, 0, None),  # the toll of the bridge only grows
    "documents": ({}, 1, {"speaker_name": "Dutch Safety Council", "outlet_name": "Rhine Post"}),
    "figures_by_speaker": (
        {}, 3, {"kind": "arrested", "low": 3.0, "speaker_name": "police officer", "counted": "dockers", "story_headline": STRIKE},
    ),
    "independent_origins": ({}, None, None),
    "longest_chains": ({}, 23, {"hop_count": 3, "content_text": "three dockers were arrested on Thursday."}),
    "names_of": ({"name": "Bakker"}, None, {"canonical_name": "Piet Bakker", "alias": "Bakker", "alias_type": "surname"}),
    "new_since": ({"day": "2025-03-06"}, None, {"speakers": "police officer", "outlets": "Harbour Times", "story_headline": STRIKE}),
    "nobody_says": ({}, 0, None),
    "outlet_sourcing": (
        {}, 4, {"outlet_name": "Harbour Times", "claims": 5, "anonymous_percent": 40.0, "group_percent": 20.0, "named_percent": 40.0},
    ),
    "places_in_focus": ({}, None, {"name": "Antwerp", "country_code": "BE", "articles": 2}),
    "sides": ({}, None, {"side": "none stated"}),
    "single_origin": ({}, None, None),
    "story": (
        {"headline": "bridge at arnhem"}, None,
        {"speakers": "Ana Silva; Piet Bakker", "content_text": "a ferry would sail from Wednesday", "outlet_name": "The Delta Courier"},
    ),
    "through_whom": ({}, 3, {"outlet_name": "The Albion Daily", "relays": "Reuters", "claims": 1}),
    "toll_over_time": (
        {"kind": "killed", "subject": "Arnhem"}, 2, {"speaker_name": "the Gelderland hospital", "low": 7.0, "high": None, "text": "At least seven people"},
    ),
    "unnamed_sources": (
        {}, None,
        {
            "source_type": "unnamed_official", "content_text": RUST,
            "ground_rules": "spoke on condition of anonymity because he was not authorised to talk " "to reporters",
        },
    ),
    "unverified": ({}, None, {"speakers": "Norbouw", "content_text": "lorries which were too heavy had damaged the bridge"}),
    "what_did_x_say_about_y": (
        {"speaker": "bakker", "subject": "rust"}, 2, {"speakers": "Piet Bakker", "is_denial": True, "content_text": RUST},
    ),
    "what_happened_when": ({}, None, {"speakers": "Ana Silva", "about_precision": "year"}),
    "what_is_to_come": (
        {}, None, {"speakers": "Hanna Vos", "content_text": "the company would decide next week", "outlet_name": "The Albion Daily"},
    ),
    "who_is": ({"name": "vos"}, 1, {"name": "Hanna Vos", "kind": "person", "gender": "female"}),
    "who_speaks_most": ({}, None, {"speaker_name": "Piet Bakker", "claims": 4, "articles": 3, "outlets": 3}),
    "who_was_first": ({}, None, None),
    "withdrawn": ({}, 0, None),
    "women_and_men": ({}, None, {"outlet_name": "Harbour Times", "claims_by_women": 1, "women": 1, "men": 0}),
}  # fmt: skip


def test_every_question_has_its_answer_here():
    assert sorted(ANSWERS) == [query.name for query in list_queries()]
    assert len(ANSWERS) >= 25


@pytest.mark.parametrize("name", sorted(ANSWERS))
def test_answer(desk, name):
    params, count, expected = ANSWERS[name]
    answer = run_query(name, params)
    rows = [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]
    if count is not None:
        assert len(rows) == count, rows
    if expected is not None:
        assert any(expected.items() <= row.items() for row in rows), rows
