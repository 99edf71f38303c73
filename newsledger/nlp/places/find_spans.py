"""Find the spans of a text that name a place, with the places that each may be."""

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from newsledger.lexicon.gazetteer import (
    Candidate,
    Gazetteer,
    find_kind,
    fold_name,
    load_abbreviations,
    load_country_letters,
)
from newsledger.model.enums import EntityLabel, LocationKind
from newsledger.model.records import Entity
from newsledger.nlp.parse.parsed import ParsedText
from newsledger.nlp.places.candidates import (
    COUNTY,
    find_candidates,
    home_of_demonym,
    list_candidates,
)
from newsledger.nlp.places.features import contains
from newsledger.nlp.places.not_places import is_something_else, list_degrees, names_event
from newsledger.nlp.places.span import Span, is_measured_from

PLACE_LABELS = frozenset({EntityLabel.GPE, EntityLabel.LOC, EntityLabel.FAC})
UNNAMED_LABELS = PLACE_LABELS | {EntityLabel.ORG}

CONTAINED = 80  # letters between a place and the one it lies in; more are other words
_CONTAINS = re.compile(
    r"\s*,\s*|\s*\(|\s+in\s+(?:the\s+)?(?:[a-z]+\s+){0,3}|\s*,?\s+an?\s+[\w\s]{0,18}in\s+"
    r"|(?:’s|'s)\s+(?:[a-z]+\s+){0,3}"
)
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
    r"(?=[A-Z])(?:(?<=[a-z]-)|(?<=\b[Aa] )|(?<=\b[Aa]n )|\b(?=[A-Z][a-z]+-[A-Z]))([A-Z][a-z]+)\b"
)
_SEAT = re.compile(r"\b[DRI]-([A-Z][\w’'.]+(?: [A-Z][\w’'.]+)?)")  # "D-Oakland"
_GOVERNMENT_VERBS = frozenset(
    "say announce warn accuse deny call condemn reject agree refuse demand insist vow "
    "want seek support oppose impose threaten promise back".split()
)


_CIVIC = (
    "police|residents?|officers?|councill?ors?|council|mayor|suburb|m[ae]n|wom[ae]n|couple|area"
    "|neighbou?rhood|district|province|county|region|town|village|hospital|court|schools?"
    "|firefighters|authorities|fire|sheriff|superintendent|chamber|department|high|elementary"
    "|middle|public|superior|circuit|township|borough|parish|community|library|coroner|courthouse"
    "|jail|prison|city hall|state university|airport|international|university|college|cathedral"
    "|stadium|town hall|city"
)
_CIVIC_AFTER = re.compile(
    rf"\s+(?:{_CIVIC})\b", re.IGNORECASE
)  # "Concord Police", "a Rolling Meadows resident"
_IN_BEFORE = re.compile(r"\b(?:in|near|outside|around)\s+$", re.IGNORECASE)


LARGE = 250_000  # people of a town whose name inside a longer name is taken for the town


def find_spans(doc: "ParsedText", entities: Iterable[Entity], gazetteer: Gazetteer) -> list[Span]:
    """Find the spans that name a place, with the candidates of each, in order."""
    text = doc.text
    entities = (*entities, *_find_unnamed(doc, entities))
    spans = [span for entity in entities if (span := _read_entity(text, entity, gazetteer))]
    spans += _find_misread(text, entities, gazetteer)
    events = [
        Entity(e.start_char, e.end_char, e.text, EntityLabel.ORG, "event")
        for e in doc.ents
        if e.label_ == "EVENT"
    ]
    spans += _find_inner([*entities, *events], spans, gazetteer)
    spans += _find_areas(text, spans, gazetteer)
    spans += _find_cued(text, entities, spans, gazetteer)
    spans += _find_demonyms(text, entities, spans, gazetteer)
    spans += _find_written(text, spans, gazetteer)
    degrees = list_degrees(text, entities)
    spans = [span for span in spans if not any(s <= span.start < e for s, e in degrees)]
    spans.sort(key=lambda span: span.start)
    for one, two in itertools.pairwise(spans):
        is_near = two.start - one.end <= CONTAINED
        if is_near and _CONTAINS.fullmatch(text, one.end, two.start):
            one.inside = two.candidates
    spans = [
        span for span in spans if span.inside or not is_something_else(text, span.start, span.end)
    ]
    for span in spans:
        span.is_event = not span.is_demonym and names_event(text, span.end)
        span.acts = not span.is_demonym and _acts(doc, span)
        span.is_power = span.acts or bool(_ACTING.match(text, span.end))
    return spans


def _read_entity(text: str, entity: Entity, gazetteer: Gazetteer) -> Span | None:
    """Read a name that the model took for a place, or the demonym of one."""
    if entity.label == EntityLabel.NORP and (home := home_of_demonym(gazetteer, entity.text)):
        return Span(
            entity.start, entity.end, entity.text, EntityLabel.NORP, (home,), is_demonym=True
        )
    if entity.label not in PLACE_LABELS:
        return None
    start = entity.start + (2 if re.match(r"[DRI]-[A-Z]", entity.text) else 0)  # "D-Calif."
    end = _extend(text, start, entity.end, gazetteer)
    name = text[start:end]
    candidates = find_candidates(text, start, name, gazetteer)
    if name == name.lower() or not (candidates or entity.label != EntityLabel.FAC):
        return None  # "the east bank" is no name
    # "Dnipro", which the model takes for a building
    is_town = entity.label == EntityLabel.FAC and find_kind(name) is not None
    return Span(start, end, name, EntityLabel.GPE if is_town else entity.label, candidates)


def _find_written(text: str, spans: Sequence[Span], gazetteer: Gazetteer) -> Iterator[Span]:
    """Find names by how they are written: "Kyiv-based", "D-Oakland", "Barrie, Ont.", "the DPRK"."""
    taken = {position for span in spans for position in range(span.start, span.end)}
    for found in itertools.chain(
        _EMBEDDED.finditer(text),
        _SEAT.finditer(text),
        _abbreviation_pattern().finditer(text),
        _country_pattern().finditer(text),
    ):
        start, end = found.span(1)
        if taken.isdisjoint(range(start, end)) and (
            candidates := list_candidates(gazetteer, found[1])
        ):
            yield Span(start, end, found[1], EntityLabel.GPE, candidates)
            taken.update(range(start, end))


def _extend(text: str, start: int, end: int, gazetteer: Gazetteer) -> int:
    """The end of a town's full name where the model saw its first word: "Upton-upon-Severn"."""
    found = _TAIL.match(text, end)
    return (
        found.end()
        if found
        and any(candidate.is_main for candidate in gazetteer.find(text[start : found.end()]))
        else end
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


def _find_unnamed(doc: "ParsedText", entities: Iterable[Entity]) -> list[Entity]:
    """Read what the model took for a name and `find_entities` did not: a law, prize or title may
    still have a place in it."""
    taken = {position for entity in entities for position in range(entity.start, entity.end)}
    return [
        Entity(span.start_char, span.end_char, span.text, EntityLabel(span.label_))
        for span in doc.ents
        if span.label_ in UNNAMED_LABELS and taken.isdisjoint(range(span.start_char, span.end_char))
    ]


def _find_misread(text: str, entities: Iterable[Entity], gazetteer: Gazetteer) -> list[Span]:
    """Places that the model took for organisations or persons: areas and seats of government under
    their own name, and names after "in" or before "police", "residents"."""
    found = []
    for entity in entities:
        if entity.label not in {EntityLabel.ORG, EntityLabel.PERSON}:
            continue
        candidates = tuple(
            candidate for candidate in list_candidates(gazetteer, entity.text) if candidate.is_main
        )
        is_area = entity.label == EntityLabel.ORG and any(
            c.place.kind in {LocationKind.COUNTRY, LocationKind.REGION}
            or c.place.stands_for
            or _is_large_area(c)
            for c in candidates
        )
        if is_area or (
            candidates
            and (
                _IN_BEFORE.search(text, entity.start - 12 if entity.start > 12 else 0, entity.start)
                or _CIVIC_AFTER.match(text, entity.end)
                or is_measured_from(text, entity.start)
            )
        ):
            found.append(Span(entity.start, entity.end, entity.text, EntityLabel.GPE, candidates))
    return found


def _is_large_area(candidate: Candidate) -> bool:
    return candidate.place.kind == LocationKind.ADMIN1 and candidate.place.population >= LARGE


def _find_inner(
    entities: Iterable[Entity], spans: Sequence[Span], gazetteer: Gazetteer
) -> list[Span]:
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
        if (
            entity.label not in {EntityLabel.ORG, EntityLabel.FAC}
            or (entity.start, entity.end) in taken
        ):
            continue
        demonym = re.match(r"(?:[Tt]he )?([A-Z]\w+) ", entity.text)
        if demonym and (home := home_of_demonym(gazetteer, demonym[1])):
            start = entity.start + demonym.start(1)
            found.append(
                Span(
                    start,
                    start + len(demonym[1]),
                    demonym[1],
                    EntityLabel.NORP,
                    (home,),
                    is_demonym=True,
                )
            )
            continue
        for name in _list_inner(words):
            candidates = list_candidates(gazetteer, name)
            at = entity.text.find(name)
            is_civic = (
                COUNTY.search(name) or _CIVIC_AFTER.match(entity.text, at + len(name))
            ) and any(c.is_main for c in candidates)
            is_known = fold_name(name) in named or is_civic
            if candidates and (is_known or any(_is_large(candidate) for candidate in candidates)):
                start = entity.start + max(0, at)
                found.append(
                    Span(start, start + len(name), name, entity.label, candidates, is_inner=True)
                )
                break
        else:
            if entity.label == EntityLabel.FAC:
                found.append(Span(entity.start, entity.end, entity.text, entity.label, ()))
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


def _find_areas(text: str, spans: Sequence[Span], gazetteer: Gazetteer) -> list[Span]:
    """Find seas and regions of two words and more that the model took for nothing: "the Golan
    Heights", "the Strait of Hormuz"."""
    taken = {position for span in spans for position in range(span.start, span.end)}
    found = []
    for match in _NAME_RUN.finditer(text):
        if taken.isdisjoint(range(*match.span())):
            candidates = tuple(
                c
                for c in gazetteer.find(match[0])
                if c.is_main and c.place.kind in {LocationKind.REGION, LocationKind.WATER}
            )
            if candidates:
                found.append(
                    Span(match.start(), match.end(), match[0], EntityLabel.LOC, candidates)
                )
    return found


def _find_cued(
    text: str, entities: Iterable[Entity], spans: Sequence[Span], gazetteer: Gazetteer
) -> list[Span]:
    """Find names that nothing was seen in and whose neighbours say what they are: "the town of X",
    "X, Vietnam"."""
    taken = {position for span in spans for position in range(span.start, span.end)}
    taken |= {
        position
        for entity in entities
        if entity.label == EntityLabel.PERSON
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
            candidate
            for candidate in list_candidates(gazetteer, text[start:end])
            if candidate.is_main
        )
        if areas and not any(
            contains(area.place, candidate.place) for area in areas for candidate in candidates
        ):
            continue
        if candidates and taken.isdisjoint(range(start, end)):
            result.append(Span(start, end, text[start:end], EntityLabel.GPE, candidates))
            taken.update(range(start, end))
    return result


def _is_area(candidate: Candidate) -> bool:
    return candidate.is_main and candidate.place.kind in {LocationKind.COUNTRY, LocationKind.ADMIN1}


def _find_demonyms(
    text: str, entities: Iterable[Entity], spans: Sequence[Span], gazetteer: Gazetteer
) -> list[Span]:
    """Find demonyms that the model overlooks, mostly joined to another word: "the Israeli-Egyptian
    border", "ex-Russian agent", "a Pole"."""
    taken = {position for span in spans for position in range(span.start, span.end)}
    taken |= {position for entity in entities for position in range(entity.start, entity.end)}
    found = []
    for match in _JOINED.finditer(text):
        if taken.isdisjoint(range(*match.span(1))) and (
            home := home_of_demonym(gazetteer, match[1])
        ):
            found.append(
                Span(
                    match.start(1),
                    match.end(1),
                    match[1],
                    EntityLabel.NORP,
                    (home,),
                    is_demonym=True,
                )
            )
    return found


def _is_large(candidate: Candidate) -> bool:
    place = candidate.place
    return candidate.is_main and (
        place.kind in {LocationKind.COUNTRY, LocationKind.ADMIN1} or place.population >= LARGE
    )


def _acts(doc: "ParsedText", span: Span) -> bool:
    """Whether a name is the subject of a verb that only people can do."""
    found = doc.char_span(span.start, span.end, alignment_mode="expand")
    return (
        found is not None
        and found.root.dep_ == "nsubj"
        and found.root.head.lemma_ in _GOVERNMENT_VERBS
    )
