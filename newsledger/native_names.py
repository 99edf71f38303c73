"""Names of towns in Arabic and Cyrillic script, chosen among the alternate names of GeoNames, which have no language.

Letters tell the language: Persian and Urdu, Bulgarian and Kazakh names have letters that Arabic and Russian do not. Of what is
left, the Cyrillic name closest to the Latin ones is taken. A name may still be that of a sister language.
"""

import re
from collections.abc import Sequence

SCRIPTS = ("arabic", "cyrillic")
_ARABIC = re.compile(r"[\u0621-\u063a\u0641-\u064a -]+")  # letters of Arabic alone, no Persian or Urdu ones
_RUSSIAN = re.compile(r"[\u0410-\u044f\u0401\u0451 -]+")
_UKRAINIAN = re.compile(r"[\u0410-\u0429\u042c\u042e-\u0449\u044c\u044e\u044f\u0404\u0406\u0407\u0454\u0456\u0457\u0490\u0491’' -]+")
_UKRAINIAN_ONLY = re.compile(r"[\u0404\u0406\u0407\u0454\u0456\u0457\u0490\u0491]")
_ARTICLE = "\u0627\u0644"
_ROUND_T = "\u0629"
_LATIN = dict(zip(
    "\u0430\u0431\u0432\u0433\u0434\u0435\u0451\u0436\u0437\u0438\u0439\u043a\u043b\u043c\u043d\u043e\u043f\u0440\u0441\u0442\u0443\u0444\u0445\u0446\u0447\u0448\u0449\u044a\u044b\u044c\u044d\u044e\u044f\u0456\u0457\u0454\u0491",
    "a b v g d e yo zh z i y k l m n o p r s t u f kh ts ch sh shch  y  e yu ya i yi ye g".split(" "),
    strict=True,
))  # fmt: skip


def find_native_names(name: str, country_code: str, alternates: Sequence[str]) -> dict[str, str]:
    """Choose the name of a town in each script, by script; empty where there is none."""
    found = {}
    if arabic := [alternate for alternate in alternates if _ARABIC.fullmatch(alternate)]:
        bare = {alternate.removeprefix(_ARTICLE) for alternate in arabic if alternate.startswith(_ARTICLE)}
        found["arabic"] = min(arabic, key=lambda a: (a in bare, len(a.split()), not a.endswith(_ROUND_T), len(a), a))
    letters = _UKRAINIAN if country_code == "UA" else _RUSSIAN
    if cyrillic := [alternate for alternate in alternates if letters.fullmatch(alternate)]:
        latin = [name, *(alternate for alternate in alternates if alternate.isascii())]
        own = [c for c in cyrillic if country_code == "UA" and _UKRAINIAN_ONLY.search(c)] or cyrillic
        found["cyrillic"] = max(own, key=lambda c: (_closeness(c, latin), "\u044c" in c, -len(c), c))
    return found


def _closeness(name: str, latin: Sequence[str]) -> float:
    from rapidfuzz.fuzz import ratio

    written = "".join(_LATIN.get(char, char) for char in name.lower())
    return sum(sorted((ratio(written, other.lower()) for other in latin), reverse=True)[:3])
