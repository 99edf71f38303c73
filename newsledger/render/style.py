"""How pictures look: fonts, colours that colour-blind readers tell apart, sizes, and saving without
a time stamp."""

import logging
from pathlib import Path
from typing import TYPE_CHECKING, Any

from newsledger.render.fonts import FAMILIES, register_fonts
from newsledger.render.letters import name_typefaces
from newsledger.render.measure import fit, wrap

if TYPE_CHECKING:
    from matplotlib.figure import Figure

INK = "#1f2933"
MUTED = "#67727e"
GRID = "#d9dee3"
BLUE = "#0072b2"  # Okabe and Ito, 2008
ORANGE = "#d55e00"
SKY = "#56b4e9"
GREEN = "#009e73"
SAND = "#f4efe4"
WATER = "#e3edf4"
DPI = 200
BOLD = 1.06  # width of bold words against regular ones
TITLE_SIZE = 12.0  # points
_SETTINGS: dict[str, Any] = {
    "font.family": list(FAMILIES), "text.parse_math": False, "font.size": 9, "text.color": INK,
    "axes.edgecolor": GRID, "axes.labelcolor": MUTED, "xtick.color": MUTED,
    "ytick.color": INK, "axes.spines.top": False, "axes.spines.right": False,
    "axes.spines.left": False, "axes.grid": False,
    "figure.facecolor": "white", "savefig.facecolor": "white", "svg.hashsalt": "newsledger",
}  # fmt: skip


def new_figure(width: float, height: float) -> "Figure":
    """Make an empty figure in the house style; sizes in inches."""
    import matplotlib as mpl
    from matplotlib.figure import Figure

    register_fonts()
    logging.getLogger("matplotlib.font_manager").setLevel(
        logging.ERROR
    )  # no bold CJK: the regular serves
    mpl.rcParams.update(_SETTINGS)  # type: ignore[arg-type]
    return Figure(figsize=(width, height), dpi=DPI)


def add_texts(
    figure: "Figure", title: str, subtitle: str, source: str, size: float = TITLE_SIZE
) -> None:
    """Set the finding as title, unit and counts below it, and the source line at the foot; `size`
    of the title in points, the rest in proportion."""
    lines = wrap_title(figure, title, size)
    height, share = figure.get_figheight(), size / TITLE_SIZE
    top = 1 - 0.05 / height
    figure.text(
        0.02,
        top,
        "\n".join(lines),
        ha="left",
        va="top",
        fontsize=size,
        fontweight="bold",
        linespacing=1.1,
    )
    below = top - (0.05 + 0.2 * share * len(lines)) / height
    width = figure.get_figwidth() * 0.97 * 72
    subtitle, source = fit(subtitle, width / (8.5 * share)), fit(source, width / (7 * share))
    figure.text(0.02, below, subtitle, ha="left", va="top", fontsize=8.5 * share, color=MUTED)
    figure.text(
        0.02, 0.05 / height, source, ha="left", va="bottom", fontsize=7 * share, color=MUTED
    )


def wrap_title(figure: "Figure", title: str, size: float = TITLE_SIZE) -> list[str]:
    """Lines of a title that fit the figure's width."""
    return wrap(title, figure.get_figwidth() * 0.94 * 72 / (size * BOLD), 3)


def header_inches(figure: "Figure", title: str, size: float = TITLE_SIZE) -> float:
    """Height that title and subtitle take."""
    return (0.3 + 0.2 * len(wrap_title(figure, title, size))) * size / TITLE_SIZE + 0.06


def save_figure(figure: "Figure", path: Path, *, has_letters: bool = False) -> Path:
    """Save a picture; the same figure gives the same bytes. An SVG holds its words as outlines, or
    as letters for a page that has the typefaces."""
    import matplotlib as mpl

    metadata = {"Software": None} if path.suffix == ".png" else {"Date": None, "Creator": None}
    with mpl.rc_context({"svg.fonttype": "none" if has_letters else "path"}):
        figure.savefig(path, metadata=metadata)
    if has_letters:
        path.write_text(name_typefaces(path.read_text("utf-8")), "utf-8")
    return path
