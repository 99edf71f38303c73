"""A text as the search for names sees it: words, model's entities, listed names, headlines,
acronyms."""

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from newsledger.model.enums import EntityLabel, LocationKind
from newsledger.nlp.names.forms import find_acronyms, load_titles, name_key
from newsledger.nlp.parse.parsed import ParsedText, load_stop_words

if TYPE_CHECKING:
    pass
from newsledger.nlp.names.likeness import (
    PARTICLES,
    kind_of,
)

CONNECTORS = frozenset(
    "of for the and &".split()
)  # names joined by "in", "on", "at" or "to" are names in two of a hundred
GLUE = frozenset("-–’'./&")
_EDGE = frozenset("the a an “ ” \" ' `` '' ‘ ’ ( ) [ ] * • – — ― - , ; : . 's ’s".split())
_TRADED = re.compile(
    r"\b(?P<name>[A-Z][\w-]+)(?:['’]s? (?:\w+ ){0,2}?(?:chief executive|CEO|chief "
    r"financial officer|finance chief|shareholders|shares|board|share price|stock"
    r"|headquarters"
    r"|workforce|subsidiary|market value|customers)| (?:shares|stock|shareholders) )\b"
)
NUMBERS = frozenset({"DATE", "TIME", "CARDINAL", "ORDINAL", "PERCENT", "MONEY", "QUANTITY"})
MAX_HEADLINE = 200  # characters of a line that may be set in title case or capitals
MAX_DESCRIPTION = 6  # words from the article of a description to its noun
MAX_KNOWN = 4  # words of a name that is looked for in a headline
MAX_ACRONYM = 5  # letters of a word in capitals that is not looked for in title case
OUTSIDE = ""  # no entity of the model
OVERLAP = "~"  # another span than the model's


@dataclass(frozen=True, slots=True)
class Candidate:
    """A span that may be a name: characters, tokens (end exclusive), folded key, and the model's
    label for exactly this span."""

    start: int
    end: int
    first: int
    last: int
    key: str
    label: str


class TextView:
    """A parsed document as the features read it, each fact looked up once."""

    def __init__(self, doc: "ParsedText") -> None:
        self.doc = doc
        self.text: str = doc.text
        self.words = [token.text for token in doc.words]
        self.starts = doc.starts
        self.edges = [token.lower_ in _EDGE or token.text.isspace() for token in doc.words]
        self.capitals = [word[0].isupper() for word in self.words]
        self.lower = {word for word in self.words if word[0].islower()}
        self.entity_at: dict[int, tuple[int, int, str]] = {}
        self.exact: dict[tuple[int, int], str] = {}
        self.acronyms = find_acronyms(self.text)
        self.long_forms = frozenset(self.acronyms.values())
        self.traded = frozenset(
            match["name"] for match in _TRADED.finditer(self.text)
        )  # what has shares or a chief executive
        self._read_entities()
        self.lines: dict[int, str] = {}
        stops = load_stop_words()
        for i in [i for i, is_capital in enumerate(self.capitals) if is_capital]:
            word = self.words[i]  # "Over" in a headline in title case joins no names
            if (
                doc.words[i].lower_ in stops
                and not word.isupper()
                and self.line_class(self.starts[i]) == "title"
            ):
                self.capitals[i] = False

    def _read_entities(self) -> None:
        self.labels_of: dict[str, Counter[str]] = defaultdict(Counter)
        self.surnames: set[str] = set()
        self.first_words: dict[str, set[str]] = {EntityLabel.PERSON: set(), EntityLabel.ORG: set()}
        read = []
        for entity in self.doc.ents:
            first, last = self.trim(entity.start, entity.end)
            if first >= last or (
                entity.label_ in NUMBERS and self.slice(first, last) in self.acronyms
            ):
                continue
            first = self._first_capital(first, last)
            words = name_key(self.slice(first, last)).split()
            if len(words) > 1 and entity.label_ in self.first_words:
                self.first_words[entity.label_].add(words[0])
                if entity.label_ == EntityLabel.PERSON:
                    self.surnames.add(words[-1])
            read.append((first, last, entity.label_, " ".join(words)))
        for first, last, label, key in read:
            if label == EntityLabel.PERSON and self._is_country(first, key):
                label = EntityLabel.GPE
            self.exact[first, last] = label
            self.labels_of[key][label] += 1
            for i in range(first, last):
                self.entity_at[i] = (first, last, label)

    def _is_country(self, first: int, key: str) -> bool:
        """Tell whether a supposed person is a country: "Jordan" where nobody of the document bears
        the name and no title stands before it."""
        if (
            kind_of(key) != LocationKind.COUNTRY
            or key in self.surnames
            or key in self.first_words[EntityLabel.PERSON]
        ):
            return False
        return not first or self.words[first - 1].lower().strip(".") not in load_titles()

    def trim(self, first: int, last: int) -> tuple[int, int]:
        """Take articles, marks and possessives off both ends of a span, and what follows a line
        break."""
        words, edges = self.words, self.edges
        while first < last and edges[first]:
            first += 1
        for i in range(first, last):
            if "\n" in words[i]:
                last = i
                break
        while first < last and edges[last - 1]:
            last -= 1
        return first, last

    def _first_capital(self, first: int, last: int) -> int:
        """Where a name begins that the model has begun too early: "insurer Larkin Group", "northern
        Larkin", but "de Larkin"."""
        for i in range(first, last):
            word = self.words[i]
            if not (word.islower() and word.isalpha()) or word in PARTICLES:
                return i
        return first

    def is_name_like(self, i: int) -> bool:
        """Tell whether a word has a capital and is no day, month or number."""
        return self.capitals[i] and (i not in self.entity_at or self.entity_at[i][2] not in NUMBERS)

    def end(self, last: int) -> int:
        return self.starts[last - 1] + len(self.words[last - 1])

    def slice(self, first: int, last: int) -> str:
        return self.text[self.starts[first] : self.end(last)]

    def line_class(self, start: int) -> str:
        """Say whether the line of a character is set in title case ("title"), in capitals
        ("capitals") or as prose ("")."""
        begin = self.text.rfind("\n", 0, start) + 1
        if begin not in self.lines:
            stop = self.text.find("\n", start, begin + MAX_HEADLINE)
            words = (
                [word for word in self.text[begin:stop].split() if word[0].isalpha()]
                if stop >= 0
                else []
            )
            large = sum(word[0].isupper() for word in words)
            is_capitals = len(words) >= 2 and sum(word.isupper() for word in words) > 0.6 * len(
                words
            )
            self.lines[begin] = (
                "capitals"
                if is_capitals
                else "title"
                if len(words) >= 4 and large > 0.65 * len(words)
                else ""
            )
        return self.lines[begin]
