"""Maps of stories: the places that a story's articles are about, one map each."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from newsledger.render.blocks import Chart
from newsledger.render.map_frame import MapPlace, NothingToDraw
from newsledger.render.words import clip, count
from newsledger.render.world_map import draw_places_map

MOST_PLACES = 25
SOURCE_LINE = "Places as named."


def draw_story_maps(
    rows: Sequence[Mapping[str, Any]], story_ids: Sequence[str], headlines: Mapping[str, str], *,
    most: int, script: str = "",
) -> list[Chart]:  # fmt: skip
    """A map for each of the first stories that name a place to draw, at most `most`."""
    places: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for row in rows:
        places[row["story_id"]].append(row)
    charts: list[Chart] = []
    for story_id in story_ids:
        if len(charts) == most:
            break
        found = choose_places(places[story_id])
        chart = (
            _draw(f"map-{len(charts) + 1}", found, headlines[story_id], script) if found else None
        )
        charts += [chart] if chart else []
    return charts


def choose_places(
    rows: Sequence[Mapping[str, Any]], *, only_focus: bool = True
) -> list[Mapping[str, Any]]:
    """Places that the articles are about; where none is, or all are wanted, those named most."""
    focus = [row for row in rows if row["is_focus"] and only_focus]
    return sorted(focus or rows, key=lambda row: (-row["mentions"], row["name"]))[:MOST_PLACES]


def draw_numbered_map(
    name: str, rows: Sequence[Mapping[str, Any]], headline: str, script: str
) -> Chart | None:
    """A large map whose places have the numbers of their rows, from 1; None where none can be drawn."""
    places = _make_places(rows)
    numbers = {place: number for number, place in enumerate(places, 1)}
    return _draw(name, rows, headline, script, numbers=numbers, width=6.9, height=4.3, size=12.0)


def _make_places(rows: Sequence[Mapping[str, Any]]) -> list[MapPlace]:
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
    name: str, rows: Sequence[Mapping[str, Any]], headline: str, script: str, *,
    numbers: Mapping[MapPlace, int] | None = None,
    width: float = 3.45, height: float = 2.75, size: float = 10.0,
) -> Chart | None:  # fmt: skip
    if not rows:
        return None
    try:
        figure = draw_places_map(
            _make_places(rows), title=clip(headline, 90),
            subtitle=f"{count(len(rows), 'place')} of the story", source=SOURCE_LINE,
            script=script or None, width=width, height=height, size=size, numbers=numbers,
        )  # fmt: skip
    except NothingToDraw:
        return None
    columns = ("name", "kind", "country_code", "lat", "lon", "mentions")
    frame = pl.DataFrame([{key: row[key] for key in columns} for row in rows])
    named = ", ".join(row["name"] for row in rows[:8])
    return Chart(name, figure, frame, f"Map of the story “{headline}”: {named}")
