"""What somebody calls a thing: "described her as tired", "what he called “a week of chaos”",
"cited the drought as a reason"."""

from newsledger.lexicon.cues import Cue
from newsledger.model.enums import CueClass, CueType
from newsledger.model.records import Span
from newsledger.nlp.attribution.constructions.verb_frame import VerbFrame, is_as_clause
from newsledger.nlp.parse.parsed import Word

# their object alone is judged: "accused the mayor"
_PREDICATING = frozenset("accuse blame call describe characterize criticize dub label".split())
# and every verb of speech that judges: "attacked the audit as a waste"
_LABELLING = frozenset(
    "characterise characterize cite depict describe identify justify portray".split()
)
MAX_LEAD = 8  # code points of "as an " before the quotation of a label
CLAUSE_HEADS = frozenset("that whether how why what where when".split())


def labels_as(cue: Cue) -> bool:
    """Whether a verb of speech puts a thing as something: "attacked the audit as a waste"."""
    is_judging = cue.cue_class == CueClass.SPEECH and cue.cue_type == CueType.EVALUATION
    return is_judging or cue.lemma in _LABELLING


def is_free_label(frame: VerbFrame) -> bool:
    """Whether a thing is named in somebody's words: "what he described as “a week of chaos”", "what
    the opposition labelled a stunt"."""
    if (
        frame.cue.lemma not in _PREDICATING
        or frame.subject is None
        or frame.relation != "nsubj"
        or frame.is_passive
    ):
        return False
    return frame.verb.left_edge.lower_ == "what"


def cut_label(frame: VerbFrame, span: Span) -> Span:
    """A label without what the parser hangs behind its quotation: "what many called “fraud” | led
    to a fine"."""
    mark = next(
        (
            mark
            for mark in frame.indexed.marks
            if span.start <= mark.start < min(span.start + MAX_LEAD, span.end)
        ),
        None,
    )
    if mark is None or frame.indexed.text[mark.end :].lstrip().startswith("of "):
        return span
    return Span(span.start, min(span.end, mark.end))


def is_seen_as(frame: VerbFrame) -> bool:
    """Whether an object is put as something: "dismissed the story as invented", "characterized it
    as a fraud"."""
    thing = next((child for child in frame.objects if child.dep_ == "dobj"), None)
    return thing is not None and any(
        is_as_clause(child) or (child.dep_ == "prep" and child.lower_ == "as")
        for child in [*frame.objects, *thing.rights]
    )


def has_predicate(verb: "Word") -> bool:
    """Whether an object is said to be or do something: "called it a trap", "described her as
    tired", "accused them of lying"."""
    if verb.lemma_.lower() in _PREDICATING:
        return True
    for child in verb.rights:
        if child.dep_ == "dobj" and child.left_edge.lower_ in CLAUSE_HEADS:
            # "states that few if any mills use it", where the parser takes "that" for a thing
            return True
        if child.dep_ in {"oprd", "attr", "acomp"} or (
            child.dep_ == "prep" and child.lower_ == "as"
        ):
            return True
        if (
            child.dep_ == "prep"
            and child.lower_ in {"of", "for"}
            and any(grand.dep_ == "pcomp" for grand in child.rights)
        ):
            return True
    return False
