"""Pronouns: he, she, they, it, and I/we inside a quotation, by gender, number, salience and recency."""

from typing import TYPE_CHECKING

from newsledger.nlp.aliases import ActorSet
from newsledger.records import ActorMention, Attribution, Quotation

if TYPE_CHECKING:
    from spacy.tokens import Doc

ORIGIN = "coref/0"


def resolve_pronouns(
    doc: "Doc", actor_set: ActorSet, quotations: tuple[Quotation, ...], attributions: tuple[Attribution, ...]
) -> tuple[ActorMention, ...]:
    """Find the actors that pronouns stand for; a pronoun whose actor is unsure is left out."""
    return ()
