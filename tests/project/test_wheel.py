"""A wheel, built and installed into a new environment, works from another directory."""

import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import duckdb
import pytest

from newsledger import __version__, paths

ARTICLE = (
    "The Delta Courier\n\nFerry sails again at Arnhem\n\nTuesday 4 March 2025 09:30 GMT\n\n"
    "The ferry at Arnhem sails again from Wednesday, Mayor Ana Silva said on Tuesday.\n\n"
    "“We waited two years for this boat,” said Karin Smit, a nurse who lives across the river.\n"
)
BUILT_FROM = ("newsledger", "sql", "expectations", "reports", "seeds", "flows", "deploy", "prefect.yaml", "docs/scores.json", "docs/read_by_hand.csv", "pyproject.toml", "setup.py", "README.md", "LICENSE")  # fmt: skip


@pytest.fixture(scope="module")
def installed(tmp_path_factory) -> Path:
    """An environment of its own with the wheel; what it depends on is borrowed from this one."""
    root = tmp_path_factory.mktemp("wheel")
    for name in BUILT_FROM:
        source = paths.CODE_ROOT / name
        if source.is_dir():
            leave_out = shutil.ignore_patterns("__pycache__", "out")
            shutil.copytree(source, root / "source" / name, ignore=leave_out)
        else:
            (root / "source" / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, root / "source" / name)
    call = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation"]
    subprocess.run([*call, "--wheel-dir", root, root / "source"], check=True)
    environment = root / "environment"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", environment], check=True)
    (wheel,) = root.glob("newsledger-*.whl")
    python = environment / "bin" / "python"
    subprocess.run(
        [sys.executable, "-m", "pip", "--python", python, "install", "--quiet", "--no-deps", "--no-index", wheel],
        check=True,
    )  # fmt: skip
    (site,) = environment.glob("lib/python*/site-packages")
    (site / "borrowed.pth").write_text(sysconfig.get_paths()["purelib"] + "\n")
    return environment


@pytest.fixture(scope="module")
def desk(installed, tmp_path_factory):
    """A function that calls the installed command in a project folder of its own."""
    folder = tmp_path_factory.mktemp("elsewhere") / "mydesk"
    variables = {
        key: value
        for key, value in os.environ.items()
        if not key.startswith(("NEWSLEDGER_", "PYTHONPATH"))
    }
    variables["NEWSLEDGER_GAZETTEER"] = str(paths.GAZETTEER)

    def call(*arguments: str, cwd: Path = folder) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [installed / "bin" / "newsledger", *arguments],
            cwd=cwd,
            env=variables,
            capture_output=True,
            text=True,
        )

    done = call("init", str(folder), cwd=folder.parent)
    assert done.returncode == 0, done.stderr
    call.folder, call.variables = folder, variables
    return call


def test_it_is_the_wheel_that_runs(installed, desk):
    where = subprocess.run(
        [installed / "bin" / "python", "-c", "import newsledger; print(newsledger.__file__)"],
        cwd=desk.folder, env=desk.variables, capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    assert Path(where.strip()).is_relative_to(installed)
    assert desk("--version").stdout.strip().endswith(__version__)


def test_articles_of_others_are_not_in_it(installed):
    (content,) = installed.glob("lib/python*/site-packages/newsledger/content")
    assert (content / "seeds" / "cues.csv").exists()
    assert not (content / "seeds" / "articles").exists()
    assert list((content / "sql" / "migrations").glob("*.sql"))


def test_outside_of_a_project_it_says_what_to_do(desk):
    told = desk("run", cwd=desk.folder.parent)
    assert told.returncode == 1
    assert "is no project folder: run `newsledger init" in told.stderr


def test_a_run_from_another_directory(desk):
    (desk.folder / "seeds" / "articles" / "ferry.txt").write_text(ARTICLE)
    done = desk("run")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("1 document"), done.stdout
    asked = desk("query", "SELECT speakers FROM claims ORDER BY reference", "--format", "csv")
    assert "Karin Smit" in asked.stdout.splitlines(), asked.stderr
    assert list((desk.folder / "reports" / "out").rglob("*.pdf"))
    assert desk("run").stdout.startswith("nothing new")
    assert str(desk.folder) in desk("config").stdout
    assert desk("doctor").returncode == 0


def test_a_database_of_an_earlier_version_is_brought_up_to_date(desk):
    (desk.folder / "seeds" / "articles" / "ferry.txt").write_text(ARTICLE)
    assert desk("ingest").returncode == 0
    with duckdb.connect(str(desk.folder / "data" / "work.duckdb")) as con:
        kept = con.execute("SELECT document_id, text FROM raw.documents").fetchall()
        con.execute("ALTER TABLE core.claims DROP COLUMN tense")
        con.execute("UPDATE ops.document_stages SET fingerprint = 'earlier'")
        con.execute("DELETE FROM ops.state WHERE key = 'schema'")
    done = desk("ingest")
    assert done.returncode == 0, done.stderr
    with duckdb.connect(str(desk.folder / "data" / "work.duckdb"), read_only=True) as con:
        assert con.execute("SELECT document_id, text FROM raw.documents").fetchall() == kept
        assert con.execute("SELECT count(*) FROM core.claims WHERE tense IS NULL").fetchone() == (
            0,
        )
