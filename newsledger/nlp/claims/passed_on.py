"""Claims that only pass on what others say: "SANA quoted an official as saying …"."""

from newsledger.model.enums import Construction
from newsledger.model.records import Attribution
from newsledger.nlp.claims.relays import MEDIA_TYPES
from newsledger.nlp.claims.speakers import SpeakerFinder

_RELAYING_CUES = frozenset({"quote", "cite"})
_MOST = 0.85  # of the letters before "according to" that others say, for it to pass them on


def find_relays(attributions: tuple[Attribution, ...], speakers: SpeakerFinder) -> set[int]:
    """Find the attributions that only pass others on: "SANA quoted an official as saying …", "Lund
    said …, according to SANA" are the official's claim and Lund's, not two."""
    inside: dict[int, list[Attribution]] = {}
    for inner in attributions:
        if inner.parent is not None and inner.cue_spans and inner.source_spans:
            inside.setdefault(inner.parent, []).append(inner)
    return {
        number
        for number, group in inside.items()
        if _is_filled(attributions[number], group, speakers)
        or (
            attributions[number].cue_lemma in _RELAYING_CUES
            and any(inner.cue_lemma == "say" for inner in group)
        )
    }


def _is_filled(outer: Attribution, group: list[Attribution], speakers: SpeakerFinder) -> bool:
    """Tell whether the words before "according to", or behind "According to Reuters", are all told
    by others inside; who is no medium may tell what others said."""
    if outer.construction != Construction.ACCORDING_TO or not outer.cue_spans:
        return False
    if outer.content_spans[-1].end > outer.cue_spans[0].start:
        sources = speakers.find(outer)[0]
        if not sources or sources[0].source_type not in MEDIA_TYPES:
            return False
    spans = [
        span
        for inner in group
        for span in (*inner.content_spans, *inner.cue_spans, *inner.source_spans)
    ]
    told = max(span.end for span in spans) - min(span.start for span in spans)
    return told >= _MOST * sum(span.end - span.start for span in outer.content_spans)
