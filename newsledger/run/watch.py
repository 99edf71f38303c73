"""What the outside learns of a run: the notification of one that failed or was held, and the file
that says how the last one ended."""

import json
import os
import shlex
import socket
import subprocess
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from newsledger import paths
from newsledger.errors import GateHeld, NewsledgerError, SettingsError
from newsledger.run.log import open_log
from newsledger.settings import Settings, read_settings

TIMEOUT_S = 15  # for a webhook to answer, or a command to end


@dataclass(frozen=True, slots=True)
class Ending:
    """How a run ended: done, held, failed, or recovered (done after one that was not)."""

    status: str
    reason: str
    at: str
    host: str


def last_ending() -> Ending | None:
    """Read how the last run ended; `None` where there was none yet, or the file cannot be read."""
    try:
        return Ending(**json.loads(_file().read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return None


@contextmanager
def watched() -> Iterator[list[str]]:
    """Keep how the run inside ends, and tell whoever is to be told. A wrong option or setting is
    told to who gave it, and to nobody else. A run that writes a trouble into the list has failed,
    though nothing broke."""
    troubles: list[str] = []
    try:
        yield troubles
    except SettingsError:
        raise
    except GateHeld as error:
        _end("held", str(error))
        raise
    except Exception as error:
        _end("failed", f"{type(error).__name__}: {error}".splitlines()[0])
        raise
    if troubles:
        _end("failed", "; ".join(troubles))
        return
    before = last_ending()
    is_back = before is not None and before.status in {"held", "failed"}
    _end("recovered" if is_back else "done", "")


def _end(status: str, reason: str) -> None:
    ending = Ending(status, reason, f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}", socket.gethostname())
    try:
        _file().parent.mkdir(parents=True, exist_ok=True)
        beside = _file().with_suffix(".new")
        beside.write_text(json.dumps(asdict(ending), ensure_ascii=False), "utf-8")
        os.replace(beside, _file())
    except OSError as error:
        open_log("", "watch").warning("cannot keep how the run ended: %s", error)
    settings = read_settings()
    _write_monitoring(settings)
    if status != "done":
        notify(ending, settings)


def _write_monitoring(settings: Settings) -> None:
    """Write what monitoring reads; a run never fails by it."""
    from newsledger.run.health import write_monitoring

    try:
        write_monitoring(settings)
    except (OSError, NewsledgerError) as error:
        log = open_log("", "watch")
        log.warning("cannot write monitor_file %s: %s", settings.monitor_file, error)


def _file() -> Path:
    return paths.DATA / "last_run.json"


def notify(ending: Ending, settings: Settings) -> list[str]:
    """Tell the webhook and the command of the settings, where there are any, how a run ended.
    Returns what went wrong; a run never fails by it."""
    troubles = []
    if settings.notify_url:
        troubles += _call_webhook(settings.notify_url, ending)
    if settings.notify_command:
        troubles += _run_command(settings.notify_command, ending)
    for trouble in troubles:
        open_log("", "notify").warning("%s", trouble)
    return troubles


def describe_ending(ending: Ending) -> str:
    """Say in one line how a run ended, for people."""
    told = "is done again" if ending.status == "recovered" else f"was {ending.status}"
    told = "failed" if ending.status == "failed" else told
    return f"newsledger on {ending.host}: the run {told}" + (
        f": {ending.reason}" if ending.reason else ""
    )


def _call_webhook(url: str, ending: Ending) -> list[str]:
    body = json.dumps(asdict(ending) | {"text": describe_ending(ending)}).encode()
    request = urllib.request.Request(url, body, {"Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(request, timeout=TIMEOUT_S):
            return []
    except (urllib.error.URLError, OSError, ValueError) as error:
        return [f"the notification did not reach its webhook: {error}"]


def _run_command(command: str, ending: Ending) -> list[str]:
    environment = os.environ | {"STATUS": ending.status, "REASON": ending.reason}
    try:
        subprocess.run(
            shlex.split(command), input=describe_ending(ending) + "\n", text=True, env=environment,
            timeout=TIMEOUT_S, check=True, capture_output=True,
        )  # fmt: skip
    except (OSError, ValueError, subprocess.SubprocessError) as error:
        return [f"the command of the notification failed: {error}"]
    return []
