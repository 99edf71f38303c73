"""What kind of source a phrase names: type, named or not, side, how many, and on what terms."""

import re
from dataclasses import dataclass

from newsledger.lexicon.gazetteer import capital_ids, find_kind, load_gazetteer
from newsledger.lexicon.source_words import find_party, find_word_class, load_word_classes
from newsledger.model.enums import ActorKind, EntityLabel, LocationKind, SourceType, WordClass
from newsledger.model.records import Actor, ActorMention, Span
from newsledger.nlp.claims.media_types import find_media_type
from newsledger.nlp.claims.names_in_titles import cut_apposition, is_served
from newsledger.nlp.claims.naming import is_named_before, is_named_body, names_its_members
from newsledger.nlp.numbers.values import parse_count
from newsledger.nlp.parse.parsed import ParsedText, Word

_TYPE_OF_KIND = {
    ActorKind.PERSON: SourceType.NAMED_PERSON,
    ActorKind.ARMED_GROUP: SourceType.ARMED_GROUP,
    ActorKind.MILITARY: SourceType.GOVERNMENT_BODY,
    ActorKind.GOVERNMENT_BODY: SourceType.GOVERNMENT_BODY,
    ActorKind.MONITOR: SourceType.MONITOR,
    ActorKind.COLLECTIVE: SourceType.COLLECTIVE,
}  # any other is an organisation
_TYPE_OF_CLASS = {
    WordClass.OFFICIAL: SourceType.UNNAMED_OFFICIAL,
    WordClass.PERSON: SourceType.UNNAMED_PERSON,
}
_TYPE_OF_LABEL: dict[str, SourceType] = {
    EntityLabel.PERSON: SourceType.NAMED_PERSON,
    EntityLabel.ORG: SourceType.ORGANISATION,
    EntityLabel.GPE: SourceType.GOVERNMENT_BODY,
    EntityLabel.NORP: SourceType.COLLECTIVE,
}
UNNAMED_TYPES = frozenset(
    {
        SourceType.UNNAMED_OFFICIAL,
        SourceType.UNNAMED_PERSON,
        SourceType.EYEWITNESS,
        SourceType.EXPERT,
        SourceType.COLLECTIVE,
    }
)
_BODIES = frozenset(
    {SourceType.GOVERNMENT_BODY, SourceType.ORGANISATION, SourceType.DOCUMENT, SourceType.MONITOR}
)
_OPEN_KINDS = frozenset(
    {ActorKind.PERSON, ActorKind.COMPANY, ActorKind.NGO}
)  # kinds that names alone often get wrong
_MINISTRY = re.compile(r"[MD]o[A-Z]{1,4}")  # "MoD", "DoJ"
_CALL_SIGN = re.compile(r"[KW][A-Z]{3}")  # of American stations
_NO_GOVERNMENT = frozenset({SourceType.ARMED_GROUP, SourceType.DOCUMENT})
_NOBODIES = frozenset(
    {SourceType.UNNAMED_OFFICIAL, SourceType.COLLECTIVE}
)  # whom no list of theirs names
_LOCALS = frozenset({"local", "neighbor", "neighbour", "resident", "villager"})
_VAGUE = frozenset({"authority", "agency", "country", "state", "side"})
_EXPERT_ENDINGS = ("ologist", "ographer")
_WORD = re.compile(r"[^\W_][\w’'-]*")
_POSSESSIVE_PRONOUNS = frozenset({"his", "her", "their", "its", "my", "our", "your"})
_OFFICIAL_SOURCE = frozenset(
    {
        "military",
        "security",
        "government",
        "official",
        "police",
        "diplomatic",
        "intelligence",
        "defense",
        "defence",
        "judicial",
    }
)
_INSIDE = frozenset({"within", "in", "inside", "at", "from", "of", "close"})
# of a paper, or of those who were asked
_PARTS = frozenset("part excerpt portion section passage copy draft version % percent".split())
_PERSON_ENDINGS = ("men", "women", "man", "woman", "people", "person")  # fishermen, tribespeople


@dataclass(frozen=True, slots=True)
class Source:
    """One source as a phrase of the article names it."""

    span: Span | None
    text: str
    source_type: SourceType
    is_named: bool
    article_actor_id: str | None = None
    party_role: str | None = None
    count: int | None = None


def describe_source(
    doc: "ParsedText",
    body: str,
    head: "Word",
    span: Span,
    mention: ActorMention | None,
    actor: Actor | None,
    has_name: bool,
) -> Source:
    """Describe the source that a noun phrase names.

    `mention` and `actor` are those at the phrase's head, so that "her lawyer" is the lawyer and not
    her. `has_name` tells whether the actor goes by a proper name anywhere in the article.
    """
    words = _own_words(doc, head, span)
    party = (actor.party_role if actor else None) or find_party(words)
    own_class = _class_of(head, words)
    found = actor and _type_by_actor(head, words, actor, own_class, party, has_name)
    kind, is_named = found or _type_by_words(head, words, party)
    if (
        not has_name
        and kind not in (SourceType.NAMED_PERSON, SourceType.DOCUMENT)
        and _holds_person(doc, span)
    ):
        kind, is_named = SourceType.NAMED_PERSON, True
    is_named = (
        is_named
        or is_named_body(doc, head, span, kind, load_word_classes().__contains__)
        or is_named_before(doc, head, kind)
        or (kind not in _NOBODIES and names_its_members(body, head, span))
    )
    key = actor.article_actor_id if actor else None
    if party == "government" and kind in _NO_GOVERNMENT:
        party = None  # "the military wing of the militia", "a federal study"
    if key is None and kind == SourceType.NAMED_PERSON:
        span = cut_apposition(body, head, span)
    return Source(span, body[span.start : span.end], kind, is_named, key, party, _find_count(head))


def _type_by_actor(
    head: "Word",
    words: list[str],
    actor: Actor,
    own_class: WordClass | None,
    party: str | None,
    has_name: bool,
) -> tuple[SourceType, bool] | None:
    """Read type and whether it is named from the actor; `None` where its words know better."""
    if actor.kind in (ActorKind.COMPANY, ActorKind.NGO, ActorKind.PERSON) and own_class in (
        WordClass.MEDIA,
        WordClass.MONITOR,
    ):
        kind = find_media_type(words, party) if own_class == WordClass.MEDIA else SourceType.MONITOR
        return kind, has_name
    if (
        not has_name
        and own_class == WordClass.MEDIA
        and actor.kind != ActorKind.MEDIA
        and _has_name_inside(head)
    ):
        return find_media_type(words, party), True
    is_proper = head.pos_ == "PROPN"
    if actor.kind in _OPEN_KINDS and own_class == WordClass.GOVERNMENT_BODY and is_proper:
        return SourceType.GOVERNMENT_BODY, True  # "Downing Street"
    if actor.kind in _OPEN_KINDS and (_is_capital(head) or _MINISTRY.fullmatch(head.text)):
        return SourceType.GOVERNMENT_BODY, True  # "Ottawa announced plans"
    if actor.kind in _OPEN_KINDS and _CALL_SIGN.fullmatch(head.text):
        return SourceType.INDEPENDENT_MEDIA, True
    if not has_name and actor.kind in (ActorKind.PERSON, ActorKind.COLLECTIVE):
        return None
    kind = (
        find_media_type(words, party)
        if actor.kind == ActorKind.MEDIA
        else _TYPE_OF_KIND.get(actor.kind, SourceType.ORGANISATION)
    )
    is_body = _is_body_name(actor.name) and kind in _BODIES and head.lemma_.lower() not in _VAGUE
    is_crowd = own_class == WordClass.OFFICIAL and head.tag_ in (
        "NNS",
        "NNPS",
    )  # "European regulators"
    return kind, has_name or (is_body and not is_crowd)


def _is_capital(head: "Word") -> bool:
    """Tell a state by its name or that of its capital, bare: "Ottawa", "France"."""
    if head.pos_ != "PROPN" or any(child.pos_ in ("PROPN", "DET") for child in head.lefts):
        return False
    places = [found.place for found in load_gazetteer().find(head.text) if found.is_main]
    return any(
        place.kind == LocationKind.COUNTRY or place.location_id in capital_ids() for place in places
    )


def _holds_person(doc: "ParsedText", span: Span) -> bool:
    """Tell a name at the end of a long title, or in front of one, without a comma: "Guild director
    of the Harrow branch Alia Denton"; not one that a preposition or possessor hangs on."""
    piece = doc.char_span(span.start, span.end, alignment_mode="expand")
    words = [word for word in piece or () if not word.is_punct and not word.is_space]
    first = 0
    while first < len(words) and words[first].ent_type_ == EntityLabel.PERSON:
        first += 1
    if 2 <= first < len(words) and _is_title(words[first]):
        return True
    at = len(words)
    while at and words[at - 1].ent_type_ == EntityLabel.PERSON:
        at -= 1
    if len(words) - at < 2 or any(word.pos_ == "VERB" for word in words[:at]):
        return False
    first_of_name = at
    while at and (_is_title(words[at - 1]) or words[at - 1].pos_ == "ADJ"):
        at -= 1
    if is_served(words[:first_of_name], find_word_class):
        return False
    return at == 0 or (
        words[at - 1].pos_ in ("NOUN", "PROPN") and words[at - 1].tag_ not in ("NNS", "POS")
    )


def _is_title(word: "Word") -> bool:
    return word.text[:1].isupper() and find_word_class(word.lower_) == WordClass.OFFICIAL


def _is_body_name(name: str) -> bool:
    """Tell a description that names its body: "Israeli army", "Trump administration"."""
    return any(word[:1].isupper() for word in name.split()[:-1])


def can_speak(head: "Word") -> bool:
    """Tell whether a noun is one that speaks: a name, or a word of `seeds/source_words.csv`;
    "citing privacy rules" names no source."""
    low = head.lower_
    known = load_word_classes()
    return (
        head.ent_type_ in (EntityLabel.PERSON, EntityLabel.ORG, EntityLabel.GPE)
        or low in known or head.lemma_.lower() in known or low.endswith(_PERSON_ENDINGS)
        or (head.ent_type_ == EntityLabel.NORP and head.tag_ in ("NNS", "NNPS"))
    )  # fmt: skip


def _own_words(doc: "ParsedText", head: "Word", span: Span) -> list[str]:
    """List the words of a phrase without its possessor ("Syria's", "her"), relative clauses and
    what follows a preposition."""
    first, last = head.i, head.i
    while first > 0 and doc[first - 1].idx >= span.start and not _ends_possessor(doc[first - 1]):
        first -= 1
    while (
        last + 1 < len(doc)
        and doc[last + 1].idx < span.end
        and doc[last + 1].dep_ in ("flat", "compound")
    ):
        last += 1
    return [word.lower() for word in _WORD.findall(doc[first : last + 1].text)]


def _ends_possessor(token: "Word") -> bool:
    return (
        token.dep_ == "case"
        or token.lower_ in _POSSESSIVE_PRONOUNS
        or token.text in (",", ".", ";", ":")
    )


def _find_count(head: "Word") -> int | None:
    for child in head.children:
        if child.dep_ == "nummod" and child.i < head.i:
            number = (
                [word for word in child.lefts if word.dep_ == "quantmod"]
                if child.lower_ == "dozen"
                else []
            )
            count = parse_count([word.lower_ for word in (*number, child)])  # "half a dozen"
            is_count = (
                count is not None
                and 0 < count <= 100_000
                and (count == 1) != (head.tag_ in ("NNS", "NNPS"))
            )
            return count if is_count else None  # "a 2014 study" counts nothing
    return None


def _type_by_words(head: "Word", words: list[str], party: str | None) -> tuple[SourceType, bool]:
    """Read type and whether it is a proper name from the words, where no actor of the article
    stands there."""
    is_name = head.ent_type_ in _TYPE_OF_LABEL or (
        head.pos_ == "PROPN"
        and head.lower_ not in load_word_classes()
        and head.lower_.removesuffix("s") not in load_word_classes()
        and f"{head.lower_.removesuffix('ies')}y" not in load_word_classes()
    )
    kind = WordClass.GOVERNMENT_BODY if _MINISTRY.fullmatch(head.text) else _class_of(head, words)
    if kind in (WordClass.MEDIA, WordClass.MONITOR, WordClass.ORGANISATION):
        is_name = is_name or _has_name_inside(head)
    if kind == WordClass.MEDIA:
        owner = next((word for word in head.lefts if word.dep_ == "poss"), None)
        if owner is not None and owner.ent_type_ == EntityLabel.GPE and party is None:
            party = "state"  # "China's news agency"
        return find_media_type(words, party), is_name
    if head.ent_type_ == EntityLabel.PERSON and kind != WordClass.MONITOR:
        return SourceType.NAMED_PERSON, True
    if kind == WordClass.PERSON and head.lemma_.lower() == "source" and _is_official(head, words):
        return SourceType.UNNAMED_OFFICIAL, False
    if (
        kind in (WordClass.OFFICIAL, WordClass.PERSON)
        and is_name
        and head.ent_type_ != EntityLabel.NORP
    ):
        return (
            SourceType.NAMED_PERSON if kind == WordClass.PERSON else SourceType.UNNAMED_OFFICIAL,
            kind == WordClass.PERSON,
        )
    if (
        kind in (WordClass.PERSON, WordClass.EYEWITNESS)
        and head.tag_ in ("NNS", "NNPS")
        and not is_name
    ):
        is_crowd = kind == WordClass.PERSON or head.lemma_.lower() in _LOCALS
        if is_crowd and not any(child.dep_ == "nummod" for child in head.lefts):
            return SourceType.COLLECTIVE, False  # but "three people familiar with the matter"
    if kind:
        return _TYPE_OF_CLASS.get(kind) or SourceType(kind), is_name
    return _type_without_class(head, is_name)


def _is_official(source: "Word", words: list[str]) -> bool:
    """Tell "a military source" and "a source inside the Ports Ministry"."""
    inside = (
        noun
        for child in source.rights
        if child.dep_ == "prep" and child.lower_ in _INSIDE
        for noun in child.rights
    )
    return bool(_OFFICIAL_SOURCE & set(words)) or any(
        find_word_class(noun.lemma_.lower()) == WordClass.GOVERNMENT_BODY for noun in inside
    )


def _class_of(head: "Word", words: list[str]) -> WordClass | None:
    """Find the class of a phrase by its head with the word before it ("aid agency", "news site"),
    else by the head alone."""
    head = _part_of(head)
    before = words[words.index(head.lower_) - 1] if head.lower_ in words[1:] else ""
    lemma = head.lemma_.lower()
    stems = (lemma.removesuffix("s"), f"{lemma.removesuffix('ies')}y")  # of "Authorities", a name
    for word in (f"{before} {lemma}", head.lower_, lemma, *(stems if head.pos_ == "PROPN" else ())):
        if found := find_word_class(word):
            return found
    if head.lemma_.lower().endswith(_EXPERT_ENDINGS):
        return WordClass.EXPERT
    compounds = {
        word for word in words if find_word_class(word) in (WordClass.MEDIA, WordClass.MONITOR)
    }
    is_person = any(find_word_class(word) == WordClass.OFFICIAL for word in words)
    is_name = head.pos_ == "PROPN" and not is_person  # "press chief Tom Reyes" is no press
    return find_word_class(min(compounds)) if compounds and is_name else None


def _part_of(head: "Word") -> "Word":
    """Step from "several of the experts" to the experts, from "part of the report" to the
    report."""
    is_part = head.lemma_.lower() in _PARTS
    if head.pos_ in ("NOUN", "PROPN") and not is_part:
        return head
    return next(
        (
            word
            for child in head.rights
            if child.lower_ == "of"
            for word in child.rights
            if word.dep_ == "pobj" and word.pos_ == "NOUN"
        ),
        head,
    )


def _has_name_inside(head: "Word") -> bool:
    """Tell a name in front of its noun: "the Gazeta Lodzka newspaper", not "a London newspaper"."""
    return any(
        child.dep_ == "compound"
        and child.pos_ == "PROPN"
        and child.ent_type_ != EntityLabel.NORP
        and find_kind(child.text) is None
        for child in head.lefts
    )


def _type_without_class(head: "Word", is_name: bool) -> tuple[SourceType, bool]:
    if head.ent_type_ in _TYPE_OF_LABEL:
        return _TYPE_OF_LABEL[head.ent_type_], head.ent_type_ != EntityLabel.NORP
    if head.pos_ == "PRON":
        if head.lower_ in ("it", "which", "that"):
            return SourceType.ORGANISATION, False
        return (
            SourceType.COLLECTIVE
            if head.lower_ in ("they", "we", "others", "many", "some", "those", "these")
            else SourceType.UNNAMED_PERSON
        ), False
    if is_name:
        return SourceType.NAMED_PERSON, True
    if head.tag_ == "CD":
        return SourceType.COLLECTIVE, False  # "two in ten say"
    return (
        SourceType.COLLECTIVE if head.tag_ in ("NNS", "NNPS", "JJ") else SourceType.UNNAMED_PERSON
    ), False
