"""Names in a text and their type: the model's entities made consistent over the document."""

from typing import TYPE_CHECKING

from newsledger.records import Entity

if TYPE_CHECKING:
    from spacy.tokens import Doc

ORIGIN = "entities/0"
LABELS = frozenset({"PERSON", "ORG", "NORP", "GPE", "LOC", "FAC"})


def find_entities(doc: "Doc") -> tuple[Entity, ...]:
    """Find the names of a parsed document, in reading order, not overlapping."""
    return tuple(Entity(e.start_char, e.end_char, e.text, e.label_) for e in doc.ents if e.label_ in LABELS)
