"""Outlets and agencies: `seeds/outlets.csv`, the user's to edit, checked on load."""

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from newsledger import paths
from newsledger.errors import SettingsError, raise_all

# state: run by a government, or by a body that answers to it; public: paid by the public, with
# editorial independence in its
# statutes; party: owned by a political party or an armed group; wire: a news agency that is none of
# these.
KINDS = ("state", "public", "commercial", "wire", "nonprofit", "party", "invented")
_WORD = re.compile(r"\w+")
_DOMAIN = re.compile(r"(?!www\.)[a-z0-9-]+(?:\.[a-z0-9-]+)+|")
COLUMNS = (
    "domain",
    "outlet_name",
    "aliases",
    "country_code",
    "home_place",
    "kind",
    "agency_names",
    "source",
)


AGENCIES = "; "
"""Stands between the agencies of an article that is credited to several."""


@dataclass(frozen=True, slots=True)
class Outlet:
    """One row of `seeds/outlets.csv`. `agency_names` are the names an agency is credited under;
    empty for other kinds."""

    domain: str
    outlet_name: str
    aliases: tuple[str, ...]
    country_code: str
    home_place: str
    kind: str
    agency_names: tuple[str, ...]


@cache
def load_outlets() -> tuple[Outlet, ...]:
    """Read the outlets of the project."""
    return read_outlets(paths.SEEDS / "outlets.csv")


def read_outlets(path: Path) -> tuple[Outlet, ...]:
    """Read a file of outlets. Raises `SettingsError` naming file, row and what was expected."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as handle:
            reader = csv.DictReader(handle)
            if tuple(reader.fieldnames or ()) != COLUMNS:
                raise SettingsError(
                    f"{path}: columns are {', '.join(reader.fieldnames or ())}, "
                    f"expected {', '.join(COLUMNS)}"
                )
            outlets, mistakes = _read_rows(reader, path)
    except (OSError, UnicodeError, csv.Error) as error:
        raise SettingsError(f"{path}: {error}") from None
    raise_all([*mistakes, *_find_doubles(outlets, path)])
    return outlets


def _read_rows(
    reader: "csv.DictReader[str]", path: Path
) -> tuple[tuple[Outlet, ...], list[SettingsError]]:
    """Read the rows, and collect what is wrong with the others."""
    outlets: list[Outlet] = []
    mistakes: list[SettingsError] = []
    for row in reader:
        try:
            outlets.append(_read_row(row, f"{path} line {reader.line_num}"))
        except SettingsError as mistake:
            mistakes.append(mistake)
    return tuple(outlets), mistakes


def _read_row(row: dict[str, str], where: str) -> Outlet:
    if None in row or None in row.values():
        raise SettingsError(f"{where}: expected {len(COLUMNS)} columns")
    row = {key: value.strip() for key, value in row.items()}
    if not row["outlet_name"]:
        raise SettingsError(f"{where}: expected a name in outlet_name")
    if not _DOMAIN.fullmatch(row["domain"]):
        raise SettingsError(
            f"{where}: domain {row['domain']!r}: expected lower-case labels with dots, without "
            f"www, or nothing"
        )
    if not re.fullmatch(r"[A-Z]{2}|", row["country_code"]):
        raise SettingsError(
            f"{where}: country_code {row['country_code']!r}: expected two capitals (ISO 3166), "
            f"or nothing"
        )
    if row["kind"] not in KINDS:
        raise SettingsError(f"{where}: kind {row['kind']!r}: expected one of {', '.join(KINDS)}")
    return Outlet(
        domain=row["domain"], outlet_name=row["outlet_name"], aliases=_listed(row["aliases"]),
        country_code=row["country_code"],
        home_place=row["home_place"], kind=row["kind"], agency_names=_listed(row["agency_names"]),
    )  # fmt: skip


def _find_doubles(outlets: tuple[Outlet, ...], path: Path) -> Iterator[SettingsError]:
    """Find what leads to two outlets: one domain, and one name or alias, leads to one; an outlet
    may have several rows, one a domain."""
    owners: dict[str, str] = {}
    for outlet in outlets:
        for key in sorted(
            filter(
                None,
                {outlet.domain, outlet.outlet_name.casefold(), *map(str.casefold, outlet.aliases)},
            )
        ):
            if owners.setdefault(key, outlet.outlet_name) != outlet.outlet_name:
                yield SettingsError(
                    f"{path}: {key!r} is given to both {owners[key]} and {outlet.outlet_name}"
                )
    domains = Counter(outlet.domain for outlet in outlets if outlet.domain)
    yield from (
        SettingsError(f"{path}: the domain {domain} stands in two rows")
        for domain, count in sorted(domains.items())
        if count > 1
    )


def _listed(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split(";") if part.strip())


@cache
def _by_domain() -> dict[str, Outlet]:
    return {outlet.domain: outlet for outlet in load_outlets() if outlet.domain}


@cache
def _by_name() -> dict[str, Outlet]:
    return {
        name.casefold(): outlet
        for outlet in load_outlets()
        for name in (outlet.outlet_name, *outlet.aliases)
    }


_HOST = re.compile(r"(?:www\d?\.)?(?P<domain>(?:[a-z0-9-]+\.)+[a-z]{2,})", re.IGNORECASE)
_OTHER_THAN_LETTERS = re.compile(r"[\W_]+")
_SECOND_LEVELS = frozenset("co com org net gov ac edu gob".split())  # of "bbc.co.uk"


def domain_of_name(name: str | None) -> str | None:
    """Read the domain that stands for an outlet's name: "www.indiewire.com" is indiewire.com."""
    found = _HOST.fullmatch(name.strip()) if name else None
    return found["domain"].casefold() if found else None


def fold_outlet(name: str) -> str:
    """Fold an outlet's name, or its domain, to what both have in common: "IndieWire", "The Indie
    Wire" and "www.indiewire.com" are "indiewire"."""
    if domain := domain_of_name(name):
        labels = domain.split(".")[:-1]
        name = labels[-2] if len(labels) > 1 and labels[-1] in _SECOND_LEVELS else labels[-1]
    return _OTHER_THAN_LETTERS.sub("", name.casefold().strip().removeprefix("the "))


def find_outlet(domain_or_name: str | None) -> Outlet | None:
    """Find an outlet by a domain, one of its subdomains, or a name."""
    if not domain_or_name:
        return None
    key = domain_or_name.strip().casefold()
    if found := _by_name().get(key):
        return found
    if "." not in key:
        return None
    parts = key.removeprefix("www.").split(".")
    return next(
        (
            _by_domain()[".".join(parts[i:])]
            for i in range(len(parts) - 1)
            if ".".join(parts[i:]) in _by_domain()
        ),
        None,
    )


@cache
def _agency_index() -> dict[str, list[tuple[str, str]]]:
    return _index(
        (name, outlet.outlet_name) for outlet in load_outlets() for name in outlet.agency_names
    )


@cache
def _outlet_index() -> dict[str, list[tuple[str, str]]]:
    outlets = [
        outlet
        for outlet in load_outlets()
        if not (outlet.agency_names and outlet.kind in ("wire", "state"))
    ]
    return _index(
        (name, outlet.outlet_name)
        for outlet in outlets
        for name in (outlet.outlet_name, *outlet.aliases)
    )


def _index(names: Iterable[tuple[str, str]]) -> dict[str, list[tuple[str, str]]]:
    """Group names by their first word, the longest first: a pattern of all names is too slow for
    every line of every page."""
    index: dict[str, list[tuple[str, str]]] = {}
    for name, outlet_name in sorted(set(names), key=lambda pair: (-len(pair[0]), pair)):
        if word := _WORD.match(name):
            index.setdefault(word[0], []).append((name, outlet_name))
    return index


def _find_names(text: str, index: dict[str, list[tuple[str, str]]]) -> Iterator[str]:
    """Find the outlets that whole words of a text name, in order; capitals count."""
    end = 0
    for word in _WORD.finditer(text):
        if word.start() < end:
            continue
        for name, outlet_name in index.get(word[0], ()):
            stop = word.start() + len(name)
            if text.startswith(name, word.start()) and not text[stop : stop + 1].isalnum():
                end = stop
                yield outlet_name
                break


def find_agency(text: str) -> str | None:
    """Find the first agency that a credit, dateline, byline or copyright line names."""
    return next(_find_names(text, _agency_index()), None)


def find_agencies(credits: str) -> tuple[str, ...]:
    """Find the agencies of the first of some credit lines that names any: both of "AP - AFP"."""
    found = (
        tuple(dict.fromkeys(_find_names(line, _agency_index()))) for line in credits.split("\n")
    )
    return next(filter(None, found), ())


def find_outlet_in(text: str) -> Outlet | None:
    """Find the outlet that text around an article names most often; agencies do not count."""
    counts = Counter(_find_names(text, _outlet_index()))
    return _by_name()[counts.most_common(1)[0][0].casefold()] if counts else None


_NATIONAL_ENDINGS = {"uk": "GB"}  # where the ending is not the country's code
_ENDINGS_OF_ALL = frozenset(
    {"ai", "cc", "co", "eu", "fm", "io", "ly", "me", "to", "tv", "ws"}
)  # countries' endings that anyone uses


def country_of_domain(domain: str | None) -> str | None:
    """Country code that the ending of a web domain stands for, `None` for endings that stand for
    none: `bbc.co.uk` -> GB."""
    ending = (domain or "").rsplit(".", 1)[-1].lower()
    if len(ending) != 2 or ending in _ENDINGS_OF_ALL or "." not in (domain or ""):
        return None
    return _NATIONAL_ENDINGS.get(ending, ending.upper())
