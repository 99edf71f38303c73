"""Words of a PDF with their places, as a reader of its text layer gets them."""

from dataclasses import dataclass
from pathlib import Path

import pypdfium2

SLANT = 3.0  # points that the last letter of a slanting word stands above the first, at least
Box = tuple[float, float, float, float]  # left, bottom, right, top


@dataclass(frozen=True)
class Word:
    """A word with its page from 0 and its box in points; the origin is at the bottom left."""

    page: int
    text: str
    left: float
    bottom: float
    right: float
    top: float
    letters: tuple[Box, ...]

    def overlaps(self, other: "Word", slack: float) -> bool:
        """Whether letters lie over each other: the box of a slanting word holds room for others."""
        return (
            self.page == other.page
            and _is_over(self.box, other.box, slack)
            and any(_is_over(one, two, slack) for one in self.letters for two in other.letters)
        )

    @property
    def box(self) -> Box:
        return self.left, self.bottom, self.right, self.top


def _shrink(box: Box) -> Box:
    """The middle half of the box of a slanting letter, which neighbours reach into."""
    wide, high = (box[2] - box[0]) / 4, (box[3] - box[1]) / 4
    return box[0] + wide, box[1] + high, box[2] - wide, box[3] - high


def _is_over(one: Box, other: Box, slack: float) -> bool:
    return (
        min(one[2], other[2]) - max(one[0], other[0]) > slack
        and min(one[3], other[3]) - max(one[1], other[1]) > slack
    )


def read_sizes(path: Path) -> list[tuple[float, float]]:
    with pypdfium2.PdfDocument(path) as document:
        return [page.get_size() for page in document]


def read_text(path: Path) -> str:
    """All words, spaces and breaks folded."""
    with pypdfium2.PdfDocument(path) as document:
        pages = [page.get_textpage().get_text_range() for page in document]
    return " ".join(" ".join(pages).split())


def read_words(path: Path) -> list[Word]:
    words: list[Word] = []
    with pypdfium2.PdfDocument(path) as document:
        for number, page in enumerate(document):
            text = page.get_textpage()
            letters: list[tuple[str, Box]] = []
            for at in range(text.count_chars()):
                letter = text.get_text_range(at, 1)
                box = text.get_charbox(at)
                is_far = bool(letters) and (
                    box[0] - letters[-1][1][2] > 3 or abs(box[1] - letters[-1][1][1]) > 6
                )
                if letter.isspace() or is_far:
                    words += _join(number, letters)
                    letters = []
                if letter.strip() and box[2] > box[0]:
                    letters.append((letter, box))
            words += _join(number, letters)
    return words


def _join(page: int, letters: list[tuple[str, Box]]) -> list[Word]:
    if not letters:
        return []
    boxes = [box for _, box in letters]
    return [
        Word(
            page,
            "".join(letter for letter, _ in letters),
            min(box[0] for box in boxes),
            min(box[1] for box in boxes),
            max(box[2] for box in boxes),
            max(box[3] for box in boxes),
            tuple(map(_shrink, boxes) if abs(boxes[0][1] - boxes[-1][1]) > SLANT else boxes),
        )
    ]
