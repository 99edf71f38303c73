"""Describe the lines of a flattened page by the lines around them and by their place."""

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np

    Column = np.ndarray
from newsledger.clean.lines.columns import AROUND, PROSE_WORDS

BLOCK_GAP = 3  # weaker lines between paragraphs of one block


def shift(column: "Column", step: int) -> "Column":
    """Bring to each line the value of the line `step` lines further down; 0 beyond the page's
    ends."""
    import numpy as np

    moved = np.zeros_like(column)
    if abs(step) < len(column):
        if step < 0:
            moved[-step:] = column[:step]
        else:
            moved[:-step] = column[step:]
    return moved


def _change(column: "Column", before: float) -> "Column":
    """Tell the difference of each line's value to the line's above; `before` stands above the
    first. Faster than numpy's for a page."""
    import numpy as np

    above = np.empty_like(column)
    above[0], above[1:] = before, column[:-1]
    found: Column = column - above
    return found


def _bound(column: "Column", least: int, most: int) -> "Column":
    """Keep values between two bounds; numpy's function takes three times as long for a page."""
    import numpy as np

    found: Column = np.minimum(np.maximum(column, least), most)
    return found


def describe_neighbours(
    features: "dict[str, Column]", words: Sequence[Sequence[str]]
) -> "dict[str, Column]":
    """Bring what the lines around look like, and how alike a line is to one of the two lines above
    or below: a caption told twice."""
    import numpy as np

    count = len(words)
    padded = np.zeros((count + 6, len(AROUND)))
    padded[3:-3] = np.column_stack([features[name] for name in AROUND])
    found = {
        f"{name}@{step:+d}": padded[3 + step : 3 + step + count, i]
        for i, (name, steps) in enumerate(AROUND.items())
        for step in steps
    }
    sets = [frozenset(own) if len(own) > 1 else frozenset() for own in words]
    alike = np.zeros(len(words))
    for step in (1, 2):
        for i, (above, below) in enumerate(zip(sets, sets[step:], strict=False)):
            if above and below and (common := len(above & below)):
                value = common / (len(above) + len(below) - common)
                alike[i], alike[i + step] = max(alike[i], value), max(alike[i + step], value)
    return found | {"alike": alike, "alike@-1": shift(alike, -1), "alike@+1": shift(alike, 1)}


def _around(column: "Column", reach: int) -> "Column":
    """Sum each line's value and those of `reach` lines above and below."""
    import numpy as np

    total = np.zeros((len(column) + 1, *column.shape[1:]))
    np.cumsum(column, axis=0, out=total[1:])
    stops, starts = _windows(len(column), reach)
    found: Column = total[stops] - total[starts]
    return found


@lru_cache(maxsize=64)
def _windows(count: int, reach: int) -> "tuple[Column, Column]":
    import numpy as np

    place = np.arange(count)
    return np.minimum(place + reach + 1, count), np.maximum(place - reach, 0)


def describe_windows(
    features: "dict[str, Column]", prose_words: "Column", strong: "Column"
) -> "dict[str, Column]":
    import numpy as np

    names = ("cap_share", "digit_share", "stamp", "bullet", "headline_like")
    near = np.column_stack([*(features[name] for name in names), strong, np.ones(len(strong))])
    near = _around(near, 4)
    found = {f"{name}~": near[:, i] / near[:, -1] for i, name in enumerate(names)}
    return found | {
        "strong~": near[:, -2] / near[:, -1],
        "prose_near": np.minimum(_around(prose_words, 3), 300) / 150,
        "prose_wide": np.minimum(_around(prose_words, 8), 800) / 400,
        "comments_near": np.minimum(_around(features["comment"], 6), 4) / 4,
    }


def describe_indentation(lines: Sequence[str], prose_words: "Column") -> "dict[str, Column]":
    """Compare each line's indentation with that of most of the prose: a browser's text indents what
    stands deeper in the page."""
    import numpy as np

    indents = np.array([len(line) - len(line.lstrip()) for line in lines])
    weights = np.bincount(indents, weights=prose_words)
    main = weights.argmax() if weights.any() else indents.min()
    same = (indents == main).astype(float)
    step = _bound(_change(indents, 0), -4, 4) / 4
    return {
        "indent_same": same,
        "indent_same@-1": shift(same, -1),
        "indent_same@+1": shift(same, 1),
        "indent_more": _bound(indents - main, 0, 10) / 10,
        "indent_share": weights[indents] / max(prose_words.sum(), 1.0),
        "indent_step": step,
        "indent_step@+1": shift(step, 1),
    }


def describe_gaps(gaps: Sequence[int], counts: "Column", prose: "Column") -> "dict[str, Column]":
    """Compare the blank lines around a line with those between paragraphs; lines without one
    between are a group."""
    import numpy as np

    before = np.minimum(np.asarray(gaps, dtype=float), 5)
    after = np.append(before[1:], 5.0)
    between = before[1:][(prose[1:] > 0) & (prose[:-1] > 0)]
    usual = float(np.bincount(between.astype(int)).argmax()) if len(between) else 1.0
    group = np.cumsum((before > 0) | (np.arange(len(before)) == 0)) - 1
    return {
        "gap": before / 5,
        "gap_usual": (before == usual).astype(float),
        "gap_usual@+1": (after == usual).astype(float),
        "gap_none": (before == 0).astype(float),
        "gap_none@+1": (after == 0).astype(float),
        "group": np.minimum(np.bincount(group)[group], 8) / 8,
        "group_words": np.minimum(np.bincount(group, weights=counts)[group], 100) / 100,
    }


def _distance(hits: "Column") -> "Column":
    """Count the lines since the last hit above each line, at most 12."""
    import numpy as np

    place = np.arange(len(hits))
    last = np.maximum.accumulate(np.where(hits, place, -99))
    found: Column = np.minimum(place - np.concatenate([[-99], last[:-1]]), 12)
    return found


def describe_place(
    features: "dict[str, Column]", counts: "Column", prose_words: "Column", strong: "Column"
) -> "dict[str, Column]":
    """Say where a line stands: on the page, in its prose, between whole paragraphs, and after
    markers such as "More news"."""
    import numpy as np

    count, total = len(counts), max(float(prose_words.sum()), 1.0)
    above = np.cumsum(prose_words) - prose_words
    upward, downward = _distance(strong), _distance(strong[::-1])[::-1]
    marker = sum(
        features[name]
        for name in ("related", "social", "prompt", "login", "nav", "donation", "copyright")
    )
    is_marker = (np.asarray(marker) > 0) & (counts < 14)
    paragraphs, is_prose = np.cumsum(strong), prose_words > 0
    shape = 2 * features["bullet"] + is_prose
    run = np.cumsum(_change(shape, shape[0]) != 0)
    first = int(strong.argmax()) if strong.any() else count
    begun = np.arange(count) > first
    since = np.where(is_marker & begun, above, 0.0)
    since = np.maximum.accumulate(np.concatenate([[0.0], since[:-1]]))

    def above_of(hits: "Column", most: int) -> "Column":
        hits = (hits > 0) & begun
        return np.where(begun, np.minimum(np.cumsum(hits) - hits, most), 0) / most

    return {
        "position": np.arange(count) / max(count - 1, 1),
        "prose_above": above / total,
        "prose_below": (total - above - prose_words) / total,
        "strong_above": upward / 12,
        "strong_below": downward / 12,
        "paragraphs_above": np.minimum(paragraphs - strong, 6) / 6,
        "paragraphs_below": np.minimum(paragraphs[-1] - paragraphs, 6) / 6,
        "prose_upward": _distance(is_prose) / 12,
        "prose_downward": _distance(is_prose[::-1])[::-1] / 12,
        "run": np.minimum(np.bincount(run)[run], 20) / 20,
        "between": 1 / np.maximum(np.maximum(upward, downward), 1),
        "since_marker": np.minimum(above - since, 300) / 300,
        "markers_above": above_of(is_marker, 6),
        "related_above": above_of(features["related"], 3),
        "comments_above": above_of(features["comment"], 4),
    }


def describe_block(
    counts: "Column", strong: "Column", keys: Sequence[frozenset[str]]
) -> "dict[str, Column]":
    """Find the block of paragraphs with the most words, and say where a line stands to it and how
    many of its words stand in it."""
    import numpy as np

    count = len(counts)
    inside = _find_block(counts, strong)
    place, start, end = (
        np.arange(count),
        int(inside[0]) if len(inside) else count,
        int(inside[-1]) if len(inside) else count,
    )
    usual = _median(counts[strong]) if strong.any() else 30.0
    topic = _share_topic(keys, counts)
    shared = _share_block(keys, inside) if len(inside) else np.zeros(count)
    weight = np.minimum(counts, 40)
    return {
        "in_block": ((place >= start) & (place <= end)).astype(float),
        "to_block": _bound(start - place, 0, 20) / 20,
        "from_block": _bound(place - end, 0, 30) / 30,
        "length_ratio": np.minimum(counts / max(usual, 1.0), 2),
        "topic": topic,
        "block_topic": shared,
        "block_topic~": _around(shared * weight, 3) / (_around(weight, 3) + 1),
    }


def _median(numbers: "Column") -> float:
    """Find the middle of a few numbers; numpy's function takes ten times as long for so few."""
    listed = sorted(numbers.tolist())
    found: float = (listed[(len(listed) - 1) // 2] + listed[len(listed) // 2]) / 2
    return found


def _find_block(counts: "Column", strong: "Column") -> "Column":
    """Find the whole paragraphs of the block with the most words; a few weaker lines may stand
    between two of them."""
    import numpy as np

    places = np.flatnonzero(strong)
    if not len(places):
        return places
    block = np.cumsum(_change(places, places[0]) > BLOCK_GAP + 1)
    found: Column = places[block == np.bincount(block, weights=counts[places]).argmax()]
    return found


def _share_topic(keys: Sequence[frozenset[str]], counts: "Column") -> "Column":
    """Which share of a line's telling words stands in another line of some length."""
    import numpy as np

    weights = np.where(counts >= PROSE_WORDS, 1.0, 0.3).tolist()
    seen: dict[str, float] = {}
    for own, weight in zip(keys, weights, strict=True):
        for word in own:
            seen[word] = seen.get(word, 0.0) + weight
    others = {
        weight: {word for word, total in seen.items() if total - weight >= 0.9}
        for weight in set(weights)
    }
    return np.array(
        [
            len(own & others[weight]) / len(own) if own else 0.0
            for own, weight in zip(keys, weights, strict=True)
        ]
    )


def _share_block(keys: Sequence[frozenset[str]], inside: "Column") -> "Column":
    """Which share of a line's telling words stands in another line of the main block."""
    import numpy as np

    members = set(inside[:40].tolist())
    seen = Counter(chain.from_iterable(keys[i] for i in members))
    once, twice = set(seen), {word for word, count in seen.items() if count > 1}
    return np.array(
        [
            len(own & (twice if i in members else once)) / len(own) if own else 0.0
            for i, own in enumerate(keys)
        ]
    )
