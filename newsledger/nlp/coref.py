"""Pronouns: he, she, they, it, and I/we inside a quotation, by gender, number, salience and recency.

A pronoun is given an actor only where one candidate stands clearly above the others: a claim in the wrong mouth is worse
than one without a name.
"""

import bisect
from dataclasses import dataclass
from typing import TYPE_CHECKING

from newsledger.nlp.aliases import ActorSet
from newsledger.records import Actor, ActorMention, Attribution, Quotation

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

ORIGIN = "coref/2"
MALE = frozenset({"he", "him", "his", "himself"})
FEMALE = frozenset({"she", "her", "hers", "herself"})
PLURAL = frozenset({"they", "them", "their", "themselves"})
THING = frozenset({"it", "its", "itself"})
FIRST = frozenset({"i", "me", "my", "mine", "myself", "we", "us", "our", "ours"})
MAX_SENTENCES = 4  # sentences back that a name stays in mind
MARGIN = 0.6  # by which the best candidate must lead
DECAY = 1.0  # a sentence of distance
SUBJECT = 1.5  # the subject of a sentence is the likeliest to be spoken of next
SPEAKER = 1.0  # so is who has just spoken
SAME_SPEAKER = 2.5  # "He said" goes on with whoever has just spoken
JUST_SPOKEN = 2  # sentences back that count as "just": farther back a name nearby is the likelier
QUOTED = 3.0  # a name inside somebody's words is spoken of there, not by the reporter
FREQUENT = 0.15  # a mention before, up to five
GENDER = 2.0  # gender known and the same
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})


@dataclass(slots=True)
class _Seen:
    """A mention as the search sees it."""

    token: int
    sentence: int
    actor: Actor
    is_subject: bool
    is_speaker: bool
    is_quoted: bool


def resolve_pronouns(
    doc: "Doc", actor_set: ActorSet, quotations: tuple[Quotation, ...], attributions: tuple[Attribution, ...]
) -> tuple[ActorMention, ...]:
    """Find the actors that pronouns stand for; a pronoun whose actor is unsure is left out."""
    if not doc.has_annotation("DEP"):
        return ()
    return tuple(sorted(_Search(doc, actor_set, quotations, attributions).run(), key=lambda mention: mention.start))


class _Search:
    def __init__(self, doc: "Doc", actor_set: ActorSet, quotations: tuple[Quotation, ...], attributions: tuple[Attribution, ...]) -> None:
        self.doc = doc
        self.attributions = attributions
        self.actors = {actor.actor_key: actor for actor in actor_set.actors}
        self.gender: dict[str, str | None] = {key: actor.gender for key, actor in self.actors.items()}
        self.starts = [sentence.start for sentence in doc.sents]
        self.first_words = [next((token.i for token in sentence if token.is_alpha), sentence.start) for sentence in doc.sents]
        speech = [quotation for quotation in quotations if quotation.kind == "speech" and not quotation.depth]
        self.pieces = [(piece.start, piece.end) for quotation in speech for piece in quotation.pieces]
        self.sources = sorted((span.start, span.end) for attribution in attributions for span in attribution.source_spans)
        self.counts: dict[str, int] = {}
        self.taken = {mention.start for mention in actor_set.mentions}
        self.seen: list[_Seen] = []
        self.waiting = self._look_at(actor_set.mentions)
        self.found: list[ActorMention] = []

    def _look_at(self, mentions: tuple[ActorMention, ...]) -> list[_Seen]:
        rows = []
        for mention in mentions:
            span = self.doc.char_span(mention.start, mention.end, alignment_mode="expand")
            if span is not None:
                rows.append(self._seen(span.root, self.actors[mention.actor_key], mention.start))
        return sorted(rows, key=lambda row: row.token)

    def _seen(self, root: "Token", actor: Actor, start: int) -> _Seen:
        position = bisect.bisect_right(self.sources, (start, 10**9)) - 1
        is_speaker = position >= 0 and self.sources[position][1] > start
        sentence = self._sentence(root.i)
        has_view = root.dep_ == "pobj" and root.head.lower_ == "for" and root.head.i == self.first_words[sentence]  # "For X, it was late."
        is_subject = root.dep_ in _SUBJECTS or has_view
        return _Seen(root.i, sentence, actor, is_subject, is_speaker or has_view, self._is_quoted(start))

    def _sentence(self, token: int) -> int:
        return bisect.bisect_right(self.starts, token) - 1

    def _is_source(self, position: int) -> bool:
        i = bisect.bisect_right(self.sources, (position, 10**9)) - 1
        return i >= 0 and self.sources[i][0] <= position < self.sources[i][1]

    def _is_quoted(self, position: int) -> bool:
        i = bisect.bisect_right(self.pieces, (position, 10**9)) - 1
        return i >= 0 and self.pieces[i][0] <= position < self.pieces[i][1]

    def run(self) -> list[ActorMention]:
        """Resolve third persons in reading order, then first persons by the speaker of their quotation."""
        firsts = []
        i = 0
        for token in self.doc:
            while i < len(self.waiting) and self.waiting[i].token < token.i:
                self._remember(self.waiting[i])
                i += 1
            low = token.lower_
            if token.pos_ not in {"PRON", "DET"} or token.idx in self.taken:
                continue
            if low in FIRST:
                if low != "us" or token.text != "US":
                    firsts.append(token)
            elif low in MALE or low in FEMALE or low in PLURAL or low in THING:
                self._resolve(token, low)
        self._resolve_firsts(firsts)
        return self.found

    def _remember(self, row: _Seen) -> None:
        self.seen.append(row)
        key = row.actor.actor_key
        self.counts[key] = self.counts.get(key, 0) + 1

    def _resolve(self, token: "Token", low: str) -> None:
        if self._is_quoted(token.idx) or (low in THING and token.dep_ not in _SUBJECTS):
            return
        sentence = self._sentence(token.i)
        is_source = self._is_source(token.idx)
        scores: dict[str, float] = {}
        for row in reversed(self.seen[-40:]):
            gap = sentence - row.sentence
            if gap > MAX_SENTENCES:
                break
            if not self._fits(row.actor, low) or self._is_same_clause_object(token, row):
                continue
            score = self._score(row, low, gap, is_source)
            key = row.actor.actor_key
            scores[key] = max(scores.get(key, float("-inf")), score)
        ranked = sorted(((score + FREQUENT * min(self.counts[key], 5), key) for key, score in scores.items()), reverse=True)
        if not ranked or (len(ranked) > 1 and ranked[0][0] - ranked[1][0] < MARGIN):
            return
        actor = self.actors[ranked[0][1]]
        if low in MALE or low in FEMALE:
            self.gender[actor.actor_key] = "male" if low in MALE else "female"
        self._add(token, actor, f"pronoun: {actor.name}, nearest that fits")
        self._remember(self._seen(token, actor, token.idx))

    def _fits(self, actor: Actor, low: str) -> bool:
        if low in MALE or low in FEMALE:
            return actor.kind == "person" and self.gender[actor.actor_key] in {None, "male" if low in MALE else "female"}
        if low in PLURAL:
            return actor.kind in {"collective", "armed_group", "party", "military"}
        return actor.kind not in {"person", "collective"}

    def _is_same_clause_object(self, token: "Token", row: _Seen) -> bool:
        """A subject pronoun is not the name in the same clause that comes after its verb; an object is not its own subject."""
        other = self.doc[row.token]
        return other.head is token.head and other.i != token.i and token.dep_ not in {"poss"} and other.dep_ in _SUBJECTS

    def _score(self, row: _Seen, low: str, gap: int, is_source: bool) -> float:
        speaker = SAME_SPEAKER if is_source and gap <= JUST_SPOKEN else SPEAKER
        score = -DECAY * gap + SUBJECT * (row.is_subject and not row.is_quoted) + speaker * row.is_speaker - QUOTED * row.is_quoted
        if low not in PLURAL and self.gender[row.actor.actor_key] is not None:
            score += GENDER
        return score

    def _resolve_firsts(self, firsts: list["Token"]) -> None:
        speaker_at = {mention.start: mention.actor_key for mention in self.found}
        for row in self.waiting:
            speaker_at.setdefault(self.doc[row.token].idx, row.actor.actor_key)
        spans = []
        for attribution in self.attributions:
            if attribution.form == "indirect" or not attribution.source_spans:
                continue
            source = attribution.source_spans[0]
            inside = [key for start, key in speaker_at.items() if source.start <= start < source.end]
            if inside:
                spans += [(span.start, span.end, inside[-1]) for span in attribution.content_spans]
        spans.sort()
        for token in firsts:
            i = bisect.bisect_right(spans, (token.idx, 10**9, "")) - 1
            if i < 0 or spans[i][1] <= token.idx or not self._is_quoted(token.idx):
                continue
            actor = self.actors[spans[i][2]]
            if token.lower_ in {"i", "me", "my", "mine", "myself"} and actor.kind != "person":
                continue
            self._add(token, actor, f"first person in words of {actor.name}")

    def _add(self, token: "Token", actor: Actor, rule: str) -> None:
        self.found.append(ActorMention(token.idx, token.idx + len(token), token.text, actor.actor_key, "pronoun", rule, 0.8))
