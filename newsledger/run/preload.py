"""Imported once by the process that workers are forked from, so that they share what is loaded here:
the model, the gazetteer, the word lists, learned weights."""

import contextlib

from newsledger.errors import NewsledgerError
from newsledger.model.records import Article
from newsledger.nlp.extract import extract_articles

_SENTENCE = "Maria Okonkwo, the port's director, said on Friday that 12 people were hurt in Lagos."

with contextlib.suppress(NewsledgerError):  # no model: the worker says so, where it is heard
    list(extract_articles([Article("art_preload", "doc_preload", _SENTENCE)]))
