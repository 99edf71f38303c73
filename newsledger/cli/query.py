"""`newsledger query`: ask the published database, and show what comes back so that it can be
read."""

import base64
import csv
import io
import json
import math
import shutil
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import click

from newsledger.text.formulas import quote_formula

if TYPE_CHECKING:
    from newsledger.store.queries import Answer

SHOWN_ROWS = 200  # of a table or vertical listing; csv and json give all
NARROWEST = 8  # characters a column needs to be read; where they are fewer, rows stand upright
WIDEST = 60  # characters of a cell of a table
NO_TERMINAL = (160, 40)


@click.command()
@click.argument("sql", required=False)
@click.option("--name", help="A ready question of sql/queries, e.g. who_speaks_most.")
@click.option(
    "--param",
    "-p",
    "params",
    multiple=True,
    metavar="KEY=VALUE",
    help="Parameter of a ready question.",
)
@click.option("--list", "is_list", is_flag=True, help="List the ready questions.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "vertical", "csv", "json", "jsonl"]),
    default="table",
    show_default=True,
    help="json is one array of all rows; jsonl is one object a line.",
)
@click.option("--vertical", "is_vertical", is_flag=True, help="One column a line; nothing is cut.")
@click.option("--columns", metavar="A,B,…", help="Only these columns, in this order.")
@click.option(
    "--unsafe",
    "is_unsafe",
    is_flag=True,
    help="Let the query read other files, attach databases and change settings.",
)
def query(
    sql: str | None,
    name: str | None,
    params: tuple[str, ...],
    is_list: bool,
    form: str,
    is_vertical: bool,
    columns: str | None,
    is_unsafe: bool,
) -> None:
    """Ask the published database in SQL, or by a ready question; works while a run is going on.

    A query can write nothing, and reads nothing else of this machine. Several statements, each
    ended by a semicolon, give several results.

    \b
    Examples:
      newsledger query "SELECT speakers, content_text FROM claims LIMIT 5"
      newsledger query "FROM search('bridge')" --columns score,speakers,text
      newsledger query --list
      newsledger query --name what_did_x_say_about_y -p speaker=Observatory -p subject=Homs --format
      csv
    """
    from newsledger.store.queries import list_queries, run_query, run_sql

    if is_list:
        for item in list_queries():
            extra = "".join(f" -p {key}={value!r}" for key, value in item.params.items())
            click.echo(f"{item.name:24} {item.comment}{extra}")
        return
    if (sql is None) == (name is None):
        raise click.UsageError('give one of "SQL" and --name (see --list)')
    answers = (
        [run_query(name, read_pairs(params))]
        if name is not None
        else run_sql(sql or "", is_unsafe=is_unsafe)
    )
    if not answers:
        raise click.UsageError("the SQL is empty")
    if columns:
        wanted = [part.strip() for part in columns.split(",") if part.strip()]
        answers = [answer.pick(wanted) for answer in answers]
    for number, answer in enumerate(answers):
        if number and form in {"table", "vertical"}:
            click.echo()
        click.echo(show_answer(answer, "vertical" if is_vertical else form), nl=False)


def read_pairs(params: Iterable[str]) -> dict[str, str]:
    """Read `KEY=VALUE` arguments. Raises `click.UsageError` where one has no equals sign."""
    pairs = [param.partition("=") for param in params]
    if wrong := [key for key, sign, _ in pairs if not sign]:
        raise click.UsageError(f"--param {wrong[0]}: expected KEY=VALUE")
    return {key: value for key, _, value in pairs}


def show_answer(answer: "Answer", form: str) -> str:
    """Lay out an answer as text that ends with a line break."""
    if form == "csv":
        return _to_csv(answer)
    if form in {"json", "jsonl"}:
        rows = [json.dumps(row, ensure_ascii=False) for row in _objects(answer)]
        if form == "jsonl":
            return "".join(row + "\n" for row in rows)
        return "[" + ",\n ".join(rows) + "]\n"
    width = shutil.get_terminal_size(NO_TERMINAL).columns
    is_wide = len(answer.columns) * (NARROWEST + 3) > width
    lines = (
        _stand_upright(answer, width) if form == "vertical" or is_wide else _lay_flat(answer, width)
    )
    return "".join(line + "\n" for line in (*lines, _count(answer)))


def _count(answer: "Answer") -> str:
    total = len(answer.rows)
    if total <= SHOWN_ROWS:
        return f"{total:,} row{'' if total == 1 else 's'}"
    return f"the first {SHOWN_ROWS} of {total:,} rows; --format csv or json gives all"


def _lay_flat(answer: "Answer", width: int) -> Iterator[str]:
    cells = [[_to_text(value) for value in row] for row in answer.rows[:SHOWN_ROWS]]
    needed = [
        max([len(name), *(len(row[i]) for row in cells)]) for i, name in enumerate(answer.columns)
    ]
    widths = _share_out([min(need, WIDEST) for need in needed], width)
    yield "  ".join(_fit(name, size) for name, size in zip(answer.columns, widths, strict=True))
    yield "  ".join("─" * size for size in widths)
    for row in cells:
        yield "  ".join(_fit(cell, size) for cell, size in zip(row, widths, strict=True)).rstrip()


def _share_out(wanted: list[int], width: int) -> list[int]:
    """Give narrow columns what they need, and the wide ones equal shares of the rest."""
    left = max(width - 2 * (len(wanted) - 1), len(wanted))
    given = [0] * len(wanted)
    for place, index in enumerate(sorted(range(len(wanted)), key=lambda i: wanted[i])):
        given[index] = max(1, min(wanted[index], left // (len(wanted) - place)))
        left -= given[index]
    return given


def _fit(text: str, size: int) -> str:
    return text.ljust(size) if len(text) <= size else text[: size - 1] + "…"


def _stand_upright(answer: "Answer", width: int) -> Iterator[str]:
    import textwrap

    label = max(map(len, answer.columns), default=0)
    for number, row in enumerate(answer.rows[:SHOWN_ROWS], start=1):
        yield f"── {number} ".ljust(min(width, 80), "─")
        for name, value in zip(answer.columns, row, strict=True):
            text = _to_text(value)
            wrapped = textwrap.wrap(text, max(width - label - 2, 20)) or [""]
            yield f"{name:{label}}  {wrapped[0]}".rstrip()
            yield from (" " * (label + 2) + line for line in wrapped[1:])


def _to_text(value: Any) -> str:
    plain = to_plain(value)
    if plain is None:
        return ""
    if isinstance(plain, str):
        return " ".join(plain.split())
    return json.dumps(plain, ensure_ascii=False) if isinstance(plain, (list, dict)) else str(plain)


def _to_csv(answer: "Answer") -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(answer.columns)
    for row in answer.rows:
        writer.writerow(map(_to_cell, row))
    return out.getvalue()


def _to_cell(value: Any) -> Any:
    plain = to_plain(value)
    if isinstance(plain, (list, dict)):
        return json.dumps(plain, ensure_ascii=False)
    return quote_formula(plain) if isinstance(plain, str) else plain


def _objects(answer: "Answer") -> Iterator[dict[str, Any]]:
    for row in answer.rows:
        values = (
            json.loads(value) if kind == "JSON" and isinstance(value, str) else to_plain(value)
            for value, kind in zip(row, answer.types, strict=True)
        )
        yield dict(zip(answer.columns, values, strict=True))


def to_plain(value: Any) -> Any:
    """Turn a value of DuckDB into one that JSON has: times as ISO 8601, intervals as text, bytes
    as base64, what is no number as null."""
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    if isinstance(value, (date, time)):
        return value.isoformat()
    if isinstance(value, timedelta):
        return str(value)
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, bytes):
        return base64.b64encode(value).decode("ascii")
    if isinstance(value, dict):
        return {str(key): to_plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [to_plain(item) for item in value]
    return value if isinstance(value, (str, int, bool, type(None))) else str(value)
