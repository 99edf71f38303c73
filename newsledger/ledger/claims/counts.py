"""Counts that go on from one report to the next: one seized and then two, a share that was up and
is down."""

import itertools
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from newsledger.ledger.claims.compared import ComparedClaim, Link, pair_up, tell_update
from newsledger.ledger.claims.reasons import Differs, word_difference
from newsledger.ledger.claims.terms import fold_word, split_words

_COUNTED = (
    r"(seized|arrested|killed|detained|found|rescued|charged|recovered|captured|injured|wounded"
    r"|kidnapped|expelled|dismissed|fired)"
)
_ONE = re.compile(rf"\b{_COUNTED}\b(?: and \w+)? (?:a|an|one)\b ([^,.;]+)", re.IGNORECASE)
_MORE = re.compile(
    rf"\b{_COUNTED}\b(?: and \w+)? (two|three|four|five|six|seven|eight|nine|ten|\d+)\b ([^,.;]+)",
    re.IGNORECASE,
)
NOUN_WORDS = 4  # behind "a" or "two", among which the noun stands
_MOVE = re.compile(
    r"\b([A-Z][\w&-]+)(?: [A-Z][a-z]+\.?)?(?: \([A-Z.]{2,6}\))?(?:[’']s)? (?:shares?|stock)?\s?"
    r"(?:[a-z]+ ){0,5}?(rose|r[io]se|rising|gain\w*|jump\w*|surg\w*|climb\w*|f[ea]ll|falling"
    r"|drop\w*"
    r"|slid|slip\w*|sank|lost|up|down|plung\w*) (?:by )?(\d+(?:\.\d+)?)\s?(?:%|per ?cent)"
)
_SHARES = re.compile(r"\bshares?\b|\bstock\b|\([A-Z.]{2,6}\)")
_LONG = re.compile(r"\b(?:week|month|year|quarter|decade)s?\b", re.IGNORECASE)


def find_counts(claims: Sequence[ComparedClaim]) -> Iterator[Link]:
    """Find the pairs of claims of one story whose count or move went on."""
    yield from _link_more(claims)
    yield from _link_moves(claims)


def _link_more(claims: Sequence[ComparedClaim]) -> Iterator[Link]:
    """One thing that something was done to, and later several of them."""
    ones = [(claim, found) for claim in claims if (found := _ONE.search(claim.text))]
    mores = [(claim, found) for claim in claims if (found := _MORE.search(claim.text))]
    for (before, one), (after, more) in itertools.product(ones, mores):
        if before.article_id == after.article_id or not before.published_at:
            continue
        if not after.published_at or before.published_at.date() >= after.published_at.date():
            continue
        nouns = [
            {fold_word(word) for word in split_words(told)[:NOUN_WORDS]}
            for told in (one[2], more[3])
        ]
        is_one = one[1].lower() == more[1].lower() and (nouns[0] & nouns[1]) - {""}
        if is_one and not before.is_historical and not after.is_historical:
            yield tell_update(
                before, after, after, word_difference(Differs.FIGURES, "one", more[2])
            )


def _link_moves(claims: Sequence[ComparedClaim]) -> Iterator[Link]:
    """How far a share has moved, told at two times of its day."""
    moves: dict[str, list[tuple[ComparedClaim, str]]] = defaultdict(list)
    for claim in claims:
        if not _SHARES.search(claim.text) or _LONG.search(claim.text):
            continue
        for found in _MOVE.finditer(claim.text):
            moves[fold_word(found[1].lower())].append((claim, f"{found[2]} {found[3]}"))
    for _, own in sorted(moves.items()):
        for (one, move), (other, next_move) in pair_up(own):
            if one.article_id == other.article_id or move == next_move:
                continue
            words = word_difference(Differs.FIGURES, move, next_move)
            yield tell_update(one, other, None, words)  # of which hour of trading is not known
