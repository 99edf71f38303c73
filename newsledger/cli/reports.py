"""The command `report`: which report, of which days, about what, in which form, and where to."""

import sys
import webbrowser
from datetime import date, datetime
from pathlib import Path

import click

from newsledger.cli.shown import show_path
from newsledger.errors import NewsledgerError

_DAY = click.DateTime(["%Y-%m-%d"])


@click.command()
@click.argument("name", default="daily_brief")
@click.option("--list", "is_list", is_flag=True, help="List the reports and what each is for.")
@click.option("--day", type=_DAY, help="One day of the desk's time zone, YYYY-MM-DD.")
@click.option("--since", type=_DAY, help="First day.")
@click.option("--until", type=_DAY, help="Last day, inclusive.")
@click.option("--story", "about", help="Id of a story, or words of its headline (story).")
@click.option("--name", "actor", help="Name of an actor (actor).")
@click.option(
    "--out", type=click.Path(path_type=Path), help="Folder to write to; default reports/out/<run>."
)
@click.option(
    "--format", "formats", default="pdf,html", show_default=True, help="pdf, html, or both."
)
@click.option("--paper", type=click.Choice(["a4", "us-letter"]), default="a4", show_default=True)
@click.option(
    "--map-script",
    type=click.Choice(["arabic", "cyrillic"]),
    help="Names of towns on maps in this script, too.",
)
@click.option("--open", "is_open", is_flag=True, help="Show the report when it is written.")
def report(
    name: str, is_list: bool, day: datetime | None, since: datetime | None, until: datetime | None,
    about: str | None,
    actor: str | None, out: Path | None, formats: str, paper: str, map_script: str | None,
    is_open: bool,
) -> None:  # fmt: skip
    """Write a report of reports/ from the published database, as pages and as an HTML edition.

    Without days it takes the newest day, week or month that has articles. Files of others in the
    folder are never touched.

    \b
    Examples:
      newsledger report
      newsledger report --list
      newsledger report daily_brief --day 2026-02-12 --open
      newsledger report story --story "flood on the Severn" --format html
      newsledger report actor --name "Anna Rees" --out /srv/briefs
    """
    from newsledger.render.report import Request
    from newsledger.render.report_folders import describe_reports

    if is_list:
        for known, what in describe_reports():
            click.echo(f"{known:14} {what}")
        return
    request = Request(
        day=_date(day), since=_date(since), until=_date(until), about=about or actor or "",
        formats=tuple(part.strip() for part in formats.split(",") if part.strip()), paper=paper,
    )  # fmt: skip
    files = _write(name, out, {"map_script": map_script} if map_script else {}, request)
    shown = [path for path in files if path.suffix == ".pdf" or path.name == "index.html"]
    for path in shown:
        click.echo(show_path(path))
    if is_open and not webbrowser.open(shown[-1].absolute().as_uri()):
        click.echo("no program to show it was found: open the file by hand", err=True)
        sys.exit(1)


def _write(name: str, out: Path | None, settings: dict[str, str], request: object) -> list[Path]:
    from newsledger import paths
    from newsledger.render.report import build_report
    from newsledger.run.published import newest_run

    found = newest_run()
    if found is None:
        raise NewsledgerError("nothing is published yet: run `newsledger run` first")
    run_id, cutoff_at = found
    return build_report(
        name, paths.PUBLISHED_DB, out or paths.REPORT_OUT / run_id, run_id=run_id,
        cutoff_at=cutoff_at,
        settings=settings, request=request,  # type: ignore[arg-type]
    )  # fmt: skip


def _date(moment: datetime | None) -> date | None:
    return moment.date() if moment else None
