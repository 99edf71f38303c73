"""Sources that are media though their names alone tell something else: "Forbes", "Al-Qabas daily",
"The Hill"."""

import re
from dataclasses import replace

from newsledger.model.enums import SourceType
from newsledger.model.records import Actor
from newsledger.nlp.claims.hops import find_outlet_type, fold_name, load_outlet_kinds
from newsledger.nlp.claims.sources import Source

_OPEN = frozenset({SourceType.ORGANISATION, SourceType.NAMED_PERSON})
_BEHIND = re.compile(
    r" (?:daily|weekly|newspaper|magazine|broadcaster|news (?:agency|site|website))\b"
)
_TITLE = re.compile(r"The [A-Z]\w+")
_BEGINS = re.compile(r"(?:^|[.!?\n][\"”'’)]*\s*)$")


def as_outlet(text: str, source: Source, actor: Actor | None) -> Source:
    """Take a source for a medium where the list of outlets, the word behind it or a title with
    "The" inside a sentence tells so; no person is called "The Hill"."""
    if source.source_type not in _OPEN or not source.is_named or source.span is None:
        return source
    name = actor.name if actor is not None else source.text
    is_person = actor is not None and bool(actor.gender or actor.roles)
    is_listed = not is_person and all(
        fold_name(each) in load_outlet_kinds() for each in (name, source.text)
    )
    is_told = _BEHIND.match(text, source.span.end) is not None
    if is_listed or is_told:
        kind = find_outlet_type(name)
        return replace(
            source, source_type=SourceType.INDEPENDENT_MEDIA if kind == SourceType.UNKNOWN else kind
        )
    if (
        source.source_type == SourceType.NAMED_PERSON
        and not is_person
        and _TITLE.fullmatch(source.text)
    ):
        is_first = _BEGINS.search(text, 0, source.span.start) is not None
        return replace(
            source,
            source_type=SourceType.ORGANISATION if is_first else SourceType.INDEPENDENT_MEDIA,
        )
    return source
