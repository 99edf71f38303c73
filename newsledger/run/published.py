"""What is published now."""

from datetime import datetime

from newsledger import paths


def newest_run() -> tuple[str, datetime] | None:
    """Id and start of the newest run in the published database, `None` where nothing is
    published."""
    from newsledger.store.database import open_published

    if not paths.PUBLISHED_DB.exists():
        return None
    with open_published() as con:
        row = con.execute(
            "SELECT run_id, started_at FROM ops.runs WHERE status = 'done' "
            "ORDER BY started_at DESC, run_id DESC LIMIT 1"
        ).fetchone()
    return (str(row[0]), row[1]) if row else None
