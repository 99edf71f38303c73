"""Why two claims are linked: the store keeps it as one line of words, made of clauses that begin
with what the two differ in; it is put together and taken apart here alone."""

import re
from collections.abc import Iterable
from enum import StrEnum

_BETWEEN = "; "
BOTH_SIDES = "both sides say so"
IN_ONE_STRETCH = "in one stretch"
_POINTED = re.compile(r"\b(?:newer|denial) is ([^\s;,]+)")
_DENIAL = re.compile(r"\bdenial is ([^\s;,]+)")
_GRANTED = re.compile(r"\bgranted by ([^\s;]+)")
_TWO = re.compile(r" and |, ")


class Differs(StrEnum):
    """What two linked claims differ in, where one word names it."""

    FIGURES = "figures"
    OPPOSITES = "opposites"
    POLARITY = "polarity"
    TIME = "time"
    PLACE = "place"
    WHO = "who"
    DOUBT = "doubt"


def word_difference(differs: Differs, one: str, other: str) -> str:
    """Word what two claims differ in, with the words of each."""
    return f"{differs}{_BETWEEN}{one} and {other}"


def read_kind(reason: str) -> str:
    """Read what two claims differ in."""
    return reason.partition(_BETWEEN)[0]


def read_compared(reason: str) -> tuple[str, ...]:
    """Read the words of both claims, of figures and judgements; nothing of others."""
    kind, _, rest = reason.partition(_BETWEEN)
    told = rest.split(_BETWEEN)[0]
    is_told = kind in {Differs.FIGURES, Differs.OPPOSITES} and " and " in told
    return tuple(_TWO.split(told)) if is_told and not _POINTED.search(told) else ()


def differs_by_figures(reason: str, one: str, other: str) -> bool:
    """Whether two claims differ in these two figures, as printed."""
    told = reason.casefold().split(_BETWEEN)
    pairs = [
        word_difference(Differs.FIGURES, *pair).casefold().split(_BETWEEN)
        for pair in ((one, other), (other, one))
    ]
    return told[:2] in pairs


def word_denial(reason: str, denial_id: str) -> str:
    """Add to a reason which of the two claims is the denial."""
    return f"{reason}{_BETWEEN}denial is {denial_id}"


def read_denial(reason: str) -> str | None:
    """Read which claim denies the other."""
    found = _DENIAL.search(reason)
    return found[1] if found else None


def word_newer(newer_id: str, how: str) -> str:
    """Word which of two claims is the newer, and how that is known."""
    return f"newer is {newer_id}{how}"


def read_pointed(reason: str) -> str | None:
    """Read which claim a reason names: the newer one of an update, or the denial."""
    found = _POINTED.search(reason)
    return found[1] if found else None


def word_both_sides(opposing: str, granting: Iterable[str], shared: Iterable[str]) -> str:
    """Word that two who oppose each other make one claim: how they do, which claims grant it, and
    what the claims share."""
    granted = (f"granted by {claim_id}" for claim_id in granting)
    shares = f"shares {', '.join(shared)}"
    return _BETWEEN.join((BOTH_SIDES, f"opposed by “{opposing}”", *granted, shares))


def word_stretch(shared: Iterable[str]) -> str:
    """Word that two claims state one thing in a stretch of each, and what they share there."""
    return f"{IN_ONE_STRETCH}{_BETWEEN}shares {', '.join(shared)}"


def is_by_stretch(reason: str) -> bool:
    """Whether a stretch of each joins two claims."""
    return read_kind(reason) == IN_ONE_STRETCH


def join_reasons(reason: str, more: str) -> str:
    """Join two reasons of one link."""
    return f"{reason}{_BETWEEN}{more}"


def is_by_both_sides(reason: str) -> bool:
    """Whether two who oppose each other make the claim."""
    return BOTH_SIDES in reason.split(_BETWEEN)


def is_by_both_sides_alone(reason: str) -> bool:
    """Whether nothing but that joins the two claims."""
    return read_kind(reason) == BOTH_SIDES


def list_granting(reason: str) -> set[str]:
    """List the claims by which one side grants what the other says."""
    return set(_GRANTED.findall(reason))
