"""The statements of a run by stage, from DuckDB's own log of queries, and the tables that they read
and write."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

import duckdb
import pytest

from newsledger import paths
from newsledger.run.conductor import Conductor
from newsledger.stages.resolve import Resolve

T = TypeVar("T")
_TABLE = r'"?(?P<layer>raw|core|ops|blocks|mart)"?\."?(?P<name>\w+)"?'
_READ = re.compile(rf"(?<![\w.]){_TABLE}")
_WRITTEN = re.compile(
    r"(?:INSERT (?:OR \w+ )?INTO|UPDATE|DELETE FROM|TRUNCATE|DROP TABLE(?: IF EXISTS)?"
    rf"|CREATE (?:OR REPLACE )?TABLE(?: IF NOT EXISTS)?|ALTER TABLE)\s+{_TABLE}",
    re.IGNORECASE,
)


class Recorder(Conductor):
    """Carries out a run, and keeps what each stage asks of the work database."""

    def __init__(self) -> None:
        self.statements: dict[str, set[str]] = defaultdict(set)
        self._log: duckdb.DuckDBPyConnection | None = None
        self._stages = [""]

    def call(self, stage: str, work: Callable[[], T]) -> T:
        self._collect()
        self._stages.append(stage)
        try:
            return work()
        finally:
            self._collect()
            self._stages.pop()

    def _collect(self) -> None:
        if self._log is None:
            self._log = duckdb.connect(str(paths.WORK_DB))
            self._log.execute("CALL enable_logging('QueryLog')")
        found = self._log.execute("SELECT message FROM duckdb_logs WHERE type = 'QueryLog'")
        self.statements[self._stages[-1]] |= {message for (message,) in found.fetchall()}
        self._log.execute("CALL truncate_duckdb_logs()")

    def close(self) -> None:
        if self._log is not None:
            self._log.close()


@contextmanager
def recorded() -> Iterator[Recorder]:
    """A conductor that records; comparing, which checking calls, is a stage of its own."""
    recorder, run = Recorder(), Resolve.run
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            Resolve,
            "run",
            lambda stage, *given: recorder.call("resolve", lambda: run(stage, *given)),
        )
        try:
            yield recorder
        finally:
            recorder.close()


def tables_of(statements: list[str]) -> tuple[set[str], set[str]]:
    """Tables that statements read, and those that they write."""
    written = {f"{m['layer']}.{m['name']}" for text in statements for m in _WRITTEN.finditer(text)}
    rest = [_WRITTEN.sub("", text) for text in statements]
    return {f"{m['layer']}.{m['name']}" for text in rest for m in _READ.finditer(text)}, written
