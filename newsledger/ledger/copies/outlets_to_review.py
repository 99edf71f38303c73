"""Outlets that `seeds/outlets.csv` does not know, as rows of that file ready to be filled in."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from newsledger.lexicon.outlets import (
    COLUMNS,
    country_of_domain,
    domain_of_name,
    find_outlet,
    fold_outlet,
)
from newsledger.lexicon.sheets import write_sheet
from newsledger.store.database import open_published

if TYPE_CHECKING:
    import duckdb


class UnknownOutlet(NamedTuple):
    """An outlet that is not in the seeds: its commonest name and domain, the other names, and how
    many articles it printed."""

    outlet_name: str
    domain: str
    aliases: tuple[str, ...]
    article_count: int


def list_unknown_outlets(con: "duckdb.DuckDBPyConnection") -> list[UnknownOutlet]:
    """List the outlets of a ledger that the seeds do not know, those with most articles first."""
    rows = con.execute(
        "SELECT outlet_name, outlet_domain, count(*) FROM core.articles WHERE is_current "
        "AND coalesce(outlet_name, outlet_domain) IS NOT NULL GROUP BY ALL ORDER BY ALL"
    ).fetchall()
    return group_unknown(rows)


def group_unknown(rows: Iterable[tuple[str | None, str | None, int]]) -> list[UnknownOutlet]:
    """Group pairs of name and domain, with their article counts, to outlets: "IndieWire" and
    "www.indiewire.com" are one."""
    names: dict[str, Counter[str]] = defaultdict(Counter)
    domains: dict[str, Counter[str]] = defaultdict(Counter)
    counts: Counter[str] = Counter()
    for name, domain, count in rows:
        if find_outlet(name) or find_outlet(domain):
            continue
        key = fold_outlet(name or domain or "") or (name or domain or "")
        counts[key] += count
        if name and not domain_of_name(name):
            names[key][name] += count
        if found := domain or domain_of_name(name):
            domains[key][found] += count
    found_outlets = []
    for key, count in counts.items():
        listed = [name for name, _ in names[key].most_common()]
        domain = next((host for host, _ in domains[key].most_common(1)), "")
        first, *others = listed or [domain]
        found_outlets.append(UnknownOutlet(first, domain, tuple(others), count))
    return sorted(found_outlets, key=lambda outlet: (-outlet.article_count, outlet.outlet_name))


def write_unknown_outlets(path: Path) -> int:
    """Write them as CSV with the columns of `seeds/outlets.csv` and the number of articles. Returns
    how many."""
    with open_published() as con:
        outlets = list_unknown_outlets(con)
    columns = (*COLUMNS, "article_count")
    rows = [
        {
            "domain": outlet.domain,
            "outlet_name": outlet.outlet_name,
            "aliases": ";".join(outlet.aliases),
            "country_code": country_of_domain(outlet.domain),
            "article_count": outlet.article_count,
        }
        for outlet in outlets
    ]
    return write_sheet(path, columns, [[row.get(name) for name in columns] for row in rows])
