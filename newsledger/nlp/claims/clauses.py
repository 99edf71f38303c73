"""Cut a narrated sentence into clauses, each of which states one thing that can be checked.

"A plane crashed on Sunday, killing ten, after it left Larkin" states three: they are reported, and
denied, one by one. A clause without a subject of its own carries that of the clause above it.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from newsledger.model.records import Sentence, Span
from newsledger.nlp.parse.parsed import ParsedText, Word

MIN_WORDS = 4  # of a clause that stands alone; a shorter one stays with the clause above it
SUBJECTS = ("nsubj", "nsubjpass", "csubj", "expl")
_CLAUSES = frozenset({"conj", "relcl", "advcl", "acl", "parataxis", "ccomp"})
_VERBAL = frozenset({"VERB", "AUX"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_TOLD_MARKS = frozenset({"after", "before", "while", "when", "as", "because", "though", "although"})
_RELATIVES = frozenset({"which", "who", "whom"})
_CONNECTING = _RELATIVES | {"that"}
_NOT_NARRATED = frozenset({"might", "should", "must"})
_INVOLVED = frozenset({"i", "you", "we", "let", "me"})  # who speaks so is no narrator
# Of whom it is told what was seen: what he did is the sight, no statement beside it.
_WITNESSED = frozenset("film see picture photograph catch show hear record spot find".split())
_LEADING = frozenset({"and", "but", "or", "that", "then", *_TOLD_MARKS, *_RELATIVES})


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause: the verb it hangs on, the words that state it, and whether it is the main one."""

    verb: Word
    spans: tuple[Span, ...]
    is_main: bool


def cut_clauses(
    doc: ParsedText, sentence: Sentence, is_said: Callable[[int], bool] | None = None
) -> tuple[Clause, ...]:
    """Cut a sentence into the clauses that narrate, in reading order; none where it asks, bids or
    has no finite verb. Offsets are code points of the text.

    `is_said` tells for an offset whether somebody is quoted with it: a clause that reports what is
    said ("so grim that a doctor said …") is cut off whole.
    """
    piece = doc.char_span(sentence.start, sentence.end, alignment_mode="expand")
    if piece is None or len(piece) <= MIN_WORDS or piece.text.rstrip().endswith("?"):
        return ()
    root = piece.root
    if root.pos_ not in _VERBAL:
        return ()
    heads = _find_heads(root, is_said)
    owner = _find_owners(piece, heads)
    if sum([owner[word.i] == root.i and word.text.isalpha() for word in piece]) < MIN_WORDS:
        heads = {root.i: root}  # "The figures come as police …": too little is left to state
        owner = {word.i: root.i for word in piece}
    clauses = []
    for head in sorted({head.i: head for head in heads.values()}.values(), key=lambda word: word.i):
        words = [word for word in piece if owner[word.i] == head.i]
        subject = find_subject(head)
        if subject is None or subject.lower_ in _INVOLVED or not _is_narrated(head, root):
            continue
        spans = tuple(_list_spans(words, head, subject, owner))
        if spans:
            clauses.append(Clause(head, spans, head is root))
    return tuple(clauses)


def find_subject(verb: Word) -> Word | None:
    """Find the subject of a verb: its own, the noun it describes, or that of the clause above."""
    for _ in range(8):
        own = next((child for child in verb.children if child.dep_ in SUBJECTS), None)
        if own is not None and own.lower_ not in _CONNECTING:
            return own
        if verb.dep_ in ("relcl", "acl") and verb.head.pos_ in ("NOUN", "PROPN", "PRON", "NUM"):
            return verb.head
        if verb.head is verb or verb.dep_ not in _CLAUSES:
            return None
        verb = verb.head
    return None


def _find_heads(root: Word, is_said: Callable[[int], bool] | None) -> dict[int, Word]:
    """Find the verb of the clause that begins at each word, by index of the word."""
    heads = {root.i: root}
    todo = [root]
    while todo:
        word = todo.pop()
        for child in word.children:
            if child.dep_ in _CLAUSES and _has_words(child):
                is_other = is_said is not None and child.pos_ in _VERBAL and is_said(child.idx)
                if (word.i in heads and _opens_clause(child)) or is_other:
                    heads[child.i] = child
                elif _stands_apart(child):
                    heads[child.i] = child
                    if _describes_apposition(child):
                        heads[child.head.i] = child
                    elif (gap := _find_gap(child)) is not None:
                        heads[gap.i] = gap  # "two days after it sank": of neither clause
            todo.append(child)
    return heads


def _stands_apart(verb: Word) -> bool:
    """Tell a clause that states something of its own wherever it hangs: a relative clause set off
    from its noun, or what came before, told with a subject of its own."""
    if verb.dep_ == "relcl":
        is_apart = _describes_apposition(verb) or (_is_moved(verb) and _ends_there(verb))
        return _is_set_off(verb) or is_apart
    if verb.dep_ != "advcl" or not _ends_there(verb):
        return False
    children = list(verb.children)
    is_past = verb.tag_ == "VBD" or any(child.tag_ == "VBD" for child in children)
    is_after = any(child.dep_ == "mark" and child.lower_ == "after" for child in children)
    return is_past and is_after and any(child.dep_ in SUBJECTS for child in children)


def _ends_there(verb: Word) -> bool:
    """Tell a clause that nothing but punctuation follows: what is above it stays in one piece."""
    last = verb.right_edge.i
    return last + 1 >= len(verb.doc) or verb.doc[last + 1].is_punct or verb.doc[last + 1].is_space


def _find_gap(verb: Word) -> Word | None:
    """Find the noun that tells how long after: "two days after it sank"."""
    first = verb.left_edge
    word = verb.doc[first.i - 1] if first.i else first
    is_gap = verb.dep_ == "advcl" and word.pos_ == "NOUN" and word.dep_ in ("npadvmod", "dobj")
    return word if is_gap else None


def _describes_apposition(verb: Word) -> bool:
    """Tell "…, a step which angered many": the noun sums up what stands before it."""
    noun = verb.head
    is_summary = noun.dep_ == "appos" and noun.head.pos_ != "PROPN" and _is_set_off(noun)
    return verb.dep_ == "relcl" and is_summary


def _is_moved(verb: Word) -> bool:
    """Tell a relative clause that other words part from its noun: "a girl on Monday who …"."""
    noun, first = verb.head, verb.left_edge
    return any(not _hangs_on(word, noun) for word in verb.doc[noun.i + 1 : first.i])


def _hangs_on(word: Word, noun: Word) -> bool:
    for _ in range(200):
        if word.i == noun.i:
            return True
        if word.head is word or word.head.i == word.i:
            return False
        word = word.head
    return False


def _opens_clause(verb: Word) -> bool:
    """Tell a clause that states something of its own: coordinated, set off by a comma, or after a
    word of time."""
    if verb.pos_ not in _VERBAL:
        return False
    if verb.dep_ in ("conj", "parataxis"):
        return True
    if verb.dep_ not in ("advcl", "acl", "relcl"):
        return False
    if verb.tag_ == "VBG" and verb.head.tag_ == "VBN" and verb.head.lemma_.lower() in _WITNESSED:
        return False  # "was filmed outside her home, shouting at a guard"
    mark = next((child.lower_ for child in verb.children if child.dep_ in ("mark", "advmod")), "")
    if verb.dep_ == "advcl" and verb.tag_ in _FINITE | {"VBN"} and mark:
        return mark in _TOLD_MARKS
    return _is_set_off(verb) and mark not in ("if", "unless") and verb.tag_ != "VB"


def _is_set_off(verb: Word) -> bool:
    first = verb.left_edge
    return first.i > 0 and verb.doc[first.i - 1].text in (",", "—", "–", "(", ";")


def _has_words(verb: Word) -> bool:
    """Tell whether a clause has words enough to stand alone."""
    first, last = verb.left_edge.i, verb.right_edge.i
    if last - first + 1 < MIN_WORDS:
        return False
    found = (
        word
        for word in verb.doc.words[first : last + 1]
        if word.text.isalpha() or word.pos_ == "NUM"
    )
    return sum(1 for _ in islice(found, MIN_WORDS)) == MIN_WORDS


def _find_owners(words: Iterable[Word], heads: dict[int, Word]) -> dict[int, int]:
    """Tell for words, by index, which clause they belong to: that of the first of the heads above
    them, by the index of its verb."""
    owners = {at: head.i for at, head in heads.items()}
    for word in words:
        path = []
        while word.i not in owners and word.head is not word:
            path.append(word.i)
            word = word.head
        owner = owners.setdefault(word.i, word.i)
        for at in path:
            owners[at] = owner
    return owners


def _is_narrated(verb: Word, root: Word) -> bool:
    """Tell told from asked, wished and guessed; a participle is told with the clause above it."""
    helpers = [child for child in verb.children if child.dep_ in ("aux", "auxpass")]
    if {helper.lower_ for helper in helpers} & _NOT_NARRATED:
        return False
    if verb.tag_ in _FINITE or any(helper.tag_ in _FINITE for helper in helpers):
        return True
    return verb is not root and (
        verb.tag_ in ("VBG", "VBN") or (verb.dep_ == "conj" and _is_narrated(verb.head, root))
    )


def _list_spans(
    words: list[Word], head: Word, subject: Word, owner: dict[int, int]
) -> Iterator[Span]:
    """List the pieces of a clause, the subject it borrows from another one first."""
    while words and (words[0].is_punct or words[0].is_space or words[0].lower_ in _LEADING):
        words = words[1:]
    while words and (
        words[-1].is_punct or words[-1].is_space or words[-1].lower_ in ("and", "but")
    ):
        words = words[:-1]
    if sum([word.text.isalpha() or word.pos_ == "NUM" for word in words]) < 2:
        return
    if owner[subject.i] != head.i:
        first = _start_of_name(subject)
        yield Span(first.idx, subject.idx + len(subject))
    start = words[0]
    if words[-1].i - start.i + 1 == len(words):
        yield Span(start.idx, words[-1].idx + len(words[-1]))
        return
    for word, following in zip(words, [*words[1:], None], strict=True):
        if following is None or following.i != word.i + 1:
            yield Span(start.idx, word.idx + len(word))
            start = following if following is not None else start


def _start_of_name(noun: Word) -> Word:
    """The first of the words that name a noun: "a small plane", without what describes it."""
    return next(
        (
            child.left_edge
            for child in noun.lefts
            if child.dep_ in ("det", "compound", "amod", "nummod", "poss", "nmod")
        ),
        noun,
    )
