"""Sentences in which the outlet itself asserts an event: told as done or under way, not as habit,
plan or background."""

from collections.abc import Iterable
from datetime import date
from functools import cache

from newsledger.lexicon.cues import load_cues
from newsledger.lexicon.words import read_lexicon
from newsledger.model.enums import CueClass, DatePrecision
from newsledger.model.records import Sentence, TimeMention
from newsledger.nlp.parse.parsed import ParsedText, Word
from newsledger.nlp.time.calendar import shift_days

_MIN_TOKENS = 5
# a sentence dated within the month before publication tells news, whatever its verb; language, not
# measured
_RECENT_DAYS = 31
_DATED = frozenset(
    {DatePrecision.HOUR, DatePrecision.PART_OF_DAY, DatePrecision.DAY, DatePrecision.WEEK}
)
_SUBJECTS = ("nsubj", "nsubjpass", "csubj")
_NOT_TOLD = frozenset(
    {"will", "would", "may", "might", "could", "can", "should", "to", "must", "does", "do"}
)


@cache
def _verbs() -> dict[str, str]:
    """Read `seeds/event_verbs.csv`: lemma → event, or state ("know", "own"), which no date makes an
    event."""
    return {
        row["lemma"]: row["class"] for row in read_lexicon("event_verbs.csv", ("lemma", "class"))
    }


def find_event(
    doc: "ParsedText",
    sentence: Sentence,
    times: Iterable[TimeMention],
    has_harm: bool,
    today: date | None,
) -> "Word | None":
    """Find the verb by which a sentence asserts an event.

    A listed verb, a verb of a sentence dated within the last month, or any verb over a figure of
    harm (`has_harm`): "the death toll stands at 43". `times` are those in the sentence.
    """
    piece = doc.char_span(sentence.start, sentence.end, alignment_mode="expand")
    if piece is None or len(piece) < _MIN_TOKENS:
        return None
    root = piece.root
    if has_harm and root.pos_ in ("VERB", "AUX") and _is_told(root, also_now=True):
        return root
    for verb in (root, *(child for child in root.children if child.dep_ == "conj")):
        if verb.pos_ != "VERB" or not _is_told(verb):
            continue
        kind = _verbs().get(verb.lemma_.lower())
        if kind == "event" or (
            kind is None and not _is_cue(verb) and _is_dated(doc, verb, times, today)
        ):
            return verb
    return None


def is_told_event(verb: "Word") -> bool:
    """Tell whether a clause below the main one tells an event that is listed as one."""
    return _verbs().get(verb.lemma_.lower()) == "event" and _is_told(verb)


def _is_cue(verb: "Word") -> bool:
    cue = load_cues().get((verb.lemma_.lower(), "verb"))
    return cue is not None and cue.cue_class in (
        CueClass.SPEECH,
        CueClass.ATTITUDE,
        CueClass.TOPIC,
        CueClass.DECLINED,
    )


def _is_dated(
    doc: "ParsedText", verb: "Word", times: Iterable[TimeMention], today: date | None
) -> bool:
    """Tell whether a recent time hangs on the verb: "walked out on Monday", not "the man arrested
    on Monday lived in Kent"."""
    if today is None:
        return False
    for time in times:
        if (
            time.precision not in _DATED
            or time.end_date is None
            or not shift_days(today, -_RECENT_DAYS) <= time.end_date <= today
        ):
            continue
        piece = doc.char_span(time.start, time.end, alignment_mode="expand")
        word = piece.root if piece is not None else None
        while word is not None and word.pos_ not in ("VERB", "AUX") and word.head.i != word.i:
            word = word.head
        if word is not None and word.i == verb.i:
            return True
    return False


def _is_told(verb: "Word", *, also_now: bool = False) -> bool:
    """Tell done and under way from planned, denied and habitual; `also_now` lets the present of a
    tally pass ("stands at 43")."""
    helpers = {child.lower_ for child in verb.children if child.dep_ in ("aux", "auxpass")}
    has_subject = any(
        child.dep_ in _SUBJECTS
        for child in (*verb.children, *(verb.head.children if verb.dep_ == "conj" else ()))
    )
    if not has_subject or any(child.dep_ == "neg" for child in verb.children):
        return False
    if helpers & _NOT_TOLD:
        return False
    if also_now and verb.tag_ in ("VBZ", "VBP"):
        return True
    return verb.tag_ in ("VBD", "VBN") or (
        verb.tag_ == "VBG" and bool(helpers & {"was", "were", "is", "are", "been"})
    )
