"""No module over 400 lines, no function over 50, no line over 100 columns; closed lists are named by
their members."""

import ast
from enum import StrEnum

import pytest

from newsledger.model import enums
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


UNMISTAKABLE = {
    value
    for kind in vars(enums).values()
    if isinstance(kind, type) and issubclass(kind, StrEnum)
    for value in map(str, kind)
    if "_" in value or value.isupper() or value in {"eyewitness", "unattributed", "hypothetical"}
} - {"published_at"}  # a column, too


def bare_values(tree: ast.AST) -> list[ast.Constant]:
    """Values of closed lists written as strings; a list or dictionary that holds others, too, is a
    wider one (the labels of a model, names of features), and a key of a row is a column."""
    wider = set()
    for node in ast.walk(tree):
        parts = getattr(node, "elts", None) or (node.keys if isinstance(node, ast.Dict) else ())
        texts = [part for part in parts if isinstance(part, ast.Constant)]
        if len(texts) > 2 and any(part.value not in UNMISTAKABLE for part in texts):
            wider |= set(texts)
        if isinstance(node, ast.Subscript):
            wider.add(node.slice)
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "make_id":
            wider |= set(node.args)  # raw parts of an id
    found = [node for node in ast.walk(tree) if isinstance(node, ast.Constant)]
    return [node for node in found if node.value in UNMISTAKABLE and node not in wider]


def test_closed_lists_are_named_by_their_members():
    bare = {
        f"{path.relative_to(CODE_ROOT)}:{node.lineno}": node.value
        for path in FILES
        if path.name != "enums.py"
        for node in bare_values(ast.parse(path.read_text("utf-8")))
    }

    assert not bare
