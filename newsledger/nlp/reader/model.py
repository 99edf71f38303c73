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
from newsledger.model.records import Quotation
from newsledger.nlp.attribution.constructions.document import Candidate
from newsledger.nlp.parse.parsed import ParsedText
from newsledger.nlp.reader.pieces import FACT_SIZES, Window, cut_windows
from newsledger.nlp.reader.reading import HEAD_SIZES, Floats, Reading
from newsledger.settings import read_settings

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

ORIGIN = "reader/1"
FOLDER = paths.LEARNED / "reader"
MODEL, VOTES = FOLDER / "reader.onnx", FOLDER / "votes.json"
BATCH = 8  # windows that run together; more need memory and save nothing


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
    """Read the paragraphs with a quotation or a candidate; None where there are none."""
    windows = cut_windows(doc, quotations, weighed)
    if not windows:
        return None
    logits = run_windows(windows)
    return Reading([span for window in windows for span in window.spans], np.concatenate(logits))


def run_windows(windows: Sequence[Window]) -> list[Floats]:
    """Run the encoder over windows: 11 logits a piece (content, source, cue) each."""
    order = sorted(range(len(windows)), key=lambda i: len(windows[i].ids))
    found: list[Floats] = [np.zeros((0, sum(HEAD_SIZES)))] * len(windows)
    for at in range(0, len(order), BATCH):
        numbers = order[at : at + BATCH]
        length = len(windows[numbers[-1]].ids)
        ids = np.zeros((len(numbers), length), np.int64)
        facts = np.zeros((len(numbers), length, len(FACT_SIZES)), np.int64)
        for row, number in enumerate(numbers):
            size = len(windows[number].ids)
            ids[row, :size] = windows[number].ids
            facts[row, :size] = windows[number].facts
        logits = load_session().run(None, {"ids": ids, "facts": facts})[0]
        for row, number in enumerate(numbers):
            found[number] = logits[row, : len(windows[number].ids)]
    return found


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
