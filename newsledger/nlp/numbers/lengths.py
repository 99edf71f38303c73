"""The "m" behind digits: metres of a thing in the singular ("a 30m yacht"), else millions."""

import re
from dataclasses import replace

from newsledger.lexicon.noun_classes import find_noun_class
from newsledger.model.enums import NounClass
from newsledger.nlp.numbers.excluded import WEIGHTS
from newsledger.nlp.numbers.values import Number
from newsledger.nlp.parse.parsed import ParsedText, Word

_METRES = re.compile(r"\d{1,3}(?:\.\d)?m")
_LONG = frozenset({NounClass.THING, NounClass.PLACE})  # people and groups are counted
_UNITS = WEIGHTS | {"barrel", "hectare", "acre"}  # "a 5m tonne cargo"
_SUMS = frozenset(
    "aid bailout bid boost bond budget campaign contract cut deal debt deficit donation facility "
    "fine fund funding gap grant injection investment loan loss offer package payment plan profit "
    "programme project prize purse ransom scheme settlement shortfall stake transfer".split()
)  # what costs so much, where the money is left to the reader


def is_in_metres_or_money(doc: "ParsedText", number: Number, noun: "Word") -> bool:
    """Whether a number does not count the thing behind it: "a 30m yacht", "a 40m deal", not "30m
    people", "3m tonnes" or "a 30m user base"; what is counted in millions is told in the plural."""
    named = doc[number.last : noun.i + 1]
    is_short = _METRES.fullmatch(doc[number.first : number.last].text) is not None
    return bool(is_short and named and noun.tag_ == "NN") and all(
        word.lemma_.lower() not in _UNITS and find_noun_class(word.lemma_.lower()) in _LONG
        for word in named
    )


def read_metres(doc: "ParsedText", number: Number, noun: "Word") -> Number | None:
    """Read the number as metres. `None` where it is a sum of money that nobody names."""
    if noun.lemma_.lower() in _SUMS:
        return None
    metres = float(doc[number.first : number.last].text[:-1])
    return replace(number, low=metres, high=metres)
