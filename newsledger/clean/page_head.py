"""What a page says about itself outside of its text: meta tags, linked data (JSON-LD), headings, times, links to itself."""

import html as entities
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lxml import etree

ARTICLE_TYPES = frozenset(
    {
        "NewsArticle", "Article", "ReportageNewsArticle", "BlogPosting", "LiveBlogPosting", "AnalysisNewsArticle", "OpinionNewsArticle",
        "BackgroundNewsArticle", "ReviewNewsArticle", "AskPublicNewsArticle", "SatiricalArticle", "AdvertiserContentArticle", "Report",
        "ScholarlyArticle", "TechArticle", "SocialMediaPosting",
    }
)  # fmt: skip
MAX_ITEMS = 2000  # objects of linked data that are looked at; a page has some dozens
MAX_NESTING = 12
_COMMENT = re.compile(r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\s*\]\]>|\]\]>)\s*;?\s*$")
_TRAILING_COMMA = re.compile(r",\s*([}\]])")


@dataclass(frozen=True, slots=True)
class PageHead:
    """The page's own words about itself. `meta` has the contents by lower-case name, in order; `items` the objects of linked data."""

    meta: dict[str, tuple[str, ...]] = field(default_factory=dict)
    title: str = ""
    headings: tuple[str, ...] = ()  # the h1 elements
    items: tuple[dict[str, Any], ...] = ()
    canonical: str | None = None
    language: str | None = None
    times: tuple[tuple[str, str], ...] = ()  # of the <time> elements below the first heading: their time, and what they call themselves
    author_links: tuple[str, ...] = ()  # texts of links that say rel="author"

    def find_meta(self, *names: str) -> str | None:
        """Find the first content of the first of these names that has one."""
        return next((value for name in names for value in self.meta.get(name, ())), None)

    @property
    def articles(self) -> tuple[dict[str, Any], ...]:
        """The objects of linked data that are articles, the page's own first."""
        return tuple(item for item in self.items if types_of(item) & ARTICLE_TYPES)


def types_of(item: dict[str, Any]) -> frozenset[str]:
    """List the types of an object of linked data, without the schema's address."""
    kinds = item.get("@type")
    listed = kinds if isinstance(kinds, list) else [kinds]
    return frozenset(str(kind).rpartition("/")[2] for kind in listed if kind)


def read_head(tree: "etree._Element") -> PageHead:
    """Read the head of a parsed page; call it before `read_blocks`, which takes scripts out of the tree."""
    meta: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        content = plain(element.get("content"))
        if content:
            for key in ("property", "name", "itemprop"):
                if name := element.get(key):
                    meta.setdefault(name.strip().lower(), []).append(content)
    titles = (plain("".join(element.itertext())) for element in tree.iter("title"))
    canonical = next((link.get("href") for link in tree.iter("link") if (link.get("rel") or "").lower() == "canonical"), None)
    return PageHead(
        meta={name: tuple(dict.fromkeys(values)) for name, values in meta.items()},
        title=next(filter(None, titles), ""),
        headings=tuple(filter(None, (plain("".join(element.itertext())) for element in tree.iter("h1")))),
        items=tuple(_list_items(tree)),
        canonical=(canonical or "").strip() or None,
        language=(tree.get("lang") or "").strip() or None,
        times=tuple(_list_times(tree)),
        author_links=tuple(
            filter(
                None, (plain("".join(link.itertext())) for link in tree.iter("a") if "author" in (link.get("rel") or "").lower().split())
            )
        ),
    )


def _list_times(tree: "etree._Element") -> Iterator[tuple[str, str]]:
    """List the times printed below the first heading; without a heading, all of them."""
    is_below = tree.find(".//h1") is None
    for element in tree.iter("h1", "time"):
        if element.tag == "h1":
            is_below = True
        elif is_below:
            above = element.getparent()
            names = (element.get("itemprop"), element.get("class"), above.get("class") if above is not None else None)
            yield element.get("datetime") or plain("".join(element.itertext())), " ".join(filter(None, names)).lower()


def plain(text: object) -> str:
    """Fold white space, and undo entities that were escaped twice."""
    return " ".join(entities.unescape(text).split()) if isinstance(text, str) else ""


def _list_items(tree: "etree._Element") -> Iterator[dict[str, Any]]:
    """List the objects of all linked data, each before what is inside it. A block that is no JSON is passed over."""
    left = MAX_ITEMS
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        for item in _walk(_load(script.text or ""), 0):
            if left <= 0:
                return
            left -= 1
            yield item


def _load(text: str) -> Any:
    for candidate in (text, _TRAILING_COMMA.sub(r"\1", _COMMENT.sub("", text))):
        try:
            return json.loads(candidate, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _walk(value: Any, depth: int) -> Iterator[dict[str, Any]]:
    """Yield objects with a type: those of lists and graphs, and the main entity of a page; not the parts of an article."""
    if depth > MAX_NESTING:
        return
    if isinstance(value, list):
        for entry in value:
            yield from _walk(entry, depth + 1)
    elif isinstance(value, dict):
        if value.get("@type"):
            yield value
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            if isinstance(value.get(key), dict | list):
                yield from _walk(value[key], depth + 1)
