"""What may be an attribution: every cue with a complement or a quotation, each reading a candidate with structural features."""

import bisect
import dataclasses
import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from newsledger.nlp.conjuncts import find_cut, find_upper_cue
from newsledger.nlp.cues import Cue, load_cues
from newsledger.nlp.sources import can_speak
from newsledger.records import Entity, Quotation, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

NEAR_BEFORE = 140  # code points from a quotation's end to a cue after it: "…,” the longtime mayor of the town said"
NEAR_AFTER = 160  # from a cue to a quotation after it: "he said on Tuesday in a radio interview, “…"
SURE = 0.6  # probability of a construction that needs no weights
LIKELY = 0.5  # just enough to be kept
FAR_SUBJECT = 6  # tokens; beyond, the nominal beside the cue is tried too
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
OTHER_VERB = "other"  # lemma of a verb that is no listed cue
_DERIVED = re.compile(r"(?:tion|sion|ment|ness|ity|ence|ance|ism|ship|ing|al|y|er|or|ist|ee)s?$")
_MARKS = frozenset("that if whether to because as for how".split())
_WH = frozenset({"WDT", "WP", "WP$", "WRB"})
_NOUN_PREPOSITIONS = frozenset("of about for on in to against with over from toward towards".split())
_VIEWS = {"view": "attitude", "opinion": "attitude", "judgment": "attitude", "judgement": "attitude", "eyes": "attitude", "words": "speech"}
_REPLIES = frozenset({"respond", "reply", "answer", "comment"})
_ADDRESSING = frozenset(
    "ask grill inform interview invite notify question quiz remind tell thank urge".split()
)  # "she was questioned": not what is said
_COMMENTS = frozenset(
    "answer clarify comment confirm detail disclose discuss elaborate explain give identify name offer provide reply respond reveal say speak specify talk".split()
)
_TIMES = frozenset({"DATE", "TIME"})
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON"})
_ADDRESSEES = frozenset("me us him them her it this that which what".split())


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
    floor: float = 0.0  # least probability, of constructions too rare to learn
    wide_source: tuple[Span, ...] = ()  # the source with its relative clauses and appositions, where that is longer


@dataclass(slots=True)
class Scene:
    """A document with what the search looks up again and again."""

    doc: "Doc"
    text: str
    speech: list[Span]  # pieces of speech quotations
    utterance_of: list[int]  # quotation by piece
    quote_of: list[int]  # index into `speech` by token, -1 outside
    marks: list[Span]  # pieces of all quotations
    paragraph_of: list[int]  # by token
    entity_of: dict[int, str]  # label by token
    starts: list[int]  # of `speech`
    questions: set[int]  # tokens of sentences that end with a question mark


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
            cue = cues.get((_lemma_of(token), "verb")) or _open_cue(token)
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
        if token.lower_ == "put" and token.pos_ == "VERB":
            found += _put_candidates(scene, token)
        elif token.lower_ in _VIEWS and token.dep_ == "pobj":
            found += _view_candidates(scene, token)
        elif token.lower_ == "for" and token.dep_ == "prep" and token.is_sent_start:
            found += _for_candidates(scene, token)
    found += _colon_candidates(scene)
    found += _credit_candidates(scene)
    found += _voice_candidates(scene, found)
    _add_context(scene, found)
    return [*found, *(_widen(candidate) for candidate in found if candidate.wide_source)]


def _lemma_of(token: "Token") -> str:
    low = token.lower_
    return "hope" if low in {"hopes", "hoped", "hoping"} else token.lemma_.lower()  # the lemmatizer says "hop"


def _open_cue(verb: "Token") -> Cue | None:
    """A verb that is no listed cue, with a finite clause that says what: "made clear that", "joked about how"."""
    if verb.pos_ != "VERB":
        return None
    for child in verb.children:
        if child.dep_ == "ccomp" and child.i > verb.i and any(grand.dep_ in {"nsubj", "nsubjpass"} for grand in child.children):
            return Cue(OTHER_VERB, "verb", "attitude", "neutral")
    return None


def _size(length: int) -> int:
    """Class of a length in code points, by doubling: 0 for none, 5 for long ones."""
    return min(int(math.log2(1 + max(length, 0) / 6)), 5)


def _widen(candidate: Candidate) -> Candidate:
    """The same reading with the longer source."""
    features = {name: value for name, value in candidate.features.items() if not name.startswith("narrow ")}
    kind = next((name[7:] for name in candidate.features if name.startswith("narrow ")), "")
    features[f"wide {kind}"] = 1.0
    features[f"wide {kind} {_size(candidate.wide_source[0].end - candidate.source[-1].end)}"] = 1.0
    features["wide length"] = math.log1p((candidate.wide_source[0].end - candidate.wide_source[0].start) / 6)
    return dataclasses.replace(candidate, source=candidate.wide_source, wide_source=(), features=features)


def _set_scene(doc: "Doc", quotations: tuple[Quotation, ...], entities: tuple[Entity, ...]) -> Scene:
    text = doc.text
    outer = [quotation for quotation in quotations if not quotation.depth]
    utterances = [quotation for quotation in outer if quotation.kind == "speech"]
    speech = [piece for quotation in utterances for piece in quotation.pieces]
    utterance_of = [number for number, quotation in enumerate(utterances) for _ in quotation.pieces]
    marks = sorted(piece for quotation in outer for piece in quotation.pieces)
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
    return Scene(
        doc, text, speech, utterance_of, quote_of, marks, paragraph_of, entity_of, [piece.start for piece in speech], _find_questions(doc)
    )


def _find_questions(doc: "Doc") -> set[int]:
    found: set[int] = set()
    for sentence in doc.sents:
        last = next((token for token in reversed(sentence) if not token.is_space), None)
        if last is not None and last.text.endswith("?"):
            found.update(range(sentence.start, sentence.end))
    return found


def _end(token: "Token") -> int:
    return token.idx + len(token)


def _subtree(token: "Token") -> Span:
    return Span(token.left_edge.idx, _end(token.right_edge))


# --- verbs ----------------------------------------------------------------------------------------------------------------


def _verb_candidates(scene: Scene, verb: "Token", cue: Cue) -> Iterator[Candidate]:
    subject, relation = _find_subject(verb)
    if subject is not None and scene.paragraph_of[subject.i] != scene.paragraph_of[verb.i]:
        subject, relation = None, "none"  # the parser took two lines for one sentence
    if scene.quote_of[verb.i] < 0 and (subject is None or subject.i != verb.i - 1):
        beside = _subject_beside(scene, verb)
        if beside is not None and (subject is None or beside.i != subject.i):
            if subject is None or scene.quote_of[subject.i] >= 0:
                subject, relation = beside, "beside"
            elif cue.cue_class == "speech" and (relation != "nsubj" or abs(subject.i - verb.i) > FAR_SUBJECT):
                yield from _readings(scene, verb, cue, beside, "beside too")
    yield from _readings(scene, verb, cue, subject, relation)


def _readings(scene: Scene, verb: "Token", cue: Cue, subject: "Token | None", relation: str) -> Iterator[Candidate]:
    is_passive = any(child.dep_ in {"auxpass", "nsubjpass"} for child in verb.children)
    if verb.tag_ == "VBN" and relation == "control" and not is_passive and not any(child.dep_ == "aux" for child in verb.children):
        subject, relation = _find_agent(verb), "reduced passive"  # "Asked about the fire, she said …": she did not ask
    source = _source_span(scene, subject, verb) if subject is not None else ()
    cue_span = _verb_span(verb)
    clauses = [child for child in verb.children if child.dep_ == "ccomp"]
    infinitives = [child for child in verb.children if child.dep_ == "xcomp"]
    objects = [
        child for child in verb.children
        if child.i > verb.i and (child.dep_ in {"dobj", "attr", "acomp", "oprd"} or (child.dep_ == "prep" and child.lower_ in _OBJECT_PREPOSITIONS))
    ]  # fmt: skip
    near = _near_quotes(scene, verb, subject) if cue.cue_class == "speech" else []
    common: dict[str, Any] = {"verb": verb, "cue": cue, "subject": subject, "relation": relation, "is_passive": is_passive, "near": near}
    as_clause = verb.dep_ in {"advcl", "ccomp", "parataxis"} and any(
        child.dep_ in {"mark", "advmod"} and child.lower_ == "as" and child.i < verb.i for child in verb.children
    )
    if as_clause:
        candidate = _make(scene, "as clause", _around(scene, verb), source, cue_span, **common)
        if cue.cue_class == "speech" and source and verb.left_edge.is_sent_start and not objects:
            candidate.floor = LIKELY  # "As the bishop said, the poor cannot wait"
        yield candidate
    if verb.dep_ == "parataxis" or (verb.dep_ == "conj" and verb.head.pos_ in _VERBS and not clauses and near):
        yield _make(scene, "parenthesis", _around(scene, verb), source, cue_span, **common)
    if clauses:
        content = _clause_content(scene, verb, subject, clauses)
        candidate = _make(scene, "clause", _with_quotes(scene, content, near), source, cue_span, **common)
        if verb.dep_ == "pcomp" and verb.head.lower_ == "as" and not relation.startswith("beside"):
            candidate.floor = SURE  # "quoted an official as saying the pass was clear"
        yield candidate
        if near:
            candidate = _make(scene, "quotation", _quotes_only(scene, near), source, cue_span, **common)
            candidate.floor = _quotation_floor(scene, candidate, verb, subject)
            yield candidate
    elif near:
        candidate = _make(scene, "quotation", _quotes_only(scene, near), source, cue_span, **common)
        candidate.floor = _quotation_floor(scene, candidate, verb, subject)
        yield candidate
        if between := _rest_with_quote(scene, verb, subject, near):
            yield _make(scene, "rest and quotation", _with_quotes(scene, [between], near), source, cue_span, **common)
        if objects:
            yield _make(scene, "object and quotation", _with_quotes(scene, [_cover(objects)], near), source, cue_span, **common)
    if clauses and is_passive:
        yield _make(
            scene, "passive that", tuple(_clause_content(scene, verb, subject, clauses)), _agent_span(scene, verb), cue_span, **common
        )
    if cue.cue_class == "evidential" and subject is not None and relation == "nsubj" and (infinitives or objects):
        rest = [*infinitives, *objects]
        whole = [_cover(rest)] if subject.lower_ in {"it", "there"} else [_subtree(subject), _cover(rest)]
        yield _make(scene, "raising", _split_at(scene, whole, verb), (), cue_span, **common)
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
    if objects and not clauses and not _quotes_as_saying(verb):
        yield _make(scene, "object", _split_at(scene, [_cover(objects)], verb), source, cue_span, **common)
    if is_passive and subject is not None and relation in {"nsubjpass", "nsubj"} and not infinitives and cue.lemma not in _ADDRESSING:
        rest = [child for child in verb.children if child.i > verb.i and child.dep_ in {"prep", "oprd", "ccomp", "advcl"}]
        agent = _agent_span(scene, verb)
        yield _make(
            scene, "passive", _split_at(scene, [_subtree(subject), *(_subtree(child) for child in rest)], verb), agent, cue_span, **common
        )
    if is_passive and relation == "agent" and not clauses:
        passive = next((child for child in verb.children if child.dep_ in {"nsubjpass", "nsubj"}), None)
        if passive is not None and subject is not None:
            candidate = _make(scene, "passive by", (_subtree(passive),), _agent_span(scene, verb), cue_span, **common)
            candidate.floor = SURE if cue.cue_class == "speech" and can_speak(subject) else 0.0
            yield candidate
    if verb.tag_ == "VBN" and verb.dep_ == "acl":
        agent = _agent_span(scene, verb)
        if agent:
            head = verb.head
            yield _make(scene, "participle by", (Span(head.left_edge.idx, _end(head)),), agent, cue_span, **common)


def _quotation_floor(scene: Scene, candidate: Candidate, verb: "Token", subject: "Token | None") -> float:
    """Probability at least of a quotation whose cue leaves no doubt: between its pieces, or inverted behind its comma."""
    if subject is None or not candidate.source or scene.quote_of[subject.i] >= 0 or subject.tag_ == "POS":
        return 0.0
    if "near split quotation" in candidate.features:
        return SURE  # “The truth,” said the bishop, “is that we were late.”
    is_inverted = candidate.source[0].start - _end(verb) == 1 and verb.tag_ in {"VBD", "VBZ"}
    if is_inverted and "near before touches" in candidate.features and "near before open" not in candidate.features:
        return LIKELY  # “We saw smoke,” said two fishermen.
    return 0.0


def _quotes_as_saying(verb: "Token") -> bool:
    """Whether a verb hands over to another cue: "quoted an official as saying …"."""
    near = [child for child in verb.children if child.i > verb.i]
    near += [grand for child in near for grand in child.children]
    return any(
        token.dep_ == "prep" and token.lower_ == "as" and any(child.dep_ == "pcomp" and child.pos_ == "VERB" for child in token.children)
        for token in near
    )


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
    if depth > 3 or verb.head.i == verb.i:
        return None, "none"
    head = verb.head
    if verb.dep_ == "conj" and head.pos_ in _VERBS:
        upper = find_upper_cue(verb)
        found, relation = _find_subject(head if upper is None else upper, depth + 1)
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


def _subject_beside(scene: Scene, verb: "Token") -> "Token | None":
    """The nominal that touches the cue outside the quotation, where the parser went astray: “…,” said the mayor."""
    doc, i = scene.doc, verb.i + 1
    if i < len(doc) and scene.quote_of[i] < 0 and doc[i].pos_ in {"PROPN", "DET", "NOUN", "PRON", "ADJ"} and doc[i].dep_ != "mark":
        token = doc[i]
        while (
            token.head.i != token.i
            and verb.i < token.head.i <= verb.i + 12
            and token.head.pos_ in _NOMINAL
            and scene.quote_of[token.head.i] < 0
        ):
            token = token.head
        is_of_clause = token.dep_ in _SUBJECTS and token.head.i > verb.i and verb.is_ancestor(token)  # "saying the pass was clear"
        if token.pos_ in _NOMINAL and token.lower_ not in _ADDRESSEES and token.ent_type_ not in _TIMES and not is_of_clause:
            return token
    i = verb.i - 1
    while i >= 0 and verb.i - i < 5 and doc[i].pos_ in {"AUX", "ADV", "PART"}:
        i -= 1
    if i >= 0 and doc[i].pos_ in _NOMINAL and scene.quote_of[i] < 0 and doc[i].ent_type_ not in _TIMES:
        token = doc[i]
        while token.head.i != token.i and token.head.i < verb.i and token.head.pos_ in _NOMINAL and scene.quote_of[token.head.i] < 0:
            token = token.head
        return token
    return None


def _verb_span(verb: "Token") -> tuple[Span, ...]:
    helpers = [child for child in verb.children if child.dep_ in {"aux", "auxpass", "neg"} and child.i < verb.i and verb.i - child.i <= 4]
    start = min([child.idx for child in helpers] or [verb.idx])
    return (Span(start, _end(verb)),)


def _source_span(scene: Scene, subject: "Token", verb: "Token") -> tuple[Span, ...]:
    """The noun phrase of a source without relative clauses behind it; the head alone where the phrase would hold the cue."""
    start, end = subject.left_edge.idx, _end(subject.right_edge)
    for child in subject.children:
        if child.i > subject.i and child.dep_ in {"relcl", "acl"}:
            end = min(end, _end(scene.doc[child.left_edge.i - 1]))
        elif (
            child.i > subject.i
            and child.dep_ == "appos"
            and child.right_edge.i - subject.left_edge.i > 2 * (subject.i - subject.left_edge.i + 1)
        ):
            end = min(end, _end(child))  # "Ana Reyes, director of the harbour works in Larne": the name and the head of what explains it
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


def _wide_source(scene: Scene, subject: "Token", verb: "Token") -> tuple[tuple[Span, ...], str]:
    """The whole noun phrase of a source in its line, and what the narrow one lacks of it."""
    kinds = {child.dep_ for child in subject.children if child.i > subject.i}
    kind = next((name for name in ("relcl", "acl", "appos", "conj", "prep") if name in kinds), "other")
    start, end = _subtree(subject)
    if start <= verb.idx < end:
        return (), kind
    line_start = scene.text.rfind("\n", start, subject.idx) + 1
    line_end = scene.text.find("\n", subject.idx, end)
    return _trim(scene.text, max(start, line_start), end if line_end < 0 else line_end), kind


def _find_agent(verb: "Token") -> "Token | None":
    """Find who does it in a passive: "by the mayor"."""
    for child in verb.children:
        if child.dep_ == "agent" or (child.dep_ == "prep" and child.lower_ == "by"):
            for grand in child.children:
                if grand.dep_ == "pobj":
                    return grand
    return None


def _agent_span(scene: Scene, verb: "Token") -> tuple[Span, ...]:
    agent = _find_agent(verb)
    return _source_span(scene, agent, verb) if agent is not None else ()


def _clause_content(scene: Scene, verb: "Token", subject: "Token | None", clauses: list["Token"]) -> list[Span]:
    spans: list[Span] = []
    for clause in clauses:
        start, end = _subtree(clause)
        if end > verb.idx and clause.n_rights:
            end = find_cut(verb, clause) or end
        if scene.paragraph_of[clause.left_edge.i] != scene.paragraph_of[clause.right_edge.i]:
            start, end = _clip(scene, Span(start, end), clause.idx)  # the parser took two lines for one sentence
        if start <= verb.idx < end:
            left, right = verb.idx, _end(verb)
            if subject is not None and subject.sent == verb.sent and not (start <= subject.left_edge.idx and abs(subject.i - verb.i) > 12):
                left, right = min(left, subject.left_edge.idx), max(right, _end(subject.right_edge))
            spans += [span for span in (Span(start, left), Span(right, end)) if span.end - span.start > 2]
        else:
            spans.append(Span(start, end))
    return spans


def _clip(scene: Scene, span: Span, at: int) -> Span:
    """The part of a span that stands in the line of an offset."""
    start = max(span.start, scene.text.rfind("\n", span.start, at) + 1)
    end = scene.text.find("\n", at, span.end)
    return Span(start, span.end if end < 0 else end)


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
    text = scene.text
    clause_start = min(verb.idx, subject.idx if subject is not None else verb.idx)
    clause_end = max(_end(verb), _end(subject) if subject is not None else 0)
    before = after = None
    first = max(bisect.bisect_right(scene.starts, clause_start) - 2, 0)
    for number, piece in enumerate(scene.speech[first : first + 6], first):
        if piece.end <= clause_start:
            if (
                clause_start - piece.end < NEAR_BEFORE
                and "\n" not in text[piece.end : clause_start]
                and not _SENTENCE_END.search(text[piece.end : verb.idx])
            ):
                before = number
        elif piece.start >= verb.idx:
            gap = text[clause_end : piece.start] if piece.start >= clause_end else ""
            is_one = before is not None and scene.utterance_of[before] == scene.utterance_of[number]
            if is_one or (piece.start - clause_end < NEAR_AFTER and "\n" not in gap and not _SENTENCE_END.search(gap)):
                after = number
            break
    if after is not None:
        while after + 1 < len(scene.speech) and 0 < scene.speech[after + 1].start - scene.speech[after].end <= 3:
            if "\n" in text[scene.speech[after].end : scene.speech[after + 1].start]:
                break
            after += 1
    return _whole_utterances(scene, before, after)


def _whole_utterances(scene: Scene, before: int | None, after: int | None) -> list[int]:
    """List the pieces between two that touch a cue, and all others of their utterances: across the tag, over paragraphs."""
    found = [number for number in (before, after) if number is not None]
    if not found:
        return []
    first, last = found[0], found[-1]
    while first > 0 and scene.utterance_of[first - 1] == scene.utterance_of[first]:
        first -= 1
    while last + 1 < len(scene.speech) and scene.utterance_of[last + 1] == scene.utterance_of[last]:
        last += 1
    return list(range(first, last + 1))


def _rest_with_quote(scene: Scene, verb: "Token", subject: "Token | None", near: list[int]) -> Span | None:
    """What stands between a cue and a quotation after it, where the parser saw no clause: "said the year “was hard”"."""
    start = max(_end(verb), _end(subject.right_edge) if subject is not None and 0 < subject.i - verb.i < FAR_SUBJECT else 0)
    after = next((scene.speech[number] for number in near if scene.speech[number].start >= start), None)
    if after is None or after.start - start < 4 or len(scene.text[start : after.start].split()) < 2:
        return None
    return Span(start, after.end)


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
    span = (Span(noun.idx, _end(noun)),)
    clauses, objects = [], []
    for child in noun.children:
        if child.i > noun.i:
            if (child.dep_ in {"acl", "ccomp"} and child.pos_ in _VERBS) or (
                child.dep_ == "relcl" and child.pos_ in _VERBS and child.left_edge.lower_ == "that"
            ):
                clauses.append(child)
            elif child.dep_ == "prep" and child.lower_ in _NOUN_PREPOSITIONS:
                objects.append(child)
    if noun.dep_ in {"attr", "nsubj", "dobj"} and noun.head.pos_ in _VERBS and not clauses:
        clauses = [child for child in noun.head.children if child.dep_ == "ccomp" and child.i > noun.i]
    if not clauses and not objects:
        return
    for owner, relation in _noun_owners(noun):
        source = _source_span(scene, owner, noun) if owner is not None else ()
        common: dict[str, Any] = {"verb": noun, "cue": cue, "subject": owner, "relation": relation, "is_passive": False}
        for clause in clauses:
            candidate = _make(
                scene, "noun clause" if clause.head.i == noun.i else "noun predicate", (_subtree(clause),), source, span, **common
            )
            if relation == "owner" and clause.head.i == noun.i and clause.left_edge.lower_ == "that" and cue.cue_class == "speech":
                candidate.floor = LIKELY
            yield candidate
        for child in objects:
            if owner is None or not any(grand.i == owner.i for grand in child.children):
                yield _make(scene, "noun object", (_subtree(child),), source, span, **common)


def _noun_owners(noun: "Token") -> Iterator[tuple["Token | None", str]]:
    """Who may stand behind a noun cue: its possessor, "by X", "of X", an adjective of nationality, the subject of its verb, nobody."""
    for child in noun.children:
        if child.dep_ == "poss":
            yield child, "owner"
            return
    for child in noun.children:
        if child.dep_ == "prep" and child.i > noun.i and child.lower_ in {"by", "from", "of", "among"}:
            for grand in child.children:
                if grand.dep_ == "pobj":
                    yield grand, f"{child.lower_} owner"
        elif child.dep_ == "compound" and child.ent_type_ in {"PERSON", "ORG", "NORP", "GPE"}:
            yield child, "compound"
    if noun.dep_ in {"dobj", "pobj", "attr", "conj"}:
        head = noun.head.head if noun.dep_ == "pobj" else noun.head
        if head.pos_ in _VERBS:
            found, _ = _find_subject(head)
            if found is not None and found.i != noun.i:
                yield found, "verb subject"
    yield None, "none"


def _adjective_candidates(scene: Scene, adjective: "Token", cue: Cue) -> Iterator[Candidate]:
    head = adjective.head
    subject, relation = _find_subject(head) if adjective.dep_ in {"acomp", "oprd", "conj"} and head.pos_ in _VERBS else (None, "none")
    if subject is None:
        return
    source = _source_span(scene, subject, adjective)
    common: dict[str, Any] = {"verb": adjective, "cue": cue, "subject": subject, "relation": relation, "is_passive": False}
    for child in adjective.children:
        if child.i > adjective.i and child.dep_ in {"ccomp", "xcomp", "prep"}:
            yield _make(scene, f"adjective {child.dep_}", (_subtree(child),), source, (Span(adjective.idx, _end(adjective)),), **common)


def _put_candidates(scene: Scene, verb: "Token") -> Iterator[Candidate]:
    """ "As the captain put it, “…”": the quotation of the sentence, or else the rest of it."""
    parts = {child.dep_: child for child in verb.children}
    subject, thing = parts.get("nsubj"), parts.get("dobj")
    first = verb.left_edge.i
    has_as = scene.doc[first].lower_ == "as" or (first > 0 and scene.doc[first - 1].lower_ == "as")
    if subject is None or thing is None or thing.lower_ != "it" or not has_as:
        return
    rest = _rest_of_sentence(scene, verb, first - (scene.doc[first].lower_ != "as"), thing.i)
    yield from _rare(scene, "as put it", verb, Cue("put", "verb", "speech", "neutral"), subject, rest)


def _view_candidates(scene: Scene, noun: "Token") -> Iterator[Candidate]:
    """ "In the court's view, …": what the sentence goes on with."""
    owner = next((child for child in noun.children if child.dep_ == "poss"), None)
    if owner is None or noun.head.lower_ not in {"in", "to"}:
        return
    rest = _rest_of_sentence(scene, noun, noun.head.i, noun.i)
    yield from _rare(scene, "view", noun, Cue(noun.lower_, "noun", _VIEWS[noun.lower_], "neutral"), owner, rest)


def _for_candidates(scene: Scene, preposition: "Token") -> Iterator[Candidate]:
    """ "For the union, the offer is an insult": only with somebody who can speak, and a comma."""
    owner = next((child for child in preposition.children if child.dep_ == "pobj"), None)
    if owner is None or not can_speak(owner) or owner.right_edge.i + 1 >= len(scene.doc) or scene.doc[owner.right_edge.i + 1].text != ",":
        return
    if any(token.pos_ == "VERB" for token in owner.subtree):
        return
    rest = _rest_of_sentence(scene, preposition, preposition.i, owner.right_edge.i)
    yield from _rare(scene, "for", preposition, Cue("for", "preposition", "attitude", "neutral"), owner, rest)


def _rest_of_sentence(scene: Scene, token: "Token", first: int, last: int) -> tuple[Span, ...]:
    """What a sentence says besides the tokens from first to last."""
    sentence = token.sent
    spans = []
    if first > sentence.start:
        spans.append(Span(sentence[0].idx, scene.doc[first - 1].idx + len(scene.doc[first - 1])))
    if last + 1 < sentence.end:
        spans.append(Span(scene.doc[last + 1].idx, _end(sentence[-1])))
    return tuple(piece for span in spans for piece in _trim(scene.text, *span) if piece.end - piece.start > 2)


def _rare(scene: Scene, construction: str, token: "Token", cue: Cue, owner: "Token", content: tuple[Span, ...]) -> Iterator[Candidate]:
    """A construction too rare to learn weights for, and plain enough not to need them."""
    if content:
        source = _source_span(scene, owner, token)
        candidate = _make(
            scene, construction, content, source, (Span(token.idx, _end(token)),),
            verb=token, cue=cue, subject=owner, relation="owner", is_passive=False,
        )  # fmt: skip
        candidate.floor = SURE
        yield candidate


def _adverb_candidates(scene: Scene, adverb: "Token", cue: Cue) -> Iterator[Candidate]:
    head = adverb.head
    if head.pos_ not in _VERBS:
        return
    common: dict[str, Any] = {"verb": adverb, "cue": cue, "subject": None, "relation": "none", "is_passive": False}
    candidate = _make(scene, "adverb", _split_at(scene, [_subtree(head)], adverb), (), (Span(adverb.idx, _end(adverb)),), **common)
    candidate.floor = LIKELY if cue.cue_class == "evidential" and head.pos_ in _VERBS else 0.0
    yield candidate


def _according_candidates(scene: Scene, token: "Token", cue: Cue) -> Iterator[Candidate]:
    to = next((child for child in token.children if child.lower_ == "to" and child.i > token.i), None)
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
    common: dict[str, Any] = {"verb": token, "cue": cue, "subject": source, "relation": "pobj", "is_passive": False}
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


def _measure_quoted(scene: Scene, span: Span) -> int:
    """How many code points of a span stand inside quotations."""
    total = 0
    for piece in scene.speech[max(bisect.bisect_right(scene.starts, span.start) - 1, 0) :]:
        if piece.start >= span.end:
            break
        total += max(0, min(span.end, piece.end) - max(span.start, piece.start))
    return total


def _make(
    scene: Scene, construction: str, content: tuple[Span, ...], source: tuple[Span, ...], cue_span: tuple[Span, ...], *, verb: "Token", cue: Cue,
    subject: "Token | None", relation: str, is_passive: bool, near: Sequence[int] = (),
) -> Candidate:  # fmt: skip
    content = tuple(piece for span in content for piece in _trim(scene.text, *span))
    quoted = sum(_measure_quoted(scene, span) for span in content)
    length = sum(span.end - span.start for span in content)
    form = "direct" if length and quoted > 0.9 * length else "mixed" if quoted else "indirect"
    candidate = Candidate(
        (verb.i, cue.pos), construction, content, source, cue_span, verb.i, cue.lemma, cue.cue_class, cue.stance, form,
        is_negated=any(child.dep_ == "neg" for child in verb.children),
    )  # fmt: skip
    if cue.pos == "verb":
        candidate.cue_class = _class_of(verb, cue, candidate.is_negated)
    candidate.features = _features(scene, candidate, verb, cue, subject, relation, is_passive, quoted / max(length, 1), length)
    if near:
        names = _near_features(scene, near, candidate, subject)
        candidate.features |= dict.fromkeys(names, 1.0) | dict.fromkeys([f"{name} {construction}" for name in names], 1.0)
    if subject is not None and source:
        wide, kind = _wide_source(scene, subject, verb)
        if (
            wide
            and wide != source
            and wide[0].start <= source[0].start
            and not any(piece.start < wide[0].end and wide[0].start < piece.end for piece in content)
        ):
            candidate.wide_source = wide
            is_apart = scene.text[source[-1].end : source[-1].end + 1] in {",", " –", "—", "("}
            candidate.features[f"narrow {kind}{' apart' if is_apart else ''}"] = 1.0
            if wide[0].start < source[0].start:
                candidate.features["narrow left"] = 1.0
    return candidate


def _class_of(verb: "Token", cue: Cue, is_negated: bool) -> str:
    """Tell a refusal to comment, which is no claim, from "refused to resign", which is one."""
    if is_negated and cue.lemma in _REPLIES:
        return "declined"  # "did not respond to a request for comment"
    if cue.cue_class == "declined":
        refused = next((child for child in verb.children if child.dep_ in {"xcomp", "ccomp"}), None)
        if refused is not None and refused.lemma_.lower() not in _COMMENTS:
            return "attitude"
    return cue.cue_class


def _features(
    scene: Scene, candidate: Candidate, verb: "Token", cue: Cue, subject: "Token | None", relation: str, is_passive: bool, quoted: float, length: int
) -> dict[str, float]:  # fmt: skip
    kind = candidate.construction
    words = math.log1p(length / 6)
    names = [
        *_source_features(scene, candidate, verb, subject),
        "bias", f"kind {kind}", f"class {candidate.cue_class} {kind}", f"cue {cue.pos} {cue.lemma}", f"cue {cue.lemma} {kind}", f"tag {verb.tag_}", f"dep {verb.dep_}",
        f"relation {relation}", f"relation {relation} {kind}", f"subject {_subject_type(scene, subject)}", f"subject {_subject_type(scene, subject)} {cue.cue_class}", f"form {candidate.form}",
        f"form {candidate.form} {kind}", f"tag {verb.tag_} {kind}",
    ]  # fmt: skip
    names += _complement_features(scene, candidate, verb)
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
    if verb.i in scene.questions:
        names.append("question")
    features = dict.fromkeys(names, 1.0)
    features |= {"length": words, f"length {kind}": words, "quoted": quoted, f"quoted {kind}": quoted}
    if words < 1.5:
        features[f"short {kind}"] = 1.0
    return features


def _source_features(scene: Scene, candidate: Candidate, verb: "Token", subject: "Token | None") -> list[str]:
    """Where the source stands and whether it is something that speaks."""
    if subject is None:
        return []
    gap = subject.i - verb.i
    side = "after" if gap > 0 else "before"
    distance = min(int(math.log2(abs(gap) + 1)), 5)
    names = [f"subject {side} {distance}", f"subject {side} {candidate.construction}"]
    if subject.pos_ != "PRON":
        speaks = "speaks" if can_speak(subject) else "mute"
        names += [f"subject {speaks}", f"subject {speaks} {candidate.cue_class}", f"subject {speaks} {candidate.construction}"]
    if (scene.quote_of[subject.i] >= 0) != (scene.quote_of[verb.i] >= 0):
        names.append("subject across quotation mark")
    return names


def _near_features(scene: Scene, near: Sequence[int], candidate: Candidate, subject: "Token | None") -> list[str]:
    """How the quotations beside a cue meet it: on both sides, right before or after, behind a comma or colon."""
    text, start, end = scene.text, candidate.cue[0].start, candidate.cue[-1].end
    if subject is not None and candidate.source:
        start, end = min(start, candidate.source[0].start), max(end, candidate.source[-1].end)
    before = [number for number in near if scene.speech[number].end <= start]
    after = [number for number in near if scene.speech[number].start >= end]
    names = ["near both"] if before and after else []
    if before and after and scene.utterance_of[before[-1]] == scene.utterance_of[after[0]]:
        names.append("near split")
    if before:
        piece = scene.speech[before[-1]]
        tail = text[piece.start : piece.end].rstrip("”\"’' ")[-1:]
        names.append(f"near before {tail if tail in ',?!.…' else 'open'}")
        names.append("near before touches" if start - piece.end <= 2 else "near before apart")
    if after:
        gap = text[end : scene.speech[after[0]].start].rstrip()
        names.append(f"near after {gap[-1:] if gap[-1:] in ',:.' else 'open'}")
        names.append("near after touches" if len(gap) <= 2 else "near after apart")
    return names


def _complement_features(scene: Scene, candidate: Candidate, verb: "Token") -> list[str]:
    """What the content begins with and what kind of thing it names: closed-class words, tags, endings of derived nouns."""
    kind, names = candidate.construction, []
    for child in verb.children:
        if child.i < verb.i:
            continue
        dep = child.dep_
        if dep in {"dobj", "attr", "oprd"}:
            names.append(f"object {_subject_type(scene, child)} {candidate.cue_class}")
            if child.pos_ == "NOUN":
                ending = _DERIVED.search(child.lower_)
                names.append(f"object {ending[0] if ending else 'plain'} {candidate.cue_class}")
        elif dep == "prep" and child.lower_ in _OBJECT_PREPOSITIONS:
            names += [f"preposition {child.lower_}", f"preposition {child.lower_} {kind}"]
        elif dep in {"ccomp", "xcomp"}:
            mark = next((grand.lower_ for grand in child.children if grand.dep_ in {"mark", "aux"} and grand.i < child.i), "")
            mark = mark if mark in _MARKS else "wh" if child.left_edge.tag_ in _WH else ""
            names += [f"complement {dep} {child.tag_}", f"complement {dep} {mark} {candidate.cue_class}"]
        elif dep == "prt":
            names.append("particle")
    if verb.i + 1 < len(verb.doc):
        follower = verb.doc[verb.i + 1]
        names.append(f"next {follower.tag_}")
        names.append(f"next {follower.tag_} {kind}")
    return names


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
