"""Who speaks in an attribution: the phrases that stand as its source, and the actors they name."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from newsledger.lexicon.source_words import find_word_class
from newsledger.model.enums import ActorKind, EntityLabel, MentionType, SourceType, WordClass
from newsledger.model.records import ActorMention, Attribution, Span
from newsledger.nlp.claims.hops import find_outlet_type, index_mentions
from newsledger.nlp.claims.issuers import Issuers
from newsledger.nlp.claims.names_in_titles import is_served
from newsledger.nlp.claims.outlets import as_outlet
from newsledger.nlp.claims.phrases import (
    find_antecedent,
    find_quote_roles,
    has_relative_subject,
    measure_phrase,
)
from newsledger.nlp.claims.sources import Source, can_speak, describe_source
from newsledger.nlp.names.actors import ActorSet
from newsledger.nlp.names.forms import load_titles
from newsledger.nlp.names.roles import load_role_nouns
from newsledger.nlp.parse.parsed import ParsedText, Phrase, Word

_QUOTE_LEMMAS = frozenset({"quote", "cite"})
_CITING = re.compile(r",? (?:which |who )?(?:quot|cit)(?:ing|ed|es)\b")
_SECOND_OFFICES = frozenset(
    "author ceo director editor executive founder manager officer owner".split()
)
_CLIMB = 4  # heads between a cue and the verb "quoted" of "quoted … as saying"
_MANY = frozenset({"NNS", "NNPS"})
_HOUSES = frozenset({"of", "from"})
_PEOPLE = frozenset({WordClass.OFFICIAL, WordClass.PERSON, WordClass.EXPERT})


class SpeakerFinder:
    """Find and describe the speakers of one article's attributions."""

    def __init__(
        self, doc: "ParsedText", actor_set: ActorSet, attributions: tuple[Attribution, ...]
    ) -> None:
        self.doc = doc
        self.text = doc.text  # built anew at every access
        self.actors = {actor.article_actor_id: actor for actor in actor_set.actors}
        self.named = {
            mention.article_actor_id
            for mention in actor_set.mentions
            if mention.mention_type == MentionType.NAME
        }
        self.mention_of = index_mentions(doc, actor_set.mentions)
        self.issuers = Issuers(doc, attributions, self.mention_of)

    def find(self, attribution: Attribution) -> tuple[list[Source], list[Source]]:
        """Find speakers and direct relayers: "SANA quoted an official as saying", "SANA said,
        citing an official"."""
        span = attribution.source_spans[0] if attribution.source_spans else None
        heads = [
            head
            for head in (self.head_of(source) for source in attribution.source_spans)
            if head is not None
        ]
        quoting = self._quote_roles(attribution)
        if quoting is not None:
            speaker, relayer = quoting
            relays = [self.as_relayer(self.describe(relayer, None))] if relayer is not None else []
            if speaker is not None:
                return self._split(
                    speaker, span if heads and speaker.i == heads[0].i else None
                ), relays
        cited = self._cited(attribution, heads)
        if cited is not None and heads and cited.i != heads[0].i:
            return self._split(cited, None), [
                self.as_relayer(self.describe(heads[0], self._name_span(heads[0], span)))
            ]
        found: list[Source] = []
        for source, head in zip(attribution.source_spans, heads, strict=False):
            found += self._split(head, source)
        return list(
            {(source.text, source.article_actor_id): source for source in found}.values()
        ), []

    def head_of(self, span: Span) -> "Word | None":
        piece = self.doc.char_span(span.start, span.end, alignment_mode="expand")
        if piece is None or not len(piece):
            return None
        root = piece.root
        if root.lower_ == "of" or root.is_punct:
            return next((token for token in piece if not token.is_punct), None)
        return self._find_leading_person(piece) or root

    def _find_leading_person(self, piece: "Phrase") -> "Word | None":
        """Find the person that a phrase begins with, where the parser hangs the name on a body
        behind it: "Ona Moe of | Copper Owls"."""
        mention = self.mention_of.get(piece.start)
        last = piece.start + (mention.text.count(" ") if mention is not None else 0)
        is_named = mention is not None and " " in mention.text and self._is_person(mention)
        if not is_named or last + 1 >= piece.end or self.doc[last + 1].lower_ not in _HOUSES:
            return None
        return self.doc[last] if self.mention_of.get(last) is mention else None

    def cue_tokens(self, attribution: Attribution) -> Iterator["Word"]:
        for start, end in attribution.cue_spans[:2]:
            piece = self.doc.char_span(start, end, alignment_mode="expand")
            if piece is not None:
                yield from piece

    def _quote_roles(self, attribution: Attribution) -> "tuple[Word | None, Word | None] | None":
        """Find who is quoted and who quotes, where the cue hangs on "quoted" or "cited"."""
        for token in self.cue_tokens(attribution):
            for _ in range(_CLIMB):
                if token.lemma_.lower() in _QUOTE_LEMMAS and token.pos_ == "VERB":
                    speaker, relayer = find_quote_roles(token)
                    is_quoted = speaker is not None and (
                        token.lower_ != "cited" or can_speak(speaker)
                    )  # "cited the cost as his reason": the cost says nothing
                    return (speaker, relayer) if is_quoted else None
                if token.head.i == token.i or token.dep_ in ("ccomp", "conj", "parataxis", "relcl"):
                    break
                token = token.head
        return None

    def _cited(self, attribution: Attribution, heads: Iterable["Word"]) -> "Word | None":
        """Find whom the source names for it: "X reported, citing Y", "X, quoting Y, said",
        "according to X, which cited Y"."""
        named = [
            child
            for head in heads
            for child in (head, *head.rights)
            if child is head or child.dep_ == "appos"
        ]
        for token in (*self.cue_tokens(attribution), *named):
            for child in token.children:
                if child.lemma_.lower() not in _QUOTE_LEMMAS or child.pos_ != "VERB":
                    continue
                if child.lower_ not in ("citing", "quoting") and not (
                    child.dep_ == "relcl" and has_relative_subject(child)
                ):
                    continue
                found = next(
                    (word for word in child.children if word.dep_ in ("dobj", "pobj")), None
                )
                if found is not None and can_speak(found) and not self._is_read(found, heads):
                    return found
        return None

    def _is_read(self, cited: "Word", heads: Iterable["Word"]) -> bool:
        """Tell a paper that a person cites for his own words: "she said, citing research"."""
        mentions = (self.mention_of.get(head.i) for head in heads)
        actors = (self.actors.get(mention.article_actor_id) for mention in mentions if mention)
        is_person = any(actor and actor.kind == ActorKind.PERSON for actor in actors)
        is_person = is_person or any(head.lower_ in ("he", "she") for head in heads)
        return is_person and find_word_class(cited.lemma_.lower()) == WordClass.DOCUMENT

    def _split(self, head: "Word", span: Span | None) -> list[Source]:
        """Split "an opposition war monitor and pro-government media" into its sources; a name with
        "and" in it stays whole."""
        head = find_antecedent(head)
        parts = [head]
        limit = span.end if span else head.right_edge.idx + len(head.right_edge)
        for token in head.conjuncts if any(child.dep_ == "conj" for child in head.children) else ():
            same_name = self.mention_of.get(token.i) is not None and self.mention_of.get(
                token.i
            ) is self.mention_of.get(head.i)
            if (
                token.i > head.i
                and token.idx < limit
                and not same_name
                and not self._is_joined_inside(token)
                and token.pos_ in ("NOUN", "PROPN", "PRON")
            ):
                parts.append(token)
        parts = [*_list_joined(head), *parts]
        if len(parts) == 1:
            return [self._describe_speaker(head, span)]
        is_holder = self._is_title_of(parts[0], parts[-1]) or _shares_owner(parts)
        if is_holder or self._is_named_beside(parts):
            return [self._describe_speaker(parts[-1], span)]
        if _is_double_office(parts) or self._ends_with_holder(head, parts, span):
            return [self._describe_speaker(head, span)]
        return [self._describe_speaker(part, self._part_span(part, parts, span)) for part in parts]

    def _describe_speaker(self, head: "Word", span: Span | None) -> Source:
        source = self.describe(head, span)
        return as_outlet(self.text, source, self.actors.get(source.article_actor_id or ""))

    def _is_named_beside(self, parts: "list[Word]") -> bool:
        """Tell one whose name stands behind a comma, without an "and": "one of these groups, the
        | Dockers Alliance"."""
        first, last = parts[0], parts[-1]
        mention = self.mention_of.get(last.i)
        is_name = mention is not None and mention.mention_type == MentionType.NAME
        is_joined = any(child.dep_ == "cc" for part in parts for child in part.rights)
        return len(parts) == 2 and is_name and first.lower_ == "one" and not is_joined

    def _is_joined_inside(self, part: "Word") -> bool:
        """Tell an "and" that belongs to a name, behind which the parser joins another: "Department
        of Rivers | and | Wetlands's coordinator Ona Moe"."""
        link = next((word for word in part.head.rights if word.dep_ == "cc"), None)
        return link is not None and link.i < part.i and link.i in self.mention_of

    def _is_title_of(self, title: "Word", name: "Word") -> bool:
        """Tell two offices of one person: "moderator and author Ona Moe"."""
        mention = self.mention_of.get(name.i)
        actor = self.actors.get(mention.article_actor_id) if mention is not None else None
        is_person = actor is not None and actor.kind == ActorKind.PERSON and name.tag_ == "NNP"
        is_bare = not any(child.dep_ in {"det", "poss"} for child in title.lefts)
        is_role = (
            title.lower_ in load_role_nouns() or find_word_class(title.lower_) == WordClass.OFFICIAL
        )
        is_noun = title.tag_ == "NN" or (title.is_sent_start and title.i not in self.mention_of)
        return is_person and is_bare and (is_role or (is_noun and not title.ent_type_))

    def _ends_with_holder(self, head: "Word", parts: "list[Word]", span: Span | None) -> bool:
        """Tell a long office and behind a comma who holds it: "the member for schools, streets and
        parks, Ona Moe"."""
        at = self.text.rfind(", ", span.start, span.end) + 2 if span is not None else 0
        if span is None or at <= parts[-1].idx or head.tag_ != "NN":
            return False
        piece = self.doc.char_span(at, span.end, alignment_mode="expand")
        mention = self.mention_of.get(piece[-1].i) if piece is not None else None
        actor = self.actors.get(mention.article_actor_id) if mention is not None else None
        return (
            actor is not None
            and actor.kind == ActorKind.PERSON
            and actor.name in self.text[at : span.end]
        )

    def _part_span(self, part: "Word", parts: list["Word"], span: Span | None) -> Span:
        start, end = measure_phrase(part)
        following = [token.left_edge.idx for token in parts if token.i > part.i]
        end = min([end, *following])
        if span:
            start, end = max(start, span.start), min(end, span.end)
        text = self.text[start:end]
        cut = re.search(r"(?:,|\s|\band\b|\bor\b|\bas well as\b|\bboth\b)+$", text)
        return Span(start, end - (len(cut.group()) if cut and cut.start() else 0))

    def describe(self, head: "Word", span: Span | None) -> Source:
        head = find_antecedent(head)
        if span is None or not span.start <= head.idx < span.end:
            span = Span(*measure_phrase(head))
        mention = self._mention_at(head)
        actor = self.actors.get(mention.article_actor_id) if mention else None
        if (
            actor is None
            or actor.article_actor_id not in self.named
            or actor.kind != ActorKind.PERSON
            or self._is_office(head)
        ):
            mention = self._person_at_edge(head, span) or mention
            mention = self.issuers.find_called(head) or mention
            actor = self.actors.get(mention.article_actor_id) if mention else None
        has_name = bool(actor and actor.article_actor_id in self.named)
        source = describe_source(self.doc, self.text, head, span, mention, actor, has_name)
        if source.article_actor_id is None and (key := self.issuers.find(head)):
            return replace(
                source, article_actor_id=key, is_named=source.is_named or key in self.named
            )
        return source

    def _mention_at(self, head: "Word") -> ActorMention | None:
        """Find the actor at a phrase's head, or the name in apposition to it."""
        found = self.mention_of.get(head.i)
        if found is not None and found.mention_type != MentionType.ROLE:
            return found
        for child in head.children:
            other = self.mention_of.get(child.i)
            if (
                child.dep_ == "appos"
                and other is not None
                and other.mention_type == MentionType.NAME
                and not (head.tag_ in _MANY and _is_apart(head, child) and self._is_person(other))
            ):
                return other
        return found

    def _is_person(self, mention: ActorMention) -> bool:
        return self.actors[mention.article_actor_id].kind == ActorKind.PERSON

    def _is_office(self, head: "Word") -> bool:
        """Tell a name that is only an office: "a Liberal | Assemblywoman, Ona Moe", "Port Bureau
        Special | Agent in Charge Ona Moe"."""
        return find_word_class(head.lower_) in _PEOPLE or head.lower_ in load_role_nouns()

    def _person_at_edge(self, head: "Word", span: Span) -> ActorMention | None:
        """Find the name of a person at the end of a long title, or in front of one: "Ambassador to
        Peru Alia Denton", "Harbour Party leader Alia Denton"."""
        piece = self.doc.char_span(span.start, span.end, alignment_mode="expand")
        words = [word for word in piece or () if not word.is_punct and not word.is_space]
        if head.tag_ in _MANY:
            return None  # "students of professor Alia Denton"
        is_titled = find_word_class(head.lemma_.lower()) in _PEOPLE
        for edge in (words[-1:], words[:1]):
            found = self.mention_of.get(edge[0].i) if edge else None
            actor = self.actors.get(found.article_actor_id) if found else None
            if found is None or actor is None or actor.kind != ActorKind.PERSON:
                continue
            if " " not in found.text or found.mention_type != MentionType.NAME:
                continue
            before = self.doc[edge[0].i - len(found.text.split())]
            if before.i > words[0].i and before.lower_.strip(".") in load_titles():
                before = self.doc[before.i - 1]  # "the institute's director, Dr. Alia Denton"
            is_bare_before = not before.is_punct
            if before.is_punct and before.i > words[0].i:
                before = self.doc[before.i - 1]  # "the Dike Board director, Alia Denton"
            is_plain = not any(word.pos_ == "VERB" for word in words)
            is_after = before.i >= words[0].i and (
                find_word_class(before.lower_) == WordClass.OFFICIAL
                or (is_plain and before.lower_ in load_role_nouns())
                or (is_titled and before.pos_ in ("PROPN", "NOUN"))
            )
            title = [word for word in piece or () if word.i <= before.i and not word.is_space]
            is_after = is_after and not (is_bare_before and is_served(title, find_word_class))
            if is_after or (edge[0] is words[0] and is_titled and head.text[:1].isupper()):
                return found  # but "Ona Moe spokesman" is somebody else
        return None

    def _name_span(self, head: "Word", span: Span | None) -> Span | None:
        """Cut a source at the clause that cites another: "BTN, quoting an official," is BTN."""
        cut = _CITING.search(self.text, span.start, span.end) if span is not None else None
        return (
            Span(span.start, cut.start())
            if span is not None and cut is not None and cut.start() > head.idx
            else span
        )

    def as_relayer(self, source: Source) -> Source:
        """Take a bare name that quotes or cites others, and of which nothing else is known, for a
        medium: "Nikkei reported, citing …"."""
        actor = self.actors.get(source.article_actor_id or "")
        is_bare = actor is None or (
            " " not in actor.name
            and actor.gender is None
            and not actor.roles
            and actor.seed_id is None
        )
        is_open = source.source_type == SourceType.NAMED_PERSON or (
            actor is not None and actor.kind == ActorKind.COMPANY
        )
        return (
            replace(source, source_type=find_outlet_type(source.text))
            if source.is_named and is_bare and is_open
            else source
        )


def _is_double_office(parts: "list[Word]") -> bool:
    """Tell two offices that one person holds: "its president and chief executive"."""
    first, *others = parts
    return (
        first.tag_ == "NN"
        and first.lower_ in load_role_nouns()
        and all(
            part.tag_ == "NN"
            and part.lower_ in _SECOND_OFFICES
            and not any(child.dep_ in {"det", "poss"} for child in part.lefts)
            for part in others
        )
    )


def _is_apart(head: "Word", name: "Word") -> bool:
    """Tell whether words stand between a noun and a name: "students of professor | Ona Moe", but
    "the authors Ona Moe and Alia Denton"."""
    return any(not word.is_punct for word in head.doc[head.i + 1 : name.left_edge.i])


def _shares_owner(parts: "list[Word]") -> bool:
    """Tell one holder of an office in a body whose name has "and" in it: "the Institute of Soils
    and | Crop Disease's director, Ona Moe"."""
    last = parts[-1]
    owner = next((child for child in last.lefts if child.dep_ == "poss"), None)
    is_office = last.tag_ == "NN" and last.lower_ in load_role_nouns()
    return (
        is_office
        and parts[0].pos_ == "PROPN"
        and owner is not None
        and owner.pos_ == "PROPN"
        and owner.left_edge.pos_ != "DET"
        and any(child.dep_ == "appos" for child in last.rights)
    )


def _list_joined(head: "Word") -> "list[Word]":
    """List the names that are joined before a noun for media: "the Norland Times | and state
    media", which the parser takes for one phrase."""
    if WordClass.MEDIA not in {find_word_class(head.lower_), find_word_class(head.lemma_.lower())}:
        return []
    names = [
        word for word in head.lefts if word.dep_ == "nmod" and word.ent_type_ == EntityLabel.ORG
    ]
    return [word for word in names if any(child.dep_ == "cc" for child in word.rights)]
