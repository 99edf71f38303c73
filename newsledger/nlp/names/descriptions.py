"""Roles and descriptions that are an actor with a name: "X, the Observatory's chief", "the
minister", "the agency"."""

import bisect
from collections.abc import Mapping, Sequence

from newsledger.lexicon.gazetteer import country_of_demonym
from newsledger.lexicon.source_words import find_word_class
from newsledger.model.enums import ActorKind, EntityLabel, MentionType, WordClass
from newsledger.model.records import Span as CharSpan
from newsledger.nlp.names.clusters import (
    Cluster,
    differ,
    find_country,
    index_last_words,
    is_closer_to_another,
    is_named_before,
    list_organisations,
    nominal_span,
)
from newsledger.nlp.names.names_of_described import find_only_person
from newsledger.nlp.names.role_spans import find_role_after, find_role_as, find_role_before
from newsledger.nlp.names.roles import (
    describe_role,
    is_same_office,
    is_title,
    load_description_nouns,
    load_gendered_nouns,
    load_role_nouns,
    role_head,
    same_role,
    sign_role,
    sign_title,
)
from newsledger.nlp.parse.parsed import ParsedText, Phrase, Word

_BACKED = frozenset("backed linked based run led owned aligned allied funded affiliated".split())
_OF_WHAT = frozenset({"of", "for", "at", "with"})
_PARTICULAR = frozenset("hospital university foundation club council bank association".split())
_OF_STATES = frozenset({ActorKind.GOVERNMENT_BODY, ActorKind.MILITARY})
# where whoever was told by his office goes on speaking
_TELLING = frozenset("briefing comment conference remark".split())
NEAR = 900  # characters back that a description of a group looks for its group


def find_roles(doc: "ParsedText", clusters: list[Cluster]) -> None:
    """Attach roles stated beside a name: "Rami Tal, the Observatory’s chief", "Syria's defense
    minister, Gen. Ali Tal"."""
    text = doc.text
    organisations = list_organisations(clusters)
    for cluster in clusters:
        if cluster.label != EntityLabel.PERSON:
            continue
        for start, end, *_ in tuple(cluster.mentions):
            for span in (
                find_role_before(doc, start, end),
                find_role_after(doc, text, end),
                find_role_as(doc, end),
            ):
                head = role_head(span) if span is not None else None
                if span is None or head is None:
                    continue
                signature = sign_role(span, head)
                if differ(signature.gender, cluster.gender):
                    continue
                cluster.gender = cluster.gender or signature.gender
                cluster.signatures.append(signature)
                cluster.roles.append(describe_role(span, head, organisations))
                cluster.mentions.append(
                    (
                        span.start_char,
                        span.end_char,
                        MentionType.ROLE,
                        "role stated beside the name",
                    )
                )
            _add_title(doc, cluster, start)
            _add_equated(doc, cluster, start, end, organisations)


def _add_title(doc: "ParsedText", cluster: Cluster, start: int) -> None:
    """Add the role that a title in front of a name tells: "Gov. Ana Lund"."""
    span = doc.char_span(start, start + 1, alignment_mode="expand")
    word = doc[span.start - 1] if span is not None and span.start else None
    while word is not None and word.i and (word.is_space or word.text == "."):
        word = doc[word.i - 1]
    signature = sign_title(word.text) if word is not None else None
    if signature is not None and not cluster.signatures:
        cluster.signatures.append(signature)


def _add_equated(
    doc: "ParsedText", cluster: Cluster, start: int, end: int, organisations: list[CharSpan]
) -> None:
    """Add the description that a sentence says is somebody: "The first witness was Capt. Ana
    Lund"."""
    span = doc.char_span(start, end, alignment_mode="expand")
    verb = span.root.head if span is not None and span.root.dep_ == "attr" else None
    if verb is None or verb.lemma_ != "be" or any(child.dep_ == "neg" for child in verb.rights):
        return
    subject = next((child for child in verb.lefts if child.dep_ == "nsubj"), None)
    if subject is None or subject.tag_ != "NN" or subject.left_edge.lower_ != "the":
        return
    role = doc[subject.left_edge.i : subject.i + 1]
    is_person = subject.lower_ in load_role_nouns() or find_word_class(subject.lemma_.lower()) in {
        WordClass.PERSON,
        WordClass.OFFICIAL,
        WordClass.EYEWITNESS,
        WordClass.EXPERT,
    }
    if not is_person:
        return
    if subject.lower_ in load_role_nouns():
        cluster.signatures.append(sign_role(role, subject))
        cluster.roles.append(describe_role(role, subject, organisations))
    cluster.mentions.append(
        (role.start_char, role.end_char, MentionType.ROLE, "the sentence says who it is")
    )


def link_descriptions(doc: "ParsedText", clusters: list[Cluster]) -> None:
    """Give definite descriptions to the one actor they fit: "the minister", "Syria's defense
    minister", "the agency"."""
    people = [cluster for cluster in clusters if cluster.signatures]
    groups = [cluster for cluster in clusters if cluster.label == EntityLabel.ORG]
    last_words = index_last_words(groups)
    busy = {
        at
        for cluster in clusters
        for start, end, kind, _ in cluster.mentions
        for at in (start, end - 1)
    }
    opened: dict[str, int] = {}  # role → where somebody without a name was introduced by it
    for chunk in doc.noun_chunks if doc.has_annotation("DEP") else ():
        head = chunk.root
        is_open = head.lower_ in load_role_nouns() and chunk[0].lower_ in {"a", "an"}
        if is_open and busy.isdisjoint((chunk.start_char, head.idx + len(head) - 1)):
            opened[head.lower_] = chunk.start_char
        if (
            head.tag_ not in {"NN", "NNP"}
            or head.idx + len(head) - 1 in busy
            or not (_is_definite(chunk) or _is_full_role(head))
        ):
            continue
        if head.lower_ in load_role_nouns():
            found, rule = _find_holder(doc, chunk, people), "role of the person named"
            if found is not None and _is_somebody_else(chunk, found, opened):
                found = None  # "a ministry spokesman … the spokesman", before another is named
        elif head.lower_ in load_gendered_nouns() and head.dep_ == "nsubj":
            found, rule = find_only_person(head, clusters), "the only person named so far"
        elif head.lower_ in load_description_nouns():
            found, rule = _find_group(doc, chunk, groups), "description of the group named"
        elif len(chunk) == 2:
            found, rule = _find_by_last_word(head, last_words), "last word of the group named"
        else:
            continue
        if found is not None:
            start, end = nominal_span(chunk)
            found.mentions.append((start, end, MentionType.ROLE, rule))


def link_introductions(doc: "ParsedText", clusters: list[Cluster]) -> None:
    """Join a role without a name and the name without a role that stands next to it.

    News gives "Syria's defense minister said …" and opens the next sentence or paragraph with "Gen.
    Ali Tal said …", or the other way round. Only the next person named counts, only a subject, and
    only a full name's first mention.
    """
    people = [
        cluster
        for cluster in clusters
        if cluster.label == EntityLabel.PERSON and len(cluster.words) > 1
    ]
    organisations = list_organisations(clusters)
    named = sorted(
        (start, i)
        for i, cluster in enumerate(people)
        for start, _, kind, _ in cluster.mentions
        if kind == MentionType.NAME
    )
    busy = {
        at for cluster in clusters for start, end, *_ in cluster.mentions for at in (start, end - 1)
    }
    for chunk in doc.noun_chunks if doc.has_annotation("DEP") else ():
        head = chunk.root
        if (
            head.lower_ not in load_role_nouns()
            or head.tag_ not in {"NN", "NNP"}
            or head.dep_ != "nsubj"
            or head.idx + len(head) - 1 in busy
        ):
            continue
        signature = sign_role(chunk, head)
        is_told = signature.words or signature.country or _is_full_role(head)
        if not _is_definite(chunk) or not is_told:
            continue
        found = _find_neighbour(doc, chunk, people, named)
        if found is None or found.roles or differ(signature.gender, found.gender):
            continue
        start, end = nominal_span(chunk)
        found.signatures.append(signature)
        found.roles.append(describe_role(doc[chunk.start : chunk.end], head, organisations))
        found.mentions.append(
            (start, end, MentionType.ROLE, f"role, then the name beside it: {doc.text[start:end]}")
        )


def _find_neighbour(
    doc: "ParsedText", chunk: "Phrase", people: list[Cluster], named: list[tuple[int, int]]
) -> Cluster | None:
    """Find who is the subject of the sentence after a role, or the only one before it. `named`
    holds where people are named, and which."""
    position = bisect.bisect_right([start for start, _ in named], chunk.start_char)
    after = named[position] if position < len(named) else None
    before = named[position - 1] if position else None
    if (
        after
        and _is_next_subject(doc, chunk.root, after[0])
        and people[after[1]].first_start == after[0]
    ):
        return people[after[1]]
    if before is None or {i for _, i in named[:position]} != {before[1]}:
        return None
    bearer = doc.char_span(before[0], before[0] + 1, alignment_mode="expand")
    is_next = bearer is not None and _is_next_subject(doc, bearer.root, chunk.start_char)
    return people[before[1]] if is_next else None


def _is_next_subject(doc: "ParsedText", first: "Word", start: int) -> bool:
    """Tell whether a subject opens the sentence that follows that of `first`."""
    opened = doc.char_span(start, start + 1, alignment_mode="expand")
    if opened is None:
        return False
    sentence = opened.root.sent
    lead = [
        token
        for token in doc[sentence.start : opened.start]
        if not token.is_space and not is_title(token.lower_)
    ]
    between = [token for token in doc[first.sent.end : sentence.start] if not token.is_space]
    subject = next((token for token in sentence if token.dep_ in {"nsubj", "nsubjpass"}), None)
    is_opening = "\n" not in doc.text[: first.idx] and lead and lead[-1].text == ","
    if is_opening and any(word.lemma_.lower() in _TELLING for word in lead):
        lead = []  # "In comments on Tuesday, | Ana Lund denounced …"
    return (
        not between
        and first.sent.start < sentence.start
        and all(
            token.lower_ in {"the"} or token.dep_ in {"poss", "case", "compound"} for token in lead
        )
        and subject is not None
        and opened.start <= subject.i <= opened.start + 5
    )


def _is_somebody_else(chunk: "Phrase", holder: Cluster, opened: dict[str, int]) -> bool:
    """Whether a bare role goes back to somebody without a name, introduced since the holder was
    last named."""
    at = opened.get(chunk.root.lower_)
    named = [start for start, _, kind, _ in holder.mentions if kind == MentionType.NAME]
    before = [start for start in named if start < chunk.start_char]
    return (
        at is not None
        and len(chunk) == 2
        and at < chunk.start_char
        and at > max(before, default=-1)
    )


def _is_full_role(head: "Word") -> bool:
    """Whether a role says of what: "a spokeswoman for the Foreign Ministry" may be the one named
    later."""
    return head.lower_ in load_role_nouns() and any(
        child.dep_ == "prep" and child.lower_ in _OF_WHAT for child in head.rights
    )


def _find_by_last_word(head: "Word", named: Mapping[str, Sequence[Cluster]]) -> Cluster | None:
    """Find the only group whose name ends in a noun: "the zoo" is Larkin Zoo."""
    fits = named.get(head.lower_, ())
    return fits[0] if len(fits) == 1 and is_named_before(fits[0], 0, head.idx) else None


def _is_definite(chunk: "Phrase") -> bool:
    return chunk[0].lower_ in {"the", "this", "that"} or any(
        token.dep_ == "poss" and token.pos_ != "PRON" for token in chunk
    )


def _find_holder(doc: "ParsedText", chunk: "Phrase", people: list[Cluster]) -> Cluster | None:
    """Find the only person with this role; "the minister" of two ministers is nobody."""
    edge = chunk.root.right_edge.i + 1
    is_open = not _is_definite(chunk)
    inside = [
        token
        for token in chunk.root.children
        if token.dep_ == "prep" and (token.lower_ == "of" or (is_open and token.lower_ in _OF_WHAT))
    ]
    whole = (
        doc[chunk.start : inside[0].right_edge.i + 1]
        if inside and inside[0].right_edge.i < edge
        else chunk
    )
    signature = sign_role(whole, chunk.root)
    fits = [
        cluster
        for cluster in people
        if not differ(signature.gender, cluster.gender)
        and any(same_role(signature, other) for other in cluster.signatures)
        and (not is_open or any(is_same_office(signature, one) for one in cluster.signatures))
    ]
    if len(fits) != 1 or is_closer_to_another(signature, fits[0], people):
        return None
    return fits[0]


def _find_group(doc: "ParsedText", chunk: "Phrase", groups: list[Cluster]) -> Cluster | None:
    """Find the only group with the noun in its name, or else the only one of a fitting kind named
    shortly before."""
    head = chunk.root
    kinds = load_description_nouns()[head.lower_]
    modifiers = [
        token
        for token in chunk
        if token.i != head.i and token.dep_ in {"amod", "compound", "poss", "nummod"}
    ]
    if modifiers and (called := _find_called(doc.text, chunk, groups)) is not None:
        return called
    if modifiers and (kinds & _OF_STATES or not all(map(_only_describes, modifiers))):
        return None  # "the Syrian army" is that of the state, whatever other army was named
    if any(
        child.dep_ in {"prep", "relcl", "acl", "appos"}
        and child.pos_ != "PRON"
        and child.i == head.i + 1
        for child in head.children
    ):
        return None
    at, countries = (
        chunk.start_char,
        {country_of_demonym(token.text) for token in modifiers} - {None},
    )
    fits = [
        cluster
        for cluster in groups
        if not countries or find_country(cluster) in (None, *countries)
    ]  # "the Lebanese group"
    named = [
        cluster
        for cluster in fits
        if any(head.lower_ in name.lower().split() for name in cluster.names)
    ]
    if named and (not modifiers or is_named_before(named[0], 0, at)):
        return named[0] if len(named) == 1 else None
    near = [
        cluster
        for cluster in fits
        if cluster.kind in kinds
        and is_named_before(cluster, at - NEAR, at)
        and not _is_called_else(cluster, head.lower_)
    ]
    return near[0] if len(near) == 1 else None


def _is_called_else(cluster: Cluster, noun: str) -> bool:
    """Whether a name tells another kind of body: "the hospital" is not Larkin Foundation."""
    last = {name.lower().split()[-1] for name in cluster.names if " " in name}
    return noun in _PARTICULAR and bool(last & _PARTICULAR) and noun not in last


def _find_called(text: str, chunk: "Phrase", groups: list[Cluster]) -> Cluster | None:
    """Find the only group before whose name the words of a description stand elsewhere: "the
    Leeds-based firm" is "Leeds-based Larkin Group"."""
    words = text[chunk[0].idx + len(chunk[0]) : chunk.root.idx].strip()
    fits = [
        cluster
        for cluster in groups
        if any(
            kind == MentionType.NAME
            and text[max(0, start - len(words) - 1) : start].lower() == f"{words.lower()} "
            for start, _, kind, _ in cluster.mentions
        )
    ]
    return fits[0] if len(fits) == 1 else None


def _only_describes(token: "Word") -> bool:
    """Tell a word that tells a group from nobody else of its kind: "the Iran-backed group", "the
    Lebanese group"."""
    return token.lower_ in _BACKED or country_of_demonym(token.text) is not None
