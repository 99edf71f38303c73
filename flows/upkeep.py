"""Upkeep of the schedules: what `prefect.yaml` says, what stays paused, and what was missed while
nothing ran."""

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import yaml
from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import FlowRunFilter
from prefect.client.schemas.objects import State, StateType
from prefect.states import Crashed, Scheduled

import flows  # sets Prefect's environment before Prefect is imported  # noqa: F401
from newsledger.errors import SettingsError
from newsledger.settings import read_settings

ZONE = "{{ $NEWSLEDGER_TIME_ZONE }}"  # in prefect.yaml: the desk's time zone
PAGE = 200  # flow runs that the server lists at once


@dataclass(frozen=True, slots=True)
class Planned:
    """A deployment of `prefect.yaml`: its flow, when it runs, and with what."""

    name: str
    entrypoint: str
    crons: tuple[tuple[str, str], ...]  # cron and time zone
    description: str = ""
    tags: tuple[str, ...] = ()
    parameters: dict[str, Any] = field(default_factory=dict)


def read_plan(path: Path) -> list[Planned]:
    """Read the deployments of `prefect.yaml`: the one place where schedules are written. Raises
    `SettingsError`."""
    try:
        rows = yaml.safe_load(path.read_text("utf-8"))["deployments"]
        return [_read_planned(row) for row in rows]
    except (OSError, yaml.YAMLError, KeyError, TypeError) as error:
        raise SettingsError(f"{path}: {error}".splitlines()[0]) from None


def _read_planned(row: dict[str, Any]) -> Planned:
    zone = read_settings().time_zone
    crons = tuple(
        (str(item["cron"]), str(item.get("timezone", "UTC")).replace(ZONE, zone))
        for item in row.get("schedules") or []
    )
    return Planned(
        row["name"], row["entrypoint"], crons, row.get("description", ""),
        tuple(row.get("tags") or ()), dict(row.get("parameters") or {}),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Paused:
    """What somebody paused: a deployment whole, or one of its schedules."""

    deployment: str
    cron: str | None = None


def find_paused() -> set[Paused]:
    """Find the deployments and schedules that are paused on the server."""
    found = set()
    with get_client(sync_client=True) as client:
        for deployment in client.read_deployments():
            if deployment.paused:
                found.add(Paused(deployment.name))
            found |= {
                Paused(deployment.name, _cron_of(item))
                for item in deployment.schedules
                if not item.active
            }
    return found


def keep_paused(paused: set[Paused]) -> None:
    """Pause again what was paused: deploying anew switches every schedule on."""
    with get_client(sync_client=True) as client:
        for deployment in client.read_deployments():
            if Paused(deployment.name) in paused and not deployment.paused:
                client.pause_deployment(deployment.id)
            for item in deployment.schedules:
                if item.active and Paused(deployment.name, _cron_of(item)) in paused:
                    client.update_deployment_schedule(deployment.id, item.id, active=False)


def _cron_of(item: Any) -> str | None:
    return getattr(item.schedule, "cron", None)


def release_left(*, has_ended: bool) -> int:
    """Let go of runs that a worker left behind: each would hold the one place of the pool for ever.

    One that was being started goes back to its time; one that was at work has crashed, where all
    of the worker's processes have ended, too (`has_ended`). Returns how many were let go.
    """
    at_work = ("RUNNING", "CANCELLING") if has_ended else ()
    with get_client(sync_client=True) as client:
        left = [run for run in _list_runs(client, ("PENDING", *at_work)) if run.deployment_id]
        for run in left:
            state: State[Any] = Crashed(message="left behind when its worker ended")
            if run.state is not None and run.state.type is StateType.PENDING:
                state = Scheduled(scheduled_time=run.expected_start_time)
            client.set_flow_run_state(run.id, state, force=True)
    return len(left)


def skip_missed() -> int:
    """Skip the runs that were missed while nothing ran, all but the newest of each deployment: one
    run catches up with everything. Returns how many were skipped."""
    at = datetime.now(UTC)
    with get_client(sync_client=True) as client:
        missed = [
            run
            for run in _list_runs(client, ("SCHEDULED",))
            if run.deployment_id
            and run.next_scheduled_start_time
            and run.next_scheduled_start_time <= at
        ]
        newest: dict[Any, Any] = {}
        for run in sorted(missed, key=lambda run: run.next_scheduled_start_time):
            newest[run.deployment_id] = run.id
        skipped = [run for run in missed if run.id not in newest.values()]
        for run in skipped:
            state = State(
                type=StateType.CANCELLED, name="Skipped", message="missed; a later run catches up"
            )
            client.set_flow_run_state(run.id, state, force=True)
    return len(skipped)


def _list_runs(client: Any, states: tuple[str, ...]) -> list[Any]:
    chosen = FlowRunFilter.model_validate({"state": {"type": {"any_": list(states)}}})
    found: list[Any] = []
    while page := client.read_flow_runs(flow_run_filter=chosen, limit=PAGE, offset=len(found)):
        found += page
        if len(page) < PAGE:
            break
    return found


def load_flow(planned: Planned, folder: Path) -> Any:
    """Load the flow of a deployment: `flows/ledger.py:run_ledger`. Raises `SettingsError`."""
    from prefect.flows import load_flow_from_entrypoint

    if not re.fullmatch(r"[\w/]+\.py:\w+", planned.entrypoint):
        raise SettingsError(
            f"{planned.name}: entrypoint {planned.entrypoint!r}: expected file.py:flow"
        )
    return load_flow_from_entrypoint(str(folder / planned.entrypoint))
