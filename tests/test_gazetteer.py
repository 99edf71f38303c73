"""The gazetteer: names and divisions, GeoNames on top, a build that fails or is repeated."""

import copy
import json
import zipfile

import pytest

from newsledger import paths
from newsledger.errors import SettingsError
from newsledger.lexicon import gazetteer_build, gazetteer_divisions, gazetteer_parts
from newsledger.lexicon.gazetteer import Gazetteer, fold_name, load_gazetteer
from newsledger.lexicon.native_names import find_native_names

ROW = "{id}\t{name}\t{name}\t{others}\t{lat}\t{lon}\t{feature}\t{code}\t{country}\t\t{admin1}\t\t\t\t{people}\t\t\tEtc/UTC\t2024-01-01"


def list_places(name, kind):
    return {
        (c.place.name, c.place.country_code)
        for c in load_gazetteer().find(name)
        if c.place.kind == kind
    }


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("The Hague", "hague"),
        ("Ḩamāh", "hamah"),
        ("Łódź", "lodz"),
        ("Diyarbakır", "diyarbakir"),
        ("St. John’s", "st john"),
        ("Al-Bab", "al bab"),
    ],
)
def test_names_are_folded(name, folded):
    assert fold_name(name) == folded


@pytest.mark.parametrize(
    ("name", "kind", "place"),
    [
        ("Aleppo", "admin1", ("Aleppo", "SY")),
        ("Nineveh", "admin1", ("Nīnawá", "IQ")),
        ("Salta", "admin1", ("Salta", "AR")),
        ("Diyarbakir", "admin1", ("Diyarbakır", "TR")),
        ("Masovian Voivodeship", "admin1", ("Mazovia", "PL")),
        ("Harris County", "admin2", ("Harris County", "US")),
        ("Red Sea", "water", ("Red Sea", None)),
        ("Donbas", "region", ("Donbas", "UA")),
        ("Kyiv", "point", ("Kyiv", "UA")),
        ("Britain", "country", ("United Kingdom", "GB")),
    ],
)
def test_what_news_names_is_there(name, kind, place):
    assert place in list_places(name, kind)


@pytest.mark.parametrize(
    "epithet",
    ["The pretty", "River of January", "Gateway to the Sundarbans", "City of Winds", "Holy Cross"],
)
def test_epithets_are_no_names_of_divisions(epithet):
    assert not list_places(epithet, "admin1")


def test_towns_lie_in_the_divisions_of_today():
    towns = {
        c.place.admin1_name
        for c in load_gazetteer().find("Amiens")
        if c.place.country_code == "FR" and c.place.kind == "point"
    }
    assert towns == {"Hauts-de-France"}


def test_a_place_is_found_once():
    numbers = [c.place.location_id for c in load_gazetteer().find("Homs")]
    assert len(numbers) == len(set(numbers))


def write_geonames(path, *rows):
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("allCountries.txt", "".join(f"{row}\n" for row in rows))
    return path


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setattr(paths, "GAZETTEER", tmp_path / "gazetteer")
    return tmp_path


@pytest.fixture(scope="module")
def some_towns():
    return gazetteer_divisions.read_towns()[::500]


@pytest.fixture
def small(folder, some_towns, monkeypatch):
    """A gazetteer of few towns, so that it is built in a moment."""
    monkeypatch.setattr(gazetteer_parts, "read_towns", lambda: copy.deepcopy(some_towns))
    return folder


def fill(**values):
    return ROW.format(
        **(
            {
                "others": "",
                "lat": 52.0,
                "lon": -1.0,
                "feature": "P",
                "code": "PPL",
                "country": "GB",
                "admin1": "ENG",
                "people": 0,
            }
            | values
        )
    )


def test_geonames_adds_places(small):
    archive = write_geonames(
        small / "allCountries.zip",
        fill(id=900001, name="Nether Wimbling", others="Wimbling,Уимблинг", people=212),
        fill(id=900002, name="Wimbling Airfield", feature="S", code="AIRP"),
        fill(id=900003, name="Wimbling Well", feature="S", code="WLL"),  # not what news names
        fill(id=900004, name="Lake Wimbling", feature="H", code="LK"),
    )
    gazetteer = Gazetteer(gazetteer_build.build_gazetteer(archive))
    found = {
        name: gazetteer.find(name)
        for name in (
            "Nether Wimbling",
            "Wimbling",
            "Wimbling Airfield",
            "Wimbling Well",
            "Lake Wimbling",
        )
    }
    assert [
        (c.place.geonames_id, c.place.admin1_name, c.place.population, c.is_main)
        for c in found["Nether Wimbling"]
    ] == [(900001, "England", 212, True)]
    assert [c.is_main for c in found["Wimbling"]] == [False]
    assert found["Wimbling Airfield"][0].place.kind == "point"
    assert found["Wimbling Well"] == ()
    assert found["Lake Wimbling"][0].place.kind == "water"
    assert gazetteer_build.ensure_gazetteer() == gazetteer.folder, "the larger one stays in use"


@pytest.mark.parametrize(
    ("write", "words"),
    [
        (lambda path: path.write_bytes(b"no archive"), "is no zip archive: allCountries.zip"),
        (lambda path: zipfile.ZipFile(path, "w").close(), "not GeoNames' allCountries.zip"),
        (
            lambda path: write_geonames(path, "1\tOne"),
            "line 1 of allCountries.txt has 2 columns, expected 19",
        ),
    ],
)
def test_a_wrong_archive_leaves_the_gazetteer_as_it_was(small, write, words):
    before = gazetteer_build.build_gazetteer()
    write(small / "wrong.zip")
    with pytest.raises(SettingsError, match=words):
        gazetteer_build.build_gazetteer(small / "wrong.zip")
    assert gazetteer_build.ensure_gazetteer() == before
    assert [path.name for path in paths.GAZETTEER.iterdir() if path.is_dir()] == [before.name]


def test_a_build_that_was_killed_is_not_read(small):
    before = gazetteer_build.build_gazetteer()
    (paths.GAZETTEER / "build-1").mkdir()
    (paths.GAZETTEER / "build-1" / "hashes.npy").write_bytes(b"half")
    assert gazetteer_build.ensure_gazetteer() == before
    stamp = json.loads((paths.GAZETTEER / "stamp.json").read_text("utf-8"))
    (paths.GAZETTEER / "stamp.json").write_text(json.dumps(stamp | {"version": "0"}), "utf-8")
    after = gazetteer_build.ensure_gazetteer()
    assert [path.name for path in paths.GAZETTEER.iterdir() if path.is_dir()] == [after.name]


@pytest.mark.parametrize(
    ("name", "country", "alternates", "names"),
    [
        (
            "Odesa",
            "UA",
            ["Odessa", "Одесса", "Одеса", "Південна Пальміра", "أوديسا"],
            {"cyrillic": "Одеса", "arabic": "أوديسا"},
        ),
        ("Kazan", "RU", ["Kazan'", "Казань", "Казан", "Қазан"], {"cyrillic": "Казань"}),
        ("Tanta", "EG", ["Tanta", "طنطا", "تانتا"], {"arabic": "طنطا"}),
        ("Moscow", "RU", [], {"cyrillic": "Москва"}),  # a row of seeds/native_names.csv
        ("Leeds", "GB", ["Ledes"], {}),
    ],
)
def test_native_names(name, country, alternates, names):
    assert find_native_names(name, country, alternates) == names
