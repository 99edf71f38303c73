"""Where the names of one article begin and end: spans that are cut ("Civil Liberties Union| of
Indiana") or run over ("Author Ana Lund")."""

import re
from collections.abc import Iterator
from dataclasses import replace

from newsledger.lexicon.first_names import load_first_names
from newsledger.lexicon.gazetteer import find_kind
from newsledger.lexicon.source_words import find_word_class
from newsledger.model.enums import EntityLabel, LocationKind, WordClass
from newsledger.model.records import Entity
from newsledger.nlp.names.forms import load_titles, name_key
from newsledger.nlp.names.kinds import load_kind_words
from newsledger.nlp.names.offices import find_holder, is_of_one_named
from newsledger.nlp.names.people_by_shape import find_cut_end, split_body_and_person
from newsledger.nlp.names.roles import is_title, load_role_nouns
from newsledger.nlp.parse.parsed import ParsedText

_KOREAN = re.compile(r"[A-Z][a-z]+-[a-z]+$")  # a given name: the surname stands before it
_PARTICLE_BEHIND = re.compile(r" (?:el|al|bin|ibn|abu|de|von|van)[- ][A-Z][\w’'-]+")
_CREDITS = frozenset({"Getty", "Reuters", "Photo", "Picture", "Image", "Pictured", "Photograph"})
_OWNERS = frozenset({"government", "company", "ministry"})
_OWN_PART = re.compile(r"^(?P<owner>[A-Za-z]+)[’']s (?=[A-Z])")
_TWO_BODIES = re.compile(
    r"^(?P<one>(?P<head>\w+) (?:of|for) .+?) and (?P<two>(?P=head) (?:of|for) .+)$"
)
_FIELD_BEHIND = re.compile(r" and (?:[A-Z]\w+ )*(?P<last>[A-Z]\w+)\b")
_FOR_WHAT = re.compile(  # "Lund Institute| for Gender and Social Development"
    r" (?:for|on) (?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b)(?:the )?"
    r"(?P<first>[A-Z][a-z]{3,})(?:(?: and| of|, and)?(?: the)? [A-Z][a-z]{2,}){0,5}"
    r"(?=[,.;)’']| [a-z(])"
)
_FIRST_BEFORE = re.compile(r"(?<![\w’'.-])(?P<name>[A-Z][a-z]+) $")
_REACH, _LONG = 20, 3  # letters before a name; words of a name that is whole
_OF_PLACE = (" of ", " from ", " for ")
_BRANCH = re.compile(
    r" of (?:the )?(?P<place>[A-Z][\w-]+(?: [A-Z][\w-]+)?)(?! (?:and|or) )(?=[^\w]| [a-z])"
)
_BRANCH_KINDS = frozenset({LocationKind.COUNTRY, LocationKind.ADMIN1, LocationKind.REGION})
_FOR_WHOM = re.compile(r" for the (?:[A-Z]\w+ ?)+(?<! )")
_PERSON_CLASSES = frozenset(
    {WordClass.OFFICIAL, WordClass.PERSON, WordClass.EXPERT, WordClass.EYEWITNESS}
)
_LISTED = re.compile(r"[A-Z][a-z]+(?:, [A-Z][a-z]+)+")
_DASHED = re.compile(r" [-–—] (?=[A-Z]\w+ [A-Z])")  # "- The hall - Ana Lund said"
_OF = re.compile(r"\b(?:of|for) ")
_NAMES = frozenset({EntityLabel.PERSON, EntityLabel.ORG})


def mend_span(doc: "ParsedText", entity: Entity) -> Iterator[Entity]:
    """Cut or lengthen a name: "Author Ana Lund", "Abdel-Fattah el-Tal", "the Zoo's Response
    Team"."""
    text = doc.text
    if entity.label == EntityLabel.PERSON and _LISTED.fullmatch(entity.text):
        for part in re.finditer(r"[^, ]+", entity.text):  # "Omar, Ana"
            start, end = entity.start + part.start(), entity.start + part.end()
            yield cut(text, entity, start, end, "one of a list")
        return
    if entity.label in _NAMES and (holder := find_holder(text, entity)) is not None:
        yield from holder
        return
    split = split_body_and_person(text, entity) if entity.label in _NAMES else None
    if split is not None and not is_of_one_named(text, entity):
        body, at = split
        if body:
            before = cut(text, entity, entity.start, entity.start + len(body), "before a person")
            yield relabel(before, EntityLabel.ORG, before.rule)
        person = cut(text, entity, entity.start + at, entity.end, "behind a body")
        yield relabel(person, EntityLabel.PERSON, person.rule)
        return
    if entity.label == EntityLabel.PERSON:
        yield _mend_person(doc, entity)
        return
    if entity.label != EntityLabel.ORG:
        yield entity
        return
    own = _OWN_PART.match(entity.text)
    if own and own["owner"].lower() in _OWNERS | load_kind_words()["institution"].keys():
        entity = cut(text, entity, entity.start + own.end(), entity.end, "its own part")
    two = _TWO_BODIES.match(entity.text)
    if two and two["head"].lower() in load_kind_words()["name"]:
        for body in ("one", "two"):
            start, end = entity.start + two.start(body), entity.start + two.end(body)
            yield cut(text, entity, start, end, "two bodies")
        return
    entity = _lengthen_body(doc, entity)
    behind = _FIELD_BEHIND.match(text, entity.end)
    if behind and _OF.search(entity.text) and _is_field(behind["last"]):
        entity = cut(text, entity, entity.start, behind.end(), "field behind")
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
            return cut(text, entity, start, branch.end(), "branch of a place")
        if head == "party" and (people := _FOR_WHOM.match(text, end)):
            return cut(text, entity, start, people.end(), "party for whom")
    what = _FOR_WHAT.match(text, end) if head in load_kind_words()["name"] else None
    if what and len(words) > 1 and what["first"].lower() not in load_first_names():
        end = what.end() if not find_kind(what["first"]) else end
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
    return entity if is_same else cut(text, entity, start, end, "longer name")


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
        return cut(text, entity, start + len(words[0]) + 1, end, "role before the name")
    if (name_end := find_cut_end(text, entity)) is not None:
        return cut(text, entity, start, name_end, "given name to its end")
    if dash := _DASHED.search(entity.text):
        return cut(text, entity, start + dash.end(), end, "heading before the name")
    if (own := _find_own_name(entity.text)) > 0:
        return cut(text, entity, start + own, end, "letters before the name")
    if (behind_place := _find_behind_place(text, entity)) > 0:
        return cut(text, entity, start + behind_place, end, "place before the name")
    if len(words) < _LONG and (lead := _FIRST_BEFORE.search(text, max(0, start - _REACH), start)):
        name = lead["name"].lower()
        if name in load_first_names() and first not in load_first_names() and not find_kind(name):
            return cut(text, entity, lead.start("name"), end, "first name before the name")
    if behind := _PARTICLE_BEHIND.match(text, end):
        return cut(text, entity, start, behind.end(), "particle behind the name")
    if len(words) == 1 and _KOREAN.match(entity.text):
        before = re.search(r"(?<![.!?] )\b(?P<surname>[A-Z][a-z]{1,5}) $", text[:start][-12:])
        if before and not is_title(before["surname"]) and not _is_role(before["surname"]):
            return cut(text, entity, start - len(before.group()), end, "surname before the name")
    return entity


def _find_behind_place(text: str, entity: Entity) -> int:
    """Find where a name begins behind the place of an office: "mayor of| Harrow Ana Lund"."""
    if not text.endswith(_OF_PLACE, 0, entity.start):
        return 0
    for word in list(re.finditer(r"\S+", entity.text))[1:-1]:
        place = entity.text[: word.start()].strip()
        if word.group().lower() in load_first_names() and find_kind(place) is not None:
            return word.start()
    return 0


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


def relabel(entity: Entity, label: EntityLabel, rule: str) -> Entity:
    return replace(entity, label=label, rule=rule)


def cut(text: str, entity: Entity, start: int, end: int, rule: str) -> Entity:
    return replace(entity, start=start, end=end, text=text[start:end], rule=rule)
