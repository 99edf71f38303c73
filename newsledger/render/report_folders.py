"""The folders of `reports/`: which there are, their settings, and their `build.py`."""

import importlib.util
import tomllib
from pathlib import Path
from types import ModuleType
from typing import Any

from newsledger import paths
from newsledger.errors import NewsledgerError, SettingsError, name_known
from newsledger.settings import read_settings

EVERY_REPORT = ("period", "max_pages")
"""Settings that a report has whether its `report.toml` names them or not."""


def list_reports() -> list[str]:
    """Names of the reports: the folders of `reports/` with a `report.toml`."""
    return sorted(path.parent.name for path in paths.REPORTS.glob("*/report.toml"))


def describe_reports() -> list[tuple[str, str]]:
    """Each report with what it is for."""
    return [(name, str(read_own_settings(name).get("description", ""))) for name in list_reports()]


def read_own_settings(name: str) -> dict[str, Any]:
    """Read the settings of a report: its `report.toml`, and before them what the project's file
    says. Raises `NewsledgerError` where there is no such report, `SettingsError` where a file is
    wrong or names what is no setting."""
    path = paths.REPORTS / name / "report.toml"
    if not name or Path(name).name != name or not path.exists():
        raise NewsledgerError(f"no report {name!r}: {name_known(name, list_reports())}")
    try:
        own = tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path}: {error}") from None
    tables = read_settings().reports
    for other in tables:
        if other not in list_reports():
            known = name_known(other, list_reports())
            raise SettingsError(f"{_project_file()}: [reports.{other}] is no report: {known}")
    chosen = tables.get(name, {})
    for key, value in chosen.items():
        _refuse_wrong(f"{_project_file()}: [reports.{name}] {key}", key, value, own)
    return own | chosen


def _refuse_wrong(where: str, key: str, value: Any, own: dict[str, Any]) -> None:
    known = [*own, *(name for name in EVERY_REPORT if name not in own)]
    if key not in known:
        raise SettingsError(f"{where} is no setting: {name_known(key, known)}")
    default = own.get(key, value)
    if type(value) is not type(default):
        kind = type(default).__name__
        raise SettingsError(f"{where} = {value!r}: expected a value like {default!r} ({kind})")


def _project_file() -> Path:
    return paths.HOME / paths.PROJECT_FILE


def load_builder(path: Path) -> Any:
    """Load the function `build` of a report's `build.py`."""
    spec = importlib.util.spec_from_file_location(f"newsledger_report_{path.parent.name}", path)
    if spec is None or spec.loader is None:
        raise NewsledgerError(f"{path} cannot be loaded")
    module: ModuleType = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.build
