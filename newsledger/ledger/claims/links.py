"""Which claims say the same thing, and which contradict each other, inside articles and across
them.

Claims are compared inside their story, by the words they share weighted by rarity, and by what must
agree: figures, days, tense and polarity. A statement carried word for word is the same claim in
every story.
"""

import datetime
import itertools
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from newsledger.graph.group_ids import name_groups
from newsledger.ledger.stories.find import fold_term

ORIGIN = "claimlinks/1"
# Thresholds set on the claims of the sample feed, where every group and contradiction is known.
SAME_JACCARD = 0.62  # of weighted terms, whoever speaks
SAME_SPEAKER_JACCARD = 0.38  # with SAME_SPEAKER_CONTAINMENT, where one speaker says both
SAME_SPEAKER_CONTAINMENT = 0.7
PART_CONTAINMENT = 0.9  # one claim is part of the other …
PART_JACCARD = 0.25  # … and not lost in it
PART_TERMS = 3
OPPOSED_JACCARD = 0.6  # polarity differs in otherwise like claims
FIGURES_JACCARD = 0.4  # where they count the same thing at places that do not exclude each other
SAME_PLACE_CONTAINMENT = 0.35  # or where they name the same place
OTHER_TIME_JACCARD = 0.72  # day differs in otherwise all but equal claims
REPEATED = (
    0.6  # share of the shorter one's words that a headline and the claim it repeats have in common
)
MIN_TERMS = 2  # "that", "it was wrong": nothing to compare
STATEMENT_WORDS = 8  # as many equal words make one statement across stories
# claims that share one term are compared with so many that follow: linear in stories of any size
NEIGHBOURS = 40
COMMON = 0.5  # a term in more than half of a large story's claims finds no candidates
_LARGE_STORY = 60
_WORD = re.compile(r"[^\W_]+(?:['’][a-z]+)?")
_STOP = frozenset(
    """the a an and or but of to in on at for from with by as is are was were be been being has have had it its this that these those he
    she they his her their him them who which what when where will would could should may might can not no nor never none neither nobody
    said say says across after before over about into than then also more most up down out all any some each every i we you our us my your me
    there here how if so because while during until since under off own same very just only still again both between monday tuesday
    wednesday thursday friday saturday sunday today tomorrow yesterday early late morning noon evening afternoon night
    is isn isn't wasn don didn won't had hadn overnight do does did done asked for least one two three four five six seven eight nine ten
    people person""".split()
)
_SENTENCE_END = re.compile(r"(?<=[.!?])[”\"’']?\s+(?=[“\"‘']?[A-Z])")
_ORDINAL = re.compile(r"\b(second|third|fourth|fifth|sixth|another|other)\b", re.IGNORECASE)
_NIGHT = {"midnight", "night", "overnight"}
_COMPARED_TENSES = {
    "happened": "past",
    "ongoing": "past",
    "historical": "past",
    "future": "future",
    "hypothetical": "future",
}


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of a claim: what it counts, and the interval it allows."""

    kind: str
    unit: str
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class ComparedClaim:
    """What of a claim takes part in a comparison."""

    claim_id: str
    article_id: str
    block: str
    parent_id: str | None
    text: str
    words: tuple[str, ...]
    terms: frozenset[str]
    sentences: tuple[frozenset[str], ...]  # terms of each, where there are several
    ordinals: frozenset[str]
    is_negated: bool
    tense: str
    speaker: str | None
    days: tuple[datetime.date, datetime.date] | None
    places: frozenset[str]
    figures: tuple[Figure, ...]
    actors: frozenset[str] = frozenset()
    place_terms: frozenset[str] = frozenset()  # of the names of its places
    actor_terms: frozenset[str] = frozenset()  # of the names of whoever it is about
    is_statement: bool = False  # of the outlet itself


@dataclass(frozen=True, slots=True)
class Link:
    """A pair of claims that say the same, or contradict; ids in order."""

    claim_id: str
    other_claim_id: str
    link_type: str
    score: float
    reason: str


def read_claims(
    claims: pl.DataFrame,
    quantities: pl.DataFrame,
    locations: pl.DataFrame,
    actors: pl.DataFrame | None = None,
) -> list[ComparedClaim]:
    """Prepare claims (`core.claims` with `story_id`), their quantities, places and actors for
    comparison, in order of id.

    `locations` has `claim_id, location_id, name`, `actors` has `claim_id, actor_id, name`.
    """
    figures: dict[str, list[Figure]] = defaultdict(list)
    for row in quantities.sort("quantity_id").iter_rows(named=True):
        if row["low"] is not None or row["high"] is not None:
            low = -math.inf if row["low"] is None else row["low"]
            figures[row["claim_id"]].append(
                Figure(
                    row["kind"],
                    row["unit"] or "",
                    low,
                    math.inf if row["high"] is None else row["high"],
                )
            )
    places, place_terms = _collect(locations, "location_id")
    people, actor_terms = _collect(actors, "actor_id") if actors is not None else ({}, {})
    nothing: frozenset[str] = frozenset()
    return [
        _read_claim(
            row, figures=tuple(figures.get(row["claim_id"], ())), places=frozenset(places.get(row["claim_id"], nothing)),
            actors=frozenset(people.get(row["claim_id"], nothing)), place_terms=frozenset(place_terms.get(row["claim_id"], nothing)),
            actor_terms=frozenset(actor_terms.get(row["claim_id"], nothing)),
        )
        for row in claims.sort("claim_id").iter_rows(named=True)
    ]  # fmt: skip


def _collect(frame: pl.DataFrame, key: str) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """Ids and terms of the names of what claims are about, by claim."""
    ids: dict[str, set[str]] = defaultdict(set)
    terms: dict[str, set[str]] = defaultdict(set)
    for claim_id, value, name in frame.select("claim_id", key, "name").iter_rows():
        if value:
            ids[claim_id].add(value)
            terms[claim_id] |= _find_terms(name)
    return ids, terms


def _read_claim(row: Mapping[str, object], **about: Any) -> ComparedClaim:
    text = str(row["content_text"])
    words = tuple(word.lower() for word in _WORD.findall(text))
    start, end = row["about_start_date"], row["about_end_date"]
    is_dated = (
        isinstance(start, datetime.date)
        and isinstance(end, datetime.date)
        and row["about_precision"] in ("hour", "part_of_day", "day")
    )
    return ComparedClaim(
        claim_id=str(row["claim_id"]),
        article_id=str(row["article_id"]),
        block=str(row["story_id"] or row["article_id"]),
        parent_id=str(row["parent_claim_id"]) if row["parent_claim_id"] else None,
        text=text,
        words=words,
        terms=_find_terms(text),
        sentences=_split_sentences(text),
        ordinals=frozenset(word.lower() for word in _ORDINAL.findall(text)),
        is_negated=row["polarity"] == "negated",
        is_statement=bool(row.get("is_statement")),
        tense=_COMPARED_TENSES.get(str(row["tense"]), "past"),
        speaker=str(row["speaker_actor_id"]) if row["speaker_actor_id"] else None,
        days=(start, end) if is_dated else None,  # type: ignore[arg-type]
        **about,
    )


def _find_terms(text: str) -> frozenset[str]:
    return (
        frozenset(
            fold_term(word) for word in map(str.lower, _WORD.findall(text)) if word not in _STOP
        )
        - _STOP
    )


def _split_sentences(text: str) -> tuple[frozenset[str], ...]:
    parts = [
        terms for part in _SENTENCE_END.split(text) if len(terms := _find_terms(part)) >= MIN_TERMS
    ]
    return tuple(parts) if len(parts) > 1 else ()


def link_claims(claims: Sequence[ComparedClaim]) -> list[Link]:
    """Find the pairs that say the same or contradict, in order of their ids."""
    said = sum(
        not claim.is_statement for claim in claims
    )  # the outlets' own statements retell what the claims say
    spread = Counter(term for claim in claims if not claim.is_statement for term in claim.terms)
    terms = {term for claim in claims for term in claim.terms}
    weights = {term: math.log((said + 1) / (spread[term] + 0.5)) + 0.5 for term in terms}
    links = {}
    for left, right in _find_candidates(claims):
        link = _compare(left, right, weights)
        if link is not None:
            links[link.claim_id, link.other_claim_id] = link
    return [links[key] for key in sorted(links)]


def find_repeats(
    claims: Sequence[ComparedClaim], titles: Mapping[str, Mapping[str, str | None]]
) -> list[dict[str, Any]]:
    """Find the claims that the headline or standfirst of their article says again: rows of
    `core.claim_repeats`.

    `titles` gives for an article its `headline` and `standfirst`. A part repeats a claim where they
    share most words of the shorter.
    """
    by_article: dict[str, list[ComparedClaim]] = defaultdict(list)
    for claim in claims:
        by_article[claim.article_id].append(claim)
    rows = []
    for article_id, own in by_article.items():
        for part, title in titles.get(article_id, {}).items():
            words = (
                frozenset(fold_term(word.lower()) for word in _WORD.findall(title or "")) - _STOP
            )
            if len(words) < MIN_TERMS:
                continue
            for claim in own:
                shared = words & claim.terms
                score = len(shared) / min(len(words), len(claim.terms) or 1)
                if len(shared) >= MIN_TERMS and score >= REPEATED:
                    rows.append(
                        {
                            "article_id": article_id,
                            "claim_id": claim.claim_id,
                            "part": part,
                            "score": round(score, 3),
                        }
                    )
    return sorted(rows, key=lambda row: (row["article_id"], row["part"], row["claim_id"]))


def _find_candidates(
    claims: Sequence[ComparedClaim],
) -> Iterator[tuple[ComparedClaim, ComparedClaim]]:
    """Pair claims of one story that share two terms, and claims anywhere that say the same
    words."""
    stories: dict[str, list[ComparedClaim]] = defaultdict(list)
    statements: dict[tuple[str, ...], list[ComparedClaim]] = defaultdict(list)
    for claim in claims:
        if len(claim.terms) >= MIN_TERMS:
            stories[claim.block].append(claim)
        if len(claim.words) >= STATEMENT_WORDS:
            statements[claim.words].append(claim)
    for story in stories.values():
        postings: dict[str, list[int]] = defaultdict(list)
        for number, claim in enumerate(story):
            for term in claim.terms:
                postings[term].append(number)
        limit = len(story) * COMMON if len(story) > _LARGE_STORY else len(story)
        shared: Counter[tuple[int, int]] = Counter()
        for numbers in postings.values():
            if len(numbers) <= limit:
                for place, number in enumerate(numbers):
                    shared.update(
                        (number, other) for other in numbers[place + 1 : place + 1 + NEIGHBOURS]
                    )
        yield from (
            (story[a], story[b]) for (a, b), count in sorted(shared.items()) if count >= MIN_TERMS
        )
    for same in statements.values():
        yield from itertools.pairwise(same)


def _compare(
    left: ComparedClaim, right: ComparedClaim, weights: Mapping[str, float]
) -> Link | None:
    if left.claim_id == right.parent_id or right.claim_id == left.parent_id:
        return None
    if left.claim_id > right.claim_id:
        left, right = right, left
    figures = _compare_figures(left.figures, right.figures)
    common = left.terms & right.terms
    jaccard, containment = _measure_overlap(left, right, weights, without_numbers=figures is False)
    if left.tense != right.tense or left.ordinals != right.ordinals:
        return None
    is_same_time = _share_days(left, right)
    shares = "shares " + ", ".join(sorted(common)[:6])
    if left.is_negated != right.is_negated:
        if jaccard >= OPPOSED_JACCARD and is_same_time and figures is not False:
            return Link(
                left.claim_id,
                right.claim_id,
                "contradicts",
                round(jaccard, 3),
                f"polarity; {shares}",
            )
        return None
    if figures is False:
        is_other_place = bool(left.places and right.places and not left.places & right.places)
        is_same_place = bool(left.places & right.places) and containment >= SAME_PLACE_CONTAINMENT
        if is_same_time and not is_other_place and (jaccard >= FIGURES_JACCARD or is_same_place):
            return Link(
                left.claim_id,
                right.claim_id,
                "contradicts",
                round(jaccard, 3),
                f"figures; {shares}",
            )
        return None
    if not is_same_time:
        if jaccard >= OTHER_TIME_JACCARD and left.tense == "past" and left.words != right.words:
            return Link(
                left.claim_id, right.claim_id, "contradicts", round(jaccard, 3), f"time; {shares}"
            )
        return None
    if differs := _differ_in_one_thing(left, right, common):
        return Link(
            left.claim_id, right.claim_id, "contradicts", round(jaccard, 3), f"{differs}; {shares}"
        )
    is_one_speaker = left.speaker is not None and left.speaker == right.speaker
    if is_one_speaker and (left.sentences or right.sentences):
        jaccard, containment = max((jaccard, containment), _measure_sentences(left, right, weights))
    if (
        jaccard >= SAME_JACCARD
        or (
            is_one_speaker
            and jaccard >= SAME_SPEAKER_JACCARD
            and containment >= SAME_SPEAKER_CONTAINMENT
        )
        or (
            containment >= PART_CONTAINMENT
            and jaccard >= PART_JACCARD
            and len(common) >= PART_TERMS
        )
    ):
        return Link(
            left.claim_id,
            right.claim_id,
            "same",
            round(max(jaccard, (jaccard + containment) / 2), 3),
            shares,
        )
    return None


def _differ_in_one_thing(
    left: ComparedClaim, right: ComparedClaim, common: frozenset[str]
) -> str | None:
    """Whether two claims of one past event say all the same but where, of the same actor, or who,
    at the same place."""
    ours, theirs = left.terms - common, right.terms - common
    if not (ours and theirs) or len(common) < PART_TERMS or left.tense != "past":
        return None
    if (
        ours <= left.place_terms
        and theirs <= right.place_terms
        and not left.places & right.places
        and left.actors & right.actors
    ):
        return "place"
    if (
        ours <= left.actor_terms
        and theirs <= right.actor_terms
        and not left.actors & right.actors
        and left.places & right.places
    ):
        return "who"
    return None


def _measure_overlap(
    left: ComparedClaim,
    right: ComparedClaim,
    weights: Mapping[str, float],
    *,
    without_numbers: bool,
) -> tuple[float, float]:
    """Weighted Jaccard and containment of the terms; numbers are left out where the figures are
    compared on their own."""
    one, other = (
        {term for term in claim.terms if not (without_numbers and term[0].isdigit())} or claim.terms
        for claim in (left, right)
    )
    inner = math.fsum(
        weights[term] for term in one & other
    )  # exact, so that the order of a set does not matter
    sizes = [math.fsum(weights[term] for term in terms) for terms in (one, other, one | other)]
    return inner / sizes[2], inner / min(sizes[:2])


def _measure_sentences(
    left: ComparedClaim, right: ComparedClaim, weights: Mapping[str, float]
) -> tuple[float, float]:
    """The best overlap of a sentence of one with a sentence of the other: a long quotation may say
    more than what another article took."""
    best = (0.0, 0.0)
    for one in left.sentences or (left.terms,):
        for other in right.sentences or (right.terms,):
            inner = math.fsum(weights[term] for term in one & other)
            sizes = [
                math.fsum(weights[term] for term in terms) for terms in (one, other, one | other)
            ]
            if inner:
                best = max(best, (inner / sizes[2], inner / min(sizes[:2])))
    return best


def _share_days(left: ComparedClaim, right: ComparedClaim) -> bool:
    """Whether the days the claims are about meet, or one tells none. A night belongs to the evening
    and the morning after."""
    if left.days is None or right.days is None:
        return True
    slack = datetime.timedelta(days=1 if _NIGHT & {*left.words, *right.words} else 0)
    return left.days[0] - slack <= right.days[1] and right.days[0] - slack <= left.days[1]


def _compare_figures(left: Sequence[Figure], right: Sequence[Figure]) -> bool | None:
    """Whether figures that count the same thing agree; `None` where no two count the same thing."""
    verdicts: dict[tuple[str, str], bool] = {}
    for one in left:
        for other in right:
            if (one.kind, one.unit) == (other.kind, other.unit):
                key = (one.kind, one.unit)
                verdicts[key] = verdicts.get(key, False) or (
                    one.low <= other.high and other.low <= one.high
                )
    return all(verdicts.values()) if verdicts else None


def group_claims(
    claims: Sequence[ComparedClaim],
    links: Sequence[Link],
    known: Mapping[str, str],
    apart: Iterable[tuple[str, str]] = (),
    elsewhere: Iterable[str] = (),
) -> dict[str, Sequence[str]]:
    """Join claims that say the same into groups, by id of group; a group never holds two claims
    that contradict each other.

    `apart` holds pairs that a person has told apart, `elsewhere` ids of groups of other claims.
    """
    group_of = {claim.claim_id: claim.claim_id for claim in claims}
    members = {claim.claim_id: [claim.claim_id] for claim in claims}
    opposed: dict[str, set[str]] = defaultdict(set)
    pairs = [
        (link.claim_id, link.other_claim_id) for link in links if link.link_type == "contradicts"
    ]
    for left, right in (*pairs, *apart):
        opposed[left].add(right)
        opposed[right].add(left)
    same = [link for link in links if link.link_type == "same"]
    for link in sorted(same, key=lambda link: (-link.score, link.claim_id, link.other_claim_id)):
        left, right = group_of[link.claim_id], group_of[link.other_claim_id]
        if left == right:
            continue
        if len(members[left]) < len(members[right]):
            left, right = right, left
        if any(group_of[other] == left for member in members[right] for other in opposed[member]):
            continue
        for member in members[right]:
            group_of[member] = left
        members[left] += members.pop(right)
    return name_groups(
        [sorted(group) for _, group in sorted(members.items())], known, "cgr", elsewhere
    )
