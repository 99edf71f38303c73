"""Explanation of a cleaned page for a reader: where each field comes from, and which role each line
has and why. Values in, text out."""

import textwrap

from newsledger.clean.document import clean_document
from newsledger.model.records import Article, RawDocument

WIDTH = 100  # letters shown of a line


def explain_cleaning(document: RawDocument) -> str:
    """Clean a document again, and write its fields with the places they come from, then its lines
    with role and rule. Raises `RefusedDocument`."""
    article = clean_document(document)
    parts = [f"{document.source_uri}", ""]
    parts += [f"{name}: {_show(article, name)} ({reason})" for name, reason in article.reasons]
    width = max((len(f"{line.role} [{line.rule}]") for line in article.lines), default=0)
    parts.append("")
    for line in article.lines:
        label = f"{line.role} [{line.rule}]".ljust(width)
        parts.append(f"{line.line_no:>4}  {label}  {textwrap.shorten(line.text, WIDTH)}")
    return "\n".join(parts) + "\n"


def _show(article: Article, name: str) -> str:
    value = getattr(article, name)
    if name == "published_at" and value:
        return (
            f"{value:%Y-%m-%d %H:%M} UTC, {article.published_precision}, {article.published_text!r}"
        )
    return ", ".join(value) if isinstance(value, tuple) else str(value or "none")
