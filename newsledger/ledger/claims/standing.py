"""Where a speaker stands: for which bodies it speaks, and whether its words put it among public
bodies, firms, clergy, private people or experts."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from newsledger.lexicon.source_words import find_word_class
from newsledger.lexicon.words import read_lexicon
from newsledger.model.enums import ActorKind, SourceType, WordClass
from newsledger.text.fold import singular

Place = tuple[str, int]  # claim and number of its chain

PRONOUNS = frozenset("he she they it we i who him her them this that these those one us".split())
_NO_HEAD = frozenset(
    """a an the his her its their our my your this that these those some several two three four five
    many other another unnamed anonymous senior top former both local mr mrs ms dr one of at for in
    and on by from to with""".split()
)
GOVERNING = frozenset(
    """government official authority president presidency minister ministry administration spokesman
    spokeswoman spokesperson leader leadership regime state premier chancellor cabinet
    investigator""".split()
)
SPEAKING = frozenset(
    """spokesman spokeswoman spokesperson representative official executive founder cofounder chief
    head ceo director president chairman chairwoman lawyer attorney manager source analyst statement
    report post tweet website research letter release""".split()
)
_KIN = frozenset(
    """family relative parent mother mum mom father dad son daughter brother sister sibling wife
    husband widow uncle aunt cousin grandmother grandfather grandparent""".split()
)
_CLERGY = frozenset("archbishop bishop cardinal imam pastor priest rabbi vicar".split())
_OFFICES = frozenset(
    """agency ministry department police bureau commission council court army navy military aviation
    prosecutor directorate administration institute committee service guard""".split()
)
_REPORTERS = frozenset("reporter correspondent journalist columnist anchor presenter".split())
_FOUND_OUT = frozenset(
    "see find observe witness hear verify confirm determine establish count visit measure "
    "analyse analyze".split()
)
_RELATIVE = re.compile(
    r"[,;(]| who | which | that | with | from | of | in | at | on | along | under | for "
)
_ARTICLE = re.compile(r"^(?:the|an?)\s+", re.IGNORECASE)
_OWNER = re.compile(r"((?:[A-Z][\w&.-]*\s)*[A-Z][\w&.-]*)['’]s\b")
_BODY_AFTER = re.compile(r"\b(?:of|for|at|from|with|by)\s+(?:the\s+)?((?:[A-Z][\w&.-]*\s?)+)")
MEDIA = frozenset(
    {
        SourceType.STATE_MEDIA,
        SourceType.PARTISAN_MEDIA,
        SourceType.INDEPENDENT_MEDIA,
        SourceType.UNKNOWN,
    }
)
PUBLIC, FIRM, PRIVATE, EXPERT, ARMED = "public", "firm", "private", "expert", "armed"
CLERGY = "clergy"
_OF_TYPE: dict[str, str] = {
    SourceType.GOVERNMENT_BODY: PUBLIC,
    SourceType.ORGANISATION: FIRM,
    SourceType.MONITOR: FIRM,
    SourceType.EYEWITNESS: PRIVATE,
    SourceType.EXPERT: EXPERT,
    SourceType.ARMED_GROUP: ARMED,
}
_LAWYER = frozenset("lawyer attorney solicitor barrister counsel".split())
_PARLIAMENTS = frozenset("parliament congress senate house assembly lawmaker senator".split())
KIN_SIDE = "kin"  # of whoever somebody in the story opposes
# Those that may be one behind two descriptions: researchers and their university, a pastor and his
# church.
_MAY_BE_ONE = (frozenset({FIRM, EXPERT}), frozenset({FIRM, CLERGY}))


@dataclass(frozen=True)
class Hop:
    """First speaker of one chain of a claim, what the ledger knows of it, and whoever relays it
    before the outlet."""

    claim_id: str
    article_id: str
    chain: int
    surface: str
    actor_id: str | None
    source_type: str
    is_named: bool
    party_role: str | None
    relays: tuple[str, ...]
    name: str | None = None
    kind: str | None = None
    country: str | None = None
    roles: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()  # organisations of its roles
    aliases: tuple[str, ...] = ()
    cue: str = ""
    cue_class: str = ""
    form: str = ""  # direct, mixed or indirect speech

    @property
    def place(self) -> Place:
        """What it is of: claim and chain."""
        return self.claim_id, self.chain

    @property
    def is_nobody(self) -> bool:
        """Whether no source is named; an outlet is one where it found something out by itself."""
        is_retold = self.source_type == SourceType.OWN_REPORTING and self.cue not in _FOUND_OUT
        return self.source_type == SourceType.UNATTRIBUTED or is_retold

    @property
    def is_passed_on(self) -> bool:
        """Whether it is a medium, a reporter or a paper, which has what it says from somebody."""
        is_paper = self.source_type == SourceType.DOCUMENT and not self.stands_for
        return self.source_type in MEDIA or is_paper or bool(self.role_words & _REPORTERS)

    @property
    def is_body(self) -> bool:
        """Whether it is an organisation or a public body by its type: no person."""
        return self.source_type in (
            SourceType.GOVERNMENT_BODY,
            SourceType.ORGANISATION,
            SourceType.MONITOR,
        )

    @property
    def is_medium(self) -> bool:
        """Whether it is a medium by its name."""
        return self.source_type in MEDIA and self.is_proper

    @cached_property
    def is_proper(self) -> bool:
        """Whether it goes by a name of its own."""
        words = (self.name or self.surface).replace("’", "'").split()
        return self.is_named and any(
            word[:1].isupper() and not find_word_class(fold_noun(word)) for word in words
        )

    @cached_property
    def names(self) -> frozenset[frozenset[str]]:
        """Its names, each as a set of words."""
        if not self.is_proper:
            return frozenset()
        found = (self.name or _cut(self.surface), *self.aliases)
        return frozenset(words for name in found if (words := frozenset(list_words(name))))

    @cached_property
    def role_words(self) -> frozenset[str]:
        """Words of what it is called and of its roles."""
        return frozenset(list_words(" ".join((*self.roles, self.surface))))

    @cached_property
    def stands_for(self) -> frozenset[str]:
        """Name the bodies it stands for: itself, the one its role is of, the one in its words
        ("Acme spokesman", "Acme's founder")."""
        found = {fold_body(body) for body in self.bodies}
        if self.kind not in (None, ActorKind.PERSON, ActorKind.COLLECTIVE) and self.is_proper:
            found |= {fold_body(name) for name in (self.name, *self.aliases) if name}
        elif self.kind is None and self.is_proper and self.source_type != SourceType.DOCUMENT:
            found.add(fold_body(_cut(self.surface)))
        words = self.surface.replace("’s", "'s").split()
        heads = [n for n, word in enumerate(words) if fold_noun(word) in SPEAKING]
        if heads:
            before = [word for word in words[: heads[0]] if word[:1].isupper()]
            after, owner = _BODY_AFTER.search(self.surface), _OWNER.search(self.surface)
            found |= {fold_body(" ".join(before))}
            found |= {fold_body(match[1]) for match in (after, owner) if match}
        return frozenset(body for body in found if len(body) > 2 and body not in GOVERNING)

    @cached_property
    def noun(self) -> str:
        """The noun that tells what a body is, where it tells more than "agency", "company"."""
        words = list_words(_cut(self.name if self.is_proper and self.name else self.surface))
        last = words[-1] if words else ""
        is_body = find_word_class(last) in (WordClass.ORGANISATION, WordClass.GOVERNMENT_BODY)
        return last if is_body and last not in _describing() else ""

    @property
    def is_office(self) -> bool:
        """Whether it is one of many bodies of a government: a ministry, an agency, by its name or
        through whoever heads it."""
        if self.kind == ActorKind.GOVERNMENT_BODY and self.is_named:
            return len((self.name or "").split()) > 1
        return self.is_proper and self.standing == PUBLIC and bool(self.role_words & _OFFICES)

    @property
    def sides(self) -> frozenset[str]:
        """The sides it is on: its government or itself; kin and lawyers that of a person."""
        if self.is_nobody or self.is_passed_on:
            return frozenset()
        is_public = self.standing == PUBLIC and self.kind in (None, ActorKind.PERSON)
        kind = ActorKind.GOVERNMENT_BODY if is_public else self.kind
        found = {name_side(self.actor_id, self.name or self.surface, kind, self.country)}
        if self.role_words & (_KIN | _LAWYER):
            found.add(KIN_SIDE)
        return frozenset(side for side in found if side)

    @cached_property
    def standing(self) -> str | None:
        """Where it stands, as far as its words tell: "officials" may be anybody's."""
        words = frozenset(list_words(_cut(self.surface)))
        if words & _KIN:
            return PRIVATE
        if self.role_words & _CLERGY:
            return CLERGY
        if self.source_type in _OF_TYPE:
            return _OF_TYPE[self.source_type]
        classes = {find_word_class(word) for word in self.role_words}
        if WordClass.GOVERNMENT_BODY in classes or (
            self.country and classes & {WordClass.OFFICIAL}
        ):
            return PUBLIC
        if WordClass.ORGANISATION in classes or (self.bodies and self.is_proper):
            return FIRM
        return EXPERT if WordClass.EXPERT in classes else None


def name_side(actor_id: str | None, name: str, kind: str | None, country: str | None) -> str | None:
    """Name the side of an actor: the government of its country, or itself, as parliaments are."""
    is_state = kind in (ActorKind.GOVERNMENT_BODY, ActorKind.MILITARY) and not (
        _PARLIAMENTS & set(list_words(name))
    )
    return f"government {country}" if is_state and country else actor_id


def are_told_apart(one: Hop, other: Hop) -> bool:
    """Whether the words show that two speakers are two: by where they stand, their countries, or
    what they are ("the board", "the league")."""
    left, right = one.standing, other.standing
    if one.noun and other.noun and one.noun != other.noun:
        return True
    if PUBLIC == left == right:
        return bool(one.country and other.country) and one.country != other.country
    if left is None or right is None or left == right:
        return False
    return frozenset((left, right)) not in _MAY_BE_ONE


@cache
def _describing() -> frozenset[str]:
    """Nouns that may stand for many bodies: "the agency", "the company", "the government"."""
    rows = read_lexicon("description_nouns.csv", ("noun", "kinds"))
    return GOVERNING | {row["noun"] for row in rows}


def names_source(words: Sequence[str]) -> bool:
    """Whether words tell of officials or public bodies, who may have said what they tell."""
    classes = {find_word_class(fold_noun(word)) for word in words}
    return bool(classes & {WordClass.OFFICIAL, WordClass.GOVERNMENT_BODY})


def fold_body(name: str) -> str:
    """Fold the name of a body: without articles, possessives and the words of speaking for it."""
    return " ".join(word for word in list_words(name) if word not in SPEAKING)


def list_own_words(surface: str) -> list[str]:
    """Words of a source without what follows the noun: "the league, which has sued the board" is
    the league."""
    return list_words(_cut(surface))


def describe(surface: str) -> str:
    """Call a source without a name of its own as it is called, in small letters and without the
    article: "dozens of women", "pilot's voice"."""
    return _ARTICLE.sub("", _cut(surface).replace("’", "'")).lower()


def _cut(surface: str) -> str:
    return _RELATIVE.split(f" {surface} ")[0].strip() or surface


def list_words(text: str) -> list[str]:
    """Words of a name or description without articles, pronouns and courtesies."""
    return [
        word
        for raw in re.findall(r"\w+", re.sub(r"[’']s?\b", "", text))
        if (word := fold_noun(raw)) not in _NO_HEAD
    ]


def fold_noun(word: str) -> str:
    """Fold a noun to small letters in the singular."""
    return singular(re.sub(r"\W|[’']s$", "", word.lower()))
