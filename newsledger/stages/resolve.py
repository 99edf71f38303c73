"""Resolve: what goes across articles is brought up to date."""

from typing import TYPE_CHECKING

from newsledger.stages.fingerprint import fingerprint_of
from newsledger.stages.protocol import Log

if TYPE_CHECKING:
    import duckdb

STATE = "resolve"


class Resolve:
    """Versions, identity of actors, copies, stories, claim groups, sums."""

    name = "resolve"
    reads = ("raw.documents", "core.*", "blocks.*", "ops.overrides_applied", "ops.state")
    writes = ("core.*", "blocks.*", "ops.overrides_applied", "ops.changes", "ops.state")

    def __init__(self, con: "duckdb.DuckDBPyConnection") -> None:
        self.con = con

    def fingerprint(self) -> str:
        """Digest of what compares articles."""
        return fingerprint_of("newsledger.ledger.resolve")

    def run(self, scope: str, log: Log) -> dict[str, int]:
        """Compare, as the run of that id. Returns the rows that changed, by table. Where the code
        has changed, nothing that was compared before is relied on."""
        from newsledger.ledger.resolve import forget_blocks, resolve_ledger
        from newsledger.store.database import read_state, transaction, write_state

        own = self.fingerprint()
        with transaction(self.con):
            before = read_state(self.con, STATE)
            if before != own:
                if before is not None:
                    log.info("comparing code or seeds have changed: all is compared anew")
                forget_blocks(self.con)
                write_state(self.con, STATE, own)
            return resolve_ledger(self.con, scope)
