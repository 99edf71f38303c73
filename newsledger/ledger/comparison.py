"""What a step across articles did."""

from dataclasses import dataclass

from newsledger.ledger.overrides import Override


@dataclass(slots=True)
class Comparison:
    """Rows that a step across articles changed, by table, and the corrections it applied."""

    changed: dict[str, int]
    log: list[Override]
