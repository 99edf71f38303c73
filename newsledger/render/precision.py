"""How often what is printed is right, by kind, as measured on annotated news and pinned."""

import csv
import json
from dataclasses import dataclass
from datetime import date
from functools import cache

from newsledger import paths
from newsledger.render.names import name_of, names_in
from newsledger.render.words import join, readable_day

RIGHT, FOUND = "right", "found"  # lists of seeds/report_names.csv: shares of what is printed, and
# of what there is to be found


@cache
def read_scores() -> dict[str, float]:
    """Scores measured on annotated news, as pinned; empty where this installation has none."""
    try:
        found = json.loads((paths.SHIPPED / "docs" / "scores.json").read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return {
        str(name): float(value)
        for name, value in found.items()
        if isinstance(value, int | float) and not isinstance(value, bool)
    }


@dataclass(frozen=True, slots=True)
class HandReading:
    """How many of those read by a person were right, when, and which these were."""

    right: int
    read: int
    read_on: date
    of: str


@cache
def read_hand_readings() -> dict[str, HandReading]:
    """What was read by hand, by kind, from `docs/read_by_hand.csv`; kinds that were measured since
    on annotated news are left out."""
    try:
        text = (paths.SHIPPED / "docs" / "read_by_hand.csv").read_text("utf-8")
    except OSError:
        return {}
    return {
        row["kind"]: HandReading(
            int(row["right"]), int(row["read"]), date.fromisoformat(row["read_on"]), row["of"]
        )
        for row in csv.DictReader(text.splitlines())
        if row["kind"] not in read_scores()
    }


def tell_precision(*kinds: str) -> str:
    """Say of each kind how many of 100 were right, or found, on annotated news; empty where none of
    them was measured."""
    parts = []
    for words, code_list in (("Right", RIGHT), ("Found", FOUND)):
        known = names_in(code_list)
        told = list_measured(code_list, [kind for kind in kinds if kind in known])
        if told:
            shares = join([f"{what} {value:.0f}" for what, value in told])
            parts.append(f"{words} on annotated news, of 100: {shares}.")
    by_hand = [(kind, read_hand_readings()[kind]) for kind in kinds if kind in read_hand_readings()]
    if by_hand:
        told_by_hand = join(
            [f"{name_of(RIGHT, kind)} {found.right} of {found.read}" for kind, found in by_hand]
        )
        newest = max(found.read_on for _, found in by_hand)
        parts.append(f"Right, read by hand on {readable_day(newest)}: {told_by_hand}.")
    return " ".join(parts)


def list_measured(code_list: str, kinds: list[str] | None = None) -> list[tuple[str, float]]:
    """List what was measured with its share of 100, in the order of the list: on articles that no
    rule was made with, where there are any."""
    scores = read_scores()
    return [
        (name_of(code_list, kind), scores.get(kind.replace("ledger ", "gold ", 1), scores[kind]))
        for kind in (names_in(code_list) if kinds is None else kinds)
        if kind in scores
    ]
