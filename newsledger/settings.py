"""Settings of the desk and the machine: `newsledger.toml` of the project folder, over which
`NEWSLEDGER_<NAME>` of the environment wins. Knowledge lives in `seeds/`, not here.
"""

import os
import tomllib
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from newsledger import paths
from newsledger.errors import SettingsError

PREFIX = "NEWSLEDGER_"
REPORTS = "reports"  # tables [reports.<name>] of the file go before that report's report.toml
OTHER_VARIABLES = {
    "HOME": "Project folder; without it, the nearest folder upwards that holds `newsledger.toml`.",
    "HEADERS_<SOURCE>": "Headers that this row of `seeds/sources.csv` wants (`Authorization: "
    "Bearer …`, one a line; `-` of the name is `_`). Never stored or published.",
    "CHECKOUT": "Folder that Prefect's worker runs the flows in; set by `python -m "
    "flows.standing`.",
}
"""Variables that are no settings of the file."""


class Settings(BaseModel):
    """Limits and switches, each with what it does."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    data: str = "data"
    """Folder of the databases, from the project folder."""
    gazetteer: str = "data/gazetteer"
    """Folder of the gazetteer, which several projects may share."""
    report_out: str = "reports/out"
    """Folder that reports are written to."""
    time_zone: str = "UTC"
    """Time zone of the desk, as `Europe/Amsterdam`: the days of reports and schedules are its
    days."""
    batch_articles: int = Field(default=64, ge=1)
    """Articles a transaction."""
    parse_batch: int = Field(default=16, ge=1)
    """Articles a parser batch: 16 takes a quarter less CPU than 256, and a third of the memory."""
    workers: int = Field(default=0, ge=0)
    """Processes that extract; 0: one a processor, as far as memory goes."""
    document_timeout_s: float = Field(default=120.0, gt=0)
    """Seconds of processor time for one document; a transcript of 50,000 words takes 20."""
    budget: str = "60m"
    """Of a run for stale documents: minutes (`30m`), articles (`500`) or `all`."""
    reader: str = Field(default="auto", pattern="^(on|off|auto)$")
    """The second reader of claims: on, off or auto (docs/reader.md)."""
    max_document_mb: int = Field(default=20, ge=1)
    """Megabytes above which a document is refused as too large."""
    max_archive_mb: int = Field(default=500, ge=1)
    """Megabytes that one archive may unpack to."""
    max_quarantined: float = Field(default=0.05, ge=0, le=1)
    """Share of a table's rows in quarantine above which a run is held."""
    fetch_timeout_s: int = Field(default=20, ge=1)
    """Seconds to wait for a server."""
    fetch_delay_s: float = Field(default=2.0, ge=0)
    """Seconds between two requests to one host."""
    allow_private_addresses: bool = False
    """Fetch from loopback and private networks, too (tests, intranets)."""
    report_keep_days: int = Field(default=0, ge=0)
    """Days after which reports of older runs are removed; 0 keeps all."""
    raw_keep_days: int = Field(default=0, ge=0)
    """Days after which the text of raw pages is dropped; 0 keeps all. Articles stay; they cannot be
    read again by later code, or explained line by line."""
    run_keep_days: int = Field(default=0, ge=0)
    """Days after which the records of runs, their checks and logs are dropped; 0 keeps all."""
    report_url: str = ""
    """Address at which a web server shows the folder of reports, for links."""
    notify_url: str = ""
    """Webhook that is told, as JSON, of a run that failed, was held, or is done again after
    that."""
    notify_command: str = ""
    """Command that is told the same: a line on its standard input, as `mail -s newsledger
    desk@example.org`."""
    monitor_file: str = ""
    """File that tells monitoring the state after each run: JSON where it ends in `.json`, else
    Prometheus text (`/var/lib/node_exporter/newsledger.prom`)."""
    dask: str = ""
    """Address of a Dask scheduler, or `local`: flows then extract there."""
    prefect_host: str = "127.0.0.1"
    """Address that the Prefect server of `make schedule` listens on: this machine alone. In a
    container `0.0.0.0`, or nobody outside of it can see the server."""
    prefect_port: int = Field(default=4200, ge=1, le=65535)
    """Port of the Prefect server that `make schedule` starts."""
    reports: dict[str, dict[str, Any]] = {}
    """Tables `[reports.NAME]`: settings that go before those of that report's `report.toml`."""


class _OfThisMachine(BaseSettings, Settings):
    """Settings with their values from the environment and the file."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="forbid")

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        file = TomlConfigSettingsSource(settings_cls, paths.HOME / paths.PROJECT_FILE)
        return init_settings, env_settings, file


def read_settings() -> Settings:
    """Read the settings. Raises `SettingsError` in one line on a wrong value, and on a name in the
    file that is no setting. They are parsed again where the file or the environment has changed."""
    file = paths.HOME / paths.PROJECT_FILE
    found = file.stat() if file.is_file() else None
    stamp = (found.st_mtime_ns, found.st_size) if found else None
    named = (item for item in os.environ.items() if item[0].upper().startswith(PREFIX))
    return _parse(file, stamp, tuple(sorted(named)))


@lru_cache(maxsize=4)
def _parse(
    file: Path, stamp: tuple[int, int] | None, named: tuple[tuple[str, str], ...]
) -> Settings:
    try:
        values = _OfThisMachine()
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{file}: {error}") from None
    except ValidationError as error:
        raise SettingsError(_explain(error)) from None
    return Settings(**values.model_dump())


def _explain(error: ValidationError) -> str:
    """Say in one line which setting is wrong, where it was set, and what is expected."""
    problem = error.errors()[0]
    name = ".".join(map(str, problem["loc"]))
    variable = PREFIX + name.upper()
    if problem["type"] == "extra_forbidden":
        near = get_close_matches(name, Settings.model_fields, n=1, cutoff=0.6)
        meant = f": did you mean {near[0]}?" if near else ""
        return f"{paths.HOME / paths.PROJECT_FILE}: {name} is no setting{meant}"
    expected = problem["msg"].removeprefix("Input should be ")
    where = (
        f"{variable}={os.environ[variable]!r}"
        if variable in os.environ
        else f"{paths.HOME / paths.PROJECT_FILE}: {name} = {problem['input']!r}"
    )
    return f"{where}: expected {expected}"


def find_misspelt() -> list[str]:
    """Name the `NEWSLEDGER_` variables of the environment that nothing reads, a line each with the
    likeliest meant."""
    known = [PREFIX + name.upper() for name in (*Settings.model_fields, *OTHER_VARIABLES)]
    found = []
    for variable in sorted(os.environ):
        if variable.startswith(PREFIX + "HEADERS_"):
            continue  # of a source
        if variable.startswith(PREFIX) and variable not in known:
            near = get_close_matches(variable, known, n=1, cutoff=0.7)
            meant = f": did you mean {near[0]}?" if near else ""
            found.append(f"{variable} is no setting{meant}")
    return found


def where_set(name: str) -> str:
    """Tell where a setting has its value from: environment, file or default."""
    if PREFIX + name.upper() in os.environ:
        return "environment"
    path = paths.HOME / paths.PROJECT_FILE
    if path.is_file() and name in tomllib.loads(path.read_text("utf-8")):
        return paths.PROJECT_FILE
    return "default"
