"""Odd but plausible documents, made from a seed: rows of a feed, one thing wrong in each."""

import random
from collections.abc import Callable
from contextlib import suppress

from benchmarks.odd_corpora.odd_fields import ODD_FIELDS, TIMES
from benchmarks.odd_corpora.odd_sentences import ODD_SENTENCES
from benchmarks.odd_corpora.odd_texts import ODD_TEXTS
from benchmarks.odd_corpora.sound import OUTLETS, SCRIPTS, Row, make_row, paragraphs, sentence

ODD: tuple[Callable[[Row, random.Random], None], ...] = (*ODD_FIELDS, *ODD_SENTENCES, *ODD_TEXTS)


def make_version(row: Row, rng: random.Random) -> Row:
    """Print a row again: the same, changed, elsewhere, at another time or under a clashing id."""
    again = dict(row)
    kind = rng.randrange(7)
    if kind == 1:
        again["url"] = f"https://other.example/{rng.randrange(10**9)}"
    elif kind == 2:
        again["outlet"] = rng.choice(OUTLETS)
    elif kind == 3:
        again["text"] = f"{row.get('text')}\n\nCorrection: an earlier version said {sentence(rng)}"
        again["modified_at"] = "2026-02-11T10:00:00Z"
    elif kind == 4:
        again["text"] = str(row.get("text")).replace("12", "14")
        again["published_at"] = rng.choice(TIMES)
    elif kind == 5:
        again["text"] = paragraphs(rng, 3)
    elif kind == 6:
        again["headline"] = rng.choice((*SCRIPTS, "", "$", "x" * 3000))
    if kind not in (0, 5):
        again["id"] = f"id-{rng.randrange(10**9)}"
    return again


def change_rows(rows: list[Row], seed: int) -> list[Row]:
    """Change a day's rows as a later day would: of each ten about one is gone, two are printed in
    a new version, one more is odd; and as many as a fifth are new."""
    rng = random.Random(seed)
    changed: list[Row] = []
    for row in rows:
        chance = rng.random()
        if chance > 0.1:
            changed.append(
                make_version(row, rng) if chance < 0.3 else _break(dict(row), rng, chance)
            )
    return changed + make_rows(seed + 1, max(1, len(rows) // 5))


def _break(row: Row, rng: random.Random, chance: float) -> Row:
    if chance < 0.4:
        with suppress(AttributeError, TypeError, KeyError):
            rng.choice(ODD)(row, rng)
    return row


def make_rows(seed: int, count: int) -> list[Row]:
    """Make `count` rows: a third sound, a third with something odd, a third printed again."""
    rng = random.Random(seed)
    rows: list[Row] = []
    while len(rows) < count:
        chance = rng.random()
        if rows and chance < 0.3:
            rows.append(make_version(rng.choice(rows), rng))
            continue
        row = make_row(rng)
        for _ in range(0 if chance > 0.75 else rng.choice((1, 1, 2))):
            with suppress(AttributeError, TypeError, KeyError):  # the text is gone already
                rng.choice(ODD)(row, rng)
        rows.append(row)
    return rows
