"""Sides: who opposes whom in a story, by what it tells of them (who contradicts, denies, accuses,
charges, attacks), and what both sides of such a pair say."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set

from newsledger.ledger.claims.compared import ComparedClaim, Link, Part, pair_up
from newsledger.ledger.claims.denials import is_denial
from newsledger.ledger.claims.likeness import Weights, measure_likeness
from newsledger.ledger.claims.reasons import is_by_both_sides, list_granting, word_both_sides
from newsledger.ledger.claims.standing import KIN_SIDE, PRONOUNS
from newsledger.ledger.claims.terms import find_terms, fold_word
from newsledger.text.fold import list_grams

# Pairs of sides by story, with the word that tells how they oppose each other.
Opponents = Mapping[str, Mapping[frozenset[str], str]]

# Behind whoever is accused or attacked: "the council | of a cover-up", "Tal | 's plan".
_TARGET_END = re.compile(
    r"[,;:.(]|['’]s?(?=\s)|\b(?:of|for|that|over|who|whom|whose|which|after|before|in|on|at|as|by"
    r"|from|to|when|while|during|because|with|what|had|has|was|were|is|are)\b"
)
_BLAMED_ON = re.compile(r"(?:(?:this|that|it)\b.{0,40}?\b)?on (?:the )?(.+)")
UTTERANCE_WORDS = 7  # so many equal words in a row are one utterance, whoever it is given to
# What one does to an opponent: the verb of a clause of which one is the subject.
_ACCUSING = frozenset(
    "accuse blame condemn denounce criticise criticize slam allege fault sue".split()
)
_ADVERSE = _ACCUSING | frozenset(
    """indict charge arrest detain jail convict prosecute investigate attack strike bomb shell
    invade fight reject oppose threaten sanction blacklist punish boycott fine""".split()
)
_GRANTING = frozenset("confirm acknowledge admit concede recognise recognize grant".split())
# Of what two opponents say about one thing less likeness is asked than of other claims: of seven
# pairs of 60 stories with three telling words in common seven were one thing from here on; with two
# words three of nine …
SIDES_JACCARD = 0.1
SIDES_TERMS = 3
# … and in stories of few claims, where rarity says little, one more: of newswire that no rule was
# made with two such pairs were printed, neither right.
FEW_CLAIMS = 80
CLAUSE_TERMS = 2  # of them that a clause holds which is about that thing
RARE = 0.1  # … that stand in at most so many of a story's claims …
FEW = 4  # … or in so few


def find_opponents(claims: Iterable[ComparedClaim], links: Iterable[Link]) -> Opponents:
    """Find who opposes whom in each story: who contradicts or denies whom, who accuses, charges or
    attacks whom. Kin and lawyers stand with a person."""
    found: dict[str, dict[frozenset[str], str]] = defaultdict(dict)
    by_id = {claim.claim_id: claim for claim in claims}
    for link in links:
        one, other = by_id.get(link.claim_id), by_id.get(link.other_claim_id)
        if link.link_type in ("contradicts", "denies") and one and other:
            _note(found[one.block], one.sides, other.sides, link.link_type)
    for claim in by_id.values():
        doers = claim.subject_sides if claim.is_statement else claim.sides
        if claim.cue in (_ADVERSE if claim.is_statement else _ACCUSING):
            _note(found[claim.block], doers, _find_accused(claim) - doers, claim.cue)
    return found


def _find_accused(claim: ComparedClaim) -> frozenset[str]:
    """Find the sides that a verb of accusing or attacking is about: those named right behind it,
    not those for whose sake or of whose doings somebody is accused."""
    text = _cut_verb(claim) if claim.is_statement else claim.text
    if claim.cue == "blame" and (found := _BLAMED_ON.match(text)):
        text = found[1]
    target = _TARGET_END.split(text.strip(" “\"'"), maxsplit=1)[0]
    terms = find_terms(target)
    printed = {side for side, name in claim.side_names if name & terms}
    if printed or target.lower() not in PRONOUNS:
        return frozenset(printed)
    return frozenset(side for side, name in claim.side_names if not name & claim.terms)


def _cut_verb(claim: ComparedClaim) -> str:
    """Cut a clause behind its verb, and behind the "by" of a passive."""
    words = claim.text.split()
    verb = fold_word(claim.cue)
    at = next((n for n, word in enumerate(words) if fold_word(word.strip(",.").lower()) == verb), 0)
    behind = " ".join(words[at + 1 :])
    return behind.removeprefix("by ")


def _note(
    pairs: dict[frozenset[str], str], left: frozenset[str], right: frozenset[str], word: str
) -> None:
    """Note that each of some sides opposes each of others, and, where these are people, their
    kin."""
    is_of_people = any(side.startswith("act_") for side in right)
    kin = {KIN_SIDE} if is_of_people and KIN_SIDE not in left else set()
    for one in left:
        for other in (right | kin) - {one}:
            pairs.setdefault(frozenset((one, other)), word)


def find_opposition(left: ComparedClaim, right: ComparedClaim, opponents: Opponents) -> str | None:
    """Find the word by which the sides that say two claims oppose each other in their story."""
    pairs = opponents.get(left.block, {})
    if left.block != right.block or left.sides & right.sides:
        return None
    words = {pairs.get(frozenset((one, other)), "") for one in left.sides for other in right.sides}
    return min(words - {""}, default=None)


def find_both_sides(
    claims: Sequence[ComparedClaim], links: Iterable[Link], weights: Mapping[str, Weights]
) -> Iterator[Link]:
    """Find what both of two sides say that oppose each other."""
    opponents = find_opponents(claims, links)
    stories: dict[str, list[tuple[ComparedClaim, str]]] = defaultdict(list)
    for claim in claims:
        if claim.sides and opponents.get(claim.block) and not claim.is_topic:
            stories[claim.block].append((claim, claim.claim_id))
    for block, story in sorted(stories.items()):
        for (left, _), (right, _) in pair_up(story):
            if word := find_opposition(left, right, opponents):
                first, second = sorted((left, right), key=_id)
                yield from _agree(first, second, weights[block], word)


def list_both_sides(links: Iterable[Link]) -> set[str]:
    """List the claims that both sides make: of two, the one by which a side grants it, if any."""
    found: set[str] = set()
    for link in links:
        if is_by_both_sides(link.reason):
            ends = {link.claim_id, link.other_claim_id}
            found |= list_granting(link.reason) & ends or ends
    return found


def _id(claim: ComparedClaim) -> str:
    return claim.claim_id


def _agree(
    left: ComparedClaim, right: ComparedClaim, weights: Weights, word: str
) -> Iterator[Link]:
    likeness = measure_likeness(left, right, weights)
    telling = {
        term
        for term in likeness.common - left.names - right.names
        if weights.share(term) <= max(RARE, FEW / weights.claim_count) and not term[0].isdigit()
    }
    least = SIDES_TERMS + (weights.claim_count < FEW_CLAIMS)
    if likeness.jaccard < SIDES_JACCARD or len(telling) < least or likeness.clashes:
        return
    is_negated = _find_clause(left, telling).is_negated != _find_clause(right, telling).is_negated
    if is_negated or is_denial(left) != is_denial(right) or not likeness.is_same_time:
        return
    grams = [{*list_grams(claim.words, UTTERANCE_WORDS)} for claim in (left, right)]
    if not grams[0] & grams[1]:
        granting = (one.claim_id for one in (left, right) if one.cue in _GRANTING)
        words = word_both_sides(word, granting, sorted(telling)[:6])
        yield Link(left.claim_id, right.claim_id, "same", round(likeness.jaccard, 3), words)


def _find_clause(claim: ComparedClaim, terms: Set[str]) -> Part:
    """Find the shortest part of a claim that holds two of some terms."""
    found = [part for part in claim.parts if len(part.terms & terms) >= CLAUSE_TERMS]
    return min(found, key=lambda part: len(part.text), default=claim.parts[0])
