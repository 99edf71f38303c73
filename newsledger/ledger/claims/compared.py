"""What of a claim takes part in a comparison: its parts as terms, its values, when and where."""

import datetime
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any, TypeVar

import polars as pl

from newsledger.ledger.claims.reasons import join_reasons, word_newer
from newsledger.ledger.claims.standing import name_side
from newsledger.ledger.claims.terms import find_terms, fold_phrases, fold_text, split_words
from newsledger.ledger.claims.values import Value, find_values, make_figure
from newsledger.lexicon.words import read_lexicon
from newsledger.model.enums import (
    Certainty,
    ClaimActorRole,
    CueClass,
    CueStance,
    DatePrecision,
    Polarity,
    Tense,
    TimePrecision,
)

MIN_PART_TERMS = 2  # of a part that is compared by itself
_DATED = (DatePrecision.HOUR, DatePrecision.PART_OF_DAY, DatePrecision.DAY)
_BROAD = (DatePrecision.WEEK, DatePrecision.MONTH, DatePrecision.SEASON, DatePrecision.YEAR)
_SENTENCE = re.compile(r"(?<=[.!?])[”\"’']?\s+(?=[“\"‘']?[A-Z])")
_CLAUSE = re.compile(
    r",?\s+(?:and|but)\s+(?:that|then)\s+|\s*[;—–]\s+|,?\s+(?:after|when|as well as|so that|but)\s+"
    r"|,\s+(?:and|while|although|though|which|who|whose|where|adding|saying|as)\s+"
    r"|,\s+(?=(?:[a-z]+ing\s+[a-z\d]+|I|we|he|she|they|it)\b)"
)
# Words that tell one of several, or a judgement from a report: "a second ferry", "opened too late".
_ORDINAL = re.compile(r"\b(second|third|fourth|fifth|sixth|too)\b|^an?(other)\b", re.IGNORECASE)
_NEGATION = re.compile(
    r"\b(?:not|no|never|none|nobody|neither|nor|without|cannot|nonexistent|unable"
    r"|refus\w+|fail(?:ed|s)?|den(?:y|ied|ies|ying))\b(?!,)|n[’']t\b",
    re.IGNORECASE,
)
_CAPITAL = re.compile(r"(?<=\S )[“\"‘']?[A-Z][\w’'-]*")
SMALL_LETTERS = 0.4  # of the words of a text that is no headline in capitals
_YEAR = re.compile(r"(?:19|20)\d\d")
_TELLING_TIME = frozenset(
    "weekday month unit units part_of_day relative_day holiday weekend season ago".split()
)
_NOBODY = re.compile(r"no\b")  # "no survivors" are no actor
_TENSES = {
    "future": "future",
    Tense.HYPOTHETICAL: "future",
    Tense.HAPPENED: "past",
    Tense.HISTORICAL: "past",
}

T = TypeVar("T")
Days = tuple[datetime.date, datetime.date]


@dataclass(frozen=True)
class Part:
    """A piece of a claim that states one thing."""

    text: str
    terms: frozenset[str]

    @cached_property
    def is_negated(self) -> bool:
        """Whether it denies what it states: an odd number of words of negation."""
        _, phrases = fold_phrases(split_words(self.text))
        own = sum(len(_NEGATION.findall(phrase)) for phrase in phrases)  # "not known" is unknown
        return (len(_NEGATION.findall(self.text)) - own) % 2 == 1

    @cached_property
    def ordinals(self) -> frozenset[str]:
        """Words that tell one of several, or a judgement."""
        return frozenset(max(found).lower() for found in _ORDINAL.findall(self.text))


@dataclass(frozen=True)
class ComparedClaim:
    """A claim with what decides whether it says the same as another one."""

    claim_id: str
    article_id: str
    block: str  # claims of one block are compared: the story, or the article alone
    parent_id: str | None
    text: str
    words: tuple[str, ...]
    terms: frozenset[str]
    parts: tuple[Part, ...]  # the whole first, then its parts where there are several
    tense: str | None  # past, future, or neither
    speaker: str | None
    days: Days | None
    period: Days | None  # longer than a day
    places: frozenset[str]
    values: tuple[Value, ...]
    actors: frozenset[str] = frozenset()
    place_terms: frozenset[str] = frozenset()  # of the names of its places
    wider: frozenset[frozenset[str]] = frozenset()  # terms of the name of each region they lie in
    actor_terms: frozenset[str] = frozenset()  # of the names of whoever it is about
    is_statement: bool = False  # of the outlet itself
    is_denial: bool = False  # its cue denies, or is negated
    is_cue_denial: bool = False
    published_at: datetime.datetime | None = None
    start: int = 0  # code point in the body where its content begins
    is_historical: bool = False  # of more than a year ago
    certainty: str = Certainty.CERTAIN
    cue: str = ""  # lemma of the cue
    speaker_terms: frozenset[str] = frozenset()
    sentence: str = ""  # it stands in, with its cue
    is_day_only: bool = False  # no hour of publication is known
    sides: frozenset[str] = frozenset()  # on which its speakers are
    subject_sides: frozenset[str] = frozenset()  # of whoever does what it tells
    other_sides: frozenset[str] = frozenset()  # of whoever else it names
    side_names: frozenset[tuple[str, frozenset[str]]] = frozenset()  # of both, with terms of a name
    said_month: str | None = None  # it was said in, where just that is told: "2017-11"
    is_topic: bool = False  # what was spoken of, not what was said: "asked about the deal"

    @cached_property
    def folded(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Its words in order, and the term of each, empty for what tells nothing."""
        return fold_text(self.text)

    @cached_property
    def tells_time(self) -> bool:
        """Whether its own words tell when; else its days are known from what stands around it."""
        return any(word in _time_words() or _YEAR.fullmatch(word) for word in self.words)

    @cached_property
    def names(self) -> frozenset[str]:
        """Terms of names: of those it is about, and of what has a capital letter inside a sentence
        ("World Series"); of a text in capitals the letters tell nothing."""
        words = self.text.split()
        small = sum(word[:1].islower() for word in words)
        printed = _CAPITAL.findall(self.text) if small >= SMALL_LETTERS * len(words) else ()
        return self.actor_terms | self.place_terms | find_terms(" ".join(printed))


@cache
def _time_words() -> frozenset[str]:
    rows = read_lexicon("time_words.csv", ("word", "class", "value"))
    return frozenset(row["word"] for row in rows if row["class"] in _TELLING_TIME)


NEAR_IN_TIME = 200  # claims of one kind in a story are paired with so many that come next


def pair_up(claims: Sequence[tuple["ComparedClaim", T]]) -> Iterator[tuple[Any, Any]]:
    """Pair what claims of one kind say, each with those that come next in time: linear in stories
    of any size."""
    ordered = sorted(claims, key=lambda one: (str(one[0].published_at), one[0].claim_id))
    for place, left in enumerate(ordered):
        for right in ordered[place + 1 : place + 1 + NEAR_IN_TIME]:
            yield left, right


@dataclass(frozen=True, slots=True)
class Link:
    """A pair of claims that say the same, contradict, deny or update; ids in order."""

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
    sides: Mapping[str, frozenset[str]] | None = None,
) -> list[ComparedClaim]:
    """Prepare claims (`core.claims` with `story_id`), their quantities, places and actors for
    comparison, in order of id.

    `locations` has `claim_id, location_id, name` and where known `admin1_name`, the division that
    the place lies in; `actors` has `claim_id, actor_id, name` and where known `role, kind,
    country_code`; `sides` gives those that the speakers of a claim are on.
    """
    figures: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for row in quantities.sort("quantity_id").iter_rows(named=True):
        if row["low"] is not None or row["high"] is not None:
            figures[row["claim_id"]].append(row)
    places, place_terms = _collect(locations, "location_id")
    wider = _collect_wider(locations)
    people, actor_terms = _collect(actors, "actor_id") if actors is not None else ({}, {})
    doers, others, names = _collect_sides(actors) if actors is not None else ({}, {}, {})
    nothing: frozenset[str] = frozenset()
    return [
        _read_claim(
            row, figures.get(row["claim_id"], ()),
            places=frozenset(places.get(row["claim_id"], nothing)),
            actors=frozenset(people.get(row["claim_id"], nothing)),
            place_terms=frozenset(place_terms.get(row["claim_id"], nothing)),
            actor_terms=frozenset(actor_terms.get(row["claim_id"], nothing)),
            wider=frozenset(wider.get(row["claim_id"], ())),
            sides=(sides or {}).get(row["claim_id"], nothing),
            subject_sides=frozenset(doers.get(row["claim_id"], nothing)),
            other_sides=frozenset(others.get(row["claim_id"], nothing)),
            side_names=frozenset(names.get(row["claim_id"], ())),
        )
        for row in claims.sort("claim_id").iter_rows(named=True)
    ]  # fmt: skip


def _collect(frame: pl.DataFrame, key: str) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """Ids and terms of the names of what claims are about, by claim."""
    ids: dict[str, set[str]] = defaultdict(set)
    terms: dict[str, set[str]] = defaultdict(set)
    for claim_id, value, name in frame.select("claim_id", key, "name").iter_rows():
        if value and not _NOBODY.match(name):
            ids[claim_id].add(value)
            terms[claim_id] |= find_terms(name)
    return ids, terms


def _collect_sides(
    actors: pl.DataFrame,
) -> tuple[dict[str, set[str]], dict[str, set[str]], dict[str, set[tuple[str, frozenset[str]]]]]:
    """Sides of whoever does what claims tell, of whoever else they name, and the terms of the names
    of both."""
    doers: dict[str, set[str]] = defaultdict(set)
    others: dict[str, set[str]] = defaultdict(set)
    names: dict[str, set[tuple[str, frozenset[str]]]] = defaultdict(set)
    if "role" in actors.columns:
        for row in actors.iter_rows(named=True):
            side = name_side(row["actor_id"], row["name"], row["kind"], row["country_code"])
            if side:
                is_doer = row["role"] == ClaimActorRole.SUBJECT
                (doers if is_doer else others)[row["claim_id"]].add(side)
                names[row["claim_id"]].add((side, find_terms(row["name"])))
    return doers, others, names


def _collect_wider(locations: pl.DataFrame) -> dict[str, set[frozenset[str]]]:
    """Terms of the names of the divisions that the places of claims lie in."""
    wider: dict[str, set[frozenset[str]]] = defaultdict(set)
    if "admin1_name" in locations.columns:
        for claim_id, name in locations.select("claim_id", "admin1_name").iter_rows():
            if name:
                wider[claim_id].add(find_terms(name))
    return wider


def _read_claim(row: Mapping[str, Any], figures: Any, **about: Any) -> ComparedClaim:
    text = str(row["content_text"])
    denies = row.get("cue_stance") == CueStance.DENIAL and row["polarity"] == Polarity.NEGATED
    start, end, precision = row["about_start_date"], row["about_end_date"], row["about_precision"]
    is_told = isinstance(start, datetime.date) and isinstance(end, datetime.date)
    values = tuple(
        make_figure(text, one.get("text") or "", one["kind"], one["unit"] or "", one["low"],
        one["high"])
        for one in figures
        if one["unit"] not in ("year", "day", "hour", "minute")
    )  # fmt: skip
    return ComparedClaim(
        claim_id=str(row["claim_id"]),
        article_id=str(row["article_id"]),
        block=str(row["story_id"] or row["article_id"]),
        parent_id=str(row["parent_claim_id"]) if row["parent_claim_id"] else None,
        text=text,
        words=split_words(text),
        terms=find_terms(text),
        parts=split_parts(text),
        is_statement=bool(row.get("is_statement")),
        is_cue_denial=denies,
        is_denial=denies or (row["polarity"] == Polarity.NEGATED and not _NEGATION.search(text)),
        tense=_TENSES.get(str(row["tense"])),
        speaker=str(row["speaker_actor_id"]) if row["speaker_actor_id"] else None,
        days=(start, end) if is_told and precision in _DATED else None,
        period=(start, end) if is_told and precision in _BROAD else None,
        values=(*values, *find_values(text)),
        is_historical=row["tense"] == Tense.HISTORICAL,
        published_at=row.get("published_at"),
        start=row.get("start") or 0,
        cue=str(row.get("cue_lemma") or "").lower(),
        speaker_terms=find_terms(str(row.get("speaker_name") or "")),
        certainty=str(row.get("certainty") or Certainty.CERTAIN),
        sentence=str(row.get("sentence") or ""),
        is_topic=row.get("cue_class") == CueClass.TOPIC,
        said_month=f"{row['said_start_date']:%Y-%m}"
        if row.get("said_precision") == DatePrecision.MONTH
        else None,
        is_day_only=row.get("published_precision") == TimePrecision.DAY
        or _is_midnight(row.get("published_at")),
        **about,
    )


def _is_midnight(at: datetime.datetime | None) -> bool:
    """Whether a time is the first second of a day: feeds write so what has no hour."""
    return at is not None and at.time() == datetime.time()


def split_parts(text: str) -> tuple[Part, ...]:
    """Cut a claim into the parts that can be compared by themselves: the whole, its sentences,
    their clauses."""
    whole = Part(text, find_terms(text))
    sentences = _SENTENCE.split(text)
    pieces = sentences if len(sentences) > 1 else []
    clauses = [piece for sentence in sentences for piece in _CLAUSE.split(sentence)]
    parts = {
        piece: Part(piece, terms)
        for piece in (*pieces, *clauses)
        if len(terms := find_terms(piece)) >= MIN_PART_TERMS and len(terms) < len(whole.terms)
    }
    return (whole, *parts.values())


def tell_update(
    older: ComparedClaim, newer: ComparedClaim, named: ComparedClaim | None, words: str
) -> Link:
    first, second = sorted((older.claim_id, newer.claim_id))
    order = "order within the day is not told"
    if named is not None:
        times = [
            f"{one.published_at:%Y-%m-%d %H:%M}" if one.published_at else "no time"
            for one in (older, newer)
        ]
        order = word_newer(named.claim_id, f", {times[0]} to {times[1]}")
        if times[0] > times[1] or times[0] == times[1]:
            order = word_newer(named.claim_id, " by its words")
    return Link(first, second, "updates", 0.5, join_reasons(words, order))
