"""Artifacts that lead to a report: a link where a web server shows it, else its findings and where it
lies."""

from collections.abc import Sequence
from pathlib import Path

import flows  # noqa: F401

from prefect.artifacts import create_link_artifact, create_markdown_artifact  # isort: skip

from newsledger import paths
from newsledger.settings import read_settings


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
