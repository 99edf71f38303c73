"""Names of one article put right before they become actors: bodies that were read as places or not
at all, spans that are cut or run over, one label for one wording.

`Entity.rule` tells which rule put a name right. The names of `find_entities` stay as they are;
what is mended here is who acts in an article.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from newsledger.lexicon.actors import find_seed_actor, fold, load_seed_actors
from newsledger.lexicon.first_names import load_first_names
from newsledger.lexicon.gazetteer import find_kind
from newsledger.lexicon.source_words import find_word_class
from newsledger.model.enums import ActorKind, EntityLabel, LocationKind, WordClass
from newsledger.model.records import Entity
from newsledger.nlp.claims.cover import Cover
from newsledger.nlp.names.bodies_by_use import list_told_bodies
from newsledger.nlp.names.forms import (
    bare_word,
    find_acronyms,
    find_bracketed,
    load_titles,
    name_key,
)
from newsledger.nlp.names.kinds import (
    find_described_kind,
    find_kind_by_head,
    is_generic,
    load_kind_words,
)
from newsledger.nlp.names.offices import find_holder, is_of_one_named
from newsledger.nlp.names.overlooked import (
    list_acronyms,
    list_curated_words,
    list_left_out,
    list_services,
    list_stations,
    list_teams,
    list_titled,
    list_users,
)
from newsledger.nlp.names.people_by_shape import (
    find_cut_end,
    list_shaped_people,
    list_told_people,
    split_body_and_person,
)
from newsledger.nlp.names.roles import country_code, is_title, load_role_nouns
from newsledger.nlp.parse.parsed import ParsedText

_FAMILY = re.compile(r"the (?P<surname>[A-Z][a-z]+?)s\b")
_KOREAN = re.compile(r"[A-Z][a-z]+-[a-z]+$")  # a given name: the surname stands before it
_PARTICLE_BEHIND = re.compile(r" (?:el|al|bin|ibn|abu|de|von|van)[- ][A-Z][\w’'-]+")
MIN_BARE = 2  # times that the last word of a full name stands alone as a person's
_CREDITS = frozenset({"Getty", "Reuters", "Photo", "Picture", "Image", "Pictured", "Photograph"})
_OWNERS = frozenset({"government", "company", "ministry"})
_OWN_PART = re.compile(r"^(?P<owner>[A-Za-z]+)[’']s (?=[A-Z])")
_TWO_BODIES = re.compile(
    r"^(?P<one>(?P<head>\w+) (?:of|for) .+?) and (?P<two>(?P=head) (?:of|for) .+)$"
)
_FIELD_BEHIND = re.compile(r" and (?:[A-Z]\w+ )*(?P<last>[A-Z]\w+)\b")
_BRANCH = re.compile(
    r" of (?:the )?(?P<place>[A-Z][\w-]+(?: [A-Z][\w-]+)?)(?! (?:and|or) )(?=[^\w]| [a-z])"
)
_BRANCH_KINDS = frozenset({LocationKind.COUNTRY, LocationKind.ADMIN1, LocationKind.REGION})
_FOR_WHOM = re.compile(r" for the (?:[A-Z]\w+ ?)+(?<! )")
_OF = re.compile(r"\b(?:of|for) ")
_PERSON_CLASSES = frozenset(
    {WordClass.OFFICIAL, WordClass.PERSON, WordClass.EXPERT, WordClass.EYEWITNESS}
)
_PLACES = frozenset({EntityLabel.FAC, EntityLabel.GPE, EntityLabel.LOC})
_NAMES = frozenset({EntityLabel.PERSON, EntityLabel.ORG})
_TOLD = "used as an organisation"  # the rule of a name
_LISTED = re.compile(r"[A-Z][a-z]+(?:, [A-Z][a-z]+)+")
_DASHED = re.compile(r" [-–—] (?=[A-Z]\w+ [A-Z])")  # "- The hall - Ana Lund said"
_TITLED = re.compile(r"\b(?P<title>[A-Z][a-z]+\.?) $")


def mend_names(doc: "ParsedText", entities: Sequence[Entity]) -> tuple[Entity, ...]:
    """Put the names of a document right, in reading order, not overlapping."""
    surnames = {
        entity.text.split()[-1]
        for entity in entities
        if entity.label == EntityLabel.PERSON and " " in entity.text
    }
    found = [_read_as_body(doc, entity, surnames) for entity in entities]
    found = [part for entity in found for part in _mend_span(doc, entity)]
    found += list_left_out(doc, found)
    sure = (
        *list_teams(doc, found), *list_stations(doc), *list_services(doc), *list_users(doc),
        *list_told_people(doc.text, found), *list_titled(doc, found),
    )  # fmt: skip
    found = _drop_overlaps([*sure, *found])
    letters = list_acronyms(doc, found, list_countries(found))
    found = _drop_overlaps([*found, *letters, *list_curated_words(doc, found)])
    told = {entity.start for entity in list_told_bodies(doc.text, found)}
    found = [
        _relabel(entity, EntityLabel.ORG, _TOLD) if entity.start in told else entity
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
        return _relabel(entity, EntityLabel.PERSON, "family of a surname")
    if entity.label in _NAMES:
        return entity
    key = name_key(entity.text)
    seed = find_seed_actor(key)
    if entity.label == EntityLabel.NORP:
        is_party = seed is not None and seed.kind == ActorKind.PARTY
        return _relabel(entity, EntityLabel.ORG, "seeds/actors.csv") if is_party else entity
    words = key.split()
    head = _OF.split(key)[0].split()[-1].lower() if words else ""
    if entity.label in _PLACES and len(words) > 1 and head in load_kind_words()["institution"]:
        return _relabel(entity, EntityLabel.ORG, f"institution: {head}")
    if seed is not None and entity.label in _PLACES and _is_curated_body(doc, entity):
        return _relabel(entity, EntityLabel.ORG, "seeds/actors.csv")
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


def _mend_span(doc: "ParsedText", entity: Entity) -> Iterator[Entity]:
    """Cut or lengthen a name: "Author Ana Lund", "Abdel-Fattah el-Tal", "the Zoo's Response
    Team"."""
    text = doc.text
    if entity.label == EntityLabel.PERSON and _LISTED.fullmatch(entity.text):
        for part in re.finditer(r"[^, ]+", entity.text):  # "Omar, Ana"
            start, end = entity.start + part.start(), entity.start + part.end()
            yield _cut(text, entity, start, end, "one of a list")
        return
    if entity.label in _NAMES and (holder := find_holder(text, entity)) is not None:
        yield from holder
        return
    split = split_body_and_person(text, entity) if entity.label in _NAMES else None
    if split is not None and not is_of_one_named(text, entity):
        body, at = split
        if body:
            before = _cut(text, entity, entity.start, entity.start + len(body), "before a person")
            yield _relabel(before, EntityLabel.ORG, before.rule)
        person = _cut(text, entity, entity.start + at, entity.end, "behind a body")
        yield _relabel(person, EntityLabel.PERSON, person.rule)
        return
    if entity.label == EntityLabel.PERSON:
        yield _mend_person(doc, entity)
        return
    if entity.label != EntityLabel.ORG:
        yield entity
        return
    own = _OWN_PART.match(entity.text)
    if own and own["owner"].lower() in _OWNERS | load_kind_words()["institution"].keys():
        entity = _cut(text, entity, entity.start + own.end(), entity.end, "its own part")
    two = _TWO_BODIES.match(entity.text)
    if two and two["head"].lower() in load_kind_words()["name"]:
        for body in ("one", "two"):
            start, end = entity.start + two.start(body), entity.start + two.end(body)
            yield _cut(text, entity, start, end, "two bodies")
        return
    entity = _lengthen_body(doc, entity)
    behind = _FIELD_BEHIND.match(text, entity.end)
    if behind and _OF.search(entity.text) and _is_field(behind["last"]):
        entity = _cut(text, entity, entity.start, behind.end(), "field behind")
    yield entity


def _lengthen_body(doc: "ParsedText", entity: Entity) -> Entity:
    """Lengthen a body that is cut: "Civil Liberties Union of Indiana", "Party for the People",
    "Bill and Melinda Gates Foundation", "Children's Hospital Medical Center"."""
    text, start, end = doc.text, entity.start, entity.end
    words = name_key(entity.text).split()
    head = words[-1].lower() if words else ""
    if _OF.search(entity.text) is None and len(words) > 1 and head in load_kind_words()["name"]:
        branch = _BRANCH.match(text, end)
        if branch and find_kind(branch["place"]) in _BRANCH_KINDS:
            return _cut(text, entity, start, branch.end(), "branch of a place")
        if head == "party" and (people := _FOR_WHOM.match(text, end)):
            return _cut(text, entity, start, people.end(), "party for whom")
    if head == "hospital" and text.startswith(" Medical Center", end):
        end += len(" Medical Center")
    if re.match(r"(?:Children|Women)[’']s ", entity.text):
        before = re.search(r"\w (?P<town>[A-Z][a-z]+ )$", text[max(0, start - 20) : start])
        start -= len(before["town"]) if before else 0
    couple = re.search(r"\b(?P<name>[A-Z][a-z]+) (?:and|&) $", text[max(0, start - 20) : start])
    first = words[0].lower() if words else ""
    if couple and first in load_first_names() and couple["name"].lower() in load_first_names():
        start -= len(couple.group())
    is_same = (start, end) == (entity.start, entity.end)
    return entity if is_same else _cut(text, entity, start, end, "longer name")


def _is_field(word: str) -> bool:
    return word.lower() in load_kind_words()["field"]


def _mend_person(doc: "ParsedText", entity: Entity) -> Entity:
    text, start, end = doc.text, entity.start, entity.end
    words = entity.text.split()
    first = words[0].lower()
    is_role = first not in load_titles() and (
        first in load_role_nouns() or find_word_class(first) in _PERSON_CLASSES
    )
    if len(words) > 1 and is_role and first not in load_first_names():
        return _cut(text, entity, start + len(words[0]) + 1, end, "role before the name")
    if (cut := find_cut_end(text, entity)) is not None:
        return _cut(text, entity, start, cut, "given name to its end")
    if dash := _DASHED.search(entity.text):
        return _cut(text, entity, start + dash.end(), end, "heading before the name")
    if (own := _find_own_name(entity.text)) > 0:
        return _cut(text, entity, start + own, end, "letters before the name")
    if behind := _PARTICLE_BEHIND.match(text, end):
        return _cut(text, entity, start, behind.end(), "particle behind the name")
    if len(words) == 1 and _KOREAN.match(entity.text):
        before = re.search(r"(?<![.!?] )\b(?P<surname>[A-Z][a-z]{1,5}) $", text[:start][-12:])
        if before and not is_title(before["surname"]) and not _is_role(before["surname"]):
            return _cut(text, entity, start - len(before.group()), end, "surname before the name")
    return entity


def _find_own_name(name: str) -> int:
    """Find where a full name begins behind letters that are none of it: "DL Omar Tal", "Getty
    Images Omar Tal"."""
    words = list(re.finditer(r"\S+", name))
    for number, word in enumerate(words[1:-1], 1):
        before = [other.group() for other in words[:number]]
        is_credit = before[0] in _CREDITS or any(w.isupper() and w.isalpha() for w in before)
        if is_credit and len(before[-1]) > 1 and word.group().lower() in load_first_names():
            return word.start()
    return 0


def _is_role(word: str) -> bool:
    return word.lower() in load_role_nouns() or word.lower() in load_titles()


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
        yield _relabel(entity, label, "as elsewhere in the article") if is_other else entity


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


def _relabel(entity: Entity, label: EntityLabel, rule: str) -> Entity:
    return replace(entity, label=label, rule=rule)


def _cut(text: str, entity: Entity, start: int, end: int, rule: str) -> Entity:
    return replace(entity, start=start, end=end, text=text[start:end], rule=rule)
