"""What may be an attribution: every cue with a complement or a quotation, each reading a candidate
with structural features."""

from typing import TYPE_CHECKING

from newsledger.lexicon.cues import load_cues
from newsledger.model.records import Entity, Quotation
from newsledger.nlp.attribution.constructions import according, nouns, open_cues, page, verbs, words
from newsledger.nlp.attribution.constructions.document import Candidate, IndexedText, index_text
from newsledger.nlp.attribution.constructions.features import add_context
from newsledger.nlp.attribution.constructions.subjects import VERBS
from newsledger.nlp.parse.parsed import ParsedText, Word

if TYPE_CHECKING:
    from collections.abc import Iterable


_SHORT_PARTS = {"ADJ": "adjective", "ADV": "adverb"}


def find_candidates(
    doc: "ParsedText", quotations: tuple[Quotation, ...], entities: tuple[Entity, ...]
) -> list[Candidate]:
    """List the candidates of a parsed document."""
    if not len(doc) or not doc.has_annotation("DEP"):
        return []
    indexed = index_text(doc, quotations, entities)
    found: list[Candidate] = []
    cues = load_cues()
    for token in doc.words:
        part, low = token.pos_, token.lower_
        if part == "NOUN":
            is_cue = (token.lemma_.lower(), "noun") in cues
        elif part in _SHORT_PARTS:
            is_cue = (low, _SHORT_PARTS[part]) in cues
        else:
            is_cue = part in VERBS
        if is_cue or low in words.PHRASES or low in according.CUES:
            found += _readings_of(indexed, token)
    for find in (
        page.find_colons,
        page.find_headlines,
        page.find_credits,
        page.find_pull_quotes,
        page.find_posts,
        page.find_turns,
    ):
        found += find(indexed)
    add_context(indexed, found)
    return found


def _readings_of(indexed: IndexedText, token: "Word") -> "Iterable[Candidate]":
    """List what a token may be the cue of."""
    part, low, cues = token.pos_, token.lower_, load_cues()
    if part in VERBS:
        cue = cues.get((_lemma_of(token), "verb")) or open_cues.find_open_cue(indexed, token)
        if cue:
            yield from verbs.find_verb_readings(indexed, token, cue)
    elif part == "NOUN":
        if cue := cues.get((token.lemma_.lower(), "noun")):
            yield from nouns.find_noun_readings(indexed, token, cue)
    elif part == "ADJ":
        if cue := cues.get((low, "adjective")):
            yield from nouns.find_adjective_readings(indexed, token, cue)
    elif part == "ADV" and (cue := cues.get((low, "adverb"))):
        yield from words.find_adverb_readings(indexed, token, cue)
    if low in according.CUES:
        yield from according.find_according_readings(indexed, token)
    elif low in words.PHRASES:
        yield from words.PHRASES[low](indexed, token)


def _lemma_of(token: "Word") -> str:
    low = token.lower_
    return (
        "hope" if low in {"hopes", "hoped", "hoping"} else token.lemma_.lower()
    )  # the lemmatizer says "hop"
