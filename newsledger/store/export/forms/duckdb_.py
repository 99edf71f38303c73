"""The published database as another DuckDB file, with primary and foreign keys, so that DBeaver
draws the diagram. The published file has none: DuckDB looks every key up at each write, which makes
a whole copy of 325 articles take twice the time and two thirds more space, and it refuses to
replace a row that others refer to, which copying only what changed does."""

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from newsledger import paths
from newsledger.model.keys import FOREIGN_KEYS, PRIMARY_KEYS
from newsledger.model.tables import Table, list_tables, schema_sql
from newsledger.store.database import STORAGE_VERSION, open_published
from newsledger.store.export.place import MARK, new_file

PURPOSE = "one DuckDB file with primary and foreign keys, for DBeaver's diagram"
_Link = tuple[str, str, str]  # column, table referred to, column there


def export(target: Path, tables: Sequence[str]) -> dict[str, int]:
    """Write one DuckDB file with all tables, keys, views and macros. Returns rows by table."""
    import duckdb

    with open_published():
        pass  # says in one line where there is none
    with new_file(target) as path:
        con = duckdb.connect()
        try:
            con.execute(f"ATTACH '{_quote(paths.PUBLISHED_DB)}' AS published (READ_ONLY)")
            con.execute(f"ATTACH '{_quote(path)}' AS keyed (STORAGE_VERSION '{STORAGE_VERSION}')")
            con.execute("USE keyed")
            written = {}
            for table, links in _order_tables():
                con.execute(f"CREATE SCHEMA IF NOT EXISTS {table.layer}")
                con.execute(_with_keys(table, links))
                ((written[table.full_name],),) = con.execute(
                    f"INSERT INTO {table.full_name} BY NAME FROM published.{table.full_name}"
                ).fetchall()
            for statement in schema_sql():
                con.execute(statement)
            con.execute("INSERT OR REPLACE INTO ops.state VALUES ('made', ?)", [MARK])
            con.execute("CHECKPOINT keyed")
        finally:
            con.close()
    return written


def _order_tables() -> list[tuple[Table, list[_Link]]]:
    """Order the tables so that each comes after those it refers to, with its links. Of links in a
    circle one is left out, and those of a table to itself, which a bulk insert cannot keep."""
    links: dict[str, list[_Link]] = defaultdict(list)
    for name, column, other, key in FOREIGN_KEYS:
        links[name].append((column, other, key))
    tables = {table.full_name: table for table in list_tables() if not table.is_view}
    ordered: dict[str, list[_Link]] = {}

    def place(name: str, above: tuple[str, ...]) -> None:
        if name in ordered or name in above:
            return
        for _, other, _ in links[name]:
            place(other, (*above, name))
        ordered[name] = [link for link in links[name] if link[1] in ordered]

    for name in tables:
        place(name, ())
    return [(tables[name], found) for name, found in ordered.items()]


def _with_keys(table: Table, links: Sequence[_Link]) -> str:
    """Give the statement that makes a table, with its keys."""
    parts = []
    if (key := PRIMARY_KEYS.get(table.full_name)) and "PRIMARY KEY" not in table.sql:
        parts.append(f"PRIMARY KEY ({', '.join(key)})")
    parts += [f"FOREIGN KEY ({column}) REFERENCES {other} ({key})" for column, other, key in links]
    create, end, rest = table.sql.partition("\n);")
    return f"{create}{''.join(f',{chr(10)}    {part}' for part in parts)}{end}{rest}"


def _quote(path: Path) -> str:
    return str(path).replace("'", "''")
