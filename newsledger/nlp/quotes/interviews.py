"""Interviews: whose words the paragraphs of a text in questions and answers are.

Turns are labelled ("Q:", "A:", "TAL:") or plain: paragraphs that end in a question mark, and the
answers between them. The interviewee is the one person whom the introduction says was interviewed,
spoken with or asked.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from newsledger.model.enums import ActorKind, MentionType
from newsledger.model.records import Actor, ActorMention, Span
from newsledger.nlp.names.actors import ActorSet

# with an interview in the introduction; of 606 news documents four have that, all of them
# interviews
MIN_QUESTIONS = 2
INTRODUCTION = 1500  # characters in which an interview says whom it is with
MIN_TURNS = 4
CUE_REACH = 160  # characters from "interview with" to the name: roles may stand between
_MARKS = frozenset("“\"‘'«")
_PARAGRAPH = re.compile(r"[^\n]+")
_LABEL = re.compile(r"(?P<label>[A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*){0,3}) ?: (?=\S)")
_QUESTION_LABELS = frozenset({"q", "question", "interviewer", "moderator", "host", "reporter"})
_ANSWER_LABELS = frozenset({"a", "answer"})
_CUE = re.compile(
    r"\b(?:interviewed by|answer(?:s|ed)? (?:\w+ ){0,3}questions|tells|discuss(?:es|ed) "
    r"[^.\n]{0,60} with"
    r"|(?P<active>interview(?:s|ed|ing)?(?: with)?|(?:spoke|speaks|talked|talks|chatted"
    r"|chats|sat down|sits down|caught up) (?:with|to)"
    r"|questions? (?:to|for)|(?:q ?& ?a|conversation) with))\b",
    re.IGNORECASE,
)
_TOPIC = re.compile(
    r"\b(?:about|on|regarding|over|concerning)\b|(?<!\b[A-Z])\.|\n"
)  # what follows is spoken of, not with
_OBJECT_PRONOUN = re.compile(r" (?:him|her|them)\b")


@dataclass(frozen=True, slots=True)
class Turn:
    """A paragraph of an interview. `article_actor_id` is whose words it is, or in a question whom
    it asks; `None` where nobody fits."""

    start: int
    end: int
    is_question: bool
    article_actor_id: str | None


def find_turns(text: str, actor_set: ActorSet) -> tuple[Turn, ...]:
    """Find the turns of an interview, in order; empty where the text is none."""
    if text.count("?") + text.count(":") < MIN_QUESTIONS:
        return ()
    people = {
        actor.article_actor_id: actor
        for actor in actor_set.actors
        if actor.kind == ActorKind.PERSON and " " in actor.name
    }
    paragraphs = [Span(*found.span()) for found in _PARAGRAPH.finditer(text)]
    return _find_labelled(text, paragraphs, people) or _find_plain(
        text, paragraphs, people, actor_set.mentions
    )


def has_turns(text: str) -> bool:
    """Tell whether a text is in questions and answers, whoever gives them."""
    if text.count("?") + text.count(":") < MIN_QUESTIONS:
        return False
    paragraphs = [Span(*found.span()) for found in _PARAGRAPH.finditer(text)]
    is_labelled = bool(_list_voices(_list_labels(text, paragraphs)))
    return is_labelled or len(_list_questions(text, paragraphs)) >= MIN_QUESTIONS


def _list_labels(text: str, paragraphs: Sequence[Span]) -> dict[Span, str]:
    """List the paragraphs that begin with a label, "Q: …", "Marta Holm: …"."""
    return {
        span: found["label"]
        for span in paragraphs
        if (found := _LABEL.match(text, span.start, span.end))
    }


def _list_voices(labels: dict[Span, str]) -> set[str]:
    """List the labels that take turns; empty where they are too few for an interview."""
    counts = Counter(labels.values())
    voices = {label for label, count in counts.items() if count > 1}
    is_talk = len(voices) >= 2 and sum(counts[label] for label in voices) >= MIN_TURNS
    return voices if is_talk else set()


def _list_questions(text: str, paragraphs: Sequence[Span]) -> list[Span]:
    """List the paragraphs that are questions, and no quoted ones."""
    return [
        span
        for span in paragraphs
        if text[span.start : span.end].rstrip().endswith("?") and text[span.start] not in _MARKS
    ]


def _find_labelled(
    text: str, paragraphs: Sequence[Span], people: dict[str, Actor]
) -> tuple[Turn, ...]:
    labels = _list_labels(text, paragraphs)
    voices = _list_voices(labels)
    if not voices:
        return ()
    named = {label: _find_bearer(label, people) for label in voices}
    answering = [label for label in voices if label.lower() not in _QUESTION_LABELS]
    if len(people) == 1 and len(answering) == 1 and answering[0].lower() in _ANSWER_LABELS:
        named[answering[0]] = next(iter(people))
    asked = named[answering[0]] if len(answering) == 1 else None
    turns: list[Turn] = []
    first = next(i for i, span in enumerate(paragraphs) if labels.get(span) in voices)
    label = ""
    for span in paragraphs[first:]:
        label = labels.get(span, label) if labels.get(span) in voices else label
        is_question = label.lower() in _QUESTION_LABELS
        turns.append(
            Turn(span.start, span.end, is_question, asked if is_question else named.get(label))
        )
    return tuple(turns)


def _find_bearer(label: str, people: dict[str, Actor]) -> str | None:
    """The only person whose surname, full name or initials a label is."""
    folded = label.casefold().replace(".", "")
    fits = []
    for key, actor in people.items():
        words = actor.name.casefold().split()
        if folded in {
            actor.name.casefold(),
            words[-1],
            words[0],
            "".join(word[0] for word in words),
        }:
            fits.append(key)
    return fits[0] if len(fits) == 1 else None


def _find_plain(
    text: str,
    paragraphs: Sequence[Span],
    people: dict[str, Actor],
    mentions: Sequence[ActorMention],
) -> tuple[Turn, ...]:
    questions = _list_questions(text, paragraphs)
    if len(questions) < MIN_QUESTIONS:
        return ()
    first = questions[0].start
    interviewee = _find_interviewee(text[: min(first, INTRODUCTION)], people, mentions)
    if interviewee is None:
        return ()
    asked = {span.start for span in questions}
    return tuple(
        Turn(span.start, span.end, span.start in asked, interviewee)
        for span in paragraphs
        if span.start >= first
    )


def _find_interviewee(
    intro: str, people: dict[str, Actor], mentions: Sequence[ActorMention]
) -> str | None:
    """The person behind the first "interviews", "spoke with", or in front of "interviewed by",
    "tells"; two at once are nobody."""
    named = [
        mention
        for mention in mentions
        if mention.article_actor_id in people
        and mention.mention_type == MentionType.NAME
        and mention.end <= len(intro)
    ]
    for cue in _CUE.finditer(intro):
        start = intro.rfind("\n", 0, cue.start()) + 1
        before = [
            mention
            for mention in named
            if max(start, cue.start() - CUE_REACH) <= mention.start and mention.end <= cue.start()
        ]
        if not cue["active"] or _OBJECT_PRONOUN.match(intro, cue.end()):
            if cue["active"] and before and before[-1].end >= cue.start() - 1:
                before.pop()  # the interviewer
            if before:
                return before[-1].article_actor_id
            continue
        after = [mention for mention in named if cue.end() <= mention.start < cue.end() + CUE_REACH]
        after = [mention for mention in after if not _TOPIC.search(intro, cue.end(), mention.start)]
        if (
            len(after) > 1
            and intro[after[0].end : after[1].start].strip(" ,") in {"and", ""}
            and after[0].article_actor_id != after[1].article_actor_id
        ):
            return None
        if after:
            return after[0].article_actor_id
        if before and intro[before[0].end : before[0].end + 1] == ":":
            return before[0].article_actor_id
    return None
