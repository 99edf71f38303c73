"""A town is called as the articles call it, whatever an earlier comparison called it."""

import polars as pl

from newsledger.lexicon.gazetteer import load_gazetteer
from newsledger.transform.locations import summarise_locations


def test_name_of_a_town_does_not_depend_on_an_earlier_one():
    place = load_gazetteer().find("Aleppo")[0].place
    places = pl.DataFrame(
        {
            "location_id": [place.location_id], "name": [place.name], "kind": ["point"],
            "article_count": [0], "mention_count": [0],
        }
    )  # fmt: skip
    mentions = pl.DataFrame(
        {
            "article_id": ["a", "b"],
            "location_id": [place.location_id] * 2,
            "is_demonym": [False] * 2,
        }
    )
    once = mentions.with_columns(text=pl.Series(["ALEPO", "Alep"]))
    more = mentions.with_columns(text=pl.Series(["Aleppo", "Alep"]))

    first = summarise_locations(places, once)
    then = summarise_locations(first, more)

    assert first["name"].to_list() != then["name"].to_list()
    assert then.equals(summarise_locations(places, more))
