"""Check: every row seen by every check, before and after articles are compared."""

import hashlib
from collections.abc import Callable
from typing import TYPE_CHECKING

from newsledger import paths
from newsledger.errors import GateHeld
from newsledger.stages.fingerprint import digest_files, fingerprint_of
from newsledger.stages.protocol import Log

if TYPE_CHECKING:
    from newsledger.quality.gate import Gate

ROUNDS = 4  # of checking and comparing, where rows fail that others are made of


class Check:
    """Let the gate see every row; rows that fail go, and what is left is compared."""

    name = "check"
    reads = ("raw.*", "core.*", "ops.checked_rows", "ops.quarantine", "ops.rejects")
    writes = (
        "raw.*", "core.*", "ops.quarantine", "ops.checks", "ops.checked_rows", "ops.changes",
        "ops.state",
    )  # fmt: skip

    def __init__(self, gate: "Gate") -> None:
        self.gate = gate

    def fingerprint(self) -> str:
        """Digest of the suites, the rules and the gate."""
        content = digest_files(
            (paths.EXPECTATIONS, "*/*.json"), (paths.EXPECTATIONS, "cross/*.sql")
        )
        own = fingerprint_of("newsledger.quality.gate")
        return hashlib.sha256(f"{content} {own}".encode()).hexdigest()[:8]

    def run(self, scope: Callable[[], object], log: Log) -> None:
        """Check, with `scope` as what compares articles in between.

        Rows are checked before they are compared, so that what is published is what was compared;
        where a sum over articles fails, the rows it sums up go, and the rest is compared again.
        Raises `GateHeld` where more is wrong than that.
        """
        try:
            for _ in range(ROUNDS):
                self.gate.check_rows()
                scope()
                if not self.gate.check_ledger():
                    return
                log.info("rows were taken out after comparing: the rest is compared again")
            raise GateHeld(f"rows fail anew after {ROUNDS} rounds of comparing")
        finally:
            self.gate.write()
