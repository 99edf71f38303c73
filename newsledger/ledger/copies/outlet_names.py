"""One name for the articles of one outlet that `seeds/outlets.csv` does not know: "IndieWire" and
"www.indiewire.com" are one. The name is chosen among those given, whatever came first."""

from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING

import polars as pl

from newsledger.lexicon.bylines import load_byline_words
from newsledger.lexicon.outlets import domain_of_name, find_outlet, fold_outlet
from newsledger.store.changes import note

if TYPE_CHECKING:
    import duckdb

Pair = tuple[str | None, str | None]
"""An outlet's name and its domain, as an article gives them."""


def unify_outlets(con: "duckdb.DuckDBPyConnection") -> int:
    """Give `outlet_name` of `core.articles` the chosen names. Returns the rows that changed."""
    pairs = con.execute("SELECT DISTINCT outlet_given, outlet_domain FROM core.articles").fetchall()
    chosen = choose_names(pairs)
    rows = [(*pair, chosen.get(pair, pair[0])) for pair in pairs]
    names = pl.DataFrame(
        rows, schema=["given", "domain", "name"], orient="row", infer_schema_length=None
    )
    con.register("chosen_names", names.cast(pl.String).to_arrow())
    differs = (
        "a.outlet_given IS NOT DISTINCT FROM c.given "
        "AND a.outlet_domain IS NOT DISTINCT FROM c.domain "
        "AND a.outlet_name IS DISTINCT FROM c.name"
    )
    renamed = f"SELECT a.article_id FROM core.articles AS a JOIN chosen_names AS c ON {differs}"
    note(con, "core.articles", renamed)
    found = con.execute(
        f"UPDATE core.articles AS a SET outlet_name = c.name FROM chosen_names AS c WHERE {differs}"
    ).fetchone()
    con.unregister("chosen_names")
    return found[0] if found else 0


def choose_names(pairs: Iterable[Pair]) -> dict[Pair, str]:
    """Choose the name of each outlet; only pairs that get another name are listed.

    A name without a domain belongs to the one domain that reads like it. A bare "Herald", or a name
    that two domains share, tells no outlet.
    """
    alike: dict[str, list[Pair]] = defaultdict(list)
    for name, domain in pairs:
        if (name or domain) and not (find_outlet(name) or find_outlet(domain)):
            alike[fold_outlet(name or domain or "")].append((name, domain))
    chosen: dict[Pair, str] = {}
    for key, members in alike.items():
        hosts = {host for pair in members if (host := _host_of(pair))}
        for host in hosts:
            is_told = len(hosts) == 1 and not _is_common(key)
            own = [pair for pair in members if (_host_of(pair) or (is_told and host)) == host]
            best = max((_written(name) or host for name, _ in own), key=_rank)
            chosen |= {pair: best for pair in own if pair[0] != best}
    return chosen


def _host_of(pair: Pair) -> str | None:
    name, domain = pair
    return (domain or domain_of_name(name) or "").removeprefix("www.") or None


def _written(name: str | None) -> str | None:
    """The name where it is one: some pages give their address in its place."""
    return None if name and "://" in name else name


def _is_common(key: str) -> bool:
    """Whether a folded name is one word that many outlets bear."""
    words = load_byline_words()
    return key in words["house"] or key in words["organisation"]


def _rank(name: str) -> tuple[bool, bool, int, str]:
    """A written name before a domain, mixed capitals before others."""
    return (
        domain_of_name(name) is None,
        not name.isupper(),
        sum(map(str.isupper, name)),
        name,
    )
