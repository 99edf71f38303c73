"""What stands around a number: its sentence, times and places, and whether its harm is a total."""

import bisect
import re
from datetime import date

from newsledger.model.enums import QuantityScope
from newsledger.model.records import LocationMention, Quantity, Sentence, TimeMention
from newsledger.nlp.parse.parsed import ParsedText

_PLACES_NEAR = 3  # places to look at on either side of a number
_TOTAL = re.compile(
    r"\b(?:total|toll|overall|altogether|so far|to date)\b"
    r"|\b(?:war|conflict|fighting|violence|insurgency|uprising|outbreak|epidemic|pandemic"
    r"|famine)\b[^,;]*\b(?:has|have) (?:\w+ly |also )?\w+(?:ed|en|n|t)\b",
    re.IGNORECASE,
)
_SINCE = re.compile(  # "since the war began", "since his release": a time, not a reason
    r"\bsince (?:then\b|(?:the|his|her|its|their|that|this|an?)\b[^,;]*?\b(?:began"
    r"|started|erupted|broke|took|came|ended|resumed|fell|launched|seized|invaded"
    r"|start|beginning|outbreak|onset|end|invasion|war|coup|offensive|attacks?|release"
    r"|truce|ceasefire)\b)",
    re.IGNORECASE,
)


class Context:
    """Sentences, times and places of one document, found by position."""

    def __init__(
        self,
        doc: "ParsedText",
        sentences: tuple[Sentence, ...],
        times: tuple[TimeMention, ...],
        places: tuple[LocationMention, ...],
        home: str | None = None,
    ) -> None:
        self.text = doc.text
        self.home = home  # country code of the outlet
        self.sentences, self.times, self.places = sentences, times, places
        self.sentence_starts = [sentence.start for sentence in sentences]
        self.time_starts = [time.start for time in times]
        self.scopes: dict[int, tuple[QuantityScope, date | None]] = {}
        self.place_starts = [place.start for place in places]
        self.last: Quantity | None = None  # of people, before the number at hand

    def sentence_at(self, offset: int) -> Sentence | None:
        at = bisect.bisect_right(self.sentence_starts, offset) - 1
        return self.sentences[at] if at >= 0 else None

    def in_time(self, start: int, end: int) -> bool:
        at = bisect.bisect_left(self.time_starts, end) - 1
        return at >= 0 and self.times[at].end > start

    def times_in(self, sentence: Sentence) -> tuple[TimeMention, ...]:
        return self.times[
            bisect.bisect_left(self.time_starts, sentence.start) : bisect.bisect_left(
                self.time_starts, sentence.end
            )
        ]


def find_scope(sentence: Sentence, context: Context) -> tuple[QuantityScope, date | None]:
    """Tell one incident from a running total: "since Monday", "in the past week", "so far", "toll".
    Asked once a sentence."""
    if sentence.sentence_no not in context.scopes:
        context.scopes[sentence.sentence_no] = _read_scope(sentence, context)
    return context.scopes[sentence.sentence_no]


def _read_scope(sentence: Sentence, context: Context) -> tuple[QuantityScope, date | None]:
    for time in context.times_in(sentence):
        if (
            time.rule.startswith("since")
            or time.rule == "period"
            or time.text.lower().startswith(("the past", "the last"))
        ):
            return QuantityScope.CUMULATIVE, time.start_date
    since = _SINCE.search(sentence.text)
    if since:  # "since the offensive began on March 1"
        start = sentence.start + since.start()
        return QuantityScope.CUMULATIVE, next(
            (time.start_date for time in context.times_in(sentence) if time.start > start), None
        )
    is_total = _TOTAL.search(sentence.text) is not None
    return QuantityScope.CUMULATIVE if is_total else QuantityScope.INCIDENT, None


def find_place(sentence: Sentence, start: int, end: int, context: Context) -> str | None:
    """Take the place named closest after the figure in its sentence, else the closest before; one
    inside of it says who is counted, not where: "10 US citizens"."""
    first = bisect.bisect_left(context.place_starts, start)
    after = bisect.bisect_left(context.place_starts, end)
    for place in context.places[after : after + _PLACES_NEAR]:
        if place.start < sentence.end and not place.is_demonym:
            return place.text
    for place in reversed(context.places[max(first - _PLACES_NEAR, 0) : first]):
        if place.start >= sentence.start and not place.is_demonym:
            return place.text
    return None
