"""What type of source a phrase tells by its words alone: the class of its noun, what the noun can
stand for, a proper name."""

import re

from newsledger.lexicon.gazetteer import find_kind
from newsledger.lexicon.noun_classes import find_noun_class
from newsledger.lexicon.source_words import find_word_class, load_word_classes
from newsledger.model.enums import EntityLabel, LocationKind, NounClass, SourceType, WordClass
from newsledger.nlp.claims.media_types import find_media_type
from newsledger.nlp.parse.parsed import Word

MINISTRY = re.compile(r"[MD]o[A-Z]{1,4}")  # "MoD", "DoJ"
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
_STATES = frozenset({LocationKind.COUNTRY, LocationKind.ADMIN1})
_LOCALS = frozenset({"local", "neighbor", "neighbour", "resident", "villager"})
_EXPERT_ENDINGS = ("ologist", "ographer")
_TEAMS = frozenset({"team", "group", "panel", "collaboration"})  # "a team of scientists"
_SCHOLARLY = frozenset({"research", "science", "scientific", "study"})  # "the research team"
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
_LINK = re.compile(r" (?:of|for|at|in|from|with|to|who|on) ")
_OFFICES = frozenset({WordClass.OFFICIAL, WordClass.EXPERT, WordClass.EYEWITNESS})


def find_described_type(name: str) -> SourceType | None:
    """Find the type of somebody without a name whom a pronoun stands for, by the noun he goes by:
    "spokesman for the port" is an official."""
    noun = _LINK.split(name)[0].split()[-1].lower()
    if noun.removesuffix("s") in _LOCALS and noun.endswith("s"):
        return SourceType.COLLECTIVE
    kind = _find_class(noun, noun, is_name=True)
    return (_TYPE_OF_CLASS.get(kind) or SourceType(kind)) if kind in _OFFICES else None


def find_type(head: "Word", words: list[str], party: str | None) -> tuple[SourceType, bool]:
    """Read type and whether it is a proper name from the words, where no actor of the article
    stands there."""
    is_name = head.ent_type_ in _TYPE_OF_LABEL or (
        head.pos_ == "PROPN"
        and head.lower_ not in load_word_classes()
        and head.lower_.removesuffix("s") not in load_word_classes()
        and f"{head.lower_.removesuffix('ies')}y" not in load_word_classes()
    )
    kind = WordClass.GOVERNMENT_BODY if MINISTRY.fullmatch(head.text) else class_of(head, words)
    if kind in (WordClass.MEDIA, WordClass.MONITOR, WordClass.ORGANISATION):
        is_name = is_name or has_name_inside(head)
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
        is_crowd = is_crowd and head.lemma_.lower() != "source"  # some who do not wish to be named
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


def class_of(head: "Word", words: list[str]) -> WordClass | None:
    """Find the class of a phrase by its head with the word before it ("aid agency", "news site"),
    else by the head alone."""
    head = _part_of(head)
    if _is_team_of_experts(head):
        return WordClass.EXPERT
    before = words[words.index(head.lower_) - 1] if head.lower_ in words[1:] else ""
    lemma, is_name = head.lemma_.lower(), head.pos_ == "PROPN"
    found = find_word_class(f"{before} {lemma}") or _find_class(head.lower_, lemma, is_name=is_name)
    if found:
        return found
    compounds = {
        word for word in words if find_word_class(word) in (WordClass.MEDIA, WordClass.MONITOR)
    }
    is_person = any(find_word_class(word) == WordClass.OFFICIAL for word in words)
    is_of_body = is_name and not is_person  # "press chief Tom Reyes" is no press
    return find_word_class(min(compounds)) if compounds and is_of_body else None


def _find_class(word: str, lemma: str, *, is_name: bool) -> WordClass | None:
    """Find the class of a noun; of a name, also without an ending that its lemma kept."""
    stems = (lemma.removesuffix("s"), f"{lemma.removesuffix('ies')}y")  # of "Authorities", a name
    known = (find_word_class(form) for form in (word, lemma, *(stems if is_name else ())))
    if found := next(filter(None, known), None):
        return found
    is_scholar = lemma.removesuffix("s").endswith(_EXPERT_ENDINGS)
    return WordClass.EXPERT if is_scholar else None


def _is_team_of_experts(head: "Word") -> bool:
    """Tell "an international team of scientists", "the research team"."""
    if head.lemma_.lower() not in _TEAMS:
        return False
    members = (word for child in head.rights if child.lower_ == "of" for word in child.rights)
    return any(word.lower_ in _SCHOLARLY for word in head.lefts) or any(
        _find_class(word.lower_, word.lemma_.lower(), is_name=False) == WordClass.EXPERT
        for word in members
    )


def _part_of(head: "Word") -> "Word":
    """Step from "several of the experts" to the experts, from "part of the report" to the
    report, from the "co" of "co-author" to its end."""
    behind = head.doc.words[head.i + 1 : head.i + 3]
    if len(behind) > 1 and behind[0].text == "-" and behind[1].idx == head.idx + len(head) + 1:
        return behind[1]
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


def has_name_inside(head: "Word") -> bool:
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
        is_state = find_kind(head.text) in _STATES  # "Shandong has reported"
        return SourceType.GOVERNMENT_BODY if is_state else SourceType.NAMED_PERSON, True
    if head.tag_ == "CD":
        return SourceType.COLLECTIVE, False  # "two in ten say"
    if head.tag_ in ("NN", "NNS") and (head.text.islower() or head.is_sent_start):
        return _type_of_noun(head), False
    return (
        SourceType.COLLECTIVE if head.tag_ in ("NNS", "NNPS", "JJ") else SourceType.UNNAMED_PERSON
    ), False


def _type_of_noun(head: "Word") -> SourceType:
    """Read what a noun of no class can stand for: no person is behind "the trailer"."""
    kind = find_noun_class(_part_of(head).lemma_)
    if kind == NounClass.THING:
        return SourceType.DOCUMENT
    is_one = kind == NounClass.PERSON and head.tag_ == "NN"
    return SourceType.UNNAMED_PERSON if is_one else SourceType.COLLECTIVE
