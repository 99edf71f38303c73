"""What kind of actor a cluster is: curated, else by the description beside its name ("X, a charity
in Leeds"), else by the name's head noun."""

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from newsledger.errors import SettingsError
from newsledger.lexicon.actors import SeedActor, find_seed_actor, fold
from newsledger.lexicon.gazetteer import country_of_demonym, find_kind
from newsledger.lexicon.source_words import find_party, has_no_side
from newsledger.lexicon.words import read_lexicon
from newsledger.model.enums import ActorKind, EntityLabel, LocationKind
from newsledger.nlp.names.clusters import Cluster
from newsledger.nlp.names.contexts import NO_WORD, Context, find_in_context, list_occurrences
from newsledger.nlp.names.forms import load_name_heads
from newsledger.nlp.names.roles import country_code
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
    "site|broadcaster|magazine|charity|airline"
    "|militant group|rebel group|armed group|rights group|aid group|think tank"
)
_MEDIA = r"(?:newspaper|broadcaster|tabloid|magazine|news agency)"  # "by newspaper X"
_NOUN_BEHIND = re.compile(
    rf" (?P<noun>{_NOUNS_BEHIND})(?= (?:[a-z]+ed|said|says|has|had|was|were|is|holds|won|wrote"
    rf"|in|of|and|that|which|to)\b|[,.;’'])"
)
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
# a part of whatever body is named before it: "the Weather Department's Earthquake Division"
_PART = re.compile(r"\b(?:Division|Unit|Section|Branch|Bureau)$")
_WHOLE_BEFORE = re.compile(r"(?P<whole>(?:[A-Z][\w&-]* (?:of |and |for )?)*[A-Z][\w&-]*)[’']s? $")
_UN_BEFORE = re.compile(r"\b(?:UN|U\.N\.|United Nations) $")
_SIDE = re.compile(
    r"\b(?:pro-government|opposition(?:-\w+)?|rebel(?:-\w+)?|(?-i:state)(?:-\w+| \w+)"
    r"|government(?:-\w+)?|separatist|loyalist)\b",
    re.IGNORECASE,
)
_ARMED_BEFORE = re.compile(
    r"\b(?:rebel|insurgent|guerrilla|militant|paramilitary|jihadist|terrorist) $", re.IGNORECASE
)
_OWNING = re.compile(
    r"(?P<name>[A-Z][\w-]+(?: (?:of |and |the )*[A-Z][\w-]+)*)(?P<mark>[’']s?)? (?:the )?$"
)
_ANY_STATES = frozenset(  # words in names that several states give their bodies
    """national federal state supreme central of and for the environmental protection security
    immigration border election drug enforcement homeland police secret weather crime emergency
    management information public exchange accountability budget prosecution quality""".split()
)
_KNOWN_ALL_OVER = frozenset({"US", "GB"})  # whose bodies are named by acronym in any news
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
        (ActorKind.MEDIA, r"\btold (?:The )?", r"(?=[,.;]| (?:on|in|that|he|she|they)\b)"),
        (
            ActorKind.MEDIA,
            r"(?:\b[Aa]ccording to|\btold) ",
            r"(?:(?<=\b[WK][A-Z]{3})|(?<=\b[WK][A-Z]{3}-[A-Z]{2}))\b",  # "WABC", "KTLA-TV"
        ),
    )
)
_NO_PROFIT = re.compile(r"\b(?:non-?profit|not-for-profit|charity)\b", re.IGNORECASE)
NAME_OF_COUNTRY = "name of a country"  # the rule of a kind
_WORDS = re.compile(r"[\w-]+")
SIDE_REACH = 24  # characters before a name in which a word for its side stands


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


def decide_kind(text: str, cluster: Cluster, countries: frozenset[str]) -> None:
    """Set kind, country and side of a cluster, with the rule that told them; `countries` are those
    that the article speaks of."""
    if cluster.label == "FAMILY":
        return
    if cluster.label == EntityLabel.PERSON:
        cluster.kind, cluster.kind_rule = ActorKind.PERSON, "name of a person"
        return
    seed = _find_seed_here(cluster, countries)
    cluster.seed = seed
    if seed:
        cluster.kind, cluster.kind_rule = seed.kind, f"seeds/{seed.file}: {seed.seed_id}"
        cluster.country_code, cluster.party_role = seed.country_code, seed.party_role
        return
    if find_kind(cluster.name) == LocationKind.COUNTRY and (code := country_code(cluster.name)):
        cluster.kind, cluster.kind_rule = ActorKind.GOVERNMENT_BODY, NAME_OF_COUNTRY
        cluster.country_code = code  # "Democratic People's Republic of Korea"
        return
    start = cluster.mentions[0][0] if cluster.mentions else 0
    cluster.party_role = _find_side(text, cluster)
    branch = _find_branch(cluster.name)
    described = (find_described_kind(text, start, end) for start, end, *_ in cluster.mentions)
    found = (
        next(filter(None, described), None)
        or _kind_of_rebels(text, start)
        or _find_whole(text, start, cluster.name)
        or ((branch.kind, f"branch of {branch.seed_id}") if branch else None)
        or find_kind_by_head(cluster.name)
        or find_kind_by_use(text, cluster.names)
    )
    cluster.kind, cluster.kind_rule = found or (ActorKind.COMPANY, "name of an organisation")
    words = cluster.name.split()
    if len(words) > 1 and words[-1].endswith("s"):
        words.pop()  # "Rovena Indians": a team
    cluster.country_code = next(
        (code for word in words if (code := country_of_demonym(word))), None
    ) or _find_country_behind(cluster.names)
    owners = {code for start, *_ in cluster.mentions if (code := _find_owning_country(text, start))}
    if cluster.country_code is None and len(owners) == 1:
        cluster.country_code = owners.pop()


def _find_seed_here(cluster: Cluster, countries: frozenset[str]) -> SeedActor | None:
    """Find the curated actor of a cluster, unless its name is another country's here."""
    seed = _find_seed(cluster)
    told = _find_country_behind(cluster.names)
    if seed is None or seed.country_code is None:
        return seed
    if told is not None and told != seed.country_code:
        return None  # "Supreme Court of Norway"
    is_elsewhere = bool(countries) and seed.country_code not in countries
    return None if is_elsewhere and is_generic(seed, fold(cluster.name)) else seed


def _find_seed(cluster: Cluster) -> SeedActor | None:
    """Find the curated actor of a cluster by its longer names; by an acronym or one word only where
    it goes by nothing else.

    "Northern Relief Committee, or NRC" is not the Norwegian Refugee Council.
    """
    longer = [name for name in cluster.names if " " in fold(name)]
    return next(
        (found for name in longer or cluster.names if (found := find_seed_actor(name))),
        None,
    )


def _find_branch(name: str) -> SeedActor | None:
    """Find the curated body that a name is the branch of in a country: "Oxfam Kenya"."""
    whole, _, last = name.rpartition(" ")
    return find_seed_actor(whole) if whole and find_kind(last) == LocationKind.COUNTRY else None


def is_generic(seed: SeedActor, name: str) -> bool:
    """Tell whether a name may be another country's, too: "the Senate", "Labour"."""
    is_acronym = seed.name.casefold() != name and seed.country_code not in _KNOWN_ALL_OVER
    if " " in name:  # "Environmental Protection Agency"
        words = load_kind_words()
        is_state = seed.kind in {ActorKind.GOVERNMENT_BODY, ActorKind.MILITARY}
        return (
            is_state
            and set(name.split()) <= words["name"].keys() | words["field"].keys() | _ANY_STATES
        )
    return name in load_name_heads() or seed.kind == ActorKind.PARTY or is_acronym


def _find_owning_country(text: str, start: int) -> str | None:
    """Find the country in front of a name: "Zambia's Ministry of Health", "the Zambian Ministry of
    Health"."""
    found = _OWNING.search(text[max(0, start - REACH) : start])
    if found is None:
        return None
    words = found["name"].split()
    tails = (" ".join(words[i:]) for i in range(len(words)))
    return next(
        (
            code
            for tail in tails
            if (code := country_code(tail) if found["mark"] else country_of_demonym(tail))
        ),
        None,
    )


def _find_country_behind(names: Iterable[str]) -> str | None:
    """Find the country that a body's name ends with: "Supreme Court of Norway"."""
    ends = (name.rpartition(" of ")[2].removeprefix("the ") for name in names if " of " in name)
    return next((code for end in ends if (code := country_code(end))), None)


def _kind_of_rebels(text: str, start: int) -> tuple[ActorKind, str] | None:
    """Read "the rebel Southern Council": whatever its head noun, it is armed."""
    found = _ARMED_BEFORE.search(text[max(0, start - SIDE_REACH) : start])
    return (ActorKind.ARMED_GROUP, f"described as {found.group().strip()}") if found else None


def _find_whole(text: str, start: int, name: str) -> tuple[ActorKind, str] | None:
    """Find the kind of a body of the United Nations, or of a part of a body that is named right
    before it."""
    before = text[max(0, start - REACH) : start]
    if _UN_BEFORE.search(before):
        return ActorKind.INTERNATIONAL_ORGANISATION, "of the United Nations"
    whole = _WHOLE_BEFORE.search(before) if _PART.search(name) else None
    found = find_kind_by_head(whole["whole"]) if whole else None
    return (found[0], f"part of {whole['whole']}") if whole and found else None


def _find_side(text: str, cluster: Cluster) -> str | None:
    """Find the side that the words before the first mention tell, or the description behind a
    mention: "X, an opposition war monitor"."""
    start = cluster.mentions[0][0] if cluster.mentions else 0
    described = (find_description_behind(text, end) for _, end, *_ in cluster.mentions)
    before = _SIDE.search(text[max(0, start - SIDE_REACH) : start])
    words = (before.group() if before else "", *(found.group() for found in described if found))
    side = find_party([word for part in words for word in _WORDS.findall(part.lower())])
    is_no_side = has_no_side(_WORDS.findall(cluster.name.lower()))  # "Dale County Sheriff's Office"
    return None if side == "government" and is_no_side else side
