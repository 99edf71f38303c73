"""What the second reader says of a text: which stretches are said, by whom, by which word, each
with its probability.

Arrays hold one row a word piece, in the order of the text.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from newsledger.model.records import Span

OUTSIDE, SPEECH, ATTITUDE, FURTHER, INSIDE = range(5)  # of what is said
HEAD_SIZES = (5, 3, 3)  # content, source, cue
LIMIT = 4.0  # log-odds are cut off here: beyond it a reader learned from 89 articles is not surer
SPLIT = 60  # pieces that may lie between two stretches of one content
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch, or several, that is said. `begin` and `end` are how sure its two ends are."""

    spans: tuple[Span, ...]
    begin: float
    end: float

    @property
    def sureness(self) -> float:
        """Probability of the less certain end."""
        return min(self.begin, self.end)


class Reading:
    """The reader's probabilities over one text."""

    def __init__(self, spans: Sequence[Span], logits: Floats) -> None:
        kept = [i for i, span in enumerate(spans) if span.end > span.start]
        self.spans = [spans[i] for i in kept]
        self.middles = np.array([(span.start + span.end) / 2 for span in self.spans])
        parts = np.split(np.asarray(logits, float)[kept], np.cumsum(HEAD_SIZES)[:-1], axis=1)
        self.content, self.source, self.cue = (_softmax(part) for part in parts)

    def find_pieces(self, spans: Iterable[Span]) -> list[int]:
        """List the pieces whose middle lies in spans."""
        found: list[int] = []
        for start, end in spans:
            found += range(*np.searchsorted(self.middles, (start, end)))
        return found

    @cached_property
    def segments(self) -> list[Segment]:
        """The likeliest contents, in reading order."""
        tags, found = _decode(self.content), list[Segment]()
        last = -SPLIT
        for first, end in _list_runs(tags, {SPEECH, ATTITUDE, FURTHER}, INSIDE):
            segment = self._make_segment(first, end)
            if tags[first] == FURTHER and found and first - last < SPLIT:
                before = found.pop()
                segment = Segment(
                    (*before.spans, *segment.spans),
                    min(before.begin, segment.begin),
                    segment.end,
                )
            found.append(segment)
            last = end
        return found

    def _make_segment(self, first: int, end: int) -> Segment:
        stops = 1 - self.content[end, INSIDE] if end < len(self.content) else 1.0
        return Segment(
            (Span(self.spans[first].start, self.spans[end - 1].end),),
            float(self.content[first, SPEECH : FURTHER + 1].sum()),
            float(stops),
        )


def log_odds(share: float) -> float:
    """Log-odds of a probability, cut off at both ends."""
    share = min(max(share, 1e-6), 1 - 1e-6)
    return min(max(math.log(share / (1 - share)), -LIMIT), LIMIT)


def _softmax(logits: Floats) -> Floats:
    shifted = np.exp(logits - logits.max(1, keepdims=True)) if len(logits) else logits
    return shifted / shifted.sum(1, keepdims=True) if len(logits) else logits


def _decode(table: Floats) -> list[int]:
    """Find the likeliest tags where nothing is inside that was not begun."""
    if not len(table):
        return []
    scores = np.log(table + 1e-9)
    steps = np.zeros((5, 5))
    steps[OUTSIDE, INSIDE] = -1e9
    back = np.zeros(table.shape, int)
    best = scores[0].copy()
    best[INSIDE] = -1e9
    for i in range(1, len(scores)):
        paths = best[:, None] + steps
        back[i] = paths.argmax(0)
        best = paths.max(0) + scores[i]
    tags = [int(best.argmax())]
    for i in range(len(scores) - 1, 0, -1):
        tags.append(int(back[i, tags[-1]]))
    return tags[::-1]


def _list_runs(tags: Sequence[int], begins: set[int], inside: int) -> list[tuple[int, int]]:
    """List (first, end) of the runs that begin with one tag and go on with another."""
    found: list[tuple[int, int]] = []
    is_open = False
    for i, tag in enumerate(tags):
        if tag in begins or (tag == inside and not is_open):
            found.append((i, i + 1))
            is_open = True
        elif tag == inside:
            found[-1] = (found[-1][0], i + 1)
        else:
            is_open = False
    return found
