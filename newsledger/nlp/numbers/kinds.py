"""What happened to those that a number counts, killed, displaced, arrested …: read from the words
beside the number and from the parse."""

from functools import cache

from newsledger.errors import SettingsError
from newsledger.lexicon.words import read_lexicon
from newsledger.model.enums import QuantityKind
from newsledger.nlp.parse.parsed import Word
from newsledger.paths import SEEDS

KINDS = (
    QuantityKind.KILLED,
    QuantityKind.WOUNDED,
    QuantityKind.DISPLACED,
    QuantityKind.CAPTURED,
    QuantityKind.ARRESTED,
    QuantityKind.MISSING,
    QuantityKind.PEOPLE,
)
HARM = frozenset(KINDS[:6])
_PATTERNS = ("object", "subject", "state", "noun", "bare_noun", "person", "crowd", "thing")
_CLIMB = 6  # steps from those counted to the verb that says what happened to them
_RELAY_PREPOSITIONS = frozenset({"including", "among", "of", "include"})
_TAKEN = frozenset({"prisoner", "captive", "hostage"})
_REMAINS = frozenset({"body", "corpse", "remains"})
_COSTING = frozenset({"claim", "take", "cost"})
_DETAINERS = frozenset(
    {
        "police",
        "officer",
        "authority",
        "army",
        "troop",
        "force",
        "soldier",
        "guard",
        "detective",
        "agent",
        "gendarme",
        "policeman",
    }
)
_TOLL_NOUNS = frozenset({"toll", "number", "count", "figure", "total", "tally"})


@cache
def load_kinds() -> dict[tuple[str, str], QuantityKind]:
    """Read which word says what happened to those counted: {(pattern, words): kind}. Raises
    `SettingsError` naming a wrong row.

    A pattern is the place of the word: verb over its object or subject ("take hospital": the verb
    with a word under it), state, noun, noun without a modifier under a verb ("recovered 23 bodies",
    not "three governing bodies met"), person, verb of a crowd ("thousands marched"), or thing,
    which no verb makes people ("captured 12 villages").
    """
    found = {}
    for number, row in enumerate(
        read_lexicon("quantity_kinds.csv", ("word", "pattern", "kind")), 2
    ):
        if row["pattern"] not in _PATTERNS or row["kind"] not in (*KINDS, QuantityKind.OTHER):
            raise SettingsError(
                f"{SEEDS / 'quantity_kinds.csv'}, line {number}: "
                f"got {row['pattern']!r}, {row['kind']!r}"
            )
        found[row["pattern"], row["word"]] = QuantityKind(row["kind"])
    return found


@cache
def _verb_phrases() -> dict[tuple[str, str], dict[str, QuantityKind]]:
    """Read the rows of two words, "take hospital": {(pattern, verb): {word under it: kind}}."""
    found: dict[tuple[str, str], dict[str, QuantityKind]] = {}
    for (pattern, words), kind in load_kinds().items():
        verb, _, below = words.partition(" ")
        if below:
            found.setdefault((pattern, verb), {})[below] = kind
    return found


@cache
def load_state_words() -> frozenset[str]:
    """List the words of state: "dead", "missing"."""
    return frozenset(word for pattern, word in load_kinds() if pattern == "state")


def find_kind(noun: "Word", counted: "Word", follower: str, is_number_alone: bool) -> QuantityKind:
    """Tell what is said of those counted: one of `KINDS`, or "other".

    `noun` is the noun that the number stands with, `counted` what it counts ("dozens of fighters":
    dozens, fighters), `follower` the word after the number.
    """
    kinds = load_kinds()
    lemma = counted.lemma_.lower()
    if ("thing", lemma) in kinds:
        return QuantityKind.OTHER
    bodies = _kind_of_bodies(counted)
    if ("noun", lemma) in kinds or bodies:
        return (
            _kind_by_parse(noun, counted) or bodies or kinds["noun", lemma]
        )  # "14 hostages were killed", "four hostages were freed"
    if is_number_alone and [word.lower_ for word in counted.doc[counted.i + 1 : counted.i + 3]] == [
        "in",
        "hospital",
    ]:
        return QuantityKind.WOUNDED  # "leaving 12 dead and 31 in hospital"
    for word in (follower, noun.lower_, counted.lower_):
        if ("state", word) in kinds:
            return kinds["state", word]
    behind = counted.doc[counted.i + 1] if counted.i + 1 < len(counted.doc) else None
    if (
        behind is not None and behind.lower_ in _TAKEN
    ):  # "took 30 soldiers prisoner": the parser makes them one noun
        return QuantityKind.CAPTURED
    if (
        behind is not None
        and ("state", behind.lower_) in kinds
        and not (counted.head is behind and behind.tag_ == "VBD")
    ):
        return kinds["state", behind.lower_]  # "left 70 people unaccounted for"
    found = _kind_by_parse(noun, counted)
    if found:
        return found
    if is_number_alone and noun.dep_ == "nsubj" and ("crowd", noun.head.lemma_.lower()) in kinds:
        return QuantityKind.PEOPLE
    return QuantityKind.PEOPLE if ("person", lemma) in kinds else QuantityKind.OTHER


def _kind_of_bodies(counted: "Word") -> QuantityKind | None:
    """Read "recovered 23 bodies" and "found the bodies of three men"; "three governing bodies met"
    counts no dead."""
    owner = counted.head.head if counted.head.lower_ == "of" else counted
    noun = owner if owner.lemma_.lower() in _REMAINS else counted
    found = load_kinds().get(("bare_noun", f"{noun.head.lemma_.lower()} {noun.lemma_.lower()}"))
    return found if _is_bare(noun) else None


def _is_bare(noun: "Word") -> bool:
    return not any(
        child.dep_ in ("amod", "compound") and ("state", child.lower_) not in load_kinds()
        for child in noun.children
    )


def _kind_by_parse(noun: "Word", counted: "Word") -> QuantityKind | None:
    """Climb from those counted to the verb that says what happened to them."""
    for token in dict.fromkeys((counted, noun)):
        own = _kind_of_modifiers(token)
        if own:
            return own
    current = noun
    for _ in range(_CLIMB):
        head = current.head
        if head.i == current.i:
            return None
        if head.lower_ in _RELAY_PREPOSITIONS:
            current = head
            continue
        if head.lower_ == "lives" and head.head.lemma_.lower() in _COSTING:
            return QuantityKind.KILLED  # "claimed the lives of 14 people"
        if head.pos_ in ("VERB", "AUX") or ("state", head.lower_) in load_kinds():
            return _kind_of_verb(current, head)
        is_change = current.lower_ == "to" and head.lower_ == "from"  # "rose from 12 to 15"
        if current.dep_ == "prep" and current.lower_ not in _RELAY_PREPOSITIONS and not is_change:
            return None
        if current.dep_ in ("relcl", "advcl", "ccomp"):
            return None
        current = head
        own = _kind_of_modifiers(current) if current.pos_ in ("NOUN", "PROPN", "NUM") else None
        if own:
            return own
    return None


def _kind_of_modifiers(noun: "Word") -> QuantityKind | None:
    kinds = load_kinds()
    for child in noun.children:
        if child.dep_ in ("amod", "acl") and ("state", child.lower_) in kinds:
            return kinds["state", child.lower_]
        lemma = child.lemma_.lower()
        if child.dep_ == "acl" and child.tag_ == "VBN":
            found = kinds.get(("object", lemma)) or _kind_of_phrase("object", child)
            if found:
                return found
        if child.dep_ == "relcl":
            pattern = "object" if any(c.dep_ == "nsubjpass" for c in child.children) else "subject"
            return kinds.get((pattern, lemma)) or _kind_of_phrase(pattern, child)
    return None


def _kind_of_verb(token: "Word", verb: "Word") -> QuantityKind | None:
    kinds, lemma, dep = load_kinds(), verb.lemma_.lower(), token.dep_
    if ("state", verb.lower_) in kinds and (
        verb.pos_ == "ADJ"
        or verb.tag_ == "VBG"
        or (dep == "nsubjpass" and ("object", lemma) not in kinds)
    ):
        return kinds["state", verb.lower_]
    if (
        lemma == "hold"
        and dep in ("nsubjpass", "dobj")
        and _is_detention(verb)
        and not _kind_of_phrase("object", verb)
    ):
        return QuantityKind.ARRESTED
    if dep in ("nsubjpass", "dobj", "oprd"):
        found = (
            kinds.get(("object", lemma))
            or _kind_of_phrase("object", verb)
            or _kind_of_complement(verb)
        )
        return found or (kind_of_toll(verb) if dep == "dobj" else None)
    if dep in ("nsubj", "attr", "conj"):
        return (
            kinds.get(("subject", lemma))
            or _kind_of_phrase("subject", verb)
            or _kind_of_complement(verb)
        )
    if token.lower_ in _RELAY_PREPOSITIONS:  # "12 were killed, including four children"
        return kinds.get(("object" if _has_object(verb) else "subject", lemma))
    if dep in ("prep", "pobj"):
        return kind_of_toll(verb)
    return None


def _is_detention(verb: "Word") -> bool:
    """Tell "police held nine people" and "nine people were held by police" from "the hall held 900
    people"."""
    agents = [
        word
        for child in verb.children
        if child.dep_ == "agent"
        for word in child.children
        if word.dep_ == "pobj"
    ]
    actors = agents + [child for child in verb.children if child.dep_ == "nsubj"]
    return any(actor.lemma_.lower() in _DETAINERS for actor in actors)


def _has_object(verb: "Word") -> bool:
    return any(child.dep_ in ("nsubjpass", "dobj") for child in verb.children)


def _kind_of_phrase(pattern: str, verb: "Word") -> QuantityKind | None:
    """Read a verb with a word right under it: "were taken to hospital", "lost their lives", "took
    65 soldiers prisoner"."""
    rows = _verb_phrases().get((pattern, verb.lemma_.lower()))
    if rows is None:
        return None
    below = [word for child in verb.rights for word in (child, *child.children)]
    return next((rows[word.lemma_.lower()] for word in below if word.lemma_.lower() in rows), None)


def _kind_of_complement(verb: "Word") -> QuantityKind | None:
    """Read "were dead", "remain missing", "left 12 people dead", "were among the dead", "had to
    leave their homes", "were seen fleeing"."""
    kinds = load_kinds()
    for child in verb.children:
        if child.dep_ == "xcomp":
            found = kinds.get(("subject", child.lemma_.lower())) or _kind_of_phrase(
                "subject", child
            )
            if found:
                return found
        if child.dep_ in ("acomp", "oprd", "ccomp", "attr") and ("state", child.lower_) in kinds:
            is_clause = child.dep_ == "ccomp" and any(
                word.dep_ in ("nsubj", "nsubjpass", "aux", "auxpass") for word in child.children
            )
            if not is_clause:  # "two officials said 12 had been killed"
                return kinds["state", child.lower_]
        if child.dep_ == "prep" and child.lower_ == "among":
            return next(
                (
                    kinds["state", word.lower_]
                    for word in child.children
                    if ("state", word.lower_) in kinds
                ),
                None,
            )
    return None


def kind_of_toll(verb: "Word") -> QuantityKind | None:
    """Read "the death toll rose to 41" and "put the number of wounded at 30" from the subject or
    object."""
    for child in verb.children:
        if child.dep_ in ("nsubj", "nsubjpass", "dobj"):
            for word in child.subtree:
                lemma = word.lemma_.lower()
                kind = load_kinds().get(("noun", lemma)) or load_kinds().get(("state", word.lower_))
                if kind and (child.lemma_.lower() in _TOLL_NOUNS or word.i == child.i):
                    return kind
    return None


def is_bare_toll(noun: "Word") -> bool:
    """Tell whether a number is that of "the number", "the figure" without a word of whom: of those
    counted last."""
    verb = noun.head.head if noun.dep_ == "pobj" else noun.head
    return verb.pos_ == "VERB" and any(
        child.dep_ in ("nsubj", "nsubjpass", "dobj")
        and child.lemma_.lower() in _TOLL_NOUNS
        and not any(word.dep_ in ("prep", "compound", "amod", "poss") for word in child.children)
        for child in verb.children
    )


def has_tally(verb: "Word") -> bool:
    """Tell whether a verb says how many there are: its subject is a number, toll or count."""
    return verb.pos_ in ("VERB", "AUX") and any(
        child.dep_ in ("nsubj", "nsubjpass") and child.lemma_.lower() in _TOLL_NOUNS
        for child in verb.children
    )
