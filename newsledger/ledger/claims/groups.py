"""Groups of claims that say the same: joined by average linkage, so that one claim in between does
not chain two that differ."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from functools import partial

from newsledger.graph.group_ids import name_groups
from newsledger.graph.joined import JoinedGroups
from newsledger.ledger.claims.compared import ComparedClaim, Link
from newsledger.ledger.claims.reasons import is_by_both_sides_alone, is_by_stretch

# Two groups join where at least this share of the pairs between them are linked; measured on judged
# pairs of nine real events.
MIN_LINKED = 0.34
# … and at least this share where a link that is so strong joins them, and each claim of both has
# two of the words that the linked ones share. Of stories without annotation, read by hand, all
# groups that this makes of two hold one thing; without these words two of nine hold two, with them
# and from 0.3 on four of fifteen.
STRONG_JACCARD = 0.4
STRONG_LINKED = 0.1
TOLD_TERMS = 2
# A link by less than this share of a claim's words joins what tells of it alone: half of the others
# in the group of that claim have two of these words. Else the claim says two things. Of stories
# without annotation, read by hand, seven of 51 wrong groups are gone and no right one.
WHOLE = 0.4
# A claim joins a group that holds another one of its article only where the link that brings it is
# as strong as this, or the two are linked or nearly the same words. Of 34 groups of stories without
# annotation that this cuts, 20 held two things; no fact of the annotated events is lost.
SECOND_JACCARD = 0.35
SHARED_WORDS = 0.8  # of the shorter claim: the one is cut out of the other


def group_claims(
    claims: Sequence[ComparedClaim],
    links: Sequence[Link],
    apart: Iterable[tuple[str, str]] = (),
) -> dict[str, Sequence[str]]:
    """Join claims that say the same into groups in order of time, by id of group; a group never
    holds two claims that contradict, deny or update each other.

    `apart` holds pairs that a person has told apart.
    """
    opposed = [(link.claim_id, link.other_claim_id) for link in links if link.link_type != "same"]
    groups = JoinedGroups((claim.claim_id for claim in claims), (*opposed, *apart))
    same = [
        link
        for link in links
        if link.link_type == "same" and not is_by_both_sides_alone(link.reason)
    ]
    linked = {frozenset((link.claim_id, link.other_claim_id)) for link in same}
    by_id = {claim.claim_id: claim for claim in claims}
    for link in sorted(same, key=_rank):
        is_fit = partial(_may_join, link, by_id, linked)
        groups.join(link.claim_id, link.other_claim_id, is_fit)
    times = {claim.claim_id: claim.published_at or datetime.max for claim in claims}
    ordered = (
        sorted(group, key=lambda member: (times[member], member)) for group in groups.list_groups()
    )
    return dict(sorted(name_groups(ordered, "cgr").items()))


def _rank(link: Link) -> tuple[bool, float, str, str]:
    """The strongest link first; those of one stretch join what the others leave apart."""
    return is_by_stretch(link.reason), -link.score, link.claim_id, link.other_claim_id


def _may_join(
    link: Link,
    claims: Mapping[str, ComparedClaim],
    linked: Collection[frozenset[str]],
    left: Sequence[str],
    right: Sequence[str],
) -> bool:
    """Whether a link may make one of two groups."""
    score = link.score
    members = (*left, *right)
    is_strong = score >= STRONG_JACCARD and _count_telling(
        _share_terms(link, claims), members, claims
    ) == len(members)
    least = STRONG_LINKED if is_strong else MIN_LINKED
    found = sum(frozenset((one, other)) in linked for one in left for other in right)
    if score < 1.0 and found < least * len(left) * len(right):
        return False
    if any(_is_by_the_way(link, group, claims) for group in (left, right)):
        return False
    if _are_told_apart(left, right, claims, linked):
        return False
    return score >= SECOND_JACCARD or not _says_another_thing(left, right, claims, linked)


def _share_terms(link: Link, claims: Mapping[str, ComparedClaim]) -> frozenset[str]:
    return claims[link.claim_id].terms & claims[link.other_claim_id].terms


def _count_telling(
    common: frozenset[str], members: Sequence[str], claims: Mapping[str, ComparedClaim]
) -> int:
    """Count the claims that have words which two that are linked share."""
    return sum(len(claims[member].terms & common) >= TOLD_TERMS for member in members)


def _is_by_the_way(link: Link, group: Sequence[str], claims: Mapping[str, ComparedClaim]) -> bool:
    """Whether the claim of a group that is linked says by the way what it is linked by: it is a
    small part of the claim, and most of the others in its group do not tell of it."""
    common = _share_terms(link, claims)
    own = link.claim_id if link.claim_id in group else link.other_claim_id
    others = [member for member in group if member != own]
    if not others or len(common) >= WHOLE * len(claims[own].terms):
        return False
    return 2 * _count_telling(common, others, claims) <= len(others)


def _are_told_apart(
    left: Sequence[str],
    right: Sequence[str],
    claims: Mapping[str, ComparedClaim],
    linked: Collection[frozenset[str]],
) -> bool:
    """Whether claims of two groups that only others connect differ in what is negated, or in which
    of several they tell: then one in between says both things."""
    wholes = {member: claims[member].parts[0] for member in (*left, *right)}
    return any(
        (wholes[one].is_negated, wholes[one].ordinals)
        != (wholes[other].is_negated, wholes[other].ordinals)
        and frozenset((one, other)) not in linked
        and not _is_cut_out(claims[one], claims[other])
        for one in left
        for other in right
    )


def _is_cut_out(one: ComparedClaim, other: ComparedClaim) -> bool:
    """Whether two claims are of one article, one of them cut out of the other."""
    return one.article_id == other.article_id and _are_nested(one, other)


def _says_another_thing(
    left: Sequence[str],
    right: Sequence[str],
    claims: Mapping[str, ComparedClaim],
    linked: Collection[frozenset[str]],
) -> bool:
    """Whether an article has a claim in each of two groups, and these are two things."""
    return any(
        claims[one].article_id == claims[other].article_id
        and frozenset((one, other)) not in linked
        and not _are_nested(claims[one], claims[other])
        for one in left
        for other in right
    )


def _are_nested(one: ComparedClaim, other: ComparedClaim) -> bool:
    """Whether one of two claims of an article is cut out of the other."""
    if one.claim_id == other.parent_id or other.claim_id == one.parent_id:
        return True
    ours, theirs = set(one.words), set(other.words)
    return len(ours & theirs) >= SHARED_WORDS * min(len(ours), len(theirs))
