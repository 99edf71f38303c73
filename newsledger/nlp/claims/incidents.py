"""The day of an article's incident: what a text of one crash, attack or fire dates once holds for
what is said of it further down ("the pilot had radioed for help")."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from newsledger.lexicon.words import read_lexicon
from newsledger.model.records import Sentence, Span, TimeMention
from newsledger.nlp.numbers.kinds import HARM, load_kinds
from newsledger.nlp.parse.parsed import ParsedText, Word
from newsledger.nlp.time.calendar import shift_days

_DATED = frozenset({"hour", "part_of_day", "day"})
REACH = 400  # days before publication that an incident may lie
LEAD = 3  # sentences that tell what the article is about
MIN_SHARED = 2  # words that what is said shares with the incident
SHORT = 5  # words of a content of which one is enough
MIN_LETTERS = 3
# verbs of accidents and attacks that tell nobody's harm
_ACCIDENTS = frozenset(
    "attack bomb burn collapse collide crash derail drown explode hit ram rob shell "
    "shoot sink slap stab".split()
)
_CLIMB = 5
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
def _verbs() -> frozenset[str]:
    """List the verbs of harm, and those of accidents."""
    harm = (word for place, word in load_kinds() if place in {"object", "subject"})
    return (
        frozenset(harm)
        & frozenset(word for (place, word), kind in load_kinds().items() if kind in HARM)
        | _ACCIDENTS
    )


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
    counts = Counter(time.start_date for time in dated)
    if not counts:
        return None
    best, count = counts.most_common(1)[0]
    if any(other >= count for day, other in counts.items() if day != best):
        return None
    own = [time for time in dated if time.start_date == best]
    told = [
        sentence
        for sentence in sentences
        if sentence.sentence_no < LEAD
        or any(sentence.start <= time.start < sentence.end for time in own)
    ]
    words: set[str] = set()
    for sentence in told:
        words |= list_words(doc, (Span(sentence.start, sentence.end),))
    return (
        Incident(own[0], frozenset(words)) if words & (load_incident_nouns() | _verbs()) else None
    )


def is_about(doc: "ParsedText", spans: Sequence[Span], incident: Incident) -> bool:
    """Tell whether a content speaks of the incident: it shares enough of its words."""
    own = list_words(doc, spans)
    return len(own & incident.words) >= (MIN_SHARED if len(own) > SHORT else 1)


def list_words(doc: "ParsedText", spans: Sequence[Span]) -> set[str]:
    """List the lemmas of the content words of some spans."""
    found: set[str] = set()
    for start, end in spans:
        piece = doc.char_span(start, end, alignment_mode="expand")
        found |= {
            word.lemma_.lower()
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
        if word is None:
            return False
        lemma = word.lemma_.lower()
        if word.pos_ in {"NOUN", "PROPN"} and lemma in load_incident_nouns():
            return True
        if word.pos_ == "VERB":
            subjects = (child for child in word.lefts if child.dep_ in {"nsubj", "nsubjpass"})
            return lemma in _verbs() or any(
                one.lemma_.lower() in load_incident_nouns() for one in subjects
            )
        if word.head is word:
            return False
        word = word.head
    return False
