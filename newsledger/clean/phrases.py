"""Phrases that tell what a line of a page is: `seeds/page_phrases.csv`."""

import csv
import re
from functools import cache, lru_cache

from newsledger import paths
from newsledger.errors import SettingsError
from newsledger.records import LINE_ROLES


@cache
def load_phrases() -> tuple[tuple[str, re.Pattern[str] | None, re.Pattern[str] | None], ...]:
    """Read the patterns by role, for lines in lower case: those for the beginning of a line joined, and those for any place in it.

    Raises `SettingsError` naming the row that is wrong.
    """
    path = paths.SEEDS / "page_phrases.csv"
    by_role: dict[str, list[str]] = {}
    with path.open(encoding="utf-8", newline="") as handle:
        for number, row in enumerate(csv.DictReader(handle), 2):
            if None in row or row["pattern"] is None:
                raise SettingsError(f"{path} line {number}: expected role, pattern, note; a pattern with a comma needs quotation marks")
            if row["role"] not in LINE_ROLES:
                raise SettingsError(f"{path} line {number}: role {row['role']!r}, expected one of {', '.join(LINE_ROLES)}")
            if re.search(r"(?<!\\)[A-Z]", row["pattern"]):
                raise SettingsError(f"{path} line {number}: pattern {row['pattern']!r}, expected lower case: lines are compared in it")
            try:
                re.compile(row["pattern"])
            except re.error as error:
                raise SettingsError(f"{path} line {number}: {error}") from None
            by_role.setdefault(row["role"], []).append(row["pattern"])
    return tuple(
        (role, _join([row for row in patterns if row.startswith("^")]), _join([row for row in patterns if not row.startswith("^")]))
        for role, patterns in by_role.items()
    )


def _join(patterns: list[str]) -> re.Pattern[str] | None:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns)) if patterns else None


MAX_WORDS = 20  # of a line that asks for something without a word to the reader; "register" and "donations" stand in news too
MAX_ADVICE = 40  # of a line that speaks to the reader without a word of the house: longer ones are advice ("you can sign up for …")
ASKING = frozenset({"donation", "prompt", "login", "social", "nav", "related"})
_READER = re.compile(r"\b(?:you|your|yours|we|our|us|please)\b")
_HOUSE = re.compile(r"\b(?:we|our|us|cookies|privacy|personal (?:data|information))\b")
_QUOTED = re.compile(r"“[^”]*”?|\"[^\"]*\"?")  # in a long line, what is quoted is somebody's words, not the page's
_MARKS = "*+•·‣–- \t"


@lru_cache(maxsize=8192)
def find_role(line: str) -> str | None:
    """Name the role whose phrase stands in a line; the first role of the file wins. Pages repeat their lines, and each is asked for twice."""
    low = line.lower().lstrip(_MARKS)  # a search that ignores case takes twice as long
    words = low.count(" ")
    if words > MAX_WORDS:
        low = _QUOTED.sub("", low)
    is_news = words > MAX_WORDS and not (_HOUSE if words > MAX_ADVICE else _READER).search(low)
    for role, at_start, anywhere in load_phrases():
        if is_news and role in ASKING:
            continue
        if (at_start and at_start.match(low)) or (anywhere and anywhere.search(low)):
            return role
    return None
