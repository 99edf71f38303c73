"""Attribute rules and lemmas, worked out once per word, tag and dependency.

spaCy asks some 180 patterns at every token. All but a few look at one token only, so what they and
the lemmatizer say is kept; those over two tokens ("gonna", "there is") are searched where one of
their words is.
"""

import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from newsledger.errors import UnknownPipelineError
from newsledger.nlp.parse.memo import RowMemo, mix_columns

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.pipeline import AttributeRuler
    from spacy.tokens import Doc

_WRITTEN = ("TAG", "POS", "MORPH", "LEMMA", "DEP")
_READ = frozenset({"ORTH", "LOWER", "TAG", "DEP", "IS_SPACE"})  # given by the word, tag, dependency
_TRIGGERS = ("LOWER", "DEP")
_TYPES = 65_536  # rows kept, of 40 bytes
_BATCH = 16

Rows = Any  # (words, columns) of hashes; spaCy's own types for arrays are wrong


class FastMorphology:
    """Attribute ruler and lemmatizer of a pipeline in one component, with a memory."""

    def __init__(self, nlp: "Language") -> None:
        """Sort the rules. Raises `UnknownPipelineError` if one looks at what is not known here."""
        from spacy.pipeline import AttributeRuler

        ruler: Any = nlp.get_pipe("attribute_ruler")
        lemmatizer: Any = nlp.get_pipe("lemmatizer")
        self._lemmatizer = lemmatizer
        if lemmatizer.mode != "rule" or lemmatizer.overwrite:
            raise UnknownPipelineError("unknown kind of lemmatizer")
        _index_lemmas(lemmatizer)
        self._vocab = nlp.vocab
        self._single, self._wide = AttributeRuler(nlp.vocab), AttributeRuler(nlp.vocab)
        self._reach = 1  # words of the widest pattern
        self._single_ids: list[int] = []  # place of a rule among all rules: later ones win
        self._wide_ids: list[int] = []
        self._triggers: dict[str, set[int]] = {name: set() for name in _TRIGGERS}
        for number, rule in enumerate(ruler.patterns):
            self._sort_rule(number, rule)
        self._trigger_keys = {name: np.array(sorted(keys), np.uint64) for name, keys in
                              self._triggers.items()}  # fmt: skip
        self._memo = RowMemo(len(_WRITTEN), np.uint64, _TYPES)

    def __call__(self, doc: "Doc") -> "Doc":
        """Set tags, parts of speech, morphology, lemmas of one text."""
        self._annotate([doc])
        return doc

    def pipe(self, stream: "Iterable[Doc]", batch_size: int = _BATCH) -> "Iterator[Doc]":
        """Set them for a stream of texts, in order."""
        docs = iter(stream)
        while batch := list(itertools.islice(docs, batch_size)):
            self._annotate(batch)
            yield from batch

    def _sort_rule(self, number: int, rule: dict[str, Any]) -> None:
        if not set(rule["attrs"]) <= set(_WRITTEN):
            raise UnknownPipelineError(f"an attribute rule sets {sorted(rule['attrs'])}")
        for pattern in rule["patterns"]:
            if any(not set(token) <= _READ for token in pattern):
                raise UnknownPipelineError(f"an attribute rule reads {pattern}")
            is_single = len(pattern) == 1
            target, ids = (
                (self._single, self._single_ids) if is_single else (self._wide, self._wide_ids)
            )
            target.add([pattern], rule["attrs"], index=rule["index"])
            ids.append(number)
            if not is_single:
                self._add_trigger(pattern)
                self._reach = max(self._reach, len(pattern))

    def _add_trigger(self, pattern: list[dict[str, Any]]) -> None:
        """Note one word or dependency without which the pattern cannot match."""
        for token in pattern:
            for name in _TRIGGERS:
                if isinstance(token.get(name), str):
                    self._triggers[name].add(self._vocab.strings.add(token[name]))
                    return
        raise UnknownPipelineError(f"an attribute rule without a fixed word: {pattern}")

    def _annotate(self, docs: "list[Doc]") -> None:
        docs = [doc for doc in docs if len(doc)]
        if not docs:
            return
        columns = [doc.to_array(["ORTH", "TAG", "DEP", "LOWER"]) for doc in docs]
        joined = np.concatenate(columns, dtype=np.uint64)
        known = self._memo.look_up(
            mix_columns(joined[:, :3]), lambda at: self._learn(joined[at, :3], {})
        )
        values = self._memo.table[known]
        start = 0
        for doc, column in zip(docs, columns, strict=True):
            rows: Rows = values[start : start + len(doc)]
            self._apply_wide(doc, column, rows)
            doc.from_array(list(_WRITTEN), rows)
            start += len(doc)

    def _apply_wide(self, doc: "Doc", columns: Rows, rows: Rows) -> None:
        """Work out anew the words that a pattern over several words matches."""
        at = np.flatnonzero(
            np.isin(columns[:, 3], self._trigger_keys["LOWER"])
            | np.isin(columns[:, 2], self._trigger_keys["DEP"])
        )
        if not len(at):
            return
        hits = self._find_wide(doc, at)
        if hits:
            places = sorted(hits)
            extra = {at: hits[place] for at, place in enumerate(places)}
            rows[places] = self._learn(columns[places, :3], extra)

    def _find_wide(self, doc: "Doc", at: npt.NDArray[np.intp]) -> dict[int, list[int]]:
        """Find the rules over several words near these places, by the word that they change."""
        reach = self._reach - 1
        hits: dict[int, set[int]] = defaultdict(set)
        for place in at.tolist():
            first = max(place - reach, 0)
            part = doc[first : place + reach + 1]
            for name, start, end in self._wide.matcher(part, allow_missing=True, as_spans=False):
                rule = int(self._vocab.strings[name])
                index = self._wide.indices[rule]
                hits[first + (start + index if index >= 0 else end + index)].add(rule)
        return {place: sorted(rules) for place, rules in hits.items()}

    def _learn(self, keys: Rows, extra: dict[int, list[int]]) -> Rows:
        """Ask rules and lemmatizer about (word, tag, dependency), each as a text of its own.

        `extra` names by place the rules over several words that match there.
        """
        from spacy.tokens import Doc

        strings = self._vocab.strings
        words, tags, deps = ([strings[int(key)] for key in column] for column in keys.T)
        heads = list(range(len(words)))
        doc = Doc(self._vocab, words=words, tags=tags, deps=deps, heads=heads)
        found = [
            (self._single_ids[rule], self._single, rule, start)
            for rule, _, start, _ in self._single.match(doc)
        ]
        found += [
            (self._wide_ids[rule], self._wide, rule, at)
            for at, rules in extra.items()
            for rule in rules
        ]
        for _, ruler, rule, at in sorted(found, key=lambda item: item[0]):
            _set_attributes(ruler, rule, doc, at)
        for token in doc:
            if token.lemma == 0:
                token.lemma_ = self._lemmatizer.lemmatize(token)[0]
        return doc.to_array(list(_WRITTEN))


def _index_lemmas(lemmatizer: Any) -> None:
    """Let known lemmas be looked up as sets: they come as lists of up to 57,528, searched word by
    word for each form."""
    table = lemmatizer.lookups.get_table("lemma_index", {})
    for part, lemmas in list(table.items()):
        table[part] = frozenset(lemmas)


def _set_attributes(ruler: "AttributeRuler", rule: int, doc: "Doc", at: int) -> None:
    from spacy.tokens._retokenize import set_token_attrs

    set_token_attrs(doc[at], ruler.attrs[rule])
