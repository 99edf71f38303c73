"""Terms of a claim: its words folded so that "killing", "were killed" and "killed" are one, with
demonyms as countries and the little words left out."""

import re
from collections import defaultdict
from collections.abc import Sequence
from functools import cache, lru_cache

from newsledger.lexicon.words import load_families, read_lexicon

KEPT_TEXTS = 50_000  # read last, of which is kept what was found in them: more than a story has
_WORD = re.compile(r"\d+(?:[.,:]\d+)*|[^\W\d_]+(?:['’][a-z]+)?|[^\W_]+")
_ABBREVIATION = re.compile(r"\b(?:[A-Z]\.){2,}")  # U.S.
_UNITED_STATES = re.compile(r"\bUSA?\b|\bUnited States\b|\bAmericans?\b")
_AMERICA = ("US", "United States", "American")  # looked for before the pattern
_STOP = frozenset(
    """the a an and or but of to in on at for from with by as is are was were be been being has have
    had it its this that these those he she they his her their him them who which what when where
    will would could should may might can not no nor never none neither nobody said say says across
    after before over about into than then also more most up down out all any some each every i we
    you our us my your me there here how if so because while during until since under off own same
    very just only still again both between monday tuesday wednesday thursday friday saturday sunday
    today tomorrow yesterday early late morning noon evening afternoon night isn wasn don didn won
    hadn overnight do does did done asked for least people person mr mrs ms dr according told added
    adding tells one its it's jan feb mar apr jun jul aug sep sept oct nov dec""".split()
)
_ENDINGS = (
    ("isation", "ize"), ("ization", "ize"), ("ational", "ate"), ("ically", "ic"), ("ingly", ""),
    ("edly", ""), ("ements", ""),
    ("ement", ""), ("ments", ""), ("ment", ""), ("ings", ""), ("ing", ""), ("ation", ""),
    ("ions", ""), ("ion", ""), ("ied", "y"),
    ("ies", "y"), ("ed", ""), ("ers", ""), ("er", ""), ("ors", ""), ("or", ""), ("ly", ""),
    ("es", ""), ("s", ""), ("e", ""),
)  # fmt: skip
_SHORTEST = 3  # letters that stay
_NUMBER_WORDS = {
    word: str(number)
    for number, word in enumerate(
        """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen
        fifteen sixteen seventeen eighteen nineteen twenty""".split()
    )
}


def split_words(text: str) -> tuple[str, ...]:
    """Split a text into lower-case words and numbers; "U.S." is one word."""
    joined = text.replace("%", " percent ")
    if "." in joined:
        joined = _ABBREVIATION.sub(lambda found: found[0].replace(".", ""), joined)
    if any(name in joined for name in _AMERICA):
        joined = _UNITED_STATES.sub("usa", joined)
    return tuple(" ".join(_WORD.findall(joined)).lower().replace("’", "'").split())


@lru_cache(KEPT_TEXTS)
def find_terms(text: str) -> frozenset[str]:
    """List the terms of a text."""
    return frozenset(filter(None, fold_text(text)[1]))


def fold_text(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The words of a text with single words for phrases, and the term of each, empty for what tells
    nothing."""
    words, _ = fold_phrases(split_words(text))
    return tuple(words), tuple("" if word in _STOP else fold_word(word) for word in words)


def fold_phrases(words: Sequence[str]) -> tuple[list[str], list[str]]:
    """Put single words for phrases: "under investigation" is investigated. Returns the words, and
    the phrases that were found."""
    folded: list[str] = []
    found: list[str] = []
    phrases, at = _phrases(), 0
    while at < len(words):
        phrase: tuple[str, ...] = (words[at],)
        instead = phrase
        for known, stands in phrases.get(words[at], ()):
            if tuple(words[at : at + len(known)]) == known:
                found.append(" ".join(known))
                phrase, instead = known, stands
                break
        folded += instead
        at += len(phrase)
    return folded, found


@cache
def _phrases() -> dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]]:
    """Read `seeds/phrase_families.csv`, by first word, the longest phrase first."""
    found: dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]] = defaultdict(list)
    for row in read_lexicon("phrase_families.csv", ("phrase", "words")):
        phrase = tuple(row["phrase"].split())
        found[phrase[0]].append((phrase, tuple(row["words"].split())))
    return {
        first: sorted(rows, key=lambda row: (-len(row[0]), row[0])) for first, rows in found.items()
    }


@cache
def fold_word(word: str) -> str:
    """Fold a lower-case word to its family, its number or its stem. Empty for what tells
    nothing."""
    bare = word.split("'")[0].strip("'")
    if not bare or bare in _STOP:
        return ""
    if bare[0].isdigit():
        return bare.replace(",", "")
    if bare in _NUMBER_WORDS:
        return _NUMBER_WORDS[bare]
    stem = stem_word(bare)
    return load_families().get(bare) or load_families().get(stem) or stem


def stem_word(word: str) -> str:
    """Cut the ending of inflected and derived words."""
    for ending, instead in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST and word[-2:] != "ss":
            word = word[: len(word) - len(ending)] + instead
            break
    is_double = len(word) > _SHORTEST and word[-1] == word[-2] and word[-1] not in "aeiouls"
    return word[:-1] if is_double else word


# What numbers count time by, and what share of something.
TIME_UNITS = frozenset(
    map(fold_word, "year years old month months week weeks day days hour hours minute".split())
)
