"""Bare objects of a cue: "called it a trap", "announced new homes", "reported 12 dead", "denied the
report"."""

from collections.abc import Iterator

from newsledger.lexicon.cues import load_cues
from newsledger.lexicon.source_words import find_word_class
from newsledger.model.enums import Construction, EntityLabel, WordClass
from newsledger.model.records import Span
from newsledger.nlp.attribution.constructions.document import (
    LIKELY,
    POSSIBLE,
    Candidate,
    as_topic,
    end_of,
    split_at,
    subtree_of,
)
from newsledger.nlp.attribution.constructions.labels import (
    CLAUSE_HEADS,
    cut_label,
    has_predicate,
    is_free_label,
    is_seen_as,
    labels_as,
)
from newsledger.nlp.attribution.constructions.verb_frame import (
    ACCUSING,
    RELAYING,
    VerbFrame,
    cover,
    find_lost_verb,
    quotes_as_saying,
)
from newsledger.nlp.claims.sources import can_speak
from newsledger.nlp.parse.parsed import Word

JUDGING = frozenset(
    "condemn criticise criticize denounce describe hail portray praise slam".split()
)
_TELLING = frozenset({"ROOT", "conj", "ccomp", "advcl", "parataxis"})
_CHARGING = {
    "accuse": "of", "ascribe": "to", "attribute": "to", "blame": "on", "charge": "with",
    "credit": "with",
}  # fmt: skip
_REQUESTING = {
    "appeal": {"for"}, "ask": {"for"}, "call": {"for"}, "plead": {"for"}, "warn": {"against", "of"},
    "request": frozenset(),
}  # fmt: skip
_CONDEMNING = frozenset("condemn criticise criticize denounce hail praise slam".split())
_SEARCHING = frozenset({"crews", "officers", "police", "rescuers", "soldiers", "troops"})
_FINDING = frozenset("confirm detect find indicate prove reveal show suggest".split())
_BODIES = frozenset({WordClass.GOVERNMENT_BODY, WordClass.MONITOR, WordClass.ORGANISATION})
_HAPPENING = frozenset({"after", "although", "though", "until", "while"})  # a fact follows
_TRIALS = frozenset(
    "autopsy examination result sample test".split()
)  # that show something, as studies do
_EMPTY_CUES = frozenset({"say", "tell"})
_VICTIMS = frozenset(
    "arrest case casualty dead death fatality infection injured injury killed missing "
    "wounded".split()
)
_REFUSED = frozenset("access asylum bail entry permission permit visa".split())
_STATES = frozenset("ceasefire disaster emergency holiday independence state truce war".split())
_NOTHINGS = frozenset("nothing anything little".split())
_COUNTED = frozenset({"dobj", "prep", "advcl", "ccomp"})


def read_objects(frame: VerbFrame) -> Iterator[Candidate]:
    """Read bare objects: "called it a trap", "announced new homes"."""
    if not frame.objects or frame.clauses or quotes_as_saying(frame.verb):
        return
    if (told := find_lost_verb(frame)) is not None:
        yield frame.read(Construction.CLAUSE, (told,), floor=LIKELY)
        return
    if _is_asked(frame):
        return  # "What do you attribute that to?", "Did he condemn the attack?"
    if frame.is_passive and frame.relation != "agent" and frame.cue.holder != "object":
        return  # "they were denied visas": who is told, asked or denied something does not say it
    if frame.cue.lemma == "deny" and any(
        child.dep_ == "dative" or child.lemma_.lower() in _REFUSED for child in frame.verb.rights
    ):
        return  # "denied them entry" refuses and says nothing
    if frame.cue.lemma in _EMPTY_CUES and any(child.lower_ in _NOTHINGS for child in frame.objects):
        return  # "says nothing of the men"
    if frame.relation.startswith("beside") and any(
        child is frame.subject for child in frame.objects
    ):
        return  # "flatly dismissed the claim": the claim does not dismiss itself
    if any(
        child.lower_ == "anonymity" for thing in frame.objects for child in (thing, *thing.rights)
    ):
        return  # "requested anonymity": a ground rule
    if frame.cue.lemma in RELAYING and any(
        can_speak(child) for child in frame.objects if child.dep_ == "dobj"
    ):
        return  # "citing a security source" names who is relayed
    is_denial = (
        _is_denied(frame) and bool(frame.source) and frame.indexed.quote_of[frame.verb.i] < 0
    )  # "denied the report"
    is_label, whole = is_free_label(frame), cover(frame.objects)
    is_sure = is_label or is_denial or _is_requested(frame) or _is_found(frame)
    is_sure = is_sure or _is_condemned(frame) or _is_made_known(frame)
    is_sure = is_sure or _is_judged(frame) or _is_owned(frame) or _is_told_of(frame)
    is_sure = is_sure or _is_proclaimed(frame)
    floor = LIKELY if is_sure else POSSIBLE if _is_held(frame) else 0.0
    whole = Span(whole.start, max([whole.end, *_list_further_ends(frame)]))
    whole = cut_label(frame, whole) if is_label else whole
    candidate = frame.read(
        Construction.OBJECT, split_at(frame.indexed, [whole], frame.verb), floor=floor
    )
    yield candidate if floor or has_predicate(frame.verb) else as_topic(candidate)


def _is_asked(frame: VerbFrame) -> bool:
    """Whether a verb with its helper before its subject stands in a question."""
    subject, words = frame.subject, frame.verb.sent
    return (
        subject is not None
        and any(child.dep_ == "aux" and child.i < subject.i for child in frame.verb.lefts)
        and any(word.text == "?" for word in words[-2:])
    )


def _is_plain(frame: VerbFrame, marks: frozenset[str] = frozenset()) -> bool:
    """Whether a verb in the active tells a fact outside of quoted words: no "would", no "not", no
    "when" but for `marks`."""
    verb = frame.verb
    is_open = any(
        (child.dep_ in {"neg", "mark"} and child.lower_ not in marks) or child.tag_ in {"MD", "TO"}
        for child in verb.lefts
    )
    return (
        not is_open
        and bool(frame.source)
        and not frame.is_passive
        and not frame.relation.startswith("beside")
        and frame.indexed.quote_of[verb.i] < 0
    )


def _is_requested(frame: VerbFrame) -> bool:
    """Whether somebody asks for something or warns of it: "has asked for funds", "are requesting
    more money", "warned against panic"."""
    wanted = _REQUESTING.get(frame.cue.lemma)
    if wanted is None or not _is_plain(frame) or frame.subject is None:
        return False
    is_speaker = can_speak(frame.subject) or frame.subject.lower_ in {"he", "she", "they", "it"}
    is_named = frame.subject.ent_type_ in {
        EntityLabel.GPE,
        EntityLabel.NORP,
        EntityLabel.ORG,
        EntityLabel.PERSON,
    }
    has_thing = any(
        child.lower_ in wanted if wanted else child.dep_ == "dobj" for child in frame.objects
    )
    return has_thing and (is_speaker or is_named) and frame.verb.dep_ in _TELLING


def _is_proclaimed(frame: VerbFrame) -> bool:
    """Whether something holds because it is said: "declared a state of emergency"."""
    things = [child for child in frame.objects if child.dep_ == "dobj"]
    is_said = frame.cue.lemma == "declare" and frame.subject is not None and _is_plain(frame)
    return is_said and any(thing.lemma_.lower() in _STATES for thing in things)


def _is_held(frame: VerbFrame) -> bool:
    """Whether somebody's fear or consent is all that a sentence tells: "He fears the worst"."""
    is_speaker = frame.subject is not None and (
        can_speak(frame.subject) or frame.subject.lower_ in {"he", "she", "they"}
    )
    return frame.cue.lemma in {"agree", "fear"} and is_speaker and _is_plain(frame)


def _list_further_ends(frame: VerbFrame) -> Iterator[int]:
    """List the ends of what belongs to an object though the parser hung it on the cue: "asked for
    time to think", "… and for a second chance", "accused him of selling land | they need"."""
    last = frame.objects[-1]
    if _is_requested(frame):
        if frame.infinitives:
            yield subtree_of(frame.infinitives[-1]).end
        yield from (
            end_of(word.right_edge)
            for word in frame.verb.rights
            if word.dep_ == "conj" and word.pos_ == "ADP" and word.i > last.i
        )
    if frame.cue.lemma == "find":  # "found 19 cases | among 148 samples"
        yield from (
            end_of(word.right_edge)
            for word in frame.verb.rights
            if word.dep_ == "prep" and word.lower_ in {"among", "at", "from"}
        )
    if frame.cue.lemma in ACCUSING:
        yield from (
            subtree_of(word).end
            for word in frame.verb.rights
            if word.dep_ == "ccomp" and word.left_edge.i == last.right_edge.i + 1
        )


def _is_condemned(frame: VerbFrame) -> bool:
    """Whether somebody judges a thing in so many words: "condemned the attack", "she praised the
    crew"."""
    if frame.cue.lemma not in _CONDEMNING or not _is_plain(frame) or frame.subject is None:
        return False
    is_speaker = can_speak(frame.subject) or frame.subject.lower_ in {"he", "she", "they"}
    has_thing = any(child.dep_ == "dobj" for child in frame.objects)
    return is_speaker and has_thing and frame.verb.dep_ in _TELLING


def _is_made_known(frame: VerbFrame) -> bool:
    """Whether people or a body make an event or a sum known: "confirmed the presence of the
    beetle", "has pledged 8 million crowns", "found 19 cases"."""
    things = [child for child in frame.objects if child.dep_ == "dobj"]
    if not things or frame.subject is None or not _is_plain(frame):
        return False
    low = frame.subject.lower_
    is_speaker = can_speak(frame.subject) or low in {"he", "she", "they"}
    if not is_speaker or frame.verb.dep_ not in _TELLING:
        return False
    if any(word.lower_ == "according" for word in frame.verb.sent):
        return False  # what others told is told by one already
    if frame.cue.lemma == "confirm":
        return not any(_is_reached(thing) for thing in things)
    if frame.cue.lemma in {"forecast", "pledge", "predict", "project", "report"}:
        return any(word.pos_ == "NUM" for thing in things for word in thing.subtree)
    is_body = frame.subject.ent_type_ == EntityLabel.ORG or find_word_class(low) in _BODIES
    is_body = is_body and low not in _SEARCHING  # "police found two guns"
    return frame.cue.lemma == "find" and is_body and things[0].left_edge.pos_ == "NUM"


def _is_found(frame: VerbFrame) -> bool:
    """Whether a study, a survey or a test finds something: "tests confirmed the presence of the
    virus", "the survey found fewer than 60 inspectors"."""
    subject = frame.subject
    if frame.cue.lemma not in _FINDING or subject is None or not _is_plain(frame, _HAPPENING):
        return False
    noun = subject.lemma_.lower()
    is_trial = noun in _TRIALS or find_word_class(noun) == WordClass.DOCUMENT
    has_thing = any(child.dep_ == "dobj" for child in frame.objects)
    return is_trial and has_thing and frame.verb.dep_ in _TELLING


def find_victims(frame: VerbFrame) -> Span | None:
    """The victims that are counted: "reported 12 dead and 30 wounded", "spoke of more than 100
    dead", however the parser joins them."""
    if (
        frame.cue.lemma not in {"report", "speak"}
        or not frame.source
        or frame.is_passive
        or frame.relation.startswith("beside")
    ):
        return None
    parts = [
        child
        for child in frame.verb.rights
        if child.dep_ in _COUNTED and child.left_edge.lower_ not in CLAUSE_HEADS
    ]
    words = [word for part in parts for word in part.subtree]
    if (
        not parts
        or parts[0].dep_ not in {"dobj", "prep"}
        or not any(word.pos_ == "NUM" for word in parts[0].subtree)
    ):
        return None
    return (
        cover(parts)
        if any(word.lemma_.lower() in _VICTIMS or word.lower_ in _VICTIMS for word in words)
        else None
    )


def _is_denied(frame: VerbFrame) -> bool:
    """Whether something is denied: "denied the report", "rejected accusations that it shelled the
    market"."""
    if frame.cue.lemma not in {"reject", "dismiss", "refute", "rebut"}:
        return frame.cue.lemma == "deny"
    things = [child for child in frame.objects if child.dep_ == "dobj"]
    return not frame.is_passive and any(
        (child.lemma_.lower(), "noun") in load_cues() for child in things
    )


def _is_owned(frame: VerbFrame) -> bool:
    """Whether an act is owned: "claimed responsibility for the attack", "admitted guilt"."""
    things = {child.lemma_.lower() for child in frame.objects if child.dep_ != "prep"}
    is_owning = frame.cue.lemma in {"accept", "admit", "claim", "deny", "plead"} and bool(
        things & {"guilt", "guilty", "responsibility"}
    )
    is_open = any(
        child.tag_ == "MD" for child in frame.verb.lefts
    )  # "said he would plead not guilty"
    return (
        is_owning
        and not is_open
        and bool(frame.source)
        and not frame.is_passive
        and frame.indexed.quote_of[frame.verb.i] < 0
    )


def _is_told_of(frame: VerbFrame) -> bool:
    """Whether an event is told: "spoke of gunmen going from house to house", "told of being
    beaten"."""
    if (
        frame.cue.lemma not in {"speak", "tell"}
        or not frame.source
        or frame.is_passive
        or frame.indexed.quote_of[frame.verb.i] >= 0
    ):
        return False
    told = [word for child in frame.objects if child.lower_ == "of" for word in child.rights]
    return any(
        word.dep_ == "pcomp"
        or any(child.dep_ == "acl" and child.tag_ == "VBG" for child in word.rights)
        for word in told
    )


def _is_judged(frame: VerbFrame) -> bool:
    """Whether a thing is judged: "dismissed the threat as bluster", "called it a trap", "reported
    shelling"."""
    if labels_as(frame.cue) and _is_plain(frame) and is_seen_as(frame):
        return True
    lemma, is_beside = frame.cue.lemma, frame.relation.startswith("beside")
    if (
        not frame.source
        or frame.is_passive
        or is_beside
        or frame.indexed.quote_of[frame.verb.i] >= 0
    ):
        return False
    if lemma == "report":
        has_thing = any(child.dep_ == "dobj" and not _is_reached(child) for child in frame.objects)
        return has_thing and frame.subject is not None and can_speak(frame.subject)
    if lemma in _CHARGING:
        near = [word for thing in frame.objects for word in (thing, *thing.rights)]
        has_thing = lemma != "credit" or any(word.dep_ == "dobj" for word in near)
        has_charge = any(word.dep_ == "prep" and word.lower_ == _CHARGING[lemma] for word in near)
        return has_thing and has_charge  # "Teacher credited with saving a life" is a headline
    if lemma == "call":
        is_open = any(
            child.dep_ == "neg" or child.tag_ == "MD" for child in frame.verb.lefts
        )  # "we might call it a game"
        return not is_open and any(child.dep_ == "oprd" for child in frame.verb.rights)
    thing = next((child for child in frame.objects if child.dep_ == "dobj"), None)
    if thing is None or lemma not in JUDGING | {"dismiss", "reject"}:
        return False
    return is_seen_as(frame)


def _is_reached(thing: "Word") -> bool:
    """Whether somebody is reported to an office, and nothing said: "reported him", "reported her
    boss"."""
    return (
        thing.pos_ == "PRON"
        or thing.ent_type_ == EntityLabel.PERSON
        or any(child.dep_ == "poss" and child.pos_ == "PRON" for child in thing.lefts)
    )
