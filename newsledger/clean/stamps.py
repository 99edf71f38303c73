"""Printed time stamps: `Friday 06 December 2024 04:15 EST` → 2024-12-06 09:15 UTC, precision minute."""

import csv
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from functools import cache

from newsledger import paths
from newsledger.errors import SettingsError

_MONTHS = {name: number for number, names in enumerate(
    ("jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july", "aug august", "sep sept september",
     "oct october", "nov november", "dec december"), 1) for name in names.split()}  # fmt: skip
_MONTH = r"(?P<month>" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\.?"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,? )?"
_DATES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b{_YEAR}-(?P<month>[01]\d)-(?P<day>[0-3]\d)(?=\b|T)",
        rf"\b{_WEEKDAY}{_DAY} {_MONTH},? {_YEAR}\b",
        rf"\b{_WEEKDAY}{_MONTH} {_DAY},? {_YEAR}\b",
        rf"\b{_YEAR} {_MONTH} {_DAY}\b",
    )
)
_ISO = re.compile(r"\b\d{4}-[01]\d-[0-3]\dT[0-2]\d:[0-5]\d(?::[0-5]\d(?:[.,]\d+)?)?(?:Z\b|[+-]\d\d:?\d\d\b)?")
_TIME = re.compile(
    r"\b(?P<hour>[0-2]?\d)(?:[:.h](?P<minute>[0-5]\d))(?::(?P<second>[0-5]\d))?(?:\.\d+)?\s*(?P<half>[ap]\.?m\b\.?)?|\b(?P<hour12>1?\d)\s*(?P<half12>[ap]\.?m\b\.?)",
    re.IGNORECASE,
)
_ZONE = re.compile(r"\b(?P<name>(?:GMT|UTC))?(?P<sign>[+-])(?P<hours>\d{1,2}):?(?P<minutes>\d\d)?\b|\b(?P<abbreviation>[A-Z]{1,5})\b")


@dataclass(frozen=True, slots=True)
class Stamp:
    """A printed time: UTC, the zone's offset where it is printed, precision (second, minute, hour, day), and the words."""

    at: datetime
    precision: str
    text: str
    utc_offset_minutes: int | None


@cache
def load_time_zones() -> dict[str, int]:
    """Read `seeds/time_zones.csv`: minutes from UTC by abbreviation. Raises `SettingsError` naming a wrong row."""
    path = paths.SEEDS / "time_zones.csv"
    zones = {}
    with path.open(encoding="utf-8", newline="") as handle:
        for number, row in enumerate(csv.DictReader(handle), 2):
            try:
                zones[row["abbreviation"]] = int(row["offset_minutes"])
            except (ValueError, TypeError, KeyError):
                raise SettingsError(f"{path} line {number}: expected abbreviation, offset_minutes, name, got {row}") from None
    return zones


def find_stamp(line: str) -> Stamp | None:
    """Find the first full date of a line, with its time and zone where they are printed."""
    if (iso := _ISO.search(line)) and (stamp := _read_iso(iso[0])):
        return stamp
    for pattern in _DATES:
        found = pattern.search(line)
        if not found:
            continue
        month = found["month"].lower()
        try:
            day = datetime(int(found["year"]), int(month) if month.isdigit() else _MONTHS[month], int(found["day"]))
        except ValueError:
            continue
        return _with_time(line, found, day)
    return None


def _read_iso(text: str) -> Stamp | None:
    """Read an ISO 8601 time; one without a zone counts as UTC."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    offset = at.utcoffset()
    precision = "second" if text.count(":") > 1 + (offset is not None and ":" in text[-6:]) else "minute"
    zone = None if offset is None else int(offset.total_seconds() // 60)
    try:
        return Stamp(at.replace(tzinfo=at.tzinfo or UTC).astimezone(UTC), precision, text, zone)
    except OverflowError:  # the year 1 in the far east
        return None


def _with_time(line: str, date: re.Match[str], day: datetime) -> Stamp:
    around = line[date.end() : date.end() + 40]
    time, offset_base = _TIME.search(around), date.end()
    if not time:
        start = max(0, date.start() - 30)
        time, offset_base = _TIME.search(line[start : date.start()]), start
    if not time:
        return Stamp(day.replace(tzinfo=UTC), "day", date[0], None)
    hour, minute, second = int(time["hour"] or time["hour12"]), int(time["minute"] or 0), int(time["second"] or 0)
    half = (time["half"] or time["half12"] or "").lower().replace(".", "")
    if half and hour <= 12:
        hour = hour % 12 + (12 if half == "pm" else 0)
    if hour > 23:
        return Stamp(day.replace(tzinfo=UTC), "day", date[0], None)
    end = offset_base + time.end()
    zone, zone_end = _find_zone(line[end : end + 14], day)
    local = day.replace(hour=hour, minute=minute, second=second, tzinfo=timezone(timedelta(minutes=zone or 0)))
    precision = "second" if time["second"] else "minute" if time["minute"] else "hour"
    text = line[min(date.start(), offset_base + time.start()) : max(date.end(), end + zone_end)]
    return Stamp(local.astimezone(UTC), precision, text.strip(), zone)


def _find_zone(tail: str, day: datetime) -> tuple[int | None, int]:
    for found in _ZONE.finditer(tail):
        if found["sign"]:
            minutes = int(found["hours"]) * 60 + int(found["minutes"] or 0)
            if minutes <= 14 * 60:
                return (-minutes if found["sign"] == "-" else minutes), found.end()
        elif found["abbreviation"] in load_time_zones():
            name = found["abbreviation"]
            rest = _ZONE.match(tail[found.end() :]) if name in {"GMT", "UTC"} else None
            if rest and rest["sign"]:
                continue
            summer = 60 if name in {"ET", "CT", "MT", "PT"} and 3 < day.month < 11 else 0
            return load_time_zones()[name] + summer, found.end()
    return None, 0
