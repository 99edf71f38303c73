"""Names of organisations that the text itself states, whatever the weights say of them.

Four are certain enough: the long form of an acronym that is an organisation, a curated name of
several words, a name behind or before a noun for one ("Hope for Larkin, a charity,", "the charity
Hope for Larkin said"), and a name with the noun of one at its end that a possessive or an ordinal
cuts off ("St Brigid's Hospital", "the 47th Mechanized Brigade").
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from newsledger.lexicon.actors import load_seed_actors
from newsledger.lexicon.first_names import load_first_names
from newsledger.lexicon.gazetteer import country_of_demonym, find_kind
from newsledger.model.enums import EntityLabel
from newsledger.model.records import Entity, Span
from newsledger.nlp.names.contexts import EDGE, NO_WORD, Context, find_in_context, list_occurrences
from newsledger.nlp.names.forms import initials_of, load_name_heads, load_titles
from newsledger.nlp.names.kinds import (
    find_description_before,
    find_description_behind,
    find_kind_by_head,
    load_kind_words,
)
from newsledger.nlp.names.text_view import Candidate, TextView

_UNIT = (
    r"(?:Army|Corps|Division|Brigade|Regiment|Battalion|Squadron|Fleet|Airborne|Infantry"
    r"|Cavalry|Wing)"
)
_NUMBERED = re.compile(
    rf"\b\d{{1,3}}(?:st|nd|rd|th)(?: [A-Z][\w-]+){{0,3}} {_UNIT}\b(?: (?:Division|Brigade"
    rf"|Regiment|Battalion|Corps))?"
)
_OWNED = re.compile(
    r"\b(?:St\.? |Saint )?[A-Z][\w-]+(?:['’]s|s['’]) "
    r"(?:Hospital|University|College|School|Academy|Church|Cathedral|Hospice|Clinic"
    r"|Institute|Union|Federation|Association|Alliance|Council|Party|Trust|Club)\b"
)
_NAMED = re.compile(
    r"\b(?:[Tt]he|[Tt]heir|[Ii]ts|official|state-run) (?P<name>[A-Z]\w+(?: "
    r"[A-Z]\w+){0,2}) (?:gang|cartel|militant group|rebel group|news agency|newspaper"
    r"|news site|broadcaster|magazine|charity|airline)\b(?! \w+(?:er|or|ist|man|member|boss)s?\b)"
)
# a place that is a body, too, where the text lets it speak: "Larkin Zoo", and "the zoo said"
_INSTITUTION = re.compile(
    r"\b(?P<name>(?:[A-Z][\w-]+ ){1,3}(?P<noun>Zoo|Museum|Hospital|University|College"
    r"|School|Airport|Church|Theatre|Theater|Library|Gallery|Prison|Aquarium|Club))\b"
)
_SPEAKS = r"(?:said|says|has said|announced|added|told|wrote|tweeted|confirmed|denied|warned)\b"
_BEFORE_SPEECH = Context(NO_WORD, re.compile(f" {_SPEAKS}"))
_BEHIND_SPEECH = Context(re.compile(rf"{_SPEAKS} \Z"), EDGE)
_CLOSED = re.compile(
    r"[,.;)]| (?:in|of|for|that|which|based|run|led|working|founded|with|from|known"
    r"|backed|linked)\b"
)
_OPENING = re.compile(
    r"(?:^|[.!?”\"]\s+|\n)(?:In|At|From|Near|On|Outside) $"
)  # "In Rovena, a charity of nurses said"
_OTHERS = frozenset(
    {"PERSON", "GPE", "LOC", "FAC", "WORK_OF_ART", "EVENT", "LAW", "PRODUCT"}
)  # of the model: read as something else
_OPENING_REACH = 12  # characters before a name in which a preposition opens the sentence
_LETTERS = 3  # of an acronym that no words introduce


def apply_stated_names(
    view: TextView, candidates: Sequence[Candidate], found: Sequence[Entity]
) -> tuple[Entity, ...]:
    """Put the stated names in the place of those that they overlap; a longer name of an
    organisation stays."""
    stated: list[Entity] = []
    for start, end, rule in sorted(
        _list_stated(view, candidates, found), key=lambda item: (item[0], -item[1])
    ):
        rivals = [entity for entity in found if entity.start < end and start < entity.end]
        is_known = any(
            entity.label == EntityLabel.ORG and entity.start <= start and end <= entity.end
            for entity in rivals
        )
        if not is_known and (not stated or stated[-1].end <= start):
            stated.append(Entity(start, end, view.text[start:end], EntityLabel.ORG, rule))
    if not stated:
        return tuple(found)
    kept = [
        entity
        for entity in found
        if not any(one.start < entity.end and entity.start < one.end for one in stated)
    ]
    return tuple(sorted((*kept, *stated), key=lambda entity: entity.start))


def _list_stated(
    view: TextView, candidates: Sequence[Candidate], found: Sequence[Entity]
) -> Iterator[tuple[int, int, str]]:
    text = view.text
    groups = [entity for entity in found if entity.label == EntityLabel.ORG]
    yield from _list_long_forms(view, candidates, {group.text for group in groups})
    for candidate in candidates:
        if candidate.key not in _curated() or any(
            group.start < candidate.end and candidate.start < group.end for group in groups
        ):
            continue
        if (
            candidate.last == len(view.words) or not view.words[candidate.last][0].isupper()
        ):  # not "… Council Resolution 2254"
            yield candidate.start, candidate.end, "seeds/actors.csv"
    for match in _NUMBERED.finditer(text):
        yield *match.span(), "unit with its number"
    for match in _OWNED.finditer(text):
        if (
            _is_inside(text, match.start())
            and find_kind(re.split("['’]", match.group())[0]) is None
        ):
            yield *match.span(), "name with its noun"
    for match in _NAMED.finditer(text):
        if all(
            find_kind(word) is None and country_of_demonym(word) is None
            for word in match["name"].split()
        ):
            yield *match.span("name"), "name before its noun"
    yield from _list_institutions(text)
    yield from _list_described(view, candidates)


def _list_institutions(text: str) -> Iterator[tuple[int, int, str]]:
    """The names of places that speak as bodies."""
    for match in _INSTITUTION.finditer(text):
        if not match["name"].startswith("The ") and _lets_speak(text, match["name"], match["noun"]):
            yield *match.span("name"), "institution that speaks"


def _lets_speak(text: str, name: str, noun: str) -> bool:
    """Whether a text lets a body speak, by its name or its noun: "the zoo said", "said the zoo"."""
    the = f"the {noun.lower()}"
    speakers = list_occurrences(text, (the, the.capitalize(), name))
    return any(find_in_context(text, speakers, (_BEFORE_SPEECH,))) or any(
        find_in_context(text, list_occurrences(text, (the,)), (_BEHIND_SPEECH,))
    )


def _list_long_forms(
    view: TextView, candidates: Sequence[Candidate], groups: set[str]
) -> Iterator[tuple[int, int, str]]:
    """The organisations that acronyms stand for: introduced by the text, or told by their initials
    alone ("… of the LAK")."""
    for acronym, long in view.acronyms.items():
        if acronym in groups and _is_group(long):
            yield from ((*span, f"long form of {acronym}") for span in _find_all(view.text, long))
    unexplained = {
        group for group in groups if group.isupper() and group.isalpha() and len(group) >= _LETTERS
    } - set(view.acronyms)
    for candidate in candidates if unexplained else ():
        words = candidate.key.split()
        short = min(unexplained & set(initials_of(words)), default=None)
        if short and len(words) >= _LETTERS and words[0][0].isupper() and _is_group(candidate.key):
            yield candidate.start, candidate.end, f"long form of {short}"


def _is_group(name: str) -> bool:
    """Whether the head noun of a name is that of an organisation: "Party of National Renewal", not
    "Status of Forces Agreement"."""
    head = re.split(r" (?:of|for|on|in|against|to) ", name)[0].split()
    return len(name.split()) > 1 and (
        find_kind_by_head(head[-1]) is not None
        or load_name_heads().get(head[-1].lower()) == "organisation"
    )


def _list_described(
    view: TextView, candidates: Sequence[Candidate]
) -> Iterator[tuple[int, int, str]]:
    """The longest candidates in front of ", a charity," or behind "the charity"."""
    for candidate in candidates:
        is_before = _is_described_before(view, candidate)
        if not is_before and not (
            view.text.startswith(", ", candidate.end) and _is_described_behind(view, candidate)
        ):
            continue
        if _is_person(candidate) or " and " in candidate.key:
            continue
        is_part = (
            other.start == candidate.start and other.end > candidate.end for other in candidates
        )
        if not any(is_part) if is_before else not _is_part(candidate, candidates):
            yield candidate.start, candidate.end, "described as an organisation"


def _is_described_behind(view: TextView, candidate: Candidate) -> bool:
    """Read "X, a charity in Leeds" where X is a name of several words, or of one that the parser
    takes for a name."""
    text, end = view.text, candidate.end
    is_long = " " in candidate.key
    is_other = view.exact.get((candidate.first, candidate.last)) in _OTHERS and not (
        is_long and find_kind(candidate.key) is None
    )
    if is_other or not (is_long or view.doc[candidate.first].tag_.startswith("NNP")):
        return False
    found = find_description_behind(text, end)
    is_closed = found is not None and _CLOSED.match(text, end + found.end()) is not None
    return is_closed and not _OPENING.search(
        text[max(0, candidate.start - _OPENING_REACH) : candidate.start]
    )


def _is_described_before(view: TextView, candidate: Candidate) -> bool:
    """Read "the charity X" where X is a name of several words that the model does not take for a
    person."""
    if (
        candidate.first == 0
        or view.words[candidate.first - 1] not in _last_words()
        or " " not in candidate.key
    ):
        return False
    is_person = view.exact.get((candidate.first, candidate.last)) == EntityLabel.PERSON
    return not is_person and find_description_before(view.text, candidate.start) is not None


def _is_part(candidate: Candidate, candidates: Iterable[Candidate]) -> bool:
    return any(other.end == candidate.end and other.start < candidate.start for other in candidates)


def _is_person(candidate: Candidate) -> bool:
    first, *rest = candidate.key.split()
    word = first.lower().strip(".")
    return word in load_titles() or (
        word in load_first_names() and all(other[0].isupper() for other in rest)
    )  # "Hope for Larkin"


def _is_inside(text: str, start: int) -> bool:
    """Tell whether a word has its capital from being a name, not from beginning a sentence; "St"
    has it always."""
    return text.startswith("St", start) or bool(
        re.search(r"[\w,;’'] (?:the |at |from |by )?$", text[max(0, start - 6) : start])
    )


def _find_all(text: str, name: str) -> Iterator[Span]:
    for match in re.finditer(rf"\b{re.escape(name)}\b", text):
        yield Span(*match.span())


@cache
def _curated() -> frozenset[str]:
    """Curated names of three words or more, and of two where one is no English word (an accent
    tells)."""
    names = {name for seed in load_seed_actors().values() for name in (seed.name, *seed.aliases)}
    return frozenset(
        name for name in names if name.count(" ") >= 2 or (" " in name and not name.isascii())
    )


@cache
def _last_words() -> frozenset[str]:
    return frozenset(noun.split()[-1] for noun in load_kind_words()["description"])
