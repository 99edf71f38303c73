"""The command line: the only place that prints."""

import json
import sys

import click

from newsledger import __version__
from newsledger.errors import NewsledgerError


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__)
def cli() -> None:
    """Read the news into a ledger: who says what, about which place and when, how firmly, through whom."""


@cli.command()
@click.option("--jsonl", is_flag=True, required=True, help="Read JSON Lines on standard input, write JSON Lines on standard output.")
def extract(jsonl: bool) -> None:
    """Extract actors, places, dates and claims from clean article text; no database.

    \b
    Example:
      echo '{"doc_id": 1, "text": "“We are ready,” said Ana Silva."}' | newsledger extract --jsonl
    """
    from newsledger.jsonl import extract_rows, read_lines

    for row in extract_rows(read_lines(sys.stdin)):
        click.echo(json.dumps(row, ensure_ascii=False))


@cli.command()
@click.option("--jsonl", is_flag=True, required=True, help="Read JSON Lines on standard input, write JSON Lines on standard output.")
def clean(jsonl: bool) -> None:
    """Clean pages (HTML, or text flattened to lines) to title, authors, time, body and labelled lines; no database.

    \b
    Example:
      newsledger clean --jsonl < pages.jsonl > clean.jsonl
    """
    from newsledger.jsonl import clean_rows, read_lines

    for row in clean_rows(read_lines(sys.stdin)):
        click.echo(json.dumps(row, ensure_ascii=False))


def main() -> None:
    """Run the command line; a user's mistake is one line and exit code 1, a held gate exit code 2."""
    try:
        cli(standalone_mode=False)
    except click.exceptions.Exit as stop:
        sys.exit(stop.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(1)
    except (click.Abort, KeyboardInterrupt):
        sys.exit(130)
    except BrokenPipeError:
        sys.exit(0)
    except NewsledgerError as error:
        click.echo(f"newsledger: {error}", err=True)
        sys.exit(2 if type(error).__name__ == "GateHeld" else 1)


if __name__ == "__main__":
    main()
