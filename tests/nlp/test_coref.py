"""Pronouns against golden cases: all are invented sentences. `null` says that nobody may be
given."""

from typing import Any

import pytest

from newsledger.errors import SettingsError
from newsledger.model.records import Actor
from newsledger.nlp.names import roles
from tests.nlp.golden import extract_text, find_span, mark_known_misses, read_golden

CASES = read_golden("pronouns", 94)


def find_referent(text: str, pronoun: str) -> Actor | None:
    """Find the actor that the n-th "pronoun#n" of a text is given."""
    extraction = extract_text(text)
    span = find_span(text, pronoun)
    mention = next((row for row in extraction.actor_mentions if (row.start, row.end) == span), None)
    return (
        next(
            actor
            for actor in extraction.actors
            if actor.article_actor_id == mention.article_actor_id
        )
        if mention
        else None
    )


@pytest.mark.parametrize("case", [mark_known_misses(case) for case in CASES])
def test_golden_pronouns(case: dict[str, Any]) -> None:
    for pronoun, wanted in case["pronouns"].items():
        actor = find_referent(case["text"], pronoun)

        if wanted is None:
            assert actor is None, (pronoun, actor.name, case["why"])
        else:
            assert actor is not None, (pronoun, "nobody", case["why"])
            assert wanted in {actor.name, *(alias.alias for alias in actor.aliases)}, (
                pronoun,
                actor.name,
                case["why"],
            )


@pytest.mark.parametrize(
    "case", [case for case in CASES if "miss" in case], ids=lambda case: case["text"][:50]
)
def test_missed_pronouns_are_given_nobody(case: dict[str, Any]) -> None:
    """A miss may leave a pronoun open; it may not put words into the wrong mouth."""
    for pronoun, wanted in case["pronouns"].items():
        actor = find_referent(case["text"], pronoun)

        assert actor is None or actor.name == wanted, (pronoun, actor.name)


@pytest.mark.parametrize(
    ("text", "word", "name"),
    [
        (
            "Kathrin Walters opened the show. “It is late,” Walter said.",
            "Walter",
            "Kathrin Walters",
        ),
        ("Kathrin Walters met Josef Walker. “It is late,” Walter said.", "Walter", None),  # two fit
        (
            "Kathrin Walters opened the show. “It is late,” Winter said.",
            "Winter",
            None,
        ),  # another name
    ],
)
def test_a_source_spelled_nearly_as_the_only_surname(
    text: str, word: str, name: str | None
) -> None:
    extraction = extract_text(text)
    start = text.index(f"{word} said")

    found = [row for row in extraction.actor_mentions if row.start == start]
    names = [
        actor.name
        for row in found
        for actor in extraction.actors
        if actor.article_actor_id == row.article_actor_id
    ]

    assert (name in names) if name else "Kathrin Walters" not in names


def test_nouns_tell_a_gender() -> None:
    nouns = roles.load_gendered_nouns()

    assert (nouns["widow"], nouns["policeman"], nouns["spokeswoman"]) == (
        "female",
        "male",
        "female",
    )
    assert "teacher" not in nouns


def test_a_wrong_gender_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    roles.load_gendered_nouns.cache_clear()
    monkeypatch.setattr(roles, "read_lexicon", lambda *_: ({"noun": "aunt", "gender": "f"},))

    with pytest.raises(SettingsError, match=r"gendered_nouns.csv, line 2"):
        roles.load_gendered_nouns()
    roles.load_gendered_nouns.cache_clear()
