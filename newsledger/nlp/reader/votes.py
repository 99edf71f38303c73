"""The second reader's word on candidates, as facts that the one ranker weighs: is it said at all,
does it begin here, how far does it reach. So it takes away what the rules found, adds what they had
rejected, and moves ends.

The weights (`learned/reader/votes.json`) are learned by `benchmarks/reader/weigh.py` on articles
that the reader had not seen.
"""

import math
from collections.abc import Sequence

from newsledger.model.enums import Construction, CueClass
from newsledger.model.records import Span
from newsledger.nlp.attribution.constructions.document import Candidate
from newsledger.nlp.reader.reading import Reading, Segment, log_odds

# log-odds that a vote must be worth to be heard at all; what is beyond them counts. F1 on 53
# articles of outlets left out: rules 81.2; 82.6 at 0, 83.1 at 0.5, 83.3 at 0.7, 82.8 at 1
UNSURE = 0.7
# how sure the reader must be of both ends to move them. Of those that reach further 51 of 63 are
# right, of shorter ones 72 of 165 (5 of 28 on outlets that it had not seen)
SURE_ENDS = 0.9
_UNLEARNED = frozenset({CueClass.DECLINED, CueClass.EVIDENTIAL, CueClass.CREDIT})
MOST = 0.6  # share of the shorter of two contents, where one may be a part of the other
_VOTES = (
    ("said", "reader inside"),
    ("begins here", "reader begin"),
    ("by that source", "reader source"),
    ("with that cue", "reader cue"),
    ("rules alone", "reader rules"),
)


def vote(reading: Reading, candidate: Candidate, total: float) -> dict[str, float]:
    """Give the facts of a reader's vote on a candidate of which the rules say `total` (log-odds);
    none where it has not read the content."""
    pieces = reading.find_pieces(candidate.content)
    if not pieces:
        return {}
    content = reading.content
    facts = {
        "reader asked": 1.0,
        "reader rules": min(max(total, -6.0), 6.0),
        "reader inside": log_odds(float(1 - content[pieces, 0].mean())),
        "reader begin": log_odds(float(content[pieces[:2], 1:4].sum(1).max())),
        "reader share": max(
            (measure_share(candidate.content, s.spans) for s in reading.segments), default=0.0
        ),
    }
    if source := reading.find_pieces(candidate.source):
        facts["reader source"] = log_odds(float(1 - reading.source[source, 0].mean()))
    else:
        facts["reader no source"] = 1.0
    if cue := reading.find_pieces(candidate.cue):
        facts["reader cue"] = log_odds(float(1 - reading.cue[cue, 0].mean()))
    return facts


def is_unlearned(candidate: Candidate) -> bool:
    """Tell whether the gold set has next to none of its kind that are not optional: the reader has
    no word on it. Pull quotes are missing in its texts."""
    return candidate.cue_class in _UNLEARNED or candidate.construction == Construction.PULL_QUOTE


def soften(shift: float) -> float:
    """Take from a vote what is too little to be heard."""
    return max(shift - UNSURE, 0.0) + min(shift + UNSURE, 0.0)


def describe(features: dict[str, float]) -> str:
    """Put a vote in words: probabilities of the reader, beside that of the rules alone."""
    named = [
        f"{label} {1 / (1 + math.exp(-features[name])):.2f}"
        for label, name in _VOTES
        if name in features
    ]
    return ", ".join(named)


def measure_share(one: Sequence[Span], other: Sequence[Span]) -> float:
    """Measure the overlap of two contents, as a share of the longer one."""
    shared = sum(max(0, min(a.end, b.end) - max(a.start, b.start)) for a in one for b in other)
    return shared / max(sum(a.end - a.start for a in one), sum(b.end - b.start for b in other), 1)


def find_further(text: str, reading: Reading, candidate: Candidate) -> tuple[Span, ...]:
    """Give the content that the reader sees, where it holds all letters of the candidate's and
    more, and the reader is sure of its ends; else that of the candidate."""
    content = candidate.content
    segment = _find_segment(reading, candidate)
    if segment is None or segment.sureness < SURE_ENDS:
        return content
    spans = tuple(_close(text, span) for span in segment.spans)
    return spans if _letters(text, spans) > _letters(text, content) else content


def _find_segment(reading: Reading, candidate: Candidate) -> Segment | None:
    """Find the segment that is a candidate's content: most of one within the other, and the cue in
    neither or both."""
    best, most = None, 0.0
    for segment in reading.segments:
        share = measure_share(candidate.content, segment.spans)
        inner = _measure_inner(candidate.content, segment.spans)
        has_cue = any(_is_within(cue, segment.spans) for cue in candidate.cue)
        if inner >= MOST and share > most and not has_cue:
            best, most = segment, share
    return best


def _measure_inner(one: Sequence[Span], other: Sequence[Span]) -> float:
    """Measure the overlap of two contents, as a share of the shorter one."""
    shared = sum(max(0, min(a.end, b.end) - max(a.start, b.start)) for a in one for b in other)
    return shared / max(min(sum(a.end - a.start for a in spans) for spans in (one, other)), 1)


def _letters(text: str, spans: Sequence[Span]) -> set[int]:
    return {i for start, end in spans for i in range(start, end) if text[i].isalnum()}


def _close(text: str, span: Span) -> Span:
    """Take in the quotation marks that stand right at both ends."""
    start, end = span
    if text[start - 1 : start] in ("“", '"') and text[end : end + 2].strip(".,!?")[:1] in (
        "”",
        '"',
    ):
        start -= 1
        end = next(i for i in range(end, len(text)) if text[i] in '”"') + 1
    return Span(start, end)


def _is_within(span: Span, content: Sequence[Span]) -> bool:
    return any(piece.start <= span.start and span.end <= piece.end for piece in content)
