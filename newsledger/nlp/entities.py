"""Names in a text and their type: the model's entities made consistent over the document.

Rules, each with its name in `Entity.rule`: spans are trimmed; a country, demonym or big city decides the type; heads and
titles decide organisation and person; a bare surname is the person named in full; a tag spreads to untagged repeats.
"""

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from newsledger.gazetteer import find_kind, load_gazetteer
from newsledger.nlp.seeds import load_seed_actors
from newsledger.records import Entity

if TYPE_CHECKING:
    from spacy.tokens import Doc

ORIGIN = "entities/1"
LABELS = frozenset({"PERSON", "ORG", "NORP", "GPE", "LOC", "FAC"})
_READ = LABELS | {"EVENT", "PRODUCT", "WORK_OF_ART", "LAW"}
_ARTICLE = re.compile(r"(?:(?:the|a|an)\s+|[\s\"“”'‘’(•*–—-]+)+", re.IGNORECASE)
_TAIL = re.compile(r"(?:[’']s|[’']|[\s,;:\"”’)]+|(?<![A-Z])(?<!\b(?:Inc|Ltd))(?<!\b(?:Co|Jr|Sr))(?<!\bCorp)\.)+$")
_TITLE = re.compile(
    r"\b(?:Mr|Mrs|Ms|Dr|Prof|Gen|Col|Capt|Lt|Maj|Sgt|Adm|Brig|Cmdr|Sen|Rep|Gov|Rev|Hon|Sir|Dame|Justice|Judge|President|Prime Minister|Minister|"
    r"Secretary|Chancellor|Ambassador|Sheikh|Imam|Bishop|Archbishop|Pope|Cardinal|King|Queen|Prince|Princess|Professor|Doctor|Senator|Governor|Mayor|"
    r"General|Colonel|Captain|Major|Lieutenant|Sergeant|Admiral|Commander|Congressman|Congresswoman|Councillor|Councilman|spokesman|spokeswoman|"
    r"spokesperson|journalist|actor|actress|singer|lawyer|attorney|coach|striker|midfielder|defender|goalkeeper|captain|detective|constable|"
    r"director|author|analyst|economist|activist|businessman|businesswoman)\.?\s$"
)
_ORG_HEAD = re.compile(
    r"\b(?:Ministry|Department|University|College|Institute|Army|Navy|Forces?|Police|Party|Union|Council|Group|Agency|Authority|Commission|Committee|"
    r"Court|Bank|Board|Bureau|Association|Federation|Foundation|Organi[sz]ation|Corporation|Corp|Company|Co|Inc|Ltd|Plc|LLC|Airlines|Airways|News|Times|"
    r"Post|Herald|Gazette|Tribune|Brigades?|Battalion|Front|Movement|Parliament|Assembly|Senate|Congress|Cabinet|FC|Club|Network|Services?|Office|"
    r"Coalition|Alliance|League|Society|Fund|Hospital|School|Academy|Trust|Chamber|Guards?|Brotherhood|Observatory|Administration|Technologies|Systems|"
    r"Industries|Holdings|Partners|Media|Television|TV|Radio|Pictures|Studios|Records|Press)\.?$"
)
_INITIALISM = re.compile(r"^(?:[A-Z]\.){2,}$|^[A-Z][A-Z&]{1,6}s?$")
_ACRONYM = re.compile(
    r"(?P<long>(?:[A-Z][\w’'&.-]+|of|for|the|and|al-\w+|Al-\w+|de|in|to|on)(?:\s+(?:[A-Z][\w’'&.-]+|of|for|the|and|al-\w+|Al-\w+|de|in|to|on)){1,9})"
    r"(?:\s*\(|(?:\s+(?:group|party|movement|militia))?,?\s+(?:or|known as|known by (?:its|the) (?:acronym|initials)(?: as)?)\s+)(?P<short>[A-Z][A-Za-z&.-]{1,9})\b"
)
_ACRONYM_FIRST = re.compile(r"\b(?P<short>[A-Z][A-Z&-]{1,9})\s*\((?:the\s+)?(?P<long>[A-Z][\w’' -]{6,80})\)")
MIN_SPREAD = 3  # letters of a name that spreads to untagged repeats
MAX_WORDS = 12


@dataclass(slots=True)
class _Name:
    start: int
    end: int
    label: str
    key: str
    rule: str = "model"


def find_acronyms(text: str) -> dict[str, str]:
    """Find acronyms introduced in any order: short form → long form ("X, or HTS", "X (HTS)", "HTS (X)")."""
    found: dict[str, str] = {}
    for match in (*_ACRONYM.finditer(text), *_ACRONYM_FIRST.finditer(text)):
        short, words = match["short"], match["long"].split()
        letters = short.replace(".", "").replace("-", "").upper()
        if sum(char.isupper() for char in short) < 2:
            continue
        for size in range(len(words), 1, -1):
            tail = words[-size:]
            capitals = "".join(part[0] for word in tail for part in word.split("-") if part[:1].isupper())
            every = "".join(part[0] for word in tail for part in word.split("-") if part)
            if letters in (capitals, every.upper(), "".join(word[0] for word in tail).upper()) and tail[0].lower() not in {
                "of",
                "the",
                "and",
                "for",
            }:
                found.setdefault(short, " ".join(tail))
                break
    return found


def name_key(text: str) -> str:
    """Fold a name as printed to a key: no article, no possessive, single spaces."""
    return " ".join(re.sub(r"[’']s?$", "", re.sub(r"^(?:the|a|an)\s+", "", text.strip(), flags=re.IGNORECASE)).split())


@lru_cache(maxsize=50_000)
def _kind(key: str) -> str | None:
    return find_kind(key)


def find_entities(doc: "Doc") -> tuple[Entity, ...]:
    """Find the names of a parsed document, in reading order, not overlapping."""
    text = doc.text
    names = [
        name for entity in doc.ents if entity.label_ in _READ and (name := _trim(text, entity.start_char, entity.end_char, entity.label_))
    ]
    surnames = Counter(name.key.split()[-1] for name in names if name.label == "PERSON" and " " in name.key)
    acronyms = find_acronyms(text)
    longs = set(acronyms.values())
    for name in names:
        _decide(text, name, surnames, acronyms, longs)
    _agree(names)
    names += _spread(text, names, surnames, acronyms)
    names.sort(key=lambda name: name.start)
    return tuple(Entity(name.start, name.end, text[name.start : name.end], name.label, name.rule) for name in names if name.label in LABELS)


def _trim(text: str, start: int, end: int, label: str) -> _Name | None:
    line = text.find("\n", start, end)
    if line > start:
        end = line
    if found := _ARTICLE.match(text, start, end):
        start = found.end()
    if found := _TAIL.search(text[start:end]):
        end = start + found.start()
    if start >= end or not any(map(str.isalpha, text[start:end])) or text.count(" ", start, end) >= MAX_WORDS:
        return None
    return _Name(start, end, label, name_key(text[start:end]))


def _decide(text: str, name: _Name, surnames: Counter[str], acronyms: dict[str, str], longs: set[str]) -> None:
    key, label = name.key, name.label
    kind = _kind(key) if label != "PERSON" or " " not in key else None
    last = key.split()[-1]
    if key in acronyms or key in longs:
        new, rule = "ORG", "acronym"
    elif key in _curated() and kind is None and label not in {"GPE", "LOC", "FAC"}:
        new, rule = "ORG", "row of seeds/actors.csv"
    elif " " in key and _ORG_HEAD.search(key):
        new, rule = "ORG", f"head: {last}"
    elif (
        label != "PERSON"
        and kind not in {"country", "demonym"}
        and _TITLE.search(text[max(0, name.start - 16) : name.start])
        and not _INITIALISM.match(key)
    ):
        new, rule = "PERSON", "title before it"
    elif kind == "country":
        new, rule = "GPE", "country"
    elif kind == "demonym" and " " not in key:
        new, rule = "NORP", "demonym"
    elif kind in {"admin1", "bigcity"} and label in {"ORG", "PERSON", "PRODUCT", "NORP", "WORK_OF_ART"} and last not in surnames:
        new, rule = "GPE", f"gazetteer: {kind}"
    elif " " not in key and key in surnames and label != "PERSON" and kind not in {"country", "demonym"}:
        new, rule = "PERSON", "surname of a person named in full"
    else:
        return
    if new != label:
        name.label, name.rule = new, rule


@cache
def _curated() -> frozenset[str]:
    """Names and aliases of curated organisations, as printed: those that say enough on their own."""
    names = {name for actor in load_seed_actors().values() for name in (actor.name, *actor.aliases)}
    enough = (name for name in names if " " in name or (name.isupper() and len(name) > 2))
    return frozenset(name for name in enough if not load_gazetteer().find(name))  # "White House" is a place, too


@cache
def _curated_pattern() -> re.Pattern[str]:
    return re.compile(r"(?<![\w-])(?:" + "|".join(map(re.escape, sorted(_curated(), key=len, reverse=True))) + r")(?![\w-])")


def _agree(names: list[_Name]) -> None:
    """Where the model gives one form several types, the clear majority of at least three mentions wins."""
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for name in names:
        votes[name.key][name.label] += 1
    for name in names:
        top, count = votes[name.key].most_common(1)[0]
        if name.rule == "model" and top != name.label and count >= 2 and count > 2 * votes[name.key][name.label]:
            name.label, name.rule = top, "majority of its mentions"


def _spread(text: str, names: list[_Name], surnames: Counter[str], acronyms: dict[str, str]) -> list[_Name]:
    """Tag untagged repeats of a form that was tagged: of several words once, of one word twice, or where it is a surname."""
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for name in names:
        votes[name.key][name.label] += 1
    labels = {}
    for key, counter in votes.items():
        label, count = counter.most_common(1)[0]
        if len(key) >= MIN_SPREAD and key[0].isupper() and label in LABELS and count >= (1 if " " in key or key.isupper() else 2):
            labels[key] = label
    labels |= {key: "PERSON" for key in surnames if len(key) >= MIN_SPREAD and key[0].isupper() and key not in labels}
    labels |= {short: "ORG" for short in acronyms if short not in labels}
    labels |= {found[0]: "ORG" for found in _curated_pattern().finditer(text) if found[0] not in labels}
    if not labels:
        return []
    busy = bytearray(len(text))
    for name in names:
        busy[name.start : name.end] = b"\x01" * (name.end - name.start)
    pattern = re.compile(r"(?<![\w-])(?:" + "|".join(map(re.escape, sorted(labels, key=len, reverse=True))) + r")(?![\w-])")
    return [
        _Name(found.start(), found.end(), labels[found[0]], found[0], "repeats a name")
        for found in pattern.finditer(text)
        if not any(busy[found.start() : found.end()])
    ]
