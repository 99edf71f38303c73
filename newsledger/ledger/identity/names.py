"""How two names compare: folding, transliteration, initials, acronyms. No context, no database."""

import re
from functools import cache
from itertools import pairwise

from newsledger.lexicon.words import read_lexicon
from newsledger.text.fold import strip_accents

_HONORIFICS = frozenset(
    """mr mrs ms miss dr sir dame lord lady prof professor gen general col colonel lt lieutenant maj
    major capt captain sgt sergeant adm admiral cmdr commander brig brigadier president minister sen
    senator rep representative gov governor rev reverend sheikh sheik imam king queen prince
    princess pope judge justice mayor ambassador secretary chancellor premier""".split()
)
_SON = frozenset({"bin", "ibn", "bint"})
_OF_LINE = frozenset({"al", "el"})
_PARTICLES = frozenset(
    "al el ul as ash ad ar an at bin ibn ben de da di du del della la le van von der den "
    "dos das".split()
)
_GENERATIONS = {
    "jr": "junior",
    "junior": "junior",
    "sr": "senior",
    "senior": "senior",
    "ii": "second",
    "iii": "third",
    "iv": "fourth",
}
_SUFFIXES = frozenset("inc ltd llc plc corp co gmbh ag sa nv".split())
_ARTICLES = frozenset({"the", "a", "an"})
_LETTERS = str.maketrans(
    {"ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
)  # that fall into no letter and mark
# What different transliterations of one letter look like, longer first. Vowels stay apart where
# they tell names apart: Hassan, Hussein.
_TRANSLITERATIONS = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        ("^[yj]e", "e"), ("([aou])e(?!l?$)", r"\1"), ("dj", "j"), ("sch|sh|tch|tsch", "sh"),
        ("kh|gh|q|ck|c(?![eih])", "k"), ("ph", "f"), ("ou|oo", "u"),
        ("ai|ay|ei|ey|ee|iy|ij|yy|y", "i"),
        ("iu|yu", "u"), ("w", "v"), ("tz|ts", "z"), ("o", "u"), (r"(.)\1+", r"\1"), ("ii+", "i"),
        ("(?<=.)h$", ""), ("ie$|ia$", "i"),
    )
)  # fmt: skip
_NOT_WORD = re.compile(r"[^\w]+")
_DOMAIN = re.compile(r"(?<=\w{3})\.(?:com|org|net|co\.uk)\b")
_OTHER_NAMES = {"democratic peoples republic of korea": "north korea", "dprk": "north korea"}
_LONG_NAMES = (("united nations", "un"), ("united states", "us"), ("united kingdom", "uk"))


@cache
def fold(name: str) -> str:
    """Fold a name to lower-case words without accents, articles, honorifics, punctuation and legal
    endings."""
    plain = strip_accents(name).casefold().translate(_LETTERS)
    plain = _DOMAIN.sub("", plain)
    plain = re.sub(r"[’'`]s\b", "", plain).replace("’", "").replace("'", "").replace(".", "")
    words = [word for word in _NOT_WORD.split(plain) if word]
    while len(words) > 1 and (words[0] in _ARTICLES or words[0] in _HONORIFICS):
        words.pop(0)
    while len(words) > 1 and words[-1] in _SUFFIXES:
        words.pop()
    folded = " ".join(words)
    if folded in _OTHER_NAMES:
        return _OTHER_NAMES[folded]
    for long, short in _LONG_NAMES:
        if len(folded) > len(long):
            folded = re.sub(rf"\b{long}\b", short, folded)
    return folded


@cache
def split_parts(folded: str) -> tuple[str, ...]:
    """Split a folded name into its parts without particles: `bashar al assad` is `bashar`,
    `assad`."""
    words = folded.split()
    if len(words) > 2 and words[-1] in _GENERATIONS:
        words.pop()
    parts = tuple(word for word in words if word not in _PARTICLES)
    return parts or tuple(words)


def find_generation(folded: str) -> str | None:
    """Find which bearer of a family's name a person is: `junior` in `omar tal jr`."""
    words = folded.split()
    return _GENERATIONS.get(words[-1]) if len(words) > 2 else None


def is_of_other_generation(left: str, right: str) -> bool:
    """Whether two folded names are of two bearers in a family, as far as they tell: who is called
    `omar tal iii` once is `omar tal` as a rule, but a junior has a father."""
    generations = {find_generation(left), find_generation(right)}
    return len(generations) > 1 and (
        None not in generations or bool(generations & {"junior", "senior"})
    )


@cache
def transliterate(word: str) -> str:
    """Fold the spellings of one word from another script into one: `Sergei`, `Sergey`; `Gaddafi`,
    `Qaddafi` stay a letter apart."""
    for pattern, replacement in _TRANSLITERATIONS:
        word = pattern.sub(replacement, word)
    return word


@cache
def skeleton(word: str) -> str:
    """The consonants of a word, voiced and voiceless alike: what spellings of one name share, for
    finding candidates."""
    bare = re.sub(r"[aeiouhy]", "", transliterate(word)) or word[:1]
    return bare.translate(str.maketrans("gdbz", "ktps"))


def make_initials(folded: str) -> str:
    """Make the initials of a name's words: `syrian observatory for human rights` is `sohr`, little
    words left out."""
    return "".join(
        "tv" if word == "television" else word[0]
        for word in folded.split()
        if word not in {"of", "for", "and", "the", "in", "on", "to", "de"}
    )


def compare_people(left: str, right: str) -> tuple[str, float]:
    """Say how two folded names of people relate, and how far the names alone make them one, 0 to
    1."""
    generations = find_generation(left), find_generation(right)
    if generations[0] != generations[1]:
        relation, score = compare_people(" ".join(split_parts(left)), " ".join(split_parts(right)))
        if all(generations):
            return "different names", 0.0
        if not is_of_other_generation(left, right):
            return relation, score
        words = f"{relation}, one of them {generations[0] or generations[1]}"
        return words, min(score, GENERATION_LEFT_OUT)
    one, other = split_parts(left), split_parts(right)
    if one == other:
        return (
            ("same name", SAME_FULL_NAME)
            if len(one) > 1
            else ("same single name", SAME_SINGLE_NAME)
        )
    if "".join(one) == "".join(other):
        return "name in one or two words", MIDDLE_LEFT_OUT
    if one[0] != other[0] and (_descends(left, right) or _descends(right, left)):
        return "child of a bearer", 0.0
    if len(one) > len(other):
        one, other = other, one
    if len(one) == 1:
        return (
            ("surname only", SURNAME_ONLY)
            if _is_spelling(one[0], other[-1]) and len(other) > 1
            else ("different names", 0.0)
        )
    if other in (one[1:] + one[:1], one[-1:] + one[:-1]):
        return "other order of the names", MIDDLE_LEFT_OUT if len(one) > 2 else NEAR_NAME
    if not _is_spelling(one[-1], other[-1]):
        return _compare_surnames(one, other)
    return _compare_first_names(one, other)


def _descends(name: str, other: str) -> bool:
    """Whether a folded name tells that its bearer descends from who has another name: `hamdan bin
    rashid al tal` from `rashid al tal`, not from whoever goes by `bin rashid` or by `al tal`."""
    father = split_parts(other)[0]
    if other.split()[0] != father:
        return False
    words = name.split()[1:]
    inside = set(pairwise(words[:-1]))
    return any((link, father) in inside for link in _OF_LINE) or any(
        (link, father) in set(pairwise(words)) for link in _SON
    )


def _compare_surnames(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, float]:
    """Compare full names with unlike last words, the shorter one first."""
    from rapidfuzz.distance import JaroWinkler

    if _is_spelling(one[0], other[0]) and any(_is_spelling(one[-1], part) for part in other[1:-1]):
        return "part of a double surname", LIKE_SPELLING
    whole = JaroWinkler.similarity("".join(one), "".join(other))
    is_like = whole >= NEAR_SPELLING and one[0][0] == other[0][0]
    return ("like spelling", LIKE_SPELLING) if is_like else ("different names", 0.0)


def _compare_first_names(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, float]:
    """Compare full names of one surname, the shorter one first."""
    from rapidfuzz.distance import JaroWinkler

    first, second = one[0], other[0]
    if all(_is_spelling(a, b) for a, b in zip(one, other, strict=False)) and len(one) == len(other):
        return "transliteration", TRANSLITERATED
    if _is_spelling(first, second):
        middles = set(map(transliterate, one[1:-1])), set(map(transliterate, other[1:-1]))
        if middles[0] <= middles[1] or any(
            len(m) == 1 and any(n.startswith(m) for n in middles[1]) for m in middles[0]
        ):
            return "middle name left out", MIDDLE_LEFT_OUT
        is_by_initials = all(len(name) <= INITIALS for names in middles for name in names)
        return ("other initials", 0.0) if is_by_initials else ("other middle name", OTHER_MIDDLE)
    if (len(first) == 1 or len(second) == 1) and first[0] == second[0]:
        return "initial", INITIAL
    if f"{first}a" == second or f"{second}a" == first:
        return "different names", 0.0  # Robert, Roberta
    if first in other[1:-1] or second in one[1:-1]:
        left_out = second if first in other[1:-1] else first
        if len(left_out) == 1:  # "J. Christopher Tal"
            return "initial left out", MIDDLE_LEFT_OUT
        return "goes by the middle name", NEAR_NAME
    if (
        first[0] == second[0]
        and skeleton(first) == skeleton(second)
        and JaroWinkler.similarity(first, second) >= NEAR_FIRST_NAME
    ):
        return "like first name", NEAR_NAME
    if is_first_name(first, second):
        return "short first name", NEAR_NAME
    return "different names", 0.0


def _is_spelling(left: str, right: str) -> bool:
    return left == right or (
        min(len(left), len(right)) > 2 and transliterate(left) == transliterate(right)
    )


def is_first_name(short: str, full: str) -> bool:
    """Whether a first name is another one, its beginning, or its nickname."""
    if transliterate(short) == transliterate(full):
        return True
    if min(len(short), len(full)) >= _SHORTEST_FIRST_NAME and (
        full.startswith(short) or short.startswith(full)
    ):
        return True
    return full in _nicknames().get(short, ()) or short in _nicknames().get(full, ())


@cache
def _nicknames() -> dict[str, tuple[str, ...]]:
    """Read `seeds/nicknames.csv`: full first names by nickname."""
    return {
        row["nickname"]: tuple(row["names"].split())
        for row in read_lexicon("nicknames.csv", ("nickname", "names"))
    }


_SHORTEST_FIRST_NAME = 3
SAME_FULL_NAME = 0.82
SAME_SINGLE_NAME = 0.45
TRANSLITERATED = 0.78
MIDDLE_LEFT_OUT = 0.72
GENERATION_LEFT_OUT = 0.8
INITIAL = 0.5
NEAR_NAME = 0.5
LIKE_SPELLING = 0.45
OTHER_MIDDLE = 0.4
INITIALS = 2  # letters of a middle name that are no more than initials: "H.W."
SURNAME_ONLY = 0.4
NEAR_SPELLING = 0.9  # Jaro-Winkler
NEAR_FIRST_NAME = 0.8  # where the consonants are the same
SAME_GROUP = 0.85
SAME_GENERIC_GROUP = 0.45
ACRONYM = 0.6
OTHER_LONG_FORMS = 0.36  # of one acronym: another body, or its name in another language
NEAR_LONG_FORM = 0.85  # Jaro-Winkler
SHORT_FORM = 0.45
# Words that name a kind of body and not the body: two countries have a "Defence Ministry" each.
_GENERIC = frozenset(
    """ministry minister department defence defense interior foreign affairs health education
    finance justice police court supreme high constitutional parliament senate congress cabinet
    council city county state national federal government army navy air force forces armed military
    guard coast central bank election commission electoral committee house representatives assembly
    agency authority office bureau service services security intelligence fire rescue civil
    protection emergency board union party opposition president presidency central general public
    prosecutor prosecutors attorney university hospital red crescent cross news post times herald
    daily of for and the in on agriculture transport energy environment labour labor trade culture
    sport border customs statistics district regional provincial municipal local district local
    royal""".split()
)


def is_generic(folded: str) -> bool:
    """Whether a name says what kind of body it is and not whose: `defence ministry`, `supreme
    court`."""
    return all(word in _GENERIC for word in folded.split())


def compare_groups(
    left: str, right: str, left_names: frozenset[str], right_names: frozenset[str]
) -> tuple[str, float]:
    """Say how two organisations or groups relate by folded name and further names (acronyms, short
    forms), 0 to 1."""
    from rapidfuzz.distance import JaroWinkler

    if left == right:
        return (
            ("same name of a common kind", SAME_GENERIC_GROUP)
            if is_generic(left)
            else ("same name", SAME_GROUP)
        )
    shared = sorted(
        name
        for name in (left_names | {left}) & (right_names | {right})
        if not is_generic(name) and len(name) > 2
    )
    if shared:
        has_long_forms = " " in left and " " in right and not any(" " in name for name in shared)
        if has_long_forms and JaroWinkler.similarity(left, right) < NEAR_LONG_FORM:
            return f"{shared[0]} is short for both", OTHER_LONG_FORMS
        return f"both go by {shared[0]}", TRANSLITERATED if len(shared[0]) > 4 else ACRONYM
    one, other = sorted((left, right), key=len)
    if len(one) > 2 and " " not in one and " " in other and make_initials(other) == one:
        return "acronym", ACRONYM
    words = one.split(), other.split()
    if len(words[0]) == len(words[1]) and all(
        _is_spelling(a, b) for a, b in zip(*words, strict=True)
    ):
        return "transliteration", TRANSLITERATED
    if len(words[0]) > 1 and not is_generic(one) and set(words[0]) < set(words[1]):
        return "short form", SHORT_FORM
    if (
        len(one) > 6
        and JaroWinkler.similarity(one, other) >= 0.94
        and len(words[0]) == len(words[1])
        and all(a[0] == b[0] for a, b in zip(*words, strict=True))  # Eastmoor, Westmoor
    ):
        return "like spelling", LIKE_SPELLING
    return "different names", 0.0
