"""Whether a source goes by a name: its own, that of who stands behind it, or one that the article
gave before ("the zoo", "the report")."""

import re
from collections.abc import Callable

from newsledger.model.enums import EntityLabel, SourceType
from newsledger.model.records import Span
from newsledger.nlp.parse.parsed import ParsedText, Phrase, Word

_TEAMS = frozenset({"campaign", "team", "camp", "administration", "side"})
_VAGUE = frozenset({"authority", "agency", "country", "state", "side"})
# bodies of which a country has one, so that "the government" is that of the country told
_SINGLE = frozenset(
    "government military army navy parliament cabinet presidency monarchy treasury".split()
)
# bodies told again by what they are: "the institute" of one named before
_GENERIC = frozenset(
    "company firm carrier airline lender bank group giant institute organisation organization "
    "charity union club university hospital ministry department commission council committee "
    "watchdog newspaper paper daily channel broadcaster station network outlet site website".split()
)
_BODIES = frozenset(
    {SourceType.GOVERNMENT_BODY, SourceType.ORGANISATION, SourceType.DOCUMENT, SourceType.MONITOR}
)
_MEDIA = frozenset(
    {SourceType.STATE_MEDIA, SourceType.INDEPENDENT_MEDIA, SourceType.PARTISAN_MEDIA}
)
_LISTS = re.compile(r",? (?:such as|including) (?=.*\b[A-Z])")
_SEEING = frozenset({"see", "obtain", "review", "view", "read", "cite"})
_DEFINITE = frozenset(
    {"the", "this", "that", "these", "those", "his", "her", "its", "their", "our"}
)
_OWNERS = frozenset({"his", "her", "its", "their", "our"})
_NAME_LABELS = frozenset({EntityLabel.ORG, EntityLabel.GPE, EntityLabel.NORP, EntityLabel.PERSON})
_ISSUERS = frozenset({EntityLabel.ORG, EntityLabel.PERSON})


def is_named_body(
    doc: "ParsedText", head: "Word", span: Span, kind: str, is_known: Callable[[str], bool]
) -> bool:
    """Tell a body or document that its words name, though it has no name of its own: "the
    Philippine government", "a Pentagon memo", "Lund's campaign", "a statement by the ministry of
    Peru"; "Danish authorities" are nobody in particular, and who saw a paper does not name it.
    `is_known` tells a word that says what the source is."""
    is_team = head.lemma_.lower() in _TEAMS
    if not (kind in _BODIES or is_team) or head.lemma_.lower() in _VAGUE:
        return False
    if head.tag_ in ("NNS", "NNPS") and kind != SourceType.DOCUMENT:
        return False
    if kind == SourceType.DOCUMENT and head.tag_ in ("NNS", "NNPS") and _is_of_media(head):
        return False  # "Australian media reports": of nobody in particular
    piece = doc.char_span(span.start, span.end, alignment_mode="expand")
    return any(
        (
            not is_known(word.lower_)
            or (word.ent_type_ == EntityLabel.ORG and not word.is_sent_start)  # "a Pentagon memo"
        )
        and _is_name(word)
        and _is_near(word, head, kind)
        for word in piece or ()
    )


def _is_of_media(head: "Word") -> bool:
    return any(word.lower_ in ("media", "news", "facebook", "twitter") for word in head.lefts)


def _is_name(word: "Word") -> bool:
    if word.ent_type_ in ("DATE", "TIME"):
        return False  # "a Friday press release"
    if word.dep_ == "poss" and word.text[:1].isupper() and word.pos_ in ("NOUN", "PROPN"):
        return True
    return (word.pos_ == "PROPN" and not word.is_sent_start) or word.ent_type_ in _NAME_LABELS


def _is_near(word: "Word", head: "Word", kind: str) -> bool:
    """Tell whether a name stands in a phrase for the source: before it, or behind "of", "by",
    "from"; for a document at any depth, but not as who saw it."""
    if word.i <= head.i or word.head is head or word.head.head is head:
        return True
    if kind != SourceType.DOCUMENT or word.ent_type_ not in _ISSUERS:
        return False  # "tests carried out in London" are nobody's
    while word.head is not word and word is not head:
        if word.dep_ == "relcl" or (word.dep_ == "acl" and word.lemma_.lower() in _SEEING):
            return False
        word = word.head
    return word is head


def names_its_members(text: str, head: "Word", span: Span) -> bool:
    """Tell "neighbouring states, such as Norland and Peru", whose members are named."""
    rest = text[head.idx + len(head) : span.end]
    return _LISTS.match(rest) is not None


def is_named_before(doc: "ParsedText", head: "Word", kind: str) -> bool:
    """Tell a definite body or document that the article has named: "the zoo" of the Brandell Zoo,
    "the report" that an institute issued, "the government" of the country told."""
    first = next((word for word in head.lefts if word.lower_ in _DEFINITE), None)
    lemma = head.lemma_.lower()
    if kind == SourceType.DOCUMENT:
        owner = next((word for word in head.lefts if word.dep_ == "poss"), None)
        if owner is not None:
            return any(word.lower_ in _OWNERS for word in owner.lefts) or _has_own_name(doc, owner)
        return first is not None and _has_author(doc, head)
    if first is None or kind not in _BODIES | _MEDIA:
        return False
    if head.tag_ in ("NNS", "NNPS") or lemma in _VAGUE:
        return False
    if first.lower_ in _OWNERS or lemma in _SINGLE:
        return True
    if lemma in _GENERIC:
        return any(word.ent_type_ == EntityLabel.ORG for word in doc[: head.i])
    return _has_own_name(doc, head)


def _has_own_name(doc: "ParsedText", noun: "Word") -> bool:
    """Tell whether the word is part of a name in the article: "Zoo" in "Brandell Zoo"."""
    word = noun.lower_
    return any(
        other.lower_ == word and other.pos_ == "PROPN" and other.text[:1].isupper()
        for other in doc
        if other is not noun
    )


def _has_author(doc: "ParsedText", head: "Word") -> bool:
    """Tell whether the sentence that first told of a document named who stands behind it."""
    lemma = head.lemma_.lower()
    told = next(
        (word for word in doc[: head.i] if word.lemma_.lower() == lemma and word.i != head.i),
        None,
    )
    return told is not None and _names_an_issuer(told.sent)


def _names_an_issuer(sentence: "Phrase") -> bool:
    return any(
        word.ent_type_ in _ISSUERS
        and word.pos_ == "PROPN"
        and not (word.head.dep_ == "agent" and word.head.head.lemma_.lower() in _SEEING)
        for word in sentence
    )
