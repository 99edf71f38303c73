"""Load the gold set: texts, claims, actors and places, with nothing but the standard library."""

import json
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class GoldArticle:
    """An article with its annotations; offsets are code points into `text`, the end exclusive."""

    doc_id: str
    title: str
    url: str
    date: str | None
    outlet: str
    split: str
    text: str
    annotators: tuple[str, ...]
    claims: list[Row] = field(default_factory=list)
    actors: list[Row] = field(default_factory=list)
    places: list[Row] = field(default_factory=list)


def read_rows(path: Path) -> list[Row]:
    """Read a file of JSON lines; a file that is not there is an error."""
    with path.open(encoding="utf-8") as handle:
        return [json.loads(line) for line in handle if line.strip()]


def group_rows(rows: list[Row]) -> dict[str, list[Row]]:
    """Group rows by their article."""
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        groups[row["doc_id"]].append(row)
    return groups


def load_gold(split: str | None = None, folder: Path = FOLDER) -> list[GoldArticle]:
    """Load the annotated articles of a split (train, test, or None for both) by doc_id."""
    parts = {
        name: group_rows(read_rows(folder / f"{name}.jsonl"))
        for name in ("claims", "actors", "places")
    }
    done = {
        row["doc_id"]: tuple(row["annotators"]) for row in read_rows(folder / "documents.jsonl")
    }
    return [
        GoldArticle(
            row["doc_id"],
            row["title"],
            row["url"],
            row["date"],
            row["outlet"],
            row["split"],
            row["text"],
            done[row["doc_id"]],
            *(parts[name].get(row["doc_id"], []) for name in ("claims", "actors", "places")),
        )
        for row in read_rows(folder / "texts.jsonl")
        if row["doc_id"] in done and split in (None, row["split"])
    ]


def slice_spans(text: str, spans: list[list[int]]) -> list[str]:
    """Cut the stretches of a claim out of its text."""
    return [text[start:end] for start, end in spans]
