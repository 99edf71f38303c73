"""Pairs of actors that a person should decide: written with their evidence, read back into the
corrections."""

import csv
import datetime
from pathlib import Path

from newsledger import paths
from newsledger.errors import SettingsError
from newsledger.ledger.overrides import ACTOR_PAIR, COLUMNS, read_override
from newsledger.lexicon.sheets import read_sheet, write_sheet

EVIDENCE = ("score", "evidence", "article_count", "other_article_count")
REVIEW_COLUMNS = ("decision", *ACTOR_PAIR, *EVIDENCE)
DECISIONS = {"same": "actor_aliases.csv", "not_same": "not_same.csv"}


def write_actor_pairs(out: Path) -> int:
    """Write the unsure pairs of the published database as CSV, the surest first. Returns how many.

    The columns are those of `actor_aliases.csv` and `not_same.csv`, after an empty `decision` and
    before the evidence. Pairs that the corrections decide are no longer unsure and do not come
    again.
    """
    from newsledger.store.database import open_published

    with open_published() as con:
        rows = con.execute(
            "SELECT name, country_code, other_name, other_country_code, score, evidence, "
            "article_count, other_article_count "
            "FROM core.actor_links WHERE link_type = 'unsure' ORDER BY score DESC, name, "
            "other_name, actor_id, other_actor_id"
        ).fetchall()
    return write_sheet(
        out,
        REVIEW_COLUMNS,
        [
            ["", name, country, other, other_country, "", "", "", *evidence]
            for name, country, other, other_country, *evidence in rows
        ],
    )


def read_actor_pairs(path: Path, folder: Path | None = None) -> dict[str, int]:
    """Append the decided rows of a filled-in review to the files of corrections. Returns how many
    went to each file.

    Rows without a decision are left alone, rows that are there already are not written twice; a
    decision needs a name in `who`, the day is filled in. Raises `SettingsError` naming the line
    where a row cannot be read; then nothing is written.
    """
    folder = folder or paths.OVERRIDES
    decided: dict[str, list[dict[str, str]]] = {file: [] for file in DECISIONS.values()}
    for number, row in read_sheet(path, ("decision", *ACTOR_PAIR), has_more=True):
        decision = row["decision"].lower().replace(" ", "_")
        if not decision:
            continue
        if decision not in DECISIONS:
            raise SettingsError(
                f"{path} line {number}: decision is {row['decision']!r}, expected same or not_same"
            )
        if not row["who"]:
            raise SettingsError(
                f"{path} line {number}: who is empty, expected the name of the person who decided"
            )
        signed = row["decided_on"] or datetime.datetime.now(datetime.UTC).date().isoformat()
        checked = {column: row[column] for column in ACTOR_PAIR} | {"decided_on": signed}
        read_override(path, DECISIONS[decision], number, checked)
        decided[DECISIONS[decision]].append(checked)
    return {file: _append(folder / file, rows) for file, rows in decided.items()}


def _append(path: Path, rows: list[dict[str, str]]) -> int:
    columns = COLUMNS[path.name]
    there: set[tuple[str, ...]] = set()
    if path.exists():
        there = {
            tuple(row[column] for column in columns[:4]) for _, row in read_sheet(path, columns)
        }
    new = [row for row in rows if tuple(row[column] for column in columns[:4]) not in there]
    if new:
        is_new = not path.exists()
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a", encoding="utf-8", newline="") as handle:
            writer = csv.DictWriter(handle, columns)
            if is_new:
                writer.writeheader()
            writer.writerows(new)
    return len(new)
