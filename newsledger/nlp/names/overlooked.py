"""Names of bodies and people that the weights of names left out, though the text tells them:
curated names, stations, services of a country, teams of a politician, what the model saw with a
telling word."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache

from newsledger.lexicon.actors import load_seed_actors
from newsledger.lexicon.first_names import load_first_names
from newsledger.lexicon.gazetteer import find_kind
from newsledger.lexicon.time_words import load_month_names
from newsledger.model.enums import ActorKind, EntityLabel, LocationKind
from newsledger.model.records import Entity, Span
from newsledger.nlp.claims.cover import Cover
from newsledger.nlp.names.bodies_by_use import list_listed
from newsledger.nlp.names.forms import bare_word, load_name_heads, load_titles, name_key
from newsledger.nlp.names.kinds import find_kind_by_head
from newsledger.nlp.names.roles import country_code, load_role_nouns
from newsledger.nlp.parse.parsed import ParsedText

_NAMES = frozenset({EntityLabel.PERSON, EntityLabel.ORG})
_TEAM = re.compile(
    r"(?P<owner>[A-Z][\w’'-]+) (?P<noun>administration|campaign|presidency|government)\b"
    r"(?! \w+er\b)"
)
_STATION = re.compile(
    r"\b(?:TV ?(?:\d+|One|Two|Three)|Channel (?:\d+|Four|Five)|Radio [A-Z][a-z]+"
    r"|BBC (?:[A-Z]\w+ ){1,3}Radio)\b"
)
_JOURNAL = re.compile(  # "published on Monday in Tidal Letters", "in the journal Tides"
    r"\b(?:published|appeared|appears)(?: online)?(?: (?:on )?\w+day| this week| last week)?"
    r" in (?:the )?(?:journal )?(?P<name>[A-Z][\w&]+(?: (?:(?:of|and|in|for) (?:the )?)?[A-Z]\w+)*)"
    r"(?=[,.;]| (?:on|by|say|show|find|suggest))"
    r"|\b(?:the|in|scientific|medical) journal (?P<name2>[A-Z][\w&]+(?: [A-Z]\w+)*)"
)
_TOLD = re.compile(
    r"\b(?:told|tells) (?P<name>The [A-Z][a-z]+)"
    r"(?=[,.;]| (?:that|in|on|he|she|they|it|there|the)\b)"
)
_SERVICE = re.compile(
    r"\b(?P<owner>[A-Z][a-z]+|U\.?S\.?|UK) "
    r"(?:Marine Corps|Marines|Coast Guard|Air Force|National Police|Army|Navy)\b"
    r"(?! [A-Z][a-z]+ (?:Command|Corps|Base|Forces))"
)
_BUSINESS_BEFORE = re.compile(
    r"\b(?:rival|competitor|affiliate|subsidiary|state-run|state-owned|listed) $"
)
_JOINED = re.compile(r",| and | or ")  # of two names: "Brenna and Morvik"
_IN_LETTERS = re.compile(  # "the channel n-tv", "the website larkin.net"
    r"\b(?:channel|broadcaster|station|website|news site) "
    r"(?P<name>[a-z]{1,2}-[a-z]{2,3}|[a-z][\w-]+\.(?:com|net|org))\b"
)
_SITE = re.compile(  # "told Larkin.hu", "a Larkin.com.au report"
    r"(?:\b(?:told|tells|to|[Aa]ccording to|by|[Ww]ebsite|portal|site|outlet) "
    r"|(?=[\w-]+\.[a-z.]+ report))"
    r"(?P<name>\b[A-Z][\w-]+\.(?:com(?:\.[a-z]{2})?|co\.[a-z]{2}|net|org|[a-z]{2}))\b(?![./@])"
)
_DOTTED = re.compile(r"\.[a-z]{2}")
_USER = re.compile(
    r"\b[Uu]ser (?:called |named |by the name of )?(?P<name>@\w+|\w*[A-Z_\d]\w*(?: [A-Z]\w+){0,3})"
    r"(?= (?:wrote|said|posted|asked|commented|tweeted|added|replied)\b)"
)
_ACTING = frozenset({"nsubj", "nsubjpass", "poss"})
MAX_LETTERS = 6  # of an acronym
MIN_CURATED = 4  # letters of a curated name of one word
MIN_WORDS = 2  # of a name that the model saw and the weights left out


def list_left_out(doc: "ParsedText", found: Sequence[Entity]) -> Iterator[Entity]:
    """List what the model saw and the weights left out: bodies whose head noun tells what they are,
    what a noun for a firm describes, people with a title or of a role."""
    names = Cover(Span(e.start, e.end) for e in found if e.label in _NAMES)
    taken = Cover(Span(e.start, e.end) for e in found)
    for start, end, rule in _list_curated(doc):
        if not names.meets(start, end):
            yield Entity(start, end, doc.text[start:end], EntityLabel.ORG, rule)
    for entity in doc.ents:
        if entity.label_ not in _NAMES:
            continue
        start, end = entity.start_char, entity.end_char
        text = doc.text[start:end]
        lead = _ARTICLE.match(text)
        start += lead.end() if lead else 0
        end -= 2 if text.endswith(("’s", "'s")) else 0
        text = doc.text[start:end]
        if taken.meets(start, end) or not text[:1].isupper() or "\n" in text:
            continue
        if entity.label_ == EntityLabel.ORG and (told := _tell_body(doc, text, start, end, found)):
            yield Entity(start, end, text, EntityLabel.ORG, told)
        elif _is_person_left_out(doc, text, start, end):
            yield Entity(start, end, text, EntityLabel.PERSON, "the model's, with a title or role")


def list_acronyms(
    doc: "ParsedText", found: Sequence[Entity], countries: frozenset[str]
) -> Iterator[Entity]:
    """List the curated acronyms of the countries that an article speaks of, where nothing else was
    read: "the DA"."""
    seeds = load_seed_actors()
    for word in doc.words:
        name = word.text
        if not (name.isupper() and name.isalpha() and 2 <= len(name) <= MAX_LETTERS):
            continue
        seed = seeds.get(word.lower_)
        if seed is None or seed.country_code not in countries or word.text not in seed.aliases:
            continue
        start, end = word.idx, word.idx + len(word)
        is_part = "-" in (doc.text[start - 1 : start], doc.text[end : end + 1])
        is_taken = any(other.start < end and start < other.end for other in found)
        if not is_part and not is_taken:
            yield Entity(start, end, word.text, EntityLabel.ORG, "seeds: acronym")


def list_curated_words(doc: "ParsedText", found: Sequence[Entity]) -> Iterator[Entity]:
    """List the curated names of one word that were not read as names, where the word stands alone
    with its capital and means nothing else: "on Twitter"."""
    taken, curated = [(entity.start, entity.end) for entity in found], _curated_words()
    for word in doc:
        is_actor = word.dep_ in _ACTING or not word.is_sent_start  # "Uber said"
        if word.text not in curated or not is_actor or word.pos_ != "PROPN":
            continue
        start, end = word.idx, word.idx + len(word)
        beside = (doc[i].text for i in (word.i - 1, word.i + 1) if 0 <= i < len(doc))
        is_part = any(other[:1].isupper() or other == "-" for other in beside)
        if not is_part and not any(first < end and start < last for first, last in taken):
            yield Entity(start, end, word.text, EntityLabel.ORG, "seeds: one word")


@cache
def _curated_words() -> dict[str, str]:
    """Read the curated names of one word that are no place's and no first name."""
    return {
        name: seed.seed_id
        for seed in load_seed_actors().values()
        for name in (seed.name, *seed.aliases)
        if name.isalpha()
        and not name.isupper()
        and len(name) >= MIN_CURATED
        and seed.kind in {ActorKind.COMPANY, ActorKind.MEDIA}
        and find_kind(name) is None
        and name.lower() not in load_first_names()
    }


def list_longer_curated(doc: "ParsedText", found: Sequence[Entity]) -> Iterator[Entity]:
    """List the curated names of several words of which only a part was read: "Islamic State of
    Iraq| and the Levant", "|Larkin| Stock Exchange"."""
    for start, end, rule in _list_curated(doc):
        parts = [e for e in found if e.start < end and start < e.end]
        if parts and all(
            start <= e.start and e.end <= end and (e.start, e.end) != (start, end) for e in parts
        ):
            yield Entity(start, end, doc.text[start:end], EntityLabel.ORG, rule)


def list_users(doc: "ParsedText") -> Iterator[Entity]:
    """List the users of networks who write something: "one user called 77 Lan Wei wrote"."""
    for match in _USER.finditer(doc.text):
        yield Entity(*match.span("name"), match["name"], EntityLabel.PERSON, "user of a network")


def list_titled(doc: "ParsedText", found: Sequence[Entity]) -> Iterator[Entity]:
    """List the people behind a title whose first name is known: "Rabbi Daniel Lundberg"."""
    taken = Cover(Span(e.start, e.end) for e in found)
    words, titles, names = doc.words, load_titles(), load_first_names()
    for title in words[:-2]:
        if not title.text[0].isupper() or title.lower_.strip(".") not in titles:
            continue
        first, last = words[title.i + 1 : title.i + 3]
        is_named = first.text.istitle() and first.lower_ in names
        start, end = first.idx, last.idx + len(last)
        is_whole = last.text.istitle() and last.text.isalpha() and doc.text[end : end + 1] != "-"
        if is_named and is_whole and not taken.meets(start, end):
            yield Entity(
                start, end, doc.text[start:end], EntityLabel.PERSON, "title and first name"
            )


def _list_curated(doc: "ParsedText") -> Iterator[tuple[int, int, str]]:
    """Find the curated names of several words, written as they are."""
    words, by_start = [token.text for token in doc], _curated_by_start()
    for i in [i for i, word in enumerate(words) if word in by_start]:
        for name in by_start[words[i]]:
            if tuple(words[i : i + len(name)]) == name and not _goes_on(doc, i + len(name)):
                end = i + len(name)
                is_branch = end < len(doc) and find_kind(doc[end].text) == LocationKind.COUNTRY
                last = doc[end if is_branch and doc[end].text[0].isupper() else end - 1]
                yield doc[i].idx, last.idx + len(last), "seeds/actors.csv"


def _goes_on(doc: "ParsedText", i: int) -> bool:
    """Whether a name goes on in capitals: "Security Council Resolution 2254"."""
    word = doc[i].text if i < len(doc) else ""
    return word[:1].isupper() and find_kind(word) is None and word.lower() not in _LOWER


@cache
def _curated_by_start() -> dict[str, tuple[tuple[str, ...], ...]]:
    found: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for seed in load_seed_actors().values():
        for name in {seed.name, *seed.aliases}:
            words = tuple(name.removeprefix("The ").split())
            if len(words) > 1 and all(word[0].isupper() or word in _LOWER for word in words):
                found[words[0]].append(words)
    return {word: tuple(sorted(set(names), key=len, reverse=True)) for word, names in found.items()}


def list_stations(doc: "ParsedText") -> Iterator[Entity]:
    """List the stations whose names are a number or a place, and what is told something under a
    capital "The": "TV3", "Radio Larkin", "told The Larkin"."""
    for match in _STATION.finditer(doc.text) if _is_on_air(doc.text) else ():
        yield Entity(*match.span(), match.group(), EntityLabel.ORG, "station")
    for match in _IN_LETTERS.finditer(doc.text):
        yield Entity(*match.span("name"), match["name"], EntityLabel.ORG, "medium in small letters")
    for match in _SITE.finditer(doc.text) if _DOTTED.search(doc.text) else ():
        yield Entity(*match.span("name"), match["name"], EntityLabel.ORG, "site")
    for match in _JOURNAL.finditer(doc.text):
        group = "name" if match["name"] else "name2"
        if not _is_when_or_where(match[group]):
            yield Entity(*match.span(group), match[group], EntityLabel.ORG, "journal")
    for match in _TOLD.finditer(doc.text):
        yield Entity(*match.span("name"), match["name"], EntityLabel.ORG, "told something")


def _is_on_air(text: str) -> bool:
    """Whether any of the words is there by which stations are told."""
    return "TV" in text or "Channel " in text or "Radio" in text


def _is_when_or_where(name: str) -> bool:
    """Whether something was published in a month, a place or a language."""
    is_time = name.split()[0].lower() in load_month_names("en")
    return is_time or find_kind(name) is not None or country_code(name) is not None


def list_services(doc: "ParsedText") -> Iterator[Entity]:
    """List the services of a country: "Norwegian Marine Corps", "US Marines"."""
    for match in _SERVICE.finditer(doc.text):
        if country_code(match["owner"]):
            yield Entity(*match.span(), match.group(), EntityLabel.ORG, "service of a country")


def _tell_body(
    doc: "ParsedText", text: str, start: int, end: int, found: Sequence[Entity]
) -> str | None:
    """Say what makes a name left out a body, if anything."""
    if _BUSINESS_BEFORE.search(doc.text[max(0, start - 20) : start]):
        return "described as an organisation"
    is_listed = any(first <= start and end <= last for first, last in list_listed(doc.text))
    if is_listed and not _JOINED.search(text):
        return "one of a list of organisations"
    near = [
        other
        for other in found
        if other.label == EntityLabel.PERSON and 0 < start - other.end <= FAR_OF_WHOM
    ]
    if any(doc.text[other.end : start] in _OF_WHOM for other in near):
        return "somebody is of it"  # "Ana Lund of Larkin Insights"
    words = text.split()
    if len(words) < MIN_WORDS or not all(word[0].isupper() or word in _LOWER for word in words):
        return None
    if words[-1].lower() in load_role_nouns() or load_name_heads().get(words[-1].lower()) in _OTHER:
        return None
    if doc.text[end : end + 1].strip() and doc.text[end] not in ".,;:)’'\n":
        return None
    head = find_kind_by_head(text)
    return head[1] if head is not None and head[1].startswith("head: ") else None


_ARTICLE = re.compile("(?:[Tt]he|[Aa]n?) ")
_OF_WHOM = frozenset({" of ", " of the "})
FAR_OF_WHOM = max(map(len, _OF_WHOM))
_LOWER = frozenset({"of", "and", "for", "the", "in", "on", "&"})
_OTHER = frozenset({"event", "document", "work"})


def _is_person_left_out(doc: "ParsedText", text: str, start: int, end: int) -> bool:
    """Whether words are a person's name: behind "Mr", or two of them beside a role."""
    words = text.split()
    if len(words) > 1 and words[0].strip(".").lower() in {"mr", "mrs", "ms", "dr"}:
        return True
    span = doc.char_span(start, end, alignment_mode="expand")
    if span is None or len(words) not in (2, 3) or not all(w.isalpha() for w in words):
        return False
    if any(word.isupper() or load_name_heads().get(word.lower()) for word in words):
        return False
    if find_kind(words[0]) in {LocationKind.COUNTRY, LocationKind.ADMIN1, LocationKind.REGION}:
        return False
    after = doc[span.end].lower_ if span.end < len(doc) else ""
    ahead = doc[span.end + 1].lower_ if span.end + 1 < len(doc) else ""
    return after in load_role_nouns() or (
        after in {"deputy", "vice"} and ahead in load_role_nouns()
    )


def list_teams(doc: "ParsedText", found: Sequence[Entity]) -> Iterator[Entity]:
    """List whose government or campaign acts: "the Lund administration", "the Lund campaign"."""
    people = {
        bare_word(name_key(e.text).split()[-1]) for e in found if e.label == EntityLabel.PERSON
    }
    for match in _TEAM.finditer(doc.text):
        if bare_word(match["owner"]) in people:
            yield Entity(*match.span(), match.group(), EntityLabel.ORG, f"team: {match['noun']}")
