"""`ops.issues`: what went wrong with one article or source, and cost only itself."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from newsledger import paths
from newsledger.errors import NewsledgerError
from newsledger.model.ids import make_id
from newsledger.stages.protocol import Failure

if TYPE_CHECKING:
    import duckdb


def write_issues(
    con: "duckdb.DuckDBPyConnection",
    run_id: str,
    failures: Iterable[Failure],
    stamps: dict[str, str],
) -> None:
    """Keep failures, each owner and stage once: the newest message stands, the first time stays."""
    now = datetime.now(UTC).replace(tzinfo=None, microsecond=0)
    for failure in failures:
        owner = failure.document_id or failure.article_id or failure.source_name
        issue_id = make_id("iss", failure.stage, owner)
        row = con.execute(
            "SELECT first_seen_at FROM ops.issues WHERE issue_id = ? AND resolved_at IS NULL",
            [issue_id],
        ).fetchone()
        con.execute("DELETE FROM ops.issues WHERE issue_id = ?", [issue_id])
        con.execute(
            "INSERT INTO ops.issues BY NAME SELECT ? AS issue_id, ? AS stage, ? AS document_id, "
            "? AS article_id, ? AS source_name, ? AS kind, ? AS message, ? AS place, "
            "? AS fingerprint, ? AS run_id, ? AS first_seen_at, ? AS last_seen_at",
            [
                issue_id, failure.stage, failure.document_id, failure.article_id,
                failure.source_name,
                failure.kind, failure.message, failure.place, stamps.get(failure.stage, ""), run_id,
                row[0] if row else now, now,
            ],
        )  # fmt: skip


def resolve_issues(
    con: "duckdb.DuckDBPyConnection",
    document_ids: Sequence[str] = (),
    source_names: Sequence[str] = (),
) -> None:
    """Note that documents or sources are in order again."""
    con.execute(
        "UPDATE ops.issues SET resolved_at = ? WHERE resolved_at IS NULL AND "
        "(list_contains(?, document_id) OR list_contains(?, source_name))",
        [
            datetime.now(UTC).replace(tzinfo=None, microsecond=0),
            list(document_ids),
            list(source_names),
        ],
    )


def tell_failure(error: Exception, stage: str, run_id: str) -> NewsledgerError:
    """Tell an error of the program across articles in one line, with the cure."""
    failure = Failure.of(stage, error)
    log = paths.DATA / "logs" / f"{run_id}.log"
    return NewsledgerError(
        f"{failure.stage} failed ({failure.kind}: {failure.message} at {failure.place or '?'}): "
        "what is published stays as it was, and the next run goes on from here; the whole error "
        f"is in {log}"
    )
