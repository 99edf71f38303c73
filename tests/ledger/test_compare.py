"""Claim groups, contradictions, counts and figures of the sample feed, against its known truth."""

import re

import pytest

from tests.ledger.sample import list_groups, read_truth


def fold(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))


@pytest.fixture(scope="module")
def claims(sample_ledger):
    """Ledger claims by file: id, group, folded content, folded speaker."""
    rows = sample_ledger.execute(
        "SELECT parse_filename(source_uri), claim_id, claim_group_id, content_text, "
        "speaker_name, polarity "
        "FROM core.claims JOIN core.articles USING (article_id) JOIN raw.documents USING "
        "(document_id) ORDER BY claim_id"
    ).fetchall()
    found = {}
    for file, claim_id, group_id, content, speaker, polarity in rows:
        found.setdefault(file, []).append(
            (claim_id, group_id, fold(content), fold(speaker or ""), polarity)
        )
    return found


def find_group(claims, file: str, claim: dict) -> str | None:
    candidates = [row for row in claims[file] if fold(claim["content"]) in row[2]]
    of_speaker = [row for row in candidates if fold(claim["speaker"]).split()[-1] in row[3]]
    best = sorted(of_speaker or candidates, key=lambda row: len(row[2]))
    return best[0][1] if best else None


@pytest.fixture(scope="module")
def groups(claims):
    """Ids of claim groups that the claims of each group of the truth are in."""
    found: dict[str, set[str]] = {}
    missing = set()
    for article in read_truth()["articles"]:
        for claim in article["claims"]:
            if "group" not in claim:
                continue
            group_id = find_group(claims, article["file"], claim)
            if group_id is None:
                missing.add((claim["group"], article["file"]))
            else:
                found.setdefault(claim["group"], set()).add(group_id)
    assert missing == set()
    return found


def test_copies_of_the_run(sample_ledger):
    rows = (
        sample_ledger.cursor()
        .sql(
            "SELECT copy_group_id, parse_filename(source_uri) AS article_id FROM core.articles "
            "JOIN raw.documents USING (document_id) "
            "WHERE copy_group_id IS NOT NULL"
        )
        .pl()
    )
    assert list_groups(rows, "copy_group_id") == sorted(
        sorted(group) for group in read_truth()["copy_groups"].values()
    )


def test_stories_of_the_run(sample_ledger):
    rows = (
        sample_ledger.cursor()
        .sql(
            "SELECT story_id, parse_filename(source_uri) AS article_id FROM core.articles JOIN "
            "raw.documents USING (document_id)"
        )
        .pl()
    )
    assert list_groups(rows, "story_id") == sorted(
        sorted(group) for group in read_truth()["stories"].values()
    )


def test_claims_that_say_the_same_are_one_group(groups):
    assert {name: len(ids) for name, ids in groups.items() if len(ids) > 1} == {}


def test_claims_that_differ_are_in_different_groups(groups):
    names: dict[str, list[str]] = {}
    for name, ids in groups.items():
        for group_id in ids:
            names.setdefault(group_id, []).append(name)
    assert [found for found in names.values() if len(found) > 1] == []


def test_contradictions_and_denials_are_exact(sample_ledger, groups):
    name_of = {group_id: name for name, ids in groups.items() for group_id in ids}
    rows = sample_ledger.execute(
        "SELECT DISTINCT a.claim_group_id, b.claim_group_id, link_type, split_part(reason, "
        "';', 1) FROM core.claim_links AS l "
        "JOIN core.claims AS a USING (claim_id) JOIN core.claims AS b ON b.claim_id = "
        "l.other_claim_id WHERE link_type <> 'same'"
    ).fetchall()
    found = {
        (*sorted((name_of.get(left, left), name_of.get(right, right))), link_type, kind)
        for left, right, link_type, kind in rows
    }
    differing = {row for row in found if row[2] == "contradicts"}
    assert differing == {
        (*sorted((pair["a"], pair["b"])), pair["link"], pair["kind"])
        for pair in read_truth()["contradictions"]
        if pair["link"] == "contradicts"
    }
    assert {row[:3] for row in found - differing} == {
        (*sorted((pair["a"], pair["b"])), pair["link"])
        for pair in read_truth()["contradictions"]
        if pair["link"] != "contradicts"
    }


@pytest.mark.parametrize("truth", read_truth()["corroboration"], ids=lambda truth: truth["group"])
def test_counts_and_grade(sample_ledger, groups, truth):
    (group_id,) = groups[truth["group"]]
    row = sample_ledger.execute(
        "SELECT article_count, independent_text_count, independent_origin_count, grade, "
        "is_withdrawn FROM core.claim_groups "
        "WHERE claim_group_id = ?",
        [group_id],
    ).fetchone()
    wanted = ("articles", "independent_texts", "independent_origins", "grade", "is_withdrawn")
    assert dict(zip(wanted, row, strict=True)) == {key: truth[key] for key in wanted}


@pytest.mark.parametrize(
    "pair", read_truth()["not_comparable"], ids=lambda pair: f"{pair['a']}-{pair['b']}"
)
def test_figures_of_different_things_are_not_linked(sample_ledger, groups, pair):
    rows = sample_ledger.execute(
        "SELECT l.reason FROM core.figure_links AS l JOIN "
        "core.claim_quantities AS p USING (quantity_id) "
        "JOIN core.claim_quantities AS q ON q.quantity_id = l.other_quantity_id JOIN "
        "core.claims AS a ON a.claim_id = p.claim_id "
        "JOIN core.claims AS b ON b.claim_id = q.claim_id WHERE (a.claim_group_id, "
        "b.claim_group_id) IN ((?, ?), (?, ?))",
        [
            *(
                group
                for names in ((pair["a"], pair["b"]), (pair["b"], pair["a"]))
                for name in names
                for group in groups[name]
            )
        ],
    ).fetchall()
    assert rows == []


def test_second_comparison_changes_nothing(data_dir):
    from newsledger import paths
    from newsledger.ledger.compare import compare_articles
    from newsledger.run.plan import RunOptions
    from newsledger.run.runner import run_all
    from newsledger.store.database import open_work, transaction

    run_all(
        RunOptions(
            sources=tuple(
                str(paths.SEEDS / "sample" / name)
                for name in ("01_albion.txt", "05_borderlands.txt")
            ),
            report=None,
        )
    )
    with open_work() as con, transaction(con):
        assert set(compare_articles(con, "run_test").values()) == {0}
