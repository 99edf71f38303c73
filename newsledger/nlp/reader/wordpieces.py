"""Word pieces of the encoder: lower case, no accents, the longest known piece first.

The vocabulary is BERT's (Devlin et al. 2019), one piece a line; a piece that goes on within a word
begins with ##. Written here because the usual package brings a hub client with it.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache

from newsledger import paths
from newsledger.model.records import Span

VOCABULARY = paths.LEARNED / "reader" / "vocab.txt"
MAX_LETTERS = 100  # longer words are unknown
_CHUNK = re.compile(r"\S+")
# typographic quotation marks are read as plain ones, as nearly all texts of the gold set have them
_PLAIN = str.maketrans("“”„«»‘’‚", '"""""\'\'\'')


def cut_pieces(text: str) -> Iterator[tuple[int, Span]]:
    """Cut a text into pieces: number in the vocabulary, and code points of the text."""
    for chunk in _CHUNK.finditer(text):
        at = chunk.start()
        for number, start, end in _cut_chunk(chunk[0]):
            yield number, Span(at + start, at + end)


@lru_cache(50_000)
def _cut_chunk(chunk: str) -> tuple[tuple[int, int, int], ...]:
    found: list[tuple[int, int, int]] = []
    word: list[tuple[str, int]] = []  # letters in lower case, with their place
    for place, letter in enumerate(chunk.translate(_PLAIN)):
        plain = unicodedata.normalize("NFD", letter.lower())
        kept = [c for c in plain if unicodedata.category(c)[0] not in "MC"]
        if kept and _stands_alone(letter):
            found += _cut_word(word)
            found += _cut_word([(c, place) for c in kept])
            word = []
        else:
            word += [(c, place) for c in kept]
    return tuple(found + _cut_word(word))


def _stands_alone(letter: str) -> bool:
    """Tell whether a character is a word of its own: punctuation, ASCII symbols, ideographs."""
    code = ord(letter)
    return (
        (code < 128 and not letter.isalnum())
        or unicodedata.category(letter)[0] == "P"
        or 0x4E00 <= code <= 0x9FFF
        or 0x3400 <= code <= 0x4DBF
        or 0xF900 <= code <= 0xFAFF
        or 0x20000 <= code <= 0x2CEAF
    )


def _cut_word(word: list[tuple[str, int]]) -> list[tuple[int, int, int]]:
    if not word:
        return []
    pieces, letters = load_vocabulary(), "".join(letter for letter, _ in word)
    whole = (pieces["[UNK]"], word[0][1], word[-1][1] + 1)
    if len(word) > MAX_LETTERS:
        return [whole]
    found: list[tuple[int, int, int]] = []
    start = 0
    while start < len(word):
        prefix = "##" if start else ""
        end = len(word)
        while end > start and prefix + letters[start:end] not in pieces:
            end -= 1
        if end == start:
            return [whole]
        number = pieces[prefix + letters[start:end]]
        found.append((number, word[start][1], word[end - 1][1] + 1))
        start = end
    return found


@cache
def load_vocabulary() -> dict[str, int]:
    """Read the numbers of the pieces."""
    lines = VOCABULARY.read_text("utf-8").splitlines()
    return {piece: number for number, piece in enumerate(lines)}
