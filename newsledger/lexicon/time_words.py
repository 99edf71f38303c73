"""Names of months and abbreviations of time zones."""

from functools import cache
from zoneinfo import ZoneInfo

from newsledger import paths
from newsledger.errors import SettingsError
from newsledger.lexicon.sheets import read_sheet


@cache
def load_month_names(language: str | None = None) -> dict[str, int]:
    """Read `seeds/month_names.csv`: number of the month by its name in small letters, of one
    language or of all. Raises `SettingsError` naming a wrong row."""
    path = paths.SEEDS / "month_names.csv"
    months: dict[str, int] = {}
    for number, row in read_sheet(path, ("language", "month", "names")):
        for name in row["names"].split(";") if language in (None, row["language"]) else ():
            if months.setdefault(name, int(row["month"])) != int(row["month"]):
                raise SettingsError(f"{path} line {number}: {name!r} is another month, too")
    return months


@cache
def english_months() -> str:
    """The English months as a pattern of small letters, the longest first: "september|…|sep"."""
    return "|".join(sorted(load_month_names("en"), key=len, reverse=True))


@cache
def load_zone_rows() -> dict[str, tuple[int, str]]:
    """Read `seeds/time_zones.csv`: minutes from UTC in winter and the zone that has summer time, by
    abbreviation. Raises `SettingsError` naming a wrong row."""
    path = paths.SEEDS / "time_zones.csv"
    zones = {}
    columns = ("abbreviation", "offset_minutes", "name", "summer_zone")
    for number, row in read_sheet(path, columns):
        try:
            zones[row["abbreviation"]] = (int(row["offset_minutes"]), row["summer_zone"])
            if row["summer_zone"]:
                ZoneInfo(row["summer_zone"])
        except (ValueError, KeyError):
            raise SettingsError(
                f"{path} line {number}: expected minutes from UTC and a zone, got {row}"
            ) from None
    return zones
