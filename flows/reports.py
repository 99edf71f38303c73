"""A report alone, from the published database."""

import flows  # noqa: F401

from prefect import flow  # isort: skip
from prefect.artifacts import create_link_artifact  # isort: skip

from newsledger import paths
from newsledger.errors import NewsledgerError
from newsledger.render.report import build_report
from newsledger.run.published import newest_run


@flow(name="report", description="Write a report of reports/ from the published database.")
def write_report(name: str = "weekly_audit") -> str:
    """Write one report and return the path of its PDF. Raises `NewsledgerError` where nothing was
    published yet."""
    found = newest_run()
    if found is None:
        raise NewsledgerError("nothing is published yet: let the flow `ledger` run first")
    run_id, cutoff_at = found
    files = build_report(
        name, paths.PUBLISHED_DB, paths.REPORT_OUT / run_id, run_id=run_id, cutoff_at=cutoff_at
    )
    create_link_artifact(
        files[0].absolute().as_uri(),
        link_text=f"{name} (PDF)",
        key=f"newsledger-{name.replace('_', '-')}",
    )
    return str(files[0])
