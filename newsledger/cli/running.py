"""The commands that read, check and publish: run, ingest, check, status, doctor, rebuild, backup,
restore."""

import json
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from newsledger.cli.shown import show_path
from newsledger.errors import GateHeld, NewsledgerError

if TYPE_CHECKING:
    from newsledger.model.records import Reject
    from newsledger.run.conductor import RunResult
    from newsledger.run.plan import Counts, RunOptions


NO_DOCUMENT = (
    "no source held a document: put articles into seeds/articles, name files or feeds, or switch "
    "on rows of seeds/sources.csv"
)


NOTHING_NEW = "nothing new, nothing changed"


class Moment(click.ParamType[datetime]):
    """A day or a time in ISO 8601, with a zone or in UTC."""

    name = "time"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if isinstance(value, datetime):
            return value
        try:
            found = datetime.fromisoformat(str(value))
        except ValueError:
            self.fail(f"{value!r}: expected 2026-11-30, 2026-11-30T06:00 or 2026-11-30T06:00+01:00")
        return found.astimezone(UTC).replace(tzinfo=None) if found.tzinfo else found


def run_options(command: Callable[..., None]) -> Callable[..., None]:
    """Options of the commands that read sources."""
    decorators: list[Callable[[Callable[..., None]], Callable[..., None]]] = [
        click.argument("sources", nargs=-1),
        click.option(
            "--source", "source_name", metavar="NAME", help="Only this row of seeds/sources.csv."
        ),
        click.option(
            "--since", type=Moment(), help="Only articles published at or after (UTC, or a zone)."
        ),
        click.option(
            "--until", type=Moment(), help="Only articles published before (UTC, or a zone)."
        ),
        click.option(
            "--limit", type=click.IntRange(min=0), metavar="N", help="At most N new documents."
        ),
        click.option(
            "--force",
            is_flag=True,
            help="Read all stored documents again, with the components of today.",
        ),
        click.option(
            "--budget",
            metavar="MAX",
            help="For documents whose code or seeds have changed: 30m, 500 (articles) or all.",
        ),
        click.option("--dry-run", is_flag=True, help="Read, clean and extract, and write nothing."),
        click.option("--quiet", "-q", is_flag=True, help="No progress; errors only."),
        *_log_options(),
    ]
    for decorate in reversed(decorators):
        command = decorate(command)
    return command


def _log_options() -> list[Callable[[Callable[..., None]], Callable[..., None]]]:
    return [
        click.option("-v", "--verbose", count=True, help="Log to standard error; -vv says more."),
        click.option(
            "--log-format",
            type=click.Choice(["text", "json"]),
            default="text",
            show_default=True,
            help="Of the log on standard error.",
        ),
    ]


@click.command()
@run_options
@click.option(
    "--report",
    "report_name",
    default="daily_brief",
    show_default=True,
    metavar="NAME",
    help="Folder of reports/, or `none`.",
)
def run(report_name: str, **values: Any) -> None:
    """Run every step: read, clean, extract, check, compare, publish, report.

    SOURCES are files, directories, archives, URLs or `-`; without any, the switched-on rows of
    seeds/sources.csv. A second run over the same input changes nothing. Rows that fail a critical
    check go to the quarantine, documents that break a stage are told by `status`; the rest is
    published.

    \b
    Examples:
      newsledger run
      newsledger run seeds/articles
      newsledger run ~/clippings --since 2024-12-01 --report none
      newsledger run --budget 30m
    """
    from newsledger.run.unchanged import find_answer, keep_answer

    quiet, is_dry = values.pop("quiet"), values.pop("dry_run")
    options = _options(values, report=None if report_name == "none" else report_name)
    if is_dry:
        _print_dry_run(options)
        return
    if (answer := find_answer(options)) is not None:
        from newsledger.run.watch import watched

        with watched():  # monitoring learns of this run, too
            pass
        if not quiet:
            click.echo(answer)
        return
    from newsledger.run.runner import run_all

    with Progress(quiet) as progress:
        result = run_all(options, progress.conductor())
    where = f" → {show_path(result.files[0])}" if result.files else ""
    text = result.summary if result.is_changed else f"{NOTHING_NEW}{_count_stale(result)}"
    keep_answer(options, result, f"{NOTHING_NEW}{where}")
    _finish(result, f"{text}{where}", quiet)


def _count_stale(result: "RunResult") -> str:
    return f"; {result.counts.stale:,} stale" if result.counts.stale else ""


@click.command()
@run_options
def ingest(**values: Any) -> None:
    """Read new documents into the work database, and stop before the checks; nothing is published.

    \b
    Example:
      newsledger ingest ~/clippings --limit 100
    """
    from newsledger.run.runner import ingest_all

    quiet, is_dry = values.pop("quiet"), values.pop("dry_run")
    options = _options(values, report=None)
    if is_dry:
        _print_dry_run(options)
        return
    with Progress(quiet) as progress:
        result = ingest_all(options, progress.conductor())
    text = f"{result.summary}; not yet checked or published: `newsledger run` does both"
    _finish(result, text, quiet)


def _options(values: dict[str, Any], report: str | None) -> "RunOptions":
    from newsledger.run.log import show_log
    from newsledger.run.plan import RunOptions

    show_log(values.pop("verbose"), values.pop("log_format"))
    return RunOptions(**values, report=report)


def _finish(result: "RunResult", text: str, quiet: bool) -> None:
    """Say what a run did; where a source failed, say so in any case, and fail where nothing else
    came in."""
    if not quiet:
        click.echo(text)
        if not result.counts.seen and not result.troubles:
            click.echo(NO_DOCUMENT, err=True)
    for trouble in result.troubles:
        click.echo(f"newsledger: source {trouble}", err=True)
    if result.is_empty:
        raise NewsledgerError("nothing came in: see the sources above")


def _print_dry_run(options: "RunOptions") -> None:
    from newsledger.run.record import describe_counts
    from newsledger.run.runner import dry_run

    def tell(reject: "Reject") -> None:
        click.echo(f"refused: {reject.reason} {reject.source_uri}: {reject.detail}")

    click.echo(f"{describe_counts(dry_run(options, tell))}; dry run, nothing written")


class Progress:
    """Progress on standard error, where that is a terminal."""

    def __init__(self, quiet: bool) -> None:
        self.is_shown = not quiet and sys.stderr.isatty()

    def __enter__(self) -> "Progress":
        if self.is_shown:
            from rich.console import Console
            from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
            from rich.progress import Progress as Bar

            self.bar = Bar(
                TextColumn("{task.description}"),
                BarColumn(),
                MofNCompleteColumn(),
                TimeElapsedColumn(),
                console=Console(stderr=True),
                transient=True,
            )
            self.bar.start()
            self.task = self.bar.add_task("reading", total=None)
        return self

    def conductor(self) -> Any:
        """Give the conductor of a run that tells its progress here."""
        from newsledger.run.conductor import Conductor

        conductor = Conductor()
        conductor.tell = self.update  # type: ignore[method-assign]
        return conductor

    def update(self, counts: "Counts") -> None:
        if self.is_shown:
            again = f", {counts.renewed:,} read again" if counts.renewed else ""
            text = f"{counts.documents:,} documents, {counts.claims:,} claims{again}"
            total = max(counts.expected, counts.seen)
            self.bar.update(self.task, description=text, total=total, completed=counts.seen)

    def __exit__(self, *_: object) -> None:
        if self.is_shown:
            self.bar.stop()


@click.command()
@click.option("--quiet", "-q", is_flag=True, help="Only failures.")
@click.option("--json", "is_json", is_flag=True, help="The failing checks as a JSON array.")
def check(quiet: bool, is_json: bool) -> None:
    """Run the checks of expectations/ over every row of the work database; publishes nothing.

    \b
    Examples:
      newsledger check
      newsledger check --json
    """
    from newsledger.run.recheck import check_work

    outcome = check_work()
    if outcome is None:
        click.echo("nothing to check: no article is in the work database; run `newsledger run`")
        return
    if is_json:
        rows = [
            {
                "severity": result.severity, "table": result.table, "check": result.name,
                "failed_count": result.failed_count, "example": result.example,
            }
            for result in outcome.failing
        ]  # fmt: skip
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1, default=str))
    for result in outcome.failing if not is_json else ():
        example = f", e.g. {result.example}" if result.example else ""
        click.echo(
            f"{result.severity:8} {result.table} {result.name}: {result.failed_count} rows{example}"
        )
    if not quiet and not is_json:
        click.echo(
            f"{outcome.total} checks, {len(outcome.held)} hold, {outcome.warned} warned, "
            f"{outcome.quarantined} rows in quarantine"
        )
    if outcome.held:
        raise GateHeld("; ".join(outcome.held[:3]))


@click.command()
@click.option("--json", "is_json", is_flag=True, help="Runs, sources and disk as one JSON object.")
@click.option(
    "--prometheus", "--metrics", "is_metrics", is_flag=True, help="The same as Prometheus text."
)
def status(is_json: bool, is_metrics: bool) -> None:
    """Show the newest runs, what goes on now, how fresh each source is, what was refused and why,
    what failed, what is stale, what is in quarantine, what the checks said, and the disk in use.

    \b
    Examples:
      newsledger status
      newsledger status --json
      newsledger status --prometheus > /var/lib/node_exporter/newsledger.prom
    """
    if is_json or is_metrics:
        from newsledger.run.health import read_health, to_json, to_metrics

        health = read_health()
        click.echo(
            to_metrics(health) if is_metrics else json.dumps(to_json(health), indent=1), nl=is_json
        )
        return
    from newsledger.run.status import describe_status

    click.echo(describe_status())


@click.command()
@click.option("--json", "is_json", is_flag=True, help="As a JSON array.")
def doctor(is_json: bool) -> None:
    """Check this installation: Python, packages, language model, gazetteer, directories, databases.

    \b
    Examples:
      newsledger doctor
      newsledger doctor --json
    """
    from dataclasses import asdict

    from newsledger.cli.doctor import examine

    findings = examine()
    if is_json:
        click.echo(json.dumps([asdict(finding) for finding in findings], indent=1))
    for finding in findings if not is_json else ():
        click.echo(f"{'ok  ' if finding.is_ok else 'FAIL'} {finding.name}: {finding.text}")
    if not all(finding.is_ok for finding in findings):
        sys.exit(1)


@click.command()
@click.option("--quiet", "-q", is_flag=True, help="No progress; errors only.")
def rebuild(quiet: bool) -> None:
    """Make everything anew from the stored documents, with the code, seeds and checks of today.

    Where the work database is damaged or gone, it is made from the published one; a damaged file
    is moved aside.

    \b
    Example:
      newsledger rebuild
    """
    from newsledger.run.plan import RunOptions
    from newsledger.run.runner import run_all
    from newsledger.store.backup import is_damaged, recover_work

    if is_damaged():
        aside = recover_work()
        if aside:
            click.echo(f"the damaged work database lies at {show_path(aside)} now", err=True)
    options = RunOptions(is_stored=True, force=True, report=None)
    with Progress(quiet) as progress:
        result = run_all(options, progress.conductor())
    _finish(result, result.summary, quiet)


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def backup(file: Path) -> None:
    """Copy everything - documents, ledger, runs, what was decided - to one new FILE.

    \b
    Example:
      newsledger backup ledger-2026-11-30.duckdb
    """
    from newsledger.store.backup import write_backup

    click.echo(f"{write_backup(file):,} documents → {show_path(file)}")


@click.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
def restore(file: Path) -> None:
    """Put a backup in the place of the work database; what was there is moved aside.

    \b
    Example:
      newsledger restore ledger-2026-11-30.duckdb
    """
    from newsledger.store.backup import restore_backup

    count = restore_backup(file)
    click.echo(f"{count:,} documents; `newsledger run` checks and publishes them")


COMMANDS = (run, ingest, check, status, doctor, rebuild, backup, restore)
