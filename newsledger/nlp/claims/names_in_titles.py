"""Whose name stands at the end of a title: that of the source, or of whoever the source serves; and
where a name ends."""

from collections.abc import Callable, Sequence

from newsledger.model.enums import WordClass
from newsledger.model.records import Span
from newsledger.nlp.names.forms import load_titles
from newsledger.nlp.names.roles import load_gendered_nouns, load_role_nouns
from newsledger.nlp.parse.parsed import Word

_PEOPLE = frozenset({WordClass.OFFICIAL, WordClass.PERSON, WordClass.EXPERT, WordClass.EYEWITNESS})
_LINKS = frozenset({"of", "for", "to", "with"})


def is_served(title: Sequence[Word], find_class: Callable[[str], str | None]) -> bool:
    """Tell from the words before a name whether it is that of somebody whom the source only serves
    or is akin to: "a spokesman for Senator | Ana Lund", "the father of student | Omar Tal"; not
    "the director of the army hospital | Omar Tal" nor "Party for the People leader | Omar Tal".
    `find_class` tells the class of a source's noun."""
    links = [at for at, word in enumerate(title) if word.lower_ in _LINKS]
    if not links or not 0 < links[-1] < len(title) - 1:
        return False
    if find_class(title[links[0] - 1].lemma_.lower()) not in _PEOPLE:
        return False
    inner = title[links[-1] + 1 :]
    if any(word.is_punct and word.text != "." for word in inner):
        return False
    *others, last = (word for word in inner if not word.is_punct)
    if last.lower_ in load_role_nouns() or last.lower_ in load_gendered_nouns():
        return True
    is_bare = not any(word.pos_ in ("NOUN", "PROPN") and not _is_dress(word) for word in others)
    return _is_dress(last) and is_bare


def _is_dress(word: Word) -> bool:
    """Tell a title that only dresses a name: "Gov.", "Mr"."""
    return word.lower_.strip(".") in load_titles()


def cut_apposition(body: str, head: Word, span: Span) -> Span:
    """Cut what stands behind a name that nothing else knows: "Meng Fanli | , the city's chief"."""
    comma = body.find(",", head.idx + len(head), span.end)
    return span if comma < 0 else Span(span.start, comma)
