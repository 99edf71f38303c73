"""Whether a content says that something is not so: negation of its governing verb, and what looks
like one."""

from newsledger.model.records import Attribution
from newsledger.nlp.parse.parsed import Word

_NEGATIONS = frozenset({"not", "n't", "n’t", "never", "neither", "nor"})
_NO_WORDS = frozenset({"no", "nobody", "none", "nothing", "neither"})
_ABLE = frozenset({"can", "could", "ca"})  # "ca n't"
_FALSE = frozenset(
    "false untrue baseless unfounded groundless fabricated lie lies nonsense rubbish fiction "
    "fabrication fabrications invention inventions myth".split()
)
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "expl"})
_ALL = frozenset({"all", "every", "everyone", "everybody", "everything", "both"})
_SURE = frozenset({"doubt", "question", "denying"})  # "there is no doubt"
_AFTER_CONTENT = 4  # characters of marks behind the last sentence of a content
_LIMITS = frozenset({"only", "just", "merely", "simply", "less", "least", "fewer", "more", "yet"})


def is_negative(root: "Word", attribution: Attribution) -> bool:
    """Tell a content that is negative as a whole: of several sentences most are, not only the
    first."""
    last = max((span.end for span in attribution.content_spans), default=0)
    if not _is_negated(root) or _turns(root, last):
        return False
    doc = root.doc
    roots = [root]
    for number in range(root.sentence_no + 1, len(doc.sents)):
        sentence = doc.sents[number]
        if sentence.start_char >= last or sentence.end_char > last + _AFTER_CONTENT:
            break
        roots.append(sentence.root)
    return 2 * sum(_is_negated(one) for one in roots) > len(roots)


def turns_down(root: "Word") -> bool:
    """Tell a negative content that turns down what others may hold: "the charges are false", "not
    all the dikes held", "did not keep logs, nor did it train the crew"."""
    return any(
        (root.lemma_ == "be" and _is_falsity(child))
        or (child.dep_ in _SUBJECTS | {"dobj"} and _is_not_all(child))
        or (child.dep_ == "cc" and child.lower_ == "nor")
        for child in root.children
    )


def rules_out(root: "Word") -> bool:
    """Tell "rule out the use of force"."""
    return root.lemma_.lower() == "rule" and any(
        child.dep_ == "prt" and child.lower_ == "out" for child in root.children
    )


def _is_negated(root: "Word") -> bool:
    """Tell "was not hit", "no one was hurt", "hit nobody"; two negations of one verb make none.

    What cannot be done ("could not say"), did not succeed ("failed to reach") or would not have
    been is told as it is, and denies nothing; nor does a question.
    """
    if _is_question(root) or _is_inability(root) or _is_doubtless(root):
        return False
    count = int(root.lemma_ == "be" and any(_is_falsity(child) for child in root.rights))
    is_told = any(child.dep_ == "neg" for child in root.children)
    for child in root.children:
        if child.dep_ == "neg" or child.lower_ in _NEGATIONS:
            goes_on = is_told and child.dep_ == "cc"  # "did not keep logs, nor did it train"
            count += not goes_on and not _is_limit(child)
        elif child.dep_ in ("nsubj", "nsubjpass", "dobj", "attr", "expl"):
            count += (
                _is_not_all(child)
                or child.lower_ in _NO_WORDS
                or any(
                    (word.lower_ in _NO_WORDS or word.dep_ == "neg") and not _is_limit(word)
                    for word in (
                        *child.children,
                        *(
                            grand
                            for one in child.lefts
                            for grand in one.lefts
                            if one.dep_ == "nummod"
                        ),
                    )
                )
            )
    count += rules_out(root)  # "would never rule out the use of force"
    return count % 2 == 1


def _is_not_all(noun: "Word") -> bool:
    """Tell "not all the dikes", "not every dike" and "not everyone"."""
    words = [noun, *noun.lefts]
    return any(
        word.lower_ in _ALL and word.i > 0 and word.doc[word.i - 1].lower_ == "not"
        for word in words
    )


def _is_falsity(word: "Word") -> bool:
    """Tell "was false" and "is a lie"."""
    return word.dep_ in ("acomp", "attr") and word.lower_ in _FALSE


def _is_doubtless(root: "Word") -> bool:
    """Tell "there is no doubt" and "there is no question", which affirm."""
    return root.lemma_ == "be" and any(
        child.lemma_.lower() in _SURE and any(word.lower_ in _NO_WORDS for word in child.lefts)
        for child in root.rights
    )


def _turns(root: "Word", last: int) -> bool:
    """Tell "it was not a flood but it was still bad", which says what was: a clause behind "but"
    that denies nothing, inside the content, which ends at `last`."""
    for word in root.doc[root.i + 1 : root.sent.end]:
        if word.idx >= last or word.lower_ != "but" or word.dep_ != "cc":
            continue
        others = [
            child
            for child in word.head.rights
            if child.dep_ == "conj" and child.i > word.i and child.pos_ in ("VERB", "AUX")
        ]
        if others and any(child.dep_ in _SUBJECTS for child in others[0].lefts):
            return not any(child.dep_ == "neg" for child in others[0].children)
    return False


def _is_question(root: "Word") -> bool:
    """Tell a question, also one in quoted words with a tag behind them: “Why not?” he asked."""
    for word in root.doc.words[root.i + 1 : root.sent.end]:
        if word.text in {".", "!", ";", "?"} or word.is_quote:
            return word.text == "?"
    return False


def _is_inability(root: "Word") -> bool:
    helpers = {child.lower_ for child in root.lefts if child.dep_ == "aux"}
    return bool(helpers & _ABLE) or ("would" in helpers and "have" in helpers)


def _is_limit(word: "Word") -> bool:
    """Tell "not only", "not until Monday", "no less than" from a negation."""
    doc, at = word.doc, word.i
    after = [doc[i].lower_ for i in range(at + 1, min(at + 3, len(doc)))]
    return bool(after) and (
        after[0] in _LIMITS
        or any(
            child.lower_ == "until" and child.dep_ in ("prep", "mark")
            for child in (*word.head.rights, *(g for c in word.head.rights for g in c.lefts))
        )
    )
