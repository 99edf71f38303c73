"""Claims put together: keys, times, caveats, statements, content text."""

import dataclasses
from datetime import UTC, date, datetime

import pytest

from newsledger.model.records import (
    Actor,
    ActorMention,
    Article,
    Attribution,
    Claim,
    Location,
    LocationMention,
    Span,
)
from newsledger.nlp.claims.build import build_claims, normalise_content
from newsledger.nlp.claims.clauses import cut_clauses
from newsledger.nlp.explain import explain_actors, explain_claims, mark_spans
from newsledger.nlp.extract import extract_doc, find_sentences
from newsledger.nlp.names.actors import ActorSet
from newsledger.nlp.parse.model import load_model, parse_text
from newsledger.nlp.places.mentions import PlaceSet
from newsledger.nlp.time.dates import find_times
from tests.nlp.marked import read_marked

PUBLISHED = datetime(2024, 12, 6, 9, 15, tzinfo=UTC)  # a Friday


def build(
    text: str,
    *attributions: Attribution,
    actors: ActorSet | None = None,
    places: PlaceSet | None = None,
) -> tuple[Claim, ...]:
    article = Article("art_1", "doc_1", text, outlet_name="Daily Bugle", published_at=PUBLISHED)
    doc = parse_text(text)
    times = find_times(doc, article)
    return build_claims(
        doc,
        article,
        find_sentences(doc, ()),
        (),
        attributions,
        actors or ActorSet((), ()),
        places or PlaceSet((), ()),
        times,
    )


def test_said_and_about_are_told_apart() -> None:
    text, attribution = read_marked(
        "<s>The mayor</s> <q>said</q> late Thursday <c>that the dam burst on Tuesday</c>."
    )

    (claim,) = build(text, attribution)

    assert (claim.said_start_date, claim.said_precision) == (date(2024, 12, 5), "part_of_day")
    assert (claim.about_start_date, claim.about_precision) == (date(2024, 12, 3), "day")


def test_caveat_goes_to_the_claim_it_follows() -> None:
    marked = (
        "<s>The rebels</s> <q>said</q> <c>they held the port</c>. The claim could not be "
        "independently verified. The mayor left."
    )
    text, attribution = read_marked(marked)

    claim, *_ = build(text, attribution)

    assert claim.caveat == "The claim could not be independently verified."


@pytest.mark.parametrize(
    ("marked", "has_caveat"),
    [
        (
            "<s>The rebels</s> <q>said</q> <c>they hold the port, a claim the newspaper has not "
            "been able to verify</c>.",
            True,
        ),
        (
            "The rebels gave no evidence for <s>their</s> <q>assertion</q> <c>that the general "
            "was dead</c>.",
            True,
        ),
        (
            "<s>Both sides</s> <q>say</q> <c>they hold the port</c>; neither account could be "
            "confirmed.",
            True,
        ),
        ("<s>The rebels</s> <q>said</q> <c>they could not verify the letter</c>.", False),
    ],
)
def test_caveat_in_the_sentence_of_its_claim(marked: str, has_caveat: bool) -> None:
    text, attribution = read_marked(marked)

    claim, *_ = build(text, attribution)

    assert (claim.caveat is not None) is has_caveat


@pytest.mark.parametrize(
    ("marked", "day"),
    [
        (
            "<c>“The bridge is ours,”</c> <s>Omar Tal</s> <q>said</q> in a video posted online "
            "late on Wednesday.",
            date(2024, 12, 4),
        ),
        (
            "<s>The report</s>, published on Thursday, <q>found</q> <c>that rents had risen</c>.",
            date(2024, 12, 5),
        ),
        ("<s>The man</s>, arrested on Thursday, <q>said</q> <c>that rents had risen</c>.", None),
    ],
)
def test_day_of_the_document_is_when_it_was_said(marked: str, day: date | None) -> None:
    text, attribution = read_marked(marked)

    claim, *_ = build(text, attribution)

    assert claim.said_start_date == day


def test_figures_of_a_claim_are_those_in_its_content() -> None:
    text, attribution = read_marked(
        "Two men ran. <s>Police</s> <q>said</q> <c>12 people were killed and 30 wounded</c>."
    )

    claim, *_ = build(text, attribution)

    assert [(quantity.kind, quantity.low) for quantity in claim.quantities] == [
        ("killed", 12),
        ("wounded", 30),
    ]


def test_figures_belong_to_the_innermost_claim() -> None:
    text, outer = read_marked(
        "<s>The mayor</s> <q>said</q> <c>residents told her 12 people were killed</c>."
    )
    _, inner = read_marked(
        "The mayor said <s>residents</s> <q>told</q> her <c>12 people were killed</c>."
    )

    first, second = build(text, outer, dataclasses.replace(inner, parent=0))

    assert (len(first.quantities), len(second.quantities)) == (0, 1)


def test_claim_is_about_the_actors_and_places_in_its_content() -> None:
    text, attribution = read_marked("<s>Police</s> <q>said</q> <c>Omar Tal left Rovena</c>.")
    name, town = text.index("Omar Tal"), text.index("Rovena")
    actors = ActorSet(
        (Actor("act_1", "Omar Tal", "person", "title"),),
        (ActorMention(name, name + 8, "Omar Tal", "act_1", "name", "full"),),
    )
    place = Location("loc_1", "Rovena", "point", None, None, None, None, None, "point")
    places = PlaceSet(
        (place,),
        (LocationMention(town, town + 6, "Rovena", "GPE", "loc_1", 1, "only", 1.0, is_focus=True),),
    )

    (claim,) = build(text, attribution, actors=actors, places=places)

    assert claim.article_actor_ids == (("act_1", "subject"),)
    assert claim.location_ids == (("loc_1", "focus"),)


def test_equal_claims_have_keys_of_their_own_and_keys_are_stable() -> None:
    text, attribution = read_marked("<s>He</s> <q>said</q> <c>it was over</c>.")

    first, second = build(text, attribution, attribution)
    again, _ = build(text, attribution, attribution)

    assert first.claim_key != second.claim_key
    assert first.claim_key == again.claim_key


@pytest.mark.parametrize(
    ("text", "is_event"),
    [
        ("Gunmen attacked a police post near the border on Thursday.", True),
        ("Three people were killed when a bus crashed on Thursday.", True),
        ("Voters in Larkin queued for hours on Thursday.", True),  # any verb of a dated sentence
        ("The man arrested on Thursday queued for hours.", False),  # the day is another verb's
        ("The mayor knew the town well on Thursday.", False),  # a state
        ("The death toll stands at 43, with 16 people still missing.", True),
        ("The town has about 9,000 people and two bridges.", False),
        ("Six miners were killed in a like blast in 2011.", False),
        ("The town lies on the river and has two bridges.", False),
        ("The army captured the valley in 1974 after a long war.", False),
        ("The court will open a new session on Monday.", False),
        ("Soldiers did not enter the old market on Thursday.", False),
    ],
)
def test_outlets_own_statements_tell_events_from_what_else_is_narrated(
    text: str, is_event: bool
) -> None:
    claims = build(text)

    assert ("statement" in {claim.attribution.construction for claim in claims}) is is_event
    assert all(
        claim.is_statement and claim.sources[0].source_type == "unattributed" for claim in claims
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "A small plane crashed near Larkin on Sunday, killing ten tourists and two pilots.",
            ["A small plane crashed near Larkin on Sunday", "A small plane killing ten tourists and two pilots"],
            id="participle",
        ),
        pytest.param(
            "The ferry left Larne at noon and sank in heavy seas two hours later.",
            ["The ferry left Larne at noon", "The ferry sank in heavy seas two hours later"],
            id="two verbs of one subject",
        ),
        pytest.param(
            "The mayor, who has led the town since 2011, opened the new bridge on Friday.",
            ["The mayor opened the new bridge on Friday", "The mayor has led the town since 2011"],
            id="relative clause set off by commas",
        ),
        pytest.param(
            "A court charged a teacher on Friday with fraud over the sale of two schools, a case which made him a hero to many parents.",
            ["A court charged a teacher on Friday with fraud over the sale of two schools", "a case which made him a hero to many parents"],
            id="apposition that sums up",
        ),
        pytest.param(
            "A military court charged a young farmer on Friday who was filmed last month blocking a convoy of lorries.",
            ["A military court charged a young farmer on Friday", "a young farmer was filmed last month blocking a convoy of lorries"],
            id="relative clause parted from its noun",
        ),
        pytest.param(
            "The army has held the farmer since arresting him two days after he was filmed shouting at a guard near the gate.",
            ["The army has held the farmer since arresting him", "he was filmed shouting at a guard near the gate"],
            id="what came before, below another clause",
        ),
        pytest.param(
            "She was filmed in June outside her family home, pushing and slapping the guards.",
            ["She was filmed in June outside her family home, pushing and slapping the guards"],
            id="what somebody was seen to do",
        ),
        pytest.param(
            "The people who lost their homes in the flood were taken to a school on Monday.",
            ["The people who lost their homes in the flood were taken to a school on Monday"],
            id="relative clause that tells which",
        ),
        pytest.param("Why did the barrier fail at Bewdley on Monday?", [], id="question"),
        pytest.param("Let us remember those who died at Bewdley on Monday.", [], id="no narrator"),
    ],
)  # fmt: skip
def test_sentence_is_cut_into_what_it_states(text: str, expected: list[str]) -> None:
    doc = parse_text(text)
    (sentence,) = find_sentences(doc, ())

    clauses = cut_clauses(doc, sentence)

    assert sorted(normalise_content(text, clause.spans) for clause in clauses) == sorted(expected)


def test_what_somebody_says_inside_a_statement_is_cut_off() -> None:
    text = "The verdict was so harsh that a lawyer in the capital said the judges had erred."
    doc = parse_text(text)
    (sentence,) = find_sentences(doc, ())

    clauses = cut_clauses(doc, sentence, lambda offset: offset >= text.index("said"))

    assert normalise_content(text, clauses[0].spans) == "The verdict was so harsh"


def test_a_claim_beside_the_event_leaves_the_statement() -> None:
    text, attribution = read_marked(
        "Nine nurses were hurt on Thursday in <q>what</q> <s>their union</s> <q>calls</q> "
        "<c>a riot</c>."
    )

    claim, statement = build(text, attribution)

    assert (
        claim.is_statement,
        statement.is_statement,
        [figure.low for figure in statement.quantities],
    ) == (False, True, [9])


def test_a_sentence_with_a_claim_is_no_statement() -> None:
    text, attribution = read_marked(
        "<s>Police</s> <q>said</q> <c>gunmen attacked a post near the border</c>."
    )

    assert not any(claim.is_statement for claim in build(text, attribution))


@pytest.mark.parametrize(
    ("text", "spans", "expected"),
    [
        ("“We won,” he said, “and now we rest.”", [(0, 9), (19, 37)], "We won and now we rest."),
        ("that the  dam\nburst", [(0, 19)], "the dam burst"),
        ("a “fair” deal", [(0, 13)], 'a "fair" deal'),
        ("“A “fair” deal”", [(0, 15)], '"A "fair" deal"'),
    ],
)
def test_content_text(text: str, spans: list[tuple[int, int]], expected: str) -> None:
    assert normalise_content(text, [Span(*span) for span in spans]) == expected


def test_marks_may_nest_and_cross() -> None:
    assert (
        mark_spans("abcd", [(0, 4, "c1"), (1, 2, "s1"), (1, 4, "q1")])
        == "[c1 a[q1 [s1 b s1]cd q1] c1]"
    )


def test_explanations_name_rule_losers_and_chain() -> None:
    text = "The mayor, Ada Brook, said on Thursday that 12 people were killed in the flood."
    article = Article("art_1", "doc_1", text, outlet_name="Daily Bugle", published_at=PUBLISHED)
    extraction = extract_doc(load_model()(text), article)

    claims, actors = explain_claims(article, extraction), explain_actors(article, extraction)

    assert all(
        word in claims for word in ("found by", "lost", "chain 0.0", "Daily Bugle", "killed")
    )
    assert all(word in actors for word in ("Ada Brook", "kind", "mention"))


@pytest.mark.parametrize(
    ("marked", "day"),
    [
        (
            "<s>The envoy</s> <q>accused</q> <c>the firm on Thursday of hiding three wells</c>.",
            None,
        ),
        (
            "<s>The clerk</s> <q>said</q> <c>the firm was under watch long before November 8, when the riot broke out</c>.",
            None,
        ),
        (
            "<s>The judge</s> <q>said</q> <c>the 1898 case settled the matter</c>.",
            None,
        ),
        (
            "“<c>We keep that promise today</c>,” <s>the mayor</s> <q>said</q>.",
            None,
        ),
        (
            "<s>The mayor</s> <q>said</q> <c>the bridge opens today</c>.",
            "2024-12-06",
        ),
        (
            "The north pier burned on Tuesday. <s>The harbour master</s> <q>said</q> <c>it was the worst fire in years</c>.",
            "2024-12-03",
        ),
        (
            "In December 2012 the club launched its first kite. <s>Critics</s> <q>said</q> <c>the launch was a failure</c>.",
            "2012-12-01/2012-12-31",
        ),
        (
            "<s>Norland</s> <q>informed</q> <c>the agency on Tuesday of its plan to launch a kite between Dec. 8 and 25</c>.",
            "2024-12-08/2024-12-25",
        ),
        (
            "<s>The council</s> <q>asked</q> for <c>answers no later than December 20</c>.",
            "2024-12-20",
        ),
        (
            "<s>The bank</s> <q>said</q> <c>the merger was proposed in October</c>.",
            "2024-10-01/2024-10-31",
        ),
        (
            "<s>The bank</s> <q>said</q> <c>the vault was opened on Tuesday</c>.",
            "2024-12-03",
        ),
        (
            "A ferry hit the quay at Lunden on Tuesday, hurting two people. <s>The harbour master</s> <q>said</q> <c>the collision bent the ship's bow</c>.",
            "2024-12-03",
        ),
        (
            "<s>The club</s> <q>called</q> <c>Wednesday's strike a mistake</c>.",
            "2024-12-04",
        ),
        (
            "<s>Police</s> <q>said</q> <c>two men were among five people hurt when a bus overturned on Tuesday</c>.",
            "2024-12-03",
        ),
        (
            "<c>Most voters want a new bridge</c>, <q>according to</q> <s>a survey conducted in October</s>.",
            "2024-10-01/2024-10-31",
        ),
        (
            "<s>Police</s> <q>say</q> <c>they are questioning ten men over the New Years Eve fires</c>.",
            "2023-12-31",
        ),
        (
            "A safe was stolen in Asten on Tuesday. <s>The chief</s> <q>says</q> <c>his officers did not hear of the theft until the next day</c>.",
            "2024-12-04",
        ),
        (
            "A bus overturned near Lunden on Tuesday, killing its driver. <s>The family</s> <q>said</q> <c>he was a member of the church choir</c>.",
            None,
        ),
        (
            "A lorry hit the school on Tuesday, killing a guard. <s>A teacher</s> <q>said</q> <c>police took no notes of the crash for several weeks</c>.",
            None,
        ),
        (
            "A mine caved in on Tuesday, killing two men. <s>The union</s> <q>demanded</q> <c>an inquiry into the accident</c>.",
            None,
        ),
        (
            "Gunmen attacked a barracks in Asten on Tuesday. <s>The army</s> <q>said</q> <c>six were dead</c>.",
            "2024-12-03",
        ),
        (
            "Yesterday, a guard was stabbed in Lunden. <s>A nurse</s> <q>said</q> <c>he suffered two wounds in the attack</c>.",
            "2024-12-05",
        ),
        (
            "A patrol boat was rammed off Lunden on Tuesday. <s>Norland</s> <q>said</q> <c>its neighbour rammed the patrol boat with a trawler</c>.",
            "2024-12-03",
        ),
    ],
)
def test_day_that_a_claim_is_about(marked: str, day: str | None) -> None:
    text, attribution = read_marked(marked)

    claim = next(claim for claim in build(text, attribution) if not claim.is_statement)

    start, end = claim.about_start_date, claim.about_end_date
    found = str(start) if start == end else f"{start}/{end}"
    assert (found if start else None) == day
