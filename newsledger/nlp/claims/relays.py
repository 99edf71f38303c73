"""The media that a speaker spoke to or through."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from newsledger.lexicon.source_words import find_word_class
from newsledger.model.enums import SourceType, WordClass
from newsledger.model.records import Attribution, Span
from newsledger.nlp.claims.hops import find_outlet_type, fold_name, load_outlet_kinds
from newsledger.nlp.claims.phrases import (
    PIECES,
    THROUGH,
    list_addressed,
    list_carriers,
    list_closing,
    list_opening,
    list_owners,
    list_pieces_around,
    list_spoken_to,
    list_through,
)
from newsledger.nlp.claims.sources import Source
from newsledger.nlp.claims.speakers import SpeakerFinder
from newsledger.nlp.parse.parsed import Word

MEDIA_TYPES = frozenset(
    {
        SourceType.STATE_MEDIA,
        SourceType.PARTISAN_MEDIA,
        SourceType.INDEPENDENT_MEDIA,
        SourceType.UNKNOWN,
    }
)
_TITLE = re.compile(r" (?:[a-z]+-[a-z]{2,3}\b|[A-Z][\w-]+)")  # "n-tv" behind "channel"
_LONG = 7  # letters of an outlet's name behind which a section may stand: not "Sun" of "Sunday"
_TALK_REACH = 4  # words between "interview" and "with"
_LONGEST_NAME = 6  # words of an outlet's name
_SITE = re.compile(r"[\w-]+(?:\.[\w-]+)*\.(?:com|net|org|info|news|co|[a-z]{2})(?:\.[a-z]{2})?")
_TITLED = re.compile(r"The [A-Z]\w+")  # inside a sentence: the title of a paper


_SCIENCE = frozenset({"finding", "paper", "research", "result", "study"})
_SITES = frozenset({"page", "platform", "site", "website"})  # of nobody yet named
_TELLERS = frozenset({*THROUGH, "interview", "according", "per"})


class MediaFinder:
    """Find the media of one article's attributions; its own outlet and agency relay nothing."""

    def __init__(self, speakers: SpeakerFinder, own_names: set[str]) -> None:
        self.speakers = speakers
        self.text = speakers.text
        self.own_starts = tuple(_squeeze(name) for name in own_names if name)
        self.last_named: Source | None = None

    def find(self, attribution: Attribution) -> list[Source]:
        """Find the media that a speaker spoke to or through: "told state TV", "in a statement
        carried by SANA"."""
        nouns = [
            noun
            for token in self.speakers.cue_tokens(attribution)
            if token.lower_ != "according"
            for noun in (
                *list_addressed(token),
                *list_closing(token),
                *list_opening(token),
                *list_pieces_around(token),
            )
        ]
        nouns += self._told_places(attribution)
        for span in attribution.source_spans:
            head = self.speakers.head_of(span)
            if (
                head is not None and find_word_class(head.lemma_.lower()) == WordClass.DOCUMENT
            ):  # "documents seen by the BBC"
                nouns += list_carriers(head)
            if head is not None:
                nouns += list_spoken_to(head)
        found = list(self._named_after(attribution))
        for noun in nouns:
            source = next(
                (one for one in self._owners(noun) if one.source_type in MEDIA_TYPES),
                self._with_title(self._as_medium(self.speakers.describe(noun, None))),
            )  # "told the BBC's Persian service"
            is_own = self._is_own(source.text)
            if (
                source.source_type in MEDIA_TYPES
                and not (is_own or _is_journal(noun))
                and (source.is_named or noun.lower_ not in _SITES or self.last_named is not None)
                and "social" not in source.text.lower()
            ):
                found.append(source)
        return found

    def _is_own(self, name: str) -> bool:
        """Tell the article's own outlet, also with a section behind it: "NBC News MACH"; a short
        name must be whole."""
        squeezed = _squeeze(name)
        return any(
            squeezed == own or (len(own) >= _LONG and squeezed.startswith(own))
            for own in self.own_starts
        )

    def name_outlet(self, source: Source) -> Source:
        """Name the outlet behind a relayer: of a piece its owner ("the Ledger report"), of "the
        website" the outlet named last."""
        head = self.speakers.head_of(source.span) if source.span is not None else None
        if head is None or (source.is_named and source.source_type != SourceType.DOCUMENT):
            return source
        if head.lemma_.lower() in PIECES:
            owners = (one for one in self._owners(head) if one.source_type in MEDIA_TYPES)
            return next(owners, source)
        is_outlet = (
            find_word_class(head.lemma_.lower()) == WordClass.MEDIA or head.lower_ == "website"
        )
        is_again = is_outlet and source.text.lower() == f"the {head.lower_}"
        return self.last_named if is_again and self.last_named is not None else source

    def note(self, sources: Iterable[Source]) -> None:
        """Remember the outlet named last."""
        for source in sources:
            medium = self._as_medium(source)
            if medium.is_named and medium.source_type in MEDIA_TYPES:
                self.last_named = medium

    def _told_places(self, attribution: Attribution) -> Iterator["Word"]:
        """Nouns behind "in an interview with" and "according to" in the sentence of the cue,
        outside of the content, wherever the parser hangs them."""
        cue = next(self.speakers.cue_tokens(attribution), None)
        for word in cue.sent if cue is not None else ():
            if word.lower_ not in _TELLERS or any(
                span.start <= word.idx < span.end for span in attribution.content_spans
            ):
                continue
            yield from list_through(word)
            is_talk = word.lower_ == "interview" and word.dep_ == "pobj"
            if is_talk and word.head.lower_ in ("in", "during"):
                yield from list_carriers(word)
                yield from _list_behind(word)
            if word.lower_ == "according" and cue is not None and word.i > cue.i:
                yield from (noun for to in word.rights for noun in to.rights)
            if word.lower_ == "per" and word.dep_ == "prep":
                yield from word.rights

    def _named_after(self, attribution: Attribution) -> Iterator[Source]:
        """An outlet of the list right behind "told", wherever the parser hangs it: "told Agence
        France-Presse arson had been used"."""
        for token in self.speakers.cue_tokens(attribution):
            if token.lower_ not in ("told", "tells"):
                continue
            for count in range(_LONGEST_NAME, 0, -1):
                words = self.speakers.doc[token.i + 1 : token.i + 1 + count]
                if not words or words[0].dep_ in ("dobj", "dative"):
                    continue
                is_whole = fold_name(words.text) in load_outlet_kinds()
                if is_whole and words.text[:1].isupper():
                    span = Span(words.start_char, words.end_char)
                    yield Source(span, words.text, find_outlet_type(words.text), True)
                    break

    def _owners(self, noun: "Word") -> Iterator[Source]:
        return (self._as_medium(self.speakers.describe(child, None)) for child in list_owners(noun))

    def _with_title(self, source: Source) -> Source:
        """Add the name behind a medium's word that the parser missed: "German channel n-tv"."""
        if source.source_type not in MEDIA_TYPES or source.is_named or source.span is None:
            return source
        title = _TITLE.match(self.text, source.span.end)
        if title is None:
            return source
        span = Span(source.span.start, title.end())
        return replace(source, span=span, text=self.text[slice(*span)], is_named=True)

    def _as_medium(self, source: Source) -> Source:
        """Take an outlet of the list or a title ("The Ledger") for a medium, where the name alone
        tells nothing."""
        is_title = (
            _TITLED.match(source.text) is not None or fold_name(source.text) in load_outlet_kinds()
        )
        is_open = source.source_type in (
            SourceType.ORGANISATION,
            SourceType.NAMED_PERSON,
            SourceType.GOVERNMENT_BODY,
        )
        is_title = is_title or _SITE.fullmatch(source.text) is not None
        if not (is_open and is_title):
            return source
        return replace(source, source_type=find_outlet_type(source.text))


def _list_behind(talk: "Word") -> Iterator["Word"]:
    """Nouns behind "with" where a day parts it from the talk: "in an interview Monday with X"."""
    for word in talk.doc.words[talk.i + 1 : talk.i + 1 + _TALK_REACH]:
        if word.lower_ == "with" and word.head is not talk and word.sentence_no == talk.sentence_no:
            yield from (noun for noun in word.rights if noun.dep_ == "pobj")


def _is_journal(noun: "Word") -> bool:
    """Tell where science is published, which passes nothing on: "in findings published in the
    journal Larne", "a study published in The Lark"."""
    near = (noun, noun.head, *noun.lefts, *noun.head.lefts)
    if any(word.lower_ == "journal" and word.pos_ == "NOUN" for word in near):
        return True
    verb = noun.head.head
    is_published = noun.head.lower_ == "in" and verb.lower_ in ("published", "appeared")
    return is_published and verb.head.lemma_.lower() in _SCIENCE


def _squeeze(name: str) -> str:
    """Fold a name to its letters: "Fox News Digital" begins like foxnews."""
    return "".join(fold_name(name).split())
