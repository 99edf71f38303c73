"""What a report is made of: pieces that a page of typst and a page of HTML both know how to set."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl
    from matplotlib.figure import Figure


@dataclass(frozen=True, slots=True)
class Run:
    """Words in one style: `mark` (they differ), `strong`, `muted`, `quote` or none. `url` leads to
    the publisher; `claim_id` to the sentence in the edition's copy of the article."""

    text: str
    style: str = ""
    url: str = ""
    claim_id: str = ""


Rich = tuple[Run, ...]


def plain(text: str, style: str = "") -> Rich:
    """One run of words."""
    return (Run(text, style),)


@dataclass(frozen=True, slots=True)
class Heading:
    """Title of a part, the finding first; `note` defines what is counted. A part that `begins_part`
    ends by the page of its number where the report has a most of pages."""

    text: str
    note: str = ""
    level: int = 2
    is_new_page: bool = False
    begins_part: bool = False


@dataclass(frozen=True, slots=True)
class Prose:
    """A paragraph."""

    text: Rich


@dataclass(frozen=True, slots=True)
class Facts:
    """Numbers with what they count, side by side."""

    numbers: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Entry:
    """One row, card, pair or tree: cells of text, and the tags that filters of the HTML edition
    read (story, speaker, grade, outlet)."""

    cells: Sequence[Rich]
    tags: Mapping[str, str] = field(default_factory=dict)
    chart: str = ""
    children: "Sequence[Entry]" = ()


@dataclass(frozen=True, slots=True)
class Cards:
    """Entries of a kicker, a title and labelled lines, with a small chart each."""

    entries: Sequence[Entry]
    shown: int = 5
    noun: str = "story"
    nouns: str = "stories"


@dataclass(frozen=True, slots=True)
class Pairs:
    """Entries of a label and two sides; each side is its sentence, who says it, its reference."""

    entries: Sequence[Entry]
    shown: int = 6
    noun: str = "pair"
    nouns: str = "pairs"


@dataclass(frozen=True, slots=True)
class Trees:
    """Entries of a claim and its first source; their children relay it, whose children print it."""

    entries: Sequence[Entry]
    shown: int = 6
    noun: str = "claim"
    nouns: str = "claims"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: `width` in parts of the rest, or 0 for as wide as its words."""

    name: str
    width: float = 0
    is_number: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells under named columns."""

    columns: Sequence[Column]
    entries: Sequence[Entry]
    shown: int = 20
    noun: str = "row"
    nouns: str = "rows"


@dataclass(frozen=True, slots=True)
class Pictures:
    """Charts by name, side by side."""

    names: Sequence[str]
    columns: int = 1


Block = Heading | Prose | Facts | Cards | Pairs | Trees | Table | Pictures


@dataclass(frozen=True, slots=True)
class Chart:
    """A figure of a report, what it shows in words, and the rows that it shows."""

    name: str
    figure: "Figure"
    rows: "pl.DataFrame"
    words: str = ""
    is_listed: bool = True  # with its own PNG and CSV beside the pages; not so a sparkline


@dataclass(slots=True)
class ReportContent:
    """What a report's `build.py` gives: title, blocks in order, and its charts."""

    title: str
    subtitle: str
    blocks: list[Block] = field(default_factory=list)
    charts: list[Chart] = field(default_factory=list)
    slug: str = ""  # part of the file name beside the period: a story, an actor
    summary: list[str] = field(default_factory=list)  # findings in a sentence each, for a message
