"""A whole run and its options under the name by which most callers know them."""

from newsledger.run.plan import Counts, RunOptions
from newsledger.run.published import newest_run
from newsledger.run.runner import RunResult, dry_run, run_all

__all__ = ["Counts", "RunOptions", "RunResult", "dry_run", "newest_run", "run_all"]
