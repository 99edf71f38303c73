"""The command line: the only place that prints. Each command imports what it needs when it runs, so
that `--help` is quick."""

import io
import json
import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any, TextIO

import click

from newsledger import __version__
from newsledger.cli import running
from newsledger.cli.config import config
from newsledger.cli.export import export
from newsledger.cli.init import init
from newsledger.cli.query import query
from newsledger.cli.reports import report
from newsledger.cli.schedule import schedule
from newsledger.cli.shown import show_path
from newsledger.errors import GateHeld, NewsledgerError

EXIT_ERROR = 1
EXIT_HELD = 2
_NEED_A_PROJECT = {"run", "ingest", "check", "rebuild", "restore", "schedule"}


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__)
@click.pass_context
def cli(context: click.Context) -> None:
    """Read the news into a ledger: who says what, about which place and when, how firmly, through
    whom.

    \b
    Exit codes: 0 done, 1 error, 2 the quality gate held the data back.
    """
    if context.invoked_subcommand in _NEED_A_PROJECT:
        from newsledger.paths import require_project

        require_project()


for command in (*running.COMMANDS, report, query, export, init, config, schedule):
    cli.add_command(command)


@cli.command()
@click.argument("article")
@click.option(
    "--claims",
    "part",
    flag_value="claims",
    default=True,
    help="Text with spans marked, and why each claim is one.",
)
@click.option(
    "--actors", "part", flag_value="actors", help="Why each mention is that actor, and that kind."
)
@click.option(
    "--clean", "part", flag_value="clean", help="Which role each line of the page has, and why."
)
def explain(article: str, part: str) -> None:
    """Explain what each component did with one article, and why; or one group of claims.

    ARTICLE is an article id, the beginning of one, or words of a headline; or the id of a group of
    claims (cgr_…): who says it, what made its origins one or several, what contradicts it.

    \b
    Examples:
      newsledger explain art_3f0c --claims
      newsledger explain "2 central towns" --actors
      newsledger explain art_3f0c --clean
      newsledger explain cgr_81fe
    """
    if article.startswith("cgr_"):
        from newsledger.ledger.explain import explain_group
        from newsledger.store.database import open_published

        with open_published() as con:
            click.echo(explain_group(con, article))
        return
    from newsledger.nlp import explain as explanations
    from newsledger.nlp.extract import extract_articles
    from newsledger.store.articles import describe_identities, find_article, find_document

    if part == "clean":
        from newsledger.clean.explain import explain_cleaning

        click.echo(explain_cleaning(find_document(article)))
        return
    found = find_article(article)
    (extraction,) = extract_articles([found])
    if part == "actors":
        click.echo(
            explanations.explain_actors(found, extraction, describe_identities(found.article_id))
        )
    else:
        click.echo(explanations.explain_claims(found, extraction))


@cli.command()
@click.argument("article")
@click.argument("other", required=False)
def diff(article: str, other: str | None) -> None:
    """Show what changed between two versions of an article, or between two articles, claims
    included.

    With one ARTICLE, its newest version is compared with the one before.

    \b
    Examples:
      newsledger diff art_3f0c
      newsledger diff art_3f0c art_91aa
    """
    from newsledger.store.articles import describe_difference

    click.echo(describe_difference(article, other))


@cli.command()
@click.option(
    "--check", "is_check", is_flag=True, help="Write nothing; exit code 1 where the file is stale."
)
def dictionary(is_check: bool) -> None:
    """Write DATA_DICTIONARY.md from the comments in sql/.

    \b
    Example:
      newsledger dictionary
    """
    from newsledger import paths
    from newsledger.store.dictionary import build_dictionary

    path, text = paths.HOME / "DATA_DICTIONARY.md", build_dictionary()
    if is_check:
        if not path.exists() or path.read_text("utf-8") != text:
            raise NewsledgerError("DATA_DICTIONARY.md is stale: run `newsledger dictionary`")
        return
    path.write_text(text, "utf-8")
    click.echo(show_path(path))


@cli.group()
def gazetteer() -> None:
    """The gazetteer of places: build it, with all of GeoNames where wanted."""


@gazetteer.command("build")
@click.option(
    "--geonames",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="allCountries.zip of GeoNames, for a larger one.",
)
def gazetteer_build(geonames: Path | None) -> None:
    """Build the gazetteer in the data directory; a run does it by itself when there is none.

    \b
    Examples:
      newsledger gazetteer build
      newsledger gazetteer build --geonames allCountries.zip
    """
    from newsledger.lexicon.gazetteer_build import build_gazetteer

    click.echo(show_path(build_gazetteer(geonames)))


@cli.group()
def review() -> None:
    """Write what a person should decide as CSV, ready to be filled in and put into
    seeds/overrides."""


@review.command("actors")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=Path("actors_to_review.csv"),
    show_default=True,
)
@click.option(
    "--read",
    "filled",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Take over the decisions of a filled-in file.",
)
def review_actors(out: Path, filled: Path | None) -> None:
    """Write the pairs of actors that may be one, with the evidence; or read the decisions back.

    Put `same` or `not_same` in the column decision, your name in who, and the reason in why. Rows
    without a decision are left alone.

    \b
    Example:
      newsledger review actors --out pairs.csv
      newsledger review actors --read pairs.csv
    """
    from newsledger.ledger.identity.review import read_actor_pairs, write_actor_pairs

    if filled is None:
        click.echo(f"{write_actor_pairs(out)} pairs → {show_path(out)}")
        return
    counts = read_actor_pairs(filled)
    click.echo(
        f"{', '.join(f'{count} → {file}' for file, count in counts.items())}; the next run "
        f"applies them"
    )


@review.command("outlets")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=Path("outlets_to_review.csv"),
    show_default=True,
)
def review_outlets(out: Path) -> None:
    """Write the outlets that seeds/outlets.csv does not know, those with most articles first.

    Fill in kind, home and source, and put the rows into seeds/outlets.csv without the last column.
    Until then their kind is unknown.

    \b
    Example:
      newsledger review outlets --out outlets.csv
    """
    from newsledger.ledger.copies.outlets_to_review import write_unknown_outlets

    click.echo(f"{write_unknown_outlets(out)} outlets → {show_path(out)}")


@cli.command()
@click.option(
    "--jsonl",
    is_flag=True,
    required=True,
    help="Read JSON Lines on standard input, write JSON Lines on standard output.",
)
@click.option(
    "--workers",
    type=click.IntRange(min=0),
    default=0,
    help="Processes that read articles; 0: one a processor, as far as memory goes.",
)
def extract(jsonl: bool, workers: int) -> None:
    """Extract actors, places, dates and claims from clean article text; no database.

    \b
    Example:
      echo '{"doc_id": 1, "text": "“We are ready,” said Ana Silva."}' | newsledger extract --jsonl
    """
    from newsledger.cli.standard_input import extract_rows, read_lines

    def warn(doc_id: object, message: str) -> None:
        click.echo(f"newsledger: doc_id {doc_id} is left empty: {message}", err=True)

    _print_rows(extract_rows(read_lines(_utf8_input()), workers, warn))


@cli.command()
@click.option(
    "--jsonl",
    is_flag=True,
    required=True,
    help="Read JSON Lines on standard input, write JSON Lines on standard output.",
)
def clean(jsonl: bool) -> None:
    """Clean pages (HTML, or text flattened to lines) to title, authors, time, body and labelled
    lines; no database.

    \b
    Example:
      newsledger clean --jsonl < pages.jsonl > clean.jsonl
    """
    from newsledger.cli.standard_input import clean_rows, read_lines

    _print_rows(clean_rows(read_lines(_utf8_input(), ("text", "html"))))


def _utf8_input() -> TextIO:
    return io.TextIOWrapper(sys.stdin.buffer, encoding="utf-8")


def _print_rows(rows: Iterable[dict[str, Any]]) -> None:
    out = sys.stdout.buffer
    for row in rows:
        out.write(json.dumps(row, ensure_ascii=False).encode("utf-8", "surrogatepass") + b"\n")
    out.flush()


_PLACES = {f"NEWSLEDGER_{name}" for name in ("HOME", "DATA", "GAZETTEER", "REPORT_OUT")}


def _warn_of_misspelt() -> None:
    """Name variables that nothing reads; the settings are loaded only where there is one to
    doubt."""
    if {name for name in os.environ if name.startswith("NEWSLEDGER_")} - _PLACES:
        from newsledger.settings import find_misspelt

        for warning in find_misspelt():
            click.echo(f"newsledger: {warning}", err=True)


def main() -> None:
    """Run the command line; a user's mistake is one line and exit code 1, a held gate exit code
    2."""
    _warn_of_misspelt()
    try:
        cli(standalone_mode=False)
    except click.exceptions.Exit as stop:
        sys.exit(stop.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(EXIT_ERROR)
    except (click.Abort, KeyboardInterrupt):
        sys.exit(130)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
    except OSError as error:
        click.echo(
            f"newsledger: {error.filename or 'input or output'}: {error.strerror or error}",
            err=True,
        )
        sys.exit(EXIT_ERROR)
    except NewsledgerError as error:
        click.echo(f"newsledger: {error}", err=True)
        sys.exit(EXIT_HELD if isinstance(error, GateHeld) else EXIT_ERROR)


if __name__ == "__main__":
    main()
