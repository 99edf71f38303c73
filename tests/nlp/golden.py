"""Read the golden cases of a component."""

import json
from pathlib import Path
from typing import Any

GOLDEN = Path(__file__).resolve().parents[1] / "golden"


def read_golden(name: str, at_least: int) -> list[dict[str, Any]]:
    """Read `tests/golden/<name>.jsonl`; fails where cases were lost."""
    cases = [json.loads(line) for line in (GOLDEN / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]
    if len(cases) < at_least:
        raise AssertionError(f"{name}: expected at least {at_least} golden cases, found {len(cases)}")
    return cases
