"""Time what goes across articles at the size of a large newsroom's archive: 100,000 articles, and
1,000 more.

    python benchmarks/scale_ledger.py [--articles 100000] [--more 1000]

The articles are made from the sample feed by templates: each round takes its 42 articles with their
claims, replaces the words by words
of one shared vocabulary (drawn anew for each round, common ones more often), and moves them in
time, so that every round has the
copies, stories and claim groups of the feed, with names of its own. Prints seconds and peak memory
of grouping all, of grouping
again after more have come in, and whether the second result is the one that all articles together
give.
"""

import argparse
import datetime
import os
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import polars as pl

from newsledger import paths
from newsledger.store.database import open_work, transaction, write_frames

POOL = 40_000  # words of the shared vocabulary
SKEW = 3  # how much more often common words are drawn
DAYS = 730  # the articles are spread over two years
KEPT = re.compile(r"[A-Za-z]{5,}")  # longer words are replaced
TABLES = (
    "core.articles",
    "core.claims",
    "core.claim_sources",
    "core.claim_quantities",
    "core.claim_locations",
)
IDS = {
    "article_id", "document_id", "claim_id", "parent_claim_id", "sentence_id", "speaker_article_actor_id", "article_actor_id", "quantity_id",
    "text_key", "first_version_id", "speaker_actor_id", "actor_id", "location_id",
}  # fmt: skip
TEXTS = {"body", "headline", "content_text", "surface", "speaker_name", "text"}
TIMES = {"published_at", "said_start_date", "said_end_date", "about_start_date", "about_end_date"}
SYLLABLES = [a + b for a in "bdfgklmnprstvz" for b in "aeiou"]


def make_pool() -> list[str]:
    rng = random.Random(1)
    return [
        "".join(rng.choice(SYLLABLES) for _ in range(3)) + rng.choice("nrslt") for _ in range(POOL)
    ]


def read_sample(folder: Path) -> dict[str, pl.DataFrame]:
    command = [sys.executable, "-m", "newsledger", "run", str(paths.SEEDS / "sample"), "--quiet"]
    environment = os.environ | {
        "NEWSLEDGER_DATA": str(folder),
        "NEWSLEDGER_REPORT_OUT": str(folder),
    }
    subprocess.run(command, check=True, env=environment)
    with open_work(folder / "work.duckdb") as con:
        return {table: con.sql(f"SELECT * FROM {table} ORDER BY ALL").pl() for table in TABLES}


def make_round(
    sample: dict[str, pl.DataFrame], number: int, rounds: int, pool: list[str]
) -> dict[str, pl.DataFrame]:
    rng = random.Random(number)
    drawn: dict[str, str] = {}

    def replace(match: re.Match[str]) -> str:
        word = match[0]
        low = word.lower()
        if low not in drawn:
            drawn[low] = pool[int(POOL * rng.random() ** SKEW)]
        return drawn[low].capitalize() if word[0].isupper() else drawn[low]

    shift = datetime.timedelta(days=DAYS * number // max(1, rounds))
    frames = {}
    for table, frame in sample.items():
        columns = []
        for name in frame.columns:
            column = frame[name]
            if name in IDS:
                columns.append(
                    pl.Series(name, [value and f"{value}_{number}" for value in column], pl.String)
                )
            elif name in TEXTS and column.dtype == pl.String:
                columns.append(
                    pl.Series(
                        name, [value and KEPT.sub(replace, value) for value in column], pl.String
                    )
                )
            elif name in TIMES:
                columns.append((column + shift).cast(column.dtype).alias(name))
            elif name in {"copy_group_id", "story_id", "claim_group_id"}:
                columns.append(pl.Series(name, [None] * len(column), pl.String))
            else:
                columns.append(column)
        frames[table] = pl.DataFrame(columns)
    return frames


def fill(
    con, sample: dict[str, pl.DataFrame], numbers: range, rounds: int, pool: list[str]
) -> None:  # type: ignore[no-untyped-def]
    for start in range(numbers.start, numbers.stop, 50):
        parts = [
            make_round(sample, number, rounds, pool)
            for number in range(start, min(start + 50, numbers.stop))
        ]
        with transaction(con):
            write_frames(
                con, {table: pl.concat([part[table] for part in parts]) for table in TABLES}
            )


def group(con, name: str) -> None:  # type: ignore[no-untyped-def]
    from newsledger.ledger.compare import compare_articles

    start = time.perf_counter()
    with transaction(con):
        changed = compare_articles(con, "run_benchmark")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024 / 1024
    print(
        f"{name}: {time.perf_counter() - start:.1f} s, peak memory {peak:.2f} GB, rows changed {sum(changed.values()):,}",
        flush=True,
    )


def read_groups(con) -> set[tuple[str, ...]]:  # type: ignore[no-untyped-def]
    found = set()
    for table, key, column in (
        ("core.articles", "article_id", "copy_group_id"), ("core.articles", "article_id", "story_id"), ("core.claims", "claim_id", "claim_group_id")
    ):  # fmt: skip
        rows = con.execute(
            f"SELECT string_agg({key}, ' ' ORDER BY {key}) FROM {table} WHERE {column} IS NOT NULL GROUP BY {column}"
        ).fetchall()
        found |= {(column, row[0]) for row in rows}
    return found


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--more", type=int, default=1_000)
    parser.add_argument(
        "--compare", action="store_true", help="group everything once more from nothing and compare"
    )
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        sample, pool = read_sample(folder), make_pool()
        size = sample["core.articles"].height
        first, rounds = arguments.articles // size, (arguments.articles + arguments.more) // size
        with open_work(folder / "large.duckdb") as con:
            fill(con, sample, range(first), rounds, pool)
            count = con.execute(
                "SELECT count(*), (SELECT count(*) FROM core.claims) FROM core.articles"
            ).fetchone()
            print(f"{count[0]:,} articles with {count[1]:,} claims", flush=True)
            group(con, "grouped")
            fill(con, sample, range(first, rounds), rounds, pool)
            group(con, f"{(rounds - first) * size:,} more")
            if arguments.compare:
                step_by_step = read_groups(con)
                con.execute("UPDATE core.articles SET copy_group_id = NULL, story_id = NULL")
                con.execute("UPDATE core.claims SET claim_group_id = NULL")
                con.execute("DELETE FROM ops.state WHERE starts_with(key, 'period:')")
                group(con, "all from nothing")
                print("same groups" if read_groups(con) == step_by_step else "different groups")


if __name__ == "__main__":
    main()
