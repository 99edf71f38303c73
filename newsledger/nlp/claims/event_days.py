"""The dated events that an article tells, and what is said of them elsewhere without a day: "the
collision bent the bow", "it was the worst fire in years"."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from newsledger.lexicon.cues import load_cues
from newsledger.model.enums import DatePrecision
from newsledger.model.records import Span, TimeMention
from newsledger.nlp.claims.incidents import (
    NOT_ITS_DAY,
    Incident,
    fold_word,
    list_words,
    load_incident_nouns,
)
from newsledger.nlp.parse.parsed import ParsedText, Word
from newsledger.nlp.parse.verbs import verb_direction

RELEASING = frozenset(
    {
        "post",
        "publish",
        "release",
        "issue",
        "broadcast",
        "air",
        "record",
        "send",
        "circulate",
        "share",
        "upload",
        "file",
        "give",
    }
)
_FRAGMENT = 4  # words of a time that the parser takes for a sentence
_CLIMB = 6  # heads between a time and its verb
_MIN_SHARED = 3  # words of an event that tell it again, its verb among them
_DEFINITE = frozenset({"the", "this", "that", "these", "those", "its", "their", "his", "her"})
_INCIDENTS = frozenset({"incident", "accident", "disaster"})
_THE = frozenset({"the", "this", "that"})
_ROLES = frozenset({"responsibility", "involvement"})  # claimed or denied
_MOURNED = frozenset({"death", "tragedy"})  # mourned rather than told
_SPECIFIC = frozenset(
    {DatePrecision.HOUR, DatePrecision.PART_OF_DAY, DatePrecision.DAY, DatePrecision.MONTH}
)
_WHICH = frozenset({"which", "that"})
_MODIFIERS = frozenset({"poss", "compound", "nummod", "amod", "nmod"})
_PLACES = frozenset({"nsubj", "nsubjpass", "dobj"})
_NEAR = 2  # sentences back to the event that "the collision" may stand for


@dataclass(frozen=True, slots=True)
class Event:
    """Something told as done: its time, the verbs that tell it, and the words of its clause."""

    time: TimeMention
    verbs: frozenset[str]
    words: frozenset[str]
    sentence_no: int


class EventDays:
    """The days of the events that one article tells."""

    def __init__(
        self, doc: "ParsedText", times: Sequence[TimeMention], incident: Incident | None
    ) -> None:
        self.doc, self.incident = doc, incident
        self.events = tuple(event for time in times if (event := _read_event(doc, time)))
        self.named: dict[str, TimeMention] = {}

    def find_named(self, root: "Word | None") -> TimeMention | None:
        """Find the day of an incident that a content names as known: "the collision bent the bow",
        "after the blast he ran"."""
        if root is not None and self.incident is not None and root.lemma_ in _ROLES:
            return self.incident.time
        for noun in _list_parts(root) if root is not None else ():
            if _is_known_incident(noun) and (time := self._day_of(noun)):
                self.named[fold_word(noun.lemma_.lower())] = time
                return time
        return None

    def _day_of(self, noun: "Word") -> TimeMention | None:
        lemma = fold_word(noun.lemma_.lower())
        if self.incident is not None and (lemma in self.incident.words or lemma in _INCIDENTS):
            return self.incident.time
        before = [event for event in self.events if event.time.start < noun.idx]
        same = [event for event in before if lemma in event.words]
        near = [event for event in before if noun.sentence_no - event.sentence_no <= _NEAR]
        is_the_one = any(left.lower_ in _THE for left in noun.lefts)
        if not same and self.incident is not None and is_the_one:
            return self.incident.time
        found = (same or near)[-1:]
        return found[0].time if found else self.named.get(lemma)

    def find_again(self, spans: Sequence[Span]) -> TimeMention | None:
        """Find the day of the event that a content tells again: its verb and words beside it."""
        own = list_words(self.doc, spans)
        shared = [(len(own & event.words), event) for event in self.events if own & event.verbs]
        most = max((count for count, _ in shared), default=0)
        days = {event.time.start_date: event.time for count, event in shared if count == most}
        if most < _MIN_SHARED or len(days) > 1:
            return None
        return next(iter(days.values()))


def _list_parts(root: "Word") -> "Iterator[Word]":
    """List what a clause speaks of: its own noun, subject and object, and, where it is past, the
    objects of its prepositions."""
    yield root
    if (meant := _find_meant(root)) is not None:
        yield meant
    is_past = verb_direction(root) == "past"
    for child in root.children:
        if child.dep_ in _PLACES:
            yield child
        elif child.dep_ in ("prep", "advmod") and is_past:  # "prior to the crash"
            yield from (
                word
                for below in (child, *child.rights)
                for word in below.rights
                if word.dep_ == "pobj"
            )


def _find_meant(root: "Word") -> "Word | None":
    """Find the noun that "which" stands for: "the raid, which she said was led by two men"."""
    verb = root.head if root.dep_ == "ccomp" else root
    is_relative = verb.dep_ == "relcl" and any(word.lower_ in _WHICH for word in root.lefts)
    return verb.head if is_relative else None


def _is_known_incident(noun: "Word") -> bool:
    """Tell "the collision", "Norland's attack" from "an attack", "attacks"."""
    lemma = noun.lemma_.lower()
    return (
        noun.pos_ in ("NOUN", "PROPN")
        and lemma in (load_incident_nouns() | _INCIDENTS) - _MOURNED
        and any(left.lower_ in _DEFINITE or left.dep_ == "poss" for left in noun.lefts)
    )


def _read_event(doc: "ParsedText", time: TimeMention) -> Event | None:
    piece = doc.char_span(time.start, time.end, alignment_mode="expand")
    is_closed = time.start_date and time.end_date and time.rule != "day_after"
    if piece is None or not is_closed:
        return None
    noun = piece.root.head  # "the Oct. 13 attack", "Sunday's crash"
    if piece.root.dep_ in _MODIFIERS and noun.lemma_.lower() in load_incident_nouns():
        return Event(
            time, frozenset(), frozenset({fold_word(noun.lemma_.lower())}), noun.sentence_no
        )
    verb = verb_over(piece.root)
    if time.precision not in _SPECIFIC:
        return None
    if verb_direction(verb) != "past" or is_of_speech(verb):
        return None
    told = [verb, *_list_joined(verb)]
    words = {
        fold_word(word.lemma_.lower()) for word in _list_own(verb) if word.pos_ in ("NOUN", "VERB")
    }
    return Event(
        time,
        frozenset(fold_word(word.lemma_.lower()) for word in told),
        frozenset(words),
        verb.sentence_no,
    )


def _list_joined(verb: "Word") -> "list[Word]":
    """List the verbs that tell the same day: joined by "and", or of a clause with "when"."""
    return [
        word
        for word in verb.children
        if word.dep_ in ("conj", "advcl") and word.tag_ in ("VBD", "VBN") and not _is_other(word)
    ]


def _list_own(verb: "Word") -> "Iterator[Word]":
    """List the words under a verb, without what went before or came after."""
    waiting = [verb]
    while waiting:
        word = waiting.pop()
        yield word
        waiting += [child for child in word.children if not _is_other(child)]


def _is_other(word: "Word") -> bool:
    """Tell "after a boat was rammed", "before the vote": another event."""
    return word.lower_ in NOT_ITS_DAY or (
        word.dep_ == "advcl" and any(left.lower_ in NOT_ITS_DAY for left in word.lefts)
    )


def verb_over(word: "Word") -> "Word":
    """Climb to the verb that governs a word; over "posted" in "said in a video posted late on
    Monday" to the one of the video."""
    if word.head is word and (verb := _told_next(word)) is not None:
        return verb
    for _ in range(_CLIMB):
        word = word.head
        if word.pos_ in ("VERB", "AUX") and not (
            word.dep_ == "acl" and word.lemma_.lower() in RELEASING and word.head.dep_ == "pobj"
        ):
            break
    return word


def _told_next(word: "Word") -> "Word | None":
    """Find the verb of "Yesterday, the minister was stabbed" where the parser ends a sentence
    behind the day."""
    here, after = word.sent, word.doc.sents[word.sentence_no + 1 : word.sentence_no + 2]
    if len(here) > _FRAGMENT or not after or word.pos_ in ("VERB", "AUX"):
        return None
    is_comma = any(token.text == "," for token in (here[-1], after[0][0]))
    return after[0].root if is_comma else None


def is_of_speech(verb: "Word") -> bool:
    """Tell a verb of saying or publishing, whose day is no event's."""
    cue = load_cues().get((verb.lemma_.lower(), "verb"))
    return cue is not None or verb.lemma_.lower() in RELEASING
