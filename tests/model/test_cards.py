"""Each file of weights has a card that tells what it was learned from, and is the one on the card."""

import hashlib
import tomllib

import pytest

from newsledger.paths import LEARNED

CARDS = tomllib.loads((LEARNED / "cards.toml").read_text("utf-8"))


def test_every_file_of_weights_has_a_card():
    assert sorted(CARDS) == sorted(path.name for path in LEARNED.glob("*.json"))


@pytest.mark.parametrize("name", CARDS)
def test_weights_are_those_of_their_card(name):
    card = CARDS[name]

    assert set(card) == {"corpora", "command", "learned", "score", "sha256"}
    assert hashlib.sha256((LEARNED / name).read_bytes()).hexdigest() == card["sha256"]
