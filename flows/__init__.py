"""Prefect flows: order, retries, schedule, artifacts. The work is done by the runner of
`newsledger.run.runner`."""

import os
from pathlib import Path

from newsledger import paths

# Read by Prefect when it is imported; a value from the environment wins.
os.environ.setdefault("PREFECT_HOME", str(paths.HOME / "data" / "prefect"))
os.environ.setdefault("PREFECT_SERVER_ANALYTICS_ENABLED", "false")
os.environ.setdefault(
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS", "180"
)  # 20 is too short on two busy cores
os.environ.setdefault("PREFECT_LOGGING_EXTRA_LOGGERS", "newsledger")  # the log of a run, too
# what the same process logs outside of a flow goes to standard error alone
os.environ.setdefault("PREFECT_LOGGING_TO_API_WHEN_MISSING_FLOW", "ignore")
os.environ.setdefault("DO_NOT_TRACK", "1")
# Prefect makes the directory, not its parent, and its temporary server then waits in vain.
Path(os.environ["PREFECT_HOME"]).expanduser().mkdir(parents=True, exist_ok=True)
