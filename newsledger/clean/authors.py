"""Who wrote an article, where several places name authors: the printed byline, linked data, meta
tags, links, the feed or record.

Each name is a person, an organisation, an account of the publisher's software, or nobody. People go
before organisations; an account is nobody's name. Where the byline names people and the page's data
others that stand nowhere on it, the byline counts.
"""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from newsledger.clean.credits import GENERATIONS, fold_capitals
from newsledger.clean.page.head import plain
from newsledger.lexicon.bylines import load_byline_words
from newsledger.lexicon.first_names import load_first_names
from newsledger.lexicon.outlets import find_agency, find_outlet
from newsledger.text.invisible import strip_marks

MAX_AUTHORS = 12
MAX_NAME = 60  # letters of a name; longer ones are sentences
LAST_LATIN = "\u024f"
MAX_WORDS = 5  # of a person's name
_BY = re.compile(r"^(?:(?:\w+ ){0,2}by|von|par|por)[:\s]+", re.IGNORECASE)  # "Analysis by"
_SPLIT = re.compile(r"\s*(?:;|,? and |,? & |,|\s[|/•·]\s)\s*")
# "Ana Silva - Special to the Courier", "Ana Silva for the Courier"
_HOUSE = re.compile(r"(?<=\w)\s+(?:[-–—]\s|(?:for|from|at|via|in) (?:the )?(?=[A-Z])).*$")
_NAME = re.compile(r"[^\W\d_][\w.’'-]*(?: [\w.’'-]+){1,4}")
_TAG = re.compile(r"<[^<>]{0,500}>")
_MAILED = re.compile(r"\s*\S+@\S+\s*\((?P<name>[^()]+)\)\s*")  # "desk@example.org (Ana Silva)"
_BRACKETS = re.compile(r"\s*[(\[][^()\[\]]*[)\]]")
_FULL_STOP = re.compile(r"(?<=[a-z]{3})\.$")  # not of "Jr."
_TURNED = re.compile(r"[^\W\d_][\w.’' -]{0,40}, [^\W\d_][\w.’' -]{0,40}")
_DEGREES = frozenset(
    "md phd mph mba ma msc ms bsc ba jd rn rd do dds dvm mbe obe cbe qc kc esq mp cfa "
    "cpa frcp".split()
)
_ACCOUNT = re.compile(
    r"(?=.*[\d_])\S+|[a-z]+(?:[-.][a-z]+)*"
)  # "watermark_feed", "editor2", "jsmith"
_ACRONYM = re.compile(r"[A-Z][A-Z&.]{1,5}")
_WORD = re.compile(r"[\w’']+")
_JOB = re.compile(
    r"\b(?:writer|editor|correspondent|reporter|contributor|columnist|bureau chief)s?$",
    re.IGNORECASE,
)
_TITLES = frozenset("dr prof sir dame lord lady rev mr mrs ms".split())


class Said(NamedTuple):
    """The names that one place gives, in its order, and how it is called in an explanation."""

    place: str
    names: tuple[str, ...]


class Authors(NamedTuple):
    """The authors, and why they are."""

    names: tuple[str, ...]
    reason: str


def choose_authors(
    printed: Sequence[str],
    said: Sequence[Said],
    sites: frozenset[str] = frozenset(),
    *,
    late: Sequence[Said | None] = (),
    last: Sequence[Said | None] = (),
    text: str = "",
) -> Authors:
    """Weigh the printed names against those that other places give, best place first.

    (1) People that are printed and that a place names too: the longer list of the two. (2) Where
    they are others, the printed ones, if those of the place stand nowhere in the page's `text` and
    are written in the same script, so that they could. (3) The people of the first place that names
    any. (4) The people of `late` places: links that may belong to another article. (5)
    Organisations, in the same order. (6) The people of the `last` places: links that may lead to
    people whom the article is about. Accounts of software are left out. `sites` are names of the
    outlet, folded.
    """
    printed = [_write_name(name) for name in printed]
    on_page = list(_people(printed, sites))
    people = next(
        (Said(place, found) for place, names in said if (found := _people(names, sites))), None
    )
    if on_page and people:
        return _weigh(on_page, people, text)
    if on_page:
        others = [name for _, names in said for name in names]
        rest = f"; {_list(others)} is no person" if others else ""
        return Authors(tuple(on_page), f"printed{rest}")
    if people:
        return Authors(people.names, people.place)
    for place, names in filter(None, late):
        if found := _people(names, sites):
            return Authors(found, f"{place}; nothing else names a person")
    places = [*said, Said("printed", tuple(printed)), *filter(None, late)]
    houses = _choose_organisation(places, sites)
    if houses.names:
        return houses
    for place, names in filter(None, last):
        if found := _people(names, sites):
            return Authors(found, f"{place}; nothing else names anybody")
    return houses


def _choose_organisation(said: Sequence[Said], sites: frozenset[str]) -> Authors:
    """Choose the organisation where nobody names a person: the outlet itself last."""
    houses = [
        Said(place, tuple(name for name in names if kind_of(name, sites) == "organisation"))
        for place, names in said
    ]
    for place, names in sorted(
        houses, key=lambda house: any(n.casefold() in sites for n in house.names)
    ):
        if names:
            return Authors(names, f"{place}: an organisation; nobody names a person")
    return Authors((), "no name")


def _weigh(printed: list[str], said: Said, text: str) -> Authors:
    """Weigh the people of the byline against those that a place names."""
    if _covers(said.names, printed):
        return Authors(said.names, f"{said.place}, and printed")
    if _covers(printed, said.names):
        return Authors(tuple(printed), f"printed, more than {said.place} names")
    folded = _fold(text)
    is_unseen = all(
        _fold(name) not in folded and _is_latin(name) == _is_latin(printed[0])
        for name in said.names
    )
    if is_unseen:
        return Authors(tuple(printed), f"printed; {said.place} names {_list(said.names)}, unseen")
    return Authors(said.names, f"{said.place}; the byline names {_list(printed)}")


def _is_latin(name: str) -> bool:
    return all(letter <= LAST_LATIN for letter in name if letter.isalpha())


def _people(names: Iterable[str], sites: frozenset[str]) -> tuple[str, ...]:
    """The people of a list, with the agencies beside them; none without a person."""
    kinds = {name: kind_of(name, sites) for name in names}
    if "person" not in kinds.values():
        return ()
    return tuple(
        name
        for name, kind in kinds.items()
        if kind == "person" or (find_agency(name) and _fold(name) not in sites)
    )


def _list(names: Sequence[str]) -> str:
    return ", ".join(names)


def _covers(names: Sequence[str], others: Sequence[str]) -> bool:
    """Whether each of the other names is among the names, written in full or shorter."""
    keys = [frozenset(_fold(name).split()) for name in names]
    return all(any(frozenset(_fold(other).split()) <= key for key in keys) for other in others)


def _fold(name: str) -> str:
    return re.sub(r"[^\w]+", " ", name).casefold().strip()


def kind_of(name: str, sites: frozenset[str] = frozenset()) -> str:
    """Tell whose name it is: person, organisation, account (of software or a newsroom: "Web
    Desk"), or nobody ("Image: …", "Episode Description")."""
    words = [word.casefold() for word in _WORD.findall(name)]
    uses = load_byline_words()
    if not words or not uses["no_author"].isdisjoint(words) or ":" in name:
        return "nobody"
    if (
        _ACCOUNT.fullmatch(name)
        or not uses["account"].isdisjoint(words)
        or words[-1] in uses["newsroom"]
        or (uses["generic"] | uses["desk"] | uses["job"]).issuperset(words)
    ):
        return "account"
    if (
        " ".join(name.casefold().split()) in sites
        or find_outlet(name)
        or find_agency(name)
        or _ACRONYM.fullmatch(name)
        or words[0] == "the"
    ):
        return "organisation"
    if words[0] in load_first_names() and 2 <= len(words) <= MAX_WORDS:
        is_house = not uses["organisation"].isdisjoint(words)
    else:
        is_house = not (uses["organisation"] | uses["house"]).isdisjoint(words)
    is_written = any(letter.isupper() or letter.islower() for letter in name)
    if is_house or (is_written and (len(words) == 1 or len(words) > MAX_WORDS + 2)):
        return "organisation"
    return "person"


def clean_names(names: Sequence[str]) -> list[str]:
    """Clean names of authors: lists are split, markup, "By", degrees and addresses go, each is kept
    once."""
    found: dict[str, str] = {}
    for raw in names:
        text = _TAG.sub(" ", plain(strip_marks(raw)))
        mailed = _MAILED.fullmatch(text)
        text = mailed["name"] if mailed else _BRACKETS.sub("", text)
        for name in _split_names(_BY.sub("", " ".join(text.split()))):
            name = name.strip(" ,;|")
            key = _fold(name)
            is_address = "@" in name or "://" in name or name.startswith("www.")
            name = _write_name(_turn_name(_HOUSE.sub("", name)))
            if (
                key
                and key not in load_byline_words()["nobody"]
                and len(name) <= MAX_NAME
                and not is_address
                and not _JOB.search(name)
            ):
                found.setdefault(key, name)
    return list(found.values())[:MAX_AUTHORS]


def _write_name(name: str) -> str:
    """Write a name as names are: not in capitals, not in small letters, without the outlet's or an
    agency's name behind it."""
    words = name.split()
    for at in range(2, len(words)):
        house = " ".join(words[at:])
        if find_outlet(house) or find_agency(house) == house:
            words = words[:at]
            break
    name = _FULL_STOP.sub("", " ".join(words))
    if name.islower() and len(words) in (2, 3):
        return " ".join(word.capitalize() for word in words)
    return fold_capitals(name)


def is_full_name(name: str) -> bool:
    """Whether a name has two words or more, and nothing that no name has."""
    return _NAME.fullmatch(name) is not None


def turn_cited(name: str) -> str:
    """Turn a name round that is given as citations have it, the family name first: "Ferran,
    Manny"."""
    text = plain(name)
    if not _TURNED.fullmatch(text):
        return text
    last, _, first = text.partition(", ")
    return text if _bare(first) in GENERATIONS | _DEGREES else f"{first} {last}"


def _turn_name(name: str) -> str:
    """Turn "Silva, Ana" round, where the second word is a first name and the first is none."""
    last, comma, first = name.partition(", ")
    names = load_first_names()
    is_turned = (
        comma and " " not in first + last and first.lower() in names and last.lower() not in names
    )
    return f"{first} {last}" if is_turned else name


def _bare(word: str) -> str:
    return word.replace(".", "").strip().casefold()


def _split_names(text: str) -> list[str]:
    """Split a list of names, degrees and jobs cut off; what does not begin with a full name stays
    whole: "Silva, Ana", "Reuters and AFP, Manila"."""
    parts = [part for part in _SPLIT.split(text) if part]
    if len(parts) < 2 or not _NAME.fullmatch(parts[0]) or find_agency(parts[0]):
        return [part for part in re.split(r"\s*;\s*", text) if part]
    kept: list[str] = []
    for part in parts:
        if _bare(part) in GENERATIONS:
            kept[-1] = f"{kept[-1]}, {part}"
        elif _NAME.fullmatch(part) or _ACRONYM.fullmatch(part):
            kept.append(part)
        elif _bare(part) not in _DEGREES and not _is_aside(part):
            return [part for part in re.split(r"\s*;\s*", text) if part]
    return [name for name in kept if _bare(name) not in _DEGREES]


def _is_aside(part: str) -> bool:
    """Whether a part of a list is no name: a job, a place, an outlet of one word."""
    return _WORD.fullmatch(part) is not None and part[:1].isupper()
