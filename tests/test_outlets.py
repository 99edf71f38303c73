"""Outlets and agencies: look-ups, and that a wrong row is told."""

from pathlib import Path

import pytest

from newsledger.errors import SettingsError
from newsledger.ledger.copies.outlet_names import choose_names
from newsledger.ledger.copies.outlets_to_review import UnknownOutlet, group_unknown
from newsledger.lexicon.outlets import (
    find_agency,
    find_outlet,
    find_outlet_in,
    fold_outlet,
    load_outlets,
    read_outlets,
)

HEADER = "domain,outlet_name,aliases,country_code,home_place,kind,agency_names,source\n"


@pytest.mark.parametrize(
    ("key", "expected"),
    [("www.bbc.co.uk", "BBC News"), ("edition.cnn.com", "CNN"), ("the independent", "The Independent"),
     ("New York Times", "The New York Times"),
     ("co.uk", None), ("example.org", None), ("", None), (None, None), ("..", None)],
)  # fmt: skip
def test_find_outlet(key: str | None, expected: str | None):
    found = find_outlet(key)
    assert (found.outlet_name if found else None) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Associated Press writer Ana Silva in Lisbon contributed to this report.",
            "Associated Press",
        ),
        ("LISBON (AFP) —", "Agence France-Presse"),
        ("By PA Media Reporter", "PA Media"),
        ("Copyright 2024 The Canadian Press", "The Canadian Press"),
        ("SANAA, Yemen", None),
        ("Sana Malik", None),
        ("MAPS and APPS", None),
        ("", None),
    ],
)
def test_find_agency(text: str, expected: str | None):
    assert find_agency(text) == expected


def test_find_outlet_in_takes_the_most_frequent():
    found = find_outlet_in(
        "Follow The Guardian\nThe Guardian view\nas The New York Times wrote, Reuters "
        "Reuters Reuters"
    )
    assert found is not None
    assert found.outlet_name == "The Guardian"
    assert find_outlet_in("") is None


def test_seed_is_read_and_has_the_world():
    outlets = load_outlets()
    assert len(outlets) >= 150
    assert len({outlet.country_code for outlet in outlets}) >= 50
    assert {"state", "public", "commercial", "wire", "nonprofit"} <= {
        outlet.kind for outlet in outlets
    }


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ("a.org,A,,US,X,daily,,\n", "line 2: kind 'daily': expected one of"),
        ("a.org,,,US,X,wire,,\n", "line 2: expected a name in outlet_name"),
        ("www.a.org,A,,US,X,wire,,\n", "line 2: domain 'www.a.org'"),
        ("a.org,A,,usa,X,wire,,\n", "line 2: country_code 'usa'"),
        ("a.org,A,,US,X\n", "line 2: expected 8 columns"),
        ("a.org,A,Bee,US,X,wire,,\nb.org,B,bee,US,X,wire,,\n", "'bee' is given to both A and B"),
        ("a.org,A,,US,X,wire,,\na.org,A,,US,X,wire,,\n", "the domain a.org stands in two rows"),
    ],
)
def test_wrong_rows_are_told(tmp_path: Path, rows: str, message: str):
    (tmp_path / "outlets.csv").write_text(HEADER + rows)
    with pytest.raises(SettingsError, match=r"outlets\.csv") as error:
        read_outlets(tmp_path / "outlets.csv")
    assert message in str(error.value)


def test_every_mistake_is_told_on_a_line_of_its_own(tmp_path: Path):
    (tmp_path / "outlets.csv").write_text(
        HEADER + "a.org,A,,usa,X,wire,,\nb.org,B,,US,X,agency,,\nc.org,C,,US,X,wire,,\n"
    )
    with pytest.raises(SettingsError) as error:
        read_outlets(tmp_path / "outlets.csv")
    assert [line.partition(": ")[0][-6:] for line in str(error.value).split("\n")] == [
        "line 2",
        "line 3",
    ]


def test_wrong_header_and_missing_file(tmp_path: Path):
    (tmp_path / "outlets.csv").write_text("a,b\n")
    with pytest.raises(SettingsError, match="columns are a, b, expected domain"):
        read_outlets(tmp_path / "outlets.csv")
    with pytest.raises(SettingsError, match="No such file"):
        read_outlets(tmp_path / "none.csv")


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("IndieWire", "indiewire"),
        ("www.indiewire.com", "indiewire"),
        ("The Indie Wire", "indiewire"),
        ("pierpost.co.uk", "pierpost"),
        ("pierpost.example", "pierpost"),
    ],
)
def test_name_and_domain_of_an_outlet_are_one(name, key):
    assert fold_outlet(name) == key


def test_unknown_outlets_are_grouped_by_name_and_domain():
    rows = [
        ("Pier Post", "pierpost.example", 2),
        ("www.pierpost.example", None, 3),
        ("Reuters", None, 9),
        (None, "quay.example", 1),
    ]
    assert group_unknown(rows) == [
        UnknownOutlet("Pier Post", "pierpost.example", (), 5),
        UnknownOutlet("quay.example", "quay.example", (), 1),
    ]


@pytest.mark.parametrize(
    ("pairs", "chosen"),
    [
        (
            [("PierWire", None), ("pierwire.example", "pierwire.example"), (None, "pierwire.example")],
            "PierWire",
        ),
        ([("Pier Wire", "pierwire.example"), ("PIERWIRE", "pierwire.example")], "Pier Wire"),
        ([(None, "pierwire.example")], "pierwire.example"),
    ],
)  # fmt: skip
def test_articles_of_one_outlet_bear_one_name(pairs, chosen):
    for order in (pairs, pairs[::-1]):
        names = choose_names(order)
        assert {names.get(pair, pair[0]) for pair in pairs} == {chosen}


def test_what_may_be_another_outlet_keeps_its_name():
    pairs = [("The Herald", None), ("herald.example", "herald.example")]
    two = [("Pier Wire", None), (None, "pierwire.example"), (None, "pierwire.invalid")]
    assert ("The Herald", None) not in choose_names(pairs)
    assert ("Pier Wire", None) not in choose_names(two)
    assert not choose_names([("The Guardian", None), (None, "guardian.example")]).keys() - {
        (None, "guardian.example")
    }
    assert choose_names([("BBC", "bbc.co.uk"), (None, "bbc.co.uk")]) == {}
    address = ("https://www.pierwire.example", "pierwire.example")
    assert choose_names([address]) == {address: "pierwire.example"}
