"""Descriptions that speak for somebody named before: "Lund opened the talks. The Colombian priest
said", "Harbourline cut jobs, it said. The airline added"."""

from collections.abc import Sequence

from newsledger.lexicon.source_words import find_word_class
from newsledger.model.enums import WordClass
from newsledger.model.records import Actor
from newsledger.nlp.names.mention_view import MentionView
from newsledger.nlp.names.roles import (
    load_description_nouns,
    load_gendered_nouns,
    load_role_nouns,
)
from newsledger.nlp.parse.parsed import ParsedText, Word

_DEFINITE = frozenset({"the", "this"})
_ONE = frozenset({"a", "an", "one", "another", "second", "third", "other"})
_OTHERS = frozenset({"other", "second", "third", "another", "unnamed"})
# groups of role nouns whose person serves somebody else, and people whom a story only meets
_BESIDE = frozenset(
    "spokesperson lawyer attorney officer official prosecutor judge magistrate coroner detective "
    "representative reporter journalist suspect defendant driver paramedic firefighter nurse "
    "photographer translator interpreter presenter correspondent interviewer investigator".split()
)
_MET = frozenset(
    "source witness eyewitness resident victim man woman boy girl gunman policeman policewoman "
    "caller passenger soldier agent guard neighbour neighbor bystander survivor member child user "
    "insider staffer aide worker employee customer patient host friend lady person couple fan "
    "waiter waitress observer partner client buyer seller owner employer rival opponent "
    "donor".split()
)
_PAST = frozenset({"former", "ex", "late"})
_LOOSE = frozenset("leader head chief boss executive star politician lawmaker incumbent".split())
MAX_BACK = 3  # back to who spoke or acted last
_MANY = 60  # mentions back that are looked at


class Retelling:
    """Descriptions of one article that speak for somebody named; one noun stands for one actor, and
    one that was not clear at first stays so."""

    def __init__(self, doc: ParsedText, people: Sequence[Actor], names: set[str]) -> None:
        """`people` are the persons of the article, `names` the keys of the actors that go by a
        name."""
        self.doc, self.people, self.names = doc, people, names
        self.told: dict[str, MentionView | None] = {}  # noun → whom it stood for at first
        self.introduced: dict[str, int] = {}  # noun → where it first introduces somebody

    def find(self, row: MentionView, seen: Sequence[MentionView]) -> MentionView | None:
        """Find the mention named that a description stands for."""
        word = self.doc[row.token]
        if row.sort == "person" and _find_owner(word) is not None:
            return self._find_owned(word, seen)
        if not is_description(word) or self._is_introduced(word):
            return None
        if row.sort == "person" and _is_spokesman(word):
            return self._find_only_spokesman(seen)
        found = self._find(word, row, seen)
        first = self.told.setdefault(word.lower_, found)
        return found if found is None or (first is not None and first.key == found.key) else None

    def _find_owned(self, word: Word, seen: Sequence[MentionView]) -> MentionView | None:
        """Find the only person that was told as somebody's by the same noun ("her mother, Ona
        Lund"), where nobody whose she may be has come up since."""
        told: dict[str, MentionView] = {}
        for row in seen:
            is_named = row.actor is not None and row.sort == "person" and row.key in self.names
            noun = _find_explained(self.doc[row.token]) if is_named else None
            if noun is not None and noun.lower_ == word.lower_ and _find_owner(noun) is not None:
                told.setdefault(row.key, row)
        if len(told) != 1:
            return None
        (found,) = told.values()
        before = {row.key for row in seen if row.token <= found.token}
        since = {row.key for row in seen if row.token > found.token and row.sort == "person"}
        return found if not (since & self.names) - before else None

    def _find_only_spokesman(self, seen: Sequence[MentionView]) -> MentionView | None:
        """Find the only spokesman whom the article names, where it knows of no other."""
        nouns = (word for word in self.doc if _is_spokesman(word))
        if any(word.left_edge.lower_ in _ONE for word in nouns):
            return None
        holders = [person for person in self.people if "spokesperson" in _list_roles(person)]
        keys = {person.article_actor_id for person in holders}
        named = [row for row in seen if row.key in keys]
        return named[-1] if len(keys) == 1 and named else None

    def _is_introduced(self, word: Word) -> bool:
        """Tell whether somebody without a name was introduced by the noun before: "a priest"."""
        noun = word.lower_
        if noun not in self.introduced:
            own = (other for other in self.doc if other.lower_ == noun)
            places = (other.i for other in own if other.left_edge.lower_ in _ONE)
            self.introduced[noun] = next(places, len(self.doc))
        return self.introduced[noun] < word.i

    def _find(
        self, word: Word, row: MentionView, seen: Sequence[MentionView]
    ) -> MentionView | None:
        if row.sort == "person" and is_person_noun(word):
            return self._find_person(word, row.sentence, seen)
        if word.lower_ in load_description_nouns():
            return self._find_body(word, row.sentence, seen)
        return None

    def _find_person(
        self, word: Word, here: int, seen: Sequence[MentionView]
    ) -> MentionView | None:
        """Find who spoke or acted last, up to three sentences back, where nobody else has since."""
        is_told = any(child.dep_ in {"amod", "compound"} for child in word.lefts)
        near = [
            row
            for row in reversed(seen[-_MANY:])
            if row.sort == "person" and not row.is_quoted and here - row.sentence <= MAX_BACK
            if row.sentence < here or _is_called(word, row)
        ]
        nearer: set[str] = set()  # whom the text names or lets speak since
        for row in near:
            if (row.is_speaker or row.is_subject) and not row.is_spoken_of:
                break
            if row.is_speaker or (row.key in self.names and not row.is_spoken_of):
                nearer.add(row.key)
        else:
            return None
        if nearer - {row.key}:
            return None
        is_clear = is_told or row.is_speaker or _is_called(word, row)
        if row.actor is None or row.key not in self.names or not is_clear:
            return None
        beside = (other for other in near if other.sentence == row.sentence and other is not row)
        if any(other.key != row.key and self._is_beside(other, row) for other in beside):
            return None
        people = self.people
        if _holds(word, row):  # of the others who hold such an office, those told of beside him
            since = row.sentence if _is_called(word, row) else here - MAX_BACK
            around = [other for other in seen[-_MANY:] if other.sentence >= since]
            people = [other.actor for other in around if other.actor is not None]
        return row if _fits(word, row.actor, people) else None

    def _is_beside(self, other: MentionView, row: MentionView) -> bool:
        """Tell another person who acts in the same sentence, or whom the first one asks or tells
        something."""
        word, verb = self.doc[other.token], self.doc[row.token].head
        return other.is_subject or (word.head is verb and word.dep_ in {"dobj", "dative"})

    def _find_body(self, word: Word, here: int, seen: Sequence[MentionView]) -> MentionView | None:
        """Find the last body of its kind, which must have spoken, up to three sentences back."""
        kinds = load_description_nouns()[word.lower_]
        if any(child.dep_ in {"poss", "compound", "amod"} for child in word.lefts):
            return None
        for row in reversed(seen[-_MANY:]):
            if here - row.sentence > MAX_BACK:
                return None
            if row.actor is None or row.is_quoted or row.actor.kind not in kinds:
                continue
            is_clear = row.is_speaker and not row.is_spoken_of and row.key in self.names
            return row if is_clear and row.sentence != here else None
        return None


def _holds(word: Word, row: MentionView) -> bool:
    """Tell whether somebody is told by the noun: "Defence | Secretary | Ona Moe"."""
    role = load_role_nouns().get(word.lower_)
    return role is not None and row.actor is not None and role[0] in _list_roles(row.actor)


def _is_called(word: Word, row: MentionView) -> bool:
    """Tell a subject of the same sentence who is told there by the noun: "minister Ona Moe sent a
    letter, but the minister said"."""
    if row.actor is None or not row.is_subject:
        return False
    start = word.sent.start_char
    return any(
        start <= role.start < word.idx and role.role.lower().split()[-1] == word.lower_
        for role in row.actor.roles
    )


def _is_spokesman(word: Word) -> bool:
    role = load_role_nouns().get(word.lower_)
    return role is not None and role[0] == "spokesperson"


def _find_owner(word: Word) -> Word | None:
    """Find whose somebody is: "her" of "her mother", "Lund" of "Lund's lawyer"."""
    if word.tag_ != "NN":
        return None
    return next((child for child in word.lefts if child.dep_ == "poss"), None)


def _find_explained(name: Word) -> Word | None:
    """Find the noun that a name explains: "her mother, | Ona Lund", "his lawyer | Ona Lund"."""
    if name.dep_ == "appos":
        return name.head
    nouns = [child for child in name.lefts if child.dep_ in {"compound", "nmod"}]
    nouns = [child for child in nouns if child.pos_ == "NOUN"]
    if nouns and (owner := next((c for c in name.lefts if c.dep_ == "poss"), None)):
        return nouns[-1] if owner.i < nouns[-1].i else None
    return None


def is_description(word: Word) -> bool:
    """Tell a definite description of one person or body that the words before it may name."""
    if word.tag_ not in {"NN", "NNP"} or word.left_edge.lower_ not in _DEFINITE:
        return False
    if word.i and word.doc[word.i - 1].text == "-":
        return False  # "the front-runner" is no runner
    if any(child.lower_ in _OTHERS or child.dep_ in {"nummod", "poss"} for child in word.lefts):
        return False
    return not any(_tells_more(child) for child in word.rights)


def _tells_more(child: Word) -> bool:
    """Tell what makes a description somebody else's: "the head of the union", "the man who fled";
    not an age."""
    if child.dep_ in {"relcl", "acl"}:
        return True
    if child.dep_ == "appos":
        return child.tag_ != "CD"
    return child.dep_ == "prep" and not any(below.tag_ == "CD" for below in child.rights)


def is_person_noun(word: Word) -> bool:
    """Tell a noun by which somebody known may be told again."""
    noun = word.lower_
    role = load_role_nouns().get(noun)
    if noun in _MET or (role is not None and role[0] in _BESIDE):
        return False
    return role is not None or noun in load_gendered_nouns() or noun in _LOOSE or (
        find_word_class(noun) in {WordClass.PERSON, WordClass.EXPERT}
    )  # fmt: skip


def _fits(word: Word, person: Actor, people: Sequence[Actor]) -> bool:
    """Tell whether nothing that is said of a person speaks against a description: gender, another
    office, or somebody else who has the role."""
    noun = word.lower_
    gender = load_gendered_nouns().get(noun)
    if gender is not None and person.gender not in {None, gender}:
        return False
    is_office = find_word_class(noun) == WordClass.OFFICIAL
    is_past = any(child.lower_ in _PAST for child in word.lefts)
    if is_past and (is_office or noun in _LOOSE):
        return any(_PAST & set(role.role.lower().split()) for role in person.roles)
    role = load_role_nouns().get(noun)
    if role is None or noun in _LOOSE:
        return True
    others = (other for other in people if other is not person)
    if any(role[0] in _list_roles(other, word.idx) for other in others):
        return False
    own = _list_roles(person)
    return not own or role[0] in own


def _list_roles(person: Actor, before: int | None = None) -> set[str]:
    """List the groups of role nouns that a person is told by, before an offset or anywhere."""
    told = (role for role in person.roles if before is None or role.start < before)
    words = (word for role in told for word in role.role.lower().split())
    return {load_role_nouns()[word][0] for word in words if word in load_role_nouns()}
