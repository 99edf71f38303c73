"""Where what is said begins and ends: with its whole clause, without what the outlet or another
source adds, with the halves that the parser hangs on the cue ("said the bridge was shut | but would
reopen").

Rules about language. Cuts learned from corpora lost trailing phrases: they are judged there by
overlap of half, to which an end means nothing.
"""

import bisect
import re
from collections.abc import Sequence
from itertools import pairwise

from newsledger.model.enums import Construction, EntityLabel
from newsledger.model.records import Span
from newsledger.nlp.attribution.asides import is_answer, is_other_basis, lists_speakers
from newsledger.nlp.attribution.conjuncts import FINITE, is_set_off, is_speech
from newsledger.nlp.attribution.constructions.denied import is_denial_of
from newsledger.nlp.attribution.further_parts import (
    OBJECTS,
    SUBJECTS,
    extend,
    find_resumption,
    is_unverified,
    tense_of,
)
from newsledger.nlp.claims.sources import can_speak
from newsledger.nlp.parse.parsed import ParsedText, Phrase, Word
from newsledger.nlp.quotes.kinds import has_tag

_OPENERS = frozenset({"while", "whereas", "though", "although", "but", "and", "yet"})
_AFTER = frozenset(
    {"after", "because"}
)  # without a comma, too: "promised to act after a paper said"
_TURNS = frozenset({"though", "although", "whereas"})
_OTHERS = frozenset(
    "he she they it another others some many most several critics one two three few".split()
)
_PLACES = frozenset(
    "briefing conference e-mail email filing interview letter message podcast post remark "
    "speech statement testimony tweet video".split()
)
_ADDING = frozenset(
    "accuse add admit allege argue assert blame boast call caution claim cite compare "
    "complain emphasise emphasize explain underline "
    "condemn criticize criticise declare decline demand deny describe"
    " dismiss insist label liken note promise quip reiterate say state stress suggest tell "
    "urge vow warn".split()
)
_DESCRIBING = frozenset("characterise characterize depict describe portray".split())
_DETAILING = frozenset({"elaborate", "give", "identify", "name", "offer", "provide", "specify"})
_CONNECTIVE = re.compile(
    r"(?:However(?=,)|In addition(?=,)|Meanwhile|Moreover|Furthermore|Additionally|Nevertheless"
    r"|Nonetheless),?\s+"
)
_DAY = re.compile(
    r"(?:(?:on |late |early )?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
    r"(?: (?:morning|afternoon|evening|night))?|yesterday|today"
    r"|last (?:week|month|year|night)|at th(?:e|at) time|(?:earlier )?this (?:week|month|year)"
    r"|in (?:Jan|Febr)uary|in (?:March|April|May|June|July|August|October)"
    r"|in (?:Sept|Nov|Dec)ember)\s+"
)
_CLAIM_NOUN = re.compile(
    r"(?:(?:the|any|all|some|such|these|those) )*(?:claims?|reports?|allegations?"
    r"|suggestions?|accusations?|charges?|rumou?rs?|assertions?) that "
)
# whom somebody tells: "told NBC’s “Meet the Press” that | …"
_PROGRAMME = re.compile(
    r"[A-Z][\w.]*[’']s? ?[“\"‘][^”\"’\n]{3,40}[”\"’](?: (?:programme|program|show|podcast))?"
    r"(?: on \w+day)? that "
)
_JOINT = re.compile(r"\s(?:and|but)\s*\Z")
MAX_TAG = 160  # code points behind a quotation in which its tag is looked for
MAX_FRONT = 18  # words of a subject that the parser took from its clause
_PHRASE_BEGINS = frozenset({"DET", "NOUN", "PROPN", "NUM", "ADJ"})
_FIRSTS = frozenset({"amod", "det", "expl", "nsubj", "nsubjpass", "poss"})  # of a clause
_INFORMING = frozenset({"advise", "assure", "inform", "tell", "warn"})


def settle_content(
    doc: "ParsedText",
    marks: Sequence[Span],
    content: tuple[Span, ...],
    cue: "Word",
    construction: Construction,
) -> tuple[Span, ...]:
    """Give a content its ends. `marks` are the quotations of the text in order; nothing is cut
    inside one that does not hold the cue, too."""
    if not content:
        return content
    first, last = content[0], content[-1]
    if first.start < cue.idx and (found := _CONNECTIVE.match(doc.text, first.start, first.end)):
        content = (Span(found.end(), first.end), *content[1:])
    if last.start < cue.idx:
        return (
            *content,
            *(find_resumption(doc, cue) if construction == Construction.CLAUSE else ()),
        )
    start = _settle_start(doc, last, cue, construction)
    if cue.lemma_.lower() in _INFORMING and (told := _PROGRAMME.match(doc.text, start, last.end)):
        start = told.end()
    if construction in OBJECTS and (named := _CLAIM_NOUN.match(doc.text, start, last.end)):
        start = named.end()  # "rejected reports that | the bank was failing"
    piece = doc.char_span(start, last.end, alignment_mode="contract")
    if piece is None or not len(piece):
        return content
    open_marks = [mark for mark in _near(marks, start, last.end) if not _holds(mark, cue.idx)]
    end = _find_stop(piece, cue, construction, open_marks)
    if end is None:
        end = _find_next_voice(doc.text, open_marks, last.end)
    if end is None:
        end = extend(doc, piece, cue, construction, last.end)
    end = max([end, *(mark.end for mark in open_marks if _is_torn(mark, start, end))])
    return (*content[:-1], Span(start, _strip(doc.text, start, end)))


def _near(marks: Sequence[Span], start: int, end: int) -> Sequence[Span]:
    first = max(bisect.bisect_right(marks, (start,)) - 1, 0)
    return marks[first : bisect.bisect_left(marks, (end,))]


def _is_torn(mark: Span, start: int, end: int) -> bool:
    """Whether a content ends within quoted words that are all its own."""
    return start - 1 <= mark.start < end < mark.end


def _holds(mark: Span, offset: int) -> bool:
    return mark.start <= offset < mark.end


# --- start


def _settle_start(doc: "ParsedText", last: Span, cue: "Word", construction: Construction) -> int:
    """Find where a clause begins: with a subject that the parser gave to the cue, behind a day of
    telling."""
    start, cue_end = last.start, cue.idx + len(cue)
    if (
        construction not in {Construction.CLAUSE, Construction.REST_AND_QUOTATION}
        or start < cue_end
    ):
        return start
    if day := _DAY.match(doc.text, start, last.end):
        following = doc.char_span(day.end(), day.end() + 1, alignment_mode="expand")
        if following is not None and following[0].dep_ in _FIRSTS:
            return day.end()
    if construction != Construction.CLAUSE:
        return start
    front = doc.char_span(cue_end, start, alignment_mode="contract")
    words = _leave_place([word for word in front or () if not word.is_space])
    if not words or len(words) > MAX_FRONT or cue.lemma_.lower() in {"tell", "inform", "assure"}:
        return start
    first = words[0]
    if cue.lemma_.lower() in _DESCRIBING and any(word.lower_ == "as" for word in words):
        return first.idx  # "described | her as furious that nobody came"
    is_phrase = first.dep_ in {"det", "poss", "amod", "compound", "nsubj", "dobj", "nummod"}
    head = first if first.dep_ in {"nsubj", "dobj"} else first.head
    is_bare = not _has_subject(doc, start)  # "confirmed the death of a boy | was due to flu"
    is_day = first.ent_type_ in {"DATE", "TIME"} or head.lemma_ in {"week", "month", "year"}
    is_phrase = is_phrase or first.pos_ in _PHRASE_BEGINS
    if is_bare and is_phrase and not is_day and cue.lemma_.lower() not in _INFORMING:
        return first.idx
    is_lost = head.dep_ == "dobj" and head.head is cue and is_bare
    is_listed = (words[-1].text == "," and first.dep_ == "poss") or words[-1].dep_ == "relcl"
    if is_phrase and head.ent_type_ not in {"DATE", "TIME"} and (is_lost or is_listed):
        return first.idx
    return start


def _leave_place(words: "list[Word]") -> "list[Word]":
    """Leave out where something was said: "admitted in an email | the rules were hard"."""
    first = words[0] if words else None
    if first is None or not _is_place_of_telling(first):
        return words
    place = next(child for child in first.rights if child.lemma_.lower() in _PLACES)
    return [word for word in words if word.i > place.i]


def _has_subject(doc: "ParsedText", start: int) -> bool:
    """Whether the clause that begins at an offset has a subject of its own."""
    opened = doc.char_span(start, start + 1, alignment_mode="expand")
    word: Word | None = opened[0] if opened is not None else None
    if word is None or word.pos_ not in {"VERB", "AUX"} or word.tag_ not in FINITE | {"MD"}:
        return True
    verb = word.head if word.dep_ in {"aux", "auxpass"} else word
    return any(child.dep_ in SUBJECTS for child in verb.lefts)


# --- cuts


def _find_stop(
    piece: "Phrase", cue: "Word", construction: Construction, marks: Sequence[Span]
) -> int | None:
    """Find where somebody else, or the outlet, goes on."""
    words = piece.doc.words
    for word in piece:
        if word.i <= piece.start or (marks and any(_holds(mark, word.idx) for mark in marks)):
            continue
        stop = None
        is_apart = words[word.i - 1].text == ","
        if (
            (is_apart and (is_other_basis(word) or lists_speakers(word, cue)))
            or (is_answer(word, cue) or (is_apart and is_denial_of(word.head)))
            or (
                word.text == ";"
                and any(is_unverified(later) for later in words[word.i : piece.end])
            )
        ):
            stop = word
        elif word.pos_ in {"VERB", "AUX"}:
            stop = (
                _find_other_report(word, piece, construction)
                or _find_added_cue(word, cue, construction)
                or _find_second_cue(word, cue, construction)
                or _find_deed(word, piece, marks)
            )
        elif (construction in OBJECTS and _is_place_of_telling(word)) or (
            word.lower_ == "amid" and construction != Construction.QUOTATION
        ):
            stop = word
        if stop is not None and stop.i > piece.start + 1:
            return stop.idx
    return _find_other_tense(piece, cue, marks) if construction == Construction.CLAUSE else None


def _find_next_voice(text: str, marks: Sequence[Span], limit: int) -> int | None:
    """Find where quoted words end that the next quotation, with a tag of its own, follows at once:
    added that “we left.” | “We ran,” said Moe."""
    for mark, following in pairwise(marks):
        is_next = 0 <= following.start - mark.end <= 2 and following.start < limit
        is_next = is_next and text[mark.end - 2] in ".!?…" and text[mark.end - 1] in '”"'
        if is_next and has_tag(text[following.end : following.end + MAX_TAG].split("\n")[0]):
            return mark.end
    return None


def _find_other_report(verb: "Word", piece: "Phrase", construction: Construction) -> "Word | None":
    """Find the first word of what another source says beside it: ", though the ministry has
    confirmed …", "; witnesses said …"."""
    if verb.dep_ not in {"advcl", "conj", "ccomp", "parataxis"} or not is_speech(verb):
        return None
    subject = next((child for child in verb.lefts if child.dep_ == "nsubj"), None)
    is_finite = verb.tag_ in FINITE or any(child.tag_ in FINITE for child in verb.lefts)
    if subject is None or not is_finite or (verb.dep_ == "conj" and subject.lower_ == "it"):
        return None
    is_source = (
        can_speak(subject)
        or subject.lower_ in _OTHERS
        or any(child.dep_ == "nummod" or child.tag_ == "CD" for child in subject.children)
        or subject.tag_ == "CD"
    )
    first, doc = verb.left_edge, verb.doc
    opener = first if first.lower_ in _OPENERS | _AFTER else doc[first.i - 1]
    if not is_source or opener.i <= piece.start:
        return None
    if opener.lower_ in _AFTER and construction in {
        Construction.INFINITIVE,
        Construction.OBJECT,
        Construction.OBJECT_INFINITIVE,
    }:
        return opener
    if opener.lower_ in _OPENERS and doc[opener.i - 1].text in {",", "—", "–"}:
        return doc[opener.i - 1]
    if opener.lower_ in _TURNS and can_speak(subject):
        return opener  # "could kill the germs though officials still urge"
    return None


def _find_added_cue(verb: "Word", cue: "Word", construction: Construction) -> "Word | None":
    """Find the first word of what the speaker is said to add: ", calling it a trap", "and calling
    them traitors"."""
    is_told = verb.tag_ == "VBG" and verb.lemma_.lower() in _ADDING and _hangs_loose(verb)
    if not is_told or construction == Construction.ACCORDING_TO:
        return None
    if any(child.dep_ in SUBJECTS or child.dep_ in {"mark", "aux", "prep"} for child in verb.lefts):
        return None
    before = verb.doc[verb.left_edge.i - 1]
    if verb.dep_ == "conj":
        return before if before.dep_ == "cc" and cue.tag_ == "VBG" else None
    if is_set_off(verb):
        governor = verb.head
        subject = next((child for child in governor.lefts if child.dep_ in SUBJECTS), None)
        is_other = (
            subject is not None
            and governor is not cue
            and subject.ent_type_ == EntityLabel.PERSON
            and cue.tag_ not in FINITE
        )
        return None if is_other else before
    is_telling = any(child.dep_ == "ccomp" for child in verb.rights)
    is_own = verb.head is cue or (is_telling and construction in OBJECTS)
    return verb if cue.dep_ in {"ROOT", "conj"} and is_own else None


def _find_second_cue(verb: "Word", cue: "Word", construction: Construction) -> "Word | None":
    """Find the "and" before a second verb of speech without a subject: "stressed the crew's
    readiness and condemned the rumours"."""
    if verb.dep_ != "conj" or verb.tag_ not in FINITE or verb.lemma_.lower() not in _ADDING:
        return None
    if any(child.dep_ in SUBJECTS or child.dep_ in {"aux", "mark"} for child in verb.lefts):
        return None
    before = verb.doc[verb.left_edge.i - 1]
    subject = next((child for child in verb.head.lefts if child.dep_ in SUBJECTS), None)
    is_again = verb.lemma_ == cue.lemma_ and construction == Construction.INFINITIVE
    is_own = (
        is_again
        or construction in OBJECTS
        or (
            construction == Construction.CLAUSE
            and subject is not None
            and subject.pos_ != "PRON"
            and (not can_speak(subject) or subject.dep_ == "nsubjpass")
        )
    )
    return before if before.dep_ == "cc" and is_own and before.i > cue.i else None


def _find_deed(verb: "Word", piece: "Phrase", marks: Sequence[Span]) -> "Word | None":
    """Find the "and" before what the speaker does next: "wrote, “We are done,” | and shared a
    link", "said it was true | but did not give details"."""
    before = verb.doc[verb.left_edge.i - 1]
    if verb.dep_ != "conj" or before.dep_ != "cc" or before.i <= piece.start:
        return None
    if any(child.dep_ in SUBJECTS for child in verb.lefts):
        return None
    start = piece[0].idx
    is_quoted = any(
        mark.start in {start, start - 1} and _holds(mark, verb.head.idx) for mark in marks
    )
    helpers = {child.lower_ for child in verb.lefts if child.dep_ == "aux"}
    is_silent = (
        helpers & {"did", "does", "do"}
        and any(child.dep_ == "neg" for child in verb.lefts)
        and (is_speech(verb) or verb.lemma_ in _DETAILING)
    )
    own = next((child for child in verb.head.lefts if child.dep_ in SUBJECTS), None)
    is_other = own is not None and own.dep_ == "nsubj" and own.pos_ != "PRON" and can_speak(own)
    is_silent = is_silent and before.lower_ == "but" and not is_other
    return before if is_quoted or is_silent else None


def _hangs_loose(verb: "Word") -> bool:
    return verb.dep_ in {"advcl", "conj", "xcomp", "acl", "dep"}


def _is_place_of_telling(word: "Word") -> bool:
    """Whether a phrase tells where something was said: "in an interview with", "at a briefing"."""
    return (
        word.dep_ == "prep"
        and word.lower_ in {"in", "during", "at", "on"}
        and any(child.dep_ == "pobj" and child.lemma_.lower() in _PLACES for child in word.rights)
    )


def _find_other_tense(piece: "Phrase", cue: "Word", marks: Sequence[Span]) -> int | None:
    """Find ", but" and a clause in the outlet's own tense, or that nobody could verify it: "said
    all were Danes, but the names have not been given"."""
    root = piece.root
    is_backshifted = cue.tag_ in {"VBD", "VBN"} and tense_of(root) == "past"
    for child in root.rights:
        if child.dep_ != "conj" or child.i >= piece.end:
            continue
        is_own = is_backshifted and tense_of(child) == "present"
        if not is_own and not is_unverified(child):
            continue
        first = child.left_edge
        before = piece.doc[first.i - 1]
        has_subject = any(word.dep_ in SUBJECTS for word in child.lefts)
        is_said = any(_holds(mark, child.idx) for mark in marks)
        if has_subject and not is_said and before.lower_ in {"but", "and", "though"}:
            comma = piece.doc[before.i - 1]
            if comma.text == ",":
                return comma.idx
    return None


def _strip(text: str, start: int, end: int) -> int:
    if joint := _JOINT.search(text, start, end):
        end = joint.start()
    while end > start and text[end - 1] in " ,;:—–-(":
        end -= 1
    return end
