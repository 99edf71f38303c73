"""Actors without a name of their own: groups and people that a noun tells ("the insurgents")."""

import re
from functools import cache
from itertools import pairwise

from newsledger.lexicon.actors import load_group_nouns
from newsledger.lexicon.gazetteer import country_of_demonym
from newsledger.lexicon.source_words import find_party
from newsledger.model.enums import ActorKind, EntityLabel, MentionType
from newsledger.nlp.names.clusters import DESCRIBED, Cluster, nominal_span
from newsledger.nlp.names.kinds import load_kind_words
from newsledger.nlp.names.roles import country_code, load_gendered_nouns
from newsledger.nlp.parse.parsed import ParsedText, Phrase, Word

_ARTICLE = re.compile(r"^(?:the|an?|one|another) ", re.IGNORECASE)
_DETERMINER = re.compile(
    r"^(?:the|an?|one|another|some|several|these|those|many|other) ", re.IGNORECASE
)
_OWNER = re.compile(r"^(?:my|our|your|his|her|its|their) ", re.IGNORECASE)
_INDEFINITE = frozenset({"a", "an", "one", "another"})
# "South American" is of no country
_PARTS_OF_THE_WORLD = frozenset("South Latin Central North Native African Western".split())
_OWNED_KINDS = frozenset({ActorKind.GOVERNMENT_BODY, ActorKind.MILITARY})
_OFFICIALS = frozenset({"official", "officer", "investigator", "inspector"})
_FOR_WHOM = frozenset({"for", "of"})
_OF_WHAT = frozenset({"of", "for", "at", "to"})  # "a lawyer for Lund", "an aide to Lund"
_NOUNS = frozenset({"NOUN", "PROPN"})
_LONGEST = 9  # words behind the noun of a description
_NO_ACTORS = ("third party", "third parties")
_NOBODY = frozenset({"no", "any"})  # "no survivors", "any director"
_HEADS = frozenset({"head", "heads"})
_OF_PEOPLE = frozenset("my your his her their".split())
MIN_DESCRIPTION = 2  # words; "a monitor" says too little to mean one group all over an article


def find_nominals(doc: "ParsedText", clusters: list[Cluster]) -> list[Cluster]:
    """Find the groups and people without a name that act: "the insurgents", "opposition activists",
    "an unnamed military official".

    "An official" is somebody new each time, "the official" the last one: two people of one
    description stay two.
    """
    nouns = load_group_nouns()
    text = doc.text
    busy = {
        position
        for cluster in clusters
        for start, end, *_ in cluster.mentions
        for position in (start, end - 1)
    }
    made: list[Cluster] = []
    # by wording, and people by their noun alone: the last one
    found = _find_described(doc, text, clusters)
    for chunk in doc.noun_chunks if doc.has_annotation("DEP") else ():
        head = chunk.root
        kind = _kind_of_group(head) or nouns.get((head.lemma_.lower(), head.tag_ == "NNS"))
        if kind == ActorKind.COLLECTIVE and _speaks_for_state(head):
            kind = ActorKind.GOVERNMENT_BODY
        if kind is None or not _is_free(doc, chunk, kind, busy):
            continue
        start, end = nominal_span(chunk)
        end = _end_of_owner(doc, head, kind) or end
        surface = text[start:end]
        key = _DETERMINER.sub("", surface.casefold())
        is_person = kind == ActorKind.PERSON
        body = _end_with_body(head, end) if is_person or head.lower_ == "group" else end
        whole = text[start : max(body, start + len(surface))]
        own_key = _DETERMINER.sub("", whole.casefold())
        first = surface.split()[0].lower()
        is_new_person = (is_person or own_key != key) and first in _INDEFINITE
        cluster = None if is_new_person else found.get(own_key)
        if cluster is None:
            cluster = _make_nominal(chunk, surface, kind)
            made.append(cluster)
        if cluster.label == EntityLabel.ORG:
            cluster.mentions.append((start, end, MentionType.ROLE, "described so beside its name"))
            continue
        if is_person or head.lower_ == "group":
            found[head.lower_] = found[key] = cluster
        found[own_key] = cluster
        cluster.names.append(_name_nominal(whole, kind))
        cluster.mentions.append((start, end, MentionType.ROLE, f"{DESCRIBED}{head.lemma_}"))
    return made


def _name_nominal(phrase: str, kind: str) -> str:
    """Name somebody without a name: "our forces" are not "their forces"."""
    name = (_ARTICLE if kind == ActorKind.PERSON else _DETERMINER).sub("", phrase)
    return _OWNER.sub("", name) if kind in {ActorKind.PERSON, ActorKind.COLLECTIVE} else name


def _speaks_for_state(head: "Word") -> bool:
    """Whether officials are those of a body of the state: "fire department officials"."""
    heads = load_kind_words()["name"]
    return head.lemma_.lower() in _OFFICIALS and any(
        child.dep_ == "compound" and heads.get(child.lower_) == ActorKind.GOVERNMENT_BODY
        for child in head.lefts
    )


def _is_free(doc: "ParsedText", chunk: "Phrase", kind: str, busy: set[int]) -> bool:
    """Whether a noun phrase stands for somebody of its own, and not beside or inside a name."""
    head = chunk.root
    if (
        chunk.text.lower().endswith(_NO_ACTORS)
        or head.pos_ != "NOUN"
        or any(token.idx in busy or token.idx + len(token) - 1 in busy for token in chunk)
        or chunk[0].lower_ in _NOBODY
        or (head.lower_ in _HEADS and not _heads_a_body(head))
    ):
        return False
    if head.dep_ == "appos" or (kind == ActorKind.PERSON and not _acts(head)):
        return False
    is_explained = any(  # "a monitor, the Larkin Observatory"
        child.dep_ == "appos" and child.idx + len(child) - 1 in busy for child in head.rights
    )
    is_label = (  # "the charity Larkin Relief"
        head.i + 1 < len(doc) and doc[head.i + 1].idx in busy and doc[head.i + 1].text[0].isupper()
    )
    return not is_explained and not is_label


def _heads_a_body(head: "Word") -> bool:
    """Whether a head leads something: "the head of the agency", "the former studio head said"; not
    "shot in the head", "he shook his head", "180,000 head"."""
    before = {child.dep_: child for child in head.lefts}
    owner = before.get("poss")
    if "nummod" in before or (owner and owner.lower_ in _OF_PEOPLE):
        return False
    is_of_body = any(word.lower_ == "of" for word in head.rights)
    is_led = owner is not None or "compound" in before
    return is_of_body or (is_led and head.dep_ in {"nsubj", "nsubjpass"})


def _end_of_owner(doc: "ParsedText", head: "Word", kind: str) -> int | None:
    """Find where the country of a body ends that stands behind it: "the government of Costa
    Rica", "prosecutors in Taiwan"."""
    if kind not in _OWNED_KINDS or head.i + 1 >= len(doc):
        return None
    link = doc[head.i + 1]
    if link.lower_ not in {"of", "in"} or link.head.i != head.i:
        return None
    place = next((child for child in link.rights if child.dep_ == "pobj"), None)
    if place is not None and place.i == link.i + 1 and place.lower_ in load_kind_words()["field"]:
        return place.idx + len(place)  # "the department of defence"
    if place is None or place.ent_type_ != EntityLabel.GPE or place.tag_ != "NNP":
        return None
    last = place.i
    while (
        last + 1 < len(doc)
        and doc[last + 1].ent_type_ == EntityLabel.GPE
        and doc[last + 1].ent_iob == 1
    ):
        last += 1
    return doc[last].idx + len(doc[last]) if place.left_edge.i > link.i else None


def _end_with_body(head: "Word", end: int) -> int:
    """Where the phrase of somebody without a name ends: "a spokeswoman | for the Dike Board", "the
    director | of Larkin Zoo"; not what tells more ("for the first time", "who …")."""
    links = _FOR_WHOM if head.lemma_.lower().startswith("spokes") else _OF_WHAT
    link = next((word for word in head.rights if word.lower_ in links), None)
    body = next((word for word in link.rights if word.dep_ == "pobj"), None) if link else None
    if link is None or body is None or link.idx != end + 1:
        return end
    if body.pos_ not in _NOUNS and not body.is_upper:
        return end  # but "a spokesman for WHO"
    behind = [word for word in body.rights if word.dep_ == "prep" and word.lower_ == "of"]
    last = behind[0].right_edge if behind else body
    return end if last.i - head.i > _LONGEST else last.idx + len(last)


def _kind_of_group(head: "Word") -> ActorKind | None:
    """Read a group noun with the word before it: "news agency", "rights groups", "militant
    group"."""
    noun = head.lemma_.lower()
    if noun not in _group_heads():
        return None
    before = head.doc[head.i - 1].lower_ if head.i else ""
    return load_kind_words()["description"].get(f"{before} {noun}")


@cache
def _group_heads() -> frozenset[str]:
    """The last words of descriptions of two words."""
    return frozenset(words.rpartition(" ")[2] for words in load_kind_words()["description"])


def _find_described(doc: "ParsedText", text: str, clusters: list[Cluster]) -> dict[str, Cluster]:
    """Find the descriptions that stand behind the name of a group of their kind: "the Larkin
    Observatory, an opposition war monitor,".

    The description means that group elsewhere in the article, too, before its name and after it.
    """
    named = {
        end: cluster
        for cluster in clusters
        if cluster.label == EntityLabel.ORG
        for _, end, kind, _ in cluster.mentions
        if kind == MentionType.NAME
    }
    found: dict[str, Cluster] = {}
    for chunk in doc.noun_chunks if named and doc.has_annotation("DEP") else ():
        if chunk[0].lower_ not in {"a", "an", "the"} or len(chunk) <= MIN_DESCRIPTION:
            continue
        start, end = nominal_span(chunk)
        cluster = (
            named.get(start - 2)
            if text[start - 2 : start] == ", " and text[end : end + 1] in {",", ".", ""}
            else None
        )
        if cluster is None:
            continue
        if load_group_nouns().get((chunk.root.lemma_.lower(), False)) == cluster.kind:
            found.setdefault(_DETERMINER.sub("", text[start:end].casefold()), cluster)
    return found


def _make_nominal(chunk: "Phrase", surface: str, kind: ActorKind) -> Cluster:
    head = chunk.root
    cluster = Cluster("NOMINAL", kind=kind, kind_rule=f"{DESCRIBED}{head.lemma_}")
    side = find_party(re.findall(r"[\w-]+", surface.lower()))
    is_militia = kind == ActorKind.ARMED_GROUP and side == "government"
    cluster.party_role = None if is_militia else side  # whoever stands behind it
    cluster.country_code = _find_country_in(chunk, surface)
    cluster.gender = load_gendered_nouns().get(head.lower_) if kind == ActorKind.PERSON else None
    return cluster


def _find_country_in(chunk: "Phrase", surface: str) -> str | None:
    """Find the country that a description tells: "the Larkin government", "United States
    officials", "prosecutors in Larkin"."""
    words = [token.text for token in chunk]
    owner = re.search(r"^(?:[Tt]he )?(.+?)[’']s? |(?: of| in) (?:the )?(.+)$", surface)
    told = [word for before, word in pairwise(["", *words]) if before not in _PARTS_OF_THE_WORLD]
    told += [part for part in (owner.groups() if owner else ()) if part]
    told += [f"{one} {other}" for one, other in pairwise(words)]
    codes = (
        country_of_demonym(word) or (word[:1].isupper() and country_code(word)) for word in told
    )
    return next((code for code in codes if code), None)


def _acts(head: "Word") -> bool:
    return head.dep_ in {"nsubj", "nsubjpass", "pobj", "dobj", "poss", "agent"}
