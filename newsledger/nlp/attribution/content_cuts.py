"""Where what is said ends: with its whole clause, or before something that the outlet adds ("… ,
which opened in 1990").

The parser hangs both under the same verb, or what belongs to it under the cue ("called it a trap |
for small firms"). Each place where a clause may end is a variant with structural features;
`attribution.py` takes the one that its weights favour.
"""

import bisect
from collections.abc import Sequence

from newsledger.lexicon.cues import load_cues
from newsledger.model.records import Span
from newsledger.nlp.attribution.source_spans import APART, Variant, size_class
from newsledger.nlp.parse.parsed import ParsedText, Phrase, Word

MAX_DEPTH = 5  # right edges to go down from the verb of what is said
MAX_EXTENSIONS = 2  # children of the cue behind what is said
MIN_TAIL = 12  # code points; shorter tails change nothing
_TAILS = frozenset("advcl relcl acl prep appos conj npadvmod parataxis".split())
_EXTENSIONS = frozenset("advcl prep npadvmod advmod relcl acl conj xcomp ccomp dative oprd".split())
_MARKS = frozenset(
    "as because since when while where after before if unless until although though whereas so that than with without in on at by from to for of about"
    " against despite during including who which whose and but or".split()
)


def find_content_variants(
    doc: "ParsedText", marks: Sequence[Span], content: tuple[Span, ...], cue_index: int
) -> list[Variant]:
    """List the ends that a content may have, the given one first; one that stands before its cue
    has only this.

    None lies inside one of `marks`, the quotations of the text in order, unless the cue does too.
    """
    first, text = Variant(content, ("content whole",)), doc.text
    if cue_index < 0 or not content or content[-1].start < doc[cue_index].idx:
        return [first]
    start, end = content[-1]
    piece = doc.char_span(start, end, alignment_mode="contract")
    if piece is None or len(piece) < 4:
        return [first]
    found = [first]
    cue = doc[cue_index].idx
    near = marks[
        max(bisect.bisect_right(marks, (start,)) - 1, 0) : bisect.bisect_left(marks, (end,))
    ]
    closed = [mark for mark in near if not mark.start <= cue < mark.end]
    token = piece.root
    for depth in range(MAX_DEPTH):
        tail = _find_tail(token, piece.end)
        if tail is None:
            break
        cut = tail.left_edge
        if tail.dep_ == "conj":
            cut = next(
                (word for word in token.rights if word.dep_ == "cc" and token.i < word.i < cut.i),
                cut,
            )
        head = doc[max(cut.i - 1, piece.start)]
        stop = head.idx + (0 if head.text in APART else len(head))
        is_open = any(mark.start < stop < mark.end for mark in closed)
        if (
            _is_tail(tail)
            and not is_open
            and cut.ent_iob_ != "I"
            and cut.i > piece.root.i
            and end - stop > MIN_TAIL
            and stop > start + 2
        ):
            spans = (*content[:-1], Span(start, _strip(text, start, stop)))
            found.append(
                Variant(
                    spans,
                    tuple(
                        _features(tail, cut, head.text in APART, depth, stop - start, end - stop)
                    ),
                )
            )
        token = tail
    return found + _extend(doc, content, piece, cue_index)


def _extend(
    doc: "ParsedText", content: tuple[Span, ...], piece: "Phrase", cue_index: int
) -> list[Variant]:
    """List longer contents: what hangs under the cue right behind the given one."""
    found: list[Variant] = []
    end, kind = piece.end, ""
    start = content[-1].start
    for child in doc[cue_index].rights:
        if child.left_edge.i < end or child.dep_ == "punct":
            continue
        gap = doc[end : child.left_edge.i].text
        if gap in {"and", "but"} and _goes_on(child):
            gap = ""  # "said that she was tired | and would rest"
        if child.dep_ not in _EXTENSIONS or gap not in {"", ","} or len(found) == MAX_EXTENSIONS:
            break
        word = child.lower_ if child.lower_ in _MARKS else child.ent_type_ or child.tag_
        kind += f" {child.dep_}{' apart' if gap else ''}"
        end = child.right_edge.i + 1
        stop = doc[end - 1].idx + len(doc[end - 1].text)
        kind += " and" if child.dep_ == "conj" and _goes_on(child) else ""
        core, rest = size_class(content[-1].end - start), size_class(stop - content[-1].end)
        features = (
            "content longer",
            f"content longer{kind}",
            f"content longer{kind} {word}",
            f"content longer{kind} core {core} rest {rest}",
        )
        found.append(Variant((*content[:-1], Span(start, _strip(doc.text, start, stop))), features))
    return found


def _goes_on(verb: "Word") -> bool:
    """Whether a second verb under the cue tells what is said and not what the speaker does: with a
    modal and no subject of its own."""
    is_shifted = any(
        child.tag_ == "MD" and child.lower_ in {"would", "could", "might"} for child in verb.lefts
    )
    return (
        verb.dep_ == "conj"
        and is_shifted
        and not any(child.dep_ in {"nsubj", "nsubjpass"} for child in verb.lefts)
    )


def _find_tail(token: "Word", limit: int) -> "Word | None":
    """Find the last child of a token, if the content ends with it."""
    last = None
    for child in token.rights:
        if child.dep_ != "punct" and child.i < limit:
            last = child
    return last


def _is_tail(word: "Word") -> bool:
    """Whether what hangs under a word may be the outlet's addition; a second noun ("Larne | and
    Upton") or an "of" never is."""
    if word.dep_ == "conj":
        return word.pos_ in {"VERB", "AUX"}
    return word.dep_ in _TAILS and word.lower_ != "of"


def _strip(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1] in " ,;:—–-(":
        end -= 1
    return end


def _features(
    tail: "Word", cut: "Word", is_apart: bool, depth: int, core: int, rest: int
) -> list[str]:
    kind = f"{tail.dep_}{' apart' if is_apart else ''}"
    if tail.dep_ in {"conj", "advcl"} and tail.pos_ in {"VERB", "AUX"}:
        has_subject = any(child.dep_ in {"nsubj", "nsubjpass"} for child in tail.lefts)
        is_cue = (tail.lemma_.lower(), "verb") in load_cues()
        kind += f" clause{' own subject' if has_subject else ''}{' cue' if is_cue else ''}"
    word = cut.lower_ if cut.lower_ in _MARKS else cut.tag_
    return [
        "content cut", f"content cut {kind}", f"content cut {kind} {word}", f"content cut {depth}", f"content cut {kind} {depth}",
        f"content cut core {size_class(core)} rest {size_class(rest)}", f"content cut {kind} rest {size_class(rest)}", f"content cut {tail.tag_}",
    ]  # fmt: skip
