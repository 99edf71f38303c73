"""The dossier of a story: what is known by grade, when it was said and when it happened, where, who
carries what, from which sources."""

from collections import Counter, defaultdict
from typing import Any

from newsledger.errors import NewsledgerError
from newsledger.model.enums import LocationKind
from newsledger.render.blocks import (
    Block,
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
from newsledger.render.disputes import list_disputes
from newsledger.render.links import is_dispute, read_links
from newsledger.render.names import name_of
from newsledger.render.reading import (
    cite,
    named_speakers,
    quote,
    say_who,
    say_who_runs,
    tags_of,
    tell_when,
)
from newsledger.render.report import ReportInput
from newsledger.render.story_claims import (
    draw_carriers,
    list_happened,
    list_said,
)
from newsledger.render.story_known import list_known
from newsledger.render.story_maps import choose_places, draw_numbered_map, number_places
from newsledger.render.tolls import set_tolls
from newsledger.render.words import clip, count, few, join, readable_day, start_upper

Row = dict[str, Any]
LEAST_SIDED = 1 / 3  # of the sources: fewer with a side stated do not fill a column
LINKED = (
    "x.is_in_period AND y.is_in_period AND "
    "x.story_id = (SELECT story_id FROM chosen_story) AND y.story_id = x.story_id"
)
"""Pairs of claims of the story."""
CLAIMS = """
SELECT t.*, EXISTS (
    SELECT 1 FROM told_sentences AS b JOIN core.sentences AS s USING (sentence_id)
    JOIN core.time_mentions AS m ON m.article_id = s.article_id AND m.start >= s.start
        AND m."end" <= s."end"
    WHERE b.claim_id = t.claim_id AND m.start_date = t.about_start_date
        AND m.rule NOT IN ('day_after', 'same', 'relative_day')
) AS has_day
FROM told_claims AS t
WHERE t.story_id = (SELECT story_id FROM chosen_story) AND t.is_in_period AND t.is_current
ORDER BY t.happened_at, t.claim_id
"""
"""Claims of the story, and whether the sentence of each tells the day it is about by a weekday, a
date or an hour: "today" may be a quoted person's, and "the day after" hangs on another time."""


def build(given: ReportInput) -> ReportContent:
    """Build the dossier of the story that is asked for."""
    story = find_story(given)
    given.con.execute(
        "CREATE OR REPLACE TEMP TABLE chosen_story AS SELECT ? AS story_id", [story["story_id"]]
    )
    claims = _ask(given, CLAIMS)
    content = ReportContent(
        clip(story["headline"], 120), f"Story dossier, {given.period}", slug=story["headline"]
    )
    most = given.settings
    links = read_links(given.con, LINKED)
    nobody = "No two sources of this story contradict each other"
    content.blocks += [
        _facts(given, claims),
        *list_known(given.con, claims, most["max_claims"]),
        *list_disputes([link for link in links if is_dispute(link)], most["max_disputes"], nobody,
                       begins_part=True),
        *set_tolls(given.con, content, links, given.period, most["max_tolls"]),
        *list_said(claims, given.period, most["max_timeline"]),
        *list_happened(claims, most["max_timeline"]),
        *_sources(given, claims),
        *_articles(given),
        *_map(given, content),
        *draw_carriers(content, claims, most["max_matrix"]),
        *_list(claims, most["max_listed"]),
    ]  # fmt: skip
    content.summary = [block.text for block in content.blocks if isinstance(block, Heading)]
    return content


def find_story(given: ReportInput) -> Row:
    """The story of an id, or the one with most articles whose headlines hold all the words. Raises
    `NewsledgerError`."""
    stories = given.rows("find")
    if not given.about.strip():
        names = [f"“{clip(row['headline'], 60)}”" for row in stories[:5]]
        raise NewsledgerError(
            "which story? Give --story with its id or words of its headline, e.g. "
            f"{few(names, 3) or 'none is there'}"
        )
    words = given.about.casefold().split()
    for row in stories:
        if row["story_id"] == given.about:
            return row
    found = [
        row
        for row in stories
        if any(
            all(word in headline.casefold() for word in words)
            for headline in (row["headline"], *row["headlines"])
        )
    ]
    if not found:
        raise NewsledgerError(
            f"no story has the words {given.about!r} in a headline: "
            '`newsledger query "SELECT story_id, headline FROM core.stories"` lists them'
        )
    return found[0]


def _ask(given: ReportInput, sql: str) -> list[Row]:
    return given.con.sql(sql).pl().to_dicts()


def _facts(given: ReportInput, claims: list[Row]) -> Block:
    row = _ask(
        given,
        """SELECT count(*) AS articles, count(DISTINCT outlet_name) AS outlets,
            count(DISTINCT text_id) AS texts, min(happened_at) AS first_at,
            max(happened_at) AS last_at
        FROM told_articles
        WHERE story_id = (SELECT story_id FROM chosen_story) AND is_current AND is_in_period""",
    )[0]
    sourced = [claim for claim in claims if not claim["is_statement"]]
    anonymous = sum(claim["is_anonymous"] for claim in sourced)
    return Facts(
        [
            (
                f"{row['articles']:,}",
                f"{'article' if row['articles'] == 1 else 'articles'} of "
                f"{count(row['outlets'], 'outlet')}",
            ),
            (f"{row['texts']:,}", "text of its own" if row["texts"] == 1 else "texts of their own"),
            (
                f"{len(sourced):,}",
                "claim with a source" if len(sourced) == 1 else "claims with a source",
            ),
            (f"{anonymous:,} of {len(sourced):,}", "from an anonymous source"),
            (readable_day(row["first_at"]), f"first; newest {readable_day(row['last_at'])}"),
        ]
    )


def _map(given: ReportInput, content: ReportContent) -> list[Block]:
    rows = _ask(
        given,
        """SELECT l.location_id, l.name, l.kind, l.country_code, l.lat, l.lon,
            count(*) AS mentions
        FROM told_places AS m
        JOIN core.locations AS l USING (location_id)
        JOIN told_articles AS a USING (article_id)
        WHERE a.story_id = (SELECT story_id FROM chosen_story) AND a.is_current
            AND a.is_in_period
        GROUP BY ALL ORDER BY mentions DESC, l.name""",
    )
    places = choose_places(rows)
    chart = draw_numbered_map("map", places, clip(content.title, 90), given.settings["map_script"])
    if chart is None:
        return [Heading("No place of this story can be shown on a map", level=3, begins_part=True)]
    content.charts.append(chart)
    text = _describe_places(places, number_places(places))
    note = "In brackets: how often the place is named."
    if len(places) < len(rows):
        note += f" {len(places)} of {len(rows)} shown, those named most."
    title = f"Where: {count(len(rows), 'place')} named, most often {clip(places[0]['name'], 60)}"
    heading = Heading(title, note, begins_part=True)
    return [heading, Pictures(["map"]), Prose(plain(text))]


def _describe_places(places: list[Row], drawn: list[Row]) -> str:
    """The legend of the map: numbers, then what has none."""
    told = {row["location_id"]: f"{clip(row['name'], 60)} ({row['mentions']:,})" for row in places}
    far = [row for row in places if row["kind"] == LocationKind.POINT and row not in drawn]
    groups = (
        ("", [f"{at} {told[row['location_id']]}" for at, row in enumerate(drawn, 1)]),
        ("Areas, without a number: ",
         [told[row["location_id"]] for row in places if row["kind"] != LocationKind.POINT]),
        ("Farther away, not on the map: ",
         [told[row["location_id"]] for row in far]),
    )  # fmt: skip
    return " ".join(f"{title}{'; '.join(names)}." for title, names in groups if names)


def _sources(given: ReportInput, claims: list[Row]) -> list[Block]:
    """First sources by their side in the story, with what they are and who takes them."""
    spelt: dict[str, str] = {}
    speakers: dict[str, list[Row]] = defaultdict(list)
    for claim in claims:
        for name in named_speakers(claim):
            speakers[spelt.setdefault(name.casefold(), name)].append(claim)
    if not speakers:
        return [Heading("No source is named or described")]
    sides = _find_sides(given)
    order = Counter(sides[name] for name in speakers if name in sides)
    has_column = sum(order.values()) >= LEAST_SIDED * len(speakers)
    ranked = sorted(
        speakers.items(),
        key=lambda item: (
            -order[sides.get(item[0], "")] if has_column else 0,
            -len(item[1]),
            item[0],
        ),
    )
    entries = [_source_row(name, rows, sides.get(name)) for name, rows in ranked]
    columns = [
        Column("Side", 0.7),
        Column("Source", 1.6),
        Column("What it is", 1),
        Column("Claims", 0, True),
        Column("Taken by", 1.6),
    ]
    if not has_column:
        del columns[0]
        entries = [Entry(entry.cells[1:], entry.tags) for entry in entries]
    title = f"{count(len(ranked), 'source')} speak" if len(ranked) != 1 else "One source speaks"
    return [
        Heading(title, _describe_sides(order, len(ranked)), begins_part=True),
        Table(columns, entries, given.settings["max_sources"], "source", "sources"),
    ]


def _source_row(name: str, rows: list[Row], side: str | None) -> Entry:
    return Entry(
        [
            plain(side or "none stated", "" if side else "muted"),
            plain(start_upper(clip(name, 70)), "strong"),
            plain(name_of("source_type", rows[0]["source_type"])),
            plain(f"{len(rows):,}"),
            plain(few(sorted({row["outlet_name"] for row in rows}), 4)),
        ],
        {"speaker": clip(name, 70)},
    )


def _find_sides(given: ReportInput) -> dict[str, str]:
    """Sides of the sources of the story by name, where the articles state one."""
    rows = given.con.execute(
        "SELECT speaker_name, mode(speaker_side) FROM mart.statements "
        "WHERE speaker_side IS NOT NULL AND speaker_name IS NOT NULL "
        "AND article_id IN (SELECT article_id FROM told_articles "
        "WHERE story_id = (SELECT story_id FROM chosen_story)) GROUP BY speaker_name"
    ).fetchall()
    return {name: side.replace("_", " ") for name, side in rows}


def _describe_sides(order: "Counter[str]", total: int) -> str:
    if not order:
        return "No article of the story states a side of a source."
    parts = [f"{side} {number}" for side, number in order.most_common()]
    without = total - sum(order.values())
    shares = join([*parts, *([f"none stated {without}"] if without else [])])
    return f"By the side that the articles state: {shares}."


def _list(claims: list[Row], most: int) -> list[Block]:
    """All claims with their references, a row a sentence."""
    told: dict[tuple[str, str, str], Row] = {}
    for row in sorted(claims, key=lambda row: row["is_statement"]):
        told.setdefault((row["article_id"], say_who(row), row["sentence_text"]), row)
    entries = [
        Entry([(*say_who_runs(row), Run(": "), *quote(row, 300)), cite(row)], tags_of(row))
        for row in told.values()
    ]
    own = sum(claim["is_statement"] for claim in claims)
    part = f", {own:,} of them in the outlets’ own words" if own else ""
    note = "A sentence stands once, however many claims it holds. "
    note += "Claims with a source come first." if own else ""
    return [
        Heading(f"{count(len(claims), 'claim')} in all{part}", note),
        Table([Column("Claim", 2), Column("Where", 1)], entries, most, "sentence", "sentences"),
    ]


def _articles(given: ReportInput) -> list[Block]:
    rows = _ask(
        given,
        "SELECT * FROM told_articles WHERE story_id = (SELECT story_id FROM chosen_story) "
        "AND is_current AND is_in_period ORDER BY happened_at, article_id",
    )
    entries = [
        Entry(
            [
                plain(tell_when(row, given.period)),
                plain(clip(row["outlet_name"], 50)),
                cite(row)[1:],
            ],
            {"outlet": row["outlet_name"]},
        )
        for row in rows
    ]
    return [
        Heading(count(len(rows), "article")),
        Table(
            [Column("Published", 0), Column("Outlet", 1), Column("Headline", 2.5)],
            entries,
            60,
            "article",
            "articles",
        ),
    ]
