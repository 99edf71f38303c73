"""Supposed persons that the text uses as organisations: "the airline X", "X's stores", "X reports",
"chains such as X and Y"."""

import re
from collections.abc import Iterable, Iterator

from newsledger.lexicon.first_names import load_first_names
from newsledger.model.records import Entity
from newsledger.nlp.names.forms import load_name_heads, load_titles
from newsledger.nlp.names.frames import list_whole

_REACH = 60  # characters before a name in which a noun stands that tells what it is
_CALLED = re.compile(  # "CNN affiliate Larkin", "the airline Brenna Air"
    r"\b(?:affiliate|daily|newspaper|website|broadcaster|channel|news site|news agency|magazine"
    r"|weekly|tabloid|subsidiary|start-?up|law firm|think tank|consultancy|pressure group|airline"
    r"|carrier|retailer"
    r"|(?:supermarket|store|hotel|restaurant|coffee|food|retail) chain|discounter|insurer"
    r"|manufacturer|conglomerate|(?:\w+ist|rights|militant|armed|rebel|campaign|advocacy"
    r"|environmental) group) $"
)
_CALLED_APART = re.compile(r"\b(?:agency|consultancy|company|firm|charity|platform|network), $")
_HAS = re.compile(  # "X's store", "X shareholders"
    r"(?:[’']s?)? (?:stores?|shops?|supermarkets?|restaurants?|outlets?|subsidiar(?:y|ies)"
    r"|shareholders?|customers?|employees?|factor(?:y|ies)|headquarters|newsroom|readers"
    r"|web ?sites?|flights?|airliners?|fleet|share price|shares (?:rose|fell|were|have))\b"
)
_ITS = re.compile(r"(?:, (?:in|at|on|with|through|for)| [a-z]+(?:ed|s)(?: that| on| in)?) its\b")
_REPORTS = re.compile(r" reports\b(?! to\b)")
_LISTED = re.compile(  # "chains such as X, Y and Z"
    r"\b(?:chains|stores|retailers|supermarkets|airlines|carriers|banks|companies|firms|lenders"
    r"|insurers|newspapers|dailies|broadcasters|outlets|brands|rivals|agencies|charities)"
    r"(?:,? (?:such as|like|including))? "
    r"(?P<names>[A-Z][\w&’'-]*(?: [A-Z][\w&’'-]*)*(?:(?:, | and |, and | or )"
    r"[A-Z][\w&’'-]*(?: [A-Z][\w&’'-]*)*)*)"
)


def list_told_bodies(text: str, entities: Iterable[Entity]) -> Iterator[Entity]:
    """The supposed persons that the words around them tell to be organisations, wherever they are
    named; not who has a first name or a title, nor who bears the surname of somebody named in
    full."""
    people = [entity for entity in entities if entity.label == "PERSON"]
    surnames = {
        words[-1] for entity in people if len(words := entity.text.split()) > 1 and _is_named(words)
    }
    listed = [(found.start("names"), found.end("names")) for found in _LISTED.finditer(text)]
    told: dict[str, bool] = {}
    for entity in people:
        words = entity.text.split()
        if _is_named(words) or words[-1] in surnames:
            continue
        if entity.text not in told:
            named = list_whole(text, entity.text)
            told[entity.text] = _has_head(words) or any(
                _is_told(text, start, end) or any(a <= start and end <= b for a, b in listed)
                for start, end in named
            )
        if told[entity.text]:
            yield entity


def _is_named(words: list[str]) -> bool:
    """Whether a name begins with a first name or a title."""
    first = words[0].lower().strip(".")
    return first in load_first_names() or first in load_titles()


def _has_head(words: list[str]) -> bool:
    """Whether the last word of a name tells an organisation: "Brenna Airways"."""
    return len(words) > 1 and load_name_heads().get(words[-1].lower()) == "organisation"


def _is_told(text: str, start: int, end: int) -> bool:
    before = text[max(0, start - _REACH) : start]
    closed = text[end : end + 1] == ","
    return (
        _CALLED.search(before) is not None
        or (closed and _CALLED_APART.search(before) is not None)
        or any(pattern.match(text, end) for pattern in (_HAS, _ITS, _REPORTS))
    )
