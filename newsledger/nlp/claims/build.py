"""Claims: attributions with their chain of sources, time, certainty, quantities, actors and
places."""

import dataclasses
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from newsledger.model.enums import (
    ClaimActorRole,
    ClaimLocationRole,
    Construction,
    CueClass,
    CueStance,
    CueType,
    Form,
    QuotationKind,
    Tense,
)
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
from newsledger.nlp.claims.assess import assess_content, find_root
from newsledger.nlp.claims.caveats import CaveatFinder
from newsledger.nlp.claims.chain import ChainBuilder
from newsledger.nlp.claims.clauses import Clause, cut_clauses
from newsledger.nlp.claims.cover import Cover, Finder
from newsledger.nlp.claims.events import find_event, is_told_event
from newsledger.nlp.claims.passed_on import find_relays
from newsledger.nlp.claims.when import TimeFinder, is_told_as_done
from newsledger.nlp.names.actors import ActorSet
from newsledger.nlp.numbers.currencies import find_home
from newsledger.nlp.numbers.kinds import HARM
from newsledger.nlp.numbers.quantities import find_quantities
from newsledger.nlp.parse.parsed import ParsedText, Word
from newsledger.nlp.places.mentions import PlaceSet
from newsledger.nlp.time.dates import publication_day

ORIGIN = "claims/2"

# statements of the outlet rank below every claim that names a source; an order, not a probability
STATEMENT_SCORE = 0.3
NARRATION_SCORE = 0.2  # what else the outlet narrates: background, plans, states
_QUOTE_MARKS = (
    ("“", '"'), ("”", '"'), ("„", '"'), ("«", '"'), ("»", '"'), ("‘", "'"), ("’", "'"),
    ("\u00a0", " "),
)  # fmt: skip
_LEADING_THAT = re.compile(r"^that\s+")
_SUBJECTS = ("nsubj", "nsubjpass", "csubj")
_ACCUSING = frozenset({"accuse", "blame", "charge", "suspect", "convict"})  # of what was done


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
    relays = find_relays(attributions, builder.chains.speakers)
    claims = [builder.build(number) for number in range(len(attributions)) if number not in relays]
    return (*claims, *builder.build_statements(quotations))


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
        self.sentences = Finder(sentences)
        self.times = Finder(times)
        self.mentions = Finder(actor_set.mentions)
        places = tuple(
            sorted(
                (place for place in place_set.mentions if place.location_id),
                key=lambda place: (place.start, place.end),
            )
        )
        self.places = Finder(places)
        self.quantities = Finder(find_quantities(doc, sentences, times, places, find_home(article)))
        self.when = TimeFinder(doc, self.sentences, self.times, self.today)
        self.chains = ChainBuilder(doc, article, attributions, actor_set, sentences)
        self.caveats = CaveatFinder(self.text, self.sentences, attributions).assign()
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
        said = self.when.find_said(attribution)
        anchor = cue or min(attribution.content_spans, default=Span(0, 0))
        claim = Claim(
            claim_key=self._make_key(content, self.text[cue.start : cue.end] if cue else ""),
            attribution=attribution,
            sentence_no=self.sentences.number_at(anchor.start),
            content_text=content,
            speaker_article_actor_id=sources[0].article_actor_id if sources else None,
            sources=sources,
            caveat=self.caveats.get(number),
            said_start_date=said.start_date if said else None,
            said_end_date=said.end_date if said else None,
            said_precision=said.precision if said else None,
            attribution_no=number,
        )
        figures = self._own_quantities(number, attribution.content_spans)
        return self._complete(claim, figures)

    def _complete(self, claim: Claim, figures: tuple[Quantity, ...]) -> Claim:
        """Add the figures, and what is read from the content: time, certainty, actors, places."""
        spans = claim.attribution.content_spans
        root = find_root(self.doc, spans)
        about = self.when.find_about(claim.attribution, root) or self.when.find_fieldwork(
            claim.attribution
        )
        found = assess_content(self.text, claim.attribution, root, about, self.today)
        if about is None and not claim.is_statement:
            about = self.when.find_issued(claim.attribution, root) or self._told_elsewhere(
                claim.attribution, root, found.tense
            )
        return dataclasses.replace(
            claim,
            quantities=figures,
            polarity=found.polarity,
            certainty=found.certainty,
            hedges=found.hedges,
            tense=found.tense,
            about_start_date=about.start_date if about else None,
            about_end_date=about.end_date if about else None,
            about_precision=about.precision if about else None,
            article_actor_ids=self._about_actors(spans, root),
            location_ids=self._about_places(spans),
        )

    def _told_elsewhere(
        self, attribution: Attribution, root: "Word | None", tense: str
    ) -> TimeMention | None:
        """Find the day of an event that the article tells outside of the content."""
        spans = attribution.content_spans
        is_deed = attribution.cue_lemma.split(" ")[0] in _ACCUSING
        is_told = is_deed or is_told_as_done(root, tense)
        found = self.when.find_day_before(attribution, root) if is_told else None
        if found is None and tense != Tense.FUTURE and attribution.cue_class != CueClass.DECLINED:
            found = self.when.find_told_again(spans, root, is_told=is_told)
        return found or (self.when.find_incident_day(spans, root) if is_told else None)

    def _own_quantities(self, number: int, spans: Sequence[Span]) -> tuple[Quantity, ...]:
        """List the figures of a content without those of a claim nested in it: whoever says the
        inner claim says its figures."""
        inner = self.inner_spans.get(number, ())
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
            if is_subject or mention.article_actor_id not in found:
                found[mention.article_actor_id] = (
                    ClaimActorRole.SUBJECT if is_subject else ClaimActorRole.MENTIONED
                )
        return tuple(found.items())

    def _about_places(self, spans: Sequence[Span]) -> tuple[tuple[str, str], ...]:
        found: dict[str, str] = {}
        for place in self.places.inside(spans):
            if place.location_id and (place.is_focus or place.location_id not in found):
                found[place.location_id] = (
                    ClaimLocationRole.FOCUS if place.is_focus else ClaimLocationRole.MENTIONED
                )
        return tuple(found.items())

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
                if claim.tense != Tense.HYPOTHETICAL:
                    yield claim

    def _list_clauses(
        self, sentence: Sentence, event: "Word | None", said: "Cover"
    ) -> list[Clause]:
        """List the clauses of a sentence that nobody is named for. An event whose sentence cannot
        be cut is told by the whole of it."""
        clauses = [
            clause
            for clause in cut_clauses(self.doc, sentence, said.covers)
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
            Form.INDIRECT,
            CueClass.STATEMENT,
            CueStance.NEUTRAL,
            clause.verb.lemma_.lower(),
            Construction.STATEMENT if is_event else Construction.NARRATION,
            STATEMENT_SCORE if is_event else NARRATION_SCORE,
            CueType.NONE,
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
        claim = self._complete(claim, figures)
        if claim.tense == Tense.HISTORICAL and is_event:  # told as background
            background = dataclasses.replace(
                attribution, construction=Construction.NARRATION, score=NARRATION_SCORE
            )
            claim = dataclasses.replace(claim, attribution=background)
        return claim

    def _said_spans(self, quotations: tuple[Quotation, ...]) -> "Cover":
        spans = [
            span for item in self.attributions for span in (*item.content_spans, *item.cue_spans)
        ]
        return Cover(
            [
                *spans,
                *(
                    piece
                    for quotation in quotations
                    if quotation.kind == QuotationKind.SPEECH
                    for piece in quotation.pieces
                ),
            ]
        )


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
    if not joined.isascii():
        for mark, plain in _QUOTE_MARKS:
            joined = joined.replace(mark, plain)
    folded = " ".join(joined.split())
    return _LEADING_THAT.sub("", folded).strip(" ,;:—–") or folded


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
