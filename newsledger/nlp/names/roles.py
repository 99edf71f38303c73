"""Role descriptions of people ("Syria's defense minister", "the Observatory's chief") and
descriptions of groups ("the agency")."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from newsledger.errors import SettingsError
from newsledger.lexicon.first_names import GENDERS
from newsledger.lexicon.gazetteer import country_of_demonym, find_kind, load_gazetteer
from newsledger.lexicon.words import read_lexicon
from newsledger.model.enums import ActorKind, Gender, LocationKind
from newsledger.model.records import ActorRole
from newsledger.model.records import Span as CharSpan
from newsledger.nlp.names.forms import load_titles
from newsledger.nlp.parse.parsed import Phrase, Word

_QUALIFIERS = frozenset(
    {
        "former",
        "ex",
        "deputy",
        "vice",
        "acting",
        "assistant",
        "incoming",
        "outgoing",
        "late",
        "interim",
        "new",
        "first",
        "second",
    }
)
_ORGANISATION = re.compile(
    r"\b(?:of|at|for|with) (?:[a-z][\w-]* ){0,3}?(?P<name>(?:the )?[A-Z].*)$"
)
# of a politician; "the Republican governor" is the governor
_PARTIES = frozenset("conservative democrat democratic labour liberal republican socialist".split())
_ARTICLE = re.compile(r"^(?:the|an?) ", re.IGNORECASE)
_ARTICLES = frozenset({"the", "a", "an", "this", "that", "its", "his", "her", "their"})


@dataclass(frozen=True, slots=True)
class Signature:
    """What a role says, in a form that two wordings share."""

    noun: str
    words: frozenset[str]
    qualifiers: frozenset[str]
    country: str | None
    gender: Gender | None


@cache
def load_role_nouns() -> dict[str, tuple[str, Gender | None]]:
    """Read the nouns of people's roles: noun → (group of nouns that name one role, gender). Raises
    `SettingsError`."""
    found = {}
    for number, row in enumerate(read_lexicon("role_nouns.csv", ("noun", "group", "gender")), 2):
        if row["gender"] not in GENDERS or not row["group"]:
            raise SettingsError(
                f"role_nouns.csv, line {number}: expected a group and a gender of male, female "
                f"or none; got {row}"
            )
        found[row["noun"]] = (row["group"], Gender(row["gender"]) if row["gender"] else None)
    return found


@cache
def load_title_roles() -> dict[str, str]:
    """Read the short titles that stand for a role: "Gov." → governor."""
    rows = read_lexicon("title_roles.csv", ("title", "role"))
    return {row["title"]: row["role"] for row in rows}


def sign_title(word: str) -> "Signature | None":
    """Read the role that a title in front of a name tells."""
    noun = load_title_roles().get(word.lower().strip("."))
    found = load_role_nouns().get(noun or "")
    return Signature(found[0], frozenset(), frozenset(), None, found[1]) if found else None


@cache
def load_gendered_nouns() -> dict[str, Gender]:
    """Read the nouns for people that tell their gender: "mother", "policeman"; with those of roles.
    Raises `SettingsError`."""
    found = {}
    for number, row in enumerate(read_lexicon("gendered_nouns.csv", ("noun", "gender")), 2):
        if row["gender"] not in GENDERS - {""}:
            raise SettingsError(
                f"gendered_nouns.csv, line {number}: expected male or female; got {row['gender']}"
            )
        found[row["noun"]] = Gender(row["gender"])
    return {noun: gender for noun, (_, gender) in load_role_nouns().items() if gender} | found


@cache
def load_description_nouns() -> dict[str, frozenset[str]]:
    """Read the nouns that describe a group and the kinds they may stand for. Raises `SettingsError`
    for an unknown kind."""
    found = {}
    for number, row in enumerate(read_lexicon("description_nouns.csv", ("noun", "kinds")), 2):
        kinds = frozenset(row["kinds"].split(";"))
        if not kinds <= frozenset(ActorKind):
            raise SettingsError(
                f"description_nouns.csv, line {number}: expected kinds of the closed list; "
                f"got {row['kinds']}"
            )
        found[row["noun"]] = kinds
    return found


def is_title(word: str) -> bool:
    """Tell whether a word only dresses a name ("Gen.", "Mr"): "minister" and "general" are roles of
    their own."""
    bare = word.lower().strip(".")
    return bare in load_titles() and bare not in load_role_nouns()


@lru_cache(maxsize=16_384)
def country_code(word: str) -> str | None:
    """Find the country a word names, as a country or as a demonym."""
    if demonym := country_of_demonym(word):
        return demonym
    if find_kind(word) != LocationKind.COUNTRY:
        return None
    return next(
        (
            found.place.country_code
            for found in load_gazetteer().find(word)
            if found.place.kind == LocationKind.COUNTRY
        ),
        None,
    )


def role_head(span: "Phrase") -> "Word | None":
    """Find the noun of a role: the first one that owns nothing and qualifies no other noun."""
    return next(
        (token for token in span if token.lower_ in load_role_nouns() and not owns_noun(token)),
        None,
    )


def owns_noun(token: "Word") -> bool:
    """Tell a noun that owns or qualifies the next one: the "chief" of "chief executive"."""
    is_part = token.head.pos_ == "NOUN" and token.head.i == token.i + 1
    return token.dep_ == "poss" or (
        is_part
        and (
            token.dep_ == "compound"
            or (token.dep_ == "amod" and token.head.lower_ in load_role_nouns())
        )
    )


def sign_role(span: "Phrase", head: "Word") -> Signature:
    """Reduce a role to noun, other words, qualifiers, country and gender."""
    group, gender = load_role_nouns()[head.text.lower()]
    words, country = set(), None
    for token in span:
        word = token.lower_.strip(".-")
        if (
            token.i == head.i
            or not token.text[:1].isalnum()
            or word in _ARTICLES
            or (token.is_stop and word not in _QUALIFIERS and token.text != "US")
            or (word in _PARTIES and token.dep_ in {"amod", "compound"} and token.i < head.i)
        ):
            continue
        code = country_code(token.text) if token.text[:1].isupper() else None
        if code:
            country = country or code
        else:
            words.add(token.lemma_.lower() if token.pos_ == "NOUN" else word)
    return Signature(
        group, frozenset(words - _QUALIFIERS), frozenset(words & _QUALIFIERS), country, gender
    )


def same_role(one: Signature, other: Signature) -> bool:
    """Tell whether two wordings may name one role: same noun and rank, no other country, one no
    more than a shortening of the other."""
    if one.noun != other.noun or one.qualifiers != other.qualifiers:
        return False
    if one.country and other.country and one.country != other.country:
        return False
    return one.words <= other.words or other.words <= one.words


def is_same_office(one: Signature, other: Signature) -> bool:
    """Whether two wordings of a role name one office in as many words."""
    return bool(one.words) and one.noun == other.noun and one.words == other.words


def describe_role(span: "Phrase", head: "Word", organisations: Sequence[CharSpan]) -> ActorRole:
    """Split a role as printed into the role, its organisation and its country; `organisations` are
    those named in the text."""
    owner = next(
        (child for child in head.children if child.dep_ == "poss" and child.i >= span.start), None
    )
    country = next(
        (code for token in span if token.text[:1].isupper() and (code := country_code(token.text))),
        None,
    )
    role, organisation = span.text, None
    inside = [
        other
        for other in organisations
        if span.start_char <= other.start and other.end <= span.end_char
    ]
    if owner is not None:
        edge = owner.right_edge
        role = span.text[edge.idx + len(edge) - span.start_char :].strip()
        organisation = (
            None
            if country_code(owner.text) or owner.pos_ == "PRON"
            else span.doc[owner.left_edge.i : owner.i + 1].text
        )
        if owner.lower_ == "its":
            organisation = _antecedent_of(owner, organisations)
    elif found := _ORGANISATION.search(span.text):
        organisation = None if country_code(re.sub(r"^the ", "", found["name"])) else found["name"]
    elif inside and not (
        head.lower_ in {"minister", "secretary"} and inside[0].end == head.idx - 1
    ):  # "Defense Minister" is no organisation's
        first = inside[0]
        organisation = span.doc.text[first.start : first.end]
        if first.end <= head.idx:  # "FPU chief"
            role = span.doc.text[first.end : span.end_char].strip()
    if organisation:
        organisation = _ARTICLE.sub("", organisation)
    return ActorRole(
        span.start_char, span.end_char, span.text, _ARTICLE.sub("", role), organisation, country
    )


def _antecedent_of(owner: "Word", organisations: Sequence[CharSpan]) -> str | None:
    """Find the organisation of "its chief executive": the last one before it in the sentence, else
    the only one of the sentence before."""
    doc, here = owner.doc, owner.sent
    own = [
        other
        for other in organisations
        if doc[here.start].idx <= other.start and other.end <= owner.idx
    ]
    if own:
        return doc.text[own[-1].start : own[-1].end]
    last = next((i for i in range(here.start - 1, -1, -1) if not doc[i].is_space), None)
    if last is None:
        return None
    start = doc[doc[last].sent.start].idx
    names = {
        doc.text[other.start : other.end]
        for other in organisations
        if start <= other.start and other.end <= doc[here.start].idx
    }
    return names.pop() if len(names) == 1 else None
