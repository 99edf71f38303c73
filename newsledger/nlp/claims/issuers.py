"""Who speaks through a document, and who stands at the end of a title: "the WHO statement said",
"the statement added" after "Lund said in a statement", "the Food Agency director, Ana Lund"."""

from collections.abc import Iterator
from dataclasses import dataclass

from newsledger.model.records import Actor, ActorMention, Attribution, Span
from newsledger.nlp.claims.sources import find_word_class
from newsledger.nlp.names.roles import load_role_nouns
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
_PEOPLE = frozenset({"person", "official", "expert", "eyewitness"})
_TITLE_PARTS = frozenset({"NOUN", "PROPN", "ADJ", "ADP", "PART", "PUNCT", "DET"})
_TITLE_SIGNS = frozenset({",", "(", ")", "-", "’s", "'s", "’"})
MAX_TITLE = 14  # words between a body and the name at the end of a title


@dataclass(frozen=True, slots=True)
class _Issue:
    offset: int
    noun: str
    actor_key: str


class Issuers:
    """Tell who issued the documents of one article; they are looked up once, in reading order."""

    def __init__(
        self,
        doc: ParsedText,
        attributions: tuple[Attribution, ...],
        actors: dict[str, Actor],
        mention_of: dict[int, ActorMention],
    ) -> None:
        self.doc, self.attributions = doc, attributions
        self.actors, self.mention_of = actors, mention_of
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
        return before[-1].actor_key if len({one.actor_key for one in before}) == 1 else None

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

    def find_titled(self, span: Span, first: ActorMention | None) -> ActorMention | None:
        """Find the person at the end of a title, else the mention that was found: "Dike Board
        director Ana Lund" and "director of the Dike Board Ana Lund" are Lund."""
        piece = self.doc.char_span(span.start, span.end, alignment_mode="expand")
        if first is None or first.mention_type == "pronoun" or piece is None:
            return first
        is_body = self.actors[first.actor_key].kind != "person"
        if not is_body and first.mention_type != "role":
            return first
        title: list[Word] = []
        for word in piece:
            mention = self.mention_of.get(word.i)
            if word.idx < first.end or (mention is first):
                continue
            if mention is not None and self._begins_person(word, mention):
                return mention if _is_title(title, is_body) else first
            if len(title) >= MAX_TITLE or not _may_be_of_title(word):
                return first
            title.append(word)
        return self._find_called(first)

    def _find_called(self, first: ActorMention) -> ActorMention:
        """Find the name that a description is given behind it: "a company called Harbourline"."""
        piece = self.doc.char_span(first.start, first.end, alignment_mode="expand")
        for child in piece.root.rights if piece is not None else ():
            if child.dep_ == "acl" and child.lower_ in {"called", "named"}:
                for word in child.rights:
                    mention = self.mention_of.get(word.i)
                    if mention is not None and mention.mention_type == "name":
                        return mention
        return first

    def _begins_person(self, word: Word, mention: ActorMention) -> bool:
        is_start = mention.mention_type == "name" and mention.start == word.idx
        return is_start and self.actors[mention.actor_key].kind == "person"

    def _key_at(self, word: Word) -> str | None:
        mention = self.mention_of.get(word.i)
        return mention.actor_key if mention is not None else None


def _may_be_of_title(word: Word) -> bool:
    is_sign = word.pos_ != "PUNCT" or word.text in _TITLE_SIGNS
    return word.pos_ in _TITLE_PARTS and is_sign


def _is_title(words: list[Word], is_body: bool) -> bool:
    """Whether the words between a body, or a role, and a name belong to the title of who bears it:
    "… director", but "… spokesman for"; "director of the Dike Board", but "brother of the mayor"."""
    while words and words[-1].text in {",", ")"}:
        words = words[:-1]
    if not words or words[-1].pos_ not in {"NOUN", "PROPN"}:
        return False
    if is_body:
        return _is_person_noun(words[-1])
    return words[0].lower_ in {"of", "at", "for"} and not any(map(_is_person_noun, words))


def _is_person_noun(word: Word) -> bool:
    noun = word.lemma_.lower()
    return noun in load_role_nouns() or find_word_class(noun) in _PEOPLE


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
