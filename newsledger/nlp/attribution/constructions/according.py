"""Who told it, by a preposition: "according to X, …", "per X, …"."""

import re
from collections.abc import Iterator
from typing import Any

from newsledger.lexicon.cues import load_cues
from newsledger.model.enums import Construction, EntityLabel
from newsledger.model.records import Span
from newsledger.nlp.attribution.conjuncts import is_report
from newsledger.nlp.attribution.constructions.document import Candidate, IndexedText, end_of
from newsledger.nlp.attribution.constructions.features import make_candidate
from newsledger.nlp.attribution.constructions.subjects import VERBS
from newsledger.nlp.attribution.source_spans import find_source
from newsledger.nlp.parse.parsed import Phrase, Word

CUES = frozenset({"according", "per"})
MOST_WORDS = 14  # of a source whose end only a comma tells
_NOUNS = {"NOUN", "PROPN", "PRON"}
_DETERMINING = {"DET", "PRON"}
_TURNS = frozenset("although but though whereas while".split())
_OPENER = re.compile(
    r"(?:\A|[\s—–])(?:[Aa]lthough|[Aa]nd|[Bb]ecause|[Bb]ut|including|[Tt]hough|[Ww]hereas|[Ww]hile"
    r"|[Yy]et), \Z"
)
_TURN = re.compile(r",? (?:however|meanwhile|though|moreover|in turn),? ")
MOST_OPENER = 12  # code points of the longest one
_MANNERS = frozenset(
    "ability age budget custom height need plan preference schedule season size taste "
    "weight".split()
)


def find_according_readings(indexed: IndexedText, token: "Word") -> Iterator[Candidate]:
    """Read "according to X, …" and, at the beginning of a sentence, "per X, …"."""
    found = _find_told_by(indexed, token)
    if found is None:
        return
    to, source, comma = found
    if source.lemma_.lower() in _MANNERS:
        return  # "according to the needs of the mill"
    last = next(
        (child for child in reversed(list(token.rights)) if child.dep_ in {"pobj", "appos"}), to
    )  # an apposition may hang here, and where the parse fails, all that is said
    behind = indexed.text[end_of(last.right_edge) : token.sent.end_char]
    if token.is_sent_start and not behind.strip(" .\n"):
        last = to
    sentence, start = token.sent, token.idx
    end = min(max(end_of(source.right_edge), end_of(last.right_edge)), comma)
    speaker = find_source(indexed.doc, indexed.text, source, token)
    speaker = tuple(Span(one.start, min(one.end, comma)) for one in speaker)
    if speaker and (name := _find_name_behind(indexed, end)) is not None:
        speaker, end = (Span(speaker[0].start, name.end),), name.end
    rest = Span(end, _end_before_report(sentence, source.right_edge.i))
    if turn := _TURN.match(indexed.text, *rest):
        rest = Span(turn.end(), rest.end)
    content = _list_around(indexed, Span(sentence.start_char, start), rest)
    common: dict[str, Any] = {
        "verb": token,
        "cue": load_cues()["according", "preposition"],
        "subject": source,
        "relation": "pobj",
        "is_passive": False,
    }
    yield make_candidate(
        indexed,
        Construction.ACCORDING_TO,
        content,
        speaker,
        (Span(start, end_of(to)),),
        **common,
    )


def _list_around(indexed: IndexedText, front: Span, rest: Span) -> tuple[Span, ...]:
    """List what stands around a source and is told by it."""
    is_apart = front.end > front.start and _belongs_to_source(indexed, rest)
    spans = [front] if is_apart else [front, rest]
    if not is_apart and follows_opener(indexed, front.end):
        spans = [rest]
    spans = [_take_quote(indexed, span) for span in spans]
    content = tuple(
        span for span in spans if span.end - span.start > (3 if span.start == front.start else 25)
    )
    return content or tuple(span for span in spans if span.end - span.start > 3)


def follows_opener(indexed: IndexedText, offset: int) -> bool:
    """Whether who told it is put in behind the word that opens what is told: "but, according to
    her memoirs, | she had"; there nothing before it is told."""
    return _OPENER.search(indexed.text, max(0, offset - MOST_OPENER), offset) is not None


def _find_told_by(indexed: IndexedText, token: "Word") -> tuple["Word", "Word", int] | None:
    """The last word of a cue, the noun of its source, and the offset that the source does not pass:
    the first comma, where the parse makes the source a part of the clause behind it."""
    doc = indexed.doc
    to = token
    if token.lower_ != "per":
        behind = doc[token.i + 1] if token.i + 1 < len(doc) else token
        near = (child for child in token.children if child.lower_ == "to" and child.i > token.i)
        to = next(near, behind)
        if to.lower_ != "to":
            return None
    noun = next((child for child in to.children if child.dep_ in {"pobj", "pcomp"}), None)
    if to is not token and noun is not None:
        return to, noun, len(indexed.text)
    if not token.is_sent_start:
        return None
    sentence = token.sent
    comma = next((word for word in sentence if word.text == "," and word.i > to.i + 1), None)
    if comma is None or comma.i - to.i > MOST_WORDS:
        return None
    inner = range(to.i + 1, comma.i)
    noun = next(
        (doc[i] for i in inner if doc[i].head.i not in inner and doc[i].pos_ in _NOUNS), None
    )
    if noun is None or (to is token and not _begins_source(doc[to.i + 1])):
        return None
    return to, noun, comma.idx


def _begins_source(first: "Word") -> bool:
    """Whether a source may begin with a word behind "per": a unit ("per hour") and the rest of a
    person's name ("Per Holm, the mayor, …") do not."""
    return first.pos_ in _DETERMINING or first.tag_ == "NNS" or first.ent_type_ == EntityLabel.ORG


def _find_name_behind(indexed: IndexedText, end: int) -> Span | None:
    """The name between commas behind a source: "According to a doctor, | Ana Lund, | the clinic is
    full"."""
    if not indexed.text.startswith(", ", end):
        return None
    opened = indexed.doc.char_span(end + 2, end + 3, alignment_mode="expand")
    last = opened[0] if opened is not None else None
    if last is None or last.ent_type_ != EntityLabel.PERSON:
        return None
    while last.i + 1 < len(indexed.doc) and indexed.doc[last.i + 1].ent_iob_ == "I":
        last = indexed.doc[last.i + 1]
    name = Span(end + 2, end_of(last))
    is_apart = (
        indexed.text.startswith(", ", name.end) and " " in indexed.text[name.start : name.end]
    )
    return name if is_apart else None


def _belongs_to_source(indexed: IndexedText, rest: Span) -> bool:
    """Whether the words behind a source only tell more of it: "…, according to Ana Lund | from the
    county police"."""
    piece = indexed.doc.char_span(*rest, alignment_mode="contract")
    words = [word for word in piece or () if not word.is_space]
    return bool(words) and words[0].pos_ == "ADP" and all(word.pos_ not in VERBS for word in words)


def _take_quote(indexed: IndexedText, span: Span) -> Span:
    """A span with the whole of a quotation that it ends inside."""
    for mark in indexed.marks:
        if span.start <= mark.start < span.end < mark.end:
            return Span(span.start, mark.end)
    return span


def _end_before_report(sentence: "Phrase", last: int) -> int:
    """Where a sentence ends, or the part of it before somebody else's words: "…; its owner says it
    was rammed", "…, though a third insisted …"."""
    words = sentence.doc
    for token in sentence:
        if token.i <= last or not is_report(token):
            continue
        first = next(
            (child.left_edge for child in token.lefts if child.dep_ in {"nsubj", "nsubjpass"}),
            token,
        )
        if words[first.i - 1].lower_ in _TURNS:
            first = words[first.i - 1]
        before = words[first.i - 1]
        if before.text == ";" or (before.text == "," and first.lower_ in _TURNS):
            return before.idx
    return sentence.end_char
