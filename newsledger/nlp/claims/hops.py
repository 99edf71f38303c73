"""Hops of a chain by name: the actors and outlets that names stand for, and rows made of hops."""

import bisect
import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache

from newsledger.lexicon.outlets import load_outlets
from newsledger.model.enums import MentionType, SourceType
from newsledger.model.records import Actor, ActorMention, Attribution, ClaimSource, Sentence, Span
from newsledger.nlp.claims.sources import Source
from newsledger.nlp.parse.parsed import ParsedText

_MENTION_ORDER = {MentionType.PRONOUN: 0, MentionType.ROLE: 1, MentionType.NAME: 2}
_TYPE_OF_OUTLET = {"state": SourceType.STATE_MEDIA, "party": SourceType.PARTISAN_MEDIA}


def index_mentions(doc: "ParsedText", mentions: Iterable[ActorMention]) -> dict[int, ActorMention]:
    """Map tokens to the mention that covers them: names before roles before pronouns, the longer
    first."""
    found: dict[int, ActorMention] = {}
    for mention in sorted(
        mentions, key=lambda m: (_MENTION_ORDER.get(m.mention_type, 0), m.end - m.start)
    ):
        piece = doc.char_span(mention.start, mention.end, alignment_mode="expand")
        if piece is None:
            continue
        for token in piece:
            found[token.i] = mention
    return found


def index_names(actors: Iterable[Actor]) -> dict[str, Actor]:
    found: dict[str, Actor] = {}
    for actor in actors:
        for name in (actor.name, *(alias.alias for alias in actor.aliases)):
            found.setdefault(fold_name(name), actor)
    return found


@lru_cache(maxsize=16_384)
def fold_name(name: str) -> str:
    return re.sub(r"^the\s+|[^\w\s]", "", name.casefold()).strip()


@cache
def load_outlet_kinds() -> dict[str, str]:
    return {
        fold_name(name): outlet.kind
        for outlet in load_outlets()
        for name in (outlet.domain, outlet.outlet_name, *outlet.aliases, *outlet.agency_names)
        if name
    }


def find_outlet_type(name: str) -> SourceType:
    """Tell the type of an outlet by its kind; of one that the seeds do not know it is unknown."""
    kind = load_outlet_kinds().get(fold_name(name))
    if kind is None:
        return SourceType.UNKNOWN
    return _TYPE_OF_OUTLET.get(kind, SourceType.INDEPENDENT_MEDIA)


def drop_repeats(hops: list[Source], by_name: dict[str, Actor]) -> list[Source]:
    """Drop a hop that an earlier hop already names, by actor or by words."""
    kept: list[Source] = []
    seen: set[str] = set()
    for source in hops:
        named = by_name.get(fold_name(source.text))
        keys = {
            fold_name(source.text),
            *filter(None, (source.article_actor_id, named.article_actor_id if named else None)),
        }
        if kept and keys & seen:
            continue
        seen |= keys
        kept.append(source)
    return kept


def make_hop(chain: int, hop: int, source: Source, terms: str | None) -> ClaimSource:
    return ClaimSource(
        chain=chain,
        hop=hop,
        surface=source.text,
        source_type=source.source_type,
        is_named=source.is_named,
        surface_start=source.span.start if source.span else None,
        surface_end=source.span.end if source.span else None,
        article_actor_id=source.article_actor_id,
        ground_rules=terms,
        source_count=source.count,
        party_role=source.party_role,
    )


def find_sentence(starts: Sequence[int], attribution: Attribution) -> int | None:
    """Find the number of the sentence in which a claim is attributed; `starts` of all, in order."""
    spans = attribution.cue_spans or attribution.source_spans
    return bisect.bisect_right(starts, spans[0].start) - 1 if spans else None


def mask_spans(sentence: Sentence, spans: Iterable[Span]) -> str:
    """Cover cue and content with semicolons, at which terms of anonymity end."""
    text = sentence.text
    for span in spans:
        start, end = max(span.start - sentence.start, 0), min(span.end - sentence.start, len(text))
        if start < end:
            text = text[:start] + ";" * (end - start) + text[end:]
    return text
