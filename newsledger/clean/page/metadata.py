"""Title, authors, times, outlet, section and address of a saved page, from what the page says about
itself in several places.

Publishers fill these places with different care, so that no single one can be trusted: what two of
them agree on wins, and each field has its sources in the order in which they are right.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

from newsledger.clean.authors import (
    Said,
    choose_authors,
    clean_names,
    is_full_name,
    kind_of,
    turn_cited,
)
from newsledger.clean.machine_times import read_time
from newsledger.clean.page.head import PageHead, plain, types_of
from newsledger.clean.page.titles import choose_title, fold_title
from newsledger.clean.stamps import Stamp
from newsledger.model.enums import TimePrecision

PUBLISHED_META = (
    "article:published_time", "og:article:published_time", "article:published", "datepublished",
    "parsely-pub-date", "sailthru.date",
    "pub_date", "pubdate", "publishdate", "publish-date", "publish_date", "publication_date",
    "date.available", "dc.date.issued", "dcterms.created",
    "dc.date", "dcterms.date", "cxenseparse:publishtime", "cxenseparse:recs:publishtime", "date",
    "article_date_original", "originalpublicationdate",
)  # fmt: skip
MODIFIED_META = (
    "article:modified_time",
    "og:article:modified_time",
    "og:updated_time",
    "datemodified",
    "date.modified",
    "dcterms.modified",
    "lastmod",
    "last-modified",
)
AUTHOR_META = (
    "author", "article:author_name", "article:author", "og:article:author", "parsely-author",
    "sailthru.author", "byl", "dc.creator", "dcterms.creator", "authors",
    "mrf:authors", "cxenseparse:author", "dcsext.author", "vr:author", "content-author",
    "og:author", "twitter:creator:name",
)  # fmt: skip
LABELLED = (1, 2)  # twitter:label1 says what twitter:data1 is
AUTHOR_LABELS = frozenset({"Written by", "Author", "By"})
CITED_META = ("citation_author", "citation_authors", "bepress_citation_author")  # family name first


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a page says of its article; what is not there is `None` or empty."""

    title: str | None = None
    authors: tuple[str, ...] = ()  # without what the page prints
    said: tuple[Said, ...] = ()  # names of linked data and meta tags, best place first
    linked: Said | None = None  # names of links that say they lead to the author
    # names of links to pages about authors: they count where nothing else names one
    profiles: tuple[str, ...] = ()
    is_outlet_author: bool = (
        False  # no person is named as author: a byline on the page counts for more
    )
    published: Stamp | None = None
    modified: Stamp | None = None
    outlet: str | None = None
    section: str | None = None
    description: str | None = None
    url: str | None = None
    sites: frozenset[str] = frozenset()  # names of the outlet, folded


def read_metadata(head: PageHead, url: str | None) -> Metadata:
    """Read all fields. `url` is the address the page was had from, where known."""
    articles = head.articles or tuple(item for item in head.items if types_of(item) & {"WebPage"})
    articles = _with_publishers(head, articles)
    names = _site_names(head, articles, url)
    said = _list_said(head, articles)
    linked = Said('link with rel="author"', tuple(clean_names(head.author_links)))
    return Metadata(
        title=choose_title(head, articles, names),
        authors=choose_authors((), said, names, late=[linked]).names,
        said=said,
        linked=linked,
        profiles=tuple(name for name in clean_names(head.profile_links) if is_full_name(name)),
        is_outlet_author=bool(said)
        and not any(kind_of(name, names) == "person" for place in said for name in place.names),
        sites=names,
        published=_first_stamp(_published(head, articles)),
        modified=_first_stamp(
            (*(article.get("dateModified") for article in articles), *_metas(head, MODIFIED_META))
        ),
        outlet=_find_outlet(head, articles),
        section=_find_section(head, articles),
        description=head.find_meta("og:description", "description", "twitter:description")
        or next(
            (text for article in articles if (text := plain(article.get("description")))), None
        ),
        url=find_address(head, url),
    )


def _site_names(
    head: PageHead, articles: Sequence[dict[str, Any]], url: str | None
) -> frozenset[str]:
    from newsledger.lexicon.outlets import find_outlet

    found = {
        fold_title(name)
        for name in (
            head.find_meta("og:site_name", "application-name"),
            *map(_publisher_of, articles),
        )
        if name
    }
    domain = _host_of(url or "")
    if domain:
        found |= {domain, domain.split(".")[0]}
    if outlet := find_outlet(domain):
        found |= {fold_title(name) for name in (outlet.outlet_name, *outlet.aliases)}
    return frozenset(found)


# --- authors
# --------------------------------------------------------------------------------------------------


def _list_said(head: PageHead, articles: Sequence[dict[str, Any]]) -> tuple[Said, ...]:
    """List the names that linked data and meta tags give as authors, best place first."""
    people = {item["@id"]: item for item in head.items if isinstance(item.get("@id"), str)}
    found = [
        Said(
            "linked data",
            tuple(
                clean_names(
                    [
                        name
                        for value in _as_list(article.get("author") or article.get("creator"))
                        for name in _names_in(value, people)
                    ]
                )
            ),
        )
        for article in articles
    ]
    for key in AUTHOR_META:
        found.append(Said(f"meta {key}", tuple(clean_names(head.meta.get(key, ())))))
    for number in LABELLED:
        if head.find_meta(f"twitter:label{number}") in AUTHOR_LABELS:
            key = f"twitter:data{number}"
            found.append(Said(f"meta {key}", tuple(clean_names(head.meta.get(key, ())))))
    for key in CITED_META:
        cited = [turn_cited(name) for name in head.meta.get(key, ())]
        found.append(Said(f"meta {key}", tuple(clean_names(cited))))
    return tuple(said for said in found if said.names)


def _names_in(value: Any, people: dict[str, dict[str, Any]]) -> Iterator[str]:
    if isinstance(value, dict):
        person = value if _name_of(value) else people.get(str(value.get("@id")), {})
        names = (_value_of(name) for name in _as_list(_name_of(person)))
        yield from (name for name in names if isinstance(name, str))
    elif isinstance(value, list):
        for part in value:
            yield from _names_in(part, people) if isinstance(part, dict | str) else ()
    elif isinstance(value, str):
        yield value


def _value_of(name: Any) -> Any:
    """Read a text of linked data that may be wrapped: `{"@value": "Ana Silva"}`."""
    return name.get("@value") if isinstance(name, dict) else name


def _name_of(person: dict[str, Any]) -> Any:
    """Read the name of a person of linked data: whole, or in parts."""
    parts = (person.get("givenName"), person.get("additionalName"), person.get("familyName"))
    return person.get("name") or " ".join(plain(part) for part in parts if plain(part))


# --- times
# --------------------------------------------------------------------------------------------------


def _published(head: PageHead, articles: Sequence[dict[str, Any]]) -> Iterator[object]:
    for article in articles:
        yield article.get("datePublished")
    yield from _metas(head, PUBLISHED_META)
    for article in articles:
        yield article.get("dateCreated")
    yield from (time for time, names in head.times if "publish" in names)
    yield from (time for time, names in head.times if "updat" not in names and "modif" not in names)
    yield from (time for time, _ in head.times)


def _metas(head: PageHead, names: Sequence[str]) -> Iterator[str]:
    for name in names:
        yield from head.meta.get(name, ())


def _first_stamp(values: "Iterator[object] | Sequence[object]") -> Stamp | None:
    """Read the first time; a later one of the same day wins where the first names the day only."""
    first: Stamp | None = None
    for value in values:
        stamp = read_time(value)
        if stamp is None:
            continue
        if first is None:
            first = stamp
        if first.precision != TimePrecision.DAY:
            return first
        if (
            stamp.precision != TimePrecision.DAY
            and abs((stamp.at - first.at).total_seconds()) < 86_400 * 1.5
        ):
            return stamp
    return first


# --- outlet, section, address
# -----------------------------------------------------------------------------------------


def _find_outlet(head: PageHead, articles: Sequence[dict[str, Any]]) -> str | None:
    return (
        head.find_meta("og:site_name")
        or next(filter(None, map(_publisher_of, articles)), None)
        or head.find_meta("application-name")
    )


def _with_publishers(
    head: PageHead, articles: Sequence[dict[str, Any]]
) -> tuple[dict[str, Any], ...]:
    """Put the object in the place of a publisher that linked data only points to: `{"@id":
    "#org"}`."""
    known = {
        item["@id"]: item
        for item in head.items
        if isinstance(item.get("@id"), str) and item.get("name")
    }
    found = []
    for article in articles:
        publisher = next(iter(_as_list(article.get("publisher"))), None)
        pointed = (
            known.get(str(publisher.get("@id")))
            if isinstance(publisher, dict) and not publisher.get("name")
            else None
        )
        found.append({**article, "publisher": pointed} if pointed else article)
    return tuple(found)


def _publisher_of(article: dict[str, Any]) -> str | None:
    publisher = next(iter(_as_list(article.get("publisher"))), None)
    return plain(publisher.get("name")) or None if isinstance(publisher, dict) else None


def _find_section(head: PageHead, articles: Sequence[dict[str, Any]]) -> str | None:
    listed = (
        plain(part) for article in articles for part in _as_list(article.get("articleSection"))
    )
    return (
        head.find_meta("article:section")
        or next(filter(None, listed), None)
        or head.find_meta("section", "parsely-section", "cxenseparse:section")
    )


def find_address(head: PageHead, url: str | None) -> str | None:
    """Find the article's canonical address: what the page says, where that lies on the same site
    and is no front page, else `url`."""
    for said in (head.canonical, head.find_meta("og:url")):
        if not said:
            continue
        try:
            address = urljoin(url or "", said)
            parts = urlsplit(address)
        except ValueError:
            continue
        is_page = parts.scheme in ("http", "https") and len(parts.path.strip("/")) > 0
        if is_page and (not url or _site_of(address) == _site_of(url)):
            return address
    return url


def _host_of(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _site_of(url: str) -> str:
    """The last two labels of a host; of a short second one three: `bbc.co.uk`."""
    labels = _host_of(url).split(".")
    return ".".join(labels[-3:] if len(labels) > 2 and len(labels[-2]) <= 3 else labels[-2:])


def _as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]
