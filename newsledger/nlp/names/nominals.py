"""Actors without a name of their own: groups and people that a noun tells ("the insurgents"), and
countries that act."""

import re

from newsledger.lexicon.actors import load_group_nouns
from newsledger.lexicon.gazetteer import country_of_demonym
from newsledger.model.records import Entity
from newsledger.nlp.claims.sources import find_party
from newsledger.nlp.names.clusters import Cluster, nominal_span
from newsledger.nlp.names.kinds import load_kind_words
from newsledger.nlp.names.roles import country_code, load_gendered_nouns
from newsledger.nlp.parse.parsed import ParsedText, Phrase, Word

_ARTICLE = re.compile(r"^(?:the|an?|one|another) ", re.IGNORECASE)
_DETERMINER = re.compile(
    r"^(?:the|an?|one|another|some|several|these|those|many|other) ", re.IGNORECASE
)
_OWNER = re.compile(r"^(?:my|our|your|his|her|its|their) ", re.IGNORECASE)
_INDEFINITE = frozenset({"a", "an", "one", "another"})
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
    clusters_found: list[Cluster] = []
    found = _find_described(
        doc, text, clusters
    )  # by wording, and people by their noun alone: the last one
    for chunk in doc.noun_chunks if doc.has_annotation("DEP") else ():
        head = chunk.root
        kind = _kind_of_group(head) or nouns.get((head.lemma_.lower(), head.tag_ == "NNS"))
        if (
            kind is None
            or head.pos_ != "NOUN"
            or any(token.idx in busy or token.idx + len(token) - 1 in busy for token in chunk)
        ):
            continue
        if head.dep_ == "appos" or (kind == "person" and not _acts(head)):
            continue
        if any(
            child.dep_ == "appos" and child.idx + len(child) - 1 in busy for child in head.rights
        ):
            continue  # "a monitor, the Larkin Observatory"
        if (
            head.i + 1 < len(doc)
            and doc[head.i + 1].idx in busy
            and doc[head.i + 1].text[0].isupper()
        ):
            continue  # "the charity Larkin Relief"
        start, end = nominal_span(chunk)
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
        name = _ARTICLE.sub("", text[start : _end_with_body(head, end)])
        cluster.names.append(
            _OWNER.sub("", name) if kind in {"person", "collective"} else name
        )  # "our forces" are not "their forces"
        cluster.mentions.append((start, end, "role", f"group noun: {head.lemma_}"))
    return clusters_found


def _end_with_body(head: "Word", end: int) -> int:
    """Where the name of somebody who speaks for others ends: "a spokeswoman | for the Dike
    Board"."""
    if not head.lemma_.lower().startswith("spokes"):
        return end
    link = next((word for word in head.rights if word.lower_ in {"for", "of"}), None)
    body = next((word for word in link.rights if word.dep_ == "pobj"), None) if link else None
    if link is None or body is None or link.idx != end + 1:
        return end
    behind = [word for word in body.rights if word.dep_ == "prep" and word.lower_ == "of"]
    last = behind[0].right_edge if behind else body
    return last.idx + len(last)


def _kind_of_group(head: "Word") -> str | None:
    """Read a group noun with the word before it: "news agency", "rights groups", "militant
    group"."""
    before = head.doc[head.i - 1].lower_ if head.i else ""
    return load_kind_words()["description"].get(f"{before} {head.lemma_.lower()}")


def _find_described(doc: "ParsedText", text: str, clusters: list[Cluster]) -> dict[str, Cluster]:
    """Find the descriptions that stand behind the name of a group of their kind: "the Larkin
    Observatory, an opposition war monitor,".

    The description means that group elsewhere in the article, too, before its name and after it.
    """
    named = {
        end: cluster
        for cluster in clusters
        if cluster.label == "ORG"
        for _, end, kind, _ in cluster.mentions
        if kind == "name"
    }
    found: dict[str, Cluster] = {}
    for chunk in doc.noun_chunks if named and doc.has_annotation("DEP") else ():
        start, end = nominal_span(chunk)
        cluster = (
            named.get(start - 2)
            if text[start - 2 : start] == ", " and text[end : end + 1] in {",", ".", ""}
            else None
        )
        if (
            cluster is None
            or chunk[0].lower_ not in {"a", "an", "the"}
            or len(chunk) <= MIN_DESCRIPTION
        ):
            continue
        if load_group_nouns().get((chunk.root.lemma_.lower(), False)) == cluster.kind:
            found.setdefault(_DETERMINER.sub("", text[start:end].casefold()), cluster)
    return found


def _make_nominal(chunk: "Phrase", surface: str, kind: str) -> Cluster:
    head = chunk.root
    cluster = Cluster("NOMINAL", kind=kind, kind_rule=f"group noun: {head.lemma_}")
    cluster.party_role = find_party(re.findall(r"[\w-]+", surface.lower()))
    cluster.country_code = next(
        (code for token in chunk if (code := country_of_demonym(token.text))), None
    )
    cluster.gender = load_gendered_nouns().get(head.lower_) if kind == "person" else None
    return cluster


def _acts(head: "Word") -> bool:
    return head.dep_ in {"nsubj", "nsubjpass", "pobj", "dobj", "poss", "agent"}


def find_states(doc: "ParsedText", entities: tuple[Entity, ...]) -> list[Cluster]:
    """Countries that act: subject of a verb, or behind "backed by"."""
    found: dict[str, Cluster] = {}
    for entity in entities:
        if entity.label != "GPE":
            continue
        span = doc.char_span(entity.start, entity.end, alignment_mode="expand")
        if (
            span is None
            or span.root.dep_ not in {"nsubj", "agent"}
            or span.root.head.pos_ != "VERB"
        ):
            continue
        code = country_code(entity.text)
        if code is None:
            continue
        cluster = found.setdefault(
            code,
            Cluster(
                "GPE", kind="government_body", kind_rule="country that acts", country_code=code
            ),
        )
        cluster.names.append(entity.text)
        cluster.mentions.append((entity.start, entity.end, "name", "country that acts"))
    return list(found.values())
