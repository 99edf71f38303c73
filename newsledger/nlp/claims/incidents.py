"""The day of an article's incident: what a text of one crash, attack or fire dates once holds for
what is said of it further down ("the pilot had radioed for help")."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from newsledger.lexicon.words import load_families, read_lexicon
from newsledger.model.enums import DatePrecision
from newsledger.model.records import Sentence, Span, TimeMention
from newsledger.nlp.numbers.kinds import HARM, load_kinds, load_state_words
from newsledger.nlp.parse.parsed import ParsedText, Word
from newsledger.nlp.time.calendar import shift_days

_DATED = frozenset(
    {DatePrecision.HOUR, DatePrecision.PART_OF_DAY, DatePrecision.DAY, DatePrecision.MONTH}
)
REACH = 400  # days before publication that an incident may lie
FRESH = 31  # days before publication of an incident that the lead does not date
LEAD = 3  # sentences that tell what the article is about
SHORT = 5  # words of a content that says little more than how many were harmed
LONG = 8  # words of a content from which on one shared word may be chance; measured
MIN_LETTERS = 3
_HARMED = frozenset({"victim", "casualty", "toll", "death", "survivor"})
# verbs of accidents and attacks that tell nobody's harm
_ACCIDENTS = frozenset(
    "attack bomb burn collapse collide crash derail drown explode hit ram rob shell "
    "shoot sink slap stab".split()
)
_CLIMB = 5
_LASTING = re.compile(r"\bfor (?:[\w-]+ ){0,2}(?:days|weeks|months|years|decades)\b")
_THEN = re.compile(r"\bat (?:the|that) time\b(?! of)")
NOT_ITS_DAY = frozenset({"before", "after", "since", "until", "by"})
_WORDS = frozenset({"NOUN", "VERB"})


@dataclass(frozen=True, slots=True)
class Incident:
    """The dated event that an article is about, and the words by which it is told again."""

    time: TimeMention
    words: frozenset[str]


@cache
def load_incident_nouns() -> frozenset[str]:
    """List the nouns of incidents: "crash", "fire"."""
    return frozenset(row["lemma"] for row in read_lexicon("incident_nouns.csv", ("lemma",)))


@cache
def load_harm_verbs() -> frozenset[str]:
    """List the verbs of harm, and those of accidents."""
    harm = (word for place, word in load_kinds() if place in {"object", "subject"})
    return (
        frozenset(harm)
        & frozenset(word for (place, word), kind in load_kinds().items() if kind in HARM)
        | _ACCIDENTS
    )


@cache
def _telling_words() -> frozenset[str]:
    """List the words of incidents, one of a family."""
    return frozenset(map(fold_word, load_incident_nouns() | load_harm_verbs()))


def fold_word(lemma: str) -> str:
    """Give "kill" for "killing" and "slain", "explode" for "blast"."""
    return load_families().get(lemma, lemma)


def find_incident(
    doc: "ParsedText",
    sentences: Sequence[Sentence],
    times: Iterable[TimeMention],
    today: date | None,
) -> Incident | None:
    """Find the only incident that an article dates; `None` where it dates several days as often, or
    is about none."""
    if today is None or not sentences:
        return None
    dated = [time for time in times if _is_near(time, today) and _is_of_event(doc, time)]
    lead = sentences[min(LEAD, len(sentences)) - 1].end
    fresh = shift_days(today, -FRESH)
    own = _find_main([time for time in dated if time.start < lead]) or _find_main(
        [time for time in dated if time.end_date and time.end_date >= fresh]
    )
    if not own:
        return None
    told = [
        sentence
        for sentence in sentences
        if sentence.sentence_no < LEAD
        or any(sentence.start <= time.start < sentence.end for time in own)
    ]
    words: set[str] = set()
    for sentence in told:
        words |= list_words(doc, (Span(sentence.start, sentence.end),))
    return Incident(own[0], frozenset(words)) if words & _telling_words() else None


def _find_main(dated: Sequence[TimeMention]) -> list[TimeMention]:
    """List the times of the day told most often, or of the month where no day is told; none where
    two are told as often."""
    told = [time for time in dated if time.precision != DatePrecision.MONTH] or dated
    top = Counter(time.start_date for time in told).most_common(2)
    if not top or (len(top) > 1 and top[0][1] == top[1][1]):
        return []
    return [time for time in told if time.start_date == top[0][0]]


def is_about(
    doc: "ParsedText", spans: Sequence[Span], root: "Word | None", incident: Incident
) -> bool:
    """Tell whether a content speaks of the incident: it shares enough of its words, and tells
    neither who somebody is ("the family was active in the town") nor what went on for weeks."""
    own = list_words(doc, spans)
    doers = {word.removesuffix("er") for word in own}  # "the attackers"
    shared = (own | doers) & incident.words
    if any(_LASTING.search(doc.text, start, end) for start, end in spans):
        return False
    if any(_THEN.search(doc.text, start, end) for start, end in spans):
        return True
    is_state = _is_of_state(root)
    if len(own) <= SHORT and _counts_harm(doc, spans) and not (is_state and _has(root, "attr")):
        return True
    if is_state and not shared & _telling_words():
        return False
    return len(shared) >= (2 if len(own) > LONG else 1)


def _counts_harm(doc: "ParsedText", spans: Sequence[Span]) -> bool:
    """Tell "190 were dead", "six of the victims were children"."""
    return any(
        word.lemma_.lower() in load_state_words() | _HARMED
        for start, end in spans
        for word in doc.char_span(start, end, alignment_mode="expand") or ()
    )


def _is_of_state(root: "Word | None") -> bool:
    """Tell "the family was active" from "the girl was calm when a doctor saw her"."""
    return (
        root is not None
        and root.lemma_ == "be"
        and (_has(root, "attr") or _has(root, "acomp"))
        and not _has(root, "advcl")
    )


def _has(root: "Word | None", dep: str) -> bool:
    return root is not None and any(child.dep_ == dep for child in root.rights)


def list_words(doc: "ParsedText", spans: Sequence[Span]) -> set[str]:
    """List the content words of some spans, one of a family."""
    found: set[str] = set()
    for start, end in spans:
        piece = doc.char_span(start, end, alignment_mode="expand")
        found |= {
            fold_word(word.lemma_.lower())
            for word in piece or ()
            if word.pos_ in _WORDS
            and len(word.text) >= MIN_LETTERS
            and not word.is_stop
            and word.ent_type_ not in {"DATE", "TIME"}
        }
    return found


def _is_near(time: TimeMention, today: date) -> bool:
    return (
        time.precision in _DATED
        and time.rule != "day_after"
        and time.start_date is not None
        and time.end_date is not None
        and shift_days(today, -REACH) <= time.start_date
        and time.end_date <= today
    )


def _is_of_event(doc: "ParsedText", time: TimeMention) -> bool:
    """Whether a time hangs on a verb or noun of an incident: "crashed on Sunday", "Sunday's
    crash"."""
    piece = doc.char_span(time.start, time.end, alignment_mode="expand")
    word: Word | None = piece.root if piece is not None else None
    for _ in range(_CLIMB):
        if word is None or word.lower_ in NOT_ITS_DAY:
            return False
        lemma = word.lemma_.lower()
        if word.pos_ in {"NOUN", "PROPN"} and lemma in load_incident_nouns():
            return True
        if word.pos_ == "VERB":
            subjects = (child for child in word.lefts if child.dep_ in {"nsubj", "nsubjpass"})
            return lemma in load_harm_verbs() or any(
                one.lemma_.lower() in load_incident_nouns() for one in subjects
            )
        if word.head is word:
            return False
        word = word.head
    return False
