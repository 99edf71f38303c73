"""Claims: attributions with their chain of sources, time, certainty, quantities, actors and
places."""

import bisect
import dataclasses
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Generic, Protocol, TypeVar

from newsledger.model.ids import make_id
from newsledger.model.records import (
    Article,
    Attribution,
    Claim,
    Quantity,
    Quotation,
    Sentence,
    Span,
    TimeMention,
)
from newsledger.nlp.claims.assess import Caveat, assess_content, find_caveats, find_root
from newsledger.nlp.claims.chain import ChainBuilder
from newsledger.nlp.claims.clauses import Clause, cut_clauses
from newsledger.nlp.claims.events import find_event, is_told_event
from newsledger.nlp.claims.incidents import find_incident, is_about
from newsledger.nlp.names.actors import ActorSet
from newsledger.nlp.numbers.kinds import HARM
from newsledger.nlp.numbers.quantities import find_quantities
from newsledger.nlp.parse.parsed import ParsedText, Word
from newsledger.nlp.places.mentions import PlaceSet
from newsledger.nlp.time.dates import publication_day

ORIGIN = "claims/2"

# statements of the outlet rank below every claim that names a source; an order, not a probability
STATEMENT_SCORE = 0.3
NARRATION_SCORE = 0.2  # what else the outlet narrates: background, plans, states
_ADJACENT = 4  # characters between a time and the cue it belongs to: "said on Friday"
_CLIMB = 6  # heads between a time and its verb
_NAMED_NEAR = 30  # characters between "no evidence" and the claim it is for
# ", a claim the BBC has not been able to verify": after the content, though read as part of it
_ON_CLAIM = re.compile(
    r",\s+(?:an?|both|neither)\s+(?:\w+\s+)?(?:claims?|assertions?|allegations?"
    r"|accusations?|reports?|accounts?|figures?|numbers?|tolls?|versions?)\b[^.]*$"
    r"|,\s+(?:though|although|but|while|which)\s[^.,]*$"
)
_QUOTE_MARKS = str.maketrans(
    {"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", " ": " "}
)
_SUBJECTS = ("nsubj", "nsubjpass", "csubj")
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
_RELAYING_CUES = frozenset({"quote", "cite"})


class _Placed(Protocol):
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


_Item = TypeVar("_Item", bound=_Placed)


class _Finder(Generic[_Item]):
    """Find the items that begin inside a span, by bisection over items in reading order."""

    def __init__(self, items: Sequence[_Item]) -> None:
        self.items = items
        self.starts = [item.start for item in items]

    def inside(self, spans: Iterable[Span]) -> Iterator[_Item]:
        for start, end in spans:
            for item in self.items[
                bisect.bisect_left(self.starts, start) : bisect.bisect_left(self.starts, end)
            ]:
                if item.end <= end:
                    yield item

    def number_at(self, offset: int) -> int:
        """Number of the last item that begins at or before an offset; 0 where none does."""
        return max(bisect.bisect_right(self.starts, offset) - 1, 0)


def build_claims(
    doc: "ParsedText",
    article: Article,
    sentences: tuple[Sentence, ...],
    quotations: tuple[Quotation, ...],
    attributions: tuple[Attribution, ...],
    actor_set: ActorSet,
    place_set: PlaceSet,
    times: tuple[TimeMention, ...],
) -> tuple[Claim, ...]:
    """Complete the attributions of one article to claims, and add the outlet's own statements of
    events.

    `actor_set.mentions` holds the pronouns too when this is called.
    """
    if not sentences:
        return ()
    builder = _ClaimBuilder(doc, article, sentences, attributions, actor_set, place_set, times)
    relays = find_relays(attributions)
    claims = [builder.build(number) for number in range(len(attributions)) if number not in relays]
    return (*claims, *builder.build_statements(quotations))


def find_relays(attributions: tuple[Attribution, ...]) -> set[int]:
    """Find the attributions that only pass another one on: "SANA quoted an official as saying …" is
    the official's claim, not two."""
    return {
        inner.parent
        for inner in attributions
        if inner.parent is not None
        and inner.cue_lemma == "say"
        and attributions[inner.parent].cue_lemma in _RELAYING_CUES
    }


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


class _Cover:
    """Tell what lies inside any of some spans, which may overlap."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self.spans: list[Span] = []
        for start, end in sorted(spans):
            if self.spans and start <= self.spans[-1].end:
                self.spans[-1] = Span(self.spans[-1].start, max(end, self.spans[-1].end))
            else:
                self.spans.append(Span(start, end))

    def covers(self, offset: int) -> bool:
        at = bisect.bisect_right(self.spans, Span(offset, sys.maxsize)) - 1
        return at >= 0 and offset < self.spans[at].end


class _ClaimBuilder:
    def __init__(
        self,
        doc: "ParsedText",
        article: Article,
        sentences: tuple[Sentence, ...],
        attributions: tuple[Attribution, ...],
        actor_set: ActorSet,
        place_set: PlaceSet,
        times: tuple[TimeMention, ...],
    ) -> None:
        self.doc, self.article, self.attributions = doc, article, attributions
        self.text = doc.text  # built anew at every access
        self.today = publication_day(article)
        self.sentences = _Finder(sentences)
        self.times = _Finder(times)
        self.mentions = _Finder(actor_set.mentions)
        places = tuple(
            sorted(
                (place for place in place_set.mentions if place.location_id),
                key=lambda place: (place.start, place.end),
            )
        )
        self.places = _Finder(places)
        self.quantities = _Finder(find_quantities(doc, sentences, times, places))
        self.incident = find_incident(doc, sentences, times, self.today)
        self.chains = ChainBuilder(doc, article, attributions, actor_set, sentences)
        self.caveats = self._assign_caveats(find_caveats(sentences))
        self.inner_spans: dict[int, list[Span]] = {}
        for attribution in attributions:
            if attribution.parent is not None:
                self.inner_spans.setdefault(attribution.parent, []).extend(
                    attribution.content_spans
                )
        self.keys: Counter[str] = Counter()

    def build(self, number: int) -> Claim:
        """Complete one attribution."""
        attribution = self.attributions[number]
        sources = self.chains.build(number)
        content = normalise_content(self.text, attribution.content_spans)
        cue = attribution.cue_spans[0] if attribution.cue_spans else None
        said = self._find_said(attribution)
        anchor = cue or min(attribution.content_spans, default=Span(0, 0))
        claim = Claim(
            claim_key=self._make_key(content, self.text[cue.start : cue.end] if cue else ""),
            attribution=attribution,
            sentence_no=self.sentences.number_at(anchor.start),
            content_text=content,
            speaker_key=sources[0].actor_key if sources else None,
            sources=sources,
            caveat=self.caveats.get(number),
            said_start_date=said.start_date if said else None,
            said_end_date=said.end_date if said else None,
            said_precision=said.precision if said else None,
            attribution_no=number,
        )
        return self._complete(claim)

    def _complete(self, claim: Claim) -> Claim:
        """Add what is read from the content: time, certainty, quantities, actors and places."""
        spans = claim.attribution.content_spans
        root = find_root(self.doc, spans)
        about = self._find_about(spans, root)
        found = assess_content(self.text, claim.attribution, root, about, self.today)
        is_told = found.tense == "happened" or _would_have(root)
        if about is None and is_told and not claim.is_statement and not _is_up_to_now(root):
            about = self._find_incident_day(spans)
        return dataclasses.replace(
            claim,
            quantities=self._own_quantities(claim.attribution_no, spans),
            polarity=found.polarity,
            certainty=found.certainty,
            hedges=found.hedges,
            tense=found.tense,
            about_start_date=about.start_date if about else None,
            about_end_date=about.end_date if about else None,
            about_precision=about.precision if about else None,
            actor_keys=self._about_actors(spans, root),
            location_ids=self._about_places(spans),
        )

    def _own_quantities(self, number: int | None, spans: Sequence[Span]) -> tuple[Quantity, ...]:
        """List the figures of a content without those of a claim nested in it: whoever says the
        inner claim says its figures."""
        inner = self.inner_spans.get(number, ()) if number is not None else ()
        return tuple(
            figure
            for figure in self.quantities.inside(spans)
            if not any(span.start <= figure.start < span.end for span in inner)
        )

    def _make_key(self, content: str, cue: str) -> str:
        """Key a claim by article, content, cue and its ordinal among equals."""
        parts = f"{content}\x1f{cue}"
        self.keys[parts] += 1
        return make_id("clm", self.article.article_id, content, cue, self.keys[parts])

    # --- time
    # -----------------------------------------------------------------------------------------------------

    def _find_said(self, attribution: Attribution) -> TimeMention | None:
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

    def _find_about(self, spans: Sequence[Span], root: "Word | None") -> TimeMention | None:
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

    def _find_incident_day(self, spans: Sequence[Span]) -> TimeMention | None:
        """Find the day of the article's incident for a content that speaks of it and names no time
        of its own."""
        is_dated = next(self.times.inside(spans), None) is not None
        if self.incident is None or is_dated or not is_about(self.doc, spans, self.incident):
            return None
        return self.incident.time

    # --- who and where
    # --------------------------------------------------------------------------------------------

    def _about_actors(
        self, spans: Sequence[Span], root: "Word | None"
    ) -> tuple[tuple[str, str], ...]:
        subject = (
            next((child for child in root.children if child.dep_ in _SUBJECTS), None)
            if root is not None
            else None
        )
        found: dict[str, str] = {}
        for mention in self.mentions.inside(spans):
            is_subject = subject is not None and mention.start <= subject.idx < mention.end
            if is_subject or mention.actor_key not in found:
                found[mention.actor_key] = "subject" if is_subject else "mentioned"
        return tuple(found.items())

    def _about_places(self, spans: Sequence[Span]) -> tuple[tuple[str, str], ...]:
        found: dict[str, str] = {}
        for place in self.places.inside(spans):
            if place.location_id and (place.is_focus or place.location_id not in found):
                found[place.location_id] = "focus" if place.is_focus else "mentioned"
        return tuple(found.items())

    # --- caveats
    # --------------------------------------------------------------------------------------------------

    def _assign_caveats(self, caveats: Sequence[Caveat]) -> dict[int, str]:
        """Give each caveat to the claims of its own sentence before it, else of the sentence before
        in the same paragraph."""
        by_sentence: dict[int, list[int]] = {}
        for number, attribution in enumerate(self.attributions):
            if attribution.cue_class != "declined":
                spans = attribution.content_spans or attribution.cue_spans
                for at in {self.sentences.number_at(span.start) for span in spans}:
                    by_sentence.setdefault(at, []).append(number)
        found: dict[int, str] = {}
        for caveat in caveats:
            for number in self._claims_before(caveat, by_sentence):
                found.setdefault(number, caveat.text)
        return found

    def _claims_before(self, caveat: Caveat, by_sentence: dict[int, list[int]]) -> list[int]:
        here = by_sentence.get(caveat.sentence_no, ())
        same = [number for number in here if self._precedes(number, caveat)] or [
            n for n in here if self._is_named_by(n, caveat)
        ]
        if same or caveat.sentence_no == 0:
            return same
        sentences = self.sentences.items
        before = sentences[caveat.sentence_no - 1]
        if sentences[caveat.sentence_no].paragraph_no - before.paragraph_no > 1:
            return []
        return by_sentence.get(caveat.sentence_no - 1, [])

    def _precedes(self, number: int, caveat: Caveat) -> bool:
        spans = self.attributions[number].content_spans
        if not spans or min(spans).start >= caveat.start:
            return False
        inside = next((span for span in spans if span.start <= caveat.start < span.end), None)
        return (
            inside is None or _ON_CLAIM.search(self.text[inside.start : caveat.start]) is not None
        )

    def _is_named_by(self, number: int, caveat: Caveat) -> bool:
        """Tell the claim that a caveat speaks of: "gave no evidence for their assertion that …"."""
        cues = self.attributions[number].cue_spans
        return bool(cues) and 0 <= cues[0].start - caveat.end <= _NAMED_NEAR

    # --- the outlet's own statements
    # ------------------------------------------------------------------------------

    def build_statements(self, quotations: tuple[Quotation, ...]) -> Iterator[Claim]:
        """Make a claim by nobody of each clause that the outlet narrates and that no attribution
        covers; the construction keeps events apart from what else is narrated."""
        said = self._said_spans(quotations)
        for sentence in self.sentences.items:
            if sentence.is_quoted:
                continue
            span = Span(sentence.start, sentence.end)
            figures = [
                figure
                for figure in self.quantities.inside((span,))
                if not said.covers(figure.start)
            ]
            has_harm = any(figure.kind in HARM for figure in figures)
            event = find_event(self.doc, sentence, self.times.inside((span,)), has_harm, self.today)
            for clause in self._list_clauses(sentence, event, said):
                is_event = clause.verb is event or (event is None and is_told_event(clause.verb))
                own = tuple(
                    figure
                    for figure in self.quantities.inside(clause.spans)
                    if not said.covers(figure.start)
                )
                claim = self._build_statement(sentence, clause, own, is_event=is_event)
                if claim.tense != "hypothetical":
                    yield claim

    def _list_clauses(
        self, sentence: Sentence, event: "Word | None", said: "_Cover"
    ) -> list[Clause]:
        """List the clauses of a sentence that nobody is named for. An event whose sentence cannot
        be cut is told by the whole of it."""
        clauses = [
            clause
            for clause in cut_clauses(self.doc, sentence)
            if not said.covers(clause.verb.idx)
            and not any(said.covers(start) and said.covers(end - 1) for start, end in clause.spans)
        ]
        is_listed = event is None or any(clause.verb is event for clause in clauses)
        if not is_listed and event is not None and not said.covers(event.idx):
            clauses.append(Clause(event, (Span(sentence.start, sentence.end),), is_main=True))
        return clauses

    def _build_statement(
        self,
        sentence: Sentence,
        clause: Clause,
        figures: tuple[Quantity, ...],
        *,
        is_event: bool,
    ) -> Claim:
        attribution = Attribution(
            clause.spans,
            (),
            (),
            "indirect",
            "statement",
            "neutral",
            clause.verb.lemma_.lower(),
            "statement" if is_event else "narration",
            STATEMENT_SCORE if is_event else NARRATION_SCORE,
            "none",
        )
        content = normalise_content(self.text, clause.spans)
        claim = Claim(
            claim_key=self._make_key(content, ""),
            attribution=attribution,
            sentence_no=sentence.sentence_no,
            content_text=content,
            sources=self.chains.build_unattributed(),
            is_statement=True,
        )
        claim = dataclasses.replace(self._complete(claim), quantities=figures)
        if claim.tense == "historical" and is_event:  # told as background
            background = dataclasses.replace(
                attribution, construction="narration", score=NARRATION_SCORE
            )
            claim = dataclasses.replace(claim, attribution=background)
        return claim

    def _said_spans(self, quotations: tuple[Quotation, ...]) -> "_Cover":
        spans = [
            span for item in self.attributions for span in (*item.content_spans, *item.cue_spans)
        ]
        return _Cover(
            [
                *spans,
                *(
                    piece
                    for quotation in quotations
                    if quotation.kind == "speech"
                    for piece in quotation.pieces
                ),
            ]
        )


def _is_up_to_now(root: "Word | None") -> bool:
    """Tell "has not been found yet" from "was not found": no day of its own."""
    return root is not None and any(
        child.dep_ == "aux" and child.lower_ in {"has", "have"} for child in root.lefts
    )


def _would_have(root: "Word | None") -> bool:
    """Tell "would not have knocked it out": what did not happen then."""
    helpers = {child.lower_ for child in root.lefts if child.dep_ == "aux"} if root else set()
    return "have" in helpers and bool(helpers & {"would", "could", "might"})


def normalise_content(text: str, spans: Sequence[Span]) -> str:
    """Join the pieces of a content, fold quotation marks and white space, and drop outer marks,
    "that" and trailing commas.

    A piece that begins a new sentence after the cue (“We held,” she said. “It was close.”) is set
    apart by a full stop.
    """
    joined, last = "", None
    for start, end in sorted(spans):
        piece = _strip_piece(text[start:end])
        if last is not None:
            begins = (
                _SENTENCE_END.search(text[last:start])
                and piece[:1].isupper()
                and joined[-1:] not in {"", ".", "!", "?"}
            )
            joined += ". " if begins else " "
        joined, last = joined + piece, end
    folded = " ".join(joined.translate(_QUOTE_MARKS).split())
    return re.sub(r"^that\s+", "", folded).strip(" ,;:—–") or folded


def _strip_piece(piece: str) -> str:
    """Drop the marks around a quoted piece, but not those of a quotation inside of it."""
    stripped = piece.strip().strip(",;:").strip()
    opened, inner = stripped[:1], stripped[1:-1]
    if (
        len(stripped) > 2
        and opened in "“\"'‘"
        and stripped[-1] in "”\"'’"
        and not re.search(r"[“”\"]", inner)
    ):
        return inner.rstrip(",")
    if opened in '“"' and not re.search(r"[”\"]", stripped[1:]):
        return stripped[1:]
    return stripped


_SENTENCE_END = re.compile(r"[.!?]\s*$")
