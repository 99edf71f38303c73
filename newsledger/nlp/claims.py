"""Claims: attributions with their chain of sources, time, certainty, quantities, actors and places."""

from typing import TYPE_CHECKING

from newsledger.nlp.aliases import ActorSet
from newsledger.nlp.places import PlaceSet
from newsledger.records import Article, Attribution, Claim, Quotation, Sentence, TimeMention

if TYPE_CHECKING:
    from spacy.tokens import Doc

ORIGIN = "claims/0"


def build_claims(
    doc: "Doc",
    article: Article,
    sentences: tuple[Sentence, ...],
    quotations: tuple[Quotation, ...],
    attributions: tuple[Attribution, ...],
    actor_set: ActorSet,
    place_set: PlaceSet,
    times: tuple[TimeMention, ...],
) -> tuple[Claim, ...]:
    """Complete the attributions of one article to claims, and add the outlet's own statements of events.

    `actor_set.mentions` holds the pronouns too when this is called.
    """
    return ()
