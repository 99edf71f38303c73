"""Print the share of matched claims that are in the wrong mouth.

    python benchmarks/wrong_speakers.py GOLD.jsonl.gz … [--list]

Of the claims whose content is annotated and whose annotation has a source, the head word of the
source differs from the
annotated one ("by head"); of these it names another than the annotated source ("by actor": neither
phrase holds the other,
and they are no mentions of one actor). Annotators' slips (source and cue confused) count as wrong
in both.
"""

import argparse
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from benchmarks.claim_scoring import Side, find_head, find_words, match, read_gold, sides

SCOPES = ("all", "speech")


def _mentioned(row: dict[str, Any], spans: list[list[int]]) -> set[str]:
    """Actors that are mentioned in spans."""
    return {
        mention["actor_id"]
        for mention in row["mentions"]
        if mention.get("actor_id")
        and any(start <= mention["start"] and mention["end"] <= end for start, end in spans)
    }


def is_same(wanted: Side, found: Side, output: dict[str, Any]) -> bool:
    """Whether two sources share words or are mentions of one actor."""
    if (
        wanted.source
        and (wanted.source <= found.source or found.source <= wanted.source)
        and found.source
    ):
        return True
    return bool(_mentioned(output, wanted.row["source"]) & _mentioned(output, found.row["source"]))


def count(
    rows: list[dict[str, Any]], outputs: list[dict[str, Any]]
) -> tuple[dict[str, list[int]], list[str]]:
    """Count matched, wrong by head and wrong by actor in each scope; the second value shows the
    wrong ones."""
    counts = {scope: [0, 0, 0] for scope in SCOPES}
    shown = []
    for row, output in zip(rows, outputs, strict=True):
        text, words = row["text"], find_words(row["text"])
        gold = sides(row["attributions"], words)
        own = sides(
            [claim for claim in output["claims"] if claim["cue_class"] != "declined"], words
        )
        for i, j in match(gold, own):
            wanted, found = gold[i], own[j]
            if not wanted.source:
                continue
            by_head = find_head(sorted(wanted.row["source"]), text) != find_head(
                sorted(found.row["source"]), text
            )
            by_actor = by_head and not is_same(wanted, found, output)
            for scope in SCOPES if found.row["cue_class"] == "speech" else SCOPES[:1]:
                counts[scope] = [
                    total + more
                    for total, more in zip(counts[scope], (1, by_head, by_actor), strict=True)
                ]
            if by_actor:
                phrase = [
                    " … ".join(text[start:end] for start, end in side.row["source"]) or "–"
                    for side in (wanted, found)
                ]
                shown.append(
                    f"  annotated [{phrase[0]}] found [{phrase[1]}] of: {text[slice(*found.row['content'][0])][:100]!r}"
                )
    return counts, shown


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("gold", nargs="+", type=Path)
    parser.add_argument(
        "--list", action="store_true", help="print the claims that are wrong by actor"
    )
    options = parser.parse_args()
    from newsledger.cli.standard_input import extract_rows

    for path in options.gold:
        rows = read_gold(path)
        outputs = list(extract_rows({"doc_id": row["doc_id"], "text": row["text"]} for row in rows))
        counts, shown = count(rows, outputs)
        for scope, (total, by_head, by_actor) in counts.items():
            shares = " ".join(
                f"{name} {100 * part / max(total, 1):.1f} %"
                for name, part in (("by head", by_head), ("by actor", by_actor))
            )
            print(f"{path.name} {scope}: {total} matched, wrong {shares}")
        if options.list:
            print("\n".join(shown))


if __name__ == "__main__":
    main()
