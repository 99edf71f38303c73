"""Human decisions on places: which stored documents they reach."""

import json
from typing import TYPE_CHECKING

from newsledger import paths

if TYPE_CHECKING:
    import duckdb

STATE = "place_overrides"


def find_decided_anew(con: "duckdb.DuckDBPyConnection") -> list[str]:
    """Find the documents with a name on which a person has decided otherwise since the last run:
    their places are read again."""
    from newsledger.store.database import read_state

    before, now = json.loads(read_state(con, STATE) or "[]"), list_decisions()
    names = {row[0] for row in (*before, *now) if (row in before) != (row in now)}
    found = [
        con.execute(
            "SELECT document_id FROM core.articles WHERE contains(lower(body), lower(?))", [name]
        ).fetchall()
        for name in sorted(names)
    ]
    return sorted({document_id for rows in found for (document_id,) in rows})


def write_decisions(con: "duckdb.DuckDBPyConnection") -> None:
    """Keep the decisions that the ledger follows now."""
    from newsledger.store.database import write_state

    write_state(con, STATE, json.dumps(list_decisions(), ensure_ascii=False))


def list_decisions() -> list[list[str]]:
    """The lines of `seeds/overrides/places.csv` without who, when and why. Raises `SettingsError`
    for a wrong line."""
    from newsledger.lexicon.place_overrides import COLUMNS, FILE, load_place_overrides
    from newsledger.lexicon.sheets import read_sheet

    load_place_overrides()
    path = paths.OVERRIDES / FILE
    if not path.exists():
        return []
    return [
        [row[column] for column in COLUMNS] for _, row in read_sheet(path, COLUMNS, has_more=True)
    ]
