"""Great Expectations, imported without what only its databases and charts need, and without copies
of copies: a third of the time."""

import copy
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


@contextmanager
def _fields_copied_once() -> Iterator[None]:
    """Let classes inherit the fields of others as copies of the fields themselves: of all that
    hangs on them copies are made for hundreds of classes, a third of what the import takes."""
    from pydantic.v1 import main
    from pydantic.v1.fields import ModelField

    copy_all = vars(main).get("smart_deepcopy")
    if copy_all is None:
        yield
        return

    def copy_fields(value: Any) -> Any:
        is_fields = type(value) is dict and all(
            isinstance(field, ModelField) for field in value.values()
        )
        return {k: _copy_field(v) for k, v in value.items()} if is_fields else copy_all(value)

    vars(main)["smart_deepcopy"] = copy_fields
    try:
        yield
    finally:
        vars(main)["smart_deepcopy"] = copy_all


def _copy_field(field: Any) -> Any:
    """Copy a field with what a class that inherits it sets anew."""
    copied = copy.copy(field)
    copied.class_validators = dict(field.class_validators)
    copied.field_info = copy.copy(field.field_info)
    copied.field_info.extra = dict(field.field_info.extra)
    return copied


@cache
def load_library() -> ModuleType:
    """Import Great Expectations."""
    with _only_what_is_needed(), _fields_copied_once():
        return import_module("great_expectations")
