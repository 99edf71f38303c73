"""Make a large work database from the sample feed, by templates, as a run would have left it.

    python benchmarks/make_ledger.py FOLDER [--articles 10000] [--work WORK.duckdb]

The sample feed is read by a run of its own; with `--work`, the articles of a work database are
taken instead (a desk's own, of full length). Each round takes these articles with all their rows,
replaces the longer words, and moves them in time, over two years: words that news at large is full
of by others of these, as often as they are there; all others by words of a vocabulary of the
round's own. So every round has the copies, stories, names and claims of the feed, under names of
its own, and stories are as large as in the feed. What goes across articles is left to the next run:

    NEWSLEDGER_DATA=FOLDER newsledger run ONE_FILE
"""

import argparse
import datetime
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from newsledger import paths
from newsledger.ledger.stories.find import _STOP, fold_term, load_spread
from newsledger.model.tables import list_tables
from newsledger.store.database import open_work, transaction, write_frames

if TYPE_CHECKING:
    import duckdb

POOL = 100_000  # words that the vocabularies of the rounds are drawn from
SKEW = 1.5  # how much more often some of them are drawn
DAYS = 730  # the articles are spread over two years
ROUNDS_AT_ONCE = 50
WORD = re.compile(r"[A-Za-z]{5,}|\b[A-Z][a-z]{2,3}\b")  # longer words and short names
ACROSS = (  # made by comparing articles, or about runs
    "core.actors", "core.actor_aliases", "core.actor_ids", "core.actor_links", "core.copies",
    "core.stories", "core.claim_groups", "core.claim_group_members", "core.claim_links",
    "core.claim_repeats", "core.figure_groups", "core.figure_group_members", "core.figure_links",
    "core.search_items", "core.search_terms", "core.locations",
)  # fmt: skip
KEPT_IDS = {"location_id", "geonames_id", "seed_id", "run_id"}
GROUP_IDS = {"copy_group_id", "story_id", "claim_group_id", "actor_id", "speaker_actor_id"}
TEXTS = {
    "body", "headline", "standfirst", "text", "content_text", "surface", "speaker_name", "name",
    "cue_text", "organisation",
}  # fmt: skip
SYLLABLES = [a + b for a in "bdfgklmnprstvz" for b in "aeiou"]

Frames = dict[str, pl.DataFrame]


def make_pool() -> list[str]:
    """Words of four syllables at most, the same in every call."""
    rng = random.Random(1)
    return [
        "".join(rng.choice(SYLLABLES) for _ in range(3)) + rng.choice("nrslt") for _ in range(POOL)
    ]


@cache
def list_common(length: int) -> tuple[list[str], list[float]]:
    """List the words of a length that news at large is full of, with how often they are there."""
    spread = {word: share for word, share in load_spread().items() if len(word) == length}
    return list(spread), list(spread.values())


def read_sample(folder: Path) -> tuple[Frames, Frames]:
    """Run the sample feed; give the rows of its articles by table, and its places."""
    command = [sys.executable, "-m", "newsledger", "run", str(paths.SEEDS / "sample"), "--quiet"]
    environment = os.environ | {
        "NEWSLEDGER_DATA": str(folder),
        "NEWSLEDGER_REPORT_OUT": str(folder),
    }
    subprocess.run(command, check=True, env=environment)
    return read_rows(folder / "work.duckdb")


def read_rows(path: Path) -> tuple[Frames, Frames]:
    """Give the rows of the articles of a work database by table, and its places."""
    with open_work(path) as con:
        names = [
            table.full_name
            for table in list_tables()
            if not table.is_view
            and table.full_name not in ACROSS
            and (
                table.full_name.startswith(("raw.", "core."))
                or table.full_name == "ops.document_stages"
            )
        ]
        rows = {name: con.sql(f"SELECT * FROM {name} ORDER BY ALL").pl() for name in names}
        places = con.sql("SELECT * FROM core.locations").pl()
    return rows, {"core.locations": places}


def make_round(sample: Frames, number: int, rounds: int, pool: list[str]) -> Frames:
    """Make the rows of one round: ids, words and times of its own."""
    rng = random.Random(number)
    drawn: dict[str, str] = {}

    def replace(match: re.Match[str]) -> str:
        word = match[0]
        low = word.lower()
        if len(low) < 5 and low in _STOP:
            return word
        if low not in drawn:
            words, shares = list_common(len(low))
            is_common = words and fold_term(low) in load_spread()
            drawn[low] = (
                rng.choices(words, shares)[0]
                if is_common
                else pool[int(POOL * rng.random() ** SKEW)]
            )
        found = (drawn[low] * 4)[: len(word)]  # as long as the word: offsets stay
        return found.capitalize() if word[0].isupper() else found

    shift = datetime.timedelta(days=DAYS * number // max(1, rounds) - DAYS)
    frames = {
        table: pl.DataFrame([_change(column, number, shift, replace) for column in frame])
        for table, frame in sample.items()
    }
    actors = frames["core.article_actors"]
    aliases = [
        [alias | {"alias": WORD.sub(replace, alias["alias"])} for alias in found or []]
        for found in actors["aliases"].to_list()
    ]
    column = pl.Series("aliases", aliases, actors.schema["aliases"])
    return frames | {"core.article_actors": actors.with_columns(column)}


def _change(column: pl.Series, number: int, shift: datetime.timedelta, replace) -> pl.Series:  # type: ignore[no-untyped-def]
    name = column.name
    if name in GROUP_IDS:
        return pl.Series(name, [None] * len(column), column.dtype)
    if name in {"text_key", "sha256"} or (name.endswith("_id") and name not in KEPT_IDS):
        if column.dtype == pl.String:
            return pl.Series(name, [value and f"{value}_{number}" for value in column], pl.String)
        return column
    if column.dtype in (pl.Date, pl.Datetime) or isinstance(column.dtype, pl.Datetime):
        return (column + shift).cast(column.dtype).alias(name)
    if column.dtype == pl.String and name in TEXTS:
        return pl.Series(name, [value and WORD.sub(replace, value) for value in column], pl.String)
    return column


def fill(
    con: "duckdb.DuckDBPyConnection", sample: Frames, numbers: range, rounds: int, pool: list[str]
) -> None:
    """Write some rounds into a work database."""
    for start in range(numbers.start, numbers.stop, ROUNDS_AT_ONCE):
        parts = [
            make_round(sample, number, rounds, pool)
            for number in range(start, min(start + ROUNDS_AT_ONCE, numbers.stop))
        ]
        with transaction(con):
            write_frames(
                con, {table: pl.concat([part[table] for part in parts]) for table in sample}
            )


def make_ledger(folder: Path, articles: int, rows: tuple[Frames, Frames]) -> int:
    """Make a work database in a folder, of the rows of `read_sample` or `read_rows`. Returns the
    number of its articles."""
    sample, places = rows
    size = sample["core.articles"].height
    rounds = max(1, articles // size)
    with open_work(folder / "work.duckdb") as con:
        write_frames(con, places)
        fill(con, sample, range(rounds), rounds, make_pool())
    return rounds * size


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--work", type=Path)
    arguments = parser.parse_args()
    start = time.perf_counter()
    if arguments.work:
        rows = read_rows(arguments.work)
    else:
        with tempfile.TemporaryDirectory() as name:
            rows = read_sample(Path(name))
    count = make_ledger(arguments.folder, arguments.articles, rows)
    print(f"{count:,} articles in {arguments.folder}, {time.perf_counter() - start:.0f} s")


if __name__ == "__main__":
    main()
