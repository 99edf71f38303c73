"""Saved HTML: article text and metadata by trafilatura, completed from JSON-LD."""

import html as entities
import json
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from newsledger.clean.stamps import Stamp, find_stamp

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_LD = re.compile(r"<script[^>]+application/ld\+json[^>]*>(.*?)</script>", re.IGNORECASE | re.DOTALL)
_SITE_SUFFIX = re.compile(r"\s+(?:[|»]|-{1,2})\s+(?:\S+\s){0,3}\S+$")
_SEPARATOR = re.compile(r"\s*[|»*–—:-]")
_QUOTES = str.maketrans("‘’“”", "''\"\"")
_EMBEDDED = '//blockquote[contains(@class,"twitter-tweet") or contains(@class,"instagram-media") or contains(@class,"tiktok")]'
MIN_TITLE_WORDS = 2
TITLE_LINES = 4  # a heading that repeats the title stands in the first lines
MIN_LINK_LINE = 16  # letters; a shorter linked line may be a name
LINK_LINE = 0.9  # share of a line inside links that makes it one: "READ MORE: …"
DOUBTFUL = 1.3  # how much more text the page's paragraphs have than a quick reading found, before the thorough one is asked
MISSING = 2.3  # how much more text the page's paragraphs have than what was found, before they are taken instead
_ARTICLE_TYPES = frozenset(
    {
        "NewsArticle",
        "Article",
        "ReportageNewsArticle",
        "BlogPosting",
        "LiveBlogPosting",
        "AnalysisNewsArticle",
        "OpinionNewsArticle",
        "WebPage",
    }
)


def parse_page(html: str) -> "HtmlElement | None":
    """Parse a page; `None` where there is nothing to parse."""
    from lxml import etree
    from lxml import html as parser

    try:
        return parser.fromstring(html.encode("utf-8", "replace"), parser=parser.HTMLParser(encoding="utf-8"))
    except (etree.ParserError, ValueError):
        return None


def read_body(html: str, url: str | None) -> str:
    """Read the article's text, a paragraph a line; empty where there is none.

    What is plainly not the article's own words is taken out of the page first: embedded posts, and lines that are nothing but a link.
    Where most of the page's paragraphs are missing (an article in several containers), the paragraphs themselves are the text.
    """
    import trafilatura
    from lxml import etree

    tree = parse_page(html)
    if tree is None:
        return ""
    titles = _list_titles(tree)
    _prune(tree)
    page = etree.tostring(tree, encoding="unicode", method="html")
    paragraphs = sum(len(str(paragraph.text_content())) for paragraph in tree.iter("p"))
    text = trafilatura.extract(page, url=url, include_comments=False, include_tables=True, fast=True) or ""
    if paragraphs > DOUBTFUL * len(text):
        text = trafilatura.extract(page, url=url, include_comments=False, include_tables=True) or ""
    if paragraphs > MISSING * len(text):
        whole = trafilatura.baseline(page)[1] or ""
        if len(whole) > MISSING * len(text):
            text = whole
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return "\n".join(line for number, line in enumerate(lines) if number >= TITLE_LINES or _fold(_plain(line)) not in titles)


def _list_titles(tree: "HtmlElement") -> frozenset[str]:
    headings = [str(heading.text_content()) for heading in tree.iter("h1")]
    found = {_fold(_plain(str(title))) for title in (*headings, *tree.xpath('//meta[@property="og:title"]/@content | //title/text()'))}
    return frozenset(found - {""})


def _prune(tree: "HtmlElement") -> None:
    """Take out embedded posts, and paragraphs, list items and headings that are one link."""
    for post in tree.xpath(_EMBEDDED):
        _take_out(post)
    for element in list(tree.iter("p", "li", "h2", "h3", "h4")):
        words = _plain(str(element.text_content()))
        if len(words) < MIN_LINK_LINE:
            continue
        linked = _plain(" ".join(str(link.text_content()) for link in element.iter("a")))
        if len(linked) >= LINK_LINE * len(words):
            _take_out(element)


def _take_out(element: "HtmlElement") -> None:
    """Remove an element, the text after it stays."""
    if element.getparent() is not None:
        element.drop_tree()


def read_metadata(html: str, url: str | None) -> dict[str, Any]:
    """Read title, authors, time, outlet, section, description and canonical URL; what is not there is left out."""
    import trafilatura

    found: dict[str, Any] = {}
    document = trafilatura.extract_metadata(html, default_url=url)
    if document:
        authors = [name.strip() for name in (document.author or "").split(";") if name.strip()]
        found |= {
            "title": document.title,
            "authors": _own_names(authors, document.sitename),
            "outlet": document.sitename,
            "standfirst": document.description,
            "url": document.url,
        }
        if document.date and (stamp := find_stamp(document.date)):
            found["stamp"] = stamp
    for item in _linked_data(html):
        kinds = item.get("@type")
        if not {kinds} & _ARTICLE_TYPES if isinstance(kinds, str) else not set(kinds or ()) & _ARTICLE_TYPES:
            continue
        found |= {key: value for key, value in _read_linked(item).items() if value}
        if "WebPage" not in (kinds if isinstance(kinds, list) else [kinds]):
            break
    tree = parse_page(html)
    if tree is not None:
        found["title"] = _choose_title(tree, found.get("title"))
    return {key: value for key, value in found.items() if value}


def _choose_title(tree: "HtmlElement", linked: str | None) -> str | None:
    """Choose among the titles a page gives itself: for sharing, as heading, in linked data, for search engines.

    The title for sharing wins where the heading or the second title for sharing bears it out, else what two others agree on. Site
    names are cut where another title shows where the headline ends.
    """
    headings = [_plain(str(heading.text_content())) for heading in tree.iter("h1")]
    linked = _plain(linked or "")
    shared = _first(tree, '//meta[@property="og:title"]/@content')
    second = _first(tree, '//meta[@name="twitter:title" or @property="twitter:title"]/@content')
    searched = _first(tree, "//title/text()")
    shorter = [title for title in (*headings, linked) if len(title.split()) > MIN_TITLE_WORDS]
    shared = _cut_site(shared, shorter)
    if shared and _fold(shared) in {_fold(title) for title in (*headings, _cut_site(second, shorter))}:
        return shared
    if linked and _fold(linked) in {_fold(title) for title in headings}:
        return linked
    if linked and _fold(searched).startswith(_fold(linked)):
        return linked
    return shared or linked or next(iter(headings), None) or _cut_site(searched, shorter) or None


def _first(tree: "HtmlElement", path: str) -> str:
    return next((text for value in tree.xpath(path) if (text := _plain(str(value)))), "")


def _cut_site(title: str, shorter: Sequence[str]) -> str:
    """Cut "| Site | by Author" off a title where another title is what stands before it, or else a last "| Site" or " - Site"."""
    folded = _fold(title)
    for other in shorter:
        if folded != _fold(other) and folded.startswith(_fold(other)) and _SEPARATOR.match(title[len(other) :]):
            return title[: len(other)].rstrip()
    if any(_fold(other).startswith(folded) for other in shorter):
        return title
    return _SITE_SUFFIX.sub("", title) or title


def _fold(title: str) -> str:
    return title.translate(_QUOTES).casefold()


def _plain(text: str) -> str:
    return " ".join(entities.unescape(text).split())


def _linked_data(html: str) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = []
    for block in _LD.findall(html):
        try:
            data = json.loads(block, strict=False)
        except (json.JSONDecodeError, RecursionError):
            continue
        waiting = data if isinstance(data, list) else [data]
        for entry in waiting:
            if isinstance(entry, dict):
                items += [entry, *(part for part in entry.get("@graph") or () if isinstance(part, dict))]
    return items


def _read_linked(item: dict[str, Any]) -> dict[str, Any]:
    authors = item.get("author") or []
    names = [a.get("name") if isinstance(a, dict) else a for a in (authors if isinstance(authors, list) else [authors])]
    publisher = item.get("publisher")
    return {
        "title": item.get("headline") if isinstance(item.get("headline"), str) else None,
        "authors": _own_names(
            [name for name in names if isinstance(name, str)], publisher.get("name") if isinstance(publisher, dict) else None
        ),
        "stamp": _stamp_of(item.get("datePublished")),
        "modified": _stamp_of(item.get("dateModified")),
        "outlet": publisher.get("name") if isinstance(publisher, dict) else None,
        "section": item.get("articleSection") if isinstance(item.get("articleSection"), str) else None,
    }


def _own_names(names: Sequence[str], outlet: object) -> list[str]:
    """Names of the authors: once each, without addresses, and without the outlet where somebody else is named."""
    found: dict[str, str] = {}
    for name in map(_plain, names):
        key = re.sub(r"[^\w]+", " ", name).casefold().strip()
        if key and not name.startswith("http") and "@" not in name:
            found.setdefault(key, name)
    if len(found) > 1 and isinstance(outlet, str):
        found.pop(_plain(outlet).casefold(), None)
    return list(found.values())


def _stamp_of(value: object) -> Stamp | None:
    return find_stamp(value) if isinstance(value, str) else None
