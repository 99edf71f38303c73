"""Lone surrogates, half an emoji: strings of Python may hold them, no database and no file can."""

import re

_SURROGATE = re.compile("[\ud800-\udfff]")


def scrub(text: str) -> str:
    """Replace lone surrogates by U+FFFD."""
    return _SURROGATE.sub("\ufffd", text)
