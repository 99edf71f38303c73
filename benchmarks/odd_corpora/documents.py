"""Odd but plausible documents, made from a seed: rows of a feed, one thing wrong in each."""

import random
from collections.abc import Callable
from contextlib import suppress
from typing import Any

Row = dict[str, Any]

FIRST = "Ana Tom Mira Omar Li Ingrid Kofi Dana Rui Leila Sven Aoife José Zoë".split()
LAST = "Silva Ellis Okafor Haddad Wen Dahl Mensah Novak O’Brien D'Souza al-Rashid Müller".split()
TITLES = ("Mayor", "Gen.", "Dr", "Police chief", "Foreign minister", "Rep.", "President", "")
BODIES = (
    "police", "the county council", "the army", "Hayat Tahrir al-Sham", "the health ministry",
    "UNICEF", "the coast guard", "Reuters", "a military official", "witnesses", "the NGO",
)  # fmt: skip
PLACES = (
    "Worcester", "Aleppo", "Lagos", "Paris, Texas", "Gaza", "Kyiv", "São Paulo", "the Red Sea",
    "New York", "Georgia", "Homs", "Tokyo",
)  # fmt: skip
OUTLETS = ("Albion Post", "The Courier", "Al-Masdar", "Borderlands Daily", "Xinhua", "AP")
DAYS = ("on Friday", "late on Monday", "last week", "yesterday", "in March", "at 4pm", "")
SCRIPTS = (
    "قال وزير الدفاع إن القوات انسحبت من المدينة يوم الجمعة",
    "国防部长周五表示，军队已撤出该市。",
    "Министр обороны заявил в пятницу, что войска вышли из города.",
    "रक्षा मंत्री ने शुक्रवार को कहा",
    "🔥🚨 BREAKING 👨‍👩‍👧‍👦",
    "\u202eright to left\u202c and \u200bzero\u200dwidth\ufeff",
    "e\u0301\u0301\u0301\u0301 combining",
    "ＦＵＬＬ　ＷＩＤＴＨ",
)
HALVES = ("\ud83d", "\udc00", "half \ud800 of it", "\udfff\ud800")
TEX = (
    r"$\frac{1}{2}$",
    r"\frac",
    "$",
    "$$ $x_{",
    "_a^b{}%&#",
    "\\",
    "{{7*7}}",
    "#set page()",
    "*b*",
)
NUMBERS = ("9" * 309, "1e400", "10" + "0" * 100, "0", "-0", "1,2,3,4,5", "12.3.4", "½", "１２", "1/0",
           "999999999999999999999 trillion", "3 million billion", "٣٤")  # fmt: skip
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


def person(rng: random.Random) -> str:
    return f"{rng.choice(TITLES)} {rng.choice(FIRST)} {rng.choice(LAST)}".strip()


def sentence(rng: random.Random) -> str:
    """Make one sentence as news prints them, most of them with a claim."""
    who, other = person(rng), rng.choice(BODIES)
    place, day = rng.choice(PLACES), rng.choice(DAYS)
    count = rng.choice((2, 12, 40, 140, 1200, 30000))
    return rng.choice((
        f"At least {count} people were killed in {place} {day}, {other} said.",
        f"“We are ready for another {count} metres,” said {who}, who leads the crews in {place}.",
        f"{who} told {other} that {count} homes were destroyed {day}.",
        f"{other.capitalize()} denied that the road to {place} was closed {day}.",
        f"According to {other}, citing {who}, between {count} and {count + 9} people fled {place}.",
        f"{who} said: “It was quiet.” “Then,” he added, “it was not.”",
        f"The bridge at {place} was opened in {rng.randint(1880, 2030)}.",
        f"{who} declined to comment.",
        f"{who} said that {other} had told him that {count} soldiers left {place}.",
    ))  # fmt: skip


def paragraphs(rng: random.Random, count: int) -> str:
    return "\n\n".join(
        " ".join(sentence(rng) for _ in range(rng.randint(1, 3))) for _ in range(count)
    )


def make_row(rng: random.Random) -> Row:
    """Make one sound row."""
    number = rng.randrange(10**9)
    return {
        "headline": f"{rng.choice(PLACES)}: {sentence(rng)[:70].rstrip('.')}",
        "text": paragraphs(rng, rng.randint(2, 5)),
        "outlet": rng.choice(OUTLETS),
        "authors": [person(rng)],
        "url": f"https://news.example/{number}",
        "published_at": f"2026-02-{rng.randint(1, 28):02}T{rng.randint(0, 23):02}:00:00Z",
        "id": f"id-{number}",
    }


def with_value(row: Row, rng: random.Random) -> None:
    row[rng.choice(FIELDS)] = rng.choice(VALUES)


def with_long_value(row: Row, rng: random.Random) -> None:
    unit = rng.choice(("x", "word ", "Ana Silva, ", ".", "“", "é", "字", "1", "$"))
    row[rng.choice(FIELDS)] = unit * (rng.choice((300, 3000, 20000)) // len(unit))


def with_script(row: Row, rng: random.Random) -> None:
    row[rng.choice(FIELDS)] = rng.choice(SCRIPTS)


def with_script_inside(row: Row, rng: random.Random) -> None:
    words = row["text"].split(" ")
    for _ in range(5):
        words.insert(rng.randrange(len(words)), rng.choice((*SCRIPTS, *HALVES)))
    row["text"] = " ".join(words)


def with_half(row: Row, rng: random.Random) -> None:
    name = rng.choice(FIELDS)
    half = rng.choice(HALVES)
    row[name] = half if rng.random() < 0.3 else f"{row.get(name) or ''} {half}"


def with_tex(row: Row, rng: random.Random) -> None:
    name = rng.choice(("outlet", "headline", "authors", "section", "agency", "url"))
    row[name] = f"{rng.choice(TEX)} {rng.choice(LAST)} {rng.choice(TEX)}"


def with_tex_name(row: Row, rng: random.Random) -> None:
    name = f"{rng.choice(FIRST)} {rng.choice(TEX)} {rng.choice(LAST)}"
    row["text"] += f"\n\n{name} said that 12 people were hurt in {rng.choice(PLACES)}."


def with_time(row: Row, rng: random.Random) -> None:
    row[rng.choice(("published_at", "modified_at"))] = rng.choice(TIMES)


def with_numbers(row: Row, rng: random.Random) -> None:
    number = rng.choice(NUMBERS)
    noun = rng.choice(("people were killed", "dollars were lost", "km were closed", "% of homes"))
    row["text"] += f"\n\n{person(rng)} said that {number} {noun} in {rng.choice(PLACES)}."


def with_many_figures(row: Row, rng: random.Random) -> None:
    count = rng.choice((50, 400, 2000))
    listed = ", ".join(
        f"{rng.randrange(9999)} people in {rng.choice(PLACES)}" for _ in range(count)
    )
    row["text"] += f"\n\n{person(rng)} said that floods killed {listed}."


def with_many_speakers(row: Row, rng: random.Random) -> None:
    names = ", ".join(person(rng) for _ in range(rng.choice((21, 60, 200))))
    row["text"] += f"\n\n{names} and {person(rng)} said that the road was closed."


def with_long_speaker(row: Row, rng: random.Random) -> None:
    unit = rng.choice(("Ministry of ", "#hash", "LONG NAME ", "https://x.example/a", "über"))
    row["text"] += f"\n\n{(unit * 60)[: rng.choice((200, 600))]} said that 12 people were hurt."


def with_long_sentence(row: Row, rng: random.Random) -> None:
    words = [sentence(rng).rstrip(".").replace(".", "") for _ in range(260)]
    row["text"] = rng.choice((" and ", ", ", " ", "; ")).join(words)[:20_000]


def with_chain(row: Row, rng: random.Random) -> None:
    link = rng.choice((
        "{who} said that ", "the brother of ", "who knew {who}, ", "because ", "and then he went ",
        "according to {who}, ", "“", "(", "not ",
    ))  # fmt: skip
    chain = "".join(link.format(who=person(rng)) for _ in range(rng.choice((30, 300, 1000))))
    row["text"] += f"\n\n{chain}the road was closed, {person(rng)} said."


def without_stops(row: Row, rng: random.Random) -> None:
    text = row["text"] * rng.choice((1, 8))
    row["text"] = "".join(c for c in text if c not in ".,;:“”‘’?!").replace("\n", " ")


def with_markup(row: Row, rng: random.Random) -> None:
    row["text"] = rng.choice((
        "<p>" + row["text"].replace("\n\n", "</p><p>") + "</p>",
        row["text"] + "<script>alert('12 people said')</script><style>p{}</style>",
        "<!DOCTYPE html><html><body>" + row["text"],
        row["text"].replace(" said", " &lt;b&gt;said&lt;/b&gt; &#8220;&nbsp;&#xD83D;&#0;"),
        "<div>" * 3000 + row["text"],
        row["text"] + "\n\n[caption id=1]x[/caption] {{embed}} <![CDATA[ x ]]> -->",
        "| a | b |\n|---|---|\n" + "| 12 | said |\n" * 200,
    ))  # fmt: skip


def with_body(row: Row, rng: random.Random) -> None:
    row["text"] = rng.choice((
        "said", ".", "“”", "1 2 3 4 5 6", "Mr. Mr. Mr. said.", row["headline"], "A. B. C. D. said.",
        row["text"].upper(), row["text"].lower(), row["text"].replace(" ", "  \t "),
        row["text"].replace("\n\n", "\n"), row["text"].replace(" ", "\u00a0"),
        row["text"].replace("“", '"').replace("”", ""), row["text"].replace("”", ""),
        row["text"][::-1], "\n\n".join([row["text"].split("\n\n")[0]] * 30), "\ufeff" + row["text"],
        row["text"].replace(". ", ".\x00\x07\x1b[31m "), row["text"].replace("\n", "\r\n"),
        "\n".join(f"{person(rng).upper()}: {sentence(rng)}" for _ in range(60)),
        "- " + row["text"].replace(". ", "\n- "), "x" * 5000 + " said Ana Silva.",
        row["text"].replace("\n\n", "\n\nAdvertisement\n\n"),
        " ".join(f"{c}." for c in "abcdefghij" * 100), "data:image/png;base64," + "iVBO" * 9000,
        "'" * 2000, "((((" * 500 + row["text"], "“‘“‘" * 200 + row["text"], "said " * 1500,
    ))  # fmt: skip


def with_people(row: Row, rng: random.Random) -> None:
    name = rng.choice(
        (
            "...",
            "—",
            "A",
            "李",
            "al-",
            "'",
            "Al-Al Al",
            "St.",
            "O'",
            "Mr",
            "Ø",
            "Ms. Ms.",
            "X Æ A-12",
        )
    )
    row["text"] += f"\n\n{name} said that 12 people fled {rng.choice(PLACES)}, {name} said."


ODD: tuple[Callable[[Row, random.Random], None], ...] = (
    with_value, with_long_value, with_script, with_script_inside, with_half, with_tex,
    with_tex_name, with_time, with_numbers, with_many_figures, with_many_speakers, with_long_speaker,
    with_long_sentence, with_chain, without_stops, with_markup, with_body, with_people,
)  # fmt: skip


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
            with suppress(AttributeError, TypeError):  # the text is gone already
                rng.choice(ODD)(row, rng)
        rows.append(row)
    return rows
