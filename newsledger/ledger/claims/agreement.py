"""How many of a group's origins are seen to state one thing: those joined by a chain of likeness
alone corroborate nothing."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from newsledger.ledger.claims.compared import ComparedClaim, Link
from newsledger.ledger.claims.reasons import is_by_both_sides
from newsledger.ledger.claims.standing import (
    PRIVATE,
    PUBLIC,
    Hop,
    Place,
    are_told_apart,
    list_words,
    names_source,
)
from newsledger.model.enums import CueClass

Scores = Mapping[frozenset[str], float]  # likeness of claims that say the same

# Likeness of two claims of different origins that state one thing. Of 42 such pairs of 60 stories
# 11 were above with three terms in common; of these, in two texts 5 of 5 were one thing, in one
# text 2 of 6: there only the same words are.
AGREE_JACCARD = 0.3
AGREE_TERMS = 3
# What a speaker tells of himself, or of what he will do, nobody else can bear out.
_OF_ONESELF = re.compile(
    r"\b(?:I|[Mm]y|[Mm]e|[Mm]yself|[Ww]e|[Oo]ur|[Uu]s)\b(?!\.)"
    r"|^\W*(?:it|they|he|she) (?:would|will|plans?|intends?|wo)\b"
)
# What is condemned or demanded is not stated.
_JUDGES = frozenset(
    "condemn denounce criticise criticize praise welcome blame urge ask call demand want".split()
)
_STATES = frozenset({CueClass.SPEECH, CueClass.EVIDENTIAL, CueClass.STATEMENT, ""})


def index_scores(links: Iterable[Link]) -> dict[frozenset[str], float]:
    """Likeness of the pairs of claims that say the same; what opponents both say is alike."""
    return {
        frozenset((link.claim_id, link.other_claim_id)): (
            1.0 if is_by_both_sides(link.reason) else link.score
        )
        for link in links
        if link.link_type == "same"
    }


def count_origins(
    hops: Sequence[Hop],
    origins: Mapping[Place, str],
    claims: Mapping[str, ComparedClaim],
    texts: Mapping[str, str],
    scores: Scores,
) -> int:
    """Count the origins that state one thing, by the most that hang together; one where somebody
    is named, and nothing shows that another bears him out."""
    beside: dict[str, set[str]] = defaultdict(set)
    named = [hop for hop in hops if origins[hop.place]]
    for number, hop in enumerate(named):
        beside[origins[hop.place]].add(origins[hop.place])
        for other in named[number + 1 :]:
            one, two = origins[hop.place], origins[other.place]
            if two not in beside[one] and one != two and _agree(hop, other, claims, texts, scores):
                beside[one].add(two)
                beside[two].add(one)
    return max((len(_reach(origin, beside)) for origin in beside), default=0)


def _reach(start: str, beside: Mapping[str, set[str]]) -> set[str]:
    found, edge = {start}, {start}
    while edge:
        edge = {other for origin in edge for other in beside[origin]} - found
        found |= edge
    return found


def _agree(
    hop: Hop,
    other: Hop,
    claims: Mapping[str, ComparedClaim],
    texts: Mapping[str, str],
    scores: Scores,
) -> bool:
    if not (hop.is_proper and other.is_proper) and not are_told_apart(hop, other):
        return False
    if not {hop.cue_class, other.cue_class} <= _STATES or {hop.cue, other.cue} & _JUDGES:
        return False
    one, two = claims[hop.claim_id], claims[other.claim_id]
    if _OF_ONESELF.search(one.text) or _OF_ONESELF.search(two.text):
        return False
    if one is two:  # "police and residents said"; two firms or countries make one statement
        return {hop.standing, other.standing} == {PUBLIC, PRIVATE}
    if _may_retell(hop, other, one) or _may_retell(other, hop, two):
        return False
    if one.words == two.words:
        return True
    score = scores.get(frozenset((one.claim_id, two.claim_id)), 0.0)
    is_one_text = texts[hop.article_id] == texts[other.article_id]
    return not is_one_text and score >= AGREE_JACCARD and len(one.terms & two.terms) >= AGREE_TERMS


def _may_retell(hop: Hop, other: Hop, claim: ComparedClaim) -> bool:
    """Whether a medium or a reporter may tell what the other said: reporters always, a medium
    where it names officials or the other."""
    if not hop.is_passed_on:
        return False
    words = frozenset(list_words(claim.text))
    bodies = (frozenset(body.split()) for body in other.stands_for)
    is_named = any(name <= words for name in (*other.names, *bodies))
    return not hop.is_medium or other.is_passed_on or is_named or names_source(claim.words)
