"""Verbs that are no listed cues and tell something all the same: "“We won!” beamed Ana"."""

import bisect

from newsledger.lexicon.cues import Cue
from newsledger.model.enums import CueClass, CueStance, CueType
from newsledger.nlp.attribution.constructions.clauses import TELLING
from newsledger.nlp.attribution.constructions.document import SENTENCE_END, IndexedText, end_of
from newsledger.nlp.attribution.constructions.features import OTHER_VERB
from newsledger.nlp.parse.parsed import Word

NEAR_OPEN = 40  # between a verb that is no listed cue and its quotation: "shot back on Friday, “…"
_TIDINGS = frozenset("gossip news rumor rumour word".split())  # "word spread that": nobody's

_OTHER_SPEECH = Cue(OTHER_VERB, "verb", CueClass.SPEECH, CueStance.NEUTRAL)
_OTHER_BELIEF = Cue(OTHER_VERB, "verb", CueClass.ATTITUDE, CueStance.NEUTRAL, CueType.BELIEF)


def find_open_cue(indexed: IndexedText, verb: "Word") -> Cue | None:
    """A verb that is no listed cue, beside quoted words or with a finite clause that says what:
    "“We won!” beamed Ana", "made clear that"."""
    if verb.pos_ != "VERB":
        return None
    is_told = verb.tag_ in TELLING and verb.dep_ != "relcl" and indexed.quote_of[verb.i] < 0
    if is_told and _touches_quote(indexed, verb):
        found = _OTHER_SPEECH
    elif _says_what(verb):
        found = _OTHER_BELIEF
    else:
        return None
    if verb.lemma_ == "put" and any(child.lower_ == "it" for child in verb.rights):
        return None  # "as she put it" is read on its own
    if any(child.lemma_.lower() in _TIDINGS for child in verb.lefts if child.dep_ == "nsubj"):
        return None
    return found


def _says_what(verb: "Word") -> bool:
    """Whether a finite clause behind a verb says what: "made clear that the bank was safe"."""
    for child in verb.rights:
        if child.dep_ == "ccomp" and any(
            grand.dep_ in {"nsubj", "nsubjpass"} for grand in child.children
        ):
            return True
    return False


def _touches_quote(indexed: IndexedText, verb: "Word") -> bool:
    """Whether quoted words end before a verb or its subject, or begin behind a comma or colon after
    it."""
    place = bisect.bisect_right(indexed.starts, verb.idx)
    text = indexed.text
    if (
        place
        and 0 <= verb.idx - indexed.speech[place - 1].end <= NEAR_OPEN
        and "\n" not in text[indexed.speech[place - 1].end : verb.idx]
    ):
        return not SENTENCE_END.search(
            text[indexed.speech[place - 1].end - 1 : verb.idx].lstrip("”\"’'")
        )
    if place < len(indexed.speech):
        gap = text[end_of(verb) : indexed.speech[place].start].rstrip()
        return (
            len(gap) <= NEAR_OPEN
            and gap[-1:] in {",", ":"}
            and "\n" not in gap
            and not SENTENCE_END.search(gap)
        )
    return False
