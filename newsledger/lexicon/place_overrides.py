"""A person's decisions on places, `seeds/overrides/places.csv`: which place a name means in an
article, or that it means none."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from newsledger import paths
from newsledger.errors import SettingsError
from newsledger.lexicon.gazetteer import Place, fold_name, load_gazetteer
from newsledger.lexicon.sheets import read_sheet
from newsledger.model.enums import LocationKind
from newsledger.model.ids import make_id

FILE = "places.csv"
COLUMNS = ("name", "context", "place", "country_code", "kind", "lat", "lon")
RULE = "override"


@dataclass(frozen=True, slots=True)
class PlaceOverride:
    """One decision: the name, what the article must hold (nothing: any article), and the place,
    `None` where it is none."""

    name: str
    context: str
    place: Place | None

    def fits(self, text: str, outlet: str | None) -> bool:
        """Whether the decision is about this article: its text or its outlet holds the context."""
        return (
            not self.context
            or self.context.lower() in text.lower()
            or self.context.lower() == (outlet or "").lower()
        )


def load_place_overrides() -> dict[str, tuple[PlaceOverride, ...]]:
    """Read the decisions by folded name. Raises `SettingsError` naming file, line and what was
    expected."""
    path = paths.OVERRIDES / FILE
    try:
        changed_at = path.stat().st_mtime_ns
    except FileNotFoundError:
        return {}
    return _load(path, changed_at)


@cache
def _load(path: Path, _changed_at: int) -> dict[str, tuple[PlaceOverride, ...]]:
    found: dict[str, tuple[PlaceOverride, ...]] = {}
    for number, row in read_sheet(path, COLUMNS, has_more=True):
        where = f"{path} line {number}"
        if not row["name"]:
            raise SettingsError(f"{where}: name is empty")
        key = fold_name(row["name"])
        found[key] = (
            *found.get(key, ()),
            PlaceOverride(row["name"], row["context"], _read_place(where, row)),
        )
    return {
        key: tuple(sorted(rows, key=lambda row: not row.context)) for key, rows in found.items()
    }  # the narrower decision first


def _read_place(where: str, row: dict[str, str]) -> Place | None:
    name, code = row["place"], row["country_code"] or None
    if not name:
        return None
    if row["lat"] or row["lon"]:
        kind = row["kind"] or LocationKind.POINT
        try:
            lat, lon = float(row["lat"]), float(row["lon"])
        except ValueError:
            raise SettingsError(
                f"{where}: lat and lon must be numbers, got {row['lat']!r}, {row['lon']!r}"
            ) from None
        if kind not in list(LocationKind) or not (-90 <= lat <= 90 and -180 <= lon <= 180):
            raise SettingsError(
                f"{where}: expected kind one of {', '.join(LocationKind)}, lat within 90 and lon "
                f"within 180 degrees, got {row}"
            )
        return Place(
            make_id("loc", "override", name, code or "", f"{lat:.4f}", f"{lon:.4f}"),
            name,
            LocationKind(kind),
            code,
            None,
            lat,
            lon,
            None,
            0,
        )
    for candidate in load_gazetteer().find(name):
        place = candidate.place
        if code in {None, place.country_code} and row["kind"] in {"", None, place.kind}:
            return place
    raise SettingsError(
        f"{where}: the gazetteer has no {row['kind'] or 'place'} {name!r} "
        f"in {code or 'any country'}: give lat and lon"
    )


def find_overrides(keys: Iterable[str], text: str, outlet: str | None) -> dict[str, PlaceOverride]:
    """The decisions on the folded names of an article, by name."""
    decisions = load_place_overrides()
    fitting = (
        (key, override)
        for key in set(keys)
        for override in decisions.get(key, ())
        if override.fits(text, outlet)
    )
    found: dict[str, PlaceOverride] = {}
    for key, override in fitting:
        found.setdefault(key, override)
    return found


def find_decided_names(text: str, outlet: str | None) -> list[tuple[int, int]]:
    """Spans of names that a person gave a place, also where nothing else takes them for one."""
    found = []
    for rows in load_place_overrides().values():
        for override in rows:
            if override.place is not None and override.name in text and override.fits(text, outlet):
                found += [
                    match.span() for match in re.finditer(rf"\b{re.escape(override.name)}\b", text)
                ]
    return sorted(set(found))
