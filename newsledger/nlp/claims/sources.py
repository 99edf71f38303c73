"""What kind of source a phrase names: type, named or not, side, how many, and on what terms."""

import re
from dataclasses import dataclass
from functools import cache

from newsledger.lexicon.gazetteer import find_kind
from newsledger.lexicon.words import read_classes, read_lexicon
from newsledger.model.records import Actor, ActorMention, Span
from newsledger.nlp.numbers.quantities import parse_count
from newsledger.nlp.parse.parsed import ParsedText, Word

CLASSES = frozenset(
    {
        "official",
        "person",
        "eyewitness",
        "expert",
        "document",
        "media",
        "monitor",
        "government_body",
        "armed_group",
        "collective",
        "organisation",
    }
)
_TYPE_OF_KIND = {
    "person": "named_person", "armed_group": "armed_group", "military": "government_body", "government_body": "government_body",
    "party": "organisation", "monitor": "monitor", "company": "organisation", "ngo": "organisation",
    "international_organisation": "organisation", "collective": "collective",
}  # fmt: skip
_TYPE_OF_CLASS = {"official": "unnamed_official", "person": "unnamed_person"}
_TYPE_OF_LABEL = {
    "PERSON": "named_person",
    "ORG": "organisation",
    "GPE": "government_body",
    "NORP": "collective",
}
UNNAMED_TYPES = frozenset(
    {"unnamed_official", "unnamed_person", "eyewitness", "expert", "collective"}
)
_BODIES = frozenset({"government_body", "organisation", "document", "monitor"})
_TEAMS = frozenset({"campaign", "team", "camp", "administration", "side"})
_LOCALS = frozenset({"local", "neighbor", "neighbour", "resident", "villager"})
_VAGUE = frozenset({"authority", "agency", "country", "state", "side"})
_STATE_WORDS = frozenset(
    {
        "state",
        "state-run",
        "state-owned",
        "state-controlled",
        "state-affiliated",
        "government",
        "government-run",
        "official",
        "semi-official",
        "federal",
    }
)
_SIDES = frozenset({"opposition", "ally", "pro-government"})
_PARTISAN = re.compile(
    r"(?:pro|anti)-\w+|opposition(?:-\w+)?|rebel(?:-\w+)?|\w+-(?:backed|linked|affiliated"
    r"|aligned|allied)|party|partisan|insurgent"
)
_AFFILIATED = re.compile(
    r"\w+-(?:linked|aligned|allied|affiliated|backed|run|held|controlled|funded|owned"
    r"|supporting|leaning|sponsored)"
)
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
GROUND_RULES = re.compile(
    r"(?:speaking |spoke |spoken |speak |talked |talking |interviewed )?(?:on|under) "
    r"(?:the )?condition of (?:\w+ )?anonymity[^.;”\"]*"
    r"|(?:who |which |because |as |since )?(?:\w+ )?(?:\w+ )?(?:not|n['’]t) (?:been "
    r")?authori[sz]ed to [^.,;”\"]*"
    r"|(?:who )?(?:asked|requested|declined|refused|did not want|didn['’]t want|wished"
    r"|insisted|preferred) (?:not )?(?:to )?"
    r"(?:be |remain |for |on )?(?:named|identified|quoted by name|anonymity|anonymous)[^.,;”\"]*"
    r"|(?:who (?:is|are|was|were) )?(?:directly |closely )?"
    r"(?:familiar with|briefed on|with (?:direct )?knowledge of|privy to|close to) "
    r"(?:the |his |her |their |its )?[^.,;”\"]*"
    r"|(?:who )?(?:gave|given) only (?:his|her|their|a) (?:first|last) name[^.,;”\"]*"
    r"|(?:(?:who )?(?:was |were )?(?:speaking|spoke|talking|talked|briefing|briefed) "
    r"(?:to |with )?(?:\w+ )?)?"
    r"(?:on (?:deep )?background|off the record|not for attribution)\b",
    re.IGNORECASE,
)
_PERSON_ENDINGS = ("men", "women", "man", "woman", "people", "person")  # fishermen, tribespeople
_GROUND_TRIGGERS = (
    "anonym",
    "authori",
    "named",
    "identified",
    "familiar",
    "briefed",
    "knowledge",
    "privy",
    "close to",
    "name",
    "background",
    "the record",
    "attribution",
)


@dataclass(frozen=True, slots=True)
class Source:
    """One source as a phrase of the article names it."""

    span: Span | None
    text: str
    source_type: str
    is_named: bool
    actor_key: str | None = None
    party_role: str | None = None
    count: int | None = None


@cache
def _classes() -> dict[str, tuple[str, str]]:
    return read_classes("source_words.csv", ("word", "class", "note"), CLASSES)


@cache
def _party_words() -> dict[str, str]:
    return {
        row["word"]: row["party_role"]
        for row in read_lexicon("party_words.csv", ("word", "party_role"))
    }


def find_word_class(word: str) -> str | None:
    """Find the class of a word in `seeds/source_words.csv`: "guard" is a person."""
    found = _classes().get(word)
    return found[0] if found else None


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
    text = body[span.start : span.end]
    words = _own_words(doc, head, span)
    count = _find_count(head)
    party = (actor.party_role if actor else None) or find_party(words)
    own_class = _class_of(head, words)
    if (
        actor is not None
        and actor.kind in ("company", "ngo", "person")
        and own_class in ("media", "monitor")
    ):
        return Source(
            span,
            text,
            _media_type(words, party) if own_class == "media" else "monitor",
            has_name,
            actor.actor_key,
            party,
            count,
        )
    if (
        actor is not None
        and not has_name
        and own_class == "media"
        and actor.kind != "media"
        and _has_name_inside(head)
    ):
        return Source(span, text, _media_type(words, party), True, actor.actor_key, party, count)
    if actor is not None and (has_name or actor.kind not in ("person", "collective")):
        kind = (
            _media_type(words, party)
            if actor.kind == "media"
            else _TYPE_OF_KIND.get(actor.kind, "organisation")
        )
        is_named = has_name or (
            _is_body_name(actor.name) and kind in _BODIES and head.lemma_.lower() not in _VAGUE
        )
        return Source(span, text, kind, is_named, actor.actor_key, party, count)
    kind, is_named = _type_by_words(head, words, party)
    is_named = is_named or _is_named_body(doc, head, span, kind)
    return Source(span, text, kind, is_named, actor.actor_key if actor else None, party, count)


def _is_named_body(doc: "ParsedText", head: "Word", span: Span, kind: str) -> bool:
    """Tell a body or document that its words name, though it has no name of its own: "the
    Philippine government", "a Pentagon memo", "Lund's campaign"; "Danish authorities" are nobody in
    particular."""
    is_team = head.lemma_.lower() in _TEAMS
    if not (kind in _BODIES or is_team) or head.lemma_.lower() in _VAGUE:
        return False
    if head.tag_ in ("NNS", "NNPS") and kind != "document":
        return False
    piece = doc.char_span(span.start, span.end, alignment_mode="expand")
    return any(
        word.lower_ not in _classes()
        and (
            (word.pos_ == "PROPN" and not word.is_sent_start)
            or word.ent_type_ in ("ORG", "GPE", "NORP", "PERSON")
        )
        for word in piece or ()
        if word.i <= head.i or word.head is head or word.head.head is head
    )


def _is_body_name(name: str) -> bool:
    """Tell a description that names its body: "Israeli army", "Trump administration"."""
    return any(word[:1].isupper() for word in name.split()[:-1])


def can_speak(head: "Word") -> bool:
    """Tell whether a noun is one that speaks: a name, or a word of `seeds/source_words.csv`;
    "citing privacy rules" names no source."""
    low = head.lower_
    return (
        head.ent_type_ in ("PERSON", "ORG", "GPE") or low in _classes() or head.lemma_.lower() in _classes()
        or low.endswith(_PERSON_ENDINGS) or (head.ent_type_ == "NORP" and head.tag_ in ("NNS", "NNPS"))
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


def find_party(words: list[str]) -> str | None:
    """Find the side that the words tell, also as the first part of "opposition-linked",
    "rebel-aligned"."""
    known = _party_words()
    for word in words:
        side = known.get(word) or (
            known.get(word.split("-")[0]) if _AFFILIATED.fullmatch(word) else None
        )
        if side:
            return side
    return None


def _media_type(words: list[str], party: str | None) -> str:
    if any(_PARTISAN.fullmatch(word) for word in words):
        return "partisan_media"
    if _STATE_WORDS & set(words) or party in ("government", "state"):
        return "state_media"
    return "partisan_media" if party in _SIDES else "independent_media"


def _type_by_words(head: "Word", words: list[str], party: str | None) -> tuple[str, bool]:
    """Read type and whether it is a proper name from the words, where no actor of the article
    stands there."""
    is_name = head.ent_type_ in ("PERSON", "ORG", "GPE", "NORP") or (
        head.pos_ == "PROPN"
        and head.lower_ not in _classes()
        and head.lower_.removesuffix("s") not in _classes()
        and f"{head.lower_.removesuffix('ies')}y" not in _classes()
    )
    kind = _class_of(head, words)
    if kind in ("media", "monitor", "organisation"):
        is_name = is_name or _has_name_inside(head)
    if kind == "media":
        return _media_type(words, party), is_name
    if head.ent_type_ == "PERSON" and kind != "monitor":
        return "named_person", True
    if kind == "person" and head.lemma_.lower() == "source" and _OFFICIAL_SOURCE & set(words):
        return "unnamed_official", False
    if kind in ("official", "person") and is_name and head.ent_type_ != "NORP":
        return "named_person" if kind == "person" else "unnamed_official", kind == "person"
    if kind in ("person", "eyewitness") and head.tag_ in ("NNS", "NNPS") and not is_name:
        is_crowd = kind == "person" or head.lemma_.lower() in _LOCALS
        if is_crowd and not any(child.dep_ == "nummod" for child in head.lefts):
            return "collective", False  # but "three people familiar with the matter"
    if kind:
        return _TYPE_OF_CLASS.get(kind, kind), is_name
    return _type_without_class(head, is_name)


def _class_of(head: "Word", words: list[str]) -> str | None:
    """Find the class of a phrase by its head with the word before it ("aid agency", "news site"),
    else by the head alone."""
    before = words[words.index(head.lower_) - 1] if head.lower_ in words[1:] else ""
    lemma = head.lemma_.lower()
    stems = (lemma.removesuffix("s"), f"{lemma.removesuffix('ies')}y")  # of "Authorities", a name
    for word in (f"{before} {lemma}", head.lower_, lemma, *(stems if head.pos_ == "PROPN" else ())):
        if word in _classes():
            return _classes()[word][0]
    if head.lemma_.lower().endswith(_EXPERT_ENDINGS):
        return "expert"
    compounds = {
        word for word in words if word in _classes() and _classes()[word][0] in ("media", "monitor")
    }
    return _classes()[min(compounds)][0] if compounds and head.pos_ == "PROPN" else None


def _has_name_inside(head: "Word") -> bool:
    """Tell a name in front of its noun: "the Gazeta Lodzka newspaper", not "a London newspaper"."""
    return any(
        child.dep_ == "compound"
        and child.pos_ == "PROPN"
        and child.ent_type_ != "NORP"
        and find_kind(child.text) is None
        for child in head.lefts
    )


def _type_without_class(head: "Word", is_name: bool) -> tuple[str, bool]:
    if head.ent_type_ in _TYPE_OF_LABEL:
        return _TYPE_OF_LABEL[head.ent_type_], head.ent_type_ != "NORP"
    if head.pos_ == "PRON":
        if head.lower_ in ("it", "which", "that"):
            return "organisation", False
        return (
            "collective"
            if head.lower_ in ("they", "we", "others", "many", "some", "those", "these")
            else "unnamed_person"
        ), False
    if is_name:
        return "named_person", True
    if head.tag_ == "CD":
        return "collective", False  # "two in ten say"
    return ("collective" if head.tag_ in ("NNS", "NNPS", "JJ") else "unnamed_person"), False


def find_ground_rules(text: str) -> str | None:
    """Find the terms on which somebody unnamed spoke, as printed: "on condition of anonymity
    because …", "familiar with the matter"."""
    if not any(trigger in text for trigger in _GROUND_TRIGGERS):
        return None
    found = [match.group().strip(" ,") for match in GROUND_RULES.finditer(text)]
    return max(found, key=len, default=None)
