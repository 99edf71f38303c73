"""What a pronoun may stand for: mentions of an article in reading order, with who speaks, what is
quoted, and the nouns that only compete."""

import bisect
import re
from collections import defaultdict
from collections.abc import Iterable

from newsledger.lexicon.source_words import find_word_class
from newsledger.model.enums import (
    ActorKind,
    EntityLabel,
    Form,
    MentionType,
    QuotationKind,
    WordClass,
)
from newsledger.model.records import Actor, ActorMention, Attribution, Quotation
from newsledger.nlp.claims.names_in_titles import is_served
from newsledger.nlp.names.actors import ActorSet
from newsledger.nlp.names.clusters import DESCRIBED
from newsledger.nlp.names.later_descriptions import Retelling
from newsledger.nlp.names.mention_view import MentionView
from newsledger.nlp.names.roles import load_gendered_nouns, load_role_nouns
from newsledger.nlp.parse.parsed import ParsedText, Word
from newsledger.nlp.quotes.interviews import find_turns

SUBJECTS = frozenset({"nsubj", "nsubjpass"})
# classes of seeds/source_words.csv
_PEOPLE = frozenset({WordClass.PERSON, WordClass.OFFICIAL, WordClass.EXPERT, WordClass.EYEWITNESS})
_SORTS = {
    "person": "person",
    "collective": "group",
    "armed_group": "force",
    "party": "force",
    "military": "force",
}  # of kinds
_CELL = 256  # letters of a stretch of text
_LEAD = 40  # letters before a name in which its bearer tells that it is his
_INTRODUCING = re.compile(r"\b(?:I am|I[’']m|my name is|this is|here is)\b", re.IGNORECASE)
_CLIMB = 8  # heads from a name up to the verb that asks
_OFFICERS = frozenset({"prosecutor"})
_NUMBERS = {"NN": "one", "NNP": "one", "NNS": "many", "NNPS": "many"}


class Candidates:
    """The mentions of an article as a search for antecedents sees them."""

    def __init__(
        self,
        doc: "ParsedText",
        actor_set: ActorSet,
        quotations: tuple[Quotation, ...],
        attributions: tuple[Attribution, ...],
    ) -> None:
        self.doc, self.text = doc, doc.text
        self.attributions = attributions
        self.actors = {actor.article_actor_id: actor for actor in actor_set.actors}
        self.gender: dict[str, str | None] = {
            key: actor.gender for key, actor in self.actors.items()
        }
        self.starts = [sentence.start for sentence in doc.sents]
        self.first_words = [
            next((token.i for token in sentence if token.is_alpha), sentence.start)
            for sentence in doc.sents
        ]
        self.pieces, self.marked = _list_pieces(quotations)
        self.sources = sorted(
            (span.start, span.end)
            for attribution in attributions
            for span in attribution.source_spans
        )
        self.contents = _merge(
            (span.start, span.end)
            for attribution in attributions
            for span in attribution.content_spans
        )
        # what is told, by the stretches of text that its source reaches into
        self.told_near: dict[int, list[Attribution]] = defaultdict(list)
        for attribution in attributions:
            spans = attribution.source_spans
            for cell in {c for s in spans for c in range(s.start // _CELL, s.end // _CELL + 1)}:
                self.told_near[cell].append(attribution)
        self.counts: dict[str, int] = {}
        named = (each for each in actor_set.mentions if each.mention_type == MentionType.NAME)
        self.names = {each.article_actor_id for each in named}
        self.taken = {mention.start for mention in actor_set.mentions}
        self.seen: list[MentionView] = []
        # titles that speak, and the names that end them
        self.titles, self.titled = _list_titled(doc, self.actors, actor_set.mentions, self.sources)
        self.named = self._look_at(actor_set.mentions)
        self.waiting = sorted(
            [*self.named, *self._look_at_nouns(actor_set.mentions)], key=lambda row: row.token
        )
        self.found: list[ActorMention] = []
        people = [actor for actor in actor_set.actors if actor.kind == ActorKind.PERSON]
        self.retelling = Retelling(doc, people, self.names)
        self.turns = find_turns(doc.text, actor_set)

    # --- candidates
    # ----------------------------------------------------------------------------------------------

    def _look_at(self, mentions: tuple[ActorMention, ...]) -> list[MentionView]:
        rows = []
        for mention in mentions:
            span = self.doc.char_span(mention.start, mention.end, alignment_mode="expand")
            if span is not None:
                actor = self.actors[mention.article_actor_id]
                key = actor.article_actor_id
                rows.append(self._see(span.root, mention.start, key, actor, _sort_of(actor)))
        return sorted(rows, key=lambda row: row.token)

    def _look_at_nouns(self, mentions: tuple[ActorMention, ...]) -> list[MentionView]:
        """People without a name, groups and things that are no actors of the article: they only
        compete."""
        busy = {at for mention in mentions for at in (mention.start, mention.end - 1)}
        rows = []
        for token in self.doc:
            is_noun = token.tag_ in _NUMBERS and (token.pos_ == "NOUN" or token.tag_ == "NNPS")
            if not is_noun or token.dep_ in {"compound", "npadvmod"} or _explains(token):
                continue
            if (
                token.i in self.titles
                or token.idx in busy
                or token.idx + len(token) - 1 in busy
                or self._introduces_name(token, busy)
            ):
                continue
            is_many = _NUMBERS[token.tag_] == "many"
            noun = token.lemma_.lower()
            is_speaker = find_word_class(noun) is None and self._heads_source(token)
            if (
                is_speaker
                or noun in load_role_nouns()
                or noun in load_gendered_nouns()
                or find_word_class(noun) in _PEOPLE
            ):
                key, sort = f"{noun} {is_many}", "group" if is_many else "person"
                self.gender.setdefault(key, None if is_many else load_gendered_nouns().get(noun))
            elif token.dep_ in SUBJECTS:
                sort = (
                    "group"
                    if is_many
                    else "household"  # "a family said …": they, or it
                    if find_word_class(noun) == WordClass.COLLECTIVE and self._heads_source(token)
                    else "document"
                    if find_word_class(noun) == WordClass.DOCUMENT
                    else "thing"
                )
                key = f"{noun} {sort}"
            else:
                continue
            rows.append(self._see(token, token.idx, key, None, sort))
        return rows

    def _introduces_name(self, noun: "Word", busy: set[int]) -> bool:
        """Tell whether a name follows a noun: "his wife, Lena Tal" is one person."""
        after = self.doc.words[noun.i + 1 : noun.i + 3]
        return bool(after) and (
            after[0].idx in busy or (after[0].text == "," and after[-1].idx in busy)
        )

    def _see(
        self, root: "Word", start: int, key: str, actor: Actor | None, sort: str
    ) -> MentionView:
        is_speaker = self._heads_source(root) or start in self.titled
        sentence = self._sentence(root.i)
        has_view = (
            root.dep_ == "pobj"
            and root.head.lower_ == "for"
            and root.head.i == self.first_words[sentence]
        )  # "For X, it was late."
        leader = root
        while leader.dep_ == "conj" and leader.head.i < leader.i:
            leader = leader.head
        return MentionView(
            root.i,
            sentence,
            key,
            actor,
            sort,
            leader.dep_ in SUBJECTS or has_view,
            is_speaker or has_view,
            self._is_quoted(start),
            is_inside(self.contents, start) or _is_asked(root),
        )

    def _sentence(self, token: int) -> int:
        return bisect.bisect_right(self.starts, token) - 1

    def _is_source(self, position: int) -> bool:
        return is_inside(self.sources, position)

    def _heads_source(self, root: "Word") -> bool:
        """Tell whether a noun is who speaks, and not part of the phrase: the clinic in "Weiss, who
        runs the clinic, said"."""
        i = bisect.bisect_right(self.sources, (root.idx, 10**9)) - 1
        if i < 0 or self.sources[i][1] <= root.idx:
            return False
        while root.dep_ in {"appos", "conj"} and root.head.i < root.i:
            root = root.head
        return not self.sources[i][0] <= root.head.idx < self.sources[i][1] or root.head is root

    def _list_own_content(self, source: int) -> list[tuple[int, int]]:
        """List what a source at a position is said to have said, all of it before it and without
        marks: "the quarrel was old, he said"."""
        return [
            (span.start, span.end)
            for attribution in self._list_said_by(source)
            if attribution.form != Form.DIRECT and attribution.content_spans[-1].end <= source
            for span in attribution.content_spans
        ]

    def _list_said_by(self, source: int) -> list[Attribution]:
        """List what the source at a position is said to have said."""
        return [
            attribution
            for attribution in self.told_near[source // _CELL]
            if any(piece.start <= source < piece.end for piece in attribution.source_spans)
        ]

    def _list_quoted_names(self, source: int) -> set[str]:
        """List the people whom a source at a position names in words of its own, before the cue or
        behind it: “Moe was calm,” he said. “Thanks, Moe.”"""
        spans = sorted(
            (span.start, span.end)
            for attribution in self._list_said_by(source)
            if attribution.form != Form.INDIRECT
            for span in attribution.content_spans
        )
        return {
            row.key
            for row in self.named
            if row.is_quoted
            and row.sort == "person"
            and self.doc[row.token].ent_type_ == EntityLabel.PERSON  # no office: it may be his own
            and is_inside(spans, start := self.doc[row.token].idx)
            and not _INTRODUCING.search(self.text, max(0, start - _LEAD), start)
        }

    def _is_quoted(self, position: int) -> bool:
        return is_inside(self.pieces, position)


def _explains(noun: Word) -> bool:
    """Tell what stands in apposition, also as a second one: "Ana Lund, a baker and | owner"."""
    while noun.dep_ == "conj" and noun.head.i < noun.i:
        noun = noun.head
    return noun.dep_ == "appos"


def _list_titled(
    doc: "ParsedText",
    actors: dict[str, Actor],
    mentions: Iterable[ActorMention],
    sources: Iterable[tuple[int, int]],
) -> tuple[set[int], set[int]]:
    """List the nouns that head a title that speaks (tokens), and where the name of a person begins
    that ends it: "the | inspector | of the harbour town | Ana Lund said"."""
    people = {
        mention.end: mention.start
        for mention in mentions
        if mention.mention_type == MentionType.NAME
        and " " in mention.text
        and actors[mention.article_actor_id].kind == ActorKind.PERSON
    }
    titles, names = set(), set()
    for start, end in sources:
        name = people.get(end, start)
        piece = doc.char_span(start, end, alignment_mode="expand") if name > start else None
        words = [word for word in piece or () if word.idx < name and not word.is_space]
        if piece is None or piece.root.idx >= name or words[-1].is_punct:
            continue
        noun = piece.root.lemma_.lower()
        is_office = find_word_class(noun) == WordClass.OFFICIAL or noun in load_role_nouns()
        is_plain = not any(word.pos_ == "VERB" for word in words)
        if is_office and is_plain and not is_served(words, find_word_class):
            titles.add(piece.root.i)
            names.add(name)
    return titles, names


def is_inside(spans: list[tuple[int, int]], position: int) -> bool:
    """Tell whether a position is in one of the spans, which are in order."""
    i = bisect.bisect_right(spans, (position, 10**9)) - 1
    return i >= 0 and spans[i][0] <= position < spans[i][1]


def _is_asked(word: Word) -> bool:
    """Tell what only a question speaks of: "Asked about gifts from Lund, he said"."""
    for _ in range(_CLIMB):
        if word.lower_ == "asked" and word.tag_ == "VBN" and word.dep_ == "advcl":
            return True
        if word.head is word:
            return False
        word = word.head
    return False


def _list_pieces(
    quotations: tuple[Quotation, ...],
) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """List the pieces of outer quotations that are speech, and of all outer ones; in order."""
    outer = [quotation for quotation in quotations if not quotation.depth]
    speech, marked = (
        sorted((piece.start, piece.end) for quotation in group for piece in quotation.pieces)
        for group in ([each for each in outer if each.kind == QuotationKind.SPEECH], outer)
    )
    return speech, marked


def _merge(spans: "Iterable[tuple[int, int]]") -> list[tuple[int, int]]:
    """Join spans that overlap; in order."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged


def _sort_of(actor: Actor) -> str:
    if actor.kind_rule.removeprefix(DESCRIBED) in _OFFICERS:
        return "group"  # bodies of the state that are named by their people
    return _SORTS.get(actor.kind, "organisation")
