"""Compare found claims with annotated attributions: what the scripts of this folder share.

A row of gold is {"doc_id", "text", "attributions": [{"source", "cue", "content"}]} with spans
[[start, end], …]. Spans are
compared as sets of words; two overlap by the shared part of the longer one.
"""

import bisect
import gzip
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HALF = 0.5  # a content or a source counts as found from this overlap on
WORD = re.compile(r"\w+(?:['’.\-]\w+)*")
_HEAD_ENDS = re.compile(
    r"^(?:of|for|at|in|on|with|from|by|to|who|whom|which|that|about|during|after|before|and)$",
    re.IGNORECASE,
)
Words = frozenset[int]


@dataclass(frozen=True, slots=True)
class Side:
    """A claim or gold attribution as sets of words."""

    content: Words
    source: Words
    row: dict[str, Any]


def read_gold(path: Path, limit: int | None = None) -> list[dict[str, Any]]:
    """Read the rows of a gold file (.jsonl.gz)."""
    with gzip.open(path, "rt", encoding="utf-8") as handle:
        return [json.loads(line) for line in handle][:limit]


def find_words(text: str) -> list[tuple[int, int]]:
    """List the words of a text as (start, end)."""
    return [match.span() for match in WORD.finditer(text)]


def cover(spans: Sequence[Sequence[int]], words: list[tuple[int, int]]) -> Words:
    """Number the words of which spans cover at least half."""
    found = set()
    for start, end in spans:
        i = bisect.bisect_left(words, (start, 0))
        for number in range(max(i - 1, 0), len(words)):
            first, last = words[number]
            if first >= end:
                break
            if last > start and 2 * (min(last, end) - max(first, start)) >= last - first:
                found.add(number)
    return frozenset(found)


def overlap(one: Words, other: Words) -> float:
    """Share of the longer set that both have."""
    return len(one & other) / max(len(one), len(other)) if one and other else 0.0


def sides(rows: Sequence[dict[str, Any]], words: list[tuple[int, int]]) -> list[Side]:
    """Turn attributions or claims into sets of words; those without content are left out."""
    made = (Side(cover(row["content"], words), cover(row["source"], words), row) for row in rows)
    return [side for side in made if side.content]


def match(gold: Sequence[Side], found: Sequence[Side]) -> Iterator[tuple[int, int]]:
    """Pair gold with found one to one by content, best overlap first, ties by source."""
    by_word: dict[int, list[int]] = {}
    for j, side in enumerate(found):
        for word in side.content:
            by_word.setdefault(word, []).append(j)
    pairs = []
    for i, wanted in enumerate(gold):
        for j in {j for word in wanted.content for j in by_word.get(word, ())}:
            shared = overlap(wanted.content, found[j].content)
            if shared >= HALF:
                pairs.append((-shared, -overlap(wanted.source, found[j].source), i, j))
    used_gold, used = set(), set()
    for _, _, i, j in sorted(pairs):
        if i not in used_gold and j not in used:
            used_gold.add(i)
            used.add(j)
            yield i, j


def same_source(one: Side, other: Side) -> bool:
    """Whether two sources overlap by half, or neither has one."""
    return (not one.source and not other.source) or overlap(one.source, other.source) >= HALF


def find_head(spans: Sequence[Sequence[int]], text: str) -> str:
    """Find the head word of a source: the last one before a comma, preposition or relative
    pronoun."""
    if not spans:
        return ""
    surface = text[spans[0][0] : spans[0][1]]
    words = WORD.findall(
        re.split(r"[,;:(\[—–]", surface, maxsplit=1)[0] or surface
    ) or WORD.findall(text[spans[0][0] : spans[-1][1]])
    cut = next((i for i, word in enumerate(words) if i and _HEAD_ENDS.match(word)), len(words))
    return re.sub(r"['’]s$", "", words[cut - 1]).lower() if words else ""


def find_claims(rows: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """Run the extraction over gold texts; refusals to comment are no claims."""
    from newsledger.cli.standard_input import extract_rows

    outputs = extract_rows({"doc_id": row["doc_id"], "text": row["text"]} for row in rows)
    return [
        [claim for claim in output["claims"] if claim["cue_class"] != "declined"]
        for output in outputs
    ]
