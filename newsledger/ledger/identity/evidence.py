"""What speaks for and against two profiles being one actor, in features that a person can read."""

from collections.abc import Iterator
from dataclasses import dataclass

from newsledger.ledger.identity.names import (
    compare_groups,
    compare_people,
    is_generic,
)
from newsledger.ledger.identity.profiles import AGES, Profile
from newsledger.model.enums import ActorKind

MERGE = 0.8  # set on the invented pairs of tests/golden/identity.jsonl
UNSURE = 0.5
MIN_NAME = 0.35  # names that alone say less are no candidates
# Weights of the evidence beside the names.
SAME_STORY = 0.25
SAME_ROLE = 0.2
OTHER_ROLE = -0.12
SAME_ORGANISATION = 0.1
SAME_COUNTRY = 0.1
SAME_COUNTRY_GENERIC = 0.35
OTHER_COUNTRY = -0.3
OTHER_GENDER = -0.6
OTHER_KIND = -0.1
OTHER_LONG_FORM = -0.4  # one acronym that articles explain in two ways
COMPANION = 0.07  # each of up to three actors named beside both
SAME_PLACE = 0.05
APART_IN_ARTICLE = -0.6  # the article itself tells them apart
ONLY_BEARER = 0.2  # of a bare surname in the story
SEVERAL_BEARERS = -0.35  # neither is chosen by what stands around them
FAR_IN_TIME = -0.02  # more than three years
_YEARS = 3 * 365
AGES_APART = -0.3  # more than thirty years

_KINSHIP = {
    frozenset({ActorKind.ARMED_GROUP, ActorKind.MILITARY}),
    frozenset({ActorKind.ARMED_GROUP, ActorKind.PARTY}),
    frozenset({ActorKind.NGO, ActorKind.MONITOR}), frozenset({ActorKind.MEDIA, ActorKind.COMPANY}),
    frozenset({ActorKind.NGO, ActorKind.INTERNATIONAL_ORGANISATION}),
    frozenset({ActorKind.GOVERNMENT_BODY, ActorKind.MILITARY}),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Verdict:
    """How sure two profiles are one actor, and the evidence in words."""

    score: float
    decision: str  # same, unsure, not_same
    evidence: tuple[str, ...]


def compare_profiles(left: Profile, right: Profile, *, bearer_count: int = 0) -> Verdict:
    """Compare two profiles by names, then by what stands around them. The score is cut to 0..1.
    `bearer_count` tells whom a bare surname may be in the story, 0 where neither is one."""
    if left.seed_id and right.seed_id:
        is_same = left.seed_id == right.seed_id
        return Verdict(
            1.0 if is_same else 0.0, "same" if is_same else "not_same", ("row of seeds/actors.csv",)
        )
    if left.is_person != right.is_person:
        return Verdict(0.0, "not_same", ("a person and a group",))
    relation, score = (
        compare_people(left.name, right.name)
        if left.is_person
        else compare_groups(left.name, right.name, left.names, right.names)
    )
    if relation == "short form" and _is_part(left, right):
        return Verdict(0.0, "not_same", ("a body and a part of it",))
    if score < MIN_NAME:
        return Verdict(0.0, "not_same", (relation,))
    evidence = [f"{relation} {score:+.2f}"]
    for words, weight in _weigh_context(left, right, relation, bearer_count):
        score += weight
        evidence.append(f"{words} {weight:+.2f}")
    score = round(min(1.0, max(0.0, score)), 3)
    return Verdict(
        score,
        "same" if score >= MERGE else "unsure" if score >= UNSURE else "not_same",
        tuple(evidence),
    )


def _is_part(left: Profile, right: Profile) -> bool:
    """Whether one of two public bodies is named as a part of the other: "Larkin Port", "Larkin Port
    police"; not "Larkin police", "Larkin Police Department"."""
    if not left.kind == right.kind == ActorKind.GOVERNMENT_BODY:
        return False
    short, long = sorted((left.name.split(), right.name.split()), key=len)
    is_whole = is_generic(short[-1]) and len(long) == len(short) + 1
    return long[-1] not in short and is_generic(long[-1]) and not is_whole


def _weigh_context(
    left: Profile, right: Profile, relation: str, bearer_count: int
) -> Iterator[tuple[str, float]]:
    if left.genders and right.genders and not left.genders & right.genders:
        yield "gender differs", OTHER_GENDER
    if left.articles & right.articles and relation != "same name":
        yield "named apart in one article", APART_IN_ARTICLE
    stories = left.stories & right.stories
    if stories and not (
        relation == "same name" and left.is_person and _is_unconnected(left, right)
    ):
        yield f"same story ({len(stories)})", SAME_STORY
    yield from _weigh_countries(left, right)
    yield from _weigh_roles(left, right)
    if not left.is_person:
        yield from _weigh_kinds(left, right)
    if companions := left.companions & right.companions - {left.name, right.name}:
        yield (
            f"named beside {', '.join(sorted(companions)[:3])}",
            COMPANION * min(3, len(companions)),
        )
    if left.places & right.places:
        yield "same place", SAME_PLACE
    if bearer_count == 1:
        yield "only bearer of the name in the story", ONLY_BEARER
    elif bearer_count > 1 and left.is_person and not left.roles & right.roles:
        yield f"{bearer_count} bearers of the name in the story", SEVERAL_BEARERS
    gap = (
        max(left.days[0] - right.days[1], right.days[0] - left.days[1])
        if left.days and right.days
        else 0
    )
    if gap > _YEARS:
        yield "years apart", AGES_APART if gap > AGES else FAR_IN_TIME


def _is_unconnected(left: Profile, right: Profile) -> bool:
    """Tell whether two namesakes have other roles and nothing in common but their name, which alone
    may have made their articles a story."""
    has_other_role = bool(left.roles and right.roles) and not left.roles & right.roles
    return has_other_role and not (
        left.companions & right.companions
        or left.places & right.places
        or left.organisations & right.organisations
        or left.countries & right.countries
    )


def _weigh_kinds(left: Profile, right: Profile) -> Iterator[tuple[str, float]]:
    is_akin = (
        left.kind == right.kind
        or ActorKind.COLLECTIVE in (left.kind, right.kind)
        or frozenset({left.kind, right.kind}) in _KINSHIP
    )
    if not is_akin:
        yield f"{left.kind} and {right.kind}", OTHER_KIND
    long_forms = [{name for name in profile.names if " " in name} for profile in (left, right)]
    if (
        left.name == right.name
        and " " not in left.name
        and all(long_forms)
        and not long_forms[0] & long_forms[1]
    ):
        yield f"short for {min(long_forms[0])} and for {min(long_forms[1])}", OTHER_LONG_FORM


def _weigh_countries(left: Profile, right: Profile) -> Iterator[tuple[str, float]]:
    if not (left.countries and right.countries):
        return
    shared = left.countries & right.countries
    if shared:
        is_common_kind = not left.is_person and left.name == right.name and is_generic(left.name)
        yield (
            f"same country ({', '.join(sorted(shared))})",
            SAME_COUNTRY_GENERIC if is_common_kind else SAME_COUNTRY,
        )
    else:
        yield (
            f"countries differ "
            f"({', '.join(sorted(left.countries))}; {', '.join(sorted(right.countries))})",
            OTHER_COUNTRY,
        )


def _weigh_roles(left: Profile, right: Profile) -> Iterator[tuple[str, float]]:
    if organisations := left.organisations & right.organisations:
        yield f"same organisation ({min(organisations)})", SAME_ORGANISATION
    if left.roles and right.roles:
        shared = left.roles & right.roles
        yield (f"same role ({min(shared)})", SAME_ROLE) if shared else ("roles differ", OTHER_ROLE)
