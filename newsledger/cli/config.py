"""`newsledger config`: which settings are in effect, and where each was set."""

import json
from typing import Any

import click


@click.command()
@click.argument("name", required=False)
@click.option("--json", "is_json", is_flag=True, help="As one JSON object.")
@click.option("--markdown", "is_markdown", is_flag=True, help="All settings as the docs have them.")
def config(name: str | None, is_json: bool, is_markdown: bool) -> None:
    """Show the settings in effect and where each was set.

    \b
    Examples:
      newsledger config
      newsledger config time_zone
      newsledger config --json
    """
    from newsledger import paths
    from newsledger.errors import SettingsError
    from newsledger.settings import Settings, read_settings, where_set

    if is_markdown:
        click.echo(build_settings_page(), nl=False)
        return
    values: dict[str, Any] = read_settings().model_dump()
    if name is not None:
        if name not in values:
            raise SettingsError(f"no setting {name!r}: there are {', '.join(values)}")
        click.echo(values[name] if isinstance(values[name], str) else json.dumps(values[name]))
        return
    if is_json:
        click.echo(json.dumps(values, ensure_ascii=False, indent=1))
        return
    click.echo(f"project folder: {paths.HOME}")
    width = max(map(len, Settings.model_fields))
    for key, value in values.items():
        click.echo(f"{key:{width}}  {json.dumps(value, ensure_ascii=False):26} {where_set(key)}")


def build_settings_page() -> str:
    """Write the table of all settings as Markdown."""
    from newsledger.settings import OTHER_VARIABLES, PREFIX, Settings

    rows = [
        f"| `{name}` | `{PREFIX}{name.upper()}` | `{json.dumps(field.default)}` "
        f"| {' '.join((field.description or '').split())} |"
        for name, field in Settings.model_fields.items()
    ]
    others = [f"| | `{PREFIX}{name}` | | {what} |" for name, what in OTHER_VARIABLES.items()]
    return (
        "# Settings\n\n"
        "Written by `newsledger config --markdown`; do not edit. A desk's settings are in "
        "`newsledger.toml` of its project folder; a variable of "
        "the environment wins over the file. `newsledger config` shows what is in effect. A "
        "wrong value, or a name in the file that is no "
        "setting, stops a command with one line that says so.\n\n"
        "| in newsledger.toml | variable | default | what it does |\n|---|---|---|---|\n"
        + "\n".join((*rows, *others))
        + "\n"
    )
