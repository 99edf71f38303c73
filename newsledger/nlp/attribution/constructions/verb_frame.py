"""A verb with its complements, which all readings of it share, and what the parser hangs where."""

from dataclasses import dataclass

from newsledger.lexicon.cues import Cue
from newsledger.model.enums import Construction, CueClass, CueType, EntityLabel
from newsledger.model.records import Span
from newsledger.nlp.attribution.conjuncts import FINITE, find_cut, is_report, is_speech
from newsledger.nlp.attribution.constructions.agents import find_agent
from newsledger.nlp.attribution.constructions.document import (
    Candidate,
    IndexedText,
    end_of,
    subtree_of,
)
from newsledger.nlp.attribution.constructions.features import OBJECT_PREPOSITIONS, make_candidate
from newsledger.nlp.attribution.constructions.quoted import find_near_quotes
from newsledger.nlp.attribution.constructions.subjects import WH, find_verb_span
from newsledger.nlp.attribution.source_spans import find_source
from newsledger.nlp.claims.sources import can_speak
from newsledger.nlp.parse.parsed import Word

ACCUSING = frozenset({"accuse", "blame"})
RELAYING = frozenset({"cite", "quote"})
REPORTING = frozenset(
    {CueType.SPEAKING, CueType.WRITING, CueType.DENIAL}
)  # types of cue that tell something
_REMARKS = frozenset(
    "account accusation allegation assertion charge claim denial figure statement "
    "suggestion".split()
)
_INTENDING = frozenset("agree hope plan refuse want".split())
_PERSONS = frozenset({"he", "she", "they"})
_INFORMING = frozenset({"assure", "inform", "remind", "tell", "warn"})
_TALKS = frozenset("briefing email interview letter note speech statement".split())
_PLACED = frozenset({"dobj", "attr", "acomp", "oprd"})


@dataclass(frozen=True, slots=True)
class VerbFrame:
    """A verb with its complements and what all its readings share."""

    indexed: IndexedText
    verb: "Word"
    cue: Cue
    subject: "Word | None"
    relation: str
    is_passive: bool
    source: tuple[Span, ...]
    clauses: "list[Word]"
    infinitives: "list[Word]"
    objects: "list[Word]"
    near: list[int]  # quotations beside the verb

    def read(
        self,
        construction: Construction,
        content: tuple[Span, ...],
        source: tuple[Span, ...] | None = None,
        floor: float = 0.0,
    ) -> Candidate:
        """Make a reading of the verb; its source is the subject unless another one is given."""
        candidate = make_candidate(
            self.indexed, construction, content, self.source if source is None else source,
            find_verb_span(self.verb), verb=self.verb,
            cue=self.cue, subject=self.subject, relation=self.relation, is_passive=self.is_passive,
            near=self.near,
        )  # fmt: skip
        candidate.floor = floor
        return candidate


def make_frame(
    indexed: IndexedText, verb: "Word", cue: Cue, subject: "Word | None", relation: str
) -> VerbFrame:
    """Gather what all readings of a verb with one subject share; in "Asked about the fire, she
    said", she is not who asks."""
    is_passive = _is_passive(verb)
    if cue.lemma in RELAYING and quotes_as_saying(
        verb
    ):  # "…, a source was quoted by them as saying", "“…,” they quoted her as saying"
        wanted = "nsubjpass" if is_passive else "dobj"
        quoted = next((child for child in verb.children if child.dep_ == wanted), None)
        subject, relation = (quoted, "quoted") if quoted is not None else (subject, relation)
    if (
        verb.tag_ == "VBN"
        and relation == "control"
        and not is_passive
        and not any(child.dep_ == "aux" for child in verb.children)
    ):
        subject, relation = (
            find_agent(verb),
            "reduced passive",
        )  # "Asked about the fire, she said …": she did not ask
    here = indexed.paragraph_of[verb.i]
    children = [
        child for child in verb.children if indexed.paragraph_of[child.i] == here
    ]  # two lines may be one sentence to the parser
    speaker = subject
    if relation == "relative" and subject is not None and _is_restrictive(verb, subject):
        speaker = verb.head  # "villagers who claim that …": the villagers
    return VerbFrame(
        indexed, verb, cue, subject, relation, is_passive,
        source=find_source(indexed.doc, indexed.text, speaker, verb) if speaker is not None else (),
        clauses=_find_clauses(verb, cue, children),
        infinitives=[
            child for child in children
            if (child.dep_ == "xcomp" and child.lower_ != "using")
            or _is_for_clause(child) or _is_called_on(child)
        ],
        objects=[
            child for child in children
            if child.i > verb.i
            and (
                child.dep_ in _PLACED
                or (child.lower_ in OBJECT_PREPOSITIONS and _is_about(child))
                or is_as_clause(child)
            )
        ],
        near=find_near_quotes(indexed, verb, subject) if cue.cue_class == CueClass.SPEECH else [],
    )  # fmt: skip


def _is_about(preposition: "Word") -> bool:
    """Whether a phrase tells what a verb is about, and not the day: "called | on Monday | for"."""
    is_day = preposition.lower_ == "on" and any(
        word.dep_ == "pobj" and word.ent_type_ == "DATE" for word in preposition.rights
    )
    return preposition.dep_ == "prep" and not (is_day and preposition.i == preposition.head.i + 1)


def _is_passive(verb: "Word") -> bool:
    """Whether a verb is passive, by itself or as a second one: "was arrested | and charged"."""
    if any(child.dep_ in {"auxpass", "nsubjpass"} for child in verb.children):
        return True
    is_second = verb.dep_ == "conj" and verb.tag_ == "VBN" and verb.head.tag_ == "VBN"
    is_bare = not any(child.dep_ in {"aux", "nsubj", "dobj"} for child in verb.lefts)
    return is_second and is_bare and _is_passive(verb.head)


def _is_restrictive(verb: "Word", pronoun: "Word") -> bool:
    """Whether a relative clause tells which of them speak, without a comma: "villagers who claim",
    but "Ana Lund, who said"."""
    return (
        verb.dep_ == "relcl"
        and pronoun.i > 0
        and verb.doc[pronoun.i - 1].text not in {",", "–", "—", "-"}
    )


def _find_clauses(verb: "Word", cue: Cue, children: "list[Word]") -> "list[Word]":
    """List the clauses that tell what is said: the verb's own, and for a verb of speech without one
    a clause that the parser hung elsewhere."""
    if cue.lemma in ACCUSING:
        return []  # "accuse the chiefs of selling the land | they are to keep"
    own = [
        child
        for child in children
        if child.dep_ == "ccomp" and not _is_set_off(child, verb) and not _is_other_tag(child, verb)
    ]
    if cue.lemma == "ask" and any(child.lower_ == "for" for child in verb.rights):
        own = [clause for clause in own if clause.i < verb.i or _is_question(clause)]
    if own or cue.cue_class != CueClass.SPEECH:
        return own
    front = [child for child in children if _is_open_clause(child, verb)]
    return (
        front
        or [
            lost
            for child in children
            if child.i > verb.i and (lost := _find_lost_clause(child, cue)) is not None
        ][:1]
    )


def _is_question(clause: "Word") -> bool:
    """Whether a clause is asked, that, if or how; not "asked for the sum they earned"."""
    first = clause.left_edge
    return first.lower_ in {"if", "whether", "that"} or first.tag_ in WH or first.is_quote


def find_lost_verb(frame: VerbFrame) -> Span | None:
    """Find the clause whose subject the parser took for an object: "claimed the guild, among
    others, | was buying votes"."""
    verb = frame.verb
    thing = next((child for child in frame.objects if child.dep_ == "dobj"), None)
    subject = frame.subject
    is_speaker = subject is not None and (subject.pos_ != "PRON" or subject.lower_ in _PERSONS)
    is_told = is_speaker and not frame.is_passive and frame.indexed.quote_of[verb.i] < 0
    if thing is None or not is_told or frame.cue.cue_type not in REPORTING:
        return None
    later = [child for child in verb.rights if child.dep_ == "conj" and child.i > thing.i]
    if verb.dep_ == "ccomp" and verb.head.i > thing.right_edge.i:
        later.append(verb.head)
    for other in later:
        helpers = [child for child in other.lefts if child.dep_ in {"aux", "auxpass"}]
        first = helpers[0] if helpers else other
        is_bare = not any(child.dep_ in {"nsubj", "nsubjpass", "mark"} for child in other.lefts)
        is_finite = first.tag_ in FINITE | {"MD"} and verb.doc[first.i - 1].text == ","
        if is_bare and is_finite and first.i > thing.right_edge.i:
            return Span(thing.left_edge.idx, end_of(other.right_edge))
    return None


def _is_open_clause(clause: "Word", verb: "Word") -> bool:
    """Whether a finite clause before a verb is taken for a circumstance though nothing opens it:
    "212 children have died, they said on Monday"."""
    if (
        clause.dep_ != "advcl"
        or clause.i > verb.i
        or any(child.dep_ == "mark" or child.tag_ in WH for child in clause.lefts)
    ):
        return False
    is_finite = clause.tag_ in FINITE or any(
        child.dep_ in {"aux", "auxpass"} and child.tag_ in FINITE | {"MD"} for child in clause.lefts
    )
    has_subject = any(child.dep_ in {"nsubj", "nsubjpass"} for child in clause.lefts)
    return (
        is_finite
        and has_subject
        and any(word.text == "," for word in verb.doc[clause.right_edge.i : verb.i])
    )


def _find_lost_clause(child: "Word", cue: Cue) -> "Word | None":
    """What is said, hung on where, to whom or after whom it is told: "said in a message on Friday
    that …", "told Agence Nord they had …", "said, citing two guards, that …"."""
    if child.dep_ == "prep" or child.lower_ in {"citing", "quoting"}:
        clauses = (
            word
            for word in child.subtree
            if word.pos_ in {"VERB", "AUX"}
            and (word.left_edge.lower_ == "that" or _is_told_in(word, child))
        )
        return next(
            (
                word
                for word in clauses
                if any(
                    grand.dep_ in {"nsubj", "nsubjpass"}
                    for grand in word.lefts
                    if grand.lower_ != "that"
                )
            ),
            None,
        )
    if (
        cue.lemma not in _INFORMING
        or child.dep_ != "dobj"
        or child.ent_type_ not in {EntityLabel.GPE, EntityLabel.ORG, EntityLabel.PERSON}
    ):
        return None
    clauses = (
        word for word in child.rights if word.dep_ == "relcl" and word.left_edge.tag_ not in WH
    )
    return next(
        (
            word
            for word in clauses
            if any(grand.dep_ in {"nsubj", "nsubjpass"} for grand in word.lefts)
        ),
        None,
    )


def _is_told_in(clause: "Word", preposition: "Word") -> bool:
    """Whether a clause is told in an interview and does not describe it: "confirmed in an
    interview | the pier was shut"."""
    talk = clause.head
    return (
        clause.dep_ == "relcl"
        and talk.head is preposition
        and talk.lemma_.lower() in _TALKS
        and clause.left_edge.tag_ not in WH
        and clause.left_edge.lower_ not in {"he", "she", "they", "it", "we", "i"}
    )


def _is_other_tag(clause: "Word", verb: "Word") -> bool:
    """Whether what stands behind a comma is who told it and not what: "The club has agreed a fee, a
    source told the Guardian"."""
    first = clause if clause.lemma_ == "report" else clause.left_edge  # "…, reports a daily"
    return (
        clause.i > verb.i
        and verb.doc[first.i - 1].text == ","
        and is_report(clause)
        and not any(child.dep_ == "ccomp" for child in clause.rights)
    )


def _is_set_off(clause: "Word", verb: "Word") -> bool:
    """Whether a clause before a verb is a sentence of its own: "Kyiv says a school was hit; Moscow
    denies it"."""
    return clause.i < verb.i and any(
        word.text == ";" for word in verb.doc[clause.right_edge.i : verb.i]
    )


def is_as_clause(token: "Word") -> bool:
    """Whether a participle tells what something is judged to be: "dismissed the story as
    invented"."""
    return (
        token.dep_ == "advcl"
        and token.tag_ in {"VBN", "JJ"}
        and [child.lower_ for child in token.lefts] == ["as"]
    )


def _is_for_clause(token: "Word") -> bool:
    """Whether a clause is what somebody calls for: "called for the council to act"."""
    return token.dep_ == "advcl" and {"for", "to"} <= {
        child.lower_ for child in token.lefts if child.dep_ in {"mark", "aux"}
    }


def _is_called_on(token: "Word") -> bool:
    """Whether an infinitive is what somebody calls on others to do, where the parser takes it for a
    purpose."""
    return (
        token.dep_ == "advcl"
        and token.head.lemma_.lower() == "call"
        and token.tag_ == "VB"
        and token.i > token.head.i
    )


def is_plain_intent(frame: VerbFrame) -> bool:
    """Whether somebody's intention is what a sentence tells: "She wants the case reopened", however
    short it is."""
    verb, subject = frame.verb, frame.subject
    if (
        frame.cue.lemma not in _INTENDING
        or verb.head is not verb
        or verb.tag_ not in FINITE
        or subject is None
        or frame.relation != "nsubj"
    ):
        return False
    is_human = can_speak(subject) or subject.lower_ in {"he", "she", "they"}
    return (
        is_human
        and frame.indexed.quote_of[verb.i] < 0
        and not any(child.dep_ in {"aux", "neg"} for child in verb.lefts)
    )


def quotes_as_saying(verb: "Word") -> bool:
    """Whether a verb hands over to another cue: "quoted an official as saying …"."""
    near = [child for child in verb.children if child.i > verb.i]
    near += [grand for child in near for grand in child.children]
    return any(
        token.dep_ == "prep"
        and token.lower_ == "as"
        and any(child.dep_ == "pcomp" and is_speech(child) for child in token.children)
        for token in near
    )


def cover(tokens: list["Word"]) -> Span:
    """Span from the first to the last word under some tokens."""
    return Span(
        min(token.left_edge.idx for token in tokens),
        max(end_of(token.right_edge) for token in tokens),
    )


def cut_complement(verb: "Word", clause: "Word") -> Span:
    """A complement without a second cue that the parser hangs on it: "urged people to stay in | and
    called the storm a warning"."""
    start, end = subtree_of(clause)
    if end > verb.idx and clause.n_rights:
        end = find_cut(verb, clause) or end
        end = min(
            [
                end,
                *(
                    word.doc[word.left_edge.i - 1].idx
                    for word in clause.subtree
                    if _is_remark(word) and word.i > verb.i
                ),
            ]
        )
    return Span(start, end)


def _is_remark(noun: "Word") -> bool:
    """Whether an apposition speaks of what was said: "…, a claim the monitors could not verify"."""
    if (
        noun.dep_ not in {"appos", "npadvmod", "dobj", "attr"}
        or noun.lemma_.lower() not in _REMARKS
    ):
        return False
    first = noun.left_edge
    return (
        first.lower_ in {"a", "an"}
        and noun.doc[first.i - 1].text in {",", "–", "—"}
        and any(child.dep_ in {"relcl", "acl"} for child in noun.rights)
    )
