"""Noun phrases without what hangs behind their nouns, as spaCy finds them for English."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from newsledger.nlp.parse.parsed import Word

_NOUNS = frozenset({"NOUN", "PROPN", "PRON"})
_ROLES = frozenset(  # of a noun that a phrase of its own stands around
    "oprd nsubj dobj nsubjpass pcomp pobj dative appos attr ROOT".split()
)


def list_noun_chunks(words: "Sequence[Word]") -> Iterator[tuple[int, "Word"]]:
    """List the first word of each phrase and its noun, which ends it. Phrases do not overlap."""
    behind = 0
    for word in words:
        if word.pos_ not in _NOUNS or (first := word.left_edge.i) < behind:
            continue
        head = word.head if word.dep_ == "conj" else word
        while head.dep_ == "conj" and head.head.i < head.i:
            head = head.head
        if head.dep_ in _ROLES:
            behind = word.i + 1
            yield first, word
