"""Publish: the checked state in the place of the published database."""

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from newsledger import paths
from newsledger.stages.fingerprint import digest_files, fingerprint_of
from newsledger.stages.protocol import Log

if TYPE_CHECKING:
    import duckdb

FILE_STATE = "published_file"
_BLOCK = 1 << 18  # bytes


class Publish:
    """Write the published database whole, and know it again."""

    name = "publish"
    reads = (
        "raw.*", "core.*", "blocks.search_articles", "blocks.shown_names", "mart.*", "ops.*",
    )  # fmt: skip
    writes = (
        "core.search_items", "core.search_terms", "mart.claims", "mart.statements",
        "blocks.search_articles", "blocks.shown_names", "ops.changes", "ops.state",
    )  # fmt: skip

    def __init__(self, con: "duckdb.DuckDBPyConnection") -> None:
        self.con = con

    def fingerprint(self) -> str:
        """Digest of the tables and views, and of what copies them."""
        tables, own = (
            digest_files((paths.SQL, "*/*.sql")),
            fingerprint_of("newsledger.store.publish"),
        )
        return hashlib.sha256(f"{tables} {own}".encode()).hexdigest()[:8]

    def run(self, scope: Path, log: Log) -> Path:
        """Publish to the path, and keep the seal of what was written."""
        from newsledger.store.database import write_state
        from newsledger.store.publish import publish

        path = publish(self.con, scope)
        write_state(self.con, FILE_STATE, seal_file(path))
        log.info("published %s, %.1f MB", path.name, path.stat().st_size / 1e6)
        return path

    def is_whole(self, path: Path) -> bool:
        """Whether the file is there as it was published, and nothing beside it gets in the way of
        readers. Takes no longer for a large file: whoever writes into it changes its seal."""
        from newsledger.store.database import read_state, wal_of

        is_there = path.is_file() and not wal_of(path).exists()
        return is_there and read_state(self.con, FILE_STATE) == seal_file(path)


def seal_file(path: Path) -> str:
    """What tells a file from any that is written later: size, time of the last change, and a digest
    of its first and last block."""
    found = path.stat()
    with path.open("rb") as handle:
        digest = hashlib.sha256(handle.read(_BLOCK))
        handle.seek(max(0, found.st_size - _BLOCK))
        digest.update(handle.read(_BLOCK))
    return f"{found.st_size} {found.st_mtime_ns} {digest.hexdigest()[:16]}"
