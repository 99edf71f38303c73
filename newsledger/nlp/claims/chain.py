"""The chain of attribution of a claim: its speaker, whoever relays, the agency, and the outlet
last."""

import bisect
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache

from newsledger.lexicon.outlets import load_outlets
from newsledger.model.records import (
    Actor,
    ActorMention,
    Article,
    Attribution,
    ClaimSource,
    Sentence,
    Span,
)
from newsledger.nlp.claims.issuers import Issuers
from newsledger.nlp.claims.sources import (
    UNNAMED_TYPES,
    Source,
    can_speak,
    describe_source,
    find_ground_rules,
    find_word_class,
)
from newsledger.nlp.names.actors import ActorSet
from newsledger.nlp.parse.parsed import ParsedText, Word

ORIGIN = "chain/1"

_MAX_CHAINS, _MAX_HOPS = 8, 8
_QUOTE_LEMMAS = frozenset({"quote", "cite"})
_TELL_LEMMAS = frozenset(
    {"tell", "inform", "say", "confirm", "speak", "brief", "explain", "add", "write"}
)
_TALK_NOUNS = frozenset(
    {
        "interview",
        "statement",
        "remark",
        "comment",
        "conversation",
        "speech",
        "letter",
        "email",
        "call",
        "message",
    }
)
_CARRY_LEMMAS = frozenset(
    {
        "carry", "publish", "broadcast", "air", "release", "quote", "report", "cite", "print", "post", "relay", "run", "issue", "see", "obtain",
        "review", "view", "share", "send", "show", "provide", "distribute", "circulate", "disseminate", "read", "give", "make",
    }
)  # fmt: skip
_RELATIVES = frozenset({"who", "which", "that", "whom"})
_PRONOUNS = frozenset({"he", "she", "they", "it", "i", "we", "him", "her", "them"})
_MENTION_ORDER = {"pronoun": 0, "role": 1, "name": 2}
_MEDIA_TYPES = frozenset({"state_media", "partisan_media", "independent_media", "unknown"})
_REPORTERS = r"(?:reporters?|journalists?|correspondents?|photographers?|writers?|staff|crew|team)"
_SPOKE_ON = re.compile(
    r"(?:The|He|She|They|All|Both|Neither|None)\b.*(?:anonym|authori[sz]ed|identified|named)",
    re.DOTALL,
)
_OWN_WORDS = re.compile(
    rf"\b(?:this (?:newspaper|publication|outlet|reporter|site)|our (?:own )?{_REPORTERS})\b",
    re.IGNORECASE,
)
_CITING = re.compile(r",? (?:which |who )?(?:quot|cit)(?:ing|ed|es)\b")
_TITLED = re.compile(r"The [A-Z]\w+")  # inside a sentence: the title of a paper
_SHARE = re.compile(
    r"\b(?:\w+ in \w+|\d+(?:\.\d+)?(?: ?%| percent| per cent)|majority|half|thirds|quarters)\b"
)
_POLL = re.compile(r"\b(?:an?|the|this) (?P<name>(?:[A-Z][\w/-]+ )+(?:poll|survey))\b")
_POLL_REACH = 2500  # code points back in which the poll of a share is named
_CLIMB = 4  # heads between a cue and the verb "quoted" of "quoted … as saying"
_NO_SOURCE = "no source named"


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
        self.actors = {actor.actor_key: actor for actor in actor_set.actors}
        self.named = {
            mention.actor_key for mention in actor_set.mentions if mention.mention_type == "name"
        }
        self.mention_of = _index_mentions(doc, actor_set.mentions)
        self.by_name = _index_names(actor_set.actors)
        self.issuers = Issuers(doc, attributions, self.actors, self.mention_of)
        self.tail = self._page_hops(article)
        self.own_names = {_fold(source.text) for source in self.tail}
        self.relayed: dict[str, list[Source]] = {}  # media through which a speaker came
        self.terms: dict[str, str] = {}  # ground rules once stated for an actor

    def build(self, number: int) -> tuple[ClaimSource, ...]:
        """Build the chains of one attribution: each from the speaker at hop 0 to the outlet."""
        attribution = self.attributions[number]
        speakers, relays = self._find_speakers(attribution)
        if not (speakers and _is_open_pronoun(speakers[0])):
            relays += self._parents(number)
        relays += self._addressees(attribution)
        if speakers:
            relays += self._carry_on(speakers[0], relays, attribution)
        relays = [self._by_name(source) for source in relays]
        if not speakers:
            speakers = [Source(None, _NO_SOURCE, "unattributed", False)]
        rows: list[ClaimSource] = []
        for chain, speaker in enumerate(speakers[:_MAX_CHAINS]):
            own = self._as_own_reporting(speaker)
            hops = _drop_repeats([own, *relays, *self.tail], self.by_name)
            terms = self._ground_rules(attribution, own)
            rows += [
                _make_hop(chain, hop, source, terms if hop == 0 else None)
                for hop, source in enumerate(hops[:_MAX_HOPS])
            ]
        return tuple(rows)

    def _carry_on(
        self, speaker: Source, relays: list[Source], attribution: Attribution
    ) -> list[Source]:
        """Find who relays a speaker that an earlier claim was relayed of: the statement that an
        agency carried, the woman without a name who spoke to a channel, shares of a poll."""
        span = attribution.source_spans[0] if attribution.source_spans else None
        head = self._head_of(span) if span is not None else None
        key = self._relay_key(speaker, head)
        media = [source for source in relays if source.source_type in _MEDIA_TYPES]
        if key and media:
            self.relayed.setdefault(key, media)
        if not relays and key in self.relayed:
            return list(self.relayed[key])
        is_share = speaker.source_type != "document"
        if (
            not relays
            and is_share
            and span is not None
            and _SHARE.search(self.text, span.start, span.end)
        ):
            polls = list(_POLL.finditer(self.text, max(0, span.start - _POLL_REACH), span.end))
            if polls:
                last = polls[-1]
                return [Source(Span(*last.span("name")), last["name"], "document", True, None)]
        return []

    def _relay_key(self, speaker: Source, head: "Word | None") -> str:
        if speaker.source_type == "document" and head is not None:
            return f"document {head.lemma_.lower()}"
        is_unnamed = speaker.actor_key is not None and not speaker.is_named
        return speaker.actor_key or "" if is_unnamed else ""

    def _by_name(self, source: Source) -> Source:
        """Give a relayer that is told by a pronoun or description the name of its actor."""
        actor = self.actors.get(source.actor_key or "")
        if actor is None or not source.is_named or actor.actor_key not in self.named:
            return source
        words = {
            _fold(actor.name),
            *(_fold(alias.alias) for alias in actor.aliases if alias.alias_type != "role"),
        }
        return (
            source if _fold(source.text) in words else replace(source, text=actor.name, span=None)
        )

    def build_unattributed(self) -> tuple[ClaimSource, ...]:
        """Build the chain of a statement in the outlet's own voice: nobody, then agency and
        outlet."""
        first = Source(None, _NO_SOURCE, "unattributed", False)
        return tuple(
            _make_hop(0, hop, source, None) for hop, source in enumerate((first, *self.tail))
        )

    # --- speakers
    # -------------------------------------------------------------------------------------------------

    def _find_speakers(self, attribution: Attribution) -> tuple[list[Source], list[Source]]:
        """Find speakers and direct relayers: "SANA quoted an official as saying", "SANA said,
        citing an official"."""
        span = attribution.source_spans[0] if attribution.source_spans else None
        heads = [
            head
            for head in (self._head_of(source) for source in attribution.source_spans)
            if head is not None
        ]
        quoting = self._quote_roles(attribution)
        if quoting is not None:
            speaker, relayer = quoting
            relays = (
                [self._as_relayer(self._describe(relayer, None))] if relayer is not None else []
            )
            if speaker is not None:
                return self._split(
                    speaker, span if heads and speaker.i == heads[0].i else None
                ), relays
        cited = self._cited(attribution, heads)
        if cited is not None and heads and cited.i != heads[0].i:
            return self._split(cited, None), [
                self._as_relayer(self._describe(heads[0], self._name_span(heads[0], span)))
            ]
        found: list[Source] = []
        for source, head in zip(attribution.source_spans, heads, strict=False):
            found += self._split(head, source)
        return list({(source.text, source.actor_key): source for source in found}.values()), []

    def _head_of(self, span: Span) -> "Word | None":
        piece = self.doc.char_span(span.start, span.end, alignment_mode="expand")
        if piece is None or not len(piece):
            return None
        root = piece.root
        if root.lower_ == "of" or root.is_punct:
            return next((token for token in piece if not token.is_punct), None)
        return root

    def _cue_tokens(self, attribution: Attribution) -> Iterator["Word"]:
        for start, end in attribution.cue_spans[:2]:
            piece = self.doc.char_span(start, end, alignment_mode="expand")
            if piece is not None:
                yield from piece

    def _quote_roles(self, attribution: Attribution) -> "tuple[Word | None, Word | None] | None":
        """Find who is quoted and who quotes, where the cue hangs on "quoted" or "cited"."""
        for token in self._cue_tokens(attribution):
            for _ in range(_CLIMB):
                if token.lemma_.lower() in _QUOTE_LEMMAS and token.pos_ == "VERB":
                    speaker, relayer = _roles_of_quote(token)
                    return (speaker, relayer) if speaker is not None else None
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
        for token in (*self._cue_tokens(attribution), *named):
            for child in token.children:
                if child.lemma_.lower() not in _QUOTE_LEMMAS or child.pos_ != "VERB":
                    continue
                if child.lower_ not in ("citing", "quoting") and not (
                    child.dep_ == "relcl" and _has_relative_subject(child)
                ):
                    continue
                found = next(
                    (word for word in child.children if word.dep_ in ("dobj", "pobj")), None
                )
                if found is not None and can_speak(found):
                    return found
        return None

    def _split(self, head: "Word", span: Span | None) -> list[Source]:
        """Split "an opposition war monitor and pro-government media" into its sources; a name with
        "and" in it stays whole."""
        head = _antecedent(head)
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
                and token.pos_ in ("NOUN", "PROPN", "PRON")
            ):
                parts.append(token)
        if len(parts) == 1:
            return [self._describe(head, span)]
        return [self._describe(part, self._part_span(part, parts, span)) for part in parts]

    def _part_span(self, part: "Word", parts: list["Word"], span: Span | None) -> Span:
        start, end = _phrase(part)
        following = [token.left_edge.idx for token in parts if token.i > part.i]
        end = min([end, *following])
        if span:
            start, end = max(start, span.start), min(end, span.end)
        text = self.text[start:end]
        cut = re.search(r"(?:,|\s|\band\b|\bor\b|\bas well as\b|\bboth\b)+$", text)
        return Span(start, end - (len(cut.group()) if cut and cut.start() else 0))

    def _describe(self, head: "Word", span: Span | None) -> Source:
        head = _antecedent(head)
        if span is None or not span.start <= head.idx < span.end:
            span = Span(*_phrase(head))
        mention = self.issuers.find_titled(span, self._mention_at(head))
        actor = self.actors.get(mention.actor_key) if mention else None
        has_name = bool(actor and actor.actor_key in self.named)
        source = describe_source(self.doc, self.text, head, span, mention, actor, has_name)
        if source.actor_key is None and (key := self.issuers.find(head)):
            return replace(source, actor_key=key, is_named=source.is_named or key in self.named)
        return source

    def _mention_at(self, head: "Word") -> ActorMention | None:
        """Find the actor at a phrase's head, or the name in apposition to it."""
        found = self.mention_of.get(head.i)
        if found is not None and found.mention_type != "role":
            return found
        for child in head.children:
            other = self.mention_of.get(child.i)
            if child.dep_ == "appos" and other is not None and other.mention_type == "name":
                return other
        return found

    # --- relays
    # ---------------------------------------------------------------------------------------------------

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
            speakers, relays = self._find_speakers(self.attributions[parent])
            found += [*speakers[:1], *relays]
            parent = self.attributions[parent].parent
        return found

    def _addressees(self, attribution: Attribution) -> list[Source]:
        """Find the media that a speaker spoke to or through: "told state TV", "in a statement
        carried by SANA"."""
        nouns = [
            noun
            for token in self._cue_tokens(attribution)
            if token.lower_ != "according"
            for noun in _addressed(token)
        ]
        nouns += self._told_places(attribution)
        for span in attribution.source_spans:
            head = self._head_of(span)
            if (
                head is not None and find_word_class(head.lemma_.lower()) == "document"
            ):  # "documents seen by the BBC"
                nouns += _carriers(head)
            if head is not None:
                nouns += _spoke_to(head)
        found = []
        for noun in nouns:
            source = self._as_medium(self._describe(noun, None))
            if source.source_type not in _MEDIA_TYPES:  # "told the BBC's Persian service"
                source = next(
                    (found for found in self._owners(noun) if found.source_type in _MEDIA_TYPES),
                    source,
                )
            if source.source_type in _MEDIA_TYPES and "social" not in source.text.lower():
                found.append(source)
        return found

    def _told_places(self, attribution: Attribution) -> Iterator["Word"]:
        """Nouns behind "in an interview with" in the sentence of the cue, outside of the content,
        wherever the parser hangs them."""
        if not attribution.cue_spans:
            return
        cue = next(self._cue_tokens(attribution), None)
        for word in cue.sent if cue is not None else ():
            if word.lower_ != "interview" or any(
                span.start <= word.idx < span.end for span in attribution.content_spans
            ):
                continue
            if word.dep_ == "pobj" and word.head.lower_ in ("in", "during"):
                yield from _carriers(word)

    def _owners(self, noun: "Word") -> Iterator[Source]:
        for child in noun.lefts:
            if child.dep_ == "poss" and child.pos_ == "PROPN":
                yield self._as_medium(self._describe(child, None))

    def _as_medium(self, source: Source) -> Source:
        """Take an outlet of the list or a title ("The Ledger") for a medium, where the name alone
        tells nothing."""
        is_title = _TITLED.match(source.text) is not None or _fold(source.text) in _outlet_kinds()
        is_open = source.source_type in ("organisation", "named_person")
        if not (is_open and is_title):
            return source
        return replace(source, source_type=_outlet_type(source.text))

    def _page_hops(self, article: Article) -> list[Source]:
        """Make the hops that the page names: the agency whose credit it bears, then the outlet."""
        hops: list[Source] = []
        outlet = article.outlet_name or article.outlet_domain
        for name in dict.fromkeys(filter(None, (article.agency_name, outlet))):
            if hops and _fold(name) == _fold(hops[0].text):
                continue
            actor = self.by_name.get(_fold(name))
            hops.append(
                Source(None, name, _outlet_type(name), True, actor.actor_key if actor else None)
            )
        return hops

    def _as_own_reporting(self, source: Source) -> Source:
        """Tell the outlet's or the agency's own reporters from a source."""
        text = re.sub(
            rf"\s+{_REPORTERS}$",
            "",
            re.sub(r"^(?:an?|the|two|three)\s+", "", source.text, flags=re.IGNORECASE),
        )
        names = {_fold(text)}
        actor = self.actors.get(source.actor_key or "")
        if actor:
            names |= {_fold(actor.name), *(_fold(alias.alias) for alias in actor.aliases)}
        if names & self.own_names or _OWN_WORDS.search(source.text):
            return Source(
                source.span,
                source.text,
                "own_reporting",
                source.is_named,
                source.actor_key,
                source.party_role,
                source.count,
            )
        return source

    def _as_relayer(self, source: Source) -> Source:
        """Take a bare name that quotes or cites others, and of which nothing else is known, for a
        medium: "Nikkei reported, citing …"."""
        actor = self.actors.get(source.actor_key or "")
        is_bare = actor is None or (
            " " not in actor.name
            and actor.gender is None
            and not actor.roles
            and actor.seed_id is None
        )
        is_open = source.source_type == "named_person" or (
            actor is not None and actor.kind == "company"
        )
        return (
            replace(source, source_type=_outlet_type(source.text))
            if source.is_named and is_bare and is_open
            else source
        )

    def _name_span(self, head: "Word", span: Span | None) -> Span | None:
        """Cut a source at the clause that cites another: "BTN, quoting an official," is BTN."""
        cut = _CITING.search(self.text, span.start, span.end) if span is not None else None
        return (
            Span(span.start, cut.start())
            if span is not None and cut is not None and cut.start() > head.idx
            else span
        )

    def _ground_rules(self, attribution: Attribution, source: Source) -> str | None:
        """Find the terms stated in the sentence of the cue, or right after it; they hold for the
        actor's later claims too."""
        if source.is_named or source.source_type not in UNNAMED_TYPES:
            return None
        anchor = source.span or (attribution.cue_spans[0] if attribution.cue_spans else None)
        found = self._terms_near(anchor.start, attribution) if anchor else None
        if found and source.actor_key:
            self.terms.setdefault(source.actor_key, found)
        return found or self.terms.get(source.actor_key or "")

    def _terms_near(self, offset: int, attribution: Attribution) -> str | None:
        at = bisect.bisect_right(self.sentence_starts, offset) - 1
        if at < 0:
            return None
        found = find_ground_rules(
            _mask(self.sentences[at], (*attribution.cue_spans, *attribution.content_spans))
        )
        follower = self.sentences[at + 1] if at + 1 < len(self.sentences) else None
        is_near = follower is not None and follower.paragraph_no == self.sentences[at].paragraph_no
        if found is None and follower is not None and is_near and _SPOKE_ON.match(follower.text):
            return find_ground_rules(follower.text)
        return found


def _mask(sentence: Sentence, spans: Iterable[Span]) -> str:
    """Cover cue and content with semicolons, at which terms of anonymity end."""
    text = sentence.text
    for span in spans:
        start, end = max(span.start - sentence.start, 0), min(span.end - sentence.start, len(text))
        if start < end:
            text = text[:start] + ";" * (end - start) + text[end:]
    return text


def _is_open_pronoun(source: Source) -> bool:
    """Tell a pronoun without an actor: inside a claim it is most often the outer speaker, who then
    relays nothing."""
    return source.actor_key is None and source.text.lower() in _PRONOUNS


# --- parse
# ---------------------------------------------------------------------------------------------------------


def _antecedent(head: "Word") -> "Word":
    """Step from a relative "who" to the noun it stands for."""
    if head.lower_ not in _RELATIVES or head.tag_ not in ("WP", "WDT", "IN"):
        return head
    verb = head.head
    for _ in range(_CLIMB):
        if verb.dep_ == "relcl":
            return verb.head
        if verb.head.i == verb.i:
            break
        verb = verb.head
    return head


def _phrase(head: "Word") -> tuple[int, int]:
    """Span of a noun phrase without its relative clause, further conjuncts and long tail."""
    first, last = head.left_edge, head
    for child in head.children:
        if child.i < head.i:
            continue
        if child.dep_ in ("relcl", "acl", "conj", "cc", "punct", "advcl", "appos"):
            if (
                child.dep_ == "appos" and child.left_edge.i == last.i + 1 and child.pos_ == "PROPN"
            ):  # "the broadcaster NRK"
                last = child
            break
        last = child.right_edge
    return first.idx, last.idx + len(last)


def _roles_of_quote(verb: "Word") -> "tuple[Word | None, Word | None]":
    """Speaker and relayer of "quoted": its object and subject, or in the passive its subject and
    agent."""
    by_role: dict[str, Word] = {}
    for child in verb.children:
        if child.dep_ == "agent":
            child = next((word for word in child.children if word.dep_ == "pobj"), child)
            by_role["agent"] = child
        else:
            by_role.setdefault(child.dep_, child)
    if "nsubjpass" in by_role:
        return by_role["nsubjpass"], by_role.get("agent")
    if verb.dep_ == "acl" and "agent" in by_role:
        return verb.head, by_role["agent"]
    relayer = by_role.get("nsubj")
    if relayer is None and verb.tag_ == "VBG":  # "X had reported, citing Y, that …"
        relayer = (
            verb.head
            if verb.dep_ == "acl"
            else next((word for word in verb.head.lefts if word.dep_ == "nsubj"), None)
        )
    return by_role.get("dobj"), relayer


def _has_relative_subject(verb: "Word") -> bool:
    return any(child.dep_ == "nsubj" and child.lower_ in _RELATIVES for child in verb.children)


def _addressed(cue: "Word") -> Iterator["Word"]:
    """Nouns that a cue is addressed to, or that carry its statement; "in a statement …, X denied it
    and said" has it under the first verb."""
    shared = cue.head.lefts if cue.dep_ == "conj" else []
    for child in (*cue.children, *(word for word in shared if word.dep_ == "prep")):
        if (
            child.dep_ in ("dobj", "dative")
            and cue.lemma_.lower() in _TELL_LEMMAS
            and child.pos_ in ("NOUN", "PROPN")
            and child.lower_ not in ("media", "press")  # "told foreign media": nobody in particular
        ):
            yield child
        if child.dep_ in ("prep", "dative") and child.lower_ in ("to", "in", "during", "on"):
            for noun in child.children:
                if noun.dep_ != "pobj":
                    continue
                if child.lower_ in ("to", "on"):
                    yield noun
                if (
                    noun.lemma_.lower() in _TALK_NOUNS
                    or find_word_class(noun.lemma_.lower()) == "document"
                ):
                    yield from _carriers(noun)


def _spoke_to(head: "Word") -> Iterator["Word"]:
    """Media in a source's own phrase: "a columnist in the Herald", "a woman who spoke to the
    channel"."""
    for child in head.rights:
        if child.dep_ == "prep" and child.lower_ == "in":
            yield from (word for word in child.rights if word.dep_ == "pobj")
        if child.dep_ in ("relcl", "acl") and child.lemma_.lower() in _TELL_LEMMAS | {
            "talk",
            "cite",
            "quote",
            "interview",
        }:
            for part in child.rights:
                if part.dep_ == "dobj":
                    yield part
                if part.dep_ in ("prep", "agent") and part.lower_ in ("to", "with", "by"):
                    yield from (word for word in part.rights if word.dep_ == "pobj")


def _carriers(noun: "Word") -> Iterator["Word"]:
    """ "an interview with X", "a statement to X", "a statement carried by X"."""
    for child in noun.children:
        if child.dep_ == "prep" and child.lower_ in ("with", "to", "on"):
            yield from (word for word in child.children if word.dep_ == "pobj")
        carried = [child, *child.conjuncts] if child.dep_ == "acl" else []
        for verb in carried:
            for agent in verb.children if verb.lemma_.lower() in _CARRY_LEMMAS else ():
                if agent.dep_ in ("agent", "prep") and agent.lower_ in (
                    "by",
                    "on",
                    "to",
                    "in",
                    "with",
                ):
                    yield from (word for word in agent.children if word.dep_ == "pobj")


# --- names
# ---------------------------------------------------------------------------------------------------------


def _index_mentions(doc: "ParsedText", mentions: Iterable[ActorMention]) -> dict[int, ActorMention]:
    """Map tokens to the mention that covers them: names before roles before pronouns, the longer
    first."""
    found: dict[int, ActorMention] = {}
    for mention in sorted(
        mentions, key=lambda m: (_MENTION_ORDER.get(m.mention_type, 0), m.end - m.start)
    ):
        piece = doc.char_span(mention.start, mention.end, alignment_mode="expand")
        if piece is None:
            continue
        for token in piece:
            found[token.i] = mention
    return found


def _index_names(actors: Iterable[Actor]) -> dict[str, Actor]:
    found: dict[str, Actor] = {}
    for actor in actors:
        for name in (actor.name, *(alias.alias for alias in actor.aliases)):
            found.setdefault(_fold(name), actor)
    return found


def _fold(name: str) -> str:
    return re.sub(r"^the\s+|[^\w\s]", "", name.casefold()).strip()


@cache
def _outlet_kinds() -> dict[str, str]:
    return {
        _fold(name): outlet.kind
        for outlet in load_outlets()
        for name in (outlet.domain, outlet.outlet_name, *outlet.aliases, *outlet.agency_names)
        if name
    }


def _outlet_type(name: str) -> str:
    """Tell the type of an outlet by its kind; of one that the seeds do not know it is unknown."""
    kind = _outlet_kinds().get(_fold(name))
    if kind is None:
        return "unknown"
    return {"state": "state_media", "party": "partisan_media"}.get(kind, "independent_media")


def _drop_repeats(hops: list[Source], by_name: dict[str, Actor]) -> list[Source]:
    """Drop a hop that an earlier hop already names, by actor or by words."""
    kept: list[Source] = []
    seen: set[str] = set()
    for source in hops:
        named = by_name.get(_fold(source.text))
        keys = {
            _fold(source.text),
            *filter(None, (source.actor_key, named.actor_key if named else None)),
        }
        if kept and keys & seen:
            continue
        seen |= keys
        kept.append(source)
    return kept


def _make_hop(chain: int, hop: int, source: Source, terms: str | None) -> ClaimSource:
    return ClaimSource(
        chain=chain,
        hop=hop,
        surface=source.text,
        source_type=source.source_type,
        is_named=source.is_named,
        surface_start=source.span.start if source.span else None,
        surface_end=source.span.end if source.span else None,
        actor_key=source.actor_key,
        ground_rules=terms,
        source_count=source.count,
        party_role=source.party_role,
    )
