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
from collections.abc import Container, Iterable, Mapping, Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import polars as pl

from newsledger.graph.group_ids import name_groups
from newsledger.ledger.copies.find import list_times
from newsledger.ledger.copies.own_words import list_texts
from newsledger.nlp.names.roles import country_code
from newsledger.paths import LEARNED
from newsledger.text.fold import singular

if TYPE_CHECKING:
    from scipy import sparse

ORIGIN = "stories/2"
LEAD_WORDS = 100  # of the body; with 200 or 400 the background of an event outweighs the event
HEADLINE_WEIGHT = 2
NAME_WEIGHT = 3  # a capitalised word counts as three
# mean similarity at which groups join; set on half of the events of 180 real articles, tried on the
# other half
MIN_SIMILARITY = 0.14
MAX_GAP_DAYS = 30  # between two articles of one story that are compared …
FAR_GAP_DAYS = 730  # … or, where they are very like, a story that is taken up again
FAR_SIMILARITY = 0.4
# … between two of which the day of one is not known: of 1,148 single articles, nearly all undated,
# 26 of 36 joined pairs belong together with this, 29 of 58 with 0.3
UNDATED_SIMILARITY = 0.35
PAIR_SIMILARITY = 0.2  # of two articles that begin a story …
# … and below `SURE_SIMILARITY` not by one or two words: what is left without the strongest word,
# and without the two strongest; of an article that joins a story less is asked. Of 145 single
# pages, read by hand, 17 of 18 joined pairs belong together (16 of 21 without the last three);
# stories of 180 articles of 35 events: B-cubed 96.9 (96.9).
SURE_SIMILARITY = 0.28
REST_SIMILARITY = (0.14, 0.11)
JOIN_REST = (0.025, 0.015)
LIST_SIMILARITY = 0.5  # an article that lists many things joins only what is nearly its like
TERMS = 40  # best terms an article keeps
NEIGHBOURS = 30  # most similar articles an article may join first
BACKGROUND = 3000  # articles of the news at large that `word_spread.json` is taken to stand for
# articles among these that a word has which that file does not know; 1 to 8 give stories of B-cubed
# F1 97.0 to 97.5 on 180 real articles (95.0 where words were weighed among those 180 as well)
UNSEEN = 2.0
UNIT = 10_000  # of weights
BLOCK = 500  # articles compared at a time
KEPT_TERMS = 4096  # whose country is known
HEAP = 100_000  # entries of groups to join that are kept before those past are dropped
_WORD = re.compile(r"[^\W_]+(?:['’][a-z]+)?")
_DAY = 86_400_000_000
_LIST = re.compile(
    r"^(?:the )?\d+ (?:best|top|things|stories)\b|\bround-?up\b"
    r"|\b(?:daily (?:deals|digest)|(?:morning|evening) brief(?:ing)?|need to know today)\b",
    re.IGNORECASE,
)
_STOP = frozenset(
    """the a an and or but of to in on at for from with by as is are was were be been has have had
    it its this that these those he she they his her their him them who which what when where will
    would could should may might can not no said say says after before over about into than then
    also more most one two new first last year day time people just out up down all i we you your
    our us my me do did does if so there here how why being other some any only such while during
    against between because through until under off own same too very""".split()
)

Vector = dict[str, int]


def name_stories(groups: Iterable[Sequence[str]]) -> dict[str, str]:
    """Give each article of groups, which are in order of time, the id of its story."""
    named = name_groups(groups, "sty")
    return {article_id: story_id for story_id, group in named.items() for article_id in group}


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
    own_texts = list_texts(ordered)["own_text"].to_list()
    headlines = ordered["headline"].to_list()
    counted = [
        count_terms(headline, cut_lead(text))
        for headline, text in zip(headlines, own_texts, strict=True)
    ]
    vectors = [weigh_terms(merge_counts([counted[i] for i in unit])) for unit in members]
    times = list_times(ordered["published_at"])[[unit[0] for unit in members]]
    near = find_neighbours(stack_vectors(vectors), times)
    lists = {
        number for number, unit in enumerate(members) if any(is_list(headlines[i]) for i in unit)
    }
    undated = set(np.flatnonzero(times < 0).tolist())
    groups = link_groups(vectors, choose_links(join_neighbours(near), lists), undated)
    return [
        [ids[i] for i in sorted(i for unit in group for i in members[unit])] for group in groups
    ]


def merge_counts(counted: Sequence[Counter[str]]) -> Counter[str]:
    """Merge the terms of copies: each as often as the copy that has it most."""
    merged: Counter[str] = Counter()
    for terms in counted:
        merged |= terms
    return merged


def cut_lead(text: str) -> str:
    """Cut the first words of a text."""
    return " ".join(text.split(None, LEAD_WORDS)[:LEAD_WORDS])


def count_terms(headline: str | None, lead: str) -> Counter[str]:
    """Count the terms of an article's headline and first words."""
    terms: Counter[str] = Counter()
    for word in (*_WORD.findall(headline or "") * HEADLINE_WEIGHT, *_WORD.findall(lead)):
        term = fold_term(word)
        if len(term) > 1 and term not in _STOP:
            terms[term] += NAME_WEIGHT if word[0].isupper() else 1
    return terms


def fold_term(word: str) -> str:
    """Fold a word to lower case without possessive and plural ending."""
    return singular(word.lower().replace("’", "'").split("'")[0])


def weigh_terms(terms: Mapping[str, int]) -> Vector:
    """Weigh terms by their rarity in the news at large; the vector keeps its best terms.

    Weights are whole numbers, `UNIT` the length of the vector with all its terms, so that sums are
    the same in any order. They depend on the article alone: what comes in later changes none.
    """
    spread = load_spread()
    total = math.log(BACKGROUND + 1)
    weights = {
        term: math.log1p(count) * (total - math.log(BACKGROUND * spread.get(term, 0.0) + UNSEEN))
        for term, count in terms.items()
    }
    length = math.sqrt(sum(weights[term] ** 2 for term in sorted(weights))) or 1.0
    best = sorted(weights, key=lambda term: (-weights[term], term))[:TERMS]
    return {term: round(UNIT * weights[term] / length) for term in best}


@cache
def load_spread() -> dict[str, float]:
    """Share of news events whose beginning has a term: what is common says little of a story.
    Counted on 1,650 events and single articles of 200 outlets (`benchmarks/train_spread.py`): with
    180 of them a country or a disease joined what has nothing else in common."""
    found = json.loads((LEARNED / "word_spread.json").read_text("utf-8"))
    return {term: count / found["units"] for term, count in found["terms"].items()}


def stack_vectors(vectors: Sequence[Vector]) -> "sparse.csr_array":
    """Put vectors into the rows of a matrix."""
    from scipy import sparse

    index = {term: n for n, term in enumerate(sorted({t for v in vectors for t in v}))}
    return sparse.csr_array(
        (
            np.array([weight for vector in vectors for weight in vector.values()], np.int64),
            np.array([index[term] for vector in vectors for term in vector], np.int32),
            np.concatenate([[0], np.cumsum([len(vector) for vector in vectors])]).astype(np.int64),
        ),
        shape=(len(vectors), max(1, len(index))),
    )


def find_neighbours(
    matrix: "sparse.csr_array",
    times: npt.NDArray[np.int64],
    asked: Sequence[int] | None = None,
    *,
    limit: int | None = NEIGHBOURS,
) -> dict[int, list[tuple[int, float]]]:
    """Find for each row, or those asked for, the `limit` most similar inside the time window with
    their similarity, the best first; of equals, those that stand first. `times` in microseconds,
    below zero where there is none."""
    rows = np.arange(len(times)) if asked is None else np.array(asked, np.int64)
    rows = rows[np.argsort(times[rows], kind="stable")]
    found: dict[int, list[tuple[int, float]]] = {}
    for start in range(0, len(rows), BLOCK):
        block = rows[start : start + BLOCK]
        columns = _find_window(times, block)
        product = (matrix[block] @ matrix[columns].T).tocsr()
        for row, i in enumerate(block.tolist()):
            found[i] = _keep_best(product, row, i, columns, times, limit)
    return found


def _find_window(
    times: npt.NDArray[np.int64], block: npt.NDArray[np.int64]
) -> npt.NDArray[np.int64]:
    """Positions that may be near any of a block's."""
    own = times[block]
    if (own < 0).any():
        return np.arange(len(times))
    low, high = own.min() - FAR_GAP_DAYS * _DAY, own.max() + FAR_GAP_DAYS * _DAY
    return np.flatnonzero((times < 0) | ((times >= low) & (times <= high)))


def _keep_best(
    product: Any,
    row: int,
    i: int,
    columns: npt.NDArray[np.int64],
    times: npt.NDArray[np.int64],
    limit: int | None,
) -> list[tuple[int, float]]:
    span = slice(product.indptr[row], product.indptr[row + 1])
    scores = np.round(product.data[span] / float(UNIT * UNIT), 6)
    others = columns[product.indices[span]]
    gaps = np.abs(times[others] - times[i])
    is_dated = (times[i] >= 0) & (times[others] >= 0)
    is_far = is_dated & (gaps > MAX_GAP_DAYS * _DAY)
    least = np.where(is_dated, MIN_SIMILARITY, UNDATED_SIMILARITY)
    is_like = scores >= np.where(is_far, FAR_SIMILARITY, least)
    kept = np.flatnonzero(is_like & (~is_far | (gaps <= FAR_GAP_DAYS * _DAY)) & (others != i))
    scores, others = scores[kept], others[kept]
    best = np.lexsort((others, -scores))[:limit]
    return list(zip(others[best].tolist(), scores[best].tolist(), strict=True))


def join_neighbours(
    found: Mapping[int, Sequence[tuple[int, float]]],
) -> dict[tuple[int, int], float]:
    """Put neighbours together as pairs in order."""
    return {
        (min(i, other), max(i, other)): score for i, near in found.items() for other, score in near
    }


def is_list(headline: str | None) -> bool:
    """Whether an article lists many things."""
    return bool(_LIST.search(headline or ""))


def choose_links(
    pairs: Mapping[tuple[int, int], float], lists: Container[int]
) -> dict[tuple[int, int], float]:
    """Choose the pairs along which articles may join: one that lists many things (`lists`) joins
    only what is nearly its like."""
    return {
        (a, b): score
        for (a, b), score in pairs.items()
        if score >= LIST_SIMILARITY or not (a in lists or b in lists)
    }


def link_groups(
    vectors: Sequence[Vector],
    pairs: Mapping[tuple[int, int], float],
    undated: Container[int] = (),
) -> list[list[int]]:
    """Join groups by average linkage along the given pairs, the most similar first; ties go by
    position. Where no day is known of one of two (`undated`), they tell no other countries.

    What becomes of a vector depends on those alone that its group and the groups beside it are
    made of, so that a part can be grouped again for itself.
    """
    sums, members = [dict(vector) for vector in vectors], [[i] for i in range(len(vectors))]
    is_open = [i in undated for i in range(len(vectors))]
    linked: list[dict[int, int | None]] = [{} for _ in vectors]  # product of sums, where known
    for a, b in pairs:
        linked[a][b] = linked[b][a] = None
    heap = [(-score, a, b, 1, 1) for (a, b), score in pairs.items() if score >= PAIR_SIMILARITY]
    heapq.heapify(heap)
    room = 2 * len(heap) + HEAP
    while heap:
        score, a, b, size_a, size_b = heapq.heappop(heap)
        if len(members[a]) != size_a or len(members[b]) != size_b:
            continue
        scale = UNIT * UNIT * size_a * size_b
        product = linked[a][b]
        likeness = -score if product is None else product / scale
        least = REST_SIMILARITY if size_a == size_b == 1 else JOIN_REST
        if not _is_carried(sums[a], sums[b], likeness, scale, least) or (
            (is_open[a] or is_open[b]) and are_elsewhere(sums[a], sums[b])
        ):
            continue
        products = _join_products(sums, linked, a, b)
        members[a] += members[b]
        members[b] = []
        for term, weight in sums[b].items():
            sums[a][term] = sums[a].get(term, 0) + weight
        sums[b] = {}
        is_open[a] = is_open[a] and is_open[b]
        for other, product in products.items():
            score = product / (UNIT * UNIT * len(members[a]) * len(members[other]))
            if score >= MIN_SIMILARITY:
                low, high = min(a, other), max(a, other)
                sizes = len(members[low]), len(members[high])
                heapq.heappush(heap, (-round(score, 6), low, high, *sizes))
        if len(heap) > room:  # of a pair, one entry counts
            heap = [x for x in heap if (len(members[x[1]]), len(members[x[2]])) == x[3:]]
            heapq.heapify(heap)
            room = 2 * len(heap) + HEAP
    return [group for group in members if group]


def _join_products(
    sums: Sequence[Vector], linked: list[dict[int, int | None]], a: int, b: int
) -> dict[int, int]:
    """Give what is linked with either of two groups the product of its sum with theirs, and link
    it with the first alone."""
    del linked[a][b], linked[b][a]
    products = {}
    for other in linked[a].keys() | linked[b].keys():
        parts = (
            _dot(sums[one], sums[other]) if (known := linked[one].get(other)) is None else known
            for one in (a, b)
        )
        linked[other].pop(b, None)
        linked[a][other] = linked[other][a] = products[other] = sum(parts)
    linked[b] = {}
    return products


def are_elsewhere(left: Iterable[str], right: Iterable[str]) -> bool:
    """Whether two texts tell countries, and none in common: outbreaks of one disease."""
    ours, theirs = (set(map(_country_of, terms)) - {None} for terms in (left, right))
    return bool(ours and theirs) and not ours & theirs


@lru_cache(KEPT_TERMS)
def _country_of(term: str) -> str | None:
    return country_code(term.title())


def _is_carried(
    left: Vector, right: Vector, score: float, scale: int, least: Sequence[float]
) -> bool:
    """Whether likeness is high, or stays without the strongest words that two share: `least` says
    how much without one, without two."""
    if score >= SURE_SIMILARITY:
        return True
    if len(left) > len(right):
        left, right = right, left
    shared = [weight * right[term] for term, weight in left.items() if term in right]
    rest = sum(shared)
    strongest = heapq.nlargest(len(least), shared)
    for product, asked in zip(strongest, least, strict=False):
        rest -= product
        if round(rest / scale, 6) < asked:
            return False
    return True


def _dot(left: Vector, right: Vector) -> int:
    if len(left) > len(right):
        left, right = right, left
    return sum(weight * right.get(term, 0) for term, weight in left.items())
