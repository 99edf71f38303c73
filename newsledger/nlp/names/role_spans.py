"""Where a role stands beside a name: "police chief Ana Lund", "Ana Lund, the Observatory's chief,",
"elected Ana Lund as prime minister"."""

import re

from newsledger.lexicon.source_words import find_word_class
from newsledger.model.enums import WordClass
from newsledger.nlp.names.roles import is_title, load_role_nouns, owns_noun, role_head
from newsledger.nlp.parse.parsed import ParsedText, Phrase, Word

_LINKS = frozenset({"of", "for", "the", "and", "&", "’s", "'s"})
_PEOPLE = frozenset(
    {WordClass.PERSON, WordClass.OFFICIAL, WordClass.EXPERT, WordClass.EYEWITNESS}
)  # classes of source words
_SERVING = frozenset({"lawyer", "attorney"})  # groups of roles whose person may be the one served
MAX_ROLE = 12  # words of a role between a mark and the comma before the name
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


_MARKS = frozenset("()[]–—")


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
    if last < 0:
        return None
    head = last if doc[last].lower_ in load_role_nouns() else _find_head_of_office(doc, last)
    if head is None:
        return None
    first = head
    while (
        first > 0
        and last - first < MAX_ROLE
        and doc[first - 1].sent == doc[last].sent
        and _belongs(doc[first - 1])
    ):
        first -= 1
    return doc[_find_first_word(doc, first, head) : last + 1]


def _find_first_word(doc: "ParsedText", first: int, head: int) -> int:
    """Find where a role begins behind what is none of it: "(CNN) | President", "-year-old |
    mayor", "'s | chief"."""
    marks = (at for at in range(head - 1, first - 1, -1) if doc[at].text in _MARKS)
    first = next(marks, first - 1) + 1
    while first < head and (not doc[first].text[0].isalnum() or doc[first].lower_ == "old"):
        first += 1
    return first


def _find_head_of_office(doc: "ParsedText", last: int) -> int | None:
    """Find the noun of an office that its holder's name follows without a comma: "the President of
    the Republic | Ana Lund"; not of "the wife of singer | Omar Tal"."""
    if find_word_class(doc[last].lemma_.lower()) in _PEOPLE or doc[last].tag_ == "POS":
        return None
    for at in range(last, max(last - MAX_ROLE, 0), -1):
        word = doc[at]
        if word.lower_ in {"of", "for"} and doc[at - 1].lower_ in load_role_nouns():
            is_office = at < last and load_role_nouns()[doc[at - 1].lower_][0] not in _SERVING
            return at - 1 if is_office else None
        is_inside = word.lower_ in _LINKS or word.pos_ in {"PROPN", "NOUN", "ADJ"}
        if not is_inside or word.lower_ in load_role_nouns():
            return None
    return None


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


_ROLE_BEHIND = re.compile(r", (?P<role>(?:the |an? )?[^,.;\n]{3,90}?)(?=[,.;\n]|$)")


def find_role_after(doc: "ParsedText", text: str, end: int) -> "Phrase | None":
    """Find the role behind a name: "X, the Observatory’s chief,"."""
    if not text.startswith(", ", end):
        return None
    match = _ROLE_BEHIND.match(text[end : end + 110])
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
        (token for token in span if token.lower_ in load_role_nouns() and not owns_noun(token)),
        None,
    )
    if head is not None and _is_owner(head, span):
        return None  # "X, President Lund's lawyers told the court"
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


def _is_owner(word: "Word", span: "Phrase") -> bool:
    """Tell a word inside of who owns something: "President" of "President Lund's lawyers"."""
    while word.dep_ != "poss":
        if word.head is word or not span.start <= word.head.i < span.end:
            return False
        word = word.head
    return True


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
