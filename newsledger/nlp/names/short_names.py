"""Names of groups in a longer or shorter form: letters of a firm, a name without its country, the
end or the head of a longer name."""

from newsledger.lexicon.actors import drop_owner, find_seed_actor, fold
from newsledger.lexicon.gazetteer import find_kind
from newsledger.model.enums import LocationKind
from newsledger.nlp.names.clusters import Cluster

_OWNING = frozenset({LocationKind.COUNTRY, LocationKind.ADMIN1})
MIN_LETTERS = 3  # of an acronym that stands for a longer name
_FIRM_NOUNS = frozenset(
    "limited ltd inc plc corp corporation group holdings news tv television radio network".split()
)


def find_firm(key: str, groups: dict[str, Cluster]) -> str | None:
    """Find the only longer name that is an acronym with the noun of a firm or a medium: "BRN
    Limited" for "BRN"."""
    if not (key.isupper() and len(key) >= MIN_LETTERS):
        return None
    begun = fold(key) + " "
    found = [name for name in groups if name.startswith(begun)]
    is_firm = len(found) == 1 and set(found[0].split()[1:]) <= _FIRM_NOUNS
    return found[0] if is_firm else None


def find_owned(long: str | None, groups: dict[str, Cluster]) -> str | None:
    """Find the name of a group that is a long form with its country before it."""
    if long is None:
        return None
    return next((name for name in groups if (owned := drop_owner(name)) and owned[0] == long), None)


def find_owned_letters(key: str, acronyms: dict[str, str]) -> str | None:
    """Find the long form of an acronym behind its place: "California DMV"."""
    place, _, letters = key.rpartition(" ")
    is_owned = place != "" and find_kind(place) in _OWNING
    return acronyms.get(fold(letters)) if is_owned else None


def _is_end(folded: str, name: str) -> bool:
    """Whether a longer name ends with a name, and not with that of whose it is: the "Food Agency
    of the United Ports" is not the United Ports."""
    before = name.removesuffix(f" {folded}")
    is_body = before.endswith(" of the") or find_seed_actor(folded) is not None
    is_owner = is_body and before.split()[-1] in {"of", "the", "for", "at", "in"}
    return before != name and not is_owner


def find_longer(folded: str, groups: dict[str, Cluster]) -> tuple[Cluster, str] | None:
    """Find the only group whose longer name begins or ends with a name, or has it for its head."""
    words = folded.split()
    tails = [
        c
        for name, c in groups.items()
        if len(name.split()) > len(words)
        and (_is_end(folded, name) or name.startswith(folded + " "))
    ]
    if (
        len({id(cluster) for cluster in tails}) == 1
        and len(folded) > 3
        and folded not in {"united", "national", "new", "international"}
    ):
        return tails[0], "short for the longer name"
    observed = [
        c
        for name, c in groups.items()
        if len(words) == 1
        and len(folded) > 5
        and folded in name.split()
        and name.split()[0] != folded
    ]
    if len({id(cluster) for cluster in observed}) == 1:
        return observed[0], "head of the longer name"
    return None
