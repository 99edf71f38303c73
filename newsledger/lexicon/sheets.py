"""CSV files that people fill in: saved by any program, wrong ones told in one line that names the
file and the line."""

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

from newsledger import paths
from newsledger.errors import SettingsError, StoreError
from newsledger.text.formulas import quote_formula, unquote_formula

DELIMITERS = (",", ";", "\t")  # spreadsheets write the second where a comma is the decimal mark

Row = tuple[int, dict[str, str]]  # number of the line in the file, value of each column


def read_seed(name: str, columns: Sequence[str], *, is_exact: bool = False) -> list[Row]:
    """Read the rows of a file of `seeds/`, as `read_sheet` does."""
    return read_sheet(paths.SEEDS / name, columns, is_exact=is_exact)


def read_sheet(
    path: Path, columns: Sequence[str], *, has_more: bool = False, is_exact: bool = False
) -> list[Row]:
    """Read the rows of a file with these columns in any order, empty lines left out, values without
    space around them unless they are wanted exactly.

    A byte order mark, semicolons or tabs and either line end are read as they are meant. `has_more`
    allows further columns. Raises `SettingsError` naming what is wrong: encoding, columns, or the
    line with too many or too few values.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise SettingsError(
            f"{path}: is not UTF-8 (byte {error.start + 1}); save it as CSV in UTF-8"
        ) from error
    except OSError as error:
        raise SettingsError(f"{path}: cannot be read: {error.strerror}") from error
    delimiter = max(DELIMITERS, key=text.partition("\n")[0].count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        header = [cell.strip() for cell in next(reader, [])]
        _check_columns(path, header, columns, has_more=has_more)
        rows = [
            (reader.line_num, list(cells) if is_exact else [*map(_read_cell, cells)])
            for cells in reader
            if any(map(str.strip, cells))
        ]
    except csv.Error as error:
        raise SettingsError(f"{path} line {reader.line_num}: {error}") from error
    for number, cells in rows:
        if len(cells) != len(header):
            raise SettingsError(
                f"{path} line {number}: {len(cells)} values, expected {len(header)} "
                f"({', '.join(header)})"
            )
    return [(number, dict(zip(header, cells, strict=True))) for number, cells in rows]


def _read_cell(cell: str) -> str:
    return unquote_formula(cell.strip())


def write_sheet(path: Path, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> int:
    """Write a new file for people to fill in. Returns how many rows. Raises `StoreError` where one
    is there already: it may hold decisions."""
    try:
        with path.open("x", encoding="utf-8", newline="") as handle:
            writer = csv.writer(handle)
            writer.writerow(columns)
            texts = [[quote_formula(c) if isinstance(c, str) else c for c in row] for row in rows]
            writer.writerows(texts)
    except FileExistsError:
        raise StoreError(
            f"{path} is there already, and may be filled in: name a new file, or move it away"
        ) from None
    return len(texts)


def _check_columns(
    path: Path, found: Sequence[str], columns: Sequence[str], *, has_more: bool
) -> None:
    missing = [column for column in columns if column not in found]
    unknown = [] if has_more else [column for column in found if column not in columns]
    if missing or unknown or len(set(found)) < len(found):
        wrong = [f"no {', '.join(missing)}"] * bool(missing) + [
            f"unknown {', '.join(map(repr, unknown))}"
        ] * bool(unknown)
        raise SettingsError(
            f"{path}: columns: {'; '.join(wrong) or 'one is there twice'}; "
            f"expected {', '.join(columns)}"
        )
