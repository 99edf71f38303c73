"""The audit of outlets: how their claims are sourced, against others on the same story."""

from collections import defaultdict
from typing import Any

import polars as pl

from newsledger.render.blocks import (
    Block,
    Chart,
    Column,
    Entry,
    Facts,
    Heading,
    Pictures,
    Prose,
    ReportContent,
    Run,
    Table,
    plain,
)
from newsledger.render.charts import Dot, draw_dots
from newsledger.render.reading import cite, quote, say_who_runs, tags_of
from newsledger.render.report import ReportInput
from newsledger.render.words import clip, count, few, share, wilson

Row = dict[str, Any]
LEAST_CLAIMS = 10  # on shared stories; below, the interval spans half the scale
LEAST_DOT = 5  # claims with a source; below, the interval spans two thirds of the scale
SOURCE_LINE = "Claims as reported, not verified. Line: 95 % interval (Wilson)."
DEFINITIONS = (
    "Anonymous: of the claims with a source, those whose first source is a person without a name "
    "(“an official”, “a resident”); a body (“police”, “the board”), a document and a pronoun are "
    "not. "
    "Loaded verb: of the claims with a source, those told by a verb that takes sides, as "
    "claimed, admitted or denied. "
    "Own words: claims that the outlet states without a source, of all its claims. "
    "Copied: articles with the text of an earlier article. "
    "Expected: the anonymous share that the other outlets have on the same stories, "
    "weighted by this outlet’s claims. "
    "A difference is marked where it lies outside the 95 % interval of the outlet’s own "
    "share. None of it says whether a claim is true."
)


def build(given: ReportInput) -> ReportContent:
    """Build the audit's charts, its comparison, and a page for each outlet of the desk's list."""
    outlets = given.rows("outlets")
    content = ReportContent("Outlet audit", str(given.period))
    if not outlets:
        content.blocks = [Prose(plain("No article was published in this period."))]
        content.summary = ["No article was published in this period."]
        return content
    least = given.settings["least_articles"]
    compared = [row for row in outlets if row["articles"] >= least and row["claims"] >= LEAST_DOT]
    content.blocks += [_facts(outlets), Prose(plain(DEFINITIONS, "muted"))]
    content.blocks += _dots(given, content, compared, len(outlets) - len(compared))
    several = {row["outlet_name"] for row in outlets if row["articles"] >= least}
    told = given.rows("same_story")
    differences = [_differ(row) for row in told if _is_enough(row, several)]
    content.blocks += _differences(differences, len(told) - len(differences), least)
    for outlet in _choose(given, outlets, differences):
        content.blocks += _outlet(given, outlet, has_page=bool(given.settings["desk_outlets"]))
    content.summary = [b.text for b in content.blocks if isinstance(b, Heading) and b.level == 2]
    return content


def _facts(outlets: list[Row]) -> Block:
    sums = {
        key: sum(row[key] for row in outlets) for key in ("articles", "claims", "anonymous", "own")
    }
    return Facts(
        [
            (f"{len(outlets):,}", "outlet" if len(outlets) == 1 else "outlets"),
            (f"{sums['articles']:,}", "article" if sums["articles"] == 1 else "articles"),
            (f"{sums['claims']:,}", "claims with a source"),
            (f"{sums['anonymous']:,} of {sums['claims']:,}", "from an anonymous source"),
            (f"{sums['own']:,}", "claims in the outlets’ own words"),
        ]
    )


def _dots(given: ReportInput, content: ReportContent, rows: list[Row], left: int) -> list[Block]:
    if len(rows) < 2:
        return [Heading("Too few outlets with several articles to compare", level=3)]
    least = given.settings["least_articles"]
    note = (
        f"{count(left, 'outlet')} with fewer than {least} articles or {LEAST_DOT} claims with a "
        "source not shown."
    )
    for name, key, what in (
        ("anonymous", "anonymous", "have an anonymous source"),
        ("loaded", "loaded", "are told by a loaded verb"),
    ):
        content.charts.append(_dot_chart(rows, name, key, what, given.settings["max_dots"]))
    heading = Heading(f"{count(len(rows), 'outlet')} compared", note if left else "")
    return [heading, Pictures([chart.name for chart in content.charts])]


def _dot_chart(rows: list[Row], name: str, key: str, what: str, most: int) -> Chart:
    dots = [
        Dot(
            row["outlet_name"],
            share(row[key], row["claims"]),
            *wilson(row[key], row["claims"]),
            row["claims"],
        )
        for row in rows
    ]
    dots.sort(key=lambda dot: (-dot.value, dot.label))
    low, high = min(dots, key=lambda dot: dot.high), max(dots, key=lambda dot: dot.low)
    if round(dots[0].value) == round(dots[-1].value):
        title = f"{dots[0].value:.0f} % of the claims {what} at every outlet"
    elif high.low > low.high:
        more, less = (f"{clip(dot.label, 30)} ({dot.value:.0f}\u00a0%)" for dot in (high, low))
        title = f"Claims {what} more often at {more} than at {less}"
    else:
        total = sum(row["claims"] for row in rows)
        percent = f"{share(sum(row[key] for row in rows), total):.0f} %"
        title = (
            f"{percent} of the claims {what}; the outlets cannot be told apart by their intervals"
        )
    shown = dots if len(dots) <= most else [*dots[: most // 2], *dots[-(most - most // 2) :]]
    cut = (
        f"; {len(shown)} of {len(dots)} shown, the highest and the lowest"
        if len(shown) < len(dots)
        else ""
    )
    subtitle = f"Share of claims with a source, by outlet; n = claims{cut}"
    figure = draw_dots(shown, title=title, subtitle=subtitle, source=SOURCE_LINE)
    frame = pl.DataFrame(
        [
            {"outlet": d.label, "percent": d.value, "low": d.low, "high": d.high, "claims": d.n}
            for d in dots
        ]
    )
    return Chart(name, figure, frame, title)


def _differ(row: Row) -> Row:
    """How an outlet differs from the others on the stories they share, and whether the others'
    share lies outside its interval."""
    low, high = wilson(row["anonymous"], row["claims"])
    own, expected = share(row["anonymous"], row["claims"]), share(row["expected"], row["claims"])
    is_apart = not low <= expected <= high
    more = {"low": low, "high": high, "own": own, "others": expected, "is_apart": is_apart}
    return row | more | {"points": round(own) - round(expected)}


def _is_enough(row: Row, several: set[str]) -> bool:
    """Whether an outlet has articles and claims enough to be set against others."""
    return row["claims"] >= LEAST_CLAIMS and row["outlet_name"] in several


def _differences(rows: list[Row], left: int, least: int) -> list[Block]:
    if not rows:
        return [
            Heading(
                "No story of this period is told by two outlets with enough claims to compare",
                level=3,
            )
        ]
    rows.sort(key=lambda row: (not row["is_apart"], -abs(row["points"]), row["outlet_name"]))
    apart = sum(row["is_apart"] for row in rows)
    columns = [
        Column("Outlet", 2), Column("Stories shared", 0, True), Column("Claims", 0, True),
        Column("Anonymous", 0, True), Column("Interval", 0, True), Column("Expected", 0, True),
        Column("Difference", 0, True),
    ]  # fmt: skip
    verb = "keeps its sources" if apart == 1 else "keep their sources"
    title = (
        f"{count(apart, 'outlet')} of {len(rows)} {verb} anonymous more or less often than others "
        "on the same stories"
        if apart
        else f"None of {count(len(rows), 'outlet')} differs clearly from others on the same stories"
    )
    note = "Marked: where what others do lies outside the interval. "
    if left:
        note += (
            f"{count(left, 'outlet')} with fewer than {least} articles or {LEAST_CLAIMS} claims on "
            "shared stories not compared."
        )
    entries = [_difference(row) for row in rows]
    return [Heading(title, note), Table(columns, entries, 30, "outlet", "outlets")]


def _difference(row: Row) -> Entry:
    points = f"{row['points']:+d}".replace("+0", "0") + (
        " point" if abs(row["points"]) == 1 else " points"
    )
    cells = [
        plain(clip(row["outlet_name"], 70)), plain(f"{row['stories']:,}"),
        plain(f"{int(row['claims']):,}"), plain(f"{row['own']:.0f} %"),
        plain(f"{row['low']:.0f}–{row['high']:.0f}"), plain(f"{row['others']:.0f} %"),
        plain(points, "mark" if row["is_apart"] else ""),
    ]  # fmt: skip
    return Entry(cells, {"outlet": row["outlet_name"]})


def _choose(given: ReportInput, outlets: list[Row], differences: list[Row]) -> list[Row]:
    """Outlets of the desk's list that published; without a list those that differ from others on
    the same stories, the most first."""
    wanted = given.settings["desk_outlets"]
    known = {row["outlet_name"]: row for row in outlets}
    if wanted:
        return [known[name] for name in wanted if name in known]
    apart = sorted(
        (row for row in differences if row["is_apart"]),
        key=lambda row: (-abs(row["points"]), row["outlet_name"]),
    )
    return [known[row["outlet_name"]] for row in apart[: given.settings["max_pages_of_outlets"]]]


def _outlet(given: ReportInput, outlet: Row, *, has_page: bool) -> list[Block]:
    name = outlet["outlet_name"]
    low, high = wilson(outlet["anonymous"], outlet["claims"])
    facts = Facts(
        [
            (
                f"{outlet['articles']:,}",
                f"{'article' if outlet['articles'] == 1 else 'articles'} on "
                f"{count(outlet['stories'], 'story', 'stories')}",
            ),
            (
                f"{outlet['copied']:,}",
                f"{'article' if outlet['copied'] == 1 else 'articles'} with the text of an "
                "earlier one",
            ),
            (
                f"{outlet['anonymous']:,} of {outlet['claims']:,}",
                f"claims from an anonymous source ({low:.0f}–{high:.0f} %)",
            ),
            (
                f"{outlet['own']:,} of {outlet['own'] + outlet['claims']:,}",
                "claims in its own words",
            ),
        ]
    )
    anonymous = [row for row in given.rows("anonymous") if row["outlet_name"] == name]
    missing = [row for row in given.rows("missing") if row["missing_in"] == name]
    blocks: list[Block] = [Heading(clip(name, 80), is_new_page=has_page), facts]
    blocks += _anonymous(anonymous, given.settings["max_rows"])
    blocks += _missing(missing, given.settings["max_rows"])
    return blocks


def _anonymous(rows: list[Row], most: int) -> list[Block]:
    if not rows:
        return [Heading("No claim from an anonymous source", level=3)]
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        groups[row["claim_group_id"] or row["claim_id"]].append(row)
    entries = []
    for found in groups.values():
        row = found[0]
        terms = (
            (Run(f" “{clip(row['ground_rules'], 80)}”", "muted"),) if row["ground_rules"] else ()
        )
        others = (
            f"{count(row['origin_count'], 'source')} in {count(row['article_count'], 'article')}"
        )
        entries.append(
            Entry(
                [(*say_who_runs(row), *terms), quote(row, 220), plain(others), cite(row)],
                tags_of(row),
            )
        )
    columns = [
        Column("Source", 1),
        Column("Sentence", 2),
        Column("In all", 0),
        Column("Where", 1.3),
    ]
    title = f"{count(len(entries), 'different claim')} from anonymous sources"
    return [Heading(title, level=3), Table(columns, entries, most, "claim", "claims")]


def _missing(rows: list[Row], most: int) -> list[Block]:
    if not rows:
        return [Heading("It lacks no claim that two other outlets carry on its stories", level=3)]
    sentences = {row["sentence_text"]: row for row in reversed(rows)}
    rows = list(reversed(sentences.values()))
    entries = [
        Entry(
            [
                (*say_who_runs(row), Run(": "), *quote(row, 220)),
                plain(few(row["names"], 4)),
                cite(row),
            ],
            tags_of(row),
        )
        for row in rows
    ]
    columns = [Column("Claim", 2), Column("Carried by", 1), Column("First in", 1.3)]
    title = (
        f"{count(len(rows), 'claim')} on its stories that at least two others carry and it does not"
    )
    return [Heading(title, level=3), Table(columns, entries, most, "claim", "claims")]
