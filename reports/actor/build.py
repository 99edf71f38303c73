"""The dossier of an actor: names and roles, what it says over time and where it turns round, what
is said about it, and who quotes it."""

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
    Prose,
    ReportContent,
    Run,
    Table,
    plain,
)
from newsledger.render.charts import draw_counts
from newsledger.render.links import is_dispute, read_links
from newsledger.render.names import name_of
from newsledger.render.reading import (
    cite,
    cite_outlet,
    quote,
    quote_pair,
    say_who,
    say_who_runs,
    tags_of,
    tell_spread,
    tell_when,
)
from newsledger.render.report import ReportInput
from newsledger.render.words import clip, count, few, join, readable_day, start_upper

Row = dict[str, Any]
MOST_BARS = 18
MOST_NAMES = 12
LINKED = (
    "x.is_in_period AND y.is_in_period AND (x.claim_id IN (SELECT claim_id FROM own_claims) "
    "OR y.claim_id IN (SELECT claim_id FROM own_claims))"
)
"""Pairs of claims of which one is its own."""
ABOUT = """
SELECT t.* FROM told_claims AS t WHERE t.is_current AND t.is_in_period
    AND t.claim_id IN (SELECT claim_id FROM core.claim_actors
        WHERE actor_id = (SELECT actor_id FROM chosen_actor))
    AND coalesce(t.speaker_actor_id, '') <> (SELECT actor_id FROM chosen_actor)
    AND NOT t.is_clause
    AND CASE
        WHEN t.is_statement THEN t.main_sentence_id NOT IN (
            SELECT sentence_id FROM told_sentences JOIN own_claims USING (claim_id))
        ELSE t.claim_id NOT IN (
            SELECT c.parent_claim_id FROM core.claims AS c JOIN own_claims USING (claim_id)
            WHERE c.parent_claim_id IS NOT NULL)
    END
ORDER BY t.happened_at, t.claim_id
"""
"""Claims that name it: not those that tell what it says itself, nor what an outlet adds in its own
words to what a source says, which is often but the frame of that."""
SOURCE_LINE = "Claims as reported, not verified."


def build(given: ReportInput) -> ReportContent:
    """Build the dossier of the actor that is asked for."""
    actor = find_actor(given)
    given.con.execute(
        "CREATE OR REPLACE TEMP TABLE chosen_actor AS SELECT ? AS actor_id", [actor["actor_id"]]
    )
    said = _ask(
        given,
        """SELECT t.* FROM told_claims AS t
        WHERE t.is_current AND t.is_in_period AND NOT t.is_statement AND t.claim_id IN (
            SELECT claim_id FROM core.claim_sources
            WHERE hop = 0 AND actor_id = (SELECT actor_id FROM chosen_actor)
            UNION ALL SELECT claim_id FROM core.claims
            WHERE speaker_actor_id = (SELECT actor_id FROM chosen_actor))
        ORDER BY t.happened_at, t.claim_id""",
    )
    content = ReportContent(
        clip(actor["name"], 100), f"Actor dossier, {given.period}", slug=actor["name"]
    )
    given.con.execute("CREATE OR REPLACE TEMP TABLE own_claims (claim_id VARCHAR)")
    own = {row["claim_id"] for row in said}
    if own:
        given.con.execute("INSERT INTO own_claims SELECT unnest(?)", [sorted(own)])
    about = _ask(given, ABOUT)
    links = [link for link in read_links(given.con, LINKED) if is_dispute(link)]
    name = clip(actor["name"], 40)
    content.blocks += [
        _facts(actor, said, about),
        *_names(given, actor["name"]),
        *_said(given, name, said),
        *_turns(name, links, own),
        *_replies(name, links, own),
        *_about(given, name, about),
        *_quoted(content, name, said),
    ]
    content.summary = [block.text for block in content.blocks if isinstance(block, Heading)]
    return content


def find_actor(given: ReportInput) -> Row:
    """The actor of an id or a name, case and accents apart; of several the one in most articles.
    Raises `NewsledgerError`."""
    rows = _ask(
        given,
        """SELECT a.actor_id, a.canonical_name AS name, a.kind,
            coalesce(c.name, a.country_code) AS country, a.party_role,
            a.article_count, a.claim_count, a.first_seen_at, a.last_seen_at,
            coalesce(list(n.alias), []) AS aliases
        FROM core.actors AS a LEFT JOIN core.actor_aliases AS n USING (actor_id)
        LEFT JOIN (SELECT country_code, min(name) AS name FROM core.locations
            WHERE kind = 'country' GROUP BY ALL) AS c
            ON c.country_code = a.country_code
        GROUP BY ALL ORDER BY a.article_count DESC, a.claim_count DESC, a.actor_id""",
    )
    wanted = _fold(given.about)
    if not wanted:
        known = few([row["name"] for row in rows], 3) or "none is there"
        raise NewsledgerError(f"which actor? Give --name, e.g. {known}")
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
    country = f", {actor['country']}" if actor["country"] else ""
    return Facts(
        [
            (
                start_upper(name_of("actor", actor["kind"])) + country,
                actor["party_role"] or "as the articles describe it",
            ),
            (
                f"{actor['article_count']:,}",
                "article" if actor["article_count"] == 1 else "articles",
            ),
            (f"{len(said):,}", "claim made" if len(said) == 1 else "claims made"),
            (
                f"{len(about):,}",
                "claim about this actor" if len(about) == 1 else "claims about this actor",
            ),
            (
                readable_day(actor["first_seen_at"]),
                f"first seen; last {readable_day(actor['last_seen_at'])}",
            ),
        ]
    )


def _names(given: ReportInput, name: str) -> list[Block]:
    """Names and roles as printed, each with the articles that have it; nothing where there is but
    the name of the title."""
    names = _ask(
        given,
        "SELECT alias AS words, max(article_count) AS articles FROM core.actor_aliases "
        "WHERE actor_id = (SELECT actor_id FROM chosen_actor) GROUP BY alias "
        "ORDER BY articles DESC, alias",
    )
    roles = _ask(
        given,
        "SELECT r.text AS words, count(DISTINCT r.article_id) AS articles "
        "FROM core.actor_roles AS r JOIN told_articles AS a USING (article_id) "
        "WHERE r.actor_id = (SELECT actor_id FROM chosen_actor) "
        "GROUP BY r.text ORDER BY articles DESC, r.text",
    )
    told = {row["words"].casefold().removeprefix("the ") for row in roles}
    names = [row for row in names if row["words"].casefold().removeprefix("the ") not in told]
    if not roles and [row["words"] for row in names] in ([], [name]):
        return []
    text: list[Run] = []
    for noun, rows in (("Name", names), ("Role", roles)):
        if rows:
            label = noun if len(rows) == 1 else f"{noun}s"
            text += [Run(f"{' ' if text else ''}{label}: ", "strong"), Run(_count_words(rows))]
    parts = [count(len(names), "name"), count(len(roles), "role")]
    title = join([part for part in parts if part[:2] != "0 "])
    return [Heading(title, "As printed; in brackets the articles."), Prose(tuple(text))]


def _count_words(rows: list[Row]) -> str:
    shown = [f"{clip(row['words'], 90)} ({row['articles']:,})" for row in rows[:MOST_NAMES]]
    left = len(rows) - len(shown)
    return ", ".join(shown) + (f" and {count(left, 'other')}." if left else ".")


def _said(given: ReportInput, name: str, said: list[Row]) -> list[Block]:
    firsts = _firsts(said)
    if not firsts:
        return [Heading(f"{name} says nothing in this period", level=3)]
    entries = [
        Entry(
            [plain(tell_when(row, given.period)), quote(row, 260), plain(tell_spread(row)),
             cite_outlet(row)],
            tags_of(row),
        )
        for row in firsts
    ]  # fmt: skip
    columns = [
        Column("Published", 0),
        Column("What is said", 3),
        Column("Carried by", 0.9),
        Column("First in", 0.9),
    ]
    return [
        Heading(
            f"{name} makes {count(len(firsts), 'different claim')}, in the order of publication",
            "What is said in several articles is one row; so is what one sentence says. Texts: "
            "copies of one text count once.",
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


def _turns(name: str, links: list[Row], own: set[str]) -> list[Block]:
    """Pairs of its own claims that contradict each other: where it turns round."""
    pairs = [link for link in links if {link["one"], link["other"]} <= own]
    if not pairs:
        return [Heading(f"No two claims of {name} contradict each other in what was read", level=3)]
    title = f"{name} says otherwise than before {count(len(pairs), 'time')}"
    note = "The earlier sentence on the left. Marked: the words that differ."
    return [Heading(title, note), Pairs([_pair(link) for link in pairs], 10)]


def _replies(name: str, links: list[Row], own: set[str]) -> list[Block]:
    """What others say beside what it says against that."""
    pairs = [link for link in links if len({link["one"], link["other"]} & own) == 1]
    if not pairs:
        return [Heading(f"No reply of {name} to what others say was found", level=3)]
    title = f"{name} and others against each other: {count(len(pairs), 'pair')} of claims"
    note = (
        "The earlier sentence on the left. Marked: the words that differ, where single words "
        "show it."
    )
    return [Heading(title, note, begins_part=True), Pairs([_pair(link) for link in pairs], 12)]


def _pair(link: Row) -> Entry:
    sides = (link["old"], link["new"])
    cells = zip(quote_pair(link), sides, strict=True)
    children = [Entry([words, say_who_runs(row), cite(row)]) for words, row in cells]
    label = start_upper(name_of("differs_in", link["differs_in"]))
    return Entry([plain(label)], tags_of(link["new"]), children=children)


def _about(given: ReportInput, name: str, about: list[Row]) -> list[Block]:
    """What sources say about it, then what outlets tell in their own words beside its own."""
    firsts = _firsts(about)
    firsts.sort(key=lambda row: (row["is_statement"], -row["article_count"]))
    if not firsts:
        return [Heading(f"Nobody is read as saying anything about {name}", level=3)]
    speakers = {say_who(row, 1) for row in firsts if not row["is_statement"]}
    sourced = sum(not row["is_statement"] for row in firsts)
    entries = [
        Entry([say_who_runs(row), quote(row, 260), cite(row)], tags_of(row)) for row in firsts
    ]
    sources = "one source" if len(speakers) == 1 else f"{len(speakers)} sources"
    by = f", {sourced} of them by {sources}" if sourced else ""
    title = f"{count(len(firsts), 'different claim')} about {name}{by}"
    note = "What sources say comes first, then what outlets tell in their own words."
    columns = [Column("Who", 1), Column("What is said", 2.4), Column("First in", 1.3)]
    return [
        Heading(title, note, begins_part=True),
        Table(columns, entries, given.settings["max_rows"], "claim", "claims"),
    ]


def _quoted(content: ReportContent, name: str, said: list[Row]) -> list[Block]:
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
    outlets_quote = count(len(ranked), "outlet quotes", "outlets quote")
    title = f"{outlets_quote} {name} in {count(total, 'article')}"
    if len(ranked) > 1 and ranked[0][1] > ranked[1][1]:
        title += f", most often {clip(ranked[0][0], 40)} ({ranked[0][1]})"
    if ranked[0][1] == 1:
        one_each = "One each: " if len(ranked) > 1 else ""
        return [Heading(title, one_each + few([outlet for outlet, _ in ranked], MOST_BARS) + ".")]
    shown = ranked[:MOST_BARS]
    cut = f"; {len(shown)} of {len(ranked)} outlets shown" if len(shown) < len(ranked) else ""
    figure = draw_counts(
        shown, title=title, subtitle=f"Articles with a claim by this actor{cut}", source=SOURCE_LINE
    )
    frame = pl.DataFrame([{"outlet": name, "articles": number} for name, number in ranked])
    content.charts.append(Chart("quoted", figure, frame, title))
    return [Heading(f"Who quotes {name}"), Pictures(["quoted"])]
