"""The second reader's word on candidates, as features that the one ranker weighs: is it said at
all, where does it begin and end, what is missing.

The weights (`learned/reader/votes.json`) are learned by `benchmarks/reader/weigh.py` on articles
that the reader had not seen.
"""

import bisect
import math
from collections.abc import Sequence

from newsledger.lexicon.cues import load_cues
from newsledger.model.enums import Construction, CueClass, CueStance, CueType, Form
from newsledger.model.records import Span
from newsledger.nlp.attribution.constructions.document import Candidate
from newsledger.nlp.attribution.source_spans import Variant
from newsledger.nlp.parse.parsed import ParsedText, Word
from newsledger.nlp.reader.reading import Reading, Segment, log_odds

LEVELS = 5  # of how sure the reader is of ends
MOST = 0.6  # share of the shorter of two contents, where one may be a part of the other
SAME = 0.5  # share of the longer of two contents that are taken for one
NEAR = (
    240  # code points between a content and its source or cue, a new sentence counting as SENTENCE
)
SENTENCE, PARAGRAPH = 120, 300
_VOTES = (
    ("said", "reader inside"),
    ("begins here", "reader begin"),
    ("by that source", "reader source"),
    ("with that cue", "reader cue"),
    ("seen by the reader alone: said", "reader adds inside"),
    ("begins here", "reader adds begin"),
    ("rules alone", "reader rules"),
)
_MARKS = "“”\"‘’'«»„"
_CUE_PARTS = {"VERB": "verb", "AUX": "verb", "NOUN": "noun", "ADJ": "adjective", "ADV": "adverb"}


def vote(reading: Reading, candidate: Candidate, total: float) -> dict[str, float]:
    """Give the features of a reader's vote on a candidate of which the rules say `total`
    (log-odds)."""
    pieces = reading.find_pieces(candidate.content)
    if not pieces:
        return {}
    content = reading.content
    inside = log_odds(float(1 - content[pieces, 0].mean()))
    begin = log_odds(float(content[pieces[:2], 1:4].sum(1).max()))
    share = max((measure_share(candidate.content, s.spans) for s in reading.segments), default=0.0)
    features = {
        "reader": 1.0,
        "reader rules": min(max(total, -6.0), 6.0),
        "reader inside": inside,
        "reader begin": begin,
        "reader share": share,
        f"reader {candidate.cue_class}": 1.0,
        f"reader inside {candidate.cue_class}": inside,
    }
    for name, spans, table in (
        ("source", candidate.source, reading.source),
        ("cue", candidate.cue, reading.cue),
    ):
        if named := reading.find_pieces(spans):
            features[f"reader {name}"] = log_odds(float(1 - table[named, 0].mean()))
        else:
            features[f"reader no {name}"] = 1.0
    if candidate.is_nested:
        features |= {
            "reader nested": 1.0,
            "reader nested begin": begin,
            "reader nested share": share,
        }
    return features


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


def find_ends(text: str, reading: Reading, candidate: Candidate) -> list[Variant]:
    """Give the ends that the reader sees for a content, if they differ in letters from those it
    has."""
    content = candidate.content
    segment = _find_segment(reading, candidate)
    if segment is None:
        return []
    spans = tuple(_close(text, span) for span in segment.spans)
    if _letters(text, spans) == _letters(text, content):
        return []
    lost, won = (
        _letters(text, one) - _letters(text, other)
        for one, other in ((content, spans), (spans, content))
    )
    kind = "both" if lost and won else "shorter" if lost else "longer"
    level = int(LEVELS * min(segment.sureness, 0.999))
    far = () if measure_share(content, spans) >= SAME else (f"reader ends far {kind}",)
    names = ("reader ends", f"reader ends {level}", f"reader ends {kind}", *far)
    return [Variant(spans, names)]


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


def list_missing(
    doc: ParsedText, reading: Reading, weighed: Sequence[tuple[float, Candidate]], least: float
) -> list[Candidate]:
    """List what the reader sees and no candidate above a probability holds, as candidates."""
    held = [candidate for score, candidate in weighed if score >= least]
    found = []
    for number, segment in enumerate(reading.segments):
        if any(measure_share(segment.spans, other.content) >= SAME for other in held):
            continue
        found.append(_make_candidate(doc, reading, segment, number))
    return found


def _make_candidate(doc: ParsedText, reading: Reading, segment: Segment, number: int) -> Candidate:
    text = doc.text
    cue = _find_nearest(text, segment.spans, reading.cues)
    source = _find_source(text, reading, segment, cue)
    spans = tuple(_close(text, span) for span in segment.spans)
    word = _word_at(doc, cue[1]) if cue else None
    listed = load_cues().get((word.lemma_.lower(), _CUE_PARTS.get(word.pos_, ""))) if word else None
    quoted = all(text[span.start] in _MARKS for span in spans)
    candidate = Candidate(
        (-2 - number, "reader"),
        Construction.READER,
        spans,
        (source[1],) if source else (),
        (cue[1],) if cue else (),
        word.i if word else -1,
        word.lemma_.lower() if word else "",
        CueClass.ATTITUDE
        if segment.is_attitude
        else listed.cue_class
        if listed
        else CueClass.SPEECH,
        listed.stance if listed else CueStance.NEUTRAL,
        Form.DIRECT if quoted else Form.INDIRECT,
        cue_type=listed.cue_type if listed else CueType.SPEAKING,
    )
    length = math.log1p(sum(span.end - span.start for span in spans) / 6)
    candidate.features = {
        "reader adds": 1.0,
        "reader adds inside": log_odds(segment.inside),
        "reader adds begin": log_odds(segment.begin),
        "reader adds end": log_odds(segment.end),
        "reader adds length": length,
        "reader adds source": log_odds(source[0]) if source else 0.0,
        "reader adds no source": 0.0 if source else 1.0,
        "reader adds cue": log_odds(cue[0]) if cue else 0.0,
        "reader adds no cue": 0.0 if cue else 1.0,
        "reader adds quoted": float(quoted),
    }
    candidate.vote = describe(candidate.features)
    return candidate


def _find_source(
    text: str, reading: Reading, segment: Segment, cue: tuple[float, Span] | None
) -> tuple[float, Span] | None:
    """Find the source beside the cue, else beside the content."""
    outside = [pair for pair in reading.sources if not _is_within(pair[1], segment.spans)]
    if cue:
        return _find_nearest(text, (*segment.spans, cue[1]), outside)
    return _find_nearest(text, segment.spans, outside)


def _is_within(span: Span, content: Sequence[Span]) -> bool:
    return any(piece.start <= span.start and span.end <= piece.end for piece in content)


def _find_nearest(
    text: str, content: Sequence[Span], named: Sequence[tuple[float, Span]]
) -> tuple[float, Span] | None:
    """Find the source or cue nearest to a content, within reach and outside of it."""
    measured = [
        (min(_measure_gap(text, piece, span) for piece in content), -sureness, span)
        for sureness, span in named
        if not _is_within(span, content)
    ]
    gap, sureness, span = min(measured, default=(math.inf, 0.0, Span(0, 0)))
    return (-sureness, span) if gap <= NEAR else None


def _measure_gap(text: str, one: Span, other: Span) -> float:
    first, last = sorted((one, other))
    between = text[first.end : last.start]
    breaks = PARAGRAPH * ("\n" in between) + SENTENCE * any(
        s in between for s in (". ", "! ", "? ")
    )
    return max(last.start - first.end, 0) + breaks


def _word_at(doc: ParsedText, span: Span) -> Word:
    """Give the word of a cue: the first one in it, at most a particle behind."""
    starts = [word.idx for word in doc]
    return doc[max(bisect.bisect_right(starts, span.start) - 1, 0)]
