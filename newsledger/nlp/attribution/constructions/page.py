"""Constructions of the page and not of the grammar: colons, credits of pictures, pull quotes, turns
of a transcript."""

import math
import re
from collections.abc import Iterator
from functools import cache

from newsledger.lexicon.cues import Cue, load_cues
from newsledger.lexicon.gazetteer import find_kind
from newsledger.model.enums import (
    Construction,
    CueClass,
    CueStance,
    CueType,
    EntityLabel,
    Form,
    LocationKind,
)
from newsledger.model.records import Span
from newsledger.nlp.attribution.conjuncts import is_report
from newsledger.nlp.attribution.constructions.document import (
    SENTENCE_END,
    SURE,
    Candidate,
    IndexedText,
)
from newsledger.nlp.attribution.constructions.subjects import VERBS
from newsledger.nlp.attribution.constructions.verb_frame import quotes_as_saying
from newsledger.nlp.attribution.source_spans import find_source
from newsledger.nlp.claims.sources import can_speak

_COLON = re.compile(
    r"(?m)^(?P<source>[A-Z][\w .’'-]{1,60}?(?:, \d{1,3})?)(?P<cue>:) "
    r"(?=[“\"‘'A-Z])(?P<content>[^\n]{12,})$"
)
_CREDIT = re.compile(
    r"(?m)^(?P<content>[^\n]{3,400}?(?:[.!?”\"]|(?= [A-Z]\w+:))) (?:File )?(?P<cue>Image"
    r"|Photo|Picture|Photograph|Credit|Video|Audio|Graphic)"
    r"(?: by|:) (?P<source>[^\n]{2,60}?)\.?$"
)
_NAME = r"(?:[A-Z][\w.’'-]* ){1,4}[A-Z][\w.’'-]*\w"
_PULLED = re.compile(
    rf"(?m)^(?P<content>[^\n]{{8,}}?(?:[.!?…][”\"’']?|[”\"’'][.!?]?))[ \u00a0\n]?"
    rf"(?:(?P<dash>[―—–]|--?)[ \u00a0]?(?P<name>{_NAME})(?P<office>, [^\n.!?;:]{{3,80}})?|[ "
    rf"\n]?(?P<titled>{_NAME}, [^\n!?,;:]{{3,90}}?))\.?[”\"]?[ \u00a0]*$"
)
_POST = re.compile(
    r"(?m)^(?P<content>[^\n]{8,}?)(?: ?(?:https?://|pic\.twitter)\S++)* ?[—–-] ?"
    r"(?P<name>[^\n()@—–]{2,50}?) \(@\w+\)(?: [^\n]{4,30})?$"
)
_HEADLINE = re.compile(r"(?m)^[A-Z‘“\"'][^\n.!?;]{20,140}[^\n:]$")
_REPORT = 12  # words of a report behind its town
_WORD = re.compile(r"(?<= )[A-Z][a-z]+(?= )")
_AFTER_VERB = re.compile(r" (?:[Tt]hat )?(?P<content>[^\n]{12,}?)[.”]?$", re.MULTILINE)
HEADLINE = 0.9  # probability of the reading of a headline: over what the parser makes of one
MIN_TITLE_WORD = 3  # letters; shorter words may be small in title case
MAX_HEADLINE_WORDS = 22
TITLE_SHARE = 0.8  # of the longer words have a capital
_TURN = re.compile(
    r"(?m)^[“\"]?(?P<source>[A-Z][A-Z.’'-]+(?: [A-Z.’'-]+){0,3})(?P<cue>:) (?P<content>[^\n]{12,})$"
)
# whose form in -s is no plural: "Says", but "Talks", "States" and "Rules" need the parser's word
_NO_NOUNS = frozenset(
    """accuse acknowledge admit allege announce argue ask assert condemn confirm concede contend
    declare defend denounce deny describe dismiss explain insist predict propose recall recommend
    refute reject reveal say slam suggest tell threaten urge warn write""".split()
)
_NO_SOURCE_WORDS = frozenset(
    "latest image picture graphic credit file warning update updated correction note "
    "watch video photos photo read more source sources analysis opinion exclusive live "
    "breaking review".split()
)


def find_colons(indexed: IndexedText) -> Iterator[Candidate]:
    """A short line head before a colon: `Insiders: …`, `Mayor: We are ready`, `Her verdict was
    short: “…”`."""
    for found in _COLON.finditer(indexed.text):
        words = found["source"].split()
        if len(words) > 7 or {word.lower() for word in words} & _NO_SOURCE_WORDS:
            continue
        has_mark = found["content"][:1] in "“\"‘'"
        if not has_mark and _is_dateline(found["source"], found["content"]):
            continue
        source, is_clause = _find_introducer(indexed, Span(*found.span("source")))
        if not source or (is_clause and not has_mark):
            continue
        if not has_mark and _is_report_of(indexed, found.start("content")):
            continue  # "Anger in the port: residents say …"
        names = sum(word[:1].isupper() for word in words)
        candidate = Candidate(
            (found.start(), "colon"), Construction.COLON, (Span(*found.span("content")),), source,
            (Span(*found.span("cue")),),
            -1, ":", CueClass.SPEECH, CueStance.NEUTRAL, Form.DIRECT if has_mark else Form.INDIRECT,
        )  # fmt: skip
        candidate.features = {
            "colon": 1.0, "colon mark": float(has_mark), "colon names": names / len(words),
            "colon words": len(words) / 5,
            "colon first line": float(found.start() == 0),
            "colon long": math.log1p(len(found["content"])) / 5, "colon clause": float(is_clause),
            "colon speaker": float(_has_speaker(indexed, source)),
        }  # fmt: skip
        candidate.leads_page = found.start() == 0 and _has_speaker(indexed, source)
        yield candidate


def _is_dateline(source: str, content: str) -> bool:
    """Tell the town that a report comes from: "DOHA: The network launched its campaign …"."""
    kind = find_kind(source.title() if source.isupper() else source)
    return kind not in {None, LocationKind.COUNTRY} and len(content.split()) >= _REPORT


def _find_introducer(indexed: IndexedText, head: Span) -> tuple[tuple[Span, ...], bool]:
    """Who speaks where words are introduced by a colon, and whether a whole clause does it: "Her
    verdict was short:"."""
    piece = indexed.doc.char_span(*head, alignment_mode="expand")
    if piece is not None and piece[0].sent.start != piece[-1].sent.start:
        return (), True  # "The council denies this. A spokesman said:"
    verb = (
        next(
            (
                token
                for token in piece
                if token.pos_ in VERBS and token.tag_ in {"VBD", "VBZ", "VBP"}
            ),
            None,
        )
        if piece is not None
        else None
    )
    if verb is None:
        return (head,), False
    subject = next((child for child in verb.lefts if child.dep_ == "nsubj"), None)
    if subject is None or quotes_as_saying(verb):
        return (), True  # "The paper quoted him as saying:" has its own reading
    if not (can_speak(subject) or subject.lower_ in {"he", "she", "they"}):
        subject = next((child for child in subject.lefts if child.dep_ == "poss"), None)
    return (
        find_source(indexed.doc, indexed.text, subject, verb) if subject is not None else ()
    ), True


def _is_report_of(indexed: IndexedText, start: int) -> bool:
    """Whether the first sentence from an offset on is a report with its own speaker."""
    first = indexed.doc.char_span(start, start + 1, alignment_mode="expand")
    return first is not None and is_report(first[0].sent.root) and first[0].sent.root.idx > start


def _has_speaker(indexed: IndexedText, source: tuple[Span, ...]) -> bool:
    """Whether the words before a colon are somebody who can speak, and not a heading: "Mayor: …",
    but "Another challenge: …"."""
    piece = indexed.doc.char_span(*source[0], alignment_mode="expand") if source else None
    return piece is not None and can_speak(piece.root)


def find_headlines(indexed: IndexedText) -> Iterator[Candidate]:
    """A headline in title case, where the parser takes verbs for names: `Former Harbour Doctor Says
    Lund Hid Problems`."""
    forms = _load_headline_verbs()
    for line in _HEADLINE.finditer(indexed.text):
        words = line.group().split()
        long = [word for word in words[1:] if len(word) > MIN_TITLE_WORD and word[0].isalpha()]
        if (
            len(words) > MAX_HEADLINE_WORDS
            or not long
            or sum(word[0].isupper() for word in long) < TITLE_SHARE * len(long)
        ):
            continue
        verb = next(
            (
                word
                for word in _WORD.finditer(indexed.text, line.start() + 1, line.end())
                if word.group() in forms
            ),
            None,
        )
        token = indexed.doc.char_span(*verb.span(), alignment_mode="expand") if verb else None
        if verb is None or token is None:
            continue
        source, content = (
            Span(line.start(), verb.start() - 1),
            _AFTER_VERB.match(indexed.text, verb.end(), line.end()),
        )
        cue = forms[verb.group()]
        is_verb = cue.lemma in _NO_NOUNS or token.root.tag_ == "VBZ"
        if not is_verb or content is None or indexed.text[verb.start() - 2] in ",;:–—’'":
            continue
        yield Candidate(
            (token.start, "verb"), Construction.HEADLINE,
             (Span(*content.span("content")),), (source,),
            (Span(*verb.span()),),
            -1, cue.lemma, CueClass.SPEECH, cue.stance, cue_type=cue.cue_type, floor=HEADLINE,
        )  # fmt: skip


@cache
def _load_headline_verbs() -> dict[str, Cue]:
    """Cues of speech by their form in a headline: "Says"; those that are nouns in the list as well
    ("Claims") are left out."""
    cues = load_cues()
    return {
        _third_person(lemma).title(): cue
        for (lemma, part), cue in cues.items()
        if part == "verb"
        and cue.cue_class == CueClass.SPEECH
        and (lemma, "noun") not in cues
        and lemma.isalpha()
    }


def _third_person(lemma: str) -> str:
    if lemma.endswith("y") and lemma[-2] not in "aeiou":
        return f"{lemma[:-1]}ies"
    return f"{lemma}es" if lemma.endswith(("s", "x", "ch", "sh", "o")) else f"{lemma}s"


def find_credits(indexed: IndexedText) -> Iterator[Candidate]:
    """A caption with its credit: `The bridge at noon. Image: Ana Silva.`"""
    for found in _CREDIT.finditer(indexed.text):
        candidate = Candidate(
            (found.start(), "credit"), Construction.CREDIT, (Span(*found.span("content")),),
            (Span(*found.span("source")),), (Span(*found.span("cue")),),
            -1, "credit", CueClass.CREDIT, CueStance.NEUTRAL, cue_type=CueType.NONE,
        )  # fmt: skip
        candidate.floor = SURE
        yield candidate


def find_pull_quotes(indexed: IndexedText) -> Iterator[Candidate]:
    """A quotation set apart, with nothing behind it but who said it: `“We were late.” — Ana Lund`,
    `We were late. Ana Lund, mayor of Larne`."""
    for found in _PULLED.finditer(indexed.text):
        start = found.start("name") if found["dash"] else found.start("titled")
        end = found.end("name") if found["dash"] else found.end("titled")
        source = indexed.doc.char_span(start, end, alignment_mode="expand")
        if source is None or any(token.pos_ in VERBS for token in source):
            continue
        is_quoted = any(mark in found["content"][:2] for mark in "“”\"‘'")
        if found["dash"] and not is_quoted:
            continue
        if not found["dash"] and (
            source[0].ent_type_ != EntityLabel.PERSON
            or not SENTENCE_END.search(indexed.text, found.end("content") - 2, start)
        ):
            continue  # "Sen. Ana Lund, mayor of Larne"
        yield _sure(
            found.start(),
            Construction.PULL_QUOTE,
            Span(*found.span("content")),
            Span(start, end),
            (),
            Form.DIRECT,
        )


def find_posts(indexed: IndexedText) -> Iterator[Candidate]:
    """A post as it is set into an article: `Nine families are safe. — Harbour Relief (@harbour) May
    4, 2017`."""
    if "(@" not in indexed.text:
        return
    for found in _POST.finditer(indexed.text):
        content, name = Span(*found.span("content")), Span(*found.span("name"))
        yield _sure(found.start(), Construction.PULL_QUOTE, content, name, (), Form.DIRECT)


def find_turns(indexed: IndexedText) -> Iterator[Candidate]:
    """A turn of a transcript: `LUND: We were late.`"""
    turns = list(_TURN.finditer(indexed.text))
    for found in turns if len(turns) > 1 else ():
        if {word.lower() for word in found["source"].split()} & _NO_SOURCE_WORDS:
            continue  # "READ MORE: Airport shut for hours"
        cue = (Span(*found.span("cue")),)
        yield _sure(
            found.start(),
            Construction.TURN,
            Span(*found.span("content")),
            Span(*found.span("source")),
            cue,
            Form.DIRECT,
        )


def _sure(
    start: int,
    construction: Construction,
    content: Span,
    source: Span,
    cue: tuple[Span, ...],
    form: Form,
) -> Candidate:
    """A construction of the page and not of the grammar, too rare to learn."""
    lemma = ":" if cue else ""
    candidate = Candidate(
        (start, construction),
        construction,
        (content,),
        (source,),
        cue,
        -1,
        lemma,
        CueClass.SPEECH,
        CueStance.NEUTRAL,
        form,
    )
    candidate.floor = SURE
    return candidate
