"""Headers that a source wants to see, such as a token: from the environment alone. They are sent to
the host of that source, and are neither stored nor printed nor published."""

import os
import re

from newsledger.errors import SettingsError

PREFIX = "NEWSLEDGER_HEADERS_"
_HEADER = re.compile(
    r"([!#$%&'*+.^_`|~0-9A-Za-z-]+)\s*:\s*([\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?)"
)


def variable_of(source_name: str) -> str:
    """Give the variable of a row of seeds/sources.csv: `wire-eu` has
    `NEWSLEDGER_HEADERS_WIRE_EU`."""
    return PREFIX + source_name.upper().replace("-", "_")


def headers_of(source_name: str | None) -> dict[str, str]:
    """Read the headers of a source, one `Name: value` a line. Raises `SettingsError`, which does
    not repeat the value."""
    text = os.environ.get(variable_of(source_name), "") if source_name else ""
    headers = {}
    for line in filter(None, map(str.strip, text.splitlines())):
        found = _HEADER.fullmatch(line)
        if not found:
            raise SettingsError(
                f"{variable_of(source_name or '')}: expected lines such as `Authorization: "
                f"Bearer …`"
            )
        headers[found[1]] = found[2]
    return headers
