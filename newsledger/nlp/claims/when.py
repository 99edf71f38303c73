"""The times of a claim: when it was said, and what day it is about."""

from collections.abc import Sequence
from datetime import date

from newsledger.model.records import Attribution, Sentence, Span, TimeMention
from newsledger.nlp.claims.cover import Finder
from newsledger.nlp.claims.incidents import find_incident, is_about
from newsledger.nlp.parse.parsed import ParsedText, Word

_ADJACENT = 4  # characters between a time and the cue it belongs to: "said on Friday"
_CLIMB = 6  # heads between a time and its verb
_RELEASING = frozenset(
    {
        "post",
        "publish",
        "release",
        "issue",
        "broadcast",
        "air",
        "record",
        "send",
        "circulate",
        "share",
        "upload",
        "file",
        "give",
    }
)
_ASIDE = frozenset({"relcl", "advcl"})


class TimeFinder:
    """Find the times of one article's claims."""

    def __init__(
        self,
        doc: "ParsedText",
        sentences: Finder[Sentence],
        times: Finder[TimeMention],
        today: date | None,
    ) -> None:
        self.doc, self.sentences, self.times = doc, sentences, times
        self.incident = find_incident(doc, sentences.items, times.items, today)

    def find_said(self, attribution: Attribution) -> TimeMention | None:
        """Find when it was said: the time in the cue's sentence, outside the content, closest to
        the cue."""
        if not attribution.cue_spans:
            return None
        cue = attribution.cue_spans[0]
        sentence = self.sentences.items[self.sentences.number_at(cue.start)]
        options = [
            time
            for time in self.times.inside([Span(sentence.start, sentence.end)])
            if time.precision != "open"
            and not any(
                span.start < time.end and time.start < span.end
                for span in attribution.content_spans
            )
            and self._is_time_of(time, attribution)
        ]
        return min(
            options,
            key=lambda time: min(abs(time.start - cue.end), abs(cue.start - time.end)),
            default=None,
        )

    def _is_time_of(self, time: TimeMention, attribution: Attribution) -> bool:
        """Tell whether a time hangs on the cue: under it in the parse, or right beside cue or
        source."""
        piece = self.doc.char_span(time.start, time.end, alignment_mode="expand")
        verb = _verb_over(piece.root) if piece is not None else None
        is_cue = verb is not None and any(
            span.start <= verb.idx < span.end for span in attribution.cue_spans
        )
        if (
            verb is not None and not is_cue and verb.dep_ in ("acl", "relcl")
        ):  # "the man arrested on Friday said"
            return self._is_document_of(verb, attribution)
        around = (*attribution.cue_spans, *attribution.source_spans)
        is_beside = any(
            0 <= time.start - span.end <= _ADJACENT or 0 <= span.start - time.end <= _ADJACENT
            for span in around
        )
        return is_cue or is_beside or (verb is not None and self._is_document_of(verb, attribution))

    def _is_document_of(self, verb: "Word", attribution: Attribution) -> bool:
        """Tell "the report, published on Thursday, found": the verb's noun is the source, or the
        time climbed to it."""
        noun = verb.head if verb.lemma_.lower() in _RELEASING and verb.dep_ == "acl" else verb
        return any(
            span.start <= noun.idx < span.end for span in attribution.source_spans
        ) and noun.pos_ in ("NOUN", "PROPN")

    def find_about(self, spans: Sequence[Span], root: "Word | None") -> TimeMention | None:
        """Find what time a content is about: a time under its governing verb, else the first one in
        it."""
        options = [
            time
            for time in self.times.inside(spans)
            if time.start_date and time.end_date and self._is_of_clause(time, spans)
        ]
        if root is not None and len(options) > 1:
            below = {child.idx for child in root.children}
            for time in options:
                piece = self.doc.char_span(time.start, time.end, alignment_mode="expand")
                if piece is not None and (
                    piece.root.idx in below
                    or piece.root.head.idx in below
                    or piece.root.head.i == root.i
                ):
                    return time
        return options[0] if options else None

    def _is_of_clause(self, time: TimeMention, spans: Sequence[Span]) -> bool:
        """Tell whether a time is that of the whole content: not of a relative clause or a reason in
        it ("the lease, which expired in August, was renewed")."""
        piece = self.doc.char_span(time.start, time.end, alignment_mode="expand")
        word = piece.root if piece is not None else None
        while word is not None and word.head is not word:
            if not any(span.start <= word.idx < span.end for span in spans):
                return True
            if word.dep_ in _ASIDE:
                return False
            word = word.head
        return True

    def find_incident_day(self, spans: Sequence[Span]) -> TimeMention | None:
        """Find the day of the article's incident for a content that speaks of it and names no time
        of its own."""
        is_dated = next(self.times.inside(spans), None) is not None
        if self.incident is None or is_dated or not is_about(self.doc, spans, self.incident):
            return None
        return self.incident.time


def _verb_over(word: "Word") -> "Word":
    """Climb to the verb that governs a word; over "posted" in "said in a video posted late on
    Monday" to the one of the video."""
    for _ in range(_CLIMB):
        word = word.head
        if word.pos_ in ("VERB", "AUX") and not (
            word.dep_ == "acl" and word.lemma_.lower() in _RELEASING and word.head.dep_ == "pobj"
        ):
            break
    return word


def is_up_to_now(root: "Word | None") -> bool:
    """Tell "has not been found yet" from "was not found": no day of its own."""
    return root is not None and any(
        child.dep_ == "aux" and child.lower_ in {"has", "have"} for child in root.lefts
    )


def would_have(root: "Word | None") -> bool:
    """Tell "would not have knocked it out": what did not happen then."""
    helpers = {child.lower_ for child in root.lefts if child.dep_ == "aux"} if root else set()
    return "have" in helpers and bool(helpers & {"would", "could", "might"})
