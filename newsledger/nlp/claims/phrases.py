"""Where a phrase and a verb of the parse name who speaks, who is told, and who carries it."""

from collections.abc import Iterator

from newsledger.lexicon.source_words import find_word_class
from newsledger.model.enums import EntityLabel, WordClass
from newsledger.nlp.claims.media_types import STATE_WORDS
from newsledger.nlp.parse.parsed import Word

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
        "note",
    }
)
_CARRY_LEMMAS = frozenset(
    {
        "carry", "publish", "broadcast", "air", "release", "quote", "report", "cite", "print",
        "post", "relay", "run", "issue", "see", "obtain",
        "review", "view", "share", "send", "show", "provide", "distribute", "circulate",
        "disseminate", "read", "give", "make", "email", "hand",
    }
)  # fmt: skip
PIECES = frozenset(
    "article broadcast column documentary interview podcast program programme report show "
    "story".split()
)
_CLOSING = frozenset({"report", "say", "write", "note"})
_OPENING = frozenset({"report", "write", "reveal"})
_ADDRESSING = frozenset({"to", "in", "during", "on", "via"})
_REPORTERS = frozenset(
    "reporter journalist correspondent columnist anchor host presenter interviewer crew".split()
)
# how somebody speaks through a medium, with the words before it: "speaking on", "asked by"
THROUGH = {
    "speaking": frozenset({"to", "with", "on"}),
    "talking": frozenset({"to", "with", "on"}),
    "appearing": frozenset({"on"}),
    "writing": frozenset({"in", "for"}),
    "interviewed": frozenset({"by", "on"}),
    "asked": frozenset({"by"}),
    "remarks": frozenset({"to", "with", "on"}),
    "comments": frozenset({"to", "with", "on"}),
    "column": frozenset({"for", "in"}),
    "article": frozenset({"for", "in"}),
    "essay": frozenset({"for", "in"}),
    "op-ed": frozenset({"for", "in"}),
    "ed": frozenset({"for", "in"}),  # of "op-ed"
    "piece": frozenset({"for", "in"}),
    "quoted": frozenset({"in", "by"}),
    "saying": frozenset({"by"}),  # "was quoted as saying by the agency"
    "appearance": frozenset({"on"}),
}
_NAMING = frozenset({"compound", "nmod"})
_OWNING = _NAMING | {"poss"}
_RELATIVES = frozenset({"who", "which", "that", "whom"})
_CLIMB = 4  # heads between a relative pronoun and its clause


def find_antecedent(head: "Word") -> "Word":
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


def measure_phrase(head: "Word") -> tuple[int, int]:
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


def find_quote_roles(verb: "Word") -> "tuple[Word | None, Word | None]":
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


def has_relative_subject(verb: "Word") -> bool:
    return any(child.dep_ == "nsubj" and child.lower_ in _RELATIVES for child in verb.children)


def list_addressed(cue: "Word") -> Iterator["Word"]:
    """Nouns that a cue is addressed to, or that carry its statement; "in a statement …, X denied it
    and said" has it under the first verb."""
    shared = cue.head.lefts if cue.dep_ == "conj" else []
    for child in (*cue.children, *(word for word in shared if word.dep_ == "prep")):
        if (
            child.dep_ in ("dobj", "dative")
            and cue.lemma_.lower() in _TELL_LEMMAS
            and child.pos_ in ("NOUN", "PROPN")
            and not _is_anybody(child)
        ):
            yield child
            yield from list_employers(child)
        if child.dep_ in ("prep", "dative") and child.lower_ in _ADDRESSING:
            is_whole = child.lower_ in ("to", "on", "via") or cue.lemma_.lower() == "write"
            for noun in child.children:
                if noun.dep_ != "pobj":
                    continue
                if is_whole and not _is_anybody(noun):
                    yield noun
                if noun.lemma_.lower() in PIECES:
                    yield from list_owners(noun)
                    yield from list_carriers(noun)
                if (
                    noun.lemma_.lower() in _TALK_NOUNS
                    or find_word_class(noun.lemma_.lower()) == WordClass.DOCUMENT
                ):
                    yield from list_carriers(noun)


def list_employers(person: "Word") -> Iterator["Word"]:
    """Names behind or before who is told: "told Paul River of the Ledger", "told a Ledger
    reporter"."""
    is_reporter = person.lemma_.lower() in _REPORTERS
    if is_reporter:
        yield from (word for word in person.lefts if word.dep_ in _OWNING and word.pos_ == "PROPN")
    is_person = is_reporter or person.ent_type_ == EntityLabel.PERSON
    behind = [word for word in person.head.rights if is_reporter and word.i == person.i + 1]
    for child in (*person.rights, *behind) if is_person else ():
        if child.dep_ == "prep" and child.lower_ in ("of", "from", "with", "at"):
            yield from (word for word in child.rights if word.dep_ == "pobj")


def list_owners(piece: "Word") -> Iterator["Word"]:
    """Names before a report or interview: "in a Ledger report", "the Ledger's interview"."""
    is_piece = piece.lemma_.lower() in PIECES
    for child in piece.lefts:
        if child.pos_ == "PROPN" and (child.dep_ == "poss" or (is_piece and child.dep_ in _NAMING)):
            yield child


def list_spoken_to(head: "Word") -> Iterator["Word"]:
    """Media in a source's own phrase: "a columnist in the Herald", "a woman who spoke to the
    channel"."""
    for child in head.rights:
        if child.dep_ == "prep" and child.lower_ == "in":
            for noun in child.rights:
                if noun.dep_ == "pobj":
                    yield noun
                    yield from list_carriers(noun) if noun.lemma_.lower() in _TALK_NOUNS else ()
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


def list_carriers(noun: "Word") -> Iterator["Word"]:
    """ "an interview with X", "a statement to X", "a statement carried by X"."""
    for child in noun.children:
        if child.dep_ == "prep" and child.lower_ in ("with", "to", "on"):
            yield from (
                word for word in child.children if word.dep_ == "pobj" and not _is_anybody(word)
            )
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


def _is_anybody(noun: "Word") -> bool:
    """Tell "the press" and "foreign media", nobody in particular, from "Chinese media" and "state
    media"."""
    return noun.lower_ in ("media", "press") and not any(
        word.pos_ == "PROPN"
        or word.ent_type_ in (EntityLabel.NORP, EntityLabel.GPE)
        or word.lower_ in STATE_WORDS
        for word in noun.lefts
    )


def list_through(word: "Word") -> Iterator["Word"]:
    """Nouns behind a word of speaking through them: "Speaking to Reuters, he said", "when
    interviewed by the channel"."""
    links = THROUGH.get(word.lower_, frozenset())
    is_act = word.dep_ in ("advcl", "acl", "ROOT", "pcomp") or word.pos_ == "NOUN"
    for part in word.rights if links and is_act else ():
        if part.dep_ in ("prep", "agent") and part.lower_ in links:
            yield from (
                noun for noun in part.rights if noun.dep_ == "pobj" and not _is_anybody(noun)
            )


def list_closing(cue: "Word") -> Iterator["Word"]:
    """Nouns of "…, he said, Reuters reported" and "…, he said, according to Reuters"."""
    over = cue.head
    if cue.dep_ in ("parataxis", "ccomp") and over.lemma_.lower() in _CLOSING and over.i > cue.i:
        yield from (word for word in over.lefts if word.dep_ == "nsubj" and word.i > cue.i)
    if cue.lower_ == "according":
        return
    for child in cue.rights:
        if child.lower_ == "according":
            yield from (word for to in child.rights for word in to.rights if word.dep_ == "pobj")


def list_opening(cue: "Word") -> Iterator["Word"]:
    """Nouns of "Reuters reported on Monday a source said"."""
    for child in cue.lefts:
        if child.dep_ in ("ccomp", "parataxis", "advcl") and child.lemma_.lower() in _OPENING:
            yield from (word for word in child.lefts if word.dep_ == "nsubj")


def list_pieces_around(cue: "Word") -> Iterator["Word"]:
    """Nouns of "a report from the channel in which they said"."""
    for word in (cue, cue.head):
        if word.dep_ == "relcl" and word.head.lemma_.lower() in PIECES:
            yield from list_owners(word.head)
            for child in word.head.rights:
                if child.dep_ == "prep" and child.lower_ in ("by", "from", "in", "with"):
                    yield from (noun for noun in child.rights if noun.dep_ == "pobj")
