"""Numbers as they are written: digits, words, ranges, fractions and vague words, and their values.

Each token becomes one letter (digits, number word, multiplier, "dozens" …) and one compiled grammar
finds the numbers.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from newsledger.lexicon.words import read_classes

_LETTERS = {
    "small": "n", "tens": "t", "multiplier": "m", "vague": "v", "few": "f", "fraction": "x",
    "currency_mark": "c", "currency": "u",
    "distance": "k", "percent": "p", "label": "l", "street": "w",
}  # fmt: skip
_PLAIN = {
    "a": "A",
    "an": "A",
    "-": "-",
    "–": "-",
    "to": "J",
    "and": "&",
    "of": "o",
    "tens": "s",
    "or": "O",
    "in": "i",
}
_CORE = r"(?:(?:d|t-?n|t|n)(?:-?m)*(?:(?<=m)&?(?:t-?n|t|n)(?!-?m))?|Am+|xAm)"
GRAMMAR = re.compile(
    r"(?P<part>(?:t-?n|t|n|d)&Axm+|A?xoAm+)"
    r"|(?P<fraction>Ax(?=o)|n-?x|x(?=o))"
    rf"|(?P<share>(?P<part_of>(?>{_CORE}))i(?>{_CORE}))(?![-m])"
    r"|(?P<vague>(?:v|s)ov|v)"
    r"|(?P<few>A?fo?m|A?f)"
    rf"|(?P<range>c*(?P<low>(?>{_CORE}))[-J&O]c?{_CORE})(?!-)"
    rf"|(?P<number>c*{_CORE})"
)
_LAND = r"(?:us|a|c|nz|hk)"  # behind its mark: "$US4 billion"
_DIGITS = re.compile(
    rf"(?:r|rm|rs|nt\$|s\$|{_LAND}\$?)?(\d[\d,]*(?:\.\d+)?)(½|¼|¾)?(k|m|mn|bn|tn)?$", re.IGNORECASE
)
# currencies that stand glued to their number: "R95bn"
GLUED = {
    "r": "ZAR", "rm": "MYR", "rs": "INR", "nt$": "TWD", "s$": "SGD",
    "us$": "USD", "a$": "AUD", "c$": "CAD", "nz$": "NZD", "hk$": "HKD",
}  # fmt: skip
GLUE = re.compile(rf"(?P<mark>r|rm|rs|nt\$|s\$|{_LAND}\$)\d")
_BEHIND_MARK = re.compile(rf"(?P<land>{_LAND})\d")
_HALVES = {"½": 0.5, "¼": 0.25, "¾": 0.75}
_CHANGE_REACH = 6  # tokens between "rose" and its first number
_CHANGES = frozenset(
    "climb climbed climbs declined drop dropped drops fall fallen fell grew grown "
    "increased jumped lowered raised rise risen rises rose up".split()
)
_WHOLES = frozenset({2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 20, 50, 100, 1000})  # of which shares are told
MAX_VALUE = 1e15  # of a number that counts or measures; all debt of the world is 3e14 dollars


@dataclass(frozen=True, slots=True)
class Number:
    first: int  # token index
    last: int  # exclusive
    rule: str
    low: float | None
    high: float | None
    comparator: str


@cache
def load_words() -> dict[str, tuple[str, str]]:
    return read_classes("quantity_words.csv", ("word", "class", "value"), frozenset(_LETTERS))


def parse_count(words: list[str]) -> int | None:
    """Read a whole number from words: ["two"], ["twenty", "-", "two"], ["1,200"]. `None` where it
    is not one plain number."""
    match = re.fullmatch(_CORE, "".join(map(letter_of, words)))
    value = _core_value(words) if match else None
    if value is None or value > MAX_VALUE:
        return None
    return int(value) if value == int(value) else None


@lru_cache(maxsize=65_536)
def letter_of(word: str) -> str:
    entry = load_words().get(word)
    if entry:
        return _LETTERS[entry[0]]
    if word[0].isdigit() or GLUE.match(word):
        return "d" if _DIGITS.match(word) else "."
    singular = load_words().get(word[:-1]) if word[-1] == "s" else None
    if singular and singular[0] in ("distance", "currency"):
        return _LETTERS[singular[0]]
    return _PLAIN.get(word, ".")


def read_letters(words: Sequence[str]) -> str:
    """Give the letter of each word, with what only its neighbours tell: the country behind a mark
    ("$US4 billion"), the point of "Rs. 500", a space twice ("5.7  million")."""
    letters = list(map(letter_of, words))
    for at in range(1, len(words)):
        if words[at - 1] == "$" and _BEHIND_MARK.match(words[at]):
            letters[at] = "d"
        elif words[at] == "." and words[at - 1] == "rs":
            letters[at] = "c"
        elif letters[at - 1] == "d" and words[at].isspace() and "\n" not in words[at]:
            letters[at] = "-" if letters[at + 1 : at + 2] == ["m"] else letters[at]
    return "".join(letters)


def read_mark(words: Sequence[str], first: int) -> str:
    """Read the currency of a mark, with the country behind it."""
    land = _BEHIND_MARK.match(words[first + 1]) if first + 1 < len(words) else None
    is_owned = land is not None and words[first] == "$"
    return GLUED[f"{land['land']}$"] if land and is_owned else load_words()[words[first]][1]


def is_marked(word: str) -> bool:
    """Whether a word begins with the mark of a currency: "$", "rs", "hk$500"."""
    glued = GLUE.match(word)
    is_sign = glued is not None and glued["mark"].endswith("$")
    return is_sign or load_words().get(word, ("",))[0] == "currency_mark"


def is_countable(number: Number) -> bool:
    """Whether a number can count or measure what news tells of; more digits are a key or a slip."""
    return all(value is None or abs(value) <= MAX_VALUE for value in (number.low, number.high))


def read_number(match: re.Match[str], words: list[str]) -> Number | None:
    first, last = match.span()
    rule = str(match.lastgroup)
    used, letters = words[first:last], match.group()
    if rule == "vague":
        low, high = _vague_value(used, letters)
        return Number(first, last, rule, low, high, used[-1])
    if rule == "few":
        word = next(w for w, letter in zip(used, letters, strict=True) if letter == "f")
        low, high = (float(part) for part in load_words()[word][1].split("-"))
        times = float(load_words()[used[-1]][1]) if letters.endswith("m") else 1.0
        return Number(
            first, last, rule, low * times, high * times, "exact" if word == "couple" else word
        )
    if rule == "part":  # "two and a half million", "a quarter of a million"
        at = letters.index("x")
        whole = _core_value(used[: letters.index("&")]) if "&" in letters else 0.0
        scale = _multiply(used[letters.index("m") :])
        amount = ((whole or 0.0) + float(load_words()[used[at]][1])) * scale
        return Number(first, last, "number", amount, amount, "exact")
    if rule == "fraction":
        share = float(load_words()[used[-1]][1]) * (
            float(load_words()[used[0]][1]) if letters[0] == "n" else 1
        )
        return Number(first, last, rule, round(100 * share, 1), round(100 * share, 1), "about")
    if rule == "share":
        return _read_share(match, used)
    if rule == "range":
        return _read_range(match, used, words)
    value = _core_value(used)
    return Number(first, last, rule, value, value, "exact") if value is not None else None


def _read_share(match: re.Match[str], used: list[str]) -> Number | None:
    """Read "one in three" and "3 in 10" as a share; "12 in 30 villages" is its first number
    only."""
    at = match.end("part_of") - match.start()
    part, whole = _core_value(used[:at]), _core_value(used[at + 1 :])
    if part is None:
        return None
    if whole not in _WHOLES or part >= whole:
        return Number(match.start(), match.start() + at, "number", part, part, "exact")
    share = round(100 * part / whole, 1)
    return Number(match.start(), match.end(), "fraction", share, share, "about")


def _read_range(match: re.Match[str], used: list[str], words: list[str]) -> Number | None:
    """Read "10-15", "20 to 30" and "between 20 and 30"; "12 and 30" without "between" is its first
    number only."""
    first, letters = match.start(), match.group()
    at = match.end("low") - first
    low, high = _core_value(used[:at]), _core_value(used[at + 1 :])
    if low is None or high is None:
        return None
    if letters[at] == "J" and _is_change(words, first):
        return Number(first + at + 1, first + len(used), "number", high, high, "exact")
    shared = re.search(r"m+$", letters)
    if shared and "m" not in letters[:at] and low < high:
        low *= _multiply(used[shared.start() :]) if low < 1000 else 1
    is_open = letters[at] == "&" and "between" not in words[max(first - 1, 0) : first]
    is_either = letters[at] == "O" and not low < high <= low + 2  # "one or two"
    if is_open or is_either or low > high:
        value = _core_value(used[:at])
        return Number(first, first + at, "number", value, value, "exact")
    return Number(first, first + len(used), "range", low, high, "between")


def _is_change(words: list[str], first: int) -> bool:
    """Tell "rose from 12 to 15", of which only the last holds, from "from 12 to 15 people"."""
    before = words[max(first - _CHANGE_REACH, 0) : first]
    return bool(before) and before[-1] == "from" and bool(_CHANGES & set(before))


def _vague_value(used: list[str], letters: str) -> tuple[float, float]:
    if letters == "v":
        low, high = load_words()[used[0]][1].split("-")
        return float(low), float(high)
    unit = float(load_words()[used[-1]][1].split("-")[0])
    start = 20 if letters[0] == "s" else float(load_words()[used[0]][1].split("-")[0])
    return start * unit, (99 if letters[0] == "s" else 999) * unit


def _multiply(words: list[str]) -> float:
    product = 1.0
    for word in words:
        product *= float(load_words()[word][1])
    return product


def _core_value(words: list[str]) -> float | None:
    total, part = 0.0, 0.0
    for word in words:
        digits = _DIGITS.match(word)
        kind, value = load_words().get(word, ("", ""))
        if digits and not kind:
            scale = float(load_words()[digits[3].lower()][1]) if digits[3] else 1.0
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
