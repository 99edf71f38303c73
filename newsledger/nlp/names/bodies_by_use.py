"""Supposed persons that the text uses as organisations: "the airline X", "X's stores", "X reports",
"chains such as X and Y"."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from newsledger.lexicon.actors import find_seed_actor
from newsledger.lexicon.family_names import load_family_names
from newsledger.lexicon.first_names import load_first_names
from newsledger.lexicon.gazetteer import find_kind
from newsledger.model.enums import ActorKind, EntityLabel, LocationKind
from newsledger.model.records import Entity
from newsledger.nlp.names.contexts import list_whole
from newsledger.nlp.names.forms import load_name_heads, load_titles
from newsledger.nlp.names.kinds import find_kind_by_head

_REACH = 60  # characters before a name in which a noun stands that tells what it is
_CALLED = re.compile(  # "CNN affiliate Larkin", "the airline Brenna Air"
    r"\b(?:affiliate|daily|newspaper|paper|website|broadcaster|channel|news site|news agency"
    r"|magazine"
    r"|weekly|tabloid|subsidiary|start-?up|law firm|think tank|consultancy|pressure group|airline"
    r"|carrier|retailer"
    r"|(?:supermarket|store|hotel|restaurant|coffee|food|retail) chain|discounter|insurer"
    r"|manufacturer|conglomerate|(?:\w+ist|rights|militant|armed|rebel|campaign|advocacy"
    r"|environmental) group|journal) (?:The )?[“‘'\"]?$"
)
_CALLED_SO = re.compile(  # "the rock band Brenna", "its digital platform Brenna"
    r"\b(?:[Tt]he|[Aa]n?|[Ii]ts|[\w-]+[’']s) (?:[\w-]+ ){0,3}(?:band|duo|trio|orchestra|choir"
    r"|platform|exchange|app|label|studio|union|party|nonprofit|non-?profit|NGO|organi[sz]ation"
    r"|foundation|coalition|brand|brewery|winery|football club|university|movement|company|firm"
    r"|bank|utility|promotion|promoter|channel|station) [“‘'\"]?$"
)
_DESCRIBED = re.compile(  # "Brenna, a national assessment center"
    r", an? (?:(?!(?:at|of|for|in|with|by|from|and|who|that|to|on|as) )[\w-]+ ){0,5}?"
    r"(?:cent(?:er|re)|agency|institute|institution|body"
    r"|organi[sz]ation|association|committee|platform|brand|chain|network|band|label|app|company"
    r"|firm|bank|lender|nonprofit|non-profit|charity|think tank|party|union|newspaper|broadcaster"
    r"|website|publication)(?=[,.;]| (?:in|of|that|which|based|for|run|owned|with|to)\b)"
)
_LED = re.compile(  # "Brenna chief executive Tal", "Brenna’s managing director"
    r"(?:[’']s?)? (?:[Cc]hief [Ee]xecutive|CEO|CFO|COO|[Mm]anaging [Dd]irector|[Cc]hairperson"
    r"|[Bb]oard of [Dd]irectors|[Cc]hief [Ff]inancial [Oo]fficer|[Gg]eneral [Mm]anager"
    r"|[Ss]ecretary[- ][Gg]eneral|[Dd]irector[- ][Gg]eneral)\b"
)
_CALLED_APART = re.compile(r"\b(?:agency|consultancy|company|firm|charity|platform|network), $")
_HAS = re.compile(  # "X's store", "X shareholders"
    r"(?:[’']s?)? (?:stores?|shops?|supermarkets?|restaurants?|outlets?|subsidiar(?:y|ies)"
    r"|shareholders?|customers?|employees?|factor(?:y|ies)|headquarters|newsroom|readers"
    r"|web ?sites?|flights?|airliners?|fleet|share price|shares (?:rose|fell|were|have))\b"
)
_OWNER_SPEAKS = re.compile(r"[’']s (?:said|says|announced|declined|reported)\b")
_EDITS = re.compile(r" (?:editor|editor-in-chief|correspondent|columnist) [A-Z]")  # "X editor Tal"
_ITS = re.compile(r"(?:, (?:in|at|on|with|through|for)| [a-z]+(?:ed|s)(?: that| on| in)?) its\b")
_REPORTS = re.compile(r" reports\b(?! to\b)")
_PARTY = re.compile(r"(?:[’']s)? (?:party|coalition|militia|movement|cartel)\b")  # "Brenna party"
_SURNAMES = frozenset(  # nouns of bodies and countries that are surnames, too
    """church temple bank post star court house press mail guard force union rail marine band
    lodge forest sentinel standard jordan chad georgia israel france ireland holland
    niger""".split()
)
_INSTITUTIONS = frozenset(
    "school university college hospital foundation institute academy museum library".split()
)
_LETTERS = re.compile(r"[A-Z]{2,}[a-z]+[A-Za-z]*|[A-Z][a-z]+\d+")  # "KTelecom", "Larkin24"
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
    people = [entity for entity in entities if entity.label == EntityLabel.PERSON]
    surnames = {
        words[-1] for entity in people if len(words := entity.text.split()) > 1 and _is_named(words)
    }
    listed = list_listed(text)
    groups = {e.text for e in entities if e.label == EntityLabel.ORG}
    bodies = {name for name in groups if " " not in name}
    told: dict[str, bool] = {}
    for entity in people:
        words = entity.text.split()
        owns_itself = _is_institution(words) or _speaks_as_owner(text, entity)
        if not owns_itself and (_is_named(words) or words[-1] in surnames):
            continue
        if entity.text not in told:
            named = list_whole(text, entity.text)
            told[entity.text] = (
                owns_itself
                or _has_head(words)
                or _ends_body(entity.text, groups)
                or _begins_as_body(words, bodies)
                or any(
                    _is_told(text, start, end) or any(a <= start and end <= b for a, b in listed)
                    for start, end in named
                )
            )
        if told[entity.text]:
            yield entity


@lru_cache(maxsize=4)  # asked for people and for names left out of one text
def list_listed(text: str) -> tuple[tuple[int, int], ...]:
    """List where names of firms, media or charities are listed: "chains such as X, Y and Z"."""
    return tuple((found.start("names"), found.end("names")) for found in _LISTED.finditer(text))


def _is_named(words: list[str]) -> bool:
    """Whether a name begins with a first name or a title."""
    first = words[0].lower().strip(".")
    is_article = first == "al" and len(words) > 1  # "Al Brenna" in Arabic
    return (first in load_first_names() and not is_article) or first in load_titles()


def _has_head(words: list[str]) -> bool:
    """Whether a word of a name tells an organisation: "Brenna Airways", "Gazeta Brenna"."""
    found = find_kind_by_head(" ".join(words)) if len(words) > 1 else None
    is_medium = found is not None and found[0] == ActorKind.MEDIA  # "Gazeta Brenna"
    is_last = found is not None and found[1] == f"head: {words[-1]}"
    is_surname = words[-1].lower() in _SURNAMES
    return len(words) > 1 and (
        is_medium
        or (is_last and not is_surname)
        or load_name_heads().get(words[-1].lower()) == "organisation"
    )


def _is_institution(words: list[str]) -> bool:
    """Whether a name ends in the noun of an institution, whoever it is named after: "Joseph Tal
    School"."""
    return len(words) > 1 and words[-1].lower() in _INSTITUTIONS


def _speaks_as_owner(text: str, entity: Entity) -> bool:
    """Whether a name ends like an owner's where nothing is owned: "Larkin's said sales fell"."""
    name = entity.text.removesuffix("’s").removesuffix("'s")
    return any(_OWNER_SPEAKS.match(text, end) for _, end in list_whole(text, name))


def _ends_body(name: str, groups: set[str]) -> bool:
    """Whether a name of several words is the end of a body's: "La Invernada" of "Estancia La
    Invernada"."""
    return " " in name and any(group.endswith(f" {name}") for group in groups)


def _begins_as_body(words: list[str], bodies: set[str]) -> bool:
    """Whether a name is a branch's or begins in letters: "Brenna Polska" where Brenna is a body,
    "LBrand"."""
    is_branch = len(words) > 1 and (words[0] in bodies or _is_company(words[0]))
    is_branch = is_branch and words[0].lower() not in load_family_names()
    last = words[-1].lower()
    is_branch |= (
        len(words) > 1 and last not in _SURNAMES and find_kind(words[-1]) == LocationKind.COUNTRY
    )
    is_branch |= len(words) > 1 and find_kind(words[0]) == LocationKind.COUNTRY  # "Kenya Kwanza"
    return is_branch or any(_LETTERS.fullmatch(word) for word in words)


def _is_company(word: str) -> bool:
    seed = find_seed_actor(word)
    return seed is not None and seed.kind == ActorKind.COMPANY


def _is_told(text: str, start: int, end: int) -> bool:
    before = text[max(0, start - _REACH) : start]
    closed = text[end : end + 1] == ","
    return (
        _CALLED.search(before) is not None
        or _CALLED_SO.search(before) is not None
        or (closed and _CALLED_APART.search(before) is not None)
        or any(
            pattern.match(text, end)
            for pattern in (_HAS, _ITS, _REPORTS, _EDITS, _DESCRIBED, _LED, _PARTY)
        )
    )
