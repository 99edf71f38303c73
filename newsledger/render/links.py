"""Links between claims of a report: pairs that contradict, deny or update each other, the older
first, with the words that the ledger compared."""

from typing import TYPE_CHECKING, Any

from newsledger.ledger.claims.reasons import Differs, read_compared, read_kind, read_pointed

if TYPE_CHECKING:
    import duckdb

DISPUTES = ("contradicts", "denies")
_LINKS = """
SELECT l.link_type, l.reason, x.claim_id AS one, y.claim_id AS other
FROM core.claim_links AS l
JOIN told_claims AS x ON x.claim_id = l.claim_id
JOIN told_claims AS y ON y.claim_id = l.other_claim_id
WHERE l.link_type IN ('contradicts', 'denies', 'updates') AND x.is_current AND y.is_current
    AND ({wanted})
ORDER BY l.score DESC, one, other
"""
_CLAIMS = """
SELECT t.*, CASE WHEN t.is_clause THEN NULL ELSE s.sentences END AS sentences FROM told_claims AS t
LEFT JOIN (
    SELECT b.claim_id, list(s.text ORDER BY s.start) AS sentences
    FROM told_sentences AS b JOIN core.sentences AS s USING (sentence_id) GROUP BY b.claim_id
) AS s USING (claim_id)
WHERE list_contains(?, t.claim_id)
"""

Row = dict[str, Any]


def read_links(con: "duckdb.DuckDBPyConnection", wanted: str) -> list[Row]:
    """Pairs of current claims that are linked, one for each two groups and kind of link: `wanted`
    is a condition on the claims `x` and `y`. Rows have `link_type`, `differs_in`, `words` that were
    compared, the claims `old` and `new`, and `is_ordered`: whether it is known which is newer."""
    links = con.sql(_LINKS.format(wanted=wanted)).pl().to_dicts()
    ids = sorted({link[side] for link in links for side in ("one", "other")})
    claims = {row["claim_id"]: row for row in con.sql(_CLAIMS, params=[ids]).pl().to_dicts()}
    found: dict[tuple[str, str, str], Row] = {}
    for link in links:
        pair = [claims[link["one"]], claims[link["other"]]]
        if len({" ".join(row["sentence_text"].casefold().split()) for row in pair}) == 1:
            continue  # one sentence in two articles is no dispute, and no update
        groups = sorted(row["claim_group_id"] or row["claim_id"] for row in pair)
        found.setdefault((link["link_type"], groups[0], groups[1]), _tell(link, pair))
    return _vary(list(found.values()))


def _tell(link: Row, pair: list[Row]) -> Row:
    newer = read_pointed(link["reason"])
    if newer:
        pair.sort(key=lambda row: row["claim_id"] == newer)
    else:
        pair.sort(key=lambda row: (row["happened_at"] is not None, row["happened_at"]))
    return link | {
        "differs_in": read_kind(link["reason"]),
        "words": read_compared(link["reason"]),
        "is_ordered": link["link_type"] != "updates" or newer is not None,
        "old": pair[0],
        "new": pair[1],
    }


def _vary(links: list[Row]) -> list[Row]:
    """Figures first, then what is denied, then judgements; of two speakers one pair before their
    others."""
    ranks: dict[str, int] = {Differs.FIGURES: 0, Differs.OPPOSITES: 2}
    seen: set[tuple[str, ...]] = set()
    keys = []
    for link in links:
        names = sorted(" ".join(row["speakers"]) or row["outlet_name"] for row in _sides(link))
        pair = (link["link_type"], *names)
        keys.append((pair in seen, ranks.get(link["differs_in"], 1)))
        seen.add(pair)
    return [link for _, link in sorted(zip(keys, links, strict=True), key=lambda item: item[0])]


def _sides(link: Row) -> tuple[Row, Row]:
    return link["old"], link["new"]


def is_dispute(link: Row) -> bool:
    """Whether the pair contradicts or denies."""
    return link["link_type"] in DISPUTES


def is_news(link: Row) -> bool:
    """Whether the pair tells a change of the period: which of the two is newer is known, and it
    was published in the period, not before the other."""
    if is_dispute(link):
        return True
    days = [row["happened_at"].date() for row in _sides(link) if row["happened_at"]]
    is_forward = days == sorted(days)
    return bool(link["is_ordered"] and is_forward and link["new"]["is_in_period"])


def list_updates(links: list[Row]) -> list[Row]:
    """The updates that are news, one for each new claim."""
    found: dict[str, Row] = {}
    for link in links:
        if link["link_type"] == "updates" and is_news(link):
            new = link["new"]
            found.setdefault(new["claim_group_id"] or new["claim_id"], link)
    return list(found.values())
