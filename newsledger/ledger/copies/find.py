"""Copies: which articles carry the same text, which came first, and which agency stands behind
them.

Candidates share sampled word 5-grams inside a time window; containment of 5-grams in what
they do not quote decides. A group is what such pairs connect, kept apart where two of its texts
have next to nothing in common. The result depends on the set of articles alone.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from newsledger.graph.joined import JoinedGroups
from newsledger.ledger.copies.own_words import CUT, list_texts
from newsledger.model.ids import make_id
from newsledger.text.fold import list_grams

ORIGIN = "copies/1"
SHINGLE = 5  # words
# of the shorter text in the longer: 0.5 of a page, whose captions and lists the body lacks. Of 180
# real articles all
MIN_CONTAINMENT = 0.45
# 25 pairs at 0.5 are found and none below 0.44 (`benchmarks/copies_and_stories.py`)
# two texts of one group share at least this much, or the pair that joined them does not count
MIN_INSIDE = 0.3
MIN_SHINGLES = 12  # a shorter text without its quotations says nothing about who copied whom
WINDOW_DAYS = 7  # the last copy of an item came two days after the first
# one 5-gram in four, chosen by its hash, finds candidates; articles of 300 words have 75 of them
SAMPLE = 4
MIN_PROMISE = 0.2  # containment among the sampled 5-grams that is worth a full comparison
# articles that share one 5-gram are compared with so many that follow in time: linear where a
# phrase is everywhere
NEIGHBOURS = 24
GUARDED = 400  # groups larger than this are not compared pair by pair
SAME = 0.95
SHORTENED = 0.85
SCHEMA: dict[str, pl.DataType | type[pl.DataType]] = {
    "article_id": pl.String, "copy_group_id": pl.String, "role": pl.String,
    "first_article_id": pl.String, "containment": pl.Float64,
    "agency_name": pl.String, "dropped_paragraphs": pl.List(pl.Int32), "origin": pl.String,
}  # fmt: skip
_HOUR = 3_600_000_000

Hashes = npt.NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class CopyTexts:
    """Sorted distinct 5-gram hashes of own text, and of what of it is unquoted, by article, in
    order of publication."""

    article_ids: tuple[str, ...]
    times: npt.NDArray[np.int64]  # microseconds, -1 where unknown
    own: tuple[Hashes, ...]
    unquoted: tuple[Hashes, ...]


def find_copies(articles: pl.DataFrame) -> pl.DataFrame:
    """Group articles that carry the same text. Rows only for articles with at least one copy.

    Takes `article_id, outlet_name, headline, published_at, body, agency_name, first_version_id`.
    Returns `article_id, copy_group_id, role, first_article_id, containment, agency_name,
    dropped_paragraphs`: see `sql/core/copies.sql`.
    """
    ordered = put_in_order(articles)
    texts = build_copy_texts(ordered, list_texts(ordered))
    samples = [sample_grams(grams) for grams in texts.unquoted]
    pairs = [
        (score, i, j)
        for i, j in find_candidates(Postings.of(samples, texts.times))
        if (score := compare_texts(texts, i, j)) >= MIN_CONTAINMENT
    ]
    return describe_groups(ordered, texts, join_pairs(texts, pairs))


def put_in_order(articles: pl.DataFrame) -> pl.DataFrame:
    """Put articles in order of time; those without a time come last."""
    return articles.sort("published_at", "article_id", nulls_last=True)


def build_copy_texts(articles: pl.DataFrame, texts: pl.DataFrame) -> CopyTexts:
    """Hash the 5-grams of articles that are sorted by time; `texts` are theirs, of `list_texts`."""
    return CopyTexts(
        tuple(articles["article_id"]),
        list_times(articles["published_at"]),
        tuple(hash_shingles(texts["own_text"])),
        tuple(hash_shingles(texts["unquoted"])),
    )


def list_times(published_at: pl.Series) -> npt.NDArray[np.int64]:
    """Times in microseconds, -1 where unknown."""
    times: npt.NDArray[np.int64] = (
        published_at.cast(pl.Datetime("us")).cast(pl.Int64).fill_null(-1).to_numpy()
    )
    return times


def hash_shingles(texts: pl.Series, chunk: int = 4000) -> Iterator[Hashes]:
    """Hash the word 5-grams of each text; a 5-gram never spans a cut made by `list_texts`."""
    factor = np.uint64(0x9E3779B97F4A7C15)  # odd, so that multiplication loses nothing
    for start in range(0, len(texts), chunk):
        words = (
            texts.slice(start, chunk).str.to_lowercase().str.extract_all(r"[\p{L}\p{N}]+|" + CUT)
        )
        counts = words.list.len().to_numpy()
        flat = words.explode(empty_as_null=False)
        hashes = flat.hash(seed=7).to_numpy()
        cuts = (flat == CUT).fill_null(False).to_numpy()
        bounds = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64).tolist()
        if len(hashes) < SHINGLE:
            yield from (np.empty(0, np.uint64) for _ in range(len(counts)))
            continue
        last = len(hashes) - SHINGLE + 1
        grams, is_cut = np.zeros(last, np.uint64), np.zeros(last, bool)
        for k in range(SHINGLE):
            grams = (grams ^ (grams >> np.uint64(29))) * factor + hashes[k : last + k]
            is_cut |= cuts[k : last + k]
        for i in range(len(counts)):
            low, high = bounds[i], max(bounds[i], bounds[i + 1] - SHINGLE + 1)
            yield np.unique(grams[low:high][~is_cut[low:high]])


def sample_grams(grams: Hashes) -> Hashes:
    """Choose the 5-grams that find candidates."""
    chosen: Hashes = grams[grams % np.uint64(SAMPLE) == 0]
    return chosen


@dataclass(frozen=True, slots=True)
class Postings:
    """Sampled 5-grams with their articles, by position in time; `sizes` counts all sampled 5-grams
    of each article, those that are not here too."""

    grams: Hashes
    owners: npt.NDArray[np.int64]
    sizes: npt.NDArray[np.int64]
    times: npt.NDArray[np.int64]

    @classmethod
    def of(cls, samples: Sequence[Hashes], times: npt.NDArray[np.int64]) -> "Postings":
        """Put the sampled 5-grams of articles together."""
        sizes = np.array([len(grams) for grams in samples], np.int64)
        grams = np.concatenate([np.empty(0, np.uint64), *samples])
        return cls(grams, np.repeat(np.arange(len(samples)), sizes), sizes, times)


def find_candidates(
    postings: Postings, targets: npt.NDArray[np.bool_] | None = None
) -> Iterator[tuple[int, int]]:
    """Find pairs (earlier, later) inside the window whose sampled 5-grams outside of
    quotations promise enough containment. With `targets`, only pairs with one of these
    articles; the postings must
    hold every 5-gram of these, with all its articles."""
    order = np.lexsort((postings.owners, postings.grams))
    hashes, owners = postings.grams[order], postings.owners[order]
    total = len(postings.sizes)
    found = [np.empty(0, np.int64)]
    for shift in range(1, NEIGHBOURS + 1):
        same = np.flatnonzero(hashes[shift:] == hashes[:-shift])
        left, right = owners[same], owners[same + shift]
        near = _is_near(postings.times[left], postings.times[right])
        if targets is not None:
            near &= targets[left] | targets[right]
        found.append(left[near] * total + right[near])
    keys, shared = np.unique(np.concatenate(found), return_counts=True)
    left, right = keys // max(total, 1), keys % max(total, 1)
    is_likely = shared >= MIN_PROMISE * np.minimum(postings.sizes[left], postings.sizes[right])
    yield from zip(left[is_likely].tolist(), right[is_likely].tolist(), strict=True)


def find_displaced(postings: Postings, moved: npt.NDArray[np.bool_]) -> set[int]:
    """Find the articles that are, for a 5-gram of many articles, near one that comes or goes: whom
    they are compared with may change by it."""
    order = np.lexsort((postings.owners, postings.grams))
    hashes, owners = postings.grams[order], postings.owners[order]
    starts = np.searchsorted(hashes, hashes, side="left")
    ends = np.searchsorted(hashes, hashes, side="right")
    found: set[int] = set()
    for at in np.flatnonzero(moved[owners] & (ends - starts > NEIGHBOURS)).tolist():
        low, high = max(starts[at], at - NEIGHBOURS), min(ends[at], at + NEIGHBOURS + 1)
        found.update(owners[low:high].tolist())
    return found


def _is_near(left: npt.NDArray[np.int64], right: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
    return (left < 0) | (right < 0) | (np.abs(right - left) <= WINDOW_DAYS * 24 * _HOUR)


def compare_texts(texts: CopyTexts, i: int, j: int) -> float:
    """Containment of the shorter text in the longer: of what they do not quote, but never
    more than that of the whole text."""
    if min(len(texts.unquoted[i]), len(texts.unquoted[j])) < MIN_SHINGLES:
        return 0.0
    return min(
        _containment(texts.unquoted[i], texts.unquoted[j]),
        _containment(texts.own[i], texts.own[j]),
    )


def _containment(left: Hashes, right: Hashes) -> float:
    shorter = min(len(left), len(right))
    return len(np.intersect1d(left, right, assume_unique=True)) / shorter if shorter else 0.0


def join_pairs(texts: CopyTexts, pairs: Iterable[tuple[float, int, int]]) -> list[list[int]]:
    """Join pairs into groups, the surest first; two groups stay apart where any of their texts
    share less than `MIN_INSIDE`.

    A round-up that carries two wire items whole would else make one text of both.
    """
    ids = texts.article_ids
    ordered = sorted(pairs, key=lambda pair: (-pair[0], *sorted((ids[pair[1]], ids[pair[2]]))))
    groups = JoinedGroups(dict.fromkeys(place for _, *both in ordered for place in both))
    for _, i, j in ordered:
        groups.join(i, j, partial(_is_coherent, texts))
    return [sorted(group) for group in groups.list_groups() if len(group) > 1]


def _is_coherent(texts: CopyTexts, left: Sequence[int], right: Sequence[int]) -> bool:
    if len(left) * len(right) > GUARDED:
        left, right = left[:20], right[:20]
    return all(_containment(texts.own[i], texts.own[j]) >= MIN_INSIDE for i in left for j in right)


def describe_groups(
    articles: pl.DataFrame, texts: CopyTexts, groups: list[list[int]]
) -> pl.DataFrame:
    outlets, agencies, bodies = (
        articles["outlet_name"].to_list(),
        articles["agency_name"].to_list(),
        articles["body"].to_list(),
    )
    versions = articles["first_version_id"].to_list()
    rows: dict[str, list[Any]] = defaultdict(list)
    for group in groups:
        first = min(
            group,
            key=lambda i: (
                texts.times[i] < 0,
                texts.times[i],
                agencies[i] is None,
                -len(texts.own[i]),
                texts.article_ids[i],
            ),
        )
        credited = Counter(agencies[i] for i in group if agencies[i])
        agency = min(credited, key=lambda name: (-credited[name], name)) if credited else None
        for i in group:
            rows["article_id"].append(texts.article_ids[i])
            rows["copy_group_id"].append(make_id("cpy", texts.article_ids[first]))
            rows["role"].append(
                "first" if i == first
                else "version" if versions[i] is not None and versions[i] == versions[first]
                else _name_role(texts, first, i, outlets[first] == outlets[i])
            )  # fmt: skip
            rows["first_article_id"].append(texts.article_ids[first])
            rows["containment"].append(round(_containment(texts.own[first], texts.own[i]), 4))
            rows["agency_name"].append(agency)
            rows["dropped_paragraphs"].append(
                [] if i == first else find_dropped(bodies[first], bodies[i])
            )
    return pl.DataFrame(
        {name: rows[name] for name in SCHEMA if name != "origin"},
        schema={name: kind for name, kind in SCHEMA.items() if name != "origin"}
    ).with_columns(origin=pl.lit(ORIGIN)).sort("article_id")  # fmt: skip


def _name_role(texts: CopyTexts, first: int, i: int, is_same_outlet: bool) -> str:
    if is_same_outlet:
        return "rewrite"
    shared = len(np.intersect1d(texts.own[first], texts.own[i], assume_unique=True))
    of_copy, of_first = shared / max(1, len(texts.own[i])), shared / max(1, len(texts.own[first]))
    if min(of_copy, of_first) >= SAME:
        return "same"
    if of_copy >= SHORTENED:
        return "shortened" if of_first < SHORTENED else "edited"
    return "extended" if of_first >= SHORTENED else "edited"


def find_dropped(body: str, copy: str) -> list[int]:
    """Number the paragraphs (from 0) of a text that a copy does not carry: less than half of their
    5-grams are in it."""
    there = _list_grams(copy)
    paragraphs = [line for line in body.split("\n") if line.strip()]
    dropped = []
    for number, paragraph in enumerate(paragraphs):
        own = _list_grams(paragraph)
        if own and len(own & there) < len(own) / 2:
            dropped.append(number)
    return dropped


def _list_grams(text: str) -> set[tuple[str, ...]]:
    words = "".join(c if c.isalnum() else " " for c in text.lower()).split()
    return set(list_grams(words, SHINGLE))
