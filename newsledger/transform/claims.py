"""Frames of claims: the claims, their chains of sources, quantities, actors and places."""

from collections.abc import Sequence

import polars as pl

from newsledger.model.enums import CueClass, SourceType
from newsledger.model.records import Claim
from newsledger.nlp.claims.build import ORIGIN
from newsledger.transform.frames import Columns, Read, build_frame, spans_of

Owned = tuple[str, Claim]  # article_id and claim


def build_frames(read: Read) -> dict[str, pl.DataFrame]:
    """Build `core.claims` and the tables that hang on it for one batch."""
    owned = [
        (extraction.article_id, claim)
        for extraction in read.extractions
        for claim in extraction.claims
    ]
    names = {
        actor.article_actor_id: actor.name
        for extraction in read.extractions
        for actor in extraction.actors
    }
    bodies = {article.article_id: article.body for article in read.articles}
    return {
        "core.claims": _build_claims(owned, names, bodies),
        "core.claim_sources": _build_sources(owned),
        "core.claim_quantities": _build_quantities(owned),
        "core.claim_actors": _build_about(
            owned, "core.claim_actors", "article_actor_ids", "article_actor_id"
        ),
        "core.claim_locations": _build_about(
            owned, "core.claim_locations", "location_ids", "location_id"
        ),
    }


def _build_claims(
    owned: Sequence[Owned], names: dict[str, str], bodies: dict[str, str]
) -> pl.DataFrame:
    claims = [claim for _, claim in owned]
    found = [claim.attribution for claim in claims]
    keys = _keys_by_attribution(owned)
    first = [claim.sources[0] if claim.sources else None for claim in claims]
    cues = [attribution.cue_spans[0] if attribution.cue_spans else None for attribution in found]
    columns: Columns = {
        "claim_id": [claim.claim_key for claim in claims],
        "article_id": [article_id for article_id, _ in owned],
        "parent_claim_id": keys,
        "speaker_name": [
            names.get(claim.speaker_article_actor_id or "")
            or (hop.surface if hop and hop.source_type != SourceType.UNATTRIBUTED else None)
            for claim, hop in zip(claims, first, strict=True)
        ],
        "source_type": [hop.source_type if hop else SourceType.UNATTRIBUTED for hop in first],
        "is_named": [bool(hop and hop.is_named) for hop in first],
        "content_spans": [spans_of(attribution.content_spans) for attribution in found],
        "source_spans": [spans_of(attribution.source_spans) for attribution in found],
        "cue_spans": [spans_of(attribution.cue_spans) for attribution in found],
        "cue_text": [
            bodies[article_id][cue.start : cue.end] if cue else None
            for (article_id, _), cue in zip(owned, cues, strict=True)
        ],
        "cue_start": [cue.start if cue else None for cue in cues],
        "cue_end": [cue.end if cue else None for cue in cues],
        "cue_class": [
            CueClass.STATEMENT if claim.is_statement else claim.attribution.cue_class
            for claim in claims
        ],
        "is_attribution_negated": [attribution.is_negated for attribution in found],
        "sentence_id": [f"{article_id}:{claim.sentence_no}" for article_id, claim in owned],
    }
    return build_frame("core.claims", claims, found, columns=columns, origin=ORIGIN)


def _keys_by_attribution(owned: Sequence[Owned]) -> list[str | None]:
    """Give for each claim the key of the claim it is nested in."""
    by_article: dict[str, dict[int, str]] = {}
    for article_id, claim in owned:
        if claim.attribution_no is not None:
            by_article.setdefault(article_id, {})[claim.attribution_no] = claim.claim_key
    return [
        by_article.get(article_id, {}).get(claim.attribution.parent)
        if claim.attribution.parent is not None
        else None
        for article_id, claim in owned
    ]


def _build_sources(owned: Sequence[Owned]) -> pl.DataFrame:
    rows = [
        (article_id, claim.claim_key, source)
        for article_id, claim in owned
        for source in claim.sources
    ]
    sources = [source for *_, source in rows]
    columns: Columns = {
        "article_id": [article_id for article_id, *_ in rows],
        "claim_id": [key for _, key, _ in rows],
        "article_actor_id": [source.article_actor_id for source in sources],
    }
    return build_frame("core.claim_sources", sources, columns=columns, origin=ORIGIN)


def _build_quantities(owned: Sequence[Owned]) -> pl.DataFrame:
    rows = [
        (article_id, claim.claim_key, quantity)
        for article_id, claim in owned
        for quantity in claim.quantities
    ]
    quantities = [quantity for *_, quantity in rows]
    columns: Columns = {
        "article_id": [article_id for article_id, *_ in rows],
        "claim_id": [key for _, key, _ in rows],
        "quantity_id": [f"{key}:{quantity.start}-{quantity.end}" for _, key, quantity in rows],
    }
    return build_frame("core.claim_quantities", quantities, columns=columns, origin=ORIGIN)


def _build_about(owned: Sequence[Owned], table: str, field: str, column: str) -> pl.DataFrame:
    rows = [
        (article_id, claim.claim_key, key, role)
        for article_id, claim in owned
        for key, role in getattr(claim, field)
    ]
    columns: Columns = {
        "article_id": [row[0] for row in rows],
        "claim_id": [row[1] for row in rows],
        column: [row[2] for row in rows],
        "role": [row[3] for row in rows],
    }
    return build_frame(table, columns=columns).unique(
        ["claim_id", column, "role"], maintain_order=True
    )
