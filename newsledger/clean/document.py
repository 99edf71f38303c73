"""From a raw document to an article: the page's lines labelled, the body joined, the metadata
read."""

import html as entities
import re
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from newsledger.clean.authors import Said, choose_authors, clean_names
from newsledger.clean.laid_out import Page
from newsledger.clean.lines.flat import read_page
from newsledger.clean.machine_times import read_time
from newsledger.clean.page.address import find_day
from newsledger.clean.stamps import Stamp, find_stamp
from newsledger.errors import RefusedDocument
from newsledger.lexicon.function_words import load_function_words
from newsledger.model.enums import LineRole
from newsledger.model.ids import make_id
from newsledger.model.records import WORD_PATTERN, Article, Line, RawDocument
from newsledger.text.addresses import hide_secrets
from newsledger.text.invisible import strip_marks

if TYPE_CHECKING:
    from newsledger.lexicon.outlets import Outlet

ORIGIN = "clean/2"
RECORD = "the feed or record"  # what gave the document: an entry, a row, a response, a message
MIN_BODY = 40  # characters; less is no article
MIN_TOLD = 200  # characters; a language cannot be told from less
ENGLISH = (
    0.25  # share of English function words: English news has 0.35 to 0.5, other languages under 0.1
)
MAX_LETTERS = 600_000  # of a body; the language model takes no more than a million
MAX_WORD = 1_000  # letters without a space, in scripts that have spaces; longer ones are no words
NO_TITLE = frozenset({"untitled", "no title", "no subject", "none", "null", "nan"})
MIN_WORDS, MAX_WORDS = (
    8,
    60_000,
)  # of an article; the gate of `expectations/core/articles.json` holds a run back for others
MAX_OFFSET = 14 * 60  # minutes from UTC; no time zone is farther
_SITE_PREFIX = re.compile(
    r"(?:www|m|mobile|amp)\.(?=[^.]+\.)", re.IGNORECASE
)  # the same site for other devices
MAX_NOTICE = 80  # words below the headline of a page that only says that there is none
_NOTICE = re.compile(
    r"^(?:error )?40[34]\b|\bpage (?:is |was )?(?:not found|cannot be found|can[’']t be "
    r"found|could not be found|does not exist|unavailable)"
    r"|^(?:access denied|attention required|just a moment|are you a (?:robot|human)"
    r"|verify(?:ing)? you are human|429 too many|50[0234] )",
    re.IGNORECASE,
)
_GIANT = re.compile(rf"[!-~]{{{MAX_WORD},}}")  # "data:image/png;base64,…"
_TAG = re.compile(
    r"</?(?:b|i|em|strong|span|a|br|p|u|sub|sup|font|mark)\b[^<>]{0,300}>", re.IGNORECASE
)
_MARKDOWN = re.compile(r"^#{1,6}\s+")
_WORD = re.compile(WORD_PATTERN)
_LETTERS = re.compile(r"[^\W\d_]+")


def clean_document(document: RawDocument) -> Article:
    """Clean one document. Raises `RefusedDocument`: `no_body` without an article's text,
    `too_large` for what is no single article."""
    if document.media_type == "text/html":
        article = _clean_html(document)
    else:
        text = _GIANT.sub(_blank, document.text)
        article = _clean_text(replace(document, text=text) if text != document.text else document)
    words = len(_WORD.findall(article.body))
    if words < MAX_NOTICE and _NOTICE.search(article.headline or ""):
        raise RefusedDocument("no_body", f"a notice of the site: {article.headline}")
    if len(article.body) < MIN_BODY or words < MIN_WORDS:
        raise RefusedDocument(
            "no_body", f"{len(article.body)} characters of article text in {len(document.text):,}"
        )
    if len(article.body) > MAX_LETTERS:
        raise RefusedDocument(
            "too_large", f"{len(article.body):,} letters of article text, limit {MAX_LETTERS:,}"
        )
    if words > MAX_WORDS:
        raise RefusedDocument(
            "too_large",
            f"{words:,} words of article text, limit {MAX_WORDS:,}: split what is no single "
            f"article",
        )
    return article


def _blank(found: re.Match[str]) -> str:
    """Blank out an image written as text, so that offsets stay and its line is cut in two."""
    return "\n" + " " * (len(found[0]) - 2) + "\n"


def _clean_text(document: RawDocument) -> Article:
    title, text = _carried_title(document), strip_marks(document.text)
    page = read_page(
        text,
        str(document.hints.get("url") or ""),
        is_body=bool(document.hints.get("is_body")),
        title=title,
    )
    carried = _carried_authors(document)
    site = " ".join(str(document.hints.get("outlet") or "").casefold().split())
    authors = choose_authors(
        page.authors, [carried] if carried else [], frozenset({site}), text=text
    )
    own = text if text != document.text else ""  # offsets of lines point into the page as read
    page = replace(page, authors=authors.names, authors_reason=authors.reason, text=own)
    headline = (title, RECORD) if title else (page.headline, "the page's lines")
    return _build(document, page, headline)


def _clean_html(document: RawDocument) -> Article:
    from newsledger.clean.page import html

    url, title = document.hints.get("url"), _carried_title(document)
    is_article = bool(document.hints.get("is_body"))
    page = html.read_page(
        document.text,
        str(url) if url else None,
        is_article=is_article,
        carried=_carried_authors(document),
    )
    is_page = not is_article and page.metadata.title is not None
    headline = (page.headline, "titles and headings of the page")
    if title and not (is_page and page.headline):
        headline = (title, RECORD)
    return _build(document, page, headline)


def _carried_title(document: RawDocument) -> str | None:
    """The title that the feed or record gives, unless it is the outlet's name or none at all."""
    from newsledger.lexicon.outlets import find_outlet, fold_outlet

    title = _fold(document.hints.get("title"))
    outlet = _fold(document.hints.get("outlet"))
    if not title or not _LETTERS.search(title) or title.casefold().strip("()") in NO_TITLE:
        return None
    is_outlet = find_outlet(title) or (outlet and fold_outlet(title) == fold_outlet(outlet))
    return None if is_outlet else _MARKDOWN.sub("", title)


def _domain_of(url: str) -> str | None:
    try:
        return _SITE_PREFIX.sub("", urlsplit(url).netloc) or None
    except ValueError:  # brackets that hold no address
        return None


def _build(document: RawDocument, page: Page, headline: tuple[str | None, str]) -> Article:
    """Build the article from what its page prints, what its head and its feed say,
    each field in the order of trust; the headline is given with the place it is from."""
    from newsledger.lexicon.outlets import AGENCIES, find_agencies

    hints, said = document.hints, page.metadata
    url = said.url or hints.get("url")
    url = hide_secrets(str(url)) if url else None
    outlet_name, domain, outlet_reason = _choose_outlet(document, page, url)
    stamp, stamp_reason = _choose_stamp(document, page, url)
    changed = page.modified if page.modified and stamp and page.modified.at > stamp.at else None
    modified = said.modified or read_time(hints.get("modified_at")) or changed
    credited = f"{page.credits}\n{page.dateline or ''}\n{hints.get('agency') or ''}"
    return Article(
        article_id=make_id("art", document.sha256),
        document_id=document.document_id,
        body=page.body,
        headline=_fold(_MARKDOWN.sub("", headline[0]) if headline[0] else None),
        standfirst=_fold(page.standfirst or hints.get("standfirst")),
        authors=page.authors,
        contributors=page.contributors,
        outlet_name=outlet_name,
        outlet_domain=domain,
        agency_name=AGENCIES.join(find_agencies(credited)) or None,
        published_at=stamp.at if stamp else None,
        published_precision=stamp.precision if stamp else None,
        published_text=stamp.text if stamp else None,
        utc_offset_minutes=_zone_of(stamp),
        modified_at=modified.at if modified else None,
        dateline=page.dateline,
        dateline_place=page.dateline_place,
        section=_fold(said.section or hints.get("section")),
        language=find_language(page.body),
        url=url,
        correction=page.correction,
        lines=page.lines,
        page_text=page.text or None,
        origin=ORIGIN,
        reasons=(
            ("headline", headline[1]),
            ("authors", page.authors_reason),
            ("published_at", stamp_reason),
            ("outlet_name", outlet_reason),
        ),
    )


def _choose_stamp(document: RawDocument, page: Page, url: object) -> tuple[Stamp | None, str]:
    """Choose when the article came out: the page's own time, the feed's, the day of the address
    or the dateline; for a text that came without its page the feed's first. Undated stays
    undated."""
    carried = read_time(document.hints.get("published_at"))
    stamps = [(page.published, "the page"), (carried, RECORD)]
    if document.hints.get("is_body"):
        stamps.reverse()
    stamps.append((find_day(str(url or "")), "the address"))
    stamps.append((find_stamp(page.dateline or ""), "the dateline"))
    return next(((stamp, why) for stamp, why in stamps if stamp), (None, "no date"))


def _choose_outlet(
    document: RawDocument, page: Page, url: object
) -> tuple[str | None, str | None, str]:
    """Choose the outlet's name and domain: one that `seeds/outlets.csv` knows by the record's
    name, the address, the page's name for itself or its lines; else the name as it is given."""
    from newsledger.lexicon.outlets import domain_of_name, find_outlet

    named, site = _fold(document.hints.get("outlet")), page.metadata.outlet
    domain = (_domain_of(str(url)) if url else None) or domain_of_name(named)
    places = (
        (find_outlet(named), f"{RECORD}'s name"),
        (find_outlet(domain), "the address"),
        (find_outlet(site), "the page's name for itself"),
        (None if domain else _outlet_in(page.lines), "names on the page"),
    )
    for known, why in places:
        if known:
            return known.outlet_name, domain or known.domain, f"{why}, in seeds/outlets.csv"
    name = site if named and domain_of_name(named) and site else named or site
    return domain_of_name(name) or name, domain, "not in seeds/outlets.csv"


def _zone_of(stamp: Stamp | None) -> int | None:
    """The zone of a time, where it is one: machines print `+23:00` too."""
    offset = stamp.utc_offset_minutes if stamp else None
    return offset if offset is not None and abs(offset) <= MAX_OFFSET else None


def find_language(text: str) -> str:
    """Tell the language of a text as an ISO 639-1 code; a text in Latin letters that is too short
    to tell counts as English.

    A text full of English function words is English, whatever the names in it look like.
    """
    import py3langid

    sample = text[:3000]
    words = _LETTERS.findall(sample.lower())
    if not words or (len(text) <= MIN_TOLD and _is_latin(sample)):
        return "en"
    if sum(word in load_function_words("en") for word in words) > ENGLISH * len(words):
        return "en"
    found: str = py3langid.classify(sample)[0]
    return found


def _is_latin(text: str) -> bool:
    """Whether most letters of a text are Latin; the blocks of these end at U+024F."""
    letters = [letter for letter in text if letter.isalpha()]
    return 2 * sum(letter <= "\u024f" for letter in letters) >= len(letters)


def _outlet_in(lines: tuple[Line, ...]) -> "Outlet | None":
    """Find the outlet that a page without address names in what is not the article itself."""
    from newsledger.lexicon.outlets import find_outlet_in

    return find_outlet_in(
        "\n".join(
            line.text
            for line in lines
            if line.role
            not in {LineRole.BODY, LineRole.HEADLINE, LineRole.STANDFIRST, LineRole.PHOTO_CREDIT}
        )
    )


def _fold(value: object) -> str | None:
    """Fold white space, and take out what is no word: entities, tags, marks that nobody sees."""
    text = _TAG.sub(" ", entities.unescape(strip_marks(str(value)))) if value else ""
    return " ".join(text.split()) or None


def _carried_authors(document: RawDocument) -> Said | None:
    """Read the authors that a feed names, as a list or as one line: "By Ana Silva; Jon Roe"."""
    value = document.hints.get("authors")
    names = [str(name) for name in value] if isinstance(value, list) else [str(value or "")]
    found = tuple(clean_names(names))
    return Said(RECORD, found) if found else None
