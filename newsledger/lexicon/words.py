"""Word lists of `seeds/`: CSV files read once, each row checked, so that knowledge stays out of the
code."""

from functools import cache

from newsledger.errors import SettingsError
from newsledger.lexicon.sheets import read_sheet
from newsledger.paths import SEEDS


@cache
def read_lexicon(name: str, columns: tuple[str, ...]) -> tuple[dict[str, str], ...]:
    """Read `seeds/<name>` once. Raises `SettingsError` where a column is missing, or a row has too
    few or no first value."""
    path = SEEDS / name
    rows = read_sheet(path, columns, has_more=True)
    for number, row in rows:
        if not row[columns[0]]:
            raise SettingsError(f"{path}, line {number}: expected a {columns[0]}")
    return tuple(row for _, row in rows)


@cache
def read_classes(
    name: str, columns: tuple[str, str, str], allowed: frozenset[str]
) -> dict[str, tuple[str, str]]:
    """Read a list of (word, class, value). Raises `SettingsError` for a class that is not allowed
    or a word listed twice."""
    words: dict[str, tuple[str, str]] = {}
    for number, row in enumerate(read_lexicon(name, columns), 2):
        word, kind, value = (row[column].strip() for column in columns)
        if kind not in allowed:
            raise SettingsError(
                f"{SEEDS / name}, line {number}: expected {columns[1]} to be one "
                f"of {', '.join(sorted(allowed))}; got {kind!r}"
            )
        if word.lower() in words:
            raise SettingsError(f"{SEEDS / name}, line {number}: {word!r} is listed twice")
        words[word.lower()] = (kind, value)
    return words


@cache
def load_families() -> dict[str, str]:
    """Read `seeds/word_families.csv`: words that report one thing, by word."""
    return {
        row["word"]: row["family"] for row in read_lexicon("word_families.csv", ("word", "family"))
    }
