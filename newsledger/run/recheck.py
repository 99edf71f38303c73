"""Check the work database without a run."""

from typing import TYPE_CHECKING

from newsledger.errors import GateHeld
from newsledger.settings import read_settings
from newsledger.store.database import open_work, run_lock, transaction

if TYPE_CHECKING:
    from newsledger.quality.gate import Outcome


def check_work() -> "Outcome | None":
    """Let every check of today see every row of the work database. Returns what came of it, `None`
    where there is nothing to check.

    Rows that fail go to the quarantine; the next run compares and publishes the rest.
    """
    from newsledger.quality.gate import Gate

    with run_lock(), open_work() as con:
        count = con.execute("SELECT count(*) FROM core.articles").fetchall()[0][0]
        newest = con.execute("SELECT max_by(run_id, started_at) FROM ops.runs").fetchall()[0][0]
        if not count or newest is None:
            return None
        con.execute("DELETE FROM ops.checked_rows")
        gate = Gate(con, newest, read_settings().max_quarantined)
        try:
            gate.check_rows()
            if gate.check_ledger():
                gate.check_ledger()
        except GateHeld:
            pass
        with transaction(con):
            gate.write()
            if gate.outcome.quarantined or gate.outcome.held:
                con.execute("DELETE FROM ops.state WHERE key = 'published'")
    return gate.outcome
