"""Identity of actors across articles: pairs of the golden file, the sample feed, ids that stay,
corrections by people."""

import datetime
import json
from collections import defaultdict
from pathlib import Path

import polars as pl
import pytest

from newsledger.errors import SettingsError, StoreError
from newsledger.ledger.identity.evidence import compare_profiles
from newsledger.ledger.identity.join import join_profiles, name_actors
from newsledger.ledger.identity.local import find_local_pairs
from newsledger.ledger.identity.names import fold
from newsledger.ledger.identity.pairs import find_pairs
from newsledger.ledger.identity.profiles import Profile, build_profiles
from newsledger.ledger.overrides import apply_actor_kinds, apply_actor_overrides, load_overrides
from tests.ledger.sample import read_truth

GOLDEN = [
    json.loads(line)
    for line in (Path(__file__).parents[1] / "golden" / "identity.jsonl")
    .read_text("utf-8")
    .splitlines()
]


def make_profile(values: dict, key: str) -> Profile:
    day = values.get("day")
    return Profile(
        key=key,
        name=fold(values["name"]),
        is_person=values["kind"] == "person",
        label=values["name"],
        kind=values["kind"],
        countries=frozenset(filter(None, [values.get("country")])),
        genders=frozenset(filter(None, [values.get("gender")])),
        names=frozenset(fold(name) for name in values.get("names", ())),
        roles=frozenset(values.get("roles", ())),
        stories=frozenset(filter(None, [values.get("story")])),
        articles=frozenset(values.get("articles", [key])),
        companions=frozenset(values.get("with", ())),
        places=frozenset(values.get("places", ())),
        days=None if day is None else (day, day),
        members=[key],
    )


@pytest.mark.parametrize(
    "case", GOLDEN, ids=lambda case: f"{case['a']['name']} / {case['b']['name']}: {case['why']}"
)
def test_pair(case):
    left, right = make_profile(case["a"], "a"), make_profile(case["b"], "b")
    bearers = int(case["a"].get("only_bearer") or case["a"].get("bearers", 0))
    verdict = compare_profiles(left, right, bearer_count=bearers)
    assert verdict.decision == case["expected"], verdict
    assert compare_profiles(right, left, bearer_count=bearers).decision == case["expected"]


def test_golden_file_has_every_decision():
    assert len(GOLDEN) >= 60
    assert {case["expected"] for case in GOLDEN} == {"same", "not_same", "unsure"}


def make_actors(*rows: dict) -> pl.DataFrame:
    """Actors of articles: each row gives `name` and what differs from a person of article `a1` in
    story `s1`."""
    defaults = {
        "article_id": "a1", "kind": "person", "seed_id": None, "country_code": None, "gender": None, "aliases": [], "story_id": "s1",
        "published_at": datetime.datetime(2026, 2, 10), "actor_id": None, "kind_rule": None,
    }  # fmt: skip
    schema = {
        "article_actor_id": pl.String, "name": pl.String, "article_id": pl.String, "kind": pl.String, "seed_id": pl.String,
        "country_code": pl.String, "gender": pl.String, "aliases": pl.List(pl.Struct({"alias": pl.String, "alias_type": pl.String})),
        "story_id": pl.String, "published_at": pl.Datetime, "actor_id": pl.String, "kind_rule": pl.String,
    }  # fmt: skip
    return pl.DataFrame(
        [{"article_actor_id": f"m{number}", **defaults, **row} for number, row in enumerate(rows)],
        schema=schema,
    )


ROLES = pl.DataFrame(
    schema={"article_actor_id": pl.String, "role": pl.String, "organisation": pl.String}
)
PLACES = pl.DataFrame(schema={"article_id": pl.String, "location_id": pl.String})


def identify(actors: pl.DataFrame, known=None, given=None, apart=()):
    profiles = build_profiles(actors, ROLES, PLACES)
    groups = join_profiles(profiles, find_pairs(profiles), set(apart))
    return name_actors(profiles, groups, known or {}, given or {})


def test_one_person_is_one_actor():
    ids, _ = identify(
        make_actors(
            {"name": "Helen Marsh"},
            {"name": "Helen Marsh", "article_id": "a2"},
            {"name": "Marsh", "article_id": "a3"},
        )
    )
    assert len(set(ids.values())) == 1


@pytest.mark.parametrize(
    ("short", "longer", "count"),
    [
        ("Ana Lund", "Ana Lund Torres", 1),
        ("Ana Lund", "Ana Lund III", 1),
        ("Ana Lund", "Ana Lund Center", 2),
    ],
)
def test_a_longer_name_of_one_article_is_hers(short, longer, count):
    profiles = build_profiles(make_actors({"name": short}, {"name": longer}), ROLES, PLACES)
    pairs = [*find_pairs(profiles), *(pair for _, pair in find_local_pairs(profiles))]
    assert len(join_profiles(profiles, pairs, set())) == count


def test_a_junior_who_is_named_beside_another_is_not_his_father():
    rows = [
        {"name": "Omar Halvard"},
        {"name": "Omar J. Halvard", "article_id": "a2"},
        {"name": "Omar Halvard Jr.", "article_id": "a2"},
    ]
    ids, _ = identify(make_actors(*rows))
    assert ids["m0"] == ids["m1"] != ids["m2"]


def test_bare_surname_of_two_bearers_goes_to_neither():
    ids, _ = identify(
        make_actors(
            {"name": "Helen Marsh"},
            {"name": "David Marsh", "article_id": "a2"},
            {"name": "Marsh", "article_id": "a3"},
        )
    )
    assert len(set(ids.values())) == 3


@pytest.mark.parametrize("name", ["residents", "Residents", "Larkish residents"])
def test_nominals_stay_in_their_story(name):
    rows = [
        {
            "name": name,
            "kind": "collective",
            "article_id": f"a{n}",
            "story_id": s,
            "kind_rule": "group noun: resident",
        }
        for n, s in enumerate(("s1", "s1", "s2"))
    ]
    ids, _ = identify(make_actors(*rows))
    assert ids["m0"] == ids["m1"] != ids["m2"]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param(
            [("Foreign Ministry", None), ("Danish Foreign Ministry", "DK")], 1, id="its only one"
        ),
        pytest.param(
            [("Foreign Ministry", None), ("Danish Foreign Ministry", "DK"),
             ("Greek Foreign Ministry", "GR")], 3, id="of two countries",
        ),
        pytest.param(
            [("their army", None), ("Danish army", "DK")], 2, id="whose it is, is not told"
        ),
        pytest.param(
            [("Greek Bank", "GR"), ("Larkin Bank", None)], 2, id="told by country, by name"
        ),
        pytest.param(
            [("Danish Bank", "DK", "company"), ("National Bank", None, "company")],
            2,
            id="two that are named, of one kind",
        ),
    ],
)  # fmt: skip
def test_bodies_of_one_story(rows, expected):
    profiles = build_profiles(
        make_actors(
            *(
                {"name": name, "country_code": country, "article_id": f"a{number}",
                 "kind": kind[0] if kind else "government_body"}
                for number, (name, country, *kind) in enumerate(rows)
            )
        ),
        ROLES,
        PLACES,
    )  # fmt: skip
    pairs = [pair for _, pair in find_local_pairs(profiles)]
    assert len(join_profiles(profiles, pairs, set())) == expected


def test_one_name_and_two_genders_are_two_people():
    ids, _ = identify(
        make_actors(
            {"name": "Jo Bell", "gender": "male"},
            {"name": "Jo Bell", "gender": "female", "article_id": "a2", "story_id": "s2"},
        )
    )
    assert ids["m0"] != ids["m1"]


def test_ids_stay_when_later_articles_come_in():
    next_day = datetime.datetime(2026, 2, 11)
    first = make_actors({"name": "Faisal Haddouri"}, {"name": "Ilse Braun"})
    ids, rows = identify(first)
    more = make_actors(
        {"name": "Faisal Haddouri"},
        {"name": "Ilse Braun"},
        *[
            {"name": "Faisal al-Haddouri", "article_id": f"b{n}", "published_at": next_day}
            for n in range(5)
        ],
    )
    later, _ = identify(more, ids, {row["actor_id"]: row["current_actor_id"] for row in rows})
    assert {key: later[key] for key in ids} == ids
    assert {later[f"m{n}"] for n in range(2, 7)} == {ids["m0"]}
    assert later == identify(more)[0]  # as if they had come in together


def test_ids_that_were_merged_still_resolve():
    pair = ({"name": "Mohammed Tahiri"}, {"name": "Muhammad Tahiri", "article_id": "a2"})
    ids, rows = identify(make_actors(*({**row, "story_id": f"s{n}"} for n, row in enumerate(pair))))
    assert ids["m0"] != ids["m1"]
    companions = [
        {"name": name, "article_id": article}
        for name in ("Omar Bensaid", "Rita Sol", "Ana Sy")
        for article in ("a1", "a2")
    ]
    later, rows = identify(
        make_actors(*pair, *companions),
        ids,
        {row["actor_id"]: row["current_actor_id"] for row in rows},
    )
    assert later["m0"] == later["m1"]
    resolved = {row["actor_id"]: row["current_actor_id"] for row in rows}
    assert {resolved[ids["m0"]], resolved[ids["m1"]]} == {later["m0"]}


def test_order_of_rows_does_not_matter():
    rows = [
        {"article_actor_id": f"x{n}", "name": name, "article_id": f"a{n}"}
        for n, name in enumerate(("Helen Marsh", "H. Marsh", "Marsh", "Helen A. Marsh"))
    ]
    assert identify(make_actors(*rows))[0] == identify(make_actors(*reversed(rows)))[0]


HEADER = "name,country_code,other_name,other_country_code,who,decided_on,why\n"


def write(folder: Path, name: str, text: str):
    (folder / name).write_text(text, "utf-8")
    return load_overrides(folder)


def test_a_person_joins_two_names(tmp_path):
    overrides = write(
        tmp_path,
        "actor_aliases.csv",
        HEADER + "Samuel Whitlock,,The Baron,,Ana,2026-03-02,nom de guerre\n",
    )
    profiles = build_profiles(
        make_actors(
            {"name": "Samuel Whitlock"}, {"name": "The Baron", "article_id": "a2", "story_id": "s2"}
        ),
        ROLES,
        PLACES,
    )
    pairs, apart, log = apply_actor_overrides(overrides, profiles, find_pairs(profiles))
    assert [entry.matched_count for entry in log] == [1]
    assert len(join_profiles(profiles, pairs, apart)) == 1


def test_a_person_keeps_two_names_apart(tmp_path):
    overrides = write(
        tmp_path,
        "not_same.csv",
        HEADER + "Sergei Dolmatov,,Sergey Dolmatov,,Ana,2026-03-02,cousins\n",
    )
    profiles = build_profiles(
        make_actors({"name": "Sergei Dolmatov"}, {"name": "Sergey Dolmatov", "article_id": "a2"}),
        ROLES,
        PLACES,
    )
    assert len(join_profiles(profiles, find_pairs(profiles), set())) == 1
    pairs, apart, _ = apply_actor_overrides(overrides, profiles, find_pairs(profiles))
    assert len(join_profiles(profiles, pairs, apart)) == 2


def test_a_person_sets_a_kind(tmp_path):
    overrides = write(
        tmp_path,
        "actor_kinds.csv",
        "name,country_code,kind,who,decided_on,why\nWrekin Buses,,company,Ana,,a bus "
        "firm\nNobody Here,,ngo,Ana,,gone\n",
    )
    actors, kinds, log = apply_actor_kinds(overrides, make_actors({"name": "Wrekin Buses"}))
    assert (actors["kind"].to_list(), kinds) == (["company"], {"m0": "company"})
    assert [entry.matched_count for entry in log] == [1, 0]


def test_speakers_of_the_sample_feed(sample_ledger):
    """Every named person of the truth is one actor, in all articles; no two of them are one."""
    names = {
        claim["speaker"]
        for article in read_truth()["articles"]
        for claim in article["claims"]
        if claim.get("source_type") == "named_person"
    }
    rows = sample_ledger.execute(
        "SELECT DISTINCT speaker_name, speaker_actor_id FROM core.claims WHERE "
        "speaker_actor_id IS NOT NULL AND is_named"
    ).fetchall()
    found: dict[str, set[str]] = defaultdict(set)
    for name, actor_id in rows:
        if name in names:
            found[name].add(actor_id)
    assert len(found) >= 0.9 * len(names)
    assert [name for name, ids in found.items() if len(ids) > 1] == []
    assert len({actor_id for ids in found.values() for actor_id in ids}) == len(found)


@pytest.fixture
def reviewed(data_dir, tmp_path):
    """A published ledger with one unsure pair of people, and a folder for corrections."""
    from newsledger.run.plan import RunOptions
    from newsledger.run.runner import run_all

    for number, name in enumerate(("Mohamed Sabri", "Muhammad Sabri")):
        text = f"Harbour works begin in Port {number}\nBy Ana Reyes\nThe Pier Post\n\nThe harbour of Port {number} will be dredged, said {name}, the harbour master.\n“The work takes {number + 3} months,” {name} said. “Nobody will notice it.”\n"
        (tmp_path / f"{number}.txt").write_text(text, "utf-8")
    run_all(RunOptions(sources=(str(tmp_path / "0.txt"), str(tmp_path / "1.txt")), report=None))
    folder = tmp_path / "overrides"
    folder.mkdir()
    return folder


def test_review_is_written_filled_in_and_read_back(reviewed, tmp_path, monkeypatch):
    from newsledger import paths
    from newsledger.ledger.identity.review import read_actor_pairs, write_actor_pairs
    from newsledger.run.plan import RunOptions
    from newsledger.run.runner import run_all
    from newsledger.store.database import open_published

    out = tmp_path / "pairs.csv"
    assert write_actor_pairs(out) == 1
    header, row = out.read_text("utf-8").splitlines()
    assert header.startswith(
        "decision,name,country_code,other_name,other_country_code,who,decided_on,why,score,evidence"
    )
    assert row.startswith(",Mohamed Sabri,,Muhammad Sabri,,,,,")
    with pytest.raises(SettingsError, match="line 2: who is empty"):
        read_actor_pairs(write_review(tmp_path, "same,Mohamed Sabri,,Muhammad Sabri,,,,"), reviewed)
    assert read_actor_pairs(
        write_review(tmp_path, "same,Mohamed Sabri,,Muhammad Sabri,,Ana,,one man"), reviewed
    ) == {
        "actor_aliases.csv": 1,
        "not_same.csv": 0,
    }
    assert (
        read_actor_pairs(
            write_review(tmp_path, "same,Mohamed Sabri,,Muhammad Sabri,,Ana,,one man"), reviewed
        )["actor_aliases.csv"]
        == 0
    )
    monkeypatch.setattr(paths, "OVERRIDES", reviewed)
    run_all(RunOptions(sources=(str(tmp_path / "0.txt"),), report=None))
    with open_published() as con:
        actors = con.execute(
            "SELECT count(DISTINCT actor_id) FROM core.article_actors WHERE name LIKE 'M% Sabri'"
        ).fetchone()
        applied = con.execute(
            "SELECT file, matched_count, is_orphaned, who FROM ops.overrides_applied"
        ).fetchall()
    assert actors == (1,)
    assert applied == [("actor_aliases.csv", 1, False, "Ana")]
    with pytest.raises(StoreError, match="may be filled in"):
        write_actor_pairs(out)
    assert write_actor_pairs(tmp_path / "more.csv") == 0


def test_namesakes_without_anything_in_common_are_a_question_for_a_person():
    rows = [{"name": "Hugh Farraday", "article_id": f"a{i}", "story_id": "s1"} for i in range(3)]
    roles = pl.DataFrame(
        {
            "article_actor_id": ["m0", "m1", "m2"],
            "role": ["interior minister", "dentist", "Interior Minister"],
            "organisation": [None] * 3,
        }
    )
    profiles = build_profiles(make_actors(*rows), roles.cast({"organisation": pl.String}), PLACES)
    assert sorted(profile.members for profile in profiles) == [["m0", "m2"], ["m1"]]
    assert [pair.verdict.decision for pair in find_pairs(profiles)] == ["unsure"]


def test_a_place_in_common_keeps_one_name_with_two_roles_together():
    rows = [{"name": "Hugh Farraday", "article_id": f"a{i}"} for i in range(2)]
    roles = pl.DataFrame(
        {
            "article_actor_id": ["m0", "m1"],
            "role": ["interior minister", "lawyer"],
            "organisation": pl.Series([None, None], dtype=pl.String),
        }
    )
    places = pl.DataFrame({"article_id": ["a0", "a1"], "location_id": ["loc", "loc"]})
    assert len(build_profiles(make_actors(*rows), roles, places)) == 1


def test_actors_that_are_parted_again_have_their_ids_back():
    profiles = build_profiles(
        make_actors(*({"name": name, "article_id": f"a{i}", "story_id": f"s{i}"} for i, name in enumerate(("Ada Brandt", "Bea Colm", "Cyd Dorn")))),
        ROLES, PLACES,
    )  # fmt: skip
    first, rows = name_actors(profiles, [[0], [1], [2]], {}, {})
    joined, rows = name_actors(
        profiles, [[0, 1, 2]], first, {row["actor_id"]: row["current_actor_id"] for row in rows}
    )
    assert len(set(joined.values())) == 1
    again, rows = name_actors(
        profiles,
        [[0], [1], [2]],
        joined,
        {row["actor_id"]: row["current_actor_id"] for row in rows},
    )
    assert again == first
    assert {row["actor_id"]: row["current_actor_id"] for row in rows} == {
        own: own for own in first.values()
    }


def test_review_saved_by_a_spreadsheet_is_read_back(tmp_path):
    from newsledger.ledger.identity.review import read_actor_pairs

    header = "decision," + HEADER.strip() + ",score,evidence"
    text = f"\ufeff{header}\nNot same,Ada Brandt,,Ida Brandt,,Ana,,two women,0.5,x\n,Bea,,Bee,,,,,0.5,x\n".replace(
        ",", ";"
    ).replace("\n", "\r\n")
    (tmp_path / "filled.csv").write_text(text, "utf-8")
    assert read_actor_pairs(tmp_path / "filled.csv", tmp_path) == {
        "actor_aliases.csv": 0,
        "not_same.csv": 1,
    }
    (override,) = load_overrides(tmp_path)
    assert (override.values["name"], override.values["who"], override.decided_on is not None) == (
        "Ada Brandt",
        "Ana",
        True,
    )


def test_wrong_country_in_a_review_writes_nothing(tmp_path):
    from newsledger.ledger.identity.review import read_actor_pairs

    with pytest.raises(SettingsError, match="line 2: country_code is 'France'"):
        read_actor_pairs(
            write_review(tmp_path, "same,Ada Brandt,France,Ida Brandt,,Ana,,"),
            tmp_path / "overrides",
        )
    assert not (tmp_path / "overrides").exists()


def test_explanation_tells_who_it_is_in_the_ledger_and_what_a_person_decided(
    reviewed, tmp_path, monkeypatch
):
    from newsledger import paths
    from newsledger.run.plan import RunOptions
    from newsledger.run.runner import run_all
    from newsledger.store.articles import describe_identities
    from newsledger.store.database import open_published

    monkeypatch.setattr(paths, "OVERRIDES", reviewed)
    (reviewed / "actor_kinds.csv").write_text(
        "name,country_code,kind,who,decided_on,why\nMohamed Sabri,,collective,Bo,,a pen name\n",
        "utf-8",
    )
    run_all(RunOptions(sources=(str(tmp_path / "0.txt"),), report=None))
    with open_published() as con:
        article_id, key = con.execute(
            "SELECT article_id, article_actor_id FROM core.article_actors WHERE name = 'Mohamed "
            "Sabri'"
        ).fetchone()
    printed = "\n".join(describe_identities(article_id)[key])
    assert "Mohamed Sabri, collective, in 1 articles" in printed
    assert "collective: decided by a person, actor_kinds.csv line 2 (Bo, a pen name)" in printed


def write_review(folder: Path, row: str) -> Path:
    path = folder / "filled.csv"
    path.write_text(f"decision,{HEADER}{row}\n", "utf-8")
    return path
