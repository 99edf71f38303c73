"""HTML editions in a headless Chromium: accessible by axe's rules, filtered by the script, whole
without it.

Chromium and axe-core (`npm pack axe-core`, its axe.min.js named by NEWSLEDGER_AXE) are no part of
an installation: without them these tests are skipped, but where NEWSLEDGER_BROWSER_TESTS is set
they must be there.
"""

import json
import os
import shutil
import subprocess
from datetime import date, datetime
from pathlib import Path

import pytest
from lxml import html

from newsledger.render.report import Request, build_report
from newsledger.render.report_folders import list_reports

AT = datetime(2026, 2, 17, 6, 0)
ASKED = {"story": {"about": "severn"}, "actor": {"about": "Anna Rees"}}
WEEK = {"since": date(2026, 2, 9), "until": date(2026, 2, 16)}
RUN_AXE = """
axe.run(document, {resultTypes: ["violations"]}).then(function (found) {
  var out = document.createElement("pre");
  out.id = "found";
  out.textContent = JSON.stringify(found.violations.map(function (rule) {
    return {id: rule.id, impact: rule.impact, where: rule.nodes.slice(0, 3).map(function (node) { return node.html.slice(0, 160); })};
  }));
  document.body.append(out);
});
"""
CHOOSE = """
var select = document.getElementById("filter-outlet");
select.value = "The Albion Daily";
select.dispatchEvent(new Event("change"));
"""


def need(found, what):
    if found is None:
        if os.environ.get("NEWSLEDGER_BROWSER_TESTS"):
            pytest.fail(f"{what} is missing, and NEWSLEDGER_BROWSER_TESTS asks for it")
        pytest.skip(f"{what} is not installed")
    return found


@pytest.fixture(scope="module")
def browser():
    names = ("chromium", "chromium-browser", "google-chrome")
    return need(next(filter(None, map(shutil.which, names)), None), "Chromium")


@pytest.fixture(scope="module")
def axe():
    path = Path(os.environ.get("NEWSLEDGER_AXE", "node_modules/axe-core/axe.min.js"))
    return need(path if path.exists() else None, "axe-core")


@pytest.fixture(scope="module")
def editions(sample_file, tmp_path_factory):
    out = tmp_path_factory.mktemp("editions")
    found = {}
    for name in list_reports():
        files = build_report(
            name, sample_file, out / name, run_id="run_1", cutoff_at=AT,
            request=Request(formats=("html",), **ASKED.get(name, WEEK)),
        )  # fmt: skip
        found[name] = next(path for path in files if path.name == "index.html")
    return found


def show(browser, page, *scripts):
    """The document as the browser has it after the scripts, from a copy beside the page."""
    extra = "".join(f"<script>{script}</script>" for script in scripts)
    copy = page.with_name(f"shown-{page.name}")
    copy.write_text(page.read_text("utf-8").replace("</body>", f"{extra}</body>"), "utf-8")
    done = subprocess.run(
        [browser, "--headless", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=20000", "--dump-dom", copy.as_uri()],
        capture_output=True, check=True, timeout=300,
    )  # fmt: skip
    copy.unlink()
    return html.fromstring(done.stdout.decode("utf-8"))


def find_serious(browser, page, axe):
    shown = show(browser, page, axe.read_text("utf-8"), RUN_AXE)
    (found,) = shown.xpath("//pre[@id='found']")
    return [rule for rule in json.loads(found.text) if rule["impact"] in ("serious", "critical")]


@pytest.mark.parametrize("name", list_reports())
def test_axe_finds_nothing_serious(editions, browser, axe, name):
    assert find_serious(browser, editions[name], axe) == []


def test_axe_finds_nothing_serious_in_an_article(editions, browser, axe):
    page = next((editions["daily_brief"].parent / "articles").iterdir())
    assert find_serious(browser, page, axe) == []


def test_filters_hide_the_rows_of_other_outlets(editions, browser):
    shown = show(browser, editions["daily_brief"], CHOOSE)
    rows = shown.xpath("//*[@data-outlet]")
    visible = [row for row in rows if "hidden" not in row.attrib]
    assert 0 < len(visible) < len(rows)
    assert all("The Albion Daily" in row.get("data-outlet").split("|") for row in visible)
    (status,) = shown.xpath("//*[@role='status']")
    assert status.text.endswith("rows shown")


@pytest.mark.parametrize("name", list_reports())
def test_without_its_script_the_page_is_whole(editions, name):
    page = html.parse(str(editions[name])).getroot()
    assert not page.xpath("//*[@hidden][not(@id='filters')]")
    assert page.xpath("string(//h1)")
    assert page.get("lang") == "en"
    assert all(image.get("alt") for image in page.xpath("//img"))
    for link in page.xpath("//a/@href | //img/@src | //link/@href | //script/@src"):
        place = link.split("#")[0]
        if place and not place.startswith("http"):
            assert (editions[name].parent / place).exists(), link
