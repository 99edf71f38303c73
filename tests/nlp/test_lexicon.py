"""Word lists of `seeds/`: wrong rows are named."""

from pathlib import Path

import pytest

from newsledger.errors import SettingsError
from newsledger.lexicon import words as lexicon


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("word,value\na,1\n", "no class; expected word, class, value"),
        ("word,class,value\na,x\n", "line 2"),
        ("word,class,value\n,x,1\n", "line 2"),
        ("word,class,value\na,nonsense,1\n", "nonsense"),
        ("word,class,value\na,x,1\nA,x,2\n", "listed twice"),
    ],
)
def test_wrong_lists_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, message: str
) -> None:
    name = f"{abs(hash(text))}.csv"
    (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.setattr(lexicon, "SEEDS", tmp_path)

    with pytest.raises(SettingsError, match=message):
        lexicon.read_classes(name, ("word", "class", "value"), frozenset({"x"}))


def test_missing_list_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lexicon, "SEEDS", tmp_path)

    with pytest.raises(SettingsError, match="cannot be read"):
        lexicon.read_lexicon("none.csv", ("word",))
