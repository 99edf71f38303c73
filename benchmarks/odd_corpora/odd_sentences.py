"""Texts with sentences that no editor would print: odd names, numbers, days and nesting."""

import random

from benchmarks.odd_corpora.odd_fields import NAMES
from benchmarks.odd_corpora.sound import (
    FIRST,
    LAST,
    PLACES,
    TEX,
    Row,
    person,
    sentence,
)

NUMBERS = ("9" * 309, "1e400", "10" + "0" * 100, "0", "-0", "1,2,3,4,5", "12.3.4", "½", "１２", "1/0",
           "999999999999999999999 trillion", "3 million billion", "٣٤")  # fmt: skip
ODD_DAYS = (
    "on 31 February", "in the year 0", "in 12026", "on 29 February 2025", "in 400 BC", "on Friday",
    "99 years ago", "in 99999999 days", "on the 45th of March", "a fortnight hence", "at 25:61",
    "since 0001-01-01", "until 9999-12-31", "10,000,000,000 years ago", "in Q7 2026", "on 1/1/1",
)  # fmt: skip


def with_tex_name(row: Row, rng: random.Random) -> None:
    name = f"{rng.choice(FIRST)} {rng.choice(TEX)} {rng.choice(LAST)}"
    row["text"] += f"\n\n{name} said that 12 people were hurt in {rng.choice(PLACES)}."


def with_many_speakers(row: Row, rng: random.Random) -> None:
    names = ", ".join(person(rng) for _ in range(rng.choice((21, 60, 200))))
    row["text"] += f"\n\n{names} and {person(rng)} said that the road was closed."


def with_long_speaker(row: Row, rng: random.Random) -> None:
    unit = rng.choice(("Ministry of ", "#hash", "LONG NAME ", "https://x.example/a", "über"))
    row["text"] += f"\n\n{(unit * 60)[: rng.choice((200, 600))]} said that 12 people were hurt."


def with_chain(row: Row, rng: random.Random) -> None:
    link = rng.choice((
        "{who} said that ", "the brother of ", "who knew {who}, ", "because ", "and then he went ",
        "according to {who}, ", "“", "(", "not ",
    ))  # fmt: skip
    chain = "".join(link.format(who=person(rng)) for _ in range(rng.choice((30, 300, 1000))))
    row["text"] += f"\n\n{chain}the road was closed, {person(rng)} said."


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


def with_odd_names(row: Row, rng: random.Random) -> None:
    """Let odd names speak, be spoken of and stand in a chain."""
    one, other = rng.choice(NAMES), rng.choice(NAMES)
    row["text"] += (
        f"\n\n{one} said that 12 people fled {rng.choice(PLACES)}.\n\n“It was quiet,” {other} told "
        f"{one}, citing {other}.\n\nMayor {one} denied it. According to {other}’s spokesman, he left."
    )


def with_one_figure(row: Row, rng: random.Random) -> None:
    """Many tell one number of one thing, in one article."""
    row["text"] = "\n\n".join(
        f"{person(rng)} said that {rng.choice((12, 12, 12, 13))} people were killed in Homs on Friday."
        for _ in range(rng.choice((40, 150)))
    )


def with_one_speaker(row: Row, rng: random.Random) -> None:
    row["text"] = "\n\n".join(f"Mayor Ana Silva said: {sentence(rng)}" for _ in range(80))


def with_nested_quotations(row: Row, rng: random.Random) -> None:
    depth = rng.choice((3, 12, 60))
    opening = "".join(f"“{person(rng)} said: ‘{person(rng)} told me: " for _ in range(depth))
    row["text"] += f"\n\n{opening}12 people died{'’”' * rng.randint(0, depth)}, said {person(rng)}."


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


def with_odd_days(row: Row, rng: random.Random) -> None:
    row["text"] += "\n\n" + " ".join(
        f"{person(rng)} said {rng.choice(ODD_DAYS)} that {rng.choice(PLACES)} was shelled {rng.choice(ODD_DAYS)}."
        for _ in range(6)
    )


def with_many_places(row: Row, rng: random.Random) -> None:
    listed = ", ".join(rng.choice(PLACES) for _ in range(rng.choice((60, 600))))
    row["text"] += f"\n\nRoads were closed in {listed}, police said."


def with_prices(row: Row, rng: random.Random) -> None:
    money = ("$1.2bn", "¥∞", "€-5m", "US$ 3,00,00,000", "12 crore", "£.5", "$$$40", "0.0000000001p",
             "-300%", "1000000% of", "minus 40 °C", "1:1,000,000", "5-4-3-2-1", "№ 7", "Ⅻ", "⅞ of")  # fmt: skip
    row["text"] += "\n\n" + " ".join(
        f"{person(rng)} said the bridge cost {rng.choice(money)} and then {rng.choice(money)} more."
        for _ in range(5)
    )


ODD_SENTENCES = (
    with_tex_name,
    with_many_speakers,
    with_long_speaker,
    with_chain,
    with_people,
    with_odd_names,
    with_one_figure,
    with_one_speaker,
    with_nested_quotations,
    with_numbers,
    with_many_figures,
    with_odd_days,
    with_many_places,
    with_prices,
)
