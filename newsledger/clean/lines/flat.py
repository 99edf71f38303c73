"""Pages flattened to lines: every line gets a role; the body, and what stands around it, is read
from the roles."""

import re
from collections.abc import Sequence

from newsledger.clean.datelines import find_opening_agency
from newsledger.clean.laid_out import Page, lay_out, refuse_many
from newsledger.clean.lines.asides import find_asides
from newsledger.clean.lines.features import find_whole
from newsledger.clean.lines.head import Head, label_head
from newsledger.clean.lines.model import find_body_lines
from newsledger.clean.lines.open_lines import Roles
from newsledger.lexicon.phrases import ASKING, find_role
from newsledger.model.enums import LineRole

START_GAP = 8  # lines that are no text, between two runs of it
START_SHARE = 0.15  # of the words, for the first run: teasers above the article have fewer
# share of the words that are text, on a page without furniture, for all of it to be text (measured
# from 0.2 to 0.95)
MOSTLY_TEXT = 0.5
LONG = 25  # words; so long a line is text without a full stop too
MAX_READINGS = 8
MAX_CREDITED = (
    30  # words of a caption with a credit at its end; a longer line with one is a paragraph
)
MIN_CAPTION = 60  # letters of a caption that is text, on a page that is a gallery of pictures
NOT_BODY = frozenset(
    "caption donation prompt login copyright correction contributor photo_credit social "
    "nav related comment".split()
)
_SENTENCE = (".", "!", "”", '"', "’", "»", "。")  # a headline may ask
FURNITURE = ASKING | {LineRole.COPYRIGHT, LineRole.COMMENT}
MIN_TOLD = 60  # words of a line that is a text, full stops or not, where it came with a title
MIN_ABOVE_END = 30  # words of text above an end mark
_END = re.compile(
    r"\W*(?:ENDS?|Ends|- ?30 ?-|# ?# ?#|(?i:notes? (?:to|for) (?:the )?editors?))\W*$"
)
MIN_SENTENCE = 8  # words of a sentence before its last one, for something behind it to be a mark
_RUN = re.compile(r"\S+(?: \S+)*")
_SENTENCE_END = re.compile(r"\S[.!?][”\"’)]? \S")
_RULE = re.compile(r"^[\W_]+$")


def split_lines(text: str) -> tuple[list[str], list[int], list[tuple[int, int]]]:
    """Split a page into its non-empty lines, the number of blank lines before each, and the span of
    each."""
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


def read_page(
    text: str, url: str | None = None, *, is_body: bool = False, title: str | None = None
) -> Page:
    """Read a flattened page; its address, where known, tells the headline from other lines, and the
    day. With a `title` no other line than its own is the headline.

    The body is read again until nothing more leaves it, so that cleaning what was cleaned changes
    nothing. `is_body` says that the text came as an article's text alone: then all of it is, but
    for credits and the like. Raises `RefusedDocument("too_large")` for more lines than `MAX_LINES`.
    """
    lines, gaps, spans = split_lines(text)
    refuse_many(len(lines))
    texts = [line.strip() for line in lines]
    if is_body:
        return _build_page(texts, spans, *_label_text(texts, url, title))
    read = label_body(lines, gaps, url)
    gone: set[int] = set()
    is_alone = lines == texts and list(gaps) == _gaps_alone(len(texts))
    for _ in range(MAX_READINGS):
        roles = [
            (LineRole.OTHER, "second reading") if i in gone else role for i, role in enumerate(read)
        ]
        head = label_head(
            texts, roles, find_start(texts, [role for role, _ in roles]), url, title=title
        )  # a line that went may be the byline
        kept = [i for i, (role, _) in enumerate(roles) if role == LineRole.BODY]
        if is_alone and len(kept) == len(texts):  # it has been read alone
            break
        left = _read_again([texts[i] for i in kept], url, title)
        if len(left) == len(kept):
            break
        gone.update(i for place, i in enumerate(kept) if place not in left)
    is_lost = title and not any(role == LineRole.BODY for role, _ in roles)
    if is_lost and max((text.count(" ") for text in texts), default=0) >= MIN_TOLD:
        return _build_page(texts, spans, *_label_text(texts, url, title))
    return _build_page(texts, spans, roles, head)


def _label_text(texts: Sequence[str], url: str | None, title: str | None) -> tuple[Roles, Head]:
    """Label the lines of an article's text alone: no headline but the given one is looked for in
    it, bylines, times and credits are."""
    roles = _name_roles(texts, [True] * len(texts), "given as text")
    return roles, label_head(
        texts,
        roles,
        find_start(texts, [role for role, _ in roles]),
        url,
        has_headline=False,
        title=title,
    )


def _read_again(texts: Sequence[str], url: str | None, title: str | None) -> frozenset[int]:
    """Tell which paragraphs are still text when they stand alone."""
    roles = label_body(texts, _gaps_alone(len(texts)), url)
    label_head(texts, roles, find_start(texts, [role for role, _ in roles]), url, title=title)
    return frozenset(i for i, (role, _) in enumerate(roles) if role == LineRole.BODY)


def _gaps_alone(count: int) -> list[int]:
    """Count the blank lines before each of the paragraphs of a body: one between two."""
    return [0] + [1] * (count - 1)


def label_body(lines: Sequence[str], gaps: Sequence[int], url: str | None = None) -> Roles:
    """Tell article text from the rest: a role and the rule that gave it for each non-empty line."""
    texts = [line.strip() for line in lines]
    has_furniture = not FURNITURE.isdisjoint(map(find_role, texts))
    if not has_furniture and (whole := find_whole(texts)):
        end = whole.stop + (
            whole.stop < len(texts) and _goes_on(texts[whole.stop])
        )  # "… would double. Enditem"
        chosen, comments, rule = (
            [whole.start <= i < end for i in range(len(texts))],
            None,
            "text alone",
        )
    else:
        chosen, comments = find_body_lines(lines, gaps, url)
        rule = "line model"
        if not has_furniture:
            chosen = _fill(texts, chosen)
    roles = _name_roles(texts, chosen, rule)
    for i, aside in find_asides(texts, gaps, [role for role, _ in roles]).items():
        roles[i] = aside
    if comments is not None:
        roles[comments:] = [
            (role, rule) if rule.startswith("phrase") else (LineRole.COMMENT, "below comments")
            for role, rule in roles[comments:]
        ]
    _cut_block(roles)
    _cut_foot(texts, roles)
    if not any(role == LineRole.BODY for role, _ in roles):
        roles = [
            (LineRole.BODY, "captions only")
            if role in {LineRole.CAPTION, LineRole.PHOTO_CREDIT} and len(text) > MIN_CAPTION
            else (role, rule)
            for text, (role, rule) in zip(texts, roles, strict=True)
        ]
    return roles


def _goes_on(text: str) -> bool:
    """Whether a line has a sentence, and something behind it."""
    for run in _RUN.finditer(text):
        words = run[0].split(" ", MIN_SENTENCE)
        if len(words) > MIN_SENTENCE and _SENTENCE_END.search(words[MIN_SENTENCE]):
            return True
    return False


def _fill(texts: Sequence[str], chosen: list[bool]) -> list[bool]:
    """Keep the other lines below the first of a page without furniture that is mostly text: rows of
    a table, items of a list, headings."""
    words = [len(text.split()) for text in texts]
    kept = sum(count for count, is_body in zip(words, chosen, strict=True) if is_body)
    if kept < MOSTLY_TEXT * sum(words) or True not in chosen:
        return chosen
    first = chosen.index(True)
    return [i >= first for i in range(len(texts))]


def _name_roles(texts: Sequence[str], chosen: Sequence[bool], rule: str) -> Roles:
    roles: Roles = []
    for text, is_body in zip(texts, chosen, strict=True):
        phrase = find_role(text)
        is_text = phrase not in NOT_BODY or (
            phrase == LineRole.PHOTO_CREDIT and text.count(" ") > MAX_CREDITED
        )
        if is_body and is_text and not _RULE.match(text):
            roles.append((LineRole.BODY, rule))
        else:
            roles.append(
                (phrase, f"phrase:{phrase}")
                if phrase
                else (LineRole.OTHER, "ruled line" if _RULE.match(text) else rule)
            )
    return roles


def _cut_block(roles: Roles) -> None:
    """Take body lines out that stand among appeals: a paragraph with an appeal on both sides is one
    too."""
    for i in range(1, len(roles) - 1):
        if roles[i][0] == LineRole.BODY and roles[i - 1][0] == roles[i + 1][0] == LineRole.DONATION:
            roles[i] = (LineRole.DONATION, "between appeals")


def _cut_foot(texts: Sequence[str], roles: Roles) -> None:
    """Take body lines out that stand below the mark that ends a press release or an agency's copy:
    notes, contacts, about us."""
    words = 0
    for i, text in enumerate(texts):
        if words >= MIN_ABOVE_END and _END.match(text):
            roles[i:] = [
                (LineRole.OTHER, "below the end mark") if role == LineRole.BODY else (role, rule)
                for role, rule in roles[i:]
            ]
            return
        words += len(text.split()) if roles[i][0] == LineRole.BODY else 0


def find_start(texts: Sequence[str], roles: Sequence[str]) -> int:
    """Find the line where the article's text starts: the first sentence of the first run of body
    lines with a fair share of its words."""
    bodies = [i for i, role in enumerate(roles) if role == LineRole.BODY]
    if not bodies:
        return len(texts)
    words = {i: len(texts[i].split()) for i in bodies}
    sentences = [i for i in bodies if texts[i].endswith(_SENTENCE) or words[i] > LONG]
    total, run, start = sum(words.values()), 0, bodies[0]
    for above, i in zip([bodies[0], *bodies], bodies, strict=False):
        if i - above > START_GAP:
            run, start = 0, i
        run += words[i]
        if run >= START_SHARE * total:
            return next(
                (sentence for sentence in sentences if start <= sentence <= start + START_GAP),
                start,
            )
    return bodies[0]


def _build_page(
    texts: Sequence[str], spans: Sequence[tuple[int, int]], roles: Roles, head: Head
) -> Page:
    laid_out = lay_out(texts, spans, roles)
    dateline, dateline_place = laid_out.dateline()
    opening = find_opening_agency(laid_out.paragraphs[0]) if laid_out.paragraphs else None
    return Page(
        lines=laid_out.lines,
        body="\n\n".join(laid_out.paragraphs),
        headline=head.headline.text if head.headline else None,
        standfirst=next(iter(laid_out.said(LineRole.STANDFIRST)), None),
        authors=head.authors,
        contributors=laid_out.contributors(),
        published=head.stamp,
        modified=head.modified,
        dateline=dateline,
        dateline_place=dateline_place,
        credits="\n".join([opening or "", *laid_out.wire_credits(), *head.authors]),
        correction=laid_out.correction(),
    )
