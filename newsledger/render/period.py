"""The period of a report: whole days in the desk's time zone, and the articles in it."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from newsledger.errors import NewsledgerError, SettingsError

if TYPE_CHECKING:
    import duckdb

MORNING_UNTIL = time(12)  # a run before noon reports the day that has ended
SPARK_DAYS = 14


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `since` to `until`, both inclusive, in `zone`; open ends are None."""

    since: date | None
    until: date | None
    zone: ZoneInfo

    @property
    def starts_at(self) -> datetime:
        """First moment, UTC without zone."""
        return self.moment(self.since or date(1900, 1, 1))

    @property
    def ends_at(self) -> datetime:
        """First moment after it, UTC without zone."""
        return self.moment((self.until or date(2999, 12, 30)) + timedelta(days=1))

    @property
    def is_day(self) -> bool:
        return self.since is not None and self.since == self.until

    def moment(self, day: date) -> datetime:
        """The start of a day in the desk's zone, UTC without zone."""
        local = datetime.combine(day, time(), self.zone)
        return local.astimezone(UTC).replace(tzinfo=None)

    def local(self, moment: datetime) -> datetime:
        """A UTC time as the desk's clocks show it."""
        return moment.replace(tzinfo=UTC).astimezone(self.zone).replace(tzinfo=None)

    def __str__(self) -> str:
        """As a title says it: `12 February 2026`, `9 to 15 February 2026`."""
        first, last = self.since, self.until
        if first is None or last is None:
            known = f"since {_spell(first)}" if first else f"until {_spell(last)}" if last else ""
            return known or "all articles"
        if first == last:
            return _spell(first)
        if (first.year, first.month) == (last.year, last.month):
            return f"{first.day} to {_spell(last)}"
        return f"{_spell(first)} to {_spell(last)}"

    @property
    def slug(self) -> str:
        """As a file name says it."""
        ends = [end.isoformat() if end else "" for end in (self.since, self.until)]
        if not any(ends):
            return "all"
        return ends[0] if self.is_day else f"{ends[0] or 'start'}_{ends[1] or 'end'}"


def _spell(day: date | None) -> str:
    return f"{day.day} {day:%B %Y}" if day else ""


def read_zone(name: str) -> ZoneInfo:
    """Find a time zone by its name. Raises `SettingsError` with an example."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise SettingsError(f"no time zone {name!r}: names are like Europe/Berlin or UTC") from None


def choose_period(
    con: "duckdb.DuckDBPyConnection", unit: str, cutoff_at: datetime, zone: ZoneInfo,
    *, day: date | None = None, since: date | None = None, until: date | None = None,
) -> Period:  # fmt: skip
    """Choose a report's days: those asked for, else the newest `unit` (day, week, month or all)
    that had ended at `cutoff_at` (UTC), or at the newest article before it. Raises
    `NewsledgerError`."""
    if day is not None and (since is not None or until is not None):
        raise NewsledgerError("--day stands alone: give either it, or --since and --until")
    if since is not None and until is not None and since > until:
        raise NewsledgerError(f"--since {since} lies after --until {until}")
    if day is not None:
        return Period(day, day, zone)
    if since is not None or until is not None or unit == "all":
        return Period(since, until, zone)
    last = _last_day(con, cutoff_at, zone)
    first = {"day": last, "week": last - timedelta(days=6), "month": last.replace(day=1)}[unit]
    return Period(first, last, zone)


def _last_day(con: "duckdb.DuckDBPyConnection", cutoff_at: datetime, zone: ZoneInfo) -> date:
    now = cutoff_at.replace(tzinfo=UTC).astimezone(zone)
    flow_day = now.date() - timedelta(days=1 if now.time() < MORNING_UNTIL else 0)
    ends = Period(flow_day, flow_day, zone)
    row = con.execute(
        "SELECT max(published_at) FROM core.articles WHERE published_at < ?", [ends.ends_at]
    ).fetchone()
    return ends.local(row[0]).date() if row and row[0] else flow_day


def date_articles(con: "duckdb.DuckDBPyConnection", period: Period) -> None:
    """Make the temporary tables that the queries of a report read: `report_days` (the last two
    weeks of the period with their bounds) and `dated_articles` (each article with its day and
    whether it lies in the period).

    An article dated to the day alone belongs to that day wherever the desk is.
    """
    last = period.until or period.local(_newest(con)).date()
    days = [last - timedelta(days=back) for back in range(SPARK_DAYS - 1, -1, -1)]
    con.execute(
        "CREATE OR REPLACE TEMP TABLE report_days (day DATE, starts_at TIMESTAMP, ends_at "
        "TIMESTAMP)"
    )
    con.executemany(
        "INSERT INTO report_days VALUES (?, ?, ?)",
        [(day, period.moment(day), period.moment(day + timedelta(days=1))) for day in days],
    )
    con.execute(
        """CREATE OR REPLACE TEMP TABLE dated_articles AS
        WITH placed AS (
            SELECT article_id, CASE WHEN published_precision = 'day'
                THEN CAST(CAST(published_at + to_minutes(coalesce(utc_offset_minutes, 0)) AS DATE)
                        AS TIMESTAMP)
                    + (CAST(? AS TIMESTAMP) - CAST(? AS TIMESTAMP)) + INTERVAL 12 HOUR
                ELSE published_at END AS happened_at,
                coalesce(published_precision = 'day', FALSE) AS is_day_only
            FROM core.articles
        )
        SELECT article_id, happened_at, is_day_only,
            coalesce(happened_at >= ? AND happened_at < ?, ?) AS is_in_period,
            coalesce(happened_at < ?, FALSE) AS is_before
        FROM placed""",
        [period.moment(last), datetime.combine(last, time()), period.starts_at, period.ends_at,
         period.since is None and period.until is None, period.starts_at],
    )  # fmt: skip


def _newest(con: "duckdb.DuckDBPyConnection") -> datetime:
    row = con.execute("SELECT max(published_at) FROM core.articles").fetchone()
    return row[0] if row and row[0] else datetime(2000, 1, 1)
