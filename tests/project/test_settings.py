"""Settings: file, environment, mistakes in one line, and the page of the docs."""

import pytest

from newsledger import paths
from newsledger.cli.config import build_settings_page
from newsledger.errors import SettingsError
from newsledger.settings import Settings, find_misspelt, read_settings, where_set


@pytest.fixture
def write_file(tmp_path, monkeypatch):
    monkeypatch.setattr(paths, "HOME", tmp_path)

    def write(text: str) -> None:
        (tmp_path / paths.PROJECT_FILE).write_text(text, "utf-8")

    return write


def test_the_environment_wins_over_the_file(write_file, monkeypatch):
    write_file('fetch_timeout_s = 7\nmax_document_mb = 3\ntime_zone = "Europe/Amsterdam"\n')
    monkeypatch.setenv("NEWSLEDGER_FETCH_TIMEOUT_S", "9")
    settings = read_settings()
    assert (settings.fetch_timeout_s, settings.max_document_mb, settings.time_zone) == (
        9,
        3,
        "Europe/Amsterdam",
    )
    assert [where_set(name) for name in ("fetch_timeout_s", "max_document_mb", "workers")] == [
        "environment",
        "newsledger.toml",
        "default",
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('fetch_timeout_s = "soon"', r"newsledger\.toml: fetch_timeout_s = 'soon': expected a valid integer"),
        ("tme_zone = 'UTC'", r"newsledger\.toml: tme_zone is no setting: did you mean time_zone\?"),
        ("batch_articles = 0", r"batch_articles = 0: expected greater than or equal to 1"),
        ("= 3", r"newsledger\.toml: "),
    ],
)  # fmt: skip
def test_a_mistake_in_the_file_is_one_line(write_file, text, message):
    write_file(text)
    with pytest.raises(SettingsError, match=message) as error:
        read_settings()
    assert "\n" not in str(error.value)


def test_a_wrong_variable_is_named(monkeypatch):
    monkeypatch.setenv("NEWSLEDGER_MAX_DOCUMENT_MB", "many")
    with pytest.raises(
        SettingsError, match="NEWSLEDGER_MAX_DOCUMENT_MB='many': expected a valid integer"
    ):
        read_settings()


def test_misspelt_variables_are_named(monkeypatch):
    monkeypatch.setenv("NEWSLEDGER_TIMEZONE", "UTC")
    assert (
        "NEWSLEDGER_TIMEZONE is no setting: did you mean NEWSLEDGER_TIME_ZONE?" in find_misspelt()
    )


def test_every_setting_says_what_it_does():
    assert not [name for name, field in Settings.model_fields.items() if not field.description]


def test_the_page_of_the_docs_is_fresh():
    page = (paths.CODE_ROOT / "docs" / "settings.md").read_text("utf-8")
    assert page == build_settings_page(), "newsledger config --markdown > docs/settings.md"


def test_tables_of_the_file_are_settings_of_reports(write_file):
    from newsledger.render.report_folders import read_own_settings as read_report

    write_file("[reports.daily_brief]\nmax_pages = 2\n")
    assert read_report("daily_brief")["max_pages"] == 2
    assert read_report("daily_brief")["period"] == "day"
