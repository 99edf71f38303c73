"""A report alone, from the published database."""

import flows  # noqa: F401

from prefect import flow  # isort: skip

from flows.artifacts import link_report
from newsledger import paths
from newsledger.errors import NewsledgerError
from newsledger.render.output import remove_old
from newsledger.render.report import build_report
from newsledger.run.published import newest_run
from newsledger.settings import read_settings


@flow(
    name="report",
    description="Write a report of reports/ from the published database.",
    validate_parameters=True,
)
def write_report(name: str = "outlet_audit") -> str:
    """Write one report and return the path of its PDF. Raises `NewsledgerError` where nothing was
    published yet.

    Args:
        name: A folder of reports/ that needs no choice: daily_brief, outlet_audit, changes or
            error_rates.
    """
    found = newest_run()
    if found is None:
        raise NewsledgerError("nothing is published yet: let the flow `ledger` run first")
    run_id, cutoff_at = found
    files = build_report(
        name, paths.PUBLISHED_DB, paths.REPORT_OUT / run_id, run_id=run_id, cutoff_at=cutoff_at
    )
    link_report(files, f"newsledger-{name.replace('_', '-')}")
    remove_old(paths.REPORT_OUT, read_settings().report_keep_days, cutoff_at)
    return str(files[0])
