"""`newsledger schedule`: the schedules of prefect.yaml, until stopped."""

import os
import sys

import click


@click.command()
@click.option("--serve", "is_serving", is_flag=True, help="In one process, without a worker.")
def schedule(is_serving: bool) -> None:
    """Run the schedules of prefect.yaml until stopped: a Prefect server on loopback, a worker that
    is started again where it dies, and the flows of the project folder.

    \b
    Examples:
      newsledger schedule
      newsledger schedule --serve
    """
    from newsledger import paths
    from newsledger.errors import SettingsError

    if not (paths.HOME / "flows").is_dir():
        raise SettingsError(f"{paths.HOME} has no flows: `newsledger init` writes them")
    search = filter(None, (str(paths.HOME), os.environ.get("PYTHONPATH")))
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(search)}
    module = "flows.serve" if is_serving else "flows.standing"
    os.chdir(paths.HOME)
    os.execve(sys.executable, [sys.executable, "-m", module], environment)
