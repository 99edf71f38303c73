"""Calendar arithmetic of news: days, weeks from Monday, months, northern seasons, as ranges with
both ends inclusive."""

import calendar
from datetime import MAXYEAR, MINYEAR, date, timedelta
from typing import NamedTuple

from newsledger.model.enums import DatePrecision


class Range(NamedTuple):
    """Days from `start` to `end`, both inclusive; `None` where it is open. `precision` as in
    `records.TimeMention`."""

    start: date | None
    end: date | None
    precision: DatePrecision


SEASON_MONTHS = 3


def make_day(year: int, month: int, day: int) -> date | None:
    """Build a date, or `None` where the calendar has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def shift_days(day: date, count: int) -> date:
    """Move a day, stopping at the ends of the calendar."""
    try:
        return day + timedelta(days=count)
    except OverflowError:
        return date.max if count > 0 else date.min


def shift_months(day: date, count: int) -> date:
    """Move a day by months, keeping the day of month where the month has it."""
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    if not MINYEAR <= year <= MAXYEAR:
        return date.max if count > 0 else date.min
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def shift_units(day: date, unit: str, count: int) -> date:
    """Move a day by a number of days, weeks, months, quarters, years, decades …"""
    if unit in _DAYS:
        return shift_days(day, count * _DAYS[unit])
    return shift_months(day, count * _MONTHS[unit])


_DAYS = {"day": 1, "week": 7, "fortnight": 14, "hour": 0, "minute": 0}
_MONTHS = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}


def day_range(day: date, precision: DatePrecision = DatePrecision.DAY) -> Range:
    """One day."""
    return Range(day, day, precision)


def part_of_day(day: date | None, is_part: object = True) -> Range | None:
    """A part of the day, or where none is told the day; nothing without one."""
    if day is None:
        return None
    return day_range(day, DatePrecision.PART_OF_DAY if is_part else DatePrecision.DAY)


def week_of(day: date) -> Range:
    """Monday to Sunday around a day."""
    monday = shift_days(day, -day.weekday())
    return Range(monday, shift_days(monday, 6), DatePrecision.WEEK)


def month_of(year: int, month: int) -> Range:
    """One month."""
    return Range(
        date(year, month, 1),
        date(year, month, calendar.monthrange(year, month)[1]),
        DatePrecision.MONTH,
    )


def season_of(year: int, first_month: int) -> Range:
    """Three months; the winter of a year begins in its December."""
    start = date(year, first_month, 1)
    return Range(start, shift_days(shift_months(start, SEASON_MONTHS), -1), DatePrecision.SEASON)


def quarter_of(year: int, count: int) -> Range:
    """One quarter of a year, 1 to 4."""
    return Range(date(year, 3 * count - 2, 1), month_of(year, 3 * count).end, DatePrecision.MONTH)


def nth_weekday(year: int, month: int, weekday: int, count: int) -> date | None:
    """The nth Monday (0), Tuesday … of a month, -1 for the last one; `None` where there are not so
    many."""
    days = [day for week in calendar.monthcalendar(year, month) if (day := week[weekday])]
    at = count - 1 if count > 0 else count
    return date(year, month, days[at]) if -len(days) <= at < len(days) else None


def easter_of(year: int) -> date:
    """Easter Sunday of the Western churches (the anonymous Gregorian algorithm)."""
    century, rest = divmod(year, 100)
    moon = (
        19 * (year % 19) + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15
    ) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    shift = moon + weekday - 7 * ((year % 19 + 11 * moon + 22 * weekday) // 451) + 114
    return date(year, shift // 31, shift % 31 + 1)


def year_of(year: int) -> Range:
    """One year."""
    return Range(date(year, 1, 1), date(year, 12, 31), DatePrecision.YEAR)


def decade_of(year: int) -> Range:
    """The ten years from a year that ends in 0."""
    return Range(date(year, 1, 1), date(min(year + 9, MAXYEAR), 12, 31), DatePrecision.DECADE)


def unit_of(day: date, unit: str) -> Range:
    """The calendar unit around a day: its week, month, quarter, year, decade."""
    if unit in ("week", "fortnight"):
        return week_of(day)
    if unit == "month":
        return month_of(day.year, day.month)
    if unit == "quarter":
        first = (day.month - 1) // 3 * 3 + 1
        return Range(
            date(day.year, first, 1), month_of(day.year, first + 2).end, DatePrecision.MONTH
        )
    if unit == "year":
        return year_of(day.year)
    if unit in ("decade", "century"):
        return decade_of(max(day.year // 10 * 10, 1))
    return day_range(day, DatePrecision.HOUR if unit in ("hour", "minute") else DatePrecision.DAY)


# first and last year, month or day of the early, middle and late part; -1 is the last day of the
# month
_EDGES = {
    "decade": {"early": (0, 3), "mid": (4, 6), "late": (7, 9)},
    "year": {"early": (1, 4), "mid": (5, 8), "late": (9, 12)},
    "month": {"early": (1, 10), "mid": (11, 20), "late": (21, -1)},
}
_BOUNDS = {
    "decade": _EDGES["decade"],
    "year": {"early": (1, 2), "mid": (6, 7), "late": (11, 12)},
    "month": {"early": (1, 5), "mid": (11, 20), "late": (25, -1)},
}


def edge_of(span: Range, edge: str) -> Range:
    """The early, middle or late part of a month, year or decade, its precision kept: "late March",
    "early 2023"."""
    return _cut(span, _EDGES.get(span.precision, {}).get(edge))


def bound_of(span: Range, edge: str) -> Range:
    """The very first, middle or last part: "the end of March", "the beginning of the year"."""
    return _cut(span, _BOUNDS.get(span.precision, {}).get(edge))


def _cut(span: Range, part: tuple[int, int] | None) -> Range:
    if span.start is None or span.end is None or part is None:
        return span
    first, last = part
    if span.precision == DatePrecision.DECADE:
        return Range(
            year_of(span.start.year + first).start,
            year_of(span.start.year + last).end,
            DatePrecision.DECADE,
        )
    if span.precision == DatePrecision.YEAR:
        return Range(
            month_of(span.start.year, first).start,
            month_of(span.start.year, last).end,
            DatePrecision.YEAR,
        )
    return Range(
        span.start.replace(day=first),
        span.end if last < 0 else span.start.replace(day=last),
        DatePrecision.MONTH,
    )
