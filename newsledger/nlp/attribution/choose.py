"""Attribution: who is said to have said, written, denied, believed what, by parse and quotation
marks.

`candidates.py` lists what may be an attribution, each with the construction that made it and
structural features. Here the candidates are weighed (logistic weights in
`attribution_weights.json`, learned by `benchmarks/train_attribution.py`), and the best of those
that compete for a cue, a quotation or a stretch of text are kept.
"""

import dataclasses
import json
import math
from collections import defaultdict
from functools import cache

from newsledger import paths
from newsledger.model.enums import Construction, CueClass, CueStance, Form
from newsledger.model.records import Attribution, Entity, LostReading, Quotation, Span
from newsledger.nlp.attribution.candidates import find_candidates
from newsledger.nlp.attribution.constructions.document import Candidate
from newsledger.nlp.attribution.content_ends import settle_content
from newsledger.nlp.attribution.non_claims import is_claim
from newsledger.nlp.attribution.source_spans import Variant, find_variants
from newsledger.nlp.attribution.whole_readings import index_whole, take_whole
from newsledger.nlp.parse.parsed import ParsedText
from newsledger.nlp.quotes.interviews import has_turns
from newsledger.nlp.quotes.marks import list_marks
from newsledger.nlp.quotes.untagged import SURE, find_voices
from newsledger.nlp.reader import model as reader
from newsledger.nlp.reader import votes
from newsledger.nlp.reader.reading import Reading

ORIGIN = "attribution/2"
WEIGHTS = paths.LEARNED / "attribution_weights.json"
# by cross-validation held-out F1 of speech is flat between 0.38 and 0.52; higher means fewer wrong
# speakers
THRESHOLD = 0.5
# annotators mark every second "wants", "plans", "agreed to": held-out F1 is flat between 0.27 and
# 0.42
ATTITUDE_THRESHOLD = 0.45
# "…, who warned of delays": rare, and right in two of five between this and the other threshold
RELATIVE_THRESHOLD = 0.3
# "Harbour camp: Plan is dead" as headline: rare, and right in four of five between this and the
# other threshold
COLON_THRESHOLD = 0.3
# "Police said a witness had told them …": one of three between this and the other is annotated,
# which leaves F1 as it is
NESTED_THRESHOLD = 0.3
CELL = 400  # code points
SAME_CONTENT = 0.7  # share of the longer content; two attributions over it compete


@cache
def load_weights() -> dict[str, float]:
    """Read the weights by feature name, those of the second reader's votes among them."""
    return {
        name: value
        for path in (WEIGHTS, reader.VOTES)
        if path.exists()
        for name, value in json.loads(path.read_text("utf-8")).items()
    }


def find_attributions(
    doc: "ParsedText",
    quotations: tuple[Quotation, ...],
    entities: tuple[Entity, ...],
    reading: Reading | None = None,
) -> tuple[Attribution, ...]:
    """Find the attributions of a parsed document, in reading order.

    `reading` is what the second reader says of it; by default it is asked where it is on.
    """
    weighed = weigh_candidates(doc, quotations, entities)
    if reading is None and reader.is_on():
        reading = reader.read_text(doc, quotations, weighed)
    if reading is not None:
        weighed = hear_reader(doc, reading, weighed)
    kept, text = choose(weighed), doc.text
    for _, candidate in kept:
        candidate.source = choose_cut(list_sources(doc, text, candidate))
    kept += [
        (SURE, voice)
        for voice in find_voices(doc, text, quotations, [candidate for _, candidate in kept])
    ]
    kept.sort(
        key=lambda pair: (pair[1].content[0].start, pair[1].cue[0].start if pair[1].cue else 0)
    )
    chosen = {id(candidate) for _, candidate in kept}
    lost: dict[object, list[tuple[float, Candidate]]] = defaultdict(
        list
    )  # by cue and by stretch of text
    for pair in weighed:
        for key in (pair[1].group, *_cells(pair[1])) if id(pair[1]) not in chosen else ():
            lost[key].append(pair)
    found = [
        _attribution_of(score, candidate, _find_rivals(candidate, lost))
        for score, candidate in kept
    ]
    return tuple(_link_nested(found))


def weigh_candidates(
    doc: "ParsedText", quotations: tuple[Quotation, ...], entities: tuple[Entity, ...]
) -> list[tuple[float, Candidate]]:
    """List the candidates that may be claims, with their ends and probability."""
    candidates, marks = find_candidates(doc, quotations, entities), list_marks(quotations)
    settle_ends(doc, marks, candidates)
    is_interview = has_turns(doc.text)
    return [
        (weigh(candidate), candidate)
        for candidate in candidates
        if is_claim(doc, marks, candidate, is_interview=is_interview)
    ]


def hear_reader(
    doc: "ParsedText", reading: Reading, weighed: list[tuple[float, Candidate]]
) -> list[tuple[float, Candidate]]:
    """Weigh candidates anew with the second reader's vote."""
    return [
        (hear_vote(doc.text, reading, score, candidate), candidate) for score, candidate in weighed
    ]


def hear_vote(text: str, reading: Reading, score: float, candidate: Candidate) -> float:
    """Give a candidate the ends that the second reader sees, and the probability with its vote."""
    facts = take_vote(text, reading, score, candidate)
    weights = load_weights()
    shift = sum(weights.get(name, 0.0) * value for name, value in facts.items())
    return probability_of(log_odds_of(score) + votes.soften(shift)) if facts else score


def take_vote(text: str, reading: Reading, score: float, candidate: Candidate) -> dict[str, float]:
    """Take the facts of the second reader's vote, on the content with the ends that it sees."""
    if votes.is_unlearned(candidate):
        return {}
    further = votes.find_further(text, reading, candidate)
    if further != candidate.content:
        candidate.content, candidate.vote = further, "ends are the reader's, "
    facts = votes.vote(reading, candidate, log_odds_of(score))
    candidate.vote += votes.describe(facts)
    return facts


def probability_of(total: float) -> float:
    """Probability of log-odds."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


def log_odds_of(score: float) -> float:
    """Log-odds of a probability."""
    share = min(max(score, 1e-6), 1 - 1e-6)
    return math.log(share / (1 - share))


def settle_ends(doc: "ParsedText", marks: list[Span], candidates: list[Candidate]) -> None:
    """Give the content of every reading its beginning and end."""
    for candidate in candidates:
        if candidate.cue_index >= 0 and candidate.form != Form.DIRECT:
            candidate.content = settle_content(
                doc, marks, candidate.content, doc[candidate.cue_index], candidate.construction
            )
    _leave_tags(candidates)


def _leave_tags(candidates: list[Candidate]) -> None:
    """End what is said inside a sentence before the tag that closes it: "pleaded guilty to theft |,
    the court announced"."""
    for tag in candidates:
        is_tag = tag.construction in {Construction.CLOSING_TAG, Construction.CLAUSE}
        if not is_tag or tag.is_quoted or not tag.source or not tag.cue:
            continue
        said, first = tag.content[-1], min(tag.source[0].start, tag.cue[0].start)
        for inner in candidates if said.end <= first else ():
            last = inner.content[-1]
            if inner.form == Form.DIRECT or inner is tag:
                continue
            if said.start < last.start < said.end <= first < last.end:
                inner.content = (*inner.content[:-1], Span(last.start, said.end))


def weigh(candidate: Candidate) -> float:
    """Probability that a candidate is an attribution."""
    return max(candidate.floor, probability_of(_add_up(candidate)))


def _add_up(candidate: Candidate) -> float:
    weights = load_weights()
    return sum([weights.get(name, 0.0) * value for name, value in candidate.features.items()])


def list_sources(doc: "ParsedText", text: str, candidate: Candidate) -> list[Variant]:
    """List the cuts of a candidate's source that leave its content alone."""
    first, *others = find_variants(doc, text, candidate.source, candidate.cue_index)
    return [
        first,
        *(
            other
            for other in others
            if not any(_meet(piece, span) for piece in candidate.content for span in other.spans)
        ),
    ]


def choose_cut(variants: list[Variant]) -> tuple[Span, ...]:
    """Take the cut of a source or content that the weights favour."""
    weights = load_weights()
    return max(
        variants, key=lambda variant: sum(weights.get(name, 0.0) for name in variant.features)
    ).spans


def _meet(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def choose(weighed: list[tuple[float, Candidate]]) -> list[tuple[float, Candidate]]:
    """Keep the best candidate of each cue, and of those that claim the same content."""
    kept: list[tuple[float, Candidate]] = []
    groups: set[tuple[int, str]] = set()
    by_start: dict[int, list[Candidate]] = {}
    whole = index_whole(pair for pair in weighed if pair[0] >= _threshold_of(pair[1]))
    for margin, score, candidate in _rank(weighed):
        if margin < 0:
            break
        if candidate.group in groups:
            continue
        score, candidate = take_whole(score, candidate, whole.get(candidate.group, ()))
        cells = _cells(candidate)
        rivals = {id(rival): rival for cell in cells for rival in by_start.get(cell, ())}
        if any(
            _overlap(candidate.content, rival.content) > SAME_CONTENT
            and not _is_chain(candidate, rival)
            for rival in rivals.values()
        ):
            continue
        groups.add(candidate.group)
        kept.append((score, candidate))
        for cell in cells:
            by_start.setdefault(cell, []).append(candidate)
    kept = [pair for pair in kept if not _is_told_twice(pair[1], kept)]
    read = {pair[1].content[0].start for pair in kept if pair[1].construction != Construction.COLON}
    return [
        pair
        for pair in kept
        if pair[1].construction != Construction.COLON or pair[1].content[0].start not in read
    ]


def _is_told_twice(outer: Candidate, kept: "list[tuple[float, Candidate]]") -> bool:
    """Whether "he said" only closes a sentence that has named him: "Lund said the road was shut,
    *he said*"."""
    if outer.is_subordinate or not outer.source or not outer.cue or outer.form == Form.DIRECT:
        return False
    first, last = outer.content[0], outer.content[-1]
    is_closing = last.end < outer.cue[0].start and outer.is_pronoun
    return is_closing and any(
        inner is not outer
        and inner.cue
        and not inner.is_pronoun
        and first.start <= inner.cue[0].start < inner.content[0].start < last.end
        and abs(inner.content[-1].end - last.end) <= 1
        for _, inner in kept
    )


def _rank(weighed: list[tuple[float, Candidate]]) -> list[tuple[float, float, Candidate]]:
    """Sort the candidates by how far they stand above the threshold of their kind."""
    margins = [(score - _threshold_of(candidate), score, candidate) for score, candidate in weighed]
    return sorted(margins, key=lambda item: (-item[0], item[2].cue_index, item[2].construction))


def _threshold_of(candidate: Candidate) -> float:
    if candidate.cue_class == CueClass.ATTITUDE:
        return ATTITUDE_THRESHOLD
    is_unsure = candidate.is_quoted or candidate.is_mute or not candidate.source
    if candidate.is_nested and candidate.cue_class == CueClass.SPEECH and not is_unsure:
        return NESTED_THRESHOLD
    if candidate.leads_page:
        return COLON_THRESHOLD
    return RELATIVE_THRESHOLD if candidate.is_relative else THRESHOLD


def _is_chain(one: Candidate, other: Candidate) -> bool:
    """Whether one attribution lies wholly inside the other's content: a source that quotes another
    source, not itself ("voiced fears that")."""
    if {one.stance, other.stance} > {CueStance.DENIAL} and one.source != other.source:
        return True  # "was accused of theft, which he denied"
    return one.source != other.source and any(
        inner.cue
        and any(
            span.start <= inner.cue[0].start and inner.cue[-1].end <= span.end
            for span in outer.content
        )
        for inner, outer in ((one, other), (other, one))
    )


def _overlap(one: tuple[Span, ...], other: tuple[Span, ...]) -> float:
    shared = 0
    for start, end in one:
        for first, last in other:
            if start < last and first < end:
                shared += min(end, last) - max(start, first)
    if not shared:
        return 0.0
    return shared / max(sum([a.end - a.start for a in one]), sum([b.end - b.start for b in other]))


def _cells(candidate: Candidate) -> range:
    """Stretches of the text that a content reaches into; two that share none do not overlap."""
    return range(candidate.content[0].start // CELL, candidate.content[-1].end // CELL + 1)


def _find_rivals(
    kept: Candidate, lost: dict[object, list[tuple[float, Candidate]]]
) -> list[tuple[float, Candidate]]:
    """List the readings that lost against a kept one, best first."""
    near = {
        id(pair[1]): pair
        for key in (kept.group, *_cells(kept))
        for pair in lost.get(key, ())
        if _is_rival(pair[1], kept)
    }
    return sorted(near.values(), key=lambda pair: -pair[0])


def _is_rival(lost: Candidate, kept: Candidate) -> bool:
    """Whether a reading lost against a kept one: another reading of its cue, or of what it takes as
    content."""
    if lost.group == kept.group:
        return True
    return _overlap(lost.content, kept.content) > SAME_CONTENT and not _is_chain(lost, kept)


def _attribution_of(
    score: float, candidate: Candidate, lost: list[tuple[float, Candidate]]
) -> Attribution:
    return Attribution(
        content_spans=candidate.content,
        source_spans=candidate.source,
        cue_spans=candidate.cue,
        form=candidate.form,
        cue_class=candidate.cue_class,
        cue_stance=candidate.stance,
        cue_lemma=candidate.lemma,
        construction=candidate.construction,
        score=round(score, 3),
        cue_type=candidate.cue_type,
        is_negated=candidate.is_negated,
        vote=candidate.vote,
        losers=tuple(
            LostReading(rival.construction, round(value, 3), rival.content, rival.source)
            for value, rival in lost
        ),
    )


def _link_nested(found: list[Attribution]) -> list[Attribution]:
    """Name the smallest attribution whose content holds another one's cue as its parent."""
    waiting = sorted(
        (span.start, span.end, number)
        for number, outer in enumerate(found)
        for span in outer.content_spans
    )
    sizes = [sum(span.end - span.start for span in outer.content_spans) for outer in found]
    parents: dict[int, int] = {}
    inside: list[tuple[int, int, int]] = []  # contents begun and not ended before the cue
    at = 0
    cued = [number for number, inner in enumerate(found) if inner.cue_spans]
    for number in sorted(cued, key=lambda number: found[number].cue_spans[0].start):
        start, end = found[number].cue_spans[0].start, found[number].cue_spans[-1].end
        while at < len(waiting) and waiting[at][0] <= start:
            inside.append(waiting[at])
            at += 1
        inside = [piece for piece in inside if piece[1] > start]
        holders = [piece[2] for piece in inside if piece[1] >= end and piece[2] != number]
        if holders:
            parents[number] = min(holders, key=lambda holder: (sizes[holder], holder))
    return [
        dataclasses.replace(inner, parent=parents.get(number)) for number, inner in enumerate(found)
    ]
