"""On what terms somebody unnamed spoke."""

import re

GROUND_RULES = re.compile(
    r"(?:speaking |spoke |spoken |speak |talked |talking |interviewed )?(?:on|under) "
    r"(?:the )?condition of (?:\w+ )?anonymity[^.;”\"]*"
    r"|(?:who |which |because |as |since )?(?:\w+ )?(?:\w+ )?(?:not|n['’]t) (?:been "
    r")?authori[sz]ed to [^.,;”\"]*"
    r"|(?:who )?(?:asked|requested|declined|refused|did not want|didn['’]t want|wished"
    r"|insisted|preferred) (?:not )?(?:to )?"
    r"(?:be |remain |for |on )?(?:named|identified|quoted by name|anonymity|anonymous)[^.,;”\"]*"
    r"|(?:who (?:is|are|was|were) )?(?:directly |closely )?"
    r"(?:familiar with|briefed on|with (?:direct )?knowledge of|privy to|close to) "
    r"(?:the |his |her |their |its )?[^.,;”\"]*"
    r"|(?:who )?(?:gave|given) only (?:his|her|their|a) (?:first|last) name[^.,;”\"]*"
    r"|(?:(?:who )?(?:was |were )?(?:speaking|spoke|talking|talked|briefing|briefed) "
    r"(?:to |with )?(?:\w+ )?)?"
    r"(?:on (?:deep )?background|off the record|not for attribution)\b",
    re.IGNORECASE,
)
_GROUND_TRIGGERS = (
    "anonym",
    "authori",
    "named",
    "identified",
    "familiar",
    "briefed",
    "knowledge",
    "privy",
    "close to",
    "name",
    "background",
    "the record",
    "attribution",
)


def find_ground_rules(text: str) -> str | None:
    """Find the terms on which somebody unnamed spoke, as printed: "on condition of anonymity
    because …", "familiar with the matter"."""
    if not any(trigger in text for trigger in _GROUND_TRIGGERS):
        return None
    found = [match.group().strip(" ,") for match in GROUND_RULES.finditer(text)]
    return max(found, key=len, default=None)
