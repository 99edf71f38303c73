"""Actors of one article: names that are one actor, their kind, aliases and roles."""

import re
from dataclasses import dataclass, replace

from newsledger.lexicon.actors import fold
from newsledger.lexicon.first_names import load_first_names
from newsledger.model.enums import ActorKind, AliasType, EntityLabel, MentionType
from newsledger.model.ids import make_id
from newsledger.model.records import Actor, ActorAlias, ActorMention, ActorRole, Article, Entity
from newsledger.nlp.names.clusters import Cluster
from newsledger.nlp.names.corrected import list_countries, mend_names
from newsledger.nlp.names.descriptions import find_roles, link_descriptions, link_introductions
from newsledger.nlp.names.forms import (
    bare_word,
    find_acronyms,
    find_bracketed,
    find_unexplained,
    load_titles,
)
from newsledger.nlp.names.grouping import add_bare_surnames, cluster_names
from newsledger.nlp.names.kind_of_actor import decide_kind
from newsledger.nlp.names.names_of_described import link_told_names
from newsledger.nlp.names.nominals import find_nominals
from newsledger.nlp.names.not_actors import leave_out_strays
from newsledger.nlp.names.roles import country_code
from newsledger.nlp.names.states import find_states, join_states
from newsledger.nlp.parse.parsed import ParsedText
from newsledger.nlp.places.mentions import PlaceSet

ORIGIN = "aliases/3"
REACH = 40  # characters before a name in which its title or its country stands
_OWNER = re.compile(r"\b(?P<owner>[A-Z][\w-]+(?: [A-Z][\w-]+)?)[’']s? $")
_INQUIRY = " of Inquiry"  # "the Larkin Commission of Inquiry" is the Larkin Commission
MAX_NAME = 200  # letters; what is longer is a table, an address or a slip, and names nobody


@dataclass(frozen=True, slots=True)
class ActorSet:
    actors: tuple[Actor, ...]
    mentions: tuple[
        ActorMention, ...
    ]  # names, roles and nominals ("the insurgents"); pronouns come from coref


def find_actors(
    doc: "ParsedText", entities: tuple[Entity, ...], places: PlaceSet, article: Article
) -> ActorSet:
    """Cluster names and nominals into the actors of one article; what a resolved place covers is no
    person and no organisation."""
    text = doc.text
    entities = leave_out_strays(doc, mend_names(doc, entities), places)
    acronyms = {
        fold(short): fold(long)
        for short, long in {
            **find_unexplained(entities),
            **find_acronyms(text),
            **find_bracketed(text, entities),
        }.items()
    }
    clusters = cluster_names(text, entities, acronyms)
    add_bare_surnames(doc, clusters, entities)
    countries = frozenset(
        code
        for entity in entities
        if entity.label in {EntityLabel.GPE, EntityLabel.NORP}
        and (code := country_code(entity.text))
    )
    countries |= {place.country_code for place in places.locations if place.country_code}
    countries |= list_countries(entities)
    for cluster in clusters:
        decide_kind(text, cluster, countries)
    find_roles(doc, clusters)
    link_descriptions(doc, clusters)
    link_introductions(doc, clusters)
    link_told_names(doc, clusters)
    nominals = find_nominals(doc, clusters)
    states = find_states(doc, entities, places)
    joined = join_states([*clusters, *nominals, *states], _list_focus(places))
    return _add_role_countries(_build(joined, article, text), places)


def _list_focus(places: PlaceSet) -> frozenset[str]:
    """List the countries of the places that an article is about."""
    focus = {mention.location_id for mention in places.mentions if mention.is_focus}
    told = (place for place in places.locations if place.location_id in focus)
    return frozenset(place.country_code for place in told if place.country_code)


def _build(clusters: list[Cluster], article: Article, text: str) -> ActorSet:
    actors, mentions, taken = [], [], set()
    for cluster in clusters:
        spans = [mention for mention in cluster.mentions if mention[1] - mention[0] <= MAX_NAME]
        if not spans:
            continue
        cluster.mentions = sorted(spans)
        name = _find_printed_name(cluster) or (cluster.seed.name if cluster.seed else cluster.name)
        if cluster.label == EntityLabel.PERSON and not cluster.seed:
            name = find_full_name(article, name) or name
        if len(name) > MAX_NAME:
            continue
        key = make_id("act", article.article_id, cluster.label, name, cluster.mentions[0][0])
        if (
            cluster.label == EntityLabel.PERSON
            and len(countries := {role.country_code for role in cluster.roles} - {None}) == 1
        ):
            cluster.country_code = countries.pop()  # "Norway's defense minister"
        cluster.printed += list_printed(text, cluster)
        actors.append(Actor(
            key, name, cluster.kind or ActorKind.COLLECTIVE, cluster.kind_rule,
            cluster.country_code,
            cluster.party_role,
            cluster.seed.seed_id if cluster.seed else None, cluster.gender, _aliases(cluster, name),
            tuple(cluster.roles),
        ))  # fmt: skip
        for start, end, mention_type, rule in cluster.mentions:
            if (start, end) not in taken:
                taken.add((start, end))
                mentions.append(ActorMention(start, end, text[start:end], key, mention_type, rule))
    mentions.sort(key=lambda mention: (mention.start, mention.end))
    return ActorSet(tuple(actors), tuple(mentions))


def _find_printed_name(cluster: Cluster) -> str | None:
    """Find the full name by which an article calls a curated body that it never calls by the name
    of the list: "Médecins Sans Frontières"."""
    if cluster.seed is None or cluster.label == EntityLabel.PERSON:
        return None
    usual = set(fold(cluster.seed.name).split())
    full = [name for name in cluster.names if len(name.split()) > 1]
    if not full or any(usual & set(fold(name).split()) for name in cluster.names):
        return None
    return max(full, key=len)


def find_full_name(article: Article, surname: str) -> str | None:
    """Find the only full name in headline and standfirst of somebody whom the text calls by the
    surname alone: "Orla Whitcombe wins roads vote"."""
    lines = [line for line in (article.headline, article.standfirst) if line and surname in line]
    if " " in surname or not lines:
        return None
    pattern = rf"\b([A-Z][\w-]+)(?: [A-Z]\.)? {re.escape(surname)}\b"
    found = {
        match[0]
        for line in lines
        for match in re.finditer(pattern, line)
        if match[1].lower() in load_first_names()
    }
    return found.pop() if len(found) == 1 else None


def _add_role_countries(actor_set: ActorSet, places: PlaceSet) -> ActorSet:
    """Give each role without a country that of the place in it: "prosecutor in The Hague"."""
    country_of = {place.location_id: place.country_code for place in places.locations}
    named = sorted(
        (mention.start, mention.end, country_of[mention.location_id])
        for mention in places.mentions
        if mention.location_id
    )

    def locate(role: ActorRole) -> ActorRole:
        inside = (
            code for start, end, code in named if code and role.start <= start and end <= role.end
        )
        return role if role.country_code else replace(role, country_code=next(inside, None))

    actors = tuple(
        replace(actor, roles=tuple(map(locate, actor.roles))) if actor.roles else actor
        for actor in actor_set.actors
    )
    return replace(actor_set, actors=actors)


def list_printed(text: str, cluster: Cluster) -> list[str]:
    """List the names with what stands before them: the title of somebody who has no first name
    ("President Tal"), whose a body is ("Rovena's Ministry of Health")."""
    found = []
    for start, end, mention_type, _ in cluster.mentions:
        before = text[max(0, start - REACH) : start]
        if mention_type != MentionType.NAME or "\n" in before[-2:]:
            continue
        own = text[start:end].removesuffix("’s").removesuffix("'s")
        if cluster.label == EntityLabel.PERSON and " " not in cluster.name:
            title = re.search(r"\b([A-Z][a-z]+\.?) $", before)
            if title and title[1].lower().strip(".") in load_titles():
                found.append(f"{title[1]} {own}")
        if cluster.label == EntityLabel.ORG and own.endswith(_INQUIRY):
            found.append(own.removesuffix(_INQUIRY))
        owner = _OWNER.search(before) if cluster.label == EntityLabel.ORG else None
        if owner and country_code(owner["owner"]):
            found.append(f"{owner.group()}{own}")
    return list(dict.fromkeys(found))


def _aliases(cluster: Cluster, name: str) -> tuple[ActorAlias, ...]:
    found = {name: AliasType.FULL}
    for other in cluster.names:
        if other in found:
            continue
        if cluster.label == "NOMINAL":
            kind = AliasType.ROLE
        elif re.fullmatch(r"[A-Z][A-Z&.-]{1,9}", other):
            kind = AliasType.ACRONYM
        elif cluster.label == EntityLabel.PERSON and bare_word(other) == cluster.words[-1]:
            kind = AliasType.SURNAME
        else:
            kind = AliasType.SHORT
        found[other] = kind
    found |= {re.sub(r"^(?:the|an?) ", "", role.text): AliasType.ROLE for role in cluster.roles}
    for printed in cluster.printed:
        found.setdefault(printed, AliasType.SHORT)
    return tuple(ActorAlias(alias, kind) for alias, kind in found.items() if len(alias) <= MAX_NAME)
