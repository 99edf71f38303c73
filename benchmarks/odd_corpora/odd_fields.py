"""Rows with one field that no editor would fill in like this."""

import random
from typing import Any

from benchmarks.odd_corpora.sound import (
    HALVES,
    LAST,
    SCRIPTS,
    TEX,
    Row,
)

TIMES = (
    "0001-01-01", "9999-12-31T23:59:59Z", "1600-02-30", "2026-13-45", "yesterday", "", 0, -1,
    1e18, "2026-02-10T24:00:00", "2026-02-10T07:40:00+14:00", "2026-02-10T07:40:00-99:00",
    "10 February 2026", "Feb 30", "1970-01-01", ["2026-02-10"], True, "٢٠٢٦-٠٢-١٠", "99999-01-01",
    "2026-02-10T07:40:61Z", "0", "10/02/26", {"value": "2026-02-10"},
)  # fmt: skip
VALUES: tuple[Any, ...] = (None, "", " ", "\x00", "\t\n", 0, -1, 1.5, True, [], {}, [None],
                           ["", ""],
                           {"name": None}, "-", ".", "...", "null", "N/A", "0")  # fmt: skip
FIELDS = (
    "headline", "text", "outlet", "authors", "url", "published_at", "modified_at", "section",
    "standfirst", "language", "agency", "id",
)  # fmt: skip
NAMES = (
    "Владимир Иванов", "李明", "محمد علي", "Ana \ud83d Silva", "Mr $ Smith", "...", "«»", "50 Cent",
    "Ana\u200bSilva", "Ａｎａ Ｓｉｌｖａ", "=SUM(A1)", "+44 20 7946 0000", "@ana_silva", "#ana", "ana@x.example",
    "The The", "St. St. St.", "Nguyễn Văn A", "Ng", "E. E. E. E. Cummings", "Jean-Luc-Marie-Anne-Paul",
    "O'", "’t Hooft", "Null", "None", "NaN", "True", "<b>Ana</b>", "Ana&nbsp;Silva", "\u202eavliS anA",
    "Ana " + "van der " * 30 + "Silva", "İ", "ß", "ﬁeld Marshal", "Z͑͗a͏l͝g͜o", "🇺🇦 Ana", "Ana/Silva", "A|B",
)  # fmt: skip
FIELD_VALUES = (
    [{"name": "Ana Silva"}, {"name": None}, 7], {"@type": "Person", "name": ["A", "B"]}, [["Ana"]],
    "Ana Silva, Tom Ellis and Mira Wen for Reuters in Homs", "By", "by by by", "Staff", "-",
    ["Ana Silva"] * 300, "http://x.example/ana", "=cmd|' /C calc'!A0", "../../etc/passwd", "\ud800",
    "newsledger", "select 1; drop table core.claims; --", "%s %d {0} {x}", "\\N", "\x7f\x9f", "é" * 400,
)  # fmt: skip


def with_value(row: Row, rng: random.Random) -> None:
    row[rng.choice(FIELDS)] = rng.choice(VALUES)


def with_long_value(row: Row, rng: random.Random) -> None:
    unit = rng.choice(("x", "word ", "Ana Silva, ", ".", "“", "é", "字", "1", "$"))
    row[rng.choice(FIELDS)] = unit * (rng.choice((300, 3000, 20000)) // len(unit))


def with_script(row: Row, rng: random.Random) -> None:
    row[rng.choice(FIELDS)] = rng.choice(SCRIPTS)


def with_half(row: Row, rng: random.Random) -> None:
    name = rng.choice(FIELDS)
    half = rng.choice(HALVES)
    row[name] = half if rng.random() < 0.3 else f"{row.get(name) or ''} {half}"


def with_tex(row: Row, rng: random.Random) -> None:
    name = rng.choice(("outlet", "headline", "authors", "section", "agency", "url"))
    row[name] = f"{rng.choice(TEX)} {rng.choice(LAST)} {rng.choice(TEX)}"


def with_time(row: Row, rng: random.Random) -> None:
    row[rng.choice(("published_at", "modified_at"))] = rng.choice(TIMES)


def with_name_fields(row: Row, rng: random.Random) -> None:
    name = rng.choice(("authors", "outlet", "section", "agency", "headline", "url", "id"))
    row[name] = rng.choice((*FIELD_VALUES, *NAMES))


def without_most(row: Row, rng: random.Random) -> None:
    """Leave the text alone, or the headline alone."""
    kept = rng.choice(("text", "headline", "url", "id"))
    for name in [name for name in row if name != kept]:
        del row[name]


ODD_FIELDS = (
    with_value,
    with_long_value,
    with_script,
    with_half,
    with_tex,
    with_time,
    with_name_fields,
    without_most,
)
