"""What an article's address says of it: words of its headline and its day."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from urllib.parse import unquote

from newsledger.clean.stamps import Stamp
from newsledger.lexicon.time_words import load_month_names
from newsledger.model.enums import TimePrecision
from newsledger.text.line_words import fold_runs, split_words

MIN_WORDS = 3  # of a headline in an address; "/news/12345" has none
MIN_SHARE = 0.5  # of these words that a line must have to be the headline
LONGER = 0.02  # off for each word that a line has beyond them
SENTENCE = 0.3  # off for a full stop
LETTERS = 3  # of a word of an address
_WORD = re.compile(rf"[^\W\d_]{{{LETTERS},}}")
_DAYS = (
    re.compile(
        r"/(?P<year>(?:19|20)\d\d)[/-](?P<month>[01]?\d|[a-z]{3})[/-](?P<day>[0-3]?\d)(?=[/-]|$)"
    ),
    re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)-(?P<month>[01]\d)-(?P<day>[0-3]\d)(?!\d)"),
    re.compile(r"(?<!\d)(?P<year>20\d\d)(?P<month>[01]\d)(?P<day>[0-3]\d)(?!\d)"),
)


def list_headline_words(url: str | None) -> frozenset[str]:
    """List the words of the headline that an address carries:
    `/2024/05/storm-hits-coast-1234.html`; empty where it has too few."""
    parts = [part for part in unquote(url or "").split("?")[0].split("/")[3:] if part]
    longest = max(parts, key=_count_joints, default="")
    if (
        _count_joints(longest) < MIN_WORDS - 1
    ):  # the letters of a number in hexadecimal are no words
        return frozenset()
    words = frozenset(word.casefold() for word in _WORD.findall(longest.replace("_", " "))) - {
        "html",
        "htm",
        "php",
        "aspx",
    }
    return words if len(words) >= MIN_WORDS else frozenset()


def _count_joints(part: str) -> int:
    return part.count("-") + part.count("_") + part.count("+")


def find_headline_line(lines: Sequence[str], words: frozenset[str]) -> int | None:
    """Find the line that has most of the words and little else, the first of equals; `None` where
    none has enough of them."""
    best, most = None, MIN_SHARE
    for number, line in enumerate(lines):
        shared = len(words.intersection(fold_runs(line)))
        if shared < MIN_WORDS:
            continue
        longer = sum(len(word) >= LETTERS for word in split_words(line).runs) - len(words) - 4
        score = (
            shared / len(words)
            - LONGER * max(0, longer)
            - SENTENCE * line.rstrip().endswith((".", ":"))
        )
        if score > most:
            best, most = number, score
    return best


def find_day(url: str | None) -> Stamp | None:
    """Read the day out of an address: `/2024/05/16/`, `-2024-05-16`, `20240516`."""
    for pattern in _DAYS:
        if found := pattern.search(url or ""):
            month = found["month"]
            try:
                day = datetime(
                    int(found["year"]),
                    load_month_names("en").get(month) or int(month),
                    int(found["day"]),
                    tzinfo=UTC,
                )
            except ValueError:
                continue
            return Stamp(day, TimePrecision.DAY, found[0].strip("/-"), None)
    return None
