"""Imported once by the process that workers are forked from, so that they share what is loaded
here: the model, the gazetteer, the word lists, learned weights."""

import contextlib

from newsledger.errors import NewsledgerError
from newsledger.stages.extract import load_knowledge

with contextlib.suppress(NewsledgerError):  # no model: the worker says so, where it is heard
    load_knowledge()
