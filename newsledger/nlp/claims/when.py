"""The times of a claim: when it was said, and what day it is about."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from newsledger.model.enums import DatePrecision, Tense
from newsledger.model.records import Attribution, Sentence, Span, TimeMention
from newsledger.nlp.claims.cover import Finder
from newsledger.nlp.claims.event_days import (
    RELEASING,
    EventDays,
    is_of_speech,
    verb_over,
)
from newsledger.nlp.claims.incidents import (
    find_incident,
    fold_word,
    is_about,
    list_words,
    load_harm_verbs,
    load_incident_nouns,
)
from newsledger.nlp.parse.parsed import ParsedText, Word
from newsledger.nlp.parse.verbs import verb_direction

_ADJACENT = 4  # characters between a time and the cue it belongs to: "said on Friday"
_MODIFIERS = frozenset({"nummod", "compound", "amod"})
_BESIDE = frozenset({"before", "after", "following", "since"})
_CLOCKED = frozenset(
    {DatePrecision.HOUR, DatePrecision.PART_OF_DAY}
)  # "after noon on Sunday" is that Sunday
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_THEN = re.compile(r"(?:During|In|At|After) (?:that|this) (?:incident|attack|case|event|crash)\b")
_TOLD_REACH = 3  # sentences back to the day of "during that incident"
_MEANT = frozenset({"this", "that"})
_HAPPENING = frozenset(
    {"be", "happen", "occur", "come", "take", "last", "kill", "cause"}
)  # "it was"
_PERSONS = frozenset({"he", "she"})
_MEANT_BY = frozenset({"the", "this", "that", "its", "their", "his", "her"})
_ASKED = frozenset({"should", "must"})  # "should begin today": at once
_MEANWHILE = frozenset({"when", "as", "while"})
_LIMITS = frozenset(
    {"than", "by", "until", "till"}
)  # "asked for answers by May 10" or "no later than"
_CLOSED = frozenset({"until_day", "until_day_after", "until_month"})
_POLLS = frozenset({"poll", "survey", "census", "questionnaire"})
_UNREAL = frozenset({"would", "could", "might"})
_TOLD_BY = frozenset(
    {"ROOT", "conj", "xcomp", "advcl"}
)  # "the US led, spending 980 million in 2025"
_ASIDE = frozenset({"relcl", "advcl"})
_PERFORMING = frozenset({"announce", "declare", "impose", "issue", "order"})


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
        self._told_in = -1  # the last sentence with a claim of the incident
        self.events = EventDays(doc, times.items, self.incident)

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
            if time.precision != DatePrecision.OPEN
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
        verb = verb_over(piece.root) if piece is not None else None
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
        noun = verb.head if verb.lemma_.lower() in RELEASING and verb.dep_ == "acl" else verb
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
        verb = verb_over(piece.root)
        if root is not None and piece.root.sentence_no != root.sentence_no:
            return verb.pos_ in ("VERB", "AUX") and verb_direction(verb) == "past"
        goes_on = max(span.end for span in attribution.content_spans) - time.end > _ADJACENT
        is_of_noun = piece.root.dep_ == "poss" or piece.root.head.lower_ in _LIMITS
        if (
            goes_on
            and not is_of_noun
            and any(span.start <= verb.idx < span.end for span in attribution.cue_spans)
        ):
            return False
        if time.precision == DatePrecision.YEAR and piece.root.dep_ in _MODIFIERS:
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
            if _is_aside(word) or (is_beside and time.precision not in _CLOCKED):
                return False
            word = word.head
        return True

    def find_told_again(
        self, spans: Sequence[Span], root: "Word | None", *, is_told: bool
    ) -> TimeMention | None:
        """Find the day of an event of the article that a content names or, where it tells what was
        done, tells again."""
        if next(self.times.inside(spans), None) is not None:
            return None
        found = self.events.find_named(root)
        return found or (self.events.find_again(spans) if is_told else None)

    def find_fieldwork(self, attribution: Attribution) -> TimeMention | None:
        """Find when people were asked: "according to a poll conducted in August"."""
        for time in self.times.inside(attribution.source_spans):
            piece = self.doc.char_span(time.start, time.end, alignment_mode="expand")
            verb = verb_over(piece.root) if piece is not None else None
            if (
                verb is not None
                and verb.dep_ == "acl"
                and verb.head.lemma_.lower() in _POLLS
                and verb.lemma_.lower() not in RELEASING
            ):
                return time
        return None

    def find_issued(self, attribution: Attribution, root: "Word | None") -> TimeMention | None:
        """Find the day of what is done by saying it: "declared an emergency on Monday"."""
        is_act = attribution.cue_lemma.split(" ")[0] in _PERFORMING
        is_thing = root is not None and root.pos_ == "NOUN" and not _has_subject(root)
        return self.find_said(attribution) if is_act and is_thing else None

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
        """Tell whether the subject of a content stands for what a stretch of text tells, or is a
        person of whom its words go on."""
        if root is None:
            return False
        told = list_words(self.doc, (span,))
        own = {fold_word(word.lemma_.lower()) for word in root.subtree if word.pos_ == "NOUN"}
        return any(
            word.lower_ in _MEANT
            or (word.lower_ == "it" and root.lemma_ in _HAPPENING)
            or (word.lower_ in _PERSONS and told & own)
            or (
                any(left.lower_ in _MEANT_BY for left in word.lefts)
                and fold_word(word.lemma_.lower()) in told
            )
            for word in root.lefts
            if word.dep_ in _SUBJECTS
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
        verb = verb_over(piece.root)
        return (
            verb.dep_ in _TOLD_BY
            and time.rule != "day_after"
            and not is_of_speech(verb)
            and _is_past(verb)
        )

    def find_incident_day(self, spans: Sequence[Span], root: "Word | None") -> TimeMention | None:
        """Find the day of the article's incident for a content that speaks of it and names no time
        of its own."""
        is_dated = next(self.times.inside(spans), None) is not None
        if self.incident is None or is_dated:
            return None
        sentence_no = self.sentences.number_at(spans[0].start)
        goes_on = sentence_no == self._told_in and _has_pronoun(root)
        if goes_on or is_about(self.doc, spans, root, self.incident):
            self._told_in = sentence_no
            return self.incident.time
        return None


def _is_aside(word: "Word") -> bool:
    """Tell a clause that tells another event than the one it stands in; "when a bus overturned" and
    "those killed on Sunday" tell the same."""
    if word.dep_ == "acl":
        return word.tag_ in ("VBN", "VBG") and word.lemma_.lower() not in load_harm_verbs()
    if word.dep_ == "advcl" and any(left.lower_ in _MEANWHILE for left in word.lefts):
        return verb_direction(word.head) != "past"
    return word.dep_ in _ASIDE


def _has_subject(root: "Word") -> bool:
    return any(word.dep_ in _SUBJECTS for word in root.lefts)


def _has_pronoun(root: "Word | None") -> bool:
    """Tell "…, but he said it was strong": a clause that goes on about the one before."""
    return root is not None and any(
        word.dep_ in _SUBJECTS and word.pos_ == "PRON" for word in root.lefts
    )


def _is_past(verb: "Word") -> bool:
    """Tell a verb that looks back; "spending 980 million in 2025" does as its year has gone."""
    return verb_direction(verb) == "past" or (verb.tag_ == "VBG" and verb.dep_ == "advcl")


def _close(time: TimeMention) -> TimeMention:
    """Read "did not search it until October" as what was done that day or month."""
    end = time.end_date
    if end is None or time.start_date or time.rule not in _CLOSED:
        return time
    is_month = time.rule == "until_month"
    start, precision = (
        (end.replace(day=1), DatePrecision.MONTH) if is_month else (end, DatePrecision.DAY)
    )
    return replace(time, start_date=start, precision=precision)


def _keep(time: TimeMention) -> TimeMention:
    return time


def is_told_as_done(root: "Word | None", tense: str) -> bool:
    """Tell what was done, went on then ("was dragging the child") or would have been ("would not
    have knocked it out") from what has come up to now ("has not been found yet") or is asked for
    ("for them to be brought to court")."""
    helpers = {child.lower_ for child in root.lefts if child.dep_ == "aux"} if root else set()
    if helpers & {"has", "have", "to"}:
        return bool(helpers & _UNREAL)
    is_of_then = root is not None and root.tag_ == "VBG" and bool(helpers & {"was", "were"})
    return tense == Tense.HAPPENED or is_of_then
