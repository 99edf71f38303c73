"""Who does what a verb says: its subject, the nominal beside it where the parser went astray, the
agent of a passive."""

from newsledger.lexicon.time_words import load_month_names
from newsledger.model.records import Span
from newsledger.nlp.attribution.conjuncts import find_upper_cue, is_speech
from newsledger.nlp.attribution.constructions.agents import is_means
from newsledger.nlp.attribution.constructions.document import IndexedText, end_of
from newsledger.nlp.attribution.constructions.doubled_subjects import find_doubled, find_titled
from newsledger.nlp.claims.sources import can_speak
from newsledger.nlp.parse.parsed import ParsedText, Word

FAR_SUBJECT = 6  # tokens; beyond, the nominal beside the cue is tried too
MAX_TAG = 8  # tokens from a cue to the comma behind its speaker
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
VERBS = frozenset({"VERB", "AUX"})
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON"})
_CLAUSE_OPENERS = frozenset("after as because before since than until".split())
_MENTAL = frozenset("believe fear hope know think wish".split())
_DRIVING = frozenset("allow cause drive enable force lead prompt push".split())
_LETS = frozenset({"'s", "’s"})  # "let's say"
_TIMES = frozenset({"DATE", "TIME"})
_MONTHS = frozenset(
    name.capitalize()
    for name in load_month_names("en")
    if name not in ("may", "march") and len(name) > len("sept")
) | {"June", "July"}  # May and March are names, too
WH = frozenset({"WDT", "WP", "WP$", "WRB"})
_ADDRESSEES = frozenset("me us him them her it this that which what".split())


def find_subject(verb: "Word", depth: int = 0) -> tuple["Word | None", str]:
    """Find who does it: own subject, agent of a passive, or the subject that a conjunct, gerund,
    infinitive or relative clause shares."""
    if doers := _find_doers(verb):
        doer = find_doubled(verb) or find_titled(doers)
        return doer, "relative" if verb.dep_ == "relcl" and doer.tag_ in WH else "nsubj"
    passive = None
    for child in verb.children:
        if child.dep_ == "nsubjpass":
            passive = child
        if child.dep_ == "agent":
            agent = next((grand for grand in child.children if grand.dep_ == "pobj"), None)
            if agent is not None and not is_means(agent):
                return agent, "agent"
    if passive is not None:
        return passive, "nsubjpass"
    if depth > 3 or verb.head.i == verb.i:
        return None, "none"
    if verb.dep_ == "acl":
        return _find_of_participle(verb, depth)
    return _find_shared(verb, depth)


def _find_doers(verb: "Word") -> "list[Word]":
    """List the subjects of a verb, or of its helper: "has over the past months warned", where the
    parser gives the subject to "has"."""
    helpers = [child for child in verb.lefts if child.dep_ in {"aux", "auxpass"}]
    own = [
        child
        for child in verb.children
        if child.dep_ == "nsubj"
        and child.lower_ not in _LETS
        and not (child.is_punct or is_time(child))
        and not (verb.dep_ == "pcomp" and verb.head.lower_ == "on" and child.pos_ == "PROPN")
    ]
    return own or [child for helper in helpers for child in helper.lefts if child.dep_ == "nsubj"]


def _find_shared(verb: "Word", depth: int) -> tuple["Word | None", str]:
    """Find the subject that a conjunct, gerund or infinitive shares with the verb above it."""
    head = verb.head
    if verb.dep_ == "conj" and head.pos_ in VERBS:
        upper = find_upper_cue(verb) or _find_finite(verb)
        found, relation = find_subject(head if upper is None else upper, depth + 1)
        return found, f"conj {relation}" if depth == 0 else relation
    if verb.dep_ == "xcomp" and (driven := _find_driven(verb)) is not None:
        return driven, "control"
    if verb.dep_ in {"advcl", "xcomp", "ccomp", "pcomp"} and verb.tag_ in {
        "VBG",
        "VB",
        "VBN",
    }:
        anchor = head.head if verb.dep_ == "pcomp" or head.lower_ == "far" else head
        if head.lower_ == "as" and anchor.lemma_.lower() in {"quote", "cite"}:
            return _find_quoted(anchor), "quoted"
        if anchor.pos_ in VERBS:
            found, _ = find_subject(
                find_upper_cue(verb) or _find_main_verb(verb) or anchor, depth + 1
            )
            return found, "control"
        return None, "none"
    if verb.dep_ == "advcl" and verb.tag_ in {"VBD", "VBZ"}:
        lost = _find_lost_subject(verb) or _find_bare_subject(verb)
        return (lost, "nsubj") if lost is not None else (None, "none")
    return None, "none"


def _find_driven(verb: "Word") -> "Word | None":
    """The object of a verb of cause, who does what follows: "led the institute to conclude"."""
    if verb.head.lemma_.lower() not in _DRIVING:
        return None
    between = (child for child in verb.head.rights if child.dep_ == "dobj" and child.i < verb.i)
    return next(between, None)


def _find_of_participle(verb: "Word", depth: int) -> tuple["Word | None", str]:
    """Find the subject of what stands behind a noun: "a man saying …", "left the town hoping that",
    "A commander confirmed by telephone that …"."""
    head = verb.head
    if verb.tag_ in {"VBG", "VB"}:
        is_thing = not can_speak(head) and head.dep_ in {"dobj", "pobj", "npadvmod"}
        if verb.lemma_.lower() in _MENTAL and is_thing and head.head.pos_ in VERBS:
            return find_subject(head.head, depth + 1)[0], "control"
        if head.dep_ == "pobj" and head.head.lower_ == "on" and _is_network(head):
            poster = head.head.head  # "posted on Twitter | accusing the label"
            return find_subject(poster, depth + 1)[0], "control"
        return head, "acl"
    if head.head is not head or head.pos_ not in _NOMINAL:
        return None, "none"
    is_apart = verb.doc[verb.i - 1].text == "," and any(
        child.dep_ in {"dobj", "oprd"} for child in verb.rights
    )
    has_clause = any(child.dep_ == "ccomp" for child in verb.rights)
    return (head, "nsubj") if is_apart or has_clause else (None, "none")


def _is_network(noun: "Word") -> bool:
    """Tell a name that is written on and does not write: "Twitter", in "posted on Twitter"."""
    is_name = noun.pos_ == "PROPN" and not any(child.dep_ == "det" for child in noun.lefts)
    return is_name and noun.head.head.pos_ in VERBS and not can_speak(noun)


def _find_main_verb(verb: "Word") -> "Word | None":
    """The main verb for a gerund of speech behind a comma that the parser hangs in a relative
    clause: "was short with a man who sued, saying …"."""
    is_apart = verb.i > 0 and verb.doc[verb.i - 1].text == ","
    if verb.tag_ != "VBG" or verb.dep_ != "advcl" or not is_apart:
        return None
    upper, is_inside = verb.head, False
    while upper.head is not upper and upper.i < verb.i:
        is_inside = is_inside or upper.dep_ == "relcl" or _is_noun_clause(upper)
        upper = upper.head
    return upper if is_inside and upper.pos_ in VERBS and upper.i < verb.i else None


def _is_noun_clause(verb: "Word") -> bool:
    """Whether a clause says what a noun is about: "claims that the transfer was late"."""
    return verb.dep_ == "acl" and any(child.lower_ == "that" for child in verb.lefts)


def _find_finite(verb: "Word") -> "Word | None":
    """The main verb for a second cue that the parser joins to an infinitive or a passive inside:
    "stressed the readiness to sail and condemned …", "said letters were opened and warned …"."""
    if not is_speech(verb) or verb.tag_ not in {"VBD", "VBZ"} or is_helped(verb):
        return None
    inner = verb.head
    if not (is_helped(inner) and inner.dep_ in {"acl", "advcl", "ccomp", "relcl", "xcomp"}):
        return None
    upper = inner.head
    while upper.head is not upper and not (upper.pos_ in VERBS and upper.tag_ in {"VBD", "VBZ"}):
        upper = upper.head
    return upper if upper.pos_ in VERBS and upper.i < verb.i else None


def is_helped(verb: "Word") -> bool:
    """Whether a verb is an infinitive with "to" or a passive."""
    return any(child.dep_ == "auxpass" or child.tag_ == "TO" for child in verb.lefts)


def _find_lost_subject(verb: "Word") -> "Word | None":
    """The subject of a clause that the parser takes for a phrase: "fell after its chairman, Otto
    Lindqvist, | warned that"."""
    for child in verb.head.rights:
        if (
            child.dep_ == "prep"
            and child.lower_ in _CLAUSE_OPENERS
            and 0 < verb.i - child.right_edge.i <= 2
            and child.i < verb.i
        ):
            return next(
                (word for word in child.rights if word.dep_ == "pobj" and not is_time(word)), None
            )
    return None


def _find_bare_subject(verb: "Word") -> "Word | None":
    """The noun that a sentence hangs on for want of a verb, where the parser gave the cue a time as
    subject: "The kin of a man missing since July | said"."""
    root = verb.sent.root
    is_timed = any(child.dep_ == "nsubj" and is_time(child) for child in verb.lefts)
    return root if is_timed and root.pos_ in _NOMINAL and root.i < verb.i else None


def _find_quoted(verb: "Word") -> "Word | None":
    """Who is quoted: "quoted an official as saying", "the official was quoted as saying"."""
    wanted = "nsubjpass" if any(child.dep_ == "auxpass" for child in verb.lefts) else "dobj"
    return next((child for child in verb.children if child.dep_ == wanted), None)


def find_subject_beside(indexed: IndexedText, verb: "Word") -> "Word | None":
    """The nominal that touches the cue outside the quotation, where the parser went astray: “…,”
    said the mayor."""
    doc, i = indexed.doc, verb.i + 1
    if (
        i < len(doc)
        and verb.tag_ != "VB"
        and indexed.quote_of[i] < 0
        and doc[i].pos_ in {"PROPN", "DET", "NOUN", "PRON", "ADJ", "NUM"}
        and doc[i].dep_ != "mark"
    ):
        token = doc[i]
        while (
            token.head.i != token.i
            and verb.i < token.head.i <= verb.i + 12
            and token.head.pos_ in _NOMINAL
            and indexed.quote_of[token.head.i] < 0
        ):
            token = token.head
        is_of_clause = (
            token.dep_ in _SUBJECTS
            and token.head.i > verb.i
            and verb.is_ancestor(token)
            and not (token.head.lemma_ == "report" and doc[token.head.i - 1].text == ",")
        )  # "saying the pass was clear"
        is_owner = token.i + 1 < len(doc) and doc[token.i + 1].tag_ == "POS"
        is_told = verb.lemma_ == "tell" and token.dep_ == "dobj"  # "…, told the BBC"
        if (
            token.pos_ in _NOMINAL
            and not is_told
            and token.lower_ not in _ADDRESSEES
            and not is_time(token)
            and not is_of_clause
            and not is_owner
        ):
            return token
    return _find_subject_before(indexed, verb)


def _find_subject_before(indexed: IndexedText, verb: "Word") -> "Word | None":
    """The nominal right before a cue: "the mayor also | said"."""
    doc = indexed.doc
    i = verb.i - 1
    while (
        i >= 0
        and verb.i - i < 5
        and (doc[i].pos_ in {"AUX", "ADV", "PART"} or (verb.tag_ == "VBG" and doc[i].text == ","))
    ):
        i -= 1
    if i > 0 and doc[i].text == "," and _ends_tag(doc, verb) and doc[i - 1].pos_ == "PROPN":
        i -= 1  # “…,” the lead author, Ana Lund, said.
    is_far = verb.tag_ == "VBG" and i >= 0 and doc[i].dep_ == "pobj" and doc[i + 1].text == ","
    if is_far:
        return None  # "replied on Twitter, calling for …": Twitter calls for nothing
    if i >= 0 and doc[i].pos_ in _NOMINAL and indexed.quote_of[i] < 0 and not is_time(doc[i]):
        token = doc[i]
        while (
            token.head.i != token.i
            and token.head.i < verb.i
            and token.head.pos_ in _NOMINAL
            and indexed.quote_of[token.head.i] < 0
        ):
            token = token.head
        return token
    return None


def _ends_tag(doc: "ParsedText", verb: "Word") -> bool:
    """Tell a finite verb right before the end of its sentence."""
    return verb.tag_ in {"VBD", "VBZ"} and verb.i + 1 < len(doc) and doc[verb.i + 1].text == "."


def is_time(word: "Word") -> bool:
    """Whether a word names a time, which says nothing: "since July said"; not "the 56-year-old"."""
    return (word.ent_type_ in _TIMES and word.lower_ != "old") or word.text in _MONTHS


def find_inserted(indexed: IndexedText, verb: "Word") -> "tuple[Word, int, int] | None":
    """Find who speaks in a tag between commas: "The gates, Lund said, were shut", "The gates, said
    Lund, were shut"; and the first and last word of the tag."""
    doc, i = indexed.doc, verb.i
    if verb.dep_ == "parataxis":
        return _find_aside(doc, verb)
    if (
        i < 2
        or i + 2 >= len(doc)
        or indexed.quote_of[i] >= 0
        or indexed.quote_of[i + 2] >= 0
        or verb.tag_ not in {"VBD", "VBZ", "VBP"}
    ):
        return None
    if doc[i - 1].text == ",":
        return _find_inverted(doc, verb)
    head = next(
        (doc[j] for j in range(i - 1, max(i - 4, -1), -1) if doc[j].pos_ != "ADV"), doc[i - 1]
    )
    before = head.left_edge.i - 1
    if (
        head.pos_ not in _NOMINAL
        or head.ent_type_ in _TIMES
        or before <= verb.sent.start
        or doc[before].text != ","
    ):
        return None
    if doc[i + 2].tag_ == "VBG" and verb.is_ancestor(doc[i + 2]):
        return None  # "“…”, the mayor said, adding: “…”"
    if doc[i + 1].text == ",":
        return head, before + 1, i
    last = _find_tag_end(doc, verb)  # "The driver, police told reporters, had been drinking"
    return (head, before + 1, last) if last and goes_on(doc, last + 2) else None


def _find_tag_end(doc: "ParsedText", verb: "Word") -> int | None:
    """The word before the comma that ends a tag, if nothing but nouns and their like stand between:
    "told reporters on Friday,"."""
    last = next(
        (token.i - 1 for token in doc[verb.i + 1 : verb.i + MAX_TAG] if token.text == ","), None
    )
    if last is None or any(
        token.pos_ in VERBS or token.is_space or token.pos_ == "PUNCT"
        for token in doc[verb.i + 1 : last + 1]
    ):
        return None
    return last


def goes_on(doc: "ParsedText", i: int) -> bool:
    """Whether a finite verb stands at a place: what a tag between commas interrupts goes on
    there."""
    return i < len(doc) and doc[i].pos_ in VERBS and doc[i].tag_ in {"VBD", "VBZ", "VBP", "MD"}


def _find_aside(doc: "ParsedText", verb: "Word") -> "tuple[Word, int, int] | None":
    """A tag that the parser sees as such, with its speaker behind the cue and the sentence going
    on: "…, says Dr Ruiz of San Juan, is …"."""
    subject = next((child for child in verb.rights if child.dep_ == "nsubj"), None)
    if (
        subject is None
        or verb.i == 0
        or doc[verb.i - 1].text != ","
        or subject.left_edge.i != verb.i + 1
    ):
        return None
    last = subject.right_edge.i
    is_tag = last + 2 < len(doc) and doc[last + 1].text == "," and goes_on(doc, last + 2)
    return (subject, verb.i, last) if is_tag else None


def _find_inverted(doc: "ParsedText", verb: "Word") -> "tuple[Word, int, int] | None":
    """A tag with its speaker behind the cue, where a noun before it is taken for the subject and a
    verb follows."""
    last = next(
        (token.i - 1 for token in doc[verb.i + 1 : verb.i + MAX_TAG] if token.text == ","), verb.i
    )
    phrase = doc[verb.i + 1 : last + 1]
    if (
        not len(phrase)
        or phrase[0].pos_ in {"ADP", "ADV", "PART"}  # ", replied on Twitter, calling …"
        or verb.lemma_ in {"call", "dub", "name"}  # "The mass, called a plume, was large"
        or any(token.pos_ in VERBS or token.is_space for token in phrase)
        or phrase[-1].pos_ not in _NOMINAL
    ):
        return None
    if phrase[-1].tag_ == "PRP" and len(phrase) == 1:
        return None  # "Col. Demir contradicted her, saying …"
    subject = next((child for child in verb.lefts if child.dep_ == "nsubj"), None)
    if subject is not None and any(
        child.dep_ == "appos" and child.right_edge.i >= verb.i - 2 for child in subject.rights
    ):
        return None  # "Moe, a biologist at the park, questioned the findings, saying …"
    end = _find_explained_end(doc, verb, last)
    if subject is None or end is None or phrase[-1].ent_type_ in _TIMES:
        return None
    return phrase[-1], verb.i, end


def _find_explained_end(doc: "ParsedText", verb: "Word", last: int) -> int | None:
    """The last word of an inverted tag behind which a verb goes on, with what explains the name:
    "Members, said Ana Lund, | head of the trust, | “must do more”"."""
    limit = verb.sent.end
    commas = [w.i for w in doc[last + 1 : min(last + 2 + MAX_TAG, limit)] if w.text == ","]
    for comma in commas[:2]:
        after = next((w for w in doc[comma + 1 : limit] if not w.is_quote), verb)
        is_verb = after.pos_ in VERBS if comma == last + 1 else goes_on(doc, after.i)
        if is_verb and not any(w.pos_ in VERBS for w in doc[last + 1 : comma]):
            return comma - 1
    return None


def find_verb_span(verb: "Word") -> tuple[Span, ...]:
    helpers = [
        child
        for child in verb.children
        if child.dep_ in {"aux", "auxpass", "neg"} and child.i < verb.i and verb.i - child.i <= 4
    ]
    start = min([child.idx for child in helpers] or [verb.idx])
    return (Span(start, end_of(verb)),)
