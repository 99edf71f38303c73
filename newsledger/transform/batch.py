"""One batch of a run as the frames of every table it touches. A module of this package with a
function `build_frames` builds some of them; no list is kept."""

import importlib
import json
import pkgutil
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import polars as pl

from newsledger.model.enums import DocumentStatus
from newsledger.model.records import Extraction, RawDocument
from newsledger.transform.frames import Columns, Read, build_frame

if TYPE_CHECKING:
    from newsledger.stages.clean import Cleaned


def build_batch_frames(
    batch: "Cleaned",
    failed: Mapping[str | None, str],
    extractions: Sequence[Extraction],
    run_id: str,
) -> dict[str, pl.DataFrame]:
    """Build the frames of one batch, keyed by table. `failed` names the stage in which documents
    failed, by document id."""
    return {
        "raw.documents": pl.concat(
            [_build_documents(batch, failed, run_id), _build_refused(batch, run_id)]
        ),
        "ops.rejects": _build_rejects(batch, run_id),
        **_build_read(Read(batch.articles, extractions, run_id)),
    }


def _build_read(read: Read) -> dict[str, pl.DataFrame]:
    """Build the frames of what was read, by every module that builds some."""
    package = importlib.import_module("newsledger.transform")
    frames: dict[str, pl.DataFrame] = {}
    for found in pkgutil.iter_modules(package.__path__):
        module = importlib.import_module(f"{package.__name__}.{found.name}")
        if build := getattr(module, "build_frames", None):
            frames |= build(read)
    return frames


def _build_documents(
    batch: "Cleaned", failed: Mapping[str | None, str], run_id: str
) -> pl.DataFrame:
    documents = batch.documents
    ids = [document.document_id for document in documents]
    repeats = [batch.duplicates.get(document_id) for document_id in ids]
    columns: Columns = {
        "hints": [_write_hints(document) for document in documents],
        "fetched_at": [document.fetched_at.replace(tzinfo=None) for document in documents],
        "status": [
            DocumentStatus.FAILED
            if document_id in failed
            else DocumentStatus.DUPLICATE
            if repeat
            else DocumentStatus.ARTICLE
            for document_id, repeat in zip(ids, repeats, strict=True)
        ],
        "reason": [
            failed.get(document_id) or (repeat[0] if repeat else None)
            for document_id, repeat in zip(ids, repeats, strict=True)
        ],
        "duplicate_of": [repeat[1] if repeat else None for repeat in repeats],
        "run_id": [run_id] * len(documents),
    }
    return build_frame("raw.documents", documents, columns=columns)


def _build_refused(batch: "Cleaned", run_id: str) -> pl.DataFrame:
    """What was refused; with its text where it could be read, but holds no article."""
    texts = {document.document_id: document for document in batch.refused}
    found = [texts.get(reject.document_id) for reject in batch.rejects]
    columns: Columns = {
        "media_type": [document and document.media_type for document in found],
        "encoding": [document and document.encoding for document in found],
        "text": [document and document.text for document in found],
        "hints": [document and _write_hints(document) for document in found],
        "duplicate_of": [None] * len(found),
        "fetched_at": [reject.fetched_at.replace(tzinfo=None) for reject in batch.rejects],
        "status": [DocumentStatus.REFUSED] * len(batch.rejects),
        "run_id": [run_id] * len(batch.rejects),
    }
    return build_frame("raw.documents", batch.rejects, columns=columns)


def _write_hints(document: RawDocument) -> str:
    return json.dumps(document.hints, ensure_ascii=False, sort_keys=True, default=str)


def _build_rejects(batch: "Cleaned", run_id: str) -> pl.DataFrame:
    columns: Columns = {
        "rejected_at": [reject.fetched_at.replace(tzinfo=None) for reject in batch.rejects],
        "run_id": [run_id] * len(batch.rejects),
    }
    return build_frame("ops.rejects", batch.rejects, columns=columns)
