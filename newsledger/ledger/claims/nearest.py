"""Whether of all that one article says a claim is the one that is like another article's claim: of
two that are somewhat like it, the liker one is meant."""

from collections import defaultdict

from newsledger.ledger.claims.compared import ComparedClaim

LIKE_ENOUGH = 0.3  # weighted Jaccard from which on claims say the same whatever else is like them
# Share of the likeness of the likest claim in the other's article. Measured on judged pairs of nine
# real events: one wrong pair in eleven is gone, no right one; of 22 others that go 14 were wrong.
NEAR = 0.8


class Nearest:
    """The likeness of the likest claim that each claim has in each other article of its story."""

    def __init__(self) -> None:
        self._best: dict[tuple[str, str], float] = defaultdict(float)

    def note(self, left: ComparedClaim, right: ComparedClaim, jaccard: float) -> None:
        """Note how like two claims are."""
        for one, other in ((left, right), (right, left)):
            key = one.claim_id, other.article_id
            self._best[key] = max(self._best[key], jaccard)

    def is_met(self, left: ComparedClaim, right: ComparedClaim, jaccard: float) -> bool:
        """Whether for one of two claims the other is among the likest of its article."""
        is_elsewhere = left.block == right.block and left.article_id != right.article_id
        if not is_elsewhere or jaccard >= LIKE_ENOUGH:
            return True
        return any(
            jaccard >= NEAR * self._best[one.claim_id, other.article_id]
            for one, other in ((left, right), (right, left))
        )
