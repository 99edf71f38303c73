"""Maps: what is drawn, hatched and listed, across the antimeridian, in other scripts."""

import pytest
from matplotlib.collections import PathCollection
from matplotlib.patches import PathPatch

from newsledger.errors import NewsledgerError
from newsledger.lexicon.gazetteer import load_gazetteer
from newsledger.lexicon.outlines import find_outline
from newsledger.render.map_frame import MapPlace, NothingToDraw
from newsledger.render.maps import draw_locator_map
from newsledger.render.style import save_figure


def find(name, kind, country, count=1):
    place = next(
        c.place
        for c in load_gazetteer().find(name)
        if c.place.kind == kind and c.place.country_code == country
    )
    return MapPlace(name, kind, country, place.lat, place.lon, count, place.location_id)


def draw(*places, script=None):
    return draw_locator_map(
        places, title="Where", subtitle="Mentions", source="Source: x.", script=script
    )


def read_texts(figure):
    return [
        text.get_text()
        for text in (*figure.texts, *(text for axes in figure.axes for text in axes.texts))
    ]


def count_dots(figure):
    return sum(
        len(c.get_offsets()) for c in figure.axes[0].collections if isinstance(c, PathCollection)
    )


def find_hatched(figure):
    return [
        patch
        for patch in figure.axes[0].patches
        if isinstance(patch, PathPatch) and patch.get_hatch()
    ]


def test_points_are_dots_divisions_hatched_and_the_rest_listed():
    figure = draw(
        find("Worcester", "point", "GB", 3),
        find("Wales", "admin1", "GB", 2),
        find("France", "country", "FR"),
    )
    words = " ".join(read_texts(figure))
    assert count_dots(figure) == 1
    assert find_hatched(figure)
    assert "Hatched: Wales. Areas, not drawn: France" in words
    assert "Natural Earth, de facto, no position taken on disputed ones" in words
    assert "UNITED KINGDOM" in words


def test_a_far_place_is_listed():
    figure = draw(
        find("Leeds", "point", "GB", 3), find("Bristol", "point", "GB"), find("Lima", "point", "PE")
    )
    assert count_dots(figure) == 2
    assert "Farther away: Lima" in " ".join(read_texts(figure))


def test_divisions_alone_make_a_map():
    figure = draw(find("Normandy", "admin1", "FR"), find("Brittany", "admin1", "FR"))
    assert count_dots(figure) == 0
    assert len(find_hatched(figure)) >= 2
    assert {"Normandy", "Brittany"} <= set(read_texts(figure))


def test_countries_alone_make_none():
    with pytest.raises(NothingToDraw):
        draw(find("France", "country", "FR"), find("Peru", "country", "PE"))


def test_a_map_may_cross_the_antimeridian():
    figure = draw(find("Suva", "point", "FJ", 3), find("Apia", "point", "WS"))
    west, east = figure.axes[0].get_xlim()
    assert west < -180 < east or west < 180 < east
    assert east - west < 40
    assert count_dots(figure) == 2


def test_a_lone_place_has_its_surroundings():
    axes = draw(find("Valletta", "point", "MT")).axes[0]
    south, north = axes.get_ylim()
    assert 2 < north - south < 6


@pytest.mark.parametrize(
    ("script", "label"), [("arabic", "Aleppo حلب"), ("cyrillic", "Aleppo Алеппо"), (None, "Aleppo")]
)
def test_names_in_another_script_where_asked(script, label):
    assert label in read_texts(
        draw(find("Aleppo", "point", "SY"), find("Hama", "point", "SY"), script=script)
    )


def test_an_unknown_script_is_named():
    with pytest.raises(NewsledgerError, match="arabic or cyrillic script, not 'greek'"):
        draw(find("Aleppo", "point", "SY"), script="greek")


def test_labels_do_not_collide():
    names = [
        "Homs",
        "Hama",
        "Rastan",
        "Talbiseh",
        "Tartus",
        "Latakia",
        "Idlib",
        "Aleppo",
        "Damascus",
        "Palmyra",
    ]
    figure = draw(*(find(name, "point", "SY") for name in names))
    axes = figure.axes[0]
    boxes = [text.get_window_extent() for text in axes.texts if text.get_text() in names]
    assert len(boxes) == len(names)
    assert not any(
        one.overlaps(two) for number, one in enumerate(boxes) for two in boxes[number + 1 :]
    )


def test_the_same_places_give_the_same_bytes(tmp_path):
    places = [find(name, "point", "SY") for name in ("Homs", "Hama", "Aleppo")]
    one, two = (save_figure(draw(*places), tmp_path / name) for name in ("a.png", "b.png"))
    assert one.read_bytes() == two.read_bytes()


@pytest.mark.parametrize(
    ("name", "country", "inside", "outside"),
    [
        ("Wales", "GB", (-3.2, 51.5), (-2.6, 51.45)),
        ("Texas", "US", (-97.7, 30.3), (-92.0, 30.3)),
        ("Brandenburg", "DE", (13.06, 52.4), (13.4, 52.52)),  # around Berlin, without it
        ("Normandy", "FR", (0.37, 49.2), (2.35, 48.86)),  # merged of two in 2016
        ("Anbar", "IQ", (43.3, 33.43), (44.4, 33.3)),
        ("Alaska", "US", (-149.9, 61.2), (-135.1, 60.7)),
    ],
)
def test_outlines_hold_their_towns(name, country, inside, outside):
    from shapely import Point

    place = next(
        c.place
        for c in load_gazetteer().find(name)
        if c.place.kind == "admin1" and c.place.country_code == country
    )
    outline = find_outline(place.location_id)
    assert outline.covers(Point(inside))
    assert not outline.covers(Point(outside))


WORLD = [("Leeds", "GB"), ("Lima", "PE"), ("Nairobi", "KE"), ("Osaka", "JP"), ("Perth", "AU")]


def draw_world(*places, **settings):
    from newsledger.render.world_map import draw_places_map

    return draw_places_map(
        places, title="Where", subtitle="Mentions", source="Source: x.", **settings
    )


def test_places_all_over_the_world_are_on_a_globe():
    places = [find(name, "point", country) for name, country in WORLD]
    places.append(find("Bradford", "point", "GB"))
    figure = draw_world(*places)
    assert count_dots(figure) == len(places)
    assert {"A", "Lima", "Osaka"} <= set(read_texts(figure))


def test_places_of_one_region_have_a_map_of_it():
    figure = draw_world(find("Leeds", "point", "GB", 9), find("Lima", "point", "PE"))
    assert count_dots(figure) == 1


def test_five_hundred_places_have_a_readable_map():
    places = [
        MapPlace(f"Place {at}", "point", None, (at * 37) % 120 - 55, (at * 61) % 350 - 175, 1)
        for at in range(500)
    ]
    figure = draw_world(*places)
    figure.canvas.draw()
    labels = [
        text for axes in figure.axes for text in axes.texts if text.get_text().startswith("Place ")
    ]
    boxes = [label.get_window_extent() for label in labels]
    assert len(boxes) > 10
    assert not any(
        one.overlaps(two) for number, one in enumerate(boxes) for two in boxes[number + 1 :]
    )


@pytest.mark.parametrize("name", ["", "$x^2$ and $5", "北京 حلب Алеппо", "x" * 10_000])
def test_any_name_may_stand_on_a_map(tmp_path, name):
    figure = draw_world(MapPlace(name, "point", None, 10.0, 10.0, 1))
    assert save_figure(figure, tmp_path / "a.svg").stat().st_size > 1000
