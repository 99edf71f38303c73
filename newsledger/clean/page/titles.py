"""Choose the title among those that a saved page gives."""

import re
from collections.abc import Sequence
from typing import Any

from newsledger.clean.page.head import PageHead, plain

MIN_TITLE_WORDS = 3  # of a title that can show where another one ends
# letters of a title, in writing without spaces too; a shorter heading may be a logo or a menu's
MIN_TITLE = 12
# rapidfuzz ratio from which a title for sharing is the headline in other words; below, it is a
# teaser for social media
SAME_STORY = 70.0
SOME_LIKENESS = 50.0  # from which a heading and the title for search engines are about one thing
_SEPARATOR = re.compile(r"\s*[|»*–—:·-]")
_SUFFIX = re.compile(r"\s+(?P<mark>[|»·–—]|-{1,2})\s+(?P<site>(?:\S+\s){0,4}\S+)$")
_QUOTES = str.maketrans("‘’“”\u00a0", "''\"\" ")


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
