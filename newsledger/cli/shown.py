"""What commands show of paths."""

from pathlib import Path


def show_path(path: Path) -> str:
    """A path as a person would type it: relative to the working directory where it lies below
    it."""
    path = Path(path).absolute()
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else str(path)
