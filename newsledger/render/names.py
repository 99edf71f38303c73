"""Names that the reports print for codes of closed lists, from `seeds/report_names.csv`."""

from functools import cache

from newsledger.lexicon.words import read_lexicon

TIME_CLASSES = frozenset({"weekday", "month", "part_of_day", "relative_day", "meridiem"})
NUMBER_CLASSES = frozenset({"small", "tens", "multiplier", "vague"})


@cache
def _load_names() -> dict[tuple[str, str], str]:
    rows = read_lexicon("report_names.csv", ("code", "list", "name"))
    return {(row["list"], row["code"]): row["name"] for row in rows}


def name_of(code_list: str, code: str | None) -> str:
    """The name of a code; a code that is not listed is printed as words."""
    return _load_names().get((code_list, code or "")) or (code or "").replace("_", " ")


def names_in(code_list: str) -> list[str]:
    """The codes of a list, in the order of the file."""
    return [code for listed, code in _load_names() if listed == code_list]


@cache
def _load_number_words() -> frozenset[str]:
    rows = read_lexicon("quantity_words.csv", ("word", "class", "value"))
    return frozenset(row["word"] for row in rows if row["class"] in NUMBER_CLASSES)


def is_number(word: str) -> bool:
    """Whether a word, in lower case, is a number in digits or letters."""
    return any(map(str.isdigit, word)) or word in _load_number_words()


@cache
def _load_time_words() -> frozenset[str]:
    rows = read_lexicon("time_words.csv", ("word", "class", "value"))
    return frozenset(row["word"] for row in rows if row["class"] in TIME_CLASSES)


def is_time(word: str) -> bool:
    """Whether a word, in lower case, tells a day or an hour."""
    return any(map(str.isdigit, word)) or word in _load_time_words()


def is_negation(word: str) -> bool:
    """Whether a word, in lower case, turns a sentence round."""
    return ("negation", word) in _load_names()
