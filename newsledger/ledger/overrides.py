"""Human corrections of what goes across articles: `same_claim.csv`, `not_same_claim.csv` and `story.csv` in `seeds/overrides`.

They are keyed on content, so that they outlive new ids, applied last, logged, and reported where they match nothing any more.
"""

import csv
import datetime
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from newsledger import paths
from newsledger.errors import SettingsError
from newsledger.ids import make_id
from newsledger.ledger.claimlinks import ComparedClaim, Link

CLAIM_COLUMNS = ("text", "other_text", "who", "decided_on", "why")
STORY_COLUMNS = ("outlet_name", "headline", "other_outlet_name", "other_headline", "decision", "who", "decided_on", "why")
STORY_DECISIONS = ("same", "apart")
FILES = ("same_claim.csv", "not_same_claim.csv", "story.csv")


@dataclass(frozen=True, slots=True)
class Override:
    """One line of a file of corrections, and how many rows it changed."""

    file: str
    line_no: int
    values: Mapping[str, str]
    decided_on: datetime.date | None
    matched_count: int = 0


def load_overrides(folder: Path | None = None) -> list[Override]:
    """Read the corrections. Raises `SettingsError` naming file, line and what was expected."""
    folder = folder or paths.OVERRIDES
    found = []
    for name in FILES:
        path = folder / name
        if not path.exists():
            continue
        columns = STORY_COLUMNS if name == "story.csv" else CLAIM_COLUMNS
        with path.open(encoding="utf-8", newline="") as handle:
            reader = csv.DictReader(handle)
            if tuple(reader.fieldnames or ()) != columns:
                raise SettingsError(f"{path}: columns are {reader.fieldnames}, expected {', '.join(columns)}")
            found += [_read_row(path, number, row, columns) for number, row in enumerate(reader, 2)]
    return found


def _read_row(path: Path, number: int, row: dict[str, str], columns: Sequence[str]) -> Override:
    missing = [column for column in columns if not (row.get(column) or "").strip() and column not in {"who", "decided_on", "why"}]
    if missing:
        raise SettingsError(f"{path} line {number}: {', '.join(missing)} is empty")
    if path.name == "story.csv" and row["decision"] not in STORY_DECISIONS:
        raise SettingsError(f"{path} line {number}: decision is {row['decision']!r}, expected {' or '.join(STORY_DECISIONS)}")
    try:
        decided_on = datetime.date.fromisoformat(row["decided_on"]) if row["decided_on"] else None
    except ValueError:
        raise SettingsError(f"{path} line {number}: decided_on is {row['decided_on']!r}, expected a date such as 2026-02-13") from None
    return Override(path.name, number, row, decided_on)


def apply_claim_overrides(
    overrides: Sequence[Override], claims: Sequence[ComparedClaim], links: Sequence[Link]
) -> tuple[list[Link], set[tuple[str, str]], list[Override]]:
    """Apply `same_claim.csv` and `not_same_claim.csv` to links. Returns the links, the pairs kept apart, and the log."""
    by_text: dict[str, list[str]] = defaultdict(list)
    for claim in claims:
        by_text[fold(claim.text)].append(claim.claim_id)
    kept = {(link.claim_id, link.other_claim_id): link for link in links}
    apart: set[tuple[str, str]] = set()
    log = []
    for override in overrides:
        if override.file == "story.csv":
            continue
        is_same = override.file == "same_claim.csv"
        left, right = by_text.get(fold(override.values["text"]), []), by_text.get(fold(override.values["other_text"]), [])
        pairs = sorted({(min(a, b), max(a, b)) for a in left for b in right if a != b})
        for pair in pairs:
            if is_same:
                kept[pair] = Link(*pair, "same", 1.0, f"{override.file} line {override.line_no}")
                apart.discard(pair)
            else:
                kept.pop(pair, None)
                apart.add(pair)
        log.append(replace(override, matched_count=len(pairs)))
    return [kept[pair] for pair in sorted(kept)], apart, log


def apply_story_overrides(
    overrides: Sequence[Override], stories: Mapping[str, str], titles: Mapping[str, tuple[str | None, str | None]]
) -> tuple[dict[str, str], list[Override]]:
    """Apply `story.csv` to article → story. `titles` gives outlet and headline of each article. Returns stories and the log."""
    by_title: dict[tuple[str, str], list[str]] = defaultdict(list)
    for article_id, (outlet, headline) in titles.items():
        by_title[fold(outlet or ""), fold(headline or "")].append(article_id)
    result, log = dict(stories), []
    for override in overrides:
        if override.file != "story.csv":
            continue
        values = override.values
        left = by_title.get((fold(values["outlet_name"]), fold(values["headline"])), [])
        right = by_title.get((fold(values["other_outlet_name"]), fold(values["other_headline"])), [])
        changed = 0
        if left and right and values["decision"] == "same":
            target, moved = result[min(right)], {result[article_id] for article_id in left}
            changed = sum(story in moved for story in result.values())
            result = {article_id: target if story in moved else story for article_id, story in result.items()}
        elif left and right:
            own = make_id("sty", *sorted(left))
            result |= dict.fromkeys(left, own)
            changed = len(left)
        log.append(replace(override, matched_count=changed))
    return result, log


def fold(text: str) -> str:
    """Fold text to lower-case words, one space apart: what a correction is matched on."""
    return " ".join(re.findall(r"\w+", text.lower()))
