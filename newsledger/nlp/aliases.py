"""Actors of one article: names that are one actor, their kind, aliases and roles."""

import bisect
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from rapidfuzz.distance import Levenshtein

from newsledger.gazetteer import country_of_demonym, load_gazetteer
from newsledger.ids import make_id
from newsledger.nlp.cues import load_cues
from newsledger.nlp.kinds import find_described_kind, find_description_behind, find_kind_by_head, load_kind_words
from newsledger.nlp.name_forms import find_acronyms, initials_of, load_name_heads, load_titles, name_key
from newsledger.nlp.parsed import ParsedText, Phrase, Word
from newsledger.nlp.places import PlaceSet
from newsledger.nlp.roles import (
    Signature,
    country_code,
    describe_role,
    find_role_after,
    find_role_as,
    find_role_before,
    is_title,
    load_description_nouns,
    load_first_names,
    load_gendered_nouns,
    load_role_nouns,
    role_head,
    same_role,
    sign_role,
)
from newsledger.nlp.seeds import SeedActor, fold, load_group_nouns, load_seed_actors
from newsledger.nlp.sources import find_party
from newsledger.records import Actor, ActorAlias, ActorMention, ActorRole, Article, Entity
from newsledger.records import Span as CharSpan

ORIGIN = "aliases/3"
_SIDE = re.compile(
    r"\b(?:pro-government|opposition(?:-\w+)?|rebel(?:-\w+)?|state(?:-\w+)?|government(?:-\w+)?|separatist|loyalist)\b", re.IGNORECASE
)
_ARMED_BEFORE = re.compile(r"\b(?:rebel|insurgent|guerrilla|militant|paramilitary|jihadist|terrorist) $", re.IGNORECASE)
SIDE_REACH = 24  # characters before a name in which a word for its side stands
_ARTICLE = re.compile(r"^(?:the|an?|one|another) ", re.IGNORECASE)
_STORM = re.compile(r"\b(?:Hurricane|Typhoon|Cyclone|Storm|Tempest) [A-Z][\w’'-]+$")
_STORM_TAIL = re.compile(r"(?:Center|Centre|Service|Office|Agency|Fund|Relief)$")
_BACKED = frozenset({"backed", "linked", "based", "run", "led", "owned", "aligned", "allied", "funded", "affiliated"})
_SHIP = re.compile(r"(?:MV|M/V|MT|SS|HMS|HMCS|HMAS|USS|RMS|INS|FV) [A-Z]")
_DETERMINER = re.compile(r"^(?:the|an?|one|another|some|several|these|those|many|other) ", re.IGNORECASE)
_COMPOUND_PLACE = re.compile(r"\b[A-Z]\w+-(?:on|upon|under|in|by|le|la|les|sur|en|am|an|der)-[A-Z]\w+")  # "Stourport-on-Severn"
_OWNER = re.compile(r"^(?:my|our|your|his|her|its|their) ", re.IGNORECASE)
_INDEFINITE = frozenset({"a", "an", "one", "another"})
MIN_VARIANT = 5  # letters of a surname that may be spelled otherwise: in shorter ones one letter makes another name
MIN_SINGLED = 4  # letters of a surname in which a doubled letter counts as one
LONG_VARIANT = 8  # letters from which two edits are allowed
MIN_DESCRIPTION = 2  # words; "a monitor" says too little to mean one group all over an article
MIN_ACRONYM, MAX_ACRONYM = 3, 6  # letters of an acronym that may be told by initials alone
NEAR = 900  # characters back that a description of a group looks for its group
_SPLIT_PARTICLES = frozenset({"al", "el", "de", "van", "von", "bin", "ibn", "abu"})


@dataclass(frozen=True, slots=True)
class ActorSet:
    actors: tuple[Actor, ...]
    mentions: tuple[ActorMention, ...]  # names, roles and nominals ("the insurgents"); pronouns come from coref


@dataclass(slots=True)
class _Cluster:
    """Names that are one actor, on its way to an `Actor`."""

    label: str
    names: list[str] = field(default_factory=list)
    mentions: list[tuple[int, int, str, str]] = field(default_factory=list)  # start, end, mention_type, rule
    kind: str | None = None
    kind_rule: str = ""
    seed: SeedActor | None = None
    gender: str | None = None
    country_code: str | None = None
    party_role: str | None = None
    roles: list[ActorRole] = field(default_factory=list)
    signatures: list[Signature] = field(default_factory=list)  # of its roles
    full: str = ""  # as first placed, of a person
    words: tuple[str, ...] = ()  # folded words of the full name, of a person
    first_start: int = 0

    @property
    def name(self) -> str:
        return max(self.names, key=lambda name: (len(name.split()), len(name), -self.names.index(name)))


def find_actors(doc: "ParsedText", entities: tuple[Entity, ...], places: PlaceSet, article: Article) -> ActorSet:
    """Cluster names and nominals into the actors of one article; what a resolved place covers is no person and no organisation."""
    text = doc.text
    entities = _without_strays(doc, entities, places)
    acronyms = {fold(short): fold(long) for short, long in {**find_unexplained(entities), **find_acronyms(text)}.items()}
    clusters = _cluster_names(text, entities, acronyms)
    countries = frozenset(code for entity in entities if entity.label in {"GPE", "NORP"} and (code := country_code(entity.text)))
    for cluster in clusters:
        _decide_kind(text, cluster, countries)
    _find_roles(doc, clusters)
    _link_descriptions(doc, clusters)
    _link_introductions(doc, clusters)
    nominals = _find_nominals(doc, clusters)
    states = _find_states(doc, entities)
    return _add_role_countries(_build([*clusters, *nominals, *states], article, text), places)


def _without_strays(doc: "ParsedText", entities: tuple[Entity, ...], places: PlaceSet) -> tuple[Entity, ...]:
    """Leave out the people and organisations that are none.

    A resolved place or a part of one ("Stourport-on-Severn"), and of single words: a river or a division ("the Severn", "Herefordshire's flood
    office"), a supposed person that is a place elsewhere in the article, a holiday, a plural that has its capital from the sentence ("Trains will
    not run"). Acronyms, curated actors, what is described and who speaks stay.
    """
    text, seeds = doc.text, load_seed_actors()
    resolved = [place for place in places.mentions if place.location_id and place.label in {"GPE", "LOC"}]
    spans = [CharSpan(found.start(), found.end()) for found in _COMPOUND_PLACE.finditer(text)]
    spans += [CharSpan(place.start, place.end) for place in resolved]
    spans.sort()
    starts = [span.start for span in spans]
    names = {fold(name_key(text[place.start : place.end])) for place in resolved}
    words = {word for entity in entities if entity.label == "PERSON" and " " in entity.text for word in fold(name_key(entity.text)).split()}

    def is_stray(entity: Entity) -> bool:
        key = fold(name_key(entity.text))
        if key in seeds:
            return False
        i = bisect.bisect_right(starts, entity.start) - 1
        if (i >= 0 and entity.end <= spans[i].end) or _is_storm(text, entity) or _is_ship(text, entity):
            return True
        if " " in key or key in words or entity.text.isupper() or find_described_kind(text, entity.start, entity.end):
            return False
        span = doc.char_span(entity.start, entity.end, alignment_mode="expand")
        if load_name_heads().get(key) == "event" or span is None:
            return True
        is_plural = span[0].is_sent_start and span[0].tag_ == "NNS"  # "Trains will not run"
        is_place = _is_river(text, entity) or _is_division(entity) or (entity.label == "PERSON" and key in names)
        return (is_plural or is_place) and not _speaks(span.root)

    return tuple(entity for entity in entities if entity.label not in {"PERSON", "ORG"} or not is_stray(entity))


def _is_storm(text: str, entity: Entity) -> bool:
    return _STORM.search(text[max(0, entity.start - 16) : entity.start] + entity.text) is not None and not _STORM_TAIL.search(entity.text)


def _is_ship(text: str, entity: Entity) -> bool:
    return _SHIP.match(entity.text) is not None or text[max(0, entity.start - 4) : entity.start] in {"MV ", "HMS ", "USS "}


def _is_river(text: str, entity: Entity) -> bool:
    """Whether a single word with an article is a name of a river or lake: "the Severn"."""
    has_article = text[max(0, entity.start - 4) : entity.start].lower() == "the " or entity.text.lower().startswith("the ")
    return has_article and any(candidate.place.kind == "water" for candidate in load_gazetteer().find(name_key(entity.text)))


def _is_division(entity: Entity) -> bool:
    """Whether a single word names a county or province and no town."""
    found = [candidate.place.kind for candidate in load_gazetteer().find(name_key(entity.text)) if candidate.is_main]
    return bool(found) and set(found) <= {"admin1", "admin2"} and fold(entity.text) not in load_first_names()


def find_unexplained(entities: Iterable[Entity]) -> dict[str, str]:
    """Find acronyms that no words introduce but that are the initials of just one organisation named: {short: long}."""
    names = {name_key(entity.text) for entity in entities if entity.label == "ORG"}
    long = [name for name in names if len(name.split()) >= MIN_ACRONYM]
    found = {}
    for short in names:
        if short.isupper() and short.isalpha() and MIN_ACRONYM <= len(short) <= MAX_ACRONYM and fold(short) not in load_seed_actors():
            fits = [name for name in long if short in initials_of(name.split())]
            if len(fits) == 1:
                found[short] = fits[0]
    return found


def _speaks(word: "Word") -> bool:
    """Whether a name is the subject of a verb of speech or has a title: "Lund said", "Mayor Lund"."""
    cue = load_cues().get((word.head.lemma_.lower(), "verb")) if word.dep_ == "nsubj" else None
    return (cue is not None and cue.cue_class == "speech") or (word.i > 0 and is_title(word.doc[word.i - 1].lower_))


# --- names ----------------------------------------------------------------------------------------------------------------


def _cluster_names(text: str, entities: tuple[Entity, ...], acronyms: dict[str, str]) -> list[_Cluster]:
    clusters: list[_Cluster] = []
    people: dict[str, list[_Cluster]] = defaultdict(list)  # by last name
    groups: dict[str, _Cluster] = {}
    full_first = sorted((e for e in entities if e.label in {"PERSON", "ORG"}), key=lambda e: (-len(e.text.split()), e.start))
    surnames = {
        bare_word(last): last for e in full_first if e.label == "PERSON" and " " in e.text for last in [name_key(e.text).split()[-1]]
    }
    described = {name_key(e.text) for e in full_first if e.label == "ORG" and find_described_kind(text, e.start, e.end)}
    described -= set(surnames.values())
    chosen: dict[int, tuple[_Cluster, str]] = {}
    for entity in full_first:
        key = name_key(entity.text)
        if _is_family(text, entity, surnames):
            chosen[entity.start] = _place_family(key, groups, clusters)
        elif (entity.label == "PERSON" and key not in described) or _is_spelled_surname(key, surnames):
            before = text[max(0, entity.start - 16) : entity.start]
            titled, key = _split_title(key)
            gender = _gender_of_title(titled or before)
            chosen[entity.start] = _place_person(key, entity, people, clusters, gender)
        else:
            chosen[entity.start] = _place_group(key, groups, clusters, acronyms)
    for entity in sorted(full_first, key=lambda e: e.start):
        cluster, rule = chosen[entity.start]
        is_person = cluster.label == "PERSON"
        titled, key = _split_title(name_key(entity.text)) if is_person else ("", name_key(entity.text))
        cluster.names.append(key)
        cluster.mentions.append((entity.start, entity.end, "name", rule))
        if is_person and cluster.gender is None:
            cluster.gender = _gender_of_title(titled or text[max(0, entity.start - 16) : entity.start])
    return clusters


def _split_title(key: str) -> tuple[str, str]:
    """Split "Ms. Tal" into titles and name; a title alone stays a name."""
    words = key.split()
    count = next((i for i, word in enumerate(words) if word.lower().strip(".") not in load_titles()), 0)
    return " ".join(words[:count]), " ".join(words[count:])


def _gender_of_title(before: str) -> str | None:
    """Gender that the last word of a text tells, a title or a role: "Mrs.", "spokeswoman"."""
    last = before.split()[-1].lower().strip(".,") if before.split() else ""
    return load_titles().get(last) or load_gendered_nouns().get(last)


def _place_person(
    key: str, entity: Entity, people: dict[str, list[_Cluster]], clusters: list[_Cluster], gender: str | None
) -> tuple[_Cluster, str]:
    words = [bare for word in key.split() if (bare := bare_word(word))] or [key.casefold()]
    same = [cluster for cluster in people[words[-1]] if _fits(words, cluster) and not _differ(gender, cluster.gender)]
    rule = "same name" if len(words) > 1 else "surname"
    if not same and len(words) == 1 and not people[words[0]]:
        same, rule = _find_variants(words[0], gender, clusters)
    if len(same) == 1:
        return same[0], rule if rule == "same name" else f"{rule} of {same[0].full}"
    if len(same) > 1:  # two people with one surname: the one named in full last before this mention
        before = [cluster for cluster in same if cluster.first_start < entity.start]
        last = max(before or same, key=lambda cluster: cluster.first_start)
        return last, f"{rule} of the bearer named last in full"
    cluster = _Cluster("PERSON", words=tuple(words), first_start=entity.start, full=key)
    cluster.gender = gender or (load_first_names().get(words[0]) if len(words) > 1 else None)
    clusters.append(cluster)
    people[words[-1]].append(cluster)
    return cluster, "first mention"


def _differ(one: str | None, other: str | None) -> bool:
    return one is not None and other is not None and one != other


def _find_variants(word: str, gender: str | None, clusters: list[_Cluster]) -> tuple[list[_Cluster], str]:
    """Find the one person whose first name this is, or else whose surname is spelled nearly so; several people are nobody."""
    full = [cluster for cluster in clusters if cluster.label == "PERSON" and len(cluster.words) > 1 and not _differ(gender, cluster.gender)]
    first = [cluster for cluster in full if cluster.words[0] == word]
    if first:
        return (first if len(first) == 1 else []), "first name"
    near = [cluster for cluster in full if is_variant(word, cluster.words[-1])]
    return (near if len(near) == 1 else []), "other spelling of the surname"


def is_variant(word: str, surname: str) -> bool:
    """Tell whether a bare surname is a transliteration or slip of another: one edit, two in a long one, the first letter kept.

    Letters written twice or once ("Assad", "Asad") make no other name in short ones either.
    """
    if min(len(word), len(surname)) >= MIN_SINGLED and _single(word) == _single(surname):
        return True
    if min(len(word), len(surname)) < MIN_VARIANT or word[0] != surname[0]:
        return False
    allowed = 2 if min(len(word), len(surname)) >= LONG_VARIANT else 1
    return Levenshtein.distance(word, surname, score_cutoff=allowed) <= allowed


def _single(word: str) -> str:
    return re.sub(r"(.)\1", r"\1", word)


def _is_family(text: str, entity: Entity, surnames: dict[str, str]) -> bool:
    """Tell whether a name is a family: "the Tals" beside Omar Tal; they are no one person."""
    word = bare_word(name_key(entity.text))
    is_plural = (
        " " not in entity.text
        and word.endswith("s")
        and word not in surnames
        and word[:-1].removesuffix("e") in {surname.removesuffix("e") for surname in surnames}
    )
    return is_plural and text[max(0, entity.start - 4) : entity.start].lower() == "the "


def _place_family(key: str, groups: dict[str, _Cluster], clusters: list[_Cluster]) -> tuple[_Cluster, str]:
    name = f"family {fold(key)}"
    if name in groups:
        return groups[name], "same name"
    cluster = groups[name] = _Cluster("FAMILY", kind="collective", kind_rule="surname in the plural")
    clusters.append(cluster)
    return cluster, "family of the surname"


def _is_spelled_surname(key: str, surnames: dict[str, str]) -> bool:
    """Tell whether one word is a person's surname with or without its "al-", whatever the model took it for."""
    surname = surnames.get(bare_word(key)) if " " not in key else None
    return surname is not None and surname.casefold() != key.casefold()


def _fits(words: list[str], cluster: _Cluster) -> bool:
    full = cluster.words
    if len(words) == 1:
        return words[0] == full[-1]
    return set(words) <= set(full) or (words[-1] == full[-1] and len(words[0]) <= 2 and words[0][0] == full[0][0])


def bare_word(word: str) -> str:
    """Fold a word of a person's name: no case, marks or article ("al-"); empty where it is only a particle."""
    bare = re.sub(r"[’'`.]", "", word.casefold())
    bare = re.sub(r"^(?:al|el|ad|as|ar|an)-", "", bare)
    return "" if bare in _SPLIT_PARTICLES else bare


def _place_group(key: str, groups: dict[str, _Cluster], clusters: list[_Cluster], acronyms: dict[str, str]) -> tuple[_Cluster, str]:
    folded = fold(key)
    seed = load_seed_actors().get(folded)
    for name, rule in (
        (folded, "same name"),
        (acronyms.get(folded), "acronym introduced in the text"),
        (fold(seed.name) if seed else None, "seeds/actors.csv"),
    ):
        if name and name in groups:
            groups[folded] = groups[name]
            return groups[name], rule
    words = folded.split()
    tails = [
        c
        for name, c in groups.items()
        if len(words) >= 1 and len(name.split()) > len(words) and (name.endswith(" " + folded) or name.startswith(folded + " "))
    ]
    if len({id(cluster) for cluster in tails}) == 1 and len(folded) > 3 and folded not in {"united", "national", "new", "international"}:
        groups[folded] = tails[0]
        return tails[0], "short for the longer name"
    observed = [
        c for name, c in groups.items() if len(words) == 1 and len(folded) > 5 and folded in name.split() and name.split()[0] != folded
    ]
    if len({id(cluster) for cluster in observed}) == 1:
        groups[folded] = observed[0]
        return observed[0], "head of the longer name"
    cluster = _Cluster("ORG", seed=seed)
    clusters.append(cluster)
    groups[folded] = cluster
    if acronyms.get(folded):
        groups.setdefault(acronyms[folded], cluster)
    if seed:
        groups.setdefault(fold(seed.name), cluster)
    return cluster, "first mention"


# --- kinds ----------------------------------------------------------------------------------------------------------------


def _find_seed(cluster: _Cluster) -> SeedActor | None:
    """Find the curated actor of a cluster by its longer names; by an acronym or one word only where it goes by nothing else.

    "Northern Relief Committee, or NRC" is not the Norwegian Refugee Council.
    """
    longer = [name for name in cluster.names if " " in fold(name)]
    return next((found for name in longer or cluster.names if (found := load_seed_actors().get(fold(name)))), None)


def _is_generic(seed: SeedActor, name: str) -> bool:
    """Tell whether a name may be another country's, too: "the Senate", "Labour"."""
    return " " not in name and (name in load_name_heads() or seed.kind == "party")


def _decide_kind(text: str, cluster: _Cluster, countries: frozenset[str]) -> None:
    if cluster.label == "FAMILY":
        return
    if cluster.label == "PERSON":
        cluster.kind, cluster.kind_rule = "person", "name of a person"
        return
    seed = _find_seed(cluster)
    if seed and seed.country_code and countries and seed.country_code not in countries and _is_generic(seed, fold(cluster.name)):
        seed = None
    cluster.seed = seed
    if seed:
        cluster.kind, cluster.kind_rule = seed.kind, f"seeds/actors.csv: {seed.seed_id}"
        cluster.country_code, cluster.party_role = seed.country_code, seed.party_role
        return
    start = cluster.mentions[0][0] if cluster.mentions else 0
    cluster.party_role = _find_side(text, cluster)
    described = (find_described_kind(text, start, end) for start, end, *_ in cluster.mentions)
    found = next(filter(None, described), None) or _kind_of_rebels(text, start) or find_kind_by_head(cluster.name)
    cluster.kind, cluster.kind_rule = found or ("company", "name of an organisation")
    cluster.country_code = next((code for word in cluster.name.split() if (code := country_of_demonym(word))), None)


def _kind_of_rebels(text: str, start: int) -> tuple[str, str] | None:
    """Read "the rebel Southern Council": whatever its head noun, it is armed."""
    found = _ARMED_BEFORE.search(text[max(0, start - SIDE_REACH) : start])
    return ("armed_group", f"described as {found.group().strip()}") if found else None


def _find_side(text: str, cluster: _Cluster) -> str | None:
    """Find the side that the words before the first mention tell, or the description behind a mention: "X, an opposition war monitor"."""
    start = cluster.mentions[0][0] if cluster.mentions else 0
    described = (find_description_behind(text, end) for _, end, *_ in cluster.mentions)
    before = _SIDE.search(text[max(0, start - SIDE_REACH) : start])
    words = (before.group() if before else "", *(found.group() for found in described if found))
    return find_party([word for part in words for word in re.findall(r"[\w-]+", part.lower())])


# --- nominals, roles, states ----------------------------------------------------------------------------------------------


def _find_nominals(doc: "ParsedText", clusters: list[_Cluster]) -> list[_Cluster]:
    """Find the groups and people without a name that act: "the insurgents", "opposition activists", "an unnamed military official".

    "An official" is somebody new each time, "the official" the last one: two people of one description stay two.
    """
    nouns = load_group_nouns()
    text = doc.text
    busy = {position for cluster in clusters for start, end, *_ in cluster.mentions for position in (start, end - 1)}
    clusters_found: list[_Cluster] = []
    found = _find_described(doc, text, clusters)  # by wording, and people by their noun alone: the last one
    for chunk in doc.noun_chunks if doc.has_annotation("DEP") else ():
        head = chunk.root
        kind = _kind_of_group(head) or nouns.get((head.lemma_.lower(), head.tag_ == "NNS"))
        if kind is None or head.pos_ != "NOUN" or any(token.idx in busy or token.idx + len(token) - 1 in busy for token in chunk):
            continue
        if head.dep_ == "appos" or (kind == "person" and not _acts(head)):
            continue
        if any(child.dep_ == "appos" and child.idx + len(child) - 1 in busy for child in head.rights):
            continue  # "a monitor, the Larkin Observatory"
        if head.i + 1 < len(doc) and doc[head.i + 1].idx in busy and doc[head.i + 1].text[0].isupper():
            continue  # "the charity Larkin Relief"
        start, end = _nominal_span(chunk)
        surface = text[start:end]
        key = _DETERMINER.sub("", surface.casefold())
        is_new_person = kind == "person" and surface.split()[0].lower() in _INDEFINITE
        cluster = None if is_new_person else found.get(key)
        if cluster is None:
            cluster = _make_nominal(chunk, surface, kind)
            clusters_found.append(cluster)
        if cluster.label == "ORG":
            cluster.mentions.append((start, end, "role", "described so beside its name"))
            continue
        if kind == "person":
            found[head.lower_] = cluster
        found[key] = cluster
        name = _ARTICLE.sub("", surface)
        cluster.names.append(_OWNER.sub("", name) if kind in {"person", "collective"} else name)  # "our forces" are not "their forces"
        cluster.mentions.append((start, end, "role", f"group noun: {head.lemma_}"))
    return clusters_found


def _kind_of_group(head: "Word") -> str | None:
    """Read a group noun with the word before it: "news agency", "rights groups", "militant group"."""
    before = head.doc[head.i - 1].lower_ if head.i else ""
    return load_kind_words()["description"].get(f"{before} {head.lemma_.lower()}")


def _find_described(doc: "ParsedText", text: str, clusters: list[_Cluster]) -> dict[str, _Cluster]:
    """Find the descriptions that stand behind the name of a group of their kind: "the Larkin Observatory, an opposition war monitor,".

    The description means that group elsewhere in the article, too, before its name and after it.
    """
    named = {end: cluster for cluster in clusters if cluster.label == "ORG" for _, end, kind, _ in cluster.mentions if kind == "name"}
    found: dict[str, _Cluster] = {}
    for chunk in doc.noun_chunks if named and doc.has_annotation("DEP") else ():
        start, end = _nominal_span(chunk)
        cluster = named.get(start - 2) if text[start - 2 : start] == ", " and text[end : end + 1] in {",", ".", ""} else None
        if cluster is None or chunk[0].lower_ not in {"a", "an", "the"} or len(chunk) <= MIN_DESCRIPTION:
            continue
        if load_group_nouns().get((chunk.root.lemma_.lower(), False)) == cluster.kind:
            found.setdefault(_DETERMINER.sub("", text[start:end].casefold()), cluster)
    return found


def _make_nominal(chunk: "Phrase", surface: str, kind: str) -> _Cluster:
    head = chunk.root
    cluster = _Cluster("NOMINAL", kind=kind, kind_rule=f"group noun: {head.lemma_}")
    cluster.party_role = find_party(re.findall(r"[\w-]+", surface.lower()))
    cluster.country_code = next((code for token in chunk if (code := country_of_demonym(token.text))), None)
    cluster.gender = load_gendered_nouns().get(head.lower_) if kind == "person" else None
    return cluster


def _acts(head: "Word") -> bool:
    return head.dep_ in {"nsubj", "nsubjpass", "pobj", "dobj", "poss", "agent"}


def _nominal_span(chunk: "Phrase") -> tuple[int, int]:
    """The characters of a noun phrase without what stands before a line break and without opening marks."""
    text = chunk.text
    word = re.compile(r"\w").search(text, text.rfind("\n") + 1)
    return chunk.start_char + (word.start() if word else 0), chunk.end_char


def _find_roles(doc: "ParsedText", clusters: list[_Cluster]) -> None:
    """Attach roles stated beside a name: "Rami Tal, the Observatory’s chief", "Syria's defense minister, Gen. Ali Tal"."""
    text = doc.text
    organisations = _list_organisations(clusters)
    for cluster in clusters:
        if cluster.label != "PERSON":
            continue
        for start, end, *_ in tuple(cluster.mentions):
            for span in (find_role_before(doc, start, end), find_role_after(doc, text, end), find_role_as(doc, end)):
                head = role_head(span) if span is not None else None
                if span is None or head is None:
                    continue
                signature = sign_role(span, head)
                if _differ(signature.gender, cluster.gender):
                    continue
                cluster.gender = cluster.gender or signature.gender
                cluster.signatures.append(signature)
                cluster.roles.append(describe_role(span, head, organisations))
                cluster.mentions.append((span.start_char, span.end_char, "role", "role stated beside the name"))


def _list_organisations(clusters: list[_Cluster]) -> list[CharSpan]:
    """List where organisations are named, in reading order."""
    return sorted(
        CharSpan(start, end) for cluster in clusters if cluster.label == "ORG" for start, end, kind, _ in cluster.mentions if kind == "name"
    )


def _link_descriptions(doc: "ParsedText", clusters: list[_Cluster]) -> None:
    """Give definite descriptions to the one actor they fit: "the minister", "Syria's defense minister", "the agency"."""
    people = [cluster for cluster in clusters if cluster.signatures]
    groups = [cluster for cluster in clusters if cluster.label == "ORG"]
    busy = {at for cluster in clusters for start, end, kind, _ in cluster.mentions for at in (start, end - 1)}
    for chunk in doc.noun_chunks if doc.has_annotation("DEP") else ():
        head = chunk.root
        if head.tag_ not in {"NN", "NNP"} or head.idx + len(head) - 1 in busy or not _is_definite(chunk):
            continue
        if head.lower_ in load_role_nouns():
            found, rule = _find_holder(doc, chunk, people), "role of the person named"
        elif head.lower_ in load_description_nouns():
            found, rule = _find_group(doc, chunk, groups), "description of the group named"
        else:
            continue
        if found is not None:
            start, end = _nominal_span(chunk)
            found.mentions.append((start, end, "role", rule))


def _link_introductions(doc: "ParsedText", clusters: list[_Cluster]) -> None:
    """Join a role without a name and the name without a role that stands next to it.

    News gives "Syria's defense minister said …" and opens the next sentence or paragraph with "Gen. Ali Tal said …", or the
    other way round. Only the next person named counts, only a subject, and only a full name's first mention.
    """
    text = doc.text
    people = [cluster for cluster in clusters if cluster.label == "PERSON" and len(cluster.words) > 1]
    organisations = _list_organisations(clusters)
    named = sorted((start, i) for i, cluster in enumerate(people) for start, _, kind, _ in cluster.mentions if kind == "name")
    starts = [start for start, _ in named]
    busy = {at for cluster in clusters for start, end, *_ in cluster.mentions for at in (start, end - 1)}
    for chunk in doc.noun_chunks if doc.has_annotation("DEP") else ():
        head = chunk.root
        if (
            head.lower_ not in load_role_nouns()
            or head.tag_ not in {"NN", "NNP"}
            or head.dep_ != "nsubj"
            or head.idx + len(head) - 1 in busy
        ):
            continue
        position = bisect.bisect_right(starts, chunk.start_char)
        signature = sign_role(chunk, head)
        if not _is_definite(chunk) or not (signature.words or signature.country):
            continue
        after = named[position] if position < len(named) else None
        before = named[position - 1] if position else None
        if after and _is_next_subject(doc, head, after[0]) and people[after[1]].first_start == after[0]:
            found = people[after[1]]
        elif (
            before
            and {i for _, i in named[:position]} == {before[1]}
            and (bearer := doc.char_span(before[0], before[0] + 1, alignment_mode="expand")) is not None
            and _is_next_subject(doc, bearer.root, chunk.start_char)
        ):
            found = people[before[1]]
        else:
            continue
        if found.signatures or _differ(signature.gender, found.gender):
            continue
        start, end = _nominal_span(chunk)
        found.signatures.append(signature)
        found.roles.append(describe_role(doc[chunk.start : chunk.end], head, organisations))
        found.mentions.append((start, end, "role", f"role, then the name beside it: {text[start:end]}"))


def _is_next_subject(doc: "ParsedText", first: "Word", start: int) -> bool:
    """Tell whether a subject opens the sentence that follows that of `first`."""
    opened = doc.char_span(start, start + 1, alignment_mode="expand")
    if opened is None:
        return False
    sentence = opened.root.sent
    lead = [token for token in doc[sentence.start : opened.start] if not token.is_space and not is_title(token.lower_)]
    between = [token for token in doc[first.sent.end : sentence.start] if not token.is_space]
    subject = next((token for token in sentence if token.dep_ in {"nsubj", "nsubjpass"}), None)
    return (
        not between
        and first.sent.start < sentence.start
        and all(token.lower_ in {"the"} or token.dep_ in {"poss", "case", "compound"} for token in lead)
        and subject is not None
        and opened.start <= subject.i <= opened.start + 5
    )


def _is_definite(chunk: "Phrase") -> bool:
    return chunk[0].lower_ in {"the", "this", "that"} or any(token.dep_ == "poss" and token.pos_ != "PRON" for token in chunk)


def _find_holder(doc: "ParsedText", chunk: "Phrase", people: list[_Cluster]) -> _Cluster | None:
    """Find the only person with this role; "the minister" of two ministers is nobody."""
    edge = chunk.root.right_edge.i + 1
    inside = [token for token in chunk.root.children if token.dep_ == "prep" and token.lower_ == "of"]
    whole = doc[chunk.start : inside[0].right_edge.i + 1] if inside and inside[0].right_edge.i < edge else chunk
    signature = sign_role(whole, chunk.root)
    fits = [
        cluster
        for cluster in people
        if not _differ(signature.gender, cluster.gender) and any(same_role(signature, other) for other in cluster.signatures)
    ]
    return fits[0] if len(fits) == 1 else None


def _find_group(doc: "ParsedText", chunk: "Phrase", groups: list[_Cluster]) -> _Cluster | None:
    """Find the only group with the noun in its name, or else the only one of a fitting kind named shortly before."""
    head = chunk.root
    if any(token.i != head.i and token.dep_ in {"amod", "compound", "poss", "nummod"} and not _only_describes(token) for token in chunk):
        return None
    if any(child.dep_ in {"prep", "relcl", "acl", "appos"} and child.pos_ != "PRON" and child.i == head.i + 1 for child in head.children):
        return None
    named = [cluster for cluster in groups if any(head.lower_ in name.lower().split() for name in cluster.names)]
    if named:
        return named[0] if len(named) == 1 else None
    kinds = load_description_nouns()[head.lower_]
    at = chunk.start_char
    near = [
        cluster
        for cluster in groups
        if cluster.kind in kinds and any(at - NEAR < start < at for start, _, kind, _ in cluster.mentions if kind == "name")
    ]
    return near[0] if len(near) == 1 else None


def _only_describes(token: "Word") -> bool:
    """Tell a word that tells a group from nobody else of its kind: "the Iran-backed group", "the Lebanese group"."""
    return token.lower_ in _BACKED or country_of_demonym(token.text) is not None


def _find_states(doc: "ParsedText", entities: tuple[Entity, ...]) -> list[_Cluster]:
    """Countries that act: subject of a verb, or behind "backed by"."""
    found: dict[str, _Cluster] = {}
    for entity in entities:
        if entity.label != "GPE":
            continue
        span = doc.char_span(entity.start, entity.end, alignment_mode="expand")
        if span is None or span.root.dep_ not in {"nsubj", "agent"} or span.root.head.pos_ != "VERB":
            continue
        code = country_code(entity.text)
        if code is None:
            continue
        cluster = found.setdefault(code, _Cluster("GPE", kind="government_body", kind_rule="country that acts", country_code=code))
        cluster.names.append(entity.text)
        cluster.mentions.append((entity.start, entity.end, "name", "country that acts"))
    return list(found.values())


# --- result ---------------------------------------------------------------------------------------------------------------


def _build(clusters: list[_Cluster], article: Article, text: str) -> ActorSet:
    actors, mentions, taken = [], [], set()
    for cluster in clusters:
        if not cluster.mentions:
            continue
        cluster.mentions.sort()
        name = cluster.name if not cluster.seed else cluster.seed.name
        key = make_id("act", article.article_id, cluster.label, name, cluster.mentions[0][0])
        if cluster.label == "PERSON" and len(countries := {role.country_code for role in cluster.roles} - {None}) == 1:
            cluster.country_code = countries.pop()  # "Norway's defense minister"
        actors.append(Actor(
            key, name, cluster.kind or "collective", cluster.kind_rule, cluster.country_code, cluster.party_role,
            cluster.seed.seed_id if cluster.seed else None, cluster.gender, _aliases(cluster, name), tuple(cluster.roles),
        ))  # fmt: skip
        for start, end, mention_type, rule in cluster.mentions:
            if (start, end) not in taken:
                taken.add((start, end))
                mentions.append(ActorMention(start, end, text[start:end], key, mention_type, rule))
    mentions.sort(key=lambda mention: (mention.start, mention.end))
    return ActorSet(tuple(actors), tuple(mentions))


def _add_role_countries(actor_set: ActorSet, places: PlaceSet) -> ActorSet:
    """Give each role without a country that of the place in it: "prosecutor in The Hague"."""
    country_of = {place.location_id: place.country_code for place in places.locations}
    named = sorted((mention.start, mention.end, country_of[mention.location_id]) for mention in places.mentions if mention.location_id)

    def locate(role: ActorRole) -> ActorRole:
        inside = (code for start, end, code in named if code and role.start <= start and end <= role.end)
        return role if role.country_code else replace(role, country_code=next(inside, None))

    actors = tuple(replace(actor, roles=tuple(map(locate, actor.roles))) if actor.roles else actor for actor in actor_set.actors)
    return replace(actor_set, actors=actors)


def _aliases(cluster: _Cluster, name: str) -> tuple[ActorAlias, ...]:
    found = {name: "full"}
    for other in cluster.names:
        if other in found:
            continue
        if cluster.label == "NOMINAL":
            kind = "role"
        elif re.fullmatch(r"[A-Z][A-Z&.-]{1,9}", other):
            kind = "acronym"
        elif cluster.label == "PERSON" and bare_word(other) == cluster.words[-1]:
            kind = "surname"
        else:
            kind = "short"
        found[other] = kind
    found |= {re.sub(r"^(?:the|an?) ", "", role.text): "role" for role in cluster.roles}
    return tuple(ActorAlias(alias, kind) for alias, kind in found.items())
