"""Which claims judge one thing in opposite ways: a success and a failure, lawful and a violation.

A judgement is read as three facts: the axis, the pole (a negation turns it), and what is judged,
the words beside it in its clause. Two claims of one story contradict each other where different
speakers put one thing at opposite poles; each axis says what counts as one thing.
"""

import itertools
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from newsledger.ledger.claims.compared import ComparedClaim, Link, pair_up
from newsledger.ledger.claims.likeness import Weights, share_days
from newsledger.ledger.claims.reasons import Differs, join_reasons, word_denial, word_difference
from newsledger.ledger.claims.terms import KEPT_TEXTS, find_terms, fold_word, split_words
from newsledger.lexicon.words import read_lexicon

_NEGATES = re.compile(
    r"\bless\W*$"
    r"|(?:\b(?:not|never|none|nobody|neither|nor|without|hardly|nothing|cannot|far from)\b"
    r"|n[’']t\b)"
    r"(?:[^\w,;]+\w+){0,6}\W*$"
    r"|\bno(?:[^\w,;]+(?!for\b|to\b|on\b)\w+){0,6}\W*$",  # "no new rules for stopping abuses"
    re.IGNORECASE,
)
_PLEADS = re.compile(r"\b(?:plead\w*|pled|plea of)\W*$", re.IGNORECASE)
# The noun that a judgement stands before: "a safe environment", "innocent people".
_NOUN_NEXT = re.compile(
    r"(?<!ly)(?<!ing)(?<!ed)"
    r" (?!(?:and|or|but|that|because|as|in|to|when|since|at|on|for|from|with|by|about|if|of|than"
    r"|until|while|after|before|after|over|against|the|an?|his|her|its|their|it|he|she|they)\b)"
    r"([a-z]{3,})(?<!ly)\b"
)
_OBJECT = re.compile(r" (?:the|an?|its|their|his|her|our|\d[\d,]*)\b")  # "secure the prize"
_BORDER = re.compile(
    r"[;:—–]|,\s|\s-|\b(?:that|which|who|but|because|while|although|though|so|as well as)\b",
    re.IGNORECASE,
)
_OPEN = re.compile(
    r"\b(?:if|whether|unless|how|why|may|might|could have|levels?)\b|\?|\bany(?:\W+\w+){0,2}\W*$",
    re.IGNORECASE,
)
_NOT_SO = re.compile(  # "it would be cheap. And it wasn't."
    r"[^.!?]*[.!?]\s+(?:And |But |Only )?(?:it|they|that|this) (?:was|were|is|are|did|does)"
    r"(?:n[’']t| not)\W",
    re.IGNORECASE,
)
_CAPITAL = re.compile(r"(?<=[a-z,] )[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)*")
_POINTS = re.compile(r"^\W*(?:it|this|that|these|they)\b", re.IGNORECASE)
_OWN = re.compile(r"\W*(?:its|our|we|it)\b", re.IGNORECASE)
_FIRST = re.compile(r"\b(?:first|second|third|fourth|last|earlier|previous)\b", re.IGNORECASE)
_RIGHT = re.compile(r"\b(?:legitimate\w*|sovereign|legal|lawful)\b.*\bright", re.IGNORECASE)
_DOUBTS = frozenset({"skeptical", "sceptical", "doubt", "doubtful"})
_CLAIM_NOUN = re.compile(
    r"^\W*(?:of |about |on )?(?:that|this|the|those|these|its|his|her|their)\s*"
    r"(?:claims?|assertions?|statements?|accounts?|versions?|reports?)?\W*$",
    re.IGNORECASE,
)
NEAR = 3000  # code points of one article in which two judgements are of one thing
NEXT = 500  # … and in which "the launch" is the one that was told of last
DOUBTED = 500  # … and in which a doubt stands behind what it doubts
SHARED_TERMS = 2  # of what is judged, where neither names it as its subject
# Axes on which two nouns may be of one thing: "a lawful right" and "a breach".
_TWO_NAMES = frozenset({"law", "purpose", "outcome"})
RARE = 0.1  # of a story's claims: a name in fewer is somebody who is not what the story is about
START_LETTERS = 3  # by which phrases are looked up before they are searched: "riot*" has as many
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Judgement:
    """Where a text puts something on one axis: pole, words that say so, terms of what is judged
    before and after them."""

    axis: str
    pole: int
    words: str
    subject: frozenset[str]
    rest: frozenset[str]
    modifier: str
    is_open: bool
    noun: str = ""  # that it stands before

    @property
    def judged(self) -> frozenset[str]:
        """Terms beside the judgement in its clause."""
        return self.subject | self.rest


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str, int], ...]:
    rows = read_lexicon("opposed_words.csv", ("phrase", "axis", "pole"))
    return tuple(
        (
            re.compile(
                r"\b" + re.escape(row["phrase"]).replace(r"\*", r"\w*") + r"\b", re.IGNORECASE
            ),
            row["axis"],
            1 if row["pole"] == "+" else -1,
        )
        for row in sorted(rows, key=lambda row: (-len(row["phrase"]), row["phrase"]))
    )


@cache
def _number_patterns() -> dict[str, list[int]]:
    """Number the patterns by the letters that their first word begins with."""
    numbered: dict[str, list[int]] = defaultdict(list)
    for number, (pattern, _, _) in enumerate(_patterns()):
        first = _WORD.findall(pattern.pattern.removeprefix(r"\b"))[0]
        numbered[first.lower()[:START_LETTERS]].append(number)
    return numbered


def _choose_patterns(text: str) -> Iterator[tuple[re.Pattern[str], str, int]]:
    """Give the patterns whose first word begins like a word of the text, in order."""
    starts = {word[:START_LETTERS] for word in _WORD.findall(text.lower())}
    numbered = _number_patterns()
    for number in sorted(itertools.chain(*(numbered.get(start, ()) for start in starts))):
        yield _patterns()[number]


@lru_cache(KEPT_TEXTS)
def find_judgements(text: str) -> tuple[Judgement, ...]:
    """Find the judgements of a text, one an axis; an axis on which it says both is left out."""
    taken: list[tuple[int, int]] = []
    found: dict[str, list[tuple[int, int, int]]] = defaultdict(list)
    for pattern, axis, pole in _choose_patterns(text):
        for match in pattern.finditer(text):
            is_taken = any(match.start() < end and start < match.end() for start, end in taken)
            is_verb = axis == "safety" and bool(_OBJECT.match(text, match.end()))
            is_plea = bool(_PLEADS.search(text[: match.start()]))
            if is_taken or is_plea or is_verb or _names_a_class(text, *match.span()):
                continue
            taken.append(match.span())
            is_negated = bool(_NEGATES.search(text[max(0, match.start() - 60) : match.start()]))
            found[axis].append((-pole if is_negated else pole, *match.span()))
    return tuple(
        _read_judgement(text, axis, hits[0][0], [span[1:] for span in sorted(hits, key=_at)])
        for axis, hits in sorted(found.items())
        if len({pole for pole, _, _ in hits}) == 1
    )


def _names_a_class(text: str, start: int, end: int) -> bool:
    """Whether a word names those that are so, and judges nothing: "protect the most vulnerable"."""
    is_noun = re.match(r"\W*(?:$|[.,;:]|(?:in|of|among|and|from|to|at|who)\b)", text[end:])
    return text[:start].endswith("the most ") and bool(is_noun)


def _at(hit: tuple[int, int, int]) -> int:
    return hit[1]


def _read_judgement(text: str, axis: str, pole: int, spans: list[tuple[int, int]]) -> Judgement:
    start, end = spans[0]
    before = _BORDER.split(text[:start])[-1]
    after = " ".join(text[end:].split()[:14])
    own = find_terms(" ".join(text[one:other] for one, other in spans))
    modifier = [fold_word(word) for word in split_words(before)[-1:]]
    return Judgement(
        axis, pole, ", ".join(text[one:other] for one, other in spans), find_terms(before) - own,
        find_terms(after) - own, modifier[0] if modifier else "",
        bool(_OPEN.search(text[:start]) or _NOT_SO.match(text, end)),
        fold_word(noun[1]) if (noun := _NOUN_NEXT.match(text, end)) else "",
    )  # fmt: skip


def find_opposed(claims: Sequence[ComparedClaim], weights: dict[str, Weights]) -> Iterator[Link]:
    """Find the claims of one story that judge one thing in opposite ways, and those that doubt what
    stands before them."""
    poles: dict[tuple[str, str], list[tuple[ComparedClaim, Judgement]]] = defaultdict(list)
    for claim in claims:
        for judgement in find_judgements(claim.text):
            poles[claim.block, judgement.axis].append((claim, judgement))
    for (block, _), group in sorted(poles.items()):
        for one, other in pair_up(group):
            (up, good), (down, bad) = (one, other) if one[1].pole > 0 else (other, one)
            if good.pole > 0 > bad.pole and _are_two_voices(up, down):
                link = _oppose(up, good, down, bad, weights[block])
                if link is not None:
                    yield link
    yield from _find_doubts(claims)


def _are_two_voices(left: ComparedClaim, right: ComparedClaim) -> bool:
    """Whether two speak, of whom one at least is named."""
    if left.speaker_terms & right.speaker_terms or (left.speaker and left.speaker == right.speaker):
        return False
    return bool(left.speaker_terms or right.speaker_terms)


def _oppose(
    up: ComparedClaim, good: Judgement, down: ComparedClaim, bad: Judgement, weights: Weights
) -> Link | None:
    if good.is_open or (bad.is_open and bad.axis != "need"):
        return None
    if up.text in down.text or down.text in up.text:  # one is told inside the other
        return None
    if _names_others(up, good, down, bad, weights):
        return None
    if good.axis not in _TWO_NAMES and _judge_two_nouns(good, bad):
        return None
    is_near = up.article_id == down.article_id and abs(up.start - down.start) <= NEAR
    is_next = up.article_id == down.article_id and 0 <= down.start - up.start <= NEXT
    is_one_time = share_days(up, down) and up.is_historical == down.is_historical
    if not is_next and not is_one_time:
        return None
    is_sure = (up.days and down.days) or len(good.judged & bad.judged) > SHARED_TERMS
    if good.axis == "outcome" and not (is_next or is_sure):
        return None
    link_type = _KINDS[good.axis](up, good, down, bad, is_near)
    if not link_type:
        return None
    first, second = sorted((up.claim_id, down.claim_id))
    words = word_difference(Differs.OPPOSITES, good.words, bad.words)
    if link_type == "denies":
        words = word_denial(words, up.claim_id)
    return Link(first, second, link_type, 0.5, words)


def _judge_two_nouns(good: Judgement, bad: Judgement) -> bool:
    """Whether one stands before a noun of which the other tells nothing: "the needed skills", "a
    needless war"."""
    return any(
        one.noun and one.noun not in other.judged for one, other in ((good, bad), (bad, good))
    )


def _names_others(
    up: ComparedClaim, good: Judgement, down: ComparedClaim, bad: Judgement, weights: Weights
) -> bool:
    """Whether one judges somebody or something by a name that the other does not know and that is
    rare in the story."""
    for claim, judgement, other in ((up, good, down), (down, bad, up)):
        printed = find_terms(" ".join(_CAPITAL.findall(claim.text)))  # an animal's, too
        names = (claim.actor_terms | claim.place_terms | printed) & judgement.subject
        if (
            names
            and not names & (other.terms | other.speaker_terms)
            and all(weights.share(name) < RARE for name in names)
        ):
            return True
    return False


def _judge_event(
    up: ComparedClaim, good: Judgement, down: ComparedClaim, bad: Judgement, is_near: bool
) -> str:
    """An outcome or a purpose: one event noun in both, or one of them points at the other."""
    shared = good.judged & bad.judged
    if bool(_FIRST.search(up.text)) != bool(_FIRST.search(down.text)):
        return ""
    if not good.subject:  # "a launch which successfully …": it stands before the clause
        shared |= up.terms & bad.subject
    if is_near and (shared or _POINTS.search(down.text) or _POINTS.search(up.text)):
        return "contradicts"
    return "contradicts" if len(shared) >= SHARED_TERMS else ""


def _judge_worth(
    up: ComparedClaim, good: Judgement, down: ComparedClaim, bad: Judgement, is_near: bool
) -> str:
    return "contradicts" if is_near or up.terms & down.terms else ""


def _judge_need(
    up: ComparedClaim, good: Judgement, down: ComparedClaim, bad: Judgement, is_near: bool
) -> str:
    return "contradicts" if is_near or len(good.judged & bad.judged) >= SHARED_TERMS else ""


def _judge_subject(
    up: ComparedClaim, good: Judgement, down: ComparedClaim, bad: Judgement, is_near: bool
) -> str:
    """What somebody or something is or does: one subject, or two things told of it."""
    is_one = good.subject & bad.subject or len(good.judged & bad.judged) >= SHARED_TERMS
    return "contradicts" if is_one else ""


def _judge_prospects(
    up: ComparedClaim, good: Judgement, down: ComparedClaim, bad: Judgement, is_near: bool
) -> str:
    """What is to come of something: of one subject, or of whoever praises its own."""
    is_own = bool(_OWN.match(up.text)) and bool(up.speaker_terms & down.terms)
    return "contradicts" if is_own or good.subject & bad.subject else ""


def _judge_obstacle(
    up: ComparedClaim, good: Judgement, down: ComparedClaim, bad: Judgement, is_near: bool
) -> str:
    return "contradicts" if good.modifier and good.modifier == bad.modifier else ""


def _judge_law(
    up: ComparedClaim, good: Judgement, down: ComparedClaim, bad: Judgement, is_near: bool
) -> str:
    """Who keeps a rule by his own word, and whoever says that he breaks it; a right that is
    claimed, and the rule that it breaks."""
    if _RIGHT.search(up.text):
        return "contradicts" if is_near or up.terms & down.terms else ""
    own = up.speaker_terms & down.terms
    return "denies" if own else ""


_KINDS = {
    "outcome": _judge_event,
    "purpose": _judge_event,
    "worth": _judge_worth,
    "need": _judge_need,
    "conduct": _judge_subject,
    "safety": _judge_subject,
    "harm": _judge_subject,
    "intent": _judge_subject,
    "guilt": _judge_subject,
    "prospects": _judge_prospects,
    "obstacle": _judge_obstacle,
    "law": _judge_law,
}


def _find_doubts(claims: Sequence[ComparedClaim]) -> Iterator[Link]:
    """Find what is doubted: the claim that stands next before "sceptical of that claim"."""
    by_article: dict[str, list[ComparedClaim]] = defaultdict(list)
    for claim in claims:
        by_article[claim.article_id].append(claim)
    for doubt in claims:
        if doubt.cue not in _DOUBTS or not _CLAIM_NOUN.search(doubt.text):
            continue
        before = [
            claim
            for claim in by_article[doubt.article_id]
            if 0 < doubt.start - claim.start <= DOUBTED
            and claim.speaker_terms
            and _are_two_voices(claim, doubt)
        ]
        if before:
            doubted = max(before, key=lambda claim: (claim.start, claim.claim_id))
            first, second = sorted((doubt.claim_id, doubted.claim_id))
            yield Link(first, second, "contradicts", 0.5, join_reasons(Differs.DOUBT, doubt.cue))
