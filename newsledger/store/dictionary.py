"""DATA_DICTIONARY.md, generated from the comments in `sql/`."""

from typing import Any

from newsledger.model.tables import (
    LAYER_COMMENTS,
    LAYERS,
    READING,
    apply_schema,
    list_macros,
    list_tables,
)


def build_dictionary() -> str:
    """Write the data dictionary as Markdown: every table and view with every column. Raises
    `ValueError` where a comment is missing."""
    import duckdb

    con = duckdb.connect()
    apply_schema(con)
    tables = {f"{s}.{t}": c for s, t, c in con.execute(
        "SELECT schema_name, table_name, comment FROM duckdb_tables() UNION ALL "
        "SELECT schema_name, view_name, comment FROM duckdb_views() WHERE NOT internal"
    ).fetchall()}  # fmt: skip
    columns = con.execute(
        "SELECT schema_name || '.' || table_name, column_name, data_type, is_nullable, "
        "comment FROM duckdb_columns() "
        "WHERE NOT internal ORDER BY schema_name, table_name, column_index"
    ).fetchall()
    con.close()
    names = [table.name for table in list_tables() if table.layer == READING]
    parts = [
        "# Data dictionary",
        "Generated from the comments in `sql/` by `newsledger dictionary`; do not edit. "
        "Offsets are code points into "
        '`core.articles.body`, end exclusive: `substr(body, start + 1, "end" - start)` is '
        "the text as printed. Times are UTC. The file opens in DuckDB 1.4.2 or newer.",
        _describe_reading(names),
    ]
    for layer in LAYERS:
        parts.append(f"## {layer}\n\n{LAYER_COMMENTS[layer]}.")
        for table in sorted(
            (table for table in list_tables() if table.layer == layer), key=lambda table: table.name
        ):
            parts.append(
                _describe(
                    table.full_name,
                    tables[table.full_name],
                    [row for row in columns if row[0] == table.full_name],
                )
            )
    return "\n\n".join(parts) + "\n"


def _describe_reading(names: list[str]) -> str:
    """Tell readers where to begin: the short names, and the macros with an example each."""
    rows = "\n".join(
        f"| `{macro.signature}` | {macro.comment} | `{macro.example}` |" for macro in list_macros()
    )
    return (
        "## Where to begin\n\n"
        f"What is in the schema `{READING}` also goes by its bare "
        f"name: {', '.join(f'`{name}`' for name in names)}. "
        "`SELECT * FROM claims LIMIT 5` is a good start.\n\n"
        f"| macro | what it does | example |\n|---|---|---|\n{rows}"
    )


def _describe(name: str, comment: str | None, columns: list[tuple[Any, ...]]) -> str:
    missing = [column for _, column, _, _, text in columns if not text]
    if not comment or missing:
        raise ValueError(f"{name}: no COMMENT for {', '.join(missing) or 'the table'}")
    rows = "\n".join(
        f"| {column} | {_short_type(kind)} | {text.replace('|', chr(92) + '|')} |"
        for _, column, kind, _, text in columns
    )
    return f"### {name}\n\n{comment}\n\n| column | type | meaning |\n|---|---|---|\n{rows}"


def _short_type(kind: str) -> str:
    return kind.replace("|", "\\|")
