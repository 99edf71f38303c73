"""Curated actors and group nouns: `seeds/actors.csv`, `seeds/group_nouns.csv`."""

import csv
import re
from dataclasses import dataclass
from functools import cache

from newsledger import paths
from newsledger.errors import SettingsError

KINDS = frozenset(
    "person armed_group military government_body party media monitor company ngo "
    "international_organisation collective".split()
)


@dataclass(frozen=True, slots=True)
class SeedActor:
    seed_id: str
    name: str
    aliases: tuple[str, ...]
    kind: str
    country_code: str | None
    party_role: str | None


def fold(name: str) -> str:
    """Fold a name for look-up: no article, dots, possessive or case."""
    text = re.sub(r"[’']s\b|[.’'`ʿ\"]", "", name.casefold())
    return re.sub(r"^the ", "", re.sub(r"[\s-]+", " ", text).strip())


@cache
def load_seed_actors() -> dict[str, SeedActor]:
    """Read the curated actors by folded name and alias. Raises `SettingsError` naming a wrong
    row."""
    path = paths.SEEDS / "actors.csv"
    found: dict[str, SeedActor] = {}
    with path.open(encoding="utf-8", newline="") as handle:
        for number, row in enumerate(csv.DictReader(handle), 2):
            if (
                row["kind"] not in KINDS
                or not row["source"]
                or not re.fullmatch(r"[A-Z]{2}|", row["country_code"])
            ):
                raise SettingsError(
                    f"{path} line {number}: expected a source, a two-letter country_code and a kind of the closed list, got {row}"
                )
            aliases = tuple(alias.strip() for alias in row["aliases"].split(";") if alias.strip())
            actor = SeedActor(
                row["actor_seed_id"],
                row["name"],
                aliases,
                row["kind"],
                row["country_code"] or None,
                row["party_role"] or None,
            )
            for name in (actor.name, *aliases):
                found.setdefault(fold(name), actor)
    return found


@cache
def load_group_nouns() -> dict[tuple[str, bool], str]:
    """Read the kinds of group nouns by (lemma, is plural). Raises `SettingsError` naming a wrong
    row."""
    path = paths.SEEDS / "group_nouns.csv"
    found = {}
    with path.open(encoding="utf-8", newline="") as handle:
        for number, row in enumerate(csv.DictReader(handle), 2):
            if row["kind"] not in KINDS or row["number"] not in {"singular", "plural", "any"}:
                raise SettingsError(
                    f"{path} line {number}: expected a kind of the closed list and number singular, plural or any, got {row}"
                )
            for is_plural in (False, True):
                if row["number"] in {"any", "plural" if is_plural else "singular"}:
                    found[row["noun"], is_plural] = row["kind"]
    return found
