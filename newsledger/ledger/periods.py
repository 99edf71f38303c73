"""Periods: stretches of time inside which articles are compared, so that new articles cost what
their days cost, not what the archive does.

A small archive is one period. A large one is cut into stretches of equal length with a margin on
both sides; what is found in neighbours is joined where they overlap. Length and content of the
periods follow from the set of articles alone, not from the order of arrival.
"""

import hashlib
import itertools
import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    import duckdb

ONE_PERIOD = 16_384  # articles that are compared as one period
PER_PERIOD = 6_144  # articles that a period of a larger archive holds about
MARGIN_DAYS = 10  # on both sides; copies are at most seven days apart
MIN_DAYS = 4
_STATE = "period"


@dataclass(frozen=True, slots=True)
class Period:
    """Articles of one stretch of time, those in its margins too."""

    key: str
    home: tuple[str, ...]
    context: tuple[str, ...]  # home and margins
    digest: str


def split_periods(articles: pl.DataFrame) -> list[Period]:
    """Split articles (`article_id, published_at, text_key, is_current`) into periods, in order of
    time; those without a time come first."""
    days = articles.with_columns(day=pl.col("published_at").dt.epoch("d")).sort("article_id")
    dated = days["day"].drop_nulls()
    if articles.height <= ONE_PERIOD or dated.is_empty():
        everything = tuple(days["article_id"])
        return [Period("all", everything, everything, _digest(days))] if everything else []
    length = _choose_length(articles.height, int(dated.max()) - int(dated.min()) + 1)  # type: ignore[arg-type]
    numbered = days.with_columns(number=(pl.col("day") // length).fill_null(-1))
    periods = []
    for (number,), home in sorted(numbered.group_by("number"), key=lambda item: item[0][0]):
        if number == -1:
            context = home
        else:
            first = int(number) * length
            context = days.filter(
                pl.col("day").is_between(first - MARGIN_DAYS, first + length - 1 + MARGIN_DAYS)
            )
        context = context.sort("article_id")
        periods.append(
            Period(
                f"{length}d{number}",
                tuple(home["article_id"]),
                tuple(context["article_id"]),
                _digest(context),
            )
        )
    return periods


def _choose_length(count: int, span_days: int) -> int:
    """Days of a period, a power of two: it changes rarely, when the archive has about doubled."""
    rounded = 2 ** math.ceil(math.log2(count))
    found: int = max(
        MIN_DAYS, 2 ** math.floor(math.log2(max(1.0, span_days * PER_PERIOD / rounded)))
    )
    return found


def _digest(articles: pl.DataFrame) -> str:
    digest = hashlib.blake2b(digest_size=12)
    for row in articles.select("article_id", "text_key", "published_at", "is_current").iter_rows():
        digest.update(repr(row).encode())
    return digest.hexdigest()


def join_copies(parts: Sequence[pl.DataFrame]) -> pl.DataFrame:
    """Join the copies found in each period: an article is told by the earliest period that knows
    it, later copies join its group."""
    seen: dict[str, str] = {}
    named: dict[str, tuple[str, str]] = {}
    rows = []
    for part in parts:
        for _, group in itertools.groupby(
            part.sort("copy_group_id", "article_id").to_dicts(),
            key=lambda row: row["copy_group_id"],
        ):
            members = list(group)
            known = sorted(
                {seen[row["article_id"]] for row in members if row["article_id"] in seen}
            )
            for row in members:
                if row["article_id"] in seen:
                    continue
                if known:
                    group_id, first_id = named[known[0]]
                    row |= {
                        "copy_group_id": group_id,
                        "first_article_id": first_id,
                        "role": "same" if row["role"] == "first" else row["role"],
                    }
                else:
                    named[row["copy_group_id"]] = (row["copy_group_id"], row["first_article_id"])
                seen[row["article_id"]] = row["copy_group_id"]
                rows.append(row)
    return (
        pl.DataFrame(rows, schema=parts[0].schema).sort("article_id") if parts else pl.DataFrame()
    )


def join_stories(parts: Sequence[tuple[Sequence[str], Sequence[Sequence[str]]]]) -> list[list[str]]:
    """Join the stories found in each period, given as home articles and groups of the period's
    context.

    Two groups of neighbours are one story where they share most of the articles that both periods
    know. An article stays with the group of its own period.
    """
    owner: dict[tuple[int, int], tuple[int, int]] = {}

    def find(node: tuple[int, int]) -> tuple[int, int]:
        while owner.setdefault(node, node) != node:
            owner[node] = owner[owner[node]]
            node = owner[node]
        return node

    group_of: list[dict[str, int]] = [
        {article: number for number, group in enumerate(groups) for article in group}
        for _, groups in parts
    ]
    for place in range(len(parts) - 1):
        here, there = group_of[place], group_of[place + 1]
        shared: dict[tuple[int, int], int] = defaultdict(int)
        left: dict[int, int] = defaultdict(int)
        right: dict[int, int] = defaultdict(int)
        for article in sorted(here.keys() & there.keys()):
            shared[here[article], there[article]] += 1
            left[here[article]] += 1
            right[there[article]] += 1
        for (one, other), count in sorted(shared.items()):
            if 2 * count > max(left[one], right[other]):
                owner[find((place + 1, other))] = find((place, one))
    joined: dict[tuple[int, int], list[str]] = defaultdict(list)
    for place, (home, _) in enumerate(parts):
        for article in home:
            joined[find((place, group_of[place][article]))].append(article)
    return [joined[node] for node in sorted(joined)]


def read_digests(con: "duckdb.DuckDBPyConnection", topic: str) -> dict[str, str]:
    """Read the digests of the periods as they were when a topic (`texts`, `claims`) was last
    brought up to date."""
    prefix = f"{_STATE}:{topic}:"
    rows = con.execute(
        "SELECT key, value FROM ops.state WHERE starts_with(key, ?)", [prefix]
    ).fetchall()
    return {key.removeprefix(prefix): value for key, value in rows}


def write_digests(con: "duckdb.DuckDBPyConnection", topic: str, digests: dict[str, str]) -> None:
    """Keep the digests of the periods; those of periods that are no longer there go. Writes nothing
    where nothing changed."""
    if read_digests(con, topic) == digests:
        return
    prefix = f"{_STATE}:{topic}:"
    con.execute("DELETE FROM ops.state WHERE starts_with(key, ?)", [prefix])
    if digests:
        con.executemany(
            "INSERT INTO ops.state VALUES (?, ?)",
            [(prefix + key, value) for key, value in sorted(digests.items())],
        )
