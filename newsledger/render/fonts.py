"""Typefaces of the reports: Source Sans, with Arabic and CJK to fall back on; all of free licence
(SIL OFL), from packages of fonts."""

import importlib.util
import unicodedata
from functools import cache
from pathlib import Path

from newsledger.errors import NewsledgerError

FAMILIES = ("Source Sans Pro", "IBM Plex Sans Arabic", "Noto Sans CJK TC", "DejaVu Sans")
_FILES = {  # package and folder in it: files that are used
    ("font_source_sans_pro", "files"): (
        "SourceSansPro-Regular.ttf", "SourceSansPro-Semibold.ttf", "SourceSansPro-Bold.ttf",
        "SourceSansPro-It.ttf",
    ),
    ("fontpkg_ibm_plex_sans_arabic", "files"): ("IBMPlexSansArabic-Regular.ttf",
    "IBMPlexSansArabic-Bold.ttf"),
    ("cvttf_NotoSansCJK_Regular", ""): ("NotoSansCJKtc-Regular.otf",),
    ("matplotlib", "mpl-data/fonts/ttf"): ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf"),
}  # fmt: skip
WEB_FILES = {"regular": "SourceSansPro-Regular.ttf", "bold": "SourceSansPro-Bold.ttf"}


def find_family(letter: str) -> str:
    """The family to fall back on for a letter of another script; empty where the first one of
    `FAMILIES` has it."""
    if unicodedata.east_asian_width(letter) in "WF":
        return FAMILIES[2]
    direction = unicodedata.bidirectional(letter)
    return FAMILIES[1] if direction == "AL" else FAMILIES[3] if direction == "R" else ""


@cache
def find_fonts() -> tuple[Path, ...]:
    """Files of the typefaces. Raises `NewsledgerError` with the cure where a package is missing."""
    found = []
    for (package, folder), names in _FILES.items():
        spec = importlib.util.find_spec(package)
        if spec is None or not spec.submodule_search_locations:
            raise NewsledgerError(
                f"the typefaces of {package} are missing: install newsledger again with its "
                f"dependencies"
            )
        root = Path(next(iter(spec.submodule_search_locations))) / folder
        found += [root / name for name in names]
    return tuple(found)


@cache
def register_fonts() -> None:
    """Make the typefaces known to matplotlib."""
    from matplotlib import font_manager

    for path in find_fonts():
        font_manager.fontManager.addfont(str(path))
