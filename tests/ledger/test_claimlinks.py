"""Pairs of claims: what says the same, what contradicts, and what only looks alike."""

import dataclasses
import datetime
from typing import Any

import polars as pl
import pytest

from newsledger.ledger.claims.compared import ComparedClaim, Link, read_claims
from newsledger.ledger.claims.groups import group_claims
from newsledger.ledger.claims.likeness import Weights, measure_likeness
from newsledger.ledger.claims.links import is_same, link_claims
from newsledger.ledger.claims.nearest import Nearest
from newsledger.ledger.claims.repeats import find_repeats
from newsledger.ledger.claims.stretches import find_stretch, state_one_thing
from newsledger.ledger.claims.terms import find_terms


def make_claims(*rows: dict[str, Any]) -> list[ComparedClaim]:
    base = {
        "parent_claim_id": None, "polarity": "affirmed", "tense": "happened", "about_start_date": None,
        "about_end_date": None, "about_precision": None, "speaker_actor_id": None, "story_id": "s",
    }  # fmt: skip
    named = {
        key: pl.DataFrame(
            [(f"c{n}", name, name) for n, row in enumerate(rows) for name in row.pop(key, ())],
            schema={"claim_id": pl.String, column: pl.String, "name": pl.String},
            orient="row",
        )
        for key, column in (("places", "location_id"), ("actors", "actor_id"))
    }
    numbers = [(f"c{n}", *row.pop("figure")) for n, row in enumerate(rows) if "figure" in row]
    frame = pl.DataFrame(
        [base | {"claim_id": f"c{n}", "article_id": f"a{n}"} | row for n, row in enumerate(rows)]
    )
    schema = {
        "quantity_id": pl.String,
        "claim_id": pl.String,
        "kind": pl.String,
        "unit": pl.String,
        "low": pl.Float64,
        "high": pl.Float64,
    }
    quantities = pl.DataFrame(
        [(f"q{n}", *number) for n, number in enumerate(numbers)], schema=schema, orient="row"
    )
    return read_claims(frame, quantities, named["places"], named["actors"])


def link_types(*rows: dict[str, Any]) -> list[str]:
    filler = (
        {"content_text": text, "story_id": "other"}
        for text in (
            "The museum sold its paintings",
            "Snow fell in the hills",
            "Bakers raised prices",
        )
    )
    return [
        f"{link.link_type} {link.reason.split(';')[0].split()[0]}"
        for link in link_claims(make_claims(*rows, *filler))
    ]


def say(text: str, **fields: Any) -> dict[str, Any]:
    return {"content_text": text} | fields


DAY = datetime.date(2026, 3, 2)
NEXT = datetime.date(2026, 3, 3)


def on(day: datetime.date) -> dict[str, Any]:
    return {"about_start_date": day, "about_end_date": day, "about_precision": "day"}


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        pytest.param(say("the ferry sank off Larne"), say("The ferry sank off Larne"), ["same shares"], id="same words"),
        pytest.param(
            say("the ferry sank off Larne with cattle on board"), say("the ferry sank off Larne"), ["same shares"], id="part of the other"
        ),
        pytest.param(
            say("the ferry sank off Larne, leaving no survivors"),
            say("the ferry sank off Larne, killing everyone on board"),
            ["same shares"],
            id="a phrase and a word for one thing",
        ),
        pytest.param(
            say("The board sacked its treasurer. Auditors had found that two million crowns were missing from the pension fund."),
            say("two million crowns were missing from the pension fund"),
            ["same shares"],
            id="a small part that is said again",
        ),
        pytest.param(
            say("Strong winds delayed the Orrin's arrival in Larne earlier that day", places=["Larne"], actors=["Orrin"]),
            say("The Orrin sank shortly after it left Larne", places=["Larne"], actors=["Orrin"]),
            [],
            id="only names in common",
        ),
        pytest.param(
            say("A girl of four fell into the bear pit of a zoo in 1996", published_at=datetime.datetime(2024, 5, 6)),
            say(
                "A girl of four fell into the bear pit of the zoo on Saturday", published_at=datetime.datetime(2024, 5, 6),
                about_start_date=datetime.date(2024, 5, 4), about_end_date=datetime.date(2024, 5, 4), about_precision="day",
            ),
            [],
            id="a like event of an earlier year",
        ),
        pytest.param(
            say("the ferry sank off Larne"), say("the ferry sank off Larne", polarity="negated"), ["denies denies"], id="denied"
        ),
        pytest.param(
            say("12 sailors drowned off Larne", figure=("killed", "person", 12.0, 12.0)),
            say("nine sailors drowned off Larne", figure=("killed", "person", 9.0, 9.0)),
            ["contradicts figures"],
            id="figures differ",
        ),
        pytest.param(
            say("at least nine sailors drowned off Larne", figure=("killed", "person", 9.0, None)),
            say("12 sailors drowned off Larne", figure=("killed", "person", 12.0, 12.0)),
            ["same shares"],
            id="figures agree",
        ),
        pytest.param(
            say("the ferry reached Larne harbour", **on(DAY)), say("the ferry reached Larne harbour on Tuesday", **on(NEXT)),
            ["contradicts time"], id="another day",
        ),
        pytest.param(
            say("gunmen shot the harbour master Rees in Larne", places=["Larne"], actors=["Rees"]),
            say("gunmen shot the harbour master Rees in Bangor", places=["Bangor"], actors=["Rees"]),
            ["contradicts place"], id="another place",
        ),
        pytest.param(
            say("rebels shelled the cattle market in Larne", places=["Larne"], actors=["rebels"]),
            say("the army shelled the cattle market in Larne", places=["Larne"], actors=["army"]),
            ["contradicts who"], id="another actor",
        ),
        pytest.param(
            say("homes were flooded by the high tide in Larne", places=["Larne"]),
            say("homes were flooded by the high tide in Bangor", places=["Bangor"]), [], id="two places, nobody named",
        ),
        pytest.param(say("the ferry sank off Larne"), say("the ferry sank off Larne", tense="future"), [], id="another tense"),
        pytest.param(
            say("The mayor opened the repaired swing bridge while a brass band played", **on(DAY)),
            say("a brass band played as the mayor opened the swing bridge to the joy of pupils", **on(NEXT)),
            ["same shares"],
            id="a day that only the context tells",
        ),
        pytest.param(
            say("There were no survivors", actors=["no survivors"]), say("all aboard were killed"), ["same shares"], id="nobody is no actor"
        ),
        pytest.param(say("a second ferry sank off Larne"), say("a ferry sank off Larne"), [], id="a second one"),
        pytest.param(say("the ferry sank off Larne"), say("the ferry sank off Larne", story_id="t"), [], id="another story"),
        pytest.param(say("that"), say("that"), [], id="nothing to compare"),
        pytest.param(
            say("the ferry sank off Larne in heavy seas with all its cattle"),
            say("the ferry sank off Larne in heavy seas with all its cattle", story_id="t"),
            ["same shares"],
            id="one statement in two stories",
        ),
    ],
)  # fmt: skip
def test_pair(left, right, expected):
    assert link_types(left, right) == expected


def test_a_town_and_its_county_are_no_two_places():
    told = make_claims(
        say("A boy fell into the bear pit near Larne"), say("A boy fell into a bear pit in Antrim")
    )

    (link,) = link_claims(
        [
            dataclasses.replace(
                claim,
                places=frozenset({f"l{n}"}),
                place_terms=find_terms("Antrim" if n else "Larne"),
                wider=frozenset({find_terms("Antrim")}) if n == 0 else frozenset(),
            )
            for n, claim in enumerate(told)
        ]
    )

    assert link.link_type == "same"


@pytest.mark.parametrize(
    ("left", "right"),
    [
        pytest.param("she was nine years old", "the lighthouse stood empty for nine years", id="an age and a duration"),
        pytest.param(
            "The mayor thanked the divers, and reporters waited an hour in rain at the yard gate",
            "the owner sold the hull; reporters threw stones at the yard gate",
            id="a part of either",
        ),
        pytest.param("the hull lies off Port Brann in Antrim", "Port Brann in Antrim has a lifeboat of its own", id="a printed name"),
    ],
)  # fmt: skip
def test_little_in_common(left, right):
    one, other = make_claims(say(left), say(right))
    assert not is_same(one, other, measure_likeness(one, other, Weights(())), 100)


@pytest.mark.parametrize(("shared", "expected"), [(1.5, True), (1.1, False)])
def test_words_that_a_story_repeats_say_little(shared, expected):
    one, other = make_claims(
        say("divers raised the bell of the wreck at dawn with two cranes"),
        say("the bell was raised, and villagers on the quay sang"),
    )
    likeness = measure_likeness(one, other, Weights(()))
    likeness = dataclasses.replace(likeness, jaccard=0.25, shared=shared)
    assert is_same(one, other, likeness, 100) == expected


LONG = (
    "The brewery, which gives work to half the valley, has agreed to replace its leaking brass "
    "kettles before the harvest fair"
)


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        pytest.param("leaking brass kettles would be replaced", ["same in"], id="said in a stretch"),
        pytest.param("leaking brass kettles would not be replaced", [], id="negated there"),
        pytest.param("seven rusty leaking brass kettles of another firm stood by", [], id="the name of a thing"),
    ],
)  # fmt: skip
def test_long_claims_that_state_one_thing_in_a_stretch(other, expected):
    told = f"Neighbours read on a notice board at the inn that {other}"
    filler = ("Snow fell in the hills", "Bakers raised prices", "A heron nested on the weir")
    links = link_claims(make_claims(say(LONG), say(told), *map(say, filler)))
    assert [f"{link.link_type} {link.reason.split()[0]}" for link in links] == expected


def test_stretch_of_other_numbers_or_common_words_states_nothing():
    told = (
        ("the brewery will replace 4 leaking brass kettles", "9 leaking brass kettles were replaced"),
        ("the brewer called a press conference for the day", "for a day of press conferences they were called"),
    )  # fmt: skip
    for texts in told:
        one, other = make_claims(*map(say, texts))
        stretch = find_stretch(one, other, Weights(()))
        assert stretch is not None
        assert not state_one_thing(one, other, stretch, ())


def test_words_that_are_scattered_are_no_stretch():
    one, other = make_claims(
        say("the brewery closed for a week after steam had scalded an apprentice at the kettles"),
        say("kettles from Spain, an apprentice of the rival firm wrote, would suit no brewery"),
    )
    assert len(one.terms & other.terms) == 3
    assert find_stretch(one, other, Weights((one, other))) is None


def test_of_two_like_claims_of_an_article_the_liker_one_is_meant():
    one, two, other, last = make_claims(*(say("it sank", article_id=name) for name in "aabb"))
    nearest = Nearest()
    nearest.note(one, other, 0.6)
    nearest.note(two, last, 0.5)
    nearest.note(one, last, 0.25)
    assert nearest.is_met(one, other, 0.6, telling=2)
    assert not nearest.is_met(one, last, 0.25, telling=3)
    nearest.note(two, other, 0.25)
    assert not nearest.is_met(two, other, 0.25, telling=2)


def test_claim_nested_in_the_other_is_not_linked():
    assert (
        link_types(
            say("the ferry sank off Larne"), say("the ferry sank off Larne", parent_claim_id="c0")
        )
        == []
    )


def test_group_never_holds_a_contradiction():
    claims = make_claims(
        say("the ferry sank off Larne"),
        say("the ferry sank off Larne"),
        say("the ferry sank off Larne", polarity="negated"),
    )
    groups = group_claims(claims, link_claims(claims))
    assert sorted(map(len, groups.values())) == [1, 2]


def test_group_keeps_its_id_when_a_claim_joins():
    claims = make_claims(*[say("the ferry sank off Larne")] * 3)
    (before,) = group_claims(claims[:2], link_claims(claims[:2]))
    assert group_claims(claims, link_claims(claims)) == {before: ["c0", "c1", "c2"]}


def test_group_takes_a_second_claim_of_an_article_only_by_a_strong_link():
    texts = ("a rope broke", "a rope broke at noon", "the rope that broke was old")
    claims = make_claims(
        *(say(text, article_id=name) for text, name in zip(texts, "abb", strict=True))
    )
    weak, strong = (
        [Link("c0", "c1", "same", 0.5, ""), Link("c0", "c2", "same", score, "")]
        for score in (0.3, 0.4)
    )
    assert sorted(map(len, group_claims(claims, weak).values())) == [1, 2]
    assert sorted(map(len, group_claims(claims, strong).values())) == [3]


def test_group_is_no_chain_over_a_claim_that_says_two_things():
    claims = make_claims(
        say("the gate was locked"),
        say("the gate was locked and no key was found"),
        say("no key was found"),
    )
    links = [Link("c0", "c1", "same", 0.5, ""), Link("c1", "c2", "same", 0.4, "")]
    assert sorted(map(len, group_claims(claims, links).values())) == [1, 2]


def test_what_a_claim_says_by_the_way_joins_nothing():
    claims = make_claims(
        say("the pilot wore a red scarf"),
        say(
            "the pilot, who wore a red scarf, tried to land as thick fog rolled over Larne harbour"
        ),
        say("fog rolled in"),
    )
    links = [Link("c0", "c1", "same", 0.5, ""), Link("c1", "c2", "same", 0.3, "")]
    assert sorted(map(len, group_claims(claims, links).values())) == [1, 2]


@pytest.mark.parametrize(("last", "expected"), [("kettles of brass", 1), ("a new chimney", 2)])
def test_strong_link_joins_groups_that_tell_of_it_alone(last, expected):
    texts = ("the brewery has brass kettles", "brass kettles went", "old brass kettles", last)
    claims = make_claims(*map(say, texts))
    close = [Link(f"c{n}", "c3", "same", 0.5, "") for n in (1, 2)]
    links = [Link("c1", "c2", "same", 0.6, ""), *close, Link("c0", "c1", "same", 0.45, "")]
    assert len(group_claims(claims, links)) == expected


def test_pair_told_apart_stays_apart():
    claims = make_claims(say("the ferry sank off Larne"), say("the ferry sank off Larne"))
    assert len(group_claims(claims, link_claims(claims), [("c0", "c1")])) == 2


def test_headline_that_repeats_a_claim():
    claims = make_claims(
        say("a ferry with cattle on board sank off Larne", article_id="a"),
        say("the harbour stays closed", article_id="a"),
    )
    titles = {"a": {"headline": "Cattle ferry sank off Larne, coastguard says", "standfirst": None}}
    assert [(row["claim_id"], row["part"]) for row in find_repeats(claims, titles)] == [
        ("c0", "headline")
    ]
    assert find_repeats(claims, {"a": {"headline": "A quiet week", "standfirst": ""}}) == []
