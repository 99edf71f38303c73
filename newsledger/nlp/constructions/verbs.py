"""Verbs as cues: clauses, quotations, infinitives, objects and passives of one verb, each a reading."""

import bisect
import re
from collections.abc import Iterator
from dataclasses import dataclass

from newsledger.nlp.conjuncts import find_cut, is_beside
from newsledger.nlp.constructions.features import OBJECT_PREPOSITIONS, OTHER_VERB, make_candidate
from newsledger.nlp.constructions.quoted import find_near_quotes, find_rest, join_quotes, take_quotes
from newsledger.nlp.constructions.scene import LIKELY, SENTENCE_END, SURE, Candidate, Scene, as_topic, end_of, split_at, subtree_of
from newsledger.nlp.constructions.subjects import (
    FAR_SUBJECT,
    find_agent,
    find_agent_span,
    find_doubled,
    find_inserted,
    find_subject,
    find_subject_beside,
    find_verb_span,
    goes_on,
)
from newsledger.nlp.cues import Cue, load_cues
from newsledger.nlp.parsed import Word
from newsledger.nlp.source_spans import find_source
from newsledger.nlp.sources import can_speak
from newsledger.records import Span

MAX_TOLD = 5  # words between the comma and "told" in a headline
MIN_PART = 5  # code points between a semicolon and the tag behind it that can be said
NEAR_OPEN = 40  # between a verb that is no listed cue and its quotation: "shot back on Friday, “…"
_ADDRESSING = frozenset(
    "ask grill inform interview invite notify question quiz remind tell thank urge".split()
)  # "she was questioned": not what is said
_PREDICATING = frozenset(
    "accuse blame call describe characterize criticize label".split()
)  # their object alone is judged: "accused the mayor"
_CHARGING = frozenset("accuse blame charge suspect".split())
_JUDGING = frozenset("condemn criticise criticize denounce describe hail portray praise slam".split())
_LABELLING = frozenset("brand dub label".split())
_REPORTING = frozenset({"speaking", "writing", "denial"})
_INTRODUCING = frozenset("add answer conclude continue explain note reply say state write".split())
_EMPTY_CUES = frozenset({"say", "tell"})
_IDENTIFYING = frozenset("identify name photograph quote".split())
_SIGNS = frozenset(
    "banner caption card email e-mail graffiti headline inscription leaflet letter message note notice placard plaque post poster sign slogan statement text tweet".split()
)
_VICTIMS = frozenset("arrest case casualty dead death fatality infection injured injury killed missing wounded".split())
_TIDINGS = frozenset("gossip news rumor rumour word".split())  # "word spread that": nobody's
_REFUSED = frozenset("access asylum bail entry permission permit visa".split())
_NOTHINGS = frozenset("nothing anything little".split())
_TRAILING = re.compile(r",? (?:and|but|or)\Z")
_CLOSED = re.compile(r"(?: (?:on \w+day|\w+day|today|yesterday|later|earlier))?[.!?]")
_INTRANSITIVE = frozenset({"speak", "talk"})
_FLOATING = frozenset({"both", "all", "each"})
_CLAUSE_HEADS = frozenset("that whether how why what where when".split())
_FINITE = frozenset({"VBD", "VBZ", "VBN"})  # the parser takes "“…” beamed goalkeeper Ida Lund" for a participle
_RELAYING = frozenset({"cite", "quote"})
_KICKER = re.compile(r"[^:\n“\"‘']{3,30}: ")
_BLOCK = re.compile(r":\s*\n\s*(?P<block>[^\s“\"‘'«•*<–—-][^\n]{40,})")
_COUNTED = frozenset({"dobj", "prep", "advcl", "ccomp"})
_PLACED = frozenset({"dobj", "attr", "acomp", "oprd"})


@dataclass(frozen=True, slots=True)
class _Frame:
    """A verb with its complements and what all its readings share."""

    scene: Scene
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

    def read(self, construction: str, content: tuple[Span, ...], source: tuple[Span, ...] | None = None, floor: float = 0.0) -> Candidate:
        """Make a reading of the verb; its source is the subject unless another one is given."""
        candidate = make_candidate(
            self.scene, construction, content, self.source if source is None else source, find_verb_span(self.verb), verb=self.verb,
            cue=self.cue, subject=self.subject, relation=self.relation, is_passive=self.is_passive, near=self.near,
        )  # fmt: skip
        candidate.floor = floor
        return candidate


def find_open_cue(scene: Scene, verb: "Word") -> Cue | None:
    """A verb that is no listed cue, beside quoted words or with a finite clause that says what: "“We won!” beamed Ana", "made clear that"."""
    if verb.lemma_ == "put" and any(child.lower_ == "it" for child in verb.rights):
        return None  # "as she put it" is read on its own
    if verb.pos_ != "VERB" or any(child.lemma_.lower() in _TIDINGS for child in verb.lefts if child.dep_ == "nsubj"):
        return None
    if verb.tag_ in _FINITE and scene.quote_of[verb.i] < 0 and _touches_quote(scene, verb):
        return Cue(OTHER_VERB, "verb", "speech", "neutral")
    for child in verb.children:
        if child.dep_ == "ccomp" and child.i > verb.i and any(grand.dep_ in {"nsubj", "nsubjpass"} for grand in child.children):
            return Cue(OTHER_VERB, "verb", "attitude", "neutral", "belief")
    return None


def _touches_quote(scene: Scene, verb: "Word") -> bool:
    """Whether quoted words end before a verb or its subject, or begin behind a comma or colon after it."""
    place = bisect.bisect_right(scene.starts, verb.idx)
    text = scene.text
    if place and 0 <= verb.idx - scene.speech[place - 1].end <= NEAR_OPEN and "\n" not in text[scene.speech[place - 1].end : verb.idx]:
        return not SENTENCE_END.search(text[scene.speech[place - 1].end - 1 : verb.idx].lstrip("”\"’'"))
    if place < len(scene.speech):
        gap = text[end_of(verb) : scene.speech[place].start].rstrip()
        return len(gap) <= NEAR_OPEN and gap[-1:] in {",", ":"} and "\n" not in gap and not SENTENCE_END.search(gap)
    return False


def find_verb_readings(scene: Scene, verb: "Word", cue: Cue) -> Iterator[Candidate]:
    if verb.dep_ == "xcomp" and cue.cue_class == "speech" and _is_declined(verb.head):
        return  # "declined to say who was hurt"
    if verb.dep_ == "pcomp" and verb.head.lower_ == "without":
        return  # "without saying where they had come from"
    if _is_put_to(verb):
        return
    if verb.lemma_ == "know" and any(child.dep_ == "neg" for child in verb.lefts) and any(child.dep_ == "auxpass" for child in verb.lefts):
        return  # "it is not known how many": nobody's
    if (told := _find_headline_told(scene, verb)) is not None:
        headline = make_candidate(
            scene, "headline told", (told,), (), find_verb_span(verb), verb=verb, cue=cue, subject=None, relation="none", is_passive=True
        )
        headline.floor = SURE
        yield headline
        return
    subject, relation = find_subject(verb)
    if subject is not None and scene.paragraph_of[subject.i] != scene.paragraph_of[verb.i]:
        subject, relation = None, "none"  # the parser took two lines for one sentence
    if (inserted := find_inserted(scene, verb)) is not None and cue.cue_class == "speech":
        insider, first, last = inserted
        around = (
            Span(verb.sent.start_char, scene.doc[first - 1].idx),
            Span(end_of(scene.doc[last + 1]), verb.sent.end_char),
        )
        candidate = make_candidate(
            scene, "parenthesis", around, find_source(scene.doc, scene.text, insider, verb), find_verb_span(verb),
            verb=verb, cue=cue, subject=insider, relation="inserted", is_passive=False,
        )  # fmt: skip
        is_only = first == verb.i or goes_on(scene.doc, last + 2)  # "The gates, said Lund, were shut" has no other reading
        candidate.floor = SURE if is_only else 0.0
        yield candidate
        if is_only:
            return
    if scene.quote_of[verb.i] < 0 and (subject is None or subject.i != verb.i - 1):
        beside = find_subject_beside(scene, verb)
        if beside is not None and (subject is None or beside.i != subject.i):
            if subject is None or scene.quote_of[subject.i] >= 0:
                subject, relation = beside, "beside"
            elif cue.cue_class == "speech" and (relation != "nsubj" or abs(subject.i - verb.i) > FAR_SUBJECT):
                yield from _readings(scene, verb, cue, beside, "beside too")
    yield from _readings(scene, verb, cue, subject, relation)


def _readings(scene: Scene, verb: "Word", cue: Cue, subject: "Word | None", relation: str) -> Iterator[Candidate]:
    frame = _make_frame(scene, verb, cue, subject, relation)
    if victims := _find_count(frame):
        yield frame.read("count", (victims,), floor=SURE)
        return
    yield from _read_asides(frame)
    yield from _read_clauses(frame)
    yield from _read_infinitives(frame)
    yield from _read_objects(frame)
    yield from _read_block(frame)
    yield from _read_closing(frame)
    if frame.is_passive and frame.subject is not None:
        yield from _read_passive(frame, frame.subject)
    if verb.tag_ == "VBN" and verb.dep_ == "acl" and (agent := find_agent_span(scene, verb)):
        yield frame.read("participle by", (Span(verb.head.left_edge.idx, end_of(verb.head)),), agent)


def _find_headline_told(scene: Scene, verb: "Word") -> Span | None:
    """What somebody is told in a headline, where "told" is a passive: "Delays will last all summer, passengers told"."""
    if verb.lower_ != "told" or scene.text[end_of(verb) :].lstrip("’'”\"")[:1] not in {"", "\n"}:
        return None
    start = scene.text.rfind("\n", 0, verb.idx) + 1
    comma = scene.text.rfind(", ", start, verb.idx)
    if comma < 0 or not scene.text[start].strip() or len(scene.text[comma : verb.idx].split()) > MAX_TOLD:
        return None
    kicker = _KICKER.match(scene.text, start, comma)  # "Storm warning: stay at home, …"
    return Span(kicker.end() if kicker else start, comma)


def _is_put_to(verb: "Word") -> bool:
    """Whether somebody is asked and nobody is said to ask: "Asked if she would stand down, Lund laughed"."""
    if verb.lemma_.lower() not in {"ask", "question"} or verb.tag_ != "VBN" or verb.dep_ != "advcl":
        return False
    return find_agent(verb) is None and not any(child.dep_ in {"nsubj", "nsubjpass", "aux", "auxpass"} for child in verb.lefts)


def _is_set_off(clause: "Word", verb: "Word") -> bool:
    """Whether a clause before a verb is a sentence of its own: "Kyiv says a school was hit; Moscow denies it"."""
    return clause.i < verb.i and any(word.text == ";" for word in verb.doc[clause.right_edge.i : verb.i])


def _is_declined(verb: "Word") -> bool:
    cue = load_cues().get((verb.lemma_.lower(), "verb"))
    return cue is not None and cue.cue_class == "declined"


def _make_frame(scene: Scene, verb: "Word", cue: Cue, subject: "Word | None", relation: str) -> _Frame:
    is_passive = any(child.dep_ in {"auxpass", "nsubjpass"} for child in verb.children)
    if is_passive and cue.lemma in _RELAYING and _quotes_as_saying(verb):
        quoted = next(
            (child for child in verb.lefts if child.dep_ == "nsubjpass"), None
        )  # "…, a source was quoted by the agency as saying"
        subject, relation = (quoted, "quoted") if quoted is not None else (subject, relation)
    if verb.tag_ == "VBN" and relation == "control" and not is_passive and not any(child.dep_ == "aux" for child in verb.children):
        subject, relation = find_agent(verb), "reduced passive"  # "Asked about the fire, she said …": she did not ask
    here = scene.paragraph_of[verb.i]
    children = [child for child in verb.children if scene.paragraph_of[child.i] == here]  # two lines may be one sentence to the parser
    return _Frame(
        scene, verb, cue, subject, relation, is_passive,
        source=find_source(scene.doc, scene.text, subject, verb) if subject is not None else (),
        clauses=[child for child in children if child.dep_ == "ccomp" and not _is_set_off(child, verb)],
        infinitives=[child for child in children if (child.dep_ == "xcomp" and child.lower_ != "using") or _is_for_clause(child) or _is_called_on(child)],
        objects=[
            child for child in children
            if child.i > verb.i
            and (child.dep_ in _PLACED or (child.dep_ == "prep" and child.lower_ in OBJECT_PREPOSITIONS) or _is_as_clause(child))
        ],
        near=find_near_quotes(scene, verb, subject) if cue.cue_class == "speech" else [],
    )  # fmt: skip


def _read_asides(frame: _Frame) -> Iterator[Candidate]:
    """ "As the bishop said, the poor cannot wait", "the gates, Lund said, were shut": the sentence around the verb."""
    verb = frame.verb
    if verb.dep_ in {"advcl", "ccomp", "parataxis"} and any(
        child.dep_ in {"mark", "advmod"} and child.lower_ == "as" and child.i < verb.i for child in verb.children
    ):
        is_plain = frame.cue.cue_class == "speech" and frame.source and verb.left_edge.is_sent_start and not frame.objects
        yield frame.read("as clause", _around(frame.scene, verb), floor=LIKELY if is_plain else 0.0)
    if verb.dep_ == "parataxis" and _is_tag_of_quote(frame):
        return
    if verb.dep_ == "parataxis" or (verb.dep_ == "conj" and verb.head.pos_ in {"VERB", "AUX"} and not frame.clauses and frame.near):
        yield frame.read("parenthesis", _around(frame.scene, verb))


def _is_tag_of_quote(frame: _Frame) -> bool:
    """Whether a cue only closes a quotation, and the words behind it tell how it was said: "“I forgive him,” she said, with tears in her eyes"."""
    before = [number for number in frame.near if frame.scene.speech[number].end <= frame.verb.idx]
    after = [number for number in frame.near if frame.scene.speech[number].start > frame.verb.idx]
    comma = next((token.i for token in frame.scene.doc[frame.verb.i : frame.verb.i + 2] if token.text == ","), None)
    return bool(before) and not after and comma is not None and not goes_on(frame.scene.doc, comma + 1)


def _read_clauses(frame: _Frame) -> Iterator[Candidate]:
    """Read finite clauses and quotations: "said the pass was clear", "“…,” she said"."""
    scene, verb, near = frame.scene, frame.verb, frame.near
    if frame.clauses:
        content = _clause_content(scene, verb, frame.subject, frame.clauses)
        is_quoted = scene.quote_of[verb.i] >= 0  # "I think so" inside somebody's words does not take the rest of them
        is_relayed = verb.dep_ == "pcomp" and verb.head.lower_ == "as" and not frame.relation.startswith("beside")
        is_felt = frame.is_passive and frame.cue.holder == "object" and bool(frame.source) and not is_quoted  # "she is convinced that"
        is_plain = not is_quoted and frame.cue.cue_class == "speech" and _is_plain_report(frame)
        is_relayed = is_relayed or (frame.relation == "quoted" and frame.is_passive)
        floor = SURE if is_relayed else LIKELY if is_felt or is_plain else 0.0  # "quoted an official as saying the pass was clear"
        yield frame.read("clause", tuple(content) if is_quoted else join_quotes(scene, content, near), floor=floor)
        if frame.is_passive and frame.cue.holder != "object" and frame.relation != "quoted":
            is_open = frame.subject is not None and frame.subject.lower_ == "it" and not is_quoted and not find_agent(verb)
            yield frame.read("passive that", tuple(content), find_agent_span(scene, verb), LIKELY if is_open else 0.0)
    if near:
        candidate = frame.read("quotation", take_quotes(scene, near))
        candidate.floor = _quotation_floor(scene, candidate, verb, frame.subject)
        yield candidate
    if near and not frame.clauses:
        if between := find_rest(scene, verb, frame.subject, near):
            yield frame.read("rest and quotation", join_quotes(scene, [between], near))
        if frame.objects:
            floor = LIKELY if _is_free_label(frame) else 0.0
            yield frame.read("object and quotation", join_quotes(scene, [_cover(frame.objects)], near), floor=floor)


def _is_free_label(frame: _Frame) -> bool:
    """Whether a thing is named in somebody's words: "what he described as “a week of chaos”"."""
    is_named = frame.cue.lemma in _PREDICATING and frame.subject is not None and frame.relation == "nsubj"
    return is_named and frame.verb.left_edge.lower_ == "what" and not frame.is_passive


def _is_plain_report(frame: _Frame) -> bool:
    """Whether a clause is reported beyond doubt: "the road is shut, said Peter Holm", "…, who said he was late"."""
    verb, subject = frame.verb, frame.subject
    if is_beside(verb):
        return True  # ", with monitors saying that ballots had been burned"
    if subject is None or verb.tag_ not in {"VBD", "VBZ"} or any(child.dep_ in {"aux", "neg"} for child in verb.lefts):
        return False
    if frame.relation == "relative":
        return (
            frame.cue.cue_type in _REPORTING
            and can_speak(verb.head)
            and any(child.dep_ in {"nsubj", "nsubjpass"} for child in frame.clauses[0].lefts)
        )
    return subject.i > verb.i and subject.left_edge.i == verb.i + 1 and all(clause.i < verb.i for clause in frame.clauses)


def _read_infinitives(frame: _Frame) -> Iterator[Candidate]:
    """Read infinitives and raising: "vowed to leave", "asked the council to act", "is said to have fled"."""
    scene, verb, subject = frame.scene, frame.verb, frame.subject
    if frame.cue.cue_class == "evidential" and subject is not None and frame.relation == "nsubj" and (frame.infinitives or frame.objects):
        rest = _cover([*frame.infinitives, *frame.objects])
        whole = [rest] if subject.lower_ in {"it", "there"} else [subtree_of(subject), rest]
        yield frame.read("raising", split_at(scene, whole, verb), ())
    if not frame.infinitives:
        return
    first = frame.infinitives[0]
    if first.lemma_.lower() in _IDENTIFYING and any(child.dep_ == "neg" for child in first.lefts):
        return  # "who asked not to be named": a ground rule
    span = _cut_complement(verb, first)
    has_happened = any(child.dep_ == "aux" and child.lower_ == "have" for child in first.lefts)
    is_claim = frame.cue.lemma == "claim" and has_happened and bool(frame.source) and scene.quote_of[verb.i] < 0
    floor = LIKELY if is_claim else 0.0  # "claimed to have taken the airport"
    if _is_appeal(frame):
        yield frame.read("object infinitive", (Span(_cover(frame.objects).start, span.end),), floor=LIKELY)
        return
    yield frame.read("passive infinitive" if frame.is_passive else "infinitive", split_at(scene, [span], verb), floor=floor)
    people = [child for child in frame.objects if child.dep_ == "dobj" and child.i < first.i]
    if people and not frame.is_passive:
        yield frame.read("object infinitive", split_at(scene, [Span(_cover(people).start, span.end)], verb))
    if frame.is_passive and subject is not None and frame.relation != "agent":
        whole = [subtree_of(subject), subtree_of(first)]
        yield frame.read("passive clause", split_at(scene, whole, verb), find_agent_span(scene, verb))


def _is_appeal(frame: _Frame) -> bool:
    """Whether somebody is called on to act: "urged people to stay at home", "called on both sides to stop"."""
    wanted = "dobj" if frame.cue.lemma == "urge" else "prep" if frame.cue.lemma == "call" else ""
    people = next((child for child in frame.objects if child.dep_ == wanted), None)
    if people is None or frame.is_passive or not frame.source or frame.relation.startswith("beside"):
        return False
    return (wanted == "dobj" or people.lower_ in {"on", "upon"}) and people.i < frame.infinitives[0].i


def _read_block(frame: _Frame) -> Iterator[Candidate]:
    """Read a paragraph without marks that a cue and a colon introduce: "The governor added:" and then what the governor wrote."""
    verb, text, end = frame.verb, frame.scene.text, frame.verb.sent[-1].idx
    if frame.cue.lemma not in _INTRODUCING or verb.head is not verb or frame.is_passive or frame.clauses or frame.near or not frame.source:
        return
    if any(child.dep_ == "dobj" for child in frame.objects):
        return  # "wrote three letters:"
    found = _BLOCK.match(text, max(end_of(verb), text.rfind(":", verb.idx, end + 1)))
    if found:
        candidate = frame.read("block", (Span(*found.span("block")),), floor=LIKELY)
        candidate.form = "direct"
        yield candidate


def _read_closing(frame: _Frame) -> Iterator[Candidate]:
    """Read a tag that ends its sentence, where the parser takes its subject for one more noun: "…, a monitor and state media both reported." """
    scene, verb, text = frame.scene, frame.verb, frame.scene.text
    if frame.cue.cue_type not in _REPORTING or verb.tag_ not in {"VBD", "VBZ", "VBP"} or frame.clauses or frame.near:
        return
    if any(child.dep_ != "prep" for child in frame.objects):
        return
    words, start = scene.doc[verb.sent.start : verb.i], verb.sent.start_char
    is_doubled = find_doubled(verb) is not None
    if not is_doubled and not (_CLOSED.match(text, end_of(verb)) and verb.dep_ in {"conj", "advcl", "appos", "relcl", "dep"}):
        return
    last = len(words)
    while last and (words[last - 1].pos_ in {"ADV", "AUX"} or words[last - 1].lower_ in _FLOATING):
        last -= 1
    comma = next((i for i in range(last - 1, 0, -1) if words[i].text == "," or words[i].pos_ == "VERB"), 0)
    heads = [word for word in words[comma + 1 : last] if word.pos_ in {"NOUN", "PROPN"}]
    if words[comma].text != "," or not heads or heads[-1].i != words[last - 1].i or not can_speak(heads[-1]):
        return
    if words[comma + 1].pos_ == "CCONJ" or frame.cue.lemma in _INTRANSITIVE or any(child.dep_ == "neg" for child in verb.lefts):
        return  # "…, and the crew never reported"
    if not any(word.pos_ in {"VERB", "AUX"} for word in words[:comma]):
        return
    source = Span(words[comma + 1].idx, end_of(heads[-1]))
    yield frame.read("closing tag", (Span(start, words[comma].idx),), (source,), LIKELY)


def _read_objects(frame: _Frame) -> Iterator[Candidate]:
    """Read bare objects: "called it a trap", "announced new homes"."""
    if not frame.objects or frame.clauses or _quotes_as_saying(frame.verb):
        return
    if frame.is_passive and frame.relation != "agent" and frame.cue.holder != "object":
        return  # "they were denied visas": who is told, asked or denied something does not say it
    if frame.cue.lemma == "deny" and any(child.dep_ == "dative" or child.lemma_.lower() in _REFUSED for child in frame.verb.rights):
        return  # "denied them entry" refuses and says nothing
    if frame.cue.lemma in _EMPTY_CUES and any(child.lower_ in _NOTHINGS for child in frame.objects):
        return  # "says nothing of the men"
    if any(child.lower_ == "anonymity" for thing in frame.objects for child in (thing, *thing.rights)):
        return  # "requested anonymity": a ground rule
    if frame.cue.lemma in _RELAYING and any(can_speak(child) for child in frame.objects if child.dep_ == "dobj"):
        return  # "citing a security source" names who is relayed
    is_denial = _is_denied(frame) and bool(frame.source) and frame.scene.quote_of[frame.verb.i] < 0  # "denied the report"
    floor = LIKELY if is_denial or _is_judged(frame) or _is_owned(frame) else 0.0
    candidate = frame.read("object", split_at(frame.scene, [_cover(frame.objects)], frame.verb), floor=floor)
    yield candidate if floor or _has_predicate(frame.verb) else as_topic(candidate)


def _read_passive(frame: _Frame, subject: "Word") -> Iterator[Candidate]:
    """Read passives: "was accused of theft", "the attack was blamed on rebels by the army"."""
    scene, verb, lemma = frame.scene, frame.verb, frame.cue.lemma
    is_felt = frame.cue.holder == "object"  # "she is convinced": she is no content
    is_outside = scene.quote_of[verb.i] < 0
    if frame.relation in {"nsubjpass", "nsubj"} and not frame.infinitives and lemma not in _ADDRESSING and not is_felt:
        rest = [child for child in verb.children if child.i > verb.i and child.dep_ in {"prep", "oprd", "ccomp", "advcl"}]
        content = split_at(scene, [subtree_of(subject), *(subtree_of(child) for child in rest)], verb)
        agent = find_agent_span(scene, verb)
        content = tuple(span for piece in content for span in _without(piece, agent))
        is_charge = is_outside and (_is_charge(lemma, rest) or _is_label(lemma, rest))
        yield frame.read("passive", join_quotes(scene, content, []) if is_outside else content, agent, LIKELY if is_charge else 0.0)
    if frame.relation == "agent" and not frame.clauses and not _quotes_as_saying(verb):
        passive = next((child for child in verb.children if child.dep_ in {"nsubjpass", "nsubj"}), None)
        if passive is not None:
            rest = [child for child in verb.children if child.i > verb.i and child.dep_ in {"prep", "oprd", "xcomp"}]
            charge = _find_charge(subject, lemma)
            rest += [charge] if charge is not None else []
            content = split_at(scene, [subtree_of(passive), *(subtree_of(child) for child in rest)], verb)
            agent = find_agent_span(scene, verb)
            if charge is not None:
                agent = tuple(Span(start, min(end, charge.idx - 1)) for start, end in agent)
            is_plain = frame.cue.cue_class == "speech" and can_speak(subject)
            yield frame.read("passive by", join_quotes(scene, content, []) if is_outside else content, agent, SURE if is_plain else 0.0)


def _is_charge(lemma: str, rest: "list[Word]") -> bool:
    """Whether it is said what somebody is accused of, or what as somebody is criticised."""
    wanted = {"as", "for"} if lemma in _JUDGING else {"of", "for", "on", "with"} if lemma in _CHARGING else set()
    return any(child.dep_ == "prep" and child.lower_ in wanted for child in rest)


def _is_label(lemma: str, rest: "list[Word]") -> bool:
    """Whether something is judged and not named: "was called a charlatan", but "the second part is called Staccato"."""
    return any(
        child.dep_ == "oprd" and (lemma in _LABELLING or (lemma == "call" and child.left_edge.lower_ in {"a", "an"})) for child in rest
    )


def _find_charge(agent: "Word", lemma: str) -> "Word | None":
    """The charge or judgment that the parser hangs on the agent: "accused by farmers of poisoning the river", "hailed by fans as a hero"."""
    if lemma in _JUDGING:
        return next((child for child in agent.rights if child.dep_ == "prep" and child.lower_ == "as"), None)
    if lemma not in _CHARGING:
        return None
    return next((child for child in agent.rights if child.dep_ == "prep" and any(grand.dep_ == "pcomp" for grand in child.rights)), None)


def _without(piece: Span, source: tuple[Span, ...]) -> list[Span]:
    """What is left of a span before a source that it ends with: "on rebels | by the army"."""
    if source and piece.start < source[0].start < piece.end:
        return [Span(piece.start, source[0].start - len("by "))]
    return [piece]


def _has_predicate(verb: "Word") -> bool:
    """Whether an object is said to be or do something: "called it a trap", "described her as tired", "accused them of lying"."""
    if verb.lemma_.lower() in _PREDICATING:
        return True
    for child in verb.rights:
        if child.dep_ == "dobj" and child.left_edge.lower_ in _CLAUSE_HEADS:
            return True  # "states that few if any mills use it", where the parser takes "that" for a thing
        if child.dep_ in {"oprd", "attr", "acomp"} or (child.dep_ == "prep" and child.lower_ == "as"):
            return True
        if child.dep_ == "prep" and child.lower_ in {"of", "for"} and any(grand.dep_ == "pcomp" for grand in child.rights):
            return True
    return False


def _is_as_clause(token: "Word") -> bool:
    """Whether a participle tells what something is judged to be: "dismissed the story as invented"."""
    return token.dep_ == "advcl" and token.tag_ in {"VBN", "JJ"} and [child.lower_ for child in token.lefts] == ["as"]


def _is_denied(frame: _Frame) -> bool:
    """Whether something is denied: "denied the report", "rejected accusations that it shelled the market"."""
    if frame.cue.lemma not in {"reject", "dismiss", "refute", "rebut"}:
        return frame.cue.lemma == "deny"
    things = [child for child in frame.objects if child.dep_ == "dobj"]
    return not frame.is_passive and any((child.lemma_.lower(), "noun") in load_cues() for child in things)


def _is_owned(frame: _Frame) -> bool:
    """Whether an act is owned: "claimed responsibility for the attack", "admitted guilt"."""
    things = {child.lemma_.lower() for child in frame.objects if child.dep_ == "dobj"}
    is_owning = frame.cue.lemma in {"accept", "admit", "claim", "deny"} and bool(things & {"guilt", "responsibility"})
    return is_owning and bool(frame.source) and not frame.is_passive and frame.scene.quote_of[frame.verb.i] < 0


def _is_judged(frame: _Frame) -> bool:
    """Whether a thing is judged: "dismissed the threat as bluster", "condemned the law as an attack"."""
    if (
        frame.cue.lemma not in _JUDGING | {"dismiss", "reject"}
        or not frame.source
        or frame.is_passive
        or frame.relation.startswith("beside")
    ):
        return False
    thing = next((child for child in frame.objects if child.dep_ == "dobj"), None)
    if thing is None or frame.scene.quote_of[frame.verb.i] >= 0:
        return False
    return any(_is_as_clause(child) or (child.dep_ == "prep" and child.lower_ == "as") for child in [*frame.objects, *thing.rights])


def _find_count(frame: _Frame) -> Span | None:
    """The victims that are counted: "reported 12 dead and 30 wounded", "spoke of more than 100 dead", however the parser joins them."""
    if frame.cue.lemma not in {"report", "speak"} or not frame.source or frame.is_passive or frame.relation.startswith("beside"):
        return None
    parts = [child for child in frame.verb.rights if child.dep_ in _COUNTED and child.left_edge.lower_ not in _CLAUSE_HEADS]
    words = [word for part in parts for word in part.subtree]
    if not parts or parts[0].dep_ not in {"dobj", "prep"} or not any(word.pos_ == "NUM" for word in parts[0].subtree):
        return None
    return _cover(parts) if any(word.lemma_.lower() in _VICTIMS or word.lower_ in _VICTIMS for word in words) else None


def _is_for_clause(token: "Word") -> bool:
    """Whether a clause is what somebody calls for: "called for the council to act"."""
    return token.dep_ == "advcl" and {"for", "to"} <= {child.lower_ for child in token.lefts if child.dep_ in {"mark", "aux"}}


def _is_called_on(token: "Word") -> bool:
    """Whether an infinitive is what somebody calls on others to do, where the parser takes it for a purpose."""
    return token.dep_ == "advcl" and token.head.lemma_.lower() == "call" and token.tag_ == "VB" and token.i > token.head.i


def _quotation_floor(scene: Scene, candidate: Candidate, verb: "Word", subject: "Word | None") -> float:
    """Probability at least of a quotation whose cue leaves no doubt: between its pieces, or inverted behind its comma."""
    if subject is None or not candidate.source or scene.quote_of[subject.i] >= 0 or subject.tag_ == "POS":
        return 0.0
    if "near split quotation" in candidate.features:
        return SURE  # “The truth,” said the bishop, “is that we were late.”
    bearer = verb.head if verb.dep_ in {"relcl", "acl"} else subject
    if candidate.lemma == "read" and bearer.lemma_.lower() in _SIGNS:
        return SURE  # “Enough is enough,” read one banner.
    is_inverted = candidate.source[0].start - end_of(verb) == 1 and verb.tag_ in _FINITE
    if is_inverted and "near before touches" in candidate.features and "near before open" not in candidate.features:
        return LIKELY  # “We saw smoke,” said two fishermen.
    if (
        verb.tag_ == "VBG"
        and candidate.lemma in _INTRODUCING
        and "near after :" in candidate.features
        and "near both" not in candidate.features
    ):
        return LIKELY  # “We will rebuild,” the mayor said, adding: “But not here.”
    last = scene.text[candidate.content[-1].start : candidate.content[-1].end].rstrip("”\"’' ")
    is_told = "near after ," in candidate.features and "near both" not in candidate.features and verb.tag_ in _FINITE
    if is_told and last[-1:] in {".", "!", "?"} and subject.i < verb.i:
        return LIKELY  # The coach shot back, “Ask the referee.”
    return 0.0


def _quotes_as_saying(verb: "Word") -> bool:
    """Whether a verb hands over to another cue: "quoted an official as saying …"."""
    near = [child for child in verb.children if child.i > verb.i]
    near += [grand for child in near for grand in child.children]
    return any(
        token.dep_ == "prep" and token.lower_ == "as" and any(child.dep_ == "pcomp" and child.pos_ == "VERB" for child in token.children)
        for token in near
    )


def _cut_complement(verb: "Word", clause: "Word") -> Span:
    """A complement without a second cue that the parser hangs on it: "urged people to stay in | and called the storm a warning"."""
    start, end = subtree_of(clause)
    if end > verb.idx and clause.n_rights:
        end = find_cut(verb, clause) or end
    return Span(start, end)


def _clause_content(scene: Scene, verb: "Word", subject: "Word | None", clauses: list["Word"]) -> list[Span]:
    spans: list[Span] = []
    for clause in clauses:
        start, end = _cut_complement(verb, clause)
        that = next((child for child in clause.lefts if child.dep_ == "mark" and child.lower_ == "that"), None)
        if that is not None and verb.i < clause.left_edge.i < that.i:
            start = that.idx  # "said, without giving evidence, that …"
        if scene.paragraph_of[clause.left_edge.i] != scene.paragraph_of[clause.right_edge.i]:
            start, end = _clip(scene, Span(start, end), clause.idx)  # the parser took two lines for one sentence
        if start <= verb.idx < end:
            left, right = verb.idx, end_of(verb)
            if subject is not None and subject.sent == verb.sent and not (start <= subject.left_edge.idx and abs(subject.i - verb.i) > 12):
                left, right = min(left, subject.left_edge.idx), max(right, end_of(subject.right_edge))
            spans += [span for span in (Span(start, left), Span(right, end)) if span.end - span.start > 2]
        else:
            spans.append(Span(start, end))
    return [_without_trailing(scene.text, span) for span in spans]


def _without_trailing(text: str, span: Span) -> Span:
    """A span without the conjunction that joins it to the next sentence: "the reforms were not complete, and"."""
    found = _TRAILING.search(text, *span)
    return Span(span.start, found.start()) if found else span


def _clip(scene: Scene, span: Span, at: int) -> Span:
    """The part of a span that stands in the line of an offset."""
    start = max(span.start, scene.text.rfind("\n", span.start, at) + 1)
    end = scene.text.find("\n", at, span.end)
    return Span(start, span.end if end < 0 else end)


def _around(scene: Scene, verb: "Word") -> tuple[Span, ...]:
    """The sentence without the clause of the cue: content of "as X said" and "…, X said, …"."""
    sentence = verb.sent
    start, end = subtree_of(verb)
    if verb.dep_ == "conj":
        start = verb.idx
    first, last = sentence.start_char, sentence.end_char
    if end - start > 0.7 * (last - first):
        return ()
    stops = [token.idx for token in sentence if token.text == ";"]  # "Nobody was hurt; the driver, police say, was drunk"
    first = max([first, *(stop + 1 for stop in stops if stop < start and start - stop > MIN_PART)])
    last = min([last, *(stop for stop in stops if stop >= end)])
    return tuple(span for span in (Span(first, start), Span(end, last)) if span.end - span.start > 3)


def _cover(tokens: list["Word"]) -> Span:
    return Span(min(token.left_edge.idx for token in tokens), max(end_of(token.right_edge) for token in tokens))
