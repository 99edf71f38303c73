"""Who contradicts and who denies a group of claims: nobody denies what he says himself."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field

from newsledger.ledger.claims.compared import Link
from newsledger.ledger.claims.reasons import read_denial
from newsledger.ledger.claims.standing import Hop, list_own_words
from newsledger.lexicon.source_words import find_word_class

Hops = Mapping[str, Sequence[Hop]]


@dataclass(slots=True)
class Opposition:
    """Which claims are contradicted, denied, or deny, by which others."""

    contradicted: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    denied: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))


def read_opposition(links: Iterable[Link], hops: Hops, current: Set[str]) -> Opposition:
    """Read who contradicts and denies whom, of claims that are current. A denial is contested by
    what it denies; nobody denies what he says himself."""
    found = Opposition()
    for link in links:
        pair = (link.claim_id, link.other_claim_id)
        if link.link_type == "denies":
            denial = read_denial(link.reason)
            other = pair[0] if denial == pair[1] else pair[1]
            if denial is None or is_one_speaker(hops.get(denial, ()), hops.get(other, ())):
                continue
            found.denied[other] |= {denial} & current
            found.contradicted[denial] |= {other} & current
        elif link.link_type == "contradicts":
            found.contradicted[pair[0]] |= {pair[1]} & current
            found.contradicted[pair[1]] |= {pair[0]} & current
    return found


def is_one_speaker(ours: Sequence[Hop], theirs: Sequence[Hop]) -> bool:
    """Whether two claims are said by one: one actor or body, or a body and what it is called
    ("Acme", "the company")."""
    return any(
        (hop.actor_id is not None and hop.actor_id == other.actor_id)
        or hop.stands_for & other.stands_for
        or _is_called(hop, other)
        for hop in ours
        for other in theirs
    )


def _is_called(hop: Hop, other: Hop) -> bool:
    """Whether one is what the other is called: "Olmar Productions", "the production company"."""
    if hop.is_proper == other.is_proper:
        return False
    proper, called = (hop, other) if hop.is_proper else (other, hop)
    words = {word for word in list_own_words(called.surface) if not find_word_class(word)}
    return any(words & name for name in proper.names)


def is_met(by: Mapping[str, set[str]], canonical: str, counted: Sequence[str], hops: Hops) -> bool:
    """Whether a claim of another group opposes what a group states, and whoever says that is not
    the one who gives the group its wording."""
    kept, own = set(counted), hops.get(canonical, ())
    opposing = {other for member in counted for other in by.get(member, ())} - kept
    return any(not is_one_speaker(own, hops.get(other, ())) for other in opposing)
