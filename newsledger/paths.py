"""Where content and data live. The only module that knows the directory layout.

Content (`sql/ expectations/ reports/ seeds/`) comes with the package, and a project folder may hold
files of its own: they win over those of the same name that come with the package. In a checkout
both are the same directories.
"""

import os
import tomllib
from collections.abc import Iterator
from pathlib import Path

from newsledger.errors import SettingsError

CODE_ROOT = Path(__file__).resolve().parents[1]
_PACKAGE = CODE_ROOT / "newsledger"
SHIPPED = CODE_ROOT if (CODE_ROOT / "sql").is_dir() else _PACKAGE / "content"
"""Where the content that comes with the package is: a checkout's directories, or a wheel's."""

PROJECT_FILE = "newsledger.toml"


def find_home() -> Path:
    """Find the project folder: `NEWSLEDGER_HOME`, else the nearest folder from here upwards that
    holds `newsledger.toml`, else the checkout, else the current directory."""
    if named := os.environ.get("NEWSLEDGER_HOME"):
        return Path(named).resolve()
    here = Path.cwd()
    found = next((d for d in (here, *here.parents) if (d / PROJECT_FILE).is_file()), None)
    return found or (CODE_ROOT if SHIPPED == CODE_ROOT else here)


class Content:
    """A directory of content in layers: the project's files before those of the package."""

    def __init__(self, name: str) -> None:
        self.folders = tuple(dict.fromkeys((HOME / name, SHIPPED / name)))

    def __truediv__(self, name: str) -> Path:
        """Give the file or folder of that name, the project's own where it has one."""
        paths = [folder / name for folder in self.folders]
        return next((path for path in paths if path.exists()), paths[-1])

    def glob(self, pattern: str) -> Iterator[Path]:
        """List the files that fit, one of each relative path, in the order of these paths."""
        found: dict[str, Path] = {}
        for folder in reversed(self.folders):
            found |= {str(path.relative_to(folder)): path for path in folder.glob(pattern)}
        return iter([found[name] for name in sorted(found)])

    def is_dir(self) -> bool:
        """Tell whether any layer is there."""
        return any(folder.is_dir() for folder in self.folders)

    def __str__(self) -> str:
        return " and ".join(map(str, self.folders))


def find_place(name: str, default: str) -> Path:
    """Find a folder that the desk may move: `NEWSLEDGER_<NAME>`, else the entry of
    `newsledger.toml`, else the default; relative ones are below the project folder, or below the
    current directory where the environment names them."""
    if named := os.environ.get(f"NEWSLEDGER_{name.upper()}"):
        return Path(named).expanduser().resolve()
    file = HOME / PROJECT_FILE
    try:
        written = tomllib.loads(file.read_text("utf-8")).get(name) if file.is_file() else None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        written = None  # read_settings tells what is wrong with the file
    return (HOME / Path(str(written or default)).expanduser()).resolve()


HOME = find_home()
LEARNED = _PACKAGE / "learned"
SQL = Content("sql")
EXPECTATIONS = Content("expectations")
REPORTS = Content("reports")
SEEDS = Content("seeds")
OVERRIDES = HOME / "seeds" / "overrides"
DATA = find_place("data", "data")
WORK_DB = DATA / "work.duckdb"
PUBLISHED_DB = DATA / "newsledger.duckdb"
GAZETTEER = find_place("gazetteer", "data/gazetteer")
RUN_LOCK = DATA / "run.lock"
REPORT_OUT = find_place("report_out", "reports/out")


def require_project() -> None:
    """Raise `SettingsError` where the current directory is no place for `data/` to appear."""
    if SHIPPED != CODE_ROOT and not (HOME / PROJECT_FILE).is_file():
        raise SettingsError(
            f"{HOME} is no project folder: run `newsledger init {HOME.name}-desk` first, "
            "or name one with NEWSLEDGER_HOME"
        )
