"""Who denies what: a denial is linked to the accusation or report it answers, in its own article by
what it names, and in others by what it says."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache

from newsledger.ledger.claims.compared import ComparedClaim, Link
from newsledger.ledger.claims.likeness import Weights
from newsledger.ledger.claims.opposites import find_judgements
from newsledger.ledger.claims.reasons import word_denial
from newsledger.ledger.claims.terms import KEPT_TEXTS, fold_word

# What says that something is not so, where the cue itself does not: a verdict, or a verb.
_NO_ACCESS = r"(?!\W+(?:\w+\W+){0,3}(?:access|entry|permission|request|visa|bail))"
_VERDICT = (
    r"\bat no (?:time|point) (?:did|do|does|has|have|was|were)\b"
    r"|\b(?:does(?: not|n[’']t) exist"
    r"|(?:not|n[’']t) (?:true|accurate|correct|at fault|responsible|involved"
    r"|accord with (?:the )?facts"
    r"|have (?:their|its|the) facts)|no (?:truth|basis|connection)"
    rf"|(?:were|was|are|is|been) (?:\w+ly )?(?:denied|disputed))\b{_NO_ACCESS}|fabricat"
)
_VERBS = (
    rf"\bden(?:y|ies|ied|ying)\b{_NO_ACCESS}"
    r"|\b(?:refut(?:e|es|ed)|rebuff(?:ed|s)?)\b"
    r"|\bdisput(?:e|es|ed|ing)\W+(?:that|the|this|these|those|any|his|her|its|their|\w+[’']s"
    r"|claims?|reports?|accounts?|allegations?|accusations?|charges?)\b"  # "a dispute over" is none
)
_UNTRUE = re.compile(
    r"\b(?:false|untrue|baseless|groundless|unfounded|nonexistent)\b", re.IGNORECASE
)
# What stands before "a false report" by which somebody did wrong, and denies nothing.
_MAKES = re.compile(
    r"\b(?:ma[dk]|fil|spread|post|publish|giv|gave|tell|told|us|issu|plant)\w*\W+(?:\w+\W+)?$",
    re.IGNORECASE,
)
_NOUN_NEXT = re.compile(
    r" (?!(?:and|or|but|that|because|as|in|to|when|since|at|on|for|from|with|by|about)\b)([a-z]+)"
)
_DENIES = re.compile(_VERDICT, re.IGNORECASE)
_DENIES_OR_TELLS = re.compile(f"{_VERDICT}|{_VERBS}", re.IGNORECASE)  # in the outlet's own words
# What is denied, told by a word that stands for it.
_ANSWERED = frozenset(
    map(
        fold_word,
        """report reports allegation accusation charge charges claim claims account
        accounts story suggestion suggestions situation fact
        facts straight news media everything anything
        rumour rumours rumor rumors assertion wrongdoing involvement""".split(),
    )
)
_IN_WHAT = frozenset(map(fold_word, "involvement role part".split()))
_ACCUSES = frozenset(
    map(fold_word, "accuse allege blame suspect charge indict fault responsible".split())
)
_ACCUSERS = frozenset(map(fold_word, "prosecutor prosecutors prosecution indictment".split()))
_DROPPED = re.compile(r"\b(?:discontinu|drop|dismiss|acquit|clear)\w*\b", re.IGNORECASE)
_PENALTY = re.compile(
    r"\b(?:could|would|may|might|can)\b[^.]*\b(?:jail|imprison|prison|sentence|fine)",
    re.IGNORECASE,
)
_REPORTS = frozenset(map(fold_word, "report account story media".split()))
_CHARGES = frozenset(
    map(fold_word, "charge charges accusation accusations allegation allegations".split())
)
_REPORTED = re.compile(
    r"\b(?:report\w*|newspaper|satellites?|according to|citing|quoting)\b", re.IGNORECASE
)
_TO_DO = re.compile(r"\W*to [a-z]+\b")
_COURTS = frozenset(map(fold_word, "court judge tribunal jury magistrate".split()))
_REFUSES = frozenset(
    map(fold_word, "reject dismiss refuse rebuff spurn decline oppose challenge repudiate".split())
)
_WRONGS = re.compile(
    r"\b(?:illegal\w*|alleged\w*|violat\w+|secretly|covert\w*|unlawful\w*|suspected|red[- ]handed"
    r"|assault\w*|abus\w+|corrupt\w*|fraud\w*|guilty|smuggl\w+|indict\w*|counts of|charge sheet"
    r"|harass\w+|in (?:defiance"
    r"|contravention|breach) of)\b",
    re.IGNORECASE,
)
_OWN = re.compile(r"\W*(?:we|it|they|our|its)\b", re.IGNORECASE)
_POINTS = re.compile(r"\W*(?:it|that|this|so|them|those|these)\b", re.IGNORECASE)
_OFFICIALS = frozenset(
    map(
        fold_word,
        "official spokesman spokeswoman spokesperson representative rep lawyer minister "
        "ministry foreign defense defence government".split(),
    )
)
# "denies the allegations": what was just spoken of; of a named charge it would say which
_REFERS = re.compile(
    r"\b(?:the|both|these|those|that|this|all|such) (?:\w+ ){0,2}?"
    r"(?P<noun>allegation|accusation|charge|claim|suggestion|report)s?\b"
    r"(?! (?:of|that|by|from|made|about|against)\b)",
    re.IGNORECASE,
)
_CHARGED = re.compile(r"\b(?:accus|alleg|indict|charg(?:e|es|ed|ing)\b|suspected)", re.IGNORECASE)
_BEFORE, _AFTER = 3000, 900  # code points in which an answer and what it answers stand
_MIN_SCORE = 2.0
_SAME_BREATH = 220  # code points around the best answer's start that are of one sentence
OWN_TERMS = 20  # of a denial by which somebody defends himself: longer ones speak of more
NAMED_TERMS = 2  # "any involvement in the harbour fire" names what is denied
SHORT_TERMS = 3  # of a denial that answers whatever was charged
SHARED = 0.25  # of the terms of a longer one, that what it denies has too
_AS_GOOD = 0.2  # of a score: as near an answer as the best
LIKE_JACCARD = 0.2  # of what a denial answers and what another article says
DENIED_JACCARD = 0.35  # of a denied content and a claim that states it


def is_denial(claim: ComparedClaim) -> bool:
    """Whether a claim says that something said is not so: by its cue, or by its own words."""
    return claim.is_denial or says_not_so(claim)


def says_not_so(claim: ComparedClaim) -> bool:
    """Whether the words of a claim say that something is untrue; what a speaker tells of others'
    denials is none of his own."""
    return _is_denied_in(claim.text, claim.is_statement)


@lru_cache(KEPT_TEXTS)
def _is_denied_in(text: str, is_statement: bool) -> bool:
    words = _DENIES_OR_TELLS if is_statement else _DENIES
    return bool(words.search(text)) or _calls_untrue(text)


def _calls_untrue(text: str) -> bool:
    """Whether words call something that was said untrue: "the report is false", "baseless
    charges"; not "a false report to the police", "nonexistent rules"."""
    for found in _UNTRUE.finditer(text):
        noun = _NOUN_NEXT.match(text, found.end())
        is_of_report = noun is None or fold_word(noun[1]) in _ANSWERED
        if is_of_report and not _MAKES.search(text[: found.start()]):
            return True
    return False


def find_denials(claims: Sequence[ComparedClaim], weights: dict[str, Weights]) -> Iterator[Link]:
    """Find the claims that each denial denies."""
    by_article: dict[str, list[ComparedClaim]] = defaultdict(list)
    by_block: dict[str, list[ComparedClaim]] = defaultdict(list)
    for claim in claims:
        by_article[claim.article_id].append(claim)
        by_block[claim.block].append(claim)
    for claim in claims:
        if claim.is_cue_denial or says_not_so(claim) or _defends_itself(claim):
            own, story = by_article[claim.article_id], by_block[claim.block]
            yield from _answer_in_article(claim, own, story, weights[claim.block])
        if claim.is_denial and len(claim.terms - _ANSWERED) >= 3 and not is_refused(claim):
            yield from _answer_in_story(claim, by_block[claim.block], weights[claim.block])


def _defends_itself(claim: ComparedClaim) -> bool:
    """Whether a speaker says of itself that it keeps a rule."""
    return len(claim.terms) <= OWN_TERMS and any(
        judgement.axis == "law"
        and judgement.pole > 0
        and bool(judgement.subject & claim.speaker_terms or _OWN.match(claim.text))
        for judgement in find_judgements(claim.text)
    )


def _answer_in_article(
    denial: ComparedClaim,
    around: Sequence[ComparedClaim],
    story: Sequence[ComparedClaim],
    weights: Weights,
) -> Iterator[Link]:
    """Link a denial to the charge that stands nearest in its article and names who denies, or is
    put as a charge; and to those that say like it in other articles."""
    options = sorted(
        (
            (_rate(denial, claim), -abs(denial.start - claim.start), claim.claim_id, claim)
            for claim in around
            if not _refers_elsewhere(denial, claim, around)
        ),
        key=lambda option: option[:3],
        reverse=True,
    )
    in_sentence = [option for option in options if option[3].sentence == denial.sentence]
    if in_sentence and in_sentence[0][0] >= _MIN_SCORE:  # "was accused of it, which he denied"
        options = in_sentence
    if not options or options[0][0] < _MIN_SCORE:
        return
    best = options[0][3]
    for score, _, _, claim in options:
        is_beside = abs(claim.start - best.start) <= _SAME_BREATH
        is_before = claim.start <= denial.start or best.start > denial.start
        is_as_good = is_before and score >= options[0][0] - _AS_GOOD
        if score >= _MIN_SCORE and (is_beside or is_as_good):
            yield _link(denial, claim, min(1.0, score / 5), "answers what is said beside it")
    if not _is_whole(denial):
        return
    for claim in story:
        if claim.article_id == denial.article_id or is_denial(claim) or claim.parts[0].is_negated:
            continue
        if not _is_charge(claim) and not _REPORTED.search(f"{claim.cue} {claim.sentence}"):
            continue
        if not _is_named(denial, claim) or denial.speaker_terms & claim.speaker_terms:
            continue
        if weights.overlap(best.terms, claim.terms)[0] >= LIKE_JACCARD:
            yield _link(denial, claim, 0.4, "answers what is said like it")


def _refers_elsewhere(
    denial: ComparedClaim, claim: ComparedClaim, around: Sequence[ComparedClaim]
) -> bool:
    """Whether a denial of "the allegations" means others than a claim: it stands behind the
    denial, or others were told in between; or the denial names somebody whom the claim does not."""
    if _names_another(denial, claim):
        return True
    refers = _REFERS.search(denial.text)
    if refers is None:
        return False
    if claim.start > denial.start:
        return True
    return refers["noun"].lower() not in _REPORTS and any(
        claim.start < other.start < denial.start
        and other.sentence not in (claim.sentence, denial.sentence)
        and _CHARGED.search(f"{other.cue} {other.sentence}")
        for other in around
    )


def _names_another(denial: ComparedClaim, claim: ComparedClaim) -> bool:
    """Whether a denial tells what somebody did to another, who neither makes the charge nor is
    named in it."""
    own = {side for side in denial.other_sides if side.startswith("act_")} - denial.sides
    told = claim.sides | claim.subject_sides | claim.other_sides
    return bool(denial.subject_sides and own) and not own & told


def _is_charge(claim: ComparedClaim) -> bool:
    """Whether a claim is put as a charge: by its words, its cue, or whoever makes it."""
    if _DROPPED.search(claim.text) or _PENALTY.search(claim.sentence):
        return False
    is_put = bool(_WRONGS.search(claim.text)) or fold_word(claim.cue) in _ACCUSES
    return is_put or bool(claim.speaker_terms & _ACCUSERS)


def _is_named(denial: ComparedClaim, claim: ComparedClaim) -> bool:
    """Whether a claim names who denies."""
    is_actor = bool(denial.speaker and denial.speaker in claim.actors)
    return is_actor or bool((denial.speaker_terms - _OFFICIALS) & claim.terms)


def _is_whole(denial: ComparedClaim) -> bool:
    """Whether a denial answers all that was said: "the report", "that"."""
    return (
        bool(denial.terms & _ANSWERED)
        or (len(denial.terms) < 2 and bool(_POINTS.match(denial.text)))
        or _defends_itself(denial)
    )


def _rate(denial: ComparedClaim, claim: ComparedClaim) -> float:
    gap = denial.start - claim.start
    is_own = (
        claim is denial
        or claim.claim_id in (denial.parent_id,)
        or claim.parent_id == denial.claim_id
        or denial.text in claim.text
    )
    is_own = is_own or (claim.is_topic and fold_word(claim.cue) not in _ACCUSES)
    if is_own or not -_AFTER <= gap <= _BEFORE or is_denial(claim) or claim.parts[0].is_negated:
        return 0.0
    if (denial.speaker and denial.speaker == claim.speaker) or _is_of_one_side(denial, claim):
        return 0.0
    if len(claim.terms) < 3 or (claim.speaker_terms and claim.speaker_terms <= _OFFICIALS):
        return 0.0
    is_named = _is_named(denial, claim)
    is_charge = _is_charge(claim)
    is_answer = bool(denial.terms & _REPORTS) or _defends_itself(denial)
    is_report = is_answer and bool(_REPORTED.search(f"{claim.cue} {claim.sentence}"))
    is_report = is_report or (is_charge and bool(denial.terms & _CHARGES))
    shared = len({term for term in (denial.terms - _ANSWERED) & claim.terms if term.isalpha()})
    is_whole = _is_whole(denial)
    if is_refused(denial) or not _is_about(denial, claim, shared, is_charge, is_report):
        return 0.0
    score = (
        1.2 * is_named + 1.2 * is_charge + 0.8 * is_report + 0.5 * min(shared, 3) + 0.4 * is_whole
    )
    return score - abs(gap) / _BEFORE if is_named or is_charge or shared >= 2 else 0.0


def _is_of_one_side(denial: ComparedClaim, claim: ComparedClaim) -> bool:
    """Whether who denies and who says a claim bear one name: a candidate and his campaign."""
    return bool((denial.speaker_terms & claim.speaker_terms) - _OFFICIALS)


def _is_about(
    denial: ComparedClaim, claim: ComparedClaim, shared: int, is_charge: bool, is_report: bool
) -> bool:
    """Whether a denial can be of a claim: a short one of any charge or report, a long one of what
    says much the same, or of a charge against whoever denies a wrong."""
    content = denial.terms - _ANSWERED - denial.speaker_terms
    is_wrong = bool(_WRONGS.search(denial.text))
    if _defends_itself(denial):
        return is_charge
    if len(content) <= SHORT_TERMS:
        is_put = bool(_WRONGS.search(claim.text))
        is_named = bool(denial.terms & _IN_WHAT) and len(content) >= NAMED_TERMS
        is_any = bool(denial.terms & _ANSWERED) and not is_named
        is_open = not content or is_any or (is_wrong and is_put)
        return shared >= 2 or ((is_charge or is_report) and (is_open or shared > 0))
    is_wrong = is_wrong and is_charge and _is_named(denial, claim)
    return is_wrong or shared >= max(2, SHARED * len(content))


def is_refused(denial: ComparedClaim) -> bool:
    """Whether an offer, a demand or a bill is turned down, or a court drops a charge: nothing is
    said to be untrue."""
    if fold_word(denial.cue) not in _REFUSES:
        return False
    is_ruling = bool(denial.speaker_terms & _COURTS) and not says_not_so(denial)
    is_deed = bool(_TO_DO.match(denial.text))  # "declined to discuss the report"
    return is_ruling or is_deed or not denial.terms & _ANSWERED


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
    return Link(first, second, "denies", round(score, 3), word_denial(reason, denial.claim_id))
