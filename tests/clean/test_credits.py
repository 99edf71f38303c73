"""Bylines, contributors, datelines and biographies in the forms that outlets print."""

import pytest

from newsledger.clean.credits import find_authors, find_biography, find_contributors, find_reporters
from newsledger.clean.datelines import find_dateline, find_opening_agency


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Ana Silva", ["Ana Silva"]),
        (
            "By\xa0 ANA SILVA, JON ROE and MARY-ANN PETERS",
            ["Ana Silva", "Jon Roe", "Mary-Ann Peters"],
        ),
        ("By Dolores Lang For Albiondaily.Example", ["Dolores Lang"]),
        ("By Ana Silva, Chief Political Correspondent, and Jon Roe", ["Ana Silva", "Jon Roe"]),
        ("By Ana Silva, AP National Security Writer", ["Ana Silva"]),
        ("By Jane O’Neil in Cairo and Bob McRae in Rome", ["Jane O’Neil", "Bob McRae"]),
        ("By Tom Davis - Associated Press - Friday, April 28, 2023", ["Tom Davis"]),
        ("By Lance Ulrich published 19 May 2026", ["Lance Ulrich"]),
        ("by Christina Lang Apr. 28, 2026 1:15 pm", ["Christina Lang"]),
        ("May 4, 2026 7:45 am PST by Joe Rossi", ["Joe Rossi"]),
        ("May 4, 2026 | by Olivia Larsen", ["Olivia Larsen"]),
        ("Ana Silva | Published", ["Ana Silva"]),
        ("Mila Novak/Petr Sykora", ["Mila Novak", "Petr Sykora"]),
        ("Ana Silva and AP", ["Ana Silva", "AP"]),
        ("Thabo Mokoena Parliamentary editor", ["Thabo Mokoena"]),
        ("Ana Silva2 minutes ago", ["Ana Silva"]),
        ("Ana Silva June 19, 2026", ["Ana Silva"]),
        ("November 20, 2026 Emil Berger", ["Emil Berger"]),
        ("Catherine Shaw @catherineshaw / 2 days", ["Catherine Shaw"]),
        ("By Megan Rowe meganr@pierpost.example (509) 459-5382", ["Megan Rowe"]),
        ("Von Élise Müller und Jan de Vries", ["Élise Müller", "Jan de Vries"]),
        ("Par José de la Cruz", ["José de la Cruz"]),
        ("Words: Jo Bloggs", ["Jo Bloggs"]),
        ("BY EVA MCADAM AND MARIA DE LA CRUZ", ["Eva McAdam", "Maria de la Cruz"]),
        ("By T.J. O’NEIL III", ["T.J. O’Neil III"]),
        ("Eva Stone (now) and Jon Roe (earlier)", ["Eva Stone", "Jon Roe"]),
        ("By Ana Silva, Port Alder", ["Ana Silva"]),
        ("By Ana Silva, Addis Ababa", ["Ana Silva"]),
        ("Eva Stone, dpa", ["Eva Stone"]),
        ("By Jon Roe Jr.", ["Jon Roe Jr."]),
        ("By Jon Roe, Sr., and Ana Silva", ["Jon Roe, Sr.", "Ana Silva"]),
        ("Ana Silva and agencies", ["Ana Silva"]),
        ("By Associated Press", ["Associated Press"]),
        ("By Reuters Staff", ["Reuters"]),
        ("Associated PressApril 28, 2026 GMT", ["Associated Press"]),
    ],
)
def test_names_of_a_byline(line, names):
    assert find_authors(line) == names


@pytest.mark.parametrize(
    "line",
    [
        "WEST END FINAL", "South Africa PREMIUM", "Front Page Podcast", "Current Issue", "By the sea", "Getty Images", "Port Alder harbour",
        "Political Correspondent", "All-new Nissan Sentra", "Silva & Co", "Bethany Frank (R)", "The Pier Post", "Read more", "May 4, 2026", "", "-",
    ],
)  # fmt: skip
def test_what_is_no_byline(line):
    assert find_authors(line) == []


@pytest.mark.parametrize(
    ("line", "contributors", "reporters"),
    [
        (
            "Associated Press writer Ana Silva contributed to this report from Damascus, Syria.",
            ["Ana Silva"],
            [],
        ),
        (
            "Associated Press writers Ana Silva in Cairo and Jon Roe in Rome contributed to this "
            "report.",
            ["Ana Silva", "Jon Roe"],
            [],
        ),
        ("Fox News’ Jessica Neale contributed to this report.", ["Jessica Neale"], []),
        ("Ana Silva contributed reporting from Rome.", ["Ana Silva"], []),
        ("(Additional reporting by Jon Roe; Editing by Al Green)", ["Jon Roe"], []),
        (
            "Reporting by Ana Silva in The Hague and Jon Roe in London; Writing by Eva Stone; "
            "Editing by Al Green",
            ["Ana Silva", "Jon Roe", "Eva Stone"],
            ["Ana Silva", "Jon Roe"],
        ),
    ],
)
def test_contributors(line, contributors, reporters):
    assert find_contributors(line) == contributors
    assert find_reporters(line) == reporters


@pytest.mark.parametrize(
    ("paragraph", "place", "agency"),
    [
        ("BEIRUT (AP) — The", "BEIRUT", "AP"),
        ("WASHINGTON, Dec 6 (Reuters) - The", "WASHINGTON", "Reuters"),
        ("PORT ALDER, Nov 22 — Private", "PORT ALDER", None),
        ("DEIR AL-BALAH, Gaza Strip (AP) — Three", "DEIR AL-BALAH, Gaza Strip", "AP"),
        ("Kyiv, Ukraine (AP) — Air", "Kyiv, Ukraine", "AP"),
        ("NEW DELHI: The", "NEW DELHI", None),
        ("LONDON — The", "LONDON", None),
        ("LUBOVA/GENEVA, 3 March 2026 – Wells", "LUBOVA/GENEVA", None),
        ("MADRID, Friday, 6 December (AFP).- The", "MADRID", "AFP"),
        ("PORT ALDER—The", "PORT ALDER", None),
        ("LAGOS, March 3 (Reuters) The", "LAGOS", "Reuters"),
        ("KOCHI: The", "KOCHI", None),
        ("LAHORE/MULTAN: The", "LAHORE/MULTAN", None),
        ("VERDICT: The road is open", None, None),
        ("NATO: The alliance has an office here", None, None),
        ("NATO: what it is", None, None),
        ("NATO — which is older than the harbour — has", None, None),
        ("COVID-19 – and the flu", None, None),
        ("EXCLUSIVE — The harbour", None, None),
        ("LAGOS (left) The", None, None),
        ("UPDATE: The road is open", None, None),
        ("The harbour - a quiet place - is closed", None, None),
    ],
)
def test_dateline(paragraph, place, agency):
    found = find_dateline(paragraph, is_opening=True)
    assert (found and found["place"].strip()) == place
    assert (found and found["agency"]) == agency


def test_a_speaker_of_an_interview_is_no_dateline():
    assert find_dateline("JACKSON: Well, I do not know.") is None


def test_agency_without_a_place():
    assert find_opening_agency("(Reuters) - Shares fell") == "Reuters"
    assert find_opening_agency("(Silva) - Shares fell") is None


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Ana Silva is a politics reporter for The Pier Post.", "Ana Silva"),
        ("Ana Silva covers the coast for The Pier Post.", "Ana Silva"),
        ("Ana Silva is a fisherman.", None),
        ("The harbour is a reporter's dream.", None),
    ],
)
def test_biography(line, name):
    assert find_biography(line) == name
