"""How much of a noun phrase is the source: the name alone, the name with its office, or all that
explains it.

Annotators differ by house: "Ana Reyes", "Ana Reyes, director" or "Ana Reyes, director of the
harbour works in Larne, who …". Each cut is a variant with structural features; `attribution.py`
takes the one that its weights favour.
"""

import math
import re
from dataclasses import dataclass

from newsledger.model.enums import EntityLabel
from newsledger.model.records import Span
from newsledger.nlp.parse.parsed import ParsedText, Word

_EXPLAINING = (
    "relcl",
    "acl",
    "appos",
    "prep",
    "conj",
)  # what may stand behind a head, in the order of looking
# times a name's own length; an apposition that makes it longer is background (held-out F1 is flat
# from 3 to 5)
FAR = 5
APART = frozenset({",", "(", "–", "—", "-"})
_BARE = frozenset("det compound amod poss nummod nmod".split())
_COMPOUND = re.compile(r"(?:[-‑]\w+)+")  # "ex-wife", which the parser takes apart
_FLOATING = re.compile(r"(?<=\w{3}) (?:both|each)\Z")  # "the monitor and state media both said"
_DATELINE = re.compile(
    r"[A-Z][^\n”“\"]{2,70}?(?:\)|[A-Za-z.]) ?(?:[—–]|--) ?|[A-Z][\w .,]{2,40} \([A-Z]\w+\) ?-+ ?"
)


@dataclass(frozen=True, slots=True)
class Variant:
    """One cut of a source, with the features that weigh it."""

    spans: tuple[Span, ...]
    features: tuple[str, ...]


def find_source(doc: "ParsedText", text: str, head: "Word", cue: "Word") -> tuple[Span, ...]:
    """Find the noun phrase of a source without relative clauses; the head alone where the phrase
    would hold the cue."""
    last = head.right_edge
    while last.is_punct and last.i > head.i:
        last = doc[last.i - 1]
    start, end = head.left_edge.idx, _end(last)
    for child in head.rights:
        if child.dep_ in {"relcl", "acl"} or _is_day(child):
            end = min(end, _end(doc[child.left_edge.i - 1]))
    if start <= cue.idx < end:
        near = [
            child for child in head.lefts if child.dep_ in _BARE and not child.i <= cue.i < head.i
        ]
        start, end = min([child.left_edge.idx for child in near] or [head.idx]), _end(head)
        start = max(start, cue.idx + len(cue) + 1) if cue.i < head.i else start
    if head.ent_type_ == EntityLabel.PERSON:
        start, end = _fit_name(doc, text, head, cue, Span(start, end))
    if compound := _COMPOUND.match(text, end):
        end = compound.end()
    return _in_line(text, start, end, head.idx)


def _is_day(child: "Word") -> bool:
    """Whether a phrase behind a noun tells when was spoken: "Lund's team | on Tuesday | said"."""
    if child.dep_ != "prep" or child.lower_ != "on":
        return False
    day = next((word for word in child.rights if word.dep_ == "pobj"), None)
    return day is not None and day.ent_type_ in {"DATE", "TIME"}


def _fit_name(
    doc: "ParsedText", text: str, head: "Word", cue: "Word", phrase: Span
) -> tuple[int, int]:
    """Take a name whole, and leave out what a comma sets apart before it: "after the vote, Ana Lund
    said"."""
    start, end = phrase
    comma = text.rfind(", ", start, head.idx)
    first = last = head.i
    while first > 0 and doc[first].ent_iob_ == "I":
        first -= 1
    while (
        last + 1 < len(doc) and doc[last + 1].ent_iob_ == "I" and last + 1 != cue.i
    ):  # "Mayor Lund Vows" in a headline
        last += 1
    if doc[last].tag_ == "POS":
        last -= 1
    start = comma + 2 if start <= comma < doc[first].idx else start
    return start, max(end, _end(doc[last])) if end < _end(doc[last]) and end >= _end(head) else end


def find_variants(
    doc: "ParsedText", text: str, source: tuple[Span, ...], cue_index: int
) -> list[Variant]:
    """List the cuts of a source, the one that `find_source` gave first; a source that is no noun
    phrase has one."""
    if len(source) != 1 or cue_index < 0:
        return [Variant(source, ("source given",))]
    piece = doc.char_span(*source[0], alignment_mode="expand")
    if piece is None or piece.root.pos_ not in {"NOUN", "PROPN", "PRON", "ADJ", "NUM", "DET"}:
        return [Variant(source, ("source given",))]
    head, cue = piece.root, doc[cue_index]
    if _COMPOUND.match(text, _end(head)):
        return [Variant(source, ("source given",))]
    start = source[0].start
    behind = [child for child in head.rights if child.dep_ in _EXPLAINING and not _is_day(child)]
    ends = _list_ends(doc, head, behind, source[0].end)
    is_far = ends["whole"] - start > FAR * (ends.get("short", 0) - start)
    if (
        head.ent_type_ == EntityLabel.PERSON
        and head.i < cue.i
        and behind
        and behind[0].dep_ == "appos"
        and is_far
    ):
        ends = {
            "given": ends["short"]
        }  # no cut is near the name and near the whole: the name it is
    found, seen = [], set()
    kind = _describe(doc, head, behind)
    for name, end in ends.items():
        spans = _in_line(text, start, max(end, _end(head)), head.idx)
        if (
            not spans
            or spans in seen
            or (name != "given" and spans[0].start <= cue.idx < spans[0].end)
        ):
            continue
        seen.add(spans)
        found.append((name, spans))
    if len(found) == 1:
        return [Variant(found[0][1], ("source given",))]
    longest = max(spans[0].end for _, spans in found)
    return [
        Variant(spans, tuple(_features(name, kind, spans[0], longest, head)))
        for name, spans in found
    ]


def _list_ends(doc: "ParsedText", head: "Word", behind: "list[Word]", given: int) -> dict[str, int]:
    """List where a source may end: as given, before what explains it, behind a title, with all."""
    ends = {"given": given}
    for child in behind:
        before = doc[child.left_edge.i - 1]
        is_apart = before.text in APART
        if child.dep_ in {"appos", "prep", "conj"} and "short" not in ends:
            ends["short"] = before.idx if is_apart else _end(before)
        if child.dep_ == "appos" and is_apart:
            ends["titled"] = _end(child)
    days = [child for child in head.rights if _is_day(child)]
    ends["whole"] = _end(doc[days[0].left_edge.i - 1] if days else head.right_edge)
    return ends


def _describe(doc: "ParsedText", head: "Word", behind: "list[Word]") -> str:
    """What stands right behind a head, and whether a comma or dash sets it apart."""
    if not behind:
        return "nothing"
    child = behind[0]
    apart = " apart" if doc[child.left_edge.i - 1].text in APART else ""
    return f"{child.dep_}{apart}"


def _features(name: str, kind: str, span: Span, longest: int, head: "Word") -> list[str]:
    sort = head.ent_type_ or head.pos_
    length, rest = size_class(span.end - span.start), size_class(longest - span.end)
    return [
        f"source {name}", f"source {name} {kind}", f"source {name} {sort}",
        f"source {name} {kind} {sort}",
        f"source {kind} rest {rest}", f"source {kind} length {length}",
        f"source {kind} length {length} rest {rest}",
    ]  # fmt: skip


def size_class(length: int) -> int:
    """Class of a length in code points, by doubling: 0 for none, 5 for long ones."""
    return min(int(math.log2(1 + max(length, 0) / 6)), 5)


def _in_line(text: str, start: int, end: int, at: int) -> tuple[Span, ...]:
    """The part of a span in the line of an offset, behind a dateline, without marks at its
    edges."""
    line_start = text.rfind("\n", start, at) + 1
    line_end = text.find("\n", at, end)
    start, end = max(start, line_start), end if line_end < 0 else line_end
    if dateline := _DATELINE.match(text, start, at):
        start = dateline.end()
    while start < end and (text[start] in " \n\t,;:—–-" or text[start : start + 2] == '" '):
        start += 1
    while start < end and text[end - 1] in " \n\t,;:—–-":
        end -= 1
    if floating := _FLOATING.search(text, start, end):
        end = floating.start()
    if text[end : end + 1] == ")" and text.count("(", start, end) > text.count(")", start, end):
        end += 1  # "Sen. Ana Lund (D-Ohio)"
    return (Span(start, end),) if start < end else ()


def _end(token: "Word") -> int:
    return token.idx + len(token)
