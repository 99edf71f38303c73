"""Where content and data live. The only module that knows the directory layout."""

import os
from pathlib import Path

CODE_ROOT = Path(__file__).resolve().parents[1]
HOME = Path(os.environ.get("NEWSLEDGER_HOME") or CODE_ROOT).resolve()
"""Root of the content directories (`sql/ expectations/ reports/ seeds/`) and of `data/`.
`NEWSLEDGER_HOME` moves it."""

LEARNED = CODE_ROOT / "newsledger" / "learned"
SQL = HOME / "sql"
EXPECTATIONS = HOME / "expectations"
REPORTS = HOME / "reports"
SEEDS = HOME / "seeds"
OVERRIDES = SEEDS / "overrides"
DATA = Path(os.environ.get("NEWSLEDGER_DATA") or HOME / "data").resolve()
WORK_DB = DATA / "work.duckdb"
PUBLISHED_DB = DATA / "newsledger.duckdb"
GAZETTEER = Path(os.environ.get("NEWSLEDGER_GAZETTEER") or HOME / "data" / "gazetteer").resolve()
RUN_LOCK = DATA / "run.lock"
REPORT_OUT = Path(os.environ.get("NEWSLEDGER_REPORT_OUT") or REPORTS / "out").resolve()
