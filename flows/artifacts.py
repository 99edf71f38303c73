"""Artifacts of a run: the link to its report, and why it was held or failed."""

from collections.abc import Sequence
from pathlib import Path

import flows  # noqa: F401

from prefect.artifacts import create_link_artifact, create_markdown_artifact  # isort: skip

from newsledger import paths
from newsledger.settings import read_settings
from newsledger.store.database import open_newest, rows_of


def link_report(files: Sequence[Path], key: str) -> None:
    """Leave an artifact for a report's files: a browser opens no file of the disk from a page of
    Prefect, so a link is made only where `report_url` says who serves the reports' directory."""
    base = read_settings().report_url.rstrip("/")
    edition = next((path for path in files if path.name == "index.html"), None)
    summary = next((path.read_text("utf-8") for path in files if path.suffix == ".md"), "")
    shown = edition or files[0]
    if base and shown.is_relative_to(paths.REPORT_OUT):
        address = f"{base}/{shown.relative_to(paths.REPORT_OUT).as_posix()}"
        create_link_artifact(address, link_text="Report", key=key, description=summary)
        return
    places = "\n".join(
        f"- `{path.absolute()}`" for path in files if path.suffix == ".pdf" or path == edition
    )
    create_markdown_artifact(f"{summary}\nOn disk:\n\n{places}\n", key=key)


def tell_trouble(status: str, reason: str) -> None:
    """Leave an artifact that says why a run was held or failed, and what to do; checks that hold it
    are listed with an example each."""
    told = "was held back by the checks" if status == "held" else "failed"
    create_markdown_artifact(
        f"## The run {told}\n\n{reason}\n\n{_list_checks() if status == 'held' else ''}"
        "What is published stays as it was. `newsledger status` says more; the log is in "
        f"`{paths.DATA / 'logs'}`.\n",
        key=f"newsledger-{status}",
        description=f"The run {told}",
    )


def _list_checks() -> str:
    """List the failing checks of the newest run as a Markdown table."""
    with open_newest() as con:
        rows = rows_of(
            con,
            "ops.checks",
            "SELECT severity, table_name, check_name, failed_count, checked_count, "
            "replace(coalesce(example, ''), '|', '/') FROM ops.checks WHERE NOT is_passed "
            "AND run_id = (SELECT run_id FROM ops.runs ORDER BY started_at DESC, run_id DESC "
            "LIMIT 1) ORDER BY severity, failed_count DESC, table_name, check_name",
        )
    if not rows:
        return ""
    lines = [f"| {' | '.join(map(str, row))} |" for row in rows]
    head = "| severity | table | check | rows | of | for example |\n|---|---|---|---:|---:|---|"
    return "\n".join([head, *lines]) + "\n\n"
