"""Sentence starts that the page gives: behind a line break and behind a dateline."""

import bisect
from typing import TYPE_CHECKING

from newsledger.clean.datelines import find_dateline_end

if TYPE_CHECKING:
    from spacy.tokens import Doc

_CLOCK = frozenset({"a.m.", "p.m.", "am", "pm"})
_DAYS = frozenset("Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split())


def set_sentence_starts(doc: "Doc") -> "Doc":
    """Begin a sentence after a line break and after a dateline, so that the parser does not run a
    headline or paragraph into the next one.

    A single break inside a sentence (text wrapped at a width) is left to the parser: the next line
    goes on in lower case, or the line ends in a comma or function word.
    """
    count = len(doc)
    if count < 2:
        return doc
    text = doc.text
    columns = doc.to_array(["IDX", "IS_SPACE"])
    offsets: list[int] = columns[:, 0].tolist()
    breaks = [int(at) for at in columns[:, 1].nonzero()[0] if "\n" in doc[int(at)].text]
    for at in (0, *(at + 1 for at in breaks)):
        if at < count - 1:
            _start_behind_dateline(doc, text, offsets, at)
    for token in doc[1:]:
        if token.text in _DAYS and doc[token.i - 1].lower_ in _CLOCK:
            token.is_sent_start = False  # "at 9:30 a.m. Monday at a barn"
    for at in breaks:
        if 0 < at < count - 1:
            before, after = doc[at - 1], doc[at + 1]
            is_inside = after.text[0].islower() or before.text == "," or before.is_stop
            if not is_inside or doc[at].text.count("\n") > 1:
                after.is_sent_start = True
    return doc


def _start_behind_dateline(doc: "Doc", text: str, offsets: list[int], at: int) -> None:
    start = offsets[at]
    end = find_dateline_end(text, start)
    if end <= start:
        return
    first = bisect.bisect_right(offsets, end) - 1
    if offsets[first] + len(doc[first]) <= end:  # white space between two words
        first += 1
    if first < len(doc):
        doc[first].is_sent_start = True
