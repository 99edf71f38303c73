"""Start a Prefect server and a worker on loopback and deploy prefect.yaml. `python -m
flows.standing`, ended by Ctrl-C."""

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import flows  # noqa: F401

CHECKOUT = Path(__file__).resolve().parents[1]
POOL = "newsledger"
START_TIMEOUT_S = 180


def prefect_command(*arguments: str) -> list[str]:
    """The Prefect command line of this very Python."""
    return [sys.executable, "-m", "prefect", *arguments]


def standing_environment(port: int) -> dict[str, str]:
    """Environment in which Prefect's commands and the flows talk to the standing server on
    `port`."""
    python_path = os.pathsep.join(filter(None, (str(CHECKOUT), os.environ.get("PYTHONPATH"))))
    return os.environ | {
        "PREFECT_API_URL": f"http://127.0.0.1:{port}/api",
        "NEWSLEDGER_CHECKOUT": str(CHECKOUT),
        "PYTHONPATH": python_path,
    }


@contextmanager
def standing_server(port: int) -> Iterator[dict[str, str]]:
    """Run a Prefect server on loopback; gives the environment to talk to it once it answers. Raises
    `TimeoutError`."""
    environment = standing_environment(port)
    server = subprocess.Popen(
        prefect_command("server", "start", "--host", "127.0.0.1", "--port", str(port)),
        env=environment,
    )
    try:
        _wait_until_healthy(environment["PREFECT_API_URL"], server)
        yield environment
    finally:
        server.terminate()
        server.wait(timeout=30)


def _wait_until_healthy(url: str, server: subprocess.Popen) -> None:
    deadline = time.monotonic() + START_TIMEOUT_S
    while time.monotonic() < deadline:
        if server.poll() is not None:
            raise RuntimeError(
                f"the Prefect server ended with exit code {server.returncode}; is the port taken?"
            )
        try:
            with urllib.request.urlopen(f"{url}/health", timeout=2):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.5)
    raise TimeoutError(f"the Prefect server did not answer at {url} within {START_TIMEOUT_S} s")


def deploy(environment: dict[str, str]) -> None:
    """Create the work pool and the deployments of prefect.yaml."""
    subprocess.run(
        prefect_command("work-pool", "create", POOL, "--type", "process", "--overwrite"),
        env=environment,
        cwd=CHECKOUT,
        check=True,
    )
    subprocess.run(
        prefect_command("--no-prompt", "deploy", "--all"), env=environment, cwd=CHECKOUT, check=True
    )


def main() -> None:
    """Start the server, deploy, and run a worker until stopped."""
    port = int(os.environ.get("NEWSLEDGER_PREFECT_PORT", "4200"))
    with standing_server(port) as environment:
        deploy(environment)
        print(
            f"server: http://127.0.0.1:{port}   in another shell: export PREFECT_API_URL={environment['PREFECT_API_URL']}",
            flush=True,
        )
        try:
            subprocess.run(
                prefect_command("worker", "start", "--pool", POOL, "--limit", "1"),
                env=environment,
                cwd=CHECKOUT,
                check=True,
            )
        except KeyboardInterrupt:
            return


if __name__ == "__main__":
    main()
