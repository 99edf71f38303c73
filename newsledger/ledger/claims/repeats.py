"""Claims that the headline or standfirst of their article says again."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from newsledger.ledger.claims.candidates import MIN_TERMS
from newsledger.ledger.claims.compared import ComparedClaim
from newsledger.ledger.claims.terms import find_terms

# share of the shorter one's terms that a headline and the claim it repeats have in common
REPEATED = 0.6


def find_repeats(
    claims: Sequence[ComparedClaim], titles: Mapping[str, Mapping[str, str | None]]
) -> list[dict[str, Any]]:
    """Find the claims that the headline or standfirst of their article says again: rows of
    `core.claim_repeats`.

    `titles` gives for an article its `headline` and `standfirst`. A part repeats a claim where they
    share most terms of the shorter.
    """
    by_article: dict[str, list[ComparedClaim]] = defaultdict(list)
    for claim in claims:
        by_article[claim.article_id].append(claim)
    rows = []
    for article_id, own in by_article.items():
        for part, title in titles.get(article_id, {}).items():
            terms = find_terms(title or "")
            if len(terms) < MIN_TERMS:
                continue
            for claim in own:
                shared = terms & claim.terms
                score = len(shared) / min(len(terms), len(claim.terms) or 1)
                if len(shared) >= MIN_TERMS and score >= REPEATED:
                    rows.append(
                        {
                            "article_id": article_id,
                            "claim_id": claim.claim_id,
                            "part": part,
                            "score": round(score, 3),
                        }
                    )
    return sorted(rows, key=lambda row: (row["article_id"], row["part"], row["claim_id"]))
