"""Who does it in a passive: "by the mayor", "was called a liar by fellow pilots"."""

from newsledger.model.records import Span
from newsledger.nlp.attribution.constructions.document import IndexedText
from newsledger.nlp.attribution.source_spans import find_source
from newsledger.nlp.claims.sources import can_speak
from newsledger.nlp.parse.parsed import Word

_MEANS = frozenset(
    "e-mail email fax letter message phone post radio satellite telephone text video".split()
)  # "confirmed by telephone"


def is_means(noun: "Word") -> bool:
    """Whether "by …" tells how and not by whom: "confirmed by telephone", but "reported by The
    Larne Post"."""
    return noun.pos_ == "NOUN" and not noun.ent_type_ and noun.lemma_.lower() in _MEANS


def find_agent(verb: "Word") -> "Word | None":
    """Find who does it in a passive: "by the mayor"."""
    for child in verb.children:
        if child.dep_ == "agent" or (child.dep_ == "prep" and child.lower_ == "by"):
            for grand in child.children:
                if grand.dep_ == "pobj" and not is_means(grand):
                    return grand
    for child in (
        verb.rights
    ):  # "blamed on rebels by the army", where the parser hangs the army on the rebels
        for grand in child.rights if child.dep_ == "prep" else ():
            by = next(
                (token for token in grand.rights if token.dep_ == "prep" and token.lower_ == "by"),
                None,
            )
            if by is not None:
                return next((token for token in by.rights if token.dep_ == "pobj"), None)
    return _find_labeller(verb)


def _find_labeller(verb: "Word") -> "Word | None":
    """Find who gives a label, hung on the label: "was called a liar by fellow pilots"."""
    labels = [child for child in verb.rights if child.dep_ == "oprd"]
    for label in (word for child in labels for word in (child, *child.conjuncts)):
        for by in (child for child in label.rights if child.lower_ == "by"):
            agent = next((word for word in by.rights if word.dep_ == "pobj"), None)
            if agent is not None and can_speak(agent):
                return agent
    return None


def find_agent_span(indexed: IndexedText, verb: "Word") -> tuple[Span, ...]:
    agent = find_agent(verb)
    return find_source(indexed.doc, indexed.text, agent, verb) if agent is not None else ()
