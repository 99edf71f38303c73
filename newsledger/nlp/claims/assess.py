"""How firmly a claim is put and in what time: polarity, certainty with its hedges, tense, and
caveats that follow."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from newsledger.errors import SettingsError
from newsledger.lexicon.words import read_lexicon
from newsledger.model.enums import Certainty, CueStance, DatePrecision, Polarity, Tense
from newsledger.model.records import Attribution, Span, TimeMention
from newsledger.nlp.claims.polarity import is_negative, rules_out, turns_down
from newsledger.nlp.parse.parsed import ParsedText, Word
from newsledger.nlp.parse.verbs import verb_direction, verb_words
from newsledger.nlp.time.calendar import shift_days
from newsledger.paths import SEEDS

ORIGIN = "assess/1"

_LEVELS = (Certainty.CERTAIN, Certainty.PROBABLE, Certainty.POSSIBLE, Certainty.DOUBTFUL)
_PATTERNS = ("modal", "word", "participle", "verb", "cue")
_HOLDING = frozenset(
    {
        "think",
        "believe",
        "feel",
        "fear",
        "hope",
        "expect",
        "suspect",
        "guess",
        "reckon",
        "doubt",
        "assume",
        "predict",
        "bet",
        "worry",
    }
)
_LIKELINESS = frozenset(
    {
        "likely",
        "unlikely",
        "possible",
        "probable",
        "doubtful",
        "clear",
        "certain",
        "sure",
        "confident",
        "hopeful",
        "afraid",
    }
)
_TELLING = frozenset(
    {"say", "report", "understand", "know", "allege", "presume", "rumor", "rumour", "estimate"}
)  # in the passive
_CHANCES = frozenset({"chance", "risk", "possibility", "danger", "likelihood", "prospect"})
_CLAUSES = frozenset({"ccomp", "advcl", "csubj", "acl"})
_SEEING = frozenset(
    {"consider", "determine", "remember", "recall", "recognise", "recognize", "see"}
)
_CONDITIONAL = frozenset({"if", "unless"})
_PAST_DAYS = 365  # what happened more than a year before publication is told as history
_HEDGE_WINDOW = 60  # tokens around the governing verb: keeps texts without full stops linear


@dataclass(frozen=True, slots=True)
class Assessment:
    """How one content is put. `hedges` as printed."""

    polarity: Polarity = Polarity.AFFIRMED
    certainty: Certainty = Certainty.CERTAIN
    hedges: tuple[str, ...] = ()
    tense: Tense = Tense.HAPPENED


@cache
def _hedges() -> dict[str, dict[str, Certainty]]:
    """Read hedging words: {pattern: {word: certainty}}."""
    found: dict[str, dict[str, Certainty]] = {pattern: {} for pattern in _PATTERNS}
    for number, row in enumerate(read_lexicon("hedges.csv", ("word", "pattern", "certainty")), 2):
        if row["pattern"] not in found or row["certainty"] not in _LEVELS:
            raise SettingsError(
                f"{SEEDS / 'hedges.csv'}, line {number}: got pattern {row['pattern']!r}, "
                f"certainty {row['certainty']!r}"
            )
        found[row["pattern"]][row["word"]] = Certainty(row["certainty"])
    return found


@cache
def _hedge_forms() -> frozenset[str]:
    """Words that hedge as they are written, whatever their part of speech."""
    words = _hedges()
    return frozenset().union(words["word"], words["modal"], words["participle"])


def find_root(doc: "ParsedText", spans: Sequence[Span]) -> "Word | None":
    """Find the token that governs a content: its first verb whose head lies outside of the
    content's spans.

    Looks at the first sentence of each piece; a content without verb gives its highest token.
    """
    fallback: Word | None = None
    for start, end in spans:
        piece = doc.char_span(start, end, alignment_mode="expand")
        if piece is None:
            continue
        for token in piece:
            head = token.head.i
            if (
                (piece.start <= head < piece.end and head != token.i)
                or token.is_punct
                or token.is_space
            ):
                continue
            if fallback is not None and token.sentence_no != fallback.sentence_no:
                return fallback  # "Caught in the act — very sad. It will never end": the first one
            if token.pos_ in ("VERB", "AUX"):
                return token
            if piece[0].is_quote and (
                clause := next(
                    (
                        child
                        for child in token.rights
                        if child.dep_ == "acl" and child.i < piece.end
                    ),
                    None,
                )
            ):
                return (
                    clause  # “The barrier held …,” said X: the parser hung the verb on its subject
                )
            fallback = fallback or token
    return fallback


def assess_content(
    text: str,
    attribution: Attribution,
    root: "Word | None",
    about: TimeMention | None,
    today: date | None,
) -> Assessment:
    """Read polarity, certainty and tense of a content from its governing verb, its hedging words
    and its cue."""
    if root is None:
        return Assessment()
    certainty, hedges = _find_certainty(text, attribution, root)
    return Assessment(
        _find_polarity(text, attribution, root),
        certainty,
        hedges,
        _find_tense(_told_verb(root), about, today),
    )


def _find_polarity(text: str, attribution: Attribution, root: "Word") -> Polarity:
    """Tell what the speaker rejects from what he himself says is not so."""
    is_denial = attribution.cue_stance == CueStance.DENIAL and not attribution.is_negated
    if is_denial and rules_out(root):
        return Polarity.AFFIRMED  # "refused to rule out a strike"
    if is_denial or _is_disbelief(text, attribution):
        return Polarity.NEGATED
    if not is_negative(root, attribution):
        return Polarity.AFFIRMED
    is_rejection = turns_down(root) or attribution.cue_lemma == "plead"  # "pleaded not guilty"
    return Polarity.NEGATED if is_rejection else Polarity.NEGATIVE


def _told_verb(root: "Word") -> "Word":
    """Step from a verb of holding true to what is held true: "I think we will win", "is believed to
    have died", "it is unlikely that …"."""
    is_passive = root.tag_ == "VBN" and any(child.dep_ == "auxpass" for child in root.children)
    if is_passive and (root.lemma_.lower() in _HOLDING or root.lemma_.lower() in _TELLING):
        return next(
            (
                child
                for child in root.rights
                if child.dep_ == "xcomp" and child.pos_ in ("VERB", "AUX")
            ),
            root,
        )
    judged = [
        child
        for child in root.rights
        if (child.dep_ == "acomp" and child.lower_ in _LIKELINESS)
        or child.lemma_.lower() in _CHANCES
    ]
    if root.lemma_.lower() not in _HOLDING and not (root.lemma_ == "be" and judged):
        return root
    below = [*root.rights, *(word for child in judged for word in child.rights)]
    return next(
        (child for child in below if child.dep_ in _CLAUSES and child.pos_ in ("VERB", "AUX")), root
    )


def _is_disbelief(text: str, attribution: Attribution) -> bool:
    """Tell "does not believe the patients are at risk", "neither side thinks …": somebody denies
    it, whatever its own words."""
    source = text[slice(*attribution.source_spans[0])] if attribution.source_spans else ""
    is_nobody = source.lower().startswith(("neither ", "nobody", "no one", "none "))
    lemma = attribution.cue_lemma.split()[0].lower() if attribution.cue_lemma else ""
    return lemma in _HOLDING | _SEEING and (attribution.is_negated or is_nobody)


def _find_certainty(
    body: str, attribution: Attribution, root: "Word"
) -> tuple[Certainty, tuple[str, ...]]:
    """Take the weakest of the hedges in the root's sentence and of the cue's own: "believes",
    "reportedly"."""
    words, forms = _hedges(), _hedge_forms()
    found: list[tuple[int, str, Certainty]] = []  # offset, as printed, level
    sentence = root.sent
    first = max(sentence.start, root.i - _HEDGE_WINDOW)
    for token in root.doc.words[first : min(sentence.end, root.i + _HEDGE_WINDOW)]:
        lower = token.lower_
        if lower not in forms and token.pos_ not in ("VERB", "AUX"):
            continue
        level = (words["word"].get(lower) if token.dep_ != "amod" else None) or (
            words["modal"].get(lower) if token.tag_ == "MD" else None
        )
        if (
            level is None
            and token.tag_ == "VBN"
            and any(child.dep_ == "auxpass" for child in token.children)
        ):
            level = words["participle"].get(lower)  # "is thought to have died"
        if level is None and token.pos_ in ("VERB", "AUX") and not _comes_forward(token):
            level = words["verb"].get(token.lemma_.lower())
        if level and any(span.start <= token.idx < span.end for span in attribution.content_spans):
            if token.tag_ == "MD" and not _is_above(token.head, root):
                continue
            found.append((token.idx, token.text, level))
    cue_level = words["cue"].get(
        attribution.cue_lemma.split()[0].lower() if attribution.cue_lemma else ""
    )
    if cue_level and attribution.cue_spans:
        cue = attribution.cue_spans[0]
        found.append((cue.start, body[cue.start : cue.end], cue_level))
    if attribution.is_negated:
        found.append((0, "", Certainty.DOUBTFUL))
    certainty = max((hedge[2] for hedge in found), key=_LEVELS.index, default=Certainty.CERTAIN)
    return certainty, tuple(dict.fromkeys(text for _, text, _ in sorted(found) if text))


def _comes_forward(verb: "Word") -> bool:
    """Tell "failed to appear", "appeared in court" from "appears to be": nothing said of it under
    the verb."""
    return verb.lemma_ == "appear" and not any(
        child.dep_ in ("xcomp", "acomp", "ccomp", "oprd", "expl") for child in verb.children
    )


def _is_above(verb: "Word", root: "Word") -> bool:
    """Tell whether a modal's verb is the root, or a clause right under it: not one in a relative
    clause."""
    return verb.i == root.i or (
        verb.dep_ in ("conj", "ccomp", "xcomp", "advcl") and verb.head.i == root.i
    )


def _find_tense(root: "Word", about: TimeMention | None, today: date | None) -> Tense:
    if _is_hypothetical(root):
        return Tense.HYPOTHETICAL
    if _is_historical(about, today):
        return Tense.HISTORICAL
    helpers = {child.lower_ for child in root.children if child.dep_ in ("aux", "auxpass")}
    direction = verb_direction(root)
    if (direction == "future" and not _is_bare_plan(root)) or _is_going_to(root, helpers):
        return Tense.FUTURE
    if root.tag_ == "VBG" and helpers & {
        "was",
        "were",
        "is",
        "are",
        "am",
        "be",
        "been",
        "'s",
        "’s",
        "'re",
        "’re",
        "'m",
        "’m",
    }:
        return Tense.ONGOING
    if helpers & {"has", "have", "had", "was", "were", "did", "been", "'ve", "’ve"} or (
        root.tag_ in ("VBD", "VBN") and not helpers & {"is", "are"}
    ):
        return Tense.HAPPENED
    if root.tag_ in ("VBZ", "VBP") or helpers & {"is", "are", "am", "can", "do", "does", "must"}:
        return Tense.ONGOING
    if root.tag_ == "VB":
        return Tense.FUTURE
    return Tense.HAPPENED if root.pos_ in ("VERB", "AUX") else Tense.ONGOING


def _is_hypothetical(root: "Word") -> bool:
    for child in root.children:
        if child.dep_ == "advcl" and any(
            word.lower_ in _CONDITIONAL and word.dep_ == "mark" for word in child.children
        ):
            return True
    helpers = {child.lower_ for child in root.children if child.dep_ == "aux"}
    return bool(helpers & {"would", "could", "should", "might"}) and "have" in helpers


def _is_bare_plan(root: "Word") -> bool:
    """Tell "was prepared" from "is expected to leave": a verb of planning with nothing planned
    under it."""
    kind = verb_words().get(root.lemma_.lower(), ("", ""))[0]
    return (
        kind == "forward"
        and root.tag_ in ("VBD", "VBN")
        and not any(child.dep_ in ("xcomp", "ccomp", "prep") for child in root.children)
    )


def _is_going_to(root: "Word", helpers: set[str]) -> bool:
    return (
        root.lower_ == "going"
        and any(child.dep_ == "xcomp" for child in root.children)
        and bool(helpers)
    )


def _is_historical(about: TimeMention | None, today: date | None) -> bool:
    """Tell what lies more than a year back; what goes on since then is not history."""
    if about is None or about.end_date is None:
        return False
    if about.precision == DatePrecision.DECADE or today is None:
        return about.precision == DatePrecision.DECADE
    return about.end_date < shift_days(today, -_PAST_DAYS)
