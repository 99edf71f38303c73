"""Every command that the docs say to type is run: first the tutorial word by word, then those of
each other page in the folder that it leaves; what another test or the build runs is named here."""

import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from newsledger import paths
from newsledger.cli.main import cli
from tests.ingest.test_formats import PAGE, warc_record

ROOT = paths.CODE_ROOT
TUTORIAL = ROOT / "docs" / "tutorial.md"
PAGES = [
    TUTORIAL,
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")),
    *sorted((ROOT / "docs").rglob("*.md")),
    *sorted((ROOT / "seeds").rglob("*.md")),
]

STAND_INS = {
    "ARTICLE": "'Severn floods Bewdley homes'",
    "cgr_…": "GROUP",  # filled in from the ledger
    "FILE": "another-copy.duckdb",
    "DIR": "another",
    "<name>": "changes",
    "--workers N": "--workers 1",
}
"""What the docs leave to the reader, and what is typed here."""

ELSEWHERE = {
    "newsledger schedule": "tests/flows/test_schedules.py",
    "newsledger schedule --serve": "tests/flows/test_schedules.py",
    "newsledger gazetteer build": "tests/test_gazetteer.py",
    "newsledger gazetteer build --geonames allCountries.zip": "tests/test_gazetteer.py",
    "newsledger dictionary": "tests/test_dictionary.py",
    "prefect deployment run ledger/daily-brief --param report=none": "tests/flows/test_schedules.py",
    "make run": ".ci/run",
    "make lint": ".ci/run",
    "make test": ".ci/run",
    "pip install newsledger": "tests/project/test_wheel.py",
}
"""Commands that start servers, take minutes or need an empty machine, and what runs them."""

READS_ARTICLES = ("clean --jsonl", "extract --jsonl")
ROW = json.dumps({"doc_id": "1", "text": "The bridge is safe, Mayor Ana Silva said on Tuesday."})

DRIVER = """
import json, sys
from click.testing import CliRunner
from newsledger.cli.main import cli
for arguments, typed in json.load(sys.stdin):
    done = CliRunner().invoke(cli, arguments, input=typed)
    print(json.dumps([done.exit_code, done.output, repr(done.exception)]))
"""


def list_commands(page: Path) -> list[str]:
    """The `newsledger …` lines of a page's blocks, and those inside its sentences."""
    text = page.read_text("utf-8")
    block = re.compile(r"^```[a-z]*\n(.*?)^```", re.MULTILINE | re.DOTALL)
    lines = [line for found in block.findall(text) for line in found.splitlines()]
    inside = re.findall(r"`([^`]+)`", block.sub("", text))
    parts = [part for line in (*lines, *inside) for part in line.split(" && ")]
    found = [" ".join(re.sub(r"\s+#.*", "", part).split()) for part in parts]
    return list(dict.fromkeys(line for line in found if line.startswith("newsledger ")))


COMMANDS = {page: list_commands(page) for page in PAGES}
TYPED = list(dict.fromkeys(line for lines in COMMANDS.values() for line in lines))


def is_run_here(line: str) -> bool:
    """Whether it is a command to type: not run elsewhere, and no bare name."""
    return line not in ELSEWHERE and line != "newsledger query"


def test_every_command_is_documented():
    named = {shlex.split(line)[1] for line in TYPED if len(line.split()) > 1}
    tools = {"diff", "ingest"}
    assert set(cli.commands) - tools <= named
    assert {line.split()[1] for line in TYPED} <= set(cli.commands)


def test_what_runs_elsewhere_is_run_there():
    for command, where in ELSEWHERE.items():
        words = command.removeprefix("newsledger ").split()
        text = (ROOT / where).read_text("utf-8")
        assert all(word in text for word in words[:2]), (command, where)


@pytest.fixture(scope="module")
def type_in(tmp_path_factory):
    """A function that types lines in one folder after the other, each in a process of its own that
    finds the project there, and gives what each answered."""
    home = tmp_path_factory.mktemp("typed")
    environment = os.environ | {
        "PYTHONPATH": str(ROOT),
        "NEWSLEDGER_GAZETTEER": str(paths.GAZETTEER),
        "HOME": str(home),
    }
    for name in ("NEWSLEDGER_DATA", "NEWSLEDGER_REPORT_OUT", "NEWSLEDGER_HOME"):
        environment.pop(name, None)

    def run(lines: list[str], folder: str = "") -> dict[str, str]:
        calls = [
            (shlex.split(line)[1:], ROW if any(name in line for name in READS_ARTICLES) else None)
            for line in lines
        ]
        done = subprocess.run(
            [sys.executable, "-c", DRIVER], cwd=home / folder, env=environment,
            input=json.dumps(calls), capture_output=True, text=True, check=True,
        )  # fmt: skip
        answers = [json.loads(answer) for answer in done.stdout.splitlines()]
        wrong = {
            line: (output, error)
            for line, (code, output, error) in zip(lines, answers, strict=True)
            if code
        }
        assert not wrong, wrong
        return {line: output for line, (_, output, _) in zip(lines, answers, strict=True)}

    run.home = home
    return run


@pytest.fixture(scope="module")
def tutorial(type_in) -> dict[str, str]:
    """What each line of the tutorial answers."""
    first, *others = COMMANDS[TUTORIAL]
    return type_in([first]) | type_in(others, "mydesk")


@pytest.mark.integration
def test_the_tutorial_as_it_is_typed(tutorial, type_in):
    said = next(output for line, output in tutorial.items() if "said(" in line)
    assert not said.endswith("\n0 rows\n")
    assert list((type_in.home / "mydesk" / "reports" / "out").rglob("story-*.pdf"))


@pytest.mark.integration
def test_the_other_pages_as_they_are_typed(tutorial, type_in):
    """Each line of each page, in its order, in the folder of the tutorial."""
    desk, clippings = type_in.home / "mydesk", type_in.home / "clippings"
    clippings.mkdir()
    for path in sorted((ROOT / "seeds" / "articles").glob("*.txt")):
        (clippings / path.name).write_bytes(path.read_bytes())
        (desk / "seeds" / "articles" / path.name).write_bytes(path.read_bytes())
    (desk / "saved.warc.gz").write_bytes(warc_record("https://a.example/1", PAGE.encode()))
    (group,) = type_in(
        ["newsledger query 'SELECT claim_group_id FROM claims LIMIT 1' --format csv"], "mydesk"
    ).values()
    lines = []
    for page in PAGES[1:]:
        for line in filter(is_run_here, COMMANDS[page]):
            for left, typed in STAND_INS.items():
                line = line.replace(left, typed)
            lines.append(
                line.replace("GROUP", group.split()[1]).replace("~/clippings", str(clippings))
            )

    answers = type_in(list(dict.fromkeys(lines)), "mydesk")

    homs = next(output for line, output in answers.items() if "subject=Homs" in line)
    assert "Observatory" in homs
    assert (desk / "ledger.sqlite").exists()
