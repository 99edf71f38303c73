"""The schedules of prefect.yaml without a worker: one process that runs the flows itself. `python
-m flows.serve`"""

from typing import Any

import flows  # noqa: F401

from prefect import serve  # isort: skip
from prefect.schedules import Cron  # isort: skip

from flows.standing import CHECKOUT, Stopped, end_in_order
from flows.upkeep import Paused, Planned, find_paused, load_flow, read_plan, skip_missed


def main() -> None:
    """Serve the deployments until stopped; with PREFECT_API_URL set, from that server."""
    end_in_order()
    try:
        serve_plan()
    except (Stopped, KeyboardInterrupt):
        print("stopped", flush=True)


def serve_plan() -> None:
    """Serve the deployments of `prefect.yaml`. What was missed while nothing ran is caught up once;
    what somebody paused stays paused. Stopping pauses nothing: the next start could not tell."""
    paused = find_paused()
    if skipped := skip_missed():
        nouns = "missed run" if skipped == 1 else "missed runs"
        print(f"{skipped} {nouns} skipped: the newest of each schedule catches up", flush=True)
    plan = read_plan(CHECKOUT / "prefect.yaml")
    serve(*(make_deployment(item, paused) for item in plan), limit=1, pause_on_shutdown=False)


def make_deployment(planned: Planned, paused: set[Paused]) -> Any:
    """Make the deployment of a flow with its schedules, those paused that were."""
    schedules = [
        Cron(cron, timezone=zone, active=Paused(planned.name, cron) not in paused)
        for cron, zone in planned.crons
    ]
    return load_flow(planned, CHECKOUT).to_deployment(
        planned.name,
        schedules=schedules,
        parameters=planned.parameters,
        description=planned.description,
        tags=list(planned.tags),
        paused=Paused(planned.name) in paused,
    )


if __name__ == "__main__":
    main()
