"""Whether of all that one article says a claim is the one that is like another article's claim: of
two that are somewhat like it, the liker one is meant."""

from collections import defaultdict

from newsledger.ledger.claims.compared import ComparedClaim

LIKE_ENOUGH = 0.3  # weighted Jaccard from which on claims say the same whatever else is like them
# Share of the likeness of the likest claim in the other's article. Measured on judged pairs of nine
# real events: one wrong pair in eleven is gone, no right one; of 22 others that go 14 were wrong.
NEAR = 0.8
# With two words that tell what happened, and less alike than this, each must be the likest of the
# other's article: of 22 pairs that go 15 were wrong, and no fact of the annotated events is lost.
THIN_LIKENESS = 0.26
THIN_WORDS = 2
ALIKE = 0.995  # of the likest: likeness is kept rounded


class Nearest:
    """The likeness of the likest claim that each claim has in each other article of its story."""

    def __init__(self) -> None:
        self._best: dict[tuple[str, str], float] = defaultdict(float)

    def note(self, left: ComparedClaim, right: ComparedClaim, jaccard: float) -> None:
        """Note how like two claims are."""
        for one, other in ((left, right), (right, left)):
            key = one.claim_id, other.article_id
            self._best[key] = max(self._best[key], jaccard)

    def is_met(
        self, left: ComparedClaim, right: ComparedClaim, jaccard: float, telling: int
    ) -> bool:
        """Whether for one of two claims the other is among the likest of its article; with few
        words that tell what happened, for both the very likest."""
        is_elsewhere = left.block == right.block and left.article_id != right.article_id
        if not is_elsewhere or jaccard >= LIKE_ENOUGH:
            return True
        shares = [
            jaccard / (self._best[one.claim_id, other.article_id] or jaccard)
            for one, other in ((left, right), (right, left))
        ]
        is_thin = telling <= THIN_WORDS and jaccard < THIN_LIKENESS
        return min(shares) >= ALIKE if is_thin else max(shares) >= NEAR
