"""Rules of dates that count from another: "three days ago", "a day after the vote", "the past
week", "the same day"."""

from datetime import date

from newsledger.model.enums import DatePrecision
from newsledger.nlp.parse.parsed import ParsedText
from newsledger.nlp.time import calendar as cal
from newsledger.nlp.time.calendar import Range
from newsledger.nlp.time.match import Context, Match, count_of, time_words, unit_name

_HOURS = 24  # "72 hours ago" is three days back
_PRECISION_OF_UNIT = {
    "minute": DatePrecision.HOUR,
    "fortnight": DatePrecision.WEEK,
    "quarter": DatePrecision.MONTH,
    "century": DatePrecision.DECADE,
}


def read_ago(match: Match, context: Context) -> Range | None:
    if context.today is None:
        return None
    count, unit = int(count_of(match)), unit_name(match)
    if match.letters.endswith("tU"):  # "a year ago this week"
        return cal.unit_of(
            cal.shift_units(context.today, unit, -count), time_words()[match.words[-1]][1]
        )
    if unit == "hour" and count >= _HOURS:
        return cal.day_range(cal.shift_days(context.today, -(count // _HOURS)))
    if not count:
        return (
            cal.day_range(context.today, DatePrecision.HOUR)
            if unit in ("hour", "minute")
            else Range(None, context.today, DatePrecision.OPEN)
        )
    return cal.unit_of(cal.shift_units(context.today, unit, -count), unit)


def read_day_after(match: Match, context: Context) -> Range | None:
    base = context.last_day or context.today
    if base is None:
        return None
    unit, count = unit_name(match), int(count_of(match)) or 1
    if match.letters[0] == "T" and "l" in match.letters:
        return (
            cal.unit_of(cal.shift_units(base, unit, -1), unit)
            if match.words[1] == "previous"
            else _past_period(context, 1, unit)
        )
    if "b" in match.letters:
        return _reference_before(match, context, base, unit, count)
    if match.letters[-1] == "f" and match.words[-1] == "after":
        return _reference_after(match, context, base, unit, count)
    if match.words[1] in ("coming", "upcoming"):
        return _next_period(context, 1, unit)
    part = "p" in match.letters
    if context.last_day is None:
        return None
    made = cal.unit_of(cal.shift_units(base, unit, count), unit)
    return made._replace(precision=DatePrecision.PART_OF_DAY) if part else made


def _reference_before(match: Match, context: Context, base: date, unit: str, count: int) -> Range:
    """Read "two days earlier" back from the day told last; "two days before the vote" is the time
    of the main event itself."""
    event = _date_nearby(match, context)
    if (
        event is None
        and match.words[-1] != "earlier"
        and not context.doc[match.first].is_sent_start
        and not _ends_clause(match, context.doc)
    ):
        return cal.unit_of(base, "day" if unit in ("day", "hour", "minute") else unit)
    return cal.unit_of(cal.shift_units(event or base, unit, -count), unit)


def _ends_clause(match: Match, doc: "ParsedText") -> bool:
    return match.last >= len(doc) or doc[match.last].is_punct or doc[match.last].is_space


def _reference_after(match: Match, context: Context, base: date, unit: str, count: int) -> Range:
    """Read "a day after …": counted from the day named in what follows; otherwise it is the time of
    the main event.

    At the start of a sentence the event it is counted from is the one told last.
    """
    event = _date_nearby(match, context)
    if event is not None:
        return cal.unit_of(cal.shift_units(event, unit, count), unit)
    if context.doc[match.first].is_sent_start:
        made = cal.shift_units(base, unit, count)
        if context.today is None or made <= context.today:
            return cal.unit_of(made, unit)
    return cal.unit_of(base, "day" if unit in ("day", "hour", "minute") else unit)


def _date_nearby(match: Match, context: Context) -> date | None:
    """Find the weekday that a phrase is counted from: "a day after Thursday's vote"."""
    if context.today is None:
        return None
    for token in context.doc[match.last : match.last + _REFERENCE_TOKENS]:
        entry = time_words().get(token.lower_)
        if token.is_sent_start or token.is_punct:
            return None
        if entry and entry[0] == "weekday" and token.text[0].isupper():
            return cal.shift_days(context.today, -((context.today.weekday() - int(entry[1])) % 7))
    return None


_REFERENCE_TOKENS = 5  # words after "a day after" in which the day it is counted from may stand


def read_same(match: Match, context: Context) -> Range | None:
    base, unit = context.last_day or context.today, unit_name(match)
    if base is None or unit in ("hour", "minute"):
        return None
    return (
        cal.day_range(base, DatePrecision.PART_OF_DAY)
        if "p" in match.letters
        else cal.unit_of(base, unit)
    )


def _past_period(context: Context, count: int, unit: str) -> Range | None:
    if context.today is None:
        return None
    return Range(cal.shift_units(context.today, unit, -count), context.today, _unit_precision(unit))


def _next_period(context: Context, count: int, unit: str) -> Range | None:
    if context.today is None:
        return None
    return Range(context.today, cal.shift_units(context.today, unit, count), _unit_precision(unit))


def _unit_precision(unit: str) -> DatePrecision:
    return _PRECISION_OF_UNIT.get(unit) or DatePrecision(unit)


_FEW = 3  # "recent years", "the coming weeks": read as a few


def read_period(match: Match, context: Context) -> Range | None:
    count, unit = int(count_of(match)) or (1 if "U" in match.letters else _FEW), unit_name(match)
    if unit in ("hour", "minute") and context.today is not None:
        days = count // 24 if unit == "hour" else 0
        start = cal.shift_days(context.today, -days if "l" in match.letters else 0)
        return Range(
            start,
            cal.shift_days(context.today, days if "n" in match.letters else 0),
            DatePrecision.HOUR,
        )
    return (
        _past_period(context, count, unit)
        if "l" in match.letters
        else _next_period(context, count, unit)
    )


def read_unit(match: Match, context: Context) -> Range | None:
    if context.today is None:
        return None
    unit = unit_name(match)
    if (year := match.number("Y")) is not None:  # "on this day in 1998"
        day = cal.make_day(year, context.today.month, context.today.day)
        return cal.day_range(day) if day and unit == "day" else None
    step = -1 if "l" in match.letters else 1 if "n" in match.letters else 0
    if "l" in match.letters and match.words[match.letters.index("l")] == "recent":
        return None
    made = cal.unit_of(cal.shift_units(context.today, unit, step), unit)
    if "g" in match.letters:
        return cal.bound_of(made, match.value("g") or "")
    if "e" in match.letters:
        return cal.edge_of(made, match.value("e") or "")
    if step == 0 and match.letters[0] == "b":
        return made._replace(end=context.today)
    return made._replace(start=context.today) if step == 0 and match.letters[0] == "f" else made
