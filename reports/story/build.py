"""The dossier of a story: what is known by grade, when it was said and when it happened, where, who
carries what, from which sources."""

from collections import defaultdict
from typing import Any

from newsledger.errors import NewsledgerError
from newsledger.render.blocks import (
    Block,
    Column,
    Entry,
    Facts,
    Heading,
    Pairs,
    Pictures,
    ReportContent,
    Run,
    Table,
    plain,
)
from newsledger.render.names import name_of
from newsledger.render.reading import cite, quote, quote_pair, say_who, say_who_runs, tags_of
from newsledger.render.report import ReportInput
from newsledger.render.story_claims import (
    draw_carriers,
    group_claims,
    list_happened,
    list_said,
)
from newsledger.render.story_maps import choose_places, draw_numbered_map
from newsledger.render.tolls import draw_tolls, list_tolls
from newsledger.render.words import clip, count, few, readable_day, readable_time

Row = dict[str, Any]
GRADES = (
    "both_sides",
    "independent_origins",
    "contested",
    "denied",
    "one_origin_several_reports",
    "single_origin",
    "withdrawn",
)


def build(given: ReportInput) -> ReportContent:
    """Build the dossier of the story that is asked for."""
    story = find_story(given)
    given.con.execute(
        "CREATE OR REPLACE TEMP TABLE chosen_story AS SELECT ? AS story_id", [story["story_id"]]
    )
    claims = _ask(
        given,
        "SELECT * FROM told_claims WHERE story_id = (SELECT story_id FROM chosen_story) AND "
        "is_in_period AND is_current ORDER BY happened_at, claim_id",
    )
    content = ReportContent(
        clip(story["headline"], 120), f"Story dossier, {given.period}", slug=story["headline"]
    )
    content.blocks.append(_facts(given, claims))
    content.blocks += _known(given, claims)
    content.blocks += _disputes(given, claims)
    most = given.settings["max_timeline"]
    content.blocks += [
        *_tolls(given, content),
        *list_said(claims, given.period, most),
        *list_happened(claims, most),
        *_map(given, content),
    ]
    content.blocks += [
        *draw_carriers(content, claims, given.settings["max_matrix"]),
        *_sources(claims),
        *_list(claims),
        *_articles(given),
    ]
    content.summary = [block.text for block in content.blocks if isinstance(block, Heading)]
    return content


def find_story(given: ReportInput) -> Row:
    """The story of an id, or the one with most articles whose headlines hold all the words. Raises
    `NewsledgerError`."""
    stories = given.rows("find")
    if not given.about.strip():
        names = [f"“{clip(row['headline'], 60)}”" for row in stories[:5]]
        raise NewsledgerError(
            f"which story? Give --story with its id or words of its headline, e.g. {few(names, 3) or 'none is there'}"
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
            f'no story has the words {given.about!r} in a headline: `newsledger query "SELECT story_id, headline FROM core.stories"` lists them'
        )
    return found[0]


def _ask(given: ReportInput, sql: str) -> list[Row]:
    return given.con.sql(sql).pl().to_dicts()


def _facts(given: ReportInput, claims: list[Row]) -> Block:
    row = _ask(
        given,
        """SELECT count(*) AS articles, count(DISTINCT outlet_name) AS outlets, count(DISTINCT text_id) AS texts, min(happened_at) AS first_at, max(happened_at) AS last_at
        FROM told_articles WHERE story_id = (SELECT story_id FROM chosen_story) AND is_current AND is_in_period""",
    )[0]
    sourced = [claim for claim in claims if not claim["is_statement"]]
    unnamed = sum(claim["is_unnamed"] for claim in sourced)
    return Facts(
        [
            (
                f"{row['articles']:,}",
                f"{'article' if row['articles'] == 1 else 'articles'} of {count(row['outlets'], 'outlet')}",
            ),
            (f"{row['texts']:,}", "text of its own" if row["texts"] == 1 else "texts of their own"),
            (
                f"{len(sourced):,}",
                "claim with a source" if len(sourced) == 1 else "claims with a source",
            ),
            (f"{unnamed:,} of {len(sourced):,}", "from a source without a name"),
            (readable_day(row["first_at"]), f"first; newest {readable_day(row['last_at'])}"),
        ]
    )


def _known(given: ReportInput, claims: list[Row]) -> list[Block]:
    """What is known by what stands behind it, the best supported first."""
    groups = group_claims([claim for claim in claims if not claim["is_statement"]])
    if not groups:
        return [Heading("No claim with a source was read in this story")]
    order = {grade: place for place, grade in enumerate(GRADES)}
    groups.sort(key=lambda rows: order.get(rows[0]["grade"] or "single_origin", 9))
    strong = sum(rows[0]["origin_count"] > 1 for rows in groups)
    entries = [_known_row(rows) for rows in groups]
    title = f"{strong} of {count(len(groups), 'claim')} {'has' if strong == 1 else 'have'} more than one independent source"
    columns = [Column("What stands behind it", 1), Column("Claim", 2.4), Column("Carried by", 1.1)]
    note = (
        "Sources: first speakers that are independent of each other. Texts: copies of one "
        "text count once."
    )
    return [
        Heading(title, note),
        Table(columns, entries, given.settings["max_claims"] // 2, "claim", "claims"),
    ]


def _known_row(rows: list[Row]) -> Entry:
    first = rows[0]
    support = f"{count(first['origin_count'], 'source')}, {count(first['text_count'], 'text')}, {count(first['article_count'], 'article')}"
    grade = name_of("grade", first["grade"] or "single_origin")
    speakers = list(dict.fromkeys(say_who(row, 2) for row in rows))
    outlets = list(dict.fromkeys(row["outlet_name"] for row in rows))
    return Entry(
        [
            (Run(grade[:1].upper() + grade[1:], "strong"), Run(f". {support}", "muted")),
            (
                Run(few(speakers, 3), "strong"),
                Run(": "),
                *quote(first, 260),
                Run(" "),
                *cite(first, has_headline=False),
            ),
            plain(few(outlets, 4)),
        ],
        tags_of(first) | {"outlet": "|".join(outlets)},
    )


def _disputes(given: ReportInput, claims: list[Row]) -> list[Block]:
    known = {claim["claim_id"]: claim for claim in claims}
    pairs: dict[tuple[str, str], tuple[Row, Row, str]] = {}
    for one, other, reason in given.con.sql(
        "SELECT claim_id, other_claim_id, split_part(reason, ';', 1) FROM core.claim_links "
        "WHERE link_type IN ('contradicts', 'denies') ORDER BY score DESC, claim_id, "
        "other_claim_id"
    ).fetchall():
        if one in known and other in known:
            old, new = sorted(
                (known[one], known[other]),
                key=lambda row: (str(row["happened_at"]), row["claim_id"]),
            )
            key = (
                min(str(old["claim_group_id"]), str(new["claim_group_id"])),
                max(str(old["claim_group_id"]), str(new["claim_group_id"])),
            )
            pairs.setdefault(key, (old, new, reason))
    if not pairs:
        return [Heading("No two sources of this story contradict each other")]
    entries = [
        Entry(
            [plain(name_of("differs_in", reason))], tags_of(new),
            children=[Entry([words, say_who_runs(row), cite(row)]) for words, row in zip(quote_pair(old, new, reason), (old, new), strict=True)],
        )
        for old, new, reason in pairs.values()
    ]  # fmt: skip
    title = f"{count(len(entries), 'pair of claims contradicts', 'pairs of claims contradict')} each other"
    return [
        Heading(
            title, "Sentences as printed, the earlier on the left. Marked: the words that differ."
        ),
        Pairs(entries, 12),
    ]


def _tolls(given: ReportInput, content: ReportContent) -> list[Block]:
    rows = _ask(
        given,
        """SELECT m.figure_group_id, g.kind, g.population, g.place, g.is_disputed, q.unit, q.low, q.high, q.text, t.*
        FROM core.figure_group_members AS m JOIN core.figure_groups AS g USING (figure_group_id)
        JOIN core.claim_quantities AS q USING (quantity_id) JOIN told_claims AS t ON t.claim_id = q.claim_id
        WHERE t.story_id = (SELECT story_id FROM chosen_story) AND t.is_in_period AND t.is_current AND (q.low IS NOT NULL OR q.high IS NOT NULL)
        ORDER BY m.figure_group_id, t.happened_at, t.claim_id""",
    )
    tolls = [toll for toll in list_tolls(rows) if toll.low < toll.high]
    if not tolls:
        return []
    charts = draw_tolls(tolls[: given.settings["max_tolls"]], given.period, "toll")
    content.charts += charts
    note = "By time of publication. Triangle: an open end. Bar: a range."
    note += f" {len(charts)} of {len(tolls)} shown." if len(charts) < len(tolls) else ""
    return [
        Heading(
            f"{count(len(tolls), 'count differs', 'counts differ')} by source or over time", note
        ),
        Pictures([chart.name for chart in charts], 2),
    ]


def _map(given: ReportInput, content: ReportContent) -> list[Block]:
    rows = _ask(
        given,
        """SELECT l.location_id, l.name, l.kind, l.country_code, l.lat, l.lon, count(*) AS mentions, bool_or(m.is_focus) AS is_focus
        FROM core.location_mentions AS m JOIN core.locations AS l USING (location_id) JOIN told_articles AS a USING (article_id)
        WHERE a.story_id = (SELECT story_id FROM chosen_story) AND a.is_current AND a.is_in_period AND NOT m.is_demonym AND NOT m.is_metonym
        GROUP BY ALL ORDER BY mentions DESC, l.name""",
    )
    places = choose_places(rows, only_focus=False)
    chart = draw_numbered_map("map", places, clip(content.title, 90), given.settings["map_script"])
    if chart is None:
        return [Heading("No place of this story can be shown on a map")]
    content.charts.append(chart)
    entries = [
        Entry(
            [
                plain(str(number)),
                plain(row["name"]),
                plain(name_of("place", row["kind"])),
                plain(f"{row['mentions']:,}"),
            ]
        )
        for number, row in enumerate(places, 1)
    ]
    columns = [
        Column("No.", 0, True),
        Column("Place", 2),
        Column("Kind", 1),
        Column("Named", 0, True),
    ]
    return [
        Heading(f"Where: {count(len(rows), 'place')} named"),
        Pictures(["map"]),
        Table(columns, entries, 25, "place", "places"),
    ]


def _sources(claims: list[Row]) -> list[Block]:
    """First sources with what they are, and how often each outlet takes them."""
    speakers: dict[str, list[Row]] = defaultdict(list)
    for claim in claims:
        for name in claim["speakers"]:
            speakers[name].append(claim)
    if not speakers:
        return [Heading("No source is named or described")]
    ranked = sorted(speakers.items(), key=lambda item: (-len(item[1]), item[0]))
    entries = [
        Entry(
            [
                plain(clip(name, 70), "strong"),
                plain(name_of("source_type", rows[0]["source_type"])),
                plain(f"{len(rows):,}"),
                plain(few(sorted({row["outlet_name"] for row in rows}), 4)),
            ],
            {"speaker": clip(name, 70)},
        )
        for name, rows in ranked
    ]
    columns = [
        Column("Source", 1.6),
        Column("What it is", 1),
        Column("Claims", 0, True),
        Column("Taken by", 1.6),
    ]
    return [
        Heading(
            f"{count(len(ranked), 'source')} speak" if len(ranked) != 1 else "One source speaks"
        ),
        Table(columns, entries, 30, "source", "sources"),
    ]


def _list(claims: list[Row]) -> list[Block]:
    entries = [
        Entry([(*say_who_runs(row), Run(": "), *quote(row, 300)), cite(row)], tags_of(row))
        for row in claims
    ]
    return [
        Heading(f"All {count(len(claims), 'claim')}" if len(claims) != 1 else "The only claim"),
        Table([Column("Claim", 2), Column("Where", 1)], entries, 60, "claim", "claims"),
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
                plain(
                    readable_time(given.period.local(row["happened_at"]))
                    if row["happened_at"]
                    else "no date"
                ),
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
