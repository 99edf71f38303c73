"""Whose money is meant: by the country printed before a currency's name ("Egyptian pounds"), else,
for a bare "$" or "pesos", by that of the outlet."""

from collections.abc import Sequence
from functools import cache

from newsledger.lexicon.gazetteer import country_of_demonym
from newsledger.lexicon.outlets import country_of_domain, find_outlet
from newsledger.lexicon.words import read_lexicon
from newsledger.model.records import Article
from newsledger.nlp.parse.parsed import Word

_SIGNS = {"$": "dollar"}
_DOLLAR_LANDS = frozenset({"AU", "CA", "NZ", "US"})
_PRINTED = 2  # words before a currency's name that may tell its country


@cache
def _currencies() -> dict[tuple[str, str], str]:
    """Read `seeds/currencies.csv`: {(country code, name): currency}."""
    rows = read_lexicon("currencies.csv", ("country_code", "word", "currency", "printed"))
    return {(row["country_code"], row["word"]): row["currency"] for row in rows}


@cache
def _printed() -> dict[str, str]:
    """List country codes by the words before a currency's name that are no demonyms: "Hong Kong
    dollars"."""
    rows = read_lexicon("currencies.csv", ("country_code", "word", "currency", "printed"))
    return {name: row["country_code"] for row in rows for name in row["printed"].split(";") if name}


@cache
def _names() -> frozenset[str]:
    return frozenset(name for _, name in _currencies())


def find_home(article: Article) -> str | None:
    """Find the country of an article's outlet: as it is listed, else by its domain's ending."""
    outlet = find_outlet(article.outlet_domain) or find_outlet(article.outlet_name)
    return outlet.country_code if outlet else country_of_domain(article.outlet_domain)


def read_currency(words: Sequence["Word"], code: str, home: str | None) -> tuple[str, bool]:
    """Read the currency of a sum, `code` where nothing tells another, and whether it is assumed:
    printed without its country."""
    for at, word in enumerate(words):
        name = _SIGNS.get(word.text, word.lemma_.lower())
        if name not in _names():
            continue
        country = _country_before(words[max(at - _PRINTED, 0) : at])
        if country is not None:
            return _currencies().get((country, name), code), False
        return _currencies().get((home or "", name), code), True
    return code, False


def is_weight(words: Sequence["Word"], unit: "Word", home: str | None) -> bool:
    """Whether pounds are a weight: of what weighs something, and where money is counted in dollars
    and nobody says whose pounds or how many millions."""
    if unit.lemma_.lower() != "pound":
        return False
    if unit.head.lemma_.lower() == "weigh":
        return True
    is_mass = any(child.lower_ == "of" for child in unit.rights)  # "4 million pounds of TNT"
    is_large = not is_mass and any(word.lower_.endswith(("illion", "bn", "mn")) for word in words)
    is_owned = _country_before(words[-1 - _PRINTED : -1]) is not None
    return home in _DOLLAR_LANDS and not is_large and not is_owned


def _country_before(words: Sequence["Word"]) -> str | None:
    for first in range(len(words)):
        printed = " ".join(word.text for word in words[first:])
        country = _printed().get(printed.lower()) or country_of_demonym(printed)
        if country:
            return country
    return None
