"""Quotations: pairs of marks, their pieces, and what they are (speech, scare, title, nickname)."""

import re

from newsledger.records import Quotation, Span

ORIGIN = "quotes/0"
_PAIR = re.compile(r"“[^“”\n]*”|\"[^\"\n]*\"")


def find_quotations(text: str) -> tuple[Quotation, ...]:
    """Find the quotations of a text, in reading order."""
    return tuple(Quotation((Span(*m.span()),), "speech") for m in _PAIR.finditer(text))
