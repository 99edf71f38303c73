"""Names that are no actors: resolved places, storms, ships, currencies, rivers, counties, holidays,
plurals that begin a sentence."""

import bisect
import re
from functools import cache, lru_cache

from newsledger.lexicon.actors import fold, load_seed_actors
from newsledger.lexicon.cues import load_cues
from newsledger.lexicon.family_names import load_family_names
from newsledger.lexicon.first_names import load_first_names
from newsledger.lexicon.gazetteer import load_gazetteer
from newsledger.lexicon.words import read_lexicon
from newsledger.model.enums import ActorKind, CueClass, EntityLabel, LocationKind, PlaceLabel
from newsledger.model.records import Entity, LocationMention
from newsledger.model.records import Span as CharSpan
from newsledger.nlp.names.contexts import (
    EDGE,
    NO_WORD,
    REACH,
    Context,
    find_in_context,
    list_occurrences,
    list_whole,
)
from newsledger.nlp.names.forms import load_name_heads, name_key
from newsledger.nlp.names.kinds import find_described_kind, find_kind_by_head
from newsledger.nlp.names.roles import is_title
from newsledger.nlp.parse.parsed import ParsedText, Word
from newsledger.nlp.places.mentions import PlaceSet

_STORM = re.compile(r"\b(?:Hurricane|Typhoon|Cyclone|Storm|Tempest) [A-Z][\w’'-]+$")
_STORM_TAIL = re.compile(r"(?:Center|Centre|Service|Office|Agency|Fund|Relief)$")
_SHIP = re.compile(r"(?:MV|M/V|MT|SS|HMS|HMCS|HMAS|USS|RMS|INS|FV) [A-Z]")
_PRODUCT = (
    "(?:drug|medicine|medication|vaccine|painkiller|antibiotic|antidepressant|opioid|jab"
    "|smartphone|chatbot|app)s?"
)
_PRODUCT_BEFORE = (
    rf"{_PRODUCT}(?: called| named)?|prescrib(?:e|ed|es|ing)|inject(?:ed|ing)?"
    r"|swallow(?:ed|ing)?|doses of|dose of|course of"
)
_PRODUCT_BEHIND = (
    r"(?:pills?|tablets?|injections?|capsules?|jabs?|doses|prescriptions?|smartphones?|handsets?)"
)
MIN_SMALL = 3  # times that a word stands in small letters that is no name
_THING = (
    "ship|vessel|tanker|oil tanker|cargo ship|ferry|yacht|trawler|freighter|frigate|destroyer"
    "|submarine|satellite|spacecraft|space probe|rocket|missile|gorilla|tiger|lion|elephant|orca"
    "|panda|giraffe|horse|dog|puppy|cat|cryptocurrency|digital currency"
)
_WORK = "campaign|programme|program|scheme|documentary|film|movie|novel|album|song|podcast|bill"
_PRODUCT_FRAMES = (
    Context(re.compile(rf"\b(?:{_PRODUCT_BEFORE}) \Z"), EDGE),
    Context(
        NO_WORD,
        re.compile(rf" {_PRODUCT_BEHIND}\b|, (?:an?|the|its) (?:[\w-]+ ){{0,3}}?{_PRODUCT}\b"),
    ),
)
_CRAFT_FRAMES = (
    Context(
        re.compile(
            rf"\b(?:{_THING}) (?:named |called |the )?[\"“‘']?\Z"
            rf"|\b(?:{_THING}),? (?:[\w-]+ ){{0,6}}?(?:called|named) [\"“‘']?\Z"
            rf"|\b(?:{_THING})s,? ?[—–-]* ?(?:including|such as) (?:the )?\Z"
            rf"|\b(?:{_WORK}),? (?:called|named|titled|entitled|dubbed) [\"“‘']?(?:[Tt]he )?\Z"
        ),
        EDGE,
        re.compile(rf"(?:{_THING}|called|named|including|such as|titled|dubbed)\b"),
    ),
    Context(re.compile(rf"\b(?:{_THING}), (?:the )?\Z"), re.compile("[,.]")),
    Context(
        NO_WORD,
        re.compile(
            rf"(?:[\"”’']?,| is| was) (?:an?|the|its) (?:[\w-]+ ){{0,4}}?(?:{_THING})\b"
            r"(?! (?:maker|owner|operator|company|firm|agency|expert|trainer))"
        ),
    ),
)
IN_REACH = 12  # letters before a name in which a word of place stands
_PAPERS = frozenset(
    """certificate visa permit agreement treaty charter convention declaration accord boulevard
    street avenue""".split()
)
_SMALL = frozenset({"and", "of", "for", "the", "in"})
_MINISTER = re.compile(r"\b(?:[Mm]inisters?|[Ss]ecretary)(?: of [Ss]tate)? (?:of|for) (?:the )?$")
_MEDIUM_BEHIND = re.compile(r"\s?/\s?(?P<medium>[A-Z][\w.-]+(?: [A-Z][\w.]+)*)")
_PRESS = re.compile(r"\b(?:Press|News|Images|Getty|Photos?|Times|Post|Herald|Media|AFP|EPA|AP)\b")
_IN = re.compile(r"\b(?:[Ii]n|[Nn]ear|[Aa]t|[Oo]utside)(?: the)? $")
_DOING = re.compile(r"^[A-Z][a-z]{3,}ing (?=[A-Z][a-z]+$)")  # "Feeding Rex": no first name
_COMPOUND_PLACE = re.compile(
    r"\b[A-Z]\w+-(?:on|upon|under|in|by|le|la|les|sur|en|am|an|der)-[A-Z]\w+"
)  # "Stourport-on-Severn"
_HOUR_BEFORE = re.compile(r"\d(?:\s?[ap]\.?\s?m\.?)?[\s,(]*$", re.IGNORECASE)
_DISEASE = re.compile(r"\b(?:[Ff]lu|[Ii]nfluenza|[Vv]irus|[Dd]isease|[Ss]yndrome)$")
_TIME_OF_ZONE = re.compile(r"\b(?:Standard|Daylight|Summer) Time$")
_PARTY_AND_STATE = re.compile(r"[DRI]-[A-Z][A-Za-z]*\.?(?:[A-Z]\.?)?")  # "(R-Utah)"


def _is_on_map(place: LocationMention) -> bool:
    return place.label in {PlaceLabel.GPE, PlaceLabel.LOC}


def leave_out_strays(
    doc: "ParsedText", entities: tuple[Entity, ...], places: PlaceSet
) -> tuple[Entity, ...]:
    """Leave out the people and organisations that are none.

    A resolved place or a part of one ("Stourport-on-Severn"), and of single words: a river or a
    division ("the Severn", "Herefordshire's flood office"), a supposed person that is a place
    elsewhere in the article, a holiday, a plural that has its capital from the sentence ("Trains
    will not run"). Acronyms, curated actors, what is described and who speaks stay.
    """
    text, seeds = doc.text, load_seed_actors()
    resolved = [place for place in places.mentions if place.location_id and _is_on_map(place)]
    spans = [CharSpan(found.start(), found.end()) for found in _COMPOUND_PLACE.finditer(text)]
    spans += [CharSpan(place.start, place.end) for place in resolved]
    spans.sort()
    starts = [span.start for span in spans]
    names = {fold(name_key(text[place.start : place.end])) for place in resolved}
    words = {
        word
        for entity in entities
        if entity.label == EntityLabel.PERSON and " " in entity.text
        for word in fold(name_key(entity.text)).split()
    }

    def is_stray(entity: Entity) -> bool:
        key = fold(name_key(entity.text))
        if key in seeds or key in load_things():
            return key not in seeds
        i = bisect.bisect_right(starts, entity.start) - 1
        if (i >= 0 and entity.end <= spans[i].end) or _is_thing(text, entity):
            return True
        if _is_nobody(text, entity, key):
            return True
        if (
            " " in key
            or key in words
            or entity.text.isupper()
            or find_described_kind(text, entity.start, entity.end)
        ):
            return False
        return _is_stray_word(doc, entity, key, names)

    return tuple(
        entity
        for entity in entities
        if entity.label not in {EntityLabel.PERSON, EntityLabel.ORG} or not is_stray(entity)
    )


@lru_cache(maxsize=4096)  # asked for each mention of a name
def _is_short_for_noun(text: str, name: str) -> bool:
    """Whether letters are introduced behind a noun in small letters that is no body: "unmanned
    survey systems (USS)"."""
    if not (name.isupper() and name.isalpha()):
        return False
    for start, end in list_whole(text, name):
        if text[start - 1 : start] != "(" or text[end : end + 1] != ")":
            continue
        words = re.findall(r"[\w-]+", text[max(0, start - REACH) : start])
        telling = [word for word in words if word not in _SMALL][-len(name) :]
        letters = "".join(word[0] for word in telling)
        head = find_kind_by_head(" ".join(telling))
        if letters == name.lower() and (head is None or head[0] == ActorKind.COMPANY):
            return True
    return False


@lru_cache(maxsize=4096)  # asked for each mention of a name
def _is_in(text: str, name: str) -> bool:
    return all(
        _IN.search(text[max(0, start - IN_REACH) : start])
        and not text.startswith(("’s", "'s"), end)
        for start, end in list_whole(text, name)
    )


def _is_paper(key: str) -> bool:
    """Whether a name is a paper's or a street's: "Alien Resident Certificate", "Tal Boulevard"."""
    words = key.split()
    return len(words) > 1 and words[-1] in _PAPERS


def _is_nobody(text: str, entity: Entity, key: str) -> bool:
    """Whether a name is a paper's, titles alone ("Maj Gen"), letters of a noun, or nothing but
    where something is."""
    words = key.split()
    is_title_alone = len(words) > 1 and all(is_title(word) for word in words)
    if is_title_alone or _is_paper(key):
        return True
    is_told = _is_short_for_noun(text, entity.text) or _is_portfolio(text, entity, key)
    return is_told or _is_credit(text, entity) or _is_where(text, entity)


def _is_portfolio(text: str, entity: Entity, key: str) -> bool:
    """Whether a name is what a minister is for: "Minister of Mines and Energy"."""
    before = text[max(0, entity.start - IN_REACH * 2) : entity.start]
    if entity.label != EntityLabel.ORG or _MINISTER.search(before) is None:
        return False
    head = find_kind_by_head(key)
    return head is None or head[0] == ActorKind.COMPANY


def _is_credit(text: str, entity: Entity) -> bool:
    """Whether a name is a photographer's with his medium: "Ana Lund/Reuters"."""
    name, mark, medium = entity.text.partition("/")
    behind = _MEDIUM_BEHIND.match(text, entity.end)
    if not mark and behind:
        name, medium = entity.text, behind["medium"]
    if " " not in name or not medium:
        return False
    seed = load_seed_actors().get(fold(medium))
    return (seed is not None and seed.kind == ActorKind.MEDIA) or _PRESS.search(medium) is not None


def _is_where(text: str, entity: Entity) -> bool:
    """Whether a supposed person without a first name is nowhere but where something is: "in Larkin
    Kao"."""
    first = entity.text.split()[0].lower()
    is_plain = entity.label == EntityLabel.PERSON and first not in load_first_names()
    is_plain = is_plain and first not in load_family_names()
    return is_plain and not is_title(first) and _is_in(text, entity.text)


@cache
def load_things() -> frozenset[str]:
    """Read `seeds/things.csv`: what is written with a capital and is nobody."""
    return frozenset(fold(row["name"]) for row in read_lexicon("things.csv", ("name", "what")))


def _is_thing(text: str, entity: Entity) -> bool:
    """Whether a name is a storm's, a ship's, a drug's or a device's, a disease, a time zone or the
    party and state of a lawmaker."""
    if _is_storm(text, entity) or _is_ship(text, entity) or _is_zone(text, entity):
        return True
    if _DISEASE.search(entity.text) or _PARTY_AND_STATE.fullmatch(entity.text):
        return True
    name = _DOING.sub("", name_key(entity.text))
    if not text.startswith((" Group", " Ltd"), entity.end) and _is_craft(text, name):
        return True
    return _is_product(text, name_key(entity.text)) and not find_described_kind(
        text, entity.start, entity.end
    )


def _is_zone(text: str, entity: Entity) -> bool:
    """Whether letters behind an hour tell its time zone: "9:30 a.m. EST", "(0030 GMT)"."""
    is_known = entity.text.lower() in _load_zones()
    is_told = is_known and bool(_HOUR_BEFORE.search(text[: entity.start]))
    return is_told or bool(_TIME_OF_ZONE.search(entity.text))


@cache
def _load_zones() -> frozenset[str]:
    rows = read_lexicon("time_words.csv", ("word", "class", "value"))
    return frozenset(row["word"] for row in rows if row["class"] == "zone")


def _is_stray_word(doc: "ParsedText", entity: Entity, key: str, places: set[str]) -> bool:
    """Whether a single word is a holiday, a plural that begins a sentence, or a place, and does not
    speak."""
    span = doc.char_span(entity.start, entity.end, alignment_mode="expand")
    if load_name_heads().get(key) == "event" or span is None:
        return True
    if _is_common_noun(doc.text, entity.text) and not _speaks(span.root):
        return True
    is_plural = span[0].is_sent_start and span[0].tag_ == "NNS"  # "Trains will not run"
    is_place = (
        _is_river(doc.text, entity)
        or _is_division(entity)
        or (entity.label == EntityLabel.PERSON and key in places)
    )
    return (is_plural or is_place) and not _speaks(span.root)


@lru_cache(maxsize=4096)  # asked for each mention of a name
def _is_product(text: str, name: str) -> bool:
    """Whether a text speaks of a name of one word as of a drug or a device anywhere: "the drug X",
    "prescribed X", "X pills"."""
    return " " not in name and _stands_in(text, name, _PRODUCT_FRAMES)


@lru_cache(maxsize=4096)  # asked for each mention of a name
def _is_common_noun(text: str, word: str) -> bool:
    """Whether a text writes a word in small letters more often than not: "Bitcoin", "bitcoin"."""
    if text.count(word.lower()) < MIN_SMALL:
        return False
    small = len(re.findall(rf"\b{re.escape(word.lower())}\b", text))
    return small >= MIN_SMALL and small > len(re.findall(rf"\b{re.escape(word)}\b", text))


@lru_cache(maxsize=4096)  # asked for each mention of a name
def _is_craft(text: str, name: str) -> bool:
    """Whether a text calls a name a ship, a missile, an animal, a coin or a campaign anywhere: "the
    vessel X", "X, a gorilla,", "10 ships, including the X", "a campaign called X"."""
    return _stands_in(text, name, _CRAFT_FRAMES)


def _stands_in(text: str, name: str, contexts: tuple[Context, ...]) -> bool:
    """Whether a name stands anywhere between what one of the contexts has before and behind it."""
    return any(find_in_context(text, list_occurrences(text, (name,)), contexts))


def _is_storm(text: str, entity: Entity) -> bool:
    return _STORM.search(
        text[max(0, entity.start - 16) : entity.start] + entity.text
    ) is not None and not _STORM_TAIL.search(entity.text)


def _is_ship(text: str, entity: Entity) -> bool:
    return _SHIP.match(entity.text) is not None or text[
        max(0, entity.start - 4) : entity.start
    ] in {"MV ", "HMS ", "USS "}


def _is_river(text: str, entity: Entity) -> bool:
    """Whether a single word with an article is a name of a river or lake: "the Severn"."""
    has_article = text[
        max(0, entity.start - 4) : entity.start
    ].lower() == "the " or entity.text.lower().startswith("the ")
    return has_article and any(
        candidate.place.kind == LocationKind.WATER
        for candidate in load_gazetteer().find(name_key(entity.text))
    )


def _is_division(entity: Entity) -> bool:
    """Whether a single word names a county or province and no town."""
    found = [
        candidate.place.kind
        for candidate in load_gazetteer().find(name_key(entity.text))
        if candidate.is_main
    ]
    return (
        bool(found)
        and set(found) <= {LocationKind.ADMIN1, LocationKind.ADMIN2}
        and fold(entity.text) not in load_first_names()
    )


def _speaks(word: "Word") -> bool:
    """Whether a name is the subject of a verb of speech or has a title: "Lund said", "Mayor
    Lund"."""
    cue = load_cues().get((word.head.lemma_.lower(), "verb")) if word.dep_ == "nsubj" else None
    return (cue is not None and cue.cue_class == CueClass.SPEECH) or (
        word.i > 0 and is_title(word.doc[word.i - 1].lower_)
    )
