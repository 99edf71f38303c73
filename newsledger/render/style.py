"""How pictures look: fonts, colours that colour-blind readers tell apart, sizes, and saving without
a time stamp."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

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
TITLE_LETTERS = 9.2  # an inch, of the bold title
_SETTINGS: dict[str, Any] = {
    "font.family": "DejaVu Sans", "font.size": 9, "text.color": INK, "axes.edgecolor": GRID, "axes.labelcolor": MUTED, "xtick.color": MUTED,
    "ytick.color": INK, "axes.spines.top": False, "axes.spines.right": False, "axes.spines.left": False, "axes.grid": False,
    "figure.facecolor": "white", "savefig.facecolor": "white", "svg.hashsalt": "newsledger",
}  # fmt: skip


def new_figure(width: float, height: float) -> "Figure":
    """Make an empty figure in the house style; sizes in inches."""
    import matplotlib as mpl
    from matplotlib.figure import Figure

    mpl.rcParams.update(_SETTINGS)  # type: ignore[arg-type]
    return Figure(figsize=(width, height), dpi=DPI)


def add_texts(figure: "Figure", title: str, subtitle: str, source: str) -> None:
    """Set the finding as title, unit and counts below it, and the source line at the foot."""
    import textwrap

    width = int(figure.get_figwidth() * TITLE_LETTERS)
    lines = textwrap.wrap(title, width) or [""]
    height = figure.get_figheight()
    figure.text(
        0.02,
        1 - 0.06 / height,
        "\n".join(lines),
        ha="left",
        va="top",
        fontsize=12,
        fontweight="bold",
    )
    figure.text(
        0.02,
        1 - (0.12 + 0.22 * len(lines)) / height,
        subtitle,
        ha="left",
        va="top",
        fontsize=8.5,
        color=MUTED,
    )
    figure.text(0.02, 0.06 / height, source, ha="left", va="bottom", fontsize=7, color=MUTED)


def header_inches(figure: "Figure", title: str) -> float:
    """Height that title and subtitle take."""
    import textwrap

    return 0.42 + 0.22 * len(textwrap.wrap(title, int(figure.get_figwidth() * TITLE_LETTERS)))


def save_figure(figure: "Figure", path: Path) -> Path:
    """Save a picture; the same figure gives the same bytes."""
    figure.savefig(path, metadata={"Software": None} if path.suffix == ".png" else {"Date": None})
    return path
