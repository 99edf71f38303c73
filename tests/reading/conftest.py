"""The ledger of the invented desk, published once for all tests of reading."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.reading.desk import write_articles


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Run over the desk's articles and give the published file; commands read it, too."""
    from newsledger import paths
    from newsledger.run.plan import RunOptions
    from newsledger.run.runner import run_all

    root = tmp_path_factory.mktemp("desk")
    with pytest.MonkeyPatch.context() as patch:
        for name, value in (
            ("DATA", root),
            ("WORK_DB", root / "work.duckdb"),
            ("PUBLISHED_DB", root / "newsledger.duckdb"),
            ("RUN_LOCK", root / "run.lock"),
            ("REPORT_OUT", root / "reports"),
        ):
            patch.setattr(paths, name, value)
        run_all(RunOptions(sources=(str(write_articles(root)),), report=None))
        yield root / "newsledger.duckdb"
