"""Machine settings from the environment, read once and checked at once. Knowledge lives in
`seeds/`, not here."""

import os
from dataclasses import dataclass

from newsledger.errors import SettingsError


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Limits and switches. Each field is read from `NEWSLEDGER_<FIELD>` in upper case."""

    batch_articles: int = 64  # articles a transaction
    parse_batch: int = (
        16  # articles a parser batch: a quarter less CPU than 256, a third of the memory
    )
    workers: int = 0  # processes that extract; 0: one a processor, as far as memory goes
    reader: str = "auto"  # the second reader of claims: on, off, auto (docs/reader.md)
    max_document_mb: int = 20  # larger documents are refused as too_large
    max_archive_mb: int = 500  # total unpacked size of one archive
    max_quarantined: float = 0.05  # share of a table's rows in quarantine above which a run is held
    document_timeout_s: float = 120.0  # work on one document; a 50,000-word transcript takes 20
    budget: str = "60m"  # of a run for stale documents: minutes (`30m`), articles (`500`) or `all`
    fetch_timeout_s: int = 20
    fetch_delay_s: float = 2.0  # between two requests to one host
    time_zone: str = "UTC"  # of the desk: the days of reports are its days
    report_keep_days: int = 0  # reports of older runs are removed; 0 keeps all
    report_url: str = ""  # where a web server shows the reports' directory, for links
    allow_private_addresses: bool = (
        False  # fetch from loopback and private networks (tests, intranets)
    )


def read_settings() -> Settings:
    """Read settings from the environment. Raises `SettingsError` on a value of the wrong type."""
    values: dict[str, object] = {}
    for name, kind in Settings.__annotations__.items():
        raw = os.environ.get(f"NEWSLEDGER_{name.upper()}")
        if raw is None:
            continue
        try:
            values[name] = raw.lower() in {"1", "true", "yes"} if kind is bool else kind(raw)
        except ValueError:
            raise SettingsError(
                f"NEWSLEDGER_{name.upper()}={raw!r}: expected {kind.__name__}"
            ) from None
    settings = Settings(**values)  # type: ignore[arg-type]
    _refuse_small(settings)
    return settings


_SMALLEST = {"batch_articles": 1, "parse_batch": 1, "max_document_mb": 1, "max_archive_mb": 1}
OTHER_VARIABLES = ("HOME", "DATA", "GAZETTEER", "REPORT_OUT", "DASK", "PREFECT_PORT", "CHECKOUT")
"""Variables that are read elsewhere: places of files, and the flows."""


def _refuse_small(settings: Settings) -> None:
    for name, smallest in _SMALLEST.items():
        value = getattr(settings, name)
        if value < smallest:
            raise SettingsError(f"NEWSLEDGER_{name.upper()}={value}: expected {smallest} or more")


def find_misspelt() -> list[str]:
    """Name the `NEWSLEDGER_` variables of the environment that nothing reads, a line each with the
    likeliest meant."""
    from difflib import get_close_matches

    known = [f"NEWSLEDGER_{name.upper()}" for name in (*Settings.__annotations__, *OTHER_VARIABLES)]
    found = []
    for variable in sorted(os.environ):
        if variable.startswith("NEWSLEDGER_") and variable not in known:
            near = get_close_matches(variable, known, n=1, cutoff=0.7)
            meant = f": did you mean {near[0]}?" if near else ""
            found.append(f"{variable} is no setting{meant}")
    return found
