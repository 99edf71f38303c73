"""Where an article says that something was not verified or not answered, and of which claims."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from newsledger.lexicon.words import read_lexicon
from newsledger.model.enums import CueClass
from newsledger.model.records import Attribution, Sentence
from newsledger.nlp.claims.cover import Finder

_CAVEAT_TRIGGERS = (
    "verif",
    "confirm",
    "corrobor",
    "authenticat",
    "substantiat",
    "unproven",
    "check",
    "comment",
    "respon",
    "reply",
    "return",
    "evidence",
    "proof",
    "reached",
    "word",
    "details",
    "reaction",
)
_NAMED_NEAR = 30  # characters between "no evidence" and the claim it is for
# ", a claim the BBC has not been able to verify": after the content, though read as part of it
_ON_CLAIM = re.compile(
    r",\s+(?:an?|both|neither)\s+(?:\w+\s+)?(?:claims?|assertions?|allegations?"
    r"|accusations?|reports?|accounts?|figures?|numbers?|tolls?|versions?)\b[^.]*$"
    r"|,\s+(?:though|although|but|while|which)\s[^.,]*$"
)


@dataclass(frozen=True, slots=True)
class Caveat:
    """Words such as "could not be independently verified", and the sentence they stand in."""

    start: int
    end: int
    text: str
    sentence_no: int


@cache
def _caveat_pattern() -> re.Pattern[str]:
    rows = read_lexicon("caveats.csv", ("pattern", "note"))
    return re.compile("|".join(f"(?:{row['pattern']})" for row in rows), re.IGNORECASE)


def find_caveats(sentences: Iterable[Sentence]) -> tuple[Caveat, ...]:
    """Find where the text says that something was not verified, or not answered."""
    pattern = _caveat_pattern()
    found = []
    for sentence in sentences:
        if sentence.is_quoted or not any(trigger in sentence.text for trigger in _CAVEAT_TRIGGERS):
            continue
        match = pattern.search(sentence.text)
        if match:
            start, end = sentence.start + match.start(), sentence.start + match.end()
            found.append(Caveat(start, end, sentence.text.strip(), sentence.sentence_no))
    return tuple(found)


class CaveatFinder:
    """Give the caveats of one article to its claims."""

    def __init__(
        self, text: str, sentences: Finder[Sentence], attributions: Sequence[Attribution]
    ) -> None:
        self.text, self.sentences, self.attributions = text, sentences, attributions

    def assign(self) -> dict[int, str]:
        """Give each caveat to the claims of its own sentence before it, else of the sentence before
        in the same paragraph."""
        by_sentence: dict[int, list[int]] = {}
        for number, attribution in enumerate(self.attributions):
            if attribution.cue_class != CueClass.DECLINED:
                spans = attribution.content_spans or attribution.cue_spans
                for at in {self.sentences.number_at(span.start) for span in spans}:
                    by_sentence.setdefault(at, []).append(number)
        found: dict[int, str] = {}
        for caveat in find_caveats(self.sentences.items):
            for number in self._claims_before(caveat, by_sentence):
                found.setdefault(number, caveat.text)
        return found

    def _claims_before(self, caveat: Caveat, by_sentence: dict[int, list[int]]) -> list[int]:
        here = by_sentence.get(caveat.sentence_no, ())
        same = [number for number in here if self._precedes(number, caveat)] or [
            n for n in here if self._is_named_by(n, caveat)
        ]
        if same or caveat.sentence_no == 0:
            return same
        sentences = self.sentences.items
        before = sentences[caveat.sentence_no - 1]
        if sentences[caveat.sentence_no].paragraph_no - before.paragraph_no > 1:
            return []
        return by_sentence.get(caveat.sentence_no - 1, [])

    def _precedes(self, number: int, caveat: Caveat) -> bool:
        spans = self.attributions[number].content_spans
        if not spans or min(spans).start >= caveat.start:
            return False
        inside = next((span for span in spans if span.start <= caveat.start < span.end), None)
        return (
            inside is None or _ON_CLAIM.search(self.text[inside.start : caveat.start]) is not None
        )

    def _is_named_by(self, number: int, caveat: Caveat) -> bool:
        """Tell the claim that a caveat speaks of: "gave no evidence for their assertion that …"."""
        cues = self.attributions[number].cue_spans
        return bool(cues) and 0 <= cues[0].start - caveat.end <= _NAMED_NEAR
