"""Corroboration as three counts: articles, independent texts, independent origins; and the word
that sums them up. Copies of one text count once as texts."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from newsledger.ledger.claims.agreement import Scores, count_origins
from newsledger.ledger.claims.compared import ComparedClaim, Link
from newsledger.ledger.claims.opposition import Opposition, is_met
from newsledger.ledger.claims.origins import assign_origins
from newsledger.ledger.claims.standing import Hop
from newsledger.model.ids import make_id

ORIGIN = "corroboration/3"
GRADES = (
    "withdrawn",
    "denied",
    "contested",
    "both_sides",
    "independent_origins",
    "no_source_named",
    "one_report",
    "one_origin_several_reports",
    "single_origin",
)
_ACCUSING = frozenset({"accuse", "blame", "condemn", "denounce", "criticise", "criticize", "sue"})


@dataclass(frozen=True, slots=True)
class ArticleFacts:
    """What of an article counts for corroboration."""

    text_id: str  # copy group, or the article itself
    story_id: str | None
    is_current: bool
    published_at: Any


@dataclass(slots=True)
class Speakers:
    """Speakers by claim; sides that oppose each other, by story."""

    hops: Mapping[str, Sequence[Hop]]
    scores: Scores
    opponents: dict[str, set[tuple[str, str]]] = field(default_factory=lambda: defaultdict(set))


def side_of(hop: Hop) -> str | None:
    """Name the side a speaker is on: the government of its country, or itself."""
    is_official = hop.kind == "government_body" or hop.source_type == "government_body"
    is_official = is_official or any(
        word in role
        for role in hop.roles
        for word in ("minist", "president", "government", "spokes")
    )
    if is_official and hop.country:
        return f"government {hop.country}"
    return hop.actor_id


def find_opponents(
    speakers: Speakers, claims: Mapping[str, ComparedClaim], links: Sequence[Link]
) -> None:
    """Note who opposes whom in a story: who contradicts or denies, and who accuses."""
    sides: dict[tuple[str, str], str] = {}  # by story and actor
    for claim_id in sorted(speakers.hops.keys() & claims.keys()):
        for hop in speakers.hops[claim_id]:
            if hop.actor_id and (side := side_of(hop)):
                sides.setdefault((claims[claim_id].block, hop.actor_id), side)
    for link in links:
        if link.link_type in ("contradicts", "denies"):
            _note(
                speakers,
                claims[link.claim_id].block,
                _sides(speakers, link.claim_id),
                _sides(speakers, link.other_claim_id),
            )
    for claim_id in sorted(speakers.hops):
        claim = claims.get(claim_id)
        if claim is not None and claim.cue in _ACCUSING:
            accused = {sides.get((claim.block, actor), actor) for actor in claim.actors}
            _note(speakers, claim.block, _sides(speakers, claim_id), accused)


def _sides(speakers: Speakers, claim_id: str) -> set[str]:
    return {
        side for hop in speakers.hops.get(claim_id, ()) if hop.is_named and (side := side_of(hop))
    }


def _note(speakers: Speakers, story: str, left: set[str], right: set[str]) -> None:
    for one in left:
        for other in right - {one}:
            speakers.opponents[story].add((min(one, other), max(one, other)))


def grade_group(
    group_id: str,
    members: Sequence[str],
    claims: Mapping[str, ComparedClaim],
    articles: Mapping[str, ArticleFacts],
    speakers: Speakers,
    opposition: Opposition,
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Count what stands behind a group. Returns its row of `core.claim_groups` and rows of
    `core.claim_group_members`."""
    facts = {member: articles[claims[member].article_id] for member in members}
    is_withdrawn = not any(fact.is_current for fact in facts.values())
    counted = [member for member in members if facts[member].is_current or is_withdrawn]
    hops = [hop for member in members for hop in speakers.hops.get(member, ())]
    texts = {claims[member].article_id: facts[member].text_id for member in members}
    words = {member: claims[member].words for member in members}
    origins, reasons = assign_origins(hops, texts, words)
    kept = set(counted)
    counted_hops = [hop for hop in hops if hop.claim_id in kept]
    canonical = _pick_canonical(counted, claims, facts)
    origin_count = count_origins(counted_hops, origins, claims, texts, speakers.scores)

    is_opposed = partial(is_met, canonical=canonical, counted=counted, hops=speakers.hops)
    story_counts = Counter(fact.story_id for fact in facts.values() if fact.story_id)
    times = [facts[m].published_at for m in counted if facts[m].published_at]
    row: dict[str, Any] = {
        "claim_group_id": group_id,
        "story_id": min(story_counts, key=lambda story: (-story_counts[story], story), default=None),
        "canonical_claim_id": canonical,
        "canonical_text": claims[canonical].text,
        "claim_count": len(members),
        "article_count": len({claims[member].article_id for member in counted}),
        "independent_text_count": len({facts[member].text_id for member in counted}),
        "independent_origin_count": origin_count,
        "has_both_sides": origin_count > 1 and _has_both_sides(counted_hops, claims, speakers),
        "is_contested": is_opposed(opposition.contradicted),
        "is_denied": is_opposed(opposition.denied),
        "is_withdrawn": is_withdrawn,
        "first_reported_at": min(times, default=None),
        "last_reported_at": max(times, default=None),
    }  # fmt: skip
    row["grade"] = name_grade(row)
    rows = [
        _describe_member(
            group_id, hop, facts[hop.claim_id], origins[hop.place], reasons.get(hop.place)
        )
        for hop in hops
    ]
    return row, rows


def _describe_member(
    group_id: str, hop: Hop, facts: ArticleFacts, origin: str, reason: str | None
) -> dict[str, Any]:
    return {
        "claim_group_id": group_id,
        "claim_id": hop.claim_id,
        "article_id": hop.article_id,
        "chain": hop.chain,
        "independent_text_id": facts.text_id,
        "is_current": facts.is_current,
        "independent_origin_id": make_id("ori", group_id, origin) if origin else None,
        "origin_name": origin.split("|")[0] or None,
        "origin_reason": reason,
    }


def name_grade(row: Mapping[str, Any]) -> str:
    """Name the first grade that holds, in the order of `GRADES`."""
    holds = {
        "withdrawn": row["is_withdrawn"],
        "denied": row["is_denied"],
        "contested": row["is_contested"],
        "both_sides": row["has_both_sides"],
        "independent_origins": row["independent_origin_count"] > 1,
        "no_source_named": row["independent_origin_count"] == 0,
        "one_report": row["article_count"] == 1,
        "one_origin_several_reports": row["independent_text_count"] > 1,
        "single_origin": True,
    }
    return next(grade for grade in GRADES if holds[grade])


def _pick_canonical(
    members: Sequence[str], claims: Mapping[str, ComparedClaim], facts: Mapping[str, ArticleFacts]
) -> str:
    """Pick the wording that most texts use, then one with a source, then the earliest, then the
    longest."""
    texts = {member: " ".join(claims[member].words) for member in members}
    spread: dict[str, set[str]] = defaultdict(set)
    for member in members:
        spread[texts[member]].add(facts[member].text_id)
    return min(
        members,
        key=lambda m: (
            -len(spread[texts[m]]), claims[m].is_statement, facts[m].published_at is None,
            str(facts[m].published_at or ""), -len(claims[m].text), m,
        ),
    )  # fmt: skip


def _has_both_sides(
    hops: Sequence[Hop], claims: Mapping[str, ComparedClaim], speakers: Speakers
) -> bool:
    """Whether two of the speakers oppose each other: by their roles, or because they contradict,
    deny or accuse each other in the story."""
    roles = {hop.party_role for hop in hops if hop.party_role}
    if {"government", "opposition"} <= roles:
        return True
    sides = {side for hop in hops if hop.is_named and (side := side_of(hop))}
    stories = {claims[hop.claim_id].block for hop in hops}
    return any(
        left in sides and right in sides
        for story in stories
        for left, right in speakers.opponents.get(story, ())
    )
