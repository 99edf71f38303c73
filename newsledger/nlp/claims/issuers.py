"""Who speaks through a document, and who goes by a name behind it: "the WHO statement said", "the
statement added" after "Lund said in a statement", "a company called Harbourline"."""

from collections.abc import Iterator
from dataclasses import dataclass

from newsledger.model.enums import MentionType
from newsledger.model.records import ActorMention, Attribution
from newsledger.nlp.parse.parsed import ParsedText, Word

# documents that somebody issues as words of his own; a law, a poll or a video is its own source
_ISSUED = frozenset(
    "announcement bulletin communique communiqué data document email e-mail figure letter memo "
    "memorandum message note post publication release report statement text tweet".split()
)
_SENT = frozenset(
    "email e-mail message post text tweet".split()
)  # "Facebook posts" are not Facebook's
_BY = frozenset({"by", "from"})
_MAKING = frozenset("author issue post publish release send sign write".split())
_DEFINITE = frozenset({"the", "this", "that", "these", "those", "its", "his", "her", "their"})
_OWN_PLACES = frozenset({"account", "page", "site", "website", "blog"})
_TELLING_IN = frozenset({"in", "through", "via", "with"})


@dataclass(frozen=True, slots=True)
class _Issue:
    offset: int
    noun: str
    article_actor_id: str


class Issuers:
    """Tell who issued the documents of one article; they are looked up once, in reading order."""

    def __init__(
        self,
        doc: ParsedText,
        attributions: tuple[Attribution, ...],
        mention_of: dict[int, ActorMention],
    ) -> None:
        self.doc, self.attributions = doc, attributions
        self.mention_of = mention_of
        self.issues: list[_Issue] | None = None

    def find(self, head: Word) -> str | None:
        """Find the actor behind a document: named in its phrase, else of the last document so
        called, unless two issuers have one."""
        noun = head.lemma_.lower()
        if noun not in _ISSUED:
            return None
        if own := self._find_own(head):
            return own
        if not any(child.lower_ in _DEFINITE for child in head.lefts):
            return None
        if self.issues is None:
            self.issues = sorted(self._list_issues(), key=lambda issue: issue.offset)
        before = [one for one in self.issues if one.noun == noun and one.offset < head.idx]
        return (
            before[-1].article_actor_id
            if len({one.article_actor_id for one in before}) == 1
            else None
        )

    def _list_issues(self) -> Iterator[_Issue]:
        for word in self.doc:
            noun = word.lemma_.lower()
            if word.pos_ != "NOUN" or noun not in _ISSUED:
                continue
            key = self._find_own(word) or self._find_teller(word)
            if key:
                yield _Issue(word.idx, noun, key)

    def _find_own(self, head: Word) -> str | None:
        """Find an issuer inside the phrase: "Lund's statement", "the WHO statement", "a statement
        by the zoo", "a statement on the zoo's website"."""
        before = {"poss"} if head.lemma_.lower() in _SENT else {"poss", "compound", "nmod"}
        named = [child for child in head.lefts if child.dep_ in before]
        named += [below for child in head.rights if (below := _find_author(child)) is not None]
        if any(child.dep_ == "conj" for word in named for child in word.rights):
            return None  # "a joint statement by the army and the police"
        return next((key for word in named if (key := self._key_at(word))), None)

    def _find_teller(self, noun: Word) -> str | None:
        """Find who said something in a document: "Lund said in a statement on Monday"."""
        verb = noun.head.head
        if noun.dep_ != "pobj" or noun.head.lower_ not in _TELLING_IN:
            return None
        for attribution in self.attributions:
            if attribution.source_spans and any(
                span.start <= verb.idx < span.end for span in attribution.cue_spans
            ):
                piece = self.doc.char_span(*attribution.source_spans[0], alignment_mode="expand")
                return self._key_at(piece.root) if piece is not None else None
        return None

    def find_called(self, head: Word) -> ActorMention | None:
        """Find the name that a description is given behind it: "a company called Harbourline"."""
        for child in head.rights:
            if child.dep_ == "acl" and child.lower_ in {"called", "named"}:
                named = (self.mention_of.get(word.i) for word in child.rights)
                return next((m for m in named if m and m.mention_type == MentionType.NAME), None)
        return None

    def _key_at(self, word: Word) -> str | None:
        mention = self.mention_of.get(word.i)
        return mention.article_actor_id if mention is not None else None


def _find_author(word: Word) -> Word | None:
    """Find who is named behind a document: under "by …", "issued by …", "on …'s website"."""
    if word.dep_ == "prep" and word.lower_ in _BY:
        return _find_object(word)
    if word.dep_ == "acl" and word.lemma_.lower() in _MAKING:
        by = next((child for child in word.rights if child.lower_ == "by"), None)
        return _find_object(by) if by is not None else None
    place = _find_object(word) if word.dep_ == "prep" and word.lower_ == "on" else None
    if place is None or place.lemma_.lower() not in _OWN_PLACES:
        return None
    return next((child for child in place.lefts if child.dep_ in {"poss", "compound"}), None)


def _find_object(preposition: Word) -> Word | None:
    return next((child for child in preposition.rights if child.dep_ == "pobj"), None)
