"""Role descriptions of people ("Syria's defense minister", "the Observatory's chief") and
descriptions of groups ("the agency")."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from newsledger.errors import SettingsError
from newsledger.lexicon.actors import KINDS
from newsledger.lexicon.gazetteer import country_of_demonym, find_kind, load_gazetteer
from newsledger.lexicon.words import read_lexicon
from newsledger.model.records import ActorRole
from newsledger.model.records import Span as CharSpan
from newsledger.nlp.names.forms import load_titles
from newsledger.nlp.parse.parsed import ParsedText, Phrase, Word

GENDERS = frozenset({"male", "female", ""})
MAX_ROLE = 12  # words of a role between a mark and the comma before the name
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
_GIVING = frozenset(
    {
        "elect",
        "appoint",
        "name",
        "nominate",
        "install",
        "confirm",
        "reelect",
        "pick",
        "choose",
        "reappoint",
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
    gender: str | None


@cache
def load_role_nouns() -> dict[str, tuple[str, str | None]]:
    """Read the nouns of people's roles: noun → (group of nouns that name one role, gender). Raises
    `SettingsError`."""
    found = {}
    for number, row in enumerate(read_lexicon("role_nouns.csv", ("noun", "group", "gender")), 2):
        if row["gender"] not in GENDERS or not row["group"]:
            raise SettingsError(
                f"role_nouns.csv, line {number}: expected a group and a gender of male, female or none; got {row}"
            )
        found[row["noun"]] = (row["group"], row["gender"] or None)
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
def load_gendered_nouns() -> dict[str, str]:
    """Read the nouns for people that tell their gender: "mother", "policeman"; with those of roles.
    Raises `SettingsError`."""
    found = {}
    for number, row in enumerate(read_lexicon("gendered_nouns.csv", ("noun", "gender")), 2):
        if row["gender"] not in GENDERS - {""}:
            raise SettingsError(
                f"gendered_nouns.csv, line {number}: expected male or female; got {row['gender']}"
            )
        found[row["noun"]] = row["gender"]
    return {noun: gender for noun, (_, gender) in load_role_nouns().items() if gender} | found


@cache
def load_description_nouns() -> dict[str, frozenset[str]]:
    """Read the nouns that describe a group and the kinds they may stand for. Raises `SettingsError`
    for an unknown kind."""
    found = {}
    for number, row in enumerate(read_lexicon("description_nouns.csv", ("noun", "kinds")), 2):
        kinds = frozenset(row["kinds"].split(";"))
        if not kinds <= KINDS:
            raise SettingsError(
                f"description_nouns.csv, line {number}: expected kinds of the closed list; got {row['kinds']}"
            )
        found[row["noun"]] = kinds
    return found


@cache
def load_first_names() -> dict[str, str]:
    """Read the first names that are nearly always one gender. Raises `SettingsError` for another
    gender."""
    found = {}
    for number, row in enumerate(read_lexicon("first_names.csv", ("name", "gender", "source")), 2):
        if row["gender"] not in GENDERS - {""}:
            raise SettingsError(
                f"first_names.csv, line {number}: expected male or female; got {row['gender']}"
            )
        found[row["name"]] = row["gender"]
    return found


def is_title(word: str) -> bool:
    """Tell whether a word only dresses a name ("Gen.", "Mr"): "minister" and "general" are roles of
    their own."""
    bare = word.lower().strip(".")
    return bare in load_titles() and bare not in load_role_nouns()


def country_code(word: str) -> str | None:
    """Find the country a word names, as a country or as a demonym."""
    if demonym := country_of_demonym(word):
        return demonym
    if find_kind(word) != "country":
        return None
    return next(
        (
            found.place.country_code
            for found in load_gazetteer().find(word)
            if found.place.kind == "country"
        ),
        None,
    )


def role_head(span: "Phrase") -> "Word | None":
    """Find the noun of a role: the first one that owns nothing and qualifies no other noun."""
    return next(
        (token for token in span if token.lower_ in load_role_nouns() and not _owns(token)), None
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


def find_role_before(doc: "ParsedText", start: int, end: int) -> "Phrase | None":
    """Find the role in front of a name: "Syria's defense minister, Gen. X", "Observatory chief
    X"."""
    span = doc.char_span(start, end, alignment_mode="expand")
    if span is None:
        return None
    last = span.start - 1
    while last >= 0 and (
        is_title(doc[last].lower_)
        or (doc[last].text == "." and last > 0 and is_title(doc[last - 1].lower_))
    ):
        last -= 1
    if last > 0 and doc[last].text == ",":
        anchor = span.root.head
        if (
            anchor.dep_ == "pobj" and anchor.head.lower_ == "of"
        ):  # "the mayor of Larkin, X": the parser hangs the name on the place
            anchor = anchor.head.head
        if span.root.dep_ == "appos" and anchor.i < last and anchor.lower_ in load_role_nouns():
            return doc[anchor.left_edge.i : last]
        return _find_role_between_commas(doc, last, span.end)
    if last < 0 or doc[last].lower_ not in load_role_nouns():
        return None
    first = last
    while (
        first > 0
        and last - first < 8
        and doc[first - 1].sent == doc[last].sent
        and _belongs(doc[first - 1])
    ):
        first -= 1
    return doc[first : last + 1] if last - first >= 0 else None


def _find_role_between_commas(doc: "ParsedText", comma: int, end: int) -> "Phrase | None":
    """Find a definite role in front of ", X,": where the parser sees no apposition, the marks on
    both sides tell one."""
    if end < len(doc) and not doc[end].is_punct:
        return None  # "After meeting the coach, X left"
    first = (
        next(
            (
                i
                for i in range(comma - 1, max(comma - MAX_ROLE, -1), -1)
                if doc[i].is_punct or doc[i].is_space
            ),
            comma - MAX_ROLE,
        )
        + 1
    )
    head = role_head(doc[max(first, 0) : comma])
    if head is None or not (
        head.i == comma - 1 or doc[head.i + 1].lower_ in {"of", "for", "at", "in", "with", "from"}
    ):
        return None
    role = doc[head.left_edge.i : comma]
    is_definite = role[0].lower_ in {"the", "a", "an"} or any(
        token.dep_ == "poss" for token in role[: head.i - role.start]
    )
    return role if is_definite and role.start >= first else None


def _belongs(token: "Word") -> bool:
    return (
        token.dep_ in {"compound", "amod", "poss", "case", "nmod", "det", "punct"}
        and token.text != ","
        and not token.is_space
    ) and (token.text not in {"“", "”", '"', ".", ":", ";"})


def find_role_after(doc: "ParsedText", text: str, end: int) -> "Phrase | None":
    """Find the role behind a name: "X, the Observatory’s chief,"."""
    match = re.match(
        r", (?P<role>(?:the |an? )?[^,.;\n]{3,90}?)(?=[,.;\n]|$)", text[end : end + 110]
    )
    if not match:
        return None
    span = doc.char_span(
        end + match.start("role"), end + match.end("role"), alignment_mode="contract"
    )
    if span is None:
        return None
    cut = next(
        (
            token.i
            for token in span
            if token.pos_ in {"VERB", "AUX"} or token.lower_ in {"who", "and"}
        ),
        span.end,
    )
    if cut < span.end and any(child.dep_ == "nsubj" for child in doc[cut].lefts):
        return None  # "After a meeting with X, the president said": the president is another one
    span = doc[span.start : cut]
    head = next(
        (token for token in span if token.lower_ in load_role_nouns() and not _owns(token)), None
    )
    if head is None or any(
        token.pos_ == "NOUN"
        and token.i > head.i
        and token.dep_ == "compound"
        and token.head.i == head.i
        for token in span
    ):
        return None
    between = doc[span.start : head.i]
    return (
        span
        if not any(token.pos_ in {"ADP", "PRON"} and token.dep_ == "prep" for token in between)
        else None
    )


def _owns(token: "Word") -> bool:
    """Tell a noun that owns or qualifies the next one: the "chief" of "chief executive"."""
    is_part = token.head.pos_ == "NOUN" and token.head.i == token.i + 1
    return token.dep_ == "poss" or (
        is_part
        and (
            token.dep_ == "compound"
            or (token.dep_ == "amod" and token.head.lower_ in load_role_nouns())
        )
    )


def find_role_as(doc: "ParsedText", end: int) -> "Phrase | None":
    """Find the role that somebody is given: "elected X as prime minister", "named X its new chief
    executive"."""
    found = doc.char_span(end - 1, end, alignment_mode="expand")
    name = found.root if found is not None else None
    if (
        name is None
        or name.head.lemma_.lower() not in _GIVING
        or name.dep_ not in {"dobj", "nsubjpass", "nsubj", "dative"}
    ):
        return None
    verb = name.head
    nouns = [
        word
        for child in verb.rights
        if child.lower_ == "as" and child.dep_ == "prep"
        for word in child.children
        if word.dep_ == "pobj"
    ]
    nouns += [child for child in verb.rights if child.dep_ == "oprd"]
    head = next((noun for noun in nouns if noun.lower_ in load_role_nouns()), None)
    return (
        doc[head.left_edge.i : head.right_edge.i + 1]
        if head is not None and head.right_edge.i - head.left_edge.i < MAX_ROLE
        else None
    )
