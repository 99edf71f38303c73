"""Describe the lines of a saved page as the columns that the model of text weighs."""

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from newsledger.clean.blocks.blocks import ABOVE, BlockPage
from newsledger.lexicon.containers import list_groups
from newsledger.lexicon.phrases import find_role
from newsledger.text.fold import fold_words

if TYPE_CHECKING:
    import numpy as np
TEXT = (
    "bias", "log_words", "log_words_sq", "under_4", "under_8", "over_25", "ends", "ends_colon",
    "inner", "capitals", "all_capitals", "digits",
    "comma", "quote", "stamp", "address", "pipe", "starts_lower", "credit", "linked", "half_linked",
    "all_linked", "some_link", "long_link",
    "bold", "time", "title", "in_description", "in_linked_data", "not_in_linked_data", "seen_above",
    "repeated",
)  # fmt: skip
ROLES = (
    "prompt",
    "donation",
    "login",
    "social",
    "nav",
    "related",
    "copyright",
    "photo_credit",
    "correction",
    "contributor",
    "caption",
)
TAGS = (
    "p",
    "li",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "div",
    "td",
    "blockquote",
    "figcaption",
    "button",
    "dd",
    "dt",
    "section",
)
PLACE = (
    "prose_here", "prose_above", "prose_higher", "path_share", "path_most", "path_some",
    "kind_share", "in_main", "main_0", "main_1", "main_2",
    "main_3", "main_deep", "out_1", "out_2", "out_far", "before", "after", "far_before",
    "far_after", "share_above", "share_below", "last_tenth",
    "none_below", "none_above", "above_h1", "below_h1", "near_h1", "after_sibling",
    "before_sibling", "prose_around", "links_around",
)  # fmt: skip
AROUND = (
    "log_words",
    "ends",
    "linked",
    "in_main",
    "path_share",
    "tag:li",
    "tag:p",
    "role:related",
    "near:caption",
)
STEPS = (-2, -1, 1, 2)
MIN_PROSE = 10  # words of a sentence that count as prose; without a full stop `MIN_LOOSE_PROSE`
MIN_LOOSE_PROSE = 25
MAX_PROSE_LINKED = 0.5
MAIN_SHARE = (
    0.65  # of the prose of the container above, for the article's to be looked for further down
)
MAIN_TOTAL = 0.5
_WORD = re.compile(r"[^\W_]+(?:['’.\-][^\W_]+)*")
_PLAIN_WORD = re.compile(r"\w+")
_END = re.compile(r"[.!?…。！？][\"'”’)\]]*\s*$")
_INNER = re.compile(r"[.!?][\"'”’)]? +[\"'“‘(]?[A-Z]")
_DIGIT = re.compile(r"\d")
_STAMP = re.compile(  # of a line in lower case
    r"\b(?:\d{1,2}:\d{2}|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? "
    r"\d{1,2}|\d{1,2} (?:jan|feb|mar|apr|may|jun|jul|aug|sep|"
    r"oct|nov|dec)[a-z]*|\d{4}-\d{2}-\d{2}|\d+ (?:minutes?|hours?|days?|mins?|hrs?) (?:ago|read))\b"
)
_CREDIT = frozenset("photo image picture file getty reuters afp courtesy credit photograph".split())
MAX_CREDIT_WORDS = 40
MAX_PHRASE_WORDS = 40  # of a line that a phrase can give a role


@cache
def list_features() -> tuple[str, ...]:
    """Name the columns of `describe_blocks`."""
    return (
        *TEXT, *(f"role:{role}" for role in ROLES), *(f"tag:{tag}" for tag in TAGS),
        *(f"in:{tag}" for tag in ABOVE), "in:article_body", "hidden",
        *(f"near:{group}" for group in list_groups()), *PLACE,
        *(f"{name}@{step:+d}" for step in STEPS for name in AROUND),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class PageClaims:
    """What the page's head says of the article, folded by `fold_words`: its titles, its
    descriptions, its text."""

    titles: frozenset[str] = frozenset()
    descriptions: str = ""
    article_body: str = ""


def describe_blocks(page: BlockPage, claims: PageClaims) -> "np.ndarray":
    """Describe each block by numbers about 0 to 3. Returns blocks by `list_features()`."""
    import numpy as np

    blocks = page.blocks
    count = len(blocks)
    if not count:
        return np.zeros((0, len(list_features())), dtype=np.float32)
    own, roles, words = _read_texts(page, claims)
    linked, ends = own[:, TEXT.index("linked")], own[:, TEXT.index("ends")]
    is_prose = ((words >= MIN_PROSE) & (ends > 0) & (linked < MAX_PROSE_LINKED)) | (
        (words >= MIN_LOOSE_PROSE) & (linked < 0.3)
    )
    place = _describe_places(page, words, words * (1 - linked) * is_prose, linked)
    tags = np.array([block.tags for block in blocks])
    near = np.array([block.near for block in blocks])
    table = np.hstack(
        [
            own,
            np.array(roles)[:, None] == np.arange(len(ROLES)),
            np.array([_TAG_NUMBER.get(block.tag, -1) for block in blocks])[:, None]
            == np.arange(len(TAGS)),
            tags[:, None] >> np.arange(len(ABOVE) + 1) & 1,
            np.array([block.is_hidden for block in blocks])[:, None],
            near[:, None] >> np.arange(len(list_groups())) & 1,
            place,
        ],
        dtype=np.float32,
    )
    around = table[:, _around_columns()]
    padded = np.pad(around, ((2, 2), (0, 0)))
    return np.hstack([table, *(padded[2 + step : 2 + step + count] for step in STEPS)])


_TAG_NUMBER = {tag: number for number, tag in enumerate(TAGS)}
_ROLE_NUMBER = {role: number for number, role in enumerate(ROLES)}


@cache
def _around_columns() -> list[int]:
    return [list_features().index(name) for name in AROUND]


def _read_texts(page: BlockPage, claims: PageClaims) -> "tuple[np.ndarray, list[int], np.ndarray]":
    """Read what the texts themselves tell: the columns of `TEXT`, the number of the role that a
    phrase gives, and the count of words."""
    import numpy as np

    folded = [fold_words(block.text) for block in page.blocks]
    total = Counter(folded)
    seen: set[str] = set()
    rows, roles, counts = [], [], []
    for block, fold in zip(page.blocks, folded, strict=True):
        text = block.text
        shape, count = _read_shape(text)
        link = min(block.linked / len(text), 1.0)
        role = find_role(text) if count < MAX_PHRASE_WORDS else None
        is_told, is_untold = _find_in(fold, count, claims.article_body)
        rows.append((
            *shape, link, link > 0.5, link > 0.9, 0 < link < 0.5, link > 0.9 and count > 4,
            block.strong > 0.9 * len(text), block.has_time,
            count > 2 and fold in claims.titles, count > 4 and fold in claims.descriptions, is_told,
            is_untold, fold in seen, total[fold] > 1,
        ))  # fmt: skip
        seen.add(fold)
        roles.append(_ROLE_NUMBER.get(role or "", -1))
        counts.append(count)
    return np.array(rows, dtype=np.float32), roles, np.array(counts, dtype=np.float64)


@lru_cache(maxsize=4096)
def _read_shape(text: str) -> tuple[tuple[float, ...], int]:
    """Read the first columns of `TEXT`, which depend on the text alone, and the count of words;
    menus say the same on every page of a site."""
    words = _WORD.findall(text)
    count = len(words)
    if count < len(text) / 12:  # a script without spaces between words
        count = len(text) // 4
    log, many = math.log1p(count), max(len(words), 1)
    firsts = [word[0] for word in words]
    return (
        1.0, log / 3, log * log / 9, count < 4, count < 8, count > 25,
        _END.search(text[-12:]) is not None, text.endswith(":"),
        count > 3 and _INNER.search(text) is not None, sum(map(str.isupper, firsts)) / many,
        sum(map(str.isupper, words)) / many,
        sum(map(str.isdigit, firsts)) / many, "," in text, '"' in text or "“" in text,
        _DIGIT.search(text) is not None and _STAMP.search(text.lower()) is not None,
        "http" in text or "www." in text or "@" in text, "|" in text,
        text[0].islower(),
        count < MAX_CREDIT_WORDS and not _CREDIT.isdisjoint(fold_words(text).split()),
    ), count  # fmt: skip


def _find_in(fold: str, count: int, article_body: str) -> tuple[bool, bool]:
    """Tell whether the article's text in linked data has a line, and whether it has one and lacks
    the line."""
    if not article_body or not fold:
        return False, False
    words = fold.split()
    is_told = fold in article_body or (
        count > 12 and (" ".join(words[:6]) in article_body or " ".join(words[-6:]) in article_body)
    )
    return is_told, not is_told


def _describe_places(
    page: BlockPage, words: "np.ndarray", prose: "np.ndarray", linked: "np.ndarray"
) -> "np.ndarray":
    """Describe where each block stands: the columns of `PLACE`."""
    import numpy as np

    blocks, parents = page.blocks, page.parents
    count, total = len(blocks), max(float(prose.sum()), 1.0)
    nodes = np.array([block.node for block in blocks])
    sums = _sum_inside(parents, np.bincount(nodes, prose, len(parents)).tolist())
    held, lead = np.array(sums), np.array(_measure_tree(parents, sums, total))
    up = np.maximum(np.array(parents), 0)
    by_path, by_kind = Counter[int](), Counter[str]()
    for block, weight in zip(blocks, prose.tolist(), strict=True):
        by_path[block.path] += weight
        by_kind[block.signature] += weight
    path = np.array([by_path[block.path] for block in blocks]) / total
    steps = lead[nodes]
    inside = steps >= 0
    main = prose * inside
    found = np.flatnonzero(main)
    first, last = (found[0], found[-1]) if len(found) else (0, count - 1)
    order = np.arange(count)
    all_main = max(float(main.sum()), 1.0)
    above = np.cumsum(main) - main
    heading = next((number for number, block in enumerate(blocks) if block.tag == "h1"), None)
    below_h1 = order - heading if heading is not None else np.zeros(count)
    beside = np.append((up[nodes][1:] == up[nodes][:-1]) & (nodes[1:] != nodes[:-1]), False)
    short = np.minimum(words, 12)
    window, links = (
        (np.convolve(main, np.ones(9), "same"), np.convolve(linked * short, np.ones(7), "same"))
        if count >= 9
        else (main, linked * short)
    )
    near_words = np.convolve(short, np.ones(7), "same") if count >= 9 else short
    return np.column_stack([
        held[nodes] / total, held[up[nodes]] / total, held[up[up[nodes]]] / total, path, path > 0.5,
        path > 0.1,
        np.array([by_kind[block.signature] for block in blocks]) / total, inside, steps == 0,
        steps == 1, steps == 2, steps == 3, steps > 3,
        steps == -1, steps == -2, steps < -2, order < first, order > last, order < first - 6,
        order > last + 6, above / all_main,
        1 - (above + main) / all_main, above / all_main > 0.9, above + main >= all_main - 0.5,
        above <= 0.5,
        below_h1 < 0, below_h1 > 0, (below_h1 > 0) & (below_h1 <= 4),
        np.insert(beside[:-1], 0, False), beside, np.minimum(window / 150, 2),
        links / (near_words + 1),
    ])  # fmt: skip


def _sum_inside(parents: Sequence[int], own: list[float]) -> list[float]:
    """Add to each node's number those of the nodes inside it. Lists, since single numbers of an
    array take three times as long."""
    for node in range(len(parents) - 1, 0, -1):
        own[parents[node]] += own[node]
    return own


def _measure_tree(parents: Sequence[int], held: Sequence[float], total: float) -> list[int]:
    """Measure the steps of each container down from the one that holds most of the prose, or
    (negative) up to what holds both."""
    children: dict[int, list[int]] = {}
    for node in range(1, len(parents)):
        if held[node] >= MAIN_TOTAL * total:
            children.setdefault(parents[node], []).append(node)
    main, spine = 0, [0]
    while True:
        down = [node for node in children.get(main, ()) if held[node] >= MAIN_SHARE * held[main]]
        if not down:
            break
        main = max(down, key=lambda node: held[node])
        spine.append(main)
    lead = [0] * len(parents)
    place = {node: number - len(spine) + 1 for number, node in enumerate(spine)}
    for node, above in enumerate(parents):
        if node in place:
            lead[node] = place[node]
        else:
            lead[node] = lead[above] + 1 if lead[above] >= 0 else lead[above]
    return lead
