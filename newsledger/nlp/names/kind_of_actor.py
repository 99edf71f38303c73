"""What kind of actor a cluster is: curated, else by the description beside its name ("X, a charity
in Leeds"), the body that it is a part of, its head noun or the words around it."""

import re
from collections.abc import Iterable

from newsledger.lexicon.actors import SeedActor, find_seed_actor, fold
from newsledger.lexicon.gazetteer import country_of_demonym, find_kind
from newsledger.lexicon.outlets import find_outlet
from newsledger.lexicon.source_words import find_party, has_no_side
from newsledger.model.enums import ActorKind, EntityLabel, LocationKind
from newsledger.nlp.names.clusters import Cluster
from newsledger.nlp.names.forms import load_name_heads
from newsledger.nlp.names.kinds import (
    REACH,
    find_described_kind,
    find_description_behind,
    find_kind_by_head,
    find_kind_by_use,
    load_kind_words,
)
from newsledger.nlp.names.roles import country_code

# a part of whatever body is named before it: "the Weather Department's Earthquake Division"
_PART = re.compile(
    r"\b(?:Division|Unit|Section|Branch|Bureau|Laborator(?:y|ies)|Cent(?:er|re)s?|Directorate"
    r"|Program(?:me)?|Services?|Office|Institute|Department|Administration|Facility|Command)$"
)
MIN_LETTERS = 3  # of an acronym that begins the name of a part: "NASA Goddard"
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
NAME_OF_COUNTRY = "name of a country"  # the rule of a kind
_WORDS = re.compile(r"[\w-]+")
SIDE_REACH = 24  # characters before a name in which a word for its side stands


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
        or _find_kind_of_beginning(cluster.name)
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
    outlet = find_outlet(seed.name) if seed.kind == ActorKind.MEDIA else None
    if outlet is not None and outlet.agency_names:
        return False  # "AFP" is the same all over
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
    if whole is None:
        return None
    seed = find_seed_actor(whole["whole"])
    told = find_kind_by_head(whole["whole"])
    kind = seed.kind if seed else told[0] if told else None
    return (kind, f"part of {whole['whole']}") if kind else None


def _find_kind_of_beginning(name: str) -> tuple[ActorKind, str] | None:
    """Find the kind of a part that is named by its body and more: "NASA Goddard"."""
    words = name.split()
    for count in range(len(words) - 1, 0, -1):
        whole = " ".join(words[:count])
        is_whole = count > 1 or (whole.isupper() and len(whole) >= MIN_LETTERS)
        if is_whole and (seed := find_seed_actor(whole)) is not None:
            return seed.kind, f"part of {whole}"
    return None


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
