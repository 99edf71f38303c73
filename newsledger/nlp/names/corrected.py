"""Names of one article put right before they become actors: bodies that were read as places or not
at all, spans that are cut or run over, one label for one wording.

`Entity.rule` tells which rule put a name right. The names of `find_entities` stay as they are;
what is mended here is who acts in an article.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache

from newsledger.lexicon.actors import find_seed_actor, fold, load_seed_actors
from newsledger.lexicon.first_names import load_first_names
from newsledger.lexicon.gazetteer import find_kind
from newsledger.model.enums import ActorKind, EntityLabel, LocationKind
from newsledger.model.records import Entity
from newsledger.nlp.claims.cover import Cover
from newsledger.nlp.names.bodies_by_use import list_told_bodies
from newsledger.nlp.names.forms import (
    bare_word,
    find_acronyms,
    find_bracketed,
    name_key,
)
from newsledger.nlp.names.kind_of_actor import is_generic
from newsledger.nlp.names.kinds import (
    find_described_kind,
    find_kind_by_head,
    load_kind_words,
)
from newsledger.nlp.names.mended_spans import mend_span, relabel
from newsledger.nlp.names.overlooked import (
    list_acronyms,
    list_curated_words,
    list_left_out,
    list_longer_curated,
    list_services,
    list_stations,
    list_teams,
    list_titled,
    list_users,
)
from newsledger.nlp.names.people_by_shape import (
    list_shaped_people,
    list_told_people,
)
from newsledger.nlp.names.roles import country_code, is_title
from newsledger.nlp.parse.parsed import ParsedText

_FAMILY = re.compile(r"the (?P<surname>[A-Z][a-z]+?)s\b")
MIN_BARE = 2  # times that the last word of a full name stands alone as a person's
_OF = re.compile(r"\b(?:of|for) ")
_PLACES = frozenset({EntityLabel.FAC, EntityLabel.GPE, EntityLabel.LOC})
_NAMES = frozenset({EntityLabel.PERSON, EntityLabel.ORG})
_TOLD = "used as an organisation"  # the rule of a name
_TITLED = re.compile(r"\b(?P<title>[A-Z][a-z]+\.?) $")


def mend_names(doc: "ParsedText", entities: Sequence[Entity]) -> tuple[Entity, ...]:
    """Put the names of a document right, in reading order, not overlapping."""
    surnames = {
        entity.text.split()[-1]
        for entity in entities
        if entity.label == EntityLabel.PERSON and " " in entity.text
    }
    found = [_read_as_body(doc, entity, surnames) for entity in entities]
    found = [part for entity in found for part in mend_span(doc, entity)]
    found += list_left_out(doc, found)
    sure = (
        *list_teams(doc, found), *list_stations(doc), *list_services(doc), *list_users(doc),
        *list_told_people(doc.text, found), *list_titled(doc, found),
        *list_longer_curated(doc, found),
    )  # fmt: skip
    found = _drop_overlaps([*sure, *found])
    letters = list_acronyms(doc, found, list_countries(found))
    found = _drop_overlaps([*found, *letters, *list_curated_words(doc, found)])
    told = {entity.start for entity in list_told_bodies(doc.text, found)}
    found = [
        relabel(entity, EntityLabel.ORG, _TOLD) if entity.start in told else entity
        for entity in found
    ]
    return tuple(_settle_labels(doc.text, found))


def list_countries(entities: Sequence[Entity]) -> frozenset[str]:
    """List the countries that names tell: as a country, a people, or at the head of a body's
    name."""
    names = {(entity.text, entity.label == EntityLabel.ORG) for entity in entities}
    return frozenset(code for name in names for code in _told_countries(*name))


@lru_cache(maxsize=16_384)
def _told_countries(name: str, is_body: bool) -> frozenset[str]:
    words = name_key(name).split()
    heads = (name, " ".join(words[:2]), *words[:1])
    told = {country_code(head) for head in heads if head}
    seed = find_seed_actor(name) if is_body and len(words) > 1 else None
    if seed is not None and not is_generic(seed, fold(name)):
        told.add(seed.country_code)
    return frozenset(code for code in told if code)


def _read_as_body(doc: "ParsedText", entity: Entity, surnames: set[str]) -> Entity:
    """Read as an organisation what was taken for a place or a people: a museum, a party, a curated
    body."""
    plural = _FAMILY.match(doc.text, max(0, entity.start - 4))
    if entity.label not in _NAMES and plural and plural["surname"] in surnames:
        return relabel(entity, EntityLabel.PERSON, "family of a surname")
    if entity.label in _NAMES:
        return entity
    key = name_key(entity.text)
    seed = find_seed_actor(key)
    if entity.label == EntityLabel.NORP:
        is_party = seed is not None and seed.kind == ActorKind.PARTY
        return relabel(entity, EntityLabel.ORG, "seeds/actors.csv") if is_party else entity
    words = key.split()
    head = _OF.split(key)[0].split()[-1].lower() if words else ""
    if entity.label in _PLACES and len(words) > 1 and head in load_kind_words()["institution"]:
        return relabel(entity, EntityLabel.ORG, f"institution: {head}")
    if seed is not None and entity.label in _PLACES and _is_curated_body(doc, entity):
        return relabel(entity, EntityLabel.ORG, "seeds/actors.csv")
    return entity


def _is_curated_body(doc: "ParsedText", entity: Entity) -> bool:
    """Whether a curated name that was taken for a place is the body: no place is called so, or the
    model saw an organisation."""
    key = name_key(entity.text)
    seen = {
        other.label_
        for other in doc.ents
        if other.start_char < entity.end and entity.start < other.end_char
    }
    is_place = find_kind(key) in {
        LocationKind.COUNTRY,
        LocationKind.REGION,
        LocationKind.ADMIN1,
        LocationKind.ADMIN2,
        LocationKind.WATER,
    }
    return not is_place and (" " in key or EntityLabel.ORG in seen)


def _drop_overlaps(entities: Sequence[Entity]) -> list[Entity]:
    """Keep the first of those that overlap, in reading order; teams stand first."""
    kept: list[Entity] = []
    taken = Cover(())
    for entity in entities:
        if not taken.meets(entity.start, entity.end):
            taken.add(entity.start, entity.end)
            kept.append(entity)
    return sorted(kept, key=lambda entity: entity.start)


def _settle_labels(text: str, entities: Sequence[Entity]) -> Iterator[Entity]:
    """Give one wording one label, person or organisation, for the whole article."""
    labels: dict[str, Counter[EntityLabel]] = defaultdict(Counter)
    for entity in entities:
        labels[name_key(entity.text)][entity.label] += 1
    people = {
        bare_word(part)
        for entity in entities
        if entity.label == EntityLabel.PERSON and " " in entity.text
        for part in name_key(entity.text).split()
    }
    begun = {
        " ".join(words[:count])
        for entity in entities
        if entity.label == EntityLabel.ORG and (words := name_key(entity.text).split())
        for count in range(1 if entity.rule == _TOLD else 2, len(words))
    }
    acronyms = {*find_acronyms(text), *find_bracketed(text, entities)}
    told = {
        key: EntityLabel.ORG if key in acronyms else _choose_label(text, key, entities, people)
        for key, seen in labels.items()
        if EntityLabel.PERSON in seen
        and (EntityLabel.ORG in seen or key in acronyms or key in begun)
    }
    people_told = _list_full_names(text, entities) | list_shaped_people(text, entities)
    told |= dict.fromkeys(people_told, EntityLabel.PERSON)
    for entity in entities:
        label = told.get(name_key(entity.text), entity.label)
        is_other = label != entity.label and (
            entity.label in _NAMES or name_key(entity.text) in acronyms
        )
        yield relabel(entity, label, "as elsewhere in the article") if is_other else entity


def _list_full_names(text: str, entities: Sequence[Entity]) -> set[str]:
    """List the supposed organisations that are the full name of somebody: the article goes on with
    the last word alone as with a person, nobody else is called so, nothing says it is a body."""
    people = Counter(name_key(e.text) for e in entities if e.label == EntityLabel.PERSON)
    bearers = {key.split()[-1] for key in people if " " in key}
    found = set()
    for entity in entities:
        key = name_key(entity.text)
        words = key.split()
        if entity.label != EntityLabel.ORG or not 1 < len(words) < 4 or words[-1] in bearers:
            continue
        is_name = all(word.isalpha() and word.istitle() for word in words)
        is_team = words[-1].endswith("s") or find_kind(words[0]) is not None  # "Brack Rovers"
        is_name = is_name and (words[0].lower() in load_first_names() or not is_team)
        if people[words[-1]] >= MIN_BARE and is_name and not _is_told_body(text, entity, key):
            found.add(key)
    return found


def _is_told_body(text: str, entity: Entity, key: str) -> bool:
    return (
        find_described_kind(text, entity.start, entity.end) is not None
        or find_kind_by_head(key) is not None
        or any(find_seed_actor(name) is not None for name in (key, key.split()[-1]))
    )


def _choose_label(text: str, key: str, entities: Sequence[Entity], people: set[str]) -> EntityLabel:
    """Choose between person and organisation for one wording: what the text says, then whose
    surname it is, then the most."""
    own = [entity for entity in entities if name_key(entity.text) == key]
    is_described = any(find_described_kind(text, entity.start, entity.end) for entity in own)
    longer = any(
        entity.label == EntityLabel.ORG and name_key(entity.text).startswith(f"{key} ")
        for entity in entities
    )
    is_told = any(entity.rule == _TOLD for entity in own)
    words = key.split()
    is_full_name = len(words) > 1 and words[0].lower() in load_first_names()
    if is_told or is_described or fold(key) in load_seed_actors():
        return EntityLabel.ORG
    if longer and not is_full_name:
        return EntityLabel.ORG  # but Ana Lund is not the Ana Lund Institute
    titled = (_TITLED.search(text[max(0, entity.start - 16) : entity.start]) for entity in own)
    if any(found and is_title(found["title"]) for found in titled):
        return EntityLabel.PERSON
    if len(words) == 1 and bare_word(key) in people:
        return EntityLabel.PERSON
    if is_full_name:
        return EntityLabel.PERSON
    seen = Counter(entity.label for entity in own if entity.label in _NAMES)
    return (
        EntityLabel.ORG if seen[EntityLabel.ORG] >= seen[EntityLabel.PERSON] else EntityLabel.PERSON
    )
