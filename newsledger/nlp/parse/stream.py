"""Texts to parses, in order, whatever their length.

The parser's memory grows with the longest text (4 kB a word), and its tokenizer's time with the
square of the longest run of letters without a space. So transcripts are parsed in pieces of some
pages, cut where a paragraph ends, and put together again; texts of ordinary length stay whole.
"""

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from newsledger.nlp.parse.model import load_model
from newsledger.settings import read_settings

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

MAX_PIECE = (
    100_000  # letters, some 20,000 words: 80 MB in the parser; 1 in 10,000 articles has more
)
MAX_RUN = 500  # letters without a space; 4,000 brackets or emoji take 3 s, 500 take 0.05
BATCH_LETTERS = 120_000  # of a batch of texts; 16 articles of usual length have 60,000
_CUTS = ("\n\n", "\n", ". ", " ")  # where a piece may end, best first
_RUN = re.compile(rf"\S{{{MAX_RUN}}}(?=\S)")
_SURROGATE = re.compile("[\ud800-\udfff]")  # halves of characters, which the parser refuses


def parse_texts(texts: Iterable[str]) -> "Iterator[Doc]":
    """Parse texts, in order, in batches. Offsets into a parse are offsets into its text."""
    nlp = load_model()
    for batch in _batches(texts, read_settings().parse_batch):
        pieces = [split_text(_SURROGATE.sub("�", text)) for text in batch]
        docs = nlp.pipe([piece for group in pieces for piece in group], batch_size=len(batch))
        for group in pieces:
            yield _join(nlp, [next(docs) for _ in group])


def split_text(text: str) -> list[str]:
    """Cut a text into pieces that the parser can take; joined they are the text."""
    pieces, start = [], 0
    for end in [*(found.end() for found in _RUN.finditer(text)), len(text)]:
        while end - start > MAX_PIECE:
            cut = _find_cut(text, start + MAX_PIECE // 2, start + MAX_PIECE)
            pieces.append(text[start:cut])
            start = cut
        pieces.append(text[start:end])
        start = end
    return pieces


def _find_cut(text: str, first: int, last: int) -> int:
    for mark in _CUTS:
        at = text.rfind(mark, first, last)
        if at >= 0:
            return at + len(mark)
    return last


def _batches(texts: Iterable[str], count: int) -> Iterator[list[str]]:
    batch: list[str] = []
    letters = 0
    for text in texts:
        if batch and (len(batch) == count or letters + len(text) > BATCH_LETTERS):
            yield batch
            batch, letters = [], 0
        batch.append(text)
        letters += len(text)
    if batch:
        yield batch


def _join(nlp: "Language", docs: "list[Doc]") -> "Doc":
    if len(docs) == 1:
        return docs[0]
    from spacy.tokens import Doc

    joined = Doc.from_docs(docs, ensure_whitespace=False)
    return joined if joined is not None else nlp.make_doc("")
