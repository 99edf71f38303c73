"""The project folder of a desk: written once, and brought up to date later without touching what
the desk has changed."""

import difflib
import hashlib
import json
import os
import shutil
import sys
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from newsledger import __version__, paths
from newsledger.errors import SettingsError
from newsledger.settings import PREFIX, Settings

RECORD = Path(".newsledger") / "written.json"
"""What the package had for each file at the last `init`, by digest: a file that still has it is not
the desk's yet, and a newer one of the package is told once."""
_COPIED = (
    "seeds/sources.csv",
    "seeds/outlets.csv",
    "seeds/overrides/README.md",
    "expectations/**/*.json",
    "expectations/**/*.sql",
    "flows/*.py",
    "prefect.yaml",
    "deploy/*",
)
_SAMPLE = "seeds/sample/*"
_FOLDERS = ("seeds/articles", "seeds/overrides", "data", "reports")
_IGNORED = "/data/\n/reports/out/\n__pycache__/\n"


class Change(StrEnum):
    """What `init` did, or would do, with a file."""

    WRITTEN = "written"
    UPDATED = "updated"
    KEPT = "kept"  # the desk's version stays, though the package has a newer one
    GONE = "gone"  # the desk took it away; it stays away


@dataclass(frozen=True, slots=True)
class FileChange:
    """A file of the project, what became of it, and the difference to what the package has."""

    path: str
    change: Change
    difference: str = ""


def write_project(
    folder: Path, *, with_sample: bool = False, take: Iterable[str] = (), is_dry: bool = False
) -> list[FileChange]:
    """Write a project folder, or bring one up to date; returns what changed.

    A file that the desk has edited stays as it is, unless it is in `take`. Raises `SettingsError`
    where the folder is a checkout, or `take` names no file of a project.
    """
    folder = folder.resolve()
    if folder == paths.CODE_ROOT and paths.SHIPPED == paths.CODE_ROOT:
        raise SettingsError(f"{folder} is a checkout, which needs no init: name another folder")
    wanted = _wanted_files(folder, with_sample or (folder / "seeds" / "sample").is_dir())
    taken = {Path(name).as_posix() for name in take}
    if unknown := sorted(taken - set(wanted)):
        raise SettingsError(f"{', '.join(unknown)}: no file of a project")
    record = _read_record(folder)
    changes = []
    for name, content in wanted.items():
        change = _decide(folder / name, content, record.get(name), name in taken)
        if change is None:
            record[name] = _digest(content)
            continue
        changes.append(FileChange(name, change, _compare(folder / name, content)))
        record[name] = _digest(content)
        if change in (Change.WRITTEN, Change.UPDATED) and not is_dry:
            _put(folder / name, content)
    if not is_dry:
        for name in _FOLDERS:
            (folder / name).mkdir(parents=True, exist_ok=True)
        _put(folder / RECORD, _record_text(record))
    return changes


def _decide(path: Path, content: bytes, written: str | None, is_taken: bool) -> Change | None:
    """Decide on one file; `None` where it is as the package has it."""
    if not path.exists():
        return Change.GONE if written and not is_taken else Change.WRITTEN
    there = path.read_bytes()
    if there == content:
        return None
    if is_taken or _digest(there) == written:
        return Change.UPDATED
    return None if written == _digest(content) else Change.KEPT


def _wanted_files(folder: Path, with_sample: bool) -> dict[str, bytes]:
    """Give the files of a project of this version, by path below it, with its places filled in."""
    places = {b"@FOLDER@": str(folder).encode(), b"@PYTHON@": sys.executable.encode()}
    patterns = (*_COPIED, _SAMPLE) if with_sample else _COPIED
    found = {
        path.relative_to(paths.SHIPPED).as_posix(): _fill_in(path.read_bytes(), places)
        for pattern in patterns
        for path in sorted(paths.SHIPPED.glob(pattern))
        if path.is_file()
    }
    if with_sample:
        found["seeds/sources.csv"] = _switch_on(found["seeds/sources.csv"], b"sample")
    return {
        paths.PROJECT_FILE: build_settings_file().encode(),
        ".gitignore": _IGNORED.encode(),
        **found,
    }


def _fill_in(content: bytes, places: Mapping[bytes, bytes]) -> bytes:
    for mark, value in places.items():
        content = content.replace(mark, value)
    return content


def _switch_on(sources: bytes, name: bytes) -> bytes:
    return b"".join(
        line.replace(b",false,", b",true,", 1) if line.startswith(name + b",") else line
        for line in sources.splitlines(keepends=True)
    )


def build_settings_file() -> str:
    """Write `newsledger.toml`: every setting with what it does and its default, commented out."""
    parts = [
        "# Settings of this desk. A line without its # counts; "
        f"{PREFIX}<NAME> of the environment wins over it.\n# `newsledger config` shows what is "
        f"in effect.\n"
    ]
    for name, field in Settings.model_fields.items():
        if name != "reports":
            what = " ".join((field.description or "").split())
            parts.append(f"# {what}\n# {name} = {_toml(field.default)}\n")
    for path in sorted(paths.SHIPPED.glob("reports/*/report.toml")):
        values = tomllib.loads(path.read_text("utf-8"))
        lines = [
            f"# {key} = {_toml(value)}" for key, value in values.items() if key != "description"
        ]
        parts.append(
            "\n".join(
                (f"# {values.get('description', '')}", f"[reports.{path.parent.name}]", *lines)
            )
            + "\n"
        )
    return "\n".join(parts)


def _toml(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _compare(path: Path, content: bytes) -> str:
    """Show what would change in the file, as a unified difference; empty where it is new."""
    if not path.is_file():
        return ""
    old, new = (data.decode("utf-8", "replace") for data in (path.read_bytes(), content))
    lines = difflib.unified_diff(
        old.splitlines(), new.splitlines(), "yours", f"newsledger {__version__}", lineterm="", n=1
    )
    return "\n".join(lines)


def _put(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(path.name + ".writing")
    beside.write_bytes(content)
    if path.exists():
        shutil.copymode(path, beside)
    os.replace(beside, path)


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _read_record(folder: Path) -> dict[str, str]:
    path = folder / RECORD
    if not path.is_file():
        return {}
    try:
        files: dict[str, str] = json.loads(path.read_text("utf-8"))["files"]
    except (ValueError, KeyError) as error:
        raise SettingsError(
            f"{path} cannot be read ({error}): move it away and run init again"
        ) from None
    return files


def _record_text(record: Mapping[str, str]) -> bytes:
    content: dict[str, Any] = {"version": __version__, "files": dict(sorted(record.items()))}
    return (json.dumps(content, indent=1) + "\n").encode()
