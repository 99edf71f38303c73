"""Names of towns that news uses for something else."""

import csv
from functools import cache

from newsledger import paths
from newsledger.errors import SettingsError
from newsledger.lexicon.gazetteer import fold_name

COLUMNS = ("name", "what", "note")


@cache
def load_not_places() -> dict[str, str]:
    """Read `seeds/names_not_places.csv`: what a name is rather than a town, by its folded form.
    Raises `SettingsError` naming a wrong row."""
    path = paths.SEEDS / "names_not_places.csv"
    with path.open(encoding="utf-8", newline="") as handle:
        reader = csv.DictReader(handle)
        if tuple(reader.fieldnames or ()) != COLUMNS:
            raise SettingsError(f"{path}: expected the columns {', '.join(COLUMNS)}")
        rows = {fold_name(row["name"] or ""): row["what"] or "" for row in reader}
    if not all(rows) or not all(rows.values()):
        raise SettingsError(f"{path}: expected a name and what it is in each row")
    return rows
