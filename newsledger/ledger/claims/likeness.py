"""How much two claims have in common: their terms weighted by rarity inside the story, and what of
their facts agrees or clashes. Compatibility is decided by the facts, not by a threshold alone."""

import datetime
import math
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from newsledger.ledger.claims.compared import ComparedClaim, Part
from newsledger.ledger.claims.values import Value, find_clashes

# of a claim's terms, by weight, that a part must hold to stand for the claim …
PART_SHARE = 0.4
SMALL_PART_JACCARD = 0.6  # … or else be said again nearly as it is
_NIGHT = frozenset({"midnight", "night", "overnight"})
_SLACK = datetime.timedelta(days=1)

_UNIT = 1000  # of weights: whole numbers add up to the same in any order
ONCE = 1.5  # divides the number of claims in the weight of a term that one claim has


class Weights:
    """Weights of the terms of one story by their rarity among its claims."""

    def __init__(self, claims: Iterable[ComparedClaim]) -> None:
        spread: Counter[str] = Counter()
        count = 0
        for claim in claims:
            count += 1
            spread.update(claim.terms)
        self.weights = {
            term: round(_UNIT * (math.log((count + 1) / (found + 0.5)) + 0.2))
            for term, found in spread.items()
        }
        self.claim_count = count
        self.rarest = round(_UNIT * (math.log((max(count, 1) + 1) / ONCE) + 0.2))
        self._spread = spread
        self._sizes: dict[frozenset[str], int] = {}
        self._parts: dict[str, list[tuple[Part, bool]]] = {}

    def share(self, term: str) -> float:
        """Share of the story's claims that have a term."""
        return self._spread[term] / self.claim_count if self.claim_count else 0.0

    def measure(self, terms: frozenset[str]) -> int:
        """Add up the weights of some terms."""
        found = self._sizes.get(terms)
        if found is None:
            weights = self.weights
            found = self._sizes[terms] = sum(weights.get(term, _UNIT) for term in terms)
        return found

    def overlap(self, left: frozenset[str], right: frozenset[str]) -> tuple[float, float]:
        """Weighted Jaccard and containment of two sets of terms."""
        common = left & right
        if not common:
            return 0.0, 0.0
        weights = self.weights
        inner = sum([weights.get(term, _UNIT) for term in common])
        one, other = self.measure(left), self.measure(right)
        return inner / (one + other - inner), inner / min(one, other)

    def list_parts(self, claim: ComparedClaim) -> list[tuple[Part, bool]]:
        """List the parts of a claim, and whether each is large enough to stand for it."""
        found = self._parts.get(claim.claim_id)
        if found is None:
            least = PART_SHARE * self.measure(claim.terms)
            found = self._parts[claim.claim_id] = [
                (part, number == 0 or self.measure(part.terms) >= least)
                for number, part in enumerate(claim.parts)
            ]
        return found


@dataclass(frozen=True, slots=True)
class Likeness:
    """What two claims share. `jaccard` and `containment` are of the parts that are most alike."""

    jaccard: float
    containment: float
    common: frozenset[str]
    parts: tuple[Part, Part]
    clashes: tuple[tuple[Value, Value], ...]
    agreed: int  # values that agree
    is_same_time: bool
    shared: float = math.inf  # weight of `common`, in terms that one claim of the story has


def weigh_stories(claims: Iterable[ComparedClaim]) -> dict[str, Weights]:
    """Weigh the terms of each story by rarity among its claims, by block."""
    blocks: dict[str, list[ComparedClaim]] = defaultdict(list)
    for claim in claims:
        blocks[claim.block].append(claim)
    return {block: Weights(own) for block, own in blocks.items()}


def measure_likeness(left: ComparedClaim, right: ComparedClaim, weights: Weights) -> Likeness:
    """Compare two claims by the two parts of them that are most alike. A part that holds little of
    its claim stands for it only where the other says it nearly as it is."""
    best = (-1.0, 0.0, left.parts[0], right.parts[0])
    others = weights.list_parts(right)
    for one, is_one_large in weights.list_parts(left):
        for other, is_other_large in others:
            jaccard, containment = weights.overlap(one.terms, other.terms)
            if jaccard > best[0] and (
                (is_one_large and is_other_large) or jaccard >= SMALL_PART_JACCARD
            ):
                best = (jaccard, containment, one, other)
    clashes, agreed = find_clashes(left.values, right.values)
    common = best[2].terms & best[3].terms
    return Likeness(
        best[0], best[1], common, (best[2], best[3]), tuple(clashes), agreed,
        share_days(left, right), weights.measure(common) / weights.rarest,
    )  # fmt: skip


def share_days(left: ComparedClaim, right: ComparedClaim) -> bool:
    """Whether the days or periods the claims are about meet, or one tells none. A night belongs to
    the evening and the morning after."""
    ours, theirs = left.days or left.period, right.days or right.period
    if ours is None or theirs is None:
        return True
    is_night = not (_NIGHT.isdisjoint(left.words) and _NIGHT.isdisjoint(right.words))
    slack = _SLACK if is_night else datetime.timedelta(0)
    return ours[0] - slack <= theirs[1] and theirs[0] - slack <= ours[1]
