"""What a page says about itself outside of its text: meta tags, linked data (JSON-LD, microdata),
headings, times, links to itself."""

import html as entities
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lxml import etree

ARTICLE_TYPES = frozenset(
    {
        "NewsArticle", "Article", "ReportageNewsArticle", "BlogPosting", "LiveBlogPosting",
        "AnalysisNewsArticle", "OpinionNewsArticle",
        "BackgroundNewsArticle", "ReviewNewsArticle", "AskPublicNewsArticle", "SatiricalArticle",
        "AdvertiserContentArticle", "Report",
        "ScholarlyArticle", "TechArticle", "SocialMediaPosting",
    }
)  # fmt: skip
MAX_ITEMS = 2000  # objects of linked data that are looked at; a page has some dozens
MAX_NESTING = 12
MAX_BYLINE = 160  # letters around a link to an author that may hold other authors of the same text
PAGE_TYPES = frozenset({"WebPage", "ItemPage", "CollectionPage", "QAPage"})
CARD_DEPTH = 3  # elements from a name up to the card that it stands on
AUTHORS = ("author", "creator")
MICRODATA = (*AUTHORS, "headline", "datePublished", "dateCreated", "dateModified")
_COMMENT = re.compile(
    r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\s*\]\]>|\]\]>)\s*;?\s*$"
)
_PROFILE = re.compile(
    r"/(?:authors?|by|staff|reporters?|journalists?|contributors?|columnists?|writers?"
    r"|editors?|people|profiles?)/[^/?#]+/?$"
)
_SURROGATE = re.compile(r"[\ud800-\udfff]|\\u[dD][89abAB]")  # as a letter, or as JSON writes it
_TRAILING_COMMA = re.compile(r",\s*([}\]])")


@dataclass(frozen=True, slots=True)
class PageHead:
    """The page's own words about itself. `meta` has the contents by lower-case name, in order;
    `items` the objects of linked data."""

    meta: dict[str, tuple[str, ...]] = field(default_factory=dict)
    title: str = ""
    headings: tuple[str, ...] = ()  # the h1 elements
    items: tuple[dict[str, Any], ...] = ()
    canonical: str | None = None
    language: str | None = None
    times: tuple[
        tuple[str, str], ...
        # of the <time> elements below the first heading: their time, and what they call themselves
    ] = ()
    author_links: tuple[
        str, ...
    ] = ()  # texts of the links that say rel="author" in one byline, the first below the headline
    profile_links: tuple[
        str, ...
    ] = ()  # the same of links to a page about an author, by its address

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
    """Read the head of a parsed page; call it before `read_blocks`, which takes scripts out of the
    tree."""
    meta = _list_metas(tree)
    title = next(filter(None, (_text_of(element) for element in tree.iter("title"))), "")
    canonical = next(
        (
            link.get("href")
            for link in tree.iter("link")
            if (link.get("rel") or "").lower() == "canonical"
        ),
        None,
    )
    headings = [(element, text) for element in tree.iter("h1") if (text := _text_of(element))]
    folded = f"{title} {' '.join(meta.get('og:title', ()))}".casefold()
    named = [pair for pair in headings if pair[1].casefold() in folded]
    headings.sort(key=lambda pair: -len(pair[1]) if pair in named else 0)
    top = headings[0][0] if named else tree.find(".//h1")
    return PageHead(
        meta={name: tuple(dict.fromkeys(values)) for name, values in meta.items()},
        title=title,
        headings=tuple(text for _, text in headings),
        items=(*_list_items(tree), *_read_microdata(tree, top)),
        canonical=(canonical or "").strip() or None,
        language=(tree.get("lang") or "").strip() or None,
        times=tuple(_list_times(tree, top)),
        author_links=tuple(_list_links(tree, top, _says_author)),
        profile_links=tuple(
            _list_links(tree, top, lambda link: bool(_PROFILE.search(link.get("href") or "")))
        ),
    )


def _list_metas(tree: "etree._Element") -> dict[str, list[str]]:
    """List the contents of meta tags by lower-case name, without those that describe a picture, a
    video or a comment."""
    meta: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        content = plain(element.get("content"))
        if content:
            for key in ("property", "name", "itemprop"):
                name = element.get(key)
                if name and (key != "itemprop" or _describes_page(_scope_of(element))):
                    meta.setdefault(name.strip().lower(), []).append(content)
    return meta


def _scope_of(element: "etree._Element") -> "etree._Element | None":
    """Find the element whose microdata an element belongs to."""
    return next(
        (above for above in element.iterancestors() if above.get("itemscope") is not None), None
    )


def _describes_page(scope: "etree._Element | None") -> bool:
    kind = (scope.get("itemtype") or "").strip().rpartition("/")[2] if scope is not None else ""
    return not kind or kind in ARTICLE_TYPES or kind in PAGE_TYPES


def _read_microdata(
    tree: "etree._Element", top: "etree._Element | None"
) -> Iterator[dict[str, Any]]:
    """Read the article that microdata describe, in the shape of linked data: the one that the
    headline stands in, else the first."""
    scopes: dict[Any, list[etree._Element]] = {}
    for element in tree.xpath("//*[@itemprop]"):
        if (
            element.get("itemprop").strip() in MICRODATA
            and element.tag != "meta"
            and _describes_page(scope := _scope_of(element))
        ):
            scopes.setdefault(scope, []).append(element)
    if not scopes:
        return
    above = set(top.iterancestors()) if top is not None else set()
    chosen = scopes[next((scope for scope in scopes if scope in above), next(iter(scopes)))]
    article: dict[str, Any] = {"@type": "Article"}
    for element in chosen:
        name = element.get("itemprop").strip()
        if name not in AUTHORS:
            article.setdefault(
                name, element.get("content") or element.get("datetime") or _text_of(element)
            )
    people = [element for element in chosen if element.get("itemprop").strip() in AUTHORS]
    yield article | {"author": [_name_in(person) for person in _keep_byline(people)]}


def _name_in(element: "etree._Element") -> str:
    """Read the name of a person that microdata describe; a whole printed byline may be marked as
    one."""
    text = _text_of(element)
    named = next((inner for inner in element.iter() if inner.get("itemprop") == "name"), element)
    return (
        text if text.lower().startswith("by ") else plain(named.get("content")) or _text_of(named)
    )


def _text_of(element: "etree._Element") -> str:
    return plain("".join(element.itertext()))


def _keep_byline(people: "list[etree._Element]") -> "list[etree._Element]":
    """Keep the elements that stand in one byline with the first: others are of other articles."""
    if not people:
        return []
    byline = people[0]
    while (above := byline.getparent()) is not None and len(_text_of(above)) <= MAX_BYLINE:
        byline = above
    inside = set(byline.iter())
    return [person for person in people if person in inside]


def _list_times(tree: "etree._Element", top: "etree._Element | None") -> Iterator[tuple[str, str]]:
    """List the times printed below the headline, and above it those that say when it was published;
    without a headline, all of them."""
    is_below = top is None
    for element in tree.iter("h1", "time"):
        if element.tag == "h1":
            is_below = is_below or element is top
            continue
        above = element.getparent()
        names = (
            element.get("itemprop"),
            element.get("class"),
            above.get("class") if above is not None else None,
        )
        is_published = element.get("pubdate") is not None
        if is_below or is_published:
            said = " ".join(filter(None, (*names, "published" if is_published else None))).lower()
            yield element.get("datetime") or _text_of(element), said


def _list_links(
    tree: "etree._Element",
    top: "etree._Element | None",
    is_author: "Callable[[etree._Element], bool]",
) -> Iterator[str]:
    """List the links to authors, of the first byline below the headline."""
    is_below = top is None
    links: list[etree._Element] = []
    for element in tree.iter("h1", "a"):
        is_below = is_below or element is top
        is_named = element.tag == "a" and is_below and is_author(element) and _text_of(element)
        if is_named and not _is_beside_article(element):
            links.append(element)
    yield from map(_text_of, _keep_byline(links))


def _says_author(link: "etree._Element") -> bool:
    """Whether a link says that it leads to the author: by `rel`, or as a name (`fn`) on an author's
    card."""
    if "author" in (link.get("rel") or "").lower().split():
        return True
    classes = (above.get("class") or "" for above in islice(link.iterancestors(), CARD_DEPTH))
    is_name = "fn" in (link.get("class") or "").split()
    return is_name and any("author" in names.split() for names in classes)


def _is_beside_article(element: "etree._Element") -> bool:
    """Tell an element of a box beside the article: "more news", with the names of its reporters."""
    for above in element.iterancestors():
        if above.tag in ("article", "main"):
            return False
        if above.tag in ("aside", "nav"):
            return True
    return False


def plain(text: object) -> str:
    """Fold white space, and undo entities that were escaped twice."""
    return " ".join(entities.unescape(text).split()) if isinstance(text, str) else ""


def _list_items(tree: "etree._Element") -> Iterator[dict[str, Any]]:
    """List the objects of all linked data, each before what is inside it. A block that is no JSON
    is passed over."""
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
            loaded = json.loads(candidate, strict=False)
            return _scrub(loaded) if _SURROGATE.search(candidate) else loaded
        except (ValueError, RecursionError):
            continue
    return None


def _scrub(loaded: Any) -> Any:
    """Replace the lone surrogates of linked data, half an emoji, by U+FFFD: no database can store
    them."""
    text = json.dumps(loaded, ensure_ascii=False)
    return json.loads(text.encode("utf-16", "surrogatepass").decode("utf-16", "replace"))


def _walk(value: Any, depth: int) -> Iterator[dict[str, Any]]:
    """Yield objects with a type: those of lists and graphs, and the main entity of a page; not the
    parts of an article."""
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
