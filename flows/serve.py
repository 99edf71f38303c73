"""The schedules of prefect.yaml without a worker: one process that runs the flows itself. `python
-m flows.serve`"""

from typing import Any

import flows  # noqa: F401

from prefect import serve  # isort: skip

from flows.ledger import ingest_sources, run_ledger
from flows.reports import write_report


def main() -> None:
    """Serve the three deployments until stopped; with PREFECT_API_URL set, from that server."""
    deployments: list[Any] = [
        ingest_sources.to_deployment(
            "hourly-ingest", cron="5 * * * *", parameters={"schedule_group": "hourly"}
        ),
        run_ledger.to_deployment("daily-brief", cron="30 5 * * *"),
        write_report.to_deployment(
            "weekly-report", cron="0 6 * * 1", parameters={"name": "outlet_audit"}
        ),
    ]
    serve(*deployments, limit=1)


if __name__ == "__main__":
    main()
