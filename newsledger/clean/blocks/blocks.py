"""A saved page as blocks of text: what a reader sees as one line or paragraph, with where it stands
in the page's tree."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from newsledger.lexicon.containers import find_groups

if TYPE_CHECKING:
    from lxml import etree

BLOCK_TAGS = frozenset(
    (
        "p div section article main aside header footer nav ul ol li dl dt dd table thead "
        "tbody tfoot tr td th caption figure figcaption "
        "blockquote pre h1 h2 h3 h4 h5 h6 form fieldset button address details summary "
        "hgroup center body html hr legend"
    ).split()
)
UNSEEN_TAGS = frozenset(
    "script style noscript template svg iframe object canvas audio video select textarea "
    "head math map".split()
)
ABOVE = (
    "article",
    "main",
    "aside",
    "header",
    "footer",
    "nav",
    "form",
    "figure",
    "table",
    "ul",
    "ol",
    "blockquote",
    "button",
    "section",
    "details",
    "dl",
)
_ABOVE_BIT = {tag: 1 << number for number, tag in enumerate(ABOVE)}
BODY_BIT = 1 << len(ABOVE)  # the page itself marks the element as the article's body
_ROLE_BIT = {
    "navigation": _ABOVE_BIT["nav"], "complementary": _ABOVE_BIT["aside"],
    "contentinfo": _ABOVE_BIT["footer"], "main": _ABOVE_BIT["main"],
    "banner": _ABOVE_BIT["header"], "article": _ABOVE_BIT["article"],
}  # fmt: skip
MAX_CELL = 200  # letters of a table's cell that is read together with the others of its row
MAX_ROW = 600
MAX_SIGNATURE = 60  # letters of the class that paragraphs of one kind share
_SPACE = re.compile(r"\s+")
_EDGES = " \u200b\ufeff\xa0"
_HIDING = re.compile(r"display:\s*none")
_NAMES = frozenset({"id", "data-testid", "data-component", "data-component-name", "data-module"})
_BOLD = frozenset({"b", "strong"})


@dataclass(slots=True)
class Block:
    """One line of a page. `node` is its container's number; the masks say in which named containers
    and tags it stands."""

    text: str
    tag: str
    node: int
    near: int  # groups that its own container, or one of the two above it, names itself as
    tags: int  # tags above it, by `ABOVE`
    is_hidden: bool
    signature: str  # tag and class
    # number of the signatures from the page down to it: the same for paragraphs of one kind in one
    # place
    path: int
    row: int  # number of the table row it stands in, 0 for none
    linked: int  # letters inside links
    strong: int  # letters in bold
    has_time: bool  # a <time> element in it


@dataclass(slots=True)
class BlockPage:
    """All blocks of a page in reading order, and the tree of their containers: `parents[0]` is
    -1."""

    blocks: list[Block] = field(default_factory=list)
    parents: list[int] = field(default_factory=lambda: [-1])


def parse_page(html: str) -> "etree._Element | None":
    """Parse a page; `None` where there is nothing to parse."""
    from lxml import etree

    try:
        return etree.fromstring(
            html.replace("\0", "").encode("utf-8", "replace"),
            etree.HTMLParser(
                encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True
            ),
        )
    except (etree.XMLSyntaxError, ValueError):
        return None


def read_blocks(tree: "etree._Element") -> BlockPage:
    """Read the blocks of a page. What a browser never shows as text (scripts, templates, menus of a
    form) is taken out of the tree first."""
    from lxml import etree

    etree.strip_elements(tree, *UNSEEN_TAGS, with_tail=False)
    walk = _Walk()
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        if event == "start":
            walk.enter(element)
        else:
            walk.leave(element)
    walk.flush()
    return BlockPage(_join_rows(walk.blocks), walk.parents)


@dataclass(slots=True)
class _Container:
    """An open block element on the way down."""

    node: int
    own: int
    above: int  # groups of the container above, and of the one above that
    higher: int
    tags: int
    tag: str
    is_hidden: bool
    signature: str
    path: int
    row: int


class _Walk:
    """The state of one walk over a page: open containers, and the text since the last break."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.parents = [-1]
        self.open = [_Container(0, 0, 0, 0, 0, "body", False, "", 0, 0)]
        self.paths: dict[tuple[int, str], int] = {}
        self.links = self.bolds = 0  # open elements
        self.text: list[str] = []
        self.linked = self.strong = 0
        self.has_time = False

    def enter(self, element: "etree._Element") -> None:
        tag = element.tag
        if tag in BLOCK_TAGS:
            self.flush()
            self._push(str(tag), element.items())
        elif tag == "br":
            self.flush()
        elif tag == "a":
            self.links += element.get("href") is not None
        elif tag in _BOLD:
            self.bolds += 1
        elif tag == "time":
            self.has_time = True
        if text := element.text:
            self.add(text)

    def leave(self, element: "etree._Element") -> None:
        tag = element.tag
        if tag in BLOCK_TAGS:
            self.flush()
            self.open.pop()
        elif tag == "a":
            self.links -= element.get("href") is not None
        elif tag in _BOLD:
            self.bolds -= 1
        if tail := element.tail:
            self.add(tail)

    def add(self, text: str) -> None:
        self.text.append(text)
        if self.links or self.bolds:
            count = len(text.strip())
            self.linked += count if self.links else 0
            self.strong += count if self.bolds else 0

    def flush(self) -> None:
        """End the line: what was read since the last break becomes a block, if there is anything to
        see."""
        if not self.text:
            return
        text = _SPACE.sub(" ", "".join(self.text)).strip(_EDGES)
        if text:
            top = self.open[-1]
            self.blocks.append(
                Block(
                    text, top.tag, top.node, top.own | top.above | top.higher, top.tags,
                    top.is_hidden, top.signature, top.path, top.row,
                    self.linked, self.strong, self.has_time,
                )
            )  # fmt: skip
        self.text = []
        self.linked = self.strong = 0
        self.has_time = False

    def _push(self, tag: str, attributes: Sequence[tuple[str, str]]) -> None:
        top = self.open[-1]
        node = len(self.parents)
        self.parents.append(top.node)
        kind, names, hides, marks = "", [], top.is_hidden, _ABOVE_BIT.get(tag, 0)
        for key, value in attributes:
            if key == "class":
                kind = value
                names.append(value)
            elif key in _NAMES:
                names.append(value)
            elif (
                key == "hidden"
                or (key == "aria-hidden" and value == "true")
                or (key == "style" and _HIDING.search(value))
            ):
                hides = True
            elif key == "role":
                marks |= _ROLE_BIT.get(value, 0)
            elif key in ("itemprop", "property") and value.lower() == "articlebody":
                marks |= BODY_BIT
        groups = find_groups(" ".join(names)) if names else 0
        signature = _signature(tag, kind)
        self.open.append(
            _Container(
                node, groups, top.own, top.above, top.tags | marks, tag, hides, signature,
                self.paths.setdefault((top.path, signature), len(self.paths) + 1),
                node if tag == "tr" else top.row,
            )
        )  # fmt: skip


@lru_cache(maxsize=4096)
def _signature(tag: str, kind: str) -> str:
    return f"{tag}.{kind.strip()[:MAX_SIGNATURE]}"


def _join_rows(blocks: list[Block]) -> list[Block]:
    """Read the cells of a table's row as one line, where each holds one short line: "Team | Played
    | Points"."""
    count: dict[int, int] = {}
    for block in blocks:
        count[block.node] = count.get(block.node, 0) + 1
    joined: list[Block] = []
    last_cell = -1
    for block in blocks:
        last = joined[-1] if joined else None
        is_cell = (
            block.row
            and block.tag in ("td", "th")
            and count[block.node] == 1
            and len(block.text) < MAX_CELL
        )
        if (
            last is not None
            and is_cell
            and last.row == block.row
            and last.node == last_cell
            and len(last.text) < MAX_ROW
        ):
            last.text += f" | {block.text}"
            last.linked += block.linked
            last.strong += block.strong
            last.has_time |= block.has_time
            last.node = last_cell = block.node
            continue
        joined.append(block)
        last_cell = block.node if is_cell else -1
    return joined
