"""Attribution: who is said to have said, written, denied, believed what, by parse and quotation marks."""

from typing import TYPE_CHECKING

from newsledger.records import Attribution, Entity, Quotation

if TYPE_CHECKING:
    from spacy.tokens import Doc

ORIGIN = "attribution/0"


def find_attributions(doc: "Doc", quotations: tuple[Quotation, ...], entities: tuple[Entity, ...]) -> tuple[Attribution, ...]:
    """Find the attributions of a parsed document, in reading order."""
    return ()
