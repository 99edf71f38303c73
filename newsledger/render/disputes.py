"""Disputes and updates between claims: pairs of verbatim sentences, who says which, and how many
there are of each kind."""

from collections.abc import Iterable, Mapping
from typing import Any

from newsledger.render.blocks import Block, Entry, Heading, Pairs, Rich, Run, plain
from newsledger.render.names import name_of
from newsledger.render.precision import tell_precision
from newsledger.render.reading import cite, quote, quote_pair, say_who, say_who_runs, tags_of
from newsledger.render.words import clip, count

Row = dict[str, Any]


def sort_links(links: Iterable[Row], claims: Mapping[str, Row]) -> list[Row]:
    """Pairs of claims, the older first, one for each two groups and kind of link: rows with `one`,
    `other`, `link_type`, `differs_in` get the claims as `old` and `new`."""
    found: dict[tuple[str, str, str], Row] = {}
    for link in links:
        pair = [claims[link["one"]], claims[link["other"]]]
        pair.sort(
            key=lambda row: (row["happened_at"] is not None, row["happened_at"], row["claim_id"])
        )
        groups = sorted(row["claim_group_id"] or row["claim_id"] for row in pair)
        if len({" ".join(row["sentence_text"].casefold().split()) for row in pair}) == 1:
            continue  # one sentence in two articles is no dispute, and no update
        key = (link["link_type"], groups[0], groups[1])
        found.setdefault(key, link | {"old": pair[0], "new": pair[1]})
    return list(found.values())


def is_dispute(link: Row) -> bool:
    return link["link_type"] in ("contradicts", "denies")


def title_disputes(links: list[Row]) -> str:
    """Say how many pairs contradict each other, and how many are denials: rows with `link_type`."""
    denials = sum(link["link_type"] == "denies" for link in links)
    others = len(links) - denials
    pairs = (
        f"{count(others, 'pair of claims contradicts', 'pairs of claims contradict')} each other"
    )
    if not denials:
        return pairs
    told = f"{count(denials, 'denial')} of what others say"
    return f"{pairs}; {told}" if others else told


def tell_link(link: Row) -> Rich:
    """Tell a dispute or an update in one line."""
    word = {"updates": "Updated: ", "denies": "Denied: "}.get(link["link_type"], "Disputed: ")
    new, old = link["new"], link["old"]
    return (
        Run(word, "strong"), Run(f"{say_who(new, 2)}: "), *quote(new, 170),
        Run(" Against it, " if is_dispute(link) else " Before, "), Run(f"{say_who(old, 2)}: "),
        *quote(old, 170), Run(" "), *cite(new, has_headline=False),
    )  # fmt: skip


def list_disputes(
    disputes: list[Row], most: int, nobody: str, *, is_new_page: bool = False
) -> list[Block]:
    """The pairs as two columns; `nobody` is the heading where there is none."""
    if not disputes:
        return [Heading(nobody)]
    entries = [_dispute(link) for link in disputes]
    note = (
        "Sentences as printed. Marked: the words that differ. The earlier one stands on the left. "
        + tell_precision("across contradictions P", "across denials found")
    )
    title = title_disputes(disputes)
    return [Heading(title, note, is_new_page=is_new_page), Pairs(entries, most)]


def _dispute(link: Row) -> Entry:
    old, new = link["old"], link["new"]
    sides = [
        Entry([words, say_who_runs(row), cite(row)])
        for words, row in zip(quote_pair(old, new, link["differs_in"]), (old, new), strict=True)
    ]
    about = f"{name_of('differs_in', link['differs_in'])} · {clip(new['story_headline'], 90)}"
    tags = tags_of(new) | {
        "speaker": "|".join(
            dict.fromkeys((tags_of(old)["speaker"] + "|" + tags_of(new)["speaker"]).split("|"))
        ),
        "outlet": "|".join(dict.fromkeys((old["outlet_name"], new["outlet_name"]))),
    }
    return Entry([plain(about[:1].upper() + about[1:])], tags, children=sides)
