"""One utterance that two articles put into two months: "said in March", "said in May"."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from newsledger.ledger.claims.compared import ComparedClaim, Link, pair_up
from newsledger.ledger.claims.reasons import Differs, word_difference

# Words in a row that make two reports of one speaker one utterance. Days are left out: who says a
# thing on Monday may say it again on Tuesday, and an hour after; a month is told in retrospect.
SHARED_RUN = 6


def find_utterances(claims: Sequence[ComparedClaim]) -> Iterator[Link]:
    """Find the reports of one story that carry the same words of one speaker and tell another month
    for them."""
    told: dict[tuple[str, str], list[tuple[ComparedClaim, str]]] = defaultdict(list)
    for claim in claims:
        if claim.speaker and claim.said_month:
            told[claim.block, claim.speaker].append((claim, claim.said_month))
    for _, own in sorted(told.items()):
        for (left, month), (right, other_month) in pair_up(own):
            if left.article_id == right.article_id or month == other_month:
                continue
            if _list_runs(left) & _list_runs(right):
                first, second = sorted((left.claim_id, right.claim_id))
                words = word_difference(Differs.TIME, f"said in {month}", f"in {other_month}")
                yield Link(first, second, "contradicts", 0.5, words)


def _list_runs(claim: ComparedClaim) -> set[tuple[str, ...]]:
    words = claim.words
    return {tuple(words[i : i + SHARED_RUN]) for i in range(len(words) - SHARED_RUN + 1)}
