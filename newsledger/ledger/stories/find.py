"""Stories: articles about one event, grouped by the words and names of headline and first
paragraphs, near in time.

Average linkage: two groups join while the mean similarity of their articles is high enough, so that
one article in between does not chain two events. The grouping depends on the set of articles alone;
a story keeps its id when articles join it.
"""

import heapq
import json
import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import numpy as np
import polars as pl

from newsledger.graph.group_ids import name_groups
from newsledger.ledger.copies.narration import list_texts
from newsledger.paths import LEARNED
from newsledger.text.fold import singular

ORIGIN = "stories/2"
LEAD_WORDS = 100  # of the body; with 200 or 400 the background of an event outweighs the event
HEADLINE_WEIGHT = 2
NAME_WEIGHT = 3  # a capitalised word counts as three
# mean similarity at which groups join; set on half of the events of 180 real articles, tried on the
# other half
MIN_SIMILARITY = 0.15
MAX_GAP_DAYS = 60  # between two articles of one story that are compared …
FAR_GAP_DAYS = 730  # … or, where they are very like, a story that is taken up again
FAR_SIMILARITY = 0.4
PAIR_SIMILARITY = 0.2  # of two articles that begin a story …
# … and below `SURE_SIMILARITY` not by one or two words: what is left without the strongest word,
# and without the two strongest. Of 145 single pages, read by hand, 14 of 15 joined pairs belong
# together (14 of 23 without this, and with far articles and lists joined as others are); stories of
# 180 articles of 35 events: B-cubed 94.9 (95.4).
SURE_SIMILARITY = 0.25
REST_SIMILARITY = (0.1, 0.07)
LIST_SIMILARITY = 0.5  # an article that lists many things joins only what is nearly its like
TERMS = 40  # best terms an article keeps
NEIGHBOURS = 30  # most similar articles an article may join first
# articles of the news at large that these articles are weighed among: a desk's archive may be one
# story, and new articles must not change the weights of old ones
BACKGROUND = 3000
BLOCK = 2000  # articles compared at a time
_WORD = re.compile(r"[^\W_]+(?:['’][a-z]+)?")
_DAY = 86_400_000_000
_LIST = re.compile(
    r"^(?:the )?\d+ (?:best|top|things|stories)\b|\bround-?up\b"
    r"|\b(?:daily (?:deals|digest)|(?:morning|evening) brief(?:ing)?|need to know today)\b",
    re.IGNORECASE,
)
_STOP = frozenset(
    """the a an and or but of to in on at for from with by as is are was were be been has have had it its this that these those he she
    they his her their him them who which what when where will would could should may might can not no said say says after before over
    about into than then also more most one two new first last year day time people just out up down all i we you your our us my me do
    did does if so there here how why being other some any only such while during against between because through until under off own
    same too very""".split()
)

Vector = dict[int, float]


def find_stories(
    articles: pl.DataFrame, copy_groups: Mapping[str, str], known: Mapping[str, str] | None = None
) -> pl.DataFrame:
    """Give each article its story. Takes the articles of `group_articles`; returns `article_id,
    story_id`.

    `known` holds the story ids given before: a group keeps the id that most of its articles had.
    """
    return name_stories(group_articles(articles, copy_groups), known or {})


def name_stories(groups: Sequence[Sequence[str]], known: Mapping[str, str]) -> pl.DataFrame:
    """Give groups of articles the ids of stories: columns `article_id, story_id`."""
    rows = [
        (article_id, story_id)
        for story_id, group in name_groups(groups, known, "sty").items()
        for article_id in group
    ]
    return pl.DataFrame(
        rows, schema={"article_id": pl.String, "story_id": pl.String}, orient="row"
    ).sort("article_id")


def group_articles(articles: pl.DataFrame, copy_groups: Mapping[str, str]) -> list[list[str]]:
    """Group articles about one event, each group in order of time. Takes `article_id, outlet_name,
    headline, published_at, body`.

    Copies of one text (`copy_groups`: article to group) count once and stay together.
    """
    ordered = articles.sort("published_at", "article_id", nulls_last=True)
    ids = ordered["article_id"].to_list()
    units: dict[str, list[int]] = {}
    for i, article_id in enumerate(ids):
        units.setdefault(copy_groups.get(article_id, article_id), []).append(i)
    members = sorted(units.values(), key=lambda unit: ids[unit[0]])
    counted = _count_terms(ordered)
    vectors = _weigh_terms([_merge_counts([counted[i] for i in unit]) for unit in members])
    since = ordered["published_at"].cast(pl.Datetime("us")).cast(pl.Int64)
    times = (since - since.min()).fill_null(-1).to_numpy()  # below zero: without a date
    pairs = _find_neighbours(vectors, times[[unit[0] for unit in members]]) if members else {}
    titles = ordered["headline"].fill_null("").to_list()
    lists = {n for n, unit in enumerate(members) if any(_LIST.search(titles[i]) for i in unit)}
    groups = _link_groups(
        vectors,
        {
            pair: score
            for pair, score in pairs.items()
            if score >= LIST_SIMILARITY or not lists.intersection(pair)
        },
    )
    return [
        [ids[i] for i in sorted(i for unit in group for i in members[unit])] for group in groups
    ]


def _merge_counts(counted: Sequence[Counter[str]]) -> Counter[str]:
    """Merge the terms of copies: each as often as the copy that has it most."""
    merged: Counter[str] = Counter()
    for terms in counted:
        merged |= terms
    return merged


def _count_terms(articles: pl.DataFrame) -> list[Counter[str]]:
    texts = list_texts(articles)["own_text"].to_list()
    counted = []
    for headline, text in zip(articles["headline"].fill_null("").to_list(), texts, strict=True):
        terms: Counter[str] = Counter()
        for word in (
            *_WORD.findall(headline) * HEADLINE_WEIGHT,
            *_WORD.findall(" ".join(text.split(None, LEAD_WORDS)[:LEAD_WORDS])),
        ):
            term = fold_term(word)
            if len(term) > 1 and term not in _STOP:
                terms[term] += NAME_WEIGHT if word[0].isupper() else 1
        counted.append(terms)
    return counted


def fold_term(word: str) -> str:
    """Fold a word to lower case without possessive and plural ending."""
    return singular(word.lower().replace("’", "'").split("'")[0])


def _weigh_terms(counted: Sequence[Counter[str]]) -> list[Vector]:
    """Weigh terms by rarity, in the news at large and among these articles; each vector keeps its
    best terms and has length one."""
    spread = Counter(term for terms in counted for term in terms)
    background = load_spread()
    total = math.log(len(counted) + BACKGROUND + 1)
    rarity = {
        term: total - math.log(count + BACKGROUND * background.get(term, 0.0) + 0.5)
        for term, count in spread.items()
    }
    index = {term: n for n, term in enumerate(sorted(t for t, c in spread.items() if c > 1))}
    vectors = []
    for terms in counted:
        weights = {term: math.log1p(count) * rarity[term] for term, count in terms.items()}
        length = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
        best = sorted(
            (term for term in weights if term in index), key=lambda term: (-weights[term], term)
        )[:TERMS]
        vectors.append({index[term]: weights[term] / length for term in best})
    return vectors


@cache
def load_spread() -> dict[str, float]:
    """Share of news events whose beginning has a term: what is common says little of a story.
    Counted on 180 events and single articles (`benchmarks/train_spread.py`)."""
    found = json.loads((LEARNED / "word_spread.json").read_text("utf-8"))
    return {term: count / found["units"] for term, count in found["terms"].items()}


def _find_neighbours(vectors: Sequence[Vector], times: np.ndarray) -> dict[tuple[int, int], float]:
    """Find the similar pairs inside the time window, for each article the `NEIGHBOURS` best."""
    from scipy import sparse

    order = np.argsort(times, kind="stable")
    width = 1 + max((term for vector in vectors for term in vector), default=0)
    lengths = [len(vectors[i]) for i in order]
    matrix = sparse.csr_array(
        (
            np.array([weight for i in order for weight in vectors[i].values()], np.float32),
            np.array([term for i in order for term in vectors[i]], np.int32),
            np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64),
        ),
        shape=(len(vectors), width),
    )
    sorted_times = times[order]
    undated = int(np.searchsorted(sorted_times, 0))
    pairs: dict[tuple[int, int], float] = {}
    for start in range(0, len(order), BLOCK):
        stop = min(start + BLOCK, len(order))
        if start >= undated:
            low = int(np.searchsorted(sorted_times, sorted_times[start] - FAR_GAP_DAYS * _DAY))
            high = int(
                np.searchsorted(
                    sorted_times, sorted_times[stop - 1] + FAR_GAP_DAYS * _DAY, side="right"
                )
            )
            columns = np.concatenate([np.arange(undated), np.arange(max(low, undated), high)])
        else:
            columns = np.arange(len(order))
        product = (matrix[start:stop] @ matrix[columns].T).tocsr()
        for row in range(stop - start):
            _keep_best(product, row, start + row, columns, order, sorted_times, pairs)
    return pairs


def _keep_best(
    product: Any,
    row: int,
    i: int,
    columns: np.ndarray,
    order: np.ndarray,
    times: np.ndarray,
    pairs: dict[tuple[int, int], float],
) -> None:
    span = slice(product.indptr[row], product.indptr[row + 1])
    scores, others = product.data[span], columns[product.indices[span]]
    gaps = np.abs(times[others] - times[i])
    is_dated = (times[i] >= 0) & (times[others] >= 0)
    is_far = is_dated & (gaps > MAX_GAP_DAYS * _DAY)
    is_like = np.where(is_far, scores >= FAR_SIMILARITY, scores >= MIN_SIMILARITY)
    kept = np.flatnonzero(is_like & (~is_far | (gaps <= FAR_GAP_DAYS * _DAY)) & (others != i))
    scores, others = scores[kept], order[others[kept]]
    for k in np.lexsort((others, -np.round(scores, 6)))[:NEIGHBOURS]:
        a, b = sorted((int(order[i]), int(others[k])))
        pairs[a, b] = round(float(scores[k]), 6)


def _link_groups(
    vectors: Sequence[Vector], pairs: Mapping[tuple[int, int], float]
) -> list[list[int]]:
    """Join groups by average linkage along the given pairs, the most similar first; ties go by
    position."""
    sums, members = [dict(vector) for vector in vectors], [[i] for i in range(len(vectors))]
    linked: list[set[int]] = [set() for _ in vectors]
    for a, b in pairs:
        linked[a].add(b)
        linked[b].add(a)
    heap = [
        (-score, a, b, 1, 1)
        for (a, b), score in pairs.items()
        if score >= PAIR_SIMILARITY and _begin_story(vectors[a], vectors[b], score)
    ]
    heapq.heapify(heap)
    while heap:
        _, a, b, size_a, size_b = heapq.heappop(heap)
        if len(members[a]) != size_a or len(members[b]) != size_b:
            continue
        members[a] += members[b]
        members[b] = []
        for term, weight in sums[b].items():
            sums[a][term] = sums[a].get(term, 0.0) + weight
        sums[b] = {}
        linked[a] |= linked[b]
        for other in linked[b]:
            linked[other].discard(b)
            linked[other].add(a)
        linked[a] -= {a, b}
        linked[b] = set()
        for other in linked[a]:
            score = _dot(sums[a], sums[other]) / (len(members[a]) * len(members[other]))
            if score >= MIN_SIMILARITY:
                low, high = min(a, other), max(a, other)
                heapq.heappush(
                    heap, (-round(score, 6), low, high, len(members[low]), len(members[high]))
                )
    return [group for group in members if group]


def _begin_story(left: Vector, right: Vector, score: float) -> bool:
    """Whether two like articles share enough beside their strongest words to begin a story."""
    if score >= SURE_SIMILARITY:
        return True
    shared = sorted(
        (weight * right[term] for term, weight in left.items() if term in right), reverse=True
    )
    return all(
        round(sum(shared[count:]), 6) >= least for count, least in enumerate(REST_SIMILARITY, 1)
    )


def _dot(left: Vector, right: Vector) -> float:
    if len(left) > len(right):
        left, right = right, left
    return sum(weight * right.get(term, 0.0) for term, weight in left.items())
