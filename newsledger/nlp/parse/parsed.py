"""A parsed text as plain Python objects: what the components read, in a fraction of the time.

A spaCy token looks its strings up at every access, and its children are searched anew. The
components ask hundreds of times a token, so the parse is copied once, under spaCy's own names, and
every answer is an attribute or a list.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cache, cached_property, lru_cache
from itertools import repeat
from typing import TYPE_CHECKING, overload

from newsledger.nlp.parse.noun_chunks import list_noun_chunks
from newsledger.text.marks import IS_MARK

if TYPE_CHECKING:
    from spacy.strings import StringStore
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

_ATTRIBUTES = (
    "ORTH",
    "LOWER",
    "LEMMA",
    "POS",
    "TAG",
    "DEP",
    "ENT_TYPE",
    "ENT_IOB",
    "HEAD",
    "IDX",
    "SENT_START",
    "SPACY",
)
_STRINGS = 7  # of them, the first ones, are strings
_IOB = ("", "I", "O", "B")
_QUOTES = frozenset("' \" ` « » ‘ ’ ‚ ‛ “ ” „ ‟ ‹ › ❮ ❯ '' ``".split())
_NONE: "list[Word]" = []  # shared by all words without children; never written to


class Word:
    """A token of a parsed text, with spaCy's names."""

    __slots__ = (
        "children", "dep_", "doc", "ent_iob", "ent_type_", "head", "i", "idx", "lefts", "lemma_",
        "lower_", "pos_", "rights", "sentence_no", "tag_", "text",
    )  # fmt: skip

    doc: "ParsedText"
    i: int
    idx: int
    text: str
    lower_: str
    lemma_: str
    pos_: str
    tag_: str
    dep_: str
    ent_type_: str
    ent_iob: int
    head: "Word"
    lefts: "list[Word]"
    rights: "list[Word]"
    children: "list[Word]"  # those before it and those behind it
    sentence_no: int

    def __len__(self) -> int:
        return len(self.text)

    def __repr__(self) -> str:
        return self.text

    @property
    def left_edge(self) -> "Word":
        """The first word under this one, or itself; the parse is projective."""
        word = self
        while word.lefts:
            word = word.lefts[0]
        return word

    @property
    def right_edge(self) -> "Word":
        """The last word under this one, or itself."""
        word = self
        while word.rights:
            word = word.rights[-1]
        return word

    @property
    def ent_iob_(self) -> str:
        return _IOB[self.ent_iob]

    @property
    def is_sent_start(self) -> bool:
        return self.i == self.sent.start

    @property
    def is_punct(self) -> bool:
        return IS_MARK[self.text]

    @property
    def is_space(self) -> bool:
        return self.text.isspace()

    @property
    def n_rights(self) -> int:
        return len(self.rights)

    @property
    def sent(self) -> "Phrase":
        return self.doc.sents[self.sentence_no]

    @property
    def is_alpha(self) -> bool:
        return self.text.isalpha()

    @property
    def is_upper(self) -> bool:
        return self.text.isupper()

    @property
    def is_stop(self) -> bool:
        return self.lower_ in load_stop_words()

    @property
    def is_quote(self) -> bool:
        return self.text in _QUOTES

    @property
    def subtree(self) -> "Iterator[Word]":
        """The words under this one and itself, in order; the parse is projective."""
        return iter(self.doc.words[self.left_edge.i : self.right_edge.i + 1])

    @property
    def conjuncts(self) -> "tuple[Word, ...]":
        """The words joined to this one by "and", in order."""
        first = self
        while first.dep_ == "conj" and first.head is not first:
            first = first.head
        found, waiting = [], [first]
        while waiting:
            word = waiting.pop()
            found.append(word)
            waiting += [child for child in word.rights if child.dep_ == "conj"]
        return tuple(sorted((word for word in found if word is not self), key=lambda word: word.i))

    def is_ancestor(self, other: "Word") -> bool:
        """Whether another word hangs below this one."""
        while other.head is not other:
            other = other.head
            if other is self:
                return True
        return False


class Phrase:
    """A stretch of words."""

    __slots__ = ("_root", "doc", "end", "label_", "start")

    def __init__(
        self, doc: "ParsedText", start: int, end: int, label: str = "", root: Word | None = None
    ) -> None:
        self.doc, self.start, self.end, self.label_ = doc, start, end, label
        self._root = root  # where it is known, else looked for when it is asked

    def __len__(self) -> int:
        return self.end - self.start

    def __iter__(self) -> Iterator[Word]:
        return iter(self.doc.words[self.start : self.end])

    def __reversed__(self) -> Iterator[Word]:
        return reversed(self.doc.words[self.start : self.end])

    @overload
    def __getitem__(self, at: int) -> Word: ...
    @overload
    def __getitem__(self, at: slice) -> "Phrase": ...
    def __getitem__(self, at: int | slice) -> "Word | Phrase":
        if isinstance(at, int):
            return self.doc.words[self.start + at if at >= 0 else self.end + at]
        first, last, _ = at.indices(len(self))
        return Phrase(self.doc, self.start + first, self.start + max(first, last))

    @property
    def start_char(self) -> int:
        return self.doc.words[self.start].idx

    @property
    def end_char(self) -> int:
        last = self.doc.words[self.end - 1]
        return last.idx + len(last.text)

    @property
    def text(self) -> str:
        return self.doc.text[self.start_char : self.end_char] if len(self) else ""

    @property
    def sent(self) -> "Phrase":
        return self.doc.words[self.start].sent

    @property
    def root(self) -> Word:
        """The word that the others hang on: the nearest to the root of the sentence."""
        if self._root is None:
            self._root = self._find_root()
        return self._root

    def _find_root(self) -> Word:
        words, start, end = self.doc.words, self.start, self.end
        if end - start == 1:
            return words[start]
        upper = []
        for word in words[start:end]:
            if word.head is word:
                return word
            if not start <= word.head.i < end:
                upper.append(word)
        return upper[0] if len(upper) == 1 else min(upper, key=_depth_of, default=words[start])


class ParsedText:
    """A parsed text: its words, sentences and entities, and the text itself."""

    def __init__(self, doc: "Doc") -> None:
        self._doc = doc
        self.text = ""
        self._has_parse = doc.has_annotation("DEP")
        self.sentence_starts: list[int] = []
        self.starts: list[int] = []  # code points at which words begin
        self.words = _copy_words(self, doc)
        self.ents = tuple(Phrase(self, span.start, span.end, span.label_) for span in doc.ents)

    def __len__(self) -> int:
        return len(self.words)

    def __iter__(self) -> Iterator[Word]:
        return iter(self.words)

    @overload
    def __getitem__(self, at: int) -> Word: ...
    @overload
    def __getitem__(self, at: slice) -> Phrase: ...
    def __getitem__(self, at: int | slice) -> Word | Phrase:
        if isinstance(at, int):
            return self.words[at]
        first, last, _ = at.indices(len(self.words))
        return Phrase(self, first, max(first, last))

    def has_annotation(self, name: str) -> bool:
        """Whether the text is parsed; sentences and dependencies come together."""
        return self._has_parse

    @cached_property
    def sents(self) -> list[Phrase]:
        starts = self.sentence_starts
        return [
            Phrase(self, start, end)
            for start, end in zip(starts, [*starts[1:], len(self.words)], strict=False)
        ]

    @property
    def vocab(self) -> "Vocab":
        """The vocabulary of the model, for word vectors."""
        return self._doc.vocab

    @cached_property
    def noun_chunks(self) -> list[Phrase]:
        return [
            Phrase(self, first, noun.i + 1, root=noun)
            for first, noun in list_noun_chunks(self.words)
        ]

    def char_span(self, start: int, end: int, alignment_mode: str = "strict") -> Phrase | None:
        """The words between two code points; "expand" takes words that are partly inside,
        "contract" leaves them out."""
        starts, words = self.starts, self.words
        if alignment_mode == "expand":
            first = bisect_right(starts, start) - 1
            if first < 0:
                first = 0
            if words and starts[first] + len(words[first].text) <= start:
                first += 1
            last = bisect_left(starts, end)
            return Phrase(self, first, last) if last > first else None
        first, last = bisect_left(starts, start), bisect_left(starts, end)
        if last > first and starts[last - 1] + len(words[last - 1].text) > end:
            last -= 1
        if last <= first:
            return None
        if alignment_mode == "strict" and (
            starts[first] != start or starts[last - 1] + len(words[last - 1].text) != end
        ):
            return None
        return Phrase(self, first, last)


@cache
def load_stop_words() -> frozenset[str]:
    """The function words of English, lower-case, as spaCy lists them."""
    from spacy.lang.en.stop_words import STOP_WORDS

    return frozenset(STOP_WORDS)


def _depth_of(word: Word) -> int:
    if (word.is_punct or word.is_space) and not word.lefts and not word.rights:
        return len(word.doc.words) - 1  # marks hold nothing together
    depth = 0
    while word.head is not word:
        word = word.head
        depth += 1
    return depth


class _Names(dict[int, str]):
    """Strings of a vocabulary by their hash; most are the same few thousand in every text."""

    def __init__(self, strings: "StringStore") -> None:
        super().__init__()
        self._strings = strings

    def __missing__(self, key: int) -> str:
        name = self[key] = self._strings[key]
        return name


@lru_cache(maxsize=4)
def _names_of(vocab: "Vocab") -> _Names:
    return _Names(vocab.strings)


def _copy_words(parsed: ParsedText, doc: "Doc") -> list[Word]:
    if not len(doc):
        return []
    columns = doc.to_array(list(_ATTRIBUTES)).T
    name_of = _names_of(doc.vocab).__getitem__
    strings = [map(name_of, column) for column in columns[:_STRINGS].tolist()]
    iobs, offsets, places, starts, spaces = (
        columns[_STRINGS:].astype("int64").tolist()
    )  # the offset of a head may be negative
    words: list[Word] = list(map(Word.__new__, repeat(Word, len(places))))
    sentence = -1
    for i, word, text, lower, lemma, pos, tag, dep, kind, iob, place, start in zip(
        range(len(words)), words, *strings, iobs, places, starts, strict=True
    ):  # one by one: tuples of values cost twice as much
        word.doc = parsed
        word.i = i
        word.idx = place
        word.text = text
        word.lower_ = lower
        word.lemma_ = lemma
        word.pos_ = pos
        word.tag_ = tag
        word.dep_ = dep
        word.ent_type_ = kind
        word.ent_iob = iob
        if start == 1 or not i:
            sentence += 1
            parsed.sentence_starts.append(i)
        word.sentence_no = sentence
        word.children = word.lefts = word.rights = _NONE
    parsed.starts = places
    parsed.text = "".join(
        [
            f"{word.text} " if has_space else word.text
            for word, has_space in zip(words, spaces, strict=True)
        ]
    )
    _hang(words, offsets)
    return words


def _hang(words: list[Word], offsets: list[int]) -> None:
    """Set heads and children."""
    for word, offset in zip(words, offsets, strict=True):
        if not offset:
            word.head = word
            continue
        head = word.head = words[word.i + offset]
        if offset > 0:
            if head.lefts:
                head.lefts.append(word)
            else:
                head.lefts = [word]
        elif head.rights:
            head.rights.append(word)
        else:
            head.rights = [word]
    for word in words:
        if word.lefts or word.rights:
            word.children = word.lefts + word.rights
