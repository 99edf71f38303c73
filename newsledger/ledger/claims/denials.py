"""Who denies what: a denial is linked to the accusation or report it answers, in its own article by
what it names, and in others by what it says."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from newsledger.ledger.claims.compared import ComparedClaim, Link
from newsledger.ledger.claims.likeness import Weights
from newsledger.ledger.claims.terms import fold_word

# What says that something is not so, where the cue itself does not.
_DENIES = re.compile(
    r"\b(?:den(?:y|ies|ied|ying)|disput(?:e|es|ed|ing)|refut(?:e|es|ed)|rebuff(?:ed|s)?"
    r"|false|untrue|baseless|groundless|unfounded"
    r"|nonexistent|does(?: not|n[’']t) exist|(?:not|n[’']t) (?:true|accurate|correct|at "
    r"fault|responsible|involved|accord with (?:the )?facts"
    r"|have (?:their|its|the) facts)|no (?:truth|basis|connection))\b|fabricat",
    re.IGNORECASE,
)
# What is denied, told by a word that stands for it.
_ANSWERED = frozenset(
    map(
        fold_word,
        """report reports allegation accusation charge charges claim claims account accounts story suggestion suggestions situation
        rumour rumours rumor rumors assertion wrongdoing involvement""".split(),
    )
)
_ACCUSES = frozenset(
    map(fold_word, "accuse allege blame suspect charge indict fault responsible".split())
)
_WRONGS = re.compile(
    r"\b(?:illegal\w*|alleged\w*|violat\w+|secretly|covert\w*|unlawful\w*|suspected|red[- ]handed"
    r"|assault\w*|abus\w+|corrupt\w*|fraud\w*|guilty|smuggl\w+|harass\w+|in (?:defiance"
    r"|contravention|breach) of)\b",
    re.IGNORECASE,
)
_BEFORE, _AFTER = 3000, 900  # code points in which an answer and what it answers stand
_MIN_SCORE = 2.0
_SAME_BREATH = 220  # code points around the best answer's start that are of one sentence
DENIED_JACCARD = 0.35  # of a denied content and a claim that states it


def is_denial(claim: ComparedClaim) -> bool:
    """Whether a claim says that something said is not so: by its cue, or by its own words."""
    return claim.is_denial or bool(_DENIES.search(claim.text))


def find_denials(claims: Sequence[ComparedClaim], weights: dict[str, Weights]) -> Iterator[Link]:
    """Find the claims that each denial denies."""
    by_article: dict[str, list[ComparedClaim]] = defaultdict(list)
    by_block: dict[str, list[ComparedClaim]] = defaultdict(list)
    for claim in claims:
        by_article[claim.article_id].append(claim)
        by_block[claim.block].append(claim)
    for claim in claims:
        if not is_denial(claim):
            continue
        yield from _answer_in_article(claim, by_article[claim.article_id])
        if claim.is_denial and len(claim.terms - _ANSWERED) >= 3:
            yield from _answer_in_story(claim, by_block[claim.block], weights[claim.block])


def _answer_in_article(denial: ComparedClaim, around: Sequence[ComparedClaim]) -> Iterator[Link]:
    """Link a denial to the charge that stands nearest in its article and names who denies, or is
    put as a charge."""
    options = sorted(
        (
            (_rate(denial, claim), -abs(denial.start - claim.start), claim.claim_id, claim)
            for claim in around
        ),
        key=lambda option: option[:3],
        reverse=True,
    )
    if not options or options[0][0] < _MIN_SCORE:
        return
    best = options[0][3]
    for score, _, _, claim in options:
        if score >= _MIN_SCORE and abs(claim.start - best.start) <= _SAME_BREATH:
            yield _link(denial, claim, min(1.0, score / 5), "answers what is said beside it")


def _rate(denial: ComparedClaim, claim: ComparedClaim) -> float:
    gap = denial.start - claim.start
    is_own = (
        claim is denial
        or claim.claim_id in (denial.parent_id,)
        or claim.parent_id == denial.claim_id
    )
    if is_own or not -_AFTER <= gap <= _BEFORE or is_denial(claim) or claim.parts[0].is_negated:
        return 0.0
    if denial.speaker and denial.speaker == claim.speaker:
        return 0.0
    if len(claim.terms) < 3:
        return 0.0
    is_named = bool(denial.speaker_terms & claim.terms) or bool(
        denial.speaker and denial.speaker in claim.actors
    )
    is_charge = bool(_WRONGS.search(claim.text)) or fold_word(claim.cue) in _ACCUSES
    shared = len((denial.terms - _ANSWERED) & claim.terms)
    is_whole = bool(denial.terms & _ANSWERED) or len(denial.terms) <= 3
    score = 1.2 * is_named + 1.2 * is_charge + 0.5 * min(shared, 3) + 0.4 * is_whole
    return score - abs(gap) / _BEFORE if is_named or is_charge or shared >= 2 else 0.0


def _answer_in_story(
    denial: ComparedClaim, around: Sequence[ComparedClaim], weights: Weights
) -> Iterator[Link]:
    """Link a denial that says what it denies to the claims of the story that state it."""
    for claim in around:
        if claim.article_id == denial.article_id or is_denial(claim) or claim.parts[0].is_negated:
            continue
        if denial.speaker and denial.speaker == claim.speaker:
            continue
        jaccard, _ = weights.overlap(denial.terms, claim.terms)
        if jaccard >= DENIED_JACCARD:
            yield _link(denial, claim, jaccard, "denies what is stated")


def _link(denial: ComparedClaim, claim: ComparedClaim, score: float, reason: str) -> Link:
    first, second = sorted((denial.claim_id, claim.claim_id))
    return Link(first, second, "denies", round(score, 3), f"{reason}; denial is {denial.claim_id}")
