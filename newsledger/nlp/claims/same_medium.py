"""Who goes on speaking through a medium that an earlier claim came through: until the text turns to
another occasion."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from newsledger.model.enums import ActorKind, MentionType, SourceType
from newsledger.model.records import Attribution, Sentence
from newsledger.nlp.claims.hops import find_sentence
from newsledger.nlp.claims.relays import MEDIA_TYPES
from newsledger.nlp.claims.sources import Source
from newsledger.nlp.claims.speakers import SpeakerFinder
from newsledger.nlp.parse.parsed import Word

_NEAR_SENTENCES = 3  # back, within a paragraph, to what the same speaker said through a medium
_NEAR_UNNAMED = 2  # back to somebody without a name
_PRONOUNS = frozenset({"he", "she", "they", "i", "we"})
_POSTING = frozenset({"tweet", "post", "write", "tell", "testify"})
# another occasion than the conversation with a medium: elsewhere, in writing, on another day
_OCCASION = re.compile(
    r"\b(?:statement|reporters|journalists|conference|briefing|speech|address|rally|hearing|court"
    r"|parliament|letter|e-?mail|memo|release|report|filing|Twitter|Facebook|Instagram|Telegram|X"
    r"|tweet\w*|post(?:ed|ing)?|earlier|later|previously|ago|last|yesterday"
    r"|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b"
)
_DOCUMENT = "document "  # begins the key of a document


@dataclass(frozen=True, slots=True)
class _Told:
    """What somebody said through media: in which sentence, and whether that holds for what
    follows wherever it stands, as in an interview."""

    sentence_no: int
    media: tuple[Source, ...]
    is_lasting: bool


class CarriedMedia:
    """Remember through which media the speakers of one article came."""

    def __init__(
        self,
        speakers: SpeakerFinder,
        sentences: Sequence[Sentence],
        interviews: Iterable[tuple[int, str, Source]],
    ) -> None:
        """`interviews` are those that the article tells of: offset, actor and medium."""
        self.speakers, self.text = speakers, speakers.text
        self.sentences = sentences
        self.starts = [sentence.start for sentence in sentences]
        self.interviews = sorted(interviews, key=lambda one: one[0])
        self.told: dict[str, _Told] = {}
        self.last_key = ""
        self.last_noun = ""  # of whoever was told by "a" or "one" and spoke to a medium
        self.last_unnamed: _Told | None = None

    def find(self, speaker: Source, attribution: Attribution, relays: list[Source]) -> list[Source]:
        """Find the media of a claim whose words name none; remember those of one that does."""
        at = find_sentence(self.starts, attribution)
        if at is None:
            return []
        key, before = self._key_of(speaker), None
        media = tuple(source for source in relays if source.source_type in MEDIA_TYPES)
        if media:
            self._remember(key, speaker, _Told(at, media, self._is_lasting(key, speaker, at)))
            return []
        goes_on, self.last_key = key == self.last_key, key
        if relays:
            return []
        before = self.told.get(key) or self._find_unnamed(speaker, at)
        before = before or self._find_interview(speaker, at)
        if before is None:
            return []
        if not key.startswith(_DOCUMENT) and self._is_elsewhere(attribution, at, before):
            self.told.pop(key, None)
            return []
        if not before.is_lasting and not self._is_near(speaker, at, before, goes_on=goes_on):
            return []
        self._remember(key, speaker, _Told(at, before.media, before.is_lasting))
        return list(before.media)

    def _key_of(self, speaker: Source) -> str:
        """Key a document by what it is, others by actor, else by the very words."""
        head = self.speakers.head_of(speaker.span) if speaker.span is not None else None
        if speaker.source_type == SourceType.DOCUMENT and head is not None:
            return f"{_DOCUMENT}{head.lemma_.lower()}"
        at = speaker.span.start if speaker.span is not None else ""
        return speaker.article_actor_id or f"{speaker.text.lower()} {at}"

    def _is_lasting(self, key: str, speaker: Source, at: int) -> bool:
        """Tell what holds to the end: an interview, a document that a medium saw, and a person
        without a name, who spoke to nobody else."""
        head = self.speakers.head_of(speaker.span) if speaker.span is not None else None
        is_one = head is not None and head.tag_ != "NNS"
        is_unnamed = speaker.article_actor_id is not None and not speaker.is_named and is_one
        is_talk = re.search(r"\binterview", self.sentences[at].text) is not None
        return is_unnamed or is_talk or key.startswith(_DOCUMENT)

    def _remember(self, key: str, speaker: Source, told: _Told) -> None:
        self.told[key] = told
        self.last_key = key
        words = speaker.text.lower().split()
        self.last_noun = words[1] if words[0] in ("a", "an", "one") and words[1:] else ""
        is_unnamed = (
            speaker.article_actor_id is None and speaker.source_type == SourceType.UNNAMED_PERSON
        )
        self.last_unnamed = told if is_unnamed else None

    def _is_near(self, speaker: Source, at: int, before: _Told, *, goes_on: bool) -> bool:
        """Tell whether a claim stands in the same talk: in the paragraph, or opening the next one
        with a quotation or a pronoun of whoever spoke last."""
        one, other = self.sentences[before.sentence_no], self.sentences[at]
        gap = at - before.sentence_no
        if one.paragraph_no == other.paragraph_no:
            return 0 <= gap <= _NEAR_SENTENCES
        is_open = other.text[:1] in '"“' or self.sentences[at - 1].text[:1] in '"“'
        is_same = (speaker.text.lower() in _PRONOUNS and is_open) or self._is_told_again(speaker)
        return goes_on and is_same and 0 < gap <= _NEAR_SENTENCES

    def _is_told_again(self, speaker: Source) -> bool:
        """Tell "the victim" of "one victim", who spoke to a medium."""
        words = [word.rstrip(",") for word in speaker.text.lower().split()]
        return self.last_noun != "" and words[:2] == ["the", self.last_noun]

    def _is_elsewhere(self, attribution: Attribution, at: int, before: _Told) -> bool:
        """Tell whether the words around the claim tell another occasion."""
        if at == before.sentence_no:
            return False
        if attribution.cue_lemma.split(" ")[0] in _POSTING:
            return True
        sentence = self.sentences[at]
        outside = list(sentence.text)
        for start, end in (*attribution.content_spans, *attribution.source_spans):
            for offset in range(max(start, sentence.start), min(end, sentence.end)):
                outside[offset - sentence.start] = " "
        return _OCCASION.search("".join(outside)) is not None

    def _find_unnamed(self, speaker: Source, at: int) -> _Told | None:
        """Find what was told by somebody without a name and actor who goes on: "a woman told …"
        and "the woman said"."""
        is_open = (
            speaker.source_type == SourceType.UNNAMED_PERSON and speaker.article_actor_id is None
        )
        is_same = self._is_told_again(speaker) or speaker.text.lower() in _PRONOUNS
        if self.last_unnamed is None or not is_same or not is_open:
            return None
        told = self.last_unnamed
        is_near = 0 <= at - told.sentence_no <= _NEAR_UNNAMED
        return replace(told, is_lasting=True) if is_near else None

    def _find_interview(self, speaker: Source, at: int) -> _Told | None:
        """Find the interview of the speaker that the article told of before."""
        start = self.sentences[at].start
        media = [
            medium
            for offset, key, medium in self.interviews
            if key == speaker.article_actor_id and offset < start
        ]
        return _Told(-1, (media[-1],), is_lasting=True) if media else None


def list_interviews(
    words: Iterable["Word"], speakers: SpeakerFinder
) -> Iterator[tuple[int, str, Source]]:
    """List the interviews that an article tells of with one person named and one medium in the
    same sentence: "The daily published an interview with the minister, Ana Lund"."""
    for word in words:
        if "nterview" not in word.lemma_ or word.lemma_.lower() != "interview":
            continue
        people, media = {}, {}
        for other in word.sent:
            mention = speakers.mention_of.get(other.i)
            actor = speakers.actors.get(mention.article_actor_id) if mention is not None else None
            if mention is None or actor is None or mention.mention_type != MentionType.NAME:
                continue
            if actor.kind == ActorKind.PERSON:
                people[actor.article_actor_id] = actor
            elif actor.kind == ActorKind.MEDIA and actor.article_actor_id not in media:
                media[actor.article_actor_id] = speakers.describe(other, None)
        if len(people) == len(media) == 1:
            yield word.idx, next(iter(people)), next(iter(media.values()))
