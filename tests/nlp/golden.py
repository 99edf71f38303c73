"""Golden cases of a component: reading them, their known misses, and what the extraction makes of a
text."""

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from newsledger.model.records import Article, Extraction
from newsledger.nlp.extract import extract_doc
from newsledger.nlp.parse.model import load_model

GOLDEN = Path(__file__).resolve().parents[1] / "golden"


def read_golden(name: str, at_least: int) -> list[dict[str, Any]]:
    """Read `tests/golden/<name>.jsonl`; fails where cases were lost."""
    cases = [
        json.loads(line)
        for line in (GOLDEN / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    if len(cases) < at_least:
        raise AssertionError(
            f"{name}: expected at least {at_least} golden cases, found {len(cases)}"
        )
    return cases


def mark_known_misses(case: dict[str, Any]) -> Any:
    """Make a test parameter of a case; one marked "miss" is expected to fail, and fails the run
    once it does not."""
    marks = [pytest.mark.xfail(strict=True, reason=case["miss"])] if "miss" in case else []
    return pytest.param(case, marks=marks, id=f"{case['construction']}: {case['text'][:50]}")


def find_span(text: str, wanted: str) -> tuple[int, int]:
    """Find the n-th "words#n" of a text."""
    words, _, nth = wanted.partition("#")
    return list(re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text))[int(nth or 1) - 1].span()


@cache
def extract_text(text: str) -> Extraction:
    return extract_doc(load_model()(text), Article("art_1", "doc_1", text))
