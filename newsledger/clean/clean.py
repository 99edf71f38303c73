"""From a raw document to an article: the page's lines labelled, the body joined, the metadata read."""

import html as entities
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from newsledger.clean.address import find_day
from newsledger.clean.flat import Page, read_page
from newsledger.clean.line_features import load_function_words
from newsledger.clean.stamps import Stamp, find_stamp
from newsledger.errors import RefusedDocument
from newsledger.ids import make_id
from newsledger.records import Article, Line, RawDocument

if TYPE_CHECKING:
    from newsledger.outlets import Outlet

ORIGIN = "clean/1"
MIN_BODY = 40  # characters; less is no article
MIN_TOLD = 200  # characters; a language cannot be told from less
ENGLISH = 0.25  # share of English function words: English news has 0.35 to 0.5, other languages under 0.1
_LETTERS = re.compile(r"[^\W\d_]+")


def clean_document(document: RawDocument) -> Article:
    """Clean one document. Raises `RefusedDocument("no_body")` where no article text is in it."""
    article = _clean_html(document) if document.media_type == "text/html" else _clean_text(document)
    if len(article.body) < MIN_BODY:
        raise RefusedDocument("no_body", f"{len(article.body)} characters of article text")
    return article


def _clean_text(document: RawDocument) -> Article:
    page = read_page(document.text, str(document.hints.get("url") or ""), is_body=bool(document.hints.get("is_body")))
    return _build(document, page.lines, page.body, page, {}, None)


def _clean_html(document: RawDocument) -> Article:
    from newsledger.clean.html import read_body, read_metadata

    url = document.hints.get("url")
    paragraphs = [line.strip() for line in read_body(document.text, str(url) if url else None).splitlines() if line.strip()]
    lines, position = [], 0
    for number, text in enumerate(paragraphs, 1):
        lines.append(Line(number, position, position + len(text), text, "body", "trafilatura", position, position + len(text)))
        position += len(text) + 2
    body = "\n\n".join(paragraphs)
    metadata = read_metadata(document.text, str(url) if url else None)
    return _build(document, tuple(lines), body, None, metadata, body)


def _domain_of(url: str) -> str | None:
    try:
        return urlsplit(url).netloc.removeprefix("www.")
    except ValueError:  # brackets that hold no address
        return None


def _build(
    document: RawDocument, lines: tuple[Line, ...], body: str, page: Page | None, found: dict[str, Any], page_text: str | None
) -> Article:
    from newsledger.outlets import find_agency, find_outlet

    hints = document.hints
    url = found.get("url") or hints.get("url")
    domain = _domain_of(str(url)) if url else None
    stamp: Stamp | None = (
        found.get("stamp") or (page.stamp if page else None) or find_stamp(str(hints.get("published_at") or "")) or find_day(str(url or ""))
    )
    credits = page.credits if page else ""
    named = str(hints["outlet"]) if hints.get("outlet") else None
    known = find_outlet(named) or find_outlet(domain) or find_outlet(found.get("outlet")) or (None if domain else _outlet_in(lines))
    outlet = known.outlet_name if known else named or found.get("outlet")
    return Article(
        article_id=make_id("art", document.sha256),
        document_id=document.document_id,
        body=body,
        headline=_fold(found.get("title") or (page.headline if page else None) or hints.get("title")),
        standfirst=_fold(found.get("standfirst") or (page.standfirst if page else None)),
        authors=tuple(found.get("authors") or (page.authors if page else ()) or _listed(hints.get("authors"))),
        contributors=page.contributors if page else (),
        outlet_name=outlet,
        outlet_domain=domain or (known.domain if known else None),
        agency_name=find_agency(f"{credits}\n{page.dateline or '' if page else ''}") or None,
        published_at=stamp.at if stamp else None,
        published_precision=stamp.precision if stamp else None,
        published_text=stamp.text if stamp else None,
        utc_offset_minutes=stamp.utc_offset_minutes if stamp else None,
        modified_at=found["modified"].at if found.get("modified") else page.modified.at if page and page.modified else None,
        dateline=page.dateline if page else None,
        dateline_place=page.dateline_place if page else None,
        section=found.get("section"),
        language=find_language(body),
        url=str(url) if url else None,
        correction=page.correction if page else None,
        lines=lines,
        page_text=page_text,
        origin=ORIGIN,
    )


def find_language(text: str) -> str:
    """Tell the language of a text as an ISO 639-1 code; a text too short to tell counts as English.

    A text full of English function words is English, whatever the names in it look like.
    """
    import py3langid

    sample = text[:3000]
    if len(text) <= MIN_TOLD or not (words := _LETTERS.findall(sample.lower())):
        return "en"
    if sum(word in load_function_words("en") for word in words) > ENGLISH * len(words):
        return "en"
    return py3langid.classify(sample)[0]


def _outlet_in(lines: tuple[Line, ...]) -> "Outlet | None":
    """Find the outlet that a page without address names in what is not the article itself."""
    from newsledger.outlets import find_outlet_in

    return find_outlet_in("\n".join(line.text for line in lines if line.role not in {"body", "headline", "standfirst", "photo_credit"}))


def _fold(value: object) -> str | None:
    text = " ".join(entities.unescape(str(value)).split()) if value else ""
    return text or None


def _listed(value: object) -> list[str]:
    if isinstance(value, list):
        return [str(name) for name in value]
    return [name.strip() for name in re.split(r";|,| and ", str(value)) if name.strip()] if value else []
