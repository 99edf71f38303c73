"""Names of towns that news uses for something else."""

from functools import cache

from newsledger import paths
from newsledger.errors import SettingsError
from newsledger.lexicon.gazetteer import fold_name
from newsledger.lexicon.sheets import read_sheet

COLUMNS = ("name", "what", "note")


@cache
def load_not_places() -> dict[str, str]:
    """Read `seeds/names_not_places.csv`: what a name is rather than a town, by its folded form.
    Raises `SettingsError` naming a wrong row."""
    path = paths.SEEDS / "names_not_places.csv"
    rows = {fold_name(row["name"]): row["what"] for _, row in read_sheet(path, COLUMNS)}
    if not all(rows) or not all(rows.values()):
        raise SettingsError(f"{path}: expected a name and what it is in each row")
    return rows
