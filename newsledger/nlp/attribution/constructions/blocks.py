"""A paragraph without marks that a cue and a colon introduce: "The governor added:" and then what
the governor wrote."""

import re
from collections.abc import Iterator

from newsledger.model.enums import Construction, Form
from newsledger.model.records import Span
from newsledger.nlp.attribution.constructions.document import LIKELY, Candidate, end_of
from newsledger.nlp.attribution.constructions.verb_frame import VerbFrame

INTRODUCING = frozenset("add answer conclude continue explain note reply say state write".split())
# a paragraph in the first person that goes on with a block: "We want to see more …"
_FURTHER_BLOCK = re.compile(
    r"\s*\n(?=[^\n“\"]*\b(?:I|[Ww]e|[Oo]ur|us|my)\b)[^\n“\"•*–—-][^\n“\"]{40,}(?<!:)(?=\n|\Z)"
)
_BLOCK = re.compile(r":\s*\n\s*(?P<block>[^\s“\"‘'«•*<–—-][^\n]{40,})")


def read_block(frame: VerbFrame) -> Iterator[Candidate]:
    """Read a paragraph without marks that a cue and a colon introduce: "The governor added:" and
    then what the governor wrote."""
    verb, text, end = frame.verb, frame.indexed.text, frame.verb.sent[-1].idx
    if (
        frame.cue.lemma not in INTRODUCING
        or verb.head is not verb
        or frame.is_passive
        or frame.clauses
        or frame.near
        or not frame.source
    ):
        return
    if any(child.dep_ == "dobj" for child in frame.objects):
        return  # "wrote three letters:"
    found = _BLOCK.match(text, max(end_of(verb), text.rfind(":", verb.idx, end + 1)))
    if found:
        start, end = found.span("block")
        while further := _FURTHER_BLOCK.match(text, end):
            end = further.end()
        candidate = frame.read(Construction.BLOCK, (Span(start, end),), floor=LIKELY)
        candidate.form = Form.DIRECT
        yield candidate
