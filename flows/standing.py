"""Start a Prefect server and a worker on loopback and deploy prefect.yaml. `python -m
flows.standing`, ended by Ctrl-C or SIGTERM; a worker that dies is started again."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

import flows  # noqa: F401
from newsledger import paths
from newsledger.errors import NewsledgerError
from newsledger.settings import read_settings

CHECKOUT = Path(__file__).resolve().parents[1]
POOL = "newsledger"
LOOPBACK = "127.0.0.1"
START_TIMEOUT_S = 180
STOP_TIMEOUT_S = 60
PAUSES_S = (2, 5, 15, 30, 60)  # before a worker that died is started again; then it is given up
STEADY_S = 600  # a worker that lived this long has recovered


class Stopped(BaseException):
    """Somebody asked this process to end."""


def end_in_order() -> None:
    """Let SIGTERM end the process as Ctrl-C does: children are ended, too."""

    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise Stopped

    signal.signal(signal.SIGTERM, stop)


def prefect_command(*arguments: str) -> list[str]:
    """The Prefect command line of this very Python."""
    return [sys.executable, "-m", "prefect", *arguments]


def standing_environment(port: int) -> dict[str, str]:
    """Environment in which Prefect's commands and the flows talk to the standing server on
    `port`."""
    python_path = os.pathsep.join(filter(None, (str(CHECKOUT), os.environ.get("PYTHONPATH"))))
    return os.environ | {
        "PREFECT_API_URL": f"http://{LOOPBACK}:{port}/api",
        "NEWSLEDGER_CHECKOUT": str(CHECKOUT),
        "NEWSLEDGER_TIME_ZONE": read_settings().time_zone,
        "PYTHONPATH": python_path,
    }


def require_port(port: int) -> None:
    """Raise `NewsledgerError` with the cure where somebody listens on the port already."""
    if not _is_free(port):
        url = f"http://{LOOPBACK}:{port}/api"
        there = "a Prefect server answers" if _is_healthy(url) else "another program listens"
        raise NewsledgerError(
            f"{there} on port {port} already: stop it, or set prefect_port in newsledger.toml"
        )


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
    return True


@contextmanager
def shown_reports(environment: dict[str, str], port: int) -> Iterator[dict[str, str]]:
    """Show the folder of reports on loopback, so that the artifact of a run leads to its report;
    gives the environment with its address. Not where `report_url` names a server, where Prefect's
    is seen from other machines, or where the port is taken."""
    settings = read_settings()
    if settings.report_url or settings.prefect_host != LOOPBACK or not _is_free(port):
        yield environment
        return
    paths.REPORT_OUT.mkdir(parents=True, exist_ok=True)
    where = ("--bind", LOOPBACK, "--directory", str(paths.REPORT_OUT))
    server = subprocess.Popen(
        [sys.executable, "-m", "http.server", str(port), *where], stderr=subprocess.DEVNULL
    )
    try:
        yield environment | {"NEWSLEDGER_REPORT_URL": f"http://{LOOPBACK}:{port}"}
    finally:
        _end(server)


@contextmanager
def standing_server(port: int) -> Iterator[dict[str, str]]:
    """Run a Prefect server on loopback; gives the environment to talk to it once it answers. Raises
    `NewsledgerError` where the port is taken or the server ends."""
    require_port(port)
    environment = standing_environment(port)
    server = subprocess.Popen(
        prefect_command(
            "server", "start", "--host", read_settings().prefect_host, "--port", str(port)
        ),
        env=environment,
    )
    try:
        _wait_until_healthy(environment["PREFECT_API_URL"], server)
        yield environment
    finally:
        _end(server)


def _wait_until_healthy(url: str, server: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + START_TIMEOUT_S
    while time.monotonic() < deadline:
        if server.poll() is not None:
            raise NewsledgerError(f"the Prefect server ended with exit code {server.returncode}")
        if _is_healthy(url):
            return
        time.sleep(0.5)
    raise NewsledgerError(f"the Prefect server did not answer at {url} within {START_TIMEOUT_S} s")


def _is_healthy(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}/health", timeout=2) as answer:
            return json.load(answer) is True
    except (urllib.error.URLError, OSError, ValueError):
        return False


def deploy(environment: dict[str, str]) -> None:
    """Create the work pool, which runs one flow at a time, and the deployments of prefect.yaml;
    what somebody paused stays paused."""
    paused = _upkeep(environment, "paused")
    for arguments in (
        ("work-pool", "create", POOL, "--type", "process", "--overwrite"),
        ("work-pool", "set-concurrency-limit", POOL, "1"),
        ("--no-prompt", "deploy", "--all"),
    ):
        subprocess.run(prefect_command(*arguments), env=environment, cwd=CHECKOUT, check=True)
    _upkeep(environment, "restore", paused)


def _upkeep(environment: dict[str, str], what: str, told: str = "") -> str:
    """Call this module's own upkeep in a process that knows the server's address."""
    call = [sys.executable, "-m", "flows.upkeep_command", what]
    done = subprocess.run(
        call,
        env=environment,
        cwd=CHECKOUT,
        input=told,
        text=True,
        stdout=subprocess.PIPE,
        check=True,
    )
    return done.stdout


def run_worker(environment: dict[str, str], pauses: tuple[float, ...] = PAUSES_S) -> None:
    """Run a worker until stopped; one that dies is started again, after growing pauses.

    Raises `NewsledgerError` where it keeps dying.
    """
    deaths = 0
    while True:
        started = time.monotonic()
        worker = subprocess.Popen(
            prefect_command("worker", "start", "--pool", POOL, "--limit", "1"),
            env=environment,
            cwd=CHECKOUT,
        )
        try:
            code = worker.wait()
        finally:
            _end(worker)
        if time.monotonic() - started > STEADY_S:
            deaths = 0
        if deaths == len(pauses):
            raise NewsledgerError(
                f"the worker died {deaths + 1} times, at last with exit code {code}"
            )
        print(
            f"the worker ended with exit code {code}: started again in {pauses[deaths]} s",
            file=sys.stderr,
            flush=True,
        )
        time.sleep(pauses[deaths])
        print(_upkeep(environment, "release"), end="")
        deaths += 1


def _end(process: "subprocess.Popen[bytes]") -> None:
    """End a process in order, and by force where it does not."""
    if process.poll() is not None:
        return
    process.terminate()
    try:
        process.wait(timeout=STOP_TIMEOUT_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def main() -> None:
    """Start the server, deploy, catch up once, and run a worker until stopped."""
    end_in_order()
    port = read_settings().prefect_port
    try:
        with (
            standing_server(port) as server,
            shown_reports(server, port + 1) as environment,
        ):
            deploy(environment)
            print(_upkeep(environment, "release-all"), end="")
            print(_upkeep(environment, "skip"), end="")
            print(
                f"server: http://{LOOPBACK}:{port}   in another shell: "
                f"export PREFECT_API_URL={environment['PREFECT_API_URL']}",
                flush=True,
            )
            run_worker(environment)
    except (Stopped, KeyboardInterrupt):
        print("stopped", flush=True)
    except NewsledgerError as error:
        print(f"newsledger: {error}", file=sys.stderr)
        sys.exit(1)


if __name__ == "__main__":
    main()
