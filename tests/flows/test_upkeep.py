"""Schedules that outlive a restart: what is paused stays paused, what was missed is caught up once,
on a real Prefect server on loopback."""

import socket
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from flows.standing import CHECKOUT, deploy, require_port, standing_server
from newsledger.errors import NewsledgerError
from tests.flows.test_schedules import ask, free_port

CRONS = {"hourly-ingest": "5 * * * *", "daily-brief": "30 5 * * *", "weekly-report": "0 6 * * 1"}


SECRET_AND_TROUBLE = """
import os
from prefect.blocks.system import Secret
from flows.artifacts import tell_trouble
from flows.secrets import load_secrets
from newsledger.ingest.sources import Source
from newsledger.store.database import open_work

with open_work() as con:
    con.execute("INSERT INTO ops.runs BY NAME SELECT 'r' AS run_id, now() AS started_at, "
                "'held' AS status, '0' AS version")
    con.execute("INSERT INTO ops.checks VALUES ('r', 'core.claims', 'form', 'critical', false, "
                "9, 3, 'oral')")
tell_trouble("held", "too many rows")
Secret(value="Authorization: Bearer s3cret").save("newsledger-wire-eu")
load_secrets([Source(name="wire_eu", uri="https://a.example/"), Source(name="x", uri="https://b/")])
tell_trouble("failed", "no disk")
print(os.environ["NEWSLEDGER_HEADERS_WIRE_EU"])
assert "NEWSLEDGER_HEADERS_X" not in os.environ
"""


def list_deployments(url: str) -> dict[str, dict]:
    return {row["name"]: row for row in ask(f"{url}/deployments/filter", {})}


def is_nearly_time(zone: str) -> bool:
    """Whether a daily or weekly schedule is about to fall due: a run more that is missed."""
    return datetime.now(ZoneInfo(zone)).hour in (4, 5, 6)


@pytest.mark.integration
def test_paused_stays_paused_and_missed_runs_are_caught_up_once(tmp_path, monkeypatch):
    zone = next(name for name in ("Europe/Amsterdam", "Asia/Tokyo") if not is_nearly_time(name))
    monkeypatch.setenv("PREFECT_HOME", str(tmp_path / "prefect"))
    monkeypatch.setenv("NEWSLEDGER_TIME_ZONE", zone)
    monkeypatch.setenv("NEWSLEDGER_DATA", str(tmp_path / "data"))
    with standing_server(free_port()) as environment:
        url = environment["PREFECT_API_URL"]
        deploy(environment)
        found = list_deployments(url)
        assert {
            name: row["schedules"][0]["schedule"]["cron"] for name, row in found.items()
        } == CRONS
        assert {row["schedules"][0]["schedule"]["timezone"] for row in found.values()} == {zone}
        hourly = found["hourly-ingest"]
        schedule = f"{url}/deployments/{hourly['id']}/schedules/{hourly['schedules'][0]['id']}"
        ask(schedule, {"active": False}, "PATCH")
        for hours in (3, 2, 1):
            at = datetime.now(UTC) - timedelta(hours=hours)
            state = {"type": "SCHEDULED", "state_details": {"scheduled_time": at.isoformat()}}
            run = {"state": state, "idempotency_key": at.isoformat()}
            ask(f"{url}/deployments/{found['daily-brief']['id']}/create_flow_run", run)

        weekly = f"{url}/deployments/{found['weekly-report']['id']}/create_flow_run"
        for kind in ("PENDING", "RUNNING"):  # as a worker that was killed leaves them
            ask(weekly, {"state": {"type": kind}, "idempotency_key": kind})

        deploy(environment)
        told = ""
        for what in ("release-all", "skip"):
            call = [sys.executable, "-m", "flows.upkeep_command", what]
            told += subprocess.run(
                call, env=environment, cwd=CHECKOUT, text=True, capture_output=True, check=True
            ).stdout

        assert told == (
            "let go of 2 runs that a worker left behind\n"
            "2 missed runs skipped: the newest of each schedule catches up\n"
        )
        now = list_deployments(url)
        assert [name for name, row in now.items() if not row["schedules"][0]["active"]] == [
            "hourly-ingest"
        ]
        late = {
            "flow_runs": {
                "next_scheduled_start_time": {"before_": datetime.now(UTC).isoformat()},
                "state": {"type": {"any_": ["SCHEDULED"]}},
            }
        }
        assert len(ask(f"{url}/flow_runs/filter", late)) == 2  # of the brief and of the report
        held = {"flow_runs": {"state": {"type": {"any_": ["PENDING", "RUNNING"]}}}}
        assert ask(f"{url}/flow_runs/filter", held) == []

        call = [sys.executable, "-c", SECRET_AND_TROUBLE]
        told = subprocess.run(
            call, env=environment, cwd=CHECKOUT, text=True, capture_output=True, check=True
        )
        assert told.stdout.splitlines()[-1] == "Authorization: Bearer s3cret"
        artifacts = {row["key"]: row["data"] for row in ask(f"{url}/artifacts/filter", {})}
        assert artifacts["newsledger-failed"].startswith("## The run failed\n\nno disk")
        assert artifacts["newsledger-held"].startswith("## The run was held back by the checks\n")
        assert "| critical | core.claims | form | 3 | 9 | oral |" in artifacts["newsledger-held"]


def test_a_taken_port_is_one_line_with_the_cure():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(
            NewsledgerError, match=f"another program listens on port {port} already: stop it"
        ):
            require_port(port)


def test_serve_takes_its_schedules_from_prefect_yaml(monkeypatch):
    from flows.serve import make_deployment
    from flows.upkeep import Paused, read_plan

    monkeypatch.setenv("NEWSLEDGER_TIME_ZONE", "Europe/Amsterdam")
    plan = read_plan(CHECKOUT / "prefect.yaml")
    assert {item.name: item.crons for item in plan} == {
        name: ((cron, "Europe/Amsterdam"),) for name, cron in CRONS.items()
    }
    made = [make_deployment(item, {Paused("daily-brief", CRONS["daily-brief"])}) for item in plan]
    assert {item.name: item.schedules[0].active for item in made} == {
        "hourly-ingest": True,
        "daily-brief": False,
        "weekly-report": True,
    }


def test_parameters_say_in_the_ui_what_they_do():
    from flows.upkeep import load_flow, read_plan

    for planned in read_plan(CHECKOUT / "prefect.yaml"):
        flow = load_flow(planned, CHECKOUT)
        properties = flow.parameters.model_dump()["properties"]
        assert flow.description
        assert [name for name, shown in properties.items() if not shown.get("description")] == []


def test_dask_is_read_from_the_file_of_the_project(tmp_path, monkeypatch):
    from flows.conductor import FlowConductor
    from newsledger import paths

    (tmp_path / "newsledger.toml").write_text('dask = "local"\n')
    monkeypatch.setattr(paths, "HOME", tmp_path)
    monkeypatch.setattr("flows.conductor.find_spec", lambda name: None)
    with pytest.raises(NewsledgerError, match=r"dask is set, and the extra is not installed"):
        FlowConductor()


def test_dask_scheduler_that_does_not_answer_is_told(tmp_path, monkeypatch):
    from flows.conductor import require_scheduler
    from newsledger import paths

    monkeypatch.setattr(paths, "HOME", tmp_path)
    for address in ("tcp://127.0.0.1:1", "127.0.0.1:1", "tcp://127.0.0.1:port"):
        (tmp_path / "newsledger.toml").write_text(f'dask = "{address}"\n')
        with pytest.raises(NewsledgerError, match=r"does not answer.*unset the setting dask"):
            require_scheduler()
    (tmp_path / "newsledger.toml").write_text('dask = "local"\n')
    require_scheduler()


def test_doctor_asks_the_server_that_is_named(monkeypatch):
    from newsledger.cli.doctor import _examine_prefect

    monkeypatch.setenv("PREFECT_API_URL", "http://127.0.0.1:1/api")
    assert "does not answer" in _examine_prefect().text
    assert not _examine_prefect().is_ok
    monkeypatch.delenv("PREFECT_API_URL")
    assert _examine_prefect().is_ok


def test_progress_knows_its_total(tmp_path):
    from newsledger.ingest.estimate import count_expected
    from newsledger.ingest.sources import Source
    from newsledger.run.plan import Counts

    (tmp_path / "a.txt").write_text("A page")
    (tmp_path / "b.jsonl").write_text('{"text": "x"}\n' * 7)
    (tmp_path / ".hidden").write_text("no page")
    feeds = [Source(uri="https://a.example/rss"), Source(uri=str(tmp_path / "nowhere"))]
    assert count_expected([Source(uri=str(tmp_path)), *feeds]) == 10
    assert Counts(seen=5, expected=10).share == 0.5
    assert Counts(seen=30, expected=10).share == 1.0, "a feed held more than was expected"
