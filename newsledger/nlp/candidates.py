"""What may be an attribution: every cue with a complement or a quotation, each reading a candidate with structural features."""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from newsledger.nlp.cues import Cue, load_cues
from newsledger.records import Entity, Quotation, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

NEAR_BEFORE = 140  # code points from a quotation's end to a cue after it: "…,” the longtime mayor of the town said"
NEAR_AFTER = 160  # from a cue to a quotation after it: "he said on Tuesday in a radio interview, “…"
VOICE_PARAGRAPHS = 3  # a quotation without a cue belongs to a speaker named at most so many paragraphs above
_SENTENCE_END = re.compile(r"(?<!\b[A-Z])(?<!\b(?:Mr|Ms|Dr|St|Lt|Jr|Sr))(?<!\b(?:Mrs|Sen|Rep|Gov|Gen|Col|Sgt|Rev))[.!?][”\"’']?\s")
_COLON = re.compile(r"(?m)^(?P<source>[A-Z][\w .’'-]{1,60}?)(?P<cue>:) (?=[“\"‘'A-Z])(?P<content>[^\n]{12,})$")
_CREDIT = re.compile(
    r"(?m)^(?P<content>[^\n]{3,400}?[.!?”\"]) (?:File )?(?P<cue>Image|Photo|Picture|Photograph|Credit|Video|Audio|Graphic)(?: by|:) (?P<source>[^\n]{2,60}?)\.?$"
)
_NO_SOURCE_WORDS = frozenset(
    "warning update updated correction note watch video photos photo read more source sources analysis opinion exclusive live breaking review".split()
)
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
_OBJECT_PREPOSITIONS = frozenset("about for on to of with against in as into over from that at".split())
_VERBS = frozenset({"VERB", "AUX"})


@dataclass(slots=True)
class Candidate:
    """A reading of one cue (or of a quotation without one). Spans are code points; `cue_index` is a token, -1 without cue."""

    group: tuple[int, str]
    construction: str
    content: tuple[Span, ...]
    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    cue_index: int
    lemma: str
    cue_class: str
    stance: str
    form: str = "indirect"
    is_negated: bool = False
    features: dict[str, float] = field(default_factory=dict)


@dataclass(slots=True)
class Scene:
    """A document with what the search looks up again and again."""

    doc: "Doc"
    text: str
    speech: list[Span]  # pieces of speech quotations
    quote_of: list[int]  # index into `speech` by token, -1 outside
    marks: list[Span]  # pieces of all quotations
    paragraph_of: list[int]  # by token
    entity_of: dict[int, str]  # label by token
    spoken: set[int] = field(default_factory=set)  # pieces that a candidate with a cue has taken


def find_candidates(doc: "Doc", quotations: tuple[Quotation, ...], entities: tuple[Entity, ...]) -> list[Candidate]:
    """List the candidates of a parsed document."""
    if not len(doc) or not doc.has_annotation("DEP"):
        return []
    scene = _set_scene(doc, quotations, entities)
    found: list[Candidate] = []
    cues = load_cues()
    for token in doc:
        part = token.pos_
        if part in _VERBS:
            cue = cues.get((token.lemma_.lower(), "verb"))
            if cue:
                found += _verb_candidates(scene, token, cue)
        elif part == "NOUN":
            if cue := cues.get((token.lemma_.lower(), "noun")):
                found += _noun_candidates(scene, token, cue)
        elif part == "ADJ":
            if cue := cues.get((token.lower_, "adjective")):
                found += _adjective_candidates(scene, token, cue)
        elif part == "ADV" and (cue := cues.get((token.lower_, "adverb"))):
            found += _adverb_candidates(scene, token, cue)
        if token.lower_ == "according":
            found += _according_candidates(scene, token, cues["according", "preposition"])
    found += _colon_candidates(scene)
    found += _credit_candidates(scene)
    found += _voice_candidates(scene, found)
    _add_context(scene, found)
    return found


def _set_scene(doc: "Doc", quotations: tuple[Quotation, ...], entities: tuple[Entity, ...]) -> Scene:
    text = doc.text
    speech = [piece for quotation in quotations if quotation.kind == "speech" for piece in quotation.pieces]
    marks = [piece for quotation in quotations for piece in quotation.pieces]
    quote_of, paragraph_of, entity_of = [-1] * len(doc), [0] * len(doc), {}
    piece = paragraph = position = 0
    waiting = iter(sorted(entities, key=lambda entity: entity.start))
    entity = next(waiting, None)
    for token in doc:
        start = token.idx
        paragraph += text.count("\n", position, start)
        position = start
        paragraph_of[token.i] = paragraph
        while piece < len(speech) and speech[piece].end <= start:
            piece += 1
        if piece < len(speech) and speech[piece].start <= start:
            quote_of[token.i] = piece
        while entity and entity.end <= start:
            entity = next(waiting, None)
        if entity and entity.start <= start:
            entity_of[token.i] = entity.label
    return Scene(doc, text, speech, quote_of, marks, paragraph_of, entity_of)


def _end(token: "Token") -> int:
    return token.idx + len(token)


def _subtree(token: "Token") -> Span:
    return Span(token.left_edge.idx, _end(token.right_edge))


# --- verbs ----------------------------------------------------------------------------------------------------------------


def _verb_candidates(scene: Scene, verb: "Token", cue: Cue) -> Iterator[Candidate]:
    subject, relation = _find_subject(verb)
    is_passive = any(child.dep_ in {"auxpass", "nsubjpass"} for child in verb.children)
    source = _source_span(scene, subject, verb) if subject is not None else ()
    cue_span = _verb_span(verb)
    clauses = [child for child in verb.children if child.dep_ == "ccomp"]
    infinitives = [child for child in verb.children if child.dep_ == "xcomp"]
    objects = [
        child for child in verb.children
        if child.i > verb.i and (child.dep_ in {"dobj", "attr", "acomp", "oprd"} or (child.dep_ == "prep" and child.lower_ in _OBJECT_PREPOSITIONS))
    ]  # fmt: skip
    near = _near_quotes(scene, verb, subject) if cue.cue_class == "speech" else []
    common = {"verb": verb, "cue": cue, "subject": subject, "relation": relation, "is_passive": is_passive}
    as_clause = verb.dep_ in {"advcl", "ccomp", "parataxis"} and any(
        child.dep_ in {"mark", "advmod"} and child.lower_ == "as" and child.i < verb.i for child in verb.children
    )
    if as_clause:
        yield _make(scene, "as clause", _around(scene, verb), source, cue_span, **common)
    if verb.dep_ == "parataxis" or (verb.dep_ == "conj" and verb.head.pos_ in _VERBS and not clauses and near):
        yield _make(scene, "parenthesis", _around(scene, verb), source, cue_span, **common)
    if clauses:
        content = _clause_content(scene, verb, subject, clauses)
        yield _make(scene, "clause", _with_quotes(scene, content, near), source, cue_span, **common)
        if near:
            yield _make(scene, "quotation", _quotes_only(scene, near), source, cue_span, **common)
    elif near:
        yield _make(scene, "quotation", _quotes_only(scene, near), source, cue_span, **common)
        if objects:
            yield _make(scene, "object and quotation", _with_quotes(scene, [_cover(objects)], near), source, cue_span, **common)
    if infinitives:
        name = "passive infinitive" if is_passive else "infinitive"
        people = [child for child in objects if child.dep_ == "dobj" and child.i < infinitives[0].i]
        yield _make(scene, name, _split_at(scene, [_subtree(infinitives[0])], verb), source, cue_span, **common)
        if people and not is_passive:
            yield _make(scene, "object infinitive", _split_at(scene, [_cover([*people, infinitives[0]])], verb), source, cue_span, **common)
        if is_passive and subject is not None:
            whole = [_subtree(subject), _subtree(infinitives[0])]
            agent = _agent_span(scene, verb)
            yield _make(scene, "passive clause", _split_at(scene, whole, verb), agent, cue_span, **common)
    if objects and not clauses:
        yield _make(scene, "object", _split_at(scene, [_cover(objects)], verb), source, cue_span, **common)
    if is_passive and subject is not None and relation in {"nsubjpass", "nsubj"} and not infinitives:
        rest = [child for child in verb.children if child.i > verb.i and child.dep_ in {"prep", "oprd", "ccomp", "advcl"}]
        agent = _agent_span(scene, verb)
        yield _make(
            scene, "passive", _split_at(scene, [_subtree(subject), *(_subtree(child) for child in rest)], verb), agent, cue_span, **common
        )
    if verb.tag_ == "VBN" and verb.dep_ == "acl":
        agent = _agent_span(scene, verb)
        if agent:
            head = verb.head
            yield _make(scene, "participle by", (Span(head.left_edge.idx, _end(head)),), agent, cue_span, **common)


def _find_subject(verb: "Token", depth: int = 0) -> tuple["Token | None", str]:
    """Find who does it: own subject, agent of a passive, or the subject that a conjunct, gerund, infinitive or relative clause shares."""
    passive = None
    for child in verb.children:
        if child.dep_ == "nsubj":
            if child.lower_ in {"who", "that", "which"} and verb.dep_ == "relcl" and child.lower_ != "who":
                return verb.head, "relative"
            return child, "nsubj"
        if child.dep_ == "nsubjpass":
            passive = child
        if child.dep_ == "agent":
            agent = next((grand for grand in child.children if grand.dep_ == "pobj"), None)
            if agent is not None:
                return agent, "agent"
    if passive is not None:
        return passive, "nsubjpass"
    if depth > 3 or verb.head is verb:
        return None, "none"
    head = verb.head
    if verb.dep_ == "conj" and head.pos_ in _VERBS:
        found, relation = _find_subject(head, depth + 1)
        return found, f"conj {relation}" if depth == 0 else relation
    if verb.dep_ in {"advcl", "xcomp", "ccomp", "pcomp"} and verb.tag_ in {"VBG", "VB", "VBN"}:
        anchor = head.head if verb.dep_ == "pcomp" else head
        if anchor.pos_ in _VERBS:
            found, _ = _find_subject(anchor, depth + 1)
            return found, "control"
        return (None, "none")
    if verb.dep_ == "acl" and verb.tag_ in {"VBG", "VB"}:
        return head, "acl"
    return None, "none"


def _verb_span(verb: "Token") -> tuple[Span, ...]:
    helpers = [child for child in verb.children if child.dep_ in {"aux", "auxpass", "neg"} and child.i < verb.i and verb.i - child.i <= 4]
    start = min([child.idx for child in helpers] or [verb.idx])
    return (Span(start, _end(verb)),)


def _source_span(scene: Scene, subject: "Token", verb: "Token") -> tuple[Span, ...]:
    """The noun phrase of a source without relative clauses behind it; the head alone where the phrase would hold the cue."""
    start, end = subject.left_edge.idx, _end(subject.right_edge)
    for child in subject.children:
        if child.i > subject.i and (
            child.dep_ in {"relcl", "acl"} or (child.dep_ == "appos" and child.right_edge.i - child.left_edge.i > 9)
        ):
            end = min(end, _end(scene.doc[child.left_edge.i - 1]))
    if start <= verb.idx < end:
        near = [
            child
            for child in subject.lefts
            if child.dep_ in {"det", "compound", "amod", "poss", "nummod", "nmod"} and not child.i <= verb.i < subject.i
        ]
        start, end = min([child.left_edge.idx for child in near] or [subject.idx]), _end(subject)
    line_start = scene.text.rfind("\n", start, subject.idx) + 1
    line_end = scene.text.find("\n", subject.idx, end)
    return _trim(scene.text, max(start, line_start), end if line_end < 0 else line_end)


def _agent_span(scene: Scene, verb: "Token") -> tuple[Span, ...]:
    for child in verb.children:
        if child.dep_ == "agent" or (child.dep_ == "prep" and child.lower_ == "by"):
            for grand in child.children:
                if grand.dep_ == "pobj":
                    return _source_span(scene, grand, verb)
    return ()


def _clause_content(scene: Scene, verb: "Token", subject: "Token | None", clauses: list["Token"]) -> list[Span]:
    spans: list[Span] = []
    for clause in clauses:
        start, end = _subtree(clause)
        if start <= verb.idx < end:
            left, right = verb.idx, _end(verb)
            if subject is not None and subject.sent == verb.sent and not (start <= subject.left_edge.idx and abs(subject.i - verb.i) > 12):
                left, right = min(left, subject.left_edge.idx), max(right, _end(subject.right_edge))
            spans += [span for span in (Span(start, left), Span(right, end)) if span.end - span.start > 2]
        else:
            spans.append(Span(start, end))
    return spans


def _split_at(scene: Scene, spans: list[Span], verb: "Token") -> tuple[Span, ...]:
    """Take the cue out of spans that hold it."""
    pieces = []
    for start, end in spans:
        if start <= verb.idx < end:
            pieces += [span for span in (Span(start, verb.idx), Span(_end(verb), end)) if span.end - span.start > 2]
        else:
            pieces.append(Span(start, end))
    return tuple(pieces)


def _around(scene: Scene, verb: "Token") -> tuple[Span, ...]:
    """The sentence without the clause of the cue: content of "as X said" and "…, X said, …"."""
    sentence = verb.sent
    start, end = _subtree(verb)
    if verb.dep_ == "conj":
        start = verb.idx
    if end - start > 0.7 * (sentence.end_char - sentence.start_char):
        return ()
    return tuple(span for span in (Span(sentence.start_char, start), Span(end, sentence.end_char)) if span.end - span.start > 3)


def _cover(tokens: list["Token"]) -> Span:
    return Span(min(token.left_edge.idx for token in tokens), max(_end(token.right_edge) for token in tokens))


# --- quotations -----------------------------------------------------------------------------------------------------------


def _near_quotes(scene: Scene, verb: "Token", subject: "Token | None") -> list[int]:
    """Speech quotations of the verb's paragraph that stand right before or after the cue, and those that go on from them."""
    if scene.quote_of[verb.i] >= 0:
        return []
    text, paragraph = scene.text, scene.paragraph_of[verb.i]
    clause_start = min(verb.idx, subject.idx if subject is not None else verb.idx)
    clause_end = max(_end(verb), _end(subject) if subject is not None else 0)
    before = after = None
    for number, piece in enumerate(scene.speech):
        if piece.end <= clause_start:
            if (
                clause_start - piece.end < NEAR_BEFORE
                and "\n" not in text[piece.end : clause_start]
                and not _SENTENCE_END.search(text[piece.end : verb.idx])
            ):
                before = number
        elif piece.start >= verb.idx:
            gap = text[clause_end : piece.start] if piece.start >= clause_end else ""
            if piece.start - clause_end < NEAR_AFTER and "\n" not in gap and (not _SENTENCE_END.search(gap) or before is not None):
                after = number
            break
    del paragraph
    found = [number for number in (before, after) if number is not None]
    if after is not None:
        last = after
        while last + 1 < len(scene.speech):
            gap = text[scene.speech[last].end : scene.speech[last + 1].start]
            if "\n" in gap or len(gap) > 3:
                break
            last += 1
            found.append(last)
    return found


def _quotes_only(scene: Scene, numbers: list[int]) -> tuple[Span, ...]:
    return tuple(scene.speech[number] for number in numbers)


def _with_quotes(scene: Scene, spans: list[Span] | tuple[Span, ...], near: list[int]) -> tuple[Span, ...]:
    """Join clause and quotations; a span that ends inside a quotation takes it whole."""
    pieces = [Span(*_snap(scene, span)) for span in spans]
    for number in near:
        quote = scene.speech[number]
        if not any(piece.start <= quote.start and quote.end <= piece.end for piece in pieces):
            pieces.append(quote)
    pieces.sort()
    joined: list[Span] = []
    for piece in pieces:
        if joined and piece.start <= joined[-1].end + 1:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, piece.end))
        else:
            joined.append(piece)
    return tuple(joined)


def _snap(scene: Scene, span: Span) -> tuple[int, int]:
    start, end = span
    for mark in scene.marks:
        if mark.start > end:
            break
        if mark.start < end < mark.end:
            end = mark.end
        if mark.start < start < mark.end:
            start = mark.start
    return start, end


# --- nouns, adjectives, adverbs, prepositions -----------------------------------------------------------------------------


def _noun_candidates(scene: Scene, noun: "Token", cue: Cue) -> Iterator[Candidate]:
    owner = next((child for child in noun.children if child.dep_ == "poss"), None)
    if owner is None:
        owner = next(
            (
                grand
                for child in noun.children
                if child.dep_ == "prep" and child.lower_ in {"by", "from", "of"}
                for grand in child.children
                if grand.dep_ == "pobj"
            ),
            None,
        )
    relation = "owner" if owner is not None else "none"
    if owner is None and noun.dep_ == "dobj" and noun.head.pos_ in _VERBS:
        owner, relation = _find_subject(noun.head)
    source = _source_span(scene, owner, noun) if owner is not None else ()
    common = {"verb": noun, "cue": cue, "subject": owner, "relation": relation, "is_passive": False}
    span = (Span(noun.idx, _end(noun)),)
    for child in noun.children:
        if child.i <= noun.i:
            continue
        if child.dep_ in {"acl", "relcl", "ccomp"} and child.pos_ in _VERBS and child.dep_ != "relcl":
            yield _make(scene, "noun clause", (_subtree(child),), source, span, **common)
        elif child.dep_ == "prep" and child.lower_ in {"of", "about", "for", "on", "in", "to", "against"} and owner is not None:
            if any(grand is owner for grand in child.children):
                continue
            yield _make(scene, "noun object", (_subtree(child),), source, span, **common)


def _adjective_candidates(scene: Scene, adjective: "Token", cue: Cue) -> Iterator[Candidate]:
    head = adjective.head
    subject, relation = _find_subject(head) if adjective.dep_ in {"acomp", "oprd", "conj"} and head.pos_ in _VERBS else (None, "none")
    if subject is None:
        return
    source = _source_span(scene, subject, adjective)
    common = {"verb": adjective, "cue": cue, "subject": subject, "relation": relation, "is_passive": False}
    for child in adjective.children:
        if child.i > adjective.i and child.dep_ in {"ccomp", "xcomp", "prep"}:
            yield _make(scene, f"adjective {child.dep_}", (_subtree(child),), source, (Span(adjective.idx, _end(adjective)),), **common)


def _adverb_candidates(scene: Scene, adverb: "Token", cue: Cue) -> Iterator[Candidate]:
    head = adverb.head
    if head.pos_ not in _VERBS:
        return
    common = {"verb": adverb, "cue": cue, "subject": None, "relation": "none", "is_passive": False}
    yield _make(scene, "adverb", _split_at(scene, [_subtree(head)], adverb), (), (Span(adverb.idx, _end(adverb)),), **common)


def _according_candidates(scene: Scene, token: "Token", cue: Cue) -> Iterator[Candidate]:
    to = next((child for child in token.children if child.lower_ == "to"), None)
    if to is None and token.i + 1 < len(scene.doc) and scene.doc[token.i + 1].lower_ == "to":
        to = scene.doc[token.i + 1]
    source = next((child for child in to.children if child.dep_ in {"pobj", "pcomp"}), None) if to is not None else None
    if to is None or source is None:
        return
    sentence, start, end = token.sent, token.idx, _end(source.right_edge)
    spans = [Span(sentence.start_char, start), Span(end, sentence.end_char)]
    content = tuple(span for span in spans if span.end - span.start > (3 if span.start == sentence.start_char else 25))
    if not content:
        content = tuple(span for span in spans if span.end - span.start > 3)
    common = {"verb": token, "cue": cue, "subject": source, "relation": "pobj", "is_passive": False}
    yield _make(scene, "according to", content, _source_span(scene, source, token), (Span(start, _end(to)),), **common)


def _colon_candidates(scene: Scene) -> Iterator[Candidate]:
    """A short line head before a colon: `Insiders: …`, `Mayor: We are ready`."""
    for found in _COLON.finditer(scene.text):
        words = found["source"].split()
        if len(words) > 7 or {word.lower() for word in words} & _NO_SOURCE_WORDS:
            continue
        has_mark = found["content"][:1] in "“\"‘'"
        names = sum(word[:1].isupper() for word in words)
        candidate = Candidate(
            (found.start(), "colon"), "colon", (Span(*found.span("content")),), (Span(*found.span("source")),), (Span(*found.span("cue")),),
            -1, ":", "speech", "neutral", "direct" if has_mark else "indirect",
        )  # fmt: skip
        candidate.features = {
            "colon": 1.0, "colon mark": float(has_mark), "colon names": names / len(words), "colon words": len(words) / 5,
            "colon first line": float(found.start() == 0), "colon long": math.log1p(len(found["content"])) / 5,
        }  # fmt: skip
        yield candidate


def _credit_candidates(scene: Scene) -> Iterator[Candidate]:
    """A caption with its credit: `The bridge at noon. Image: Ana Silva.`"""
    for found in _CREDIT.finditer(scene.text):
        candidate = Candidate(
            (found.start(), "credit"), "credit", (Span(*found.span("content")),), (Span(*found.span("source")),), (Span(*found.span("cue")),),
            -1, "credit", "speech", "neutral",
        )  # fmt: skip
        candidate.features = {"credit": 1.0}
        yield candidate


def _voice_candidates(scene: Scene, found: list[Candidate]) -> Iterator[Candidate]:
    """Quotations without a cue: the same voice goes on, or a speaker was named just before."""
    taken = sorted({(span.start, span.end) for candidate in found if candidate.form != "indirect" for span in candidate.content})
    speakers = sorted(
        ((candidate.cue[0].start, candidate) for candidate in found if _can_go_on(candidate)),
        key=lambda pair: (pair[0], pair[1].construction),
    )
    for number, quote in enumerate(scene.speech):
        if any(start <= quote.start and quote.end <= end for start, end in taken):
            continue
        before = [
            candidate
            for start, candidate in speakers
            if start < quote.start and scene.text.count("\n\n", start, quote.start) <= VOICE_PARAGRAPHS
        ]
        line_start = scene.text.rfind("\n", 0, quote.start) + 1
        line_end = scene.text.find("\n", quote.end)
        line_end = len(scene.text) if line_end < 0 else line_end
        alone = (quote.end - quote.start) / max(line_end - line_start, 1)
        words = len(scene.text[quote.start : quote.end].split())
        features = {
            "voice": 1.0, "voice alone": alone, "voice words": math.log1p(words) / 3, "voice starts line": float(quote.start == line_start),
            "voice speaker": float(bool(before)),
        }  # fmt: skip
        last = before[-1] if before else None
        if last:
            gap = scene.text.count("\n\n", last.cue[0].start, quote.start)
            features[f"voice gap {min(gap, 3)}"] = 1.0
            features["voice after quotation"] = float(last.form != "indirect")
        yield Candidate(
            (-1 - number, "voice"), "same voice" if last else "no speaker", (quote,), last.source if last else (), (), -1, "", "speech",
            "neutral", "direct", features=features,
        )  # fmt: skip


def _can_go_on(candidate: Candidate) -> bool:
    return bool(candidate.cue and candidate.cue_class == "speech" and candidate.source and candidate.cue_index >= 0)


# --- candidates and features ----------------------------------------------------------------------------------------------


def _trim(text: str, start: int, end: int) -> tuple[Span, ...]:
    while start < end and text[start] in " \n\t,;:—–-":
        start += 1
    while start < end and text[end - 1] in " \n\t,;:—–-":
        end -= 1
    return (Span(start, end),) if start < end else ()


def _make(
    scene: Scene, construction: str, content: tuple[Span, ...], source: tuple[Span, ...], cue_span: tuple[Span, ...], *, verb: "Token", cue: Cue,
    subject: "Token | None", relation: str, is_passive: bool,
) -> Candidate:  # fmt: skip
    content = tuple(piece for span in content for piece in _trim(scene.text, *span))
    quoted = sum(max(0, min(span.end, piece.end) - max(span.start, piece.start)) for span in content for piece in scene.speech)
    length = sum(span.end - span.start for span in content)
    form = "direct" if length and quoted > 0.9 * length else "mixed" if quoted else "indirect"
    candidate = Candidate(
        (verb.i, cue.pos), construction, content, source, cue_span, verb.i, cue.lemma, cue.cue_class, cue.stance, form,
        is_negated=any(child.dep_ == "neg" for child in verb.children),
    )  # fmt: skip
    candidate.features = _features(scene, candidate, verb, cue, subject, relation, is_passive, quoted / max(length, 1), length)
    return candidate


def _features(
    scene: Scene, candidate: Candidate, verb: "Token", cue: Cue, subject: "Token | None", relation: str, is_passive: bool, quoted: float, length: int
) -> dict[str, float]:  # fmt: skip
    kind = candidate.construction
    words = math.log1p(length / 6)
    names = [
        "bias", f"kind {kind}", f"class {cue.cue_class} {kind}", f"cue {cue.pos} {cue.lemma}", f"cue {cue.lemma} {kind}", f"tag {verb.tag_}", f"dep {verb.dep_}",
        f"relation {relation}", f"subject {_subject_type(scene, subject)}", f"subject {_subject_type(scene, subject)} {cue.cue_class}", f"form {candidate.form}",
        f"form {candidate.form} {kind}", f"tag {verb.tag_} {kind}",
    ]  # fmt: skip
    if candidate.is_negated:
        names += ["negated", f"negated {cue.cue_class}"]
    if is_passive:
        names += ["passive", f"passive {kind}"]
    if scene.quote_of[verb.i] >= 0:
        names += ["in quotation", f"in quotation {cue.cue_class}", f"in quotation {kind}"]
    if not candidate.source:
        names += ["no source", f"no source {kind}"]
    if any(child.dep_ == "aux" and child.tag_ == "MD" for child in verb.children):
        names += ["modal", f"modal {kind}"]
    if any(child.dep_ == "mark" and child.lower_ in {"if", "whether", "because", "while", "although", "when"} for child in verb.children):
        names.append("subordinate")
    if verb.sent.text.rstrip().endswith("?"):
        names.append("question")
    features = dict.fromkeys(names, 1.0)
    features |= {"length": words, f"length {kind}": words, "quoted": quoted, f"quoted {kind}": quoted}
    if words < 1.5:
        features[f"short {kind}"] = 1.0
    return features


def _subject_type(scene: Scene, subject: "Token | None") -> str:
    if subject is None:
        return "none"
    low = subject.lower_
    if low in {"i", "we"}:
        return "first person"
    if low in {"he", "she"}:
        return "he or she"
    if low == "they":
        return "they"
    if low == "you":
        return "you"
    if low in {"it", "this", "that", "which", "what", "there"}:
        return "it"
    if low == "who":
        return "who"
    label = scene.entity_of.get(subject.i)
    if label:
        return label
    return "proper" if subject.pos_ == "PROPN" else "plural" if subject.tag_ == "NNS" else "noun" if subject.pos_ == "NOUN" else "other"


def _add_context(scene: Scene, found: list[Candidate]) -> None:
    """Add what only the other candidates tell: whether the cue lies inside another cue's content, and whether it holds one."""
    events: list[tuple[int, int, Candidate]] = sorted(
        (
            (span.start, span.end, candidate)
            for candidate in found
            if candidate.cue_class == "speech" and candidate.cue
            for span in candidate.content
        ),
        key=lambda item: (item[0], item[1]),
    )
    starts = [start for start, _, _ in events]
    import bisect

    for candidate in found:
        if not candidate.cue:
            continue
        position = candidate.cue[0].start
        outer = [
            other for start, end, other in events[max(0, bisect.bisect_right(starts, position) - 12) : bisect.bisect_right(starts, position)]
            if end > position and other.cue_index != candidate.cue_index
        ]  # fmt: skip
        if outer:
            candidate.features["nested"] = 1.0
            candidate.features[f"nested {candidate.cue_class}"] = 1.0
    found[:] = [candidate for candidate in found if candidate.content]
