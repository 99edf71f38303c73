#!/usr/bin/env python3
"""Print how many of the names given to pronoun speakers are right: `pronoun_precision.py
GOLD.jsonl.gz…`.

Each line of gold is {"doc_id", "text", "attributions": [{"content", "source", "cue", "speaker":
{"name", "pronoun"}}]} with
spans [[start, end], …]. With `--gold-attributions` the attributions are those of the gold, so that
only the resolution is
measured; otherwise each found claim counts that shares most of its content with a gold one. A name
is right where it shares
a capitalised word with the gold name; printed beside it is the share that is right where every name
counts that the gold's other
sources give the same entity, because some gold names are descriptions ("the director of the
study"). Every wrong one is printed.
"""

import argparse
import gzip
import json
import re
import sys
from pathlib import Path
from typing import Any

from newsledger.model.records import Article, Attribution, Claim, Extraction, Span
from newsledger.nlp.attribution import choose as attribution
from newsledger.nlp.extract import extract_doc
from newsledger.nlp.parse.model import load_model

SHARED = 0.5  # of the content's characters, in both directions
Spans = list[list[int]]


def make_attributions(rows: list[dict[str, Any]]) -> tuple[Attribution, ...]:
    """Turn gold rows into attributions."""

    def spans(row: dict[str, Any], name: str) -> tuple[Span, ...]:
        return tuple(Span(*pair) for pair in row[name])

    return tuple(
        Attribution(
            spans(row, "content"),
            spans(row, "source"),
            spans(row, "cue"),
            row.get("form") or "indirect",
            "speech",
            "neutral",
            "say",
            "gold",
        )
        for row in rows
        if row["content"]
    )


def find_claim(extraction: Extraction, content: Spans) -> Claim | None:
    """Find the claim that shares most of its content with the gold one."""
    wanted = {at for start, end in content for at in range(start, end)}
    best, most = None, SHARED
    for claim in extraction.claims:
        found = {
            at for span in claim.attribution.content_spans for at in range(span.start, span.end)
        }
        shared = (
            0.0 if claim.is_statement else len(wanted & found) / max(len(wanted), len(found), 1)
        )
        if shared >= most:
            best, most = claim, shared
    return best


def is_right(gold_name: str, name: str) -> bool:
    """Tell whether two names share a capitalised word."""

    def words(text: str) -> set[str]:
        return {
            word.casefold() for word in re.findall(r"[^\W\d_][\w’'-]*", text) if word[0].isupper()
        } - {"the", "mr", "ms", "mrs", "dr"}

    return bool(words(gold_name) & words(name))


def name_entity(row: dict[str, Any], speaker: dict[str, Any]) -> list[str]:
    """List the gold name of an entity and the phrases that other gold sources call it by."""
    same = [
        gold
        for gold in row["attributions"]
        if (gold.get("speaker") or {}).get("entity") == speaker.get("entity")
    ]
    return [
        speaker["name"],
        *(" ".join(row["text"][start:end] for start, end in gold["source"]) for gold in same),
    ]


def measure(path: Path, use_gold: bool) -> tuple[int, int, int, int]:
    """Count pronoun speakers with a gold name, those given a name, the right gold name, and any
    right name of the entity."""
    total = given = right = known = 0
    find = attribution.find_attributions
    for line in gzip.decompress(path.read_bytes()).decode().splitlines():
        row = json.loads(line)
        doc = load_model()(row["text"])
        if use_gold:
            attribution.find_attributions = lambda *_, rows=row["attributions"]: make_attributions(
                rows
            )
        extraction = extract_doc(doc, Article(str(row["doc_id"]), str(row["doc_id"]), row["text"]))
        attribution.find_attributions = find
        names = {actor.article_actor_id: actor.name for actor in extraction.actors}
        for gold in row["attributions"]:
            speaker = gold.get("speaker") or {}
            words = " ".join(row["text"][start:end] for start, end in gold["source"])
            if not speaker.get("name") or words.lower() not in {
                "he",
                "she",
                "they",
                "it",
                "i",
                "we",
            }:
                continue
            total += 1
            claim = find_claim(extraction, gold["content"])
            name = names.get(claim.speaker_article_actor_id or "") if claim else None
            if name is None:
                continue
            given += 1
            right += is_right(speaker["name"], name)
            known += any(is_right(other, name) for other in name_entity(row, speaker))
            if not is_right(speaker["name"], name):
                print(
                    f"  {row['doc_id']}: {words} is {speaker['name']!r} in the gold, {name!r} here"
                )
    return total, given, right, known


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("gold", nargs="+", type=Path)
    parser.add_argument(
        "--gold-attributions", action="store_true", help="measure the resolution alone"
    )
    options = parser.parse_args()
    for path in options.gold:
        total, given, right, known = measure(path, options.gold_attributions)
        by_name, by_entity = (
            f"{100 * count / given:.1f}" if given else "none given" for count in (right, known)
        )
        print(
            f"{path.name}: {total} pronoun speakers, {given} given a name; precision by gold name {by_name} ({right}), "
            f"by any name of the entity {by_entity} ({known})"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
