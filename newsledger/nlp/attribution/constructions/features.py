"""Candidates with their structural features: construction, cue, subject, complement, quotation,
nesting."""

import bisect
import math
import re
from collections.abc import Sequence

from newsledger.lexicon.cues import Cue
from newsledger.model.enums import Construction, CueClass, CueType, Form
from newsledger.model.records import Span
from newsledger.nlp.attribution.constructions.document import (
    Beside,
    Candidate,
    IndexedText,
    close_marks,
    measure_quoted,
    trim,
)
from newsledger.nlp.attribution.constructions.subjects import WH
from newsledger.nlp.claims.sources import can_speak
from newsledger.nlp.parse.parsed import Word

OTHER_VERB = "other"  # lemma of a verb that is no listed cue
OBJECT_PREPOSITIONS = frozenset(
    "about for on to of with against in as into over from that at".split()
)
_DERIVED = re.compile(r"(?:tion|sion|ment|ness|ity|ence|ance|ism|ship|ing|al|y|er|or|ist|ee)s?$")
_MARKS = frozenset("that if whether to because as for how".split())
_OPENERS = frozenset({"if", "whether", "because", "while", "although", "when"})
_NOBODY = frozenset({"neither", "no", "nobody", "none"})
_REPLIES = frozenset({"respond", "reply", "answer", "comment"})
_COMMENTS = frozenset(
    "answer clarify comment confirm detail disclose discuss elaborate explain give "
    "identify name offer provide reply respond reveal say speak specify talk".split()
)


def make_candidate(
    indexed: IndexedText, construction: Construction, content: tuple[Span, ...],
    source: tuple[Span, ...],
    cue_span: tuple[Span, ...], *, verb: "Word", cue: Cue,
    subject: "Word | None", relation: str, is_passive: bool, near: Sequence[int] = (),
) -> Candidate:  # fmt: skip
    content = tuple(
        piece for span in content for piece in trim(indexed.text, *close_marks(indexed, span, verb))
    )
    quoted = sum([measure_quoted(indexed, span) for span in content])
    length = sum([span.end - span.start for span in content])
    form = (
        Form.DIRECT if length and quoted > 0.9 * length else Form.MIXED if quoted else Form.INDIRECT
    )
    candidate = Candidate(
        (verb.i, cue.pos), construction, content, source, cue_span, verb.i, cue.lemma,
        cue.cue_class, cue.stance, form, cue_type=cue.cue_type,
        is_negated="neg" in [child.dep_ for child in verb.children]
        or _is_nobody(subject) or _is_yet(verb),
    )  # fmt: skip
    if cue.pos == "verb":
        candidate.cue_class, candidate.cue_type = _class_of(verb, cue, candidate.is_negated)
    candidate.features = _features(
        indexed,
        candidate,
        verb,
        cue,
        subject,
        relation,
        is_passive,
        quoted / max(length, 1),
        length,
    )
    candidate.is_quoted = indexed.quote_of[verb.i] >= 0
    candidate.is_relative = relation == "relative"
    candidate.is_pronoun = subject is not None and subject.lower_ in {"he", "she", "they"}
    candidate.is_subordinate = "subordinate" in candidate.features
    candidate.is_mute = subject is not None and subject.pos_ != "PRON" and not can_speak(subject)
    if near:
        candidate.beside = _describe_beside(indexed, near, candidate, subject)
        names = _near_features(candidate.beside)
        candidate.features |= dict.fromkeys(names, 1.0) | dict.fromkeys(
            [f"{name} {construction}" for name in names], 1.0
        )
    return candidate


def _is_nobody(subject: "Word | None") -> bool:
    """Whether a verb is denied by its subject: "neither side would say"."""
    if subject is None:
        return False
    return subject.lower_ in _NOBODY or any(
        child.lower_ in _NOBODY for child in subject.lefts if child.dep_ == "det"
    )


def _is_yet(verb: "Word") -> bool:
    """Whether something is still to be said: "have yet to confirm that"."""
    return (
        verb.dep_ == "xcomp"
        and verb.head.lemma_.lower() in {"be", "have"}
        and any(child.lower_ == "yet" for child in (*verb.head.children, *verb.lefts))
    )


def _withholds(verb: "Word", cue: Cue) -> bool:
    """Whether somebody will not tell: "would not say whether", but "did not say that", "has not
    said why"."""
    if cue.lemma not in _COMMENTS or not any(child.tag_ == "MD" for child in verb.lefts):
        return False
    return any(
        child.dep_ == "ccomp"
        and (child.left_edge.tag_ in WH or child.left_edge.lower_ in {"if", "whether"})
        for child in verb.rights
    )


def _class_of(verb: "Word", cue: Cue, is_negated: bool) -> tuple[CueClass, CueType]:
    """Tell a refusal to comment, which is no claim, from "refused to resign", which is one."""
    if is_negated and (cue.lemma in _REPLIES or _withholds(verb, cue)):
        return (
            CueClass.DECLINED,
            CueType.REFUSAL,
        )  # "did not respond to a request for comment", "would not say who was hurt"
    if cue.cue_class == CueClass.DECLINED:
        refused = next((child for child in verb.children if child.dep_ in {"xcomp", "ccomp"}), None)
        if refused is not None and refused.lemma_.lower() not in _COMMENTS:
            return CueClass.ATTITUDE, CueType.INTENTION
    return cue.cue_class, cue.cue_type


def _features(
    indexed: IndexedText, candidate: Candidate, verb: "Word", cue: Cue, subject: "Word | None",
    relation: str, is_passive: bool, quoted: float, length: int
) -> dict[str, float]:  # fmt: skip
    kind = candidate.construction
    words = math.log1p(length / 6)
    sort = _subject_type(indexed, subject)
    names = [
        *_source_features(indexed, candidate, verb, subject),
        "bias", f"kind {kind}", f"class {candidate.cue_class} {kind}", f"cue {cue.pos} {cue.lemma}",
        f"cue {cue.lemma} {kind}", f"tag {verb.tag_}", f"dep {verb.dep_}",
        f"relation {relation}", f"relation {relation} {kind}",
        f"subject {sort}", f"subject {sort} {cue.cue_class}", f"form {candidate.form}",
        f"form {candidate.form} {kind}", f"tag {verb.tag_} {kind}",
    ]  # fmt: skip
    names += _complement_features(indexed, candidate, verb)
    if candidate.is_negated:
        names += ["negated", f"negated {cue.cue_class}"]
    if is_passive:
        names += ["passive", f"passive {kind}"]
    if indexed.quote_of[verb.i] >= 0:
        names += ["in quotation", f"in quotation {cue.cue_class}", f"in quotation {kind}"]
    if not candidate.source:
        names += ["no source", f"no source {kind}"]
    if any(child.dep_ == "aux" and child.tag_ == "MD" for child in verb.children):
        names += ["modal", f"modal {kind}"]
    if _is_subordinate(verb):
        names.append("subordinate")
    if verb.i in indexed.questions:
        names.append("question")
    features = dict.fromkeys(names, 1.0)
    features |= {
        "length": words,
        f"length {kind}": words,
        "quoted": quoted,
        f"quoted {kind}": quoted,
    }
    if words < 1.5:
        features[f"short {kind}"] = 1.0
    return features


def _source_features(
    indexed: IndexedText, candidate: Candidate, verb: "Word", subject: "Word | None"
) -> list[str]:
    """Where the source stands and whether it is something that speaks."""
    if subject is None:
        return []
    gap = subject.i - verb.i
    side = "after" if gap > 0 else "before"
    distance = min(int(math.log2(abs(gap) + 1)), 5)
    names = [f"subject {side} {distance}", f"subject {side} {candidate.construction}"]
    if subject.pos_ != "PRON":
        speaks = "speaks" if can_speak(subject) else "mute"
        names += [
            f"subject {speaks}",
            f"subject {speaks} {candidate.cue_class}",
            f"subject {speaks} {candidate.construction}",
        ]
    if (indexed.quote_of[subject.i] >= 0) != (indexed.quote_of[verb.i] >= 0):
        names.append("subject across quotation mark")
    return names


def _is_subordinate(verb: "Word") -> bool:
    marks = [child.lower_ for child in verb.children if child.dep_ == "mark"]
    return not _OPENERS.isdisjoint(marks)


def _describe_beside(
    indexed: IndexedText, near: Sequence[int], candidate: Candidate, subject: "Word | None"
) -> Beside:
    """Tell how the quotations beside a cue meet it: on both sides, right before or after, behind a
    comma or colon."""
    text, start, end = indexed.text, candidate.cue[0].start, candidate.cue[-1].end
    if subject is not None and candidate.source:
        start, end = min(start, candidate.source[0].start), max(end, candidate.source[-1].end)
    before = [number for number in near if indexed.speech[number].end <= start]
    after = [number for number in near if indexed.speech[number].start >= end]
    first, last = (before[-1] if before else -1), (after[0] if after else -1)
    tail = text[slice(*indexed.speech[first])].rstrip("”\"’' ")[-1:] if before else ""
    gap = text[end : indexed.speech[last].start].rstrip() if after else ""
    words = text[slice(*indexed.speech[last])].strip("”\"’'“‘ ") if after else ""
    both = bool(before) and bool(after)
    return Beside(
        before=(tail if tail in ",?!.…" else "open") if before else None,
        after=(gap[-1:] if gap[-1:] in ",:." else "open") if after else None,
        touches_before=bool(before) and start - indexed.speech[first].end <= 2,
        touches_after=bool(after) and len(gap) <= 2,
        is_split=both and indexed.utterance_of[first] == indexed.utterance_of[last],
        is_sentence_after=gap.endswith(":") and words[-1:] in ".!?…",
    )


def _near_features(beside: Beside) -> list[str]:
    is_between = beside.before is not None and beside.after is not None
    names = ["near both"] if is_between else []
    if beside.is_split:
        names.append("near split")
    if beside.before is not None:
        names.append(f"near before {beside.before}")
        names.append("near before touches" if beside.touches_before else "near before apart")
    if beside.after is not None:
        names.append(f"near after {beside.after}")
        names.append("near after touches" if beside.touches_after else "near after apart")
        if beside.after == ":":
            is_whole = beside.is_sentence_after
            names.append(f"near after colon {'sentence' if is_whole else 'part'}")
    return names


def _complement_features(indexed: IndexedText, candidate: Candidate, verb: "Word") -> list[str]:
    """What the content begins with and what kind of thing it names: closed-class words, tags,
    endings of derived nouns."""
    kind, names = candidate.construction, []
    for child in verb.children:
        if child.i < verb.i:
            continue
        dep = child.dep_
        if dep in {"dobj", "attr", "oprd"}:
            names.append(f"object {_subject_type(indexed, child)} {candidate.cue_class}")
            if child.pos_ == "NOUN":
                ending = _DERIVED.search(child.lower_)
                names.append(f"object {ending[0] if ending else 'plain'} {candidate.cue_class}")
        elif dep == "prep" and child.lower_ in OBJECT_PREPOSITIONS:
            names += [f"preposition {child.lower_}", f"preposition {child.lower_} {kind}"]
        elif dep in {"ccomp", "xcomp"}:
            mark = next(
                (
                    grand.lower_
                    for grand in child.children
                    if grand.dep_ in {"mark", "aux"} and grand.i < child.i
                ),
                "",
            )
            mark = mark if mark in _MARKS else "wh" if child.left_edge.tag_ in WH else ""
            names += [
                f"complement {dep} {child.tag_}",
                f"complement {dep} {mark} {candidate.cue_class}",
            ]
        elif dep == "prt":
            names.append("particle")
    if verb.i + 1 < len(verb.doc):
        follower = verb.doc[verb.i + 1]
        names.append(f"next {follower.tag_}")
        names.append(f"next {follower.tag_} {kind}")
    return names


def _subject_type(indexed: IndexedText, subject: "Word | None") -> str:
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
    label = indexed.entity_of.get(subject.i)
    if label:
        return label
    return (
        "proper"
        if subject.pos_ == "PROPN"
        else "plural"
        if subject.tag_ == "NNS"
        else "noun"
        if subject.pos_ == "NOUN"
        else "other"
    )


def add_context(indexed: IndexedText, found: list[Candidate]) -> None:
    """Add what only the other candidates tell: whether the cue lies inside another cue's content,
    and whether it holds one."""
    events: list[tuple[int, int, Candidate]] = sorted(
        (
            (span.start, span.end, candidate)
            for candidate in found
            if candidate.cue_class == CueClass.SPEECH and candidate.cue
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
            other for start, end,
            other in events[max(0,
            bisect.bisect_right(starts, position) - 12) : bisect.bisect_right(starts, position)]
            if end > position and other.cue_index != candidate.cue_index
        ]  # fmt: skip
        if outer:
            candidate.is_nested = True
            candidate.features["nested"] = 1.0
            candidate.features[f"nested {candidate.cue_class}"] = 1.0
    found[:] = [candidate for candidate in found if candidate.content]


def _size(length: int) -> int:
    """Class of a length in code points, by doubling: 0 for none, 5 for long ones."""
    return min(int(math.log2(1 + max(length, 0) / 6)), 5)
