"""`newsledger doctor`: what is installed, which model is in use, what is there and what is
missing."""

import os
import platform
import shutil
import sys
import urllib.request
from dataclasses import dataclass
from importlib import metadata

from newsledger import __version__, paths
from newsledger.errors import NewsledgerError

PACKAGES = (
    "duckdb",
    "polars",
    "great_expectations",
    "prefect",
    "fastapi",
    "sqlalchemy",
    "spacy",
    "matplotlib",
    "typst",
    "trafilatura",
)
MIN_FREE_GB = 1
SERVER_WAIT_S = 3.0  # for a Prefect server that is named


@dataclass(frozen=True, slots=True)
class Finding:
    name: str
    text: str
    is_ok: bool = True


def examine() -> list[Finding]:
    """Examine the installation; each finding is one line."""
    return [
        Finding("newsledger", f"{__version__} at {paths.HOME}"),
        Finding(
            "python", f"{platform.python_version()} ({sys.executable})", sys.version_info >= (3, 11)
        ),
        *(_examine_package(name) for name in PACKAGES),
        _examine_model(),
        _examine_reader(),
        _examine_gazetteer(),
        *(
            _examine_folder(name, path)
            for name, path in (
                ("sql", paths.SQL),
                ("seeds", paths.SEEDS),
                ("expectations", paths.EXPECTATIONS),
            )
        ),
        _examine_data(),
        _examine_work(),
        _examine_published(),
        *_examine_issues(),
        _examine_prefect(),
    ]


def _examine_package(name: str) -> Finding:
    try:
        return Finding(name, metadata.version(name))
    except metadata.PackageNotFoundError:
        return Finding(name, "not installed: run `make setup`", False)


def _examine_model() -> Finding:
    from newsledger.nlp.parse.model import find_model

    try:
        package, model, version = find_model()
    except NewsledgerError as error:
        return Finding("language model", str(error), False)
    note = (
        ""
        if model.endswith("_md")
        else " (small model: figures in docs/measurements.md are for en_core_web_md, which needs "
        "Python 3.12)"
    )
    return Finding("language model", f"{model} from {package} {version}{note}")


def _examine_reader() -> Finding:
    from newsledger.nlp.reader import model as reader

    try:
        if reader.is_on():
            return Finding("second reader", "on")
    except NewsledgerError as error:
        return Finding("second reader", str(error), False)
    return Finding("second reader", "off: claims are read by the rules alone (docs/reader.md)")


def _examine_gazetteer() -> Finding:
    from newsledger.lexicon.gazetteer_build import read_stamp

    stamp = read_stamp(paths.GAZETTEER)
    if stamp is None:
        return Finding(
            "gazetteer", "not yet: built at the first run, or by `newsledger gazetteer build`"
        )
    geonames = f", with {stamp['geonames']}" if stamp["geonames"] else ""
    return Finding(
        "gazetteer",
        f"{stamp['places']:,} places under {stamp['names']:,} names in {paths.GAZETTEER}{geonames}",
    )


def _examine_folder(name: str, path: paths.Content) -> Finding:
    is_there = path.is_dir()
    return Finding(
        name,
        str(path)
        if is_there
        else f"{path} is missing: set NEWSLEDGER_HOME to the project's directory",
        is_there,
    )


def _examine_data() -> Finding:
    folder = paths.DATA if paths.DATA.exists() else paths.DATA.parent
    free = shutil.disk_usage(folder).free / 1e9
    is_writable = os.access(folder, os.W_OK)
    text = f"{paths.DATA}, {free:.1f} GB free" if is_writable else f"{paths.DATA} cannot be written"
    return Finding("data", text, is_writable and free > MIN_FREE_GB)


def _examine_work() -> Finding:
    """Open the work database and read every document of it."""
    from newsledger.store.backup import count_documents

    if not paths.WORK_DB.exists():
        return Finding("work database", "not yet: `newsledger run` makes it")
    try:
        count = count_documents(paths.WORK_DB)
    except NewsledgerError as error:
        if "lock" in str(error).lower():
            return Finding("work database", f"{paths.WORK_DB}, a run is at work on it")
        return Finding("work database", f"{error}: `newsledger rebuild` makes it anew", False)
    return Finding("work database", f"{paths.WORK_DB}, {count:,} documents")


def _examine_published() -> Finding:
    """Open the published database and read every document of it."""
    from newsledger.store.backup import count_documents
    from newsledger.store.database import wal_of

    if not paths.PUBLISHED_DB.exists():
        return Finding("published", "not yet: `newsledger run` makes it")
    if wal_of(paths.PUBLISHED_DB).exists():
        text = f"{wal_of(paths.PUBLISHED_DB)} was left by a client that died"
        return Finding("published", f"{text}: `newsledger run` takes it away", False)
    try:
        count = count_documents(paths.PUBLISHED_DB)
    except NewsledgerError as error:
        return Finding("published", f"{error}: `newsledger run` writes it anew", False)
    return Finding("published", f"{paths.PUBLISHED_DB}, {count:,} documents")


def _examine_issues() -> list[Finding]:
    """Tell how many documents and sources failed; `status` says which."""
    from newsledger.run.status import count_issues

    if not (paths.WORK_DB.exists() or paths.PUBLISHED_DB.exists()):
        return []
    try:
        count = count_issues()
    except NewsledgerError:
        return []  # told already, by the database
    text = f"{count:,} failed: `newsledger status` says where" if count else "none failed"
    return [Finding("documents and sources", text)]


def _examine_prefect() -> Finding:
    """Ask the Prefect server that is set whether it is well."""
    url = os.environ.get("PREFECT_API_URL")
    if not url:
        text = "none set (PREFECT_API_URL): each flow run starts a temporary one"
        return Finding("prefect server", text)
    try:
        with urllib.request.urlopen(f"{url.rstrip('/')}/health", timeout=SERVER_WAIT_S):
            return Finding("prefect server", url)
    except (OSError, ValueError) as error:
        text = f"{url} does not answer ({error}): start it, or unset PREFECT_API_URL"
        return Finding("prefect server", text, False)
