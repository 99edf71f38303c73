"""What stands between the paragraphs of a flattened article without being its text: captions printed twice, links in capitals, biographies.

The first two are told by how a line stands to the others, not by its words, so that they hold for any outlet. The figures count lines of the development pages and
of 70 others, with the number of publishers.
"""

from collections.abc import Sequence

from newsledger.clean.credits import find_biography

MIN_TWICE = 6  # words of a line printed twice: 222 of 246 such lines were captions or furniture; shorter ones are rows and names
NEAR = 2  # lines from the first printing to the second: the description of a picture and its caption, a credit between them
MAX_CREDIT = 8  # words of a credit behind the second printing
MIN_CAPITALS = 5  # words of a link in capitals: 100 of 102 lines, of 34 publishers, were no text; shorter ones are often headings
AT_FOOT = 3  # last paragraphs, where a biography is the author's
CAPITAL_SHARE = 0.92  # of its letters: "McCONNELL"


def find_asides(texts: Sequence[str], is_body: Sequence[bool]) -> dict[int, tuple[str, str]]:
    """Find lines among those taken for text that are captions or links: their role and the rule, by number of the line."""
    bodies = [i for i, kept in enumerate(is_body) if kept]
    found = dict.fromkeys(_find_twice(texts, bodies), ("caption", "printed twice"))
    small = sum(not _is_capitals(texts[i]) for i in bodies)
    if small > len(bodies) / 2:  # a text all in capitals is a text
        found |= dict.fromkeys((i for i in bodies[1:-1] if _is_capitals(texts[i])), ("related", "link in capitals"))
    for i in bodies[1:][-AT_FOOT:]:
        if find_biography(texts[i]):
            found[i] = ("other", "biography")
    return found


def _find_twice(texts: Sequence[str], bodies: Sequence[int]) -> set[int]:
    """Find lines that come again at once, with or without a credit behind them; nobody writes a paragraph twice."""
    found: set[int] = set()
    for i in bodies:
        for j in range(i + 1, min(i + 1 + NEAR, len(texts))):
            if _is_twice(texts[i], texts[j]) or _is_twice(texts[j], texts[i]):
                found |= {i, j}
    return found.intersection(bodies)


def _is_twice(text: str, other: str) -> bool:
    """Tell whether the other line is this one, alone or with a credit behind it."""
    if not other.startswith(text) or len(text.split()) < MIN_TWICE or "\t" in text:
        return False
    return other == text or (text.endswith(".") and len(other[len(text) :].split()) <= MAX_CREDIT)


def _is_capitals(text: str) -> bool:
    if len(text.split()) < MIN_CAPITALS or text.endswith((".", '."', ".”")):
        return False
    letters = [letter for letter in text if letter.isalpha()]
    return bool(letters) and sum(map(str.isupper, letters)) > CAPITAL_SHARE * len(letters)
