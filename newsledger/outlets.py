"""Outlets and agencies: `seeds/outlets.csv`, the user's to edit, checked on load."""

import csv
import re
from dataclasses import dataclass
from functools import cache

from newsledger import paths
from newsledger.errors import SettingsError

KINDS = ("state", "public", "commercial", "wire", "nonprofit", "party", "invented")
_COLUMNS = ("domain", "outlet_name", "aliases", "country_code", "home_place", "kind", "agency_names")


@dataclass(frozen=True, slots=True)
class Outlet:
    """One row of `seeds/outlets.csv`. `agency_names` are the names an agency is credited under; empty for other kinds."""

    domain: str
    outlet_name: str
    aliases: tuple[str, ...]
    country_code: str
    home_place: str
    kind: str
    agency_names: tuple[str, ...]


@cache
def load_outlets() -> tuple[Outlet, ...]:
    """Read the outlets. Raises `SettingsError` naming file, row and what was expected."""
    path = paths.SEEDS / "outlets.csv"
    outlets = []
    with path.open(encoding="utf-8", newline="") as handle:
        reader = csv.DictReader(handle)
        if tuple(reader.fieldnames or ()) != _COLUMNS:
            raise SettingsError(f"{path}: columns are {reader.fieldnames}, expected {', '.join(_COLUMNS)}")
        for number, row in enumerate(reader, 2):
            if row["kind"] not in KINDS or not row["outlet_name"] or not re.fullmatch(r"[A-Z]{2}|", row["country_code"]):
                raise SettingsError(
                    f"{path} line {number}: expected outlet_name, a two-letter country_code and kind one of {', '.join(KINDS)}, got {row}"
                )
            outlets.append(Outlet(
                row["domain"], row["outlet_name"], _listed(row["aliases"]), row["country_code"], row["home_place"], row["kind"], _listed(row["agency_names"])
            ))  # fmt: skip
    return tuple(outlets)


def _listed(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split(";") if part.strip())


@cache
def _by_domain() -> dict[str, Outlet]:
    return {outlet.domain: outlet for outlet in load_outlets() if outlet.domain}


@cache
def _by_name() -> dict[str, Outlet]:
    return {name.casefold(): outlet for outlet in load_outlets() for name in (outlet.outlet_name, *outlet.aliases)}


def find_outlet(domain_or_name: str | None) -> Outlet | None:
    """Find an outlet by a domain, one of its subdomains, or a name."""
    if not domain_or_name:
        return None
    key = domain_or_name.strip().casefold()
    if found := _by_name().get(key):
        return found
    parts = key.removeprefix("www.").split(".")
    return next((_by_domain()[".".join(parts[i:])] for i in range(len(parts) - 1) if ".".join(parts[i:]) in _by_domain()), None)


@cache
def _agency_pattern() -> re.Pattern[str]:
    names = sorted({name for outlet in load_outlets() for name in outlet.agency_names}, key=len, reverse=True)
    return re.compile(r"(?<![\w])(" + "|".join(map(re.escape, names)) + r")(?![\w])")


@cache
def _agencies() -> dict[str, str]:
    return {name: outlet.outlet_name for outlet in load_outlets() for name in outlet.agency_names}


def find_agency(text: str) -> str | None:
    """Find the first agency that a credit, dateline, byline or copyright line names."""
    found = _agency_pattern().search(text)
    return _agencies()[found[1]] if found else None


@cache
def _outlet_pattern() -> re.Pattern[str]:
    names = sorted(
        {name for outlet in load_outlets() if outlet.kind != "wire" for name in (outlet.outlet_name, *outlet.aliases)},
        key=len,
        reverse=True,
    )
    return re.compile(r"(?<![\w])(" + "|".join(map(re.escape, names)) + r")(?![\w])")


def find_outlet_in(text: str) -> Outlet | None:
    """Find the outlet that text around an article names most often; agencies do not count."""
    counts: dict[str, int] = {}
    for found in _outlet_pattern().finditer(text):
        name = _by_name()[found[1].casefold()].outlet_name
        counts[name] = counts.get(name, 0) + 1
    return _by_name()[max(counts, key=lambda name: counts[name]).casefold()] if counts else None
