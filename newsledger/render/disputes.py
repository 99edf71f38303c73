"""Disputes and updates between claims: pairs of verbatim sentences, who says which, and how many
there are of each kind."""

from collections import Counter
from typing import Any

from newsledger.render.blocks import Block, Entry, Heading, Pairs, Rich, Run, plain
from newsledger.render.links import is_dispute
from newsledger.render.names import name_of
from newsledger.render.precision import tell_precision
from newsledger.render.reading import cite, quote, quote_pair, say_who, say_who_runs, tags_of
from newsledger.render.words import clip, count

Row = dict[str, Any]
JUDGED = "opposites"  # kind of difference: two speakers judge one thing, neither need be wrong


def title_disputes(links: list[Row]) -> str:
    """Say how many pairs contradict each other, judge otherwise, and deny."""
    denials = sum(link["link_type"] == "denies" for link in links)
    judged = sum(link["link_type"] != "denies" and link["differs_in"] == JUDGED for link in links)
    others = len(links) - denials - judged
    pairs = "Two claims contradict" if others == 1 else f"{others:,} pairs of claims contradict"
    views = "pair judges one thing in opposite ways", "pairs judge one thing in opposite ways"
    parts = [
        f"{pairs} each other" if others else "",
        count(judged, *views) if judged else "",
        f"{count(denials, 'denial')} of what others say" if denials else "",
    ]
    return "; ".join(part for part in parts if part)


def tell_change(link: Row) -> str:
    """What an update changes, where it is no figure: numbers speak for themselves."""
    return "" if link["differs_in"] == "figures" else name_of("changed", link["differs_in"])


def tell_link(link: Row) -> Rich:
    """Tell a dispute or an update in one line."""
    change = tell_change(link)
    word = {
        "updates": f"Updated ({change}): " if change else "Updated: ",
        "denies": "Denied: ",
    }.get(link["link_type"], "Disputed: ")
    new, old = link["new"], link["old"]
    return (
        Run(word, "strong"), Run(f"{say_who(new, 2)}: "), *quote(new, 200, link["words"]),
        Run(" Against it, " if is_dispute(link) else " Before, "), Run(f"{say_who(old, 2)}: "),
        *quote(old, 200, link["words"]), Run(" "), *cite(new, has_headline=False),
    )  # fmt: skip


def list_disputes(
    disputes: list[Row], most: int, nobody: str, *, begins_part: bool = False
) -> list[Block]:
    """The pairs as two columns; `nobody` is the sentence where there is none."""
    if not disputes:
        return [Heading(nobody, level=3, begins_part=begins_part)]
    has_story = len({link["new"]["story_id"] for link in disputes}) > 1
    entries = [_dispute(link, has_story=has_story) for link in _new_first(disputes)]
    note = (
        "Sentences as printed. Marked: the words that differ, where single words show it. The "
        "earlier one stands on the left. "
        + tell_precision("across contradictions P", "across denials P")
    )
    title = title_disputes(disputes)
    return [Heading(title, note, begins_part=begins_part), Pairs(entries, most)]


def _new_first(links: list[Row]) -> list[Row]:
    """Pairs in their order, stories by turns; those with a claim that stands already behind the
    others."""
    seen: set[str] = set()
    first: list[Row] = []
    rest: list[Row] = []
    for link in links:
        pair = {link["old"]["claim_id"], link["new"]["claim_id"]}
        (rest if pair & seen else first).append(link)
        seen |= pair
    return _mix_stories(first) + _mix_stories(rest)


def _mix_stories(links: list[Row]) -> list[Row]:
    turns: Counter[str] = Counter()
    keys = []
    for link in links:
        turns[link["new"]["story_id"]] += 1
        keys.append(turns[link["new"]["story_id"]])
    return [link for _, link in sorted(zip(keys, links, strict=True), key=lambda pair: pair[0])]


def _dispute(link: Row, *, has_story: bool) -> Entry:
    old, new = link["old"], link["new"]
    sides = [
        Entry([words, say_who_runs(row), cite(row)])
        for words, row in zip(quote_pair(link), (old, new), strict=True)
    ]
    about = name_of("differs_in", link["differs_in"])
    about += f" · {clip(new['story_headline'], 90)}" if has_story else ""
    tags = tags_of(new) | {
        "speaker": "|".join(
            dict.fromkeys((tags_of(old)["speaker"] + "|" + tags_of(new)["speaker"]).split("|"))
        ),
        "outlet": "|".join(dict.fromkeys((old["outlet_name"], new["outlet_name"]))),
    }
    return Entry([plain(about[:1].upper() + about[1:])], tags, children=sides)
