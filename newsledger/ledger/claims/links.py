"""Which claims say the same thing, contradict, deny or update each other.

Claims are compared inside their story, by the terms they share weighted by rarity, and by what must
agree: figures, times, days, tense, polarity, countries. A statement carried word for word is the
same claim in every story.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from newsledger.ledger.claims.candidates import find_candidates
from newsledger.ledger.claims.compared import ComparedClaim, Link
from newsledger.ledger.claims.denials import find_denials, is_denial
from newsledger.ledger.claims.developments import find_developments
from newsledger.ledger.claims.differences import (
    GROWING,
    OTHER_TIME_JACCARD,
    find_difference,
    find_other_name,
    name_others,
)
from newsledger.ledger.claims.likeness import Likeness, Weights, measure_likeness, weigh_stories
from newsledger.ledger.claims.measures import find_measures
from newsledger.ledger.claims.nearest import Nearest
from newsledger.ledger.claims.opposites import find_opposed
from newsledger.ledger.claims.reasons import (
    Differs,
    is_by_stretch,
    join_reasons,
    read_kind,
    word_stretch,
)
from newsledger.ledger.claims.sides import find_both_sides
from newsledger.ledger.claims.stretches import find_stretch, state_one_thing
from newsledger.ledger.claims.terms import TIME_UNITS
from newsledger.ledger.claims.utterances import find_utterances

ORIGIN = "claimlinks/2"
# Thresholds of the weighted Jaccard. Set on 600 judged pairs and 400 pairs of articles that report
# one fact, of nine real events. With all of them a quarter higher, recall of the judged pairs was
# 58 instead of 65 and 48 instead of 51 % of the facts were joined, at the same precision; with all
# a tenth lower, two more wrong pairs are joined.
SAME_JACCARD = 0.19
SMALL_JACCARD = 0.25  # in a story of fewer than `SMALL_STORY` claims, where rarity says little
SMALL_STORY = 80
DETAIL_JACCARD = 0.2  # where only one of them counts something
SPEAKER_JACCARD = 0.14  # where one speaker says both …
SMALL_SPEAKER_JACCARD = 0.2  # … in a small story: of four such pairs below this one was right
OTHER_NUMBERS_JACCARD = 0.32  # where each tells a number that the other does not
OTHER_NAMES_JACCARD = 0.25  # where each names a country, place or person that the other does not
SAME_PEOPLE = 3  # whom both name: where they were is a detail beside them
FAR_JACCARD = 0.24  # where the articles are further apart than `FAR_DAYS`
FAR_DAYS = 10
# Two claims of one article: it seldom says a thing twice. Of 30 such pairs below this, in stories
# without annotation, 26 were two things; no fact of the annotated events is lost.
OWN_ARTICLE_JACCARD = 0.3
CLASH_JACCARD = 0.75  # where values of one kind clash
# Beside names, places and numbers two claims share at least so many words that tell what happened,
# or one and a value; else as much more is asked.
TELLING_WORDS = 2
OWN_WORDS = 2  # beside numbers and what they count time by: "he was five years old" says little
PARTS_JACCARD = 0.4  # where it is a part of either that is alike: of 20 such pairs 14 were wrong
# Below `MUCH_JACCARD` what they share weighs at least so many words that one claim of the story
# has: two common words ("win", "series") say little. In stories without annotation, read by hand,
# this and the guards of groups leave 67 of 76 wrong groups and all right ones; no annotated fact is
# lost.
SHARED_TERMS = 1.2
MUCH_JACCARD = 0.3
THIN = 1.1
# What is told in one stretch of each, whatever else they tell: of 48 such pairs of stories without
# annotation, read by hand, 41 were one thing, of the 38 above this 36.
STRETCH_JACCARD = 0.15
# Below this what two claims share stands close together in both: words scattered over two
# sentences tell of one matter. Of stories without annotation, read by hand, 14 of 64 wrong groups
# are gone and one of 153 right ones; no annotated fact is lost. From 1.5 on facts are lost.
CLOSE_JACCARD = 0.25
CLOSE_WEIGHT = 1.3


def link_claims(claims: Sequence[ComparedClaim]) -> list[Link]:
    """Find the pairs that say the same, contradict, deny or update, in order of their ids."""
    weights = weigh_stories(claims)
    links = _compare(claims, weights)
    for link in find_measures(claims):
        links.setdefault((link.claim_id, link.other_claim_id), link)
    for link in find_opposed(claims, weights):
        links[link.claim_id, link.other_claim_id] = link
    for link in find_utterances(claims):
        links[link.claim_id, link.other_claim_id] = link
    for link in find_developments(claims):
        links[link.claim_id, link.other_claim_id] = link
    for link in find_denials(claims, weights):
        known = links.get((link.claim_id, link.other_claim_id))
        if known is None or read_kind(known.reason) != Differs.OPPOSITES:
            links[link.claim_id, link.other_claim_id] = link  # two judgements stay opposed
    for link in find_both_sides(claims, list(links.values()), weights):
        key = link.claim_id, link.other_claim_id
        known = links.get(key)
        if known is None:
            links[key] = link
        elif known.link_type == "same":
            links[key] = replace(known, reason=join_reasons(known.reason, link.reason))
    return [links[key] for key in sorted(links)]


def _compare(
    claims: Sequence[ComparedClaim], weights: Mapping[str, Weights]
) -> dict[tuple[str, str], Link]:
    """Judge the pairs that share terms; of those somewhat alike the likest say the same."""
    links: dict[tuple[str, str], Link] = {}
    telling: dict[tuple[str, str], int] = {}
    by_id, nearest = {claim.claim_id: claim for claim in claims}, Nearest()
    anywhere = Weights(())  # claims of two stories say the same words: all terms weigh alike
    for left, right in find_candidates(claims):
        if left.claim_id == right.parent_id or right.claim_id == left.parent_id:
            continue
        if left.claim_id > right.claim_id:
            left, right = right, left
        own = weights[left.block] if left.block == right.block else anywhere
        likeness = measure_likeness(left, right, own)
        nearest.note(left, right, likeness.jaccard)
        link = _judge(left, right, likeness, own)
        if link is not None:
            links[link.claim_id, link.other_claim_id] = link
            telling[link.claim_id, link.other_claim_id] = len(_list_telling(left, right, likeness))
    for (one, other), link in list(links.items()):
        is_met = nearest.is_met(by_id[one], by_id[other], link.score, telling[one, other])
        is_loose = link.link_type == "same" and not is_by_stretch(link.reason)
        if is_loose and not is_met:
            del links[one, other]
    return links


def _judge(
    left: ComparedClaim, right: ComparedClaim, likeness: Likeness, weights: Weights
) -> Link | None:
    is_alike = is_same(left, right, likeness, weights.claim_count)
    if is_alike and _stand_close(left, right, likeness, weights):
        score = round(likeness.jaccard, 3)
        return Link(left.claim_id, right.claim_id, "same", score, _tell_shared(likeness))
    differs = find_difference(left, right, likeness, weights)
    if differs is not None:
        return Link(
            left.claim_id, right.claim_id, differs.link_type, round(likeness.jaccard, 3),
            join_reasons(differs.words, _tell_shared(likeness)),
        )  # fmt: skip
    return _link_stretch(left, right, likeness, weights)


def _stand_close(
    left: ComparedClaim, right: ComparedClaim, likeness: Likeness, weights: Weights
) -> bool:
    """Whether what two claims share stands close together in both, or is much of them."""
    is_much = likeness.jaccard >= CLOSE_JACCARD
    return is_much or find_stretch(left, right, weights, CLOSE_WEIGHT) is not None


def _link_stretch(
    left: ComparedClaim, right: ComparedClaim, likeness: Likeness, weights: Weights
) -> Link | None:
    """Link claims of two articles that state one thing in a stretch of each."""
    if left.article_id == right.article_id or left.block != right.block:
        return None
    if likeness.jaccard < STRETCH_JACCARD or is_denial(left) != is_denial(right):
        return None
    if _is_of_other_year(left, right) or _are_elsewhere(left, right):
        return None
    stretch = find_stretch(left, right, weights)
    if stretch is None or not state_one_thing(left, right, stretch, likeness.clashes):
        return None
    reason = word_stretch(sorted(stretch.common)[:6])
    return Link(left.claim_id, right.claim_id, "same", round(likeness.jaccard, 3), reason)


def _tell_shared(likeness: Likeness) -> str:
    return "shares " + ", ".join(sorted(likeness.common)[:6])


def is_same(left: ComparedClaim, right: ComparedClaim, likeness: Likeness, story_size: int) -> bool:
    """Whether two claims of a story of so many claims state the same: enough in common, and no fact
    that tells them apart."""
    if is_denial(left) != is_denial(right):
        return False
    one, other = likeness.parts
    if one.is_negated != other.is_negated or one.ordinals != other.ordinals:
        return False
    if not _may_be_of_one_time(left, right, likeness):
        return False
    if left.words == right.words:
        return True
    if likeness.jaccard < SPEAKER_JACCARD:  # the least of all thresholds
        return False
    if name_others(left, right, likeness) and (
        _are_elsewhere(left, right) or find_other_name(left, right, likeness)
    ):
        return False
    told = _list_telling(left, right, likeness)
    if _count_other_harm(left, right) or not told or _is_of_other_year(left, right):
        return False
    if not likeness.agreed and (
        _says_little(left) or _says_little(right) or _share_little(likeness)
    ):
        return False
    least = _find_threshold(left, right, likeness, is_small=story_size < SMALL_STORY)
    if one is not left.parts[0] and other is not right.parts[0]:
        least = max(least, PARTS_JACCARD)
    if len(told) < TELLING_WORDS and not likeness.agreed and not likeness.clashes:
        least *= THIN
    return likeness.jaccard >= least


def _may_be_of_one_time(left: ComparedClaim, right: ComparedClaim, likeness: Likeness) -> bool:
    """Whether neither the tense nor the day tells two claims apart: a day that the context tells
    proves little, unless the rest is the same."""
    if left.tense and right.tense and left.tense != right.tense:
        return False
    own = (left.tells_time, right.tells_time)
    is_told = any(own) if likeness.jaccard >= OTHER_TIME_JACCARD else all(own)
    return likeness.is_same_time or bool(likeness.agreed) or not is_told


def _find_threshold(
    left: ComparedClaim, right: ComparedClaim, likeness: Likeness, *, is_small: bool
) -> float:
    least = _find_least(left, right, likeness, is_small=is_small)
    return max(least, OWN_ARTICLE_JACCARD) if left.article_id == right.article_id else least


def _find_least(
    left: ComparedClaim, right: ComparedClaim, likeness: Likeness, *, is_small: bool
) -> float:
    if likeness.clashes:
        return CLASH_JACCARD
    numbers = [{term for term in part.terms if term[0].isdigit()} for part in likeness.parts]
    is_other = all(numbers) and not numbers[0] & numbers[1] and not likeness.agreed
    if is_other:
        return OTHER_NUMBERS_JACCARD
    if name_others(left, right, likeness):
        return OTHER_NAMES_JACCARD
    if _days_between(left, right) > FAR_DAYS:
        return FAR_JACCARD
    if _counts(left) != _counts(right):
        return max(DETAIL_JACCARD, SMALL_JACCARD if is_small else 0.0)
    if left.speaker and left.speaker == right.speaker:
        return SMALL_SPEAKER_JACCARD if is_small else SPEAKER_JACCARD
    return SMALL_JACCARD if is_small else SAME_JACCARD


def _are_elsewhere(left: ComparedClaim, right: ComparedClaim) -> bool:
    """Whether they are about places that have nothing in common: a town and its county have. Where
    both name the same few people, a place is a detail beside them."""
    if not (left.places and right.places) or left.places & right.places:
        return False
    if len(left.actors & right.actors) >= SAME_PEOPLE:
        return False
    return not (_lies_in(left, right) or _lies_in(right, left))


def _lies_in(one: ComparedClaim, other: ComparedClaim) -> bool:
    return any(terms and terms <= other.place_terms for terms in one.wider)


def _counts(claim: ComparedClaim) -> bool:
    """Whether a claim counts people or things."""
    return any(value.noun for value in claim.values)


def _list_telling(left: ComparedClaim, right: ComparedClaim, likeness: Likeness) -> frozenset[str]:
    """List the terms they share beside names, places and numbers: what happened there."""
    told = {term for term in likeness.common - left.names - right.names if not term[0].isdigit()}
    return frozenset(told - {word for part in likeness.parts for word in part.ordinals})


def _says_little(claim: ComparedClaim) -> bool:
    """Whether a claim has hardly a word beside numbers and units of time."""
    own = {term for term in claim.terms - TIME_UNITS if not term[0].isdigit()}
    return len(own) < OWN_WORDS


def _share_little(likeness: Likeness) -> bool:
    """Whether what two claims share is common in their story, and much else in them differs."""
    return likeness.jaccard < MUCH_JACCARD and likeness.shared < SHARED_TERMS


def _is_of_other_year(left: ComparedClaim, right: ComparedClaim) -> bool:
    """Whether one tells an earlier year that the other does not, which tells a day of another
    year: a like event of the past."""
    return _tells_past_year(left, right) or _tells_past_year(right, left)


def _tells_past_year(one: ComparedClaim, other: ComparedClaim) -> bool:
    if one.published_at is None or other.days is None:
        return False
    years = {int(value.low) for value in one.values if value.kind == "year"}
    is_past = bool(years) and max(years) < one.published_at.year
    return (
        is_past
        and not any(str(year) in other.terms for year in years)
        and not ({other.days[0].year, other.days[1].year} & years)
    )


def _count_other_harm(left: ComparedClaim, right: ComparedClaim) -> bool:
    """Whether each counts those that something else happened to: one missing, one killed."""
    ours, theirs = ({value.kind for value in claim.values} & GROWING for claim in (left, right))
    return bool(ours and theirs) and not ours & theirs


def _days_between(left: ComparedClaim, right: ComparedClaim) -> float:
    if left.published_at is None or right.published_at is None:
        return 0.0
    return abs((left.published_at - right.published_at).total_seconds()) / 86_400
