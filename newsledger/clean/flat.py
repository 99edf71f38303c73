"""Pages flattened to lines: every line gets a role; the body, and what stands around it, is read from the roles."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from newsledger.clean.address import find_headline_line, list_headline_words
from newsledger.clean.credits import cut_age, find_authors, find_contributors, find_dateline
from newsledger.clean.line_model import find_body_lines
from newsledger.clean.phrases import find_role
from newsledger.clean.stamps import Stamp, find_stamp
from newsledger.records import Line

HEAD_LINES = 14  # a headline stands at most so many lines above the byline, the time or the first paragraph
MAX_HEADLINE = 220
MIN_CAPTION = 60  # letters of a caption that is text, on a page that is a gallery of pictures
FIRST_LINE = 2.5  # for a page that begins with a line of some words
MAX_STAMP_LINE = 120
STAMP_LINE = 24  # code points that may stand beside a time on a line of its own: "Published …", "Updated …"
NOT_BODY = frozenset(
    {"caption", "donation", "prompt", "login", "copyright", "correction", "contributor", "photo_credit", "social", "nav", "related"}
)
_RULE = re.compile(r"^[\W_]+$")


@dataclass(frozen=True, slots=True)
class Page:
    """What a flattened page holds. `body` is the body's paragraphs, with their line numbers in `lines`."""

    lines: tuple[Line, ...]
    body: str
    headline: str | None
    standfirst: str | None
    authors: tuple[str, ...]
    contributors: tuple[str, ...]
    stamp: Stamp | None
    dateline: str | None
    dateline_place: str | None
    credits: str  # text of credit, copyright and contributor lines, where the agency is named
    correction: str | None


def split_lines(text: str) -> tuple[list[str], list[int], list[tuple[int, int]]]:
    """Split a page into its non-empty lines, the number of blank lines before each, and the span of each."""
    lines, gaps, spans = [], [], []
    position = gap = 0
    for raw in text.split("\n"):
        if raw.strip():
            lines.append(raw)
            gaps.append(gap)
            start = position + len(raw) - len(raw.lstrip())
            spans.append((start, position + len(raw.rstrip())))
            gap = 0
        else:
            gap += 1
        position += len(raw) + 1
    return lines, gaps, spans


def read_page(text: str, url: str | None = None) -> Page:
    """Read a flattened page; its address, where known, tells the headline from other lines."""
    lines, gaps, spans = split_lines(text)
    texts = [line.strip() for line in lines]
    roles: list[tuple[str, str]] = [("", "")] * len(lines)
    for i, is_body in enumerate(find_body_lines(lines, gaps, url)):
        phrase = find_role(texts[i])
        if is_body and (phrase in NOT_BODY or _RULE.match(texts[i])):
            roles[i] = (phrase or "other", f"phrase:{phrase or 'rule'}")
        elif is_body:
            roles[i] = ("body", "line model")
        else:
            roles[i] = (phrase or "other", f"phrase:{phrase}" if phrase else "line model")
    _cut_block(texts, roles)
    if not any(role == "body" for role, _ in roles):
        roles = [
            ("body", "captions only") if role in {"caption", "photo_credit"} and len(text) > MIN_CAPTION else (role, rule)
            for text, (role, rule) in zip(texts, roles, strict=True)
        ]
    stamp = _label_head(texts, roles, list_headline_words(url))
    _label_biography(texts, roles)
    return _build_page(texts, spans, roles, stamp)


def _cut_block(texts: Sequence[str], roles: list[tuple[str, str]]) -> None:
    """Take body lines out that stand among appeals: a paragraph with an appeal on both sides is one too."""
    for i, (role, _) in enumerate(roles):
        if role != "body":
            continue
        around = [roles[j][0] for j in (i - 1, i + 1) if 0 <= j < len(roles)]
        if len(around) == 2 and all(near == "donation" for near in around):
            roles[i] = ("donation", "between appeals")


def _label_head(texts: Sequence[str], roles: list[tuple[str, str]], words: frozenset[str]) -> Stamp | None:
    """Label headline, standfirst, byline and time above the body, anchored at the time or the byline."""
    first = next((i for i, (role, _) in enumerate(roles) if role == "body"), len(texts))
    anchor, stamp = None, None
    for i in range(max(0, first - 3 * HEAD_LINES), min(len(texts), first + 6)):
        found = find_stamp(texts[i]) if len(texts[i]) < MAX_STAMP_LINE else None
        if found and (roles[i][0] != "body" or i < first or len(texts[i]) < STAMP_LINE + len(found.text)):
            anchor, stamp = i, found
            roles[i] = ("published_at", "stamp")
            break
    byline = _label_byline(texts, roles, first, anchor)
    top = min([i for i in (anchor, byline) if i is not None] or [first])
    headline = find_headline_line([text if len(text) <= MAX_HEADLINE else "" for text in texts[: first + 3]], words) if words else None
    rule = "words of the address"
    if headline is None:
        headline, rule = _find_headline(texts, roles, top, first), "above byline or time" if top < first else "above body"
    if headline is None:
        return stamp
    roles[headline] = ("headline", rule)
    if byline is None:
        _label_names(texts, roles, headline, max(first, headline))
    below = headline + 1
    if below < top and len(texts[below].split()) > 2 and roles[below][0] in {"body", "other", "heading"}:
        roles[below] = ("standfirst", "between headline and byline")
    for i in range(headline):
        if roles[i][0] == "body":
            roles[i] = ("other", "above headline")
    if anchor is not None:
        for i in range(anchor + 1, min(anchor + 4, len(texts))):
            if roles[i][0] == "photo_credit" and i > anchor + 1 and roles[i - 1][0] in {"other", "body"} and len(texts[i - 1].split()) < 8:
                roles[i - 1] = ("caption", "above photo credit")
    return stamp


def _label_names(texts: Sequence[str], roles: list[tuple[str, str]], headline: int, first: int) -> None:
    """Label a line of names alone between headline and first paragraph as byline: "Ana Silva", "Ana Silva and Jon Roe 2 hours ago"."""
    for i in range(headline + 1, min(first + 3, headline + HEAD_LINES, len(texts))):
        if roles[i][0] in {"other", "body", "heading"} and find_authors(cut_age(texts[i])):
            roles[i] = ("byline", "names below the headline")
            return


def _label_biography(texts: Sequence[str], roles: list[tuple[str, str]]) -> None:
    """Label a name below the body that the next line says more about: "Ana Silva", "Ana Silva covers the coast for …"."""
    if any(role == "byline" for role, _ in roles):
        return
    last = max((i for i, (role, _) in enumerate(roles) if role == "body"), default=0)
    for i in range(max(1, last - 4), len(texts) - 1):
        names = find_authors(texts[i])
        if len(names) == 1 and texts[i + 1].startswith(f"{names[0]} ") and roles[i][0] in {"other", "body", "heading"}:
            roles[i], roles[i + 1] = ("byline", "name above biography"), ("other", "biography")
            return


def _label_byline(texts: Sequence[str], roles: list[tuple[str, str]], first: int, anchor: int | None) -> int | None:
    for i in range(max(0, first - HEAD_LINES), min(first + 3, len(texts))):
        if roles[i][0] in {"other", "body", "heading"} and find_authors(texts[i], needs_by=True):
            roles[i] = ("byline", "By …")
            return i
    if anchor is not None:
        for i in (anchor - 1, anchor - 2, anchor + 1):
            if 0 <= i < len(texts) and roles[i][0] in {"other", "body"} and find_authors(texts[i]):
                roles[i] = ("byline", "names beside the time")
                return i
    return None


def _find_headline(texts: Sequence[str], roles: Sequence[tuple[str, str]], top: int, first: int) -> int | None:
    """Pick the line above byline, time or body that looks most like a headline: long, no full stop, repeated on the page, high up."""
    repeats = Counter(texts)
    best, best_score = None, 1.2
    for i in range(max(0, top - HEAD_LINES), top):
        role, words = roles[i][0], texts[i].split()
        if role not in {"other", "body", "heading"} or len(texts[i]) > MAX_HEADLINE or len(words) < 3:
            continue
        score = min(len(words), 9) / 2 - 2.5 * texts[i].endswith((".", ":", "…")) + 1.5 * (repeats[texts[i]] > 1) - 0.25 * (top - i)
        score += FIRST_LINE * (i == 0 and len(words) > 4)
        if i + 1 < top <= i + 4 and roles[i + 1][0] in {"other", "body", "heading"} and len(texts[i + 1].split()) > 3:
            score += 3.0  # the line below it is the standfirst
        if score > best_score:
            best, best_score = i, score
    return best


def _build_page(texts: Sequence[str], spans: Sequence[tuple[int, int]], roles: Sequence[tuple[str, str]], stamp: Stamp | None) -> Page:
    lines: list[Line] = []
    paragraphs: list[str] = []
    position = 0
    for i, ((start, end), (role, rule)) in enumerate(zip(spans, roles, strict=True)):
        body_start = body_end = None
        if role == "body":
            position += 2 if paragraphs else 0
            body_start, body_end = position, position + len(texts[i])
            position = body_end
            paragraphs.append(texts[i])
        lines.append(Line(i + 1, start, end, texts[i], role, rule, body_start, body_end))
    by_role = {role: [line.text for line in lines if line.role == role] for role in {line.role for line in lines}}
    dateline = find_dateline(paragraphs[0]) if paragraphs else None
    return Page(
        lines=tuple(lines),
        body="\n\n".join(paragraphs),
        headline=next(iter(by_role.get("headline", ())), None),
        standfirst=next(iter(by_role.get("standfirst", ())), None),
        authors=tuple(dict.fromkeys(name for text in by_role.get("byline", ()) for name in find_authors(cut_age(text)))),
        contributors=tuple(dict.fromkeys(name for text in by_role.get("contributor", ()) for name in find_contributors(text))),
        stamp=stamp,
        dateline=dateline[0].strip() if dateline else None,
        dateline_place=dateline["place"].title() if dateline else None,
        credits="\n".join(
            text for role in ("contributor", "photo_credit", "copyright", "wire_credit", "byline") for text in by_role.get(role, ())
        ),
        correction=next(iter(by_role.get("correction", ())), None),
    )
