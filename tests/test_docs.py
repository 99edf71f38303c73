"""What the docs say to type is what the command line takes; the tutorial is typed in whole."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from newsledger import paths
from newsledger.cli.main import cli
from tests.runs import use_data

ROOT = paths.CODE_ROOT
PAGES = [
    ROOT / "README.md",
    ROOT / "docs" / "tutorial.md",
    *sorted((ROOT / "docs" / "tasks").glob("*.md")),
]


def list_commands(page: Path) -> list[str]:
    """The `newsledger …` lines of a page's blocks, and those inside its sentences."""
    text = page.read_text("utf-8")
    blocks = re.findall(r"^```[a-z]*\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    lines = [re.sub(r"\s+#.*", "", line) for block in blocks for line in block.splitlines()]
    inside = re.findall(
        r"`(newsledger\s[^`]+)`", re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL)
    )
    found = [line for line in lines if line.startswith("newsledger ")] + [
        " ".join(line.split()) for line in inside
    ]
    return list(dict.fromkeys(found))


TYPED = [
    (page.relative_to(ROOT).as_posix(), line) for page in PAGES for line in list_commands(page)
]


@pytest.mark.parametrize(("page", "line"), TYPED, ids=lambda value: value[:70])
def test_a_documented_command_is_taken(page, line):
    if "…" in line or "DIR" in line:
        line = line.replace("…", "").replace("DIR", "dir")
    arguments = shlex.split(line)[1:]
    command: click.Command = cli
    while isinstance(command, click.Group) and arguments and not arguments[0].startswith("-"):
        name = arguments.pop(0)
        assert name in command.commands, f"{page}: {line}"
        command = command.commands[name]
    if isinstance(command, click.Group):
        return
    existing = [
        arg for arg in arguments if not (ROOT / arg).exists() and arg.endswith((".csv", ".duckdb"))
    ]
    kept = [str(ROOT / "pyproject.toml") if arg in existing else arg for arg in arguments]
    command.make_context(command.name or "", kept)


@pytest.mark.parametrize("line", list(dict.fromkeys(
    line for page, line in TYPED if line.startswith("newsledger query ") and "README" not in page
)))  # fmt: skip
def test_a_documented_question_is_answered(sample_file, line):
    with use_data(sample_file.parent):
        done = CliRunner().invoke(cli, shlex.split(line)[1:])
    assert done.exit_code == 0, done.output


def test_every_command_is_documented():
    named = {shlex.split(line)[1] for _, line in TYPED if len(line.split()) > 1}
    tools = {"clean", "extract", "dictionary", "gazetteer", "diff", "ingest", "config"}
    assert set(cli.commands) - tools <= named


@pytest.mark.integration
def test_the_tutorial_as_it_is_typed(tmp_path):
    """Every `newsledger` line of the tutorial, in order, in a folder of its own."""
    folder, told = tmp_path, {}
    environment = os.environ | {
        "PYTHONPATH": str(ROOT),
        "NEWSLEDGER_GAZETTEER": str(paths.GAZETTEER),
    }
    for name in ("NEWSLEDGER_DATA", "NEWSLEDGER_REPORT_OUT", "NEWSLEDGER_HOME"):
        environment.pop(name, None)
    for line in list_commands(ROOT / "docs" / "tutorial.md"):
        call = [sys.executable, "-m", "newsledger", *shlex.split(line)[1:]]
        done = subprocess.run(call, cwd=folder, env=environment, capture_output=True, text=True)
        is_choice = "fits" in done.stderr or "stories" in done.stderr
        assert done.returncode == 0 or ("report story" in line and is_choice), (
            f"{line}: {done.stderr}"
        )
        told[line] = done.stdout
        folder = tmp_path / "mydesk"
    assert "Helen Marsh" in (folder / "seeds" / "sample" / "05_borderlands.txt").read_text("utf-8")
    said = next(output for line, output in told.items() if "said(" in line)
    assert not said.endswith("\n0 rows\n")
    assert list((folder / "reports" / "out").rglob("*.pdf"))
