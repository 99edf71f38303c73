"""Dates and times with precision, read against the day of publication.

Each token becomes one letter of a small alphabet (weekday, month, number, unit, "ago" …), one compiled grammar runs over the
letters, and the group that matched names the rule. A news weekday looks back unless its verb looks forward.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING

from newsledger.nlp import calendar as cal
from newsledger.nlp.calendar import Range
from newsledger.nlp.lexicon import read_classes
from newsledger.nlp.verbs import find_direction, verb_direction
from newsledger.records import Article, TimeMention

if TYPE_CHECKING:
    from spacy.tokens import Doc

ORIGIN = "dates/1"

_LETTERS = {
    "weekday": "W", "month": "M", "unit": "U", "units": "V", "count": "N", "article": "A", "the": "T", "last": "l", "next": "n",
    "this": "t", "that": "z", "same": "=", "edge": "e", "bound": "g", "ago": "a", "before": "b", "after": "f", "part_of_day": "p",
    "season": "s", "relative_day": "R", "weekend": "k", "meridiem": "m", "zone": "q", "time_word": "w", "oclock": "c", "of": "o",
    "on": "O", "in": "i", "at": "@", "into": "I", "to": "J", "until": "u", "since": "S", "from": "F", "and": "&", "comma": ",",
    "hyphen": "-", "dash": "~", "possessive": "'", "every": "v",
}  # fmt: skip
_NUMBER = r"(?:AN?o?|N(?:-N)?o?|[Dx])"
_CLOCK = r"(?:[DC]m|C|[DN]c)(?:q?w?)"
_DAY_OF_MONTH = r"(?:MD(?:,?Y)?|T?Do?M(?:,?Y)?)"
_DAY = rf"(?:W,?O?{_DAY_OF_MONTH}|{_DAY_OF_MONTH}|W)"
_GRAMMAR = re.compile(
    r"(?P<iso>Y-D-D)"
    r"|(?P<zoned>@?(?:[xYD]|C)q)"
    r"|(?P<slash>X)"
    r"|(?P<month_days>MD[-J&]D(?:,?Y)?|D[-J]Do?M(?:,?Y)?)(?![-J]D)"
    rf"|(?P<clock_day>(?:@?{_CLOCK}|@p|p),?O?(?:[ln]?{_DAY}|R))"
    rf"|(?P<day>(?:(?:R[I]?)|T?[epbf][UV]?[oO]?O?)?[ltnT]?n?{_DAY}(?:'?p)?(?:,?@?(?:{_CLOCK}|p))?(?:o?T?[ln]U)?)"
    r"|(?P<relative_day>[bfe]?R(?:p|@?[DC]m)?)"
    r"|(?P<this_part>[bfe]?tp)|(?P<last_part>[bfe]?lp)"
    rf"|(?P<ago>{_NUMBER}(?:&AN)?(?:U|V)a|Va)"
    rf"|(?P<day_after>(?:{_NUMBER}(?:U|V)|TU)[fb]|Tn(?:U|p)(?![UV])|Tl[U])"
    r"|(?P<same>(?:T=|z=?)(?:U|p))"
    rf"|(?P<period>[tT]?[ln]{_NUMBER}(?:U|V)|[tT]?[ln]V|tlU)"
    r"|(?P<unit>[bfe]?-?[lnt]U|Tgo(?:T|[lnt])U)"
    r"|(?P<weekend>[lntT]?nk)|(?P<weekend_bare>[lntT]k)"
    r"|(?P<season>T?e?-?[lnt]?s(?:o?Y))|(?P<season_bare>[iTlnt](?:e|[ln])?s)"
    r"|(?P<month>(?:Tgo|go|T?e-?)?[lnt]?M(?:,?o?Y)?)"
    r"|(?P<decade>T?e?-?T?'?E)"
    r"|(?P<year>(?:Tgo|go|T?e-?)?Y)"
    rf"|(?P<clock>[DC]m(?:q?w?)|@(?:{_CLOCK})|@p)"
)
_PLAIN_NUMBER = re.compile(r"\d{1,4}(?:st|nd|rd|th)?$")
_CLOCK_TOKEN = re.compile(r"(?:[01]?\d|2[0-3])[:.h][0-5]\d$")
_SLASH_TOKEN = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4}|\d{2})$")
_DECADE_TOKEN = re.compile(r"(?:1[5-9]|20)?\d0(?:s|['’]s)$")
_NAME_LABELS = frozenset({"PERSON", "ORG", "GPE", "FAC", "WORK_OF_ART", "PRODUCT", "NORP", "LOC", "EVENT"})
_EARLIEST_YEAR, _LATEST_YEAR = 1500, 2100
_NEAR_DAYS = 60  # a month and day without verb and year is read forward only when that day is this close; language, not measured
_YEAR_BEFORE = frozenset("FSuoiJ&eg-fbT") | {"I"}
_MERGE_GAP = frozenset("J-&~u")
_NOT_EDGES = frozenset({"before", "after", "prior"})  # "before Friday" is Friday, "earlier Friday" a part of it
_DEADLINES = frozenset({"until", "till", "by"})  # "is closed until Sunday" looks ahead
_RELATIVE_RULES = frozenset({"day_after", "same"})
_ABSOLUTE_RULES = frozenset({"iso", "slash", "decade", "year"})


@dataclass(frozen=True, slots=True)
class _Match:
    """One match of the grammar: its rule, its letters and the tokens under it."""

    rule: str
    first: int
    last: int  # token index, exclusive
    letters: str
    words: tuple[str, ...]

    def value(self, letter: str) -> str | None:
        """Value of the first token with this letter."""
        at = self.letters.find(letter)
        return _time_words()[self.words[at]][1] if at >= 0 else None

    def number(self, letter: str, nth: int = 0) -> int | None:
        """Digits of the nth token with this letter."""
        found = [word for word, kind in zip(self.words, self.letters, strict=True) if kind == letter]
        digits = re.match(r"\d+", found[nth]) if nth < len(found) else None
        return int(digits.group()) if digits else None


@dataclass(slots=True)
class _Context:
    doc: "Doc"
    today: date | None
    last_day: date | None = None


@cache
def _time_words() -> dict[str, tuple[str, str]]:
    return read_classes("time_words.csv", ("word", "class", "value"), frozenset(_LETTERS))


def find_times(doc: "Doc", article: Article) -> tuple[TimeMention, ...]:
    """Find date and time expressions; dates are days of the publication's zone. Needs `article.published_at`, else only absolute dates."""
    words = [token.lower_ for token in doc]
    letters = "".join(_letter(word, doc, at) for at, word in enumerate(words))
    context = _Context(doc, publication_day(article))
    found: list[tuple[_Match, Range]] = []
    for match in _GRAMMAR.finditer(letters):
        first, last = match.span()
        made = _trim(_Match(str(match.lastgroup), first, last, match.group(), tuple(words[first:last])))
        if _is_excluded(made, letters, doc):
            continue
        value = _HANDLERS[made.rule](made, context)
        if value is None or (context.today is None and not _is_absolute(made)):
            continue
        if value.precision in ("hour", "part_of_day", "day") and value.end is not None:
            context.last_day = value.end
        found.append((made, value))
    return tuple(_mention(doc, made, value) for made, value in _open_and_join(found, letters))


def publication_day(article: Article) -> date | None:
    """The publication's local day."""
    if article.published_at is None:
        return None
    return (article.published_at + timedelta(minutes=article.utc_offset_minutes or 0)).date()


# --- letters -----------------------------------------------------------------------------------------------------


def _letter(word: str, doc: "Doc", at: int) -> str:
    entry = _time_words().get(word)
    if entry:
        letter = _LETTERS[entry[0]]
        return letter if letter not in "WMs" or _is_time_name(letter, doc, at) else "."
    if word[0].isdigit():
        return _digit_letter(word)
    if word[0] in "'’" and _DECADE_TOKEN.match(word[1:]):
        return "E"
    return "|" if word[0] == "\n" else "."


def _digit_letter(word: str) -> str:
    if _PLAIN_NUMBER.match(word):
        number = int(re.sub(r"\D", "", word))
        if 1 <= number <= 31 and len(word) <= 4:
            return "D"
        if word.isdigit():
            return "Y" if len(word) == 4 and _EARLIEST_YEAR <= number < _LATEST_YEAR else "x"
        return "."
    if _CLOCK_TOKEN.match(word):
        return "C"
    if _SLASH_TOKEN.match(word):
        return "X"
    return "E" if _DECADE_TOKEN.match(word) else "."


def _is_time_name(letter: str, doc: "Doc", at: int) -> bool:
    """Tell Sunday, May, March and fall from names, verbs and auxiliaries that are spelled alike."""
    token = doc[at]
    if letter == "s":
        return token.pos_ in ("NOUN", "PROPN")
    if not token.text[0].isupper():
        return False
    if letter == "W":
        return True
    if token.tag_ in ("MD", "VB", "VBD", "VBP", "VBZ"):
        near = doc[at + 1].text if at + 1 < len(doc) else ""
        return near[:1].isdigit()
    return True


def _trim(match: _Match) -> _Match:
    """Drop letters that only steer the grammar: a leading "in", "at" or "the", a trailing "o" or comma."""
    first, last, letters = match.first, match.last, match.letters
    keep_the = match.rule in ("period", "day_after", "same", "weekend_bare", "weekend", "unit")
    while len(letters) > 1 and (
        letters[0] in "i@O" or (letters[0] == "T" and not keep_the) or match.words[first - match.first] in _NOT_EDGES
    ):
        first, letters = first + 1, letters[1:]
    while len(letters) > 1 and letters[-1] in "oO,@":
        last, letters = last - 1, letters[:-1]
    offset = first - match.first
    return replace(match, first=first, last=last, letters=letters, words=match.words[offset : offset + last - first])


def _is_excluded(match: _Match, letters: str, doc: "Doc") -> bool:
    """Tell the grammar's false matches: names, repeated days, numbers that look like years."""
    before = letters[match.first - 1] if match.first else "|"
    if match.rule == "day" and before == "v":
        return True
    if match.rule in ("day", "month", "season_bare") and not re.search("[DY]", match.letters):
        at = match.first + next((i for i, letter in enumerate(match.letters) if letter in "WMs"), 0)
        token = doc[at]
        if token.ent_type_ in _NAME_LABELS or _is_name_part(doc, at):
            return True
        if match.rule == "month" and len(match.letters) == 1:
            return (before not in "iSuFJ&-of'l," and token.ent_type_ != "DATE") or token.dep_ == "nsubj"
        if match.rule == "season_bare" and match.letters == "s":
            return token.dep_ != "pobj" or _followed_by_of(doc, match)
    if match.rule == "same" and match.words[0] == "that":
        return doc[match.first].dep_ != "det"
    if match.rule in ("day_after", "period", "unit") and match.words[0] in ("the", "last") and "last" in match.words:
        return _followed_by_of(doc, match) or (
            match.words[0] == "the" and _unit(match) in ("day", "hour", "minute") and not re.search("[NDx]", match.letters)
        )
    if match.rule == "year" and match.letters == "Y":
        return not _is_year(match, before, doc)
    return False


def _followed_by_of(doc: "Doc", match: _Match) -> bool:
    return match.last < len(doc) and doc[match.last].lower_ == "of"


def _is_name_part(doc: "Doc", at: int) -> bool:
    """Tell "Sunday Oliseh" and "April Jones": the time word is a first name or modifies a name."""
    token = doc[at]
    follower = doc[at + 1] if at + 1 < len(doc) else None
    return bool(
        follower is not None
        and token.dep_ == "compound"
        and follower.pos_ == "PROPN"
        and follower.text[:1].isupper()
        and follower.ent_type_ == "PERSON"
    )


def _is_year(match: _Match, before: str, doc: "Doc") -> bool:
    token = doc[match.first]
    follower = doc[match.last] if match.last < len(doc) else None
    if before == "T" and follower is not None and follower.tag_ in ("NN", "JJ", "NNP"):
        return True  # "the 2016 election"
    if token.ent_type_ in ("CARDINAL", "MONEY", "QUANTITY", "PERCENT"):
        return False
    if follower is not None and follower.tag_ in ("NNS", "JJ") and token.head.i >= follower.i and token.dep_ == "nummod" and before != "T":
        return token.ent_type_ == "DATE"
    return before in _YEAR_BEFORE or token.ent_type_ == "DATE"


# --- handlers: one per rule --------------------------------------------------------------------------------------


def _read_iso(match: _Match, context: _Context) -> Range | None:
    day = cal.make_day(match.number("Y") or 0, match.number("D") or 0, match.number("D", 1) or 0)
    return cal.day_range(day) if day else None


def _read_slash(match: _Match, context: _Context) -> Range | None:
    parts = _SLASH_TOKEN.match(match.words[0])
    if parts is None:
        return None
    first, second, year = (int(part) for part in parts.groups())
    month, day = (second, first) if first > 12 else (first, second)  # American order unless it cannot be
    made = cal.make_day(year + 2000 if year < 100 else year, month, day)
    return cal.day_range(made) if made else None


def _read_month_days(match: _Match, context: _Context) -> Range | None:
    first = _day_of_month(match, context, match.number("D"))
    last = _day_of_month(match, context, match.number("D", 1))
    if first is None or last is None or last < first:
        return None
    return Range(first, last, "day")


def _day_of_month(match: _Match, context: _Context, day: int | None) -> date | None:
    month, year = int(match.value("M") or 0), match.number("Y")
    if day is None:
        return None
    if year is not None:
        return cal.make_day(year, month, day)
    if context.today is None:
        return None
    options = [made for made in (cal.make_day(context.today.year + step, month, day) for step in (-1, 0, 1)) if made]
    weekday = match.value("W")
    agreeing = [made for made in options if weekday is not None and made.weekday() == int(weekday)]
    if agreeing:  # "Friday, Dec. 13" tells the year
        return min(agreeing, key=lambda made: abs((made - context.today).days))
    past = [made for made in options if made <= context.today]
    ahead = [made for made in options if made >= context.today]
    direction = find_direction(context.doc, match.first)
    near = bool(ahead) and (ahead[0] - context.today).days <= _NEAR_DAYS
    if ahead and (direction == "future" or (direction == "none" and near)):
        return ahead[0]
    return past[-1] if past else None


def _read_day(match: _Match, context: _Context) -> Range | None:
    day = _find_day(match, context)
    if day is None:
        return None
    if re.search(r"[DC]m|C", match.letters):
        return cal.day_range(day, "hour")
    if match.letters.startswith("RI") or (match.letters[0] == "R" and match.words[0] == "overnight"):
        return Range(cal.shift_days(day, -1), day, "part_of_day")
    has_part = re.search(r"[pebU]", match.letters.split("ol")[0])
    return cal.day_range(day, "part_of_day" if has_part and not _in_other_week(match) else "day")


def _looks_ahead(doc: "Doc", at: int) -> bool:
    """Tell whether a weekday lies ahead: by its verb, and "Sunday's vote" by what comes before it or what the vote will do."""
    token = doc[at]
    if {word.lower_ for word in doc[max(at - 2, 0) : at]} >= {"ahead", "of"}:
        return True
    if token.dep_ == "poss":
        noun = token.head
        return noun.dep_ in ("nsubj", "nsubjpass") and verb_direction(noun.head) == "future"
    direction = find_direction(doc, at)
    return direction == "future" or (direction == "none" and at > 0 and doc[at - 1].lower_ in _DEADLINES)


def _in_other_week(match: _Match) -> bool:
    return match.letters.endswith(("lU", "nU")) and not re.search("[pe]", match.letters)


def _find_day(match: _Match, context: _Context) -> date | None:
    if "D" in match.letters and "M" in match.letters:
        return _day_of_month(match, context, match.number("D", 1 if re.match(r"@?D[mc]", match.letters) else 0))
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


def _read_relative_day(match: _Match, context: _Context) -> Range | None:
    if context.today is None:
        return None
    word = match.words[match.letters.index("R")]
    if word == "overnight":
        return Range(cal.shift_days(context.today, -1), context.today, "part_of_day")
    day = cal.shift_days(context.today, int(match.value("R") or 0))
    if "m" in match.letters:
        return cal.day_range(day, "hour")
    is_part = word == "tonight" or "p" in match.letters or match.letters[0] in "bfe"
    return cal.day_range(day, "part_of_day" if is_part else "day")


def _read_this_part(match: _Match, context: _Context) -> Range | None:
    return cal.day_range(context.today, "part_of_day") if context.today else None


def _read_last_part(match: _Match, context: _Context) -> Range | None:
    return cal.day_range(cal.shift_days(context.today, -1), "part_of_day") if context.today else None


def _count(match: _Match) -> float:
    for word, letter in zip(match.words, match.letters, strict=True):
        if letter in "Dx":
            return int(re.sub(r"\D", "", word))
        if letter == "N":
            tens = int(_time_words()[word][1])
            rest = re.match(r".*N-N", match.letters)
            return tens + int(_time_words()[match.words[match.letters.index("N") + 2]][1]) if rest else tens
    return 1 if "A" in match.letters else 0


def _unit(match: _Match) -> str:
    for word, letter in zip(match.words, match.letters, strict=True):
        if letter in "UV":
            return _time_words()[word][1]
    return "day"


def _read_ago(match: _Match, context: _Context) -> Range | None:
    if context.today is None:
        return None
    count, unit = int(_count(match)), _unit(match)
    if not count:
        return cal.day_range(context.today, "hour") if unit in ("hour", "minute") else Range(None, context.today, "open")
    return cal.unit_of(cal.shift_units(context.today, unit, -count), unit)


def _read_day_after(match: _Match, context: _Context) -> Range | None:
    base = context.last_day or context.today
    if base is None:
        return None
    unit, count = _unit(match), int(_count(match)) or 1
    if match.letters[0] == "T" and "l" in match.letters:
        return cal.unit_of(cal.shift_units(base, unit, -1), unit) if match.words[1] == "previous" else _past_period(context, 1, unit)
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
    return made._replace(precision="part_of_day") if part else made


def _reference_before(match: _Match, context: _Context, base: date, unit: str, count: int) -> Range:
    """Read "two days earlier" back from the day told last; "two days before the vote" is the time of the main event itself."""
    event = _date_nearby(match, context)
    if (
        event is None
        and match.words[-1] != "earlier"
        and not context.doc[match.first].is_sent_start
        and not _ends_clause(match, context.doc)
    ):
        return cal.unit_of(base, "day" if unit in ("day", "hour", "minute") else unit)
    return cal.unit_of(cal.shift_units(event or base, unit, -count), unit)


def _ends_clause(match: _Match, doc: "Doc") -> bool:
    return match.last >= len(doc) or doc[match.last].is_punct or doc[match.last].is_space


def _reference_after(match: _Match, context: _Context, base: date, unit: str, count: int) -> Range:
    """Read "a day after …": counted from the day named in what follows; otherwise it is the time of the main event.

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


def _date_nearby(match: _Match, context: _Context) -> date | None:
    """Find the weekday that a phrase is counted from: "a day after Thursday's vote"."""
    if context.today is None:
        return None
    for token in context.doc[match.last : match.last + _REFERENCE_TOKENS]:
        entry = _time_words().get(token.lower_)
        if token.is_sent_start or token.is_punct:
            return None
        if entry and entry[0] == "weekday" and token.text[0].isupper():
            return cal.shift_days(context.today, -((context.today.weekday() - int(entry[1])) % 7))
    return None


_REFERENCE_TOKENS = 5  # words after "a day after" in which the day it is counted from may stand


def _read_same(match: _Match, context: _Context) -> Range | None:
    base, unit = context.last_day or context.today, _unit(match)
    if base is None or unit in ("hour", "minute"):
        return None
    return cal.day_range(base, "part_of_day") if "p" in match.letters else cal.unit_of(base, unit)


def _past_period(context: _Context, count: int, unit: str) -> Range | None:
    if context.today is None:
        return None
    return Range(cal.shift_units(context.today, unit, -count), context.today, _unit_precision(unit))


def _next_period(context: _Context, count: int, unit: str) -> Range | None:
    if context.today is None:
        return None
    return Range(context.today, cal.shift_units(context.today, unit, count), _unit_precision(unit))


def _unit_precision(unit: str) -> str:
    return {"minute": "hour", "fortnight": "week", "quarter": "month", "century": "decade"}.get(unit, unit)


_FEW = 3  # "recent years", "the coming weeks": read as a few


def _read_period(match: _Match, context: _Context) -> Range | None:
    count, unit = int(_count(match)) or (1 if "U" in match.letters else _FEW), _unit(match)
    if unit in ("hour", "minute") and context.today is not None:
        days = count // 24 if unit == "hour" else 0
        start = cal.shift_days(context.today, -days if "l" in match.letters else 0)
        return Range(start, cal.shift_days(context.today, days if "n" in match.letters else 0), "hour")
    return _past_period(context, count, unit) if "l" in match.letters else _next_period(context, count, unit)


def _read_unit(match: _Match, context: _Context) -> Range | None:
    if context.today is None:
        return None
    unit = _unit(match)
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


def _read_weekend(match: _Match, context: _Context) -> Range | None:
    """Read Saturday and Sunday: the last one begun, unless it is the next one or its verb looks forward."""
    if context.today is None:
        return None
    today = context.today
    back = (today.weekday() - 5) % 7
    saturday = cal.shift_days(today, -back)
    if "l" in match.letters:
        saturday = cal.shift_days(saturday, -7) if back < 2 else saturday
    elif "n" in match.letters or (back > 1 and _weekend_ahead(match, context)):
        saturday = cal.shift_days(saturday, 7)
    return Range(saturday, cal.shift_days(saturday, 1), "day")


def _weekend_ahead(match: _Match, context: _Context) -> bool:
    direction = find_direction(context.doc, match.last - 1)
    return direction == "future" or ("t" in match.letters and direction == "none")


def _read_season(match: _Match, context: _Context) -> Range | None:
    first_month, year = int(match.value("s") or 3), match.number("Y")
    if year is not None:
        return cal.season_of(year, first_month)
    if context.today is None:
        return None
    today = context.today
    seasons = [cal.season_of(today.year + step, first_month) for step in (-2, -1, 0, 1)]
    begun = [season for season in seasons if season.start and season.start <= today]
    ahead = [season for season in seasons if season.start and season.start > today]
    if "n" in match.letters or ("l" not in match.letters and find_direction(context.doc, match.last - 1) == "future"):
        return ahead[0] if ahead else None
    current = begun[-1].end is not None and begun[-1].end >= today
    if "t" in match.letters:
        return begun[-1] if current or (begun[-1].start and begun[-1].start.year == today.year) else (ahead or begun)[0]
    return begun[-2] if "l" in match.letters and current else begun[-1]


def _read_month(match: _Match, context: _Context) -> Range | None:
    month, year = int(match.value("M") or 1), match.number("Y")
    if year is None:
        year = _year_of_month(match, context, month)
    if year is None or not 1 <= year <= 9999:
        return None
    return _narrow(cal.month_of(year, month), match)


def _year_of_month(match: _Match, context: _Context, month: int) -> int | None:
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


def _read_decade(match: _Match, context: _Context) -> Range | None:
    digits = re.search(r"\d+", match.words[match.letters.index("E")])
    year = int(digits.group()) if digits else 0
    if year < 100:
        year += 1900 if year >= 30 else 2000
    made = cal.decade_of(year)
    return cal.edge_of(made, match.value("e") or "") if "e" in match.letters else made


def _read_year(match: _Match, context: _Context) -> Range | None:
    return _narrow(cal.year_of(match.number("Y") or 1), match)


def _narrow(span: Range, match: _Match) -> Range:
    """Read "late", "mid" and "the end of" before a month or year."""
    if "g" in match.letters:
        return cal.bound_of(span, match.value("g") or "")
    return cal.edge_of(span, match.value("e") or "") if "e" in match.letters else span


def _read_clock(match: _Match, context: _Context) -> Range | None:
    day = context.last_day or context.today
    if day is None:
        return None
    return cal.day_range(day, "part_of_day" if "p" in match.letters else "hour")


_HANDLERS: dict[str, Callable[[_Match, _Context], Range | None]] = {
    "iso": _read_iso,
    "slash": _read_slash,
    "month_days": _read_month_days,
    "clock_day": _read_day,
    "day": _read_day,
    "relative_day": _read_relative_day,
    "this_part": _read_this_part,
    "last_part": _read_last_part,
    "ago": _read_ago,
    "day_after": _read_day_after,
    "same": _read_same,
    "period": _read_period,
    "unit": _read_unit,
    "weekend": _read_weekend,
    "weekend_bare": _read_weekend,
    "season": _read_season,
    "season_bare": _read_season,
    "month": _read_month,
    "decade": _read_decade,
    "year": _read_year,
    "clock": _read_clock,
    "zoned": _read_clock,
}


def _is_absolute(match: _Match) -> bool:
    return match.rule in _ABSOLUTE_RULES or match.rule in _RELATIVE_RULES or "Y" in match.letters or match.rule in ("clock", "zoned")


# --- since, until, from … to -------------------------------------------------------------------------------------


def _open_and_join(found: Sequence[tuple[_Match, Range]], letters: str) -> list[tuple[_Match, Range]]:
    """Join "from March to May" and "between Monday and Friday" to one mention; open "since 2014" and "until 2014" at one side."""
    joined: list[tuple[_Match, Range]] = []
    for match, value in found:
        before = letters[match.first - 1] if match.first else "|"
        if joined and _is_join(joined[-1][0], match, letters):
            first, start = joined[-1]
            if start.start and value.end and start.start <= value.end:
                begin = first.first - (1 if letters[first.first - 1 : first.first] == "F" else 0)
                joined[-1] = (replace(first, first=begin, last=match.last, rule="range"), Range(start.start, value.end, value.precision))
                continue
        if before == "S":
            joined.append((replace(match, first=match.first - 1, rule=f"since_{match.rule}"), Range(value.start, None, "open")))
        elif before == "u":
            joined.append((replace(match, first=match.first - 1, rule=f"until_{match.rule}"), Range(None, value.end, "open")))
        else:
            joined.append((match, value))
    return joined


def _is_join(first: _Match, second: _Match, letters: str) -> bool:
    gap = letters[first.last : second.first]
    if len(gap) != 1 or gap not in _MERGE_GAP or first.rule.startswith(("since", "until", "range")):
        return False
    return gap in "-~J" or letters[first.first - 1 : first.first] == "F"


def _mention(doc: "Doc", match: _Match, value: Range) -> TimeMention:
    span = doc[match.first : match.last]
    return TimeMention(span.start_char, span.end_char, span.text, value.start, value.end, value.precision, match.rule)
