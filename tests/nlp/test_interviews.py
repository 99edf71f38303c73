"""Interviews: whose words the turns are; all texts are invented."""

import pytest

from newsledger.nlp.names.actors import ActorSet
from newsledger.nlp.quotes.interviews import find_turns
from tests.nlp.golden import extract_text
from tests.nlp.test_coref import find_referent

INTRODUCTION = (
    "The ferry line turns fifty this week. The Courier spoke with Marta Holm, who "
    "runs it, about the anniversary."
)
QUESTIONS = (
    "\n\nHow did you begin?\n\nI bought one boat. I was twenty.\n\nWhat comes next?\n\nI "
    "hope for a second pier."
)


def find_voices(text: str) -> list[tuple[bool, str | None]]:
    """List the turns of a text as (is question, name)."""
    extraction = extract_text(text)
    names = {actor.article_actor_id: actor.name for actor in extraction.actors}
    turns = find_turns(text, ActorSet(extraction.actors, extraction.actor_mentions))
    return [(turn.is_question, names.get(turn.article_actor_id or "")) for turn in turns]


@pytest.mark.parametrize(
    "introduction",
    [
        INTRODUCTION,
        "Interview with Marta Holm, owner of the ferry line",
        "Marta Holm was interviewed by the Courier in March.",
        "We sat down with Marta Holm of the ferry line.",
        "Marta Holm answered our questions about the ferry line.",
    ],
)
def test_plain_questions_ask_the_person_interviewed(introduction: str) -> None:
    text = introduction + QUESTIONS

    assert find_voices(text) == [(True, "Marta Holm"), (False, "Marta Holm")] * 2
    assert find_referent(text, "I#1").name == find_referent(text, "you#1").name == "Marta Holm"


def test_labels_name_the_voices() -> None:
    text = (
        "Omar Tal and Lena Weiss met the press.\n\nTal: I am glad.\n\nWeiss: I am "
        "not.\n\nTal: Why?\n\nWeiss: I have no time."
    )

    assert find_voices(text) == [(False, "Omar Tal"), (False, "Lena Weiss")] * 2
    assert find_referent(text, "I#2").name == "Lena Weiss"


def test_question_and_answer_labels_belong_to_the_only_person() -> None:
    text = (
        "Lena Weiss runs the clinic.\n\nQ: Are you open?\n\nA: I never close.\n\nQ: Who "
        "pays?\n\nA: I do."
    )

    assert find_voices(text) == [(True, "Lena Weiss"), (False, "Lena Weiss")] * 2


@pytest.mark.parametrize(
    "text",
    [
        "Marta Holm opened the pier on Monday. I was there."
        + QUESTIONS,  # questions, but nobody is interviewed
        "The Courier spoke with Marta Holm and Omar Tal."
        + QUESTIONS,  # two people answer: who, nobody can tell
        "The Courier spoke with the owner about Marta Holm." + QUESTIONS,  # she is spoken of
        INTRODUCTION + "\n\nHow did it begin?\n\nI do not know.",  # one question makes no interview
        # labels that are nobody's
        "Note: the port is closed.\n\nUpdate: it is open.\n\nMarta Holm left.",
        "",
    ],
)
def test_other_texts_have_no_turns(text: str) -> None:
    assert find_voices(text) == []


def test_a_quotation_inside_an_answer_is_not_the_answerer() -> None:
    text = (
        INTRODUCTION
        + "\n\nWhat did he say?\n\nMy father said “I am tired” and left.\n\nAnd then?\n\nI "
        "went to sea."
    )

    assert find_referent(text, "I#1") is None
    assert find_referent(text, "I#2").name == "Marta Holm"
