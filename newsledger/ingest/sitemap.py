"""Sitemaps, with the news extension: every page they list is fetched, with what the sitemap says
about it."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from newsledger.errors import RefusedDocument
from newsledger.ingest.input_file import MAX_DEPTH, InputFile, Reading
from newsledger.model.records import RawDocument, Reject

if TYPE_CHECKING:
    from lxml.etree import _Element

SUFFIXES = (".sitemap",)
MEDIA_TYPES = ()
_ROOT = re.compile(
    rb"(?:<\?xml[^>]*>|<\?[^>]*\?>|<!--.*?-->|\s)*<(?:\w+:)?(?:urlset|sitemapindex)[\s>]",
    re.DOTALL | re.IGNORECASE,
)


def claims(head: bytes, plain: bytes) -> bool:
    """Whether the root element is a sitemap's."""
    return _ROOT.match(plain) is not None


def read(file: InputFile, reading: Reading) -> Iterator[RawDocument | Reject]:
    """Fetch the pages of a sitemap, and the sitemaps of an index, in their order. Entities are not
    expanded."""
    if file.depth >= MAX_DEPTH:
        raise RefusedDocument("too_deep", f"more than {MAX_DEPTH} sitemaps inside each other")
    assert reading.fetcher is not None
    root = _parse(file.read_all(reading.max_document_bytes))
    for element in root.iter():
        name = _name_of(element)
        if name not in ("url", "sitemap") or not (url := _text(element, "loc")):
            continue
        if name == "sitemap":
            yield from reading.fetcher.read_url(
                url, reading, hints=file.hints, depth=file.depth + 1, is_source=True
            )
        else:
            hints = {**file.hints, **_hints_of(element)}
            yield from reading.fetcher.read_url(url, reading, hints=hints, depth=MAX_DEPTH)


def _parse(content: bytes) -> "_Element":
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False, recover=True
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise RefusedDocument("malformed", f"no readable sitemap: {error}") from None
    if root is None:
        raise RefusedDocument("malformed", "no readable sitemap")
    return root


def _name_of(element: Any) -> str:
    """The name of an element without its namespace, in small letters; files in the wild have both
    wrong."""
    return element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""


def _hints_of(element: Any) -> dict[str, object]:
    return {
        "title": _text(element, "news", "title"),
        "outlet": _text(element, "news", "publication", "name"),
        "language": _text(element, "news", "publication", "language"),
        "published_at": _text(element, "news", "publication_date"),
        "modified_at": _text(element, "lastmod"),
    }


def _text(element: Any, *names: str) -> str | None:
    """The text of the first element at the end of a path of names."""
    for name in names:
        element = next((child for child in element if _name_of(child) == name), None)
        if element is None:
            return None
    return " ".join("".join(element.itertext()).split()) or None
