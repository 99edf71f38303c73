"""Corroboration as three counts: articles, independent texts, independent origins; and the word
that sums them up.

Copies of one text count once as texts; whoever quotes the same first speaker counts once as origin.
Where two unnamed speakers cannot be told apart they count once: independence must be visible, it is
not assumed.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from newsledger.ledger.claims.links import ComparedClaim, Link
from newsledger.model.ids import make_id

ORIGIN = "corroboration/1"
GRADES = (
    "withdrawn",
    "denied",
    "contested",
    "both_sides",
    "independent_origins",
    "one_origin_several_reports",
    "single_origin",
)
_PRONOUNS = frozenset("he she they it we i who him her them this that these those one".split())
_NO_HEAD = frozenset(
    """a an the his her its their our my your this that these those some several two three four five many other another unnamed anonymous
    senior top former both local""".split()
)
_RELATIVE = re.compile(
    r"[,;(]| who | which | that | with | from | of | in | at | on | along | under | for "
)


@dataclass(frozen=True, slots=True)
class Hop:
    """First speaker of one chain of a claim, and whoever relays it before the outlet."""

    claim_id: str
    article_id: str
    chain: int
    surface: str
    actor_id: str | None
    source_type: str
    is_named: bool
    party_role: str | None
    relays: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ArticleFacts:
    """What of an article counts for corroboration."""

    text_id: str  # copy group, or the article itself
    story_id: str | None
    is_current: bool
    published_at: Any


@dataclass(slots=True)
class Speakers:
    """Speakers by claim, opponents by story: who contradicted whom."""

    hops: Mapping[str, Sequence[Hop]]
    opponents: dict[str, set[tuple[str, str]]] = field(default_factory=lambda: defaultdict(set))


def find_opponents(
    speakers: Speakers, claims: Mapping[str, ComparedClaim], links: Sequence[Link]
) -> None:
    """Note the named speakers who contradict each other in a story: each is a side."""
    for link in links:
        if link.link_type != "contradicts":
            continue
        story = claims[link.claim_id].block
        for left in speakers.hops.get(link.claim_id, ()):
            for right in speakers.hops.get(link.other_claim_id, ()):
                if left.actor_id and right.actor_id and left.actor_id != right.actor_id:
                    speakers.opponents[story].add(
                        (min(left.actor_id, right.actor_id), max(left.actor_id, right.actor_id))
                    )


def assign_origins(hops: Sequence[Hop], texts: Mapping[str, str]) -> dict[tuple[str, int], str]:
    """Say for each chain of a group's claims which first speaker it goes back to. Keys are (claim,
    chain), values are readable."""
    keys = {(hop.claim_id, hop.chain): _key_of(hop) for hop in hops}
    named = {key for key in keys.values() if key[0] == "name"}
    named_words = defaultdict(set)
    for hop in hops:
        if keys[hop.claim_id, hop.chain][0] == "name":
            for word in _own_words(hop.surface):
                named_words[word].add(keys[hop.claim_id, hop.chain])
    relayed: dict[str, tuple[str, str]] = {}
    heads: dict[str, tuple[str, str]] = {}
    in_text: dict[str, tuple[str, str]] = {}
    result = {}
    known = [hop for hop in hops if keys[hop.claim_id, hop.chain][0] in {"name", "role"}]
    for hop in sorted(
        known, key=lambda hop: (keys[hop.claim_id, hop.chain][0] != "name", hop.claim_id, hop.chain)
    ):
        key = keys[hop.claim_id, hop.chain]
        if key[0] == "role":
            candidates = named_words.get(key[1].split()[-1], set())
            key = (
                min(candidates) if candidates
                else heads.get(key[1].split()[-1]) or next((relayed[relay] for relay in hop.relays if relay in relayed), key)
            )  # fmt: skip
            heads.setdefault(_key_of(hop)[1].split()[-1], key)
            for relay in hop.relays:
                relayed.setdefault(relay, key)
        in_text.setdefault(texts[hop.article_id], key)
        result[hop.claim_id, hop.chain] = key
    fallback = min(named) if named else min(heads.values(), default=("unknown", ""))
    for hop in hops:
        result.setdefault((hop.claim_id, hop.chain), in_text.get(texts[hop.article_id], fallback))
    return {place: "|".join(key) for place, key in result.items()}


def _key_of(hop: Hop) -> tuple[str, str]:
    words = _own_words(hop.surface)
    if hop.source_type == "own_reporting":
        return ("name", f"outlet {' '.join(words)}")
    if hop.is_named:
        return ("name", hop.actor_id or " ".join(words))
    if hop.source_type == "unattributed" or not words or words[-1] in _PRONOUNS:
        return ("unknown", "")
    return ("role", " ".join(words))


def _own_words(surface: str) -> list[str]:
    """Words of a source without what follows the noun: "the league, which has sued the board" is
    the league."""
    return _words(_RELATIVE.split(f" {surface} ")[0] or surface)


def _words(text: str) -> list[str]:
    text = re.sub(r"^.*[’']s? ", "", text.strip())
    return [
        word[:-1] if len(word) > 3 and word.endswith("s") else word
        for word in re.findall(r"\w+", text.lower())
        if word not in _NO_HEAD
    ]


def grade_group(
    group_id: str,
    members: Sequence[str],
    claims: Mapping[str, ComparedClaim],
    articles: Mapping[str, ArticleFacts],
    speakers: Speakers,
    contradicted_by: Mapping[str, Sequence[tuple[str, bool]]],
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Count what stands behind a group. Returns its row of `core.claim_groups` and rows of
    `core.claim_group_members`.

    `contradicted_by` lists for a claim the claims that contradict it, and whether each is a denial.
    """
    facts = {member: articles[claims[member].article_id] for member in members}
    is_withdrawn = not any(fact.is_current for fact in facts.values())
    counted = [member for member in members if facts[member].is_current or is_withdrawn]
    hops = [hop for member in members for hop in speakers.hops.get(member, ())]
    texts = {claims[member].article_id: facts[member].text_id for member in members}
    origins = assign_origins(hops, texts)
    counted_hops = [hop for hop in hops if hop.claim_id in set(counted)]
    canonical = _pick_canonical(counted, claims, facts)
    against = [
        is_denial for member in counted for other, is_denial in contradicted_by.get(member, ())
        if articles[claims[other].article_id].is_current
    ]  # fmt: skip
    story_counts = Counter(fact.story_id for fact in facts.values() if fact.story_id)
    row: dict[str, Any] = {
        "claim_group_id": group_id,
        "story_id": min(story_counts, key=lambda story: (-story_counts[story], story))
        if story_counts
        else None,
        "canonical_claim_id": canonical,
        "canonical_text": claims[canonical].text,
        "claim_count": len(members),
        "article_count": len({claims[member].article_id for member in counted}),
        "independent_text_count": len({facts[member].text_id for member in counted}),
        "independent_origin_count": max(
            1, len({origins[hop.claim_id, hop.chain] for hop in counted_hops})
        ),
        "has_both_sides": _has_both_sides(counted_hops, claims, speakers),
        "is_contested": bool(against),
        "is_denied": any(against),
        "is_withdrawn": is_withdrawn,
        "first_reported_at": min(
            (facts[m].published_at for m in counted if facts[m].published_at), default=None
        ),
        "last_reported_at": max(
            (facts[m].published_at for m in counted if facts[m].published_at), default=None
        ),
    }
    row["grade"] = name_grade(row)
    rows = [
        {
            "claim_group_id": group_id, "claim_id": hop.claim_id, "article_id": hop.article_id, "chain": hop.chain,
            "independent_text_id": texts[hop.article_id], "is_current": facts[hop.claim_id].is_current,
            "independent_origin_id": make_id("ori", group_id, origins[hop.claim_id, hop.chain]),
        }
        for hop in hops
    ]  # fmt: skip
    return row, rows


def name_grade(row: Mapping[str, Any]) -> str:
    """Name the first grade that holds, in the order of `GRADES`."""
    holds = {
        "withdrawn": row["is_withdrawn"],
        "denied": row["is_denied"],
        "contested": row["is_contested"],
        "both_sides": row["has_both_sides"],
        "independent_origins": row["independent_origin_count"] > 1,
        "one_origin_several_reports": row["article_count"] > 1,
        "single_origin": True,
    }
    return next(grade for grade in GRADES if holds[grade])


def _pick_canonical(
    members: Sequence[str], claims: Mapping[str, ComparedClaim], facts: Mapping[str, ArticleFacts]
) -> str:
    """Pick the wording that most texts use, then the earliest, then the longest."""
    texts = {member: " ".join(claims[member].words) for member in members}
    spread: dict[str, set[str]] = defaultdict(set)
    for member in members:
        spread[texts[member]].add(facts[member].text_id)
    return min(
        members,
        key=lambda m: (
            -len(spread[texts[m]]), facts[m].published_at is None, str(facts[m].published_at or ""), -len(claims[m].text), m
        ),
    )  # fmt: skip


def _has_both_sides(
    hops: Sequence[Hop], claims: Mapping[str, ComparedClaim], speakers: Speakers
) -> bool:
    """Whether two of the speakers oppose each other: by their roles, or because they contradict
    each other in the story."""
    roles = {hop.party_role for hop in hops if hop.party_role}
    if {"government", "opposition"} <= roles:
        return True
    actors = {hop.actor_id for hop in hops if hop.actor_id}
    stories = {claims[hop.claim_id].block for hop in hops}
    return any(
        left in actors and right in actors
        for story in stories
        for left, right in speakers.opponents.get(story, ())
    )
