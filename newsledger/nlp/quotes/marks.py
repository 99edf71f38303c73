"""Quotations: pairs of marks, pieces joined across "X said" and over paragraphs, and what each is
(speech, scare, title, nickname).

Marks are paired inside a paragraph by family (double or single) and by side, so that a broken pair
spoils its paragraph and never the document. One utterance is one object: pieces on both sides of "X
said" belong together, and so do paragraphs of which each is opened and only the last one closed. A
quotation inside another one is kept beside it with `depth` 1.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from newsledger.lexicon.cues import load_cues
from newsledger.model.records import Quotation, Span

ORIGIN = "quotes/2"
MIN_SPEECH_WORDS = (
    4  # shorter ones are speech only where a speaker or a sentence of their own says so
)
MAX_TAG = 220  # code points of "X said" between two pieces
MAX_BETWEEN = 2  # titles and nicknames inside "X said"
MAX_TITLE_WORDS = 8
MAX_NICKNAME_WORDS = 3

_PARAGRAPH = re.compile(r"[^\n]+")
_MARK = re.compile(r"[“”„‟«»\"]|''|``|(?<!\w)['‘’‚]|['’](?!\w)")
_ELISION = re.compile(
    r"(?:em|til|tis|twas|cause|cos|bout|round|n)\b(?!’\w)|\d\ds?\b", re.IGNORECASE
)
_WORD = re.compile(r"\w+(?:['’.\-]\w+)*")
_TITLE_CUE = re.compile(
    r"(?<!-)\b(?:titled|entitled|called|named|dubbed|book|film|movie|novel|song|album"
    r"|show|series|play|poem|essay|painting|memoir|documentary|podcast"
    r"|programme|sitcom|hashtag|headline)(?: of| is| was)?,? $",
    re.IGNORECASE,
)
_NICKNAME_CUE = re.compile(r"\b(?:nicknamed|alias|known as|a\.k\.a\.|aka),? $", re.IGNORECASE)
_BETWEEN_TITLES = re.compile(r",?(?: and| or|,)? ")
_END = ".,!?…—–-"
_LAST_SIGNS = frozenset(".,!?…—–")  # of quoted words, before the mark that closes them
_OPENERS = frozenset("“ „ ‟ « ``".split())
_CLOSERS = frozenset("”»")
_BEFORE_OPENING = " \t\u00a0([{—–-‘'“\"/:"
_SENTENCE_END = re.compile(
    r"(?<!\b[A-Z])(?<!\b(?:Mr|Ms|Dr|St|Lt|Jr|Sr))(?<!\b(?:Mrs|Sen|Rep|Gov|Gen|Col|Sgt|Rev"
    r"|Del|Maj))(?<!\b(?:Capt|Prof|Sept))(?<!\b(?:Jan|Feb|Aug|Oct|Nov|Dec))[.!?]\s"
)
_TAG_AFTER = re.compile(
    r"(?:,|[?!.…—–-]) (?=(?:(?:he|she|they|I|we|(?:[A-Z][\w.’'-]* ){0,3}[A-Z][\w’'-]*"
    r"|(?:the|a|an|his|her|their|its) (?:\w+ ){0,3}\w+) )?(?P<verb>[a-z]+)\b)"
)
_CONJUNCTIONS = frozenset("and but while as or whereas though although yet".split())
_DETERMINERS = frozenset(
    "the a an this that these those his her its their our my so-called called".split()
)
_GO_ON = frozenset("and but that because so or".split())
_IRREGULAR = {
    "said": "say",
    "told": "tell",
    "wrote": "write",
    "spoke": "speak",
    "swore": "swear",
    "sang": "sing",
    "reads": "read",
}
_NO_TAGS = frozenset(
    "speak talk show call name quote cite".split()
)  # they seldom introduce words, or are other words as often


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    end: int
    is_double: bool
    can_open: bool
    can_close: bool
    # a single mark that may be an apostrophe: "the boats’ engines"; a double one that may be inches
    is_weak: bool = False
    is_left: bool = False  # opens by its shape


@dataclass(frozen=True, slots=True)
class _Pair:
    start: int
    end: int
    is_closed: bool
    depth: int
    is_double: bool


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
        pairs = _pair_paragraph(text, start, end, following, waits)
        nested = [pair for pair in pairs if pair.depth]
        outer = _join_pieces(text, [pair for pair in pairs if not pair.depth])
        if waits and outer and not text[start : outer[0].pieces[0].start].strip():
            last = found.pop()
            outer[0] = Quotation((*last.pieces, *outer[0].pieces), "speech", outer[0].is_closed)
        found += outer
        inner += [
            Quotation((Span(pair.start, pair.end),), _kind_of(text, pair, None), pair.is_closed, 1)
            for pair in nested
        ]
        waits = (
            bool(outer)
            and not outer[-1].is_closed
            and outer[-1].pieces[-1].end == end
            and _is_next(text, end, following)
        )
    return tuple(
        sorted((*found, *inner), key=lambda quotation: (quotation.pieces[0].start, quotation.depth))
    )


def _is_next(text: str, end: int, following: tuple[int, int] | None) -> bool:
    """Whether the next paragraph follows at once, and opens with a mark or closes one that it did
    not open."""
    if following is None or text.count("\n", end, following[0]) > 2:
        return False
    return (
        text[following[0] : following[1]].lstrip()[:1] in set("“„‟«\"‘'`")
        or _find_late_close(text, *following) is not None
    )


def _find_late_close(text: str, start: int, end: int) -> int | None:
    """Find where a quotation ends that was opened in the paragraph before: at a double mark that
    can only close."""
    first = next((mark for mark in _read_marks(text, start, end) if mark.is_double), None)
    is_close = (
        first is not None
        and first.can_close
        and not first.can_open
        and text[first.start - 1] in _LAST_SIGNS
    )
    return first.end if first is not None and is_close else None


# --- pairs
# --------------------------------------------------------------------------------------------------


def _pair_paragraph(
    text: str, start: int, end: int, following: tuple[int, int] | None, waits: bool
) -> list[_Pair]:
    marks = list(_read_marks(text, start, end))
    if not marks:
        return []
    pairs: list[_Pair] = []
    i = 0
    if waits and (late := _find_late_close(text, start, end)):
        pairs.append(_Pair(start, late, True, 0, True))
        i = next(j for j, mark in enumerate(marks) if mark.end == late) + 1
    while i < len(marks):
        mark = marks[i]
        if not mark.can_open:
            i += 1
            continue
        close = _find_close(marks, i, len(marks))
        if close is not None:
            pairs.append(_Pair(mark.start, marks[close].end, True, 0, mark.is_double))
            pairs += _pair_inside(marks, i + 1, close)
            i = close + 1
            continue
        rival = next(
            (
                j
                for j in range(i + 1, len(marks))
                if marks[j].is_double == mark.is_double and marks[j].can_open
            ),
            None,
        )
        limit = marks[rival].start if rival is not None else end
        open_end = _end_unclosed(
            text, mark, start, limit, limit == end and _is_next(text, end, following)
        )
        if open_end:
            pairs.append(_Pair(mark.start, open_end, False, 0, mark.is_double))
            inside = next(
                (j for j in range(i + 1, len(marks)) if marks[j].start >= open_end), len(marks)
            )
            pairs += _pair_inside(marks, i + 1, inside)
            i = inside
        else:
            i += 1
    return pairs


def _read_marks(text: str, start: int, end: int) -> Iterator[_Mark]:
    for found in _MARK.finditer(text, start, end):
        sign, first, last = found[0], found.start(), found.end()
        before = text[first - 1] if first > start else ""
        after = text[last] if last < end else ""
        if sign in {"'", "‘", "’", "‚"}:
            mark = _read_single(text, sign, first, last, before, after)
        else:
            mark = _read_double(sign, first, last, before, after)
        if mark.can_open or mark.can_close:
            yield mark


def _read_single(text: str, sign: str, first: int, last: int, before: str, after: str) -> _Mark:
    begins = bool(after.strip()) and (after.isalnum() or after in '“"(…$£€[')
    can_open = (
        sign != "’"
        and begins
        and (not before or before in _BEFORE_OPENING or before in "”—")
        and not _ELISION.match(text, last)
    )
    can_close = (
        sign in {"'", "’"} and bool(before.strip()) and not after.isalnum() and before not in "([{—"
    )
    if can_close and text[max(first - 2, 0) : first].lower() in {"'n", "’n", "‘n"}:
        can_close = False
    is_weak = before in "sS" or (
        before in "nN"
        and text[max(first - 3, 0) : first - 1].lower()[-1:] == "i"
        and text[max(first - 3, 0)].isalpha()
    )
    return _Mark(first, last, False, can_open, can_close, bool(before) and is_weak, sign == "‘")


def _read_double(sign: str, first: int, last: int, before: str, after: str) -> _Mark:
    begins = bool(after.strip()) and (not before or before in _BEFORE_OPENING)
    if sign in _OPENERS:
        return _Mark(
            first, last, True, bool(after.strip()), sign == "“" and not begins, is_left=True
        )
    if sign in _CLOSERS:
        return _Mark(first, last, True, begins and sign == "”", bool(before.strip()))
    ends = bool(before.strip()) and before not in "([{" and not (begins and after.isalnum())
    is_glued = before.isalnum() and after.isalnum() and not before.isdigit()
    return _Mark(first, last, True, begins or is_glued, ends, before.isdigit())


def _find_close(marks: list[_Mark], i: int, last: int) -> int | None:
    """Find the mark before number `last` that closes mark i."""
    return (
        _find_close_double(marks, i, last)
        if marks[i].is_double
        else _find_close_single(marks, i, last)
    )


def _find_close_double(marks: list[_Mark], i: int, last: int) -> int | None:
    """Find the mark that closes a double one; an opening mark in between breaks the pair, unless
    two closing ones follow it."""
    doubles = (j for j in range(i + 1, last) if marks[j].is_double)
    opened = 0
    for j in doubles:
        mark = marks[j]
        if mark.can_close and not (mark.can_open and mark.is_left and not opened):
            after = next((k for k in range(j + 1, last) if marks[k].is_double), None)
            if (
                mark.is_weak
                and after is not None
                and marks[after].can_close
                and not marks[after].can_open
            ):
                continue  # inches: the true closing mark is still to come
            if not opened:
                return j
            opened -= 1
        elif mark.can_close and marks[i].is_left and not opened:
            return j  # “ that closes „
        elif mark.is_left and not opened and _closes_twice(marks, j, last):
            opened += 1
        else:
            return None
    return None


def _closes_twice(marks: list[_Mark], j: int, last: int) -> bool:
    later = [mark for mark in marks[j + 1 : min(j + 7, last)] if mark.is_double][:2]
    return len(later) == 2 and all(mark.can_close and not mark.can_open for mark in later)


def _find_close_single(marks: list[_Mark], i: int, last: int) -> int | None:
    """Find the mark that closes a single one: the first that is no apostrophe, else the first that
    may be one."""
    weak, j = None, i + 1
    while j < last:
        mark = marks[j]
        if mark.is_double:
            inner = _find_close_double(marks, j, last) if mark.can_open else None
            if inner is None and mark.can_close and not mark.can_open:
                break  # the end of a quotation around this one
            j = j + 1 if inner is None else inner + 1
            continue
        if mark.can_open and not mark.can_close:
            break
        if mark.can_close and not mark.is_weak:
            return j
        if mark.can_close and weak is None:
            weak = j
        j += 1
    return weak


def _pair_inside(marks: list[_Mark], first: int, last: int) -> list[_Pair]:
    pairs, i = [], first
    while i < last:
        close = _find_close(marks, i, last) if marks[i].can_open else None
        if close is not None:
            pairs.append(_Pair(marks[i].start, marks[close].end, True, 1, marks[i].is_double))
            i = close
        i += 1
    return pairs


def _end_unclosed(text: str, mark: _Mark, start: int, limit: int, goes_on: bool) -> int | None:
    """Find where a quotation without closing mark ends: before "X said", else with its paragraph;
    `None` for a stray mark."""
    before = text[max(start, mark.start - 40) : mark.start].rstrip()
    if before and before[-1] not in ',:.!?—–”"’' and _last_word(before) not in speech_forms():
        return None
    if goes_on:
        return limit
    if not mark.is_double:
        return None
    for tag in _TAG_AFTER.finditer(text, mark.start, limit):
        verb = tag["verb"]
        if (
            verb in speech_forms()
            or _last_word(text[tag.end() : tag.end("verb")]) in speech_forms()
        ):
            return tag.start() + 1
    has_room = len(_WORD.findall(text, mark.end, limit)) >= MIN_SPEECH_WORDS
    return limit if has_room and not text[limit : limit + 1].strip() else None


# --- pieces
# --------------------------------------------------------------------------------------------------


def list_marks(quotations: Iterable[Quotation]) -> list[Span]:
    """List the pieces of the quotations that stand in no other one, in order."""
    return sorted(
        piece for quotation in quotations if not quotation.depth for piece in quotation.pieces
    )


@cache
def speech_forms() -> frozenset[str]:
    """List the inflected forms of the speech verbs of `seeds/cues.csv` that may stand between or
    after quoted words."""
    forms = {form for form, lemma in _IRREGULAR.items() if lemma not in _NO_TAGS} | {
        "says",
        "saying",
        "tells",
        "telling",
        "writes",
        "writing",
    }
    for (lemma, pos), cue in load_cues().items():
        if pos == "verb" and cue.cue_class == "speech" and lemma not in _NO_TAGS:
            stem = lemma.removesuffix("e")
            if lemma.endswith("y") and lemma[-2:-1] not in set("aeiou"):
                forms |= {f"{lemma[:-1]}ied", f"{lemma[:-1]}ies"}
            else:
                forms |= {f"{stem}ed", f"{lemma}s", f"{stem}{stem[-1:]}ed"}
            forms |= {f"{stem}ing"}
    return frozenset(forms)


def _last_word(text: str) -> str:
    words = _WORD.findall(text[-30:])
    return words[-1].lower() if words else ""


def _join_pieces(text: str, pairs: list[_Pair]) -> list[Quotation]:
    """Join the pieces of one paragraph across "X said", which may hold a title or nickname of its
    own."""
    joined: list[Quotation] = []
    last: tuple[_Pair, int] | None = None  # the last piece of speech, and where it went
    title_end = -1
    for pair in pairs:
        if (
            last is not None
            and last[0].is_double == pair.is_double
            and _is_tag(text, last[0], pair)
        ):
            at = last[1]
            before = joined[at]
            joined[at] = Quotation(
                (*before.pieces, Span(pair.start, pair.end)),
                "speech",
                before.is_closed and pair.is_closed,
            )
            last = (pair, at)
            continue
        follows_title = (
            title_end >= 0 and _BETWEEN_TITLES.fullmatch(text, title_end, pair.start) is not None
        )
        kind = _kind_of(text, pair, "title" if follows_title else None)
        joined.append(Quotation((Span(pair.start, pair.end),), kind, pair.is_closed))
        title_end = pair.end if kind == "title" else -1
        if last is None or kind == "speech" or len(joined) - 1 - last[1] > MAX_BETWEEN:
            last = (pair, len(joined) - 1)
    return joined


def _is_tag(text: str, last: _Pair, pair: _Pair) -> bool:
    """Whether what stands between two pieces says who speaks and nothing else."""
    gap = text[last.end : pair.start].replace("\u00a0", " ")
    if len(gap) > MAX_TAG:
        return False
    words = [word.lower() for word in _WORD.findall(gap)]
    ends = text[last.start : last.end].rstrip("”\"’'» ")[-1:]
    if not words or not (ends in _END or gap[:1] == ",") or _SENTENCE_END.search(gap.rstrip()):
        return False
    tail = gap.rstrip(" ”\"’'")[-1:]
    verbs = [i for i, word in enumerate(words) if word in speech_forms()]
    introduces = bool(verbs) and verbs[-1] >= len(words) - 2 and tail != "."
    if introduces and (len(verbs) > 1 or words[0] in _CONJUNCTIONS):
        return False
    if introduces and ends == "." and tail in ",:" and gap.lstrip()[:1].isupper():
        return False  # “We left.” In the town a guard said, “I stayed.”
    if text[pair.start : pair.start + 4].lstrip("“\"‘'`«„")[:1].islower() and (
        tail in ",—–" or (verbs and words[-1] in _GO_ON)
    ):
        return True  # the sentence goes on
    if tail == "." and _has_tag(text[pair.end : pair.end + MAX_TAG].split("\n")[0]):
        return False  # the next sentence has a speaker of its own
    return bool(verbs) and tail in ",.;:—–" and words[0] not in _CONJUNCTIONS


# --- kinds
# --------------------------------------------------------------------------------------------------


def _kind_of(text: str, pair: _Pair, beside: str | None) -> str:
    """Tell speech from scare quotes, titles and nicknames; `beside` is the kind of a quotation that
    this one is listed with."""
    inner = text[pair.start + 1 : pair.end - pair.is_closed].strip()
    words = _WORD.findall(inner)
    before, after = (
        text[max(0, pair.start - 40) : pair.start].split("\n")[-1],
        text[pair.end : pair.end + 60].split("\n")[0],
    )
    if _is_nickname(inner, words, before, after):
        return "nickname"
    has_tag = _has_tag(after)
    is_introduced = _last_word(before) in speech_forms() or before.rstrip()[-1:] == ":"
    if not has_tag and _is_title(inner, words, before, beside, is_introduced):
        return "title"
    if len(words) >= MIN_SPEECH_WORDS:
        return "speech"
    is_free = not before.strip() or before.rstrip()[-1:] in set('.!?”"’—–') or is_introduced
    if words and has_tag and inner[-1:] in _END and _last_word(before) not in _DETERMINERS:
        return "speech"
    if not words or not is_free:
        return "scare"
    return (
        "speech"
        if inner[-1:] in _END or before.rstrip()[-1:] == ":" or (has_tag and not before.strip())
        else "scare"
    )


def _has_tag(after: str) -> bool:
    head = re.split(r"[.;:“”\"]", after, maxsplit=1)[0]
    return any(word in speech_forms() for word in _WORD.findall(head)[:4])


def _is_nickname(inner: str, words: list[str], before: str, after: str) -> bool:
    if not words or len(words) > MAX_NICKNAME_WORDS:
        return False
    if _NICKNAME_CUE.search(before):
        return True
    is_name = inner[:1].isupper() or (inner[:4] == "the " and len(words) > 1)
    return (
        is_name
        and inner[-1:].isalpha()
        and bool(re.search(r"[A-Z]\w+\.? $", before))
        and bool(re.match(r" [A-Z]\w+", after))
    )


def _is_title(
    inner: str, words: list[str], before: str, beside: str | None, is_introduced: bool
) -> bool:
    if not words or inner.isupper():
        return False
    capitals = sum(word[:1].isupper() for word in words)
    is_capital = (
        1 < len(words) <= MAX_TITLE_WORDS and capitals >= 0.75 * len(words) and capitals > 1
    )
    if _TITLE_CUE.search(before):
        return is_capital or inner[-1:] not in set(_END)
    if inner[-1:] not in set(_END):
        return is_capital
    if beside == "title":
        return is_capital
    is_comma = inner[-1:] in ",."
    return (
        is_capital
        and is_comma
        and bool(before.strip())
        and before.rstrip()[-1:] not in set(',:.!?”"’')
    )
