"""The times of a claim: when it was said, and what day it is about."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from newsledger.lexicon.cues import load_cues
from newsledger.model.records import Attribution, Sentence, Span, TimeMention
from newsledger.nlp.claims.cover import Finder
from newsledger.nlp.claims.incidents import (
    find_incident,
    is_about,
    list_words,
    load_incident_nouns,
)
from newsledger.nlp.parse.parsed import ParsedText, Word
from newsledger.nlp.parse.verbs import verb_direction

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
_MODIFIERS = frozenset({"nummod", "compound", "amod"})
_BESIDE = frozenset({"before", "after", "following", "since"})
_CLOCKED = frozenset({"hour", "part_of_day"})  # "after noon on Sunday" is that Sunday
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_THEN = re.compile(r"(?:During|In|At|After) (?:that|this) (?:incident|attack|case|event|crash)\b")
_TOLD_REACH = 3  # sentences back to the day of "during that incident"
_MEANT = frozenset({"it", "this", "that"})
_MEANT_BY = frozenset({"the", "this", "that", "its", "their", "his", "her"})
_ASKED = frozenset({"should", "must"})  # "should begin today": at once
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

    def find_about(self, attribution: Attribution, root: "Word | None") -> TimeMention | None:
        """Find what time a content is about: a time under its governing verb, else the first one in
        its sentence."""
        spans = attribution.content_spans
        is_denied = root is not None and any(child.dep_ == "neg" for child in root.children)
        options = [
            time
            for time in map(_close if is_denied else _keep, self.times.inside(spans))
            if time.start_date and time.end_date and self._is_of_content(time, attribution, root)
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

    def _is_of_content(
        self, time: TimeMention, attribution: Attribution, root: "Word | None"
    ) -> bool:
        """Tell whether a time is that of what is said: not of the saying ("accused the firm on
        Thursday of hiding wells"), of a paper ("the 1898 case"), or of now ("we keep it today")."""
        piece = self.doc.char_span(time.start, time.end, alignment_mode="expand")
        if piece is None or not self._is_of_clause(time, attribution.content_spans):
            return False
        verb = _verb_over(piece.root)
        if root is not None and piece.root.sentence_no != root.sentence_no:
            return verb.pos_ in ("VERB", "AUX") and verb_direction(verb) == "past"
        goes_on = max(span.end for span in attribution.content_spans) - time.end > _ADJACENT
        if goes_on and any(span.start <= verb.idx < span.end for span in attribution.cue_spans):
            return False
        if time.precision == "year" and piece.root.dep_ in _MODIFIERS:
            return piece.root.head.lemma_.lower() in load_incident_nouns()
        is_now = time.text.lower() == "today" and verb.tag_ in ("VB", "VBP")
        is_asked = any(child.lower_ in _ASKED for child in verb.lefts)
        return not is_now or (verb_direction(verb) == "future" and not is_asked)

    def _is_of_clause(self, time: TimeMention, spans: Sequence[Span]) -> bool:
        """Tell whether a time is that of the whole content: not of a relative clause or a reason in
        it ("the lease, which expired in August, was renewed"), nor one it came before or after."""
        piece = self.doc.char_span(time.start, time.end, alignment_mode="expand")
        word = piece.root if piece is not None else None
        while word is not None and word.head is not word:
            if not any(span.start <= word.idx < span.end for span in spans):
                return True
            is_beside = word.dep_ == "prep" and word.lower_ in _BESIDE
            if word.dep_ in _ASIDE or (is_beside and time.precision not in _CLOCKED):
                return False
            word = word.head
        return True

    def find_day_before(self, attribution: Attribution, root: "Word | None") -> TimeMention | None:
        """Find the day of the event that the same sentence or the one before tells, for a content
        that speaks of it by "it" or by its word ("the launch was a failure"), or after "during that
        incident"."""
        spans = attribution.cue_spans or attribution.content_spans
        at = self.sentences.number_at(spans[0].start) if spans else 0
        here = self.sentences.items[at]
        first = min((span.start for span in attribution.content_spans), default=here.start)
        told = [Span(here.start, max(first, here.start))]
        before = self.sentences.items[at - 1] if at else here
        if at and before.paragraph_no == here.paragraph_no:
            told.append(Span(before.start, before.end))
        for span in told:
            times = [time for time in self.times.inside((span,)) if self._is_of_main_verb(time)]
            if len(times) == 1 and self._is_meant(span, root):
                return times[0]
        if _THEN.match(self.doc.text, here.start, here.end):
            return self._told_last(here)
        return None

    def _is_meant(self, span: Span, root: "Word | None") -> bool:
        """Tell whether the subject of a content stands for what a stretch of text tells."""
        subjects = [word for word in root.lefts if word.dep_ in _SUBJECTS] if root else []
        return any(
            word.lower_ in _MEANT
            or (
                any(left.lower_ in _MEANT_BY for left in word.lefts)
                and word.lemma_.lower() in list_words(self.doc, (span,))
            )
            for word in subjects
        )

    def _told_last(self, here: Sentence) -> TimeMention | None:
        """Find the last time told in the few sentences before one."""
        first = self.sentences.items[max(here.sentence_no - _TOLD_REACH, 0)].start
        times = [
            time
            for time in self.times.inside((Span(first, here.start),))
            if time.start_date and time.end_date
        ]
        return times[-1] if times else None

    def _is_of_main_verb(self, time: TimeMention) -> bool:
        """Tell a closed day, month or year of what a sentence tells as done."""
        piece = self.doc.char_span(time.start, time.end, alignment_mode="expand")
        if piece is None or not time.start_date or not time.end_date:
            return False
        verb = _verb_over(piece.root)
        return (
            verb.dep_ in ("ROOT", "conj")
            and verb.tag_ in ("VBD", "VBN")
            and not _is_of_speech(verb)
            and verb_direction(verb) == "past"
        )

    def find_incident_day(self, spans: Sequence[Span]) -> TimeMention | None:
        """Find the day of the article's incident for a content that speaks of it and names no time
        of its own."""
        is_dated = next(self.times.inside(spans), None) is not None
        if self.incident is None or is_dated or not is_about(self.doc, spans, self.incident):
            return None
        return self.incident.time


def _close(time: TimeMention) -> TimeMention:
    """Read "did not search it until October" as what was done that day or month."""
    end = time.end_date
    if end is None or time.start_date or time.rule not in ("until_day", "until_month"):
        return time
    is_day = time.rule == "until_day"
    start, precision = (end, "day") if is_day else (end.replace(day=1), "month")
    return replace(time, start_date=start, precision=precision)


def _keep(time: TimeMention) -> TimeMention:
    return time


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


def _is_of_speech(verb: "Word") -> bool:
    """Tell a verb of saying or publishing, whose day is no event's."""
    cue = load_cues().get((verb.lemma_.lower(), "verb"))
    return cue is not None or verb.lemma_.lower() in _RELEASING
