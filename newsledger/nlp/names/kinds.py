"""What kind of actor a cluster is: curated, else by the description beside its name ("X, a charity
in Leeds"), else by the name's head noun."""

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from newsledger.errors import SettingsError
from newsledger.lexicon.gazetteer import country_of_demonym, find_kind
from newsledger.lexicon.words import read_lexicon
from newsledger.model.enums import ActorKind, LocationKind
from newsledger.nlp.names.contexts import NO_WORD, Context, find_in_context, list_occurrences
from newsledger.nlp.parse.parsed import load_stop_words

PLACES = frozenset(
    {"name", "attribute", "description", "field", "institution"}
)  # head noun of a name, word before it, noun of a description, what a body is for,
# what is a place, too
REACH = 60  # characters on both sides of a name in which a description stands
_PARTICIPLES = frozenset(
    {"based", "backed", "run", "linked", "funded", "founded", "headquartered", "owned", "said"}
)
# "an employee at a bank" is no bank
_LINKS = r"(?:at|of|for|in|with|by|from|and|who|that|to|on|as|where|which) "
# what follows a name without a mark: "the Lobos gang", "the Frente Amplio coalition"
_NOUNS_BEHIND = (
    "party|coalition|alliance|movement|militia|gang|cartel|newspaper|news agency|news "
    "site|broadcaster|magazine|charity|airline|union|trade union"
    "|militant group|rebel group|armed group|rights group|aid group|think tank"
)
_MEDIA = r"(?:newspaper|broadcaster|tabloid|magazine|news agency)"  # "by newspaper X"
_NOUN_BEHIND = re.compile(
    rf" (?P<noun>{_NOUNS_BEHIND})(?= (?:[a-z]+ed|said|says|has|had|was|were|is|holds|won|wrote"
    rf"|in|of|and|that|which|to|left|lost|leaders?|officials?|members?)\b|[,.;’'])"
)
_ACCORDING = re.compile(r"\b[Aa]ccording to [^,.]*\Z")
_TAIL = re.compile(r"\s(?:of|for|in|at|on|against|to)\s", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+")
_UNIT = re.compile(
    r"\d+(?:st|nd|rd|th) .*\b(?:Brigade|Division|Battalion|Regiment|Army|Corps|Squadron"
    r"|Fleet|Airborne|Infantry|Wing)\b"
)
_STATE_BANK = re.compile(
    r"(?:(?:\w+ )*(?:Central|Reserve|National) Bank\b.*|Bank of (?P<rest>[A-Z]\w+(?: [A-Z]\w+)*))$"
)
_WORLD_BODY = re.compile(  # "UN Children's Fund", "European Centre for …", "North Atlantic Council"
    r"(?:The )?(?:Office of the )?(?:(?:United Nations|UN|U\.N\.) (?!.*\bForce)\w"
    r"|(?:World|International|European|African|Inter-?American|Pan[- ]American|Asian|Arab"
    r"|North Atlantic) (?:[A-Z]\w+ )*(?:Organi[sz]ation|Bank|Council|Agency|Union|Cent(?:re|er)s?"
    r"|Court|Fund for Agricultural Development|Labou?r Office|Settlements)\b)"
)
_LEGISLATURE = re.compile(  # "House of Lords", "Senate Judiciary Committee"
    r"\b(?:House of (?:Representatives|Commons|Lords|Assembly|Councill?ors|Delegates)"
    r"|(?:House|Senate|Parliamentary|Congressional|Assembly|Bundestag|Knesset) "
    r"(?:(?!Campaign)\w+ )*"
    r"(?:Sub)?[Cc]ommittee)\b"
)
_STATE_INSTITUTE = re.compile(  # "National Institute of Health", "Center for Disease Control"
    r"^(?:The )?(?:(?:National|Federal|State) (?:[A-Z]\w+ )*"
    r"(?P<noun>Institutes?|Cent(?:er|re)s?|Laborator(?:y|ies)|Services?|Office|Agency)\b"
    r"(?! for Human))|(?P<noun2>Cent(?:er|re)s? for (?:Disease|Immuni[sz]ation|Food|Health))"
)
_CAUSE = re.compile(
    r" for (?:the )?(?:Justice|Peace|Freedom|Democracy|Change|Life|Liberty|Equality|Rights"
    r"|Climate|Humanity|Children|Animals)$"
)
_STATE = re.compile(r"[A-Z]\w+ (?:State|Republic)")  # "the Norwegian State"
_CAUSE_BEFORE = re.compile(
    r"\b(?:Rights|Equality|Justice|Climate|Environmental|Animal|Health|Homeless|Safety) "
    r"(?:Coalition|Movement|Campaign|Alliance)\b|\bCoalition (?:[Aa]gainst|[Tt]o) "
)
_ENDS_AS_MEDIA = re.compile(r"[a-z](?:Press|News|TV|Radio|Times|Post)$")  # "LarkinPress"
_POLITICIANS = (
    r"(?:MPs?|MEPs?|lawmakers?|legislators?|councill?ors?|candidates?|senators?|ministers)"
)
_FIGHTERS = "fighters|militants|insurgents|gunmen|rebels"
_REPORTERS = "reporters?|correspondent"
_OWNED_BY = "(?:['’]s)? "
_USES = tuple(  # what is said of a name that has no telling word: kind, what stands around it
    (kind, Context(re.compile(before + r"\Z") if before else NO_WORD, re.compile(behind)))
    for kind, before, behind in (
        (ActorKind.PARTY, "", rf"{_OWNED_BY}{_POLITICIANS}\b"),
        (ActorKind.PARTY, rf"\b{_POLITICIANS} (?:[A-Z][\w-]+ ){{0,3}}(?:of|from) (?:the )?", r"\b"),
        (ActorKind.PARTY, r"\b[Pp]arties (?:\w+ ){0,6}?(?:including|such as) (?:the )?", r"\b"),
        (ActorKind.MILITARY, "", rf"{_OWNED_BY}(?:troops|soldiers)\b"),
        (ActorKind.ARMED_GROUP, "", rf"{_OWNED_BY}(?:{_FIGHTERS})\b"),
        (
            ActorKind.MEDIA,
            r"\b(?:(?:ABC|CBS|CNN|Fox|FOX|NBC) affiliate|[Cc]hannel|[Ss]tation|[Nn]etwork"
            r"|[Rr]eporters?) ",
            r"\b",
        ),
        (ActorKind.MEDIA, "", rf"{_OWNED_BY}(?:channel|{_REPORTERS}|newsroom|columnist)\b"),
        (ActorKind.MEDIA, "", r" (?:has )?reported(?=[,.]| (?:that|on|from|last|earlier))"),
        (ActorKind.MEDIA, "", r",? reports?(?=[,.]| that)"),
        (ActorKind.MEDIA, "", r" reports (?=\w)(?!to\b|of\b|from\b|in\b(?! its)|and\b|on\b)"),
        (
            ActorKind.MEDIA,
            r"\b(?:published|appear(?:ed|ing|s)?|print(?:ed)?) (?:\w+ |on \w+, ){0,3}?in (?:the )?",
            r"(?=[,.;]| (?:on|by|last|this|in|that|says|shows|suggests)\b)",
        ),
        (ActorKind.MEDIA, r"\b(?:contributor|columnist|editor|reporter) (?:to|for|at|of) ", r"\b"),
        (ActorKind.MEDIA, r"\b(?:interview with|[Ss]peaking to) (?:the )?", r"(?=, [A-Z]\w+)"),
        (ActorKind.MEDIA, r"\b[Ww]riting in (?:the )?", r"(?=,)"),
        (ActorKind.MEDIA, r"\btold (?:The )?", r"(?=[,.;]| (?:on|in|that|he|she|they)\b)"),
        (
            ActorKind.MEDIA,
            r"(?:\b[Aa]ccording to|\btold) ",
            r"(?:(?<=\b[WK][A-Z]{3})|(?<=\b[WK][A-Z]{3}-[A-Z]{2}))\b",  # "WABC", "KTLA-TV"
        ),
    )
)
_NO_PROFIT = re.compile(r"\b(?:non-?profit|not-for-profit|charity)\b", re.IGNORECASE)


@cache
def load_kind_words() -> dict[str, dict[str, ActorKind]]:
    """Read the words that tell a kind: place → word → kind. Raises `SettingsError` for an unknown
    place or kind."""
    found: dict[str, dict[str, ActorKind]] = {place: {} for place in PLACES}
    for number, row in enumerate(read_lexicon("kind_words.csv", ("word", "kind", "place")), 2):
        if row["kind"] not in frozenset(ActorKind) or row["place"] not in PLACES:
            raise SettingsError(
                f"kind_words.csv, line {number}: expected a kind of the closed list and a place "
                f"of {sorted(PLACES)}; got {row}"
            )
        found[row["place"]][row["word"]] = ActorKind(row["kind"])
    return found


def find_kind_by_head(name: str) -> tuple[ActorKind, str] | None:
    """Find the kind that the head noun of a name tells, and why: the last word in front of "of" or
    "for", else one before it."""
    heads, attributes = load_kind_words()["name"], load_kind_words()["attribute"]
    if _UNIT.match(name):
        return ActorKind.MILITARY, "numbered unit"
    if (found := _STATE_BANK.match(name)) and (
        found["rest"] is None or find_kind(found["rest"]) == LocationKind.COUNTRY
    ):
        return ActorKind.GOVERNMENT_BODY, "bank of a state"
    if _WORLD_BODY.match(name):
        return ActorKind.INTERNATIONAL_ORGANISATION, "body of many states"
    if _LEGISLATURE.search(name):
        return ActorKind.GOVERNMENT_BODY, "chamber or committee of a legislature"
    if (named := _STATE_INSTITUTE.search(name)) is not None:
        return ActorKind.GOVERNMENT_BODY, f"name: {named['noun'] or named['noun2']}"
    if _STATE.fullmatch(name) and country_of_demonym(name.split()[0]):
        return ActorKind.GOVERNMENT_BODY, "a state"
    if _CAUSE.search(name) or _CAUSE_BEFORE.search(name):
        return ActorKind.NGO, "name of a cause"
    for part in _TAIL.split(name):
        words = _WORD.findall(part)
        for before, word in reversed([*zip(["", *words], words, strict=False)]):
            for head in (f"{before} {word}", word):  # "News Agency", "Fire Service"
                if kind := heads.get(head.lower()):
                    return kind, f"head: {head}"
    return next(
        (
            (attributes[word.lower()], f"name: {word}")
            for word in _WORD.findall(name)[:-1]  # "Larkin International" is a firm or a charity
            if word.lower() in attributes
        ),
        None,
    )


@cache
def _descriptions() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    words = "|".join(
        map(re.escape, sorted(load_kind_words()["description"], key=len, reverse=True))
    )
    before = re.compile(rf"\b(?P<noun>{words}),? (?:the )?$")
    close = re.compile(
        rf"\b(?:(?:[Tt]he|[Aa]n?|its|their) (?:[a-z][\w-]* ){{0,3}}?|(?={_MEDIA} "
        rf"$))(?P<noun>{words}) $"
    )
    after = re.compile(
        rf"(?:,| is| was) (?:an?|the|[\w.]+['’]s?|[\w.]+s['’]) (?:(?!{_LINKS})[\w’'-]+ "
        rf"){{0,4}}?(?P<noun>{words})\b"
    )
    return before, after, close


@lru_cache(maxsize=4096)  # asked for a name several times while its article is read
def find_described_kind(text: str, start: int, end: int) -> tuple[ActorKind, str] | None:
    """Find the kind that a description in front of a name or behind it tells, and why."""
    found = (
        _find_noun_before(text, start)
        or find_description_behind(text, end)
        or _NOUN_BEHIND.match(text, end)
    )
    if found is None:
        return None
    kind = load_kind_words()["description"][found["noun"]]
    around = text[max(0, start - REACH) : end + REACH]
    if kind == ActorKind.MONITOR and _NO_PROFIT.search(around):
        kind = ActorKind.NGO  # "the nonprofit media watchdog X"
    return kind, f"apposition: {found['noun']}"


def _find_noun_before(text: str, start: int) -> re.Match[str] | None:
    """Find the noun for a body right before a name, but none of another name: "Larkin University,
    Ministry of Health"."""
    first = max(0, start - REACH)
    found = _descriptions()[0].search(text[first:start].lower())
    if found is None:
        return None
    at = first + found.start("noun")
    if "," in found.group() and _ACCORDING.search(text, max(0, at - REACH), at):
        return None  # "According to the newspaper, Tal left"
    return None if text[at].isupper() and text[at - 1 : at].isspace() else found


def find_description_before(text: str, start: int) -> re.Match[str] | None:
    """Find the description in front of a name, in small letters: "the charity X"."""
    return _descriptions()[2].search(text[max(0, start - REACH) : start])


@lru_cache(maxsize=4096)
def find_description_behind(text: str, end: int) -> re.Match[str] | None:
    """Find the description behind a name that says it is an organisation: "X, a charity in Leeds",
    but not "X, a charity worker"."""
    found = _descriptions()[1].match(text[end : end + REACH].lower())
    if found is None or not text[end + found.start("noun") : end + found.end("noun")].islower():
        return None  # "the World Bank, the European Union": a list
    after = _WORD.match(text.lower(), end + found.end() + 1)
    is_compound = (
        after is not None
        and text[end + found.end()] == " "
        and after[0] not in load_stop_words() | _PARTICIPLES
    )
    return None if is_compound else found


def find_kind_by_use(text: str, names: Iterable[str]) -> tuple[ActorKind, str] | None:
    """Find the kind that the words around a bare name tell: "MPs of X", "X troops", "told X"."""
    if any(_ENDS_AS_MEDIA.search(name) for name in names):
        return ActorKind.MEDIA, "ends as a medium's name"
    occurrences = list_occurrences(text, sorted(set(names)))
    for kind, context in _USES:
        for start, end in find_in_context(text, occurrences, (context,)):
            return kind, f"used as: {' '.join(text[start:end].split())[:40]}"
    return None
