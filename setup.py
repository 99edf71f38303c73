"""Put the content directories into the wheel; in a checkout they lie beside the package."""

import shutil
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

ROOT = Path(__file__).resolve().parent
CONTENT = (
    "sql", "expectations", "reports", "seeds", "flows", "deploy", "prefect.yaml",
    "docs/read_by_hand.csv",
    "docs/scores.json",
)  # fmt: skip
LEFT_OUT = ("out", "articles", "__pycache__", "*.pyc")  # what runs make, and articles of others


class BuildWithContent(build_py):
    """Copy the content to `newsledger/content/` of what is built."""

    def run(self) -> None:
        super().run()
        if self.editable_mode:
            return
        for name in CONTENT:
            source, target = ROOT / name, Path(self.build_lib) / "newsledger" / "content" / name
            target.parent.mkdir(parents=True, exist_ok=True)
            if source.is_file():
                shutil.copyfile(source, target)
            else:
                leave_out = shutil.ignore_patterns(*LEFT_OUT)
                shutil.copytree(source, target, dirs_exist_ok=True, ignore=leave_out)


setup(cmdclass={"build_py": BuildWithContent})
