"""What belongs to a content though the parser hung it elsewhere: second halves ("said the bridge
was shut | but would reopen"), members of a list, what goes on behind a semicolon or a tag."""

from newsledger.lexicon.cues import load_cues
from newsledger.model.enums import Construction, EntityLabel
from newsledger.model.records import Span
from newsledger.nlp.attribution.conjuncts import FINITE, is_speech
from newsledger.nlp.claims.sources import can_speak
from newsledger.nlp.parse.parsed import ParsedText, Phrase, Word

OBJECTS = frozenset(
    {Construction.OBJECT, Construction.OBJECT_INFINITIVE, Construction.OBJECT_AND_QUOTATION}
)
SUBJECTS = frozenset({"nsubj", "nsubjpass", "expl", "csubj"})
_LEARNING = frozenset(
    "authenticate confirm corroborate disclose identify name provide release substantiate "
    "verify".split()
)
_DETAILS = frozenset({"detail", "evidence", "explanation", "information", "reason"})
_JOINING = frozenset({"and", "but", "yet", "nor"})
_HELD = frozenset({"as", "because", "given", "if", "than", "unless", "until", "when", "whenever"})
_RESUMING = frozenset({"because", "given", "if", "since", "unless"})
_INCLUDING = frozenset({"along", "including", "such"})
_OTHER_BASES = frozenset({"according", "amid", "based", "despite", "per"})
_BOUNDS = frozenset({"till", "until", "within"})
_NOUNS = frozenset({"NOUN", "PROPN"})
_MEMBERS = frozenset({"appos", "conj", "dobj"})
_PERSONS = frozenset({"he", "she", "they", "i", "we"})
_POSSIBLE = frozenset({"could", "may", "might", "would"})  # after the present, too
_PAST = frozenset({"had", "was", "were", "did", "would", "could", "might", "'d", "’d"})
_PRESENT = frozenset(
    "has have is are am does do will can may must 'll ’ll 's ’s 're ’re 've ’ve".split()
)


def extend(
    doc: "ParsedText", piece: "Phrase", cue: "Word", construction: Construction, end: int
) -> int:
    """Take in what belongs to the content though the parser hung it on the cue."""
    limit = cue.sent.end
    at = piece.end
    while at < limit:
        further = _next_part(doc, piece, at, limit, cue, construction)
        if further is None or further <= at:
            break
        at = further
    if at == piece.end:
        return end
    last = doc[_end_of(doc, at) - 1]
    return last.idx + len(last)


def find_resumption(doc: "ParsedText", cue: "Word") -> tuple[Span, ...]:
    """Find what goes on behind a tag: "The fine is unfair, Lund said, | given that the slope was
    cut before"."""
    subject = next((child for child in cue.children if child.dep_ in SUBJECTS), None)
    last = max(cue.i, subject.right_edge.i if subject is not None and subject.i > cue.i else 0)
    limit = cue.sent.end
    if last + 3 >= limit or doc[last + 1].text != "," or doc[last + 2].lower_ not in _RESUMING:
        return ()
    if any(is_reported(word) for word in doc[last + 2 : limit]):
        return ()
    while doc[limit - 1].is_punct or doc[limit - 1].is_space:
        limit -= 1
    return (Span(doc[last + 2].idx, doc[limit - 1].idx + len(doc[limit - 1])),)


def is_reported(verb: "Word") -> bool:
    """Tell a verb of speech with a subject of its own: somebody else's words begin."""
    if verb.pos_ != "VERB" or not is_speech(verb):
        return False
    return any(child.dep_ in SUBJECTS for child in verb.children)


def is_unverified(verb: "Word") -> bool:
    """Tell a clause that says what the outlet could not learn: "could not be independently
    confirmed", "were not named"; "had not been confirmed" is told by the speaker."""
    helpers = {child.lower_ for child in verb.lefts}
    is_denied = any(child.dep_ == "neg" for child in verb.lefts)
    is_silent = verb.lemma_.lower() in {"give", "offer"} and any(
        child.dep_ == "dobj" and child.lemma_.lower() in _DETAILS and child.left_edge.lower_ == "no"
        for child in verb.rights
    )  # "but gave no details"
    return is_silent or (verb.lemma_.lower() in _LEARNING and is_denied and "had" not in helpers)


def tense_of(verb: "Word") -> str:
    """The tense that tells backshifted words from others: past, present or none."""
    helpers = [
        child.lower_
        for child in verb.lefts
        if child.dep_ in {"aux", "auxpass"} and child.tag_ in FINITE | {"MD"}
    ]
    low = helpers[0] if helpers else verb.lower_
    if low in _PAST:
        return "past"
    if low in _PRESENT:
        return "present"
    if helpers:
        return ""
    return {"VBD": "past", "VBZ": "present", "VBP": "present"}.get(verb.tag_, "")


def _next_part(
    doc: "ParsedText", piece: "Phrase", at: int, limit: int, cue: "Word", construction: Construction
) -> int | None:
    """Find the end (a token) of one more part behind a content, if the next words are one."""
    if construction == Construction.CLAUSE and cue.dep_ != "relcl" and _is_own_rest(doc, at, limit):
        return _end_of(doc, limit)
    first = at
    while first < limit and doc[first].text in {",", "—", "–", "-"}:
        first += 1
    apart = first > at
    joint = doc[first] if first < limit and doc[first].lower_ in _JOINING else None
    begin = first + 1 if joint is not None else first
    if begin >= limit:
        return None
    head = _head_from(doc, begin, limit)
    if head is None or head.i <= piece.root.i:
        return None
    stop = min(head.right_edge.i + 1, limit)
    bases = (i - 1 for i in range(begin, stop) if doc[i].lower_ == "according")
    stop = next(bases, stop)
    if joint is not None and _is_that_clause(head):
        return stop
    if construction in OBJECTS and _is_further_member(head, cue, is_joined=joint is not None):
        return stop
    if construction in OBJECTS and head.dep_ == "advcl" and doc[begin].lower_ == "because":
        return stop
    if construction in OBJECTS and head.dep_ == "prep" and head.lower_ in _BOUNDS and not apart:
        return stop  # "requested a halt | until May 9"
    if construction in {Construction.INFINITIVE, Construction.OBJECT_INFINITIVE}:
        is_first = head.i == begin or (head.i == begin + 1 and doc[begin].lower_ == "to")
        is_member = head.tag_ == "VB" and is_first and (apart or joint is not None)
        return stop if is_member else None
    if construction != Construction.CLAUSE or head.dep_ == "punct":
        return None
    if joint is not None:
        return stop if _is_further_half(head, piece.root, cue) else None
    if apart and head.dep_ in {"advcl", "conj"} and _is_listed(head, piece.root):
        return stop
    is_held = doc[begin].lower_ == "because" or (not apart and doc[begin].lower_ in _HELD)
    if head.dep_ == "advcl" and is_held:
        subject = next((child for child in head.lefts if child.dep_ in SUBJECTS), None)
        is_told = subject is not None and subject.lower_ in _PERSONS
        return None if is_told and doc[begin].lower_ in {"as", "when"} else stop
    return None


def _is_own_rest(doc: "ParsedText", at: int, limit: int) -> bool:
    """Tell a rest of the sentence in which nobody else begins to speak: what is set off and has no
    verb of its own ("— more than two buses"), what follows ("so it is no burden"), a further
    statement behind a semicolon."""
    rest = doc[at:limit]
    if any(is_reported(word) or is_unverified(word) for word in rest):
        return False
    opener = doc[at].text
    if opener == ";":
        return True
    following = doc[at + 1].lower_ if at + 1 < limit else ""
    if opener == "," and following == "so":
        return at + 2 < limit and doc[at + 2].lower_ != "far"
    is_apart = opener in {",", "—", "–", "--", "["} and following not in _JOINING | {"a", "an"}
    return is_apart and not any(
        word.tag_ in FINITE | {"MD", "VBG"} or word.lower_ in _OTHER_BASES for word in rest
    )


def _end_of(doc: "ParsedText", limit: int) -> int:
    """The end of a sentence without its last mark and spaces."""
    while doc[limit - 1].is_space or doc[limit - 1].text in {".", "!", "?"}:
        limit -= 1
    return limit


def _head_from(doc: "ParsedText", begin: int, limit: int) -> "Word | None":
    """The highest word of the phrase that begins at a token: its left edge is there."""
    word = doc[begin]
    while word.head is not word and word.head.left_edge.i >= begin and word.head.i < limit:
        word = word.head
    return word if word.left_edge.i == begin else None


def _is_further_member(head: "Word", cue: "Word", *, is_joined: bool) -> bool:
    """Tell one more member of a list of objects that the parser hung on the cue: "for beds, | a
    supply for the camps, | and the help needed", "along with a rise in cases"."""
    if head.head is not cue and not (is_joined and head.dep_ == "conj"):
        return False
    if head.lower_ in _INCLUDING:
        return head.dep_ == "prep"
    if head.tag_ == "VBG" and head.dep_ == "conj":
        return is_joined and cue.tag_ in FINITE  # "accused him of greed | and using repairs"
    return head.pos_ in _NOUNS and head.dep_ in _MEMBERS


def _is_that_clause(verb: "Word") -> bool:
    """Tell a second clause of what is said: "that the lift had stuck, | but that it ran again"."""
    first = verb.left_edge
    return first.lower_ == "that" and first.dep_ == "mark" and first.head is verb


def _is_listed(verb: "Word", root: "Word") -> bool:
    """Tell one of several things told of a subject: "had been checked, | had not failed"."""
    helpers = [child for child in verb.lefts if child.dep_ in {"aux", "auxpass"}]
    is_bare = not any(child.dep_ in SUBJECTS or child.dep_ == "mark" for child in verb.lefts)
    is_same = bool(helpers) and tense_of(verb) != "" and tense_of(verb) == tense_of(root)
    return is_bare and is_same and verb.left_edge is helpers[0]


def _is_pluperfect(verb: "Word") -> bool:
    return any(child.dep_ == "aux" and child.lower_ in {"had", "'d", "’d"} for child in verb.lefts)


def _is_further_half(verb: "Word", root: "Word", cue: "Word") -> bool:
    """Whether a second verb tells more of what is said and not what is done next: in the tense of
    the first, no verb of speech, not the deed of somebody who could speak."""
    is_passive = any(child.dep_ == "auxpass" for child in verb.lefts)
    subject = next((child for child in verb.lefts if child.dep_ in SUBJECTS), None)
    is_cue = (verb.lemma_.lower(), "verb") in load_cues() and not is_passive
    helpers = [child for child in verb.lefts if child.dep_ in {"aux", "auxpass"}]
    is_other = subject is not None and subject.pos_ != "PRON" and can_speak(subject)
    is_cue = is_cue and (subject is None or is_speech(verb) or (is_other and not helpers))
    own = next((child for child in root.lefts if child.dep_ in SUBJECTS), None)
    does_both = subject is None and own is not None and (own.pos_ == "PRON" or can_speak(own))
    if does_both and _is_pluperfect(verb) and _is_pluperfect(root) and not _is_pluperfect(cue):
        is_cue = False  # "said they had thought of a strike | but had decided against it"
    if verb.pos_ not in {"VERB", "AUX"} or is_cue or is_unverified(verb):
        return False
    tense = tense_of(verb)
    is_nobody = subject is None or (subject.pos_ != "PRON" and not can_speak(subject))
    is_nobody = is_nobody or (subject is not None and subject.dep_ == "expl")
    is_thinkable = is_nobody and any(child.lower_ in _POSSIBLE for child in helpers)
    if not is_thinkable and (not tense or tense != tense_of(root)):
        return False
    if subject is None:
        is_plain = own is not None and own.pos_ != "PRON" and not can_speak(own)
        return bool(helpers) or verb.lower_ in _PAST | _PRESENT or is_plain or cue.tag_ != verb.tag_
    is_deed = not helpers and verb.tag_ == "VBD" and verb.lemma_ != "be"
    return not (is_deed and (subject.ent_type_ == EntityLabel.PERSON or can_speak(subject)))
