"""Times written for machines: ISO 8601 with its common slips, seconds since 1970, the times of mail
and of programs, and what feeds and tables make of them.

A time is read or it is not: nothing is filled in, least of all from the day of the run.
"""

import html as entities
import re
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from newsledger.clean.stamps import Stamp, find_stamp
from newsledger.lexicon.time_words import load_month_names
from newsledger.model.enums import TimePrecision

MAX_TIME = 100  # letters of a time
PIVOT = 50  # years of two digits below it are of this century, as RFC 2822 has it
_EPOCH = re.compile(r"\d{10}(?:\d{3})?(?:\.\d{1,6})?")
_ISO = re.compile(
    r"(?P<day>\d{4}-\d\d-\d\d)[T "
    r"]?\s*(?P<time>\d\d:\d\d(?::\d\d(?:[.,]\d{1,6})?)?)?\d*\s*(?P<zone>Z|UTC|GMT"
    r"|[+-]\d\d?:?\d\d|[A-Z]{2,5})?",
    re.IGNORECASE,
)
_SHORT_ZONE = re.compile(r"^([+-])(\d:?\d\d)$")  # -500, +5:30
_CUT_ZONE = re.compile(  # "09:00:00-05", "09:00 +5:30"
    r"(?<=:\d\d)(?P<sign> ?[+−-])(?:(?P<hours>\d\d?)|(?P<hour>\d)(?P<minutes>:\d\d))$"
)
_COMPACT = re.compile(
    r"(?P<y>\d{4})(?P<m>\d\d)(?P<d>\d\d)(?:T?(?P<time>\d{4}(?:\d\d)?))?(?P<zone>Z|[+-]\d\d:?\d\d)?"
)
_NUMBERS = re.compile(
    r"(?P<y>\d{4})(?:[-/.]|年|년) ?(?P<m>\d\d?)(?:[-/.]|月|월) ?(?P<d>\d\d?)(?:日"
    r"|일)?(?P<rest>(?![\d-]).*)"
)
# "Thu, 03 Sep 15 00:01:01 +0200", "05-Mar-24 14:12"
_SHORT_YEAR = re.compile(
    r"(?P<day>(?:\w+,? )?\d{1,2}[ -](?P<month>[^\W\d_]{3,9})\.?)[ -](?P<y>\d\d)(?P<rest> "
    r"\d\d?:\d\d\b.*)"
)
# "Tue Mar 5 14:12:00 EST 2024": clock and zone stand between the day and the year
_PROGRAM = re.compile(
    r"(?P<day>\w{3},? [^\W\d_]{3} \d{1,2}) (?P<clock>\d\d:\d\d(?::\d\d)?)(?P<zone> "
    r"[A-Z]{1,5}| (?:GMT|UTC)?[+-]\d\d:?\d\d)? (?P<y>\d{4})"
)
_SECOND_ZONE = re.compile(r"\s*(?:\([^()]*\)|\[[^\[\]]*\])$")  # "GMT+0100 (Central European Time)"
_BRACKETED = re.compile(r"\((?=(?:UTC|GMT)[+−-]\d)([^()]+)\)$")  # "09:00 (UTC+8)"
_PLACE_ZONE = re.compile(r"(?P<time>.+) (?P<zone>[A-Z][a-z]+(?:/[A-Z][A-Za-z_]+)+)")
_UNREAD_ZONE = re.compile(
    r"(?<= )(?!AM$|PM$)[A-Z]{2,5}(?:\d[A-Z]*)?$|\d:\d\d(?::\d\d(?:\.\d+)?)? ?[+−-]\d\S*$"
)
_EARLIEST = datetime(
    1990, 1, 1, tzinfo=UTC
)  # pages did not exist before; clocks that were never set say 1970


def read_time(value: object) -> Stamp | None:
    """Read a time that was written for machines, or as it is printed for people; `None` where it
    cannot be told for sure."""
    if isinstance(value, dict):
        value = value.get("@value")
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    text = " ".join(entities.unescape(str(value)).split())
    if not text or len(text) > MAX_TIME:
        return None
    written = _write_zone(text)
    stamp = next(filter(None, _list_readings(written)), None)
    stamp = _as_printed(stamp, text) if written != text else stamp
    if stamp and stamp.utc_offset_minutes is None and _UNREAD_ZONE.search(text):
        stamp = _cut_clock(stamp)  # of a zone that is not known
    if stamp and _is_day_alone(stamp):
        stamp = _cut_clock(stamp)
    return stamp if stamp and stamp.at >= _EARLIEST else None


def _write_zone(text: str) -> str:
    """Write the zone behind a clock in full: `09:00:00-05`, `09:00 +5:30`, `09:00 (UTC+8)`."""
    text = _BRACKETED.sub(r"\1", f"{text}C" if text.endswith(" UT") else text)  # "UT": RFC 822
    found = _CUT_ZONE.search(text)
    if not found:
        return text
    hours, minutes = found["hours"] or found["hour"], found["minutes"] or ":00"
    return f"{text[: found.start()]}{found['sign']}{hours:0>2}{minutes}"


def _list_readings(text: str) -> Iterator[Stamp | None]:
    yield _read_epoch(text)
    yield _read_place_zone(text)
    yield _read_iso(text)
    yield _read_compact(text)
    yield from (_reread(text, written) for written in _list_rewritten(text))
    yield find_stamp(text)


def _list_rewritten(text: str) -> Iterator[str]:
    """Rewrite what only programs write as people print it: `2024/3/5 09:00` → `2024-03-05
    09:00`."""
    if found := _NUMBERS.fullmatch(text):
        rest = re.sub(r"^T", " ", found["rest"])
        yield f"{found['y']}-{int(found['m']):02}-{int(found['d']):02} {rest.strip()}"
    if (found := _SHORT_YEAR.fullmatch(text)) and found["month"].lower() in load_month_names():
        year = int(found["y"])
        century = 2000 if year < PIVOT else 1900
        yield f"{found['day'].replace('-', ' ')} {century + year}{found['rest']}"
    if found := _PROGRAM.fullmatch(text):
        yield f"{found['day']} {found['y']} {found['clock']}{found['zone'] or ''}"
    if _SECOND_ZONE.search(text):
        yield _SECOND_ZONE.sub("", text)


def _reread(text: str, written: str) -> Stamp | None:
    """Read a rewritten time, with the words as they arrived."""
    return _as_printed(find_stamp(written.strip()), text)


def _as_printed(stamp: Stamp | None, text: str) -> Stamp | None:
    return Stamp(stamp.at, stamp.precision, text, stamp.utc_offset_minutes) if stamp else None


def _read_epoch(text: str) -> Stamp | None:
    if not _EPOCH.fullmatch(text):
        return None
    return Stamp(datetime.fromtimestamp(int(text[:10]), UTC), TimePrecision.SECOND, text, None)


def _read_place_zone(text: str) -> Stamp | None:
    """Read a time in the zone of a place: `Tue, 05 Mar 2024 14:12:00 Europe/Dublin`."""
    found = _PLACE_ZONE.fullmatch(text)
    stamp = find_stamp(found["time"]) if found else None
    if (
        not found
        or not stamp
        or stamp.precision == TimePrecision.DAY
        or stamp.utc_offset_minutes is not None
    ):
        return None
    try:
        local = stamp.at.replace(tzinfo=ZoneInfo(found["zone"]))
    except (KeyError, ValueError):
        return _cut_clock(stamp)
    minutes = int((local.utcoffset() or timedelta()).total_seconds() // 60)
    return Stamp(local.astimezone(UTC), stamp.precision, text, minutes)


def _is_day_alone(stamp: Stamp) -> bool:
    """Whether a program wrote a day as a time: midnight to the second, where it is told."""
    return stamp.precision == TimePrecision.SECOND and _where_told(stamp).time() == time.min


def _where_told(stamp: Stamp) -> datetime:
    """The time on the clocks of its zone."""
    return stamp.at + timedelta(minutes=stamp.utc_offset_minutes or 0)


def _cut_clock(stamp: Stamp) -> Stamp:
    """Keep the day alone: without its zone, an hour may be any."""
    day = _where_told(stamp).replace(hour=0, minute=0, second=0, microsecond=0)
    return Stamp(day, TimePrecision.DAY, stamp.text, None)


def _read_iso(text: str) -> Stamp | None:
    found = _ISO.fullmatch(text)
    if not found:
        return None
    if not found["time"]:
        return find_stamp(found["day"])
    zone = (
        _SHORT_ZONE.sub(r"\g<1>0\2", found["zone"] or "")
        .upper()
        .replace("UTC", "Z")
        .replace("GMT", "Z")
    )
    is_named = zone.isalpha() and zone != "Z"  # "2026-05-04T10:30:00EST"
    clock = found["time"].replace(",", ".")
    written = f"{found['day']} {clock} {zone}" if is_named else f"{found['day']}T{clock}{zone}"
    return _as_printed(find_stamp(written), text)


def _read_compact(text: str) -> Stamp | None:
    found = _COMPACT.fullmatch(text)
    if not found:
        return None
    digits = found["time"]
    seconds = f":{digits[4:]}" if digits and len(digits) > 4 else ""
    clock = f"T{digits[:2]}:{digits[2:4]}{seconds}" if digits else ""
    written = f"{found['y']}-{found['m']}-{found['d']}{clock}{found['zone'] or ''}"
    return _as_printed(find_stamp(written), text)
