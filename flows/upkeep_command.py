"""Upkeep as a process of its own, which knows the server from its environment: `paused` prints what
is paused, `restore` pauses what it reads, `skip` skips what was missed."""

import json
import sys
from dataclasses import asdict

from flows.upkeep import Paused, find_paused, keep_paused, skip_missed


def main(what: str) -> None:
    """Do one piece of upkeep."""
    if what == "paused":
        print(json.dumps([asdict(item) for item in find_paused()]))
    elif what == "restore":
        keep_paused({Paused(**item) for item in json.loads(sys.stdin.read() or "[]")})
    elif what == "skip" and (count := skip_missed()):
        print(f"{count} missed runs skipped: the newest of each schedule catches up")


if __name__ == "__main__":
    main(sys.argv[1])
