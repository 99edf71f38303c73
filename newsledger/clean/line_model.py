"""Which lines of a flattened page are article text: features of a line and its neighbours, logistic weights, best path.

The weights stand in `line_weights.json`, learned by `benchmarks/train_lines.py` on real pages; they are about shape
(length, punctuation, letter case, neighbours), never about words of an article.
"""

import json
import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from newsledger.clean.phrases import find_role

if TYPE_CHECKING:
    import numpy as np

WEIGHTS = Path(__file__).with_name("line_weights.json")
_WORD = re.compile(r"[^\W_]+(?:['’.\-][^\W_]+)*")
_STOP = frozenset(
    (
        "the of and to a in that is was he for it with as his on be at by i this had not are but from or have an they which one "
        "you were all her she there would their we him been has when who will no more if out so up said what its about than into "
        "them can only other time new some could these two may first then do any like my now over such our me even most made "
        "after also did many off before must well back through years where much your way down should because long each just state "
        "those people too mr how little good"
    ).split()
)
_END = re.compile(r"[.!?…][\"'”’)\]]*\s*$")
_INNER = re.compile(r"[.!?][\"'”’)]? +[\"'“‘(]?[A-Z]")
_BULLET = re.compile(r"^\s*(?:[*+•·‣▪|>»-]|\d{1,2}[.)])\s")
_STAMP = re.compile(
    r"\b(?:\d{1,2}:\d{2}|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? \d{1,2}|\d{1,2} (?:jan|feb|mar|apr|may|jun|jul|aug|sep|"
    r"oct|nov|dec)[a-z]*|\d{4}-\d{2}-\d{2}|\d+ (?:minutes?|hours?|days?|mins?|hrs?) (?:ago|read))\b",
    re.IGNORECASE,
)
OWN = (
    "bias", "log_words", "log_words_sq", "short", "very_short", "long", "ends", "ends_colon", "inner", "bullet", "indent", "stop_share",
    "no_stop", "cap_share", "upper_share", "digit_share", "comma", "quote", "said", "stamp", "url", "pipe", "repeated", "starts_lower",
    "donation", "prompt", "login", "social", "nav", "related", "copyright", "photo_credit", "correction", "contributor",
)  # fmt: skip
AROUND = ("log_words", "ends", "stop_share", "bullet", "stamp", "related", "prompt")
PLACE = ("position", "words_above", "words_below", "block_words", "gap_before", "gap_after", "list_around")
NAMES = (*OWN, *(f"{name}@{step:+d}" for step in (-2, -1, 1, 2) for name in AROUND), *PLACE)


def line_features(lines: Sequence[str], gaps: Sequence[int]) -> "np.ndarray":
    """Describe each non-empty line by numbers about 0 to 3. `gaps` counts the blank lines before each. Returns lines by `NAMES`."""
    import numpy as np

    seen: dict[str, int] = {}
    for line in lines:
        seen[line.strip()] = seen.get(line.strip(), 0) + 1
    own = np.array([_own_features(line, seen[line.strip()] > 1) for line in lines], dtype=np.float32)
    padded = np.zeros((len(lines) + 4, len(AROUND)), dtype=np.float32)
    padded[2:-2] = own[:, [OWN.index(name) for name in AROUND]]
    around = [padded[2 + step : 2 + step + len(lines)] for step in (-2, -1, 1, 2)]
    return np.hstack([own, *around, _place_features(own, gaps)])


def _own_features(line: str, is_repeated: bool) -> list[float]:
    import math

    text = line.strip()
    words = _WORD.findall(text)
    count = len(words)
    log = math.log1p(count)
    stops = sum(word.lower() in _STOP for word in words)
    caps = sum(word[:1].isupper() for word in words)
    letters = sum(map(str.isalpha, text))
    uppers = sum(map(str.isupper, text))
    role = find_role(text) if count < 80 else None
    return [
        1.0, log / 3, log * log / 9, count < 8, count < 4, count > 25, bool(_END.search(text)), text.endswith(":"), bool(_INNER.search(text)),
        bool(_BULLET.match(line)), min(len(line) - len(line.lstrip()), 30) / 30, stops / count if count else 0.0, stops == 0,
        caps / count if count else 0.0, uppers / letters if letters else 0.0, sum(map(str.isdigit, text)) / max(len(text), 1),
        "," in text, '"' in text or "“" in text, " said" in text or " says" in text, bool(_STAMP.search(text)),
        "http" in text or "www." in text or "@" in text, "|" in text or " › " in text, is_repeated, text[:1].islower(),
        *(role == name for name in OWN[24:]),
    ]  # fmt: skip


def _place_features(own: "np.ndarray", gaps: Sequence[int]) -> "np.ndarray":
    import numpy as np

    count = len(own)
    prose = np.expm1(own[:, 1] * 3) * (own[:, OWN.index("ends")] > 0) * (own[:, 1] * 3 > 2.0)  # words of lines that look like sentences
    total = max(float(prose.sum()), 1.0)
    above = np.cumsum(prose) - prose
    window = np.convolve(prose, np.ones(7), "same")[:count] if count >= 7 else np.full(count, total)
    lists = np.convolve(own[:, OWN.index("bullet")], np.ones(9) / 9, "same")[:count] if count >= 9 else own[:, OWN.index("bullet")]
    before = np.minimum(np.asarray(gaps, dtype=np.float32), 5) / 5
    after = np.append(before[1:], 1.0)
    place = np.arange(count) / max(count - 1, 1)
    return np.column_stack(
        [place, above / total, (total - above - prose) / total, np.minimum(window / 150, 2), before, after, lists]
    ).astype(np.float32)


@cache
def _weights() -> tuple["np.ndarray", float, float]:
    import numpy as np

    stored = json.loads(WEIGHTS.read_text("utf-8"))
    return np.array([stored["weights"][name] for name in NAMES], dtype=np.float32), stored["stay"], stored["threshold"]


def find_body_lines(lines: Sequence[str], gaps: Sequence[int]) -> list[bool]:
    """Tell which of the non-empty lines are article text."""
    import numpy as np

    if not lines:
        return []
    weights, stay, threshold = _weights()
    score = line_features(lines, gaps) @ weights - threshold
    best = np.zeros((len(lines), 2))
    came = np.zeros((len(lines), 2), dtype=np.int8)
    best[0] = (0.0, score[0])
    for i in range(1, len(lines)):
        for state, gain in ((0, 0.0), (1, float(score[i]))):
            same, other = best[i - 1, state], best[i - 1, 1 - state] - stay
            came[i, state] = state if same >= other else 1 - state
            best[i, state] = max(same, other) + gain
    state = int(best[-1, 1] > best[-1, 0])
    path = [False] * len(lines)
    for i in range(len(lines) - 1, -1, -1):
        path[i] = bool(state)
        state = int(came[i, state])
    return path
