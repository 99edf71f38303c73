"""Texts that are odd as a whole: markup, other languages and scripts, furniture."""

import random

from benchmarks.odd_corpora.odd_fields import NAMES
from benchmarks.odd_corpora.sound import (
    HALVES,
    SCRIPTS,
    TEX,
    Row,
    paragraphs,
    person,
    sentence,
)

OTHER_BODIES = (
    "El alcalde dijo el viernes que 12 personas murieron en Sevilla, según la policía.",
    "Die Polizei sagte am Freitag, 12 Menschen seien in Köln verletzt worden.",
    "国防部长周五表示，军队已撤出该市，12人死亡。",
    "قال وزير الدفاع يوم الجمعة إن 12 شخصا قتلوا في المدينة.",
    "רה\"מ אמר כי 12 בני אדם נהרגו.", "ตำรวจกล่าวว่ามีผู้เสียชีวิต 12 คน",
)  # fmt: skip


def with_script_inside(row: Row, rng: random.Random) -> None:
    words = row["text"].split(" ")
    for _ in range(5):
        words.insert(rng.randrange(len(words)), rng.choice((*SCRIPTS, *HALVES)))
    row["text"] = " ".join(words)


def with_long_sentence(row: Row, rng: random.Random) -> None:
    words = [sentence(rng).rstrip(".").replace(".", "") for _ in range(260)]
    row["text"] = rng.choice((" and ", ", ", " ", "; ")).join(words)[:20_000]


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


def with_other_language(row: Row, rng: random.Random) -> None:
    own = " ".join(rng.choice(OTHER_BODIES) for _ in range(8))
    row["text"] = own if rng.random() < 0.6 else f"{row['text']}\n\n{own}"


def with_only_odd_letters(row: Row, rng: random.Random) -> None:
    unit = rng.choice(
        (*SCRIPTS, *HALVES, *TEX, "\u0301", "\u200d", "🔥", "ﷺ", "𓀀", "\ufffd", "\ue000")
    )
    row["text"] = unit * rng.choice((1, 40, 4000 // len(unit)))


def with_wire_furniture(row: Row, rng: random.Random) -> None:
    row["text"] = (
        f"HOMS, Feb {rng.randint(1, 40)} (Reuters/AFP/AP) - - -\n{paragraphs(rng, 2)}\n(Reporting by "
        f"{rng.choice(NAMES)} in {rng.choice(NAMES)}; Editing by )\n- Reuters -\nEND END END\n###"
    )


def with_text_of_another(row: Row, rng: random.Random) -> None:
    """One text that many outlets print, under other names and days."""
    row["text"] = paragraphs(random.Random(rng.randrange(3)), 3)
    row["outlet"] = rng.choice((*NAMES, *TEX))


ODD_TEXTS = (
    with_script_inside,
    with_long_sentence,
    without_stops,
    with_markup,
    with_body,
    with_other_language,
    with_only_odd_letters,
    with_wire_furniture,
    with_text_of_another,
)
