"""Compare two runs against gold claims: what the second reader mends and what it harms, by kind.

    NEWSLEDGER_READER=off newsledger extract --jsonl < ARTICLES > OFF.jsonl   (and on, ON.jsonl)
    python -m benchmarks.reader.compare TEXTS CLAIMS OFF.jsonl ON.jsonl

TEXTS and CLAIMS are in the form of the gold set. A claim is found, badly cut (half of it, other
ends) or missed; a printed claim that is none counts under the class of its cue.
"""

import sys
from collections import Counter
from pathlib import Path

from benchmarks.gold.load import Row, group_rows, read_rows
from benchmarks.gold.score import is_exact, match_claims

SHORT = 25  # code points of a content that only names its subject


def read_found(path: Path) -> dict[str, list[Row]]:
    """Read what `extract --jsonl` printed, in the form of gold claims."""
    return {
        str(row["doc_id"]): [
            {
                "content_spans": claim["content"],
                "source_span": claim["source"][0] if claim["source"] else None,
                "speaker": (claim["speaker"] or {}).get("name"),
                "class": claim["cue_class"],
            }
            for claim in row["claims"]
        ]
        for row in read_rows(path)
    }


def kind_of(text: str, claim: Row) -> str:
    """Name the kind of a gold claim: by its stretches, its marks, its class, what is missing."""
    start, end = claim["content_spans"][0]
    if claim["class"] == "attitude":
        return "attitude"
    if not claim["cue_span"]:
        return "no cue of its own"
    if len(claim["content_spans"]) > 1:
        return "several stretches"
    if text[max(start - 1, 0) : start] in ("“", '"'):
        return "quotation"
    if any(mark in text[start:end] for mark in '“"'):
        return "clause with a quotation"
    return "noun phrase" if end - start < SHORT else "clause"


def grade(text: str, gold: list[Row], found: list[Row]) -> tuple[dict[int, str], Counter[str]]:
    """Grade each firm gold claim, and count the printed ones that are none by class."""
    pairs = match_claims(gold, found, True)
    grades = {}
    for i, claim in enumerate(gold):
        if claim.get("optional"):
            continue
        exact = i in pairs and is_exact(text, claim, found[pairs[i]])
        grades[i] = "exact" if exact else "cut" if i in pairs else "missed"
    wrong = Counter(row["class"] for j, row in enumerate(found) if j not in pairs.values())
    return grades, wrong


def main(texts: Path, claims: Path, off: Path, on: Path) -> None:
    """Print the table."""
    gold, before, after = group_rows(read_rows(claims)), read_found(off), read_found(on)
    table: Counter[tuple[str, str]] = Counter()
    none: Counter[tuple[str, str]] = Counter()
    for row in read_rows(texts):
        doc_id, text = str(row["doc_id"]), row["text"]
        if doc_id not in before:
            continue
        rows = gold.get(doc_id, [])
        one, wrong = grade(text, rows, before[doc_id])
        two, still = grade(text, rows, after.get(doc_id, []))
        for i, old in one.items():
            table[kind_of(text, rows[i]), f"{old} -> {two[i]}"] += 1
        none.update({(kind, "without"): count for kind, count in wrong.items()})
        none.update({(kind, "with"): count for kind, count in still.items()})
    moves = sorted({move for _, move in table if len(set(move.split(" -> "))) > 1})
    print("| kind | claims |", *(f"{move} |" for move in moves))
    for kind in sorted({kind for kind, _ in table}):
        total = sum(count for (name, _), count in table.items() if name == kind)
        print(f"| {kind} | {total} |", *(f"{table[kind, move]} |" for move in moves))
    print("\n| no claim, class | without | with |")
    for kind in sorted({kind for kind, _ in none}):
        print(f"| {kind} | {none[kind, 'without']} | {none[kind, 'with']} |")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:5]))
