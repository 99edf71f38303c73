"""Actors of one article: names that are one actor, their kind, aliases and roles."""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from newsledger.gazetteer import country_of_demonym, find_kind, load_gazetteer
from newsledger.ids import make_id
from newsledger.nlp.entities import find_acronyms, name_key
from newsledger.nlp.seeds import SeedActor, fold, load_group_nouns, load_seed_actors
from newsledger.records import Actor, ActorAlias, ActorMention, ActorRole, Article, Entity, Quotation

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

ORIGIN = "aliases/1"
ORG_KINDS = (
    (re.compile(r"\b(?:Army|Navy|Air Force|Forces|Armed Forces|Guards?|Command|Corps|Battalion)$"), "military"),
    (re.compile(r"\b(?:Ministry|Department|Police|Court|Parliament|Senate|Congress|Cabinet|Council|Commission|Agency|Authority|Office|Bureau|Administration|Government|Assembly|Office)\b"), "government_body"),
    (re.compile(r"\b(?:Party|Democrats|Republicans|Coalition|Labour|Tories)\b"), "party"),
    (re.compile(r"\b(?:News|Times|Post|Herald|Gazette|Tribune|TV|Television|Radio|FM|Press|Journal|Media|Courier|Observer|Mail|Telegraph|Broadcasting)\b"), "media"),
    (re.compile(r"\b(?:Brigades?|Front|Militia|Liberation)\b"), "armed_group"),
    (re.compile(r"\b(?:Observatory|Monitor)\b"), "monitor"),
    (re.compile(r"\b(?:United Nations|World|International|European|African)\b"), "international_organisation"),
    (re.compile(r"\b(?:Foundation|Association|Society|Trust|Charity|Institute|Watch|Rights|University|College|Hospital|School|Union|Federation)\b"), "ngo"),
)  # fmt: skip
KIND_WORDS = {
    "agency": "media", "newspaper": "media", "broadcaster": "media", "channel": "media", "station": "media", "magazine": "media", "monitor": "monitor",
    "militia": "armed_group", "group": None, "company": "company", "firm": "company", "charity": "ngo", "party": "party", "army": "military",
}  # fmt: skip
_MALE = re.compile(r"\b(?:Mr|Sir|King|Prince|Pope|spokesman|businessman|chairman|congressman|Sheikh|Imam|Lord)\.?\s*$", re.IGNORECASE)
_FEMALE = re.compile(
    r"\b(?:Mrs|Ms|Miss|Queen|Princess|Dame|Lady|spokeswoman|businesswoman|chairwoman|congresswoman|actress)\.?\s*$", re.IGNORECASE
)
_SIDE = re.compile(r"\b(?P<side>pro-government|pro-\w+|opposition|rebel|state|government|separatist|loyalist)\b", re.IGNORECASE)
_UNNAMED = re.compile(r"^(?:an?|one|two|three|several|some|the|unnamed|another)\b", re.IGNORECASE)
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
    words: tuple[str, ...] = ()  # folded words of the full name, of a person
    first_start: int = 0

    @property
    def name(self) -> str:
        return max(self.names, key=lambda name: (len(name.split()), len(name), -self.names.index(name)))


def find_actors(doc: "Doc", entities: tuple[Entity, ...], quotations: tuple[Quotation, ...], article: Article) -> ActorSet:
    """Cluster names and nominals into the actors of one article."""
    text = doc.text
    acronyms = {fold(short): fold(long) for short, long in find_acronyms(text).items()}
    clusters = _cluster_names(text, entities, acronyms)
    for cluster in clusters:
        _decide_kind(doc, cluster)
    nominals = _find_nominals(doc, clusters)
    _find_roles(doc, clusters)
    states = _find_states(doc, entities)
    return _build([*clusters, *nominals, *states], article, text)


# --- names ----------------------------------------------------------------------------------------------------------------


def _cluster_names(text: str, entities: tuple[Entity, ...], acronyms: dict[str, str]) -> list[_Cluster]:
    clusters: list[_Cluster] = []
    people: dict[str, list[_Cluster]] = defaultdict(list)  # by last name
    groups: dict[str, _Cluster] = {}
    full_first = sorted((e for e in entities if e.label in {"PERSON", "ORG"}), key=lambda e: (-len(e.text.split()), e.start))
    chosen: dict[int, tuple[_Cluster, str]] = {}
    for entity in full_first:
        key = name_key(entity.text)
        if entity.label == "PERSON":
            chosen[entity.start] = _place_person(key, entity, people, clusters)
        else:
            chosen[entity.start] = _place_group(key, groups, clusters, acronyms)
    for entity in sorted(full_first, key=lambda e: e.start):
        cluster, rule = chosen[entity.start]
        cluster.names.append(name_key(entity.text))
        cluster.mentions.append((entity.start, entity.end, "name", rule))
        before = text[max(0, entity.start - 16) : entity.start]
        if cluster.label == "PERSON" and cluster.gender is None:
            cluster.gender = "male" if _MALE.search(before) else "female" if _FEMALE.search(before) else None
    return clusters


def _place_person(key: str, entity: Entity, people: dict[str, list[_Cluster]], clusters: list[_Cluster]) -> tuple[_Cluster, str]:
    words = [_bare(word) for word in key.split()]
    words = [word for word in words if word] or [key.casefold()]
    same = [cluster for cluster in people[words[-1]] if _fits(words, cluster)]
    if len(same) == 1:
        return same[0], "same name" if len(words) > 1 else f"surname of {same[0].names[0] if same[0].names else key}"
    if len(same) > 1:  # two people with one surname: the one named in full last before this mention
        before = [cluster for cluster in same if cluster.first_start < entity.start]
        last = max(before or same, key=lambda cluster: cluster.first_start)
        return last, "surname of the bearer named last in full"
    cluster = _Cluster("PERSON", words=tuple(words), first_start=entity.start)
    clusters.append(cluster)
    people[words[-1]].append(cluster)
    return cluster, "first mention"


def _fits(words: list[str], cluster: _Cluster) -> bool:
    full = cluster.words
    if len(words) == 1:
        return words[0] == full[-1]
    return set(words) <= set(full) or (words[-1] == full[-1] and len(words[0]) <= 2 and words[0][0] == full[0][0])


def _bare(word: str) -> str:
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


def _decide_kind(doc: "Doc", cluster: _Cluster) -> None:
    if cluster.label == "PERSON":
        cluster.kind, cluster.kind_rule = "person", "name of a person"
        return
    seed = cluster.seed or next((found for name in cluster.names if (found := load_seed_actors().get(fold(name)))), None)
    if seed:
        cluster.seed, cluster.kind, cluster.kind_rule = seed, seed.kind, f"seeds/actors.csv: {seed.seed_id}"
        cluster.country_code, cluster.party_role = seed.country_code, seed.party_role
        return
    start, end, *_ = cluster.mentions[0] if cluster.mentions else (0, 0)
    around = f"{doc.text[max(0, start - 40) : start]} | {doc.text[end : end + 40]}".lower()
    side = _SIDE.search(doc.text[max(0, start - 24) : start])
    cluster.party_role = side["side"].lower() if side else None
    for word, kind in KIND_WORDS.items():
        if kind and re.search(rf"\b{word}\s*\|| \|(?:,? an?| the)? ?(?:[\w-]+ ){{0,3}}{word}\b", around):
            cluster.kind, cluster.kind_rule = kind, f"apposition: {word}"
            return
    for pattern, kind in ORG_KINDS:
        if head := pattern.search(cluster.name):
            cluster.kind, cluster.kind_rule = kind, f"head: {head[0]}"
            break
    else:
        cluster.kind, cluster.kind_rule = "company", "name of an organisation"
    cluster.country_code = next((code for word in cluster.name.split() if (code := country_of_demonym(word))), None)


# --- nominals, roles, states ----------------------------------------------------------------------------------------------


def _find_nominals(doc: "Doc", clusters: list[_Cluster]) -> list[_Cluster]:
    """Group nouns that act as actors: "the insurgents", "opposition activists", "an unnamed military official"."""
    nouns = load_group_nouns()
    busy = {position for cluster in clusters for start, end, *_ in cluster.mentions for position in (start, end - 1)}
    found: dict[str, _Cluster] = {}
    for chunk in doc.noun_chunks if doc.has_annotation("DEP") else ():
        head = chunk.root
        kind = nouns.get((head.lemma_.lower(), head.tag_ == "NNS"))
        if kind is None or head.pos_ != "NOUN" or any(token.idx in busy or token.idx + len(token) - 1 in busy for token in chunk):
            continue
        if head.dep_ == "appos" or (kind == "person" and not _acts(head)):
            continue
        start, end = _nominal_span(chunk)
        surface = doc.text[start:end]
        key = re.sub(r"^(?:the|an?|some|several|these|those|many|other) ", "", surface.casefold())
        cluster = found.get(key)
        if cluster is None:
            cluster = found[key] = _Cluster("NOMINAL", kind=kind, kind_rule=f"group noun: {head.lemma_}")
            side = _SIDE.search(surface)
            cluster.party_role = side["side"].lower() if side else None
            cluster.country_code = next((code for token in chunk if (code := country_of_demonym(token.text))), None)
        cluster.names.append(re.sub(r"^(?:the|an?) ", "", surface, flags=re.IGNORECASE))
        cluster.mentions.append((start, end, "role", f"group noun: {head.lemma_}"))
    return list(found.values())


def _acts(head: "Token") -> bool:
    return head.dep_ in {"nsubj", "nsubjpass", "pobj", "dobj", "poss", "agent"}


def _nominal_span(chunk: "Span") -> tuple[int, int]:
    line = chunk.text.rfind("\n")
    start = chunk.start_char + line + 1
    return start, chunk.end_char


def _find_roles(doc: "Doc", clusters: list[_Cluster]) -> None:
    """Roles stated beside a name: "Rami Abdurrahman, the Observatory’s chief", "defense minister Ali Abbas"."""
    nouns = {noun for (noun, _), kind in load_group_nouns().items() if kind == "person"}
    by_start = {start: (cluster, end) for cluster in clusters if cluster.label == "PERSON" for start, end, *_ in cluster.mentions}
    for _start, (cluster, end) in by_start.items():
        after = re.match(r", (?P<role>(?:the |an? )?[^,.;\n]{3,80}?)(?=[,.;\n])", doc.text[end : end + 100])
        if not after:
            continue
        span = doc.char_span(end + after.start("role"), end + after.end("role"), alignment_mode="contract")
        if span is None or span.root.lemma_.lower() not in nouns:
            continue
        cluster.roles.append(_role_of(span))
        cluster.mentions.append((span.start_char, span.end_char, "role", "role stated beside the name"))


def _role_of(span: "Span") -> ActorRole:
    owner = next((child for child in span.root.children if child.dep_ == "poss"), None)
    country = next((code for token in span if (code := country_of_demonym(token.text) or _country_code(token.text))), None)
    role = span.text[owner.right_edge.idx + len(owner.right_edge) - span.start_char :].strip() if owner is not None else span.text
    organisation = owner.doc[owner.left_edge.i : owner.i + 1].text if owner is not None and not country else None
    return ActorRole(span.start_char, span.end_char, span.text, re.sub(r"^(?:the|an?) ", "", role), organisation, country)


def _country_code(word: str) -> str | None:
    if find_kind(word) != "country":
        return None
    return next((c.place.country_code for c in load_gazetteer().find(word) if c.place.kind == "country"), None)


def _find_states(doc: "Doc", entities: tuple[Entity, ...]) -> list[_Cluster]:
    """Countries that act: subject of a verb, or behind "backed by"."""
    found: dict[str, _Cluster] = {}
    for entity in entities:
        if entity.label != "GPE":
            continue
        span = doc.char_span(entity.start, entity.end, alignment_mode="expand")
        if span is None or span.root.dep_ not in {"nsubj", "agent"} or span.root.head.pos_ != "VERB":
            continue
        code = _country_code(entity.text)
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


def _aliases(cluster: _Cluster, name: str) -> tuple[ActorAlias, ...]:
    found = {name: "full"}
    for other in cluster.names:
        if other in found:
            continue
        if cluster.label == "NOMINAL":
            kind = "role"
        elif re.fullmatch(r"[A-Z][A-Z&.-]{1,9}", other):
            kind = "acronym"
        elif cluster.label == "PERSON" and " " not in other:
            kind = "surname"
        else:
            kind = "short"
        found[other] = kind
    found |= {re.sub(r"^(?:the|an?) ", "", role.text): "role" for role in cluster.roles}
    return tuple(ActorAlias(alias, kind) for alias, kind in found.items())
