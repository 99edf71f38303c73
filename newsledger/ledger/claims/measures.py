"""Values of one thing that cannot both be, where the rest of the claims differs: one verb with two
lengths, one deed in two years, the first word of something at two hours, two close sums, two ages
of one person."""

import itertools
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache

from newsledger.ledger.claims.compared import ComparedClaim, Link, pair_up
from newsledger.ledger.claims.likeness import share_days
from newsledger.ledger.claims.reasons import Differs, word_difference
from newsledger.ledger.claims.terms import KEPT_TEXTS, find_terms, fold_word, split_words
from newsledger.ledger.claims.values import Value
from newsledger.nlp.names.roles import load_gendered_nouns

# Set on judged pairs of nine real events; look-alikes (two animals, two laws) stay apart.
DEED_TERMS = 3  # of a claim that gives a year, which the other one has too …
DEED_SHARE = 0.7  # … and their share of the shorter one's terms
SUM_TERMS = 3  # of a claim that gives a sum, which the other one has too …
SUM_SHARE = 0.5  # … and their share of the shorter one's terms
CLOSE = 0.05  # two counts of one sum differ by so much at most …
ROUNDED = 0.01  # … and by more than this
AGE_GAP = 2  # years by which two ages of one person differ at most …
AGE_TERMS = 2  # … where so many words that tell what happened are shared
_AGE_WORDS = frozenset(map(fold_word, ("year", "years", "old", "aged")))
_NOTICE = re.compile(
    r"\b(?:alert|alarm|report|call)s?\b[^.;]*\b(?:received|came in|raised)\b"
    r"|\breceived\b[^.;]*\b(?:alert|alarm|report|call)s?\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_COUNTERS = frozenset("about around some roughly nearly almost at least more than up over".split())
_NOUN_STARTS = frozenset(
    "on of in for the a an to with from by at about into over its his her their".split()
)

Stated = tuple[ComparedClaim, Value]


def find_measures(claims: Sequence[ComparedClaim]) -> Iterator[Link]:
    """Find the claims of one story that give one measure of one thing two values."""
    lengths: dict[tuple[str, ...], list[tuple[ComparedClaim, Value]]] = defaultdict(list)
    years: dict[str, list[tuple[ComparedClaim, Value]]] = defaultdict(list)
    notices: dict[str, list[tuple[ComparedClaim, Value]]] = defaultdict(list)
    sums: dict[tuple[str, str], list[tuple[ComparedClaim, Value]]] = defaultdict(list)
    ages: dict[str, list[tuple[ComparedClaim, Value]]] = defaultdict(list)
    for claim in claims:
        for value in claim.values:
            if value.kind == "distance" and (governed := _find_governor(claim.text, value)):
                lengths[claim.block, value.unit, *governed].append((claim, value))
            elif value.kind == "year":
                years[claim.block].append((claim, value))
            elif value.kind == "clock" and _NOTICE.search(claim.text):
                notices[claim.block].append((claim, value))
            elif value.kind == "money":
                sums[claim.block, value.unit].append((claim, value))
            elif value.kind == "age":
                ages[claim.block].append((claim, value))
    yield from _link_pairs(lengths.values(), _share_an_object)
    yield from _link_pairs(years.values(), _do_one_deed)
    yield from _link_pairs(notices.values(), _tell_of_one_day)
    yield from _link_pairs(sums.values(), _add_up_alike)
    yield from _link_pairs(ages.values(), tell_of_one_person)


def _link_pairs(
    groups: Iterable[Sequence[Stated]], is_one: Callable[[Stated, Stated], bool]
) -> Iterator[Link]:
    for group in groups:
        for (left, mine), (right, theirs) in pair_up(group):
            if left.article_id == right.article_id or mine.meets(theirs):
                continue
            if left.tense != right.tense:
                continue
            if is_one((left, mine), (right, theirs)):
                first, second = sorted((left.claim_id, right.claim_id))
                words = word_difference(Differs.FIGURES, mine.printed, theirs.printed)
                yield Link(first, second, "contradicts", 0.5, words)


def _tell_of_one_day(left: Stated, right: Stated) -> bool:
    """Whether two tell when the first word of something came, on days that meet."""
    return share_days(left[0], right[0]) and bool(left[0].speaker_terms | right[0].speaker_terms)


def _find_governor(text: str, value: Value) -> tuple[str, str] | None:
    """Find the verb right before a length and the word right behind it: "fell … into"."""
    at = text.find(value.printed)
    if at < 0:
        return None
    before = [word for word in split_words(text[:at])[-4:] if word not in _COUNTERS]
    after = split_words(re.sub(r"^\s*\([^)]*\)", "", text[at + len(value.printed) :]))[:1]
    verb = fold_word(before[-1]) if before else ""
    return (verb, after[0]) if verb and after else None


def _share_an_object(left: Stated, right: Stated) -> bool:
    """Whether the two claims share something besides the verb."""
    shared = {term for term in left[0].terms & right[0].terms if not term[0].isdigit()}
    return len(shared) >= 2


def _do_one_deed(left: Stated, right: Stated) -> bool:
    """Whether the shorter claim, but for a verb and the year, is in the other one."""
    one, other = (_told(claim) for claim, _ in (left, right))
    shared = one & other
    if len(shared) < max(DEED_TERMS, DEED_SHARE * min(len(one), len(other))):
        return False
    if any(sum(v.kind == "year" for v in claim.values) != 1 for claim, _ in (left, right)):
        return False
    if split_words(left[0].text)[:1] != split_words(right[0].text)[:1]:
        return False
    shorter = min((left[0], right[0]), key=lambda claim: (len(_told(claim)), claim.claim_id))
    return (_told(shorter) - shared).isdisjoint(_list_nouns(shorter.text))


def _list_nouns(text: str) -> set[str]:
    """List the terms that stand right behind a preposition or an article, where no verb does."""
    return {
        fold_word(word)
        for before, word in itertools.pairwise(("", *split_words(text)))
        if before in _NOUN_STARTS
    }


def _add_up_alike(left: Stated, right: Stated) -> bool:
    """Whether two close sums stand in claims that say much the same."""
    mine, theirs = left[1], right[1]
    gap = abs(mine.low - theirs.low) / max(mine.low, theirs.low, 1.0)
    one, other = (_told(claim) for claim, _ in (left, right))
    shared = len(one & other)
    is_one = shared >= SUM_TERMS and shared >= SUM_SHARE * min(len(one), len(other))
    return ROUNDED < gap <= CLOSE and is_one


def tell_of_one_person(left: Stated, right: Stated) -> bool:
    """Whether two close ages are of whoever did or suffered one thing, in this year: nobody else is
    named or called something else."""
    (one, mine), (other, theirs) = left, right
    names = one.actor_terms | other.actor_terms | one.place_terms | other.place_terms
    shared = (_told(one) & _told(other)) - names - _AGE_WORDS
    if abs(mine.low - theirs.low) > AGE_GAP or len(shared) < AGE_TERMS:
        return False
    if not all(_tells_one_age(claim) for claim in (one, other)):
        return False
    is_named_twice = bool(one.actor_terms and other.actor_terms)
    if is_named_twice and not one.actor_terms & other.actor_terms:
        return False
    sexes = _list_sexes(one), _list_sexes(other)
    return not (all(sexes) and sexes[0].isdisjoint(sexes[1])) and _is_called_alike(mine, theirs)


def _is_called_alike(mine: Value, theirs: Value) -> bool:
    """Whether no two words tell two apart, "man" and "child"; a name tells nobody apart."""
    called = frozenset(map(fold_word, load_gendered_nouns()))
    return mine.noun == theirs.noun or not {mine.noun, theirs.noun} <= called


def _list_sexes(claim: ComparedClaim) -> set[str]:
    return {sex for word in claim.words if (sex := load_gendered_nouns().get(word))}


def _tells_one_age(claim: ComparedClaim) -> bool:
    """Whether a claim tells one age, and no year of the past."""
    ages = sum(value.kind == "age" for value in claim.values)
    return ages == 1 and not claim.is_historical and not any(map(_YEAR.fullmatch, claim.words))


def _told(claim: ComparedClaim) -> frozenset[str]:
    return _list_told(claim.text)


@lru_cache(KEPT_TEXTS)
def _list_told(text: str) -> frozenset[str]:
    return frozenset(term for term in find_terms(text) if not term[0].isdigit())
