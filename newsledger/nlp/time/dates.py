"""Dates and times with precision, read against the day of publication.

Each token becomes one letter of a small alphabet (weekday, month, number, unit, "ago" …), one
compiled grammar runs over the letters, and the group that matched names the rule. A news weekday
looks back unless its verb looks forward.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache

from newsledger.model.enums import DatePrecision, EntityLabel
from newsledger.model.records import Article, TimeMention
from newsledger.nlp.parse.parsed import ParsedText
from newsledger.nlp.time.calendar import Range
from newsledger.nlp.time.match import LETTERS, SLASH_TOKEN, Context, Match, time_words, unit_name
from newsledger.nlp.time.rules import HANDLERS

ORIGIN = "dates/1"

_NUMBER = r"(?:AN?o?|N(?:-N)?o?|[Dx])"
_CLOCK = r"(?:[DC]m|C|[DN]c)(?:q?w?)"
_DAY_OF_MONTH = r"(?:MD(?:,?Y)?|T?Do?M(?:,?Y)?)"
_DAY = rf"(?:Wp?,?O?{_DAY_OF_MONTH}|{_DAY_OF_MONTH}|W)"
_GRAMMAR = re.compile(
    r"(?![.|])(?:"  # no rule begins with another word or a line break: most letters
    r"(?P<iso>Y-D-D)"
    r"|(?P<year_pair>Y-D|Z)(?!-)"
    r"|(?P<nth_weekday>T?[rl]W[io]M(?:,?o?Y)?)"
    r"|(?P<quarter>T?rU(?:o?Y|o[lnt]U))"
    r"|(?P<holiday>[lnt]?(?:GW|H(?:!|U|W)?|y(?:U'|V'?)(?:!|U))(?:,?Y)?)"
    r"|(?P<zoned>@?(?:[xYD]|C)q)"
    r"|(?P<slash>X)"
    r"|(?P<month_days>MD[-J&]D(?:,?Y)?|D[-J&]Do?M(?:,?Y)?)(?![-J]D)"
    rf"|(?P<clock_day>(?:@?{_CLOCK}|@p|p),?O?(?:[ln]?{_DAY}|R))"
    rf"|(?P<day>(?:(?:R[I]?)|T?[epbf][UV]?[oO]?O?)?[ltnT]?n?{_DAY}(?:'?p)?(?:,?@?(?:{_CLOCK}"
    rf"|p))?(?:o?T?[ln]U)?)"
    r"|(?P<relative_day>[bfe]?R(?:p|@?[DC]m)?)"
    r"|(?P<this_part>[bfe]?tp)|(?P<last_part>[bfe]?lp)"
    rf"|(?P<ago>{_NUMBER}(?:&AN)?(?:U|V)a(?:tU)?|Va)"
    rf"|(?P<day_after>(?:{_NUMBER}(?:U|V)|TU)[fb]|Tn(?:U|p)(?![UV])|Tl[U])"
    r"|(?P<same>(?:T=|z=?)(?:U|p))"
    rf"|(?P<period>[tT]?[ln]{_NUMBER}(?:U|V)|[tT]?[ln]V|tlU)"
    r"|(?P<unit>[bfe]?-?tUiY|[bfe]?-?[lnt]U|Tgo(?:T|[lnt])U)"
    r"|(?P<weekend>[lntT]?nk)|(?P<weekend_bare>[lntT]k)"
    r"|(?P<season>T?e?-?[lnt]?s(?:o?Y))|(?P<season_bare>[iTlnt](?:e|[ln])?s)"
    r"|(?P<month>YM(?!,?D)|(?:Tgo|go|T?e-?)?[lnt]?M(?:,?o?Y|o?[lnt]U)?)"
    r"|(?P<decade>T?e?-?T?'?E)"
    r"|(?P<year>(?:Tgo|go|T?e-?)?Y|Q)"
    rf"|(?P<clock>[DC]m(?:q?w?)|@(?:{_CLOCK})|@p)"
    ")"
)
_PLAIN_NUMBER = re.compile(r"\d{1,4}(?:st|nd|rd|th)?$")
_CLOCK_TOKEN = re.compile(r"(?:[01]?\d|2[0-3])[:.h][0-5]\d$")
_PART_YEAR_TOKEN = re.compile(r"(early|mid|late)-(\d{4})$")  # "mid-2023" is one token
_YEAR_PAIR_TOKEN = re.compile(r"((?:19|20)\d\d)/((?:19|20)?\d\d)$")  # "2023/24" is one token
_DECADE_TOKEN = re.compile(r"(?:1[5-9]|20)?\d0(?:s|['’]s)$")
_NAME_LABELS = frozenset(
    {"PERSON", "ORG", "GPE", "FAC", "WORK_OF_ART", "PRODUCT", "NORP", "LOC", "EVENT"}
)
_EARLIEST_YEAR, _LATEST_YEAR = 1500, 2100
_YEAR_BEFORE = frozenset("FSuoiJ&eg-fbT") | {"I"}
_MERGE_GAP = frozenset("J-&~u")
_NOT_EDGES = frozenset(
    {"before", "after", "prior"}
)  # "before Friday" is Friday, "earlier Friday" a part of it
_RELATIVE_RULES = frozenset({"day_after", "same"})
_AMBIGUOUS = frozenset("WMsHyG")  # Sunday, May, fall, Easter: the token decides
_ANAPHORS = frozenset({"his", "her", "their", "my", "your", "our"})  # "in his nineties" is an age
_ABSOLUTE_RULES = frozenset({"iso", "slash", "decade", "year", "year_pair"})


def find_times(doc: "ParsedText", article: Article) -> tuple[TimeMention, ...]:
    """Find date and time expressions; dates are days of the publication's zone. Needs
    `article.published_at`, else only absolute dates."""
    words = [token.lower_ for token in doc]
    read = list(map(_letter, words))
    for at in [at for at, letter in enumerate(read) if letter in _AMBIGUOUS]:
        if not _is_time_name(read[at], doc, at):
            read[at] = "."
    letters = "".join(read)
    context = Context(doc, publication_day(article))
    found: list[tuple[Match, Range]] = []
    for match in _GRAMMAR.finditer(letters):
        first, last = match.span()
        made = _trim(
            Match(str(match.lastgroup), first, last, match.group(), tuple(words[first:last]))
        )
        if _is_excluded(made, letters, doc):
            continue
        value = HANDLERS[made.rule](made, context)
        if value is None or (context.today is None and not _is_absolute(made)):
            continue
        if (
            value.precision in (DatePrecision.HOUR, DatePrecision.PART_OF_DAY, DatePrecision.DAY)
            and value.end is not None
        ):
            context.last_day = value.end
        found.append((made, value))
    return tuple(_mention(doc, made, value) for made, value in _open_and_join(found, letters))


def publication_day(article: Article) -> date | None:
    """The publication's local day."""
    if article.published_at is None:
        return None
    return (article.published_at + timedelta(minutes=article.utc_offset_minutes or 0)).date()


# --- letters
# --------------------------------------------------------------------------------------------------


@lru_cache(maxsize=65_536)
def _letter(word: str) -> str:
    entry = time_words().get(word)
    if entry:
        return LETTERS[entry[0]]
    if word[0].isdigit():
        return _digit_letter(word)
    if word[0] in "'’" and _DECADE_TOKEN.match(word[1:]):
        return "E"
    if word[0] in "eml" and _PART_YEAR_TOKEN.match(word):
        return "Q"
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
    if SLASH_TOKEN.match(word):
        return "X"
    if _YEAR_PAIR_TOKEN.match(word):
        return "Z"
    return "E" if _DECADE_TOKEN.match(word) else "."


def _is_time_name(letter: str, doc: "ParsedText", at: int) -> bool:
    """Tell Sunday, May, March and fall from names, verbs and auxiliaries that are spelled alike."""
    token = doc[at]
    if letter == "s":
        return token.pos_ in ("NOUN", "PROPN")
    if not token.text[0].isupper():
        return False
    if token.lower_ == "boxing":
        return at + 1 < len(doc) and doc[at + 1].text == "Day"
    if letter in "WHyG":
        return True
    if token.tag_ in ("MD", "VB", "VBD", "VBP", "VBZ"):
        near = doc[at + 1].text if at + 1 < len(doc) else ""
        return near[:1].isdigit()
    return True


def _trim(match: Match) -> Match:
    """Drop letters that only steer the grammar: a leading "in", "at" or "the", a trailing "o" or
    comma."""
    first, last, letters = match.first, match.last, match.letters
    keep_the = match.rule in ("period", "day_after", "same", "weekend_bare", "weekend", "unit")
    while len(letters) > 1 and (
        letters[0] in "i@O"
        or (letters[0] == "T" and not keep_the)
        or match.words[first - match.first] in _NOT_EDGES
    ):
        first, letters = first + 1, letters[1:]
    while len(letters) > 1 and letters[-1] in "oO,@":
        last, letters = last - 1, letters[:-1]
    offset = first - match.first
    return replace(
        match,
        first=first,
        last=last,
        letters=letters,
        words=match.words[offset : offset + last - first],
    )


def _is_excluded(match: Match, letters: str, doc: "ParsedText") -> bool:
    """Tell the grammar's false matches: names, repeated days, numbers that look like years."""
    before = letters[match.first - 1] if match.first else "|"
    if match.rule == "day" and before == "v":
        return True
    if match.rule == "quarter" and unit_name(match) != "quarter":
        return True
    if match.rule == "holiday" and "H" in match.letters:
        at = match.first + match.letters.index("H")
        return doc[at].ent_type_ in ("PERSON", "ORG", "GPE", "FAC", "WORK_OF_ART") or _is_name_part(
            doc, at
        )
    if match.rule == "decade" and match.first and doc[match.first - 1].lower_ in _ANAPHORS:
        return True
    if match.rule in ("day", "month", "season_bare") and not re.search("[DY]", match.letters):
        at = match.first + next((i for i, letter in enumerate(match.letters) if letter in "WMs"), 0)
        token = doc[at]
        if token.ent_type_ in _NAME_LABELS or _is_name_part(doc, at):
            return True
        if match.rule == "month" and len(match.letters) == 1:
            is_name = token.dep_ == "nsubj" or (
                token.dep_ == "aux" and token.head.tag_ in ("VBD", "VBZ")
            )  # "May told the inquiry"
            return (before not in "iSuFJ&-of'l," and token.ent_type_ != "DATE") or is_name
        if match.rule == "season_bare" and match.letters == "s":
            return token.dep_ != "pobj" or _followed_by_of(doc, match)
    if match.rule == "same" and match.words[0] == "that":
        return doc[match.first].dep_ != "det"
    if (
        match.rule in ("day_after", "period", "unit")
        and match.words[0] in ("the", "last")
        and "last" in match.words
    ):
        return _followed_by_of(doc, match) or (
            match.words[0] == "the"
            and unit_name(match) in ("day", "hour", "minute")
            and not re.search("[NDx]", match.letters)
        )
    if match.rule == "year" and match.letters == "Y":
        return not _is_year(match, before, doc)
    return False


def _followed_by_of(doc: "ParsedText", match: Match) -> bool:
    return match.last < len(doc) and doc[match.last].lower_ == "of"


def _is_name_part(doc: "ParsedText", at: int) -> bool:
    """Tell "Sunday Oliseh" and "April Jones": the time word is a first name or modifies a name."""
    token = doc[at]
    follower = doc[at + 1] if at + 1 < len(doc) else None
    return bool(
        follower is not None
        and token.dep_ == "compound"
        and follower.pos_ == "PROPN"
        and follower.text[:1].isupper()
        and follower.ent_type_ == EntityLabel.PERSON
    )


def _is_year(match: Match, before: str, doc: "ParsedText") -> bool:
    token = doc[match.first]
    follower = doc[match.last] if match.last < len(doc) else None
    if before == "T" and follower is not None and follower.tag_ in ("NN", "JJ", "NNP"):
        return True  # "the 2016 election"
    if (
        before == "i"
        and (follower is None or follower.is_punct or follower.is_space)
        and token.dep_ == "pobj"
    ):
        return True  # "since the war began in 2022,"
    if token.ent_type_ in ("CARDINAL", "MONEY", "QUANTITY", "PERCENT"):
        return False
    if (
        follower is not None
        and follower.tag_ in ("NNS", "JJ")
        and token.head.i >= follower.i
        and token.dep_ == "nummod"
        and before != "T"
    ):
        return token.ent_type_ == "DATE"
    return before in _YEAR_BEFORE or token.ent_type_ == "DATE"


def _is_absolute(match: Match) -> bool:
    return (
        match.rule in _ABSOLUTE_RULES
        or match.rule in _RELATIVE_RULES
        or "Y" in match.letters
        or match.rule in ("clock", "zoned")
    )


# --- since, until, from … to
# -------------------------------------------------------------------------------------


def _open_and_join(found: Sequence[tuple[Match, Range]], letters: str) -> list[tuple[Match, Range]]:
    """Join "from March to May" and "between Monday and Friday" to one mention; open "since 2014"
    and "until 2014" at one side."""
    joined: list[tuple[Match, Range]] = []
    for match, value in found:
        before = letters[match.first - 1] if match.first else "|"
        if joined and _is_join(joined[-1][0], match, letters):
            first, start = joined[-1]
            if start.start and value.end and start.start <= value.end:
                begin = first.first - (1 if letters[first.first - 1 : first.first] == "F" else 0)
                joined[-1] = (
                    replace(first, first=begin, last=match.last, rule="range"),
                    Range(start.start, value.end, value.precision),
                )
                continue
        if before == "S":
            joined.append(
                (
                    replace(match, first=match.first - 1, rule=f"since_{match.rule}"),
                    Range(value.start, None, DatePrecision.OPEN),
                )
            )
        elif before == "u":
            joined.append(
                (
                    replace(match, first=match.first - 1, rule=f"until_{match.rule}"),
                    Range(None, value.end, DatePrecision.OPEN),
                )
            )
        else:
            joined.append((match, value))
    return joined


def _is_join(first: Match, second: Match, letters: str) -> bool:
    gap = letters[first.last : second.first]
    if len(gap) != 1 or gap not in _MERGE_GAP or first.rule.startswith(("since", "until", "range")):
        return False
    return gap in "-~J" or letters[first.first - 1 : first.first] == "F"


def _mention(doc: "ParsedText", match: Match, value: Range) -> TimeMention:
    span = doc[match.first : match.last]
    return TimeMention(
        span.start_char,
        span.end_char,
        span.text,
        value.start,
        value.end,
        value.precision,
        match.rule,
    )
