"""Sound documents, made from a seed: rows of a feed, as news prints them; and letters that are odd."""

import random
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
