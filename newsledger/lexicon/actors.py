"""Curated actors and group nouns: `seeds/actors.csv`, `bodies.csv`, `group_nouns.csv`."""

import re
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from newsledger import paths
from newsledger.errors import SettingsError
from newsledger.lexicon.sheets import read_sheet
from newsledger.model.enums import ActorKind

MIN_OWNED = 3  # letters of a name behind its country that is still looked for


@dataclass(frozen=True, slots=True)
class SeedActor:
    seed_id: str
    name: str
    aliases: tuple[str, ...]
    kind: ActorKind
    country_code: str | None
    party_role: str | None
    file: str  # of seeds/ that it stands in


_MARKS = re.compile(r"[’']s\b|[.’'`ʿ\"]")
_BREAKS = re.compile(r"[\s-]+")
# spellings of one word in names of bodies; the American one stands for both
_SPELLINGS = (
    (re.compile(r"\borganisation"), "organization"),
    (re.compile(r"\bcentre\b"), "center"),
    (re.compile(r"\bprogramme\b"), "program"),
    (re.compile(r"\bdefence\b"), "defense"),
    (re.compile(r"\blabour\b"), "labor"),
)
# whose a body is, in front of its name: "the U.S. Food and Drug Administration"
_OWNERS = {
    "us": "US", "usa": "US", "united states": "US", "american": "US", "federal": "US",
    "uk": "GB", "british": "GB", "united kingdom": "GB", "un": None, "united nations": None,
}  # fmt: skip


@lru_cache(maxsize=16_384)
def fold(name: str) -> str:
    """Fold a name for look-up: no article, dots, possessive or case, one spelling."""
    text = _MARKS.sub("", name.casefold())
    text = _BREAKS.sub(" ", text).strip().removeprefix("the ")
    for pattern, spelling in _SPELLINGS:
        text = pattern.sub(spelling, text)
    return text


def drop_owner(folded: str) -> tuple[str, str | None] | None:
    """Take "U.S." or "United Nations" off a folded name of several words: the rest, and the
    country that it told."""
    for owner, country in _OWNERS.items():
        rest = folded.removeprefix(f"{owner} ")
        if rest != folded and rest:
            return rest, country
    return None


@lru_cache(maxsize=16_384)
def find_seed_actor(name: str) -> "SeedActor | None":
    """Find the curated actor of a name, also behind the country that it is of."""
    folded = fold(name)
    if found := load_seed_actors().get(folded):
        return found
    owned = drop_owner(folded)
    if owned is None or len(owned[0]) < MIN_OWNED:
        return None
    same = (f"{owner} {owned[0]}" for owner, code in _OWNERS.items() if code == owned[1])
    found = next(
        (seed for name in (owned[0], *same) if (seed := load_seed_actors().get(name))), None
    )
    if found is None:
        return None
    fits = found.country_code == owned[1] and found.kind != ActorKind.COMPANY
    return found if fits else None


@cache
def load_seed_actors() -> dict[str, SeedActor]:
    """Read the curated actors by folded name and alias. Raises `SettingsError` naming a wrong
    row."""
    return _read_actors("bodies.csv", dict(load_first_actors()))


@cache
def load_first_actors() -> dict[str, SeedActor]:
    """Read the curated actors that the weights of names were learned with. Raises
    `SettingsError`."""
    return _read_actors("actors.csv", {})


ACTOR_COLUMNS = (
    "actor_seed_id", "name", "aliases", "kind", "country_code", "party_role", "source",
)  # fmt: skip


def _read_actors(file: str, found: dict[str, SeedActor]) -> dict[str, SeedActor]:
    """Add the actors of a file to those found before, which stay."""
    path = paths.SEEDS / file
    for number, row in read_sheet(path, ACTOR_COLUMNS):
        if (
            row["kind"] not in frozenset(ActorKind)
            or not row["source"]
            or not re.fullmatch(r"[A-Z]{2}|", row["country_code"])
        ):
            raise SettingsError(
                f"{path} line {number}: expected a source, a two-letter country_code and a "
                f"kind of the closed list, got {row}"
            )
        aliases = tuple(alias.strip() for alias in row["aliases"].split(";") if alias.strip())
        actor = SeedActor(
            row["actor_seed_id"],
            row["name"],
            aliases,
            ActorKind(row["kind"]),
            row["country_code"] or None,
            row["party_role"] or None,
            file,
        )
        _add(actor, found)
    return found


def _add(actor: SeedActor, found: dict[str, SeedActor]) -> None:
    """Add an actor under its names; to one that is known it adds aliases, and a country where none
    is told."""
    known = found.get(fold(actor.name))
    if known is not None:
        new = tuple(alias for alias in actor.aliases if fold(alias) not in found)
        country = known.country_code or actor.country_code
        actor = replace(known, aliases=known.aliases + new, country_code=country)
        found.update({name: actor for name, other in found.items() if other == known})
    for name in (actor.name, *actor.aliases):
        found.setdefault(fold(name), actor)


@cache
def load_group_nouns() -> dict[tuple[str, bool], ActorKind]:
    """Read the kinds of group nouns by (lemma, is plural). Raises `SettingsError` naming a wrong
    row."""
    path = paths.SEEDS / "group_nouns.csv"
    found = {}
    for number, row in read_sheet(path, ("noun", "kind", "number")):
        if row["kind"] not in frozenset(ActorKind) or row["number"] not in {
            "singular",
            "plural",
            "any",
        }:
            raise SettingsError(
                f"{path} line {number}: expected a kind of the closed list and number "
                f"singular, plural or any, got {row}"
            )
        for is_plural in (False, True):
            if row["number"] in {"any", "plural" if is_plural else "singular"}:
                found[row["noun"], is_plural] = ActorKind(row["kind"])
    return found
