"""seeds/sources.csv: what a run pulls, and that a wrong row is told."""

from pathlib import Path

import pytest

from newsledger import paths
from newsledger.errors import SettingsError
from newsledger.ingest.sources import Source, list_sources, read_seed_sources

HEADER = "name,uri,outlet,format,schedule_group,is_enabled,column_map,note\n"


def write(folder: Path, rows: str) -> Path:
    (folder / "sources.csv").write_text(HEADER + rows)
    return folder / "sources.csv"


def test_rows_are_read(tmp_path: Path):
    path = write(
        tmp_path,
        "bugle,https://bugle.example/feed,The "
        "Bugle,feed,hourly,true,,\ndump,in/dump.csv,,csv,weekly,false,text=Body; "
        "title=Head,x\n",
    )
    bugle, dump = read_seed_sources(path)
    assert bugle == Source(
        name="bugle",
        uri="https://bugle.example/feed",
        outlet="The Bugle",
        format="feed",
        schedule_group="hourly",
    )
    assert (dump.uri, dump.is_enabled, dump.column_map) == (
        str(paths.HOME / "in/dump.csv"),
        False,
        {"text": "Body", "title": "Head"},
    )
    assert list_sources(path=path) == [bugle]
    assert list_sources(path=path, schedule_group="daily") == []
    assert list_sources(path=path, name="dump") == [dump]
    assert list_sources(["other.csv"], path=path, name="dump")[0].column_map == dump.column_map
    assert list_sources(["a.txt"], path=path) == [Source(uri="a.txt")]


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ("A B,x,,,daily,true,,\n", "line 2: name 'A B'"),
        ("a,,,,daily,true,,\n", "line 2: expected a path or an address"),
        ("a,x,,docx,daily,true,,\n", "line 2: format 'docx': expected one of csv, eml"),
        ("a,x,,,yearly,true,,\n", "line 2: schedule_group 'yearly'"),
        ("a,x,,,daily,yes,,\n", "line 2: is_enabled 'yes': expected true or false"),
        ("a,x,,,daily,true,body,\n", "line 2: column_map 'body'"),
        ("a,x,,,daily,true,bodytext=b,\n", "line 2: column_map 'bodytext=b'"),
        ("a,x,,\n", "line 2: expected 8 columns"),
        ("a,x,,,daily,true,,\na,y,,,daily,true,,\n", "the name 'a' is used twice"),
    ],
)
def test_wrong_rows_are_told(tmp_path: Path, rows: str, message: str):
    with pytest.raises(SettingsError, match=r"sources\.csv") as error:
        read_seed_sources(write(tmp_path, rows))
    assert message in str(error.value)


def test_every_mistake_is_told_on_a_line_of_its_own(tmp_path: Path):
    with pytest.raises(SettingsError) as error:
        read_seed_sources(
            write(
                tmp_path,
                "a,,,,daily,true,,\nb,x,,,yearly,true,,\nb,x,,,daily,true,,\nb,x,,,daily,true,,\n",
            )
        )
    assert [line.partition(": ")[2][:12] for line in str(error.value).split("\n")] == [
        "expected a p",
        "schedule_gro",
        "the name 'b'",
    ]


def test_unknown_name_lists_the_known_ones(tmp_path: Path):
    with pytest.raises(SettingsError, match=r"no source 'b' in .*; there are a"):
        list_sources(path=write(tmp_path, "a,x,,,daily,true,,\n"), name="b")


def test_seed_of_the_project_is_right():
    assert any(source.is_enabled for source in read_seed_sources())
