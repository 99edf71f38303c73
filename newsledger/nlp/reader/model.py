"""The encoder of the second reader: an ONNX model in int8, loaded once per process where it is
asked for.

It needs the extra `newsledger[reader]` (onnxruntime). What it brings, and why it is off unless it
is asked for: `docs/reader.md`.
"""

from collections.abc import Sequence
from functools import cache
from importlib import util
from typing import TYPE_CHECKING

import numpy as np

from newsledger import paths
from newsledger.errors import SettingsError
from newsledger.model.records import Quotation, Span
from newsledger.nlp.attribution.constructions.document import Candidate
from newsledger.nlp.parse.parsed import ParsedText
from newsledger.nlp.quotes.interviews import has_turns
from newsledger.nlp.reader.pieces import Window, cut_windows
from newsledger.nlp.reader.reading import Floats, Reading
from newsledger.settings import read_settings

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

ORIGIN = "reader/2"
FOLDER = paths.LEARNED / "reader"
MODEL, VOTES = FOLDER / "reader.onnx", FOLDER / "votes.json"
# probability that the rules give a candidate, of those whose paragraphs are read: 57 to 87
# of a hundred pieces. F1 on articles left out is the same with all of them, or less
DOUBT = (0.15, 0.85)


def is_on() -> bool:
    """Tell whether the second reader is asked. Raises `SettingsError` where it is to be asked and
    cannot be. `auto` is off until a model brings two points on articles left out and takes none on
    other outlets (`docs/reader.md`)."""
    wish = read_settings().reader
    if wish == "on" and not is_installed():
        raise SettingsError(
            "reader = on, but onnxruntime is missing: pip install 'newsledger[reader]'"
        )
    if wish == "on" and not MODEL.exists():
        raise SettingsError(
            "reader = on, but there is no model: `python -m benchmarks.reader.build` makes one"
        )
    return wish == "on"


def read_text(
    doc: ParsedText,
    quotations: Sequence[Quotation],
    weighed: Sequence[tuple[float, Candidate]],
) -> Reading | None:
    """Read the paragraphs with a candidate of which the rules are not sure; None where there are
    none, and of an interview: the gold set has no interviews, so that none was learned from."""
    if has_turns(doc.text):
        return None
    windows = cut_windows(doc, quotations, list_doubtful(weighed))
    if not windows:
        return None
    logits = run_windows(windows)
    return Reading([span for window in windows for span in window.spans], np.concatenate(logits))


def list_doubtful(weighed: Sequence[tuple[float, Candidate]]) -> list[Span]:
    """List the contents and cues of the candidates of which the rules are not sure."""
    low, high = DOUBT
    doubtful = [candidate for score, candidate in weighed if low < score < high]
    return [span for candidate in doubtful for span in (*candidate.content, *candidate.cue)]


def run_windows(windows: Sequence[Window]) -> list[Floats]:
    """Run the encoder over windows: 11 logits a piece (content, source, cue) each.

    One at a time: padding costs more than is saved by running several, and one would change the
    figures of the other."""
    session = load_session()
    return [
        session.run(
            None,
            {
                "ids": np.array([window.ids], np.int64),
                "facts": np.array([window.facts], np.int64),
            },
        )[0][0]
        for window in windows
    ]


@cache
def load_session() -> "InferenceSession":
    """Load the encoder, on one thread: articles run side by side."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(str(MODEL), options, providers=["CPUExecutionProvider"])


@cache
def is_installed() -> bool:
    """Tell whether the package that runs the encoder is there."""
    return util.find_spec("onnxruntime") is not None
