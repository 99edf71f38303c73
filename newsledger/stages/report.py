"""Report: a brief of the published database, beside the others of its run."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from newsledger import paths
from newsledger.errors import NewsledgerError
from newsledger.stages.protocol import Log


@dataclass(frozen=True, slots=True)
class Order:
    """Which report of which run."""

    name: str
    run_id: str
    cutoff_at: datetime

    @property
    def folder(self) -> Path:
        return paths.REPORT_OUT / self.run_id


class Report:
    """Write a report from the published database."""

    name = "report"
    reads = ("mart.*", "core.*", "ops.*")
    writes: tuple[str, ...] = ()

    def fingerprint(self) -> str:
        """Digest of the pages, queries and figures of all reports."""
        from newsledger.stages.fingerprint import digest_files

        return digest_files((paths.REPORTS, "*/*.*"), (paths.REPORTS, "*/queries/*.sql"))

    def run(self, scope: Order, log: Log) -> list[Path]:
        """Write one report; the PDF first. Raises `NewsledgerError` in one line where it breaks:
        what is published stays."""
        from newsledger.render.output import remove_old
        from newsledger.render.report import build_report
        from newsledger.settings import read_settings

        try:
            files = build_report(
                scope.name,
                paths.PUBLISHED_DB,
                scope.folder,
                run_id=scope.run_id,
                cutoff_at=scope.cutoff_at,
            )
            remove_old(paths.REPORT_OUT, read_settings().report_keep_days, scope.cutoff_at)
            return files
        except NewsledgerError as error:
            if error.__cause__:
                log.exception("report %s failed", scope.name)
            raise

    def find(self, order: Order) -> list[Path]:
        """Files of a report that is there already, the PDF first; empty where it is not there
        whole."""
        from newsledger.render.output import find_report

        return find_report(order.folder, order.name)


def require_report(name: str | None) -> None:
    """Raise `NewsledgerError` where there is no report of that name, before anything is read."""
    from newsledger.render.report_folders import list_reports

    if name is not None and name not in list_reports():
        raise NewsledgerError(
            f"no report {name!r}: there are {', '.join(list_reports())}, or `none`"
        )
