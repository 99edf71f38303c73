"""Human corrections of what goes across articles, one file per kind in `seeds/overrides`.

They are keyed on content, so that they outlive new ids, applied last, logged, and reported where
they match nothing any more.
"""

import datetime
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from newsledger import paths
from newsledger.errors import SettingsError
from newsledger.ledger.claims.compared import ComparedClaim, Link
from newsledger.ledger.identity.names import fold as fold_name
from newsledger.lexicon import place_overrides
from newsledger.lexicon.gazetteer import fold_name as fold_place
from newsledger.lexicon.sheets import read_sheet
from newsledger.model.enums import ActorKind
from newsledger.model.ids import make_id
from newsledger.text.fold import fold_words

if TYPE_CHECKING:
    import duckdb
    import polars as pl

    from newsledger.ledger.identity.pairs import ActorPair
    from newsledger.ledger.identity.profiles import Profile

_SIGNED = ("who", "decided_on", "why")
ACTOR_PAIR = ("name", "country_code", "other_name", "other_country_code", *_SIGNED)
COLUMNS = {
    "actor_aliases.csv": ACTOR_PAIR,
    "not_same.csv": ACTOR_PAIR,
    "actor_kinds.csv": ("name", "country_code", "kind", *_SIGNED),
    place_overrides.FILE: (*place_overrides.COLUMNS, *_SIGNED),
    "same_claim.csv": ("text", "other_text", *_SIGNED),
    "not_same_claim.csv": ("text", "other_text", *_SIGNED),
    "story.csv": (
        "outlet_name",
        "headline",
        "other_outlet_name",
        "other_headline",
        "decision",
        *_SIGNED,
    ),
}
OPTIONAL = {"country_code", "other_country_code", "context", "place", "lat", "lon", *_SIGNED}
OPTIONAL_IN = {(place_overrides.FILE, "kind")}
CLOSED = {
    ("story.csv", "decision"): ("same", "apart"),
    ("actor_kinds.csv", "kind"): tuple(sorted(ActorKind)),
}


@dataclass(frozen=True, slots=True)
class Override:
    """One line of a file of corrections, and how many rows it changed."""

    file: str
    line_no: int
    values: Mapping[str, str]
    decided_on: datetime.date | None
    matched_count: int = 0


def load_overrides(folder: Path | None = None) -> list[Override]:
    """Read the corrections. Raises `SettingsError` naming file, line and what was expected."""
    folder = folder or paths.OVERRIDES
    found = []
    for name, columns in COLUMNS.items():
        path = folder / name
        if not path.exists():
            continue
        found += [
            read_override(path, name, number, row) for number, row in read_sheet(path, columns)
        ]
    _check_contradictions(found)
    return found


def _check_contradictions(overrides: Sequence[Override]) -> None:
    """Raise `SettingsError` where `not_same.csv` parts two names that lines of `actor_aliases.csv`
    join."""
    joined: dict[tuple[str, str], set[tuple[str, str]]] = {}
    for override in overrides:
        if override.file == "actor_aliases.csv":
            left, right = _list_sides(override)
            together = joined.get(left, {left}) | joined.get(right, {right})
            joined |= dict.fromkeys(together, together)
    for override in overrides:
        if override.file != "not_same.csv":
            continue
        left, right = _list_sides(override)
        if left != right and right in joined.get(left, ()):
            names = f"{override.values['name']!r} and {override.values['other_name']!r}"
            raise SettingsError(
                f"{override.file} line {override.line_no}: {names} are one actor in "
                f"actor_aliases.csv; take one of the lines out"
            )


def _list_sides(override: Override) -> tuple[tuple[str, str], tuple[str, str]]:
    values = override.values
    return (fold_name(values["name"]), values["country_code"]), (
        fold_name(values["other_name"]),
        values["other_country_code"],
    )


def read_override(path: Path, file: str, number: int, row: dict[str, str]) -> Override:
    """Check one line as one of `file`; `path` is where it stands. Raises `SettingsError` naming the
    line and what was expected."""
    missing = [
        column
        for column in COLUMNS[file]
        if not row[column] and column not in OPTIONAL and (file, column) not in OPTIONAL_IN
    ]
    if missing:
        raise SettingsError(f"{path} line {number}: {', '.join(missing)} is empty")
    for (name, column), allowed in CLOSED.items():
        if file == name and row[column] not in allowed:
            raise SettingsError(
                f"{path} line {number}: {column} is {row[column]!r}, expected {', '.join(allowed)}"
            )
    for column in ("country_code", "other_country_code"):
        if not re.fullmatch(r"[A-Z]{2}|", row.get(column, "")):
            raise SettingsError(
                f"{path} line {number}: {column} is {row[column]!r}, expected two capitals (ISO "
                f"3166-1) such as FR, or nothing"
            )
    try:
        decided_on = datetime.date.fromisoformat(row["decided_on"]) if row["decided_on"] else None
    except ValueError:
        raise SettingsError(
            f"{path} line {number}: decided_on is {row['decided_on']!r}, expected a date such as "
            f"2026-02-13"
        ) from None
    return Override(file, number, row, decided_on)


def log_overrides(con: "duckdb.DuckDBPyConnection", run_id: str, log: Sequence[Override]) -> None:
    """Log the corrections in `ops.overrides_applied`; where the log would say the same as before,
    it stays as it is."""
    rows = [
        (entry.file, entry.line_no, entry.matched_count == 0, entry.matched_count,
        entry.values["who"] or None, entry.decided_on, entry.values["why"] or None)
        for entry in log
    ]  # fmt: skip
    columns = "file, line_no, is_orphaned, matched_count, who, decided_on, why"
    there = con.execute(f"SELECT {columns} FROM ops.overrides_applied ORDER BY ALL").fetchall()
    if sorted(map(str, there)) != sorted(map(str, rows)):
        con.execute("DELETE FROM ops.overrides_applied")
        if rows:
            con.executemany(
                f"INSERT INTO ops.overrides_applied (run_id, {columns}) VALUES (?, ?, ?, ?, ?, "
                f"?, ?, ?)",
                [(run_id, *row) for row in rows],
            )


def apply_actor_kinds(
    overrides: Sequence[Override], actors: "pl.DataFrame"
) -> tuple["pl.DataFrame", dict[str, str], list[Override]]:
    """Apply `actor_kinds.csv` to actors of articles. Returns them with the new kinds, the kinds set
    by `article_actor_id`, and the log."""
    import polars as pl

    chosen = [override for override in overrides if override.file == "actor_kinds.csv"]
    if not chosen:
        return actors, {}, []
    names = [fold_name(name) for name in actors["name"]]
    keys, countries = actors["article_actor_id"].to_list(), actors["country_code"].to_list()
    kinds: dict[str, str] = {}
    log = []
    for override in chosen:
        name, country = fold_name(override.values["name"]), override.values["country_code"]
        matched = [
            i
            for i, other in enumerate(names)
            if other == name and (not country or countries[i] == country)
        ]
        kinds |= {keys[i]: override.values["kind"] for i in matched}
        log.append(replace(override, matched_count=len(matched)))
    new = pl.col("article_actor_id").replace_strict(kinds, default=None, return_dtype=pl.String)
    return actors.with_columns(kind=pl.coalesce(new, "kind")), kinds, log


def find_kind_override(name: str, country_code: str | None, kind: str) -> Override | None:
    """Find the last line of `actor_kinds.csv` that gives an actor this kind."""
    fits = (
        override
        for override in reversed(load_overrides())
        if override.file == "actor_kinds.csv"
        and override.values["kind"] == kind
        and fold_name(override.values["name"]) == fold_name(name)
        and override.values["country_code"] in {"", country_code}
    )
    return next(fits, None)


def log_place_overrides(
    con: "duckdb.DuckDBPyConnection", overrides: Sequence[Override]
) -> list[Override]:
    """Count the mentions that each line of `places.csv` decided; they were decided when their
    articles were read."""
    rows = con.execute(
        "SELECT m.text, a.body, coalesce(a.outlet_domain, a.outlet_name) FROM "
        "core.location_mentions m JOIN core.articles a USING (article_id) "
        "WHERE m.rule = ?",
        [place_overrides.RULE],
    ).fetchall()
    log = []
    for override in (override for override in overrides if override.file == place_overrides.FILE):
        name, context = fold_place(override.values["name"]), override.values["context"].lower()
        count = sum(
            fold_place(text) == name
            and (context in body.lower() or context == (outlet or "").lower())
            for text, body, outlet in rows
        )
        log.append(replace(override, matched_count=count))
    return log


def apply_actor_overrides(
    overrides: Sequence[Override], profiles: "Sequence[Profile]", pairs: "Sequence[ActorPair]"
) -> "tuple[list[ActorPair], set[tuple[int, int]], list[Override]]":
    """Apply `actor_aliases.csv` and `not_same.csv` to pairs of profiles. Returns the pairs, those
    kept apart, and the log."""
    from newsledger.ledger.identity.evidence import Verdict
    from newsledger.ledger.identity.pairs import ActorPair

    by_name: dict[str, list[int]] = defaultdict(list)
    for number, profile in enumerate(profiles):
        for name in {profile.name, *profile.names}:
            by_name[name].append(number)
    kept = {(pair.left, pair.right): pair for pair in pairs}
    apart: set[tuple[int, int]] = set()
    log = []
    for override in overrides:
        if override.file not in {"actor_aliases.csv", "not_same.csv"}:
            continue
        left, right = (
            [i for i in by_name.get(fold_name(override.values[f"{prefix}name"]),
            ()) if _is_from(profiles[i], override.values[f"{prefix}country_code"])]
            for prefix in ("", "other_")
        )  # fmt: skip
        found = sorted({(min(a, b), max(a, b)) for a in left for b in right if a != b})
        for pair in found:
            if override.file == "actor_aliases.csv":
                kept[pair] = ActorPair(
                    *pair,
                    Verdict(
                        1.0, "same", ("by a person", f"{override.file} line {override.line_no}")
                    ),
                )
                apart.discard(pair)
            else:
                kept.pop(pair, None)
                apart.add(pair)
        log.append(replace(override, matched_count=len(found)))
    return [kept[pair] for pair in sorted(kept)], apart, log


def _is_from(profile: "Profile", country_code: str) -> bool:
    return not country_code or country_code in profile.countries


def apply_claim_overrides(
    overrides: Sequence[Override], claims: Sequence[ComparedClaim], links: Sequence[Link]
) -> tuple[list[Link], set[tuple[str, str]], list[Override]]:
    """Apply `same_claim.csv` and `not_same_claim.csv` to links. Returns the links, the pairs kept
    apart, and the log."""
    by_text: dict[str, list[str]] = defaultdict(list)
    for claim in claims:
        by_text[fold_words(claim.text)].append(claim.claim_id)
    kept = {(link.claim_id, link.other_claim_id): link for link in links}
    apart: set[tuple[str, str]] = set()
    log = []
    for override in overrides:
        if override.file not in {"same_claim.csv", "not_same_claim.csv"}:
            continue
        is_same = override.file == "same_claim.csv"
        left, right = (
            by_text.get(fold_words(override.values["text"]), []),
            by_text.get(fold_words(override.values["other_text"]), []),
        )
        pairs = sorted({(min(a, b), max(a, b)) for a in left for b in right if a != b})
        for pair in pairs:
            if is_same:
                kept[pair] = Link(*pair, "same", 1.0, f"{override.file} line {override.line_no}")
                apart.discard(pair)
            else:
                kept.pop(pair, None)
                apart.add(pair)
        log.append(replace(override, matched_count=len(pairs)))
    return [kept[pair] for pair in sorted(kept)], apart, log


def apply_story_overrides(
    overrides: Sequence[Override],
    stories: Mapping[str, str],
    titles: Mapping[str, tuple[str | None, str | None]],
) -> tuple[dict[str, str], list[Override]]:
    """Apply `story.csv` to article → story. `titles` gives outlet and headline of each article.
    Returns stories and the log."""
    by_title: dict[tuple[str, str], list[str]] = defaultdict(list)
    for article_id, (outlet, headline) in titles.items():
        by_title[fold_words(outlet or ""), fold_words(headline or "")].append(article_id)
    result, log = dict(stories), []
    for override in overrides:
        if override.file != "story.csv":
            continue
        values = override.values
        left = by_title.get((fold_words(values["outlet_name"]), fold_words(values["headline"])), [])
        right = by_title.get(
            (fold_words(values["other_outlet_name"]), fold_words(values["other_headline"])), []
        )
        changed = 0
        if left and right and values["decision"] == "same":
            target, moved = result[min(right)], {result[article_id] for article_id in left}
            changed = sum(story in moved for story in result.values())
            result = {
                article_id: target if story in moved else story
                for article_id, story in result.items()
            }
        elif left and right:
            own = make_id("sty", *sorted(left))
            result |= dict.fromkeys(left, own)
            changed = len(left)
        log.append(replace(override, matched_count=changed))
    return result, log
