"""Label what stands around the text of a saved page: its headline, standfirst, byline and time."""

from collections.abc import Sequence
from itertools import takewhile

from newsledger.clean.blocks.blocks import Block
from newsledger.clean.credits import cut_age, find_authors, is_likely_person
from newsledger.clean.lines.bylines import is_used, list_letters
from newsledger.clean.page.metadata import Metadata
from newsledger.clean.page.titles import fold_title
from newsledger.clean.stamps import is_relative, iter_stamps
from newsledger.lexicon.containers import mask_of
from newsledger.model.enums import LineRole
from newsledger.text.fold import fold_words

MAX_HEAD_LINE = 160  # letters of a byline or a line with the time
MAX_STAMP_REST = 40  # letters beside a time on a line of its own: "Published …", "Updated …"
MAX_NAME_WORDS = 9  # of a line of names alone
HEAD_LINES = 30  # lines between headline and body that may hold byline and time
HEAD_IN_BODY = 6  # lines after the first line of text, a standfirst perhaps, that may
TAIL_LINES = 4  # lines below the body that may
MAX_FOLDED = 3  # letters that one folds to at most
HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})
OUTLET_LINE = (LineRole.OTHER, "name of the outlet")
USING = (LineRole.BODY, LineRole.HEADLINE)  # lines whose names are no author's
# roles that a line of the head keeps
NAMED_ROLES = frozenset(
    {LineRole.HEADLINE, LineRole.PHOTO_CREDIT, LineRole.CORRECTION, LineRole.CONTRIBUTOR}
)
TOP_LINES = 5  # first lines of the text where a line that is only the time is none of it


def label_title(blocks: Sequence[Block], roles: list[tuple[str, str]], titles: set[str]) -> None:
    """Label the heading that bears the title, h1 before others; repeats of it, also among the first
    lines of the text, are no text."""
    lengths = [len(title) for title in titles] or [0]
    shortest, longest = min(lengths) // MAX_FOLDED, max(lengths) + 4
    found = [
        number
        for number, block in enumerate(blocks)
        if shortest <= len(block.text) <= longest and fold_title(block.text) in titles
    ]
    first_body = next(
        (number for number, (role, _) in enumerate(roles) if role == LineRole.BODY), len(blocks)
    )
    headings = [number for number in found if blocks[number].tag == "h1"] or [
        number for number in found if number <= first_body
    ]
    for number in found:
        if number in headings[:1]:
            roles[number] = (LineRole.HEADLINE, "title")
        elif roles[number][0] == LineRole.BODY and (
            blocks[number].tag == "h1" or number <= first_body + 3
        ):
            roles[number] = (LineRole.OTHER, "repeats the title")


def label_head(blocks: Sequence[Block], roles: list[tuple[str, str]], metadata: Metadata) -> None:
    """Label standfirst, byline and time, between the headline and the first lines of the text, or
    right below the text."""
    body = [number for number, (role, _) in enumerate(roles) if role == LineRole.BODY]
    first, last = (body[0], body[-1]) if body else (len(blocks), len(blocks))
    for number in body[:TOP_LINES]:
        block = blocks[number]
        is_line = len(block.text) <= MAX_HEAD_LINE and block.tag not in HEADINGS
        if is_line and fold_title(block.text) in metadata.sites:
            roles[number] = OUTLET_LINE
        # a dash leads the foot of an embedded post
        if is_line and _is_stamp(block) and not block.text.startswith(("—", "–")):
            roles[number] = (LineRole.PUBLISHED_AT, "stamp")
        elif is_line and is_relative(block.text):
            roles[number] = (LineRole.PUBLISHED_AT, "time:ago")
    names = {fold_words(name) for name in metadata.authors}
    described = fold_words(metadata.description or "")
    used = list_letters(blocks[i].text for i, (role, _) in enumerate(roles) if role in USING)
    has_byline = False
    for number in _list_head(roles, first, last):
        block, (role, _) = blocks[number], roles[number]
        if role in NAMED_ROLES or roles[number] == OUTLET_LINE or block.near & mask_of("comments"):
            continue
        fold = fold_words(block.text)
        if len(block.text) <= MAX_HEAD_LINE and not has_byline and _is_byline(block, fold, names):
            roles[number], has_byline = (LineRole.BYLINE, "names an author"), True
        elif len(block.text) <= MAX_HEAD_LINE and _is_stamp(block):
            is_named = not has_byline and number < first and _is_named(block.text, used)
            has_byline = has_byline or is_named
            roles[number] = (
                (LineRole.BYLINE, "names and time")
                if is_named
                else (LineRole.PUBLISHED_AT, "stamp")
            )
        elif number < first and len(fold.split()) > 4 and role != LineRole.CAPTION:
            if fold in described:
                roles[number] = (LineRole.STANDFIRST, "description")
            elif block.near & mask_of("standfirst"):
                roles[number] = (LineRole.STANDFIRST, "container: standfirst")
    if not has_byline or metadata.is_outlet_author:
        _label_names(blocks, roles, body[:3])


def _list_head(roles: Sequence[tuple[str, str]], first: int, last: int) -> list[int]:
    """List the lines that may hold byline and time, by the text's first and last line: below the
    headline, among the first lines of the text, right below it."""
    headlines = [number for number in range(first) if roles[number][0] == LineRole.HEADLINE]
    top = headlines[0] + 1 if headlines else 0
    inside = range(first, min(first + HEAD_IN_BODY, last + 1, len(roles)))
    return [
        *range(max(top, first - HEAD_LINES), first),
        *(number for number in inside if roles[number][0] != LineRole.BODY),
        *takewhile(
            lambda number: (
                roles[number][0] != LineRole.RELATED
            ),  # "More news", each with its own time
            range(last + 1, min(last + 1 + TAIL_LINES, len(roles))),
        ),
    ]


def _label_names(
    blocks: Sequence[Block], roles: list[tuple[str, str]], firsts: Sequence[int]
) -> None:
    """Label a line of names alone that opens the text: "Ana Silva", "Ana Silva/Jon Roe"."""
    for number in firsts:
        text = blocks[number].text.replace("/", ", ")
        if (
            len(text.split()) <= MAX_NAME_WORDS
            and blocks[number].tag not in HEADINGS
            and not text.isupper()
            and find_authors(text)
        ):
            roles[number] = (LineRole.BYLINE, "names above the text")
            return


def _is_named(text: str, used: frozenset[str]) -> bool:
    """Whether a line with a time begins with the name of somebody whom the text does not tell of:
    "Ana Silva, 5 March 2024"."""
    names = find_authors(cut_age(text))
    return bool(names) and (is_likely_person(names[0]) or not is_used(names[0], used))


def _is_byline(block: Block, fold: str, names: set[str]) -> bool:
    if names and any(name in fold for name in names):
        return len(fold.split()) <= sum(len(name.split()) for name in names) + 8
    return bool(
        names_in(block.text)
        if block.near & mask_of("byline")
        else find_authors(cut_age(block.text), needs_by=True)
    )


def names_in(text: str) -> list[str]:
    """Read the names of a line that is known for a byline: in capitals, first names need not be
    known."""
    text = cut_age(text.replace("/", ", "))
    return find_authors(text) or (find_authors(f"By {text}") if text.isupper() else [])


def _is_stamp(block: Block) -> bool:
    stamps = list(iter_stamps(block.text))
    return (
        bool(stamps)
        and len(block.text) <= sum(len(stamp.text) for stamp in stamps) + MAX_STAMP_REST
    )
