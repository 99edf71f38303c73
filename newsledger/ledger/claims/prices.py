"""Prices of one thing in one story: what was quoted when, and which quotation is the newer one."""

import datetime
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from newsledger.ledger.claims.compared import ComparedClaim, Link, pair_up, tell_update
from newsledger.ledger.claims.reasons import Differs, word_difference
from newsledger.ledger.claims.terms import KEPT_TEXTS, find_terms, fold_word

_SUM = re.compile(
    r"(?:US|A|C|HK|NZ)?[$£€]\s?(?:US)?(\d(?:[\d,]*\d)?(?:\.\d+)?)(?!\d)"
    r"(?!\s?(?:million|billion|trillion|bn|tn|mn|m\b|k\b)|[\s-]+(?:a|per|each|loss|gain|drop"
    r"|rise)\b)",
    re.IGNORECASE,
)
_TRADES = re.compile(
    r"\b(?:trad(?:ed|ing|es)|priced|valued|quoted|sell(?:ing|s)|sold|changing hands|chang\w+ hands"
    r"|struggling|in the (?:green|red)|clos(?:ed|ing)|open(?:ed|ing)|f[ea]ll(?:s|ing)?|r(?:ose"
    r"|ises?|ising)"
    r"|drop(?:s|ped|ping)|climb\w*|plung\w+|tumbl\w+|slid|slip\w+|jump\w+|surg\w+|soar\w+|edg\w+"
    r"|sank"
    r"|gain\w*|bounc\w+|rall\w+|hover\w+|recover\w+)\b",
    re.IGNORECASE,
)
_EXTREME = re.compile(
    r"\b(?:low|high|peak|record|lows|highs)\b|\bas (?:low|high) as\b|\b(?:below|above|under|over"
    r"|less than|more than)\b",
    re.IGNORECASE,
)
_STAMP = re.compile(r"\b(\d{1,2})[.:](\d\d)\s?([ap])\.?m\b", re.IGNORECASE)
_GENERIC = frozenset(
    map(fold_word, """price prices share shares stock stocks value now currently market index
    trading high low level loss gain rate currency
    currencies percent cent time update offer bid deal worth dollar pound euro""".split())
)  # fmt: skip
_OFFERED = re.compile(
    r"\b(?:offer\w*|bid|bids|deal|premium|takeover|acqui\w+|dividend|salary|fine[ds]?|cost\w*)\b",
    re.IGNORECASE,
)
MAX_RATIO = 3.0  # between two prices of one thing in one story
NEAR_RATIO = 1.2  # between a price whose thing is not named and one whose thing is
MAIN_CLAIMS = 3  # of an article that name what it is about
MIN_MOVE = 0.002  # of a price, below which it is the same
QUOTE_WORDS = 8  # between what is priced and its price


@dataclass(frozen=True, slots=True)
class Quote:
    """A price of one thing: terms that may name the thing, the sum, the minute of the day."""

    claim: ComparedClaim
    asset: frozenset[str]
    amount: float
    printed: str
    minute: int | None


@lru_cache(KEPT_TEXTS)
def read_prices(text: str) -> tuple[tuple[frozenset[str], float, str, int | None], ...]:
    """Read the prices of a text: terms of what is priced, sum, words, minute of the day."""
    found = []
    last_end, has_verb = 0, False
    for match in _SUM.finditer(text):
        before = re.split(r"[;:–—]|\.\s|,\s(?!\d)|\s-\s?", text[last_end : match.start()])[-1]
        verb = _TRADES.search(before)
        is_next = has_verb and len(before.split()) <= 4 and last_end > 0
        last_end = match.end()
        if not verb and not is_next:
            continue
        tail = before[verb.end() :] if verb else before
        if len(tail.split()) > QUOTE_WORDS or _EXTREME.search(tail) or _OFFERED.search(before):
            continue
        if re.search(r"\bfrom\W*$", tail):
            has_verb = True
            continue
        has_verb = True
        subject = before[: verb.start()] if verb else before
        if re.search(r"\bhad\W+(?:been\W+)?$", subject):
            continue
        stamps = list(_STAMP.finditer(text[: match.start()])) or list(
            _STAMP.finditer(text[match.end() : match.end() + 14])
        )
        minute = None
        if stamps:
            stamp = stamps[-1] if stamps[-1].start() < match.start() else stamps[0]
            minute = (int(stamp[1]) % 12 + (12 if stamp[3].lower() == "p" else 0)) * 60 + int(
                stamp[2]
            )
        terms = frozenset(term for term in find_terms(subject) - _GENERIC if not term[0].isdigit())
        found.append((terms, float(match[1].replace(",", "").rstrip(".")), match[0], minute))
    return tuple(found)


def find_prices(claims: Sequence[ComparedClaim]) -> Iterator[Link]:
    """Find the pairs of claims of one story that quote two prices of one thing."""
    quotes = [
        Quote(claim, asset, amount, printed, minute)
        for claim in claims
        for asset, amount, printed, minute in read_prices(claim.text)
        if amount > 0
    ]
    spread = Counter(term for quote in quotes for term in quote.asset)
    priced: dict[str, list[Quote]] = defaultdict(list)
    for quote in quotes:
        named = [term for term in quote.asset if spread[term] > 1]
        if named:
            priced[max(named, key=lambda term: (spread[term], term))].append(quote)
    for quote in quotes:
        if not any(spread[term] > 1 for term in quote.asset) and priced:
            asset = _find_main_asset(quote, claims, sorted(priced))
            if asset and _is_close(quote, priced[asset]):
                priced[asset].append(quote)
    for _, own in sorted(priced.items()):
        for (_, one), (_, other) in pair_up([(quote.claim, quote) for quote in own]):
            link = _link_quotes(one, other)
            if link is not None:
                yield link


def _find_main_asset(
    quote: Quote, claims: Sequence[ComparedClaim], assets: Sequence[str]
) -> str | None:
    """Find what an article is about among the things that are priced in its story: "the price"."""
    own = [claim for claim in claims if claim.article_id == quote.claim.article_id]
    counts = {asset: sum(asset in claim.terms for claim in own) for asset in assets}
    best = max(assets, key=lambda asset: (counts[asset], asset))
    return best if counts[best] >= MAIN_CLAIMS else None


def _is_close(quote: Quote, others: Sequence[Quote]) -> bool:
    """Whether a price is near one that is known of the thing."""
    return any(
        max(quote.amount, other.amount) <= NEAR_RATIO * min(quote.amount, other.amount)
        for other in others
    )


def _link_quotes(one: Quote, other: Quote) -> Link | None:
    low, high = sorted((one.amount, other.amount))
    if one.claim.claim_id == other.claim.claim_id or one.printed[0] != other.printed[0]:
        return None
    if high > MAX_RATIO * low or high - low < MIN_MOVE * high:
        return None
    times = [_time_of(quote) for quote in (one, other)]
    words = word_difference(Differs.FIGURES, one.printed, other.printed)
    minutes = {one.minute, other.minute}
    is_one_article = one.claim.article_id == other.claim.article_id
    if is_one_article and len(minutes) == 1:
        return None
    is_open = any(quote.claim.is_day_only for quote in (one, other))
    if (
        None in times
        or (is_one_article and None in minutes)
        or (is_open and _day(one.claim) == _day(other.claim))
        or times[0] == times[1]
    ):
        return tell_update(one.claim, other.claim, None, words)
    is_older = str(times[0]) < str(times[1])
    older, newer = (one, other) if is_older else (other, one)
    return tell_update(older.claim, newer.claim, newer.claim, words)


def _time_of(quote: Quote) -> datetime.datetime | None:
    """When a price held: at the hour told, else when it was published."""
    at = quote.claim.published_at
    if at is None or quote.minute is None:
        return at
    return at.replace(hour=quote.minute // 60, minute=quote.minute % 60, second=0)


def _day(claim: ComparedClaim) -> datetime.date | None:
    return claim.published_at.date() if claim.published_at else None
