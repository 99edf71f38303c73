"""What kind of source a phrase names: type, named or not, side, how many, and on what terms."""

import re
from dataclasses import dataclass

from newsledger.lexicon.gazetteer import capital_ids, load_gazetteer
from newsledger.lexicon.noun_classes import load_noun_classes
from newsledger.lexicon.outlets import find_outlet
from newsledger.lexicon.source_words import find_party, find_word_class, load_word_classes
from newsledger.model.enums import (
    ActorKind,
    EntityLabel,
    LocationKind,
    NounClass,
    SourceType,
    WordClass,
)
from newsledger.model.records import Actor, ActorMention, Span
from newsledger.nlp.claims.media_types import find_media_type
from newsledger.nlp.claims.names_in_titles import cut_apposition, is_served
from newsledger.nlp.claims.naming import is_named_before, is_named_body, names_its_members
from newsledger.nlp.claims.word_types import (
    MINISTRY,
    class_of,
    find_described_type,
    find_type,
    has_name_inside,
)
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
_CALL_SIGN = re.compile(r"[KW][A-Z]{3}")  # of American stations
_NO_GOVERNMENT = frozenset({SourceType.ARMED_GROUP, SourceType.DOCUMENT})
_NOBODIES = frozenset(
    {SourceType.UNNAMED_OFFICIAL, SourceType.COLLECTIVE}
)  # whom no list of theirs names
_VAGUE = frozenset({"authority", "agency", "country", "state", "side"})
_WORD = re.compile(r"[^\W_][\w’'-]*")
_POSSESSIVE_PRONOUNS = frozenset({"his", "her", "their", "its", "my", "our", "your"})
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
    own_class = class_of(head, words)
    found = actor and _type_by_actor(head, words, actor, own_class, party, has_name)
    kind, is_named = found or find_type(head, words, party)
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
        and has_name_inside(head)
    ):
        return find_media_type(words, party), True
    is_proper = head.pos_ == "PROPN"
    if actor.kind in _OPEN_KINDS and own_class == WordClass.GOVERNMENT_BODY and is_proper:
        return SourceType.GOVERNMENT_BODY, True  # "Downing Street"
    if actor.kind in _OPEN_KINDS and (_is_capital(head) or MINISTRY.fullmatch(head.text)):
        return SourceType.GOVERNMENT_BODY, True  # "Ottawa announced plans"
    if actor.kind in _OPEN_KINDS and _CALL_SIGN.fullmatch(head.text):
        return SourceType.INDEPENDENT_MEDIA, True
    if not has_name and actor.kind in (ActorKind.PERSON, ActorKind.COLLECTIVE):
        told = find_described_type(actor.name) if head.pos_ == "PRON" else None
        return (told, False) if told else None
    kind = _TYPE_OF_KIND.get(actor.kind, SourceType.ORGANISATION)
    if actor.kind == ActorKind.MEDIA:
        listed = find_outlet(actor.name)  # "the Xinhua news agency"
        is_state = listed is not None and listed.kind == "state"
        kind = SourceType.STATE_MEDIA if is_state else find_media_type(words, party)
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
    known, persons = load_word_classes(), load_noun_classes()
    return (
        head.ent_type_ in (EntityLabel.PERSON, EntityLabel.ORG, EntityLabel.GPE)
        or low in known or head.lemma_.lower() in known or low.endswith(_PERSON_ENDINGS)
        or (head.pos_ == "NOUN" and persons.get(head.lemma_.lower()) == NounClass.PERSON)
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
