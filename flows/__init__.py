"""Prefect flows: order, retries, schedule, artifacts. The work is done by the plain functions of
`newsledger.run.pipeline`."""

import os

from newsledger import paths

# Read by Prefect when it is imported; a value from the environment wins.
os.environ.setdefault("PREFECT_HOME", str(paths.HOME / "data" / "prefect"))
os.environ.setdefault("PREFECT_SERVER_ANALYTICS_ENABLED", "false")
os.environ.setdefault(
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS", "180"
)  # 20 is too short on two busy cores
os.environ.setdefault("DO_NOT_TRACK", "1")
