"""Nothing new, told before anything is opened.

A run that left nothing to do keeps a digest of all that it looked at: options, settings, code,
content, sources, both databases and the report, each file by its place, size and times. While that
is the same, the same call would come to the same end, which is told at once, whatever the size of
the ledger. Addresses and standard input have to be asked: their runs are never told in this way.
"""

import hashlib
import json
import os
import stat
import sysconfig
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from newsledger import paths

if TYPE_CHECKING:
    from newsledger.run.conductor import RunResult
    from newsledger.run.plan import RunOptions

ANSWER = "unchanged.json"  # in the data directory
_LEFT_OUT = frozenset({"__pycache__", "out"})  # folders that a run writes itself
_CONTENT = (paths.SQL, paths.EXPECTATIONS, paths.REPORTS)


def find_answer(options: "RunOptions") -> str | None:
    """Give the last line of a run that would do nothing; `None` where that must be found out."""
    try:
        kept = json.loads((paths.DATA / ANSWER).read_text("utf-8"))
        is_same = kept["digest"] == _digest(options, kept["sources"], kept["files"])
        return str(kept["text"]) if is_same else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def keep_answer(options: "RunOptions", result: "RunResult", text: str) -> None:
    """Keep the last line that the same call will have, where this run left nothing to do."""
    from newsledger.ingest.sources import list_sources

    path = paths.DATA / ANSWER
    found = list_sources(
        options.sources, name=options.source_name, schedule_group=options.schedule_group
    )
    sources, files = [source.uri for source in found], [str(file) for file in result.files]
    is_lasting = result.is_final and not options.force and all(map(os.path.exists, sources))
    if not is_lasting:
        path.unlink(missing_ok=True)
        return
    kept = {"sources": sources, "files": files, "text": text}
    try:
        path.write_text(json.dumps(kept | {"digest": _digest(options, sources, files)}), "utf-8")
    except OSError:  # a folder that cannot be listed, a full disk: the next run finds it out anew
        path.unlink(missing_ok=True)


def _digest(options: "RunOptions", sources: Iterable[str], files: Iterable[str]) -> str:
    """Digest what a run looks at."""
    named = sorted(item for item in os.environ.items() if item[0].startswith("NEWSLEDGER_"))
    seen = [repr(options), repr(named), str(Path.cwd())]
    seen += [_tell(path) for path in (*files, *_list_own())]
    for source in sources:
        seen += [_tell(path) for path in _walk(source, set(), is_followed=False)]
    return hashlib.sha256("\n".join(seen).encode("utf-8", "surrogateescape")).hexdigest()


def _list_own() -> Iterator[str | Path]:
    """Code, content, knowledge, settings, installed packages and databases."""
    for database in (paths.WORK_DB, paths.PUBLISHED_DB):
        yield from (database, database.with_name(database.name + ".wal"))
    yield from (paths.HOME / paths.PROJECT_FILE, Path(sysconfig.get_path("purelib")))
    folders = [paths.CODE_ROOT / "newsledger", paths.GAZETTEER, paths.OVERRIDES]
    for folder in (*folders, *(folder for content in _CONTENT for folder in content.folders)):
        yield from _walk(folder, set())
    for folder in paths.SEEDS.folders:
        yield from sorted(folder.glob("*.csv"))


def _walk(
    path: str | Path, above: set[tuple[int, int]], *, is_followed: bool = True
) -> Iterator[str | Path]:
    """A file, or all files below a folder, in a stable order; links to folders are followed where
    that is said."""
    if not os.path.isdir(path):
        yield path
        return
    found = os.stat(path)
    place = (found.st_dev, found.st_ino)
    if place in above:
        return  # a link that leads back
    with os.scandir(path) as entries:
        ordered = sorted(entries, key=lambda entry: entry.name)
    for entry in ordered:
        if not entry.is_dir(follow_symlinks=is_followed):
            yield entry.path
        elif entry.name not in _LEFT_OUT:
            yield from _walk(entry.path, above | {place}, is_followed=is_followed)


def _tell(path: str | Path) -> str:
    """What tells a file from any that is written later."""
    try:
        found = os.stat(path)
    except OSError:
        return f"{path} -"
    size = 0 if stat.S_ISDIR(found.st_mode) else found.st_size
    return f"{path} {found.st_ino} {size} {found.st_mtime_ns} {found.st_ctime_ns}"
