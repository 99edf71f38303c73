"""Pieces that several reports share: references, quotations, who says it, and measured scores."""

import json
from collections.abc import Mapping
from typing import Any

from newsledger import paths
from newsledger.render.blocks import Rich, Run
from newsledger.render.names import name_of
from newsledger.render.words import clip, few, join, mark_differences, point_at, readable_day

LONGEST_SENTENCE = 380
LONGEST_HEADLINE = 110
LONGEST_NAME = 70

Row = Mapping[str, Any]


def cite(row: Row, *, has_headline: bool = True) -> Rich:
    """Reference of a claim: outlet, date, headline with its link, and the article's id, small."""
    url = point_at(row["url"], row.get("sentence_text"))
    claim_id = row.get("claim_id") or ""
    where = f"{clip(row['outlet_name'], LONGEST_NAME)}, {readable_day(row['happened_at'])}"
    if not has_headline:
        return (Run(where, "", url, claim_id),)
    headline = f"“{clip(row['headline'], LONGEST_HEADLINE)}”"
    return (
        Run(f"{where}, "),
        Run(headline, "", url, claim_id),
        Run(f" {row['article_id']}", "tiny"),
    )


def quote(row: Row, length: int = LONGEST_SENTENCE) -> Rich:
    """The sentence of a claim as printed, with its own marks alone."""
    return (Run(clip(row["sentence_text"], length)),)


def quote_pair(one: Row, other: Row, differs_in: str) -> tuple[Rich, Rich]:
    """Two sentences with the words that differ marked."""
    pieces = mark_differences(
        clip(one["sentence_text"], LONGEST_SENTENCE),
        clip(other["sentence_text"], LONGEST_SENTENCE),
        differs_in,
        (_is_negative(one), _is_negative(other)),
    )
    left, right = (
        tuple(Run(piece, "mark" if at % 2 else "") for at, piece in enumerate(found) if piece)
        for found in pieces
    )
    return left, right


def _is_negative(row: Row) -> bool:
    return bool(row["polarity"] == "negated") or "denial" in (row["cue_stance"], row["cue_type"])


def say_who(row: Row, most: int = 3) -> str:
    """All speakers of a claim, or whose words it is where nobody is named."""
    if row["speakers"]:
        return few([clip(name, LONGEST_NAME) for name in row["speakers"]], most)
    if row["is_statement"] or row["source_type"] in ("own_reporting", "unattributed"):
        return f"{clip(row['outlet_name'], LONGEST_NAME)} in its own words"
    return name_of("source_type", row["source_type"])


def say_who_runs(row: Row) -> Rich:
    """Who says it, and where the source has no name, that it has none."""
    runs = [Run(say_who(row), "strong")]
    if row["is_unnamed"]:
        runs.append(Run(" (source without a name)", "muted"))
    return tuple(runs)


def tags_of(row: Row) -> dict[str, str]:
    """What the filters of the HTML edition read."""
    speakers = [clip(name, LONGEST_NAME) for name in row.get("speakers") or ()]
    return {
        "story": clip(row.get("story_headline") or "", LONGEST_HEADLINE),
        "speaker": "|".join(speakers or ["no source named"]),
        "grade": name_of("grade", row["grade"]) if row.get("grade") else "",
        "outlet": clip(row.get("outlet_name") or "", LONGEST_NAME),
    }  # fmt: skip


def read_scores() -> dict[str, float]:
    """Scores measured on annotated news, as pinned; empty where this installation has none."""
    try:
        found = json.loads((paths.HOME / "docs" / "scores.json").read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return {
        str(name): float(value)
        for name, value in found.items()
        if isinstance(value, int | float) and not isinstance(value, bool)
    }


def describe_scores() -> str:
    """The range of the measured scores by part of the work, in one sentence; empty without any."""
    ranges: dict[str, list[float]] = {}
    for name, value in read_scores().items():
        part, _, what = name.partition(" ")
        if part == "places" and what.endswith("F1"):
            ranges.setdefault("places found and right", []).append(value)
        elif part == "claims" and what.endswith(" all") and "interview" not in what:
            ranges.setdefault("claims found with their words and source", []).append(value)
        elif part == "entities" and what.endswith("micro"):
            ranges.setdefault("names found with their kind", []).append(value)
    parts = [
        f"{what} {min(values):.0f}"
        + (f" to {max(values):.0f}" if max(values) - min(values) >= 1 else "")
        for what, values in ranges.items()
    ]
    return f"Measured on annotated news, F1 of 100: {join(parts)}." if parts else ""
