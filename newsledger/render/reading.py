"""Pieces that several reports share: references, quotations, who says it, and measured scores."""

from collections.abc import Mapping, Sequence
from typing import Any

from newsledger.lexicon.function_words import load_function_words
from newsledger.model.enums import Polarity, SourceType
from newsledger.render.blocks import Rich, Run
from newsledger.render.names import name_of
from newsledger.render.period import Period
from newsledger.render.words import (
    balance_quotes,
    clip,
    count,
    end_direction,
    few,
    mark_differences,
    mark_words,
    point_at,
    readable_day,
    readable_time,
    start_upper,
)

LONGEST_SENTENCE = 380
LONGEST_HEADLINE = 110
LONGEST_NAME = 70

Row = Mapping[str, Any]


def cite(row: Row, *, has_headline: bool = True) -> Rich:
    """Reference of a claim: outlet, date, headline with its link, and the article's id, small."""
    url = point_at(row["url"], row.get("sentence_text"))
    claim_id = row.get("claim_id") or ""
    outlet = end_direction(clip(row["outlet_name"], LONGEST_NAME))
    where = f"{outlet}, {readable_day(row['happened_at'])}"
    if not has_headline:
        return (Run(where, "", url, claim_id),)
    headline = f"“{clip(row['headline'], LONGEST_HEADLINE)}”"
    return (
        Run(f"{where}, "),
        Run(headline, "", url, claim_id),
        Run(f" {row['article_id']}", "tiny"),
    )


def cite_outlet(row: Row) -> Rich:
    """The outlet alone, where the day stands in a column of its own."""
    url = point_at(row["url"], row["sentence_text"])
    return (Run(clip(row["outlet_name"], LONGEST_NAME), "", url, row["claim_id"]),)


def tell_when(row: Row, period: Period) -> str:
    """When it was published, by the desk's clocks; the day alone where the page says no more."""
    if row["happened_at"] is None:
        return readable_day(None)
    if row["is_day_only"]:
        return readable_day(row["happened_at"])
    return readable_time(period.local(row["happened_at"]))


def tell_spread(row: Row) -> str:
    """In how many articles a claim stands, and in how many texts where some are copies."""
    articles, texts = row["article_count"], row["text_count"]
    told = count(articles, "article")
    return told if texts == articles else f"{told}, {count(texts, 'text')}"


def tell_carried(rows: Sequence[Row], own_articles: int) -> str:
    """In how many articles claims that say the same stand with their source, and in how many the
    outlet gives none."""
    articles = len({row["article_id"] for row in rows})
    texts = len({row["text_id"] for row in rows})
    told = tell_spread({"article_count": articles, "text_count": texts})
    without = f"; stated without a source in {count(own_articles, 'article')}"
    return told + (without if own_articles else "")


def quote(row: Row, length: int = LONGEST_SENTENCE, words: Sequence[str] = ()) -> Rich:
    """The sentence of a claim as printed, with its own marks alone; the one that holds the words,
    and cut around them, where some are given."""
    sentence = balance_quotes(choose_sentence(row, words) if words else row["sentence_text"])
    return (Run(end_direction(clip(_start_near(sentence, words, length), length))),)


def _start_near(sentence: str, words: Sequence[str], length: int) -> str:
    """A sentence from shortly before the words, where they would be cut off."""
    before = mark_words(sentence, words)[0]
    if before == sentence or len(before) < length * 2 // 3:
        return sentence
    return "… " + before[-length // 3 :].partition(" ")[2] + sentence[len(before) :]


def quote_pair(link: Row) -> tuple[Rich, Rich]:
    """The sentences of a pair of claims, the older first, with the words marked in which they
    differ."""
    sides = (link["old"], link["new"])
    told = [clip(balance_quotes(choose_sentence(row, link["words"])), LONGEST_SENTENCE)
            for row in sides]  # fmt: skip
    pieces = [mark_words(text, link["words"]) for text in told]
    if all(len(found) == 1 for found in pieces):
        negative = (_is_negative(sides[0]), _is_negative(sides[1]))
        pieces = list(mark_differences(told[0], told[1], link["differs_in"], negative))
    left, right = (
        tuple(Run(piece, "mark" if at % 2 else "") for at, piece in enumerate(found) if piece)
        for found in pieces
    )
    return left, right


def choose_sentence(row: Row, words: Sequence[str]) -> str:
    """Of the sentences of a claim the one that holds the words that were compared, else the one
    that holds most of it."""
    for sentence in row.get("sentences") or ():
        if len(mark_words(sentence, words)) > 1:
            return str(sentence)
    return str(row["sentence_text"])


def _is_negative(row: Row) -> bool:
    return bool(row["polarity"] != Polarity.AFFIRMED) or "denial" in (
        row["cue_stance"],
        row["cue_type"],
    )


def say_who(row: Row, most: int = 3) -> str:
    """All speakers of a claim, or whose words it is where nobody is named."""
    names = named_speakers(row)
    if names:
        return end_direction(start_upper(few([clip(name, LONGEST_NAME) for name in names], most)))
    if row["speakers"]:
        return "A speaker who was not recognised"
    if row["is_statement"] or row["source_type"] in (
        SourceType.OWN_REPORTING,
        SourceType.UNATTRIBUTED,
    ):
        return f"{clip(row['outlet_name'], LONGEST_NAME)} in its own words"
    return start_upper(name_of("source_type", row["source_type"]))


def say_all(rows: Sequence[Row], most: int = 3) -> str:
    """All speakers of claims that say the same, each name once."""
    names = {
        name.casefold(): clip(name, LONGEST_NAME)
        for row in reversed(rows)
        for name in reversed(named_speakers(row))
    }
    told = list(reversed(names.values()))
    return start_upper(few(told, most)) if told else say_who(rows[0], most)


def named_speakers(row: Row) -> list[str]:
    """Speakers of a claim by name or description: a pronoun is a speaker who was not recognised."""
    return [name for name in row["speakers"] if name.casefold() not in load_function_words("en")]


def say_who_runs(row: Row) -> Rich:
    """Who says it, and of an anonymous source that it is one."""
    runs = [Run(say_who(row), "strong")]
    if row["is_anonymous"]:
        runs.append(Run(" (anonymous source)", "muted"))
    return tuple(runs)


def tags_of(row: Row) -> dict[str, str]:
    """What the filters of the HTML edition read."""
    speakers = [clip(name, LONGEST_NAME) for name in row.get("speakers") or ()]
    return {
        "story": clip(row.get("story_headline") or "", LONGEST_HEADLINE),
        "speaker": "|".join(speakers or ["no source named"]),
        "grade": name_of("grade", row["grade"]) if row.get("grade") else "",
        "outlet": clip(row.get("outlet_name") or "", LONGEST_NAME),
    }  # fmt: skip
