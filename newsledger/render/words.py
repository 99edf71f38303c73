"""Words of the reports: plural and large numbers, days, cuts, words that differ, and links that
point at a sentence."""

import re
import unicodedata
from collections.abc import Sequence
from datetime import date, datetime
from difflib import SequenceMatcher
from urllib.parse import quote

from newsledger.lexicon.function_words import load_function_words
from newsledger.render.names import is_negation, is_number, is_time

LEFT_TO_RIGHT = "\u200e"
LONG_WORD = 20  # letters, after which a word may be broken: a narrow column holds as many
FRAGMENT_WORDS = 5  # words at each end of a text fragment; the browser needs few to find the place
Z95 = 1.96  # standard deviations on each side of a 95 % interval
_TOLD_BY_WORDS = ("", "polarity", "figures", "time")  # what two sentences may differ in, that a
# word of negation or a number shows
MOST_MARKED = 0.6  # share of content words beyond which marks would say nothing
_ARTICLES = ("A", "An", "The", "Her", "His", "Its", "Their", "Our")
_TOKEN = re.compile(r"[^\W_]+(?:[.,’'-][^\W_]+)*|\S", re.UNICODE)
_SCALES = ((1e12, "trillion"), (1e9, "billion"), (1e6, "million"))


def count(number: float, noun: str, plural: str = "") -> str:
    """A number with its noun in singular or plural: `1 article`, `1,204 articles`."""
    return f"{number:,.0f} {noun if number == 1 else plural or noun + 's'}"


def join(names: Sequence[str], word: str = "and") -> str:
    """Names as a list of a sentence: `A, B and C`."""
    return f"{', '.join(names[:-1])} {word} {names[-1]}" if len(names) > 1 else "".join(names)


def few(names: Sequence[str], most: int) -> str:
    """The first names, and how many more there are."""
    kept = [clip(within(name) if at else name, 60) for at, name in enumerate(names[:most])]
    left = len(names) - len(kept)
    return join([*kept, count(left, "other")]) if left > 0 else join(kept)


def clip(text: str | None, length: int) -> str:
    """Cut a text after a whole word, with an ellipsis; at most `length` code points."""
    text = " ".join((text or "").split())
    if len(text) <= length:
        return text
    cut = text[: max(length - 1, 1)]
    return (cut[: cut.rfind(" ")] if cut.rfind(" ") > length // 2 else cut).rstrip(" ,;:") + "…"


def end_direction(text: str) -> str:
    """A text whose end keeps its direction to itself: behind Arabic or Hebrew letters stands a
    mark, lest the number or the stop that follows be drawn among them."""
    letters = (unicodedata.bidirectional(letter) for letter in reversed(text))
    last = next((kind for kind in letters if kind in ("L", "R", "AL")), "L")
    return text if last == "L" else text + LEFT_TO_RIGHT


def start_direction(line: str) -> str:
    """A line that reads from left to right, though its first word may be Arabic or Hebrew."""
    kinds = {unicodedata.bidirectional(letter) for letter in line}
    return LEFT_TO_RIGHT + line if "L" in kinds and kinds & {"R", "AL"} else line


def start_upper(text: str) -> str:
    """A text as it begins a line: a small first letter grows, but not that of `iRobot` or
    `news.example`."""
    first = re.sub(r"[’']s?$", "", text.split(" ", 1)[0].rstrip(",:;"))
    is_plain = first.isalpha() and first.islower()
    return text[:1].upper() + text[1:] if is_plain else text


def within(text: str) -> str:
    """A name as it stands inside a sentence: `A rabbi` begins small, `The Times` does not."""
    article, _, rest = text.partition(" ")
    is_described = article in _ARTICLES and rest[:1].islower()
    return article.lower() + text[len(article) :] if is_described else text


def balance_quotes(text: str) -> str:
    """A sentence cut out of a quotation, with the marks that open and close it: `“… rose,” he
    said`, `“It rose …”`."""
    for opening, closing in (("“", "”"), ('"', '"'), ("‘", "’"), ("'", "'")):
        found = re.search(rf"(?<=[,.!?…]){closing}(?=\s|$)", text)
        if found and opening not in re.sub(r"\b['’]\b", "", text[: found.start()]):
            return f"{opening}… {text}"
    if (text[:1] == "“" and "”" not in text) or (text[:1] == '"' and text.count('"') == 1):
        return f"{text} …{'”' if text[0] == '“' else text[0]}"
    return text


def readable_number(value: float) -> str:
    """A number as newspapers print it: `140`, `12,400`, `1.2 million`, `3.5`, `1.13`."""
    for scale, name in _SCALES:
        if abs(value) >= scale:
            return f"{value / scale:,.1f}".removesuffix(".0") + f" {name}"
    return f"{value:,.2f}".removesuffix("0").removesuffix(".0")


def short_number(value: float) -> str:
    """A number for an axis: `140`, `12,400`, `1.2 m`, `38 bn`."""
    words = {"trillion": "tn", "billion": "bn", "million": "m"}
    number, _, scale = readable_number(value).partition(" ")
    return f"{number} {words[scale]}" if scale else number


def readable_range(low: float | None, high: float | None) -> str:
    """Bounds of a figure: `40`, `40 to 60`, `40 or more`, `up to 40`."""
    if low is None and high is None:
        return "unknown"
    if low is None or high is None:
        return (
            f"up to {readable_number(high)}"
            if high is not None
            else f"{readable_number(low or 0)} or more"
        )
    return (
        readable_number(low)
        if low == high
        else f"{readable_number(low)} to {readable_number(high)}"
    )


def readable_day(day: date | datetime | None) -> str:
    return f"{day.day} {day:%b %Y}" if day else "no date"


def readable_time(moment: datetime | None) -> str:
    """A moment; at midnight the day alone, which is what pages print that give no hour."""
    if moment is not None and (moment.hour, moment.minute) == (0, 0):
        return readable_day(moment)
    return f"{moment.day} {moment:%b %Y, %H:%M}" if moment else "no date"


def slug(text: str) -> str:
    """A text as part of a file name."""
    return re.sub(r"[^\w]+", "-", text.casefold()).strip("-_")[:60] or "unnamed"


def point_at(url: str | None, sentence: str | None) -> str:
    """The publisher's page with a text fragment, which the browser scrolls to and marks; only
    addresses of the web are links."""
    if not url or not re.match(r"https?://[^\s]+$", url):
        return ""
    words = (sentence or "").split()
    if not words:
        return url
    if len(words) <= 2 * FRAGMENT_WORDS:
        fragment = _escape(" ".join(words))
    else:
        ends = (words[:FRAGMENT_WORDS], words[-FRAGMENT_WORDS:])
        fragment = ",".join(_escape(" ".join(end)) for end in ends)
    return f"{url.split('#')[0]}#:~:text={fragment}"


def _escape(words: str) -> str:
    return quote(words.encode("utf-8", "replace"), safe="").replace("-", "%2D")


def mark_differences(
    one: str, other: str, differs_in: str = "", negated: tuple[bool, bool] = (True, True)
) -> tuple[list[str], list[str]]:
    """Cut two sentences into pieces, alternately alike and different, the alike one first.

    Words are compared without case, and function words are never marked by themselves. Where most
    words differ, marking them would say nothing: then only numbers are, or words of negation on the
    sides that `negated` names.
    """
    found, theirs = _tokens(one), _tokens(other)
    matcher = SequenceMatcher(
        None, [t for _, _, t in found], [t for _, _, t in theirs], autojunk=False
    )
    mine, others = _unmatched(matcher, found, theirs)
    content = [index for index, (_, _, token) in enumerate(found) if _is_content(token)]
    if differs_in in _WORDS_OF or len(mine) > MOST_MARKED * len(content):
        is_about_no = differs_in == "polarity"
        mine = set() if is_about_no and not negated[0] else _contested(found, theirs, differs_in)
        others = set() if is_about_no and not negated[1] else _contested(theirs, found, differs_in)
    return _pieces(one, found, mine), _pieces(other, theirs, others)


def mark_words(text: str, words: Sequence[str]) -> list[str]:
    """Cut a text into pieces, alternately not among the words and among them, the former first."""
    longest = sorted(filter(None, words), key=len, reverse=True)
    spelt = "|".join(r"\s+".join(map(re.escape, word.split())) for word in longest)
    if not spelt:
        return [text]
    return re.split(rf"(?<!\w)({spelt})(?!\w)", text, flags=re.IGNORECASE)


_WORDS_OF = {"polarity": is_negation, "time": is_time}  # the words that show what is in dispute


def _tokens(text: str) -> list[tuple[int, int, str]]:
    return [(m.start(), m.end(), m.group().casefold()) for m in _TOKEN.finditer(text)]


def _is_content(token: str) -> bool:
    return token[:1].isalnum() and (
        is_negation(token) or is_number(token) or token not in load_function_words("en")
    )


def _unmatched(
    matcher: "SequenceMatcher[str]",
    found: list[tuple[int, int, str]],
    theirs: list[tuple[int, int, str]],
) -> tuple[set[int], set[int]]:
    """Content words that the alignment does not pair, and that the other sentence lacks
    altogether."""
    mine, others = {t for _, _, t in found}, {t for _, _, t in theirs}
    left: set[int] = set()
    right: set[int] = set()
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag != "equal":
            left |= {
                i for i in range(a, b) if _is_content(found[i][2]) and found[i][2] not in others
            }
            right |= {
                i for i in range(c, d) if _is_content(theirs[i][2]) and theirs[i][2] not in mine
            }
    return left, right


def _contested(
    found: list[tuple[int, int, str]], theirs: list[tuple[int, int, str]], differs_in: str
) -> set[int]:
    others = {token for _, _, token in theirs}
    if differs_in not in _TOLD_BY_WORDS:
        return set()
    is_wanted = _WORDS_OF.get(differs_in, is_number)
    return {
        index
        for index, (_, _, token) in enumerate(found)
        if token not in others and is_wanted(token)
    }


def _pieces(text: str, tokens: list[tuple[int, int, str]], marked: set[int]) -> list[str]:
    """Text cut at the marked tokens; neighbours with nothing but space between them are one
    piece."""
    spans: list[list[int]] = []
    for index in sorted(marked):
        start, end, _ = tokens[index]
        if spans and not text[spans[-1][1] : start].strip():
            spans[-1][1] = end
        else:
            spans.append([start, end])
    pieces, at = [], 0
    for start, end in spans:
        pieces += [text[at:start], text[start:end]]
        at = end
    return [*pieces, text[at:]]


def share(part: float, whole: float) -> float:
    """Percent of a whole; 0 of nothing."""
    return 100.0 * part / whole if whole else 0.0


def wilson(part: float, whole: float) -> tuple[float, float]:
    """Wilson's 95 % interval of a share, in percent; all of it where there is nothing to count."""
    if not whole:
        return 0.0, 100.0
    rate, spread = part / whole, Z95 * Z95 / whole
    middle = rate + spread / 2
    half = Z95 * ((rate * (1 - rate) + spread / 4) / whole) ** 0.5
    low, high = (100 * (middle + side * half) / (1 + spread) for side in (-1, 1))
    return max(0.0, low), min(100.0, high)


def list_numbers(text: str) -> list[str]:
    """Numbers of a text in digits or letters, in order of size of their words."""
    return sorted(token for _, _, token in _tokens(text) if is_number(token))
