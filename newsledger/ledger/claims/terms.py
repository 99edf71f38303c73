"""Terms of a claim: its words folded so that "killing", "were killed" and "killed" are one, with
demonyms as countries and the little words left out."""

import re
from functools import cache

from newsledger.lexicon.words import load_families

_WORD = re.compile(r"\d+(?:[.,:]\d+)*|[^\W\d_]+(?:['’][a-z]+)?|[^\W_]+")
_ABBREVIATION = re.compile(r"\b(?:[A-Z]\.){2,}")  # U.S.
_UNITED_STATES = re.compile(r"\bUSA?\b|\bUnited States\b|\bAmericans?\b")
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
    joined = _ABBREVIATION.sub(lambda found: found[0].replace(".", ""), text)
    joined = _UNITED_STATES.sub("usa", joined).replace("%", " percent ")
    return tuple(word.lower().replace("’", "'") for word in _WORD.findall(joined))


@cache
def find_terms(text: str) -> frozenset[str]:
    """List the terms of a text."""
    return frozenset(
        term for word in split_words(text) if word not in _STOP and (term := fold_word(word))
    )


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
