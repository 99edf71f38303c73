"""Which of two subjects does it, where the parser gives a verb two."""

from newsledger.model.enums import EntityLabel
from newsledger.nlp.parse.parsed import Word

_HALVES = frozenset({"co", "vice"})  # of "co-author", which the parser takes apart


def find_doubled(verb: "Word") -> "Word | None":
    """The second of two subjects before a verb, behind a comma, where the parser lost the verb of
    the first: "The claim is false, the agency said", or a colon: "Split: Ana Lund announced"; not a
    place that ends the first one."""
    doers = [child for child in verb.lefts if child.dep_ in {"nsubj", "nsubjpass"}]
    if len(doers) < 2 or verb.doc[doers[-1].left_edge.i - 1].text not in {",", ":"}:
        return None
    return None if doers[-1].ent_type_ == EntityLabel.GPE else doers[-1]


def find_titled(doers: "list[Word]") -> "Word":
    """Find the name behind a title that the parser takes for a subject of its own: "study
    co-author | Professor Ona Moe said"; else the first subject."""
    *titles, last = doers
    is_name = last.ent_type_ == EntityLabel.PERSON and last.pos_ == "PROPN"
    is_half = bool(titles) and titles[0].lower_ in _HALVES
    is_whole = is_half or (is_name and all(word.pos_ == "NOUN" for word in titles))
    return last if is_whole else doers[0]
