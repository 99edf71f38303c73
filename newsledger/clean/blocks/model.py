"""Which blocks of a saved page are the article's text: features of a block and of what stands
around it, logistic weights.

The weights stand in `block_weights.json`, learned by `benchmarks/train_blocks.py` on real pages
with publishers left out. They are about shape and place (length, links, tags, what containers call
themselves, how much of the page's prose stands beside), never about an article's words. There are
two sets: one for what the page itself shows, and one that also knows which blocks trafilatura kept.
The second is asked where the first is in doubt: a second reading costs more than all the rest.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from newsledger import paths
from newsledger.clean.blocks.blocks import BlockPage
from newsledger.clean.blocks.features import PageClaims, describe_blocks, list_features
from newsledger.text.fold import fold_words, list_grams

if TYPE_CHECKING:
    import numpy as np

WEIGHTS = paths.LEARNED / "block_weights.json"
MIN_LINKED_DATA = 200  # letters of an article's text in linked data; shorter ones are teasers


# --- deciding
# --------------------------------------------------------------------------------------------------

# doubt below which the page's own features decide; asking for a second reading of more pages left
# F1 the same (publishers left out)
SURE = 0.12
UNSURE = 0.35  # doubt above which neither model is believed, and trafilatura's reading stands
MIN_READING = 40  # words of that reading
SECOND = ("kept", "kept_before", "kept_after", "kept_around", "kept_in_prose", "kept_linked")
MIN_REPEAT = 8  # words of a paragraph that is compared by its 4-grams; a shorter line as a whole
MIN_REPEAT_LINE = 4
# share of 4-grams that stand in other containers already: a page's copy for printing or for other
# screens
REPEATED = 0.7


@dataclass(frozen=True, slots=True)
class _Weights:
    alone: "np.ndarray"
    second: "np.ndarray"


@cache
def load_weights() -> _Weights:
    """Read the weights. Features that the file does not name weigh nothing."""
    import numpy as np

    stored = json.loads(WEIGHTS.read_text("utf-8"))
    names = list_features()
    return _Weights(
        alone=np.array([stored["alone"].get(name, 0.0) for name in names]),
        second=np.array([stored["second"].get(name, 0.0) for name in (*names, *SECOND)]),
    )


def find_body_blocks(
    page: BlockPage, claims: PageClaims, read_again: Callable[[], str]
) -> tuple[list[bool], str]:
    """Tell which blocks are the article's text, and which reading said so.

    Stages: (1) the page's own features, where they leave little doubt; (2) the same with what
    another reader kept (`read_again` gives its text); (3) whichever of the two is less in doubt;
    (4) the other reading, where both are. Repeats in other containers go.
    """
    import numpy as np

    if not page.blocks:
        return [], "none"
    weights, table = load_weights(), describe_blocks(page, claims)
    size = np.array([max(fold_words(block.text).count(" ") - 2, 0) + 1 for block in page.blocks])
    score = table @ weights.alone
    doubt, rule = measure_doubt(score, size), "block model"
    if doubt >= SURE:
        kept = find_kept(page, read_again())
        second = np.hstack([table, describe_kept(kept, table)]) @ weights.second
        again = measure_doubt(second, size)
        if min(doubt, again) >= UNSURE and size[kept > 0.5].sum() > MIN_READING:
            score, rule = kept - 0.5, "trafilatura"
        elif again <= doubt:
            score, rule = second, "block model, trafilatura"
    return drop_repeats(page, list(score > 0)), rule


def measure_doubt(score: "np.ndarray", size: "np.ndarray") -> float:
    """Measure how much of the text that is probably the article's may be decided wrongly, 0 to 1
    and above."""
    import numpy as np

    probability = 1 / (1 + np.exp(-np.clip(score, -20, 20)))
    return float(
        (size * np.minimum(probability, 1 - probability)).sum()
        / max((size * probability).sum(), 1.0)
    )


def find_kept(page: BlockPage, text: str) -> "np.ndarray":
    """Find the share of each block that another reading of the page has: of its word 4-grams, or a
    short line as a whole."""
    import numpy as np

    grams = set(_four_grams(text))
    lines = {fold_words(line) for line in text.splitlines()}
    shares = []
    for block in page.blocks:
        own = _four_grams(block.text)
        shares.append(
            sum(gram in grams for gram in own) / len(own)
            if len(own) >= 2
            else float(fold_words(block.text) in lines)
        )
    return np.array(shares)


def describe_kept(kept: "np.ndarray", table: "np.ndarray") -> "np.ndarray":
    """Describe what another reading kept, at each block and around it: the columns of `SECOND`."""
    import numpy as np

    padded = np.pad(kept, 1)
    before, after = padded[:-2], padded[2:]
    names = list_features()
    prose, linked = table[:, names.index("prose_above")], table[:, names.index("linked")]
    return np.column_stack(
        [kept, before, after, (before > 0.5) & (after > 0.5), kept * prose, kept * linked]
    )


def drop_repeats(page: BlockPage, is_body: Sequence[bool]) -> list[bool]:
    """Take out what stands in another container of the article already; repeats side by side are
    the author's."""
    kept = list(is_body)
    parents = {
        number: max(page.parents[page.blocks[number].node], 0)
        for number, is_kept in enumerate(kept)
        if is_kept
    }
    if len(set(parents.values())) < 2:
        return kept
    grams_of = {number: _repeat_grams(page.blocks[number].text) for number in parents}
    every = [gram for grams in grams_of.values() for gram in grams]
    if len(every) - len(set(every)) < MIN_REPEAT_LINE:
        return kept
    places: dict[tuple[str, ...], set[int]] = {}
    for number, grams in grams_of.items():
        parent = parents[number]
        repeats = sum(1 for gram in grams if (found := places.get(gram)) and parent not in found)
        if grams and repeats >= REPEATED * len(grams):
            kept[number] = False
            continue
        for gram in grams:
            places.setdefault(gram, set()).add(parent)
    return kept


def _repeat_grams(text: str) -> list[tuple[str, ...]]:
    """What tells a repeat: the 4-grams of a paragraph, a shorter line as a whole, nothing for a few
    words."""
    words = fold_words(text).split()
    if len(words) < MIN_REPEAT:
        return [tuple(words)] if len(words) >= MIN_REPEAT_LINE else []
    return _four_grams(text)


def _four_grams(text: str) -> list[tuple[str, ...]]:
    words = fold_words(text).split()
    return list_grams(words, 4) if len(words) >= 4 else []
