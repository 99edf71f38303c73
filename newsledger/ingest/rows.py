"""Rows of tables and objects of JSON as documents: which column is the text, which the headline,
the date …"""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from newsledger.errors import RefusedDocument
from newsledger.ingest.input_file import HINT_KEYS, InputFile, Reading
from newsledger.model.records import RawDocument, Reject

INSIDE = (
    "fields",
    "_source",
    "attributes",
    "article",
    "item",
    "node",
)  # where an entry keeps the article itself
NAMED_BY = (
    "name",
    "title",
    "main",
    "original",
    "rendered",
    "value",
    "id",
)  # of an object that stands for a name, a headline, a byline
# refusals of single rows, if they are the most; a broken file of 20 MB has millions of them
MAX_BROKEN_ROWS = 1000
# Names that dumps and news APIs give their columns, first match wins; a column map of the source
# goes first.
COLUMN_NAMES: dict[str, tuple[str, ...]] = {
    "html": ("html", "raw_html", "page_html", "content_html", "bodyhtml"),
    "text": (
        "text", "body", "article_text", "full_text", "fulltext", "maintext", "main_text",
        "article_body", "articlebody", "bodytext",
        "content", "content_text", "article", "story", "plain_text", "description",
    ),
    "title": ("title", "headline", "webtitle", "article_title", "head"),
    "url": ("url", "link", "weburl", "article_url", "source_url", "canonical_url", "uri",
    "web_url"),
    "outlet": ("outlet", "source", "source_name", "publisher", "publication", "newspaper", "site",
    "sitename", "domain", "source_domain"),
    "authors": ("authors", "author", "byline", "creator"),
    "published_at": (
        "published_at", "publishedat", "published", "date_published", "date_publish",
        "publish_date", "publication_date", "pub_date",
        "pubdate", "webpublicationdate", "firstpublished", "date", "datetime", "timestamp",
    ),
    "modified_at": ("modified_at", "modified", "date_modified", "updated_at", "updated",
    "lastmodified", "last_modified"),
    "standfirst": ("standfirst", "subtitle", "summary", "abstract", "dek", "lead", "description"),
    "section": ("section", "category", "sectionname", "desk"),
    "language": ("language", "lang"),
    "agency": ("agency", "wire"),
    "id": ("doc_id", "id", "guid", "article_id", "uuid"),
}  # fmt: skip


def find_columns(names: list[str], column_map: Mapping[str, str]) -> dict[str, str]:
    """Say which column holds what. Raises `RefusedDocument("missing_column")` without a text, or
    where a mapped one is missing."""
    by_folded = {_fold(name): name for name in reversed(names)}
    columns: dict[str, str] = {}
    for key, column in column_map.items():
        if _fold(column) not in by_folded:
            raise RefusedDocument(
                "missing_column",
                f"{key} is mapped to {column!r}; there are {', '.join(names[:20])}",
            )
        columns[key] = by_folded[_fold(column)]
    for key, candidates in COLUMN_NAMES.items():
        free = (
            by_folded[name]
            for name in candidates
            if name in by_folded and by_folded[name] not in columns.values()
        )
        if key not in columns and (found := next(free, None)) is not None:
            columns[key] = found
    if "text" not in columns and "html" not in columns:
        raise RefusedDocument(
            "missing_column",
            f"no column with the text; there are {', '.join(names[:20])}: name it in column_map, "
            f"text=…",
        )
    return columns


def lift_fields(row: dict[str, Any]) -> dict[str, Any]:
    """Lift what news interfaces keep one step down: `{"webTitle": …, "fields": {"bodyText": …}}`.
    What stands above goes first."""
    inner = [row[key] for key in INSIDE if isinstance(row.get(key), dict)]
    return {name: value for part in (*reversed(inner), row) for name, value in part.items()}


def _fold(name: str) -> str:
    """Fold a column's name: "Publication Date" is publication_date."""
    return re.sub(r"[\s-]+", "_", name.strip().casefold())


def read_row(
    row: Mapping[str, Any],
    columns: Mapping[str, str],
    number: int,
    file: InputFile,
    reading: Reading,
    content: bytes | None = None,
) -> Iterator[RawDocument | Reject]:
    """Read one row. `content` is the row as it arrived, where it has bytes of its own."""
    values = {key: row.get(column) for key, column in columns.items()}
    html, text = values.pop("html", None), values.pop("text", None)
    if isinstance(text, dict) and isinstance(text.get("rendered"), str):  # as WordPress answers
        html, text = text["rendered"], None
    is_html = isinstance(html, str) and bool(html.strip())
    body = html if is_html else text
    if content is None:
        content = json.dumps(row, ensure_ascii=False, sort_keys=True, default=str).encode(
            "utf-8", "surrogatepass"
        )
    key = values.pop("id", None)
    has_key = isinstance(key, str | int) and str(key).strip()
    uri = f"{file.uri}#{key if has_key else f'row-{number}'}"
    if body is not None and not isinstance(body, str):
        yield from reading.refuse(
            uri, RefusedDocument("malformed", f"the text is {name_of(body)}"), content=content
        )
        return
    yield from reading.make_document(
        file,
        uri,
        content,
        "text/html" if is_html else "text/plain",
        text=body or "",
        hints=_hints(values),
    )


NO_VALUES = frozenset({"nan", "NaN", "NaT", "None", "null", "NULL", "undefined", "N/A", "n/a", "-"})
"""What programs write into a cell without a value."""


def name_of(value: Any) -> str:
    """Name the kind of a value of JSON as a person would."""
    kinds = {
        bool: "true or false",
        int: "a number",
        float: "a number",
        str: "a string",
        list: "a list",
        dict: "an object",
        type(None): "null",
    }
    return kinds.get(type(value), f"a {type(value).__name__}")


def give_up_on_broken(rows: Iterator[RawDocument | Reject]) -> Iterator[RawDocument | Reject]:
    """Pass rows on. Raises `RefusedDocument("malformed")` for the rest of a table most of which
    cannot be read: it is no table."""
    good, broken = 0, 0
    for row in rows:
        broken += isinstance(row, Reject)
        good += not isinstance(row, Reject)
        if broken > MAX_BROKEN_ROWS and broken > good:
            raise RefusedDocument(
                "malformed", f"more than {MAX_BROKEN_ROWS:,} rows cannot be read; the rest was left"
            )
        yield row


def _hints(values: Mapping[str, Any]) -> dict[str, object]:
    hints = {key: _plain(value) for key, value in values.items() if key in HINT_KEYS}
    if isinstance(hints.get("authors"), str):
        hints["authors"] = [hints["authors"]]
    return hints


def _plain(value: Any) -> object:
    """A value as a string or a list of strings; an object says its name (`{"name": "The
    Independent"}`, `{"main": "Rain stops play"}`)."""
    if isinstance(value, Mapping):
        value = next((value[key] for key in NAMED_BY if value.get(key)), None)
    if isinstance(value, list | tuple):
        return [str(item) for item in map(_plain, value) if item]
    if isinstance(value, date | datetime):
        return value.isoformat()
    if value is None or (isinstance(value, float) and value != value):
        return None
    text = str(value).strip()
    return None if text in NO_VALUES else text
