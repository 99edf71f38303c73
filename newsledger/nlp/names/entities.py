"""Names in a text and their type, consistent over the document.

The model's entities are one reading among others: `name_features` lists the spans that may be names
and what is known of each, `name_model` weighs them and chooses. `Entity.rule` is "model" where the
model's reading stands, else the feature that spoke most for the new one.

Three readings are certain enough to overrule it: a dateline holds places; "X, a town in …" is a
place and "X, a company in …" an organisation; "Wrekin Buses" is no person where no word is a first
name. `stated_names` adds those that the text states in full.
"""

import re

from newsledger.lexicon.actors import fold, load_seed_actors
from newsledger.lexicon.first_names import load_first_names
from newsledger.lexicon.gazetteer import load_gazetteer
from newsledger.model.enums import ActorKind, EntityLabel, LocationKind
from newsledger.model.records import Entity
from newsledger.nlp.names.candidates import find_candidates
from newsledger.nlp.names.features import describe_candidate
from newsledger.nlp.names.forms import load_name_heads
from newsledger.nlp.names.kinds import find_description_behind
from newsledger.nlp.names.model import FoundName, find_names, find_reason
from newsledger.nlp.names.stated import apply_stated_names
from newsledger.nlp.names.text_view import TextView
from newsledger.nlp.parse.parsed import ParsedText

ORIGIN = "entities/3"
LABELS: frozenset[str] = frozenset(EntityLabel)
_DATELINE = re.compile(
    r"\s*(?!.{0,30}\bCO\. )(?P<places>[A-Z][A-Z .’'-]{2,}(?:, [A-Z][\w. ]{1,30})?)(?: "
    r"\([^)\n]{2,30}\))? ?(?:[—–]|--?) "
)
# "PLYMOUTH CO." may be a company
_BUSINESS = re.compile(  # "tour operator Sunfleet": nouns that are no people's
    r"\b(?:company|firm|airline|operator|giant|conglomerate|retailer|insurer|reinsurer"
    r"|start-?up|lender|shipyard|brewery|utility|supplier|wholesaler|studio"
    r"|(?:car|auto|drug|chip|plane|steel|ship|truck|tyre|tire|phone|toy|arms|battery"
    r"|engine|aircraft)-?(?:maker|builder)"
    r"|supermarket|supermarket chain|manufacturer|shipping line|charity|broadcaster|news agency) $",
    re.IGNORECASE,
)
_BUSINESS_NAME = re.compile(
    r"(?:Airline|Insurer|Reinsurer|Retailer|Lender|(?:Car|Auto|Drug|Chip|Plane|Steel|Ship"
    r"|Truck|Tyre|Tire)(?:maker|builder)) (?=[A-Z][a-z])"
)
_WHICH = re.compile(r", which\b")
_OWN_THINGS = re.compile(
    r" (?:(?:has|had) )?\w+(?:ed|s|id|t) (?:that )?its\b"
)  # "Velkro said its sales rose"
_BUSINESS_REACH = 24  # characters before a name
_AREA_KINDS = frozenset({LocationKind.REGION, LocationKind.WATER})


def find_entities(doc: "ParsedText") -> tuple[Entity, ...]:
    """Find the names of a parsed document, in reading order, not overlapping."""
    view = TextView(doc)
    dateline = _DATELINE.match(view.text)
    dateline_end = dateline.end("places") if dateline else 0
    found = []
    candidates = find_candidates(view)
    for name in find_names(view, candidates):
        told = _label_of(view, name)
        start, end = name.candidate.start, name.candidate.end
        if told in LABELS and any(map(str.isalnum, view.text[start:end])):  # no lone U+200B
            label = EntityLabel(told)
            rule = "model" if name.candidate.label == label else f"learned: {find_reason(name)}"
            if label in {EntityLabel.PERSON, EntityLabel.ORG}:
                label, rule = (
                    (EntityLabel.GPE, "dateline")
                    if end <= dateline_end
                    else _overrule(view, name, label) or (label, rule)
                )
            if label == EntityLabel.ORG and (noun := _BUSINESS_NAME.match(view.text, start, end)):
                start = noun.end()
            found.append(
                Entity(start, end, view.text[start:end], label, rule, round(name.score, 3))
            )
    return apply_stated_names(view, candidates, found)


def _overrule(
    view: TextView, name: FoundName, label: EntityLabel
) -> tuple[EntityLabel, str] | None:
    """Find the label that the text states for a supposed person, where it is another one, and
    why."""
    if label != EntityLabel.PERSON:
        return None
    words = name.candidate.key.split()
    is_named = words[0].lower() in load_first_names()
    if describe_candidate(view, name.candidate) == "place noun" and not is_named:
        return EntityLabel.GPE, "described as a place"
    found = _overrule_single(view, name, words[0]) if len(words) == 1 else None
    if found is None and not any(word.lower() in load_first_names() for word in words):
        found = _overrule_unnamed(view, name, words)
    if found is None and len(words) > 1 and not is_named:
        is_other = view.exact.get((name.candidate.first, name.candidate.last)) != EntityLabel.PERSON
        if is_other and find_description_behind(view.text, name.candidate.end):
            found = "described as an organisation"
    return (EntityLabel.ORG, found) if found else None


def _overrule_single(view: TextView, name: FoundName, word: str) -> str | None:
    """Say why a single word that is no surname of the text is an organisation, if it is."""
    if word in view.surnames:
        return None
    start, end = name.candidate.start, name.candidate.end
    if find_description_behind(view.text, end):
        return "described as an organisation"
    if word.lower() not in load_first_names():
        seed = load_seed_actors().get(fold(word))
        if seed is not None and seed.kind != ActorKind.PERSON:
            return "seeds/actors.csv"
        if _BUSINESS.search(view.text[max(0, start - _BUSINESS_REACH) : start]):
            return "described as an organisation"
        if _OWN_THINGS.match(view.text, end):
            return "speaks of what is its"
    return "has a board or shares" if word in view.traded else None


def _overrule_unnamed(view: TextView, name: FoundName, words: list[str]) -> str | None:
    """Say why words none of which is a first name are an organisation, if they are."""
    opens = view.doc[name.candidate.first].is_sent_start
    if opens and _WHICH.match(view.text, name.candidate.end):
        return "is a which"  # nothing before it that "which" could speak of
    if len(words) == 2 and _BUSINESS.match(words[0] + " "):
        return "described as an organisation"  # "Carmaker Brenner" at the beginning of a sentence
    is_head = load_name_heads().get(words[-1].lower()) == "organisation"
    if len(words) > 1 and not words[-1].isupper() and is_head:
        return f"head: {words[-1]}"
    return None


def _label_of(view: TextView, name: FoundName) -> str:
    """The label in the model's terms: a place is GPE where people govern it, LOC where it is a
    region or a water."""
    if name.label != "PLACE":
        return name.label
    known = {
        view.entity_at[i][2]
        for i in range(name.candidate.first, name.candidate.last)
        if i in view.entity_at
    } & {EntityLabel.GPE, EntityLabel.LOC}
    if len(known) == 1:
        return known.pop()
    places = [
        candidate.place
        for candidate in load_gazetteer().find(name.candidate.key)
        if candidate.is_main
    ]
    if places:
        return EntityLabel.LOC if places[0].kind in _AREA_KINDS else EntityLabel.GPE
    return (
        EntityLabel.LOC
        if load_name_heads().get(name.candidate.key.split()[-1].lower()) == "landscape"
        else EntityLabel.GPE
    )
