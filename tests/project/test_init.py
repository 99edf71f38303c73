"""A project folder is written once, and brought up to date without touching what is the desk's."""

import shutil
import sys
import tomllib

import pytest
from click.testing import CliRunner

from newsledger import paths
from newsledger.cli.main import cli
from newsledger.errors import SettingsError
from newsledger.store.project import Change, write_project


@pytest.fixture
def shipped(tmp_path, monkeypatch):
    """A copy of what the package ships, which a newer version may change."""
    root = tmp_path / "package"
    for name in ("seeds/sources.csv", "seeds/outlets.csv", "seeds/overrides", "seeds/sample"):
        source, target = paths.SHIPPED / name, root / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target)
        else:
            shutil.copyfile(source, target)
    for name in ("flows", "deploy"):
        shutil.copytree(paths.SHIPPED / name, root / name)
    shutil.copyfile(paths.SHIPPED / "prefect.yaml", root / "prefect.yaml")
    monkeypatch.setattr(paths, "SHIPPED", root)
    return root


def test_a_new_project_has_all_that_is_the_desks(shipped, tmp_path):
    desk = tmp_path / "desk"
    changes = write_project(desk)
    assert {item.change for item in changes} == {Change.WRITTEN}
    for name in (
        "newsledger.toml",
        "seeds/sources.csv",
        "seeds/outlets.csv",
        "prefect.yaml",
        "flows/ledger.py",
        "seeds/articles",
    ):
        assert (desk / name).exists(), name
    assert not (desk / "seeds" / "sample").exists()
    assert write_project(desk) == []


def test_an_upgrade_touches_only_what_the_desk_has_not(shipped, tmp_path):
    desk = tmp_path / "desk"
    write_project(desk)
    mine = (desk / "seeds" / "sources.csv").read_text() + "mine,feed.xml,,,daily,true,,\n"
    (desk / "seeds" / "sources.csv").write_text(mine)
    (desk / "flows" / "serve.py").unlink()
    for name in ("seeds/sources.csv", "prefect.yaml", "flows/serve.py"):
        (shipped / name).write_text((shipped / name).read_text() + "# newer\n")

    changes = {item.path: item for item in write_project(desk)}

    assert {path: item.change for path, item in changes.items()} == {
        "seeds/sources.csv": Change.KEPT,
        "prefect.yaml": Change.UPDATED,
        "flows/serve.py": Change.GONE,
    }
    assert "+# newer" in changes["prefect.yaml"].difference
    assert "-mine,feed.xml" in changes["seeds/sources.csv"].difference
    assert (desk / "seeds" / "sources.csv").read_text() == mine
    assert (desk / "prefect.yaml").read_text().endswith("# newer\n")
    assert Change.KEPT not in {item.change for item in write_project(desk)}, "told once"


def test_a_dry_run_writes_nothing(shipped, tmp_path):
    assert write_project(tmp_path / "desk", is_dry=True)
    assert not (tmp_path / "desk").exists()


def test_take_replaces_what_was_edited(shipped, tmp_path):
    desk = tmp_path / "desk"
    write_project(desk)
    (desk / "prefect.yaml").write_text("mine")
    write_project(desk, take=["prefect.yaml"])
    assert (desk / "prefect.yaml").read_bytes() == (shipped / "prefect.yaml").read_bytes()
    with pytest.raises(SettingsError, match=r"mine\.txt: no file of a project"):
        write_project(desk, take=["mine.txt"])


def test_files_that_were_there_before_stay(shipped, tmp_path):
    desk = tmp_path / "desk"
    desk.mkdir()
    (desk / "prefect.yaml").write_text("somebody's")
    (desk / "notes.txt").write_text("mine")
    changes = {item.path: item.change for item in write_project(desk)}
    assert changes["prefect.yaml"] is Change.KEPT
    assert (desk / "prefect.yaml").read_text() == "somebody's"
    assert (desk / "notes.txt").read_text() == "mine"


def test_the_sample_is_switched_on(shipped, tmp_path):
    write_project(tmp_path / "desk", with_sample=True)
    rows = (tmp_path / "desk" / "seeds" / "sources.csv").read_text().splitlines()
    (row,) = (row for row in rows if row.startswith("sample,"))
    assert row.split(",")[5] == "true"
    assert (tmp_path / "desk" / "seeds" / "sample" / "01_albion.txt").exists()


def test_a_checkout_is_no_place_for_a_project():
    with pytest.raises(SettingsError, match="is a checkout"):
        write_project(paths.CODE_ROOT)


def test_the_settings_file_is_read_as_it_is_written(tmp_path):
    write_project(tmp_path / "desk")
    values = tomllib.loads((tmp_path / "desk" / "newsledger.toml").read_text("utf-8"))
    assert set(values) == {"reports"}


def test_the_command_says_what_comes_next(tmp_path):
    output = CliRunner().invoke(cli, ["init", str(tmp_path / "desk")]).output
    assert output.splitlines()[-1].startswith(f"next: cd {tmp_path / 'desk'} && newsledger run")


def test_units_of_systemd_know_the_folder(shipped, tmp_path):
    write_project(tmp_path / "desk")
    unit = (tmp_path / "desk" / "deploy" / "newsledger-run.service").read_text("utf-8")
    assert f"WorkingDirectory={tmp_path / 'desk'}\n" in unit
    assert f"ExecStart={sys.executable} -m newsledger run --quiet\n" in unit
