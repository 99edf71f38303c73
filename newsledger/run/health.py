"""How the ledger is doing, for people and for monitoring: runs, sources and their freshness,
disk."""

import itertools
import json
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

from newsledger import paths
from newsledger.errors import NewsledgerError
from newsledger.run.record import now
from newsledger.run.watch import Ending, last_ending
from newsledger.settings import Settings
from newsledger.store.database import Holder, find_holder, open_newest, rows_of

if TYPE_CHECKING:
    import duckdb

LATE_FACTOR = 4  # times the usual gap after which a source counts as late
FEWEST_GAPS = 3  # between deliveries, to speak of a usual gap
MIN_LATE = timedelta(hours=6)


@dataclass(frozen=True, slots=True)
class Freshness:
    """When a source last brought something new, and how often it usually does."""

    name: str
    documents: int
    last_new_at: datetime | None
    usual_gap_s: float | None
    is_late: bool


@dataclass(frozen=True, slots=True)
class RunLine:
    """A run as it is listed."""

    run_id: str
    status: str
    started_at: datetime
    ended_at: datetime | None
    summary: str


@dataclass(frozen=True, slots=True)
class Health:
    """The state of the ledger at a moment, UTC."""

    at: datetime
    status: str  # ok, held, failed, killed or never
    reason: str
    is_at_work: bool
    ended_at: datetime | None
    runs: tuple[RunLine, ...]
    sources: tuple[Freshness, ...]
    articles: int
    claims: int
    open_issues: int
    quarantined: int
    published_at: datetime | None
    disk_bytes: dict[str, int]


@contextmanager
def open_told() -> "Iterator[duckdb.DuckDBPyConnection]":
    """Open the ledger to tell of it; an empty one where the first run failed before it made any.
    Raises `StoreError` where there was no run yet."""
    import duckdb

    is_there = paths.WORK_DB.exists() or paths.PUBLISHED_DB.exists()
    with open_newest() if is_there or not last_ending() else duckdb.connect() as con:
        yield con


def read_health() -> Health:
    """Read the state of the ledger. Raises `StoreError` where there was no run yet."""
    ending, holder = last_ending(), find_holder()
    is_at_work = holder is not None and holder.is_alive
    with open_told() as con:
        runs = _read_runs(con, is_at_work)
        status, reason = _judge(ending, holder, runs)
        return Health(
            at=now(),
            status=status,
            reason=reason,
            is_at_work=is_at_work,
            ended_at=_moment_of(ending),
            runs=runs,
            sources=_read_freshness(con),
            articles=_count(con, "core.articles"),
            claims=_count(con, "core.claims"),
            open_issues=_count(con, "ops.issues", "resolved_at IS NULL"),
            quarantined=_count(con, "ops.quarantine"),
            published_at=_changed_at(paths.PUBLISHED_DB),
            disk_bytes=_measure_disk(),
        )


def _moment_of(ending: Ending | None) -> datetime | None:
    return datetime.fromisoformat(ending.at).replace(tzinfo=None) if ending else None


def _unix(moment: datetime) -> float:
    return moment.replace(tzinfo=UTC).timestamp()


def _read_runs(con: "duckdb.DuckDBPyConnection", is_at_work: bool) -> tuple[RunLine, ...]:
    """Read the newest runs; one that never ended was killed, but for the one at work."""
    rows = rows_of(
        con,
        "ops.runs",
        "SELECT run_id, status, started_at, ended_at, summary FROM ops.runs ORDER BY "
        "started_at DESC, run_id DESC LIMIT 5",
    )
    found: list[RunLine] = []
    for run_id, status, start, end, summary in rows:
        is_dead = status == "running" and (found or not is_at_work)
        found.append(RunLine(run_id, "killed" if is_dead else status, start, end, summary or ""))
    return tuple(found)


def _judge(
    ending: Ending | None, holder: Holder | None, runs: Sequence[RunLine]
) -> tuple[str, str]:
    """Say how the ledger is doing, and why: by how the last run ended, if it did."""
    if holder is not None and not holder.is_alive:
        told = f"process {holder.process}, begun at {holder.began_at}, did not come to its end"
        return "killed", f"{told}: the next run goes on from there"
    last = _moment_of(ending)
    if runs and runs[0].status == "killed" and (last is None or last < runs[0].started_at):
        return "killed", f"{runs[0].run_id} did not come to its end: the next run goes on"
    if ending is None:
        return ("ok" if runs else "never"), ""
    return ("ok" if ending.status in {"done", "recovered"} else ending.status), ending.reason


def _read_freshness(con: "duckdb.DuckDBPyConnection") -> tuple[Freshness, ...]:
    """Tell for each switched-on source when it last brought something, and how often it does: the
    median gap between runs that found something new there."""
    rows = rows_of(
        con,
        "raw.documents",
        "SELECT source_name, count(*), list(DISTINCT came_at ORDER BY came_at) FROM ("
        "SELECT source_name, max(fetched_at) OVER (PARTITION BY source_name, run_id) AS "
        "came_at FROM raw.documents "
        "WHERE source_name IS NOT NULL AND status <> 'refused') GROUP BY source_name",
    )
    found = {name: (count, times) for name, count, times in rows}
    names = dict.fromkeys([*_enabled_sources(), *sorted(found)])
    return tuple(_rate(name, *found.get(name, (0, []))) for name in names)


def _enabled_sources() -> list[str]:
    from newsledger.ingest.sources import read_seed_sources

    try:
        return [str(source.name) for source in read_seed_sources() if source.is_enabled]
    except NewsledgerError:
        return []  # the next run says what is wrong with the file


def _rate(name: str, count: int, times: list[datetime]) -> Freshness:
    gaps = [(b - a).total_seconds() for a, b in itertools.pairwise(times)]
    usual = median(gaps) if len(gaps) >= FEWEST_GAPS else None
    last = times[-1] if times else None
    waited = (now() - last).total_seconds() if last else 0.0
    is_late = usual is not None and waited > max(LATE_FACTOR * usual, MIN_LATE.total_seconds())
    return Freshness(name, count, last, usual, is_late)


def _count(con: "duckdb.DuckDBPyConnection", table: str, condition: str = "true") -> int:
    rows = rows_of(con, table, f"SELECT count(*) FROM {table} WHERE {condition}")
    return int(rows[0][0]) if rows else 0


def _changed_at(path: Path) -> datetime | None:
    if not path.exists():
        return None
    return datetime.fromtimestamp(path.stat().st_mtime, UTC).replace(tzinfo=None, microsecond=0)


def _measure_disk() -> dict[str, int]:
    """Bytes that each part takes, and bytes that are free."""
    parts = {
        "work": paths.WORK_DB,
        "published": paths.PUBLISHED_DB,
        "gazetteer": paths.GAZETTEER,
        "logs": paths.DATA / "logs",
        "prefect": paths.DATA / "prefect",
        "reports": paths.REPORT_OUT,
    }
    used = {name: _size(path) for name, path in parts.items()}
    return used | {
        "free": shutil.disk_usage(paths.DATA if paths.DATA.exists() else paths.HOME).free
    }


def _size(path: Path) -> int:
    files = [path] if path.is_file() else path.rglob("*") if path.is_dir() else []
    return sum(file.stat().st_size for file in files if file.is_file())


def to_json(health: Health) -> dict[str, Any]:
    """Give the state as values that JSON has; times as ISO 8601, UTC."""

    def plain(value: Any) -> Any:
        if isinstance(value, datetime):
            return value.isoformat(timespec="seconds") + "Z"
        if isinstance(value, dict):
            return {key: plain(item) for key, item in value.items()}
        return [plain(item) for item in value] if isinstance(value, (list, tuple)) else value

    return {key: plain(value) for key, value in asdict(health).items()}


def to_metrics(health: Health) -> str:
    """Give the state as Prometheus text, for a textfile collector."""
    rows: list[tuple[str, str, float]] = [
        ("up", _label("status", health.status), float(health.status == "ok")),
        ("run_at_work", "", float(health.is_at_work)),
        ("articles", "", health.articles),
        ("claims", "", health.claims),
        ("open_issues", "", health.open_issues),
        ("quarantined_rows", "", health.quarantined),
    ]
    if health.published_at:
        rows.append(("published_timestamp_seconds", "", _unix(health.published_at)))
        rows.append(
            ("published_age_seconds", "", (health.at - health.published_at).total_seconds())
        )
    if health.ended_at:
        rows.append(("run_ended_timestamp_seconds", "", _unix(health.ended_at)))
    for source in health.sources:
        label = _label("source", source.name)
        rows.append(("source_late", label, float(source.is_late)))
        if source.last_new_at:
            age = (health.at - source.last_new_at).total_seconds()
            rows.append(("source_age_seconds", label, age))
    rows += [("disk_bytes", _label("part", part), size) for part, size in health.disk_bytes.items()]
    lines = []
    for name in dict.fromkeys(row[0] for row in rows):
        lines.append(f"# TYPE newsledger_{name} gauge")
        lines += [
            f"newsledger_{key}{label} {value:.15g}" for key, label, value in rows if key == name
        ]
    return "\n".join(lines) + "\n"


def _label(name: str, value: str) -> str:
    """Write a label as Prometheus reads it."""
    told = value.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")
    return f'{{{name}="{told}"}}'


def write_monitoring(settings: Settings) -> None:
    """Write the state to the setting `monitor_file`, where there is one: JSON where its name ends
    in `.json`, else Prometheus text. Replaced in one step. Raises `OSError`."""
    if not settings.monitor_file:
        return
    path = paths.HOME / settings.monitor_file
    health = read_health()
    text = json.dumps(to_json(health), indent=1) if path.suffix == ".json" else to_metrics(health)
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.new")
    beside.write_text(text, "utf-8")
    os.replace(beside, path)


def describe_health(health: Health) -> str:
    """Say in some lines how the ledger is doing, for people."""
    going = "a run is at work" if health.is_at_work else "no run is at work"
    reason = f": {health.reason}" if health.reason else ""
    parts = [f"{health.status}{reason}; {going}", "Runs, newest first (UTC)"]
    parts += [f"  {_run_line(run)}" for run in health.runs]
    parts.append("Sources")
    parts += [f"  {_source_line(source, health.at)}" for source in health.sources] or ["  none"]
    used = ", ".join(
        f"{name} {_megabytes(size)}" for name, size in health.disk_bytes.items() if size
    )
    return "\n".join([*parts, f"Disk: {used}"])


def _run_line(run: RunLine) -> str:
    took = f"{(run.ended_at - run.started_at).total_seconds():,.0f} s" if run.ended_at else ""
    start = f"{run.started_at:%Y-%m-%d %H:%M}"
    return f"{start}  {run.run_id}  {run.status:8} {took:>7}  {run.summary}".rstrip()


def _source_line(source: Freshness, at: datetime) -> str:
    if source.last_new_at is None:
        return f"{source.name}: nothing yet"
    ago = _span((at - source.last_new_at).total_seconds())
    usual = f", usually every {_span(source.usual_gap_s)}" if source.usual_gap_s else ""
    late = "  LATE" if source.is_late else ""
    return f"{source.name}: {source.documents:,} documents, last new {ago} ago{usual}{late}"


def _span(seconds: float) -> str:
    for size, unit in ((86_400, "days"), (3_600, "hours"), (60, "minutes")):
        if seconds >= 2 * size:
            return f"{seconds / size:.0f} {unit}"
    return f"{seconds:.0f} seconds"


def _megabytes(size: int) -> str:
    return f"{size / 1e9:.1f} GB" if size >= 1e9 else f"{size / 1e6:.1f} MB"
