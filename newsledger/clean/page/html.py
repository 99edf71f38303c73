"""Saved HTML: every line of the page with its role, the article's text, and what the page says
about itself."""

import html as entities
import re
from collections.abc import Sequence
from itertools import accumulate
from typing import TYPE_CHECKING

from newsledger.clean.authors import Authors, Said, choose_authors
from newsledger.clean.blocks.blocks import BlockPage, parse_page, read_blocks
from newsledger.clean.blocks.features import PageClaims
from newsledger.clean.blocks.model import MIN_LINKED_DATA, find_body_blocks
from newsledger.clean.laid_out import LaidOut, Page, lay_out, refuse_many
from newsledger.clean.page.head import PageHead, read_head
from newsledger.clean.page.head_labels import names_in
from newsledger.clean.page.labels import label_blocks, label_boxed, list_boxed
from newsledger.clean.page.metadata import Metadata, read_metadata
from newsledger.clean.page.titles import fold_title
from newsledger.clean.stamps import Stamp, iter_marked_stamps
from newsledger.errors import RefusedDocument
from newsledger.lexicon.containers import mask_of
from newsledger.model.enums import LineRole
from newsledger.text.fold import fold_words
from newsledger.text.invisible import strip_written

if TYPE_CHECKING:
    from lxml import etree

MAX_TAGS = 200_000  # news pages have up to 6,000; more would take over 5 s and a gigabyte
_TAG = re.compile(r"<[^>]+>")


def read_page(
    html: str, url: str | None = None, *, is_article: bool = False, carried: Said | None = None
) -> Page:
    """Read a saved page; empty where there is nothing in it. `is_article` says that all of it is
    the article's text, as feeds carry it; `carried` are the authors that the feed or record names.

    Raises `RefusedDocument("too_large")` for more lines than `MAX_LINES`, or more tags than
    `MAX_TAGS`.
    """
    if (tags := html.count("<")) > MAX_TAGS:
        raise RefusedDocument("too_large", f"{tags:,} tags, limit {MAX_TAGS:,}")
    tree = parse_page(strip_written(html))
    if tree is None:
        return Page()
    head = read_head(tree)
    metadata = read_metadata(head, url)
    boxed = list_boxed(tree)
    page = read_blocks(tree)
    refuse_many(len(page.blocks))
    if is_article:
        is_body, rule = [True] * len(page.blocks), "the feed or record says so"
    else:
        is_body, rule = find_body_blocks(
            page, claims_of(head), lambda: read_with_trafilatura(tree, url)
        )
    roles = label_blocks(page, is_body, rule, head, metadata)
    label_boxed(page.blocks, roles, boxed)
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


def _build(
    page: BlockPage,
    roles: Sequence[tuple[str, str]],
    metadata: Metadata,
    carried: Said | None = None,
) -> Page:
    texts = [block.text for block in page.blocks]
    ends = list(accumulate(len(text) + 1 for text in texts))
    spans = [(end - 1 - len(text), end - 1) for text, end in zip(texts, ends, strict=True)]
    laid_out = lay_out(texts, spans, roles)
    text = "\n".join(texts)
    published, modified = _printed_times(laid_out)
    authors = _choose_authors(laid_out, metadata, carried, text)
    dateline, dateline_place = laid_out.dateline()
    said = [name for place in metadata.said for name in place.names]
    return Page(
        lines=laid_out.lines,
        body="\n\n".join(laid_out.paragraphs),
        headline=metadata.title or next(iter(laid_out.said(LineRole.HEADLINE)), None),
        standfirst=next(iter(laid_out.said(LineRole.STANDFIRST)), None)
        or _find_opening(page, roles)
        or metadata.description,
        authors=authors.names,
        authors_reason=authors.reason,
        contributors=laid_out.contributors(),
        published=metadata.published or published,
        modified=modified,
        dateline=dateline,
        dateline_place=dateline_place,
        credits="\n".join((*laid_out.wire_credits(), *said, *authors.names)),
        correction=laid_out.correction(),
        text=text,
        metadata=metadata,
    )


def _printed_times(laid_out: LaidOut) -> tuple[Stamp | None, Stamp | None]:
    """Read the printed times: when the article came out, and when it was changed."""
    stamps = [
        marked
        for text in (*laid_out.said(LineRole.PUBLISHED_AT), *laid_out.said(LineRole.BYLINE))
        for marked in iter_marked_stamps(text)
    ]
    published = [stamp for stamp, word in stamps if word != "updated"] or [s for s, _ in stamps]
    modified = [stamp for stamp, word in stamps if word == "updated"]
    return next(iter(published), None), next(iter(modified), None)


def _choose_authors(
    laid_out: LaidOut, metadata: Metadata, carried: Said | None, text: str
) -> Authors:
    """Weigh the printed byline against what the head, the feed and linked pages say."""
    return choose_authors(
        _printed_names(laid_out.said(LineRole.BYLINE), metadata),
        (*metadata.said, carried) if carried else metadata.said,
        metadata.sites,
        late=[metadata.linked],
        last=[Said("link to a page about an author", metadata.profiles)],
        text=text,
    )


def _find_opening(page: BlockPage, roles: Sequence[tuple[str, str]]) -> str | None:
    """Find the standfirst where it is the first line of the text, as many pages print it."""
    first = next(
        (
            block
            for block, (role, _) in zip(page.blocks, roles, strict=True)
            if role == LineRole.BODY
        ),
        None,
    )
    return first.text if first and first.near & mask_of("standfirst") else None


def _printed_names(bylines: Sequence[str], metadata: Metadata) -> tuple[str, ...]:
    """Read the names of the printed bylines, without those that hold a name that linked data and
    meta tags gave as author: an outlet's."""
    known = [fold_title(name) for name in metadata.authors] if metadata.is_outlet_author else []
    names = [name for text in bylines for name in names_in(text)]
    return tuple(
        dict.fromkeys(
            name for name in names if not any(outlet in fold_title(name) for outlet in known)
        )
    )
