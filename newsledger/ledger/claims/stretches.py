"""The stretch in which two claims are most alike: a long sentence tells one thing in a few of its
words, and another sentence tells it in as few."""

import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import product

from newsledger.ledger.claims.compared import ComparedClaim, Part
from newsledger.ledger.claims.likeness import Weights, share_days
from newsledger.ledger.claims.terms import TIME_UNITS, fold_word
from newsledger.ledger.claims.values import Value
from newsledger.ledger.stories.find import load_spread

# A stretch counts the weight of what both say in it, less half of what only one of them says
# there, in words that one claim of the story has.
STRETCH_WEIGHT = 1.5
STRETCH_TERMS = 3  # shared that tell what happened, no name and no number
GAP = 0.5
UNSEEN = 0.002  # share of news events of a term that none of those counted has
PHRASE_RARITY = 11.0  # of the three rarest, as logarithms: of six pairs below this four were wrong
NUMBER_BEFORE = 2  # words before a stretch of which a number belongs to it
WORDS_BEFORE = 4  # of a stretch, that may negate it or say that it is planned
_PLANNED = re.compile(
    r"\b(?:will|would|could|may|might|shall|can|to be|plan\w*|expect\w*|won't|wouldn't)\b"
)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words of two claims in which what they share stands close together."""

    weight: float
    common: frozenset[str]
    pieces: tuple[Part, Part]  # with the words before them
    is_name: bool  # of a thing: no little word stands in it in either claim


@dataclass(frozen=True, slots=True)
class _Window:
    """Words of a claim from one shared term to another one."""

    start: int
    end: int
    terms: frozenset[str]
    size: int


def find_stretch(
    left: ComparedClaim, right: ComparedClaim, weights: Weights, heaviness: float = STRETCH_WEIGHT
) -> Stretch | None:
    """Find the stretch of two claims that weighs most, if any weighs so much."""
    common = left.terms & right.terms
    least = round(heaviness * weights.rarest)
    if weights.measure(common) < least:
        return None
    ours, theirs = (list(_list_windows(claim, common, weights, least)) for claim in (left, right))
    best: tuple[float, _Window, _Window] | None = None
    for one, other in product(ours, theirs):
        shared = weights.measure(one.terms & other.terms)
        weight = shared - GAP * (one.size + other.size - 2 * shared)
        if weight >= least and (best is None or weight > best[0]):
            best = weight, one, other
    if best is None:
        return None
    weight, one, other = best
    pieces = _cut(left, one), _cut(right, other)
    is_name = _is_unbroken(left, one) and _is_unbroken(right, other)
    return Stretch(weight / weights.rarest, one.terms & other.terms, pieces, is_name)


def _list_windows(
    claim: ComparedClaim, common: frozenset[str], weights: Weights, least: float
) -> Iterator[_Window]:
    """List the windows of a claim in which what may be shared weighs enough."""
    _, folded = claim.folded
    places = [at for at, term in enumerate(folded) if term in common]
    for number, start in enumerate(places):
        for last in places[number + 1 :]:
            terms = frozenset(filter(None, folded[start : last + 1]))
            size, shared = weights.measure(terms), weights.measure(terms & common)
            if shared - GAP * (size - shared) >= least:
                yield _Window(start, last + 1, terms, size)


def _is_unbroken(claim: ComparedClaim, window: _Window) -> bool:
    """Whether all words of a window tell something, and none is the past of a verb: "a red sports
    car", "the main railway station"."""
    words, folded = claim.folded
    place = slice(window.start, window.end)
    return all(folded[place]) and not any(word.endswith("ed") for word in words[place])


def _cut(claim: ComparedClaim, window: _Window) -> Part:
    words, folded = claim.folded
    text = " ".join(words[max(0, window.start - WORDS_BEFORE) : window.end])
    beside = folded[max(0, window.start - NUMBER_BEFORE) : window.start]
    return Part(text, window.terms | {term for term in beside if term[:1].isdigit()})


def state_one_thing(
    left: ComparedClaim,
    right: ComparedClaim,
    stretch: Stretch,
    clashes: tuple[tuple[Value, Value], ...],
) -> bool:
    """Whether what stands in a stretch of two claims tells what happened, and no fact there tells
    them apart."""
    one, other = stretch.pieces
    words = stretch.common - left.names - right.names - TIME_UNITS
    told = [term for term in words if len(term) > 1 and not term[0].isdigit()]
    if len(told) < STRETCH_TERMS or stretch.is_name or _is_common_phrase(told):
        return False
    if one.is_negated != other.is_negated or one.ordinals != other.ordinals:
        return False
    if left.tells_time and right.tells_time and not share_days(left, right):
        return False
    is_other_tense = bool(left.tense and right.tense and left.tense != right.tense)
    if is_other_tense and bool(_PLANNED.search(one.text)) != bool(_PLANNED.search(other.text)):
        return False
    if _tell_other_numbers(one, other) or _name_others(left, right, one, other):
        return False
    return not any(
        mine.printed.lower() in one.text and theirs.printed.lower() in other.text
        for pair in clashes
        for mine, theirs in (pair, pair[::-1])
    )


def _is_common_phrase(terms: Iterable[str]) -> bool:
    """Whether the rarest of some terms are common in the news at large: "hold a press conference",
    "signs of life"."""
    spread = _fold_spread()
    rarity = sorted((-math.log(max(spread.get(term, 0.0), UNSEEN)) for term in terms), reverse=True)
    return sum(rarity[:STRETCH_TERMS]) < PHRASE_RARITY


@cache
def _fold_spread() -> dict[str, float]:
    """Share of news events whose beginning has a term, of its words the most common one."""
    folded: dict[str, float] = {}
    for word, share in load_spread().items():
        term = fold_word(word)
        folded[term] = max(share, folded.get(term, 0.0))
    return folded


def _tell_other_numbers(one: Part, other: Part) -> bool:
    """Whether each tells numbers of which the other has none."""
    numbers = [{term for term in piece.terms if term[0].isdigit()} for piece in (one, other)]
    return all(numbers) and not numbers[0] & numbers[1]


def _name_others(left: ComparedClaim, right: ComparedClaim, one: Part, other: Part) -> bool:
    """Whether each names somebody or a place that the other claim does not."""
    ours = (left.place_terms | left.actor_terms) & one.terms
    theirs = (right.place_terms | right.actor_terms) & other.terms
    return bool(ours - right.terms) and bool(theirs - left.terms)
