"""FollowTheMoney entities, one JSON object a line, for Aleph and the tools of OpenSanctions.

Named actors become Person, Company, PublicBody or Organization; articles become Article; who is
named where becomes Mention, and each statement a Note of the article that quotes it.
"""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from newsledger import __version__
from newsledger.model.enums import ActorKind, TimePrecision
from newsledger.store.database import open_published
from newsledger.store.export.place import MARK, new_file

if TYPE_CHECKING:
    import duckdb

PURPOSE = "FollowTheMoney entities as JSON lines, for Aleph and OpenSanctions tools"
_SCHEMAS = {
    ActorKind.PERSON: "Person",
    ActorKind.COMPANY: "Company",
    ActorKind.MEDIA: "Company",
    ActorKind.GOVERNMENT_BODY: "PublicBody",
    ActorKind.MILITARY: "PublicBody",
}
_DATASET = "newsledger"
_ACTORS = """
SELECT a.actor_id, a.name, a.kind, a.country_code, a.gender, a.roles,
    list(l.alias ORDER BY l.alias) AS aliases, a.first_seen_at, a.last_seen_at
FROM mart.actors AS a LEFT JOIN core.actor_aliases AS l
    ON l.actor_id = a.actor_id AND l.alias_type <> 'role' AND l.alias <> a.name
GROUP BY ALL ORDER BY a.actor_id"""
_ARTICLES = """
SELECT a.article_id, a.headline, a.standfirst, a.url, a.outlet_name, a.agency_name,
    a.published_at, a.published_precision, c.authors, c.language, a.body
FROM mart.articles AS a JOIN core.articles AS c USING (article_id) ORDER BY a.article_id"""
_MENTIONS = """
SELECT x.article_id, x.actor_id, any_value(a.name), any_value(a.kind), list(DISTINCT x.name)
FROM core.article_actors AS x JOIN mart.actors AS a USING (actor_id)
JOIN mart.articles USING (article_id)
GROUP BY x.article_id, x.actor_id ORDER BY x.article_id, x.actor_id"""
_STATEMENTS = """
SELECT s.claim_id || '-' || s.chain, s.article_id, s.speaker_actor_id, s.speaker_name,
    s.content_text, s.cue_text, s.outlet_name, s.published_at, s.url, s.is_denial,
    s.speaker_actor_id IN (SELECT actor_id FROM mart.actors)
FROM mart.statements AS s ORDER BY s.claim_id, s.chain"""


def export(target: Path, tables: Sequence[str]) -> dict[str, int]:
    """Write the entities to one file. Returns how many of each schema."""
    counts: dict[str, int] = {}
    with open_published() as con, new_file(target) as path, path.open("w", encoding="utf-8") as out:
        for entity in _list_entities(con):
            out.write(json.dumps(entity, ensure_ascii=False) + "\n")
            counts[entity["schema"]] = counts.get(entity["schema"], 0) + 1
    return counts


def _list_entities(con: "duckdb.DuckDBPyConnection") -> Iterator[dict[str, Any]]:
    yield _about()
    yield from map(_actor, con.execute(_ACTORS).fetchall())
    yield from map(_article, con.execute(_ARTICLES).fetchall())
    yield from map(_mention, con.execute(_MENTIONS).fetchall())
    for row in con.execute(_STATEMENTS).fetchall():
        yield _statement(row)


def _about() -> dict[str, Any]:
    """The first entity says what the file is, so that a later export may replace it."""
    title = f"newsledger {__version__}"
    summary = f"{MARK} {__version__}. Claims as reported, not verified. Times are UTC."
    return _entity("newsledger-export", "Document", title=title, summary=summary)


def _entity(key: str, schema: str, **properties: Any) -> dict[str, Any]:
    """Make an entity; every property is a list of texts, and empty ones are left out."""
    kept = {}
    for name, value in properties.items():
        values = [str(item) for item in (value if isinstance(value, list) else [value]) if item]
        if values:
            kept[name] = values
    return {"id": _id(key), "schema": schema, "properties": kept, "datasets": [_DATASET]}


def _id(key: str) -> str:
    """Give an id as FollowTheMoney takes it: letters, digits, points and hyphens."""
    return key.replace("_", "-")


def _actor(row: tuple[Any, ...]) -> dict[str, Any]:
    key, name, kind, country, gender, roles, aliases, _, _ = row
    schema = _SCHEMAS.get(kind, "Organization")
    own: dict[str, Any] = {"name": name, "alias": [a for a in aliases if a], "topics": None}
    if schema == "Person":
        own |= {"gender": gender, "position": roles.split("; ") if roles else None}
        own["country"] = country.lower() if country else None
    elif country:
        own["country"] = country.lower()
    return _entity(key, schema, **own)


def _article(row: tuple[Any, ...]) -> dict[str, Any]:
    key, headline, standfirst, url, outlet, agency, at, precision, authors, language, body = row
    return _entity(
        key, "Article", title=headline, summary=standfirst, sourceUrl=url, publisher=outlet,
        author=[*(authors or []), *([agency] if agency else [])],
        publishedAt=_time(at, precision), language=_LANGUAGES.get(language), bodyText=body,
    )  # fmt: skip


_LANGUAGES = {"en": "eng"}


def _time(at: Any, precision: str | None) -> str | None:
    if at is None:
        return None
    return (
        str(at.date()) if precision == TimePrecision.DAY else str(at.isoformat(timespec="seconds"))
    )


def _mention(row: tuple[Any, ...]) -> dict[str, Any]:
    article, actor, name, kind, names = row
    return _entity(
        f"{article}-{actor}", "Mention", document=_id(article), resolved=_id(actor),
        name=sorted({name, *names}), detectedSchema=_SCHEMAS.get(kind, "Organization"),
    )  # fmt: skip


def _statement(row: tuple[Any, ...]) -> dict[str, Any]:
    key, article, actor, speaker, text, cue, outlet, at, url, is_denial, is_listed = row
    denial, day = ", a denial" if is_denial else "", f" on {at:%Y-%m-%d}" if at else ""
    said = (
        f"{speaker or 'no source named'} ({cue or 'quoted'}{denial}), "
        f"as reported by {outlet or 'the outlet'}{day}: {text}"
    )
    return _entity(
        key, "Note", description=said, entity=[_id(article), *([_id(actor)] if is_listed else [])],
        publisher=outlet, sourceUrl=url,
    )  # fmt: skip
