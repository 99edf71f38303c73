"""Texts are folded in one way wherever they are compared."""

import pytest

from newsledger.text.fold import fold_words, list_grams, singular, strip_accents


@pytest.mark.parametrize(
    ("text", "plain"), [("Ångström", "Angstrom"), ("ﬁeld", "field"), ("Kyiv", "Kyiv"), ("", "")]
)
def test_accents_go(text, plain):
    assert strip_accents(text) == plain


def test_words_are_folded():
    assert fold_words(" “The Pier”, 2nd\nround ") == "the pier 2nd round"


@pytest.mark.parametrize(
    ("word", "one"), [("parties", "party"), ("boats", "boat"), ("press", "press"), ("gas", "gas")]
)
def test_plural_goes(word, one):
    assert singular(word) == one


@pytest.mark.parametrize(
    ("words", "grams"),
    [([], []), (["a"], [("a",)]), (["a", "b", "c"], [("a", "b"), ("b", "c")])],
)
def test_runs_of_words(words, grams):
    assert list_grams(words, 2) == grams
