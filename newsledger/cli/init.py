"""`newsledger init`: the project folder of a desk, written and later brought up to date."""

import os
from pathlib import Path

import click

_WORDS = {
    "written": "new",
    "updated": "brought up to date",
    "kept": "yours stays; the package has a newer one",
    "gone": "you took it away; it stays away",
}


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), default=Path())
@click.option("--sample", "with_sample", is_flag=True, help="With invented articles to try it on.")
@click.option(
    "--take",
    multiple=True,
    metavar="FILE",
    help="Take the package's version of this file, over the one you edited.",
)
@click.option("--dry-run", "is_dry", is_flag=True, help="Show what would change, write nothing.")
@click.option("--quiet", "-q", is_flag=True, help="Only the last line.")
def init(folder: Path, with_sample: bool, take: tuple[str, ...], is_dry: bool, quiet: bool) -> None:
    """Write a project folder: settings, sources, outlets, corrections, checks, flows and schedules,
    all yours to edit.

    In a folder that has one already, files you have not touched are brought up to date after an
    upgrade; what you edited stays, and the difference is shown.

    \b
    Examples:
      newsledger init mydesk
      newsledger init mydesk --sample
      newsledger init --dry-run
      newsledger init --take seeds/outlets.csv
    """
    from newsledger.store.project import Change, write_project

    changes = write_project(folder, with_sample=with_sample, take=take, is_dry=is_dry)
    is_first = all(item.change is Change.WRITTEN for item in changes)
    for item in changes:
        if quiet or (is_first and not is_dry):
            break
        click.echo(f"{item.path}: {_WORDS[item.change]}")
        if item.difference:
            click.echo("".join(f"    {line}\n" for line in item.difference.splitlines()), nl=False)
    counts = ", ".join(
        f"{count} {change}"
        for change in Change
        if (count := sum(item.change is change for item in changes))
    )
    told = counts or "everything is up to date"
    click.echo(f"{_show(folder)}: {told}{'; nothing written' if is_dry else ''}")
    if is_first and changes and not is_dry and not quiet:
        there = "" if folder.resolve() == Path.cwd() else f"cd {_show(folder)} && "
        put = "" if with_sample else "; put articles into seeds/articles, or name them"
        click.echo(f"next: {there}newsledger run{put}")


def _show(folder: Path) -> str:
    return os.path.relpath(folder) if not folder.is_absolute() else str(folder)
