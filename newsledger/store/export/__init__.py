"""Exports of the published database, each in a form that another program reads."""

import importlib
import pkgutil
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from types import ModuleType

from newsledger.errors import NewsledgerError


@cache
def list_forms() -> dict[str, ModuleType]:
    """List the forms by name (`csv`, `sqlite` …): modules of `forms/`, their names without a
    trailing underscore."""
    package = importlib.import_module("newsledger.store.export.forms")
    names = (found.name for found in pkgutil.iter_modules(package.__path__))
    return {
        name.rstrip("_"): importlib.import_module(f"{package.__name__}.{name}") for name in names
    }


def export_tables(target: Path, form: str, tables: Sequence[str] = ()) -> dict[str, int]:
    """Write an export to a folder or a file, as its form has it. Returns rows, or entities, by
    table.

    It is written beside its place and swapped in whole; what is there already is replaced only
    where it is an earlier export. Raises `NewsledgerError` on an unknown table, where tables are
    chosen for a form of its own shape, and where the place holds something else.
    """
    module = list_forms()[form]
    if tables and not getattr(module, "HAS_TABLES", False):
        raise NewsledgerError(f"--table is for tables: {form} has its own shape")
    written: dict[str, int] = module.export(target, tables)
    return written
