"""Names of offices that run into the name of who holds them: "President of Norland Ana Lund"."""

import re
from dataclasses import replace
from typing import Literal

from newsledger.lexicon.first_names import load_first_names
from newsledger.lexicon.gazetteer import find_kind
from newsledger.model.enums import EntityLabel, LocationKind
from newsledger.model.records import Entity
from newsledger.nlp.names.forms import load_titles
from newsledger.nlp.names.kinds import find_kind_by_head, load_kind_words
from newsledger.nlp.names.roles import load_role_nouns

_OFFICE = re.compile(r"\b(?P<noun>[A-Za-z-]+) (?:of|for) (?:the )?$")
_OF_ONE_NAMED = re.compile(r"[A-Z][\w’'-]+, (?:an? |the )?(?:[\w-]+ ){1,3}(?:of|for) (?:the )?\Z")
_REACH = 40  # code points before a name in which the noun of an office stands
_MIN_NAME = 2  # words of a name that runs on behind a country or field


def find_holder(text: str, entity: Entity) -> tuple[Entity, ...] | None:
    """Cut a name behind "president of" into what the office is of and who holds it; `None` where
    it is one name."""
    office = _OFFICE.search(text[max(0, entity.start - _REACH) : entity.start])
    if office is None or not _is_office(office["noun"]):
        return None
    words = list(re.finditer(r"\S+", entity.text))
    if len(words) <= _MIN_NAME:
        return None
    if is_of_one_named(text, entity):
        return None
    for at in range(1, len(words) - _MIN_NAME + 1):
        body, cut = entity.text[: words[at - 1].end()], words[at].start()
        label = _find_label(body, words[at].group())
        is_name = all(word.group()[:1].isupper() for word in words[at:])
        is_name = is_name and find_kind_by_head(entity.text[cut:]) is None
        if label is None or not is_name or len(words) - at > _MIN_NAME + 1:
            continue
        holder = replace(
            entity, start=entity.start + cut, text=entity.text[cut:], label=EntityLabel.PERSON,
            rule="holder of an office",
        )  # fmt: skip
        if label == "":
            return (holder,)
        whole = replace(entity, end=entity.start + len(body), text=body, label=label, rule="office")
        return (whole, holder)
    return None


def is_of_one_named(text: str, entity: Entity) -> bool:
    """Whether the office in front of a name is that of somebody named before it, so that the name
    is a body's: "Ana Lund, president of Norland Women's Circle"."""
    return _OF_ONE_NAMED.search(text, max(0, entity.start - _REACH), entity.start) is not None


def _is_office(noun: str) -> bool:
    return noun.lower() in load_role_nouns() or noun.lower() in load_titles()


def _find_label(body: str, first: str) -> EntityLabel | Literal[""] | None:
    """Find the label of what stands before a name that begins with the word `first`: of a country,
    of a body (only before a first name); empty for a field ("Minister of Health"), which names
    nothing."""
    if find_kind(body) == LocationKind.COUNTRY:
        return EntityLabel.GPE
    last = body.split()[-1].lower()
    if last in load_kind_words()["field"]:
        return ""
    is_body = last in load_kind_words()["name"] or last in load_kind_words()["institution"]
    return EntityLabel.ORG if is_body and first.lower() in load_first_names() else None
