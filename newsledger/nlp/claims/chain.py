"""The chain of attribution of a claim: its speaker, whoever relays, the agency, and the outlet
last."""

import bisect
import re
from dataclasses import replace

from newsledger.lexicon.outlets import AGENCIES, fold_outlet
from newsledger.lexicon.source_words import find_word_class
from newsledger.model.enums import AliasType, Construction, MentionType, SourceType, WordClass
from newsledger.model.records import Article, Attribution, ClaimSource, Sentence, Span
from newsledger.nlp.claims.hops import (
    drop_repeats,
    find_outlet_type,
    find_sentence,
    fold_name,
    index_names,
    make_hop,
    mask_spans,
)
from newsledger.nlp.claims.relays import MEDIA_TYPES, MediaFinder
from newsledger.nlp.claims.same_medium import CarriedMedia, list_interviews
from newsledger.nlp.claims.sources import UNNAMED_TYPES, Source, can_speak
from newsledger.nlp.claims.speakers import SpeakerFinder
from newsledger.nlp.claims.terms import find_ground_rules
from newsledger.nlp.names.actors import ActorSet
from newsledger.nlp.names.roles import load_role_nouns
from newsledger.nlp.parse.parsed import ParsedText

ORIGIN = "chain/1"

_MAX_CHAINS, _MAX_HOPS = 8, 8
_PRONOUNS = frozenset({"he", "she", "they", "it", "i", "we", "him", "her", "them"})
_REPORTERS = r"(?:reporters?|journalists?|correspondents?|photographers?|writers?|staff|crew|team)"
_REPORTERS_BEHIND = re.compile(rf"\s+{_REPORTERS}$")
_FIRST_WORD = re.compile(r"^(?:an?|the|two|three)\s+", re.IGNORECASE)
_SPOKE_ON = re.compile(
    r"(?:The|He|She|They|All|Both|Neither|None)\b.*(?:anonym|authori[sz]ed|identified|named)",
    re.DOTALL,
)
_OWN_WORDS = re.compile(
    rf"\b(?:this (?:newspaper|publication|outlet|reporter|site)|our (?:own )?{_REPORTERS})\b",
    re.IGNORECASE,
)
_SHARE = re.compile(
    r"\b(?:\w+ in \w+|\d+(?:\.\d+)?(?: ?%| percent| per cent)|majority|half|thirds|quarters)\b"
)
_POLL = re.compile(r"\b(?:an?|the|this) (?P<name>(?:[A-Z][\w/-]+ )+(?:poll|survey))\b")
_POLL_REACH = 2500  # code points back in which the poll of a share is named
_NO_SOURCE = "no source named"
_CLIMB = 4  # heads between the cue of an inner claim and its clause
_BESIDE = frozenset({"after", "as", "when", "while", "since", "before"})
_NEAR_SENTENCES = 2  # back to the body or paper that "it" and "the report" stand for
_THINGS = frozenset(
    {
        SourceType.DOCUMENT,
        SourceType.ORGANISATION,
        SourceType.GOVERNMENT_BODY,
        SourceType.MONITOR,
        *MEDIA_TYPES,
    }
)  # what "it" may stand for
_GROUPS = (_THINGS - {SourceType.DOCUMENT}) | {
    SourceType.COLLECTIVE,
    SourceType.ARMED_GROUP,
}  # and "they"
_PASSING = MEDIA_TYPES | {SourceType.DOCUMENT}  # who only pass on what "they" do


class ChainBuilder:
    """Build the chains of one article's attributions: mentions, names and sentences are indexed
    once."""

    def __init__(
        self,
        doc: "ParsedText",
        article: Article,
        attributions: tuple[Attribution, ...],
        actor_set: ActorSet,
        sentences: tuple[Sentence, ...],
    ) -> None:
        self.doc = doc
        self.text = doc.text  # built anew at every access
        self.attributions = attributions
        self.sentences = sentences
        self.sentence_starts = [sentence.start for sentence in sentences]
        self.speakers = SpeakerFinder(doc, actor_set, attributions)
        self.by_name = index_names(actor_set.actors)
        self.tail = self._page_hops(article)
        own = {source.text for source in self.tail}
        self.own_names = {fold(name) for name in own for fold in (fold_name, fold_outlet)}
        self.media = MediaFinder(self.speakers, self.own_names)
        interviews = list_interviews(doc, self.speakers)
        self.carried = CarriedMedia(self.speakers, sentences, interviews)
        self.terms: dict[str, str] = {}  # ground rules once stated for an actor

    def build(self, number: int) -> tuple[ClaimSource, ...]:
        """Build the chains of one attribution: each from the speaker at hop 0 to the outlet."""
        attribution = self.attributions[number]
        speakers, relays = self.speakers.find(attribution)
        if not (speakers and _is_open_pronoun(speakers[0])):
            relays += self._parents(number)
        relays += self.media.find(attribution)
        if speakers:
            relays += self._carry_on(speakers[0], relays, attribution)
        relays = [self._by_name(self.media.name_outlet(source)) for source in relays]
        self.media.note((*speakers, *relays))
        if not speakers:
            speakers = [Source(None, _NO_SOURCE, SourceType.UNATTRIBUTED, False)]
        rows: list[ClaimSource] = []
        for chain, speaker in enumerate(speakers[:_MAX_CHAINS]):
            own = self._as_own_reporting(self._resolve_thing(number, speaker))
            hops = drop_repeats([own, *relays, *self.tail], self.by_name)
            terms = self._ground_rules(attribution, own)
            rows += [
                make_hop(chain, hop, source, terms if hop == 0 else None)
                for hop, source in enumerate(hops[:_MAX_HOPS])
            ]
        return tuple(rows)

    def _carry_on(
        self, speaker: Source, relays: list[Source], attribution: Attribution
    ) -> list[Source]:
        """Find who relays a speaker that an earlier claim was relayed of, or shares of a poll."""
        carried = self.carried.find(speaker, attribution, relays)
        span = attribution.source_spans[0] if attribution.source_spans else None
        is_share = span is not None and speaker.source_type != SourceType.DOCUMENT
        if relays or carried or span is None or not is_share:
            return carried
        if _SHARE.search(self.text, span.start, span.end):
            polls = list(_POLL.finditer(self.text, max(0, span.start - _POLL_REACH), span.end))
            if polls:
                last = polls[-1]
                return [
                    Source(Span(*last.span("name")), last["name"], SourceType.DOCUMENT, True, None)
                ]
        return []

    def _by_name(self, source: Source) -> Source:
        """Give a relayer that is told by a pronoun or description the name of its actor."""
        actor = self.speakers.actors.get(source.article_actor_id or "")
        if (
            actor is None
            or not source.is_named
            or actor.article_actor_id not in self.speakers.named
        ):
            return source
        words = {
            fold_name(actor.name),
            *(
                fold_name(alias.alias)
                for alias in actor.aliases
                if alias.alias_type != AliasType.ROLE
            ),
        }
        return (
            source
            if fold_name(source.text) in words
            else replace(source, text=actor.name, span=None)
        )

    def build_unattributed(self) -> tuple[ClaimSource, ...]:
        """Build the chain of a statement in the outlet's own voice: nobody, then agency and
        outlet."""
        first = Source(None, _NO_SOURCE, SourceType.UNATTRIBUTED, False)
        return tuple(
            make_hop(0, hop, source, None) for hop, source in enumerate((first, *self.tail))
        )

    # --- speakers
    # ----------------------------------------------------------------------------------------------

    def _told_last(self, number: int) -> Source | None:
        """Find the body, paper or medium that spoke last, up to two sentences back, and nobody
        else since: "it said", "the report said"."""
        here = self._sentence_no(self.attributions[number])
        for earlier in reversed(self.attributions[:number]):
            at = self._sentence_no(earlier)
            if at == here or not earlier.source_spans:
                continue
            if at is None or here is None or here - at > _NEAR_SENTENCES:
                return None
            head = self.speakers.head_of(earlier.source_spans[0])
            found = (
                self.speakers.describe(head, earlier.source_spans[0]) if head is not None else None
            )
            return found if found is not None and found.source_type in _THINGS else None
        return None

    def _sentence_no(self, attribution: Attribution) -> int | None:
        return find_sentence(self.sentence_starts, attribution)

    def _told_by_subject(self, attribution: Attribution) -> Source | None:
        """Find the paper that the sentence before is about: "The post names nobody. It says …"."""
        at = self._sentence_no(attribution)
        if not at or self.sentences[at].paragraph_no != self.sentences[at - 1].paragraph_no:
            return None
        before = self.sentences[at - 1]
        piece = self.doc.char_span(before.start, before.end, alignment_mode="expand")
        subject = next(
            (word for word in piece or () if word.dep_ == "nsubj" and word.head.dep_ == "ROOT"),
            None,
        )
        if subject is None or find_word_class(subject.lemma_.lower()) != WordClass.DOCUMENT:
            return None
        return self.speakers.describe(subject, None)

    def _told_by_group(self, number: int) -> Source | None:
        """Find the group or body that "they" are: who spoke last, else the people who are the
        subject of a sentence shortly before."""
        here = self._sentence_no(self.attributions[number])
        if here is None or not self.sentences[here].text.startswith("They"):
            return None
        for earlier in reversed(self.attributions[:number]):
            at = self._sentence_no(earlier)
            if at is None or here - at > _NEAR_SENTENCES:
                break
            head = self.speakers.head_of(earlier.source_spans[0]) if earlier.source_spans else None
            if head is None or at == here or head.lower_ == "they":
                continue
            found = self.speakers.describe(head, earlier.source_spans[0])
            if earlier.construction == Construction.ACCORDING_TO and found.source_type in _PASSING:
                continue  # "Hundreds met, according to the Post. They called for …"
            is_many = head.tag_ in ("NNS", "NNPS") or found.source_type in _GROUPS
            return found if is_many else None
        for sentence in reversed(self.sentences[max(0, here - _NEAR_SENTENCES - 1) : here]):
            piece = self.doc.char_span(sentence.start, sentence.end, alignment_mode="expand")
            for word in piece or ():
                is_subject = word.dep_ in ("nsubj", "nsubjpass") and word.head.dep_ == "ROOT"
                if is_subject and word.tag_ == "NNS" and can_speak(word):
                    return self.speakers.describe(word, None)
        return None

    def _served_by_speaker(self, attribution: Attribution) -> Source | None:
        """Find the body for which the outer speaker speaks: "A Port Board spokesman said it had
        warned of the storm"."""
        outer = self.attributions[attribution.parent] if attribution.parent is not None else None
        span = outer.source_spans[0] if outer is not None and outer.source_spans else None
        head = self.speakers.head_of(span) if span is not None else None
        role = load_role_nouns().get(head.lower_) if head is not None else None
        if span is None or role is None or role[0] != "spokesperson":
            return None
        piece = self.doc.char_span(span.start, span.end, alignment_mode="expand")
        named = (self.speakers.mention_of.get(word.i) for word in piece or ())
        ends = {
            mention.end - 1
            for mention in named
            if mention and mention.mention_type == MentionType.NAME
        }
        words = [word for word in piece or () if word.idx + len(word) - 1 in ends]
        bodies = (self.speakers.describe(word, None) for word in words if word is not head)
        return next((body for body in bodies if body.source_type in _THINGS), None)

    def _resolve_thing(self, number: int, source: Source) -> Source:
        """Put the body or paper meant for "it", and its name behind "the report"."""
        attribution = self.attributions[number]
        if source.article_actor_id is None and source.text.lower() == "it":
            served = self._served_by_speaker(attribution)
            return served or self._told_by_subject(attribution) or self._told_last(number) or source
        if source.article_actor_id is None and source.text.lower() == "they":
            return self._told_by_group(number) or source
        is_definite = source.text.lower().startswith(("the ", "this ", "that ", "these "))
        if source.source_type == SourceType.DOCUMENT and is_definite and not source.is_named:
            last = self._told_last(number)
            return replace(source, is_named=last is not None and last.is_named)
        return source

    # --- relays
    # ----------------------------------------------------------------------------------------------

    def _parents(self, number: int) -> list[Source]:
        """Find the sources of the claims that this one is nested in, inner first."""
        found: list[Source] = []
        seen = {number}
        parent = self.attributions[number].parent
        while (
            parent is not None
            and 0 <= parent < len(self.attributions)
            and parent not in seen
            and len(seen) < _MAX_HOPS
        ):
            seen.add(parent)
            if self._is_told_beside(number, parent):
                break
            speakers, relays = self.speakers.find(self.attributions[parent])
            found += [*speakers[:1], *relays]
            parent = self.attributions[parent].parent
        return found

    def _is_told_beside(self, number: int, parent: int) -> bool:
        """Tell a claim that only stands in a clause of time or manner of the outer one: "he hailed
        the plan after a commission found that …", "with its boss arguing that …"."""
        word = next(self.speakers.cue_tokens(self.attributions[number]), None)
        spans = self.attributions[parent].content_spans
        for _ in range(_CLIMB):
            if word is None or not any(span.start <= word.idx < span.end for span in spans):
                return False
            marks = {child.lower_ for child in word.lefts if child.dep_ in ("mark", "advmod")}
            if (word.dep_ == "advcl" and marks & _BESIDE) or word.dep_ == "pcomp":
                return True
            if word.head is word:
                return False
            word = word.head
        return False

    def _page_hops(self, article: Article) -> list[Source]:
        """Make the hops that the page names: the agencies it credits, then the outlet."""
        hops: list[Source] = []
        outlet = article.outlet_name or article.outlet_domain
        agencies = article.agency_name.split(AGENCIES) if article.agency_name else []
        for name in dict.fromkeys(filter(None, (*agencies, outlet))):
            if any(fold_name(name) == fold_name(hop.text) for hop in hops):
                continue
            actor = self.by_name.get(fold_name(name))
            hops.append(
                Source(
                    None,
                    name,
                    find_outlet_type(name),
                    True,
                    actor.article_actor_id if actor else None,
                )
            )
        return hops

    def _as_own_reporting(self, source: Source) -> Source:
        """Tell the outlet's or the agency's own reporters from a source."""
        text = _REPORTERS_BEHIND.sub("", _FIRST_WORD.sub("", source.text))
        names = {fold_name(text)}
        actor = self.speakers.actors.get(source.article_actor_id or "")
        if actor:
            names |= {fold_name(actor.name), *(fold_name(alias.alias) for alias in actor.aliases)}
        names |= {name.replace(" ", "") for name in names}
        is_own = names & self.own_names or _OWN_WORDS.search(source.text) or self._is_we(source)
        return replace(source, source_type=SourceType.OWN_REPORTING) if is_own else source

    def _is_we(self, source: Source) -> bool:
        """Tell the outlet's own "we" from one in somebody's words."""
        if (
            source.text.lower() != "we"
            or source.span is None
            or source.article_actor_id is not None
        ):
            return False
        at = source.span.start
        sentence = self.sentences[max(bisect.bisect_right(self.sentence_starts, at) - 1, 0)]
        is_said = any(
            span.start <= at < span.end for one in self.attributions for span in one.content_spans
        )
        is_quoted = sentence.is_quoted or re.search('[“"]', self.text[sentence.start : at])
        return not is_quoted and not is_said

    def _ground_rules(self, attribution: Attribution, source: Source) -> str | None:
        """Find the terms stated in the sentence of the cue, or right after it; they hold for the
        actor's later claims too."""
        if source.is_named or source.source_type not in UNNAMED_TYPES:
            return None
        anchor = source.span or (attribution.cue_spans[0] if attribution.cue_spans else None)
        found = self._terms_near(anchor.start, attribution) if anchor else None
        if found and source.article_actor_id:
            self.terms.setdefault(source.article_actor_id, found)
        return found or self.terms.get(source.article_actor_id or "")

    def _terms_near(self, offset: int, attribution: Attribution) -> str | None:
        at = bisect.bisect_right(self.sentence_starts, offset) - 1
        if at < 0:
            return None
        found = find_ground_rules(
            mask_spans(self.sentences[at], (*attribution.cue_spans, *attribution.content_spans))
        )
        follower = self.sentences[at + 1] if at + 1 < len(self.sentences) else None
        is_near = follower is not None and follower.paragraph_no == self.sentences[at].paragraph_no
        if found is None and follower is not None and is_near and _SPOKE_ON.match(follower.text):
            return find_ground_rules(follower.text)
        return found


def _is_open_pronoun(source: Source) -> bool:
    """Tell a pronoun without an actor: inside a claim it is most often the outer speaker, who then
    relays nothing."""
    return source.article_actor_id is None and source.text.lower() in _PRONOUNS
