"""Names of towns in Arabic and Cyrillic script, chosen among the alternate names of GeoNames, which
have no language.

Letters tell the language: Persian and Urdu, Bulgarian and Kazakh names have letters that Arabic and
Russian do not. Of what is left, the name closest to its other spellings is taken. It may still be
that of a sister language, or an older one: `seeds/native_names.csv` puts right what was found
wrong.
"""

import re
from collections.abc import Sequence
from functools import cache

from newsledger import paths
from newsledger.errors import SettingsError
from newsledger.lexicon.sheets import read_sheet

SCRIPTS = ("arabic", "cyrillic")
_ARABIC = re.compile(
    r"[\u0621-\u063a\u0641-\u064a -]+"
)  # letters of Arabic alone, no Persian or Urdu ones
_RUSSIAN = re.compile(r"[\u0410-\u044f\u0401\u0451 -]+")
_UKRAINIAN = re.compile(
    r"[\u0410-\u0429\u042c\u042e-\u0449\u044c\u044e\u044f"
    r"\u0404\u0406\u0407\u0454\u0456\u0457\u0490\u0491’' -]+"
)
_UKRAINIAN_ONLY = re.compile(r"[\u0404\u0406\u0407\u0454\u0456\u0457\u0490\u0491]")
LEAST_CLOSENESS = 50  # below it a name is another one: an epithet, or that of before a renaming
_ARABIC_BLOCK = re.compile(r"[\u0621-\u06d3]")
_CYRILLIC_BLOCK = re.compile(r"[\u0400-\u052f]")
_LATIN_OF_UKRAINIAN = {"\u0433": "h", "\u0438": "y", "\u0439": "i"}
_ARTICLE = "\u0627\u0644"
_ROUND_T = "\u0629"
_LATIN = dict(zip(
    "\u0430\u0431\u0432\u0433\u0434\u0435\u0451\u0436\u0437\u0438\u0439\u043a"
    "\u043b\u043c\u043d\u043e\u043f\u0440\u0441\u0442\u0443\u0444\u0445\u0446"
    "\u0447\u0448\u0449\u044a\u044b\u044c\u044d\u044e\u044f\u0456\u0457\u0454\u0491",
    "a,b,v,g,d,e,yo,zh,z,i,y,k,l,m,n,o,p,r,s,t,u,f,kh,ts,"
    "ch,sh,shch,,y,,e,yu,ya,i,yi,ye,g".split(","),
    strict=True,
))  # fmt: skip


@cache
def load_corrections() -> dict[tuple[str, str], dict[str, str]]:
    """Read `seeds/native_names.csv`, by name and country. Raises `SettingsError` naming a wrong
    row."""
    path = paths.SEEDS / "native_names.csv"
    found: dict[tuple[str, str], dict[str, str]] = {}
    for number, row in read_sheet(path, ("name", "country_code", "script", "native_name")):
        if row.get("script") not in SCRIPTS or not all(
            row.get(column) for column in ("name", "country_code", "native_name")
        ):
            raise SettingsError(
                f"{path} line {number}: expected name, country_code, script (arabic or "
                f"cyrillic) and native_name, got {row}"
            )
        found.setdefault((row["name"], row["country_code"]), {})[row["script"]] = row["native_name"]
    return found


def find_native_names(name: str, country_code: str, alternates: Sequence[str]) -> dict[str, str]:
    """Choose the name of a town in each script, by script; empty where there is none."""
    return _choose_names(name, country_code, alternates) | load_corrections().get(
        (name, country_code), {}
    )


def _choose_names(name: str, country_code: str, alternates: Sequence[str]) -> dict[str, str]:
    found = {}
    latin = [name, *(alternate for alternate in alternates if alternate.isascii())]
    if arabic := [alternate for alternate in alternates if _ARABIC.fullmatch(alternate)]:
        bare = {
            alternate.removeprefix(_ARTICLE)
            for alternate in arabic
            if alternate.startswith(_ARTICLE)
        }
        kin = [alternate for alternate in alternates if _ARABIC_BLOCK.match(alternate)]
        found["arabic"] = max(
            arabic,
            key=lambda a: (
                a not in bare,
                -len(a.split()),
                a.endswith(_ROUND_T),
                _kinship(a, kin),
                -len(a),
                a,
            ),
        )
    letters = _UKRAINIAN if country_code == "UA" else _RUSSIAN
    kin = [alternate for alternate in alternates if _CYRILLIC_BLOCK.match(alternate)]
    rated = [
        (_closeness(c, country_code, latin) + _kinship(c, kin) + _sounds_native(c, country_code), c)
        for c in kin
        if letters.fullmatch(c)
    ]
    if rated and _closeness((best := max(rated)[1]), country_code, latin) >= LEAST_CLOSENESS:
        found["cyrillic"] = best
    return found


def _closeness(name: str, country_code: str, latin: Sequence[str]) -> float:
    """How alike a Cyrillic name, spelled in Latin letters, is to the main name and to the nearest
    of the others, 0 to 100."""
    from rapidfuzz.fuzz import ratio

    table = _LATIN | _LATIN_OF_UKRAINIAN if country_code == "UA" else _LATIN
    written = "".join(table.get(char, char) for char in name.lower())
    return (
        float(
            ratio(written, latin[0].lower()) + max(ratio(written, other.lower()) for other in latin)
        )
        / 2
    )


def _kinship(name: str, others: Sequence[str]) -> float:
    """How alike a name is to all names in its script, 0 to 100: spellings of languages and scribes
    lie around the common one."""
    from rapidfuzz.fuzz import ratio

    return sum(ratio(name, other) for other in others) / len(others)


def _sounds_native(name: str, country_code: str) -> int:
    """A bonus for endings of the language itself: -ськ is Ukrainian, -ск Russian."""
    if country_code == "UA":
        return 25 * bool(_UKRAINIAN_ONLY.search(name)) - 25 * name.endswith(
            ("\u0441\u043a", "\u0446\u043a")
        )
    return 10 * name.endswith("\u044c") - 30 * name.endswith(("\u0441\u044c\u043a", "\u044a"))
