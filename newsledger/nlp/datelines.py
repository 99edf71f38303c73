"""Datelines at the start of a paragraph: "BEIRUT (AP) — Rebels …". They are no part of its first sentence, nor of what is said there."""

import re

DATELINE = re.compile(
    r"(?:[A-Z][A-Z.’'/ -]+(?:, (?:[A-Z][\w.]{1,20} ?){1,3}\d{0,2}(?:, \d{4})?)? ?(?:\([A-Z][\w ./-]{1,25}\) ?)?"  # BEIRUT, Dec. 8 (UPI) —
    r"|[A-Z][\w.’'/, -]{2,40}? ?\([A-Z]{2,5}\) ?)[—–-]{1,2} "  # Washington (AFP) –
)


def find_dateline_end(text: str, start: int) -> int | None:
    """Find where the text of a paragraph begins behind its dateline; `start` is the paragraph's offset. None where it has no dateline."""
    found = DATELINE.match(text, start)
    return found.end() if found else None
