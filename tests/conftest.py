"""Fixtures that several test files share."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    import duckdb

ROOT = Path(__file__).resolve().parents[1]


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
def sample_ledger(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator["duckdb.DuckDBPyConnection"]:
    """The published database of a whole run on the invented sample feed, read only."""
    from newsledger import paths
    from newsledger.run.plan import RunOptions
    from newsledger.run.runner import run_all
    from newsledger.store.database import open_published

    root = tmp_path_factory.mktemp("sample")
    with pytest.MonkeyPatch.context() as patch:
        for name, value in (
            ("DATA", root),
            ("WORK_DB", root / "work.duckdb"),
            ("PUBLISHED_DB", root / "newsledger.duckdb"),
            ("RUN_LOCK", root / "run.lock"),
            ("REPORT_OUT", root / "reports"),
        ):
            patch.setattr(paths, name, value)
        run_all(RunOptions(sources=(str(paths.SEEDS / "sample"),)))
    with open_published(root / "newsledger.duckdb") as con:
        yield con
