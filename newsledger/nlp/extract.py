"""From cleaned articles to what they say: one parse per article, then each component once, in this
order."""

import bisect
import dataclasses
import re
from collections import deque
from collections.abc import Iterable, Iterator
from itertools import accumulate
from typing import TYPE_CHECKING

from newsledger.model.enums import MentionType
from newsledger.model.records import ActorMention, Article, Extraction, Quotation, Sentence
from newsledger.nlp.attribution import choose as attribution
from newsledger.nlp.claims import build as claims
from newsledger.nlp.names import actors as aliases
from newsledger.nlp.names import entities
from newsledger.nlp.names import pronouns as coref
from newsledger.nlp.names.spelled_sources import find_spelled_sources
from newsledger.nlp.parse.parsed import ParsedText
from newsledger.nlp.parse.repeats import blank_repeats
from newsledger.nlp.parse.stream import parse_texts
from newsledger.nlp.places import mentions as places
from newsledger.nlp.quotes import marks as quotes
from newsledger.nlp.time import dates

_CLOSING_MARKS = frozenset("\"'”’»")

if TYPE_CHECKING:
    from spacy.tokens import Doc

ORIGIN = "sentences/2"
_BREAK = re.compile(r"(?<!\n)\n")


def extract_articles(articles: Iterable[Article]) -> Iterator[Extraction]:
    """Extract actors, places, times and claims from each article, in order.

    Articles that are not English or have no body come back empty.
    """
    waiting: deque[Article] = deque()

    def list_bodies() -> Iterator[str]:
        for article in articles:
            waiting.append(article)
            yield blank_repeats(article.body) if article.language == "en" else ""

    for doc in parse_texts(list_bodies()):
        yield extract_doc(doc, waiting.popleft())


def extract_doc(parsed: "Doc", article: Article) -> Extraction:
    """Run every component over one parsed article."""
    doc = ParsedText(parsed)
    quotations = quotes.find_quotations(doc.text)
    sentences = find_sentences(doc, quotations)
    names = entities.find_entities(doc)
    place_set = places.find_places(doc, names, article)
    actor_set = aliases.find_actors(doc, names, place_set, article)
    attributions = attribution.find_attributions(doc, quotations, names)
    actor_set = _add_mentions(actor_set, find_spelled_sources(doc.text, actor_set, attributions))
    actor_set = _add_mentions(
        actor_set, coref.resolve_pronouns(doc, actor_set, quotations, attributions)
    )
    times = dates.find_times(doc, article)
    claim_rows = claims.build_claims(
        doc, article, sentences, quotations, attributions, actor_set, place_set, times
    )
    return Extraction(
        article_id=article.article_id,
        sentences=sentences,
        entities=names,
        actors=actor_set.actors,
        actor_mentions=actor_set.mentions,
        locations=place_set.locations,
        location_mentions=place_set.mentions,
        times=times,
        quotations=quotations,
        claims=claim_rows,
    )


def _add_mentions(
    actor_set: aliases.ActorSet, mentions: tuple[ActorMention, ...]
) -> aliases.ActorSet:
    """Add mentions; a description that turned out to be somebody named is nobody else's."""
    told = {mention.end for mention in mentions if mention.mention_type == MentionType.ROLE}
    lost = {
        mention.article_actor_id
        for mention in actor_set.mentions
        if mention.mention_type == MentionType.ROLE and mention.end in told
    }
    kept = [
        mention
        for mention in actor_set.mentions
        if mention.mention_type != MentionType.ROLE or mention.end not in told
    ]
    ordered = sorted((*kept, *mentions), key=lambda mention: (mention.start, mention.end))
    lost -= {mention.article_actor_id for mention in ordered}
    actors = tuple(actor for actor in actor_set.actors if actor.article_actor_id not in lost)
    return dataclasses.replace(actor_set, actors=actors, mentions=tuple(ordered))


def _strip(text: str, start: int, end: int) -> tuple[int, int]:
    raw = text[start:end]
    return start + len(raw) - len(raw.lstrip()), end - (len(raw) - len(raw.rstrip()))


def _close(text: str, end: int) -> int:
    """The end of a sentence with the mark that closes its quotation, where the parser cut before
    it: `it was “over.” `."""
    has_mark = text[end : end + 1] in _CLOSING_MARKS and not text[end + 1 : end + 2].strip()
    return end + has_mark


def find_sentences(doc: "ParsedText", quotations: tuple[Quotation, ...]) -> tuple[Sentence, ...]:
    """List the sentences of a parsed document without surrounding white space; a line break ends a
    paragraph."""
    text = doc.text
    breaks = [found.start() for found in _BREAK.finditer(text)]
    pieces = sorted(piece for quotation in quotations for piece in quotation.pieces)
    piece_starts = [piece.start for piece in pieces]
    ends = list(accumulate((piece.end for piece in pieces), max))
    found: list[Sentence] = []
    taken = 0
    for span in doc.sents if doc.has_annotation("SENT_START") else ():
        start, end = _strip(text, max(span.start_char, taken), span.end_char)
        if start >= end:
            continue
        before = bisect.bisect_right(piece_starts, start)
        is_quoted = before > 0 and end <= ends[before - 1]
        taken = end = _close(text, end)
        found.append(
            Sentence(
                len(found),
                bisect.bisect_left(breaks, start),
                start,
                end,
                text[start:end],
                is_quoted,
            )
        )
    return tuple(found)
