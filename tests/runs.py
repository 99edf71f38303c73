"""What tests of whole runs share: invented articles, options, a ledger that is published once for
all workers, and the content of a database."""

import fcntl
import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from newsledger import paths
from newsledger.run.plan import RunOptions
from newsledger.run.runner import run_all
from newsledger.store.database import open_published
from tests.statements import recorded

ARTICLE = (
    "River rises at Worcester\n\nBy Ana Silva\nTuesday 10 February 2026 07:40 GMT\n\n"
    "The river rose overnight at Worcester and closed two roads, the county council said "
    "on Tuesday.\n\n"
    "“We are ready for another metre of water,” said Tom Ellis, who leads the crews in "
    "the old town.\n\n"
    "Police said that 12 people were taken to a school on Monday night after their homes "
    "were flooded.\n"
)
COMPARED = (
    "raw.documents",
    "core.articles",
    "core.claims",
    "core.claim_sources",
    "core.actors",
    "core.location_mentions",
    "ops.rejects",
)


def write_articles(folder: Path, count: int) -> Path:
    folder.mkdir(parents=True)
    for number in range(count):
        (folder / f"{number:03}.txt").write_text(
            ARTICLE.replace("12 people", f"{number + 12} people"), "utf-8"
        )
    return folder


def options(*sources: Path, **more) -> RunOptions:
    return RunOptions(sources=tuple(map(str, sources)), report=None, **more)


@contextmanager
def use_data(root: Path) -> Iterator[None]:
    """Let commands read and write the data of a folder."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in (
            ("DATA", root),
            ("WORK_DB", root / "work.duckdb"),
            ("PUBLISHED_DB", root / "newsledger.duckdb"),
            ("RUN_LOCK", root / "run.lock"),
            ("REPORT_OUT", root / "reports"),
        ):
            patch.setattr(paths, name, value)
        yield


def publish_once(
    factory: pytest.TempPathFactory, name: str, write_sources: Callable[[Path], Path]
) -> Path:
    """The published file of a run over what `write_sources` leaves in a folder; the first worker
    that asks makes it, the others wait for it. Beside it, what each stage asked of the work
    database."""
    base = factory.getbasetemp()
    root = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / name
    root.mkdir(exist_ok=True)
    published = root / "newsledger.duckdb"
    with (root / "made.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not published.exists():
            with use_data(root), recorded() as recorder:
                run_all(RunOptions(sources=(str(write_sources(root)),), report=None), recorder)
            kept = {stage: sorted(texts) for stage, texts in recorder.statements.items()}
            (root / "statements.json").write_text(json.dumps(kept), "utf-8")
    return published


def content(database: Path) -> dict:
    """Rows of the main tables without what differs from run to run."""
    with open_published(database) as con:
        found = {}
        for table in COMPARED:
            names = [
                row[0]
                for row in con.execute(f"DESCRIBE {table}").fetchall()
                if row[0] not in {"run_id", "rejected_at", "fetched_at"}
            ]
            columns = ", ".join(f'"{name}"' for name in names)
            found[table] = sorted(
                map(repr, con.execute(f"SELECT {columns} FROM {table}").fetchall())
            )
        return found
