"""What develops in a story: prices that move, what was unknown and is told later, corrections,
dates that are moved. The newer claim is named where the order in time is known."""

import datetime
import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from newsledger.ledger.claims.compared import ComparedClaim, Link
from newsledger.ledger.claims.terms import find_terms, fold_word
from newsledger.ledger.claims.values import Value, find_values

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
MIN_MOVE = 0.002  # of a price, below which it is the same
QUOTE_WORDS = 8  # between what is priced and its price

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
MOVED_TERMS = 2  # shared by the claim of the planned date and that of the new one
RAISED_TERMS = 3  # shared by the claim of the first figure and that of the new one
BREATH = 300  # code points between what was said at first and what was said later
_MOVED = re.compile(
    r"\b(?:advanc|mov|postpon|delay|reschedul|defer|extend)\w*\b|\b(?:brought|bring) forward\b"
    r"|\bpush\w* back\b|\bput off\b",
    re.IGNORECASE,
)
_IFS = re.compile(r"\b(?:if|would|could|unless|whether)\b", re.IGNORECASE)
_PLANNED = re.compile(
    r"\b(?:plan\w*|will|would|to|schedul\w+|due|set for|expect\w*)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Quote:
    """A price of one thing: terms that may name the thing, the sum, the minute of the day."""

    claim: ComparedClaim
    asset: frozenset[str]
    amount: float
    printed: str
    minute: int | None


def find_developments(claims: Sequence[ComparedClaim]) -> Iterator[Link]:
    """Find the pairs of claims of one story of which one updates the other."""
    blocks: dict[str, list[ComparedClaim]] = defaultdict(list)
    for claim in claims:
        blocks[claim.block].append(claim)
    for _, own in sorted(blocks.items()):
        yield from _link_prices(own)
        yield from _link_answers(own)
        yield from _link_moves(own)
        yield from _link_raised(own)
    articles: dict[str, list[ComparedClaim]] = defaultdict(list)
    for claim in claims:
        articles[claim.article_id].append(claim)
    for _, own in sorted(articles.items()):
        yield from _link_corrections(own)


@cache
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


def _link_prices(claims: Sequence[ComparedClaim]) -> Iterator[Link]:
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
    for _, own in sorted(priced.items()):
        for one, other in itertools.combinations(own, 2):
            link = _link_quotes(one, other)
            if link is not None:
                yield link


def _link_quotes(one: Quote, other: Quote) -> Link | None:
    low, high = sorted((one.amount, other.amount))
    if one.claim.claim_id == other.claim.claim_id or one.printed[0] != other.printed[0]:
        return None
    if high > MAX_RATIO * low or high - low < MIN_MOVE * high:
        return None
    times = [_time_of(quote) for quote in (one, other)]
    words = f"figures; {one.printed} and {other.printed}"
    if one.claim.article_id == other.claim.article_id and (
        one.minute is None or other.minute is None or one.minute == other.minute
    ):
        return None
    is_open = any(quote.claim.is_day_only for quote in (one, other))
    if None in times or (is_open and _day(one.claim) == _day(other.claim)) or times[0] == times[1]:
        return _update(one.claim, other.claim, None, words)
    is_older = str(times[0]) < str(times[1])
    older, newer = (one, other) if is_older else (other, one)
    return _update(older.claim, newer.claim, newer.claim, words)


def _time_of(quote: Quote) -> datetime.datetime | None:
    """When a price held: at the hour told, else when it was published."""
    at = quote.claim.published_at
    if at is None or quote.minute is None:
        return at
    return at.replace(hour=quote.minute // 60, minute=quote.minute % 60, second=0)


def _day(claim: ComparedClaim) -> datetime.date | None:
    return claim.published_at.date() if claim.published_at else None


def _update(
    older: ComparedClaim, newer: ComparedClaim, named: ComparedClaim | None, words: str
) -> Link:
    first, second = sorted((older.claim_id, newer.claim_id))
    order = "order within the day is not told"
    if named is not None:
        times = [
            f"{one.published_at:%Y-%m-%d %H:%M}" if one.published_at else "no time"
            for one in (older, newer)
        ]
        order = f"newer is {named.claim_id}, {times[0]} to {times[1]}"
        if times[0] > times[1] or times[0] == times[1]:
            order = f"newer is {named.claim_id} by its words"
    return Link(first, second, "updates", 0.5, f"{words}; {order}")


def _link_answers(claims: Sequence[ComparedClaim]) -> Iterator[Link]:
    """What one article says is not known, and a later one tells."""
    for topic, asks, tells in _TOPICS:
        open_claims = [claim for claim in claims if _is_unknown(claim, asks)]
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
                    yield _update(before, after, after, f"{topic} was not known")


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


def _link_corrections(claims: Sequence[ComparedClaim]) -> Iterator[Link]:
    """What was said at first, and what was said later, in one breath."""
    numbered = [claim for claim in claims if _NUMBER.search(claim.text) and len(claim.words) <= 12]
    for one, other in itertools.permutations(numbered, 2):
        if not 0 < other.start - one.start <= BREATH:
            continue
        frames = [_frame(one), _frame(other)]
        if one.sentence == other.sentence:
            halves = re.split(r",?\s(?:but|and then)\s", one.sentence, maxsplit=1)
            if len(halves) != 2:
                continue
            frames = halves
        numbers = [set(_NUMBER.findall(claim.text)) for claim in (one, other)]
        if _AT_FIRST.search(frames[0]) and _LATER.search(frames[1]) and not numbers[0] & numbers[1]:
            yield _update(one, other, other, "correction")


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
        if not _MOVED.search(moved.text) or _IFS.search(moved.text):
            continue
        for planned, old in dated:
            if planned is moved or new & old or _MOVED.search(planned.text):
                continue
            is_plan = planned.tense == "future" or _PLANNED.search(planned.text)
            if planned.article_id == moved.article_id:
                is_one = abs(planned.start - moved.start) <= BREATH
            else:
                is_before = bool(
                    planned.published_at
                    and moved.published_at
                    and planned.published_at < moved.published_at
                )
                words = {word for word in planned.terms & moved.terms if not word[0].isdigit()}
                is_one = is_before and len(words) >= MOVED_TERMS
            if is_plan and is_one:
                yield _update(planned, moved, moved, "date is moved")


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
        if max(old.low, new.low) > MAX_RATIO * min(old.low, new.low):
            continue
        words = {term for term in before_claim.terms & after_claim.terms if not term[0].isdigit()}
        names = before_claim.actor_terms | after_claim.actor_terms | before_claim.place_terms
        if len(words) >= RAISED_TERMS and words - names:
            told = f"figures; {old.printed} and {new.printed}"
            yield _update(before_claim, after_claim, after_claim, told)
