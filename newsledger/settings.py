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
    return Settings(**values)  # type: ignore[arg-type]
