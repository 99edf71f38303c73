"""Label every line of a saved page with its role and the rule that said so."""

import re
from collections.abc import Sequence
from functools import cache
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from newsledger.clean.blocks.blocks import ABOVE, Block, BlockPage
from newsledger.clean.blocks.features import MAX_PHRASE_WORDS
from newsledger.clean.lines.asides import (
    find_facts,
    find_led,
    find_teasers,
    is_credited,
    is_dated_caption,
)
from newsledger.clean.page.head import PageHead
from newsledger.clean.page.head_labels import HEADINGS, label_head, label_title
from newsledger.clean.page.metadata import Metadata
from newsledger.clean.page.titles import fold_title
from newsledger.lexicon.containers import mask_of
from newsledger.lexicon.phrases import find_role
from newsledger.model.enums import LineRole
from newsledger.text.fold import fold_words

if TYPE_CHECKING:
    from lxml import etree

# Phrases that make a line, up to so many words, no text. They match 338 of 24,672 lines of bodies
# in annotated news corpora; those looked at (three a pattern) were nearly all furniture left in
# there.
APART: dict[str, int] = {
    LineRole.CORRECTION: 40,
    LineRole.CONTRIBUTOR: 40,
    LineRole.COPYRIGHT: 40,
    LineRole.DONATION: 60,
    LineRole.LOGIN: 20,
    LineRole.PROMPT: 60,
    LineRole.PHOTO_CREDIT: 30,
    LineRole.RELATED: 25,
    LineRole.SOCIAL: 25,
    LineRole.NAV: 12,
    LineRole.COMMENT: 12,
    LineRole.CAPTION: 40,
}
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
MAX_WORD = 1_000  # letters without a space; longer ones are images written as text
_GIANT = re.compile(rf"[!-~]{{{MAX_WORD},}}")
_TAGS = re.compile(r"(?:tags?|tagged|filed under|keywords?)\s?:", re.IGNORECASE)
_TAG_ROLES = (
    ("figure", LineRole.CAPTION),
    ("nav", LineRole.NAV),
    ("footer", LineRole.NAV),
    ("aside", LineRole.RELATED),
)
# the first container that fits names the role of a line that no phrase and no place explains
_GROUP_ROLES = (
    ("comments", LineRole.OTHER),
    ("legal", LineRole.OTHER),
    ("caption", LineRole.CAPTION),
    ("prompt", LineRole.PROMPT),
    ("social", LineRole.SOCIAL),
    ("footer", LineRole.NAV),
    ("nav", LineRole.NAV),
    ("related", LineRole.RELATED),
    ("ad", LineRole.OTHER),
    ("sidebar", LineRole.RELATED),
    ("tags", LineRole.NAV),
    ("media", LineRole.CAPTION),
)
_Place = tuple[int, tuple[str, str]]  # mask of a tag or container, role and rule of its lines


def label_blocks(
    page: BlockPage, is_body: Sequence[bool], rule: str, head: PageHead, metadata: Metadata
) -> list[tuple[str, str]]:
    """Give every block its role and the rule that said so."""
    blocks = page.blocks
    roles = [(LineRole.BODY, rule) if kept else ("", "") for kept in is_body]
    titles = {
        fold_title(title)
        for title in (metadata.title or "", *head.headings, *head.meta.get("og:title", ()))
    } - {""}
    for number, block in enumerate(blocks):
        if _TAGS.match(block.text):
            roles[number] = (LineRole.NAV, "tags")
            continue
        if len(block.text) > MAX_WORD and _GIANT.search(block.text):
            roles[number] = (LineRole.OTHER, "no words")
            continue
        count = block.text.count(" ") + 1
        phrase = find_role(block.text) if count < MAX_PHRASE_WORDS else None
        is_heading = block.tag in HEADINGS and phrase in (
            LineRole.NAV,
            LineRole.SOCIAL,
        )  # "Next steps"
        if is_body[number] and (is_heading or count > APART.get(phrase or "", 0)):
            continue
        roles[number] = (phrase, f"phrase:{phrase}") if phrase else _role_of_place(block)
    _label_lists(page, roles)
    _label_apart(blocks, roles)
    _label_links(blocks, roles)
    _keep_linked(page, roles)
    _label_asides(blocks, roles)
    label_title(blocks, roles, titles)
    label_head(blocks, roles, metadata)
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
            and roles[above][0] == roles[below][0] == LineRole.BODY
            and container == parents[blocks[below].node]
            and sum(blocks[number].linked for number in inside)
            < MAX_LINKED * sum(len(blocks[number].text) for number in inside)
        ):
            for number in inside:
                if roles[number] == (LineRole.OTHER, "block model"):
                    roles[number] = (LineRole.BODY, "list inside the text")


def _label_links(blocks: Sequence[Block], roles: list[tuple[str, str]]) -> None:
    """Label a paragraph or heading of the text that is one link, between others that are none:
    "READ MORE: …". Lists of links stay text."""
    body = [number for number, (role, _) in enumerate(roles) if role == LineRole.BODY]
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
            roles[number] = (LineRole.RELATED, "link alone")


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
    that leads to an earlier story. Teasers stand in lists, in boxes of their own, or in rows; more
    than one sentence at an end of the text counts in the container of its paragraphs."""
    blocks = page.blocks
    linked = [
        block.linked >= LINK_LINE * len(block.text) and role != LineRole.BODY
        for block, (role, _) in zip(blocks, roles, strict=True)
    ]
    apart = mask_of("related", "sidebar", "nav", "footer", "comments", "ad", "social")
    rows = sum(1 << ABOVE.index(tag) for tag in (*LIST_TAGS, *APART_TAGS))
    for is_linked, group in groupby(range(len(blocks)), key=linked.__getitem__):
        run = list(group)
        beside = [
            other
            for other in (run[0] - 1, run[-1] + 1)
            if 0 <= other < len(blocks) and roles[other][0] == LineRole.BODY
        ]
        homes = {page.parents[blocks[number].node] for number in run}
        is_home = any(page.parents[blocks[other].node] in homes for other in beside)
        wanted = 1 if is_home else min(len(run), 2)
        if not is_linked or len(run) > MAX_LINKED_RUN or len(beside) < wanted:
            continue
        if all(
            block.tag in TOLD_TAGS
            and not (block.near & apart or block.tags & rows)
            and _is_told(block)
            for block in blocks[run[0] : run[-1] + 1]
        ):
            for number in run:
                roles[number] = (LineRole.BODY, "sentence inside a link")


def list_boxed(tree: "etree._Element") -> frozenset[str]:
    """List the lines inside boxes of facts that call themselves so, folded."""
    found: set[str] = set()
    for element in tree.iter("div", "section", "table", "ul", "dl"):
        if _BOX.search(f"{element.get('class') or ''} {element.get('id') or ''}"):
            inner = [part for part in element.iter() if not len(part) or part.tag in ("p", "li")]
            found.update(fold_words("".join(part.itertext())) for part in inner)
    return frozenset(found - {""})


def label_boxed(
    blocks: Sequence[Block], roles: list[tuple[str, str]], boxed: frozenset[str]
) -> None:
    """Label the lines of the text that stand in a box of facts, unless the box holds the text."""
    body = [number for number, (role, _) in enumerate(roles) if role == LineRole.BODY]
    inside = [number for number in body if fold_words(blocks[number].text) in boxed]
    size = sum(len(blocks[number].text) for number in inside)
    if size < MAX_APART * sum(len(blocks[number].text) for number in body):
        for number in inside:
            roles[number] = (LineRole.OTHER, "inside a box of facts")


def _label_asides(blocks: Sequence[Block], roles: list[tuple[str, str]]) -> None:
    """Label teasers of other articles, and captions outside of captions' tags, by their own shape,
    as in flattened text."""
    body = [number for number, (role, _) in enumerate(roles) if role == LineRole.BODY]
    texts = [blocks[number].text for number in body]
    teasers, facts = find_teasers(texts), find_facts(texts, range(len(texts)))
    led = find_led([block.text for block in blocks])
    for place, number in enumerate(body):
        if place in teasers:
            roles[number] = (LineRole.RELATED, "cut short like others")
        elif number in led:
            roles[number] = (LineRole.RELATED, "headline below a pointer")
        elif place in facts:
            roles[number] = (LineRole.OTHER, "box of facts")
        elif is_dated_caption(texts[place]):
            roles[number] = (LineRole.CAPTION, "ends with place and date")
        elif is_credited(texts[place], is_last=number == body[-1]):
            roles[number] = (LineRole.CAPTION, "with its credit")


def _is_link(block: Block) -> bool:
    """Whether a line is one link, but for words such as "READ MORE:" before it."""
    share = block.linked / len(block.text)
    return share >= LINK_LINE or (share >= LED_LINK and find_role(block.text) == LineRole.RELATED)


def _label_apart(blocks: Sequence[Block], roles: list[tuple[str, str]]) -> None:
    """Label lines of the text that stand in a container of another purpose: a caption, a byline, an
    aside.

    Each of these groups and tags took out of the development pages what was no text, and nothing
    that was; related links, embedded posts and summaries did not, and are left to the model.
    """
    body = [number for number, (role, _) in enumerate(roles) if role == LineRole.BODY]
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
                roles[number] = (LineRole.OTHER if role == LineRole.HEADING else role, name)
    for number in body:
        if blocks[number].near & mask_of("prompt") and find_role(blocks[number].text) in {
            LineRole.PROMPT,
            LineRole.LOGIN,
            LineRole.DONATION,
        }:
            roles[number] = (LineRole.PROMPT, "container: prompt")


@cache
def _load_places() -> tuple[list[_Place], list[_Place]]:
    """List the roles, each with its rule, that tags above a line and containers around it give, by
    their masks, the first that fits first."""
    by_tag: list[_Place] = [
        (1 << ABOVE.index(tag), (role, f"inside {tag}")) for tag, role in _TAG_ROLES
    ]
    return by_tag, [(mask_of(group), (role, f"container: {group}")) for group, role in _GROUP_ROLES]


def _role_of_place(block: Block) -> tuple[str, str]:
    """The role of a line by the tags and containers it stands in."""
    if block.tag == "figcaption":
        return LineRole.CAPTION, "figcaption"
    by_tag, by_group = _load_places()
    for mask, place in by_tag:
        if block.tags & mask:
            return place
    for mask, place in by_group:
        if block.near & mask:
            return place
    if block.tag in HEADINGS:
        return LineRole.HEADING, block.tag
    return (
        (LineRole.NAV, "link")
        if block.linked >= 0.9 * len(block.text)
        else (LineRole.OTHER, "block model")
    )
