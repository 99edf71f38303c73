"""Origins: which first speakers of a group of claims are one source under several names.

A body, its head and "officials" of it are one; a paper and the source it quotes are one; whoever
cannot be told apart counts once. Independence must be visible, it is not assumed. Where an outlet
names nobody it is nobody's origin, unless it says that it saw or obtained what it reports.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from newsledger.text.fold import singular

Place = tuple[str, int]  # claim and number of its chain
_PRONOUNS = frozenset("he she they it we i who him her them this that these those one us".split())
_NO_HEAD = frozenset(
    """a an the his her its their our my your this that these those some several two three four five many other another unnamed anonymous
    senior top former both local mr mrs ms dr one of at for in and on by from to with""".split()
)
_GOVERNING = frozenset(
    """government official authority president presidency minister ministry administration spokesman spokeswoman spokesperson leader
    leadership regime state premier chancellor cabinet investigator""".split()
)
_OFFICIAL_TYPES = frozenset({"government_body", "unnamed_official"})
_SPEAKING = frozenset(
    """spokesman spokeswoman spokesperson representative official executive founder cofounder chief head ceo director president chairman
    chairwoman lawyer attorney manager source analyst statement report post tweet""".split()
)
_RELATIVE = re.compile(
    r"[,;(]| who | which | that | with | from | of | in | at | on | along | under | for "
)
_MEDIA = frozenset({"state_media", "partisan_media", "independent_media"})


@dataclass(frozen=True, slots=True)
class Hop:
    """First speaker of one chain of a claim, what the ledger knows of it, and whoever relays it
    before the outlet."""

    claim_id: str
    article_id: str
    chain: int
    surface: str
    actor_id: str | None
    source_type: str
    is_named: bool
    party_role: str | None
    relays: tuple[str, ...]
    name: str | None = None
    kind: str | None = None
    country: str | None = None
    roles: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()  # organisations of its roles

    @property
    def place(self) -> Place:
        """What it is of: claim and chain."""
        return self.claim_id, self.chain

    @property
    def is_nobody(self) -> bool:
        """Whether no source is named at all."""
        return self.source_type == "unattributed"


class _Joiner:
    """Union of the places that are one origin, by the smallest."""

    def __init__(self, places: Sequence[Place]) -> None:
        self.parent = {place: place for place in places}

    def find(self, place: Place) -> Place:
        while self.parent[place] != place:
            place = self.parent[place]
        return place

    def join(self, left: Place, right: Place) -> None:
        one, other = sorted((self.find(left), self.find(right)))
        self.parent[other] = one

    def join_all(self, places: Sequence[Place]) -> None:
        for place in places[1:]:
            self.join(places[0], place)


def assign_origins(
    hops: Sequence[Hop], texts: Mapping[str, str]
) -> tuple[dict[Place, str], dict[Place, str]]:
    """Say for each chain of a group's claims which first speaker it goes back to.

    `texts` gives the independent text of each article. Returns by (claim, chain) the origin, a
    readable key, empty where nobody is named; and the words that made it one.
    """
    named = [hop for hop in hops if not hop.is_nobody]
    joiner = _Joiner([hop.place for hop in named])
    reasons: dict[Place, str] = {}
    for key, reason, places in _list_ties(named):
        roots = {joiner.find(place) for place in places}
        if len(roots) > 1:
            for place in places:
                reasons.setdefault(place, f"{reason}: {key}")
        joiner.join_all(sorted(places))
    _join_governments(named, joiner, reasons)
    _join_open(named, texts, joiner, reasons)
    labels: dict[Place, Counter[str]] = defaultdict(Counter)
    for hop in named:
        labels[joiner.find(hop.place)][hop.name or " ".join(_own_words(hop.surface)) or hop.surface.lower()] += (
            2 if hop.is_named else 1
        )  # fmt: skip
    names = {
        root: min(found, key=lambda label: (-found[label], label)) for root, found in labels.items()
    }
    origins = {hop.place: "" for hop in hops}
    for hop in named:
        root = joiner.find(hop.place)
        origins[hop.place] = f"{names[root]}|{root[0]}|{root[1]}"
    return origins, reasons


def _list_ties(hops: Sequence[Hop]) -> list[tuple[str, str, list[Place]]]:
    """List what makes chains one: (words, reason, places), in order."""
    ties: dict[tuple[str, str], set[Place]] = defaultdict(set)
    bodies: dict[str, set[Place]] = defaultdict(set)
    for hop in hops:
        words = _own_words(hop.surface)
        if hop.source_type == "own_reporting":
            ties["own reporting of", " ".join(words)].add(hop.place)
            continue
        if hop.actor_id:
            ties["one actor", hop.actor_id].add(hop.place)
        if words and words[-1] not in _PRONOUNS and (hop.is_named or len(words) > 1):
            ties["same words", " ".join(words)].add(hop.place)
        for body in _list_bodies(hop):
            bodies[body].add(hop.place)
        if hop.source_type not in _MEDIA:
            for relay in hop.relays:
                ties["through one relay", relay].add(hop.place)
        elif hop.actor_id:
            ties["through one relay", hop.actor_id].add(hop.place)
    for body, places in bodies.items():
        ties["of one body", body] |= places
    for hop in hops:
        name = set(_words(hop.name or "")) if hop.is_named else set()
        if name and any(word[:1].isupper() for word in (hop.name or "").split()):
            for other in hops:
                if name <= set(_words(other.surface)):  # "a spokesman for Omar Tal"
                    ties["named in the words", hop.name or ""] |= {hop.place, other.place}
    return [
        (key, reason, sorted(places))
        for (reason, key), places in sorted(ties.items())
        if len(places) > 1
    ]


def _list_bodies(hop: Hop) -> set[str]:
    """Name the bodies a speaker stands for: itself, the one its role is of, the one in its words
    ("Acme spokesman", "Acme's founder")."""
    found = {fold_body(body) for body in hop.bodies}
    if hop.kind not in (None, "person", "collective") and hop.name and hop.is_named:
        found.add(fold_body(hop.name))
    words = hop.surface.replace("’s", "'s").split()
    heads = [n for n, word in enumerate(words) if _fold(word) in _SPEAKING]
    if heads:
        before = [word for word in words[: heads[0]] if word[:1].isupper() or word.endswith("'s")]
        after = re.search(
            r"\b(?:of|for|at|from|with)\s+(?:the\s+)?((?:[A-Z][\w&.-]*\s?)+)", hop.surface
        )
        for name in (" ".join(before), after[1] if after else ""):
            if fold_body(name):
                found.add(fold_body(name))
    return {body for body in found if len(body) > 2 and body not in _GOVERNING}


def _join_governments(hops: Sequence[Hop], joiner: _Joiner, reasons: dict[Place, str]) -> None:
    """Join who speaks for the government of one country in general; a ministry by its own name
    goes with it only where it is the only one."""
    general: dict[str, list[Place]] = defaultdict(list)
    special: dict[str, dict[str, list[Place]]] = defaultdict(lambda: defaultdict(list))
    for hop in hops:
        country = hop.country or ""
        words = {_fold(word) for word in (*hop.surface.split(), *" ".join(hop.roles).split())}
        is_official = hop.source_type in _OFFICIAL_TYPES or hop.kind == "government_body"
        if not (
            is_official or words & (_GOVERNING - _SPEAKING) or (country and words & _GOVERNING)
        ):
            continue
        if hop.kind == "government_body" and hop.is_named and len((hop.name or "").split()) > 1:
            special[country][fold_body(hop.name or "")].append(hop.place)
        elif words & _GOVERNING or hop.source_type == "unnamed_official":
            general[country].append(hop.place)
    countries = sorted({*general, *special} - {""})
    for country in countries or [""]:
        places = sorted(
            general.get(country, []) + (general.get("", []) if len(countries) == 1 else [])
        )
        bodies = special.get(country, {})
        if len(bodies) == 1:
            places = sorted({*places, *next(iter(bodies.values()))})
        if len(places) > 1:
            for place in places:
                reasons.setdefault(place, f"speaks for the government {country}".strip())
            joiner.join_all(places)


def _join_open(
    hops: Sequence[Hop], texts: Mapping[str, str], joiner: _Joiner, reasons: dict[Place, str]
) -> None:
    """Join who cannot be told apart: unnamed speakers with one head noun, pronouns with the speaker
    of their text, and what is left open with the first that is named."""
    heads: dict[str, Place] = {}
    in_text: dict[str, Place] = {}
    for hop in sorted(hops, key=lambda hop: (not hop.is_named, hop.place)):
        if hop.is_named or hop.actor_id:
            in_text.setdefault(texts[hop.article_id], hop.place)
            for word in _own_words(hop.surface)[-1:]:
                heads.setdefault(word, hop.place)
    first = min((hop.place for hop in hops if hop.is_named), default=None)
    for hop in sorted(hops, key=lambda hop: hop.place):
        words = _own_words(hop.surface)
        if hop.is_named or hop.source_type == "own_reporting":
            continue
        if not words or words[-1] in _PRONOUNS:
            target = in_text.get(texts[hop.article_id], first)
        elif hop.source_type == "document":  # a release, a statement: somebody's
            target = in_text.get(texts[hop.article_id], first) or next(
                (other.place for other in hops if other.source_type != "document"), None
            )
        else:
            target = heads.setdefault(words[-1], hop.place)
        if target is not None and joiner.find(target) != joiner.find(hop.place):
            reasons.setdefault(hop.place, "cannot be told apart")
            joiner.join(target, hop.place)


def fold_body(name: str) -> str:
    """Fold the name of a body: without articles, possessives and the words of speaking for it."""
    return " ".join(word for word in _words(name) if word not in _SPEAKING)


def _own_words(surface: str) -> list[str]:
    """Words of a source without what follows the noun: "the league, which has sued the board" is
    the league."""
    return _words(_RELATIVE.split(f" {surface} ")[0] or surface)


def _words(text: str) -> list[str]:
    return [
        word
        for raw in re.findall(r"\w+", re.sub(r"[’']s?\b", "", text))
        if (word := _fold(raw)) not in _NO_HEAD
    ]


def _fold(word: str) -> str:
    return singular(re.sub(r"\W|[’']s$", "", word.lower()))
