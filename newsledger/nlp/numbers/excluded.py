"""Numbers that count nothing: dates, ages, names, versions and clock times; and the noun that a
number stands with."""

from newsledger.model.enums import EntityLabel, QuantityKind
from newsledger.nlp.numbers.context import Context
from newsledger.nlp.numbers.kinds import load_kinds
from newsledger.nlp.numbers.values import Number, is_marked, letter_of, load_words
from newsledger.nlp.parse.parsed import ParsedText, Word

TIME_UNITS = frozenset(
    {
        "year",
        "day",
        "week",
        "month",
        "hour",
        "minute",
        "second",
        "decade",
        "century",
        "time",
        "a.m.",
        "p.m.",
        "am",
        "pm",
    }
)
WEIGHTS = frozenset({"pound", "ton", "tonne", "kilogram", "kg", "kilo", "gram", "liter", "litre"})
_NO_SPANS = frozenset({"ago", "earlier", "later", "old", "after", "before"})
MEASURES = frozenset({"square", "cubic", "degree"})  # behind a hyphen: "an 800-square metre yard"
_TIMES = frozenset({"twice", "thrice"})
_COMPARED = frozenset({"as", "the"})
_BORES = frozenset({"calibre", "caliber", "gauge"})
_MAX_AGE = 115
_FEW = 10
_RECENT = (2001, 2035)  # whose events are named by them: "the 2016 elections"
_YEARS = (1900, 2100)  # a bare number between them is a year
NAME_LABELS = frozenset(
    {
        "PERSON",
        "ORG",
        "PRODUCT",
        "LAW",
        "FAC",
        "GPE",
        "EVENT",
        "WORK_OF_ART",
        "ORDINAL",
        "TIME",
        "NORP",
        "LOC",
    }
)
_CLIMB = 6  # steps inside a number of several words
_NUMBER_DEPS = frozenset({"nummod", "compound", "quantmod", "amod", "nmod", "poss"})


def is_excluded(doc: "ParsedText", number: Number, context: Context) -> bool:
    first, last = doc[number.first], doc[number.last - 1]
    if context.in_time(first.idx, last.idx + len(last)):
        return True
    follower = doc[number.last] if number.last < len(doc) else None
    is_lasting = follower is not None and follower.lemma_.lower() in TIME_UNITS
    is_first = first.ent_iob_ == "B" and first.ent_type_ == "PRODUCT" and first.dep_ == "nummod"
    if (
        first.ent_type_ in NAME_LABELS
        and not is_first  # "two Su-24 jets"
        and not (first.ent_type_ == "TIME" and is_lasting)
        and not is_marked(first.lower_)  # "HK$500", "Rs 5 crore"
        and number.rule in ("number", "range")
    ):
        return True
    before = doc[number.first - 1] if number.first else None
    if _is_label(doc, number):
        return True
    if (
        before is not None
        and before.text == "-"
        and number.first > 1
        and not doc[number.first - 2].is_space
    ):
        return True  # "F-16"
    if before is not None and before.pos_ == "PROPN" and last.head.i == before.i:
        return True  # "Flight 370"
    if follower is not None and follower.text == "-" and number.last + 1 < len(doc):
        unit = doc[number.last + 1].lemma_.lower()
        kind = load_words().get(unit, ("", ""))[0]
        return (
            kind not in {QuantityKind.DISTANCE, QuantityKind.PERCENT}
            and unit not in WEIGHTS | MEASURES
        )
    if _is_age(doc, number):
        return True
    if (
        before is not None
        and before.text in (",", "(")
        and follower is not None
        and follower.is_punct
        and last.head.ent_type_ == EntityLabel.PERSON
    ):
        return True  # an age
    if first.lower_ == "one" and number.last - number.first == 1:
        return last.dep_ not in ("nummod",)
    if _is_vague(number) or _is_adjective(doc, number):
        return True
    noun = find_noun(last, number)
    return noun.lemma_.lower() in TIME_UNITS and not _is_span(doc, number, noun)


def _is_vague(number: Number) -> bool:
    """Tell "several", "few" and "a couple", of which a reader learns no figure, from "a few
    hundred"."""
    return number.rule == "few" and (number.high or 0) < _FEW


def _is_adjective(doc: "ParsedText", number: Number) -> bool:
    """Tell what a number only names: "5G", "zero tolerance", "a 2019 target"."""
    first, last = doc[number.first], doc[number.last - 1]
    follower = doc[number.last] if number.last < len(doc) else None
    if follower is None or number.last - number.first != 1:
        return False
    is_glued = follower.idx == last.idx + len(last)
    if is_glued and len(follower) == 1 and follower.text.isupper():
        return letter_of(follower.lower_) == "."
    noun = find_noun(last, number)
    is_single = noun is not last and noun.tag_ in {"NN", "NNP"}
    value = number.low or 0
    is_year = first.text.isdigit() and value == int(value) and _YEARS[0] <= value <= _YEARS[1]
    is_recent = is_year and _RECENT[0] <= value <= _RECENT[1] and noun is not last
    is_thing = ("person", noun.lemma_.lower()) not in load_kinds()
    return (is_single and (value == 0 or is_year)) or (is_recent and is_thing)


def _is_label(doc: "ParsedText", number: Number) -> bool:
    """Tell what a number only names or measures: "version 3.2", "22 Harbour Street", "the 400 block
    of", "0.50 calibre", "120 mm rounds"; and "twice" where nothing is compared."""
    before = doc[number.first - 1].lower_ if number.first else ""
    after = [word.lower_ for word in doc[number.last : number.last + 3]]
    kinds = [load_words().get(word, ("",))[0] for word in (before, *after)]
    if kinds[0] == "label" and doc[number.first].text[:1].isdigit():
        return True
    if "street" in kinds[2:] and doc[number.last].text[:1].isupper():
        return True
    if after[:2] == ["block", "of"]:
        return True
    if doc[number.first].lower_ in _TIMES:
        return not after or after[0] not in _COMPARED
    is_bore = after[:1] == ["mm"] and len(after) > 1 and doc[number.last + 1].pos_ == "NOUN"
    return is_bore or bool(after[:1] and after[0] in _BORES)


def _is_age(doc: "ParsedText", number: Number) -> bool:
    """Tell "the driver, 42," and "two men, 17 and 19," from numbers that count."""
    first, last = number.first, number.last
    if last - first != 1 or first < 2 or last >= len(doc) or not doc[first].text.isdigit():
        return False
    before, follower = doc[first - 1], doc[last]
    if before.lower_ == "and" and doc[first - 2].text.isdigit():
        before = doc[first - 3] if first > 2 else before
        anchor = doc[first - 4] if first > 3 else before
    else:
        anchor = doc[first - 2]
    is_closed = follower.text in {",", ")", "."} or (
        follower.lower_ == "and" and last + 1 < len(doc) and doc[last + 1].text.isdigit()
    )
    return (
        before.text in {",", "("}
        and is_closed
        and anchor.is_alpha
        and anchor.pos_ in {"NOUN", "PROPN"}
        and 0 < int(doc[first].text) <= _MAX_AGE
    )


def _is_span(doc: "ParsedText", number: Number, noun: "Word") -> bool:
    """Tell how long or how often: "for ten minutes", "six times"; not "10 years ago", "a
    15-year-old", "three times bigger"."""
    after = doc[noun.i + 1].lower_ if noun.i + 1 < len(doc) else ""
    is_clock = noun.lemma_.lower() in {"a.m.", "p.m.", "am", "pm", "second", "century"}
    is_measure = noun.i == number.last and number.rule in {"number", "range"}
    is_compared = noun.lemma_ == "time" and after in {"as", "more", "larger", "bigger", "higher"}
    is_plural = noun.tag_ == "NNS"
    is_age = [word.lower_ for word in doc[noun.i + 1 : noun.i + 3]] == ["of", "age"]
    return (
        is_measure
        and is_plural
        and not is_age
        and not is_clock
        and not is_compared
        and after not in _NO_SPANS
        and after != "-"
    )


def find_noun(token: "Word", number: Number) -> "Word":
    """Find the noun that a number counts; the number itself where it stands alone ("killing
    12")."""
    for _ in range(_CLIMB):
        if not number.first <= token.head.i < number.last or token.head.i == token.i:
            break
        token = token.head
    if (token.dep_ in _NUMBER_DEPS or token.lower_ == "both") and token.head.pos_ in (
        "NOUN",
        "PROPN",
        "NUM",
        "ADJ",
        "SYM",
    ):
        head = token.head
        if head.pos_ == "NUM" and head.dep_ == "nummod" and head.head.i > head.i:
            head = head.head  # "six of 28 samples"
        if head.i > token.i or head.pos_ == "SYM":
            return head
    return token
