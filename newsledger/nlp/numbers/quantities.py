"""Numbers that count people, harm, distance, money and shares: value, comparator, who is counted,
and since when.

Each token becomes one letter (digits, number word, multiplier, "dozens" …), one compiled grammar
finds the numbers, and the parse around a number says what it counts.
"""

import re
from dataclasses import replace
from functools import cache

from newsledger.lexicon.words import read_lexicon
from newsledger.model.enums import EntityLabel, QuantityKind
from newsledger.model.records import LocationMention, Quantity, Sentence, TimeMention
from newsledger.nlp.numbers.context import Context, find_place, find_scope
from newsledger.nlp.numbers.currencies import is_weight, read_currency
from newsledger.nlp.numbers.excluded import (
    MEASURES,
    NAME_LABELS,
    TIME_UNITS,
    WEIGHTS,
    find_noun,
    is_excluded,
)
from newsledger.nlp.numbers.kinds import (
    HARM,
    KINDS,
    find_kind,
    has_tally,
    is_bare_toll,
    kind_of_toll,
    load_kinds,
    load_state_words,
)
from newsledger.nlp.numbers.lengths import is_in_metres_or_money, read_metres
from newsledger.nlp.numbers.values import (
    GLUE,
    GLUED,
    GRAMMAR,
    Number,
    is_countable,
    load_words,
    parse_count,
    read_letters,
    read_mark,
    read_number,
)
from newsledger.nlp.parse.parsed import ParsedText, Word

ORIGIN = "quantities/1"

_MEASURED = frozenset({QuantityKind.DISTANCE, QuantityKind.MONEY})
_SHARES = re.compile(r"[J-][dnt]p")
_SPEEDS = frozenset({"kmh", "km/h", "kph", "mph"})
_HIRING = frozenset({"hire", "employ", "recruit", "train", "retrain"})
_YEARS = (1900, 2100)  # a bare number between them is a year
MIN_ALONE = 2  # of a number as subject: "two were forged"
MIN_BARE = 100  # of a number that counts without a noun: "built 2,500"
_ONE = frozenset({"a", "an", "another"})
_HARMED = frozenset({"nsubj", "nsubjpass", "dobj"})
_GROUPS = frozenset(
    {"family", "household", "crew", "troop", "staff", "personnel", "people"}
)  # one of them is several people
_COMPARATOR_WORDS = 4  # longest phrase of seeds/comparators.csv
_NOUN_DISTANCE = 5  # tokens between a number and its noun that still print as one


@cache
def _comparators() -> dict[str, str]:
    return {
        row["phrase"]: row["comparator"]
        for row in read_lexicon("comparators.csv", ("phrase", "comparator"))
    }


def find_quantities(
    doc: "ParsedText",
    sentences: tuple[Sentence, ...],
    times: tuple[TimeMention, ...],
    places: tuple[LocationMention, ...] = (),
    home: str | None = None,
) -> tuple[Quantity, ...]:
    """Find the numbers of a parsed document that count or measure something, in reading order;
    dates, ages and names are left out. `home` is the country whose money a bare "$" is."""
    words = [token.lower_ for token in doc]
    letters = read_letters(words)
    context = Context(doc, sentences, times, places, home)
    found: list[Quantity] = []
    done = 0
    while match := GRAMMAR.search(letters, done):
        number = read_number(match, words)
        done = number.last if number is not None else match.end()
        if number is None or not is_countable(number) or is_excluded(doc, number, context):
            continue
        context.last = next(
            (quantity for quantity in reversed(found) if quantity.kind in KINDS), None
        )
        quantity, last = _measure(doc, words, letters, number, context)
        done = max(done, last)
        if quantity is not None and (quantity.kind in _MEASURED or quantity.unit in _SPEEDS):
            while done < len(doc) and doc[done].idx < quantity.end:
                done += 1
            done = _skip_conversion(letters, words, done)
        if quantity is not None:
            found.append(quantity)
    found += _find_singles(doc, context)
    return tuple(sorted(found, key=lambda quantity: quantity.start))


def _find_singles(doc: "ParsedText", context: "Context") -> list[Quantity]:
    """Find the people counted by an article: "a soldier was killed", "killed another guard"; only
    where harm is told of them."""
    found = []
    for token in doc:
        noun = token.head
        is_one = (
            token.lower_ in _ONE
            and token.dep_ == "det"
            and noun.tag_ == "NN"
            and noun.dep_ in _HARMED
            and noun.i > token.i
        )
        if (
            not is_one
            or ("person", noun.lemma_.lower()) not in load_kinds()
            or noun.lemma_.lower() in _GROUPS
        ):
            continue
        kind = find_kind(noun, noun, "", is_number_alone=False)
        if kind in HARM:
            others = _joined_people(noun)
            value = 1.0 + len(others)
            last = others[-1] if others else noun
            number = Number(token.i, token.i + 1, "number", value, value, "exact")
            population = None if others else _population(doc, number, noun)
            found.append(_make(doc, number, last.i + 1, kind, "person", context, population))
    return found


def _joined_people(noun: "Word") -> list["Word"]:
    """List the people joined to one by "and": "a woman and a man were held" are two."""
    return [
        other
        for other in noun.conjuncts
        if other.i > noun.i
        and ("person", other.lemma_.lower()) in load_kinds()
        and any(child.lower_ in _ONE and child.dep_ == "det" for child in other.lefts)
    ]


def _counted(noun: "Word", number: Number) -> "Word":
    """Follow "dozens of fighters" and "12 of the dead" to those counted."""
    if number.first <= noun.i < number.last:
        for child in noun.children:
            if child.lower_ == "of" and child.i >= number.last:
                return next((word for word in child.children if word.dep_ == "pobj"), noun)
    return noun


def _measure(
    doc: "ParsedText", words: list[str], letters: str, number: Number, context: Context
) -> tuple[Quantity | None, int]:
    """Make the quantity of a number, and tell the token after all that it covers."""
    after = letters[number.last] if number.last < len(letters) else "|"
    if glued := GLUE.match(words[number.first]):
        code = GLUED[glued["mark"].lower()]
        return _make(doc, number, number.last, QuantityKind.MONEY, code, context), number.last
    if after == "-" and doc[number.last + 1].lemma_.lower() in WEIGHTS:
        unit = doc[number.last + 1].lemma_.lower()
        return _make(
            doc, number, number.last + 2, QuantityKind.OTHER, unit, context
        ), number.last + 2
    if after == "-" and doc[number.last + 1].lower_ in MEASURES:
        is_area = doc[number.last + 1].lower_ != "degree"
        last = number.last + 2 + (is_area and letters[number.last + 2 : number.last + 3] == "k")
        return _make(
            doc, number, last, QuantityKind.OTHER, doc[last - 1].lemma_.lower(), context
        ), last
    at = number.last + (after == "-" and letters[number.last + 1 : number.last + 2] in {"k", "p"})
    entry = (
        load_words().get(doc[at].lemma_.lower(), load_words().get(words[at], ("", "")))
        if at < len(doc)
        else ("", "")
    )
    if letters[number.first] == "c":
        code = read_mark(words, number.first)
        return _make(doc, number, number.last, QuantityKind.MONEY, code, context), number.last
    if entry[0] == "currency":
        if is_weight(list(doc[number.first : at + 1]), doc[at], context.home):
            return _make(doc, number, at + 1, QuantityKind.OTHER, "pound", context), at + 1
        return _make(doc, number, at + 1, QuantityKind.MONEY, entry[1], context), at + 1
    if entry[0] == "percent" or words[number.last : number.last + 2] == ["per", "cent"]:
        last = at + 1 if entry[0] == "percent" else number.last + 2
        upper = parse_count(words[last + 1 : last + 2]) if _SHARES.match(letters, last) else None
        if upper is not None and upper > (number.high or 0):  # "50 percent to 90 percent"
            number = replace(number, high=float(upper), rule="range", comparator="between")
            last += 3
        return _make(doc, number, last, QuantityKind.PERCENT, "percent", context), last
    if entry[0] == "distance":
        last = _skip_conversion(letters, words, at + 1)
        return _make(doc, number, last, QuantityKind.DISTANCE, entry[1], context), last
    if number.rule == "fraction":
        return _make(doc, number, number.last, QuantityKind.PERCENT, "share", context), number.last
    return _count_things(doc, number, context), number.last


def _skip_conversion(letters: str, words: list[str], at: int) -> int:
    """Step over the same amount in other units: "5 kilometers (3 miles)", "10 euros ($12)"."""
    if at < len(words) and words[at] == "(":
        for close in range(at + 1, min(at + 8, len(words))):
            if words[close] == ")":
                inside = letters[at:close]
                is_sum = re.search("[dnt]", inside) and re.search("[kcu]", inside)
                is_speed = bool(_SPEEDS & set(words[at:close]))
                return close + 1 if is_sum or is_speed else at
    return at


def _count_things(doc: "ParsedText", number: Number, context: Context) -> Quantity | None:
    noun = find_noun(doc[number.last - 1], number)
    counted = _counted(noun, number)
    is_number_alone = number.first <= counted.i < number.last
    kind = find_kind(
        noun, counted, doc[number.last].lower_ if number.last < len(doc) else "", is_number_alone
    )
    measure = load_words().get(counted.lemma_.lower(), ("", ""))
    if measure[0] in ("currency", "distance"):  # "millions of dollars", "hundreds of miles"
        return _make(
            doc,
            number,
            counted.i + 1,
            QuantityKind.MONEY if measure[0] == "currency" else QuantityKind.DISTANCE,
            measure[1],
            context,
        )
    if is_in_metres_or_money(doc, number, counted):
        if (metres := read_metres(doc, number, counted)) is None:
            return None
        return _make(doc, metres, number.last, QuantityKind.DISTANCE, "m", context)
    if kind not in HARM and (carried := _carried_kind(noun, counted, is_number_alone, context)):
        kind = carried
    if doc[number.first].lower_ == "both" and kind not in HARM:
        return None  # "both sides" counts nothing that a reader asks for
    is_thing = (
        counted.pos_ in ("NOUN", "PROPN")
        and (counted.ent_type_ not in NAME_LABELS or _is_countable_name(counted))
        and (number.high or number.low or 0) != 1
    )
    if kind == QuantityKind.OTHER and is_number_alone:
        return _count_alone(doc, number, counted, context)
    if kind == QuantityKind.OTHER and counted.ent_type_ == EntityLabel.NORP and is_thing:
        kind = QuantityKind.PEOPLE
    if kind == QuantityKind.OTHER and not is_thing and counted.lower_ not in ("them", "whom"):
        return None
    if kind == QuantityKind.OTHER and counted.lower_ in ("them", "whom"):
        kind = QuantityKind.PEOPLE
    near = counted.i >= number.last and counted.i - number.last < _NOUN_DISTANCE
    last = counted.i + 1 if near else number.last
    unit = "person" if kind in KINDS else counted.lemma_.lower()
    population = None
    if near and kind in KINDS and ("noun", counted.lemma_.lower()) not in load_kinds():
        population = _population(doc, number, counted)
    return _make(doc, number, last, kind, unit, context, population)


def _is_countable_name(noun: "Word") -> bool:
    """Tell "ten minutes", "three million Peruvians" and "two Su-24 jets" from names."""
    if noun.ent_type_ == EntityLabel.NORP:
        return noun.tag_ in ("NNS", "NNPS")
    is_time = noun.ent_type_ == "TIME" and noun.lemma_.lower() in TIME_UNITS
    return is_time or (noun.ent_type_ == "PRODUCT" and noun.tag_ == "NNS")


def _count_alone(
    doc: "ParsedText", number: Number, word: "Word", context: Context
) -> Quantity | None:
    """Make the quantity of a number without a noun: "we hired 500", "two were forged", "the number
    fell to 60"; of people where people were counted in the sentence before it."""
    value = number.low or 0
    if doc[number.first].lower_ in ("twice", "thrice"):
        return _make(doc, number, number.last, QuantityKind.OTHER, "time", context)
    is_year = _YEARS[0] <= value <= _YEARS[1] and "," not in doc[number.first].text
    verb = word.head.head if word.dep_ == "pobj" else word.head
    verb = verb.head if verb.lower_ == "from" else verb  # "from 12 to 15"
    is_subject = word.dep_ in {"nsubj", "nsubjpass"} and verb.pos_ in {"VERB", "AUX"}
    is_told = is_subject or (word.dep_ == "dobj" and verb.pos_ == "VERB" and value >= MIN_BARE)
    is_told = is_told or (word.dep_ in {"pobj", "attr", "acomp"} and has_tally(verb))
    if not is_told or is_year or value < MIN_ALONE:
        return None
    sentence = context.sentence_at(word.idx)
    is_of_people = (
        context.last is not None
        and sentence is not None
        and (sentence.start <= context.last.start and is_subject)
    )
    is_staff = verb.lemma_.lower() in _HIRING and word.dep_ != "nsubj"
    kind = (
        QuantityKind.PEOPLE
        if is_staff or is_of_people
        else (has_tally(verb) and kind_of_toll(verb)) or QuantityKind.OTHER
    )
    return _make(doc, number, number.last, kind, "person" if kind in KINDS else None, context)


def _carried_kind(
    noun: "Word", counted: "Word", is_number_alone: bool, context: Context
) -> QuantityKind | None:
    """Take over the kind of those counted last: "400 were hurt, 30 of them critically", "they put
    the number at 1,500"."""
    last = context.last
    if last is None:
        return None
    sentence = context.sentence_at(noun.idx)
    is_same = sentence is not None and sentence.start <= last.start
    if counted.lower_ in ("them", "whom") and is_same:
        return last.kind
    return last.kind if is_number_alone and is_bare_toll(noun) else None


def _population(doc: "ParsedText", number: Number, counted: "Word") -> str | None:
    """Print who is counted, without "of" and "the"; plain people have no population."""
    kept = [
        token
        for token in doc[number.last : counted.i + 1]
        if token.lower_ not in ("of", "the", "other", "more")
        and not token.is_punct
        and token.pos_ not in ("PRON", "NUM")
    ]
    words = [
        token.lower_ if token.pos_ != "PROPN" else token.text
        for token in kept
        if token.lower_ not in load_state_words()
    ]
    return " ".join(words) if words and words not in (["people"], ["person"], ["others"]) else None


def _find_comparator(doc: "ParsedText", first: int) -> tuple[int, str | None]:
    """Find the phrase before a number that compares it, and the token it begins at."""
    words = [token.lower_ for token in doc[max(first - _COMPARATOR_WORDS, 0) : first]]
    for at in range(len(words)):
        found = _comparators().get(" ".join(words[at:]))
        if found:
            return first - (len(words) - at), found
    return first, None


_BOUNDS = {
    "at_least": (True, False),
    "more_than": (True, False),
    "up_to": (False, True),
    "fewer_than": (False, True),
}


def _make(
    doc: "ParsedText",
    number: Number,
    last: int,
    kind: QuantityKind,
    unit: str | None,
    context: Context,
    population: str | None = None,
) -> Quantity:
    first, comparator = _find_comparator(doc, number.first)
    if number.rule == "range" and doc[max(number.first - 1, 0)].lower_ in ("between", "from"):
        first = number.first - 1
    keeps_low, keeps_high = _BOUNDS.get(comparator or "", (True, True))
    low, high = number.low, number.high
    if comparator and number.comparator not in ("exact", "between"):
        keeps_low = keeps_high = True  # "about dozens": the range says more
    start, end = doc[first].idx, doc[last - 1].idx + len(doc[last - 1])
    if context.text[end - 1] == "." and doc[last - 1].lower_ in load_words():
        end -= 1  # "€300m." closes the sentence
    sentence = context.sentence_at(start)
    scope, since = find_scope(sentence, context) if kind in HARM and sentence else (None, None)
    is_assumed = False
    if kind == QuantityKind.MONEY and unit:
        unit, is_assumed = read_currency(list(doc[first:last]), unit, context.home)
    return Quantity(
        start=start,
        end=end,
        text=context.text[start:end],
        kind=kind,
        low=low if keeps_low else None,
        high=high if keeps_high else None,
        comparator=comparator
        if comparator and number.comparator in ("exact", "between")
        else number.comparator,
        unit=unit,
        is_unit_assumed=is_assumed,
        population=population,
        scope=scope,
        scope_start_date=since,
        place=find_place(sentence, start, end, context) if kind in KINDS and sentence else None,
    )
