"""What stands around the text of a flattened page: headline, standfirst, byline, times, captions,
credits, each line labelled.

Works on the roles that the line model gave, in numbered steps; a step labels lines in place and
says by which rule.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from newsledger.clean.credits import find_authors
from newsledger.clean.datelines import find_closing_agency, find_dateline
from newsledger.clean.lines.asides import is_dated_caption
from newsledger.clean.lines.bylines import label_bylines
from newsledger.clean.lines.headline import HeadlineLine, find_headline, strip_bullet
from newsledger.clean.lines.open_lines import (
    ABOVE,
    BELOW,
    FOOT,
    FREE,
    LETTERS,
    LOOSE,
    Roles,
    is_agency_line,
    is_of_agencies,
)
from newsledger.clean.page.address import find_day
from newsledger.clean.stamps import Stamp, is_relative, iter_marked_stamps, iter_stamps
from newsledger.lexicon.outlets import find_agency, find_outlet
from newsledger.model.enums import LineRole

MAX_STAMP_LINE = 120
# code points that may stand beside a time on a line of its own: "Published …", "Updated …"
STAMP_WORDS = 24
# a printed day further from the address's day than this is another article's, or today's
DAYS_APART = 3
MIN_STANDFIRST = 5  # words
OPENING = 2  # lines above a text without its page that belong to it: a standfirst, a caption
SAME_TITLE = 80.0  # rapidfuzz ratio from which a line is the given title in other words
SENTENCE_WORDS = 16  # of a headline that ends with a full stop
CAPTION_WORDS = 8  # of a line with a credit at its end, for it to be a caption
_CREDITED = re.compile(r"\w \((?P<credit>[^()]{2,60})\)$")
_OTHER_DAY = re.compile(  # of what the article is about: "When: 5 March 2024"
    r"\W*(?:when|where|deadline|due|expires?|valid|starts?|ends?|opens?|closes?|born|died"
    r"|date of|event)\b|.*\b(?:print|paper) edition\b",
    re.IGNORECASE,
)
IN_PROSE = (
    LineRole.COPYRIGHT,
    LineRole.PROMPT,
)  # roles whose lines tell a time only where it is all they say
BETWEEN = 1  # lines between a time above the headline and the headline: a section's name
_DASHES = ("—", "–", "-", ":")  # at the end of a dateline


@dataclass(frozen=True, slots=True)
class Head:
    """What was read above, below and beside the text."""

    headline: HeadlineLine | None
    stamp: Stamp | None
    modified: Stamp | None
    authors: tuple[str, ...]


def label_head(
    texts: Sequence[str],
    roles: Roles,
    start: int,
    url: str | None,
    *,
    has_headline: bool = True,
    title: str | None = None,
) -> Head:
    """Label the lines around the text, and read what they say. With a `title`, only its own line is
    the headline: a caption or standfirst that opens the text stays text."""
    given = _find_title(texts, start, title) if title else None
    has_headline = has_headline and not title
    if has_headline and _is_headline_sentence(texts, roles, start):
        mark = next(i for i in (start + 1, start + 2) if _is_mark(texts[i]))
        start = next(
            (i for i in range(mark + 1, len(roles)) if roles[i][0] == LineRole.BODY), start
        )
    headline = (
        find_headline(texts, [role for role, _ in roles], start, url) if has_headline else given
    )
    if headline:
        roles[headline.number] = (LineRole.HEADLINE, headline.rule)
        _clear_above(roles, min(headline.number, start))
        for i in range(max(0, headline.number - LOOSE), min(len(texts), start + BELOW)):
            if (
                i != headline.number
                and roles[i][0] in FREE
                and strip_bullet(texts[i]) == headline.text
            ):
                roles[i] = (LineRole.HEADLINE, "headline told again")
    elif title:
        _keep_opening(texts, roles, start, title)
    stamp, modified = _label_times(texts, roles, start, headline.number if headline else None, url)
    authors = label_bylines(texts, roles, start, headline.number if headline else None)
    if headline:
        _label_standfirst(texts, roles, headline.number, start)
    _label_pictures(texts, roles)
    _label_credits(texts, roles)
    return Head(headline, stamp, modified, tuple(authors))


def _keep_opening(texts: Sequence[str], roles: Roles, start: int, title: str) -> None:
    """Keep what opens a text that came with its title: a standfirst, or a caption that may hold the
    only full name. On a page with menus nothing is kept."""
    above = [
        i for i in range(start) if roles[i][0] != LineRole.PHOTO_CREDIT and not _is_mark(texts[i])
    ]
    if len(above) > OPENING or any(roles[i][0] not in FREE for i in above):
        return
    for i in above:
        if len(texts[i].split()) >= MIN_STANDFIRST and roles[i][0] != LineRole.BODY:
            is_title = _likeness(texts[i], title) >= SAME_TITLE
            roles[i] = (
                (LineRole.HEADLINE, "the feed's or record's title")
                if is_title
                else (LineRole.BODY, "opens the text")
            )


def _likeness(a: str, b: str) -> float:
    from rapidfuzz.fuzz import ratio

    return ratio(_fold_title(a), _fold_title(b))


def _find_title(texts: Sequence[str], start: int, title: str) -> HeadlineLine | None:
    """Find the line that prints a given title, in or above the opening of the text."""
    wanted = _fold_title(title)
    for i, text in enumerate(texts[: start + BELOW]):
        if len(text) < 2 * len(title) + BELOW and _fold_title(strip_bullet(text)) == wanted:
            return HeadlineLine(i, strip_bullet(text), "the feed's or record's title")
    return None


def _fold_title(title: str) -> str:
    return " ".join(LETTERS.findall(title.casefold().replace("’", "'")))


def _is_headline_sentence(texts: Sequence[str], roles: Roles, start: int) -> bool:
    """Whether the first line of the text is a headline that ends as a sentence does: short, on top,
    above byline or time and one line at most."""
    if (
        start + 1 >= len(texts)
        or len(texts[start].split()) > SENTENCE_WORDS
        or texts[start].startswith(("“", '"', "‘"))
    ):
        return False
    is_top = all(
        role not in FREE or len(texts[i].split()) < MIN_STANDFIRST
        for i, (role, _) in enumerate(roles[:start])
    )
    return is_top and any(_is_mark(text) for text in texts[start + 1 : start + 3])


def _is_mark(text: str) -> bool:
    """Whether a line is a byline with "By", or a time alone."""
    if len(text) > MAX_STAMP_LINE:
        return False
    stamp = next(iter_stamps(text), None)
    return bool(find_authors(text, needs_by=True)) or (
        stamp is not None and len(text) <= len(stamp.text) + STAMP_WORDS
    )


def _clear_above(roles: Roles, end: int) -> None:
    for i in range(end):
        if roles[i][0] == LineRole.BODY:
            roles[i] = (LineRole.OTHER, "above headline")


# --- 1. times
# --------------------------------------------------------------------------------------------------


def _label_times(
    texts: Sequence[str], roles: Roles, start: int, headline: int | None, url: str | None
) -> tuple[Stamp | None, Stamp | None]:
    """Label the lines that print when the article came out or was changed. Returns both times,
    where they are told.

    Of several times the one nearest to the day of the address is the article's; else the first
    below the headline, else the last above it. A time in prose or in a caption is none.
    """
    top = max(0, start - LOOSE) if headline is None else max(0, min(headline, start) - ABOVE)
    found = _list_times(texts, roles, range(top, min(len(texts), start + BELOW)))
    last = max((i for i, (role, _) in enumerate(roles) if role == LineRole.BODY), default=start)
    if not found:
        found = [
            time
            for time in _list_times(texts, roles, range(last + 1, min(len(texts), last + 1 + FOOT)))
            if time[2]
        ]
    for i, _, word in found:
        roles[i] = (LineRole.PUBLISHED_AT, f"time:{word or 'alone'}")
    for i in range(top, min(len(texts), start + BELOW)):
        if roles[i][0] in FREE and is_relative(texts[i]):
            roles[i] = (LineRole.PUBLISHED_AT, "time:ago")
    day = find_day(url)
    if headline is not None and day is None:
        found = [time for time in found if not _is_masthead(time, headline)]
    is_first_told = any(
        word == "first" for _, _, word in found
    )  # beside "First published on …" a time without a word is the latest change
    changed = {"updated", ""} if is_first_told else {"updated"}
    published = [(i, stamp) for i, stamp, word in found if word not in changed]
    updated = [stamp for _, stamp, word in found if word in changed]
    chosen = _choose_time(published, updated, headline, day)
    modified = max(
        (stamp for stamp in updated if chosen and stamp.at > chosen.at),
        key=lambda stamp: stamp.at,
        default=None,
    )
    return chosen, modified


def _is_masthead(time: tuple[int, Stamp, str], headline: int) -> bool:
    """Whether a time stands on top of the page, away from the headline: the day on which the page
    was opened, or changed, unless it says that it is when the article came out."""
    number, _, word = time
    return number < headline - 1 - BETWEEN and word not in ("published", "first")


def _list_times(texts: Sequence[str], roles: Roles, where: range) -> list[tuple[int, Stamp, str]]:
    """List line, time and word ("updated", "published", nothing) of the lines that are times, a
    second time of a line too."""
    found = []
    for i in where:
        text, role = texts[i], roles[i][0]
        if (
            len(text) > MAX_STAMP_LINE
            or text.endswith(":")
            or role
            in {
                LineRole.HEADLINE,
                LineRole.PHOTO_CREDIT,
                LineRole.CAPTION,
                LineRole.RELATED,
                LineRole.COMMENT,
            }
        ):
            continue
        stamps = list(iter_stamps(text))
        room = sum(len(stamp.text) for stamp in stamps) + STAMP_WORDS
        if role in IN_PROSE and len(text) > room:  # "First published on 5 March" is a time
            continue
        if _OTHER_DAY.match(text) or is_dated_caption(text):
            continue
        if not stamps or (role == LineRole.BODY and len(text) > room):
            continue
        found += [(i, stamp, word) for stamp, word in iter_marked_stamps(text)]
    return found


def _choose_time(
    published: list[tuple[int, Stamp]],
    updated: list[Stamp],
    headline: int | None,
    day: Stamp | None,
) -> Stamp | None:
    near = [stamp for _, stamp in published] + updated
    if day:
        near = [stamp for stamp in near if abs(stamp.at - day.at) <= timedelta(days=DAYS_APART)]
        return min(near, key=lambda stamp: abs((stamp.at - day.at).days), default=day)
    below = [stamp for i, stamp in published if headline is None or i > headline]
    above = [stamp for i, stamp in published if headline is not None and i < headline]
    return next(iter([*below, *reversed(above), *updated]), None)


# --- 3. the rest
# --------------------------------------------------------------------------------------------------


def _label_standfirst(texts: Sequence[str], roles: Roles, headline: int, start: int) -> None:
    """Label the line between headline and byline, time or text that sums the article up."""
    marks = [
        i
        for i in range(headline + 1, min(start + BELOW, len(texts)))
        if roles[i][0] in {LineRole.BYLINE, LineRole.PUBLISHED_AT}
    ]
    end = min([*marks, start] if start > headline else marks, default=start)
    if start == headline + 1 and start + 1 in marks:
        end = start + 1  # a sentence alone between headline and byline is not the first of the text
    for i in range(headline + 1, min(end, headline + 4)):
        if (
            roles[i][0] in FREE
            and len(texts[i].split()) >= MIN_STANDFIRST
            and texts[i] != texts[headline]
            and not is_agency_line(texts[i])
        ):
            roles[i] = (
                LineRole.STANDFIRST,
                "between headline and byline" if marks else "between headline and text",
            )
            return


def _label_pictures(texts: Sequence[str], roles: Roles) -> None:
    """Label captions: a line with a credit and more words, one with an outlet in brackets at its
    end, a short line above a credit."""
    body = [i for i, (role, _) in enumerate(roles) if role == LineRole.BODY]
    for i, (role, _) in enumerate(roles):
        if role == LineRole.PHOTO_CREDIT:
            is_last = bool(body) and body[0] < i > body[-1]
            if is_last and find_closing_agency(texts[i]):
                roles[i] = (LineRole.BODY, "agency behind the last sentence")
            elif len(texts[i].split()) > CAPTION_WORDS + 4:
                roles[i] = (LineRole.CAPTION, "with photo credit")
            elif (
                i
                and roles[i - 1][0] == LineRole.OTHER
                and (len(texts[i - 1].split()) < CAPTION_WORDS or texts[i].startswith(texts[i - 1]))
            ):
                roles[i - 1] = (LineRole.CAPTION, "above photo credit")
        elif (
            role == LineRole.OTHER
            and texts[i].endswith(")")
            and (credited := _CREDITED.search(texts[i]))
            and any(map(find_outlet, credited["credit"].split("/")))
        ):
            roles[i] = (LineRole.CAPTION, "outlet in brackets")


def _label_credits(texts: Sequence[str], roles: Roles) -> None:
    """Label agencies that are credited: on a line of their own, for a contribution, with a place
    and nothing else."""
    last = max(
        (i for i, (role, _) in enumerate(roles) if role == LineRole.BODY), default=len(roles)
    )
    for i, (role, rule) in enumerate(roles):
        text = texts[i]
        if role == LineRole.CONTRIBUTOR and find_agency(text):
            roles[i] = (LineRole.WIRE_CREDIT, rule)
        elif (
            role == LineRole.OTHER
            or (role == LineRole.PHOTO_CREDIT and (i > last or is_of_agencies(text)))
        ) and len(text) < 60:
            if is_agency_line(text):
                roles[i] = (LineRole.WIRE_CREDIT, "agency alone")
            elif (
                text.endswith(_DASHES)
                and (dateline := find_dateline(f"{text} "))
                and dateline.end() > len(text)
            ):
                roles[i] = (LineRole.DATELINE, "place alone")
