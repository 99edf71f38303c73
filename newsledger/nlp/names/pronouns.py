"""Pronouns: he, she, they, it, and I/we inside a quotation or an interview, by gender, number,
salience and recency.

A pronoun is given an actor only where one candidate stands clearly above the others: a claim in the
wrong mouth is worse than one without a name. People without a name ("a guard") and things compete
too, so that "he" after "a guard said" is not the last man named.
"""

import bisect
from collections import deque

from newsledger.model.enums import ActorKind, Form, Gender, MentionType
from newsledger.model.records import Actor, ActorMention, Attribution, Quotation
from newsledger.nlp.names.actors import ActorSet
from newsledger.nlp.names.mention_view import MentionView
from newsledger.nlp.names.pronoun_candidates import SUBJECTS, Candidates, is_inside
from newsledger.nlp.names.roles import load_role_nouns
from newsledger.nlp.parse.parsed import ParsedText, Word
from newsledger.nlp.quotes.interviews import Turn

ORIGIN = "coref/4"
MALE = frozenset({"he", "him", "his", "himself"})
FEMALE = frozenset({"she", "her", "hers", "herself"})
PLURAL = frozenset({"they", "them", "their", "themselves"})
THING = frozenset({"it", "its", "itself"})
FIRST = frozenset({"i", "me", "my", "mine", "myself", "we", "us", "our", "ours"})
SINGULAR = frozenset({"i", "me", "my", "mine", "myself"})
SECOND = frozenset({"you", "your", "yours", "yourself"})
MAX_SENTENCES = 4  # sentences back that a name stays in mind
MAX_ROWS = 60  # mentions back that are looked at
MARGIN = 0.6  # by which the best candidate must lead
DECAY = 1.0  # a sentence of distance
SUBJECT = 1.5  # the subject of a sentence is the likeliest to be spoken of next
SPEAKER = 1.0  # so is who has just spoken
SAME_SPEAKER = 2.5  # "He said" goes on with whoever has just spoken
SPOKE_BEFORE = 0.5  # or had spoken before somebody else with a name became the subject
JUST_SPOKEN = 2  # sentences back that count as "just": farther back a name nearby is the likelier
# a name inside what somebody is said to have said is spoken of, too; for a pronoun that speaks
SPOKEN_OF = 2.0
MAX_SPEAKER_SENTENCES = 6  # back that "He said" goes on with whoever spoke last
QUOTED = 3.0  # a name inside somebody's words is spoken of there, not by the reporter
# the subject of the clause that the pronoun's clause hangs on: "Reed was blamed after he asked"
GOVERNED = 2.0
OWN_SENTENCE = 1.0  # an organisation of the same sentence is the likelier "it"
FREQUENT = 0.15  # a mention before, up to five
GENDER = 2.0  # gender known and the same
_REPRESENTATIVES = frozenset(
    {"spokesperson", "lawyer", "attorney"}
)  # groups of seeds/role_nouns.csv that speak for somebody else
_PLURAL_TAGS = frozenset({"NNS", "NNPS"})
_INSIDE = frozenset({"compound", "nmod", "poss"})  # "a Supreme Court case" speaks of the case
_COPULAS = frozenset({"be", "seem", "appear", "become", "turn", "remain"})
_WEATHER = frozenset({"rain", "snow", "hail", "thunder"})


def resolve_pronouns(
    doc: "ParsedText",
    actor_set: ActorSet,
    quotations: tuple[Quotation, ...],
    attributions: tuple[Attribution, ...],
) -> tuple[ActorMention, ...]:
    """Find the actors that pronouns stand for; a pronoun whose actor is unsure is left out."""
    if not doc.has_annotation("DEP"):
        return ()
    return tuple(
        sorted(
            _Search(doc, actor_set, quotations, attributions).run(),
            key=lambda mention: mention.start,
        )
    )


class _Search(Candidates):
    # --- third persons
    # ----------------------------------------------------------------------------------------------

    def run(self) -> list[ActorMention]:
        """Resolve third persons in reading order, then first persons by the speaker of their
        quotation, then interviews."""
        firsts, seconds = [], []
        waiting = deque(self.waiting)
        for token in self.doc.words:
            if token.pos_ not in {"PRON", "DET"} and token.i + 1 < len(self.doc.words):
                continue
            while waiting and waiting[0].token < token.i:
                self._remember(self._retell(waiting.popleft()))
            low = token.lower_
            if token.pos_ not in {"PRON", "DET"} or token.idx in self.taken:
                continue
            if low in FIRST:
                if low != "us" or token.text != "US":
                    firsts.append(token)
            elif low in SECOND:
                seconds.append(token)
            elif (
                low in MALE or low in FEMALE or low in PLURAL or low in THING
            ) and not self._is_quoted(token.idx):
                self._resolve(token, low)
        self._resolve_firsts(firsts)
        self._resolve_turns([token for token in firsts if token.lower_ in SINGULAR], seconds)
        return self.found

    def _retell(self, row: MentionView) -> MentionView:
        """Read a description that speaks as whoever was named before, where that is clear."""
        is_open = row.is_speaker and not row.is_quoted and row.key not in self.names
        found = self.retelling.find(row, self.seen) if is_open else None
        if found is None or found.actor is None:
            return row
        word = self.doc[row.token]
        start, end = word.left_edge.idx, word.idx + len(word)
        rule = f"description that speaks: {found.actor.name}, who spoke or acted last"
        key = found.actor.article_actor_id
        self.found.append(
            ActorMention(start, end, self.doc.text[start:end], key, MentionType.ROLE, rule, 0.8)
        )
        return self._see(word, start, key, found.actor, found.sort)

    def _remember(self, row: MentionView) -> None:
        self.seen.append(row)
        self.counts[row.key] = self.counts.get(row.key, 0) + 1

    def _resolve(self, token: "Word", low: str) -> None:
        if low in THING and not self._may_be_an_organisation(token):
            return
        told = self._list_told(token) if low in MALE | FEMALE else set()
        ranked = self._rank(token, low, told)
        row = ahead = self._find_ahead(token, low)
        last = self._find_last_speaker(token, low) if ahead is None else None
        if last is not None and last.key not in told:
            row, ranked = last, []
        if ranked:
            is_clear = len(ranked) == 1 or ranked[0][0] - ranked[1][0] >= MARGIN
            row = (
                ranked[0][2] if is_clear and (ahead is None or ahead.key == ranked[0][1]) else None
            )
        if row is None:
            return
        is_certain = len(ranked) < 2 or (
            self._is_source(token.idx) and ranked[0][0] - ranked[1][0] >= GENDER
        )
        if (low in MALE or low in FEMALE) and is_certain and self.gender.get(row.key) is None:
            self.gender[row.key] = Gender.MALE if low in MALE else Gender.FEMALE
        if row.actor is not None:
            where = "nearest that fits" if row.token < token.i else "subject that follows"
            self._add(token, row.actor, f"pronoun: {row.actor.name}, {where}")
        self._remember(self._see(token, token.idx, row.key, row.actor, row.sort))

    def _find_last_speaker(self, token: "Word", low: str) -> MentionView | None:
        """Find whoever spoke last, for a pronoun that speaks, unless another person has become the
        subject since: "Lund said … of Moe. He said …" is Lund."""
        is_person = low in MALE | FEMALE
        if (
            not (is_person or low == "it")
            or token.dep_ not in SUBJECTS
            or not self._is_source(token.idx)
            or is_inside(self.contents, token.idx)
        ):
            return None
        sentence = self._sentence(token.i)
        for row in reversed(self.seen[-MAX_ROWS:]):
            if sentence - row.sentence > MAX_SPEAKER_SENTENCES:
                return None
            if row.is_quoted or row.is_spoken_of or not (row.is_speaker or row.is_subject):
                continue
            if (row.sort == "person") == is_person and self._fits(row, low, True):
                return row if row.is_speaker and row.sentence < sentence else None
        return None

    def _list_told(self, token: "Word") -> set[str]:
        """List whom somebody that speaks names in what he says, which is not himself: before it
        ("the quarrel with Lund was old, he said"; the subject may be), or in quoted words."""
        here, spans = self._sentence(token.i), self._list_own_content(token.idx)
        return self._list_quoted_names(token.idx) | {
            row.key
            for row in self.seen[-MAX_ROWS:]
            if row.sentence == here
            and not row.is_subject
            and not row.is_quoted
            and self.doc[row.token].pos_ != "PRON"  # "Her cakes have no corn, she said"
            and is_inside(spans, self.doc[row.token].idx)
        }

    def _rank(
        self, token: "Word", low: str, told: set[str]
    ) -> list[tuple[float, str, MentionView]]:
        """Score the mentions before a pronoun that it may stand for, the best one of each
        candidate, best first; those `told` are none."""
        sentence = self._sentence(token.i)
        is_source = self._is_source(token.idx)
        barred = told | {
            row.key
            for row in self.seen[-MAX_ROWS:]
            if self._is_own_subject(token, row) or self._speaks_for_another(token, row)
        }
        best: dict[str, tuple[float, MentionView]] = {}
        topics: dict[int, str] = {}  # sentence → the named candidate that is its subject
        for row in reversed(self.seen[-MAX_ROWS:]):
            gap = sentence - row.sentence
            if gap > MAX_SENTENCES:
                break
            if row.key in barred or not self._fits(row, low, is_source):
                continue
            goes_on = all(key == row.key for at, key in topics.items() if at > row.sentence)
            score = self._score(
                row, low, gap, _weigh_speaker(gap, is_source, goes_on), is_source
            ) + GOVERNED * (gap == 0 and self._is_governed(token, row))
            if row.is_subject and not row.is_quoted and row.key in self.names:
                topics[row.sentence] = row.key
            if row.key not in best or score > best[row.key][0]:
                best[row.key] = (score, row)
        return sorted(
            (
                (score + FREQUENT * min(self.counts[key], 5), key, row)
                for key, (score, row) in best.items()
            ),
            key=lambda one: (-one[0], one[1]),
        )

    def _fits(self, row: MentionView, low: str, is_source: bool) -> bool:
        if low in MALE or low in FEMALE:
            return row.sort == "person" and self.gender.get(row.key) in {
                None,
                Gender.MALE if low in MALE else Gender.FEMALE,
            }
        if low in PLURAL:
            return row.sort in {"group", "force", "household"}
        word = self.doc[row.token]
        if word.tag_ in _PLURAL_TAGS or word.lower_ == "police" or word.dep_ in _INSIDE:
            return False
        return row.sort in {"organisation", "force", "document"} or (
            row.sort in {"thing", "household"} and not is_source
        )

    def _is_own_subject(self, token: "Word", row: MentionView) -> bool:
        """An object is not the subject of its own verb: "Reed pushed him"."""
        other = self.doc.words[row.token]
        return (
            other.head is token.head
            and other is not token
            and token.dep_ != "poss"
            and other.dep_ in SUBJECTS
        )

    def _is_governed(self, token: "Word", row: MentionView) -> bool:
        """Tell whether a mention is the subject of a verb that the pronoun's own verb depends
        on."""
        verb = self.doc[row.token].head
        is_clause = token.dep_ in SUBJECTS and row.is_subject and not row.is_quoted
        return is_clause and verb is not token.head and verb.is_ancestor(token)

    def _speaks_for_another(self, token: "Word", row: MentionView) -> bool:
        """A spokesman without a name does not speak of himself: "A spokesman said he would not
        resign"."""
        if not row.is_speaker or row.key in self.names:
            return False
        role = load_role_nouns().get(self.doc[row.token].lower_)
        return (
            role is not None
            and role[0] in _REPRESENTATIVES
            and row.sentence == self._sentence(token.i)
            and not self._is_source(token.idx)
        )

    def _score(
        self, row: MentionView, low: str, gap: int, speaker: float, is_source: bool
    ) -> float:
        """Score one mention; `speaker` is what it counts that the mention speaks."""
        score = (
            -DECAY * gap
            + SUBJECT * (row.is_subject and not row.is_quoted)
            + speaker * row.is_speaker
            - QUOTED * row.is_quoted
            - SPOKEN_OF * (is_source and row.is_spoken_of and not row.is_quoted)
        )
        if low in THING and not gap:
            score += OWN_SENTENCE
        if low not in PLURAL and self.gender.get(row.key) is not None:
            score += GENDER
        return score

    def _may_be_an_organisation(self, token: "Word") -> bool:
        """Tell whether "it" may act: as a subject that is not empty ("It is clear that"), or "its"
        after a subject of its sentence."""
        if token.dep_ in SUBJECTS:
            verb = token.head
            is_empty = verb.lemma_ in _WEATHER or (
                verb.lemma_ in _COPULAS
                and any(
                    child.dep_ in {"ccomp", "xcomp", "csubj", "advcl", "acl"}
                    for child in verb.subtree
                    if child.i > token.i
                )
            )
            return not is_empty
        sentence = self._sentence(token.i)
        return token.dep_ == "poss" and any(
            row.sentence == sentence and row.is_subject and row.sort in {"organisation", "force"}
            for row in self.seen[-MAX_ROWS:]
        )

    def _find_ahead(self, token: "Word", low: str) -> MentionView | None:
        """Find the subject that follows an opening clause: "When he arrived, X was met by a
        crowd"."""
        root = token.sent.root
        subject = next((child for child in root.children if child.dep_ in SUBJECTS), None)
        if (
            subject is None
            or token.i > subject.i
            or root.i in {ancestor.i for ancestor in (token.head, token)}
            or (self._heads_source(subject) and is_inside(self.contents, token.idx))
        ):
            return None  # "He was late, Lund said" is another one
        return next(
            (row for row in self.named if row.token == subject.i and self._fits(row, low, False)),
            None,
        )

    # --- first and second persons
    # -------------------------------------------------------------------------------------

    def _resolve_firsts(self, firsts: list["Word"]) -> None:
        speaker_at = {mention.start: mention.article_actor_id for mention in self.found}
        for row in self.named:
            speaker_at.setdefault(self.doc[row.token].idx, row.key)
        starts = sorted(speaker_at)
        rank = {start: number for number, start in enumerate(speaker_at)}
        spans = []
        for attribution in self.attributions:
            if attribution.form == Form.INDIRECT or not attribution.source_spans:
                continue
            source = attribution.source_spans[0]
            first = bisect.bisect_left(starts, source.start)
            inside = starts[first : bisect.bisect_left(starts, source.end)]
            if inside:
                key = speaker_at[max(inside, key=rank.__getitem__)]
                spans += [(span.start, span.end, key) for span in attribution.content_spans]
        spans.sort()
        for token in firsts:
            i = bisect.bisect_right(spans, (token.idx, 10**9, "")) - 1
            if i < 0 or spans[i][1] <= token.idx or not self._is_quoted(token.idx):
                continue
            actor = self.actors[spans[i][2]]
            if token.lower_ in SINGULAR and actor.kind != ActorKind.PERSON:
                continue
            self._add(token, actor, f"first person in words of {actor.name}")

    def _resolve_turns(self, firsts: list["Word"], seconds: list["Word"]) -> None:
        """In an interview, give "I" to whoever answers and the "you" of a question to whoever is
        asked."""
        if not self.turns:
            return
        starts = [turn.start for turn in self.turns]
        for token in (*firsts, *seconds):
            i = bisect.bisect_right(starts, token.idx) - 1
            turn: Turn | None = self.turns[i] if i >= 0 and token.idx < self.turns[i].end else None
            if (
                turn is None
                or turn.article_actor_id is None
                or turn.is_question != (token.lower_ in SECOND)
                or is_inside(self.marked, token.idx)
            ):
                continue
            self._add(
                token,
                self.actors[turn.article_actor_id],
                "asked in an interview" if turn.is_question else "answers in an interview",
            )

    def _add(self, token: "Word", actor: Actor, rule: str) -> None:
        self.found.append(
            ActorMention(
                token.idx,
                token.idx + len(token),
                token.text,
                actor.article_actor_id,
                MentionType.PRONOUN,
                rule,
                0.8,
            )
        )


def _weigh_speaker(gap: int, is_source: bool, goes_on: bool) -> float:
    """What it counts that a mention speaks: most for a pronoun that speaks, too, where nobody else
    with a name has become the subject since."""
    if not is_source:
        return SPEAKER
    if not goes_on:
        return SPOKE_BEFORE
    return SAME_SPEAKER if gap <= JUST_SPOKEN else SPEAKER
