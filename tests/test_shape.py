"""No module over 400 lines, no function over 50, no line over 100 columns."""

import ast

import pytest

from newsledger.paths import CODE_ROOT

MAX_MODULE = 400
MAX_FUNCTION = 50
MAX_LINE = 100
FILES = sorted(
    path for name in ("newsledger", "flows", "reports") for path in (CODE_ROOT / name).rglob("*.py")
)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(CODE_ROOT)))
def test_modules_and_functions_are_short(path):
    name, text = path.relative_to(CODE_ROOT).as_posix(), path.read_text("utf-8")

    functions = {
        f"{name}:{node.name}": node.end_lineno - node.lineno + 1
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }

    assert text.count("\n") <= MAX_MODULE
    assert not {key: lines for key, lines in functions.items() if lines > MAX_FUNCTION}


def test_lines_are_narrow():
    lines = [line for path in FILES for line in path.read_text("utf-8").splitlines()]

    assert [line for line in lines if len(line) > MAX_LINE] == []
