"""The daily brief: what moved, what is disputed, what rests on one source, where it happened; four
pages at most."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import polars as pl

from newsledger.render.blocks import (
    Block,
    Cards,
    Chart,
    Column,
    Entry,
    Facts,
    Heading,
    Pictures,
    Prose,
    ReportContent,
    Rich,
    Run,
    Table,
    Trees,
    plain,
)
from newsledger.render.charts import draw_sparkline
from newsledger.render.disputes import list_disputes, tell_change, tell_link
from newsledger.render.links import is_dispute, is_news, list_updates, read_links
from newsledger.render.own_figures import list_own_figures
from newsledger.render.precision import tell_precision
from newsledger.render.reading import (
    cite,
    quote,
    say_who,
    say_who_runs,
    tags_of,
    tell_when,
)
from newsledger.render.report import ReportInput
from newsledger.render.story_maps import draw_story_maps
from newsledger.render.tolls import set_tolls
from newsledger.render.trees import list_trees
from newsledger.render.words import (
    clip,
    count,
    join,
    point_at,
    start_upper,
)

Row = dict[str, Any]
PRINTED = (
    "ledger claims all P", "ledger speaker", "ledger is_named", "ledger polarity", "ledger figure",
    "across same claim P", "across origins counted right", "across contradictions P",
    "across denials P", "across updates P",
)  # fmt: skip
"""Kinds whose precision stands beside what the brief prints."""
LINKED = (
    "(x.is_in_period OR y.is_in_period) AND (x.is_in_period OR x.is_before) "
    "AND (y.is_in_period OR y.is_before)"
)
"""Pairs of claims whose newer one is of the period."""
WORTH = "What these pages are worth"  # the one heading that is no finding
LEAST_CLAIM = 5  # words; shorter ones say little on a front page
NO_HEADLINE = "no headline"  # what the views of all reports say of such an article


def build(given: ReportInput) -> ReportContent:
    """Build the brief's blocks and charts."""
    quality = given.rows("quality")[0]
    content = ReportContent("Daily brief" if given.period.is_day else "Brief", str(given.period))
    if not quality["articles"]:
        content.blocks = [Prose(plain("No article was published in this period."))]
        content.summary = ["No article was published in this period."]
        return content
    links = read_links(given.con, LINKED)
    content.blocks += [_facts(quality), *_stories(given, content, links), *_changes(given, links)]
    content.blocks += [
        *list_disputes(
            [link for link in links if is_dispute(link)],
            given.settings["max_disputes"],
            "No two sources of this period contradict each other",
            begins_part=True,
        ),
        *set_tolls(given.con, content, links, given.period, given.settings["max_tolls"]),
    ]
    content.blocks += _trees(given)
    content.blocks += [
        *_maps(given, content),
        *list_own_figures(given.rows("own_figures"), given.settings["max_own"]),
        *_quality(quality),
    ]
    content.summary = [
        block.text for block in content.blocks if isinstance(block, Heading) and block.text != WORTH
    ]
    return content


def _facts(quality: Row) -> Block:
    share = f"{quality['anonymous']:,} of {quality['claims']:,}"
    pairs = (
        ("articles", "article"),
        ("outlets", "outlet"),
        ("texts", "text of its own"),
        ("claims", "claim with a source"),
    )
    plurals = {
        "text of its own": "texts of their own",
        "claim with a source": "claims with a source",
    }
    numbers = [
        (f"{quality[key]:,}", count(quality[key], noun, plurals.get(noun, "")).partition(" ")[2])
        for key, noun in pairs
    ]
    return Facts([*numbers, (share, "claims from an anonymous source")])


# --- page one ------------------------------------------------------------------------------------


def _stories(given: ReportInput, content: ReportContent, links: list[Row]) -> list[Block]:
    stories = given.rows("stories")
    newest: dict[str, Row] = {}
    for row in given.rows("newest"):
        newest.setdefault(row["story_id"], row)
    claims: dict[str, list[Row]] = defaultdict(list)
    for row in given.rows("new_claims"):
        claims[row["story_id"]].append(row)
    shown = stories[: given.settings["max_stories"]]
    drawn = [
        number for number, story in enumerate(shown) if _sparkline(given, content, story, number)
    ]
    entries = [
        _story_card(
            given,
            story,
            newest[story["story_id"]],
            claims[story["story_id"]],
            links,
            number if number in drawn else None,
        )
        for number, story in enumerate(stories)
    ]
    first = newest[stories[0]["story_id"]]
    is_named = first["headline"] != NO_HEADLINE
    headline = f"“{clip(first['headline'], 80)}”" if is_named else "one without a headline"
    title = (
        f"{count(len(stories), 'story', 'stories')} moved, most of all {headline}"
        if len(stories) > 1
        else f"One story: {headline}"
    )
    note = (
        "In the order of new texts (copies of one text count once), then of outlets that had "
        "not carried the story."
    )
    return [Heading(title, note), Cards(entries, given.settings["max_stories"])]


def _story_card(
    given: ReportInput,
    story: Row,
    newest: Row,
    claims: list[Row],
    links: list[Row],
    chart: int | None,
) -> Entry:
    outlets = f"{story['outlets_now']} of {count(story['outlets'], 'outlet')}"
    kicker = f"{story['new_articles']} new of {count(story['articles'], 'article')} · {outlets}"
    if story["new_outlets"] and story["articles"] > story["new_articles"]:
        kicker += f", {story['new_outlets']} for the first time"
    kicker += f" · {count(story['new_claims'], 'new claim')}"
    headline = (Run(clip(newest["headline"], 140), "", point_at(newest["url"], None)),)
    where: Rich = (Run(f"{newest['outlet_name']}, {tell_when(newest, given.period)}", "muted"),)
    cells: list[Rich] = [plain(kicker), headline, where]
    told = next((row for row in claims if len(row["sentence_text"].split()) >= LEAST_CLAIM), None)
    if told is not None:
        cells.append(
            (
                Run("New: ", "strong"),
                Run(say_who(told), "strong"),
                Run(": "),
                *quote(told, 300),
                Run(" "),
                *cite(told, has_headline=False),
            )
        )
    told_links = (link for link in links if link["new"]["story_id"] == story["story_id"])
    link = next(filter(is_news, told_links), None)
    if link is not None:
        cells.append(tell_link(link))
    tags = {"story": clip(story["story_headline"], 110)}
    return Entry(cells, tags, f"days-{chart}" if chart is not None else "")


def _sparkline(given: ReportInput, content: ReportContent, story: Row, number: int) -> bool:
    """Draw the articles of the last days of the period; false where there are none."""
    days = given.con.sql("SELECT day FROM report_days ORDER BY day").fetchall()
    counts = {
        row["day"]: row["articles"]
        for row in given.rows("days")
        if row["story_id"] == story["story_id"]
    }
    values = [counts.get(day, 0) for (day,) in days]
    if not any(values):
        return False
    figure = draw_sparkline(values, [day for (day,) in days], given.period.since)
    rows = pl.DataFrame({"day": [day for (day,) in days], "articles": values})
    words = f"Articles a day over {len(days)} days: {', '.join(map(str, values))}"
    content.charts.append(Chart(f"days-{number}", figure, rows, words, is_listed=False))
    return True


def _changes(given: ReportInput, links: list[Row]) -> list[Block]:
    """What is new, updated, denied and withdrawn, with counts of all and the first of each kind."""
    new, gone = given.rows("new_claims"), given.rows("withdrawn")
    updates = list_updates(links)
    denials = [link for link in links if _is_denial(link)]
    parts = [
        count(len(new), "new claim"), count(len(updates), "update"),
        count(len(denials), "denial"), f"{len(gone)} withdrawn",
    ]  # fmt: skip
    rows = [
        *(
            _change(
                "Withdrawn", row, (Run("No longer in this article: "), *cite(_as_new_version(row)))
            )
            for row in gone
        ),
        *(
            _change("Denied", link["new"], _before(link, "Denies "), link["words"])
            for link in denials
        ),
        *(
            _change("Updated", link["new"], _before(link, _what_changed(link)), link["words"])
            for link in updates
        ),
        *(
            _change("New", row, cite(row))
            for row in new
            if len(row["sentence_text"].split()) >= LEAST_CLAIM
        ),
    ]
    since = "since the day before" if given.period.is_day else "in this period"
    title = f"Changed {since}: {join([part for part in parts if part[:2] != '0 '] or ['nothing'])}"
    if not rows:
        return [Heading(title)]
    columns = [
        Column("Change"),
        Column("Who says what", 1.4),
        Column("Where, and what stood before", 1),
    ]
    note = "A sentence stands once, however many claims it holds"
    note += f"; new ones of fewer than {LEAST_CLAIM} words are left out." if new else "."
    table = Table(
        columns, _mix(_once(rows)), given.settings["max_changes"], "sentence", "sentences"
    )
    return [Heading(title, note), table]


def _is_denial(link: Row) -> bool:
    return link["link_type"] == "denies" or (
        link["link_type"] == "contradicts" and link["differs_in"] == "polarity"
    )


def _as_new_version(row: Row) -> Row:
    return row | {
        "article_id": row["new_article_id"],
        "headline": row["new_headline"],
        "claim_id": "",
        "sentence_text": "",
    }


def _once(rows: list[Entry]) -> list[Entry]:
    """One row a sentence, though it hold two claims or be both new and a denial."""
    found: dict[str, Entry] = {}
    for row in rows:
        sentence = "".join(run.text for run in row.cells[1]).partition(": ")[2]
        found.setdefault(" ".join(sentence.casefold().split()), row)
    return list(found.values())


def _mix(rows: list[Entry]) -> list[Entry]:
    """Kinds of change by turns, so that the few rows of a page hold each of them."""
    kinds: dict[str, list[Entry]] = defaultdict(list)
    for row in rows:
        kinds[row.cells[0][0].text].append(row)
    deepest = max(len(found) for found in kinds.values())
    return [found[at] for at in range(deepest) for found in kinds.values() if at < len(found)]


def _change(kind: str, row: Row, behind: Rich, words: Sequence[str] = ()) -> Entry:
    told = (*say_who_runs(row), Run(": "), *quote(row, 240, words))
    return Entry([plain(kind, "strong"), told, behind], tags_of(row))


def _what_changed(link: Row) -> str:
    kind = tell_change(link)
    return f"{start_upper(kind)}. Before: " if kind else "Before: "


def _before(link: Row, words: str) -> Rich:
    old = link["old"]
    return (
        *cite(link["new"], has_headline=False),
        Run(f". {words}"),
        Run(say_who(old), "strong"),
        Run(": "),
        *quote(old, 160, link["words"]),
    )


# --- pages three and four ------------------------------------------------------------------------


def _trees(given: ReportInput) -> list[Block]:
    entries, spread, anonymous = list_trees(given.rows("single"), given.rows("hops"))
    if not entries:
        nothing = (
            "No claim of this period rests on one source of several articles, or on an anonymous "
            "source"
        )
        return [Heading(nothing, level=3, begins_part=True)]
    both = spread + anonymous - len(entries)
    parts = [
        *([f"{spread} told by several articles on one source"] if spread else []),
        *([f"{anonymous} on an anonymous source"] if anonymous else []),
    ]
    title = f"{count(len(entries), 'claim rests', 'claims rest')} on little: {join(parts)}"
    title += f" ({both} on both counts)" if both else ""
    note = (
        "From left to right: the claim, its first source, and through whom it reached each "
        "outlet. Before printing: ask for a second source. "
        + tell_precision("across origins counted right")
    )
    return [
        Heading(title, note, begins_part=True),
        Trees(entries, given.settings["max_trees"]),
    ]


def _maps(given: ReportInput, content: ReportContent) -> list[Block]:
    stories = given.rows("stories")
    charts = draw_story_maps(
        given.rows("places"),
        stories,
        most=given.settings["max_maps"],
        script=given.settings["map_script"],
    )
    content.charts += charts
    if not charts:
        nothing = "No story of this period is about a place that a map can show"
        return [Heading(nothing, level=3, begins_part=True)]
    title = (
        f"Where: {len(charts)} of {len(stories)} stories on the map"
        if len(stories) > 1
        else "Where the one story is"
    )
    note = (
        "A story has a map where its articles are about a town, a site or a region; those that "
        "moved most come first."
    )
    pictures = Pictures([chart.name for chart in charts], 2)
    return [Heading(title, note, begins_part=True), pictures]


def _quality(quality: Row) -> list[Block]:
    """What stands behind these pages: what was left out, and how often the reading is right."""
    left = [
        (
            quality["not_english"],
            "article not in English (read for its headline only)",
            "articles not in English (read for their headlines only)",
        ),
        (
            quality["undated"],
            "article without a date (in no period)",
            "articles without a date (in no period)",
        ),
        (quality["refused"], "document that could not be read", "documents that could not be read"),
        (quality["lost_places"], "place name without a place", "place names without a place"),
        (quality["quarantined"], "row set aside by the checks", "rows set aside by the checks"),
    ]
    parts = [count(number, noun, nouns) for number, noun, nouns in left if number]
    said = f"Left out: {join(parts)}." if parts else "Nothing was left out."
    return [
        Heading(WORTH, level=3),
        Prose(plain(f"{said} {tell_precision(*PRINTED)}")),
    ]
