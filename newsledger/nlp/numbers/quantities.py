"""Numbers that count people, harm, distance, money and shares: value, comparator, who is counted,
and since when.

Each token becomes one letter (digits, number word, multiplier, "dozens" …), one compiled grammar
finds the numbers, and the parse around a number says what it counts.
"""

import bisect
import re
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

from newsledger.lexicon.words import read_classes, read_lexicon
from newsledger.model.records import LocationMention, Quantity, Sentence, TimeMention
from newsledger.nlp.numbers.kinds import (
    HARM,
    KINDS,
    find_kind,
    is_bare_toll,
    load_kinds,
    load_state_words,
)
from newsledger.nlp.parse.parsed import ParsedText, Word

ORIGIN = "quantities/1"

_LETTERS = {
    "small": "n", "tens": "t", "multiplier": "m", "vague": "v", "few": "f", "fraction": "x", "currency_mark": "c", "currency": "u",
    "distance": "k", "percent": "p",
}  # fmt: skip
_PLAIN = {"a": "A", "an": "A", "-": "-", "–": "-", "to": "J", "and": "&", "of": "o", "tens": "s"}
_CORE = r"(?:(?:d|t-?n|t|n)(?:-?m)*(?:(?<=m)&?(?:t-?n|t|n)(?!-?m))?|Am+|xAm)"
_GRAMMAR = re.compile(
    r"(?P<part>(?:t-?n|t|n|d)&Axm+|A?xoAm+)"
    r"|(?P<fraction>Ax(?=o)|n-?x|x(?=o))"
    r"|(?P<vague>(?:v|s)ov|v)"
    r"|(?P<few>A?fo?m|A?f)"
    rf"|(?P<range>c*(?P<low>(?>{_CORE}))[-J&]c?{_CORE})(?!-)"
    rf"|(?P<number>c*{_CORE})"
)
_DIGITS = re.compile(
    r"(?:r|rm|rs|nt\$|s\$)?(\d[\d,]*(?:\.\d+)?)(½|¼|¾)?(k|m|mn|bn|tn)?$", re.IGNORECASE
)
# currencies that stand glued to their number: "R95bn"
_GLUED = {"r": "ZAR", "rm": "MYR", "rs": "INR", "nt$": "TWD", "s$": "SGD"}
_GLUE = re.compile(r"(?P<mark>r|rm|rs|nt\$|s\$)\d")
_HALVES = {"½": 0.5, "¼": 0.25, "¾": 0.75}
_TIME_UNITS = frozenset(
    {
        "year",
        "day",
        "week",
        "month",
        "hour",
        "minute",
        "second",
        "decade",
        "century",
        "time",
        "a.m.",
        "p.m.",
        "am",
        "pm",
    }
)
_CHANGE_REACH = 6  # tokens between "rose" and its first number
_CHANGES = frozenset(
    "climb climbed climbs declined drop dropped drops fall fallen fell grew grown "
    "increased jumped lowered raised rise risen rises rose up".split()
)
_WEIGHTS = frozenset({"pound", "ton", "tonne", "kilogram", "kg", "kilo", "gram", "liter", "litre"})
_NO_SPANS = frozenset({"ago", "earlier", "later", "old", "after", "before"})
_MAX_AGE = 115
_HIRING = frozenset({"hire", "employ", "recruit", "train", "retrain"})
_YEARS = (1900, 2100)  # a bare number between them is a year
MIN_BARE = 100  # of a number that counts without a noun: "built 2,500"
_NAME_LABELS = frozenset(
    {
        "PERSON",
        "ORG",
        "PRODUCT",
        "LAW",
        "FAC",
        "GPE",
        "EVENT",
        "WORK_OF_ART",
        "ORDINAL",
        "TIME",
        "NORP",
        "LOC",
    }
)
MAX_VALUE = 1e15  # of a number that counts or measures; all debt of the world is 3e14 dollars
_CLIMB = 6  # steps inside a number of several words
_NUMBER_DEPS = frozenset({"nummod", "compound", "quantmod", "amod", "nmod", "poss"})
_ONE = frozenset({"a", "an", "another"})
_HARMED = frozenset({"nsubj", "nsubjpass", "dobj"})
_GROUPS = frozenset(
    {"family", "household", "crew", "troop", "staff", "personnel", "people"}
)  # one of them is several people
_PLACES_NEAR = 3  # places to look at on either side of a number
_COMPARATOR_WORDS = 4  # longest phrase of seeds/comparators.csv
_NOUN_DISTANCE = 5  # tokens between a number and its noun that still print as one
_TOTAL = re.compile(
    r"\b(?:total|toll|overall|altogether|so far|to date)\b"
    r"|\b(?:war|conflict|fighting|violence|insurgency|uprising|outbreak|epidemic|pandemic"
    r"|famine)\b[^,;]*\b(?:has|have) (?:\w+ly |also )?\w+(?:ed|en|n|t)\b",
    re.IGNORECASE,
)
_SINCE = re.compile(  # "since the war began", "since his release": a time, not a reason
    r"\bsince (?:then\b|(?:the|his|her|its|their|that|this|an?)\b[^,;]*?\b(?:began"
    r"|started|erupted|broke|took|came|ended|resumed|fell|launched|seized|invaded"
    r"|start|beginning|outbreak|onset|end|invasion|war|coup|offensive|attacks?|release"
    r"|truce|ceasefire)\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Number:
    first: int  # token index
    last: int  # exclusive
    rule: str
    low: float | None
    high: float | None
    comparator: str


@cache
def _words() -> dict[str, tuple[str, str]]:
    return read_classes("quantity_words.csv", ("word", "class", "value"), frozenset(_LETTERS))


@cache
def _comparators() -> dict[str, str]:
    return {
        row["phrase"]: row["comparator"]
        for row in read_lexicon("comparators.csv", ("phrase", "comparator"))
    }


def find_quantities(
    doc: "ParsedText",
    sentences: tuple[Sentence, ...],
    times: tuple[TimeMention, ...],
    places: tuple[LocationMention, ...] = (),
) -> tuple[Quantity, ...]:
    """Find the numbers of a parsed document that count or measure something, in reading order;
    dates, ages and names are left out."""
    words = [token.lower_ for token in doc]
    letters = "".join(map(_letter, words))
    context = _Context(doc, sentences, times, places)
    found: list[Quantity] = []
    done = 0
    for match in _GRAMMAR.finditer(letters):
        if match.start() < done:
            continue
        number = _read_number(match, words)
        if number is None or not _is_countable(number) or _is_excluded(doc, number, context):
            continue
        context.last = next(
            (quantity for quantity in reversed(found) if quantity.kind in KINDS), None
        )
        quantity, done = _measure(doc, words, letters, number, context)
        if quantity is not None:
            found.append(quantity)
    found += _find_singles(doc, context)
    return tuple(sorted(found, key=lambda quantity: quantity.start))


def _find_singles(doc: "ParsedText", context: "_Context") -> list[Quantity]:
    """Find the people counted by an article: "a soldier was killed", "killed another guard"; only
    where harm is told of them."""
    found = []
    for token in doc:
        noun = token.head
        is_one = (
            token.lower_ in _ONE
            and token.dep_ == "det"
            and noun.tag_ == "NN"
            and noun.dep_ in _HARMED
            and noun.i > token.i
        )
        if (
            not is_one
            or ("person", noun.lemma_.lower()) not in load_kinds()
            or noun.lemma_.lower() in _GROUPS
        ):
            continue
        kind = find_kind(noun, noun, "", is_number_alone=False)
        if kind in HARM:
            others = _joined_people(noun)
            value = 1.0 + len(others)
            last = others[-1] if others else noun
            number = _Number(token.i, token.i + 1, "number", value, value, "exact")
            population = None if others else _population(doc, number, noun)
            found.append(_make(doc, number, last.i + 1, kind, "person", context, population))
    return found


def _joined_people(noun: "Word") -> list["Word"]:
    """List the people joined to one by "and": "a woman and a man were held" are two."""
    return [
        other
        for other in noun.conjuncts
        if other.i > noun.i
        and ("person", other.lemma_.lower()) in load_kinds()
        and any(child.lower_ in _ONE and child.dep_ == "det" for child in other.lefts)
    ]


def parse_count(words: list[str]) -> int | None:
    """Read a whole number from words: ["two"], ["twenty", "-", "two"], ["1,200"]. `None` where it
    is not one plain number."""
    match = re.fullmatch(_CORE, "".join(map(_letter, words)))
    value = _core_value(words) if match else None
    if value is None or value > MAX_VALUE:
        return None
    return int(value) if value == int(value) else None


@lru_cache(maxsize=65_536)
def _letter(word: str) -> str:
    entry = _words().get(word)
    if entry:
        return _LETTERS[entry[0]]
    if word[0].isdigit() or _GLUE.match(word):
        return "d" if _DIGITS.match(word) else "."
    singular = _words().get(word[:-1]) if word[-1] == "s" else None
    if singular and singular[0] in ("distance", "currency"):
        return _LETTERS[singular[0]]
    return _PLAIN.get(word, ".")


def _is_countable(number: _Number) -> bool:
    """Whether a number can count or measure what news tells of; more digits are a key or a slip."""
    return all(value is None or abs(value) <= MAX_VALUE for value in (number.low, number.high))


# --- values
# ------------------------------------------------------------------------------------------------------


def _read_number(match: re.Match[str], words: list[str]) -> _Number | None:
    first, last = match.span()
    rule = str(match.lastgroup)
    used, letters = words[first:last], match.group()
    if rule == "vague":
        low, high = _vague_value(used, letters)
        return _Number(first, last, rule, low, high, used[-1])
    if rule == "few":
        word = next(w for w, letter in zip(used, letters, strict=True) if letter == "f")
        low, high = (float(part) for part in _words()[word][1].split("-"))
        times = float(_words()[used[-1]][1]) if letters.endswith("m") else 1.0
        return _Number(
            first, last, rule, low * times, high * times, "exact" if word == "couple" else word
        )
    if rule == "part":  # "two and a half million", "a quarter of a million"
        at = letters.index("x")
        whole = _core_value(used[: letters.index("&")]) if "&" in letters else 0.0
        scale = _multiply(used[letters.index("m") :])
        amount = ((whole or 0.0) + float(_words()[used[at]][1])) * scale
        return _Number(first, last, "number", amount, amount, "exact")
    if rule == "fraction":
        share = float(_words()[used[-1]][1]) * (
            float(_words()[used[0]][1]) if letters[0] == "n" else 1
        )
        return _Number(first, last, rule, round(100 * share, 1), round(100 * share, 1), "about")
    if rule == "range":
        return _read_range(match, used, words)
    value = _core_value(used)
    return _Number(first, last, rule, value, value, "exact") if value is not None else None


def _read_range(match: re.Match[str], used: list[str], words: list[str]) -> _Number | None:
    """Read "10-15", "20 to 30" and "between 20 and 30"; "12 and 30" without "between" is its first
    number only."""
    first, letters = match.start(), match.group()
    at = match.end("low") - first
    low, high = _core_value(used[:at]), _core_value(used[at + 1 :])
    if low is None or high is None:
        return None
    if letters[at] == "J" and _is_change(words, first):
        return _Number(first + at + 1, first + len(used), "number", high, high, "exact")
    shared = re.search(r"m+$", letters)
    if shared and "m" not in letters[:at] and low < high:
        low *= _multiply(used[shared.start() :]) if low < 1000 else 1
    if (letters[at] == "&" and "between" not in words[max(first - 1, 0) : first]) or low > high:
        value = _core_value(used[:at])
        return _Number(first, first + at, "number", value, value, "exact")
    return _Number(first, first + len(used), "range", low, high, "between")


def _is_change(words: list[str], first: int) -> bool:
    """Tell "rose from 12 to 15", of which only the last holds, from "from 12 to 15 people"."""
    before = words[max(first - _CHANGE_REACH, 0) : first]
    return bool(before) and before[-1] == "from" and bool(_CHANGES & set(before))


def _vague_value(used: list[str], letters: str) -> tuple[float, float]:
    if letters == "v":
        low, high = _words()[used[0]][1].split("-")
        return float(low), float(high)
    unit = float(_words()[used[-1]][1].split("-")[0]) / 2  # "thousands" starts at 2,000
    start = 20 if letters[0] == "s" else float(_words()[used[0]][1].split("-")[0])
    return start * unit, (99 if letters[0] == "s" else 999) * unit


def _multiply(words: list[str]) -> float:
    product = 1.0
    for word in words:
        product *= float(_words()[word][1])
    return product


def _core_value(words: list[str]) -> float | None:
    total, part = 0.0, 0.0
    for word in words:
        digits = _DIGITS.match(word)
        kind, value = _words().get(word, ("", ""))
        if digits and not kind:
            scale = float(_words()[digits[3].lower()][1]) if digits[3] else 1.0
            part = (float(digits[1].replace(",", "")) + _HALVES.get(digits[2], 0)) * scale
        elif kind in ("small", "tens"):
            part += float(value)
        elif kind == "fraction":
            part = float(value)
        elif kind == "multiplier":
            part = (part or 1) * float(value)
            if float(value) >= 1000:
                total, part = total + part, 0.0
    return total + part


# --- what is counted
# ---------------------------------------------------------------------------------------------


class _Context:
    """Sentences, times and places of one document, found by position."""

    def __init__(
        self,
        doc: "ParsedText",
        sentences: tuple[Sentence, ...],
        times: tuple[TimeMention, ...],
        places: tuple[LocationMention, ...],
    ) -> None:
        self.text = doc.text
        self.sentences, self.times, self.places = sentences, times, places
        self.sentence_starts = [sentence.start for sentence in sentences]
        self.time_starts = [time.start for time in times]
        self.scopes: dict[int, tuple[str, date | None]] = {}
        self.place_starts = [place.start for place in places]
        self.last: Quantity | None = None  # of people, before the number at hand

    def sentence_at(self, offset: int) -> Sentence | None:
        at = bisect.bisect_right(self.sentence_starts, offset) - 1
        return self.sentences[at] if at >= 0 else None

    def in_time(self, start: int, end: int) -> bool:
        at = bisect.bisect_left(self.time_starts, end) - 1
        return at >= 0 and self.times[at].end > start

    def times_in(self, sentence: Sentence) -> tuple[TimeMention, ...]:
        return self.times[
            bisect.bisect_left(self.time_starts, sentence.start) : bisect.bisect_left(
                self.time_starts, sentence.end
            )
        ]


def _is_excluded(doc: "ParsedText", number: _Number, context: _Context) -> bool:
    first, last = doc[number.first], doc[number.last - 1]
    if context.in_time(first.idx, last.idx + len(last)):
        return True
    follower = doc[number.last] if number.last < len(doc) else None
    is_lasting = follower is not None and follower.lemma_.lower() in _TIME_UNITS
    if (
        first.ent_type_ in _NAME_LABELS
        and not (first.ent_type_ == "TIME" and is_lasting)
        and number.rule in ("number", "range")
    ):
        return True
    before = doc[number.first - 1] if number.first else None
    if (
        before is not None
        and before.text == "-"
        and number.first > 1
        and not doc[number.first - 2].is_space
    ):
        return True  # "F-16"
    if before is not None and before.pos_ == "PROPN" and last.head.i == before.i:
        return True  # "Flight 370"
    if follower is not None and follower.text == "-" and number.last + 1 < len(doc):
        unit = doc[number.last + 1].lemma_.lower()
        kind = _words().get(unit, ("", ""))[0]
        return kind not in {"distance", "percent"} and unit not in _WEIGHTS
    if _is_age(doc, number):
        return True
    if (
        before is not None
        and before.text in (",", "(")
        and follower is not None
        and follower.is_punct
        and last.head.ent_type_ == "PERSON"
    ):
        return True  # an age
    if first.lower_ == "one" and number.last - number.first == 1:
        return last.dep_ not in ("nummod",)
    if number.rule == "few" and number.comparator == "few" and first.lower_ == "few":
        return True  # "few people came" says little
    noun = _noun_of(last, number)
    return noun.lemma_.lower() in _TIME_UNITS and not _is_span(doc, number, noun)


def _is_age(doc: "ParsedText", number: _Number) -> bool:
    """Tell "the driver, 42," and "two men, 17 and 19," from numbers that count."""
    first, last = number.first, number.last
    if last - first != 1 or first < 2 or last >= len(doc) or not doc[first].text.isdigit():
        return False
    before, follower = doc[first - 1], doc[last]
    if before.lower_ == "and" and doc[first - 2].text.isdigit():
        before = doc[first - 3] if first > 2 else before
        anchor = doc[first - 4] if first > 3 else before
    else:
        anchor = doc[first - 2]
    is_closed = follower.text in {",", ")", "."} or (
        follower.lower_ == "and" and last + 1 < len(doc) and doc[last + 1].text.isdigit()
    )
    return (
        before.text in {",", "("}
        and is_closed
        and anchor.is_alpha
        and anchor.pos_ in {"NOUN", "PROPN"}
        and 0 < int(doc[first].text) <= _MAX_AGE
    )


def _is_span(doc: "ParsedText", number: _Number, noun: "Word") -> bool:
    """Tell how long or how often: "for ten minutes", "six times"; not "10 years ago", "a
    15-year-old", "three times bigger"."""
    after = doc[noun.i + 1].lower_ if noun.i + 1 < len(doc) else ""
    is_clock = noun.lemma_.lower() in {"a.m.", "p.m.", "am", "pm", "second", "century"}
    is_measure = noun.i == number.last and number.rule in {"number", "range"}
    is_compared = noun.lemma_ == "time" and after in {"as", "more", "larger", "bigger", "higher"}
    is_plural = noun.tag_ == "NNS"
    return (
        is_measure
        and is_plural
        and not is_clock
        and not is_compared
        and after not in _NO_SPANS
        and after != "-"
    )


def _noun_of(token: "Word", number: _Number) -> "Word":
    """Find the noun that a number counts; the number itself where it stands alone ("killing
    12")."""
    for _ in range(_CLIMB):
        if not number.first <= token.head.i < number.last or token.head.i == token.i:
            break
        token = token.head
    if (token.dep_ in _NUMBER_DEPS or token.lower_ == "both") and token.head.pos_ in (
        "NOUN",
        "PROPN",
        "NUM",
        "ADJ",
        "SYM",
    ):
        head = token.head
        if head.i > token.i or head.pos_ == "SYM":
            return head
    return token


def _counted(noun: "Word", number: _Number) -> "Word":
    """Follow "dozens of fighters" and "12 of the dead" to those counted."""
    if number.first <= noun.i < number.last:
        for child in noun.children:
            if child.lower_ == "of" and child.i >= number.last:
                return next((word for word in child.children if word.dep_ == "pobj"), noun)
    return noun


def _measure(
    doc: "ParsedText", words: list[str], letters: str, number: _Number, context: _Context
) -> tuple[Quantity | None, int]:
    """Make the quantity of a number, and tell the token after all that it covers."""
    after = letters[number.last] if number.last < len(letters) else "|"
    if glued := _GLUE.match(words[number.first]):
        code = _GLUED[glued["mark"].lower()]
        return _make(doc, number, number.last, "money", code, context), number.last
    if after == "-" and doc[number.last + 1].lemma_.lower() in _WEIGHTS:
        unit = doc[number.last + 1].lemma_.lower()
        return _make(doc, number, number.last + 2, "other", unit, context), number.last + 2
    at = number.last + (after == "-" and letters[number.last + 1 : number.last + 2] in {"k", "p"})
    entry = (
        _words().get(doc[at].lemma_.lower(), _words().get(words[at], ("", "")))
        if at < len(doc)
        else ("", "")
    )
    if letters[number.first] == "c":
        code = _words()[words[number.first]][1]
        return _make(doc, number, number.last, "money", code, context), number.last
    if entry[0] == "currency":
        return _make(doc, number, at + 1, "money", entry[1], context), at + 1
    if entry[0] == "percent" or words[number.last : number.last + 2] == ["per", "cent"]:
        last = at + 1 if entry[0] == "percent" else number.last + 2
        return _make(doc, number, last, "percent", "percent", context), last
    if entry[0] == "distance":
        last = _skip_conversion(letters, words, at + 1)
        return _make(doc, number, last, "distance", entry[1], context), last
    if number.rule == "fraction":
        return _make(doc, number, number.last, "percent", "share", context), number.last
    return _count_things(doc, number, context), number.last


def _skip_conversion(letters: str, words: list[str], at: int) -> int:
    """Step over the same distance in other units: "5 kilometers (3 miles)"."""
    if at < len(words) and words[at] == "(":
        for close in range(at + 1, min(at + 8, len(words))):
            if words[close] == ")":
                return (
                    close + 1
                    if re.search("[dnt]", letters[at:close]) and "k" in letters[at:close]
                    else at
                )
    return at


def _count_things(doc: "ParsedText", number: _Number, context: _Context) -> Quantity | None:
    noun = _noun_of(doc[number.last - 1], number)
    counted = _counted(noun, number)
    is_number_alone = number.first <= counted.i < number.last
    kind = find_kind(
        noun, counted, doc[number.last].lower_ if number.last < len(doc) else "", is_number_alone
    )
    measure = _words().get(counted.lemma_.lower(), ("", ""))
    if measure[0] in ("currency", "distance"):  # "millions of dollars", "hundreds of miles"
        return _make(
            doc,
            number,
            counted.i + 1,
            "money" if measure[0] == "currency" else "distance",
            measure[1],
            context,
        )
    if kind not in HARM and (carried := _carried_kind(noun, counted, is_number_alone, context)):
        kind = carried
    if doc[number.first].lower_ == "both" and kind not in HARM:
        return None  # "both sides" counts nothing that a reader asks for
    is_thing = (
        counted.pos_ in ("NOUN", "PROPN")
        and counted.ent_type_ not in _NAME_LABELS
        and (number.low or 0) != 1
    )
    if kind == "other" and is_number_alone:
        return _count_alone(doc, number, counted, context)
    if kind == "other" and not is_thing and counted.lower_ not in ("them", "whom"):
        return None
    if kind == "other" and counted.lower_ in ("them", "whom"):
        kind = "people"
    near = counted.i >= number.last and counted.i - number.last < _NOUN_DISTANCE
    last = counted.i + 1 if near else number.last
    unit = "person" if kind in KINDS else counted.lemma_.lower()
    population = None
    if near and kind in KINDS and ("noun", counted.lemma_.lower()) not in load_kinds():
        population = _population(doc, number, counted)
    return _make(doc, number, last, kind, unit, context, population)


def _count_alone(
    doc: "ParsedText", number: _Number, word: "Word", context: _Context
) -> Quantity | None:
    """Make the quantity of a number without a noun: "we hired 500", "more than 2,500 have been
    built"."""
    value = number.low or 0
    is_year = _YEARS[0] <= value <= _YEARS[1] and "," not in doc[number.first].text
    is_told = word.dep_ in {"nsubj", "nsubjpass", "dobj"} and word.head.pos_ == "VERB"
    if not is_told or is_year or value < MIN_BARE:
        return None
    kind = "people" if word.head.lemma_.lower() in _HIRING else "other"
    return _make(doc, number, number.last, kind, "person" if kind == "people" else None, context)


def _carried_kind(
    noun: "Word", counted: "Word", is_number_alone: bool, context: _Context
) -> str | None:
    """Take over the kind of those counted last: "400 were hurt, 30 of them critically", "they put
    the number at 1,500"."""
    last = context.last
    if last is None:
        return None
    sentence = context.sentence_at(noun.idx)
    is_same = sentence is not None and sentence.start <= last.start
    if counted.lower_ in ("them", "whom") and is_same:
        return last.kind
    return last.kind if is_number_alone and is_bare_toll(noun) else None


def _population(doc: "ParsedText", number: _Number, counted: "Word") -> str | None:
    """Print who is counted, without "of" and "the"; plain people have no population."""
    kept = [
        token
        for token in doc[number.last : counted.i + 1]
        if token.lower_ not in ("of", "the", "other", "more")
        and not token.is_punct
        and token.pos_ not in ("PRON", "NUM")
    ]
    words = [
        token.lower_ if token.pos_ != "PROPN" else token.text
        for token in kept
        if token.lower_ not in load_state_words()
    ]
    return " ".join(words) if words and words not in (["people"], ["person"], ["others"]) else None


# --- record
# ------------------------------------------------------------------------------------------------------


def _find_comparator(doc: "ParsedText", first: int) -> tuple[int, str | None]:
    """Find the phrase before a number that compares it, and the token it begins at."""
    words = [token.lower_ for token in doc[max(first - _COMPARATOR_WORDS, 0) : first]]
    for at in range(len(words)):
        found = _comparators().get(" ".join(words[at:]))
        if found:
            return first - (len(words) - at), found
    return first, None


_BOUNDS = {
    "at_least": (True, False),
    "more_than": (True, False),
    "up_to": (False, True),
    "fewer_than": (False, True),
}


def _make(
    doc: "ParsedText",
    number: _Number,
    last: int,
    kind: str,
    unit: str | None,
    context: _Context,
    population: str | None = None,
) -> Quantity:
    first, comparator = _find_comparator(doc, number.first)
    if number.rule == "range" and doc[max(number.first - 1, 0)].lower_ in ("between", "from"):
        first = number.first - 1
    keeps_low, keeps_high = _BOUNDS.get(comparator or "", (True, True))
    low, high = number.low, number.high
    if comparator and number.comparator not in ("exact", "between"):
        keeps_low = keeps_high = True  # "about dozens": the range says more
    start, end = doc[first].idx, doc[last - 1].idx + len(doc[last - 1])
    if context.text[end - 1] == "." and doc[last - 1].lower_ in _words():
        end -= 1  # "€300m." closes the sentence
    sentence = context.sentence_at(start)
    scope, since = _find_scope(sentence, context) if kind in HARM and sentence else (None, None)
    return Quantity(
        start=start,
        end=end,
        text=context.text[start:end],
        kind=kind,
        low=low if keeps_low else None,
        high=high if keeps_high else None,
        comparator=comparator
        if comparator and number.comparator in ("exact", "between")
        else number.comparator,
        unit=unit,
        population=population,
        scope=scope,
        scope_start_date=since,
        place=_find_place(sentence, start, context) if kind in KINDS and sentence else None,
    )


def _find_scope(sentence: Sentence, context: _Context) -> tuple[str, date | None]:
    """Tell one incident from a running total: "since Monday", "in the past week", "so far", "toll".
    Asked once a sentence."""
    if sentence.sentence_no not in context.scopes:
        context.scopes[sentence.sentence_no] = _read_scope(sentence, context)
    return context.scopes[sentence.sentence_no]


def _read_scope(sentence: Sentence, context: _Context) -> tuple[str, date | None]:
    for time in context.times_in(sentence):
        if (
            time.rule.startswith("since")
            or time.rule == "period"
            or time.text.lower().startswith(("the past", "the last"))
        ):
            return "cumulative", time.start_date
    since = _SINCE.search(sentence.text)
    if since:  # "since the offensive began on March 1"
        start = sentence.start + since.start()
        return "cumulative", next(
            (time.start_date for time in context.times_in(sentence) if time.start > start), None
        )
    is_total = _TOTAL.search(sentence.text) is not None
    return "cumulative" if is_total else "incident", None


def _find_place(sentence: Sentence, start: int, context: _Context) -> str | None:
    """Take the place named closest after the number in its sentence, else the closest before."""
    after = bisect.bisect_left(context.place_starts, start)
    for place in context.places[after : after + _PLACES_NEAR]:
        if place.start < sentence.end and not place.is_demonym:
            return place.text
    for place in reversed(context.places[max(after - _PLACES_NEAR, 0) : after]):
        if place.start >= sentence.start and not place.is_demonym:
            return place.text
    return None
