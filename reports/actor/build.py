"""The dossier of an actor: names and roles, what it says over time and where it turns round, what is
said about it, and who quotes it."""

import unicodedata
from collections import defaultdict
from typing import Any

import polars as pl

from newsledger.errors import NewsledgerError
from newsledger.render.blocks import (
    Block,
    Chart,
    Column,
    Entry,
    Facts,
    Heading,
    Pairs,
    Pictures,
    ReportContent,
    Table,
    plain,
)
from newsledger.render.charts import draw_counts
from newsledger.render.names import name_of
from newsledger.render.reading import (
    cite,
    quote,
    quote_pair,
    say_who,
    say_who_runs,
    tags_of,
    tell_when,
)
from newsledger.render.report import ReportInput
from newsledger.render.words import clip, count, few, readable_day

Row = dict[str, Any]
MOST_BARS = 18
SOURCE_LINE = "Claims as reported, not verified."


def build(given: ReportInput) -> ReportContent:
    """Build the dossier of the actor that is asked for."""
    actor = find_actor(given)
    given.con.execute(
        "CREATE OR REPLACE TEMP TABLE chosen_actor AS SELECT ? AS actor_id", [actor["actor_id"]]
    )
    said = _ask(
        given,
        """SELECT t.* FROM told_claims AS t WHERE t.is_current AND t.is_in_period AND NOT t.is_statement AND t.claim_id IN (
            SELECT claim_id FROM core.claim_sources WHERE hop = 0 AND actor_id = (SELECT actor_id FROM chosen_actor)
            UNION ALL SELECT claim_id FROM core.claims WHERE speaker_actor_id = (SELECT actor_id FROM chosen_actor))
        ORDER BY t.happened_at, t.claim_id""",
    )
    about = _ask(
        given,
        """SELECT t.* FROM told_claims AS t WHERE t.is_current AND t.is_in_period
            AND t.claim_id IN (SELECT claim_id FROM core.claim_actors WHERE actor_id = (SELECT actor_id FROM chosen_actor))
            AND coalesce(t.speaker_actor_id, '') <> (SELECT actor_id FROM chosen_actor)
        ORDER BY t.happened_at, t.claim_id""",
    )
    content = ReportContent(
        clip(actor["name"], 100), f"Actor dossier, {given.period}", slug=actor["name"]
    )
    content.blocks += [_facts(actor, said, about), *_names(given)]
    content.blocks += [*_said(given, said), *_turns(given, said), *_replies(given, said, about)]
    content.blocks += [*_about(given, about), *_quoted(content, said)]
    content.summary = [block.text for block in content.blocks if isinstance(block, Heading)]
    return content


def find_actor(given: ReportInput) -> Row:
    """The actor of an id or a name, case and accents apart; of several the one in most articles.
    Raises `NewsledgerError`."""
    rows = _ask(
        given,
        """SELECT a.actor_id, a.canonical_name AS name, a.kind, a.country_code, a.party_role, a.article_count, a.claim_count, a.first_seen_at, a.last_seen_at,
            coalesce(list(n.alias), []) AS aliases
        FROM core.actors AS a LEFT JOIN core.actor_aliases AS n USING (actor_id)
        GROUP BY ALL ORDER BY a.article_count DESC, a.claim_count DESC, a.actor_id""",
    )
    wanted = _fold(given.about)
    if not wanted:
        raise NewsledgerError(
            f"which actor? Give --name, e.g. {few([row['name'] for row in rows], 3) or 'none is there'}"
        )
    for is_fit in (
        lambda row: row["actor_id"] == given.about or _fold(row["name"]) == wanted,
        lambda row: any(_fold(alias) == wanted for alias in row["aliases"]),
        lambda row: all(word in _fold(row["name"]).split() for word in wanted.split()),
    ):
        found = next((row for row in rows if is_fit(row)), None)
        if found is not None:
            return found
    raise NewsledgerError(
        f"no actor is named {given.about!r}: `newsledger query --name names_of` looks for names"
    )


def _fold(name: str) -> str:
    plain_letters = unicodedata.normalize("NFKD", name or "")
    return " ".join(
        "".join(x for x in plain_letters if not unicodedata.combining(x)).casefold().split()
    )


def _ask(given: ReportInput, sql: str) -> list[Row]:
    return given.con.sql(sql).pl().to_dicts()


def _facts(actor: Row, said: list[Row], about: list[Row]) -> Block:
    country = f", {actor['country_code']}" if actor["country_code"] else ""
    return Facts(
        [
            (
                name_of("actor", actor["kind"]).capitalize() + country,
                actor["party_role"] or "as the articles describe it",
            ),
            (
                f"{actor['article_count']:,}",
                "article names it" if actor["article_count"] == 1 else "articles name it",
            ),
            (f"{len(said):,}", "claim by it" if len(said) == 1 else "claims by it"),
            (f"{len(about):,}", "claim about it" if len(about) == 1 else "claims about it"),
            (
                readable_day(actor["first_seen_at"]),
                f"first seen; last {readable_day(actor['last_seen_at'])}",
            ),
        ]
    )


def _names(given: ReportInput) -> list[Block]:
    names = _ask(
        given,
        "SELECT alias, alias_type, article_count FROM core.actor_aliases WHERE actor_id = "
        "(SELECT actor_id FROM chosen_actor) ORDER BY article_count DESC, alias",
    )
    roles = _ask(
        given,
        """SELECT r.text AS role, count(DISTINCT r.article_id) AS articles, list(DISTINCT a.outlet_name ORDER BY a.outlet_name) AS outlets
        FROM core.actor_roles AS r JOIN told_articles AS a USING (article_id) WHERE r.actor_id = (SELECT actor_id FROM chosen_actor)
        GROUP BY r.text ORDER BY articles DESC, r.text""",
    )
    told = {row["role"].casefold().removeprefix("the ") for row in roles}
    names = [row for row in names if row["alias"].casefold().removeprefix("the ") not in told]
    entries = [
        Entry([plain(clip(row["alias"], 90)), plain("name"), plain(f"{row['article_count']:,}")])
        for row in names
    ]
    entries += [
        Entry(
            [
                plain(clip(row["role"], 90)),
                plain(f"role, says {few(row['outlets'], 3)}"),
                plain(f"{row['articles']:,}"),
            ]
        )
        for row in roles
    ]
    if not entries:
        return []
    title = f"{count(len(names), 'name')} and {count(len(roles), 'role')}"
    return [
        Heading(title),
        Table(
            [Column("As printed", 2), Column("What it is", 2), Column("Articles", 0, True)],
            entries,
            14,
            "name or role",
            "names and roles",
        ),
    ]


def _said(given: ReportInput, said: list[Row]) -> list[Block]:
    firsts = _firsts(said)
    if not firsts:
        return [Heading("It says nothing in this period")]
    entries = [
        Entry(
            [plain(tell_when(row, given.period)), quote(row, 260),
             plain(f"{count(row['article_count'], 'article')}, {count(row['text_count'], 'text')}"), cite(row, has_headline=False)],
            tags_of(row),
        )
        for row in firsts
    ]  # fmt: skip
    columns = [
        Column("Published", 0),
        Column("What it says", 3),
        Column("Carried by", 0.9),
        Column("First in", 1.1),
    ]
    return [
        Heading(
            f"It makes {count(len(firsts), 'claim')}, in the order of publication",
            "What is said in several articles is one row; so is what one sentence says.",
        ),
        Table(columns, entries, given.settings["max_rows"], "claim", "claims"),
    ]


def _firsts(rows: list[Row]) -> list[Row]:
    """The first of each group of claims, and of each sentence."""
    groups: dict[str, Row] = {}
    for row in rows:
        groups.setdefault(row["claim_group_id"] or row["claim_id"], row)
    sentences: dict[tuple[str, str], Row] = {}
    for row in groups.values():
        sentences.setdefault((say_who(row), row["sentence_text"]), row)
    return list(sentences.values())


def _links(given: ReportInput) -> list[tuple[str, str, str]]:
    return given.con.sql(
        """SELECT claim_id, other_claim_id, split_part(reason, ';', 1) FROM core.claim_links
        WHERE link_type IN ('contradicts', 'denies', 'updates') ORDER BY score DESC, claim_id, other_claim_id"""
    ).fetchall()


def _turns(given: ReportInput, said: list[Row]) -> list[Block]:
    """Pairs of its own claims that contradict each other: where it turns round."""
    entries = _pair_entries(given, said, said)
    if not entries:
        return [Heading("It does not contradict itself in what was read")]
    return [
        Heading(
            f"{count(len(entries), 'time')} it says otherwise than before",
            "The earlier sentence on the left. Marked: the words that differ.",
        ),
        Pairs(entries, 10),
    ]


def _replies(given: ReportInput, said: list[Row], about: list[Row]) -> list[Block]:
    """What others say beside what it answers."""
    told = "SELECT * FROM told_claims WHERE is_current AND is_in_period"
    others = _ask(given, told) if said else []
    known = {row["claim_id"] for row in said}
    entries = _pair_entries(given, [row for row in others if row["claim_id"] not in known], said)
    if not entries:
        return [Heading("No reply of it to what others say was found")]
    return [
        Heading(
            f"{count(len(entries), 'reply', 'replies')} to what others say",
            "Left: the others. Right: its own words. Marked: the words that differ.",
        ),
        Pairs(entries, 12),
    ]


def _pair_entries(given: ReportInput, left: list[Row], right: list[Row]) -> list[Entry]:
    one, two = ({row["claim_id"]: row for row in rows} for rows in (left, right))
    pairs: dict[tuple[str, str], Entry] = {}
    for first, second, reason in _links(given):
        for a, b in ((first, second), (second, first)):
            if a not in one or b not in two or (left is right and a > b):
                continue
            sides = [one[a], two[b]]
            if left is right:
                sides.sort(key=lambda row: (str(row["happened_at"]), row["claim_id"]))
            key = (str(sides[0]["claim_group_id"]), str(sides[1]["claim_group_id"]))
            cells = zip(quote_pair(sides[0], sides[1], reason), sides, strict=True)
            children = [Entry([words, say_who_runs(row), cite(row)]) for words, row in cells]
            pairs.setdefault(
                key,
                Entry([plain(name_of("differs_in", reason))], tags_of(sides[1]), children=children),
            )
    return list(pairs.values())


def _about(given: ReportInput, about: list[Row]) -> list[Block]:
    firsts = _firsts(about)
    if not firsts:
        return [Heading("Nobody is read as saying anything about it")]
    speakers = {say_who(row, 1) for row in firsts}
    entries = [
        Entry([say_who_runs(row), quote(row, 260), cite(row)], tags_of(row)) for row in firsts
    ]
    title = f"{count(len(firsts), 'claim')} about it, by {count(len(speakers), 'source')}"
    return [
        Heading(title),
        Table(
            [Column("Who", 1), Column("What is said", 2.4), Column("First in", 1.3)],
            entries,
            given.settings["max_rows"],
            "claim",
            "claims",
        ),
    ]


def _quoted(content: ReportContent, said: list[Row]) -> list[Block]:
    """Who quotes it, and how many articles of each outlet do."""
    outlets: dict[str, set[str]] = defaultdict(set)
    for row in said:
        outlets[row["outlet_name"]].add(row["article_id"])
    if not outlets:
        return []
    ranked = sorted(
        ((name, len(found)) for name, found in outlets.items()),
        key=lambda item: (-item[1], item[0]),
    )
    total = sum(number for _, number in ranked)
    title = f"{count(len(ranked), 'outlet quotes', 'outlets quote')} it, most often {clip(ranked[0][0], 40)} ({ranked[0][1]} of {count(total, 'article')})"
    shown = ranked[:MOST_BARS]
    cut = f"; {len(shown)} of {len(ranked)} outlets shown" if len(shown) < len(ranked) else ""
    figure = draw_counts(
        shown, title=title, subtitle=f"Articles with a claim by it{cut}", source=SOURCE_LINE
    )
    frame = pl.DataFrame([{"outlet": name, "articles": number} for name, number in ranked])
    content.charts.append(Chart("quoted", figure, frame, title))
    return [Heading("Who quotes it"), Pictures(["quoted"])]
