"""The steps of a run as plain functions: ingest → clean → extract → transform → check → publish →
report.

The command line and the Prefect flows call the same steps in the same order. A batch of documents
is written in one transaction together with its ingest record, so that after a kill nothing is lost
and nothing is there twice.
"""

import hashlib
import itertools
import json
import secrets
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from newsledger import __version__, paths
from newsledger.errors import GateHeld, RefusedDocument
from newsledger.model.ids import make_text_key
from newsledger.model.records import Article, Extraction, RawDocument, Reject
from newsledger.settings import Settings, read_settings

if TYPE_CHECKING:
    import duckdb
    import polars as pl

    from newsledger.quality.gate import Gate

ROUNDS = 4  # of checking and comparing, where rows fail that others are made of
RETRIED_REASONS = frozenset(
    {"unreadable", "fetch_failed", "disallowed"}
)  # may be cured outside; tried again in the next run


@dataclass(frozen=True, slots=True, kw_only=True)
class RunOptions:
    """What a run reads. Without sources, those that `seeds/sources.csv` has switched on."""

    sources: tuple[str, ...] = ()
    source_name: str | None = None
    schedule_group: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    limit: int | None = None
    force: bool = False
    report: str | None = "daily_brief"


@dataclass(slots=True)
class Counts:
    """What a run did, added up over its batches. Documents read = articles + duplicates +
    refused."""

    documents: int = 0
    articles: int = 0
    duplicates: int = 0
    refused: dict[str, int] = field(default_factory=dict)
    out_of_window: int = 0
    not_english: int = 0
    claims: int = 0
    checks_failed: int = 0
    checks_warned: int = 0
    quarantined: int = 0

    def add(self, other: "Counts") -> None:
        for name in (
            "documents",
            "articles",
            "duplicates",
            "out_of_window",
            "not_english",
            "claims",
            "quarantined",
        ):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        for reason, count in other.refused.items():
            self.refused[reason] = self.refused.get(reason, 0) + count

    @property
    def refused_count(self) -> int:
        return sum(self.refused.values())


@dataclass(frozen=True, slots=True)
class Batch:
    """One batch on its way: documents in, articles and rejects out of cleaning."""

    documents: tuple[RawDocument, ...]
    articles: tuple[Article, ...]
    duplicates: dict[str, tuple[str, str]]  # document_id -> (reason, document it repeats)
    rejects: tuple[Reject, ...]
    counts: Counts


@dataclass(slots=True)
class Step:
    """How long a step took so far, and how many rows or documents it handled."""

    started_at: datetime
    seconds: float = 0.0
    row_count: int = 0


class Run:
    """A run of the pipeline over an open work database: its id, its counts, and how long each step
    took."""

    def __init__(
        self,
        con: "duckdb.DuckDBPyConnection",
        options: RunOptions,
        settings: Settings | None = None,
    ) -> None:
        self.con = con
        self.options = options
        self.settings = settings or read_settings()
        self.started_at = datetime.now(UTC).replace(tzinfo=None, microsecond=0)
        self.run_id = f"run_{self.started_at:%Y%m%dT%H%M%S}_{secrets.token_hex(2)}"
        self.counts = Counts()
        self.steps: dict[str, Step] = {}
        self.is_recorded = False
        self.is_counting = True

    @contextmanager
    def timed(self, name: str, rows: int = 0) -> Iterator["Step"]:
        """Add the duration of a step, and the rows it handled, to the run's record."""
        step = self.steps.setdefault(name, Step(datetime.now(UTC).replace(tzinfo=None)))
        start = time.perf_counter()
        try:
            yield step
        finally:
            step.seconds += time.perf_counter() - start
            step.row_count += rows


# --- ingest
# -----------------------------------------------------------------------------------------------------------


def ingest(run: Run) -> Iterator[list[RawDocument | Reject]]:
    """Read new documents from the run's sources, in batches; what the database holds already is
    passed over."""
    from newsledger.ingest import read_sources
    from newsledger.ingest.sources import list_sources
    from newsledger.ledger.overrides import load_overrides

    load_overrides()  # says what is wrong with a line before anything is read
    yield from _stored_batches(run, None if run.options.force else _documents_decided_anew(run.con))
    known = known_documents(run.con)
    sources = list_sources(
        run.options.sources, name=run.options.source_name, schedule_group=run.options.schedule_group
    )
    found = read_sources(sources, run.settings, known=known)
    limited = itertools.islice(found, run.options.limit) if run.options.limit is not None else found
    has_new = False
    while batch := _take(run, limited):
        has_new = True
        yield batch
    if has_new:
        yield from _furnished_batches(run)


def _furnished_batches(run: Run) -> Iterator[list[RawDocument | Reject]]:
    """Read those articles again whose text holds lines that this run showed to be furniture of
    their outlet; they are not counted twice."""
    from newsledger.ledger.copies.outlet_lines import find_documents_to_read_again

    run.is_counting = False
    if ids := find_documents_to_read_again(run.con, run.run_id):
        yield from _stored_batches(run, ids)
    run.is_counting = True


def _take(run: Run, documents: Iterator[RawDocument | Reject]) -> list[RawDocument | Reject]:
    with run.timed("ingest") as step:
        batch = list(itertools.islice(documents, run.settings.batch_articles))
        step.row_count += len(batch)
    return batch


def known_documents(con: "duckdb.DuckDBPyConnection") -> frozenset[str]:
    """Ids of the documents that need not be read again."""
    placeholders = ", ".join(f"'{reason}'" for reason in sorted(RETRIED_REASONS))
    rows = con.execute(
        f"SELECT document_id FROM raw.documents WHERE reason IS NULL OR reason NOT IN ({placeholders})"
    ).fetchall()
    return frozenset(row[0] for row in rows)


def _documents_decided_anew(con: "duckdb.DuckDBPyConnection") -> list[str]:
    """Documents with a name on which a person has decided otherwise since the last run: their
    places are read again."""
    from newsledger.store.database import read_state

    before, now = json.loads(read_state(con, "place_overrides") or "[]"), _place_decisions()
    names = {row[0] for row in (*before, *now) if (row in before) != (row in now)}
    found = [
        con.execute(
            "SELECT document_id FROM core.articles WHERE contains(lower(body), lower(?))", [name]
        ).fetchall()
        for name in sorted(names)
    ]
    return sorted({document_id for rows in found for (document_id,) in rows})


def _place_decisions() -> list[list[str]]:
    """The lines of `seeds/overrides/places.csv` without who, when and why."""
    from newsledger.lexicon.place_overrides import COLUMNS, FILE, load_place_overrides
    from newsledger.lexicon.sheets import read_sheet

    load_place_overrides()  # says what is wrong with a line before anything is read
    path = paths.OVERRIDES / FILE
    if not path.exists():
        return []
    return [
        [row[column] for column in COLUMNS] for _, row in read_sheet(path, COLUMNS, has_more=True)
    ]


def _stored_batches(run: Run, ids: list[str] | None) -> Iterator[list[RawDocument | Reject]]:
    """Read stored documents again from the database; all of them without `ids`."""
    if ids is None:
        ids = [
            row[0]
            for row in run.con.execute(
                "SELECT document_id FROM raw.documents WHERE text IS NOT NULL ORDER BY ALL"
            ).fetchall()
        ]
    for chunk in _chunks(ids, run.settings.batch_articles):
        marks = ", ".join("?" * len(chunk))
        rows = run.con.execute(
            "SELECT document_id, source_uri, sha256, byte_count, media_type, text, encoding, fetched_at, source_name, hints "
            f"FROM raw.documents WHERE document_id IN ({marks}) ORDER BY document_id",
            list(chunk),
        ).fetchall()
        yield [_document_of(row) for row in rows]


def _document_of(row: Sequence[Any]) -> RawDocument:
    (
        document_id,
        source_uri,
        sha256,
        byte_count,
        media_type,
        text,
        encoding,
        fetched_at,
        source_name,
        hints,
    ) = row
    return RawDocument(
        document_id, source_uri, sha256, byte_count, media_type, text, encoding, fetched_at.replace(tzinfo=UTC), source_name,
        json.loads(hints or "{}"),
    )  # fmt: skip


def _chunks(items: Sequence[str], size: int) -> Iterator[tuple[str, ...]]:
    for start in range(0, len(items), size):
        yield tuple(items[start : start + size])


# --- clean
# ------------------------------------------------------------------------------------------------------------


def clean(run: Run, found: Sequence[RawDocument | Reject]) -> Batch:
    """Clean one batch: articles, what repeats an article of the database or the batch, and what has
    no article in it."""
    from newsledger.clean.document import clean_document
    from newsledger.ledger.copies.outlet_lines import drop_outlet_lines

    with run.timed("clean", len(found)):
        documents = [item for item in found if isinstance(item, RawDocument)]
        rejects = [item for item in found if isinstance(item, Reject)]
        own = [document.document_id for document in documents]
        by_bytes = _known(
            run.con,
            "sha256",
            "raw.documents",
            [document.sha256 for document in documents],
            own,
            "status = 'article'",
        )
        articles, duplicates, kept, counts = [], {}, [], Counts()
        for document in documents:
            if original := by_bytes.get(document.sha256):
                duplicates[document.document_id] = ("same_bytes", original)
                kept.append(document)
                continue
            try:
                article = clean_document(document)
            except RefusedDocument as refusal:
                rejects.append(_reject_of(document, refusal))
                continue
            if _is_outside(article, run.options):
                counts.out_of_window += 1
                continue
            by_bytes[document.sha256] = document.document_id
            articles.append(article)
            kept.append(document)
        articles, same_text = _drop_same_text(
            run.con, drop_outlet_lines(run.con, articles, own), own
        )
        duplicates |= same_text
    counts.documents, counts.articles, counts.duplicates = (
        len(kept) + len(rejects),
        len(articles),
        len(duplicates),
    )
    counts.not_english = sum(article.language != "en" for article in articles)
    for reject in rejects:
        counts.refused[reject.reason] = counts.refused.get(reject.reason, 0) + 1
    return Batch(tuple(kept), tuple(articles), duplicates, tuple(rejects), counts)


def _drop_same_text(
    con: "duckdb.DuckDBPyConnection", articles: list[Article], own: Sequence[str]
) -> tuple[list[Article], dict[str, tuple[str, str]]]:
    keys = [
        make_text_key(article.outlet_domain or article.outlet_name, article.headline, article.body)
        for article in articles
    ]
    known = _known(con, "text_key", "core.articles", keys, own)
    kept, duplicates = [], {}
    for article, key in zip(articles, keys, strict=True):
        if original := known.get(key):
            duplicates[article.document_id] = ("same_text", original)
        else:
            known[key] = article.document_id
            kept.append(article)
    return kept, duplicates


def _known(
    con: "duckdb.DuckDBPyConnection",
    column: str,
    table: str,
    values: Sequence[str],
    own: Sequence[str],
    where: str = "true",
) -> dict[str, str]:
    """Which of the values a table has from other documents than the batch's own, and from which."""
    rows = con.execute(
        f"SELECT {column}, document_id FROM {table} WHERE {where} AND list_contains(?, {column}) AND NOT list_contains(?, document_id)",
        [list(values), list(own)],
    ).fetchall()
    return dict(rows)


def _is_outside(article: Article, options: RunOptions) -> bool:
    if article.published_at is None:
        return False
    published = article.published_at.replace(tzinfo=None)
    return bool(
        (options.since and published < options.since)
        or (options.until and published >= options.until)
    )


def _reject_of(document: RawDocument, refusal: RefusedDocument) -> Reject:
    return Reject(
        document.document_id, document.source_uri, document.sha256, document.byte_count, refusal.reason, refusal.detail,
        document.fetched_at, document.source_name,
    )  # fmt: skip


# --- extract, transform, write
# ----------------------------------------------------------------------------------------


def extract(run: Run, batch: Batch) -> tuple[Extraction, ...]:
    """Read actors, places, dates and claims out of the batch's articles. Loads the model only where
    there is an article."""
    if not batch.articles:
        return ()
    from newsledger.nlp.extract import extract_articles

    with run.timed("extract", len(batch.articles)):
        return tuple(extract_articles(batch.articles))


def transform(
    run: Run, batch: Batch, extractions: Sequence[Extraction]
) -> "dict[str, pl.DataFrame]":
    """Turn one batch into the frames of every table it touches."""
    from newsledger.transform.batch import build_batch_frames

    with run.timed("transform", len(extractions)):
        return build_batch_frames(batch, extractions, run.run_id)


def write(run: Run, batch: Batch, frames: "dict[str, pl.DataFrame]") -> None:
    """Write one batch with its ingest record in one transaction."""
    from newsledger.store.database import transaction, write_frames

    with run.timed("write", sum(frame.height for frame in frames.values())), transaction(run.con):
        record_start(run)
        _forget(
            run.con,
            [
                *(document.document_id for document in batch.documents),
                *(reject.document_id for reject in batch.rejects),
            ],
        )
        locations = frames["core.locations"].join(
            run.con.sql("SELECT location_id FROM core.locations").pl(), on="location_id", how="anti"
        )
        write_frames(run.con, frames | {"core.locations": locations})
    batch.counts.claims = frames["core.claims"].height
    if run.is_counting:
        run.counts.add(batch.counts)


def _delete(
    con: "duckdb.DuckDBPyConnection", tables: Iterable[str], column: str, values: Sequence[str]
) -> None:
    if values:
        for table in tables:
            con.execute(f"DELETE FROM {table} WHERE list_contains(?, {column})", [list(values)])


def _forget(con: "duckdb.DuckDBPyConnection", document_ids: Sequence[str]) -> None:
    """Take out what was derived from documents that are read again; their new rows come in the same
    transaction."""
    from newsledger.model.references import ARTICLE_TABLES
    from newsledger.quality.quarantine import forget_articles

    rows = con.execute(
        "SELECT article_id FROM core.articles WHERE list_contains($1, document_id) UNION "
        "SELECT article_id FROM ops.quarantine WHERE table_name = 'core.articles' "
        "AND list_contains($1, row ->> 'document_id')",
        [list(document_ids)],
    ).fetchall()
    ids = [row[0] for row in rows]
    _delete(con, ARTICLE_TABLES, "article_id", ids)
    forget_articles(con, ids)
    _delete(con, ("raw.documents", "ops.rejects"), "document_id", document_ids)


# --- across articles, check, publish, report
# --------------------------------------------------------------------------


def resolve(run: Run) -> None:
    """Bring what goes across articles up to date: versions, identity of actors, copies, stories,
    claim groups, counts."""
    from newsledger.ledger.resolve import resolve_ledger
    from newsledger.store.database import transaction

    with run.timed("resolve"), transaction(run.con):
        record_start(run)
        resolve_ledger(run.con, run.run_id)


def settle(run: Run) -> None:
    """Check, take out what fails, and bring what goes across articles up to date.

    Rows are checked before they are compared, so that what is published is what was compared; where
    a sum over articles fails, the rows it sums up go, and the rest is compared again. Raises
    `GateHeld` where more is wrong than that; the published database stays as it was.
    """
    from newsledger.quality.gate import Gate

    gate = Gate(run.con, run.run_id, run.settings.max_quarantined)
    try:
        for _ in range(ROUNDS):
            with run.timed("check") as step:
                gate.check_rows()
            resolve(run)
            with run.timed("check") as step:
                is_changed = gate.check_ledger()
                step.row_count = gate.outcome.total
            if not is_changed:
                break
        else:
            raise GateHeld(f"rows fail anew after {ROUNDS} rounds of comparing")
    except GateHeld as error:
        gate.write()
        _count_checks(run, gate)
        run.counts.checks_failed = max(1, len(gate.outcome.held))
        record_start(run)
        record_end(run, "held")
        raise GateHeld(
            f"held back, {paths.PUBLISHED_DB.name} stays as it was: {error}; see `newsledger status`"
        ) from None
    gate.write()
    _count_checks(run, gate)


def _count_checks(run: Run, gate: "Gate") -> None:
    run.counts.checks_warned = gate.outcome.warned
    run.counts.quarantined = gate.outcome.quarantined


def publish(run: Run) -> Path:
    """Put the checked state in the place of the published database, run record included."""
    from newsledger.store.database import publish as publish_database
    from newsledger.store.database import transaction

    with run.timed("publish"):
        with transaction(run.con):
            record_end(run, "done")
        return publish_database(run.con)


def report(run: Run) -> list[Path]:
    """Write the run's report from the published database. Returns the files, the PDF first."""
    from newsledger.render.output import remove_old
    from newsledger.render.report import build_report

    if not run.options.report:
        return []
    with run.timed("report"):
        files = build_report(
            run.options.report,
            paths.PUBLISHED_DB,
            paths.REPORT_OUT / run.run_id,
            run_id=run.run_id,
            cutoff_at=run.started_at,
        )
        remove_old(paths.REPORT_OUT, run.settings.report_keep_days, run.started_at)
    return files


# --- record
# -----------------------------------------------------------------------------------------------------------


def record_start(run: Run) -> None:
    """Write the run's row once, in the transaction of the first thing it changes: a run that
    changes nothing leaves no row."""
    from newsledger.nlp.parse.model import find_model

    if run.is_recorded:
        return
    _, model, version = find_model()
    run.con.execute(
        "INSERT INTO ops.runs BY NAME SELECT ? AS run_id, ? AS started_at, 'running' AS status, ? AS version, ? AS model",
        [run.run_id, run.started_at, __version__, f"{model} {version}"],
    )
    run.is_recorded = True


def record_end(run: Run, status: str) -> None:
    """Close the run's row: counts, steps and the last line."""
    counts = run.counts
    run.con.execute(
        "UPDATE ops.runs SET ended_at = ?, status = ?, documents_read = ?, articles = ?, duplicates = ?, refused = ?, claims = ?, "
        "checks_failed = ?, checks_warned = ?, summary = ? WHERE run_id = ?",
        [
            datetime.now(UTC).replace(tzinfo=None, microsecond=0), status, counts.documents, counts.articles, counts.duplicates,
            counts.refused_count, counts.claims, counts.checks_failed, counts.checks_warned, summarise(run), run.run_id,
        ],
    )  # fmt: skip
    run.con.execute("DELETE FROM ops.run_steps WHERE run_id = ?", [run.run_id])
    for name, step in run.steps.items():
        row = [run.run_id, name, step.started_at, round(step.seconds, 3), step.row_count]
        run.con.execute("INSERT INTO ops.run_steps VALUES (?, ?, ?, ?, ?)", row)
    if status == "done":
        from newsledger.store.database import write_state

        write_state(run.con, "inputs", inputs_digest())
        write_state(run.con, "place_overrides", json.dumps(_place_decisions(), ensure_ascii=False))


def summarise(run: Run) -> str:
    """Say in one line what the run did: `12 documents read, 1 refused (encoding), 431 claims, 2
    checks warned`."""
    return f"{describe_counts(run.counts)}, {_plural(run.counts.checks_warned, 'check')} warned"


def describe_counts(counts: Counts) -> str:
    """Say in one line what was read and found."""
    parts = [_plural(counts.documents, "document") + " read"]
    if counts.duplicates:
        parts.append(_plural(counts.duplicates, "duplicate"))
    if counts.refused:
        parts.append(f"{counts.refused_count} refused ({', '.join(sorted(counts.refused))})")
    if counts.out_of_window:
        parts.append(f"{counts.out_of_window} outside the time window")
    if counts.not_english:
        parts.append(f"{counts.not_english} not in English")
    parts.append(_plural(counts.claims, "claim"))
    if counts.quarantined:
        parts.append(f"{_plural(counts.quarantined, 'row')} quarantined")
    if counts.checks_failed:
        parts.append(f"{_plural(counts.checks_failed, 'check')} failed")
    return ", ".join(parts)


def _plural(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def inputs_digest() -> str:
    """Digest of all that shapes a result besides the documents: version, seeds, checks, tables and
    report pages."""
    digest = hashlib.sha256(__version__.encode())
    for folder, pattern in (
        (paths.SEEDS, "*.csv"),
        (paths.OVERRIDES, "*.csv"),
        (paths.EXPECTATIONS, "**/*"),
        (paths.SQL, "**/*.sql"),
    ):
        for path in sorted(folder.glob(pattern)):
            if path.is_file():
                digest.update(f"{path.parent.name}/{path.name}".encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def is_up_to_date(con: "duckdb.DuckDBPyConnection") -> bool:
    """Whether the last run finished, with the seeds and checks of today, and its result is
    published."""
    from newsledger.store.database import read_state

    unfinished = con.execute(
        "SELECT count(*) FROM ops.runs WHERE status <> 'done' AND started_at >= "
        "(SELECT coalesce(max(started_at), TIMESTAMP '1970-01-01') FROM ops.runs WHERE status = 'done')"
    ).fetchone()
    return (
        bool(unfinished and unfinished[0] == 0)
        and paths.PUBLISHED_DB.exists()
        and read_state(con, "inputs") == inputs_digest()
    )


# --- the whole run
# ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class RunResult:
    """How a run ended. `files` are the report's, the PDF first; `is_changed` is false where there
    was nothing new."""

    run_id: str
    summary: str
    counts: Counts
    files: tuple[Path, ...] = ()
    is_changed: bool = True


def run_all(
    options: RunOptions, *, on_batch: Callable[[Counts], None] = lambda counts: None
) -> RunResult:
    """Run every step over the options' sources. `on_batch` is called after each batch with the
    counts so far.

    Raises `GateHeld` where a critical check failed: the published database stays as it was. Where
    nothing came in and nothing that shapes the result has changed, nothing is written at all.
    """
    from newsledger.store.database import open_work, run_lock

    with run_lock(), open_work() as con:
        run = Run(con, options)
        try:
            read_batches(run, on_batch)
            if not run.is_recorded and is_up_to_date(con):
                return RunResult(
                    run.run_id, "nothing new", run.counts, tuple(newest_report()), is_changed=False
                )
            settle(run)
            publish(run)
            return RunResult(run.run_id, summarise(run), run.counts, tuple(report(run)))
        except GateHeld:
            raise
        except Exception:
            record_failure(run)
            raise


def read_batches(run: Run, on_batch: Callable[[Counts], None] = lambda counts: None) -> None:
    """Ingest, clean, extract, transform and write batch after batch."""
    for found in ingest(run):
        batch = clean(run, found)
        write(run, batch, transform(run, batch, extract(run, batch)))
        on_batch(run.counts)


def record_failure(run: Run) -> None:
    """Mark the run as failed where the database still takes a write; what was committed before
    stays, and the next run goes on."""
    import duckdb

    if not run.is_recorded:
        return
    try:
        record_end(run, "failed")
    except duckdb.Error:
        return


def newest_report() -> list[Path]:
    """Files of the newest run's reports, the PDF first; empty where there is none."""
    from newsledger.render.output import find_newest

    return find_newest(paths.REPORT_OUT)


def dry_run(options: RunOptions, on_refusal: Callable[[Reject], None] | None = None) -> Counts:
    """Read, clean and extract without writing anything; counts as a run would count them, and tells
    each refusal."""
    from newsledger.store.database import open_work, run_lock

    with run_lock(), open_work() as con:
        run = Run(con, options)
        for found in ingest(run):
            batch = clean(run, found)
            for reject in batch.rejects:
                if on_refusal is not None:
                    on_refusal(reject)
            batch.counts.claims = sum(len(extraction.claims) for extraction in extract(run, batch))
            run.counts.add(batch.counts)
        return run.counts


def newest_run() -> tuple[str, datetime] | None:
    """Id and start of the newest run in the published database, `None` where nothing is
    published."""
    from newsledger.store.database import open_published

    if not paths.PUBLISHED_DB.exists():
        return None
    with open_published() as con:
        return con.execute(
            "SELECT run_id, started_at FROM ops.runs WHERE status = 'done' ORDER BY started_at DESC, run_id DESC LIMIT 1"
        ).fetchone()
