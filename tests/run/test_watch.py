"""Who is told of a run, and what: against a real server on loopback and a real command."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from newsledger.errors import GateHeld, NewsledgerError, SettingsError
from newsledger.run.watch import last_ending, watched


class Inbox(HTTPServer):
    """A webhook on loopback that keeps what it is sent."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.messages: list[dict[str, str]] = []


class _Handler(BaseHTTPRequestHandler):
    server: Inbox

    def do_POST(self) -> None:
        length = int(self.headers["Content-Length"])
        self.server.messages.append(json.loads(self.rfile.read(length)))
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        return


@pytest.fixture
def inbox(data_dir, monkeypatch) -> Iterator[Inbox]:
    with Inbox() as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        monkeypatch.setenv("NEWSLEDGER_NOTIFY_URL", f"http://127.0.0.1:{server.server_port}/hook")
        yield server
        server.shutdown()
        thread.join()


def end_with(error: Exception | None) -> None:
    with watched():
        if error is not None:
            raise error


def test_who_is_told_of_what(inbox):
    end_with(None)
    assert inbox.messages == []
    with pytest.raises(GateHeld):
        end_with(GateHeld("3 claims without a speaker"))
    with pytest.raises(OSError, match="disk"):
        end_with(OSError("disk full"))
    end_with(None)
    end_with(None)
    with watched() as troubles:
        troubles.append("nothing came in: the feed does not answer")
    assert [(message["status"], message["reason"]) for message in inbox.messages] == [
        ("held", "3 claims without a speaker"),
        ("failed", "OSError: disk full"),
        ("recovered", ""),
        ("failed", "nothing came in: the feed does not answer"),
    ]
    assert inbox.messages[0]["text"].endswith("the run was held: 3 claims without a speaker")
    assert inbox.messages[1]["text"].endswith("the run failed: OSError: disk full")


def test_a_mistake_of_the_caller_is_told_to_the_caller_alone(inbox):
    with pytest.raises(SettingsError):
        end_with(SettingsError("no source 'x'"))
    assert inbox.messages == []
    assert last_ending() is None


def test_a_command_gets_a_line(data_dir, tmp_path, monkeypatch):
    monkeypatch.setenv("NEWSLEDGER_NOTIFY_COMMAND", f"tee {tmp_path}/mail.txt")
    with pytest.raises(NewsledgerError):
        end_with(NewsledgerError("nothing came in"))
    assert (
        (tmp_path / "mail.txt")
        .read_text()
        .endswith("the run failed: NewsledgerError: nothing came in\n")
    )


def test_a_notification_that_fails_is_logged_and_breaks_nothing(data_dir, monkeypatch, caplog):
    monkeypatch.setenv("NEWSLEDGER_NOTIFY_URL", "http://127.0.0.1:9/nobody")
    monkeypatch.setenv("NEWSLEDGER_NOTIFY_COMMAND", "/nowhere/mail")
    with pytest.raises(GateHeld):
        end_with(GateHeld("why"))
    assert "did not reach its webhook" in caplog.text
    assert "the command of the notification failed" in caplog.text
    ending = last_ending()
    assert ending is not None
    assert (ending.status, ending.reason) == ("held", "why")
