"""Chains of attribution, against golden cases with hand-made attributions: all are invented
sentences."""

import dataclasses
from typing import Any

import pytest

from newsledger.model.records import Actor, ActorMention, Article, Attribution
from newsledger.nlp.claims.chain import ChainBuilder
from newsledger.nlp.extract import find_sentences
from newsledger.nlp.names.actors import ActorSet
from newsledger.nlp.parse.model import parse_text
from tests.nlp.golden import read_golden
from tests.nlp.marked import read_marked

NOBODY = ActorSet((), ())


def build_chain(
    text: str,
    attributions: tuple[Attribution, ...],
    number: int,
    actor_set: ActorSet = NOBODY,
    **fields: Any,
) -> list[Any]:
    article = Article(
        "art_1",
        "doc_1",
        text,
        **({"outlet_name": "Daily Bugle", "agency_name": "Associated Press"} | fields),
    )
    doc = parse_text(text)
    return list(
        ChainBuilder(doc, article, attributions, actor_set, find_sentences(doc, ())).build(number)
    )


@pytest.mark.parametrize("case", read_golden("chain", 40), ids=lambda case: case["marked"][:60])
def test_golden_chains(case: dict[str, Any]) -> None:
    text, attribution = read_marked(case["marked"])

    rows = build_chain(text, (attribution,), 0)

    assert [[row.chain, row.hop, row.surface, row.source_type] for row in rows] == case["hops"], (
        case["why"]
    )
    first = rows[0]
    for field in ("is_named", "party_role", "source_count", "ground_rules"):
        assert getattr(first, field) == case[field], (field, case["why"])
    assert all(
        row.surface_start is None or text[row.surface_start : row.surface_end] == row.surface
        for row in rows
    )


def test_nested_claim_is_relayed_by_the_outer_speaker() -> None:
    text, outer = read_marked(
        "<s>The mayor</s> <q>said</q> <c>that residents told her the wells were dry</c>."
    )
    _, inner = read_marked(
        "The mayor said that <s>residents</s> <q>told</q> her <c>the wells were dry</c>."
    )
    inner = dataclasses.replace(inner, parent=0)

    rows = build_chain(text, (outer, inner), 1, agency_name=None)

    assert [(row.hop, row.surface) for row in rows] == [
        (0, "residents"),
        (1, "The mayor"),
        (2, "Daily Bugle"),
    ]


def test_pronoun_of_a_named_actor_is_named_and_typed_by_it() -> None:
    text, attribution = read_marked(
        "Gen. Omar Tal left. <s>He</s> <q>said</q> <c>the front was calm</c>."
    )
    actor = Actor("act_1", "Omar Tal", "person", "title", party_role="government")
    name, pronoun = text.index("Omar Tal"), text.index("He ")
    mentions = (
        ActorMention(name, name + 8, "Omar Tal", "act_1", "name", "full"),
        ActorMention(pronoun, pronoun + 2, "He", "act_1", "pronoun", "gender"),
    )

    first, *_ = build_chain(text, (attribution,), 0, ActorSet((actor,), mentions))

    assert (first.source_type, first.is_named, first.article_actor_id, first.party_role) == (
        "named_person",
        True,
        "act_1",
        "government",
    )


def test_ground_rules_hold_for_later_claims_of_the_same_actor() -> None:
    marked = (
        "<s>A U.S. official</s>, speaking on condition of anonymity, <q>said</q> <c>it "
        "failed</c>. The official said it was over."
    )
    text, first = read_marked(marked)
    _, second = read_marked(
        "A U.S. official, speaking on condition of anonymity, said it failed. <s>The "
        "official</s> <q>said</q> <c>it was over</c>."
    )
    actor = Actor("act_1", "U.S. official", "person", "role")
    at = text.index("The official")
    mentions = (
        ActorMention(0, 15, "A U.S. official", "act_1", "role", "r"),
        ActorMention(at, at + 12, "The official", "act_1", "role", "r"),
    )
    doc = parse_text(text)
    builder = ChainBuilder(
        doc,
        Article("art_1", "doc_1", text),
        (first, second),
        ActorSet((actor,), mentions),
        find_sentences(doc, ()),
    )

    rows = [builder.build(number)[0] for number in (0, 1)]

    assert [row.ground_rules for row in rows] == ["speaking on condition of anonymity"] * 2


def test_chain_without_outlet_still_has_hop_0() -> None:
    text, attribution = read_marked("It was <q>reportedly</q> <c>over</c>.")

    rows = build_chain(text, (attribution,), 0, agency_name=None, outlet_name=None)

    assert [(row.hop, row.source_type) for row in rows] == [(0, "unattributed")]


TELLS = "The boat was too small, Ida Holt told Reuters."
TALKS = "Reuters ran an interview with Ida Holt."


@pytest.mark.parametrize(
    ("marked", "hops"),
    [
        (f"{TELLS} <s>She</s> <q>said</q> <c>it leaked</c>.", ["She", "Reuters"]),
        (f"{TELLS} It sank. <s>She</s> <q>said</q> <c>it leaked</c>.", ["She", "Reuters"]),
        (f"{TELLS}\n\n“<c>It leaked</c>,” <s>she</s> <q>said</q>.", ["she", "Reuters"]),
        (f"{TELLS}\n\nIn a statement, <s>she</s> <q>said</q> <c>it leaked</c>.", ["she"]),
        (f"{TELLS}\n\nIt sank. It was old. <s>She</s> <q>said</q> <c>it leaked</c>.", ["She"]),
        (f"{TALKS}\n\nIt sank.\n\n<s>She</s> <q>said</q> <c>it leaked</c>.", ["She", "Reuters"]),
    ],
)
def test_speaker_goes_on_through_the_same_medium(marked: str, hops: list[str]) -> None:
    text, second = read_marked(marked)
    _, first = read_marked(
        "<c>The boat was too small</c>, <s>Ida Holt</s> <q>told</q> Reuters. It sank."
    )
    actors = (
        Actor("act_1", "Ida Holt", "person", "name"),
        Actor("act_2", "Reuters", "media", "seed"),
    )
    names = [("Ida Holt", "act_1"), ("Reuters", "act_2")]
    mentions = [
        ActorMention(text.index(name), text.index(name) + len(name), name, key, "name", "full")
        for name, key in names
    ]
    start, end = second.source_spans[0]
    mentions.append(ActorMention(start, end, text[start:end], "act_1", "pronoun", "gender"))
    doc = parse_text(text)
    claims = (first, second) if text.startswith(TELLS) else (second,)
    builder = ChainBuilder(
        doc,
        Article("art_1", "doc_1", text),
        claims,
        ActorSet(actors, tuple(mentions)),
        find_sentences(doc, ()),
    )

    chains = [[row.surface for row in builder.build(number)] for number in range(len(claims))]

    assert chains[-1] == hops
    assert len(chains) == 1 or chains[0] == ["Ida Holt", "Reuters"]


def test_claim_in_a_clause_of_time_is_not_relayed() -> None:
    text, outer = read_marked(
        "<s>The mayor</s> <q>hailed</q> <c>the plan after a commission found that wells were "
        "dry</c>."
    )
    _, inner = read_marked(
        "The mayor hailed the plan after <s>a commission</s> <q>found</q> <c>that wells were "
        "dry</c>."
    )
    inner = dataclasses.replace(inner, parent=0)

    rows = build_chain(text, (outer, inner), 1, agency_name=None)

    assert [row.surface for row in rows] == ["a commission", "Daily Bugle"]


def test_medium_named_like_the_outlet_is_no_hop() -> None:
    text, attribution = read_marked(
        "<s>The bureau</s> <q>told</q> Daily Bugle Radio <c>the wells were dry</c>."
    )

    rows = build_chain(text, (attribution,), 0, agency_name=None)

    assert [row.surface for row in rows] == ["The bureau", "Daily Bugle"]


def test_they_are_the_group_that_spoke_last() -> None:
    text, first = read_marked(
        "<s>Two divers</s> <q>said</q> <c>the hull was gone</c>. They warned of oil."
    )
    _, second = read_marked(
        "Two divers said the hull was gone. <s>They</s> <q>warned</q> of <c>oil</c>."
    )

    rows = build_chain(text, (first, second), 1, agency_name=None)

    assert [row.surface for row in rows] == ["Two divers", "Daily Bugle"]
