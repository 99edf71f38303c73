"""Text that a spreadsheet would run as a formula: quoted by an apostrophe, so that words of an
article run nothing."""

import re

_FORMULA = re.compile(r"\s*[=+\-@\t\r]")
_QUOTED = re.compile(r"'(?=\s*[=+\-@\t\r])")


def quote_formula(text: str) -> str:
    """Put an apostrophe before text that would run as a formula."""
    return f"'{text}" if _FORMULA.match(text) else text


def unquote_formula(text: str) -> str:
    """Take that apostrophe off again."""
    return _QUOTED.sub("", text, count=1) if text.startswith("'") else text
