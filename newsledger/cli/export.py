"""`newsledger export`: the published database in forms that other programs read."""

from pathlib import Path

import click

from newsledger.cli.shown import show_path
from newsledger.store.export import export_tables, list_forms


def _describe_forms() -> str:
    return "; ".join(f"{name}: {module.PURPOSE}" for name, module in list_forms().items()) + "."


@click.command()
@click.argument("target", type=click.Path(path_type=Path))
@click.option(
    "--format",
    "form",
    type=click.Choice(list(list_forms())),
    default="parquet",
    show_default=True,
    help=_describe_forms(),
)
@click.option(
    "--table",
    "tables",
    multiple=True,
    metavar="NAME",
    help="Only these tables or views (claims, core.articles); default all of core and mart.",
)
def export(target: Path, form: str, tables: tuple[str, ...]) -> None:
    """Export the published database to a folder, or to one file.

    An earlier export is replaced whole once the new one is written; a file or folder that is not
    an export is never touched.

    \b
    Examples:
      newsledger export out/ --format csv --table claims
      newsledger export ledger.sqlite --format sqlite
      newsledger export ledger.duckdb --format duckdb
      newsledger export entities.ftm.json --format ftm
      newsledger export claims.jsonld --format jsonld
    """
    written = export_tables(target, form, tables)
    what = "table" if all("." in name for name in written) else "schema"
    rows = sum(written.values())
    click.echo(f"{_count(len(written), what)}, {_count(rows, 'row')} → {show_path(target)}")


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
