"""Sentences that do not end: automatic transcripts, lists and rows of signs are cut before the
parser, so that no tree is a thousand words deep and time stays linear."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc

# Words without a sentence start that the page gives. Of 9,167 lines of 869 news articles half have
# under 34 words and 1 % over 535: articles without line breaks, which are cut at a full stop.
MAX_RUN = 300
MIN_RUN = 60  # words that a piece has at least
_ENDS = frozenset({".", "!", "?", "…", "。", "؟"})
_CLOSING = frozenset({"”", '"', "’", "'", ")", "]", "»", *_ENDS})
_JOINTS = frozenset({"and", "but", "so", "because", "then"})
_PAUSES = frozenset({",", ";", ":", "-", "–", "—"})


def cut_long_runs(doc: "Doc") -> "Doc":
    """Begin a sentence inside a run of more than `MAX_RUN` words: behind a full stop, else before
    "and", else behind a comma, else anywhere."""
    start = 0
    words = [token.text for token in doc]
    for at, token in enumerate(doc):
        if at and token.is_sent_start is True:
            start = at
        elif at - start >= MAX_RUN:
            start = _choose_cut(words, start + MIN_RUN, at)
            doc[start].is_sent_start = True
    return doc


def _choose_cut(words: list[str], first: int, last: int) -> int:
    window = range(last, first - 1, -1)
    for is_good in (_is_behind_end, _is_joint, _is_behind_pause):
        if (found := next((at for at in window if is_good(words, at)), None)) is not None:
            return found
    return last


def _is_behind_end(words: list[str], at: int) -> bool:
    """Whether a sentence has ended before a word: "… hurt. The", "… hurt.” The"."""
    if words[at] in _CLOSING or not words[at][0].isupper():
        return False
    before = at - 1
    while words[before] in _CLOSING and words[before] not in _ENDS and before > 0:
        before -= 1
    return words[before] in _ENDS


def _is_joint(words: list[str], at: int) -> bool:
    return words[at].lower() in _JOINTS


def _is_behind_pause(words: list[str], at: int) -> bool:
    return words[at - 1] in _PAUSES and words[at] not in _PAUSES | _CLOSING
