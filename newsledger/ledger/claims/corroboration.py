"""Corroboration as three counts: articles, independent texts, independent origins; and the word
that sums them up. Copies of one text count once as texts."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from functools import partial
from typing import Any

from newsledger.ledger.claims.agreement import AGREE_JACCARD, Scores, count_origins
from newsledger.ledger.claims.compared import ComparedClaim
from newsledger.ledger.claims.opposition import Opposition, is_met
from newsledger.ledger.claims.origins import assign_origins
from newsledger.ledger.claims.sides import Opponents, find_opposition
from newsledger.ledger.claims.standing import Hop
from newsledger.model.ids import make_id

ORIGIN = "corroboration/4"
GRADES = (
    "withdrawn",
    "denied",
    "contested",
    "both_sides",
    "independent_origins",
    "no_source_named",
    "one_report",
    "several_speakers",
    "one_origin_several_reports",
    "single_origin",
)


@dataclass(frozen=True, slots=True)
class ArticleFacts:
    """What of an article counts for corroboration."""

    text_id: str  # copy group, or the article itself
    story_id: str | None
    is_current: bool
    published_at: Any


@dataclass(slots=True)
class Speakers:
    """Speakers by claim; likeness of claims; sides that oppose each other, by story."""

    hops: Mapping[str, Sequence[Hop]]
    scores: Scores
    opponents: Opponents
    borne_out: Set[str]  # claims that the other side makes too


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
    opponents = speakers.opponents
    is_opposed = partial(is_met, canonical=canonical, counted=counted, hops=speakers.hops)
    stories = Counter(fact.story_id for fact in facts.values() if fact.story_id)
    times = [facts[m].published_at for m in counted if facts[m].published_at]
    row: dict[str, Any] = {
        "claim_group_id": group_id,
        "story_id": min(stories, key=lambda story: (-stories[story], story), default=None),
        "canonical_claim_id": canonical,
        "canonical_text": claims[canonical].text,
        "claim_count": len(members),
        "article_count": len({claims[member].article_id for member in counted}),
        "independent_text_count": len({facts[member].text_id for member in counted}),
        "independent_origin_count": origin_count,
        "has_both_sides": _is_borne_out(canonical, counted, claims, speakers)
        or (origin_count > 1 and _are_both_sides(counted_hops, counted, claims, opponents)),
        "is_contested": is_opposed(opposition.contradicted),
        "is_denied": is_opposed(opposition.denied),
        "is_withdrawn": is_withdrawn,
        "first_reported_at": min(times, default=None),
        "last_reported_at": max(times, default=None),
    }  # fmt: skip
    row["grade"] = name_grade(row, len({origins[hop.place] for hop in counted_hops} - {""}))
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


def name_grade(row: Mapping[str, Any], speaker_count: int) -> str:
    """Name the first grade that holds, in the order of `GRADES`. Several speakers are not several
    origins where nothing shows that they state one thing."""
    holds = {
        "withdrawn": row["is_withdrawn"],
        "denied": row["is_denied"],
        "contested": row["is_contested"],
        "both_sides": row["has_both_sides"],
        "independent_origins": row["independent_origin_count"] > 1,
        "no_source_named": row["independent_origin_count"] == 0,
        "one_report": row["article_count"] == 1,
        "several_speakers": speaker_count > 1,
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


def _is_borne_out(
    canonical: str,
    counted: Sequence[str],
    claims: Mapping[str, ComparedClaim],
    speakers: Speakers,
) -> bool:
    """Whether the other side says what the wording of a group states."""
    return any(
        member == canonical
        or claims[member].words == claims[canonical].words
        or speakers.scores.get(frozenset((member, canonical)), 0.0) >= AGREE_JACCARD
        for member in counted
        if member in speakers.borne_out
    )


def _are_both_sides(
    hops: Sequence[Hop],
    counted: Sequence[str],
    claims: Mapping[str, ComparedClaim],
    opponents: Opponents,
) -> bool:
    """Whether two of the speakers oppose each other: by their roles, or by what the story tells of
    them."""
    roles = {hop.party_role for hop in hops if hop.party_role}
    return {"government", "opposition"} <= roles or any(
        find_opposition(claims[one], claims[other], opponents)
        for number, one in enumerate(counted)
        for other in counted[number + 1 :]
    )
