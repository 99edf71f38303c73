"""The log: standard logging under the name `newsledger`, to standard error and to `data/logs/`."""

import json
import logging
import sys
from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from newsledger import paths

NAME = "newsledger"
FIELDS = ("run", "stage", "article")
KEPT_FILES = 60  # of data/logs; older ones go


class RunLog(logging.LoggerAdapter[logging.Logger]):
    """A logger that says of which run, stage and article it speaks."""

    def process(
        self, msg: Any, kwargs: MutableMapping[str, Any]
    ) -> tuple[Any, MutableMapping[str, Any]]:
        kwargs["extra"] = {**(self.extra or {}), **kwargs.get("extra", {})}
        return msg, kwargs


class TextFormat(logging.Formatter):
    """`2026-11-30T06:00:01Z INFO run_… extract art_…: message`."""

    def format(self, record: logging.LogRecord) -> str:
        where = " ".join(str(v) for name in FIELDS if (v := getattr(record, name, None)))
        line = f"{_time_of(record)} {record.levelname} {where}: {record.getMessage()}"
        return line + (f"\n{self.formatException(record.exc_info)}" if record.exc_info else "")


class JsonFormat(logging.Formatter):
    """One JSON object a line: time, level, message, run, stage, article, error."""

    def format(self, record: logging.LogRecord) -> str:
        row = {"time": _time_of(record), "level": record.levelname.lower()}
        row |= {name: v for name in FIELDS if (v := getattr(record, name, None)) is not None}
        row["message"] = record.getMessage()
        if record.exc_info:
            row["error"] = self.formatException(record.exc_info)
        return json.dumps(row, ensure_ascii=False)


def _time_of(record: logging.LogRecord) -> str:
    return datetime.fromtimestamp(record.created, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def open_log(run_id: str, stage: str | None = None) -> RunLog:
    """Give the log of one run, or of one of its stages."""
    extra = {"run": run_id} | ({"stage": stage} if stage else {})
    return RunLog(logging.getLogger(NAME), extra)


def show_log(verbosity: int = 0, form: str = "text") -> None:
    """Write the log to standard error: nothing with 0, for the last
    line says what matters; what each stage does with 1, all with 2."""
    logger = logging.getLogger(NAME)
    for handler in [h for h in logger.handlers if h.get_name() == "stderr"]:
        logger.removeHandler(handler)
    handler = logging.StreamHandler(sys.stderr)
    handler.set_name("stderr")
    handler.setFormatter(JsonFormat() if form == "json" else TextFormat())
    handler.setLevel((logging.CRITICAL, logging.INFO, logging.DEBUG)[min(verbosity, 2)])
    logger.addHandler(handler)
    logger.setLevel(logging.DEBUG)


@contextmanager
def log_to_file(run_id: str) -> Iterator[None]:
    """Keep the log of a run in `data/logs/<run>.log`, as JSON lines; made when something is
    said."""
    folder = paths.DATA / "logs"
    folder.mkdir(parents=True, exist_ok=True)
    for old in sorted(folder.glob("run_*.log"))[:-KEPT_FILES]:
        old.unlink(missing_ok=True)
    handler = logging.FileHandler(folder / f"{run_id}.log", encoding="utf-8", delay=True)
    handler.setFormatter(JsonFormat())
    logger = logging.getLogger(NAME)
    logger.setLevel(logging.DEBUG)
    logger.addHandler(handler)
    try:
        yield
    finally:
        logger.removeHandler(handler)
        handler.close()
