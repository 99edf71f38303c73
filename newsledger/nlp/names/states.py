"""States that act, and what else stands for their governments: capitals, authorities, armies.

"China", "the Chinese government" and, where it speaks, "Beijing" are one actor of an article; so
are "the Israeli military" and "Israeli forces". A bare "the government" is the only one named.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable

from newsledger.lexicon.cues import load_cues
from newsledger.lexicon.gazetteer import capital_ids
from newsledger.model.enums import ActorKind, CueClass, EntityLabel, MentionType
from newsledger.model.records import Entity
from newsledger.nlp.names.clusters import DESCRIBED, Cluster
from newsledger.nlp.names.kind_of_actor import NAME_OF_COUNTRY
from newsledger.nlp.names.roles import country_code
from newsledger.nlp.parse.parsed import ParsedText, Word
from newsledger.nlp.places.mentions import PlaceSet

_ACTING = frozenset({"nsubj", "agent"})
_LISTING = frozenset({"including", "include", "like", "as"})
# nouns that mean the government of a country, or its armed forces
_ONE_BODY = {
    "government": "government", "authority": "government", "regime": "government",
    "army": "military", "military": "military", "troop": "military", "force": "military",
}  # fmt: skip
_OF_STATE = re.compile(
    r"(?:[Ff]ederal )?(?P<noun>[Gg]overnment|[Mm]ilitary|[Aa]rmy) of (?:the )?(?P<state>[A-Z].+)"
)
_STATE_BEFORE = re.compile(
    r"(?P<state>[A-Z].+?)(?: [Ff]ederal)? (?P<noun>[Gg]overnment|[Mm]ilitary)"
)
_LEVELS = frozenset("the federal national central ruling current new country's".split())
_STATE_KINDS = frozenset({ActorKind.GOVERNMENT_BODY, ActorKind.MILITARY})


def find_states(doc: "ParsedText", entities: tuple[Entity, ...], places: PlaceSet) -> list[Cluster]:
    """Find the countries that act: subject of a verb, or behind "backed by"; a capital where it
    speaks."""
    found: dict[str, Cluster] = {}
    capitals = {
        (place.start, place.end): code
        for place in places.mentions
        if place.location_id in capital_ids()
        and (code := _country_of(places, place.location_id)) is not None
    }
    for entity in entities:
        if entity.label != EntityLabel.GPE:
            continue
        span = doc.char_span(entity.start, entity.end, alignment_mode="expand")
        if span is None:
            continue
        code, rule = country_code(entity.text), "country that acts"
        if code is None:
            code, rule = capitals.get((entity.start, entity.end)), "capital that speaks"
        acts = _speaks(span.root) if rule == "capital that speaks" else _acts(span.root)
        if code is None or not acts:
            continue
        cluster = found.setdefault(
            code,
            Cluster(
                EntityLabel.GPE, kind=ActorKind.GOVERNMENT_BODY, kind_rule=rule, country_code=code
            ),
        )
        cluster.names.append(entity.text)
        cluster.mentions.append((entity.start, entity.end, MentionType.NAME, rule))
    return list(found.values())


def _country_of(places: PlaceSet, location_id: str) -> str | None:
    return next(
        (place.country_code for place in places.locations if place.location_id == location_id),
        None,
    )


def _acts(word: "Word") -> bool:
    """Whether a country is the subject of a verb or the agent, alone, in a list, or behind
    "countries including"."""
    for _ in range(4):
        if word.dep_ in _ACTING and word.head.pos_ == "VERB":
            return True
        if word.dep_ == "pobj" and word.head.dep_ == "agent":
            return True
        is_listed = word.dep_ == "pobj" and word.head.lower_ in _LISTING
        if word.dep_ == "conj":
            word = word.head
        elif is_listed:
            word = word.head.head
        else:
            return False
    return False


def _speaks(word: "Word") -> bool:
    """Whether a capital is the subject or the object of a verb of speech: "Manila accused
    Beijing"."""
    if word.dep_ not in {"nsubj", "dobj"} or word.head.pos_ != "VERB":
        return False
    cue = load_cues().get((word.head.lemma_.lower(), "verb"))
    return cue is not None and cue.cue_class == CueClass.SPEECH


def join_states(clusters: list[Cluster], focus: frozenset[str] = frozenset()) -> list[Cluster]:
    """Join what stands for one government or one army; returns the clusters that are left, in
    order. `focus` are the countries that the article is about: a country that only acts in it is
    not the one whose government goes without a name."""
    bodies: dict[tuple[str, str], list[Cluster]] = defaultdict(list)
    for cluster in clusters:
        noun = _noun_of(cluster)
        if (told := _read_state(cluster)) is not None:
            cluster.country_code = told[0]
            bodies[told].append(cluster)
        elif cluster.country_code and noun in _ONE_BODY and not _is_special(cluster, noun):
            bodies[cluster.country_code, _ONE_BODY[noun]].append(cluster)
        elif cluster.country_code and (
            cluster.label == EntityLabel.GPE or cluster.kind_rule == NAME_OF_COUNTRY
        ):
            bodies[cluster.country_code, "government"].append(cluster)
        elif cluster.seed and cluster.seed.country_code and _is_army(cluster):
            bodies[cluster.seed.country_code, "military"].insert(0, cluster)
    for cluster in clusters:
        if cluster.kind in _STATE_KINDS and len(own := _words_of(cluster)) > 1:
            bodies[" ".join(sorted(own)), "words"].append(cluster)
    gone: set[int] = set()
    for same in bodies.values():
        held = [cluster for cluster in same if id(cluster) not in gone]
        for other in held[1:]:
            _absorb(held[0], other)
            gone.add(id(other))
    left = [cluster for cluster in clusters if id(cluster) not in gone]
    for bare in left:
        if id(bare) not in gone and (owner := _find_owner(bare, left, focus)) is not None:
            _absorb(owner, bare)
            gone.add(id(bare))
    return [cluster for cluster in left if id(cluster) not in gone]


def _words_of(cluster: Cluster) -> frozenset[str]:
    """The words of a body's name without little ones: "police in Larkin" is "Larkin Police"."""
    return frozenset(
        word for word in cluster.name.lower().split() if word not in {"in", "of", "the"}
    )


def _is_army(cluster: Cluster) -> bool:
    """Whether a curated body is all the armed forces of its country, not one service of them."""
    name = cluster.seed.name.lower() if cluster.seed else ""
    return cluster.kind == ActorKind.MILITARY and (
        "armed forces" in name or "defense forces" in name
    )


def _noun_of(cluster: Cluster) -> str:
    """The head noun of a cluster without a name: "authority"; empty for names."""
    prefix, _, noun = cluster.kind_rule.partition(DESCRIBED)
    return noun.lower() if cluster.label == "NOMINAL" and not prefix else ""


def _read_state(cluster: Cluster) -> tuple[str, str] | None:
    """Read a name that says nothing but that it is a state's government or army, with its country:
    "Government of Norway", "the US Military"."""
    if cluster.label != EntityLabel.ORG or cluster.seed is not None:
        return None
    found = _OF_STATE.fullmatch(cluster.name) or _STATE_BEFORE.fullmatch(cluster.name)
    code = country_code(found["state"]) if found else None
    return (code, _ONE_BODY[found["noun"].lower()]) if found and code else None


def _is_special(cluster: Cluster, noun: str) -> bool:
    """Whether authorities are those of one field: "Norwegian aviation authorities"."""
    words = [word for name in cluster.names for word in name.split()[:-1]]
    return noun == "authority" and any(
        word.islower() and word not in _LEVELS | {"of", "in"} for word in words
    )


def _is_bare(cluster: Cluster) -> bool:
    """Whether a noun says of nobody whose it is: "the government", "the federal government"."""
    return cluster.label == "NOMINAL" and all(
        word.lower() in _LEVELS for name in cluster.names for word in name.split()[:-1]
    )


def _find_owner(
    bare: Cluster, clusters: Iterable[Cluster], focus: frozenset[str]
) -> Cluster | None:
    """Find the only body that "the government", "the court" of an article can be: one noun, one
    body that says whose."""
    noun = _noun_of(bare)
    if not noun or bare.kind not in _STATE_KINDS or bare.country_code or not _is_bare(bare):
        return None
    body = _ONE_BODY.get(noun, noun)
    others = [cluster for cluster in clusters if cluster is not bare and _is_body(cluster, body)]
    told = [cluster for cluster in others if cluster.country_code]
    if stated := [cluster for cluster in told if _noun_of(cluster)]:
        told = stated  # "the Turkish government" before "Greece said"
    if not told:
        told = [cluster for cluster in others if not (_is_bare(cluster) or _is_many(cluster))]
    if focus and any(_is_beside(cluster, focus) for cluster in told):
        return None
    named = any(cluster.label == EntityLabel.ORG and not cluster.country_code for cluster in others)
    return told[0] if len(told) == 1 and not named and not _is_many(bare) else None


def _is_beside(cluster: Cluster, focus: frozenset[str]) -> bool:
    """Whether a country only acts in an article that is about others."""
    return cluster.label == EntityLabel.GPE and cluster.country_code not in focus


def _is_body(cluster: Cluster, body: str) -> bool:
    """Whether a cluster is one of a sort: a government, an army, or what has the same noun."""
    own = _noun_of(cluster)
    if cluster.label == "NOMINAL":
        return bool(own) and _ONE_BODY.get(own, own) == body
    if cluster.label == EntityLabel.GPE:
        return body == "government"
    if body == "military" and cluster.kind == ActorKind.MILITARY:
        return cluster.seed is None or _is_army(cluster)  # no guard of a revolution
    return cluster.label == EntityLabel.ORG and cluster.name.lower().split()[-1] == body


def _is_many(cluster: Cluster) -> bool:
    """Whether a noun speaks of several: "authoritarian governments"."""
    return any(
        name.lower().endswith(("governments", "courts", "councils")) for name in cluster.names
    )


def _absorb(owner: Cluster, other: Cluster) -> None:
    """Take over names and mentions; the name of several is the one most used, then the first."""
    forms = Counter(dict.fromkeys((*owner.names, *other.names), 0))
    forms.update(owner.names)
    forms.update(other.names)
    owner.names += other.names
    owner.mentions = sorted(owner.mentions + other.mentions)
    owner.country_code = owner.country_code or other.country_code
    owner.party_role = owner.party_role or other.party_role
    if owner.seed is None:
        told = [name for name in forms if " " in name or country_code(name)]
        owner.full = max(told or list(forms), key=lambda name: forms[name])
