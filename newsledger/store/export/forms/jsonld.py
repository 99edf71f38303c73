"""schema.org `Claim` as JSON-LD: what is said, who said it, where it was first reported and where
it appears. No rating: a claim is as reported."""

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

PURPOSE = "schema.org Claim as one JSON-LD file"
_GROUPS = """
SELECT g.claim_group_id, g.canonical_text, g.grade, g.is_denial, s.headline,
    g.first_reported_at, g.first_reported_precision, g.independent_origin_count,
    g.independent_text_count
FROM mart.claim_groups AS g LEFT JOIN mart.stories AS s USING (story_id)
WHERE NOT g.is_statement ORDER BY g.claim_group_id"""
_APPEARANCES = """
SELECT c.claim_group_id, a.article_id, a.url, a.headline, a.outlet_name, a.published_at,
    a.published_precision
FROM (SELECT DISTINCT claim_group_id, article_id FROM mart.claims) AS c
JOIN mart.articles AS a USING (article_id)
ORDER BY c.claim_group_id, a.published_latest_at, a.article_id"""
_SPEAKERS = """
SELECT DISTINCT claim_group_id, speaker_name, speaker_kind, speaker_actor_id
FROM mart.statements WHERE speaker_name IS NOT NULL ORDER BY ALL"""


def export(target: Path, tables: Sequence[str]) -> dict[str, int]:
    """Write one file with a graph of claims; claims that say the same are one."""
    with open_published() as con, new_file(target) as path:
        graph = list(_list_claims(con))
        document = {
            "@context": "https://schema.org",
            "description": f"{MARK} {__version__}. Claims as reported, not verified.",
            "@graph": graph,
        }
        path.write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", "utf-8")
    return {"Claim": len(graph)}


def _list_claims(con: "duckdb.DuckDBPyConnection") -> Iterator[dict[str, Any]]:
    works: dict[str, list[dict[str, Any]]] = {}
    for group, *row in con.execute(_APPEARANCES).fetchall():
        works.setdefault(group, []).append(_work(*row))
    speakers: dict[str, list[dict[str, Any]]] = {}
    for group, *row in con.execute(_SPEAKERS).fetchall():
        speakers.setdefault(group, []).append(_speaker(*row))
    for key, text, grade, is_denial, story, first, precision, origins, texts in con.execute(
        _GROUPS
    ).fetchall():
        found = works.get(key, [])
        claim = {
            "@type": "Claim",
            "@id": f"urn:newsledger:{key}",
            "text": f"Denial that: {text}" if is_denial else text,
            "author": speakers.get(key),
            "firstAppearance": found[0] if found else None,
            "appearance": found or None,
            "datePublished": _time(first, precision),
            "about": {"@type": "Event", "name": story} if story else None,
            "additionalProperty": [
                _property("grade", grade),
                _property("independent origins", origins),
                _property("independent texts", texts),
            ],
        }
        yield {name: value for name, value in claim.items() if value is not None}


def _work(
    key: str,
    url: str | None,
    headline: str | None,
    outlet: str | None,
    at: Any,
    precision: str | None,
) -> dict[str, Any]:
    work = {
        "@type": "NewsArticle",
        "@id": f"urn:newsledger:{key}",
        "url": url,
        "headline": headline,
        "datePublished": _time(at, precision),
        "publisher": {"@type": "NewsMediaOrganization", "name": outlet} if outlet else None,
    }
    return {name: value for name, value in work.items() if value is not None}


def _speaker(name: str, kind: str | None, key: str | None) -> dict[str, Any]:
    who = {"@type": "Person" if kind in (ActorKind.PERSON, None) else "Organization", "name": name}
    return who | ({"@id": f"urn:newsledger:{key}"} if key else {})


def _property(name: str, value: Any) -> dict[str, Any]:
    return {"@type": "PropertyValue", "name": name, "value": value}


def _time(at: Any, precision: str | None) -> str | None:
    if at is None:
        return None
    return (
        str(at.date()) if precision == TimePrecision.DAY else at.isoformat(timespec="seconds") + "Z"
    )
