"""Fingerprints of stages: which code, seeds and weights made a row.

What a stage stands on is read from its code: the modules that it imports, however far, and the
files of `seeds/` and `learned/` that these modules name. Human decisions (`seeds/overrides`) are
left out: they reach articles by the names that they are about.
"""

import hashlib
import re
from functools import cache
from pathlib import Path

from newsledger import paths

_PACKAGE = paths.CODE_ROOT / "newsledger"
_IMPORT = re.compile(
    r"^\s*(?:from\s+(newsledger[\w.]*)\s+import\s+(\([^)]*\)|[^\n]+)|import\s+(newsledger[\w.]+))",
    re.MULTILINE,
)
_TYPE_CHECKING = re.compile(r"^if TYPE_CHECKING:\n(?:[ \t]+.*\n|\n(?=[ \t]))+", re.MULTILINE)
_NAME = re.compile(r"\w+")
_SHORT = 8
_NO_KNOWLEDGE = frozenset({"errors", "paths", "settings", "fingerprint", "limit", "protocol"})
"""Modules that shape no row."""
PARTS = ("code", "seeds", "weights", "model")


@cache
def fingerprint_of(*modules: str, model: str = "") -> str:
    """Digest code, seeds, weights and model behind the modules: `code 1a2b… seeds 3c4d… weights …
    model …`."""
    sources = find_sources(modules)
    text = "\n".join(path.read_text("utf-8") for path in sources)
    seeds = [p for p in paths.SEEDS.glob("*.csv") if p.name in text or f'"{p.stem}"' in text]
    weights = [path for path in sorted(paths.LEARNED.rglob("*.*")) if path.stem in text]
    parts = {"code": sources, "seeds": seeds, "weights": weights}
    digests = [f"{name} {_digest(files)}" for name, files in parts.items()]
    return " ".join([*digests, f"model {model or '-'}"])


def list_modules(package: str) -> list[str]:
    """List the modules of a package whose modules are found by their names, none imported."""
    folder = _PACKAGE.joinpath(*package.split(".")[1:])
    return sorted(f"{package}.{path.stem}" for path in folder.glob("*.py"))


def find_sources(modules: tuple[str, ...]) -> list[Path]:
    """Find the files of the modules and of all that they import from this package, by path."""
    found: dict[str, Path] = {}
    waiting = list(modules)
    while waiting:
        module = waiting.pop()
        path = _path_of(module)
        if module in found or path is None or path.stem in _NO_KNOWLEDGE:
            continue
        found[module] = path
        waiting += _imports_of(path)
    return sorted(set(found.values()))


@cache
def _imports_of(path: Path) -> list[str]:
    """Names that a file imports from this package; those of types alone do not count."""
    names = []
    text = _TYPE_CHECKING.sub("", path.read_text("utf-8"))
    for package, listed, whole in _IMPORT.findall(text):
        if whole:
            names.append(whole)
            continue
        names.append(package)
        names += [f"{package}.{name}" for name in _NAME.findall(listed.split("#")[0])]
    return names


@cache
def _path_of(module: str) -> Path | None:
    path = _PACKAGE.joinpath(*module.split(".")[1:])
    if path.with_suffix(".py").is_file():
        return path.with_suffix(".py")
    return path / "__init__.py" if (path / "__init__.py").is_file() else None


def _digest(files: list[Path]) -> str:
    digest = hashlib.sha256()
    for path in sorted(files, key=lambda path: path.name):
        digest.update(path.name.encode() + b"\x00")
        digest.update(path.read_bytes() + b"\x00")
    return digest.hexdigest()[:_SHORT]


def digest_files(*patterns: tuple[paths.Content, str]) -> str:
    """Digest the files of content that fit the patterns."""
    files = [path for folder, pattern in patterns for path in folder.glob(pattern)]
    return _digest([path for path in files if path.is_file()])


def digest_overrides() -> str:
    """Digest the human decisions in `seeds/overrides`."""
    return _digest([path for path in paths.OVERRIDES.glob("*.csv") if path.is_file()])


@cache
def tell_difference(old: str | None, new: str) -> str:
    """Name the parts in which two fingerprints differ: `code, seeds`."""
    if old is None:
        return "made by an older version"
    before, now = _parts_of(old), _parts_of(new)
    return ", ".join(name for name in now if before.get(name) != now[name]) or "nothing"


def _parts_of(fingerprint: str) -> dict[str, str]:
    words = fingerprint.split(" ")
    return dict(zip(words[::2], words[1::2], strict=False))
