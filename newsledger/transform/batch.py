"""One batch of a run as the frames of every table it touches."""

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

import polars as pl

from newsledger.model.records import Extraction
from newsledger.transform.actors import build_actor_frames
from newsledger.transform.articles import build_article_frames
from newsledger.transform.claims import build_claim_frames
from newsledger.transform.frames import Columns, build_frame
from newsledger.transform.locations import build_location_frames, build_locations

if TYPE_CHECKING:
    from newsledger.run.pipeline import Batch


_ONLY_READ = ("media_type", "encoding", "text", "hints", "duplicate_of")  # not of a refusal


def build_batch_frames(
    batch: "Batch", extractions: Sequence[Extraction], run_id: str
) -> dict[str, pl.DataFrame]:
    """Build the frames of one batch, keyed by table."""
    return {
        "raw.documents": pl.concat(
            [_build_documents(batch, run_id), _build_refused(batch, run_id)]
        ),
        "ops.rejects": _build_rejects(batch, run_id),
        **build_article_frames(batch.articles, extractions, run_id),
        **build_actor_frames(extractions),
        **build_location_frames(extractions),
        "core.locations": build_locations(extractions),
        **build_claim_frames(batch.articles, extractions),
    }


def _build_documents(batch: "Batch", run_id: str) -> pl.DataFrame:
    documents = batch.documents
    repeats = [batch.duplicates.get(document.document_id) for document in documents]
    columns: Columns = {
        "hints": [
            json.dumps(document.hints, ensure_ascii=False, sort_keys=True, default=str)
            for document in documents
        ],
        "fetched_at": [document.fetched_at.replace(tzinfo=None) for document in documents],
        "status": ["duplicate" if repeat else "article" for repeat in repeats],
        "reason": [repeat[0] if repeat else None for repeat in repeats],
        "duplicate_of": [repeat[1] if repeat else None for repeat in repeats],
        "run_id": [run_id] * len(documents),
    }
    return build_frame("raw.documents", documents, columns=columns)


def _build_refused(batch: "Batch", run_id: str) -> pl.DataFrame:
    columns: Columns = {
        **dict.fromkeys(_ONLY_READ, [None] * len(batch.rejects)),
        "fetched_at": [reject.fetched_at.replace(tzinfo=None) for reject in batch.rejects],
        "status": ["refused"] * len(batch.rejects),
        "run_id": [run_id] * len(batch.rejects),
    }
    return build_frame("raw.documents", batch.rejects, columns=columns)


def _build_rejects(batch: "Batch", run_id: str) -> pl.DataFrame:
    columns: Columns = {
        "rejected_at": [reject.fetched_at.replace(tzinfo=None) for reject in batch.rejects],
        "run_id": [run_id] * len(batch.rejects),
    }
    return build_frame("ops.rejects", batch.rejects, columns=columns)
