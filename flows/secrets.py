"""Secrets of sources from Prefect: a Secret block named `newsledger-<source>` goes where the
variable `NEWSLEDGER_HEADERS_<SOURCE>` is not set."""

import os
from collections.abc import Sequence
from typing import Any

import flows  # noqa: F401

from prefect.blocks.system import Secret  # isort: skip

from newsledger.ingest.secrets import variable_of
from newsledger.ingest.sources import Source


def block_of(source_name: str) -> str:
    """Give the name of a source's block: Prefect takes lower-case letters, digits and dashes."""
    return f"newsledger-{source_name.replace('_', '-')}"


def load_secrets(sources: Sequence[Source]) -> None:
    """Put the headers that blocks hold into this process's environment, for sources that are
    fetched."""
    for source in sources:
        if source.name is None or "://" not in source.uri:
            continue
        variable = variable_of(source.name)
        if variable in os.environ:
            continue
        try:
            block: Any = Secret.load(block_of(source.name))
        except ValueError:
            continue  # no such block: the source wants none
        os.environ[variable] = str(block.get())
