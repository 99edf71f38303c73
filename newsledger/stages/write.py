"""Write: articles and what they say into the tables, in one transaction with their documents.

Where a batch cannot be written, it is halved until the document that stands in the way is alone:
that one is kept as a failed document, the others are written.
"""

import dataclasses
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from newsledger.errors import NewsledgerError
from newsledger.model.records import Extraction
from newsledger.model.references import ARTICLE_TABLES
from newsledger.stages.clean import Cleaned
from newsledger.stages.fingerprint import fingerprint_of, list_modules
from newsledger.stages.protocol import Failure, Log
from newsledger.store.changes import note

if TYPE_CHECKING:
    import duckdb
    import polars as pl


@dataclass(frozen=True, slots=True)
class Batch:
    """One batch on its way into the tables; failed documents are kept with their text."""

    cleaned: Cleaned
    extractions: tuple[Extraction, ...] = ()
    failures: tuple[Failure, ...] = ()


@dataclass(slots=True)
class Written:
    """What of a batch stands in the tables."""

    articles: int = 0
    claims: int = 0
    failures: tuple[Failure, ...] = ()
    row_count: int = 0


class Write:
    """Write a batch."""

    name = "write"
    reads = ("raw.documents", "core.*", "ops.document_stages", "ops.quarantine")
    writes = (
        "raw.documents",
        "ops.rejects",
        "ops.document_stages",
        "ops.changes",
        "ops.issues",
        "ops.quarantine",
        "ops.runs",
        "ops.state",
        "core.locations",
        *ARTICLE_TABLES,
    )

    def __init__(
        self,
        con: "duckdb.DuckDBPyConnection",
        run_id: str,
        stamps: dict[str, str],
        note: Callable[[Sequence[str], Sequence[Failure]], None] = lambda ids, failures: None,
    ) -> None:
        """`stamps` are the fingerprints of the stages that made the batch, by name; `note` is told
        the documents and the failures of each batch, inside its transaction."""
        self.con, self.run_id, self.stamps, self.note = con, run_id, stamps, note

    def fingerprint(self) -> str:
        """Digest of what turns records into rows."""
        return fingerprint_of(*list_modules("newsledger.transform"))

    def run(self, scope: Batch, log: Log) -> Written:
        """Write a batch whole, or what of it can be written."""
        import duckdb

        from newsledger.store.database import is_damage

        try:
            return self._write(scope)
        except (NewsledgerError, duckdb.IOException):
            raise
        except Exception as error:
            if is_damage(error):
                raise
            documents = scope.cleaned.documents
            if len(documents) > 1:
                return self._write_halves(scope, log)
            if not documents or not scope.cleaned.articles:
                raise
            failure = Failure.of(
                "write",
                error,
                document_id=documents[0].document_id,
                article_id=scope.cleaned.articles[0].article_id,
            )
            log.error("write failed: %s %s at %s", failure.kind, failure.message, failure.place)
            return self._write(_fail(scope, failure))

    def _write_halves(self, batch: Batch, log: Log) -> Written:
        middle = len(batch.cleaned.documents) // 2
        parts = [
            self.run(_part(batch, start, end), log)
            for start, end in ((0, middle), (middle, len(batch.cleaned.documents)))
        ]
        return Written(
            sum(part.articles for part in parts),
            sum(part.claims for part in parts),
            tuple(failure for part in parts for failure in part.failures),
            sum(part.row_count for part in parts),
        )

    def _write(self, batch: Batch) -> Written:
        from newsledger.store.database import transaction, write_frames
        from newsledger.transform.batch import build_batch_frames

        failures = (*batch.cleaned.failures, *batch.failures)
        failed = {failure.document_id: failure.stage for failure in failures}
        articles = [a for a in batch.cleaned.articles if a.document_id not in failed]
        kept = dataclasses.replace(batch.cleaned, articles=articles)
        frames = build_batch_frames(kept, failed, batch.extractions, self.run_id)
        ids = [document.document_id for document in kept.documents]
        ids += [reject.document_id for reject in kept.rejects]
        with transaction(self.con):
            identities = _read_identities(self.con, [a.article_id for a in articles])
            forget_documents(self.con, ids)
            frames["core.article_actors"] = _keep_identities(
                frames["core.article_actors"], identities
            )
            stored = self.con.sql("SELECT location_id FROM core.locations").pl()
            frames["core.locations"] = frames["core.locations"].join(
                stored, on="location_id", how="anti"
            )
            count = write_frames(self.con, frames)
            self._stamp(ids)
            self.note(ids, failures)
        return Written(len(articles), frames["core.claims"].height, failures, count)

    def forget(self, ids: Sequence[str]) -> None:
        """Take out refusals whose cause is gone, inside the transaction of the caller."""
        forget_documents(self.con, ids)
        self.con.execute("DELETE FROM ops.state WHERE key = 'published'")

    def _stamp(self, ids: Sequence[str]) -> None:
        """Note which stages of today made the rows, and that there is something to publish."""
        note(self.con, "ops.document_stages", "SELECT unnest(?)", [list(ids)])
        for stage, stamp in self.stamps.items():
            self.con.execute(
                "INSERT INTO ops.document_stages SELECT unnest(?), ?, ?", [list(ids), stage, stamp]
            )
        self.con.execute("DELETE FROM ops.state WHERE key = 'published'")


def _part(batch: Batch, start: int, end: int) -> Batch:
    """The part of a batch with some of its documents; refusals go with the first. Displaced ones
    come first, so that their rows are gone before those that take their place are written."""
    documents = batch.cleaned.documents[start:end]
    own = {document.document_id for document in documents}
    articles = [a for a in batch.cleaned.articles if a.document_id in own]
    ids = {article.article_id for article in articles}
    cleaned = Cleaned(
        documents,
        articles,
        {key: value for key, value in batch.cleaned.duplicates.items() if key in own},
        batch.cleaned.rejects if start == 0 else [],
        batch.cleaned.refused if start == 0 else [],
        [failure for failure in batch.cleaned.failures if failure.document_id in own],
    )
    extractions = tuple(item for item in batch.extractions if item.article_id in ids)
    failures = tuple(failure for failure in batch.failures if failure.article_id in ids)
    return Batch(cleaned, extractions, failures)


def _fail(batch: Batch, failure: Failure) -> Batch:
    """The batch of one document with its article as failed."""
    return Batch(batch.cleaned, (), (failure,))


def _read_identities(
    con: "duckdb.DuckDBPyConnection", article_ids: Sequence[str]
) -> "pl.DataFrame":
    """Read which actors across articles the actors of these articles are, to keep it where they
    are read again."""
    found: pl.DataFrame = con.sql(
        "SELECT article_actor_id, actor_id AS kept_id FROM core.article_actors "
        "WHERE actor_id IS NOT NULL AND list_contains(?, article_id)",
        params=[list(article_ids)],
    ).pl()
    return found


def _keep_identities(frame: "pl.DataFrame", identities: "pl.DataFrame") -> "pl.DataFrame":
    import polars as pl

    joined = frame.join(identities, on="article_actor_id", how="left", maintain_order="left")
    kept = joined.with_columns(actor_id=pl.coalesce("actor_id", "kept_id"))
    return kept.select(frame.columns)


def forget_documents(con: "duckdb.DuckDBPyConnection", document_ids: Sequence[str]) -> None:
    """Take out what was made from documents that are read again; their new rows come in the same
    transaction."""
    from newsledger.quality.quarantine import forget_articles

    ids = list(document_ids)
    rows = con.execute(
        "SELECT article_id FROM core.articles WHERE list_contains($1, document_id) UNION "
        "SELECT article_id FROM ops.quarantine WHERE table_name = 'core.articles' "
        "AND list_contains($1, row ->> 'document_id')",
        [ids],
    ).fetchall()
    articles = [row[0] for row in rows]
    for table in ARTICLE_TABLES if articles else ():
        note(con, table, "SELECT unnest(?)", [articles])
        con.execute(f"DELETE FROM {table} WHERE list_contains(?, article_id)", [articles])
    forget_articles(con, articles)
    for table in ("raw.documents", "ops.rejects", "ops.document_stages"):
        note(con, table, "SELECT unnest(?)", [ids])
        con.execute(f"DELETE FROM {table} WHERE list_contains(?, document_id)", [ids])
