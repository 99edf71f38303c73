"""The runner: one conductor of the stages, for the command line, the flows and Dask alike.

read → clean → extract → write, batch after batch, each batch in one transaction with its record, so
that after a kill nothing is lost and nothing is there twice; then check and resolve, publish,
report. What is new comes first, then what is stale.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from newsledger import paths
from newsledger.errors import GateHeld, NewsledgerError
from newsledger.model.records import RawDocument, Reject
from newsledger.quality.gate import Gate
from newsledger.run.conductor import Conductor, RunResult
from newsledger.run.decisions import find_decided_anew, write_decisions
from newsledger.run.issues import resolve_issues, tell_failure, write_issues
from newsledger.run.log import log_to_file, open_log
from newsledger.run.plan import (
    Counts,
    RunOptions,
    count_dropped,
    find_stale,
    pair_with_next,
    read_budget,
)
from newsledger.run.record import Record, describe_counts, find_published_run, mark_killed
from newsledger.run.retention import drop_old
from newsledger.run.watch import watched
from newsledger.run.workers import open_extractor
from newsledger.settings import Settings, read_settings
from newsledger.stages.check import Check
from newsledger.stages.clean import Clean, Cleaned
from newsledger.stages.extract import Extract, Reader
from newsledger.stages.protocol import Failure
from newsledger.stages.publish import Publish
from newsledger.stages.read import Read, read_stored
from newsledger.stages.report import Order, Report, require_report
from newsledger.stages.resolve import Resolve
from newsledger.stages.write import Batch, Write, Written
from newsledger.store.changes import open_noted
from newsledger.store.database import (
    is_damage,
    is_disk_full,
    open_work,
    read_state,
    run_lock,
    transaction,
    write_state,
)
from newsledger.store.migrations import INCOMPLETE

if TYPE_CHECKING:
    import duckdb

_Found = Sequence[RawDocument | Reject]
PUBLISHED = "published"  # state: digest of the stages that made what is published


class Runner:
    """One run over an open work database."""

    def __init__(
        self,
        con: "duckdb.DuckDBPyConnection",
        options: RunOptions,
        conductor: Conductor | None = None,
        settings: Settings | None = None,
        reader: Reader | None = None,
    ) -> None:
        """`reader` has worker processes; without one articles are read in this process."""
        self.con, self.options = con, options
        self.conductor = conductor or Conductor()
        self.settings = settings or read_settings()
        self.record = Record(con)
        self.run_id, self.counts = self.record.run_id, self.record.counts
        self.log = open_log(self.run_id)
        self.read = Read(con, self.settings)
        self.clean = Clean(con, options.since, options.until)
        self.extract = Extract(reader)
        self.stamps = {stage.name: stage.fingerprint() for stage in (self.clean, self.extract)}
        self.write = Write(con, self.run_id, self.stamps, self._note)
        self.resolve, self.publish, self.report = Resolve(con), Publish(con), Report()
        self.gate = Gate(con, self.run_id, self.settings.max_quarantined, is_noted=True)
        self.check = Check(self.gate)
        self._is_checked = False

    # --- documents

    def read_all(self, *, is_checked: bool = False) -> None:
        """Read what is new, and then what is stale, batch after batch; where it is checked
        afterwards, what checks it is loaded while workers read."""
        from newsledger.ledger.copies.outlet_lines import find_documents_to_read_again
        from newsledger.ledger.overrides import load_overrides

        load_overrides()  # says what is wrong with a line before anything is read
        self._is_checked = is_checked
        for found, ahead in pair_with_next(self._new_batches(), self.options.limit):
            self._process(found, ahead)
        self._note_sources()
        if self.counts.documents:  # whose text holds lines that are furniture of their outlet
            self._renew(find_documents_to_read_again(self.con, self.run_id))
        decided = find_decided_anew(self.con)
        self._renew(decided)
        self._renew_stale(set(decided))

    def _new_batches(self) -> Iterator[_Found]:
        """Take new documents in batches until the sources end or the limit is reached; documents
        outside of the time window do not count."""
        from newsledger.ingest.estimate import count_expected
        from newsledger.ingest.sources import list_sources

        options, log = self.options, open_log(self.run_id, "read")
        sources = (
            []
            if options.is_stored
            else list_sources(
                options.sources, name=options.source_name, schedule_group=options.schedule_group
            )
        )
        found = self.read.run(sources, log)
        self.counts.expected = count_expected(sources, options.limit)
        while True:
            size = self.settings.batch_articles
            if options.limit is not None:
                size = min(size, options.limit - self.counts.documents)
            with self.record.timed("read") as step:
                batch: _Found = self.conductor.call("read", partial(list, islice(found, size)))
                step.row_count += len(batch)
            if not batch:
                self.counts.seen = self.counts.documents + len(self.read.known.shown)
                return
            yield batch

    def _renew_stale(self, done: set[str]) -> None:
        budget = read_budget(self.options.budget or self.settings.budget)
        if self.options.force or read_state(self.con, INCOMPLETE):
            ids, self.counts.kept = self._list_stored(), count_dropped(self.con)
            budget = read_budget("all")
        else:
            checks = self.gate.fingerprints
            ids = [item.document_id for item in find_stale(self.con, self.stamps, checks)]
        ids = [document_id for document_id in ids if document_id not in done]
        due = ids if budget.articles is None else ids[: budget.articles]
        end = None if budget.minutes is None else time.monotonic() + 60 * budget.minutes
        count = self._renew(due, end)
        self.counts.stale = len(ids) - count
        self.con.execute("DELETE FROM ops.state WHERE key = ?", [INCOMPLETE])

    def _list_stored(self) -> list[str]:
        rows = self.con.execute(
            "SELECT document_id FROM raw.documents WHERE text IS NOT NULL AND run_id <> ? "
            "ORDER BY fetched_at DESC, document_id",
            [self.run_id],
        ).fetchall()
        return [row[0] for row in rows]

    def _renew(self, ids: Sequence[str], end: float | None = None) -> int:
        """Read stored documents again, until the time is over. Returns how many were."""
        count = 0
        self.counts.expected = self.counts.seen + len(ids)
        for batch in read_stored(self.con, ids, self.settings.batch_articles):
            if end is not None and time.monotonic() >= end:
                break
            self._process(batch, is_new=False)
            count += len(batch)
        return count

    def _process(self, found: _Found, ahead: _Found = (), *, is_new: bool = True) -> None:
        """Clean, extract and write one batch; clean the next one while workers extract it."""
        self.extract.expect(found)
        cleaned = self._clean(found, is_new)
        self.extract.meanwhile = partial(self._prepare, ahead)
        with self.record.timed("extract", len(cleaned.articles)):
            extracted = self.conductor.extract(self.extract, cleaned.articles, self.run_id)
        batch = Batch(cleaned, extracted.extractions, extracted.failures)
        with self.record.timed("write") as step:
            log = open_log(self.run_id, "write")
            written = self.conductor.call("write", lambda: self.write.run(batch, log))
            step.row_count += written.row_count
            log.info("%d articles, %d claims written", written.articles, written.claims)
        self._count(cleaned, written, is_new)
        self.conductor.tell(self.counts)

    def _prepare(self, ahead: _Found) -> None:
        self.clean.prepare(ahead, open_log(self.run_id, "clean"))
        if self._is_checked:
            self.gate.load()

    def _clean(self, found: _Found, is_new: bool) -> Cleaned:
        stage = self.clean if is_new else Clean(self.con)
        with self.record.timed("clean", len(found)):
            log = open_log(self.run_id, "clean")
            return self.conductor.call("clean", lambda: stage.run(found, log))

    def _count(self, cleaned: Cleaned, written: Written, is_new: bool) -> None:
        counts = self.counts
        counts.failed += len(written.failures)
        count = len(cleaned.documents) + len(cleaned.rejects) - cleaned.displaced
        if not is_new:
            counts.renewed += len(cleaned.documents)
            counts.seen += count
            return
        counts.documents += count
        counts.seen = counts.documents + len(self.read.known.shown)
        counts.articles += written.articles
        counts.duplicates += len(cleaned.duplicates) - cleaned.displaced
        counts.out_of_window += cleaned.out_of_window
        counts.not_english += sum(article.language != "en" for article in cleaned.articles)
        counts.claims += written.claims
        for reject in cleaned.rejects:
            counts.refused[reject.reason] = counts.refused.get(reject.reason, 0) + 1

    def _note(self, ids: Sequence[str], failures: Sequence[Failure]) -> None:
        """Note the run, and what went wrong or is in order again, in the transaction of a batch."""
        self.record.start()
        failed = {failure.document_id for failure in failures}
        resolve_issues(self.con, [document_id for document_id in ids if document_id not in failed])
        write_issues(self.con, self.run_id, failures, self.stamps)

    def _note_sources(self) -> None:
        """Keep which sources gave documents, and which failed."""
        reading = self.read.reading
        self.counts.failed_sources = len(reading.failures) + len(reading.unreachable)
        with transaction(self.con):
            for name, count in reading.yields.items():
                if not read_state(self.con, f"source:{name}"):
                    write_state(self.con, f"source:{name}", str(count))
            resolve_issues(self.con, source_names=list(reading.yields))
            write_issues(self.con, self.run_id, reading.failures, {})
            if cured := self.read.find_cured(self.run_id):
                self.write.forget(cured)

    # --- the ledger

    def settle(self) -> None:
        """Check and compare. Raises `GateHeld`: the published database stays as it was."""
        log = open_log(self.run_id, "check")
        with transaction(self.con):
            self.record.start()
        try:
            with self.record.timed("check"):
                self.conductor.call("check", lambda: self.check.run(self._compare, log))
        except GateHeld as error:
            self._count_checks()
            self.counts.checks_failed = max(1, len(self.gate.outcome.held))
            self.record.end("held")
            log.error("held: %s", error)
            raise GateHeld(
                f"held back, {paths.PUBLISHED_DB.name} stays as it was: {error}; "
                "see `newsledger status`"
            ) from None
        self._count_checks()

    def _compare(self) -> None:
        with self.record.timed("resolve"):
            self.resolve.run(self.run_id, open_log(self.run_id, "resolve"))

    def _count_checks(self) -> None:
        outcome = self.gate.outcome
        self.counts.checks_warned, self.counts.quarantined = outcome.warned, outcome.quarantined

    def put_out(self) -> None:
        """Publish the checked state with the record of the run; that this was done is kept last."""
        with self.record.timed("publish"):
            with transaction(self.con):
                self.record.end("done")
                drop_old(self.con, self.settings, self.record.started_at)
                write_decisions(self.con)
                self.con.execute("DELETE FROM ops.state WHERE key = ?", [PUBLISHED])
            self._copy()
            write_state(self.con, PUBLISHED, self.digest())

    def _copy(self) -> None:
        log = open_log(self.run_id, "publish")
        self.conductor.call("publish", lambda: self.publish.run(paths.PUBLISHED_DB, log))

    def digest(self) -> str:
        """Fingerprints of all that shapes what is published besides the documents."""
        from newsledger.stages.fingerprint import digest_overrides

        stages = (self.resolve, self.check, self.publish)
        return " | ".join([*(stage.fingerprint() for stage in stages), digest_overrides()])

    def is_up_to_date(self) -> bool:
        """Whether nothing was written since what is published, and the stages are the same."""
        return not self.record.is_started and read_state(self.con, PUBLISHED) == self.digest()

    def write_report(self, run_id: str | None = None) -> tuple[Path, ...]:
        """Write the run's report, or find it where it is there already."""
        if not self.options.report:
            return ()
        order = Order(self.options.report, *find_published_run(self.con))
        if run_id is None and (found := self.report.find(order)):
            return tuple(found)
        with self.record.timed("report"):
            log = open_log(self.run_id, "report")
            return tuple(self.conductor.call("report", lambda: self.report.run(order, log)))

    def result(
        self, summary: str, told: list[str], files: tuple[Path, ...] = (), *, is_changed: bool
    ) -> RunResult:
        """How the run ended, its sources included; where nothing came in, `told` gets the
        troubles."""
        reading = self.read.reading
        troubles = [f"{f.source_name}: {f.message or f.kind}" for f in reading.failures]
        troubles += [f"{r.source_uri}: {r.detail or r.reason}" for r in reading.unreachable]
        came = reading.count - len(reading.unreachable)
        is_empty = bool(troubles) and came <= 0
        told += [f"nothing came in: {'; '.join(troubles)}"] if is_empty else []
        is_final = reading.is_local and bool(came) and not troubles and not self.counts.stale
        ending = (is_changed, tuple(troubles), is_empty, is_final)
        return RunResult(self.run_id, summary, self.counts, files, *ending)


@contextmanager
def open_run(
    options: RunOptions, conductor: Conductor | None = None, *, wait_s: float = 0
) -> Iterator[Runner]:
    """Open the work database for one run, under the run lock, with its log. What breaks the run is
    kept as failed; what was committed and what is published stay."""
    require_report(options.report)
    read_budget(options.budget)
    with run_lock(wait_s=wait_s), open_noted() as con, open_extractor() as extractor:
        mark_killed(con)
        runner = Runner(con, options, conductor, reader=extractor)
        with log_to_file(runner.run_id):
            try:
                yield runner
            except GateHeld:
                raise
            except (NewsledgerError, OSError, KeyboardInterrupt) as error:
                runner.log.error("failed: %s %s", type(error).__name__, error)
                runner.record.end_failed()
                raise
            except Exception as error:
                if is_damage(error) or is_disk_full(error):
                    raise  # told with its cure by `open_work`; nothing can be written
                runner.log.exception("failed in %s", runner.record.stage)
                runner.record.end_failed()
                raise tell_failure(error, runner.record.stage, runner.run_id) from error


def run_all(
    options: RunOptions, conductor: Conductor | None = None, *, wait_s: float = 0
) -> RunResult:
    """Run every stage over the options' sources.

    Raises `GateHeld` where the gate held: the published database stays as it was. Where nothing
    came in and nothing that shapes the result has changed, nothing is written at all.
    """
    with watched() as troubles, open_run(options, conductor, wait_s=wait_s) as runner:
        runner.read_all(is_checked=True)
        if runner.is_up_to_date():
            if not runner.publish.is_whole(paths.PUBLISHED_DB):
                runner.log.warning("the published file is not as it was published: written again")
                runner._copy()
            return runner.result("nothing new", troubles, runner.write_report(), is_changed=False)
        runner.settle()
        runner.put_out()
        files = runner.write_report(runner.run_id)
        return runner.result(describe_counts(runner.counts), troubles, files, is_changed=True)


def ingest_all(
    options: RunOptions, conductor: Conductor | None = None, *, wait_s: float = 0
) -> RunResult:
    """Read, clean, extract and write; the next run checks and publishes."""
    with watched() as troubles, open_run(options, conductor, wait_s=wait_s) as runner:
        runner.read_all()
        if runner.record.is_started:
            with transaction(runner.con):
                runner.record.end("ingested")
        told = describe_counts(runner.counts)
        return runner.result(told, troubles, is_changed=runner.record.is_started)


def dry_run(
    options: RunOptions, on_refusal: Callable[[Reject], None] = lambda reject: None
) -> Counts:
    """Read, clean and extract, and write nothing; counts as a run would, and tells each refusal."""
    with run_lock(), open_work() as con, open_extractor() as extractor:
        runner = Runner(con, options, reader=extractor)
        for found in runner._new_batches():
            cleaned = runner._clean(found, is_new=True)
            extracted = runner.conductor.extract(runner.extract, cleaned.articles, runner.run_id)
            failures = (*cleaned.failures, *extracted.failures)
            claims = sum(len(extraction.claims) for extraction in extracted.extractions)
            for reject in cleaned.rejects:
                on_refusal(reject)
            articles = len(cleaned.articles) - len(extracted.failures)
            runner._count(cleaned, Written(articles, claims, failures), is_new=True)
        return runner.counts
