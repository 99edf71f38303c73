"""How the words of a line sound: those of furniture ("newsletter", "follow us", "pictured at") or
those of an article.

A linear model of words that ten publishers or more use, so that none of it is the word of one
article. Its weights stand in `line_words.json`, learned by `benchmarks/train_lines.py`; its verdict
is one number among those of `line_features.py`.
"""

import json
import math
from functools import cache, lru_cache

from newsledger import paths
from newsledger.text.line_words import split_words

WEIGHTS = paths.LEARNED / "line_words.json"


@cache
def load_weights() -> dict[str, float]:
    """Read the weight of each word; the empty one is the bias."""
    found: dict[str, float] = json.loads(WEIGHTS.read_text("utf-8"))
    return found


def list_terms(text: str) -> set[str]:
    """List what is weighed: the words in lower case, and the first of them once more as such."""
    words = split_words(text).runs
    return {*words, f"^{words[0]}"} if words else set()


@lru_cache(maxsize=4096)
def score_words(text: str) -> float:
    """Score a line, above 0 where its words are rather an article's; a menu comes again on the
    outlet's next page."""
    weights = load_weights()
    known = [weights[term] for term in list_terms(text) if term in weights]
    return weights[""] + math.fsum(known) / math.sqrt(
        len(known) or 1
    )  # fsum: the same in any order of the set
