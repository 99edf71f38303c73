"""Corrections by people: keyed on content, applied, logged, reported where they match nothing."""

import pytest

from newsledger.errors import SettingsError
from newsledger.ledger.claims.links import link_claims
from newsledger.ledger.overrides import apply_claim_overrides, apply_story_overrides, load_overrides
from tests.ledger.test_claimlinks import make_claims, say

CLAIMS = "text,other_text,who,decided_on,why\n"
ALIASES = "name,country_code,other_name,other_country_code,who,decided_on,why\n"
KINDS = "name,country_code,kind,who,decided_on,why\n"
STORIES = "outlet_name,headline,other_outlet_name,other_headline,decision,who,decided_on,why\n"


def write(folder, name: str, text: str):
    (folder / name).write_text(text, "utf-8")
    return load_overrides(folder)


def test_same_claim_joins(tmp_path):
    overrides = write(
        tmp_path,
        "same_claim.csv",
        CLAIMS + "The boat went down,a ferry sank off Larne,Ana,2026-03-02,same boat\n",
    )
    claims = make_claims(say("the boat went down"), say("A ferry sank, off Larne"))
    links, _, log = apply_claim_overrides(overrides, claims, link_claims(claims))
    assert [(link.link_type, link.reason) for link in links] == [("same", "same_claim.csv line 2")]
    assert [entry.matched_count for entry in log] == [1]


def test_not_same_claim_takes_apart(tmp_path):
    overrides = write(
        tmp_path,
        "not_same_claim.csv",
        CLAIMS + "a ferry sank off Larne,the ferry sank off Larne,Ana,,two ferries\n",
    )
    claims = make_claims(say("the ferry sank off Larne"), say("a ferry sank off Larne"))
    links, apart, _ = apply_claim_overrides(overrides, claims, link_claims(claims))
    assert (links, apart) == ([], {("c0", "c1")})


def test_orphan_is_logged(tmp_path):
    overrides = write(tmp_path, "same_claim.csv", CLAIMS + "nobody said this,nor that,Ana,,gone\n")
    *_, log = apply_claim_overrides(overrides, make_claims(say("the ferry sank off Larne")), [])
    assert [entry.matched_count for entry in log] == [0]


@pytest.mark.parametrize(
    ("decision", "expected"),
    [("same", {"x": "t", "y": "t", "z": "t"}), ("apart", {"y": "t", "z": "s"})],
)
def test_story_is_corrected(tmp_path, decision, expected):
    overrides = write(
        tmp_path,
        "story.csv",
        STORIES + f"One,Ferry sinks,Two,Ferry lost,{decision},Ana,2026-03-02,why\n",
    )
    titles = {"x": ("One", "Ferry sinks"), "y": ("Two", "Ferry lost"), "z": ("Three", "Ferries")}
    stories, log = apply_story_overrides(overrides, {"x": "s", "y": "t", "z": "s"}, titles)
    assert {article: stories[article] for article in expected} == expected
    assert stories["x"] not in {"s"}
    assert log[0].matched_count > 0


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("same_claim.csv", "left,right\n", "columns: no text, other_text"),
        ("same_claim.csv", CLAIMS + "one,,Ana,,\n", "line 2: other_text is empty"),
        ("same_claim.csv", CLAIMS + "one,two,Ana,March,\n", "line 2: decided_on"),
        ("story.csv", STORIES + "One,A,Two,B,maybe,Ana,,\n", "line 2: decision is 'maybe'"),
        (
            "actor_aliases.csv",
            ALIASES.replace("country_code", "country", 1) + "A,,B,,Ana,,\n",
            "columns: no country_code; unknown 'country'",
        ),
        ("not_same.csv", ALIASES + "A,Britain,B,,Ana,,\n", "line 2: country_code is 'Britain'"),
        ("actor_kinds.csv", KINDS + "A,,watchdog,Ana,,\n", "line 2: kind is 'watchdog'"),
        ("actor_kinds.csv", KINDS + "A,,media\n", "line 2: 3 values, expected 6"),
        (
            "actor_kinds.csv",
            KINDS + "\nA,,media,Ana,,why, indeed\n",
            "line 3: 7 values, expected 6",
        ),
        ("actor_kinds.csv", KINDS + '"A,,media,Ana,,why\n', "line 2: unexpected end"),
    ],
)
def test_wrong_file_is_named(tmp_path, name, text, message):
    with pytest.raises(SettingsError, match=message):
        write(tmp_path, name, text)


def test_a_file_that_is_not_utf_8_is_named(tmp_path):
    (tmp_path / "actor_kinds.csv").write_bytes(
        (KINDS + "Kärnten Radio,,media,Ana,,\n").encode("latin-1")
    )
    with pytest.raises(SettingsError, match=r"actor_kinds\.csv: is not UTF-8"):
        load_overrides(tmp_path)


def test_a_file_saved_by_a_spreadsheet_is_read(tmp_path):
    text = (
        "\ufeff"
        + ALIASES.replace(",", ";")
        + "Ada Brandt; DE;Ada Brandtová;;Ana;2026-03-02;married, she says\r\n\r\n"
    )
    (override,) = write(tmp_path, "actor_aliases.csv", text.replace("\n", "\r\n"))
    assert (override.values["name"], override.values["country_code"], override.values["why"]) == (
        "Ada Brandt",
        "DE",
        "married, she says",
    )


@pytest.mark.parametrize(
    ("parted", "is_wrong"),
    [("Ada,,Cyd,", True), ("cyd,,the Ada,", True), ("Ada,,Dan,", False), ("Ada,FR,Cyd,", False)],
)
def test_lines_that_contradict_each_other_are_named(tmp_path, parted, is_wrong):
    write(tmp_path, "actor_aliases.csv", ALIASES + "Ada,,Bea,,Ana,,\nCyd,,Bea,,Ana,,\n")
    if is_wrong:
        with pytest.raises(
            SettingsError, match=r"not_same\.csv line 2: .* are one actor in actor_aliases\.csv"
        ):
            write(tmp_path, "not_same.csv", ALIASES + f"{parted},Bo,,\n")
    else:
        assert len(write(tmp_path, "not_same.csv", ALIASES + f"{parted},Bo,,\n")) == 3


def test_no_folder_is_no_correction(tmp_path):
    assert load_overrides(tmp_path / "none") == []
