"""Measure copies and stories of a published database against articles whose event is known.

    newsledger run ARTICLES.jsonl && python benchmarks/copies_and_stories.py ARTICLES.jsonl
    [--database data/newsledger.duckdb]

ARTICLES (.jsonl or .jsonl.gz) holds `doc_id, event_id, outlet, title, text, published_at`. Without
--database the run is made in a
temporary directory. The truth about copies is computed here, plainly, from the texts of the file:
containment of word 5-grams
after removal of the lines that an outlet repeats. Stories are compared with the events by B-cubed
precision, recall and F1; the
threshold was set on one half of the events (`development`) and tried on the other (`held out`).
Ends with 1 where a copy rule is broken.
"""

import argparse
import gzip
import itertools
import json
import os
import re
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import duckdb

REPEATED_IN = 3  # articles of an outlet
WORDS = 5
SAME, DIFFERENT = 0.5, 0.3


def read_articles(path: Path) -> dict[str, dict[str, Any]]:
    content = path.read_bytes()
    text = (gzip.decompress(content) if path.suffix == ".gz" else content).decode("utf-8")
    rows = [json.loads(line) for line in text.split("\n") if line.strip()]
    return {row["doc_id"]: row for row in rows}


def list_shingles(articles: dict[str, dict[str, Any]]) -> dict[str, set[tuple[str, ...]]]:
    spread = Counter(
        (row["outlet"], line)
        for row in articles.values()
        for line in {part.strip() for part in row["text"].split("\n")}
    )
    shingles = {}
    for doc_id, row in articles.items():
        kept = [
            line
            for line in row["text"].split("\n")
            if spread[row["outlet"], line.strip()] < REPEATED_IN
        ]
        words = re.findall(r"\w+", "\n".join(kept).lower())
        shingles[doc_id] = {tuple(words[k : k + WORDS]) for k in range(len(words) - WORDS + 1)}
    return shingles


def read_groups(
    database: Path, articles: dict[str, dict[str, Any]]
) -> dict[str, tuple[str | None, str | None]]:
    """Copy group and story by document; an article that the ledger dropped as a repetition has
    those of the one it repeats."""
    with duckdb.connect(str(database), read_only=True) as con:
        rows = con.execute(
            "SELECT d.source_uri, a.copy_group_id, a.story_id FROM raw.documents AS d "
            "JOIN core.articles AS a ON a.document_id = coalesce(d.duplicate_of, d.document_id)"
        ).fetchall()
    found = {}
    for uri, copy_group, story in rows:
        doc_id = uri.rsplit("#", 1)[-1]
        if doc_id in articles:
            found[doc_id] = (copy_group, story)
    return found


def print_copies(
    articles: dict[str, dict[str, Any]], groups: dict[str, tuple[str | None, str | None]]
) -> bool:
    shingles = list_shingles(articles)
    missed, wrong, due = [], [], 0
    for left, right in itertools.combinations(sorted(groups), 2):
        shorter = min(len(shingles[left]), len(shingles[right]))
        containment = len(shingles[left] & shingles[right]) / shorter if shorter else 0.0
        is_grouped = groups[left][0] is not None and groups[left][0] == groups[right][0]
        due += containment >= SAME
        if containment >= SAME and not is_grouped:
            missed.append((round(containment, 2), left, right))
        if containment < DIFFERENT and is_grouped:
            wrong.append((round(containment, 2), left, right))
    events = defaultdict(set)
    for doc_id, (copy_group, _) in groups.items():
        if copy_group:
            events[copy_group].add(articles[doc_id]["event_id"])
    spanning = sum(len(found) > 1 for found in events.values())
    print(f"copies: {len(events)} groups, {spanning} of them span two events")
    print(f"  pairs with containment >= {SAME}: {due}, not in one group: {len(missed)}")
    print(f"  pairs with containment < {DIFFERENT} in one group: {len(wrong)}")
    for score, left, right in [*missed, *wrong]:
        print(f"    {score} {left} {right}")
    return not (missed or wrong or spanning)


def score_stories(
    articles: dict[str, dict[str, Any]], stories: dict[str, str | None]
) -> tuple[float, float, float]:
    by_story, by_event = defaultdict(set), defaultdict(set)
    for doc_id, story in stories.items():
        by_story[story or doc_id].add(doc_id)
        by_event[articles[doc_id]["event_id"]].add(doc_id)
    precision = recall = 0.0
    for doc_id, story in stories.items():
        own, event = by_story[story or doc_id], by_event[articles[doc_id]["event_id"]]
        precision += len(own & event) / len(own)
        recall += len(own & event) / len(event)
    precision, recall = precision / len(stories), recall / len(stories)
    return precision, recall, 2 * precision * recall / (precision + recall)


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("articles", type=Path)
    parser.add_argument("--database", type=Path)
    arguments = parser.parse_args()
    articles = read_articles(arguments.articles)
    with tempfile.TemporaryDirectory() as folder:
        database = arguments.database
        if database is None:
            command = [
                sys.executable,
                "-m",
                "newsledger",
                "run",
                str(arguments.articles),
                "--quiet",
            ]
            subprocess.run(
                command,
                check=True,
                env=os.environ | {"NEWSLEDGER_DATA": folder, "NEWSLEDGER_REPORT_OUT": folder},
            )
            database = Path(folder) / "newsledger.duckdb"
        groups = read_groups(database, articles)
    print(
        f"{len(groups)} of {len(articles)} articles are in the ledger, {len(set(articles) - set(groups))} were refused"
    )
    is_right = print_copies(articles, groups)
    events = sorted({articles[doc_id]["event_id"] for doc_id in groups})
    for name, chosen in (
        ("all events", events),
        ("development", events[::2]),
        ("held out", events[1::2]),
    ):
        stories = {
            doc_id: story
            for doc_id, (_, story) in groups.items()
            if articles[doc_id]["event_id"] in chosen
        }
        precision, recall, f1 = score_stories(articles, stories)
        print(
            f"stories, {name}: B-cubed precision {100 * precision:.1f}, recall {100 * recall:.1f}, F1 {100 * f1:.1f}"
        )
    return 0 if is_right else 1


if __name__ == "__main__":
    raise SystemExit(main())
