"""Read test texts whose spans are marked: `<s>` source, `<q>` cue, `<c>` content."""

import re

from newsledger.model.records import Attribution, Span

_TAG = re.compile(r"<(/?)([sqc])>")


def read_marked(marked: str, **fields: object) -> tuple[str, Attribution]:
    """Take the marks out of a text and make the attribution they describe; `fields` override its
    values."""
    text, at = "", 0
    opened: dict[str, int] = {}
    spans: dict[str, list[Span]] = {"s": [], "q": [], "c": []}
    for tag in _TAG.finditer(marked):
        text += marked[at : tag.start()]
        at = tag.end()
        if tag[1]:
            spans[tag[2]].append(Span(opened.pop(tag[2]), len(text)))
        else:
            opened[tag[2]] = len(text)
    text += marked[at:]
    values = {
        "form": "indirect",
        "cue_class": "speech",
        "cue_stance": "neutral",
        "cue_lemma": "say",
        "construction": "clause",
    } | fields
    return text, Attribution(tuple(spans["c"]), tuple(spans["s"]), tuple(spans["q"]), **values)
