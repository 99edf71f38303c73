"""What two claims about one thing differ in: a value that cannot be both, an update of a value that
grows, one that denies what the other states, another day, place or person."""

import datetime
import re
from dataclasses import dataclass

from newsledger.ledger.claims.compared import ComparedClaim, Part
from newsledger.ledger.claims.denials import is_refused
from newsledger.ledger.claims.likeness import Likeness, Weights
from newsledger.ledger.claims.measures import tell_of_one_person
from newsledger.ledger.claims.reasons import (
    Differs,
    join_reasons,
    word_denial,
    word_difference,
    word_newer,
)
from newsledger.ledger.claims.terms import find_terms
from newsledger.ledger.claims.values import Value, measure_near
from newsledger.model.enums import QuantityKind
from newsledger.text.fold import list_grams

# Thresholds of the weighted Jaccard; numbers and names that differ are left out of it. Set on the
# judged relations of nine real events and on the sample feed, where everything is known.
OPPOSED_JACCARD = 0.6  # one denies
VALUE_JACCARD = 0.4  # one value of one thing
SAME_PLACE_JACCARD = 0.25  # … at a place that both name
CLOSE_JACCARD = 0.28  # … where the values are within `CLOSE` of each other, as rival counts are
CLOSE = 0.15
DATED_JACCARD = 0.45  # of days and years: "first since 1945" and "first since 1908" are two teams'
VALUE_NEAR = 0.3  # of the terms around the two values
OTHER_TIME_JACCARD = 0.7
RUN_WORDS = 4  # in a row that are one utterance
NEAR_DAYS = 2  # between articles that tell one event at two places: later there may be another
PART_TERMS = 3
TELLING_TERMS = 2  # of the part of a claim that tells what its number counts
MAX_TIMES = 10.0  # a value and its contradiction are of one order
MAX_DAYS = 10  # between articles whose values contradict; beyond it one of them speaks of later
LIVE_HOURS = 1.0  # between a value and its update
# Counts that grow while an event is reported.
GROWING = frozenset(
    {
        QuantityKind.KILLED,
        QuantityKind.WOUNDED,
        QuantityKind.MISSING,
        QuantityKind.DISPLACED,
        QuantityKind.ARRESTED,
        QuantityKind.CAPTURED,
    }
)
_ASKS = re.compile(r"\?|^(?:why|what|how|whether|if)\b", re.IGNORECASE)
# Two who want two things contradict nobody.
_WISHES = re.compile(r"\b(?:favou?r|propos|support|want|call(?:s|ed|ing)? for|demand|urg)\w*\b")
_LEADING = re.compile(r"[A-Z][\w’'-]*(?: [A-Z][\w’'-]*)+")
_FIRST_NAME = re.compile(r"(?:The )?([A-Z][\w’'-]*(?: [A-Z][\w’'-]*)*)")
_TWICE = re.compile(r"\b(\w+) \1\b")  # a heading that runs into its text
_YEAR = re.compile(r"(?:19|20)\d\d")
_DATES = frozenset({"date", "year", "clock"})


@dataclass(frozen=True, slots=True)
class Difference:
    """What a pair differs in: the type of its link, and the reason in words."""

    link_type: str  # contradicts, updates
    words: str


def find_difference(
    left: ComparedClaim, right: ComparedClaim, likeness: Likeness, weights: Weights
) -> Difference | None:
    """Find what two claims differ in, where they are about one thing; nothing where it is not
    sure."""
    if left.words == right.words and left.is_denial == right.is_denial:
        return None
    one, other = likeness.parts
    if one.ordinals != other.ordinals:
        return None
    if left.tense and right.tense and left.tense != right.tense:
        return None
    if likeness.clashes:
        return _compare_values(left, right, likeness, weights)
    if len(likeness.common) < 2:
        return None
    if name_others(left, right, likeness):
        return find_other_name(left, right, likeness)
    is_opposed = (one.is_negated != other.is_negated) != (left.is_denial != right.is_denial)
    if is_opposed:
        is_plain = likeness.is_same_time and not _is_one_speaker(left, right)
        is_plain = is_plain and not (_ASKS.search(left.text) or _ASKS.search(right.text))
        is_like = likeness.jaccard >= OPPOSED_JACCARD and len(likeness.common) >= PART_TERMS
        is_like = is_like and (
            left.is_denial != right.is_denial or _denies_it(left, right, weights)
        )
        if not (is_plain and is_like) or _say_one_negation(left, right):
            return None
        if left.is_denial == right.is_denial:
            return Difference("contradicts", Differs.POLARITY)
        denial = left if left.is_denial else right
        if is_refused(denial):
            return None
        return Difference("denies", word_denial(Differs.POLARITY, denial.claim_id))
    if not likeness.is_same_time:
        is_one = likeness.jaccard >= OTHER_TIME_JACCARD and left.tense == right.tense == "past"
        return (
            Difference("contradicts", Differs.TIME)
            if is_one and not _is_one_speaker(left, right)
            else None
        )
    return None


def name_others(left: ComparedClaim, right: ComparedClaim, likeness: Likeness) -> bool:
    """Whether each names a place or somebody that the other does not."""
    one, other = (part.terms for part in likeness.parts)
    named_left = (left.place_terms | left.actor_terms) & one
    named_right = (right.place_terms | right.actor_terms) & other
    return bool(named_left - right.terms) and bool(named_right - left.terms)


def _denies_it(left: ComparedClaim, right: ComparedClaim, weights: Weights) -> bool:
    """Whether what is negated is what the other says: the clause with the negation, not another
    one beside it."""
    for one, other in ((left, right), (right, left)):
        clauses = [part for part in one.parts if part.is_negated]
        if clauses:
            clause = min(clauses, key=lambda part: len(part.terms))
            return any(
                not part.is_negated
                and weights.overlap(clause.terms, part.terms)[0] >= OPPOSED_JACCARD
                for part in other.parts
            )
    return False


def _say_one_negation(left: ComparedClaim, right: ComparedClaim) -> bool:
    """Whether both say one negation in the same words: what turns one of them is something else."""
    shared = {*list_grams(left.words, RUN_WORDS)} & {*list_grams(right.words, RUN_WORDS)}
    return any(Part(" ".join(run), frozenset()).is_negated for run in shared)


def _is_one_voice(left: ComparedClaim, right: ComparedClaim) -> bool:
    """Whether one speaker, or one article in its own words, says both: nobody contradicts himself
    in one breath."""
    if left.article_id != right.article_id:
        return False
    return left.speaker is None or right.speaker is None or left.speaker == right.speaker


def _is_one_speaker(left: ComparedClaim, right: ComparedClaim) -> bool:
    """Whether one speaker says both, in whatever article: then one of them is misread."""
    is_one = bool(left.speaker and left.speaker == right.speaker)
    return is_one or _is_one_voice(left, right)


def _compare_values(
    left: ComparedClaim, right: ComparedClaim, likeness: Likeness, weights: Weights
) -> Difference | None:
    if left.places and right.places and not left.places & right.places:
        return None
    if left.is_historical != right.is_historical or name_others(left, right, likeness):
        return None
    if _begin_with_another(left, right):
        return None
    if _print_other_names(left, right) or any(
        _WISHES.search(f"{claim.cue} {claim.text}") for claim in (left, right)
    ):
        return None
    for mine, theirs in likeness.clashes:
        if _is_told_by(mine, right) or _is_told_by(theirs, left):
            continue
        words = word_difference(Differs.FIGURES, mine.printed, theirs.printed)
        if mine.kind == "percent" and _tells_other_year(left, right):
            continue
        if not _count_one_thing(left, right, mine, theirs, weights):
            continue
        if mine.kind == "age" and not tell_of_one_person((left, mine), (right, theirs)):
            continue
        is_tally = mine.kind in GROWING or (left.speaker and left.speaker == right.speaker)
        if is_tally and _hours_between(left, right) >= LIVE_HOURS:
            older, newer = (mine, theirs) if _is_older(left, right) else (theirs, mine)
            if newer.low >= older.low:
                return Difference("updates", join_reasons(words, _tell_times(left, right)))
        is_late = mine.kind not in _DATES and _hours_between(left, right) > 24 * MAX_DAYS
        is_apart = is_late or _is_one_voice(left, right)
        if likeness.is_same_time and not is_apart:
            return Difference("contradicts", words)
    return None


def _begin_with_another(left: ComparedClaim, right: ComparedClaim) -> bool:
    """Whether each begins with a name, and one is longer, of no actor that both are about:
    "Bitcoin", "Bitcoin Cash"."""
    if left.actors & right.actors:
        return False
    found = [_FIRST_NAME.match(_TWICE.sub(r"\1", claim.text)) for claim in (left, right)]
    short, long = sorted((name[1] if name else "" for name in found), key=len)
    return bool(short) and long.startswith(f"{short} ")


def _print_other_names(left: ComparedClaim, right: ComparedClaim) -> bool:
    """Whether each prints a name that the other does not: two counties' rates, two ships."""
    ours, theirs = (claim.names | _leading_name(claim) for claim in (left, right))
    return bool(ours - right.terms) and bool(theirs - left.terms)


def _leading_name(claim: ComparedClaim) -> frozenset[str]:
    """Terms of a name of two words or more that a claim begins with."""
    found = _LEADING.match(claim.text)
    return find_terms(found[0]) if found else frozenset()


def _tells_other_year(left: ComparedClaim, right: ComparedClaim) -> bool:
    """Whether one rate is of a year that only one of two claims tells."""
    years = [{term for term in claim.terms if _YEAR.fullmatch(term)} for claim in (left, right)]
    return years[0] != years[1]


def _is_told_by(value: Value, claim: ComparedClaim) -> bool:
    """Whether the other claim has the number too, of whatever it counts."""
    numbers = {term for term in find_terms(value.printed) if term[0].isdigit()}
    return bool(numbers) and numbers <= claim.terms


def _count_one_thing(
    left: ComparedClaim, right: ComparedClaim, mine: Value, theirs: Value, weights: Weights
) -> bool:
    """Whether two values are of one thing: the same noun, the like words around them, and claims
    that are alike without their numbers."""
    if mine.noun != theirs.noun or not _order_of(mine, theirs):
        return False
    if measure_near(mine, theirs) < VALUE_NEAR:
        return False
    one, other = (_bare_terms(claim, value) for claim, value in ((left, mine), (right, theirs)))
    least = SAME_PLACE_JACCARD if left.places & right.places else VALUE_JACCARD
    if mine.kind in _DATES:
        least = DATED_JACCARD
    elif abs(mine.low - theirs.low) <= CLOSE * max(mine.low, theirs.low):
        least = min(least, CLOSE_JACCARD)
    return len(one & other) >= 2 and weights.overlap(one, other)[0] >= least


def _bare_terms(claim: ComparedClaim, value: Value) -> frozenset[str]:
    """Terms, without numbers, of the smallest part of a claim that states a value and tells what
    happened: "seven were killed | when the bridge gave way" does not in its first half."""
    parts = [part for part in claim.parts if value.printed in part.text] or [claim.parts[0]]
    terms = [
        frozenset(term for term in part.terms if not term[0].isdigit())
        for part in sorted(parts, key=lambda part: len(part.terms))
    ]
    return next((found for found in terms if len(found) >= TELLING_TERMS), terms[-1])


def _order_of(mine: Value, theirs: Value) -> bool:
    """Whether two values are of one order of size: a price a share is no price of a firm."""
    low, high = sorted((mine.low or mine.high, theirs.low or theirs.high))
    return low > 0 and high <= MAX_TIMES * low


def _hours_between(left: ComparedClaim, right: ComparedClaim) -> float:
    if left.published_at is None or right.published_at is None:
        return 0.0
    return abs((left.published_at - right.published_at).total_seconds()) / 3600


def _is_older(left: ComparedClaim, right: ComparedClaim) -> bool:
    first = datetime.datetime.min
    return ((left.published_at or first), left.start) <= (
        (right.published_at or first),
        right.start,
    )


def _tell_times(left: ComparedClaim, right: ComparedClaim) -> str:
    """Name the newer claim of an update and both times of publication."""
    older, newer = (left, right) if _is_older(left, right) else (right, left)
    times = [
        f"{one.published_at:%Y-%m-%d %H:%M}" if one.published_at else "no time"
        for one in (older, newer)
    ]
    return word_newer(newer.claim_id, f", {times[0]} to {times[1]}")


def find_other_name(
    left: ComparedClaim, right: ComparedClaim, likeness: Likeness
) -> Difference | None:
    """Find whether two claims of one past event say all the same but where, of the same actor, or
    who, at the same place."""
    common = likeness.common
    ours, theirs = left.terms - common, right.terms - common
    if not (ours and theirs) or len(common) < PART_TERMS or left.tense != "past":
        return None
    if not likeness.is_same_time or _is_one_voice(left, right):
        return None
    if _hours_between(left, right) > 24 * NEAR_DAYS:
        return None
    is_elsewhere = ours <= left.place_terms and theirs <= right.place_terms
    if is_elsewhere and not left.places & right.places and left.actors & right.actors:
        return Difference("contradicts", Differs.PLACE)
    is_other = ours <= left.actor_terms and theirs <= right.actor_terms
    if is_other and not left.actors & right.actors and left.places & right.places:
        return Difference("contradicts", Differs.WHO)
    return None
