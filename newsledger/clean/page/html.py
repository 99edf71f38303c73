"""Saved HTML: every line of the page with its role, the article's text, and what the page says
about itself."""

import html as entities
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from newsledger.clean.authors import Said, choose_authors
from newsledger.clean.blocks.blocks import ABOVE, Block, BlockPage, parse_page, read_blocks
from newsledger.clean.blocks.model import (
    MAX_PHRASE_WORDS,
    MIN_LINKED_DATA,
    PageClaims,
    find_body_blocks,
    fold_words,
)
from newsledger.clean.credits import (
    cut_age,
    find_authors,
    find_contributors,
    find_dateline,
    is_likely_person,
)
from newsledger.clean.lines.asides import find_led, find_teasers, is_dated_caption
from newsledger.clean.lines.head import is_used, list_letters
from newsledger.clean.page.head import PageHead, read_head
from newsledger.clean.page.metadata import Metadata, fold_title, read_metadata
from newsledger.clean.stamps import Stamp, iter_marked_stamps, iter_stamps
from newsledger.errors import RefusedDocument
from newsledger.lexicon.containers import mask_of
from newsledger.lexicon.phrases import find_role
from newsledger.model.records import MAX_LINES, Line

if TYPE_CHECKING:
    from lxml import etree

# Phrases that make a line, up to so many words, no text. They match 338 of 24,672 lines of bodies in
# annotated news corpora; those looked at (three a pattern) were nearly all furniture left in there.
APART = {
    "correction": 40,
    "contributor": 40,
    "copyright": 40,
    "donation": 60,
    "login": 20,
    "prompt": 60,
    "photo_credit": 30,
    "related": 25,
    "social": 25,
    "nav": 12,
    "comment": 12,
}
MAX_TAGS = 200_000  # news pages have up to 6,000; more would take over 5 s and a gigabyte
MAX_HEAD_LINE = 160  # letters of a byline or a line with the time
MAX_STAMP_REST = 40  # letters beside a time on a line of its own: "Published …", "Updated …"
APART_GROUPS = (
    "caption",
    "byline",
    "hidden",
    "comments",
    "trust",
    "bio",
    "poll",
    "legal",
    "ad",
    "nav",
    "footer",
)
APART_TAGS = ("figure", "aside", "nav", "footer", "form", "button")
MAX_APART = 0.2  # of the text's words: what holds more is the text, whatever it calls itself
MIN_LINK_LINE = 16  # letters; a shorter linked line may be a name
LINK_LINE = 0.9  # share of a line inside links that makes it one
LED_LINK = 0.5  # the same of a line that begins with "Read more:"
MAX_LINK_SHARE = (
    0.3  # of the lines of a text that are links: more of them are what the text is about
)
MIN_TOLD = 10  # words of a linked sentence that is told as news
MAX_LINKED_RUN = 3  # linked sentences on end between two paragraphs of the text
_BOX = re.compile(
    r"(?<![a-z])(?:info|fact|side|background|bg)[-_]?(?:box|file|sheet)(?![a-z])", re.IGNORECASE
)
TOLD_TAGS = frozenset({"p", "div", "blockquote", "strong", "em", "b", "span"})
_SENTENCE_ENDS = (".", "!", "?", "”", '."', "’")
LIST_TAGS = ("ul", "ol", "dl", "table")
MAX_LINKED = 0.3  # of the letters of a list or table inside a text; more is a list of other pages
LINK_TAGS = frozenset({"p", "h2", "h3", "h4", "div"})
MAX_NAME_WORDS = 9  # of a line of names alone
DATELINE_PARAGRAPHS = 2  # the first may be the standfirst
HEAD_LINES = 30  # lines between headline and body that may hold byline and time
HEAD_IN_BODY = 6  # lines after the first line of text, a standfirst perhaps, that may
TAIL_LINES = 4  # lines below the body that may
MAX_FOLDED = 3  # letters that one folds to at most
HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})
USING = ("body", "headline")  # lines whose names are no author's
TOP_LINES = 5  # first lines of the text where a line that is only the time is none of it
_INVISIBLE = (
    "\u00ad",
    "&shy;",
    "&#173;",
    "\u200b",
    "&#8203;",
    "\u2060",
    "\ufeff",
    "&#65279;",
)  # inside words
MAX_WORD = 1_000  # letters without a space; longer ones are images written as text
_GIANT = re.compile(rf"[!-~]{{{MAX_WORD},}}")
_TAGS = re.compile(r"(?:tags?|tagged|filed under|keywords?)\s?:", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_TAG = re.compile(r"<[^>]+>")
_TAG_ROLES = (("figure", "caption"), ("nav", "nav"), ("footer", "nav"), ("aside", "related"))
# the first container that fits names the role of a line that no phrase and no place explains
_GROUP_ROLES = (
    ("comments", "other"), ("legal", "other"), ("caption", "caption"), ("prompt", "prompt"), ("social", "social"), ("footer", "nav"), ("nav", "nav"),
    ("related", "related"), ("ad", "other"), ("sidebar", "related"), ("tags", "nav"), ("media", "caption"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class HtmlPage:
    """What a saved page holds. `text` is all of its lines; `lines` point into it, and into
    `body`."""

    text: str = ""
    body: str = ""
    lines: tuple[Line, ...] = ()
    metadata: Metadata = field(default_factory=Metadata)
    headline: str | None = None
    standfirst: str | None = None
    authors: tuple[str, ...] = ()
    authors_reason: str = ""
    contributors: tuple[str, ...] = ()
    published: Stamp | None = None
    modified: Stamp | None = None  # as printed
    dateline: str | None = None
    dateline_place: str | None = None
    credits: str = ""  # lines and authors that may name the agency the text came from
    correction: str | None = None


def read_page(
    html: str, url: str | None = None, *, is_article: bool = False, carried: Said | None = None
) -> HtmlPage:
    """Read a saved page; empty where there is nothing in it. `is_article` says that all of it is
    the article's text, as feeds carry it; `carried` are the authors that the carrier names.

    Raises `RefusedDocument("too_large")` for more lines than `MAX_LINES`, or more tags than
    `MAX_TAGS`.
    """
    if (tags := html.count("<")) > MAX_TAGS:
        raise RefusedDocument("too_large", f"{tags:,} tags, limit {MAX_TAGS:,}")
    for mark in _INVISIBLE:
        html = html.replace(mark, "")
    tree = parse_page(html)
    if tree is None:
        return HtmlPage()
    head = read_head(tree)
    metadata = read_metadata(head, url)
    boxed = _list_boxed(tree)
    page = read_blocks(tree)
    if len(page.blocks) > MAX_LINES:
        raise RefusedDocument(
            "too_large",
            f"{len(page.blocks):,} lines, limit {MAX_LINES:,}: split what is no single article",
        )
    if is_article:
        is_body, rule = [True] * len(page.blocks), "the carrier says so"
    else:
        is_body, rule = find_body_blocks(
            page, claims_of(head), lambda: read_with_trafilatura(tree, url)
        )
    roles = label_blocks(page, is_body, rule, head, metadata)
    _label_boxed(page.blocks, roles, boxed)
    return _build(page, roles, metadata, carried)


def claims_of(head: PageHead) -> PageClaims:
    """Fold what a head says of titles, descriptions and text for `describe_blocks`."""
    titles = [
        head.title,
        *head.headings,
        *head.meta.get("og:title", ()),
        *head.meta.get("twitter:title", ()),
    ]
    described = [
        text
        for name in ("og:description", "description", "twitter:description")
        for text in head.meta.get(name, ())
    ]
    bodies = (
        item["articleBody"] for item in head.items if isinstance(item.get("articleBody"), str)
    )
    body = _TAG.sub(" ", entities.unescape(max(bodies, key=len, default="")))
    folded = [fold_words(text) for text in (*titles, *described)]
    return PageClaims(
        frozenset(folded),
        " || ".join(folded),
        fold_words(body) if len(body) > MIN_LINKED_DATA else "",
    )


def read_with_trafilatura(tree: "etree._Element", url: str | None) -> str:
    """Read a page, already without scripts, by trafilatura's quick way: the second opinion."""
    import trafilatura
    from lxml import etree

    page = etree.tostring(tree, encoding="unicode", method="html")
    return (
        trafilatura.extract(page, url=url, include_comments=False, include_tables=True, fast=True)
        or ""
    )


def label_blocks(
    page: BlockPage, is_body: Sequence[bool], rule: str, head: PageHead, metadata: Metadata
) -> list[tuple[str, str]]:
    """Give every block its role and the rule that said so."""
    blocks = page.blocks
    roles = [("body", rule) if kept else ("", "") for kept in is_body]
    titles = {
        fold_title(title)
        for title in (metadata.title or "", *head.headings, *head.meta.get("og:title", ()))
    } - {""}
    for number, block in enumerate(blocks):
        if _TAGS.match(block.text):
            roles[number] = ("nav", "tags")
            continue
        if len(block.text) > MAX_WORD and _GIANT.search(block.text):
            roles[number] = ("other", "no words")
            continue
        count = block.text.count(" ") + 1
        phrase = find_role(block.text) if count < MAX_PHRASE_WORDS else None
        is_heading = block.tag in HEADINGS and phrase in ("nav", "social")  # "Next steps"
        if is_body[number] and (is_heading or count > APART.get(phrase or "", 0)):
            continue
        roles[number] = (phrase, f"phrase:{phrase}") if phrase else _role_of_place(block)
    _label_lists(page, roles)
    _label_apart(blocks, roles)
    _label_links(blocks, roles)
    _keep_linked(page, roles)
    _label_asides(blocks, roles)
    _label_title(blocks, roles, titles)
    _label_head(blocks, roles, metadata)
    return roles


def _label_lists(page: BlockPage, roles: list[tuple[str, str]]) -> None:
    """Label rows and items of a table or list between two paragraphs of the text that lie side by
    side: what stands inside an article is it."""
    blocks, parents = page.blocks, page.parents
    rows = sum(1 << ABOVE.index(tag) for tag in LIST_TAGS)
    outside = [number for number, block in enumerate(blocks) if not block.tags & rows]
    for above, below in pairwise(outside):
        inside = range(above + 1, below)
        container = parents[blocks[above].node]
        if (
            inside
            and roles[above][0] == roles[below][0] == "body"
            and container == parents[blocks[below].node]
            and sum(blocks[number].linked for number in inside)
            < MAX_LINKED * sum(len(blocks[number].text) for number in inside)
        ):
            for number in inside:
                if roles[number] == ("other", "block model"):
                    roles[number] = ("body", "list inside the text")


def _label_links(blocks: Sequence[Block], roles: list[tuple[str, str]]) -> None:
    """Label a paragraph or heading of the text that is one link, between others that are none:
    "READ MORE: …". Lists of links stay text."""
    body = [number for number, (role, _) in enumerate(roles) if role == "body"]
    alone = {
        number
        for number in body
        if len(blocks[number].text) >= MIN_LINK_LINE and _is_link(blocks[number])
    }
    if len(alone) > MAX_LINK_SHARE * len(body):
        return
    for place, number in enumerate(body):
        if (
            number in alone
            and not _is_told(blocks[number])
            and blocks[number].tag in LINK_TAGS
            and not {
                body[place - 1] if place else -1,
                body[place + 1] if place + 1 < len(body) else -1,
            }
            & alone
        ):
            roles[number] = ("related", "link alone")


def _is_told(block: Block) -> bool:
    """Whether a linked line is told as news: a whole sentence, or a quotation, and no pointer."""
    return (
        len(block.text.split()) >= MIN_TOLD
        and block.text.endswith(_SENTENCE_ENDS)
        and block.tag not in HEADINGS
        and find_role(block.text) is None
    )


def _keep_linked(page: BlockPage, roles: list[tuple[str, str]]) -> None:
    """Keep sentences that stand wholly inside a link beside the text: its first paragraph, or one
    that leads to an earlier story. Teasers stand in lists, in boxes of their own, or in rows."""
    blocks = page.blocks
    linked = [block.linked >= LINK_LINE * len(block.text) for block in blocks]
    apart = mask_of("related", "sidebar", "nav", "footer", "comments", "ad", "social")
    rows = sum(1 << ABOVE.index(tag) for tag in (*LIST_TAGS, *APART_TAGS))
    for is_linked, group in groupby(range(len(blocks)), key=linked.__getitem__):
        run = list(group)
        beside = [
            roles[other][0] == "body" if 0 <= other < len(blocks) else False
            for other in (run[0] - 1, run[-1] + 1)
        ]
        if not is_linked or len(run) > MAX_LINKED_RUN or sum(beside) < min(len(run), 2):
            continue
        if all(
            block.tag in TOLD_TAGS
            and not (block.near & apart or block.tags & rows)
            and _is_told(block)
            for block in blocks[run[0] : run[-1] + 1]
        ):
            for number in run:
                roles[number] = ("body", "sentence inside a link")


def _list_boxed(tree: "etree._Element") -> frozenset[str]:
    """List the lines inside boxes of facts that call themselves so, folded."""
    found: set[str] = set()
    for element in tree.iter("div", "section", "table", "ul", "dl"):
        if _BOX.search(f"{element.get('class') or ''} {element.get('id') or ''}"):
            inner = [part for part in element.iter() if not len(part) or part.tag in ("p", "li")]
            found.update(fold_words("".join(part.itertext())) for part in inner)
    return frozenset(found - {""})


def _label_boxed(
    blocks: Sequence[Block], roles: list[tuple[str, str]], boxed: frozenset[str]
) -> None:
    """Label the lines of the text that stand in a box of facts, unless the box holds the text."""
    body = [number for number, (role, _) in enumerate(roles) if role == "body"]
    inside = [number for number in body if fold_words(blocks[number].text) in boxed]
    size = sum(len(blocks[number].text) for number in inside)
    if size < MAX_APART * sum(len(blocks[number].text) for number in body):
        for number in inside:
            roles[number] = ("other", "inside a box of facts")


def _label_asides(blocks: Sequence[Block], roles: list[tuple[str, str]]) -> None:
    """Label teasers of other articles, and captions outside of captions' tags, by their own shape,
    as in flattened text."""
    body = [number for number, (role, _) in enumerate(roles) if role == "body"]
    texts = [blocks[number].text for number in body]
    teasers, led = find_teasers(texts), find_led(texts)
    for place, number in enumerate(body):
        if place in teasers:
            roles[number] = ("related", "cut short like others")
        elif place in led:
            roles[number] = ("related", "headline below a pointer")
        elif is_dated_caption(texts[place]):
            roles[number] = ("caption", "ends with place and date")


def _is_link(block: Block) -> bool:
    """Whether a line is one link, but for words such as "READ MORE:" before it."""
    share = block.linked / len(block.text)
    return share >= LINK_LINE or (share >= LED_LINK and find_role(block.text) == "related")


def _label_apart(blocks: Sequence[Block], roles: list[tuple[str, str]]) -> None:
    """Label lines of the text that stand in a container of another purpose: a caption, a byline, an
    aside.

    Each of these groups and tags took out of the development pages what was no text, and nothing
    that was; related links, embedded posts and summaries did not, and are left to the model.
    """
    body = [number for number, (role, _) in enumerate(roles) if role == "body"]
    size = {number: blocks[number].text.count(" ") + 1 for number in body}
    limit = MAX_APART * sum(size.values())
    for name, bit, masks in (
        *(
            (f"container: {group}", mask_of(group), [block.near for block in blocks])
            for group in APART_GROUPS
        ),
        *(
            (f"inside {tag}", 1 << ABOVE.index(tag), [block.tags for block in blocks])
            for tag in APART_TAGS
        ),
    ):
        inside = [number for number in body if masks[number] & bit]
        if sum(size[number] for number in inside) < limit:
            for number in inside:
                role, _ = _role_of_place(blocks[number])
                roles[number] = ("other" if role == "heading" else role, name)
    for number in body:
        if blocks[number].near & mask_of("prompt") and find_role(blocks[number].text) in {
            "prompt",
            "login",
            "donation",
        }:
            roles[number] = ("prompt", "container: prompt")


@cache
def _load_places() -> tuple[list[tuple[int, tuple[str, str]]], list[tuple[int, tuple[str, str]]]]:
    """List the roles, each with its rule, that tags above a line and containers around it give, by
    their masks, the first that fits first."""
    by_tag = [(1 << ABOVE.index(tag), (role, f"inside {tag}")) for tag, role in _TAG_ROLES]
    return by_tag, [(mask_of(group), (role, f"container: {group}")) for group, role in _GROUP_ROLES]


def _role_of_place(block: Block) -> tuple[str, str]:
    """The role of a line by the tags and containers it stands in."""
    if block.tag == "figcaption":
        return "caption", "figcaption"
    by_tag, by_group = _load_places()
    for mask, place in by_tag:
        if block.tags & mask:
            return place
    for mask, place in by_group:
        if block.near & mask:
            return place
    if block.tag in HEADINGS:
        return "heading", block.tag
    return ("nav", "link") if block.linked >= 0.9 * len(block.text) else ("other", "block model")


def _label_title(blocks: Sequence[Block], roles: list[tuple[str, str]], titles: set[str]) -> None:
    """Label the heading that bears the title, h1 before others; repeats of it, also among the first
    lines of the text, are no text."""
    lengths = [len(title) for title in titles] or [0]
    shortest, longest = min(lengths) // MAX_FOLDED, max(lengths) + 4
    found = [
        number
        for number, block in enumerate(blocks)
        if shortest <= len(block.text) <= longest and fold_title(block.text) in titles
    ]
    first_body = next(
        (number for number, (role, _) in enumerate(roles) if role == "body"), len(blocks)
    )
    headings = [number for number in found if blocks[number].tag == "h1"] or [
        number for number in found if number <= first_body
    ]
    for number in found:
        if number in headings[:1]:
            roles[number] = ("headline", "title")
        elif roles[number][0] == "body" and (
            blocks[number].tag == "h1" or number <= first_body + 3
        ):
            roles[number] = ("other", "repeats the title")


def _label_head(blocks: Sequence[Block], roles: list[tuple[str, str]], metadata: Metadata) -> None:
    """Label standfirst, byline and time, between the headline and the first lines of the text, or
    right below the text."""
    body = [number for number, (role, _) in enumerate(roles) if role == "body"]
    first, last = (body[0], body[-1]) if body else (len(blocks), len(blocks))
    top = next(
        (number for number, (role, _) in enumerate(roles) if role == "headline" and number < first),
        None,
    )
    start = max(0, first - HEAD_LINES) if top is None else top + 1
    for number in body[:TOP_LINES]:
        is_line = len(blocks[number].text) <= MAX_HEAD_LINE and blocks[number].tag not in HEADINGS
        if (
            is_line and _is_stamp(blocks[number]) and not blocks[number].text.startswith(("—", "–"))
        ):  # the foot of an embedded post
            roles[number] = ("published_at", "stamp")
    above = [number for number in range(start, first) if number >= first - HEAD_LINES]
    below = [
        number
        for number in range(first, min(first + HEAD_IN_BODY, len(blocks)))
        if roles[number][0] != "body"
    ]
    below += range(last + 1, min(last + 1 + TAIL_LINES, len(blocks)))
    names = {fold_words(name) for name in metadata.authors}
    described = fold_words(metadata.description or "")
    used = list_letters(blocks[i].text for i, (role, _) in enumerate(roles) if role in USING)
    has_byline = False
    for number in (*above, *below):
        block, (role, _) = blocks[number], roles[number]
        if role in {
            "headline",
            "photo_credit",
            "correction",
            "contributor",
        } or block.near & mask_of("comments"):
            continue
        fold = fold_words(block.text)
        if len(block.text) <= MAX_HEAD_LINE and not has_byline and _is_byline(block, fold, names):
            roles[number], has_byline = ("byline", "names an author"), True
        elif len(block.text) <= MAX_HEAD_LINE and _is_stamp(block):
            is_named = not has_byline and number < first and _is_named(block.text, used)
            has_byline = has_byline or is_named
            roles[number] = ("byline", "names and time") if is_named else ("published_at", "stamp")
        elif (
            number < first
            and len(fold.split()) > 4
            and (fold in described or block.near & mask_of("standfirst"))
            and role != "caption"
        ):
            roles[number] = (
                "standfirst",
                "description" if fold in described else "container: standfirst",
            )
    if not has_byline or metadata.is_outlet_author:
        _label_names(blocks, roles, body[:3])


def _label_names(
    blocks: Sequence[Block], roles: list[tuple[str, str]], firsts: Sequence[int]
) -> None:
    """Label a line of names alone that opens the text: "Ana Silva", "Ana Silva/Jon Roe"."""
    for number in firsts:
        text = blocks[number].text.replace("/", ", ")
        if (
            len(text.split()) <= MAX_NAME_WORDS
            and blocks[number].tag not in HEADINGS
            and not text.isupper()
            and find_authors(text)
        ):
            roles[number] = ("byline", "names above the text")
            return


def _is_named(text: str, used: frozenset[str]) -> bool:
    """Whether a line with a time begins with the name of somebody whom the text does not tell of:
    "Ana Silva, 5 March 2024"."""
    names = find_authors(cut_age(text))
    return bool(names) and (is_likely_person(names[0]) or not is_used(names[0], used))


def _is_byline(block: Block, fold: str, names: set[str]) -> bool:
    if names and any(name in fold for name in names):
        return len(fold.split()) <= sum(len(name.split()) for name in names) + 8
    return bool(
        _names_in(block.text)
        if block.near & mask_of("byline")
        else find_authors(cut_age(block.text), needs_by=True)
    )


def _names_in(text: str) -> list[str]:
    """Read the names of a line that is known for a byline: in capitals, first names need not be
    known."""
    text = cut_age(text.replace("/", ", "))
    return find_authors(text) or (find_authors(f"By {text}") if text.isupper() else [])


def _is_stamp(block: Block) -> bool:
    stamps = list(iter_stamps(block.text))
    return (
        bool(stamps)
        and len(block.text) <= sum(len(stamp.text) for stamp in stamps) + MAX_STAMP_REST
    )


def _build(
    page: BlockPage,
    roles: Sequence[tuple[str, str]],
    metadata: Metadata,
    carried: Said | None = None,
) -> HtmlPage:
    lines: list[Line] = []
    paragraphs: list[str] = []
    place = position = 0
    for number, (block, (role, rule)) in enumerate(zip(page.blocks, roles, strict=True), 1):
        start = end = None
        if role == "body":
            position += 2 if paragraphs else 0
            start, end = position, position + len(block.text)
            position = end
            paragraphs.append(block.text)
        lines.append(
            Line(number, place, place + len(block.text), block.text, role, rule, start, end)
        )
        place += len(block.text) + 1
    texts: dict[str, list[str]] = {}
    for line in lines:
        texts.setdefault(line.role, []).append(line.text)
    dateline = next(
        filter(
            None,
            (find_dateline(text, is_opening=True) for text in paragraphs[:DATELINE_PARAGRAPHS]),
        ),
        None,
    )
    stamps = [
        marked
        for text in (*texts.get("published_at", ()), *texts.get("byline", ()))
        for marked in iter_marked_stamps(text)
    ]
    printed = _printed_names(texts.get("byline", ()), metadata)
    chosen = choose_authors(
        printed,
        (*metadata.said, carried) if carried else metadata.said,
        metadata.sites,
        late=[metadata.linked],
        last=[Said("link to a page about an author", metadata.profiles)],
        text="\n".join(line.text for line in lines),
    )
    said = [name for place in metadata.said for name in place.names]
    return HtmlPage(
        text="\n".join(line.text for line in lines),
        body="\n\n".join(paragraphs),
        lines=tuple(lines),
        metadata=metadata,
        headline=metadata.title or next(iter(texts.get("headline", ())), None),
        standfirst=next(iter(texts.get("standfirst", ())), None)
        or _find_opening(page, roles)
        or metadata.description,
        authors=chosen.names,
        authors_reason=chosen.reason,
        contributors=tuple(
            dict.fromkeys(
                name for text in texts.get("contributor", ()) for name in find_contributors(text)
            )
        ),
        published=metadata.published
        or next(
            (stamp for stamp, word in stamps if word != "updated"),
            next(iter(stamps), (None, ""))[0],
        ),
        modified=next((stamp for stamp, word in stamps if word == "updated"), None),
        dateline=dateline[0].strip() if dateline else None,
        dateline_place=dateline["place"].strip().title() if dateline else None,
        credits="\n".join((*_wire_credits(texts), *said, *chosen.names)),
        correction=next(iter(texts.get("correction", ())), None),
    )


def _wire_credits(texts: dict[str, list[str]]) -> Iterator[str]:
    """The lines where an agency is credited with the text: not with its pictures, whose copyright
    lines bear no year."""
    for role in ("contributor", "wire_credit", "byline"):
        yield from texts.get(role, ())
    yield from (text for text in texts.get("copyright", ()) if _YEAR.search(text))


def _find_opening(page: BlockPage, roles: Sequence[tuple[str, str]]) -> str | None:
    """Find the standfirst where it is the first line of the text, as many pages print it."""
    first = next(
        (block for block, (role, _) in zip(page.blocks, roles, strict=True) if role == "body"), None
    )
    return first.text if first and first.near & mask_of("standfirst") else None


def _printed_names(bylines: Sequence[str], metadata: Metadata) -> tuple[str, ...]:
    """Read the names of the printed bylines, without those that hold a name that linked data and
    meta tags gave as author: an outlet's."""
    known = [fold_title(name) for name in metadata.authors] if metadata.is_outlet_author else []
    names = [name for text in bylines for name in _names_in(text)]
    return tuple(
        dict.fromkeys(
            name for name in names if not any(outlet in fold_title(name) for outlet in known)
        )
    )
