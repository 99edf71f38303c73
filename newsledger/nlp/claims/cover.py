"""Finding what lies inside spans, by bisection."""

import bisect
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import Generic, Protocol, TypeVar

from newsledger.model.records import Span


class _Placed(Protocol):
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


_Item = TypeVar("_Item", bound=_Placed)


class Finder(Generic[_Item]):
    """Find the items that begin inside a span, by bisection over items in reading order."""

    def __init__(self, items: Sequence[_Item]) -> None:
        self.items = items
        self.starts = [item.start for item in items]

    def inside(self, spans: Iterable[Span]) -> Iterator[_Item]:
        for start, end in spans:
            for item in self.items[
                bisect.bisect_left(self.starts, start) : bisect.bisect_left(self.starts, end)
            ]:
                if item.end <= end:
                    yield item

    def number_at(self, offset: int) -> int:
        """Number of the last item that begins at or before an offset; 0 where none does."""
        return max(bisect.bisect_right(self.starts, offset) - 1, 0)


class Cover:
    """Tell what lies inside any of some spans, which may overlap."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self.spans: list[Span] = []
        for start, end in sorted(spans):
            if self.spans and start <= self.spans[-1].end:
                self.spans[-1] = Span(self.spans[-1].start, max(end, self.spans[-1].end))
            else:
                self.spans.append(Span(start, end))

    def covers(self, offset: int) -> bool:
        at = bisect.bisect_right(self.spans, Span(offset, sys.maxsize)) - 1
        return at >= 0 and offset < self.spans[at].end

    def meets(self, start: int, end: int) -> bool:
        """Tell whether any of the spans lies across a stretch that is not empty."""
        at = bisect.bisect_left(self.spans, (end,)) - 1
        return at >= 0 and start < self.spans[at].end

    def add(self, start: int, end: int) -> None:
        """Add a span that meets none."""
        bisect.insort(self.spans, Span(start, end))
