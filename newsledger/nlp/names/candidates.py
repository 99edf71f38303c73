"""Spans that may be a name: the model's, listed ones, and runs of capitalised words."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from newsledger.nlp.names.forms import load_titles, name_key
from newsledger.nlp.parse.parsed import load_stop_words

if TYPE_CHECKING:
    pass
from newsledger.nlp.names.likeness import PARTICLES
from newsledger.nlp.names.text_view import (
    CONNECTORS,
    GLUE,
    MAX_ACRONYM,
    MAX_KNOWN,
    NUMBERS,
    OUTSIDE,
    OVERLAP,
    Candidate,
    TextView,
)

MAX_TOKENS = 12
MAX_GAP = 3  # words that may join two runs: "of the", "for the"


def find_candidates(view: TextView) -> list[Candidate]:
    """List the spans of a document that may be names, in reading order; they overlap."""
    spans = {span for span, label in view.exact.items() if label not in NUMBERS}
    for first, last in _join_runs(view, list(_find_runs(view))):
        spans.update(_without_titles(view, first, last))
        if last - first > 1 and view.line_class(view.starts[first]):
            spans.update(_find_known_inside(view, first, last))
    found = []
    for first, last in sorted(spans):
        label = view.exact.get((first, last))
        if label not in NUMBERS and last - first <= MAX_TOKENS and not _is_plain(view, first, last):
            start, end = view.starts[first], view.end(last)
            if label is None:
                label = OVERLAP if any(i in view.entity_at for i in range(first, last)) else OUTSIDE
            found.append(Candidate(start, end, first, last, name_key(view.text[start:end]), label))
    return found


def _find_known_inside(view: TextView, first: int, last: int) -> Iterator[tuple[int, int]]:
    """Names of the document inside a run of a headline, where every word has a capital: "Dahl Quits
    Over Letter"."""
    for start in range(first, last):
        for end in range(start + 1, min(start + MAX_KNOWN, last) + 1):
            key = name_key(view.slice(start, end))
            key = key.title() if key.isupper() and len(key) > MAX_ACRONYM else key
            if (key in view.surnames or key in view.labels_of) and not view.doc[start].is_stop:
                yield start, end


def _find_runs(view: TextView) -> Iterator[tuple[int, int]]:
    """Runs of capitalised words, hyphens and initials' points inside."""
    words, starts, capitals = view.words, view.starts, view.capitals
    i, count = 0, len(words)
    while i < count:
        if not capitals[i]:
            i += 1
            continue
        j = i + 1
        while j < count:
            if capitals[j]:
                j += 1
            elif (
                j + 1 < count
                and words[j] in GLUE
                and capitals[j + 1]
                and starts[j - 1] + len(words[j - 1]) == starts[j] == starts[j + 1] - 1
            ):
                j += 2
            else:
                break
        yield i, j
        i = j


def _join_runs(view: TextView, runs: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Each run, and each longer one that words such as "of the" or "bin" join."""
    for position, (first, last) in enumerate(runs):
        yield first, last
        end = last
        for after, until in runs[position + 1 :]:
            gap = view.words[end:after]
            if (
                len(gap) > MAX_GAP
                or until - first > MAX_TOKENS
                or not all(word.lower() in PARTICLES or word in CONNECTORS for word in gap)
            ):
                break
            end = until
            yield first, end


def _without_titles(view: TextView, first: int, last: int) -> Iterator[tuple[int, int]]:
    first, last = view.trim(first, last)
    while first < last:
        yield first, last
        word = view.words[first].lower()
        if word.strip(".") not in load_titles() and word not in load_stop_words():
            return
        first, last = view.trim(first + 1, last)


def _is_plain(view: TextView, first: int, last: int) -> bool:
    """Tell whether a span is one function word ("The"), which is no name."""
    word = view.words[first]
    return (
        last - first == 1
        and (first, last) not in view.exact
        and not (word.isupper() and len(word) > 1)
        and view.doc[first].is_stop
    )
