"""Phrases that tell what a line of a page is: `seeds/page_phrases.csv`."""

import re
from collections.abc import Callable
from functools import cache, lru_cache
from itertools import chain
from typing import NamedTuple

from newsledger import paths
from newsledger.errors import SettingsError
from newsledger.lexicon.sheets import read_sheet
from newsledger.model.enums import LineRole
from newsledger.text.stems import WHOLE, list_stems


class Phrase(NamedTuple):
    """A pattern, as the function that looks for it in a line in lower case, and the beginnings of
    words one of which it needs, if any."""

    role: str
    find: Callable[[str], re.Match[str] | None]
    stems: frozenset[str] | None


@cache
def load_phrases() -> tuple[Phrase, ...]:
    """Read the patterns, those of one role together. Raises `SettingsError` naming the row that is
    wrong."""
    path = paths.SEEDS / "page_phrases.csv"
    by_role: dict[str, list[Phrase]] = {}
    for number, row in read_sheet(path, ("role", "pattern", "note"), is_exact=True):
        role, pattern = row["role"], row["pattern"]
        if role not in list(LineRole):
            raise SettingsError(
                f"{path} line {number}: role {role!r}, expected one of {', '.join(LineRole)}"
            )
        if re.search(r"(?<!\\)[A-Z]", pattern):
            raise SettingsError(
                f"{path} line {number}: pattern {pattern!r}, expected lower case: lines are "
                f"compared in it"
            )
        try:
            compiled = re.compile(pattern)
        except re.error as error:
            raise SettingsError(f"{path} line {number}: {error}") from None
        find = compiled.match if pattern.startswith("^") else compiled.search
        by_role.setdefault(role, []).append(Phrase(role, find, list_stems(pattern)))
    return tuple(chain.from_iterable(by_role.values()))


@cache
def _load_stems() -> tuple[re.Pattern[str], dict[str, frozenset[int]]]:
    """Join the stems of all phrases into one pattern, and number the phrases that need each; under
    the empty one those that need none."""
    listed = load_phrases()
    needing = {"": frozenset(number for number, phrase in enumerate(listed) if not phrase.stems)}
    joined: dict[
        str, list[str]
    ] = {}  # by the first letter: Python tries one alternative after the other
    last = WHOLE
    for stem in sorted(frozenset().union(*(phrase.stems or () for phrase in listed))):
        if stem.startswith(last):
            continue
        last = stem
        joined.setdefault(stem[0], []).append(stem[1:])
        users = (
            number
            for number, phrase in enumerate(listed)
            if any(own.startswith(stem) for own in phrase.stems or ())
        )
        needing[stem.removesuffix(WHOLE)] = frozenset(users)
    return re.compile(
        r"\b(?:"
        + "|".join(f"{letter}(?:{'|'.join(rests)})" for letter, rests in joined.items())
        + ")"
    ), needing


# of a line that asks for something without a word to the reader; "register" and "donations" stand
# in news too
MAX_WORDS = 20
# of a line that speaks to the reader without a word of the house: longer ones are advice ("you can
# sign up for …")
MAX_ADVICE = 40
# of a line that a phrase tells: the longest notice on 145 saved pages has 38; a text that came in
# one line holds the words of some phrase nearly always
MAX_TOLD = 300
ASKING = frozenset({"donation", "prompt", "login", "social", "nav", "related"})
_READER = re.compile(r"\b(?:you|your|yours|we|our|us|please)\b|^i (?:agree|consent)\b")
_HOUSE = re.compile(r"\b(?:we|our|us|cookies|privacy|personal (?:data|information))\b")
_QUOTED = re.compile(
    r"“[^”]*”?|\"[^\"]*\"?"
)  # in a long line, what is quoted is somebody's words, not the page's
_MARKS = "*+•·‣–- \t"


@lru_cache(maxsize=8192)
def find_role(line: str) -> str | None:
    """Name the role whose phrase stands in a line; the first role of the file wins. Pages repeat
    their lines, and each is asked for twice."""
    low = line.lower().lstrip(_MARKS)  # a search that ignores case takes twice as long
    words = low.count(" ")
    if words > MAX_TOLD:
        return None
    if words > MAX_WORDS:
        low = _QUOTED.sub("", low)
    is_news = words > MAX_WORDS and not (_HOUSE if words > MAX_ADVICE else _READER).search(low)
    phrases, (stems, needing) = load_phrases(), _load_stems()
    for number in sorted(needing[""].union(*[needing[stem] for stem in stems.findall(low)])):
        role, find, _ = phrases[number]
        if not (is_news and role in ASKING) and find(low):
            return role
    return None
