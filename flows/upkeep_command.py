"""Upkeep as a process of its own, which knows the server from its environment: `paused` prints what
is paused, `restore` pauses what it reads, `release` lets go of runs that a worker left behind while
it was starting them, `release-all` of those at work, too, `skip` skips what was missed."""

import json
import sys
from dataclasses import asdict

from flows.upkeep import Paused, find_paused, keep_paused, release_left, skip_missed


def main(what: str) -> None:
    """Do one piece of upkeep."""
    if what == "paused":
        print(json.dumps([asdict(item) for item in find_paused()]))
    elif what == "restore":
        keep_paused({Paused(**item) for item in json.loads(sys.stdin.read() or "[]")})
    elif what.startswith("release") and (count := release_left(has_ended=what == "release-all")):
        print(f"let go of {_count(count, 'run')} that a worker left behind")
    elif what == "skip" and (count := skip_missed()):
        print(f"{_count(count, 'missed run')} skipped: the newest of each schedule catches up")


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


if __name__ == "__main__":
    main(sys.argv[1])
