"""The frame of a page, flattened or saved: its lines laid out with their roles, and what is read
from the lines of one role."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from newsledger.clean.credits import find_contributors
from newsledger.clean.datelines import find_closing_agency, find_dateline
from newsledger.clean.page.metadata import Metadata
from newsledger.clean.stamps import Stamp
from newsledger.errors import RefusedDocument
from newsledger.model.enums import LineRole
from newsledger.model.records import MAX_LINES, Line

CREDITED = (
    LineRole.CONTRIBUTOR,
    LineRole.WIRE_CREDIT,
)  # roles of lines that name who worked on the text
DATELINE_PARAGRAPHS = 2  # the first may be the standfirst
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


@dataclass(frozen=True, slots=True)
class Page:
    """What a page holds. `body` is its paragraphs; `lines` point into the page's text and into
    `body`. `text` and `metadata` are a saved page's: all of its lines, and what its head says."""

    lines: tuple[Line, ...] = ()
    body: str = ""
    headline: str | None = None
    standfirst: str | None = None
    authors: tuple[str, ...] = ()
    authors_reason: str = ""
    contributors: tuple[str, ...] = ()
    published: Stamp | None = None
    modified: Stamp | None = None
    dateline: str | None = None
    dateline_place: str | None = None
    credits: str = ""  # lines and names that may name the agency the text came from
    correction: str | None = None
    text: str = ""
    metadata: Metadata = field(default_factory=Metadata)


@dataclass(frozen=True, slots=True)
class LaidOut:
    """The lines of a page, and the paragraphs among them that are its body."""

    lines: tuple[Line, ...]
    paragraphs: tuple[str, ...]

    def said(self, *roles: str) -> list[str]:
        """List the lines of some roles, in the page's order."""
        return [line.text for line in self.lines if line.role in roles]

    def contributors(self) -> tuple[str, ...]:
        """Read the names of those who contributed."""
        names = (name for text in self.said(*CREDITED) for name in find_contributors(text))
        return tuple(dict.fromkeys(names))

    def wire_credits(self) -> list[str]:
        """List the lines where an agency is credited with the text: not with its pictures, whose
        copyright lines bear no year."""
        years = [text for text in self.said(LineRole.COPYRIGHT) if _YEAR.search(text)]
        closing = find_closing_agency(self.paragraphs[-1]) if self.paragraphs else None
        return [*self.said(*CREDITED, LineRole.BYLINE), *years, closing or ""]

    def dateline(self) -> tuple[str | None, str | None]:
        """Read the dateline that opens the body, or stands on a line of its own, and its place."""
        found = next(
            filter(
                None,
                (
                    *(
                        find_dateline(text, is_opening=True)
                        for text in self.paragraphs[:DATELINE_PARAGRAPHS]
                    ),
                    *(find_dateline(f"{text} ") for text in self.said(LineRole.DATELINE)),
                ),
            ),
            None,
        )
        return (found[0].strip(), found["place"].strip().title()) if found else (None, None)

    def correction(self) -> str | None:
        """The first line that corrects the article."""
        return next(iter(self.said(LineRole.CORRECTION)), None)


def lay_out(
    texts: Sequence[str], spans: Sequence[tuple[int, int]], roles: Sequence[tuple[str, str]]
) -> LaidOut:
    """Lay out a page's lines: `spans` are theirs in the page's text, `roles` their roles with the
    rules that gave them. Paragraphs of the body are joined by an empty line."""
    lines: list[Line] = []
    paragraphs: list[str] = []
    position = 0
    for i, (text, (start, end), (role, rule)) in enumerate(
        zip(texts, spans, roles, strict=True), 1
    ):
        body_start = body_end = None
        if role == LineRole.BODY:
            position += 2 if paragraphs else 0
            body_start, body_end = position, position + len(text)
            position = body_end
            paragraphs.append(text)
        lines.append(Line(i, start, end, text, role, rule, body_start, body_end))
    return LaidOut(tuple(lines), tuple(paragraphs))


def refuse_many(count: int) -> None:
    """Raise `RefusedDocument("too_large")` for more lines than `MAX_LINES`."""
    if count > MAX_LINES:
        what = f"{count:,} lines, limit {MAX_LINES:,}: split what is no single article"
        raise RefusedDocument("too_large", what)
