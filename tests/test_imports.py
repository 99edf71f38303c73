"""Imports go one way, and the command line stays quick."""

import ast
import subprocess
import sys

import pytest

from newsledger.paths import CODE_ROOT as ROOT

LEVELS = (
    {"errors", "paths", "settings", "text"},
    {"model"},
    {"graph"},
    {"lexicon"},
    {"ingest", "clean", "nlp"},
    {"ledger"},
    {"transform"},
    {"store"},
    {"render", "quality"},
    {"stages"},
    {"run"},
    {"cli"},
)
# The resolve step reads and writes the store: the stage calls it between transform and check.
ALLOWED = {("ledger", "store"), ("ledger", "transform"), ("transform", "stages")}


def level_of(name: str) -> int:
    return next(number for number, names in enumerate(LEVELS) if name in names)


def imported_parts(path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            parts = node.module.split(".")
            if parts[0] == "newsledger":
                found |= {parts[1]} if len(parts) > 1 else {alias.name for alias in node.names}
            if parts[0] == "flows":
                found.add("flows")
    return found


@pytest.mark.parametrize(
    "path",
    sorted((ROOT / "newsledger").rglob("*.py")),
    ids=lambda path: str(path.relative_to(ROOT)),
)
def test_imports_go_one_way(path):
    own = path.relative_to(ROOT / "newsledger").parts[0].removesuffix(".py")
    if own in {"__init__", "__main__"}:
        return
    for part in imported_parts(path) - {"__version__", own}:
        assert part != "flows", "nothing imports flows/"
        assert level_of(part) <= level_of(own) or (own, part) in ALLOWED, (
            f"{own} must not import {part}"
        )


def test_package_does_not_know_prefect():
    for path in (ROOT / "newsledger").rglob("*.py"):
        names = {
            alias.name
            for node in ast.walk(ast.parse(path.read_text("utf-8")))
            if isinstance(node, ast.Import)
            for alias in node.names
        }
        assert not any(name.split(".")[0] == "prefect" for name in names), path


@pytest.mark.parametrize("room", ["nlp", "clean", "lexicon", "ingest"])
def test_reading_does_not_know_the_database(room):
    for path in (ROOT / "newsledger" / room).rglob("*.py"):
        assert not {"duckdb", "newsledger.store"} & set(path.read_text("utf-8").split()), path


def test_help_loads_no_heavy_package():
    code = (
        "import sys; sys.argv = ['newsledger', '--help']\n"
        "try:\n    from newsledger.cli.main import main; main()\nexcept SystemExit: pass\n"
        "heavy = {'spacy', 'polars', 'duckdb', 'matplotlib', 'great_expectations', 'pandas', "
        "'numpy', 'trafilatura'} & set(sys.modules)\n"
        "assert not heavy, heavy"
    )
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True)
