"""Fixtures that several test files share."""

from collections.abc import Iterator
from pathlib import Path

import pytest

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
