"""`seeds/sources.csv`: the feeds, folders and lists that a run pulls."""

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from newsledger import paths
from newsledger.errors import SettingsError, raise_all

SCHEDULE_GROUPS = ("hourly", "daily", "weekly")
COLUMNS = ("name", "uri", "outlet", "format", "schedule_group", "is_enabled", "column_map", "note")
MAPPED_KEYS = (
    "html", "text", "title", "url", "outlet", "authors", "published_at", "modified_at",
    "standfirst", "section", "language", "agency", "id",
)  # fmt: skip
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A place that documents come from. Without a name it was given on the command line."""

    uri: str  # path (relative to the project), address, or `-`
    name: str | None = None
    outlet: str | None = None
    format: str | None = None  # None: told by suffix and content
    schedule_group: str = "daily"
    is_enabled: bool = True
    column_map: Mapping[str, str] = field(
        default_factory=dict
    )  # text, title … -> column of the table


def list_sources(
    uris: Sequence[str | Path] = (),
    *,
    name: str | None = None,
    schedule_group: str | None = None,
    path: Path | None = None,
) -> list[Source]:
    """List what a run reads: the paths and addresses given, else the enabled rows of
    seeds/sources.csv.

    `name` picks one row, enabled or not; `schedule_group` the rows of one group. Raises
    `SettingsError` for an unknown name.
    """
    if uris and name is None:
        return [Source(uri=str(uri)) for uri in uris]
    rows = read_seed_sources(path)
    if name is None:
        return [
            row for row in rows if row.is_enabled and schedule_group in (None, row.schedule_group)
        ]
    chosen = [row for row in rows if row.name == name]
    if not chosen:
        raise SettingsError(
            f"no source {name!r} in seeds/sources.csv; there "
            f"are {', '.join(str(row.name) for row in rows)}"
        )
    return [Source(**{**_values(chosen[0]), "uri": str(uri)}) for uri in uris] if uris else chosen


def _values(source: Source) -> dict[str, Any]:
    return {key: getattr(source, key) for key in Source.__dataclass_fields__}


def read_seed_sources(path: Path | None = None) -> list[Source]:
    """Read seeds/sources.csv. Raises `SettingsError` that names file, row and what was expected, a
    line for each mistake."""
    path = path or paths.SEEDS / "sources.csv"
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            if tuple(reader.fieldnames or ()) != COLUMNS:
                raise SettingsError(
                    f"{path}: expected the columns {', '.join(COLUMNS)}, "
                    f"got {', '.join(reader.fieldnames or ())}"
                )
            rows, mistakes = _read_rows(reader, path)
    except (OSError, UnicodeError, csv.Error) as error:
        raise SettingsError(f"{path}: {error}") from None
    names = [row.name for row in rows]
    mistakes += [
        SettingsError(f"{path}: the name {name!r} is used twice")
        for name in sorted({str(n) for n in names if names.count(n) > 1})
    ]
    raise_all(mistakes)
    return rows


def _read_rows(
    reader: "csv.DictReader[str]", path: Path
) -> tuple[list[Source], list[SettingsError]]:
    """Read the rows, and collect what is wrong with the others."""
    rows: list[Source] = []
    mistakes: list[SettingsError] = []
    for row in reader:
        try:
            rows.append(_read_row(row, f"{path}, line {reader.line_num}"))
        except SettingsError as mistake:
            mistakes.append(mistake)
    return rows, mistakes


def _read_row(row: dict[str, str], where: str) -> Source:
    from newsledger.ingest.formats import list_formats

    if None in row or None in row.values():
        raise SettingsError(f"{where}: expected {len(COLUMNS)} columns")
    row = {key: value.strip() for key, value in row.items()}
    if not _NAME.fullmatch(row["name"]):
        raise SettingsError(
            f"{where}: name {row['name']!r}: expected lower-case letters, digits, _ and -"
        )
    if not row["uri"]:
        raise SettingsError(f"{where}: expected a path or an address in uri")
    if row["format"] and row["format"] not in list_formats():
        raise SettingsError(
            f"{where}: format {row['format']!r}: expected one "
            f"of {', '.join(sorted(list_formats()))}, or nothing"
        )
    if row["schedule_group"] not in SCHEDULE_GROUPS:
        raise SettingsError(
            f"{where}: schedule_group {row['schedule_group']!r}: expected one "
            f"of {', '.join(SCHEDULE_GROUPS)}"
        )
    if row["is_enabled"] not in ("true", "false"):
        raise SettingsError(f"{where}: is_enabled {row['is_enabled']!r}: expected true or false")
    return Source(
        name=row["name"],
        uri=_absolute(row["uri"]),
        outlet=row["outlet"] or None,
        format=row["format"] or None,
        schedule_group=row["schedule_group"],
        is_enabled=row["is_enabled"] == "true",
        column_map=read_column_map(row["column_map"], where),
    )


def _absolute(uri: str) -> str:
    return uri if uri == "-" or "://" in uri else str(paths.HOME / uri)


def read_column_map(text: str, where: str) -> dict[str, str]:
    """Read `text=body; title=head` into a mapping. Raises `SettingsError`."""
    mapping: dict[str, str] = {}
    for part in filter(str.strip, text.split(";")):
        key, sign, column = (piece.strip() for piece in part.partition("="))
        if not sign or not column or key not in MAPPED_KEYS:
            raise SettingsError(
                f"{where}: column_map {part.strip()!r}: expected key=column with a key "
                f"of {', '.join(MAPPED_KEYS)}"
            )
        mapping[key] = column
    return mapping
