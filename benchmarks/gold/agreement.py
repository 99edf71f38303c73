"""Compare the two readings of the articles that both annotators of a pair read.

python -m benchmarks.gold.agreement [--pair a/b | c/d] [--detail]   --detail lists each difference

`adjudicated` may stand for either of a pair: the reading that was decided on.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from .compile import resolve_annotator
from .load import FOLDER, Row, read_rows
from .score import (
    has_type,
    is_exact,
    is_same_relay,
    is_same_source,
    is_same_speaker,
    match_claims,
    score_all,
    score_names,
)

Reading = dict[str, dict[str, list[Row]]]
Pair = tuple[str, str]
PAIRS: tuple[Pair, ...] = (("a", "b"), ("c", "d"))


def read_both(pair: Pair, folder: Path = FOLDER) -> tuple[Reading, Reading]:
    """Read the articles that both of a pair read, as each read them."""
    one, other = (resolve_annotator(name, folder) for name in pair)
    both = sorted(one.keys() & other.keys())
    return {doc_id: one[doc_id] for doc_id in both}, {doc_id: other[doc_id] for doc_id in both}


def pick_rows(reading: Reading, part: str) -> dict[str, list[Row]]:
    """Pick the claims, actors or places of a reading."""
    return {
        doc_id: [{"doc_id": doc_id, **row} for row in rows[part]]
        for doc_id, rows in reading.items()
    }


def compare_annotators(pair: Pair, folder: Path = FOLDER) -> Row:
    """Score the second of a pair against the first on the articles that both read."""
    one, other = read_both(pair, folder)
    texts = {row["doc_id"]: row["text"] for row in read_rows(folder / "texts.jsonl")}
    scores = score_all(pick_rows(one, "claims"), pick_rows(other, "claims"), texts)
    actors = score_names(pick_rows(one, "actors"), pick_rows(other, "actors"), ("kind", "country"))
    places = score_names(
        pick_rows(one, "places"), pick_rows(other, "places"), ("kind", "country_code", "focus")
    )
    return {"articles": len(one), **scores, "actors": actors, "places": places}


def quote_content(text: str, row: Row) -> str:
    """Quote the content of a claim."""
    return " // ".join(text[start:end] for start, end in row["content_spans"])


def list_values(row: Row) -> list[tuple[str, str, str]]:
    """List the figures of a claim in a form that compares."""
    return sorted(
        (figure["kind"], str(figure["low"]), str(figure["high"])) for figure in row["figures"]
    )


def list_differences(text: str, gold: Row, found: Row) -> list[str]:
    """List the fields in which two readings of one claim differ, the first one left of the bar."""
    lines = [] if is_exact(text, gold, found) else [f"ends: {quote_content(text, found)!r}"]
    if not is_same_source(gold, found):
        spans = [
            text[slice(*row["source_span"])] if row["source_span"] else None
            for row in (gold, found)
        ]
        lines.append(f"source: {spans[0]!r} | {spans[1]!r}")
    checks = (("speaker", is_same_speaker), ("source_type", has_type), ("relay", is_same_relay))
    names = [name for name, is_right in checks if not is_right(gold, found)]
    names += [
        name
        for name in ("is_named", "class", "polarity", "optional", "about_date")
        if gold[name] != found[name]
    ]
    lines += [f"{name}: {gold[name]!r} | {found[name]!r}" for name in names]
    if list_values(gold) != list_values(found):
        lines.append(f"figures: {list_values(gold)} | {list_values(found)}")
    return lines


def list_disagreements(pair: Pair, folder: Path = FOLDER) -> list[str]:
    """List what the annotators disagree about, grouped by article and claim."""
    one, other = read_both(pair, folder)
    texts = {row["doc_id"]: row["text"] for row in read_rows(folder / "texts.jsonl")}
    lines = []
    for doc_id, text in ((doc_id, texts[doc_id]) for doc_id in one):
        left, right = one[doc_id]["claims"], other[doc_id]["claims"]
        pairs = match_claims(left, right, False)
        lines.append(f"# {doc_id}")
        sides = ((left, set(pairs)), (right, set(pairs.values())))
        for name, (rows, known) in zip(pair, sides, strict=True):
            mark = {True: " (opt)", False: ""}
            alone = [row for i, row in enumerate(rows) if i not in known]
            lines += [
                f"only {name}{mark[row['optional']]}: {row['speaker']}: " + quote_content(text, row)
                for row in alone
            ]
        for i, j in pairs.items():
            found = list_differences(text, left[i], right[j])
            if found:
                lines += [
                    f"= {quote_content(text, left[i])[:100]}",
                    *(f"    {line}" for line in found),
                ]
    return lines


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(description="Compare the readings of a pair.")
    parser.add_argument("--pair", metavar="ONE/OTHER", help="this pair alone, else all")
    parser.add_argument("--detail", action="store_true", help="list each disagreement")
    options = parser.parse_args(arguments)
    chosen = [tuple(options.pair.split("/"))] if options.pair else PAIRS
    if any(len(pair) != 2 for pair in chosen):
        parser.error("a pair is two names: ONE/OTHER")
    for one, other in chosen:
        if options.detail:
            print("\n".join(list_disagreements((one, other))))
        scores = {"pair": f"{one}/{other}", **compare_annotators((one, other))}
        print(json.dumps(scores, indent=1, ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main())
