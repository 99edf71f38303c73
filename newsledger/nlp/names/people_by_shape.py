"""People whom the shape of a name or the words beside it tell: "Kim Do-yeon", "R.B. Larkin", "said
Fenna Holt,", "Datuk Seri Tal Min Hao", "Larkin Relief Omar Tal"."""

import re
from collections.abc import Iterable, Iterator, Sequence

from newsledger.lexicon.actors import find_seed_actor
from newsledger.lexicon.family_names import load_family_names
from newsledger.lexicon.first_names import load_first_names
from newsledger.lexicon.gazetteer import find_kind
from newsledger.lexicon.noun_classes import load_noun_classes
from newsledger.model.enums import EntityLabel, NounClass
from newsledger.model.records import Entity
from newsledger.nlp.names.contexts import list_whole
from newsledger.nlp.names.forms import load_name_heads, load_titles, name_key
from newsledger.nlp.names.kinds import find_described_kind, find_kind_by_head
from newsledger.nlp.names.roles import country_code, is_title, load_role_nouns

_SYLLABLE = r"[A-Z][a-z]{0,6}-[a-z]{1,7}"
_HYPHENED = re.compile(rf"\b(?P<family>[A-Z][a-z]{{1,5}}) {_SYLLABLE}(?![\w-])")
_GIVEN_FIRST = re.compile(rf"{_SYLLABLE} [A-Z][a-z]{{1,5}}")  # "Min-kei Tam"
_REST = re.compile(r"-[a-z]{1,7}(?![\w-])")  # of a given name that was cut
# behind a hyphen these are no syllables: "Kim-led", "Lee-era"
_NO_SYLLABLE = frozenset(
    """led era style like run born based owned backed type made free only held wide bound
    linked themed friendly appointed""".split()
)
_INITIALS = re.compile(r"(?:[A-Z]\. ?){2,3}[A-Z][a-z]{2,}$")  # "R.B. Larkin"
_COUNTRY_INITIALS = re.compile(r"(?:U\. ?S|U\. ?N|U\. ?K|E\. ?U|D\. ?C)\. ?")
_WORD = r"[A-Z][a-zà-öø-ÿ]+(?:-[A-Z][a-z]+)?"
_SAID = re.compile(  # "said Fenna Holt, a nurse"
    rf"[”\"’',] (?:said|says|added|explained|recalled) (?P<name>{_WORD} {_WORD})(?=,| of | from )"
)
_TITLED = re.compile(
    rf"\b(?:Mr|Mrs|Ms|Dr|Datuk|Dato[’']?|Datin|Tan Sri|Prof|Sheikh|Sir)\.? (?:Seri |Sri )?"
    rf"(?P<name>{_WORD}(?: {_WORD}){{1,3}})"
)
_OFFICE_OF = re.compile(  # "Prime Minister of India Omar Tal wrote", "Ambassador to Peru Ona Moe,"
    rf"\b(?P<title>[A-Z][a-z]+) (?:of|to) (?:the )?(?P<state>{_WORD}(?: {_WORD})?) "
    rf"(?P<name>{_WORD} {_WORD})(?= [a-z]|,)"
)
_LETTERS = re.compile(r"[A-Z]{1,3} (?P<surname>[A-Z][a-z]+)")  # "JP Larkin" beside "John Larkin"
_WITH_PARTICLE = re.compile(  # "Safwan Al Tarabi", "Omar bin Said"
    r"[A-Z][\w’'-]+ (?:[A-Z][\w’'-]+ )?(?:[Aa]l[- ]|[Ee]l[- ]|[Bb]in |[Ii]bn )[A-Z][\w’'-]+$"
)
_NO_GIVEN = frozenset(  # nouns of Arabic that begin names of bodies and places
    """jabhat ahrar ansar harakat hizb kataib liwa jaish jund dar bayt beit hayat majlis radio bank
    souq masjid qasr wadi umm asaib saraya jamaat ras tel tal deir bab jebel jabal port fort
    sheikh hotel banco""".split()
)
_TITLE_BEFORE = re.compile(r"\b(?P<title>[A-Z][a-z]+\.?) $")
_NOUN_BEFORE = re.compile(r"(?<![\w’'-])(?P<noun>[a-z][a-z-]+) (?P<named>named |called )?$")
_FULL = re.compile(rf"{_WORD}(?: {_WORD}){{1,2}}")
# nouns for people that stand for firms, teams and states as well: "developer Larkin Homes"
_OF_BODIES = frozenset(
    """producer developer operator provider publisher lender supplier insurer contractor brewer
    retailer manufacturer distributor carrier broker giant leader rival competitor partner owner
    maker builder buyer seller employer importer exporter neighbour neighbor ally enemy opponent
    challenger contender sponsor winner champion runner-up host member newcomer builder miner
    driller refiner grocer dealer trader investor shareholder creditor plaintiff defendant
    organiser organizer promoter creator designer processor generator pioneer specialist start-up
    subscriber affiliate favourite favorite minnow visitor donor client customer user author
    finalist side crew""".split()
)
TITLE_REACH = 16  # letters before a name in which a title stands
NOUN_REACH = 40  # letters before a name in which the noun of a person stands
MIN_PERSON, MAX_PERSON = 2, 3  # words of a name behind a body's


def list_told_people(text: str, found: Sequence[Entity]) -> Iterator[Entity]:
    """List the people whom the shape of a name or a word before it tells, where nothing longer was
    read."""
    for pattern, group, rule in (
        (_HYPHENED, 0, "family name before a given name"),
        (_SAID, "name", "who said something"),
        (_TITLED, "name", "behind a title"),
        (_OFFICE_OF, "name", "behind an office of a country"),
    ):
        for match in pattern.finditer(text):
            start, end = match.span(group)
            if pattern is _OFFICE_OF and not _is_office_of(match["title"], match["state"]):
                continue
            if pattern is _HYPHENED and not _is_given(match["family"], match.group()):
                continue
            if pattern is not _HYPHENED and _tells_body(match[group]):
                continue
            beside = [other for other in found if other.start < end and start < other.end]
            is_inside = any(other.start <= start and end <= other.end for other in beside)
            is_part = all(start <= other.start and other.end <= end for other in beside)
            is_new = is_part if pattern is _SAID else not beside
            if pattern is _HYPHENED:
                is_new = not is_inside
            if pattern is _OFFICE_OF:
                is_new = True
            if is_new:
                yield Entity(start, end, text[start:end], EntityLabel.PERSON, rule)


def _is_office_of(title: str, state: str) -> bool:
    is_state = country_code(state) is not None or find_kind(state) is not None
    return is_state and title.lower() in load_titles()


def find_cut_end(text: str, entity: Entity) -> int | None:
    """Find where a given name ends that was cut at its hyphen: "Kim Do|-yeon"."""
    rest = _REST.match(text, entity.end)
    words = entity.text.split()
    if rest is None or len(words) != MIN_PERSON or words[0].lower() not in load_family_names():
        return None
    return rest.end() if rest.group()[1:] not in _NO_SYLLABLE else None


def split_body_and_person(text: str, entity: Entity) -> tuple[str, int] | None:
    """Split a name at a person's behind a body, a country or a role: ("Larkin Relief", where "Omar
    Tal" begins); the body is empty where none is named. None where there is no such person."""
    words = list(re.finditer(r"\S+", entity.text))
    if len(words) <= MIN_PERSON or words[0].group().lower() in load_first_names():
        return None
    last = words[-1].group()
    is_surname = len(list_whole(text, last)) > len(list_whole(text, entity.text))
    if entity.label == EntityLabel.PERSON and is_surname and country_code(words[0].group()):
        return "", words[1].start()  # "Korea Tal Ranah", and "Ranah" elsewhere
    for number in range(1, len(words) - MIN_PERSON + 1):
        start = words[number].start()
        head, tail = entity.text[:start].strip(), [word.group() for word in words[number:]]
        if len(tail) > MAX_PERSON or not (_is_full_name(tail) or _is_behind_curated(head, tail)):
            continue
        if _is_whole_body(head):
            return head, start
        is_role = number > 1 and head.split()[-1].lower() in load_role_nouns()
        if is_role or country_code(head):
            return "", start
    return None


def list_shaped_people(text: str, entities: Sequence[Entity]) -> set[str]:
    """List the supposed organisations that are people by the shape of their names: "R.B. Larkin";
    "Kim" beside "Kim Do-yeon"."""
    families = {
        entity.text.split()[0]
        for entity in entities
        if entity.label == EntityLabel.PERSON and _HYPHENED.fullmatch(entity.text)
    }
    surnames = {
        entity.text.split()[-1]
        for entity in entities
        if entity.label == EntityLabel.PERSON and " " in entity.text
    }
    return {
        key
        for key, own in _list_organisations(entities)
        if (
            _is_shaped(key)
            or key in families
            or _is_titled(text, key, own)
            or _is_behind_noun(text, key, own)
            or ((short := _LETTERS.fullmatch(key)) and short["surname"] in surnames)
        )
        and find_seed_actor(key) is None
        and not any(find_described_kind(text, entity.start, entity.end) for entity in own)
    }


def _list_organisations(entities: Iterable[Entity]) -> Iterator[tuple[str, list[Entity]]]:
    own: dict[str, list[Entity]] = {}
    for entity in entities:
        if entity.label == EntityLabel.ORG:
            own.setdefault(name_key(entity.text), []).append(entity)
    yield from own.items()


def _is_shaped(key: str) -> bool:
    """Whether a name has initials or a particle as people's have."""
    if _INITIALS.match(key) and not _COUNTRY_INITIALS.match(key):
        return True
    first = key.split()[0].lower()
    is_body = first in _NO_GIVEN or find_kind_by_head(key) is not None
    return bool(_WITH_PARTICLE.match(key)) and not is_body and not country_code(key.split()[0])


def _is_titled(text: str, key: str, own: Sequence[Entity]) -> bool:
    """Whether a name of one word stands behind a person's title: "President Boruk"."""
    if " " in key or key.isupper():
        return False
    found = (
        _TITLE_BEFORE.search(text[max(0, entity.start - TITLE_REACH) : entity.start])
        for entity in own
    )
    return any(match is not None and is_title(match["title"]) for match in found)


def _is_behind_noun(text: str, key: str, own: Sequence[Entity]) -> bool:
    """Whether a full name stands behind a noun for people, or any name behind "a chef named"."""
    is_full = _FULL.fullmatch(key) is not None and find_kind_by_head(key) is None
    is_full = is_full and find_kind(key.split()[0]) is None
    for entity in own:
        before = text[max(0, entity.start - NOUN_REACH) : entity.start]
        found = _NOUN_BEFORE.search(before)
        is_told = found is not None and (found["named"] or is_full)
        if found and is_told and found["noun"] not in _OF_BODIES:
            return load_noun_classes().get(found["noun"]) == NounClass.PERSON
    return False


def _is_given(family: str, name: str) -> bool:
    tail = name.rpartition("-")[2]
    return family.lower() in load_family_names() and tail not in _NO_SYLLABLE


def _is_full_name(words: Sequence[str]) -> bool:
    """Whether words are a person's full name: a first name that is known before others, or a family
    name before a given name."""
    is_plain = all(word.replace("-", "").isalpha() and word[0].isupper() for word in words)
    if not is_plain or load_name_heads().get(words[-1].lower()):
        return False
    whole, families = " ".join(words), load_family_names()
    is_east = bool(_HYPHENED.fullmatch(whole)) and words[0].lower() in families
    is_east = is_east or (bool(_GIVEN_FIRST.fullmatch(whole)) and words[-1].lower() in families)
    first = words[0].lower()
    return is_east or (first in load_first_names() and not words[0].isupper())


def _is_behind_curated(head: str, tail: Sequence[str]) -> bool:
    """Whether words behind the whole name of a curated body are somebody's: of no body, role or
    place."""
    is_plain = all(word.isalpha() and word.istitle() for word in tail)
    is_long = head.count(" ") >= MIN_PERSON and find_seed_actor(head) is not None
    return is_plain and is_long and not any(_tells_body(word) or find_kind(word) for word in tail)


def _is_whole_body(head: str) -> bool:
    """Whether words are the whole name of a body: curated, or of two words or more with its noun
    last."""
    if find_seed_actor(head) is not None:
        return True
    found = find_kind_by_head(head) if " " in head else None
    return found is not None and found[1] == f"head: {head.split()[-1]}"


def _tells_body(name: str) -> bool:
    """Whether words are no person: with the noun of a body, of a role or a place."""
    words = name.lower().split()
    return any(word in load_role_nouns() or load_name_heads().get(word) for word in words) or (
        find_kind_by_head(name) is not None or find_seed_actor(name) is not None
    )
