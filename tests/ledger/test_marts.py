"""Views across articles on the sample feed."""

from itertools import pairwise

import pytest

from newsledger.model.tables import list_macros, list_tables
from tests.ledger.sample import read_truth

LOADED = set(
    """accuse acknowledge admit allege assert boast brag claim concede confess contend deny insist maintain
    profess""".split()
)  # verbs that hint at doubt or guilt


def test_every_claim_is_audited_once(sample_ledger):
    audited = sample_ledger.execute(
        "SELECT sum(claim_count)::INT, sum(article_count)::INT FROM mart.sourcing_audit"
    ).fetchall()
    counted = sample_ledger.execute(
        "SELECT count(*), count(DISTINCT article_id) FROM core.claims JOIN core.articles "
        "USING (article_id) "
        "WHERE is_current AND cue_class NOT IN ('declined', 'credit') AND construction <> "
        "'narration'"
    ).fetchall()
    assert audited == counted


def test_audit_counts_by_hand(sample_ledger):
    """The audit of one outlet and story, counted again from the claims."""
    columns = (
        "outlet_name",
        "story_id",
        "published_date",
        "claim_count",
        "unattributed_count",
        "loaded_cue_count",
    )
    rows = sample_ledger.execute(
        f"SELECT {', '.join(columns)} FROM mart.sourcing_audit ORDER BY claim_count DESC, outlet_name"
    ).fetchall()
    row = dict(zip(columns, rows[0], strict=True))
    claims = sample_ledger.execute(
        "SELECT c.is_statement, c.source_type, c.cue_lemma FROM core.claims AS c JOIN "
        "core.articles AS a USING (article_id) "
        "WHERE a.is_current AND c.cue_class NOT IN ('declined', 'credit') AND c.construction "
        "<> 'narration' "
        "AND a.outlet_name = ? AND a.story_id = ? AND a.published_at::DATE = ?",
        [row["outlet_name"], row["story_id"], row["published_date"]],
    ).fetchall()
    assert row["claim_count"] == len(claims)
    assert row["unattributed_count"] == sum(
        statement or kind == "unattributed" for statement, kind, _ in claims
    )
    assert row["loaded_cue_count"] == sum(lemma in LOADED for _, _, lemma in claims)


def test_both_sides_and_withdrawn_are_listed(sample_ledger):
    wanted = {(truth["grade"], truth["is_withdrawn"]) for truth in read_truth()["corroboration"]}
    found = set(
        sample_ledger.execute(
            "SELECT DISTINCT grade, is_withdrawn FROM mart.claim_groups"
        ).fetchall()
    )
    assert wanted <= found


def test_disputed_figures_have_a_range_and_speakers(sample_ledger):
    rows = sample_ledger.execute(
        "SELECT low, high, conservative_speaker, speaker_count FROM mart.figure_groups WHERE "
        "is_disputed ORDER BY ALL"
    ).fetchall()
    assert rows
    assert all(low < high and speaker and count >= 1 for low, high, speaker, count in rows)


def test_headlines_repeat_claims(sample_ledger):
    parts = dict(
        sample_ledger.execute(
            "SELECT part, count(DISTINCT article_id) FROM core.claim_repeats GROUP BY part"
        ).fetchall()
    )
    assert parts["headline"] >= 10


def test_nothing_vanishes(sample_ledger):
    """Every claim of a current article is in exactly one view, photo credits aside, and each of its
    speakers has a row."""
    found = sample_ledger.execute(
        "SELECT claim_id FROM mart.claims UNION ALL SELECT claim_id FROM mart.own_voice "
        "UNION ALL SELECT claim_id FROM mart.declined "
        "ORDER BY ALL"
    ).fetchall()
    all_claims = sample_ledger.execute(
        "SELECT claim_id FROM core.claims JOIN core.articles USING (article_id) WHERE "
        "is_current AND cue_class <> 'credit' ORDER BY ALL"
    ).fetchall()
    assert found == all_claims
    speakers = sample_ledger.execute(
        "SELECT claim_id, chain FROM core.claim_sources WHERE hop = 0 AND claim_id IN "
        "(SELECT claim_id FROM mart.claims) ORDER BY ALL"
    ).fetchall()
    rows = sample_ledger.execute("SELECT claim_id, chain FROM mart.statements ORDER BY ALL")
    assert rows.fetchall() == speakers


def test_nobody_is_no_name(sample_ledger):
    rows = sample_ledger.execute(
        "SELECT count(*) FROM mart.statements WHERE (naming = 'nobody') <> (speaker_name IS NULL)"
    ).fetchall()
    assert rows == [(0,)]


def test_actors_have_a_proper_name(sample_ledger):
    names = {name for (name,) in sample_ledger.execute("SELECT name FROM actors").fetchall()}
    assert names
    assert not [name for name in names if name == name.lower()]


@pytest.mark.parametrize("name", [table.name for table in list_tables() if table.layer == "mart"])
def test_bare_name_is_the_view(sample_ledger, name):
    counts = sample_ledger.execute(
        f"SELECT (SELECT count(*) FROM {name}), (SELECT count(*) FROM mart.{name})"
    ).fetchall()
    assert counts[0][0] == counts[0][1]
    bare = sample_ledger.execute(
        "SELECT column_name, comment FROM duckdb_columns() WHERE schema_name = 'main' AND "
        "table_name = ? ORDER BY column_index",
        [name],
    ).fetchall()
    assert bare
    assert all(comment for _, comment in bare)


@pytest.mark.parametrize("macro", list_macros(), ids=lambda macro: macro.name)
def test_example_of_a_macro_runs(sample_ledger, macro):
    sample_ledger.execute(macro.example).fetchall()


def test_search_finds_every_word_and_ranks(sample_ledger):
    text, outlet = sample_ledger.execute(
        "SELECT content_text, outlet_name FROM claims WHERE len(content_text) BETWEEN 40 AND "
        "90 ORDER BY claim_id LIMIT 1"
    ).fetchall()[0]
    found = sample_ledger.execute(
        "SELECT score, text, outlet_name FROM search(?)", [text]
    ).fetchall()
    assert (text, outlet) in [(row[1], row[2]) for row in found]
    assert [row[0] for row in found] == sorted((row[0] for row in found), reverse=True)
    assert sample_ledger.execute("FROM search('qwertzuiop')").fetchall() == []


def test_search_knows_what_the_views_show(sample_ledger):
    shown = sample_ledger.execute(
        "SELECT claim_id, md5(concat_ws(' ', speakers, content_text)) FROM claims UNION ALL "
        "SELECT article_id, md5(concat_ws(' ', headline, standfirst, body)) FROM articles"
    ).fetchall()
    kept = sample_ledger.execute("SELECT item_id, text_digest FROM core.search_items").fetchall()
    assert sorted(kept) == sorted(shown)


def test_said_goes_by_any_name(sample_ledger):
    alias, actor_id = sample_ledger.execute(
        "SELECT alias, actor_id FROM core.actor_aliases WHERE alias_type = 'surname' "
        "AND actor_id IN (SELECT speaker_actor_id FROM statements) ORDER BY alias LIMIT 1"
    ).fetchall()[0]
    found = sample_ledger.execute("SELECT speaker_actor_id FROM said(upper(?))", [alias]).fetchall()
    assert (actor_id,) in found


def test_about_a_country_takes_in_its_places(sample_ledger):
    place, country = sample_ledger.execute(
        "SELECT l.name, c.name FROM core.claim_locations JOIN core.locations AS l USING "
        "(location_id) "
        "JOIN core.locations AS c ON c.kind = 'country' AND c.country_code = l.country_code "
        "WHERE l.kind = 'point' ORDER BY ALL LIMIT 1"
    ).fetchall()[0]
    near = set(sample_ledger.execute("SELECT claim_id FROM about(?)", [place]).fetchall())
    wide = set(sample_ledger.execute("SELECT claim_id FROM about(?)", [country]).fetchall())
    assert near
    assert near <= wide


def test_a_toll_is_a_series_in_time(sample_ledger):
    rows = sample_ledger.execute(
        "SELECT figure_group_id, step_no, published_at, low, highest_before FROM mart.tolls "
        "WHERE published_at IS NOT NULL ORDER BY figure_group_id, step_no"
    ).fetchall()
    assert any(step > 1 for _, step, *_ in rows)
    for (series, step, at, low, _), (next_series, next_step, next_at, _, before) in pairwise(rows):
        if next_series == series:
            assert (next_step, at <= next_at) == (step + 1, True)
            assert before >= low
