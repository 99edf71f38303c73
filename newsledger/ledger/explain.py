"""Why claims were joined, kept apart and graded: one group in words, from the tables alone."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from newsledger.errors import StoreError
from newsledger.ledger.claims.groups import MIN_LINKED
from newsledger.ledger.claims.reasons import is_by_both_sides

if TYPE_CHECKING:
    import duckdb

_GROUP = """
    SELECT g.claim_group_id, g.canonical_text, g.grade, g.article_count, g.independent_text_count,
           g.independent_origin_count, s.headline
    FROM core.claim_groups AS g LEFT JOIN core.stories AS s USING (story_id)
    WHERE starts_with(g.claim_group_id, ?) ORDER BY g.claim_group_id LIMIT 2
"""
_MEMBERS = """
    SELECT m.claim_id, m.origin_name, m.origin_reason, m.independent_text_id, m.is_current,
           c.content_text, c.speaker_name, c.source_type, c.is_statement, a.outlet_name,
           a.published_at, s.surface
    FROM core.claim_group_members AS m JOIN core.claims AS c USING (claim_id)
    JOIN core.articles AS a ON a.article_id = m.article_id
    LEFT JOIN core.claim_sources AS s ON s.claim_id = m.claim_id AND s.chain = m.chain AND s.hop = 0
    WHERE m.claim_group_id = ? ORDER BY a.published_at NULLS LAST, m.claim_id, m.chain
"""
_LINKS = """
    SELECT l.link_type, l.score, l.reason, l.claim_id, x.content_text AS text,
           coalesce(x.speaker_name, 'no source named') AS speaker,
           o.outlet_name AS outlet, l.other_claim_id, y.content_text AS other_text,
           coalesce(y.speaker_name, 'no source named') AS other_speaker,
           p.outlet_name AS other_outlet, y.claim_group_id AS other_group,
           x.claim_group_id AS own_group
    FROM core.claim_links AS l JOIN core.claims AS x USING (claim_id)
    JOIN core.claims AS y ON y.claim_id = l.other_claim_id
    JOIN core.articles AS o ON o.article_id = x.article_id
    JOIN core.articles AS p ON p.article_id = y.article_id
    WHERE x.claim_group_id = ? OR y.claim_group_id = ?
    ORDER BY l.link_type, l.score DESC, l.claim_id, l.other_claim_id
"""
_SIZES = """
    SELECT claim_group_id, claim_count FROM core.claim_groups
    WHERE list_contains(?, claim_group_id)
"""
_GRADES = {
    "withdrawn": "gone from the current version of every article that had it, and in no other",
    "denied": "somebody denies it",
    "contested": "a current claim contradicts it, or it denies what another states",
    "both_sides": "speakers who oppose each other in the story both say so",
    "independent_origins": "two or more first speakers that are not one under two names",
    "no_source_named": "told, and nobody named for it",
    "one_report": "one article so far",
    "several_speakers": "two or more speakers, and nothing shows that they state one thing",
    "one_origin_several_reports": "several texts, one first speaker",
    "single_origin": "copies of one text, one first speaker",
}
_WORDS = {
    "contradicts": "contradicted by",
    "denies": "in a denial with",
    "updates": "in an update with",
    "same": "like, and kept apart from",
}


def explain_group(con: "duckdb.DuckDBPyConnection", group: str) -> str:
    """Explain one group of claims, given by its id or the beginning of one.

    Raises `StoreError` where no group, or more than one, begins so.
    """
    found = _fetch(con, _GROUP, group)
    if len(found) != 1:
        raise StoreError(
            f"{'several groups begin' if found else 'no group begins'} with {group}: "
            "newsledger query 'SELECT claim_group_id, canonical_text FROM claim_groups'"
        )
    head = found[0]
    group_id = head["claim_group_id"]
    lines = [
        f"{group_id}  {head['canonical_text']}",
        f"story: {head['headline'] or 'none'}",
        f"grade: {head['grade']}: {_GRADES[head['grade']]}",
        f"{head['article_count']} articles, {head['independent_text_count']} independent texts, "
        f"{head['independent_origin_count']} independent origins",
    ]
    members = _fetch(con, _MEMBERS, group_id)
    lines += ["", "origins", *_describe_origins(members)]
    links = _fetch(con, _LINKS, group_id, group_id)
    joined = [link for link in links if link["own_group"] == link["other_group"]]
    lines += ["", "joined because", *_describe_joined(joined, members)]
    apart = _tell_apart(con, group_id, links)
    told: dict[tuple[str, ...], dict[str, Any]] = {}  # of copies one
    for link in links:
        if link["own_group"] != link["other_group"]:
            texts = sorted((link["text"], link["other_text"]))
            told.setdefault((link["link_type"], *texts), link)
    for link in told.values():
        lines += _describe_apart(link, group_id, apart)
    return "\n".join(lines)


def _fetch(con: "duckdb.DuckDBPyConnection", sql: str, *values: str) -> list[dict[str, Any]]:
    cursor = con.execute(sql, list(values))
    names = [column[0] for column in cursor.description or ()]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _describe_origins(members: list[dict[str, Any]]) -> list[str]:
    by_origin: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in members:
        by_origin[row["origin_name"] or ""].append(row)
    lines = []
    for name, rows in sorted(by_origin.items(), key=lambda item: (not item[0], item[0])):
        lines.append(f"  {name or 'nobody named (no origin of its own)'}")
        for row in rows:
            day = f"{row['published_at']:%Y-%m-%d %H:%M}" if row["published_at"] else "no time"
            why = f"; one by: {row['origin_reason']}" if row["origin_reason"] else ""
            old = "" if row["is_current"] else "; older version"
            lines.append(
                f"    {row['outlet_name'] or 'unknown'}, {day}: "
                f"{row['surface'] or 'no source named'} ({row['source_type']}){why}{old}"
            )
            lines.append(f"      “{row['content_text']}”")
    return lines


def _describe_joined(links: list[dict[str, Any]], members: list[dict[str, Any]]) -> list[str]:
    """Say what joined the claims, those of two origins first."""
    if not links:
        return ["  nothing else says the same"]
    origins = {row["claim_id"]: row["origin_name"] for row in members}
    lines = []
    for link in links:
        ends = (origins.get(link["claim_id"]), origins.get(link["other_claim_id"]))
        two = f"{ends[0]} and {ends[1]}: " if all(ends) and ends[0] != ends[1] else ""
        pair = f"{link['claim_id']}, {link['other_claim_id']}"
        lines.append((not two, f"  {link['score']:.2f} {two}{link['reason']}: {pair}"))
    return [line for _, line in sorted(lines, key=lambda line: line[0])]


def _tell_apart(
    con: "duckdb.DuckDBPyConnection", group_id: str, links: list[dict[str, Any]]
) -> dict[str, str]:
    """Say of each group that is like this one why the two are not one."""
    linked = Counter(
        link["other_group"] if link["own_group"] == group_id else link["own_group"]
        for link in links
        if link["link_type"] == "same"
    )
    opposed = {
        group
        for link in links
        if link["link_type"] != "same"
        for group in (link["own_group"], link["other_group"])
    }
    sizes = dict(con.execute(_SIZES, [[group_id, *filter(None, linked)]]).fetchall())
    found = {}
    for group, count in linked.items():
        pairs = sizes.get(group_id, 0) * sizes.get(group, 0)
        why = f"{count} of {pairs} pairs of their claims say the same, more than a third is asked"
        if group in opposed:
            why = "a claim of one contradicts, denies or updates one of the other"
        elif count >= MIN_LINKED * pairs:
            why = "an article tells both, or one of them stands nearer to a third"
        found[group] = why
    return found


def _describe_apart(link: dict[str, Any], group_id: str, apart: Mapping[str, str]) -> list[str]:
    """Say with which claim of another group it stands in what relation, and what differs."""
    is_left = link["own_group"] == group_id
    is_both = is_by_both_sides(link["reason"])
    words = "borne out by the other side in" if is_both else _WORDS[link["link_type"]]
    own, other = ("", "other_") if is_left else ("other_", "")
    outside = link["other_group"] if is_left else link["own_group"]
    is_like = link["link_type"] == "same" and not is_both
    why = f"; {apart[outside]}" if is_like and outside in apart else ""
    return [
        "",
        f"{words} {outside or 'a claim'} ({link['reason']}{why})",
        f"  {link[f'{own}speaker']}, {link[f'{own}outlet'] or 'unknown'}: “{link[f'{own}text']}”",
        f"  {link[f'{other}speaker']}, {link[f'{other}outlet'] or 'unknown'}: "
        f"“{link[f'{other}text']}”",
    ]
