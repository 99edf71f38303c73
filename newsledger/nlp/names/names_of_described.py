"""Descriptions whose name the text tells: "the victim, identified only as Michelle", "a federal
judge ruled … Judge Gray Moe wrote", "the latter"."""

from collections.abc import Iterator

from newsledger.lexicon.cues import load_cues
from newsledger.lexicon.source_words import find_word_class
from newsledger.model.enums import CueClass, EntityLabel, MentionType, WordClass
from newsledger.nlp.names.clusters import Cluster, differ, is_named_before, nominal_span
from newsledger.nlp.names.roles import load_gendered_nouns, load_role_nouns, sign_role
from newsledger.nlp.parse.parsed import ParsedText, Phrase, Word

_NAMING = frozenset("call identify name".split())
_BODIES = frozenset(
    {
        WordClass.DOCUMENT,
        WordClass.GOVERNMENT_BODY,
        WordClass.MEDIA,
        WordClass.MONITOR,
        WordClass.ORGANISATION,
    }
)
_SPEAKING_FOR = frozenset({"spokesperson", "lawyer", "attorney", "officer", "official"})
_ONE = frozenset({"a", "an", "one"})
_OTHERS = frozenset({"other", "second", "third"})  # "the other woman" is somebody else
_BACK = 8  # tokens from a name back to the verb that names
AHEAD = 700  # code points in which a role without a name gets one
_LAST = 300  # code points back to whom "the latter" means


def link_told_names(doc: "ParsedText", clusters: list[Cluster]) -> None:
    """Give descriptions to the actor whose name the text tells for them."""
    if not doc.has_annotation("DEP"):
        return
    chunks = [chunk for chunk in doc.noun_chunks if chunk.root.tag_ in {"NN", "NNP"}]
    people = [cluster for cluster in clusters if cluster.label == EntityLabel.PERSON]
    for cluster in people:
        for start, _, kind, _ in tuple(cluster.mentions):
            noun = _find_named_noun(doc, start) if kind == MentionType.NAME else None
            if noun is not None:
                _add_all(cluster, chunks, noun, clusters)
    for chunk in chunks:
        if (found := _find_named_later(chunk, chunks, people)) is not None:
            _add(found, chunk, clusters, "named soon after")
    for word in doc:
        if word.lower_ == "latter" and word.dep_ == "nsubj":
            found = _find_latter(word, clusters)
            if found is not None:
                _add(found, doc[word.left_edge.i : word.i + 1], clusters, "named last")


def _find_named_noun(doc: "ParsedText", start: int) -> "Word | None":
    """Find the noun that a name is told for: "one user called Hou Bu"."""
    span = doc.char_span(start, start + 1, alignment_mode="expand")
    for word in reversed(doc[max(0, span.start - _BACK) : span.start]) if span is not None else ():
        if word.text in {".", ";"} or word.is_space:
            return None
        is_pseudonym = word.lower_ == "pseudonym"
        verb = word.head if is_pseudonym else word
        if (is_pseudonym or word.lemma_.lower() in _NAMING) and verb.dep_ in {"acl", "relcl"}:
            noun = verb.head
            if any(child.dep_ == "neg" for child in verb.lefts):
                return None  # "a source, whom it did not name, said"
            is_body = find_word_class(noun.lemma_.lower()) in _BODIES
            return noun if noun.tag_ == "NN" and noun.i < verb.i and not is_body else None
        if word.pos_ == "VERB":
            return None
    return None


def _add_all(
    cluster: Cluster, chunks: "list[Phrase]", noun: "Word", clusters: list[Cluster]
) -> None:
    """Add a description and the others by its noun, unless several are introduced by it."""
    same = [chunk for chunk in chunks if chunk.root.lower_ == noun.lower_]
    opened = [chunk for chunk in same if chunk[0].lower_ in _ONE]
    for chunk in same:
        is_other = chunk.root.i != noun.i and (len(opened) > 1 or chunk[0].lower_ not in _DEFINITE)
        if not is_other:
            _add(cluster, chunk, clusters, "named beside the description")


_DEFINITE = _ONE | {"the", "this", "that"}


def _find_latter(word: "Word", clusters: list[Cluster]) -> Cluster | None:
    """Find who was named last before "the latter"."""
    at = word.idx
    named = [
        (start, number)
        for number, cluster in enumerate(clusters)
        for start, _, kind, _ in cluster.mentions
        if kind == MentionType.NAME and at - _LAST < start < at
    ]
    return clusters[max(named)[1]] if named else None


def _find_named_later(
    chunk: "Phrase", chunks: "list[Phrase]", people: list[Cluster]
) -> Cluster | None:
    """Find the only holder of a role who is named soon after the role has spoken: "A federal judge
    ruled that … Judge Gray Moe wrote"."""
    head = chunk.root
    role = load_role_nouns().get(head.lower_)
    if role is None or role[0] in _SPEAKING_FOR or chunk[0].lower_ not in {"a", "an"}:
        return None
    cue = load_cues().get((head.head.lemma_.lower(), "verb"))
    if head.dep_ != "nsubj" or cue is None or cue.cue_class != CueClass.SPEECH:
        return None
    if sum(one.root.lower_ == head.lower_ and one[0].lower_ in _ONE for one in chunks) > 1:
        return None
    signature = sign_role(chunk, head)
    fits = [
        cluster
        for cluster in people
        if any(signature.noun == other.noun for other in cluster.signatures)
    ]
    is_near = len(fits) == 1 and chunk.start_char < _first_name(fits[0]) < chunk.start_char + AHEAD
    return fits[0] if is_near and not differ(signature.gender, fits[0].gender) else None


def _first_name(cluster: Cluster) -> int:
    return min(start for start, _, kind, _ in cluster.mentions if kind == MentionType.NAME)


def _add(cluster: Cluster, chunk: "Phrase", clusters: list[Cluster], rule: str) -> None:
    """Add a description as a mention where none stands yet."""
    start, end = nominal_span(chunk)
    if not any(first < end and start < last for first, last in _list_spans(clusters)):
        cluster.mentions.append((start, end, MentionType.ROLE, rule))


def _list_spans(clusters: list[Cluster]) -> Iterator[tuple[int, int]]:
    return ((start, end) for cluster in clusters for start, end, *_ in cluster.mentions)


def find_only_person(head: "Word", clusters: list[Cluster]) -> Cluster | None:
    """Find the only person named before a description that tells a gender: "the mother of four";
    "the boy" has no role."""
    gender = load_gendered_nouns()[head.lower_]
    named = [
        cluster
        for cluster in clusters
        if cluster.label == EntityLabel.PERSON and is_named_before(cluster, 0, head.idx)
    ]
    if any(word.lower_ in _OTHERS for word in head.lefts):
        return None
    is_one = len(named) == 1 and not differ(gender, named[0].gender) and head.tag_ == "NN"
    is_child = head.lower_ in {"boy", "girl"}
    is_one = is_one and not (is_child and named[0].roles) and head.left_edge.lower_ == "the"
    return named[0] if is_one and not _has_rival(head, named[0]) else None


_SAME = frozenset({"appos", "attr", "nsubj", "nsubjpass"})  # "Ana Lund, a mother, …": herself


def _has_rival(head: "Word", person: Cluster) -> bool:
    """Whether a description tells kin ("the boy's grandfather"), or somebody without a name who may
    be meant was told of since ("his grandfather … the man")."""
    if any(child.dep_ == "poss" for child in head.lefts):
        return True
    last = max(
        end for _, end, kind, _ in person.mentions if kind == MentionType.NAME and end <= head.idx
    )
    genders = load_gendered_nouns()
    return any(
        genders.get(word.lower_) == genders[head.lower_]
        and (word.lower_ != head.lower_ or word.dep_ not in _SAME)
        and word.tag_ == "NN"
        for word in head.doc[: head.i]
        if word.idx > last
    )
