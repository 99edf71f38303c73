"""Quotations: pairs of marks, pieces joined across "X said" and over paragraphs, and what each is
(speech, scare, title, nickname).

Marks are paired inside a paragraph by family (double or single) and by side, so that a broken pair
spoils its paragraph and never the document. One utterance is one object: pieces on both sides of "X
said" belong together, and so do paragraphs of which each is opened and only the last one closed. A
quotation inside another one is kept beside it with `depth` 1.
"""

import re
from collections.abc import Iterable

from newsledger.model.enums import QuotationKind
from newsledger.model.records import Quotation, Span
from newsledger.nlp.quotes.forms import WORD, find_last_word, speech_forms
from newsledger.nlp.quotes.kinds import SIGNS, find_kind, has_tag
from newsledger.nlp.quotes.pairs import Pair, is_taken_up, pair_paragraph

ORIGIN = "quotes/2"
MAX_TAG = 220  # code points of "X said" between two pieces
MAX_TRAILING = 5  # words behind the verb of a tag that begins like a sentence: "said on Monday"
MAX_BETWEEN = 2  # titles and nicknames inside "X said"
_PARAGRAPH = re.compile(r"[^\n]+")
_BETWEEN_TITLES = re.compile(r",?(?: and| or|,)? ")
_SENTENCE_END = re.compile(
    r"(?<!\b[A-Z])(?<!\b(?:Mr|Ms|Dr|St|Lt|Jr|Sr))(?<!\b(?:Mrs|Sen|Rep|Gov|Gen|Col|Sgt|Rev"
    r"|Del|Maj))(?<!\b(?:Capt|Prof|Sept))(?<!\b(?:Jan|Feb|Aug|Oct|Nov|Dec))[.!?]\s"
)
_CONJUNCTIONS = frozenset("and but while as or whereas though although yet".split())
_GO_ON = frozenset("and but that because so or".split())


def find_quotations(text: str) -> tuple[Quotation, ...]:
    """Find the quotations of a text in reading order; pieces include their marks.

    Those inside another one have `depth` 1. Two quotations of one depth never overlap.
    """
    found: list[Quotation] = []
    inner: list[Quotation] = []
    paragraphs = [(match.start(), match.end()) for match in _PARAGRAPH.finditer(text)]
    waits = False  # the last paragraph ended inside a quotation that the next one may take up
    for number, (start, end) in enumerate(paragraphs):
        following = paragraphs[number + 1] if number + 1 < len(paragraphs) else None
        pairs = pair_paragraph(text, start, end, following, waits)
        nested = [pair for pair in pairs if pair.depth]
        outer = _join_pieces(text, [pair for pair in pairs if not pair.depth])
        if waits and outer and not text[start : outer[0].pieces[0].start].strip():
            last = found.pop()
            outer[0] = Quotation(
                (*last.pieces, *outer[0].pieces), QuotationKind.SPEECH, outer[0].is_closed
            )
        found += outer
        inner += [
            Quotation((Span(pair.start, pair.end),), find_kind(text, pair, None), pair.is_closed, 1)
            for pair in nested
        ]
        waits = (
            bool(outer)
            and not outer[-1].is_closed
            and outer[-1].pieces[-1].end == end
            and is_taken_up(text, end, following)
        )
    return tuple(
        sorted((*found, *inner), key=lambda quotation: (quotation.pieces[0].start, quotation.depth))
    )


def list_marks(quotations: Iterable[Quotation]) -> list[Span]:
    """List the pieces of the quotations that stand in no other one, in order."""
    return sorted(
        piece for quotation in quotations if not quotation.depth for piece in quotation.pieces
    )


def _join_pieces(text: str, pairs: list[Pair]) -> list[Quotation]:
    """Join the pieces of one paragraph across "X said", which may hold a title or nickname of its
    own."""
    joined: list[Quotation] = []
    last: tuple[Pair, int] | None = None  # the last piece of speech, and where it went
    title_end = -1
    for pair in pairs:
        if (
            last is not None
            and last[0].is_double == pair.is_double
            and (_is_reopened(last[0], pair) or _is_tag(text, last[0], pair))
        ):
            at = last[1]
            before = joined[at]
            joined[at] = Quotation(
                (*before.pieces, Span(pair.start, pair.end)),
                QuotationKind.SPEECH,
                before.is_closed and pair.is_closed,
            )
            last = (pair, at)
            continue
        follows_title = (
            title_end >= 0 and _BETWEEN_TITLES.fullmatch(text, title_end, pair.start) is not None
        )
        kind = find_kind(text, pair, "title" if follows_title else None)
        joined.append(Quotation((Span(pair.start, pair.end),), kind, pair.is_closed))
        title_end = pair.end if kind == QuotationKind.TITLE else -1
        if last is None or kind == QuotationKind.SPEECH or len(joined) - 1 - last[1] > MAX_BETWEEN:
            last = (pair, len(joined) - 1)
    return joined


def _is_reopened(last: Pair, pair: Pair) -> bool:
    """Whether a quotation goes on behind a second opening mark: “We left. “We ran.”"""
    return not last.is_closed and pair.start == last.end


def has_speaker_before(text: str, start: int) -> bool:
    """Whether a quotation has its speaker before it: Lund said, “Why?” Moe replied, “Ask her.”"""
    before = text[max(0, start - MAX_TAG) : start].rstrip()
    return before[-1:] in {",", ":"} and find_last_word(before) in speech_forms()


def _is_tag(text: str, last: Pair, pair: Pair) -> bool:
    """Whether what stands between two pieces says who speaks and nothing else."""
    gap = text[last.end : pair.start].replace("\u00a0", " ")
    if len(gap) > MAX_TAG:
        return False
    words = [word.lower() for word in WORD.findall(gap)]
    ends = text[last.start : last.end].rstrip("”\"’'» ")[-1:]
    if not words or not (ends in SIGNS or gap[:1] == ",") or _SENTENCE_END.search(gap.rstrip()):
        return False
    tail = gap.rstrip(" ”\"’'")[-1:]
    verbs = [i for i, word in enumerate(words) if word in speech_forms()]
    introduces = bool(verbs) and verbs[-1] >= len(words) - 2 and tail != "."
    if introduces and (len(verbs) > 1 or words[0] in _CONJUNCTIONS):
        return False
    is_new = ends == "." or (ends in "?!" and (tail == ":" or has_speaker_before(text, last.start)))
    if introduces and is_new and gap.lstrip()[:1].isupper():
        return False  # “We left.” In the town a guard said that “all stayed.”
    if ends == "." and verbs and gap.lstrip()[:1].isupper():
        trailing = len(words) - 1 - verbs[-1]
        if trailing > MAX_TRAILING:
            return False  # “We left.” Lund said the road was in a “bad state.” “It is not safe.”
    if text[pair.start : pair.start + 4].lstrip("“\"‘'`«„")[:1].islower() and (
        tail in ",—–" or (verbs and words[-1] in _GO_ON)
    ):
        return True  # the sentence goes on
    if tail == "." and has_tag(text[pair.end : pair.end + MAX_TAG].split("\n")[0]):
        return False  # the next sentence has a speaker of its own
    if ends == "." and tail in ",:" and gap.lstrip()[:1].isupper():
        return False  # “We left.” In a note that was found, the guards ask, “Why?”
    return bool(verbs) and tail in ",.;:—–" and words[0] not in _CONJUNCTIONS
