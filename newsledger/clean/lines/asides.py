"""What stands between the paragraphs of a flattened article without being its text: captions, links
in capitals, biographies.

Most are told by how a line stands to the others, not by its words, so that they hold for any
outlet. The figures count lines of the development pages and of 70 others, with the number of
publishers.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise

from newsledger.clean.credits import find_authors, find_biography
from newsledger.lexicon.time_words import english_months
from newsledger.model.enums import LineRole

# words of a line printed twice: 222 of 246 such lines were captions or furniture; shorter ones are
# rows and names
MIN_TWICE = 6
# lines from the first printing to the second: the description of a picture and its caption, a
# credit between them
NEAR = 2
MAX_CREDIT = 8  # words of a credit
MAX_CAPTION = 30  # words of a line with a credit right below it: 38 of 38 such lines were captions
# words of a link in capitals: 100 of 102 lines, of 34 publishers, were no text; shorter ones are
# often headings
MIN_CAPITALS = 5
# words of a line in the present tense that ends with place and full date: 79 of 79, of 22
# publishers, were captions
MAX_DATED = 40
# lines of about one length that end in an ellipsis: 0 of 350 such lines, of 35 publishers, were
# text
MIN_TEASERS = 3
MIN_TEASER = 8  # words
SAME_LENGTH = 0.15  # of their letters
BETWEEN = 6  # lines from one teaser to the next, with a headline, a name and a time between them
AT_FOOT = 3  # last paragraphs, where a biography is the author's
CAPITAL_SHARE = 0.92  # of its letters: "McCONNELL"
MAX_LED = 8  # headlines below a pointer
MIN_LED, MAX_HEADLINE_WORDS = 3, 18  # words of them
_LEAD = re.compile(
    r"(?:also(?: read| see)?|read(?: also| more| next)|see also|more(?: stories| news| "
    r"headlines| coverage)?|related(?: stories| articles| news)?"
    r"|in other news|other (?:stories|news|headlines)|top stories|you may (?:also )?like"
    r"|(?:sponsored|promoted|recommended|suggested)(?: content| stories| links| for you| reading)?"
    r"|trending(?: now| stories)?|most (?:read|popular|viewed)|don['’]t miss)\s?[:.…]*",
    re.IGNORECASE,
)
# a heading that calls what stands below it facts beside the text, and what such lines look like
_FACTS = re.compile(
    r"\W*(?:(?:fact ?(?:box|file|sheet)\b(?:\s?[:|–—-].{0,80})?)"
    r"|about the (?:person|authors?|writers?|company|series)"
    r"|(?:at a glance|(?:key|quick|fast) facts|(?:in|by the) numbers|timeline)"
    r"(?: ?[:–—-])?)\W*",
    re.IGNORECASE,
)
_TOLD_BOXES = ("fact", "about")  # may be told in whole sentences
_FACT = re.compile(r"\s*(?:[•·*▪‣–-]\s|\d{4}\b.{0,12}?[:–—-]\s|[^.:“”\"]{2,30}:\s)")
MAX_FACTS, MAX_FACT = 15, 14  # lines of a box, and words of a line that no mark shows to be of one
FACTS_SHARE = 0.3  # of the text's words; what holds more is the text
# a picture from the archive or of a slideshow, a credit that speaks of a picture, and a credit of
# two names: 11 of 11 such lines of pages, of 4 publishers, and 33 of 36 in news corpora, were
# captions; what ends a text may be credited to its reporter
MAX_CREDITED = 120  # words of a caption with its credit; longer ones are articles
_PICTURE = re.compile(
    r"^(?:file ?[-–—] |\d{1,3} (?:of|/) \d{1,3} )"
    r"|\([^()]*\b(?:photos?|images?|video)\b[^()]*\)$",
    re.IGNORECASE,
)
_TWO_NAMES = re.compile(
    r"\((?:[^\W\d_a-z][\w.’'-]+ ){1,4}?[^()/]{0,40}/ ?[^\W\d_a-z][^()]{1,40}\)$"
)
_CAPTION_MARK = re.compile(r"(?:image|photo|picture|video) caption[,:]?", re.IGNORECASE)
_ENDS = (".", "!", "”", '"', ":", ";", ",")
_ELLIPSES = ("…", "...", "[…]", "[...]", "…]")
_MONTH = rf"(?:{english_months().title()})\.?"
_PLACE = r"(?:in|at|near|outside|over|during|from)"
_DATED = re.compile(
    rf"(?:,| on) (?:\w{{3,9}}\.?,? )?(?:{_MONTH} \d{{1,2}},? \d{{4}}|\d{{1,2}} {_MONTH},? "
    rf"\d{{4}})(?P<place>,? {_PLACE} [^.]{{3,60}})?\.?"
    r"(?: ?\([^()]*\)| ?[—–|/-] ?.{2,40}| [A-Z][\w ]{1,20}/ ?[A-Z][\w .’'-]{3,40})?$"
)
_SETTING = re.compile(rf"\b{_PLACE} \w")
# what news in one sentence has beside a date, and a caption in the present tense has not
_TOLD = re.compile(
    r"\b(?:was|were|will|would|had|not|said|says|told|born|died|since|until|between|due"
    r"|scheduled|expected|begins?|began|ends?|ended|expires?|elected|"
    r"signed|announced|published|updated|posted)\b",
    re.IGNORECASE,
)


def find_asides(
    texts: Sequence[str], gaps: Sequence[int], roles: Sequence[str]
) -> dict[int, tuple[str, str]]:
    """Find lines among those taken for text that are captions or links: their role and the rule, by
    number of the line.

    `gaps` counts the blank lines before each line.
    """
    bodies = [i for i, role in enumerate(roles) if role == LineRole.BODY]
    credited = _find_credited(texts, gaps, roles)
    found: dict[int, tuple[str, str]] = dict.fromkeys(
        credited, (LineRole.CAPTION, "above a credit")
    )
    found |= dict.fromkeys(_find_twice(texts, bodies), (LineRole.CAPTION, "printed twice"))
    found |= dict.fromkeys(
        find_led(texts).intersection(bodies), (LineRole.RELATED, "headline below a pointer")
    )
    found |= dict.fromkeys(
        find_teasers(texts).intersection(bodies), (LineRole.RELATED, "cut short like others")
    )
    found |= dict.fromkeys(
        (i for i in bodies if is_credited(texts[i], is_last=i == bodies[-1])),
        (LineRole.CAPTION, "with its credit"),
    )
    found |= dict.fromkeys(find_facts(texts, bodies), (LineRole.OTHER, "box of facts"))
    found |= dict.fromkeys(
        (i for i in bodies[1:] if _CAPTION_MARK.fullmatch(texts[i - 1])),
        (LineRole.CAPTION, "named below"),
    )
    capitals = {i for i in bodies if _is_capitals(texts[i])}
    if len(capitals) < len(bodies) / 2:  # a text all in capitals is a text
        found |= dict.fromkeys(
            sorted(capitals.intersection(bodies[1:-1])), (LineRole.RELATED, "link in capitals")
        )
    found |= dict.fromkeys(
        (i for i in bodies if is_dated_caption(texts[i])),
        (LineRole.CAPTION, "ends with place and date"),
    )
    for i in bodies[1:][-AT_FOOT:]:
        if find_biography(texts[i]):
            found[i] = (LineRole.OTHER, "biography")
    return found


def _find_credited(texts: Sequence[str], gaps: Sequence[int], roles: Sequence[str]) -> list[int]:
    """Find sentences with nothing but a credit on the line below them; where they are most of the
    text, it is a gallery and they are its text."""
    found = [
        i - 1
        for i in range(1, len(texts))
        if roles[i] == LineRole.PHOTO_CREDIT
        and roles[i - 1] == LineRole.BODY
        and gaps[i] == 0
        and len(texts[i].split()) <= MAX_CREDIT
        and len(texts[i - 1].split()) <= MAX_CAPTION
        and not find_authors(texts[i - 1], needs_by=True)
    ]
    if not found:
        return []
    words = [
        len(text.split()) if role == LineRole.BODY else 0
        for text, role in zip(texts, roles, strict=True)
    ]
    return found if 2 * sum(words[i] for i in found) < sum(words) else []


def find_teasers(texts: Sequence[str]) -> set[int]:
    """Find lines that a list of other articles cuts at one length, and what stands between them:
    their headlines."""
    cut = [
        i
        for i, text in enumerate(texts)
        if text.endswith(_ELLIPSES) and len(text.split()) >= MIN_TEASER
    ]
    lengths = sorted(len(texts[i]) for i in cut)
    teasers = [i for i in cut if _count_alike(lengths, len(texts[i])) >= MIN_TEASERS]
    return {
        i
        for first, last in pairwise(teasers)
        if last - first <= BETWEEN
        for i in range(first, last + 1)
    }.union(teasers)


def _count_alike(lengths: Sequence[int], length: int) -> int:
    """Count the lengths, sorted, that are about this one."""
    return bisect_right(lengths, length / (1 - SAME_LENGTH)) - bisect_left(
        lengths, length / (1 + SAME_LENGTH)
    )


def _find_twice(texts: Sequence[str], bodies: Sequence[int]) -> set[int]:
    """Find lines that come again at once, with or without a credit behind them; nobody writes a
    paragraph twice."""
    found: set[int] = set()
    for i in bodies:
        for j in range(i + 1, min(i + 1 + NEAR, len(texts))):
            if _is_twice(texts[i], texts[j]) or _is_twice(texts[j], texts[i]):
                found |= {i, j}
    found = {i for i in found.intersection(bodies) if len(texts[i].split()) <= MAX_CAPTION}
    left = sum(len(texts[i]) for i in bodies if i not in found)
    return found if sum(len(texts[i]) for i in found) < left else set()


def find_led(texts: Sequence[str]) -> set[int]:
    """Find headlines of other articles right below a line that points to them: "ALSO", "Read
    more:". The list ends at a sentence, or at a line as long as one."""
    found: set[int] = set()
    for lead in (i for i, text in enumerate(texts) if _LEAD.fullmatch(text)):
        found.add(lead)
        for i in range(lead + 1, min(lead + 1 + MAX_LED, len(texts))):
            words = len(texts[i].split())
            if not MIN_LED <= words <= MAX_HEADLINE_WORDS or texts[i].endswith(_ENDS):
                break
            found.add(i)
    return found


def is_credited(text: str, *, is_last: bool) -> bool:
    """Tell whether a line is a caption with its credit: "FILE - …", "… (AP Photo/Ana Silva)", "…
    (Ana Silva/Pier Post)"; the last line of a text may be credited to its reporter."""
    if not text.endswith(")") and not text[:4].lower().startswith(("file", *"123456789")):
        return False
    if len(text.split()) > MAX_CREDITED:
        return False
    is_reporter = is_last and _TOLD.search(text)
    return bool(_PICTURE.search(text)) or (bool(_TWO_NAMES.search(text)) and not is_reporter)


def find_facts(texts: Sequence[str], bodies: Sequence[int]) -> set[int]:
    """Find boxes of facts between or below the paragraphs: a heading such as "FACT FILE" or "At a
    glance", and the items, rows or short lines below it; of "FACTBOX" and "About the author"
    one paragraph at least."""
    found: set[int] = set()
    for top in (i for i in bodies[1:] if _FACTS.fullmatch(texts[i])):
        end = top + 1
        while end < min(len(texts), top + 1 + MAX_FACTS) and _is_fact(texts[end]):
            end += 1
        if end == top + 1 and texts[top].lower().startswith(_TOLD_BOXES):
            end = min(len(texts), end + 1)
        found.update(range(top, end) if end > top + 1 else ())
    words = {i: len(texts[i].split()) for i in bodies}
    inside = found.intersection(bodies)
    is_small = sum(words[i] for i in inside) < FACTS_SHARE * sum(words.values())
    return inside if is_small else set()


def _is_fact(text: str) -> bool:
    return bool(_FACT.match(text)) or (
        len(text.split()) <= MAX_FACT and not text.endswith(_ENDS) and not _FACTS.fullmatch(text)
    )


def _is_twice(text: str, other: str) -> bool:
    """Tell whether the other line is this one, alone or with a credit behind it."""
    if not other.startswith(text) or len(text.split()) < MIN_TWICE or "\t" in text:
        return False
    return other == text or (text.endswith(".") and len(other[len(text) :].split()) <= MAX_CREDIT)


def is_dated_caption(text: str) -> bool:
    """Tell whether a line says what a picture shows, where and on which day: "Rescuers search a
    house in Port Alder on May 4, 2024."."""
    found = _DATED.search(text)
    if not found or len(text.split()) > MAX_DATED or _TOLD.search(text):
        return False
    return bool(found["place"] or _SETTING.search(text[: found.start()]))


def _is_capitals(text: str) -> bool:
    if text.endswith((".", '."', ".”")) or "\t" in text or len(text.split()) < MIN_CAPITALS:
        return False
    if sum(map(text.count, "aeiost")) > (1 - CAPITAL_SHARE) * len(
        text
    ):  # spares most texts a look at each letter
        return False
    letters = [letter for letter in text if letter.isalpha()]
    return bool(letters) and sum(map(str.isupper, letters)) > CAPITAL_SHARE * len(letters)
