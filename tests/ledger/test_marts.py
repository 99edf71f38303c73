"""Views across articles on the sample feed."""

from tests.ledger.sample import read_truth


def test_every_claim_is_audited_once(sample_ledger):
    audited = sample_ledger.execute(
        "SELECT sum(claim_count)::INT, sum(article_count)::INT FROM mart.sourcing_audit"
    ).fetchall()
    counted = sample_ledger.execute(
        "SELECT count(*), count(DISTINCT article_id) FROM core.claims JOIN core.articles USING (article_id) "
        "WHERE is_current AND cue_class NOT IN ('declined', 'credit')"
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
        "SELECT c.is_statement, c.source_type, c.is_named, c.cue_stance FROM core.claims AS c JOIN core.articles AS a USING (article_id) "
        "WHERE a.is_current AND c.cue_class NOT IN ('declined', 'credit') AND a.outlet_name = ? AND a.story_id = ? AND a.published_at::DATE = ?",
        [row["outlet_name"], row["story_id"], row["published_date"]],
    ).fetchall()
    assert row["claim_count"] == len(claims)
    assert row["unattributed_count"] == sum(
        statement or kind == "unattributed" for statement, kind, *_ in claims
    )
    assert row["loaded_cue_count"] == sum(
        stance != "neutral" and not statement for statement, _, _, stance in claims
    )


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
        "SELECT low, high, conservative_speaker, speaker_count FROM mart.figure_groups WHERE is_disputed ORDER BY ALL"
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
