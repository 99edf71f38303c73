"""Names that a text may hold, and what is known of each: candidate spans with structural features.

Candidates are the model's entities, runs of capitalised words, runs joined by words such as "of" or
"bin", and the same without leading titles. Features tell the model's label, the kinds of words
inside and around, shape, position, dependency, gazetteer, word lists, likeness to known names (word
vectors) and what the rest of the document says of the same words. No feature is a content word of
the text.
"""

import functools
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from newsledger.lexicon.actors import fold, load_first_actors
from newsledger.lexicon.first_names import load_first_names
from newsledger.model.enums import EntityLabel
from newsledger.nlp.names.forms import load_name_heads, load_titles
from newsledger.nlp.names.roles import load_role_nouns
from newsledger.nlp.parse.parsed import ParsedText

if TYPE_CHECKING:
    pass
from newsledger.nlp.names.likeness import (
    Likeness,
    class_of,
    kind_of,
    load_likeness,
    shape_of,
    size_of,
)
from newsledger.nlp.names.text_view import MAX_DESCRIPTION, OVERLAP, Candidate, TextView

# --- features
# --------------------------------------------------------------------------------------------------


def list_features(view: TextView, candidate: Candidate) -> list[str]:
    """List the features of a candidate that are true; each is a name, most of them with a value."""
    words = candidate.key.split() or [candidate.key]
    size = str(min(candidate.last - candidate.first, 5))
    found = [
        "any",
        f"size={size}",
        f"model={candidate.label}",
        f"model={candidate.label} size={size}",
    ]
    _add_model(view, candidate, found)
    found += _word_features(
        view.text[candidate.start : candidate.end],
        candidate.key,
        candidate.label,
        load_likeness(view.doc.vocab),
    )
    _add_neighbours(view, candidate, found)
    _add_syntax(view, candidate, found)
    _add_document(view, candidate, words, found)
    return found


def _add_model(view: TextView, candidate: Candidate, found: list[str]) -> None:
    """What the model's entities are that lie across the span."""
    at_end = view.entity_at.get(candidate.last - 1)
    found.append(f"last word in={at_end[2] if at_end else 'none'}")
    if candidate.label != OVERLAP:
        return
    others = {
        view.entity_at[i] for i in range(candidate.first, candidate.last) if i in view.entity_at
    }
    for first, last, label in others:
        if first <= candidate.first and last >= candidate.last:
            side = (
                "left"
                if first == candidate.first
                else "right"
                if last == candidate.last
                else "middle"
            )
            found += (f"inside={label}", f"inside, {side}")
        elif first >= candidate.first and last <= candidate.last:
            side = (
                "left"
                if first == candidate.first
                else "right"
                if last == candidate.last
                else "middle"
            )
            found.append(f"around={label} {side}")
        else:
            found.append(f"across={label}")
    if len(others) > 1:
        found.append("several of the model's")


@functools.lru_cache(maxsize=100_000)
def _word_features(text: str, key: str, label: str, likeness: Likeness) -> tuple[str, ...]:
    """What the words of the span are: shape, head noun, first name, title, place, curated actor,
    likeness to known names."""
    words = key.split() or [key]
    several = len(words) > 1
    shape = shape_of(words[-1])
    found = [
        f"first shape={shape_of(words[0])}",
        f"last shape={shape}",
        f"model={label} last shape={shape} {several}",
    ]
    if not several and words[0].isupper():
        found += (f"capitals of {min(len(words[0]), 6)}", f"model={label} capitals")
    _add_lists([word.lower() for word in words], found)
    kind = kind_of(key)
    size = size_of(key) if len(words) <= 4 else "long"
    found += (
        f"gazetteer={kind}",
        f"model={label} gazetteer={kind}",
        f"place size={size}",
        f"model={label} place size={size}",
    )
    if seed := load_first_actors().get(fold(key)):
        found += (f"curated={seed.kind}", f"model={label} curated")
    last, last_fine = likeness.find(words[-1])
    first, first_fine = likeness.find(words[0])
    found += (
        f"last like={last_fine}",
        f"model={label} last like={last}",
        f"first like={first_fine}",
        f"like={first}, {last} {min(len(words), 3)}",
    )
    if any(word[0].islower() for word in text.split()):
        found += ("lower-case inside", f"model={label} lower-case inside")
    if _MARKED.search(text):
        found += (name for name, marks in _MARKS if any(mark in text for mark in marks))
    return tuple(found)


def _add_lists(lower: Sequence[str], found: list[str]) -> None:
    """What word lists say of the words: first name, title, role, head noun."""
    several, heads = len(lower) > 1, load_name_heads()
    found.append(f"first name={lower[0].strip('.') in load_first_names()} {several}")
    at = next((i for i, word in enumerate(lower) if i and word in {"of", "for"}), None)
    if at:
        found.append("has of")
    head = lower[(at or len(lower)) - 1].strip(".,")
    found += (
        f"head={heads.get(head, 'none')} {several}",
        f"first word={heads.get(lower[0], 'none')} {several}",
    )
    if head not in heads and any(heads.get(word) == "organisation" for word in lower):
        found.append("organisation noun inside")
    if head in load_role_nouns():
        found.append(f"head=role {several}")
    if lower[0].strip(".") in load_titles():
        found.append("begins with title")


_MARKS = (
    ("comma inside", ","), ("marks inside", "()\"“”:"), ("line break inside", "\n"),
    ("address", ("/", "http", ".com")), ("digit inside", "0123456789"),
    ("apostrophe inside", "'’"),
)  # fmt: skip
_MARKED = re.compile("|".join(re.escape(mark) for _, marks in _MARKS for mark in marks))


def _add_neighbours(view: TextView, candidate: Candidate, found: list[str]) -> None:
    """What stands before and after the span."""
    doc, first, last, label = view.doc.words, candidate.first, candidate.last, candidate.label
    before = class_of(doc[first - 1]) if first else "start"
    after = class_of(doc[last]) if last < len(doc) else "end"
    before2 = class_of(doc[first - 2]) if first > 1 else "start"
    after2 = class_of(doc[last + 1]) if last + 1 < len(doc) else "end"
    found += (
        f"before={before}", f"after={after}", f"model={label} before={before}",
        f"model={label} after={after}",
        f"before={before2}", f"before={before2}, {before}", f"after={after}, {after2}",
    )  # fmt: skip
    is_start = doc[first].is_sent_start
    left = first > 0 and view.is_name_like(first - 1) and not doc[first - 1].is_sent_start
    right = last < len(doc) and view.is_name_like(last)
    found += (f"capital before={left} model={label}", f"capital after={right} model={label}")
    if is_start:
        found += ("opens sentence", f"opens sentence model={label}")
    if first and view.words[first - 1] == "-" and view.starts[first - 1] + 1 == view.starts[first]:
        found.append("hyphen before")
    if last < len(doc) and view.words[last] == "-" and view.end(last) == view.starts[last]:
        found.append("hyphen after")
    opener, closer = (
        view.words[first - 1] if first else "",
        view.words[last] if last < len(doc) else "",
    )
    if opener == "(":
        found.append(f"in brackets={closer == ')'}")
    elif opener and opener in "“\"‘'" and closer and closer in "”\"’',.":
        found.append("quoted")
    if closer == "," and after2 == "who":
        found.append("who follows")
    elif noun := describe_candidate(view, candidate):
        found.append(f"described as={noun}")
    line = view.line_class(candidate.start)
    found += (f"line={line}", f"line={line} model={label}")


_ARTICLES = frozenset({"a", "an", "the"})


def describe_candidate(view: TextView, candidate: Candidate) -> str | None:
    """The class of the noun that describes a candidate behind a comma; "place noun" for "X, a town
    in …"."""
    doc, last = view.doc, candidate.last
    is_described = (
        last + 1 < len(doc) and view.words[last] == "," and doc[last + 1].lower_ in _ARTICLES
    )
    return _described_as(doc, last + 2) if is_described else None


def _described_as(doc: "ParsedText", start: int) -> str | None:
    """The class of the noun of a description behind a comma: "X, a small company in …"."""
    for i in range(start, min(start + MAX_DESCRIPTION, len(doc))):
        token = doc[i]
        if token.is_punct or token.is_space or token.tag_ in {"IN", "VBD", "VBZ"}:
            return None
        if token.tag_ in {"NN", "NNS"} and (
            i + 1 == len(doc) or doc[i + 1].tag_ not in {"NN", "NNS", "NNP"}
        ):
            return class_of(token)
    return None


def _add_syntax(view: TextView, candidate: Candidate, found: list[str]) -> None:
    """Parts of speech, and the word the span depends on."""
    span = view.doc[candidate.first : candidate.last]
    root, label = span.root, candidate.label
    tag = span[-1].tag_
    found += (
        f"first tag={span[0].tag_}",
        f"last tag={tag}",
        f"model={label} last tag={tag}",
        f"dependency={root.dep_}",
    )
    head = root.head
    if root.dep_ == "pobj":
        word = head.lower_ if head.is_stop else "other"
        found += (
            f"preposition={word}",
            f"preposition={word} model={label} {len(span) == 1}",
            f"preposition after={class_of(head.head)}",
        )
    elif root.dep_ in _TOLD:
        found += (
            f"dependency={root.dep_}, {class_of(head)}",
            f"dependency={root.dep_} model={label}",
        )
    for child in root.children:
        if child.i < candidate.last:
            continue
        if child.dep_ == "relcl":
            found.append(
                "who follows"
                if any(word.lower_ == "who" for word in child.children)
                else "clause follows"
            )
            break


_TOLD = frozenset(
    {"nsubj", "nsubjpass", "dobj", "poss", "appos", "compound", "conj", "attr", "nmod"}
)


def _add_document(
    view: TextView, candidate: Candidate, words: Sequence[str], found: list[str]
) -> None:
    """What the rest of the document says of the same words."""
    label, key = candidate.label, candidate.key
    others = (
        [(count - (name == label), name) for name, count in view.labels_of[key].items()]
        if key in view.labels_of
        else []
    )
    count, top = max(others, default=(0, ""))
    if count:
        total = sum(count for count, _ in others)
        found += (
            f"document={top} {count == total} {min(total, 4)}",
            f"document={top} model={label}",
        )
    else:
        found.append("document=none")
    if len(words) == 1:
        if key in view.surnames:
            found += ("surname of the document", f"surname of the document model={label}")
        elif key in view.first_words[EntityLabel.PERSON]:
            found += ("first name of the document", f"first name of the document model={label}")
        if key in view.first_words[EntityLabel.ORG]:
            found.append("begins an organisation of the document")
    if words[-1].lower() in view.lower:
        found += (
            f"also in lower case {len(words) > 1}",
            f"also in lower case model={label} {len(words) > 1}",
        )
    if key in view.acronyms:
        found.append("acronym")
    if key in view.long_forms:
        found.append("long form of an acronym")
