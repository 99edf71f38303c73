"""Time the identity of actors at the size of a large archive: a million mentions of 100,000 names.

    python benchmarks/scale_py [--names 100000] [--mentions 1000000]

Names are made of syllables, first names and surnames shared as in real life (few common, many
rare); an article mentions twelve actors
with three mentions each, an actor's name is spelt in several ways. Prints seconds for half of it
and for all, so that growth shows.
"""

import argparse
import datetime
import random
import resource
import time

import polars as pl

from newsledger.ledger.identity.join import join_profiles, name_actors
from newsledger.ledger.identity.pairs import find_pairs
from newsledger.ledger.identity.profiles import build_profiles

SYLLABLES = [a + b for a in "bdfgklmnprstvz" for b in ("a", "e", "i", "o", "u", "an", "el", "ir")]
ACTORS_PER_ARTICLE = 12
MENTIONS_PER_ACTOR = 3
ALIASES = pl.List(pl.Struct({"alias": pl.String, "alias_type": pl.String}))


def make_names(count: int, rng: random.Random) -> list[tuple[str, str, str | None]]:
    """Names with kind and country."""
    first = ["".join(rng.choices(SYLLABLES, k=2)).capitalize() for _ in range(2_000)]
    last = ["".join(rng.choices(SYLLABLES, k=3)).capitalize() for _ in range(20_000)]
    bodies = ["Ministry", "Council", "Party", "Front", "Union", "Company", "Institute", "Agency"]
    names: dict[str, tuple[str, str, str | None]] = {}
    while len(names) < count:
        country = rng.choice([None, "SY", "GB", "UA", "BR", "IN"])
        if rng.random() < 0.7:
            name = (
                f"{first[int(2_000 * rng.random() ** 2)]} {last[int(20_000 * rng.random() ** 1.5)]}"
            )
            names[name] = (name, "person", country)
        else:
            name = f"{rng.choice(last)} {rng.choice(last)} {rng.choice(bodies)}"
            names[name] = (name, "ngo", country)
    return list(names.values())


def make_actors(
    names: list[tuple[str, str, str | None]], mentions: int, rng: random.Random
) -> pl.DataFrame:
    count = mentions // MENTIONS_PER_ACTOR
    columns: dict[str, list[object]] = {
        name: []
        for name in ("name", "kind", "country_code", "article_id", "story_id", "published_at")
    }
    start = datetime.datetime(2025, 1, 1)
    for number in range(count):
        name, kind, country = (
            names[number] if number < len(names) else names[int(len(names) * rng.random() ** 2)]
        )
        parts = name.split()
        if kind == "person" and rng.random() < 0.05:
            name = f"{parts[0][0]}. {parts[-1]}"
        article = number // ACTORS_PER_ARTICLE
        columns["name"].append(name)
        columns["kind"].append(kind)
        columns["country_code"].append(country if rng.random() < 0.3 else None)
        columns["article_id"].append(f"art_{article}")
        columns["story_id"].append(f"sty_{article // 5}")
        columns["published_at"].append(start + datetime.timedelta(minutes=7 * article))
    return pl.DataFrame(
        columns, schema_overrides={"country_code": pl.String, "published_at": pl.Datetime("us")}
    ).with_columns(
        article_actor_id=pl.format("aa_{}", pl.int_range(pl.len())),
        actor_id=pl.lit(None, pl.String),
        seed_id=pl.lit(None, pl.String),
        gender=pl.lit(None, pl.String),
        aliases=pl.lit([], ALIASES),
    )


def identify(actors: pl.DataFrame) -> None:
    roles = pl.DataFrame(
        schema={"article_actor_id": pl.String, "role": pl.String, "organisation": pl.String}
    )
    places = pl.DataFrame(schema={"article_id": pl.String, "location_id": pl.String})
    begin = time.perf_counter()
    profiles = build_profiles(actors, roles, places)
    pairs = find_pairs(profiles)
    groups = join_profiles(profiles, pairs, set())
    ids, _ = name_actors(profiles, groups, {}, {})
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024 / 1024
    print(
        f"{actors.height * MENTIONS_PER_ACTOR:,} mentions, {actors['name'].n_unique():,} names: {time.perf_counter() - begin:.1f} s, "
        f"{len(profiles):,} profiles, {len(pairs):,} pairs, {len(set(ids.values())):,} actors, peak memory {peak:.2f} GB",
        flush=True,
    )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--names", type=int, default=100_000)
    parser.add_argument("--mentions", type=int, default=1_000_000)
    arguments = parser.parse_args()
    for share in (2, 1):
        rng = random.Random(1)
        identify(
            make_actors(make_names(arguments.names // share, rng), arguments.mentions // share, rng)
        )


if __name__ == "__main__":
    main()
