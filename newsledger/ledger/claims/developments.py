"""What develops in a story: prices that move, what was unknown and is told later, corrections,
dates that are moved. The newer claim is named where the order in time is known."""

import itertools
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence, Set

from newsledger.ledger.claims.compared import ComparedClaim, Link, tell_update
from newsledger.ledger.claims.counts import find_counts
from newsledger.ledger.claims.measures import tell_of_one_person
from newsledger.ledger.claims.prices import MAX_RATIO, find_prices
from newsledger.ledger.claims.reasons import Differs, word_difference
from newsledger.ledger.claims.terms import find_terms, fold_word
from newsledger.ledger.claims.values import Value, find_values
from newsledger.model.enums import Tense

Corrected = tuple[str, str]  # a number as it was told at first, and later
# What may be unknown at first: words that ask for it, and words that tell it.
_TOPICS: tuple[tuple[str, str, str], ...] = (
    ("cause", r"\bcaus\w+|\breason\b|\bhow the \w+ (?:started|happened|began)",
     r"(?<!what )\bcaused\b|\bbecause of\b|\bdue to\b|\bblamed on\b|\btriggered\b|\bsparked\b"),
    ("name", r"\bnames?\b|\bnamed\b|\bidentit\w+|\bidentif\w+",
     r"\b(?:identified|named)\b.*\bas\b|\b[Tt]he (?:victims?|dead|suspect|gunman|attacker|driver"
     r"|pilot)s?\b.*\b(?:was|were|is|are) [A-Z]\w+ [A-Z]"),
    ("nationality",
     r"\bnationalit\w+|\bhome countr\w+|\bcitizenship|\bwhere .*\b(?:come|came) from",
     r"\b(?:citizens?|nationals?)\b"),
    ("motive", r"\bmotiv\w+", r"\bmotivated by\b|\bmotive was\b|\bin revenge\b|\bbecause of\b"),
    ("charge", r"\bcharged\b|\bno charges\b|\bfile charges\b",
     r"\bcharged with\b|\b(?:was|were|been) charged\b|\bindicted\b"),
    ("charge", r"\bcharged\b|\bno charges\b|\bfile charges\b",
     r"\binvestigating\b|\bunder investigation\b"),
    ("arrest", r"\barrest\w*|\bat large\b|\bin custody\b",
     r"\barrested\b|\bdetained\b|\bin custody\b|\bcaptured\b"),
    ("responsibility", r"\bclaim\w*\b.*\bresponsibility", r"\bclaimed responsibility\b"),
)  # fmt: skip
_UNKNOWN = re.compile(
    r"\b(?:not|n[’']t)\b|\bunclear\b|\bunknown\b|\byet to\b|\bno (?:word|details|information"
    r"|motive|charges"
    r"|arrests?|claim|one)\b|\bnobody\b|\bwithheld\b|\bat large\b",
    re.IGNORECASE,
)
_SEEKS = re.compile(
    r"\b(?:investigat|prob(?:e|ing)|look\w* into|determin|suspect|may|might|could|possib)\w*",
    re.IGNORECASE,
)
_MANY = re.compile(r"\b(?:passengers?|victims?|dead|people|casualties|bodies)\b", re.IGNORECASE)
_ANSWER_TERMS = frozenset(
    map(fold_word, """cause caused name names identify identity identified release released know
    known clear yet police authority
    official immediate detail information reason charge charged arrest arrested""".split())
)  # fmt: skip
_AT_FIRST = re.compile(r"\b(?:initially|at first|originally)\b", re.IGNORECASE)
_LATER = re.compile(r"\b(?:later|since|now|updated?|corrected|revised)\b", re.IGNORECASE)
_TAKES_BACK = re.compile(
    r"\b(?:later|since)\b\W+(?:\w+\W+)?(?:softened|retracted|withdrew|walked back|took back"
    r"|qualified)"
    r"\W+(?:\w+\W+){0,2}(?:remarks?|comments?|statements?|claims?|words)\b",
    re.IGNORECASE,
)
TAKEN_BACK = 600  # code points between what was said and that it was taken back
_NUMBER = re.compile(r"\b\d[\d,.]*\b")
_EARLIER = re.compile(
    r"\b(?:initial(?:ly)?|earlier|previous(?:ly)?|original(?:ly)?|unsolicited|up from|down from"
    r"|at first)\b",
    re.IGNORECASE,
)
_CHANGES = re.compile(
    r"\b(?:rais(?:e|es|ed|ing)|increas\w+|lower(?:ed|s)|revis\w+|upped|sweeten\w*|new|now|latest"
    r"|corrected"
    r"|updated|cut)\b",
    re.IGNORECASE,
)
_CHANGED_NOUNS = frozenset(
    map(
        fold_word, "offer bid proposal estimate forecast budget toll approach ransom reward".split()
    )
)
_CHANGING = frozenset({"money", "percent", "people", "killed", "wounded", "missing"})
AROUND = 60  # code points beside a figure in which a word says that it is the first or the new one
MOVED_NEAR = 100  # code points between a date and the word that says it is moved
MOVED_TERMS = 2  # shared by the claim of the planned date and that of the new one
RAISED_TERMS = 3  # shared by the claim of the first figure and that of the new one
BREATH = 300  # code points between what was said at first and what was said later
_MOVED = re.compile(  # in small letters: "Moving" may be a title
    r"\b(?:advanc|mov|postpon|delay|reschedul|defer|extend)\w*\b|\b(?:brought|bring) forward\b"
    r"|\bpush\w* back\b|\bput off\b"
)
_THE_DATE = re.compile(r"\b(?:the|its|their|that) (?:launch |planned )?dates?\b")
_IFS = re.compile(r"\b(?:if|would|could|unless|whether)\b", re.IGNORECASE)
_PLANNED = re.compile(
    r"\b(?:plan\w*|will|would|to|schedul\w+|due|set for|expect\w*)\b", re.IGNORECASE
)


def find_developments(claims: Sequence[ComparedClaim]) -> Iterator[Link]:
    """Find the pairs of claims of one story of which one updates the other."""
    blocks: dict[str, list[ComparedClaim]] = defaultdict(list)
    for claim in claims:
        blocks[claim.block].append(claim)
    for _, own in sorted(blocks.items()):
        yield from find_prices(own)
        yield from _link_answers(own)
        yield from _link_moves(own)
        yield from _link_raised(own)
        yield from find_counts(own)
    articles: dict[str, list[ComparedClaim]] = defaultdict(list)
    for claim in claims:
        articles[claim.article_id].append(claim)
    corrected: dict[str, set[Corrected]] = defaultdict(set)
    for _, own in sorted(articles.items()):
        for before, after in _find_corrections(own):
            yield tell_update(before, after, after, "correction")
            corrected[before.block] |= set(itertools.product(_number(before), _number(after)))
        yield from _link_taken_back(own)
    for block, numbers in sorted(corrected.items()):
        yield from _link_corrected_ages(blocks[block], numbers)


def _link_answers(claims: Sequence[ComparedClaim]) -> Iterator[Link]:
    """What one article says is not known, and a later one tells."""
    doubtful = [claim for claim in claims if claim.is_denial or _UNKNOWN.search(claim.text)]
    for topic, asks, tells in _TOPICS:
        open_claims = [claim for claim in doubtful if _is_unknown(claim, asks)]
        if not open_claims:
            continue
        told = [
            claim
            for claim in claims
            if re.search(tells, f"{claim.cue} {claim.text}") and not _is_unknown(claim, asks)
            and not claim.parts[0].is_negated and not claim.is_historical
            and not (topic == "cause" and _SEEKS.search(claim.text))
        ]  # fmt: skip
        for before in open_claims:
            for after in told:
                if _answers(topic, before, after):
                    yield tell_update(before, after, after, f"{topic} was not known")


def _is_unknown(claim: ComparedClaim, asks: str) -> bool:
    text = claim.text
    if claim.is_denial and re.search(asks, claim.cue):
        return True
    found = re.search(asks, text, re.IGNORECASE)
    if not found:
        return False
    around = text[max(0, found.start() - 60) : found.end() + 60]
    return bool(_UNKNOWN.search(around))


def _answers(topic: str, before: ComparedClaim, after: ComparedClaim) -> bool:
    if before.article_id == after.article_id or not before.published_at or not after.published_at:
        return False
    if before.published_at.date() > after.published_at.date():
        return False
    if before.published_at > after.published_at and not (before.is_day_only or after.is_day_only):
        return False
    if topic == "nationality":
        is_told = any(value.kind in ("killed", "people") for value in after.values)
        return bool(_MANY.search(before.text)) and is_told
    if topic == "name" and not _names(after.text) - before.terms:
        return False
    return bool((before.terms & after.terms) - _ANSWER_TERMS)


def _names(text: str) -> frozenset[str]:
    """Terms of the words that are written as names after "as"."""
    return find_terms(" ".join(re.findall(r"\b[A-Z]\w+", text.split(" as ")[-1])))


def _find_corrections(
    claims: Sequence[ComparedClaim],
) -> Iterator[tuple[ComparedClaim, ComparedClaim]]:
    """What was said at first, and what was said later, in one breath."""
    numbered = [claim for claim in claims if _number(claim) and len(claim.words) <= 12]
    for one, other in itertools.permutations(numbered, 2):
        if not 0 < other.start - one.start <= BREATH:
            continue
        frames = [_frame(one), _frame(other)]
        if one.sentence == other.sentence:
            halves = re.split(r",?\s(?:but|and then)\s", one.sentence, maxsplit=1)
            if len(halves) != 2:
                continue
            frames = halves
        is_told = _AT_FIRST.search(frames[0]) and _LATER.search(frames[1])
        if is_told and not _number(one) & _number(other):
            yield one, other


def _number(claim: ComparedClaim) -> set[str]:
    return set(_NUMBER.findall(claim.text))


def _link_corrected_ages(
    claims: Sequence[ComparedClaim], corrected: Set[Corrected]
) -> Iterator[Link]:
    """An age that other articles tell, and the one to which an article of the story corrects it."""
    aged = [(claim, age) for claim in claims for age in claim.values if age.kind == "age"]
    for before, after in itertools.permutations(aged, 2):
        (older, wrong), (newer, right) = before, after
        is_corrected = (f"{wrong.low:.0f}", f"{right.low:.0f}") in corrected
        if is_corrected and older is not newer and tell_of_one_person(before, after):
            yield tell_update(older, newer, newer, "correction")


def _link_taken_back(claims: Sequence[ComparedClaim]) -> Iterator[Link]:
    """What somebody said, and that he later took it back: the claim that stands next before."""
    for back in claims:
        if not _TAKES_BACK.search(back.text):
            continue
        before = [
            claim
            for claim in claims
            if 0 < back.start - claim.start <= TAKEN_BACK and claim.cue and not claim.is_statement
        ]
        if before:
            said = max(before, key=lambda claim: (claim.start, claim.claim_id))
            yield tell_update(said, back, back, "taken back")


def _frame(claim: ComparedClaim) -> str:
    """Words of a claim's sentence around what it states."""
    return claim.sentence.replace(claim.text, " ")


def _link_moves(claims: Sequence[ComparedClaim]) -> Iterator[Link]:
    """A date that was planned, and the one to which it is moved."""
    dated = [
        (claim, dates)
        for claim in claims
        if (dates := {value.low for value in find_values(claim.text) if value.kind == "date"})
    ]
    for moved, new in dated:
        if not _tells_move(moved.text) or _IFS.search(moved.text):
            continue
        for planned, old in dated:
            if planned is moved or new & old or _MOVED.search(planned.text):
                continue
            is_plan = planned.tense == Tense.FUTURE or _PLANNED.search(planned.text)
            if is_plan and _is_of_one_plan(planned, moved):
                yield tell_update(planned, moved, moved, "date is moved")


def _tells_move(text: str) -> bool:
    """Whether a date stands beside a word that says it is moved."""
    dates = [
        at
        for value in find_values(text)
        if value.kind == "date"
        if (at := text.find(value.printed)) >= 0
    ]
    return any(
        abs(at - word.start()) <= MOVED_NEAR for word in _MOVED.finditer(text) for at in dates
    )


def _is_of_one_plan(planned: ComparedClaim, moved: ComparedClaim) -> bool:
    """Whether a planned date and a new one are of one thing: told in one breath with a word in
    common, or one after the other in two articles with more."""
    words = {word for word in planned.terms & moved.terms if not word[0].isdigit()}
    if planned.article_id == moved.article_id:
        is_named = bool(words) or bool(_THE_DATE.search(moved.text))
        return abs(planned.start - moved.start) <= BREATH and is_named
    is_before = bool(
        planned.published_at and moved.published_at and planned.published_at < moved.published_at
    )
    return is_before and len(words) >= MOVED_TERMS


def _link_raised(claims: Sequence[ComparedClaim]) -> Iterator[Link]:
    """A sum that is told as the first one, and the one to which it was raised or cut."""
    first: list[tuple[ComparedClaim, Value]] = []
    changed: list[tuple[ComparedClaim, Value]] = []
    for claim in claims:
        for value in claim.values:
            if value.kind not in _CHANGING or not value.near & _CHANGED_NOUNS:
                continue
            at = claim.text.find(value.printed)
            before = claim.text[max(0, at - AROUND) : max(at, 0)]
            if _EARLIER.search(before) or _EARLIER.search(claim.text[at : at + AROUND]):
                first.append((claim, value))
            elif _CHANGES.search(before):
                changed.append((claim, value))
    for (before_claim, old), (after_claim, new) in itertools.product(first, changed):
        is_one_kind = (old.kind, old.unit, old.noun) == (new.kind, new.unit, new.noun)
        if before_claim is after_claim or not is_one_kind or old.meets(new):
            continue
        if any(value.unit == new.unit and value.meets(new) for value in before_claim.values):
            continue  # both tell the new one
        if max(old.low, new.low) > MAX_RATIO * min(old.low, new.low):
            continue
        words = {term for term in before_claim.terms & after_claim.terms if not term[0].isdigit()}
        names = before_claim.actor_terms | after_claim.actor_terms | before_claim.place_terms
        if len(words) >= RAISED_TERMS and words - names:
            told = word_difference(Differs.FIGURES, old.printed, new.printed)
            yield tell_update(before_claim, after_claim, after_claim, told)
