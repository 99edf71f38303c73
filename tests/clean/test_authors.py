"""Whose names count as authors, where byline, linked data, meta tags, links and feed disagree."""

import pytest

from newsledger.clean.authors import Said, choose_authors, clean_names, kind_of, turn_cited

SITES = frozenset({"the pier post"})


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Ana Silva", "person"),
        ("Seán O'Murchadha", "person"),
        ("Luis Ortega Jr.", "person"),
        ("Emily Post", "person"),
        ("Bill Press", "organisation"),
        ("The Pier Post", "organisation"),
        ("Norland Broadcasting Corporation", "organisation"),
        ("Reuters", "organisation"),
        ("PTI", "organisation"),
        ("Web Desk", "account"),
        ("Pier Herald Digital Team", "account"),
        ("Our Staff Reporter", "account"),
        ("Monitoring Report", "account"),
        ("Editorial Board", "organisation"),
        ("jon-roe", "account"),
        ("Pier Herald", "organisation"),
        ("Watermark feed", "account"),
        ("post_import2", "account"),
        ("hc-admin", "account"),
        ("jsmith", "account"),
        ("Episode Description", "nobody"),
        ("Image: Kim Doe", "nobody"),
    ],
)
def test_kind_of_name(name, kind):
    assert kind_of(name, SITES) == kind


LINKED = "linked data"


@pytest.mark.parametrize(
    ("printed", "said", "names", "reason"),
    [
        (["Ana Silva"], ["Watermark feed"], ("Ana Silva",), "no person"),
        (["Ana Silva", "Jon Roe"], ["The Pier Post"], ("Ana Silva", "Jon Roe"), "no person"),
        (["Ana Silva"], ["Ana Silva", "Jon Roe"], ("Ana Silva", "Jon Roe"), "and printed"),
        (["Ana Silva", "Jon Roe"], ["Ana Silva"], ("Ana Silva", "Jon Roe"), "more than"),
        (["Ana Silva"], ["Kim Doe"], ("Ana Silva",), "unseen"),
        (["Ana Silva"], ["Tove Olsen"], ("Tove Olsen",), "byline names Ana Silva"),
        ([], ["Ana Silva", "Associated Press"], ("Ana Silva", "Associated Press"), LINKED),
        (["Reuters"], ["The Pier Post"], ("Reuters",), "an organisation"),
        ([], ["The Pier Post"], ("The Pier Post",), "an organisation"),
        ([], ["Watermark feed"], (), "no name"),
        (["Web Desk"], ["News Desk"], (), "no name"),
    ],
)
def test_byline_against_linked_data(printed, said, names, reason):
    text = "Tove Olsen and others looked on."
    found = choose_authors(printed, [Said(LINKED, tuple(said))], SITES, text=text)
    assert found.names == names
    assert reason in found.reason


def test_links_count_where_nothing_else_names_a_person():
    late = [Said("link", ("Jon Roe",))]
    assert choose_authors(["Ana Silva"], [], late=late).names == ("Ana Silva",)
    house = [Said(LINKED, ("Reuters",))]
    assert choose_authors([], house, late=late).names == ("Jon Roe",)
    assert choose_authors([], house, last=late).names == ("Reuters",)
    assert choose_authors([], [], last=late).names == ("Jon Roe",)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("By <a href='/p/ana'>Ana Silva</a>, Tove O'Hara &amp; Jon Roe, HPC", ["Ana Silva", "Tove O'Hara", "Jon Roe", "HPC"]),
        ("Joe Roe, Sr., Tara Doane, MD, and Luis Ortega Jr.", ["Joe Roe, Sr.", "Tara Doane", "Luis Ortega Jr."]),
        ("Ana Silva, Health Correspondent", ["Ana Silva"]),
        ("Ana Silva, Manila", ["Ana Silva"]),
        ("Ana Silva - Special to the Post", ["Ana Silva"]),
        ("Ana Silva for the Pier Post", ["Ana Silva"]),
        ("ANA SILVA Associated Press", ["Ana Silva"]),
        ("ana silva", ["Ana Silva"]),
        ("Analysis by Ana Silva.", ["Ana Silva"]),
        ("(Image: Kim Doe)", []),
        ("Ana Silva (Reuters)", ["Ana Silva"]),
        ("desk@pierpost.example (Ana Silva)", ["Ana Silva"]),
    ],
)  # fmt: skip
def test_list_of_names(text, names):
    assert clean_names([text]) == names


def test_cited_names_have_the_family_name_first():
    assert [turn_cited(name) for name in ("Ferran, Manny", "Manny Ferran", "Ferran, Jr.")] == [
        "Manny Ferran",
        "Manny Ferran",
        "Ferran, Jr.",
    ]
