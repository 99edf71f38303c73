"""A real Prefect server on loopback: deploy, and see a run of the flow complete."""

import json
import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from http import HTTPStatus
from typing import Any

import pytest

from flows.standing import CHECKOUT, deploy, prefect_command, shown_reports, standing_server
from newsledger import paths

pytestmark = pytest.mark.integration
RUN_TIMEOUT_S = 240


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


STAGES = {"read", "clean", "extract", "write", "check", "publish", "report"}
"""Tasks of a whole run."""


def ask(url: str, body: dict, method: str = "POST") -> Any:
    """What the server answers; asked again while it is busy, as Prefect's own client does."""
    request = urllib.request.Request(
        url, json.dumps(body).encode(), {"Content-Type": "application/json"}, method=method
    )
    for pause in (1, 2, 4, 8, 0):
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return json.loads(answer.read() or "null")
        except urllib.error.HTTPError as error:
            if error.code != HTTPStatus.SERVICE_UNAVAILABLE or not pause:
                raise
        time.sleep(pause)
    raise AssertionError("the last attempt returns or raises")


def test_deployed_flow_runs_on_a_worker(tmp_path, monkeypatch):
    monkeypatch.setenv("PREFECT_HOME", str(tmp_path / "prefect"))
    monkeypatch.setenv("NEWSLEDGER_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("NEWSLEDGER_REPORT_OUT", str(tmp_path / "reports"))
    monkeypatch.setattr(paths, "REPORT_OUT", tmp_path / "reports")
    with (
        standing_server(free_port()) as server,
        shown_reports(server, free_port()) as environment,
    ):
        url = environment["PREFECT_API_URL"]
        deploy(environment)
        deployments = {row["name"]: row for row in ask(f"{url}/deployments/filter", {})}
        assert set(deployments) == {"hourly-ingest", "daily-brief", "weekly-report"}
        assert all(
            row["schedules"] and row["schedules"][0]["active"] for row in deployments.values()
        )
        run = ask(
            f"{url}/deployments/{deployments['daily-brief']['id']}/create_flow_run",
            {"parameters": {"sources": ["seeds/articles"]}},
        )
        worker = subprocess.Popen(
            prefect_command("worker", "start", "--pool", "newsledger"),
            env=environment,
            cwd=CHECKOUT,
        )
        try:
            state = wait_for_end(f"{url}/flow_runs/{run['id']}")
        finally:
            worker.terminate()
            worker.wait(timeout=60)
        assert state == "COMPLETED"
        tasks = {row["name"].rsplit("-", 1)[0] for row in ask(f"{url}/task_runs/filter", {})}
        assert tasks >= STAGES
        artifacts = {row["key"]: row for row in ask(f"{url}/artifacts/filter", {})}
        assert {"newsledger-counts", "newsledger-brief", "newsledger-progress"} <= set(artifacts)
        (link,) = re.findall(r"\((http.*)\)", artifacts["newsledger-brief"]["data"])
        with urllib.request.urlopen(link, timeout=30) as report:
            assert "<h1>Daily brief</h1>" in report.read().decode()
    assert (tmp_path / "data" / "newsledger.duckdb").exists()
    assert list((tmp_path / "reports").glob("*/daily_brief-2024-12-06.pdf"))


def wait_for_end(url: str) -> str:
    deadline = time.monotonic() + RUN_TIMEOUT_S
    while time.monotonic() < deadline:
        with urllib.request.urlopen(url, timeout=30) as answer:
            state = json.load(answer)["state_type"]
        if state in {"COMPLETED", "FAILED", "CRASHED", "CANCELLED"}:
            return state
        time.sleep(1)
    return "TIMEOUT"


def test_make_run_keeps_its_history(tmp_path):
    environment = os.environ | {
        "PREFECT_HOME": str(tmp_path / "prefect"), "NEWSLEDGER_DATA": str(tmp_path / "data"), "NEWSLEDGER_REPORT_OUT": str(tmp_path / "reports"),
    }  # fmt: skip
    environment.pop("PREFECT_API_URL", None)
    done = subprocess.run(
        [sys.executable, "-m", "flows.ledger", "seeds/articles"],
        cwd=CHECKOUT,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert "1 document read" in done.stdout
    assert "daily_brief-2024-12-06.pdf" in done.stdout
    import sqlite3

    with sqlite3.connect(tmp_path / "prefect" / "prefect.db") as con:
        assert con.execute("SELECT state_name FROM flow_run").fetchall() == [("Completed",)]
        names = {
            name.rsplit("-", 1)[0]
            for (name,) in con.execute("SELECT name FROM task_run WHERE state_name = 'Completed'")
        }
    con.close()
    assert names >= STAGES
