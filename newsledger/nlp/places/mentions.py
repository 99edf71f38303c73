"""Places of one article: spans that name a place, and which place of the gazetteer each one is."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from newsledger.clean.datelines import find_dateline_end
from newsledger.lexicon.gazetteer import (
    Gazetteer,
    Place,
    capital_ids,
    fold_name,
    load_gazetteer,
)
from newsledger.lexicon.place_overrides import RULE, find_decided_names, find_overrides
from newsledger.model.enums import EntityLabel, LocationKind, PlaceLabel
from newsledger.model.records import Article, Entity, Location, LocationMention
from newsledger.nlp.parse.parsed import ParsedText
from newsledger.nlp.places.candidates import list_candidates
from newsledger.nlp.places.features import Mention, Name, Setting
from newsledger.nlp.places.find_spans import LARGE, find_spans
from newsledger.nlp.places.focus import Naming, find_focus
from newsledger.nlp.places.ranker import (
    Choice,
    build_features,
    choose,
    is_called_division,
    load_weights,
    softmax,
)
from newsledger.nlp.places.span import Span, read_direction

ORIGIN = "places/2"
_LABELS: frozenset[str] = frozenset(PlaceLabel)
BEFORE = 64  # characters before a name that are read for cue words
AFTER = 64  # and behind it
_POLITICS = re.compile(
    r"\b(?:President|Prime Minister|White House|Congress|Pentagon|Kremlin|Senate|federal"
    r"|Foreign Minist\w+|foreign minist\w+|State Department|embass\w+"
    r"|diplomat\w*|sanctions|administration|parliament|Parliament|Supreme Court)\b"
)


@dataclass(frozen=True, slots=True)
class PlaceSet:
    locations: tuple[Location, ...]
    mentions: tuple[LocationMention, ...]


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
        if (
            choice.place
            and choice.other
            and is_division != (choice.place.kind != LocationKind.POINT)
        ):
            span.is_other = True
            chosen[span.key] = Choice(choice.other, "cue words", choice.score)
    for key, place in _find_event_places(spans).items():
        chosen[key] = Choice(place, "an event is named by it", 1.0)
    overrides = find_overrides(map(fold_name, (span.text for span in spans)), text, outlet)
    for span in spans:
        if override := overrides.get(fold_name(span.text)):
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


def _find_event_places(spans: Sequence[Span]) -> dict[str, Place]:
    """Find the places of names that stand for an event alone: the best known of the name, wherever
    the article plays."""
    groups: dict[str, list[Span]] = defaultdict(list)
    for span in spans:
        groups[span.key].append(span)
    found = {}
    for key, group in groups.items():
        places = [
            c.place for c in group[0].candidates if c.is_main and c.place.kind == LocationKind.POINT
        ]
        best = max(places, key=lambda place: place.population, default=None)
        if best and best.population >= LARGE and all(s.is_event and not s.inside for s in group):
            found[key] = best
    return found


def _find_decided(text: str, outlet: str | None, spans: Sequence[Span]) -> list[Span]:
    """Names that a person gave a place and that nothing else has found."""
    taken = {position for span in spans for position in range(span.start, span.end)}
    free = [
        (start, end)
        for start, end in find_decided_names(text, outlet)
        if taken.isdisjoint(range(start, end))
    ]
    return [Span(start, end, text[start:end], EntityLabel.GPE, ()) for start, end in free]


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
    found = list_candidates(gazetteer, name) if name else ()
    return next(
        (candidate.place for candidate in found if country in {None, candidate.place.country_code}),
        None,
    )


# --- resolution
# --------------------------------------------------------------------------------------------------


def list_names(text: str, spans: Sequence[Span]) -> list[Name]:
    """Group the spans of a document by folded name: one name means one place in one document."""
    groups: dict[str, list[Span]] = defaultdict(list)
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
# --------------------------------------------------------------------------------------------------


def _build_mentions(
    text: str, spans: list[Span], chosen: dict[str, Choice], headline: str | None
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
        direction, distance = read_direction(text, span)
        mentions.append(LocationMention(
            span.start, span.end, span.text, _label_of(span),
            place.location_id if place else None,
            len(span.candidates), choice.rule, choice.score,
            place in focus and _names_spot(span, place),
            _is_metonym(span, place),
            span.is_demonym, direction, distance,
        ))  # fmt: skip
    return tuple(mentions)


def _label_of(span: Span) -> PlaceLabel:
    """The label of a mention: a place inside an organisation's name is the site of one."""
    return PlaceLabel(span.label) if span.label in _LABELS else PlaceLabel.FAC


def _names_spot(span: Span, place: Place | None) -> bool:
    """Whether a mention names the place itself: no demonym, no capital or building that stands for
    a government."""
    return (
        place is not None
        and not span.is_demonym
        and not span.is_event
        and not (_is_metonym(span, place) and place.kind != LocationKind.COUNTRY)
    )


def _is_metonym(span: Span, place: Place | None) -> bool:
    """Whether a capital, country or building stands for its government."""
    if place is None or span.is_demonym:
        return False
    return place.stands_for is not None or (
        span.is_power and (place.kind == LocationKind.COUNTRY or place.location_id in capital_ids())
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
