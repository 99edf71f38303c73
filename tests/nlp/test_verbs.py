"""Which way a verb looks."""

import pytest

from newsledger.nlp.parse.model import parse_text
from newsledger.nlp.parse.verbs import find_direction


@pytest.mark.parametrize(
    ("text", "direction"),
    [
        ("They met on Sunday.", "past"),
        ("They will meet on Sunday.", "future"),
        ("They would meet on Sunday.", "future"),
        ("They would have met on Sunday.", "past"),
        ("They plan to meet on Sunday.", "future"),
        ("They tried to meet on Sunday.", "past"),
        ("The fair opens on Sunday.", "future"),
        ("The vote is due on Sunday.", "future"),
        ("They could not meet on Sunday.", "past"),
    ],
)
def test_direction_of_the_governing_verb(text: str, direction: str) -> None:
    doc = parse_text(text)
    (at,) = (token.i for token in doc if token.text == "Sunday")

    assert find_direction(doc, at) == direction
