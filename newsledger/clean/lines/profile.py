"""Outlet profiles: a line that an outlet prints in several articles, and that is not about any of
them, is furniture of its pages.

The profile of an outlet is the ledger itself (`core.lines`, shown in `mart.outlet_lines`): nothing
is kept apart, so that it grows with every run and says where each line was seen. A paragraph of
background that an outlet repeats stays: its words are those of the article.
"""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache

from newsledger.lexicon.function_words import load_function_words
from newsledger.model.enums import LineRole
from newsledger.model.records import Article, Line

MIN_ARTICLES = 3  # different articles of the outlet that print the line
MIN_WORDS = 3  # of a line that can be furniture; shorter ones are too often headings
# share of a line's telling words that the rest of the text uses: appeals have under 0.15,
# background over 0.4
MAX_TOPIC = 0.3
MAX_CUT = 0.5  # share of a text's words; more is a text that is printed again
# what somebody is quoted as saying is news, however often an outlet words it so: "The fire service
# said that the cause was not yet known."
_TOLD = re.compile(r"\b(?:said|says|told|according to|confirmed)\b|[“”]", re.IGNORECASE)
_KEY = re.compile(r"[^\W\d_]{4,}")


def list_candidates(article: Article) -> list[str]:
    """List the body lines of an article that would be furniture if the outlet repeats them."""
    return [
        line.text
        for line in article.lines
        if line.role == LineRole.BODY and is_off_topic(line.text, article.body)
    ]


def is_off_topic(text: str, body: str) -> bool:
    """Whether the rest of a text uses few of a line's telling words, and the line is nobody's."""
    if len(text.split()) < MIN_WORDS or _TOLD.search(text):
        return False
    own = _count_words(text)
    words = own.keys() - load_function_words()
    copies, told = body.count(text), _count_words(body)
    shared = sum(told[word] > copies * own[word] for word in words)
    return shared < MAX_TOPIC * len(words) if words else False


@lru_cache(maxsize=64)
def _count_words(text: str) -> Counter[str]:
    """Count the telling words of a text; a body is asked for once a line."""
    return Counter(_KEY.findall(text.lower()))


def drop_furniture(article: Article, seen: Mapping[str, int]) -> Article:
    """Take the lines out of the body that the outlet prints in `seen` articles, this one included,
    and that are not about this one."""
    furniture = {text for text in list_candidates(article) if seen.get(text, 0) >= MIN_ARTICLES}
    cut = sum(
        len(line.text)
        for line in article.lines
        if line.role == LineRole.BODY and line.text in furniture
    )
    if not furniture or cut > MAX_CUT * len(article.body):
        return article
    lines: list[Line] = []
    paragraphs: list[str] = []
    position = 0
    for line in article.lines:
        if line.role == LineRole.BODY and line.text in furniture:
            line = line._replace(
                role=LineRole.OTHER,
                rule=f"outlet profile: in {MIN_ARTICLES} articles or more",
                start=None,
                end=None,
            )
        elif line.role == LineRole.BODY:
            position += 2 if paragraphs else 0
            line = line._replace(start=position, end=position + len(line.text))
            position += len(line.text)
            paragraphs.append(line.text)
        lines.append(line)
    return replace(article, lines=tuple(lines), body="\n\n".join(paragraphs))
