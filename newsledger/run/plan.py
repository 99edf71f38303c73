"""What a run is to do: options, sources, and which stored documents are stale."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, TypeVar

from newsledger.errors import SettingsError
from newsledger.stages.fingerprint import tell_difference

if TYPE_CHECKING:
    import duckdb

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class RunOptions:
    """What a run reads. Without sources, those that `seeds/sources.csv` has switched on."""

    sources: tuple[str, ...] = ()
    source_name: str | None = None
    schedule_group: str | None = None
    since: datetime | None = None  # UTC
    until: datetime | None = None
    limit: int | None = None
    is_stored: bool = False  # no source: stored documents alone
    force: bool = False
    budget: str | None = None  # for stale documents: `30m` minutes, `500` articles
    report: str | None = "daily_brief"


@dataclass(slots=True)
class Counts:
    """What a run did, added up over its batches. Documents read = articles + duplicates +
    refused + failed."""

    documents: int = 0
    articles: int = 0
    duplicates: int = 0
    refused: dict[str, int] = field(default_factory=dict)
    failed: int = 0
    out_of_window: int = 0
    not_english: int = 0
    claims: int = 0
    renewed: int = 0  # stored documents that were read again
    stale: int = 0  # stored documents that are still to be read again
    kept: int = 0  # articles that all were to be read again, and cannot: their pages were dropped
    failed_sources: int = 0
    checks_failed: int = 0
    checks_warned: int = 0
    quarantined: int = 0
    seen: int = 0  # for progress: documents so far, known and renewed ones too
    expected: int = 0  # how many these may become, as far as that can be told beforehand

    @property
    def share(self) -> float:
        """How much of what is expected has been seen, 0 to 1."""
        return self.seen / max(self.expected, self.seen, 1)

    @property
    def refused_count(self) -> int:
        return sum(self.refused.values())


@dataclass(frozen=True, slots=True)
class Budget:
    """How much of a run may go into stale documents; `None` is no limit."""

    minutes: float | None = None
    articles: int | None = None


def read_budget(text: str | None) -> Budget:
    """Read `30m`, `1.5h` or `500`. Raises `SettingsError`."""
    if not text or text == "all":
        return Budget()
    if found := re.fullmatch(r"(\d+(?:\.\d+)?)(m|min|minutes?|h|hours?)", text.strip()):
        minutes = float(found[1]) * (60 if found[2].startswith("h") else 1)
        return Budget(minutes=minutes)
    if text.strip().isdigit():
        return Budget(articles=int(text))
    raise SettingsError(f"budget {text!r}: expected minutes (`30m`), articles (`500`) or `all`")


@dataclass(frozen=True, slots=True)
class Stale:
    """A stored document whose rows were made by other code, seeds or checks than today's."""

    document_id: str
    why: str  # the stage, and what of it has changed


def find_stale(
    con: "duckdb.DuckDBPyConnection", stamps: dict[str, str], checks: frozenset[str]
) -> list[Stale]:
    """List the documents to be read again, the newest articles first.

    `stamps` are the fingerprints of today by stage, `checks` those of the suites and rules: an
    article whose quarantined row was refused by another one is read again, too.
    """
    found: dict[str, str] = {}
    for stage, stamp in stamps.items():
        rows = con.execute(
            "SELECT d.document_id, s.fingerprint FROM raw.documents d LEFT JOIN "
            "ops.document_stages s "
            "ON s.document_id = d.document_id AND s.stage = ? "
            "WHERE d.text IS NOT NULL AND s.fingerprint IS DISTINCT FROM ?",
            [stage, stamp],
        ).fetchall()
        for document_id, before in rows:
            found.setdefault(document_id, f"{stage}: {tell_difference(before, stamp)}")
    rows = con.execute(
        "SELECT DISTINCT coalesce(a.document_id, q.row ->> 'document_id') FROM ops.quarantine q "
        "LEFT JOIN core.articles a USING (article_id) WHERE NOT list_contains(?, q.fingerprint)",
        [sorted(checks)],
    ).fetchall()
    for (document_id,) in rows:
        if document_id is not None:
            found.setdefault(document_id, "checks have changed")
    order = con.execute(
        "SELECT d.document_id FROM raw.documents d LEFT JOIN core.articles a USING (document_id) "
        "WHERE list_contains(?, d.document_id) AND d.text IS NOT NULL "
        "ORDER BY coalesce(a.published_at, d.fetched_at) DESC, d.document_id",
        [sorted(found)],
    ).fetchall()
    return [Stale(document_id, found[document_id]) for (document_id,) in order]


def count_dropped(con: "duckdb.DuckDBPyConnection") -> int:
    """Count the articles whose pages were dropped (`raw_keep_days`): nothing reads them again."""
    query = "SELECT count(*) FROM raw.documents WHERE text IS NULL AND status = 'article'"
    row = con.execute(query).fetchone()
    return int(row[0]) if row else 0


def pair_with_next(
    batches: Iterator[Sequence[T]], limit: int | None
) -> Iterator[tuple[Sequence[T], Sequence[T]]]:
    """Give each batch with the one behind it, the last with an empty one; an error in reading ahead
    comes after the batch before it was dealt with. Up to a limit none is read ahead: what is taken
    next depends on what the batch before it came to."""
    if limit is not None:
        yield from ((found, ()) for found in batches)
        return
    found = next(batches, ())
    while found:
        try:
            ahead = next(batches, ())
        except Exception:
            yield found, ()
            raise
        yield found, ahead
        found = ahead
