"""Which claims are compared at all: those of one story that share terms, and those that carry one
statement word for word."""

import itertools
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from newsledger.ledger.claims.compared import ComparedClaim

MIN_TERMS = 2  # "that", "it was wrong": nothing to compare
STATEMENT_WORDS = 8  # as many equal words make one statement across stories …
REPEATED_WORDS = 3  # … and these inside one
# claims that share one term are compared with so many that follow: linear in stories of any size
NEIGHBOURS = 40
COMMON = 0.5  # a term in more than half of a large story's claims finds no candidates
_LARGE_STORY = 60


def find_candidates(
    claims: Sequence[ComparedClaim],
) -> Iterator[tuple[ComparedClaim, ComparedClaim]]:
    """Pair claims of one story that share two terms, and claims anywhere that say the same
    words."""
    stories: dict[str, list[ComparedClaim]] = defaultdict(list)
    statements: dict[tuple[str, ...], list[ComparedClaim]] = defaultdict(list)
    for claim in claims:
        if len(claim.terms) >= MIN_TERMS:
            stories[claim.block].append(claim)
        if len(claim.words) >= REPEATED_WORDS and claim.terms:
            statements[claim.words].append(claim)
    for _, story in sorted(stories.items()):
        yield from _pair_story(story)
    for words, same in statements.items():
        is_long = len(words) >= STATEMENT_WORDS
        for left, right in itertools.pairwise(sorted(same, key=_order)):
            if (left.block == right.block) != is_long:
                yield left, right


def _order(claim: ComparedClaim) -> tuple[str, str]:
    return claim.block, claim.claim_id


def _pair_story(story: Sequence[ComparedClaim]) -> Iterator[tuple[ComparedClaim, ComparedClaim]]:
    postings: dict[str, list[int]] = defaultdict(list)
    for number, claim in enumerate(story):
        for term in sorted(claim.terms):
            postings[term].append(number)
    limit = len(story) * COMMON if len(story) > _LARGE_STORY else len(story)
    shared: Counter[tuple[int, int]] = Counter()
    for numbers in postings.values():
        if len(numbers) <= limit:
            for place, number in enumerate(numbers):
                near = numbers[place + 1 : place + 1 + NEIGHBOURS]
                shared.update(zip(itertools.repeat(number), near, strict=False))
    for a, b in sorted(pair for pair, count in shared.items() if count >= MIN_TERMS):
        yield story[a], story[b]
