"""A real Prefect server on loopback: deploy, and see a run of the flow complete."""

import json
import os
import re
import shlex
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from http import HTTPStatus
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from flows.standing import CHECKOUT
from newsledger import paths
from newsledger.store.project import write_project

pytestmark = pytest.mark.integration
RUN_TIMEOUT_S = 480


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


@pytest.fixture
def desk(tmp_path):
    """A project folder with an article and a port of its own; `desk.start` types a command."""
    folder = tmp_path / "mydesk"
    write_project(folder)
    for path in (CHECKOUT / "seeds" / "articles").glob("*.txt"):
        shutil.copy(path, folder / "seeds" / "articles")
    port = free_port()
    (folder / "newsledger.toml").write_text(f"prefect_port = {port}\n")
    environment = {
        key: value
        for key, value in os.environ.items()
        if not key.startswith(("NEWSLEDGER_", "PREFECT_"))
    } | {"PYTHONPATH": str(CHECKOUT), "NEWSLEDGER_GAZETTEER": str(paths.GAZETTEER)}
    url = f"http://127.0.0.1:{port}/api"

    def start(*arguments: str, **variables: str) -> subprocess.Popen:
        log = folder / f"{arguments[-1].lstrip('-')}.log"
        with log.open("w") as out:
            return subprocess.Popen(
                [sys.executable, "-m", *arguments],
                cwd=folder, env=environment | variables, stdout=out, stderr=out,
            )  # fmt: skip

    return SimpleNamespace(folder=folder, url=url, start=start)


def wait_for(log: Path, words: str) -> None:
    """Wait until a command has said these words."""
    deadline = time.monotonic() + RUN_TIMEOUT_S
    while words not in log.read_text("utf-8"):
        assert time.monotonic() < deadline, log.read_text("utf-8")
        time.sleep(0.5)


def test_schedules_run_as_the_docs_say(desk):
    """`newsledger schedule` from nothing, a run by hand, the same by `--serve`, SIGTERM."""
    standing = desk.start("newsledger", "schedule")
    try:
        wait_for(desk.folder / "schedule.log", "started!")  # the worker
        deployments = ask(f"{desk.url}/deployments/filter", {})
        assert {row["name"] for row in deployments} == {
            "hourly-ingest",
            "daily-brief",
            "weekly-report",
        }
        assert all(row["schedules"] and row["schedules"][0]["active"] for row in deployments)
        by_hand = shlex.split("prefect deployment run ledger/daily-brief --param report=none")
        typed = desk.start(*by_hand, PREFECT_API_URL=desk.url)
        assert typed.wait(timeout=RUN_TIMEOUT_S) == 0
        runs = ask(f"{desk.url}/flow_runs/filter", {})
        (run,) = [row for row in runs if row["parameters"] == {"report": "none"}]
        assert wait_for_end(f"{desk.url}/flow_runs/{run['id']}") == "COMPLETED"
        (brief,) = [row["id"] for row in deployments if row["name"] == "daily-brief"]
        run = ask(f"{desk.url}/deployments/{brief}/create_flow_run", {})
        assert wait_for_end(f"{desk.url}/flow_runs/{run['id']}") == "COMPLETED"
        tasks = {row["name"].rsplit("-", 1)[0] for row in ask(f"{desk.url}/task_runs/filter", {})}
        assert tasks >= STAGES
        artifacts = {row["key"]: row["data"] for row in ask(f"{desk.url}/artifacts/filter", {})}
        assert {"newsledger-counts", "newsledger-brief", "newsledger-progress"} <= set(artifacts)
        (link,) = re.findall(r"\((http.*)\)", artifacts["newsledger-brief"])
        with urllib.request.urlopen(link, timeout=30) as report:
            assert "<h1>Daily brief</h1>" in report.read().decode()
        serving = desk.start("newsledger", "schedule", "--serve", PREFECT_API_URL=desk.url)
        wait_for(desk.folder / "serve.log", "being served")
        assert end(serving) == 0
        deployments = ask(f"{desk.url}/deployments/filter", {})
        assert not [row["name"] for row in deployments if row["paused"]], "stopped is not paused"
    finally:
        code = end(standing)
    assert code == 0
    assert (desk.folder / "schedule.log").read_text("utf-8").splitlines()[-1] == "stopped"
    assert (desk.folder / "data" / "newsledger.duckdb").exists()


def end(process: subprocess.Popen) -> int:
    """End a command as a service manager does, and give its exit code."""
    process.terminate()
    return process.wait(timeout=120)


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
