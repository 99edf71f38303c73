"""Fixtures that several test files share, and the order of files: those that take long come first."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.runs import publish_once

if TYPE_CHECKING:
    import duckdb

ROOT = Path(__file__).resolve().parents[1]
LONG_FILES = (
    "tests/flows/",
    "tests/test_docs.py",
    "tests/test_sequences.py",
    "tests/test_pipeline.py",
    "tests/project/",
    "tests/render/",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes long, so that no worker is left alone with it at the end."""
    items.sort(key=lambda item: not item.nodeid.startswith(LONG_FILES))


@pytest.fixture
def data_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An own data directory and report folder for one test; the gazetteer stays shared."""
    from newsledger import paths

    data = tmp_path / "data"
    monkeypatch.setattr(paths, "DATA", data)
    monkeypatch.setattr(paths, "WORK_DB", data / "work.duckdb")
    monkeypatch.setattr(paths, "PUBLISHED_DB", data / "newsledger.duckdb")
    monkeypatch.setattr(paths, "RUN_LOCK", data / "run.lock")
    monkeypatch.setattr(paths, "REPORT_OUT", tmp_path / "reports")
    return data


@pytest.fixture(scope="session")
def sample_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The published file of a whole run on the invented sample feed."""
    from newsledger import paths

    return publish_once(tmp_path_factory, "sample", lambda root: paths.SEEDS / "sample")


@pytest.fixture(scope="session")
def sample_ledger(sample_file: Path) -> Iterator["duckdb.DuckDBPyConnection"]:
    """The published database of a whole run on the invented sample feed, read only."""
    from newsledger.store.database import open_published

    with open_published(sample_file) as con:
        yield con
