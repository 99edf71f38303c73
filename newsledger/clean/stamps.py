"""Printed time stamps: `Friday 06 December 2024 04:15 EST` → 2024-12-06 09:15 UTC, precision
minute."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from functools import cache, lru_cache
from zoneinfo import ZoneInfo

from newsledger.lexicon.time_words import load_month_names, load_zone_rows
from newsledger.model.enums import TimePrecision

_DAY = r"(?P<day>[0-3]?\d)"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,? )?"
_YEAR_ANYWHERE = re.compile(r"(?:19|20)\d\d")
_ISO = re.compile(
    r"\b\d{4}-[01]\d-[0-3]\dT[0-2]\d:[0-5]\d(?::[0-5]\d(?:[.,]\d+)?)?(?:Z\b|[+-]\d\d:?\d\d\b)?"
)
_TIME = re.compile(
    r"(?<![\d:.])(?:\b|(?<=T))(?P<hour>[0-2]?\d)(?:[:.h](?P<minute>[0-5]\d))"
    r"(?::(?P<second>[0-5]\d))?(?:\.\d+)?\s*(?P<half>[ap]\.?m\b\.?)?"
    r"|\b(?P<hour12>1?\d)\s*(?P<half12>[ap]\.?m\b\.?)",
    re.IGNORECASE,
)
_TIME_BEFORE = re.compile(
    rf"(?:{_TIME.pattern})(?=\s*(?:[A-Z]{{2,5}}\s*)?,?\s*(?:on\s+)?$)", re.IGNORECASE
)
_RELATIVE = re.compile(
    r"(?:(?:last )?(?:published|updated|posted|modified)[: ]*)?(?:about |over )?(?:an?"
    r"|\d+) ?(?:seconds?|min(?:ute)?s?|hours?|hrs?|h|days?|d|weeks?|months?|years?) ago",
    re.IGNORECASE,
)
_OTHER_TIME = re.compile(r"\b(?:updated|modified|edited|published)\b", re.IGNORECASE)
_UPDATED = ("update", "modified", "edited", "revised", "amended")
_PUBLISHED = ("published", "posted", "created", "date", "issued", "on ")
_FIRST = re.compile(r"\b(?:first|originally) (?:published|posted)\b")
_ZONE = re.compile(
    r"(?:\b(?P<name>GMT|UTC) ?(?P<sign>[+−-])(?P<hours>\d{1,2}):?(?P<minutes>\d\d)?"
    r"|(?<!\w)(?P<bare_sign>[+−-])(?P<bare_hours>\d\d):?(?P<bare_minutes>\d\d))\b"
    r"|\b(?P<abbreviation>[A-Z]{1,5})\b"
)


_SECONDS = re.compile(r"\d\d:\d\d:\d\d")
_GLUED = re.compile(
    r"(?<=[a-z])(?=(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.? \d)"
    r"|(?<=\d{4})(?=\d\b)|(?<=\d[ap]m)(?=[A-Z])"
)


@dataclass(frozen=True, slots=True)
class Stamp:
    """A printed time: UTC, the zone's offset where it is printed, precision (second, minute, hour,
    day), and the words."""

    at: datetime
    precision: TimePrecision
    text: str
    utc_offset_minutes: int | None


@cache
def _load_dates() -> tuple[re.Pattern[str], ...]:
    month = (
        r"(?P<month>"
        + "|".join(sorted(map(re.escape, load_month_names()), key=len, reverse=True))
        + r")\b\.?"
    )
    return tuple(
        re.compile(pattern, re.IGNORECASE)
        for pattern in (
            rf"\b{_YEAR}-(?P<month>[01]\d)-(?P<day>[0-3]\d)(?=\b|T)",
            rf"\b{_WEEKDAY}{_DAY}(?:st|nd|rd|th|\.|er|º)?[ -](?:de |of )?{month},?(?: de[l]?)?[ "
            rf"-]{_YEAR}\b",
            rf"\b{_WEEKDAY}{month}[ -]{_DAY}(?:st|nd|rd|th)?,?[ -]{_YEAR}\b",
            rf"\b{_YEAR} {month} {_DAY}\b",
            rf"\b{_YEAR}[/.](?P<month>1[0-2]|0?[1-9])[/.]{_DAY}\b",
            rf"\b{_DAY}\.(?P<month>1[0-2]|0?[1-9])\.{_YEAR}\b",
            rf"\b(?P<day>1[3-9]|2\d|3[01])[/-](?P<month>1[0-2]|0?[1-9])[/-]{_YEAR}\b",
            rf"\b(?P<month>1[0-2]|0?[1-9])[/.-](?P<day>1[3-9]|2\d|3[01])[/.-]{_YEAR}\b",
        )
    )


def find_stamp(line: str) -> Stamp | None:
    """Find the first full date of a line, with its time and zone where they are printed.

    Numbers alone count where they can be read in one way only: 2024/12/06, 06.12.2024, 12/26/2024,
    but not 06/12/2024.
    """
    return next(iter_stamps(line), None)


def iter_stamps(line: str) -> Iterator[Stamp]:
    """Find the full dates of a line in order: `Published 4 May 2026, updated 5 May 2026`."""
    return iter(_read_stamps(line) if _YEAR_ANYWHERE.search(line) else ())


def iter_marked_stamps(line: str) -> Iterator[tuple[Stamp, str]]:
    """Find the full dates of a line, each with what the words before it call it: "first",
    "published", "updated" or nothing."""
    position = 0
    for stamp in iter_stamps(line):
        at = max(line.find(stamp.text, position), position)
        before = line[position:at].lower()
        position = at + len(stamp.text)
        if _FIRST.search(before):
            yield stamp, "first"
        elif any(word in before for word in _UPDATED):
            yield stamp, "updated"
        else:
            yield stamp, "published" if any(word in before for word in _PUBLISHED) else ""


@lru_cache(maxsize=1024)
def _read_stamps(line: str) -> tuple[Stamp, ...]:
    line = _GLUED.sub(" ", line.replace("\xa0", " "))
    if (iso := _ISO.search(line)) and (stamp := _read_iso(iso[0])):
        return (stamp,)
    matches = {
        match.start(): match
        for pattern in reversed(_load_dates())
        for match in pattern.finditer(line)
    }
    found, end = [], 0
    for start, match in sorted(matches.items()):
        if start < end:
            continue
        month = match["month"].lower()
        try:
            day = datetime(
                int(match["year"]), load_month_names().get(month) or int(month), int(match["day"])
            )
        except ValueError:
            continue
        end = match.end()
        found.append(_with_time(line, match, day))
    return tuple(found)


def is_relative(line: str) -> bool:
    """Whether a line only says how long ago something came out: "2 hours ago", "Published 3 days
    ago"; no day can be told from it."""
    return _RELATIVE.fullmatch(line.strip()) is not None


def _read_iso(text: str) -> Stamp | None:
    """Read an ISO 8601 time; one without a zone counts as UTC."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    offset = at.utcoffset()
    precision = TimePrecision.SECOND if _SECONDS.search(text) else TimePrecision.MINUTE
    zone = None if offset is None else int(offset.total_seconds() // 60)
    try:
        return Stamp(at.replace(tzinfo=at.tzinfo or UTC).astimezone(UTC), precision, text, zone)
    except OverflowError:  # the year 1 in the far east
        return None


def _with_time(line: str, date: re.Match[str], day: datetime) -> Stamp:
    before, base = line[max(0, date.start() - 30) : date.start()], max(0, date.start() - 30)
    after = _OTHER_TIME.split(line[date.end() : date.end() + 40], maxsplit=1)[0]
    time, offset_base = (
        _TIME_BEFORE.search(before),
        base,
    )  # "12:43, 20 Apr": what stands right before the day is its time
    if not time:
        time, offset_base = _TIME.search(after), date.end()
    if not time:
        time, offset_base = _TIME.search(before), base
    if not time:
        return Stamp(day.replace(tzinfo=UTC), TimePrecision.DAY, date[0], None)
    hour, minute, second = (
        int(time["hour"] or time["hour12"]),
        int(time["minute"] or 0),
        int(time["second"] or 0),
    )
    half = (time["half"] or time["half12"] or "").lower().replace(".", "")
    if half and hour <= 12:
        hour = hour % 12 + (12 if half == "pm" else 0)
    if hour > 23:
        return Stamp(day.replace(tzinfo=UTC), TimePrecision.DAY, date[0], None)
    end = offset_base + time.end()
    zone, zone_end = _find_zone(line[end : end + 14], day)
    local = day.replace(
        hour=hour, minute=minute, second=second, tzinfo=timezone(timedelta(minutes=zone or 0))
    )
    precision = (
        TimePrecision.SECOND
        if time["second"]
        else TimePrecision.MINUTE
        if time["minute"]
        else TimePrecision.HOUR
    )
    text = line[min(date.start(), offset_base + time.start()) : max(date.end(), end + zone_end)]
    return Stamp(local.astimezone(UTC), precision, text.strip(), zone)


def _find_zone(tail: str, day: datetime) -> tuple[int | None, int]:
    for found in _ZONE.finditer(tail):
        if sign := found["sign"] or found["bare_sign"]:
            hours, rest = found["hours"] or found["bare_hours"], found["minutes"]
            minutes = int(hours) * 60 + int(rest or found["bare_minutes"] or 0)
            if minutes <= 14 * 60:
                return (minutes if sign == "+" else -minutes), found.end()
        elif found["abbreviation"] in load_zone_rows():
            offset, summer_zone = load_zone_rows()[found["abbreviation"]]
            rest = (
                _ZONE.match(tail[found.end() :])
                if found["abbreviation"] in {"GMT", "UTC"}
                else None
            )
            if rest and rest["sign"]:
                continue
            if summer_zone:  # "ET" is EST or EDT, as the day has it
                local = (
                    day.replace(hour=12, tzinfo=ZoneInfo(summer_zone)).utcoffset() or timedelta()
                )
                offset = int(local.total_seconds() // 60)
            return offset, found.end()
    return None, 0
