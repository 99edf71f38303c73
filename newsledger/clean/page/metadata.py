"""Title, authors, times, outlet, section and address of a saved page, from what the page says about
itself in several places.

Publishers fill these places with different care, so that no single one can be trusted: what two of
them agree on wins, and each field has its sources in the order in which they are right.
"""

import re
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
from newsledger.clean.stamps import Stamp

MIN_TITLE_WORDS = 3  # of a title that can show where another one ends
# letters of a title, in writing without spaces too; a shorter heading may be a logo or a menu's
MIN_TITLE = 12
# rapidfuzz ratio from which a title for sharing is the headline in other words; below, it is a
# teaser for social media
SAME_STORY = 70.0
SOME_LIKENESS = 50.0  # from which a heading and the title for search engines are about one thing
PUBLISHED_META = (
    "article:published_time", "og:article:published_time", "article:published", "datepublished", "parsely-pub-date", "sailthru.date",
    "pub_date", "pubdate", "publishdate", "publish-date", "publish_date", "publication_date", "date.available", "dc.date.issued", "dcterms.created",
    "dc.date", "dcterms.date", "cxenseparse:publishtime", "cxenseparse:recs:publishtime", "date", "article_date_original", "originalpublicationdate",
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
    "author", "article:author_name", "article:author", "og:article:author", "parsely-author", "sailthru.author", "byl", "dc.creator", "dcterms.creator", "authors",
    "mrf:authors", "cxenseparse:author", "dcsext.author", "vr:author", "content-author", "og:author", "twitter:creator:name",
)  # fmt: skip
CITED_META = ("citation_author", "citation_authors", "bepress_citation_author")  # family name first
_SEPARATOR = re.compile(r"\s*[|»*–—:·-]")
_SUFFIX = re.compile(r"\s+(?P<mark>[|»·–—]|-{1,2})\s+(?P<site>(?:\S+\s){0,4}\S+)$")
_QUOTES = str.maketrans("‘’“”\u00a0", "''\"\" ")


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


# --- title
# ------------------------------------------------------------------------------------------------------------


def choose_title(
    head: PageHead, articles: Sequence[dict[str, Any]], sites: frozenset[str]
) -> str | None:
    """Choose among the titles that a page gives itself: for sharing, as heading, in linked data,
    for search engines.

    (1) The title for sharing, where a heading bears it out; (2) the linked data's, where a heading
    or the title for search engines bears it out and the one for sharing is worded quite
    differently: a teaser for social media; (3) the title for sharing, where both networks were
    given the same; (4) what linked data and heading agree on; (5) whatever there is. A title of a
    word or two that a heading holds is none.
    """
    linked = next((text for article in articles if (text := plain(article.get("headline")))), "")
    headings = list(head.headings)
    shorter = [title for title in (*headings, linked) if len(title.split()) >= MIN_TITLE_WORDS]
    shared = _cut_site(head.find_meta("og:title") or "", shorter, sites)
    second = _cut_site(head.find_meta("twitter:title") or "", shorter, sites)
    searched = _cut_site(head.title, shorter, sites)
    folded = {fold_title(heading) for heading in headings}
    if shared and fold_title(shared) in folded:
        return shared
    if (
        shared
        and len(shared.split()) < MIN_TITLE_WORDS
        and (whole := _find_longer(headings, shared))
    ):
        return whole
    is_borne_out = bool(linked) and fold_title(linked) in {*folded, fold_title(searched)}
    if is_borne_out and (
        not shared
        or _likeness(shared, linked) < SAME_STORY
        or fold_title(second) != fold_title(shared)
    ):
        return linked
    if shared and fold_title(shared) == fold_title(second):
        return shared
    return (
        (linked if is_borne_out else "")
        or shared
        or linked
        or _choose_printed(headings, head.title, searched, sites)
        or None
    )


def _find_longer(headings: Sequence[str], title: str) -> str | None:
    """Find the heading that a title of a word or two is a part of: a section or label, not the
    headline."""
    return next(
        (heading for heading in headings if f" {fold_title(title)} " in f" {fold_title(heading)} "),
        None,
    )


def _choose_printed(
    headings: Sequence[str], title: str, searched: str, sites: frozenset[str]
) -> str:
    """Choose among headings and the title for search engines, where there is nothing else: a
    heading may be a logo or belong to a menu.

    `searched` is the title without the site's name.
    """
    told = [
        text
        for text in headings
        if fold_title(text) not in sites
        and (len(text.split()) >= MIN_TITLE_WORDS or len(text) >= MIN_TITLE)
    ]
    if told:
        best = max(told, key=lambda heading: _likeness(heading, title))
        return best if _likeness(best, title) >= SOME_LIKENESS else told[0]
    return searched if len(searched) >= MIN_TITLE or not headings else headings[0]


def fold_title(title: str) -> str:
    """Fold a title for comparing: straight quotation marks, plain spaces, lower case."""
    return " ".join(title.translate(_QUOTES).casefold().split())


def _likeness(a: str, b: str) -> float:
    from rapidfuzz.fuzz import ratio

    return ratio(fold_title(a), fold_title(b))


def _cut_site(title: str, shorter: Sequence[str], sites: frozenset[str]) -> str:
    """Cut "| Site" off a title: after another title that it begins with, after a name of the site,
    or a short last part after a bar."""
    folded = fold_title(title)
    for other in shorter:
        if (
            folded != fold_title(other)
            and folded.startswith(fold_title(other))
            and _SEPARATOR.match(title[len(other) :])
        ):
            return title[: len(other)].rstrip()
    if any(fold_title(other) == folded for other in shorter):
        return title
    while (
        (found := _SUFFIX.search(title))
        and (found["mark"] in "|»" or fold_title(found["site"]) in sites)
        and found.start() > 0
    ):
        title = title[: found.start()].rstrip()
    return title


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
# ----------------------------------------------------------------------------------------------------------


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
    for key in CITED_META:
        cited = [turn_cited(name) for name in head.meta.get(key, ())]
        found.append(Said(f"meta {key}", tuple(clean_names(cited))))
    return tuple(said for said in found if said.names)


def _names_in(value: Any, people: dict[str, dict[str, Any]]) -> Iterator[str]:
    if isinstance(value, dict):
        person = value if _name_of(value) else people.get(str(value.get("@id")), {})
        yield from (text for text in _as_list(_name_of(person)) if isinstance(text, str))
    elif isinstance(value, str):
        yield value


def _name_of(person: dict[str, Any]) -> Any:
    """Read the name of a person of linked data: whole, or in parts."""
    parts = (person.get("givenName"), person.get("additionalName"), person.get("familyName"))
    return person.get("name") or " ".join(plain(part) for part in parts if plain(part))


# --- times
# ------------------------------------------------------------------------------------------------------------


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
        if first.precision != "day":
            return first
        if stamp.precision != "day" and abs((stamp.at - first.at).total_seconds()) < 86_400 * 1.5:
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
