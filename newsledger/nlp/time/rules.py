"""Rules of the date grammar: what each kind of match means on the calendar. One function a rule,
named in `HANDLERS`."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from newsledger.model.enums import DatePrecision
from newsledger.nlp.parse.parsed import ParsedText
from newsledger.nlp.parse.verbs import find_direction, verb_direction
from newsledger.nlp.time import calendar as cal
from newsledger.nlp.time.calendar import Range
from newsledger.nlp.time.match import SLASH_TOKEN, Context, Match, time_words, unit_name
from newsledger.nlp.time.relative import read_ago, read_day_after, read_period, read_same, read_unit

_DEADLINES = frozenset({"until", "till", "by"})  # "is closed until Sunday" looks ahead
# a month and day without verb and year is read forward only when that day is this close; language,
# not measured
_NEAR_DAYS = 60
_LONG_AGO = 300  # days since a month and day that is told without its year; language, not measured


def _read_iso(match: Match, context: Context) -> Range | None:
    day = cal.make_day(match.number("Y") or 0, match.number("D") or 0, match.number("D", 1) or 0)
    return cal.day_range(day) if day else None


def _read_slash(match: Match, context: Context) -> Range | None:
    parts = SLASH_TOKEN.match(match.words[0])
    if parts is None:
        return None
    first, second, year = (int(part) for part in parts.groups())
    month, day = (
        (second, first) if first > 12 else (first, second)
    )  # American order unless it cannot be
    made = cal.make_day(year + 2000 if year < 100 else year, month, day)
    return cal.day_range(made) if made else None


def _read_month_days(match: Match, context: Context) -> Range | None:
    first = _day_of_month(match, context, match.number("D"))
    last = _day_of_month(match, context, match.number("D", 1))
    if first is None or last is None or last < first:
        return None
    return Range(first, last, DatePrecision.DAY)


def _day_of_month(match: Match, context: Context, day: int | None) -> date | None:
    month, year = int(match.value("M") or 0), match.number("Y")
    if day is None:
        return None
    today = context.today
    is_of_year = match.letters[-2:] in ("lU", "nU") and unit_name(match) == "year"
    if year is None and today is not None and is_of_year:  # "June 12 last year"
        year = today.year + (1 if match.letters[-2] == "n" else -1)
    if year is not None:
        return cal.make_day(year, month, day)
    if today is None:
        return None
    options = [
        made
        for made in (cal.make_day(today.year + step, month, day) for step in (-1, 0, 1))
        if made
    ]
    weekday = match.value("W")
    agreeing = [made for made in options if weekday is not None and made.weekday() == int(weekday)]
    if agreeing:  # "Friday, Dec. 13" tells the year
        return min(agreeing, key=lambda made: abs((made - today).days))
    past = [made for made in options if made <= today]
    ahead = [made for made in options if made >= today]
    direction = find_direction(context.doc, match.first)
    is_of = (
        match.first > 0 and context.doc[match.first - 1].lower_ == "of"
    )  # "the ceasefire of 14 January"
    near = bool(ahead) and not is_of and (ahead[0] - today).days <= _NEAR_DAYS
    is_deadline = _has_deadline(context.doc, match.first)
    is_window = match.rule == "month_days" and _is_fresh(past, ahead, today)
    if ahead and (
        direction == "future" or (near and (direction == "none" or is_deadline or is_window))
    ):
        return ahead[0]
    return past[-1] if past else None


def _has_deadline(doc: "ParsedText", at: int) -> bool:
    """Tell "no later than May 10" and "by May 10" under a verb that asks for it in the past."""
    before = [word.lower_ for word in doc[max(at - 2, 0) : at]]
    return before == ["later", "than"]


def _is_fresh(past: list[date], ahead: list[date], today: date) -> bool:
    """Tell a window of days that begins soon and was last a good while ago: "between Feb 8 and
    25", seen on the 7th."""
    return bool(past and ahead) and (today - past[-1]).days > _LONG_AGO


def _read_day(match: Match, context: Context) -> Range | None:
    day = _find_day(match, context)
    if day is None:
        return None
    if re.search(r"[DC]m|C", match.letters):
        return cal.day_range(day, DatePrecision.HOUR)
    if match.letters.startswith("RI") or (
        match.letters[0] == "R" and match.words[0] == "overnight"
    ):
        return Range(cal.shift_days(day, -1), day, DatePrecision.PART_OF_DAY)
    has_part = re.search(r"[pebU]", match.letters.split("ol")[0])
    return cal.part_of_day(day, has_part and not _in_other_week(match))


def _looks_ahead(doc: "ParsedText", at: int) -> bool:
    """Tell whether a weekday lies ahead: by its verb, and "Sunday's vote" by what comes before it
    or what the vote will do."""
    token = doc[at]
    if {word.lower_ for word in doc[max(at - 2, 0) : at]} >= {"ahead", "of"}:
        return True
    if token.dep_ == "poss":
        noun = token.head
        return noun.dep_ in ("nsubj", "nsubjpass") and verb_direction(noun.head) == "future"
    direction = find_direction(doc, at)
    return direction == "future" or (
        direction == "none" and at > 0 and doc[at - 1].lower_ in _DEADLINES
    )


def _in_other_week(match: Match) -> bool:
    return match.letters.endswith(("lU", "nU")) and not re.search("[pe]", match.letters)


def _find_day(match: Match, context: Context) -> date | None:
    if "D" in match.letters and "M" in match.letters:
        return _day_of_month(
            match, context, match.number("D", 1 if re.match(r"@?D[mc]", match.letters) else 0)
        )
    if "R" in match.letters and "W" not in match.letters:
        return cal.shift_days(context.today, int(match.value("R") or 0)) if context.today else None
    weekday, today = match.value("W"), context.today
    if weekday is None or today is None:
        return None
    back = (today.weekday() - int(weekday)) % 7
    ahead = (int(weekday) - today.weekday()) % 7
    tail = match.letters[-2:]
    if tail in ("lU", "nU"):
        monday = cal.shift_days(today, -today.weekday() + (-7 if tail == "lU" else 7))
        return cal.shift_days(monday, int(weekday))
    if "n" in match.letters:
        return cal.shift_days(today, ahead if "t" in match.letters else ahead or 7)
    if "l" in match.letters:
        return cal.shift_days(today, -(back or 7))
    at = match.first + match.letters.index("W")
    if _looks_ahead(context.doc, at):
        return cal.shift_days(today, ahead)
    return cal.shift_days(today, -back)


def _read_relative_day(match: Match, context: Context) -> Range | None:
    if context.today is None:
        return None
    word = match.words[match.letters.index("R")]
    if word == "overnight":
        return Range(cal.shift_days(context.today, -1), context.today, DatePrecision.PART_OF_DAY)
    day = cal.shift_days(context.today, int(match.value("R") or 0))
    if "m" in match.letters:
        return cal.day_range(day, DatePrecision.HOUR)
    is_part = word == "tonight" or "p" in match.letters or match.letters[0] in "bfe"
    return cal.part_of_day(day, is_part)


def _read_this_part(match: Match, context: Context) -> Range | None:
    return cal.part_of_day(context.today)


def _read_last_part(match: Match, context: Context) -> Range | None:
    return cal.part_of_day(context.today and cal.shift_days(context.today, -1))


def _read_weekend(match: Match, context: Context) -> Range | None:
    """Read Saturday and Sunday: the last one begun, unless it is the next one or its verb looks
    forward."""
    if context.today is None:
        return None
    today = context.today
    back = (today.weekday() - 5) % 7
    saturday = cal.shift_days(today, -back)
    if "l" in match.letters:
        saturday = cal.shift_days(saturday, -7) if back < 2 else saturday
    elif "n" in match.letters or (back > 1 and _weekend_ahead(match, context)):
        saturday = cal.shift_days(saturday, 7)
    return Range(saturday, cal.shift_days(saturday, 1), DatePrecision.DAY)


def _weekend_ahead(match: Match, context: Context) -> bool:
    direction = find_direction(context.doc, match.last - 1)
    return direction == "future" or ("t" in match.letters and direction == "none")


_NEW_YEAR = "01-01"
_NEAR_FEAST = 7  # days ahead: "On New Year's Day, the sun rises late", seen two days before


def _read_holiday(match: Match, context: Context) -> Range | None:
    """Read "Christmas Eve", "New Year's Day", "Good Friday", "Easter Monday": the last one, or the
    next one where its verb looks forward."""
    year, today = match.number("Y"), context.today
    if year is not None:
        day = _holiday_of(match, year)
        return cal.day_range(day) if day else None
    if today is None:
        return None
    days = [day for step in (-1, 0, 1) if (day := _holiday_of(match, today.year + step))]
    past, ahead = [day for day in days if day <= today], [day for day in days if day >= today]
    direction = find_direction(context.doc, match.last - 1)
    before = context.doc[match.first - 1].lower_ if match.first else ""
    is_near = bool(ahead) and (ahead[0] - today).days <= _NEAR_FEAST
    is_ahead = "n" in match.letters or (
        "l" not in match.letters
        and (direction == "future" or (direction != "past" and (before in _DEADLINES or is_near)))
    )
    found = ahead[:1] if is_ahead else past[-1:]
    return cal.day_range(found[0]) if found else None


def _holiday_of(match: Match, year: int) -> date | None:
    value = (
        _NEW_YEAR
        if "y" in match.letters
        else "easter"
        if "G" in match.letters
        else match.value("H") or ""
    )
    if value == "easter":
        offset = (
            -2
            if "G" in match.letters
            else int(match.value("W") or 6) + 1
            if match.value("W") == "0"
            else 0
        )
        return cal.shift_days(cal.easter_of(year), offset)
    if value == "thanksgiving":
        return cal.nth_weekday(year, 11, 3, 4)
    month, day = map(int, value.split("-"))
    made = cal.make_day(year, month, day)
    return cal.shift_days(made, -1) if made and "!" in match.letters else made


def _read_nth_weekday(match: Match, context: Context) -> Range | None:
    """Read "the first Monday in May", "the last Friday of June"."""
    month, weekday = int(match.value("M") or 1), int(match.value("W") or 0)
    year = match.number("Y") or _year_of_month(match, context, month)
    if year is None or not 1 <= year <= 9999:
        return None
    count = int(match.value("r") or 0) if "r" in match.letters else -1
    day = cal.nth_weekday(year, month, weekday, count)
    return cal.day_range(day) if day else None


def _read_quarter(match: Match, context: Context) -> Range | None:
    """Read "the fourth quarter of 2024", "the first quarter of this year"; a quarter without a year
    may be one of a game."""
    year = match.number("Y")
    if year is None and context.today is not None:
        year = context.today.year + (
            -1 if "l" in match.letters else 1 if "n" in match.letters else 0
        )
    count = int(match.value("r") or 0)
    return (
        cal.quarter_of(year, count)
        if year is not None and 1 <= year <= 9999 and count <= 4
        else None
    )


def _read_year_pair(match: Match, context: Context) -> Range | None:
    """Read the season or year "2014-15", "2014/2015"."""
    year, second = map(int, re.findall(r"\d+", "".join(match.words)))
    return (
        Range(date(year, 1, 1), date(year + 1, 12, 31), DatePrecision.YEAR)
        if second in (year + 1, (year + 1) % 100)
        else None
    )


def _read_season(match: Match, context: Context) -> Range | None:
    first_month, year = int(match.value("s") or 3), match.number("Y")
    if year is not None:
        return cal.season_of(year, first_month)
    if context.today is None:
        return None
    today = context.today
    seasons = [cal.season_of(today.year + step, first_month) for step in (-2, -1, 0, 1)]
    begun = [season for season in seasons if season.start and season.start <= today]
    ahead = [season for season in seasons if season.start and season.start > today]
    if "n" in match.letters or (
        "l" not in match.letters and find_direction(context.doc, match.last - 1) == "future"
    ):
        return ahead[0] if ahead else None
    current = begun[-1].end is not None and begun[-1].end >= today
    if "t" in match.letters:
        return (
            begun[-1]
            if current or (begun[-1].start and begun[-1].start.year == today.year)
            else (ahead or begun)[0]
        )
    return begun[-2] if "l" in match.letters and current else begun[-1]


def _read_month(match: Match, context: Context) -> Range | None:
    month, year = int(match.value("M") or 1), match.number("Y")
    tail = match.letters[-2:]
    if year is None and context.today is not None and tail in ("lU", "tU", "nU"):  # "May last year"
        year = context.today.year + {"l": -1, "t": 0, "n": 1}[tail[0]]
        match = replace(match, letters=match.letters[:-2], words=match.words[:-2])
    elif year is None:
        year = _year_of_month(match, context, month)
    if year is None or not 1 <= year <= 9999:
        return None
    return _narrow(cal.month_of(year, month), match)


def _year_of_month(match: Match, context: Context, month: int) -> int | None:
    today = context.today
    if today is None:
        return None
    past = today.year if month <= today.month else today.year - 1
    ahead = today.year if month >= today.month else today.year + 1
    if "n" in match.letters:
        return ahead if month != today.month else ahead + 1
    if "l" in match.letters:
        return past if month != today.month else past - 1
    if "t" in match.letters:
        return today.year
    at = match.first + match.letters.index("M")
    return ahead if find_direction(context.doc, at) == "future" else past


def _read_decade(match: Match, context: Context) -> Range | None:
    word = match.words[match.letters.index("E")]
    digits = re.search(
        r"\d+", time_words()[word][1] if word in time_words() else word
    )  # "the nineties"
    year = int(digits.group()) if digits else 0
    if year < 100:
        year += 1900 if year >= 30 else 2000
    made = cal.decade_of(year)
    return cal.edge_of(made, match.value("e") or "") if "e" in match.letters else made


def _read_year(match: Match, context: Context) -> Range | None:
    if match.letters == "Q":  # "mid-2023"
        edge, digits = match.words[0].split("-")
        return cal.edge_of(cal.year_of(max(int(digits), 1)), edge)
    return _narrow(cal.year_of(match.number("Y") or 1), match)


def _narrow(span: Range, match: Match) -> Range:
    """Read "late", "mid" and "the end of" before a month or year."""
    if "g" in match.letters:
        return cal.bound_of(span, match.value("g") or "")
    return cal.edge_of(span, match.value("e") or "") if "e" in match.letters else span


def _read_clock(match: Match, context: Context) -> Range | None:
    day = context.last_day or context.today
    if day is None:
        return None
    return cal.day_range(
        day, DatePrecision.PART_OF_DAY if "p" in match.letters else DatePrecision.HOUR
    )


HANDLERS: dict[str, Callable[[Match, Context], Range | None]] = {
    "iso": _read_iso,
    "slash": _read_slash,
    "month_days": _read_month_days,
    "clock_day": _read_day,
    "day": _read_day,
    "relative_day": _read_relative_day,
    "this_part": _read_this_part,
    "last_part": _read_last_part,
    "ago": read_ago,
    "day_after": read_day_after,
    "same": read_same,
    "period": read_period,
    "unit": read_unit,
    "weekend": _read_weekend,
    "weekend_bare": _read_weekend,
    "holiday": _read_holiday,
    "nth_weekday": _read_nth_weekday,
    "quarter": _read_quarter,
    "year_pair": _read_year_pair,
    "season": _read_season,
    "season_bare": _read_season,
    "month": _read_month,
    "decade": _read_decade,
    "year": _read_year,
    "clock": _read_clock,
    "zoned": _read_clock,
}
