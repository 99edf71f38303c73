"""Readings that take all that stands behind a cue where another, nearly as good, takes a part."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from newsledger.model.enums import Construction
from newsledger.nlp.attribution.constructions.document import Candidate

NEARLY = 0.12  # by which a reading of the whole may be less probable than one of a part
_PIECES = frozenset(
    {Construction.INFINITIVE, Construction.OBJECT_AND_QUOTATION, Construction.REST_AND_QUOTATION}
)
_WHOLE = frozenset(
    {Construction.OBJECT, Construction.OBJECT_AND_QUOTATION, Construction.OBJECT_INFINITIVE}
)
Weighed = tuple[float, Candidate]


def index_whole(weighed: Iterable[Weighed]) -> dict[tuple[int, str], list[Weighed]]:
    """Index by cue the readings that take what stands behind it in one piece."""
    found: dict[tuple[int, str], list[Weighed]] = defaultdict(list)
    for score, candidate in weighed:
        if len(candidate.content) == 1 and candidate.construction in _WHOLE:
            found[candidate.group].append((score, candidate))
    return found


def take_whole(score: float, candidate: Candidate, whole: Sequence[Weighed]) -> Weighed:
    """Take a reading nearly as good that holds the same and more: "proposed a new board “of people
    who serve”, | as well as a vote"."""
    if candidate.construction not in _PIECES:
        return score, candidate
    first, last = candidate.content[0].start, candidate.content[-1].end
    wider = [
        (value, other)
        for value, other in whole
        if other.source == candidate.source
        and value >= score - NEARLY
        and other.content[0].start <= first
        and last <= other.content[0].end
        and _measure(other) > _measure(candidate)
    ]
    return max(wider, key=lambda pair: _measure(pair[1]), default=(score, candidate))


def _measure(candidate: Candidate) -> int:
    return sum(span.end - span.start for span in candidate.content)
