"""Articles of the published database as records again, for `explain` and `diff`."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from newsledger.errors import NewsledgerError
from newsledger.model.records import Article, RawDocument
from newsledger.store.database import open_published

if TYPE_CHECKING:
    import duckdb

    from newsledger.ledger.diff import ClaimLine

_COLUMNS = (
    "article_id", "document_id", "body", "headline", "standfirst", "authors", "contributors",
    "outlet_name", "outlet_domain", "agency_name",
    "published_at", "published_precision", "published_text", "utc_offset_minutes", "modified_at",
    "dateline", "dateline_place", "section",
    "language", "url", "correction", "origin",
)  # fmt: skip


def find_article(wanted: str) -> Article:
    """Find one article by its id, the beginning of its id, or words of its headline; the newest
    version where several match.

    Raises `NewsledgerError` where none matches, or where different articles do.
    """
    with open_published() as con:
        return _read_article(con, _find_id(con, wanted))


def find_document(wanted: str) -> RawDocument:
    """Find the document that an article was read from, as `find_article` finds articles."""
    with open_published() as con:
        row = con.execute(
            "SELECT d.document_id, d.source_uri, d.sha256, d.byte_count, d.media_type, d.text, "
            "d.encoding, d.fetched_at, d.source_name, d.hints "
            "FROM raw.documents d JOIN core.articles a USING (document_id) WHERE a.article_id = ?",
            [_find_id(con, wanted)],
        ).fetchone()
    if row is None or row[5] is None:
        raise NewsledgerError(f"the page that {wanted} was read from is not kept")
    return replace(RawDocument(*row[:9]), hints=json.loads(row[9] or "{}"))


def describe_identities(article_id: str) -> dict[str, list[str]]:
    """Describe who each actor of an article is in the ledger: id, name, kind, the names it was
    joined with or may be, and corrections by people."""
    with open_published() as con:
        rows = con.execute(
            "SELECT aa.article_actor_id, aa.name, aa.country_code, aa.kind, a.kind, a.actor_id, "
            "a.canonical_name, a.article_count "
            "FROM core.article_actors aa JOIN core.actors a USING (actor_id) WHERE aa.article_id "
            "= ?",
            [article_id],
        ).fetchall()
        links = con.execute(
            "WITH here AS (SELECT actor_id FROM core.article_actors WHERE article_id = ?) "
            "SELECT actor_id, other_actor_id, name, other_name, link_type, score, evidence FROM "
            "core.actor_links "
            "WHERE actor_id IN (FROM here) OR other_actor_id IN (FROM here) ORDER BY score DESC, "
            "name, other_name",
            [article_id],
        ).fetchall()
    found = {}
    for key, name, country, kind, ledger_kind, actor_id, label, count in rows:
        found[key] = [f"{actor_id}: {label}, {ledger_kind}, in {count} articles"]
        if kind != ledger_kind:
            found[key].append(_say_why_kind(name, country, ledger_kind))
        for one, other, *names, link_type, score, evidence in links:
            if actor_id in (one, other) and name in names:
                second = names[1 - names.index(name)]
                found[key].append(
                    f"{'one with' if link_type == 'same' else 'may be'} {second!r} "
                    f"(score {score:.2f}): {evidence}"
                )
    return found


def _say_why_kind(name: str, country: str | None, kind: str) -> str:
    """Say who decided on a kind that is not the article's: a person, or the other articles."""
    from newsledger.ledger.overrides import find_kind_override

    decided = find_kind_override(name, country, kind)
    if decided is None:
        return f"{kind}: as most articles describe it"
    signed = ", ".join(
        filter(None, (decided.values["who"], decided.values["decided_on"], decided.values["why"]))
    )
    return f"{kind}: decided by a person, {decided.file} line {decided.line_no} ({signed})"


def describe_difference(wanted: str, other: str | None) -> str:
    """Describe what changed between the version before and this article, or between two articles,
    claims included."""
    from newsledger.ledger.diff import describe_diff, diff_articles

    with open_published() as con:
        new_id = _find_id(con, wanted)
        if other is None:
            old_id = _version_before(con, new_id)
        else:
            old_id, new_id = new_id, _find_id(con, other)
        old, new = _read_article(con, old_id), _read_article(con, new_id)
        found = diff_articles(old, new, _read_claims(con, old_id), _read_claims(con, new_id))
    return describe_diff(found, _name_of(old), _name_of(new))


def _find_id(con: "duckdb.DuckDBPyConnection", wanted: str) -> str:
    rows = con.execute(
        "SELECT article_id, first_version_id, headline FROM core.articles WHERE "
        "starts_with(article_id, $wanted) "
        "OR contains(lower(headline), lower($wanted)) ORDER BY is_current DESC, version "
        "DESC, published_at DESC, article_id",
        {"wanted": wanted},
    ).fetchall()
    exact = [row for row in rows if row[0].startswith(wanted)]
    rows = exact or rows
    if not rows:
        raise NewsledgerError(
            f"no article {wanted!r}: give an article id, the beginning of one, or words of a "
            f"headline"
        )
    if len({row[1] for row in rows}) > 1:
        listed = "; ".join(f"{article_id} {headline}" for article_id, _, headline in rows[:5])
        raise NewsledgerError(f"{wanted!r} fits {len(rows)} articles: {listed}")
    found: str = rows[0][0]
    return found


def _version_before(con: "duckdb.DuckDBPyConnection", article_id: str) -> str:
    row = con.execute(
        "SELECT o.article_id FROM core.articles n JOIN core.articles o USING (first_version_id) "
        "WHERE n.article_id = ? AND o.version < n.version ORDER BY o.version DESC, "
        "o.article_id LIMIT 1",
        [article_id],
    ).fetchone()
    if row is None:
        raise NewsledgerError(
            f"{article_id} has no earlier version: name the article to compare it with"
        )
    found: str = row[0]
    return found


def _read_article(con: "duckdb.DuckDBPyConnection", article_id: str) -> Article:
    row = con.execute(
        f"SELECT {', '.join(_COLUMNS)} FROM core.articles WHERE article_id = ?", [article_id]
    ).fetchone()
    values = dict(zip(_COLUMNS, row or (), strict=True))
    values |= {name: tuple(values[name] or ()) for name in ("authors", "contributors")}
    values |= {name: _in_utc(values[name]) for name in ("published_at", "modified_at")}
    return Article(**values)


def _in_utc(at: datetime | None) -> datetime | None:
    return at.replace(tzinfo=UTC) if at else None


def _read_claims(con: "duckdb.DuckDBPyConnection", article_id: str) -> "list[ClaimLine]":
    from newsledger.ledger.diff import ClaimLine

    rows = con.execute(
        "SELECT content_text, speaker_name, content_spans[1].start FROM core.claims WHERE "
        "article_id = ? AND NOT is_statement "
        "AND cue_class NOT IN ('declined', 'credit') ORDER BY content_spans[1].start, claim_id",
        [article_id],
    ).fetchall()
    return [ClaimLine(text, speaker or "", start) for text, speaker, start in rows]


def _name_of(article: Article) -> str:
    return (
        f"{article.article_id} {article.outlet_name or ''}: {article.headline or article.body[:60]}"
    )
