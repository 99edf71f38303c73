"""Saved HTML: article text and metadata by trafilatura, completed from JSON-LD."""

import json
import re
from typing import Any

from newsledger.clean.stamps import Stamp, find_stamp

_LD = re.compile(r"<script[^>]+application/ld\+json[^>]*>(.*?)</script>", re.IGNORECASE | re.DOTALL)
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


def read_body(html: str, url: str | None) -> str:
    """Read the article's text, a paragraph a line; empty where there is none."""
    import trafilatura

    return trafilatura.extract(html, url=url, include_comments=False, include_tables=False, deduplicate=False, favor_recall=False) or ""


def read_metadata(html: str, url: str | None) -> dict[str, Any]:
    """Read title, authors, time, outlet, section, description and canonical URL; what is not there is left out."""
    import trafilatura

    found: dict[str, Any] = {}
    document = trafilatura.extract_metadata(html, default_url=url)
    if document:
        authors = [name.strip() for name in (document.author or "").split(";") if name.strip()]
        found |= {
            "title": document.title,
            "authors": authors,
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
    return {key: value for key, value in found.items() if value}


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
        "authors": [name.strip() for name in names if isinstance(name, str) and name.strip()],
        "stamp": _stamp_of(item.get("datePublished")),
        "modified": _stamp_of(item.get("dateModified")),
        "outlet": publisher.get("name") if isinstance(publisher, dict) else None,
        "section": item.get("articleSection") if isinstance(item.get("articleSection"), str) else None,
    }


def _stamp_of(value: object) -> Stamp | None:
    return find_stamp(value) if isinstance(value, str) else None
