"""Maps of stories: the places that a story's articles are about, one map each."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from newsledger.model.enums import LocationKind
from newsledger.render.blocks import Chart
from newsledger.render.map_frame import MapPlace, NothingToDraw, keep_near
from newsledger.render.words import clip, count
from newsledger.render.world_map import draw_places_map, is_worldwide

MOST_PLACES = 25
LEAST_SHARE = 0.5  # of a story's articles: what no more are about is not where the story is
LEAST_MENTIONS = 2  # a place named once in all is a detail
SOURCE_LINE = "Places as named."

Row = Mapping[str, Any]


def draw_story_maps(
    rows: Sequence[Row], stories: Sequence[Row], *, most: int, script: str = ""
) -> list[Chart]:
    """A map for each of the first stories that are about a place to draw, at most `most`."""
    places: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        places[row["story_id"]].append(row)
    charts: list[Chart] = []
    for story in stories:
        if len(charts) == most:
            break
        found = _choose_scenes(places[story["story_id"]])
        if found:
            first = next((row for row in found if row["kind"] == LocationKind.POINT), found[0])
            articles = f"{first['articles']} of {count(first['story_articles'], 'article')}"
            title = clip(story["story_headline"], 80)
            if first["name"].casefold() not in title.casefold():
                title = f"{first['name']}: {title}"
            said = f"{first['name']} named in {articles}; {count(len(found), 'place')} of the story"
            chart = _draw(f"map-{len(charts) + 1}", found, title, said, script)
            charts += [chart] if chart else []
    return charts


def _choose_scenes(rows: Sequence[Row]) -> list[Row]:
    """Places that a good part of a story's articles are about, those of most articles first;
    nothing where it is about countries alone, which a map says nothing of."""
    scenes = [
        row
        for row in rows
        if row["focus_articles"] > LEAST_SHARE * row["story_articles"]
        and row["mentions"] >= LEAST_MENTIONS
    ]
    scenes.sort(key=lambda row: (-row["focus_articles"], -row["mentions"], row["name"]))
    small = [
        row for row in scenes if row["kind"] not in (LocationKind.COUNTRY, LocationKind.REGION)
    ]
    return scenes[:MOST_PLACES] if small else []


def choose_places(rows: Sequence[Row]) -> list[Row]:
    """The places that are named most."""
    return sorted(rows, key=lambda row: (-row["mentions"], row["name"]))[:MOST_PLACES]


def number_places(rows: Sequence[Row]) -> list[Row]:
    """The places that have a number on the map and in its legend, from 1: towns and sites of the
    region that the map shows, or of the world."""
    points = [row for row in rows if row["kind"] == LocationKind.POINT]
    places = _make_places(points)
    shown = set(places if is_worldwide(places) or not places else keep_near(places))
    return [row for row, place in zip(points, places, strict=True) if place in shown]


def draw_numbered_map(name: str, rows: Sequence[Row], headline: str, script: str) -> Chart | None:
    """A large map whose towns and sites have their numbers; None where none can be drawn."""
    numbers = {place: number for number, place in enumerate(_make_places(number_places(rows)), 1)}
    said = f"{count(len(numbers), 'town or site', 'towns and sites')}; areas have no number"
    return _draw(
        name, rows, headline, said, script, numbers=numbers, width=6.9, height=4.3, size=12.0
    )


def _make_places(rows: Sequence[Row]) -> list[MapPlace]:
    return [
        MapPlace(
            row["name"],
            row["kind"],
            row["country_code"],
            row["lat"],
            row["lon"],
            row["mentions"],
            row["location_id"],
        )
        for row in rows
    ]


def _draw(
    name: str, rows: Sequence[Row], title: str, said: str, script: str, *,
    numbers: Mapping[MapPlace, int] | None = None,
    width: float = 3.45, height: float = 2.75, size: float = 10.0,
) -> Chart | None:  # fmt: skip
    if not rows:
        return None
    try:
        figure = draw_places_map(
            _make_places(rows), title=clip(title, 90), subtitle=said, source=SOURCE_LINE,
            script=script or None, width=width, height=height, size=size, numbers=numbers,
        )  # fmt: skip
    except NothingToDraw:
        return None
    columns = ("name", "kind", "country_code", "lat", "lon", "mentions")
    frame = pl.DataFrame([{key: row[key] for key in columns} for row in rows])
    named = ", ".join(row["name"] for row in rows[:8])
    return Chart(name, figure, frame, f"Map of the story “{title}”: {named}")
