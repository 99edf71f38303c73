"""Addresses as they may be shown: without passwords, keys and tokens."""

import re

HIDDEN = "hidden"
_SECRETS = (
    r"(?:[\w-]*[-_])?(?:api[-_]?key|app[-_]?key|access[-_]?key|subscription[-_]?key"
    r"|auth[-_]?key|private[-_]?key|token|secret|password|passwd|pwd"
    r"|signature|credential|session[-_]?id)|apikey|key|auth|authorization|sig|sid|jwt"
    r"|phpsessid|jsessionid"
)
_PARAMETER = re.compile(rf"(?P<name>[?&;](?:{_SECRETS})=)[^&;#\s]+", re.IGNORECASE)
_LOGIN = re.compile(r"(?<=://)[^/?#@\s]*@")


def hide_secrets(address: str) -> str:
    """Hide what an address carries to let somebody in: `?api-key=hidden`, and no user name or
    password before the host. Other text is returned as it is."""
    if "=" not in address and "@" not in address:
        return address
    return _PARAMETER.sub(rf"\g<name>{HIDDEN}", _LOGIN.sub("", address))
