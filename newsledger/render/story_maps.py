"""Maps of stories: the places that a story's articles are about, one map each."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from newsledger.render.blocks import Chart
from newsledger.render.maps import MapPlace, NothingToDraw, draw_locator_map
from newsledger.render.words import clip, count

MOST_PLACES = 25
SOURCE_LINE = "Places as named."


def draw_story_maps(
    rows: Sequence[Mapping[str, Any]], story_ids: Sequence[str], headlines: Mapping[str, str], *, most: int, script: str = "",
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


def choose_places(rows: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Places that the articles are about; where none is, those named most."""
    focus = [row for row in rows if row["is_focus"]]
    return sorted(focus or rows, key=lambda row: (-row["mentions"], row["name"]))[:MOST_PLACES]


def _draw(name: str, rows: list[Mapping[str, Any]], headline: str, script: str) -> Chart | None:
    places = [
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
    try:
        figure = draw_locator_map(
            places, title=clip(headline, 90), subtitle=f"{count(len(places), 'place')} of the story", source=SOURCE_LINE,
            script=script or None, width=3.45, height=2.9, size=10.0,
        )  # fmt: skip
    except NothingToDraw:
        return None
    frame = pl.DataFrame(
        [
            {key: row[key] for key in ("name", "kind", "country_code", "lat", "lon", "mentions")}
            for row in rows
        ]
    )
    named = ", ".join(place.name for place in places[:8])
    return Chart(name, figure, frame, f"Map of the story “{headline}”: {named}")
