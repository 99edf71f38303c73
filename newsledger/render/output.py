"""Where reports go: files are written beside and swapped in; what newsledger did not write stays
untouched, and what is older than the desk keeps goes."""

import fcntl
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from newsledger.errors import NewsledgerError

BUILDING = ".newsledger-building-"
MANIFEST = ".newsledger-reports.json"


def put_in_place(building: Path, out_dir: Path) -> list[Path]:
    """Move finished files to where they belong; a file that would not change is left alone.

    Raises `NewsledgerError`, before anything is moved, where a file of that name is not one that
    newsledger wrote, or was changed since.
    """
    try:
        out_dir.mkdir(parents=True, exist_ok=True)
        known = _read_manifest(out_dir)
        found = {
            path.relative_to(building).as_posix(): path
            for path in sorted(building.rglob("*"))
            if path.is_file()
        }
        for name in found:
            _refuse_foreign(out_dir / name, known.get(name))
        # told beforehand, so that a report that is killed here is known as ours by the next one
        _write_manifest(out_dir, {name: _digest(path) for name, path in found.items()} | known)
        for name, path in found.items():
            target, digest = out_dir / name, _digest(path)
            if not target.exists() or _digest(target) != digest:
                target.parent.mkdir(parents=True, exist_ok=True)
                os.replace(path, target)
            known[name] = digest
        _write_manifest(out_dir, known)
    except OSError as error:
        raise NewsledgerError(f"cannot write in {out_dir}: {error.strerror}") from None
    return [out_dir / name for name in found]


@contextmanager
def building_beside(out_dir: Path) -> Iterator[Path]:
    """Give an empty directory beside `out_dir`, on the same disk, for as long as the block lasts;
    those that were left by processes that died go. Raises `NewsledgerError`."""
    try:
        out_dir.parent.mkdir(parents=True, exist_ok=True)
        for leftover in out_dir.parent.glob(f"{BUILDING}*"):
            _remove_unless_locked(leftover)
        building = Path(tempfile.mkdtemp(prefix=BUILDING, dir=out_dir.parent))
        lock = _lock(building)
    except OSError as error:
        raise NewsledgerError(f"cannot write in {out_dir.parent}: {error.strerror}") from None
    try:
        yield building
    finally:
        shutil.rmtree(building, ignore_errors=True)
        os.close(lock)


def _lock(folder: Path) -> int:
    """Lock a folder. Raises `OSError` where another process has it locked."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(handle)
        raise
    return handle


def _remove_unless_locked(folder: Path) -> None:
    with suppress(OSError):
        handle = _lock(folder)
        shutil.rmtree(folder, ignore_errors=True)
        os.close(handle)


def drop_stale(out_dir: Path, stem: str, written: list[Path]) -> None:
    """Remove what an earlier report of the same name and period wrote here and this one did not."""
    known, kept = (
        _read_manifest(out_dir),
        {path.relative_to(out_dir).as_posix() for path in written},
    )
    stale = [
        name
        for name, digest in known.items()
        if name not in kept
        and _is_of(stem, name)
        and (not (out_dir / name).exists() or _digest(out_dir / name) == digest)
    ]
    for name in stale:
        (out_dir / name).unlink(missing_ok=True)
        del known[name]
    _write_manifest(out_dir, known)
    _drop_empty(out_dir / stem)


def remove_old(report_out: Path, keep_days: int, now: datetime) -> list[Path]:
    """Remove the reports of runs older than `keep_days` (0: none), only files that newsledger
    wrote; returns the folders that are gone."""
    if keep_days <= 0:
        return []
    gone = []
    for folder in sorted(report_out.glob("run_*")):
        if (
            not folder.is_dir()
            or _age(folder) > (now - timedelta(days=keep_days)).replace(tzinfo=UTC).timestamp()
        ):
            continue
        for name, digest in _read_manifest(folder).items():
            if (folder / name).is_file() and _digest(folder / name) == digest:
                (folder / name).unlink()
        (folder / MANIFEST).unlink(missing_ok=True)
        _drop_empty(folder)
        gone += [] if folder.exists() else [folder]
    return gone


def find_report(folder: Path, name: str) -> list[Path]:
    """Files of a report in a folder, of whatever period, the PDF first; empty where none is there
    whole."""
    known = _read_manifest(folder)
    stems = [Path(path).stem for path in known if Path(path).match(f"{name}*.pdf")]
    found = []
    for stem in stems:
        files = [folder / path for path in known if _is_of(stem, path)]
        found += files if all(file.is_file() for file in files) else []
    return sorted(found, key=lambda path: (path.suffix != ".pdf", path.as_posix()))


def _is_of(stem: str, name: str) -> bool:
    """Whether a file, by its name in the folder, is of the report of this stem."""
    return name.startswith((f"{stem}.", f"{stem}-page-", f"{stem}/", f"{stem}-chart-"))


def update_latest(report_out: Path, files: list[Path], stem: str, name: str) -> None:
    """Put a report's PDF and its HTML edition under `latest/` by a name without a period, as copies
    that a link can rely on."""
    with building_beside(report_out / "latest") as building:
        for path in files:
            parts = path.parts[path.parts.index(stem) :] if stem in path.parts[:-1] else ()
            if path.name == f"{stem}.pdf":
                shutil.copyfile(path, building / f"{name}.pdf")
            elif parts:
                target = building.joinpath(name, *parts[1:])
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(path, target)
        written = put_in_place(building, report_out / "latest")
        drop_stale(report_out / "latest", name, written)


def _refuse_foreign(target: Path, digest: str | None) -> None:
    if not target.exists() and not target.is_symlink():
        return
    if target.is_file() and digest is not None and _digest(target) == digest:
        return
    raise NewsledgerError(
        f"{target} is not a file that newsledger wrote, or was changed since: move it away or "
        f"choose another --out"
    )


def _read_manifest(folder: Path) -> dict[str, str]:
    try:
        found = json.loads((folder / MANIFEST).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return {str(k): str(v) for k, v in found.items()} if isinstance(found, dict) else {}


def _write_manifest(folder: Path, known: dict[str, str]) -> None:
    beside = folder / f"{MANIFEST}.new"
    beside.write_text(json.dumps(known, indent=1, sort_keys=True), "utf-8")
    os.replace(beside, folder / MANIFEST)


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _age(folder: Path) -> float:
    return max((path.stat().st_mtime for path in folder.iterdir()), default=folder.stat().st_mtime)


def _drop_empty(folder: Path) -> None:
    """Remove a folder's empty folders, and itself where nothing is left."""
    if not folder.is_dir():
        return
    for path in sorted((p for p in folder.rglob("*") if p.is_dir()), reverse=True):
        if not any(path.iterdir()):
            path.rmdir()
    if not any(folder.iterdir()):
        folder.rmdir()
