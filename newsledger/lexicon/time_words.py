"""Names of months and abbreviations of time zones."""

import csv
from functools import cache
from zoneinfo import ZoneInfo

from newsledger import paths
from newsledger.errors import SettingsError


@cache
def load_month_names() -> dict[str, int]:
    """Read `seeds/month_names.csv`: number of the month by its name in small letters. Raises
    `SettingsError` naming a wrong row."""
    path = paths.SEEDS / "month_names.csv"
    months: dict[str, int] = {}
    with path.open(encoding="utf-8", newline="") as handle:
        for number, row in enumerate(csv.DictReader(handle), 2):
            try:
                for name in row["names"].split(";"):
                    if months.setdefault(name, int(row["month"])) != int(row["month"]):
                        raise ValueError(name)
            except (ValueError, TypeError, KeyError, AttributeError):
                raise SettingsError(
                    f"{path} line {number}: expected language, month, names, got {row}"
                ) from None
    return months


@cache
def load_zone_rows() -> dict[str, tuple[int, str]]:
    path = paths.SEEDS / "time_zones.csv"
    zones = {}
    with path.open(encoding="utf-8", newline="") as handle:
        for number, row in enumerate(csv.DictReader(handle), 2):
            try:
                zones[row["abbreviation"]] = (int(row["offset_minutes"]), row["summer_zone"])
                if row["summer_zone"]:
                    ZoneInfo(row["summer_zone"])
            except (ValueError, TypeError, KeyError):
                raise SettingsError(
                    f"{path} line {number}: expected abbreviation, offset_minutes, name, "
                    f"summer_zone, got {row}"
                ) from None
    return zones
