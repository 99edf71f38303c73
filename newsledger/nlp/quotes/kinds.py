"""What a quotation is: speech, scare quotes, a title or a nickname."""

import re

from newsledger.model.enums import QuotationKind
from newsledger.nlp.quotes.forms import WORD, find_last_word, speech_forms
from newsledger.nlp.quotes.pairs import Pair

MIN_SPEECH_WORDS = (
    4  # shorter ones are speech only where a speaker or a sentence of their own says so
)
MAX_TITLE_WORDS = 8
MAX_NICKNAME_WORDS = 3
_TITLE_CUE = re.compile(
    r"(?<!-)\b(?:titled|entitled|called|named|dubbed|book|film|movie|novel|song|album"
    r"|show|series|play|poem|essay|painting|memoir|documentary|podcast"
    r"|programme|sitcom|hashtag|headline)(?: of| is| was)?,? $",
    re.IGNORECASE,
)
_NICKNAME_CUE = re.compile(r"\b(?:nicknamed|alias|known as|a\.k\.a\.|aka),? $", re.IGNORECASE)
_NAMED_LAST = re.compile(r" ?\w[^,]{3,80}, [A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*)+, (?P<verb>[a-z]+)\b")
_SHORT = re.compile(
    r"\b(Mr|Mrs|Ms|Dr|Gov|Sen|Rep|Gen|Col|Lt|Sgt|Capt|Maj|Prof|Rev|St|[A-Z])\.(?= [A-Z])"
)  # "Mrs. Tal said", "J. Lund said"
MAX_TAG_WORDS = 4  # of a tag, a long name and its title counting once
_APART = re.compile(r"^( ?[A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*)*), [^,]{3,60},")
_DETERMINERS = frozenset(
    "the a an this that these those his her its their our my so-called called".split()
)
_OWNED = re.compile(r"[sS] ?[’'] ?\Z")  # "CBS’ “Face the Nation.”"
_SMALL_WORDS = frozenset("a an and at by for from in of on or the to with".split())  # of a title
SIGNS = ".,!?…—–-"  # with which quoted words may end


def find_kind(text: str, pair: Pair, beside: str | None) -> QuotationKind:
    """Tell speech from scare quotes, titles and nicknames; `beside` is the kind of a quotation that
    this one is listed with."""
    inner = text[pair.start + 1 : pair.end - pair.is_closed].strip()
    words = WORD.findall(inner)
    before, after = (
        text[max(0, pair.start - 40) : pair.start].split("\n")[-1],
        text[pair.end : pair.end + 60].split("\n")[0],
    )
    if _is_nickname(inner, words, before, after):
        return QuotationKind.NICKNAME
    is_tagged = has_tag(after)
    is_introduced = find_last_word(before) in speech_forms() or before.rstrip()[-1:] == ":"
    if not is_tagged and _is_title(inner, words, before, beside, is_introduced):
        return QuotationKind.TITLE
    if len(words) >= MIN_SPEECH_WORDS:
        return QuotationKind.SPEECH
    is_free = not before.strip() or before.rstrip()[-1:] in set('.!?”"’—–') or is_introduced
    if words and is_tagged and inner[-1:] in SIGNS and find_last_word(before) not in _DETERMINERS:
        return QuotationKind.SPEECH
    if not words or not is_free:
        return QuotationKind.SCARE
    return (
        QuotationKind.SPEECH
        if inner[-1:] in SIGNS or before.rstrip()[-1:] == ":" or (is_tagged and not before.strip())
        else QuotationKind.SCARE
    )


def has_tag(after: str) -> bool:
    """Tell whether a tag begins: "said Ana", "the mayor said", "Ana Lund, a baker, said"."""
    plain = _SHORT.sub(r"\1", after)
    head = _APART.sub(r"\1", re.split(r"[.;:“”\"]", plain, maxsplit=1)[0])
    words = WORD.findall(head)
    named = _NAMED_LAST.match(head)  # "lead author at the clinic, Ana Lund, said"
    if named is not None and named["verb"] in speech_forms():
        return True
    while len(words) > MAX_TAG_WORDS and words[0][:1].isupper() and words[1][:1].isupper():
        del words[0]  # "Larne Mayor Ada Marie Lund said"
    return any(word in speech_forms() for word in words[:MAX_TAG_WORDS])


def _is_nickname(inner: str, words: list[str], before: str, after: str) -> bool:
    if not words or len(words) > MAX_NICKNAME_WORDS:
        return False
    if _NICKNAME_CUE.search(before):
        return True
    is_name = inner[:1].isupper() or (inner[:4] == "the " and len(words) > 1)
    return (
        is_name
        and inner[-1:].isalpha()
        and bool(re.search(r"[A-Z]\w+\.? $", before))
        and bool(re.match(r" [A-Z]\w+", after))
    )


def _is_title(
    inner: str, words: list[str], before: str, beside: str | None, is_introduced: bool
) -> bool:
    if not words or inner.isupper():
        return False
    told = [word for word in words if word not in _SMALL_WORDS]
    capitals = sum(word[:1].isupper() for word in words)
    is_capital = 1 < len(words) <= MAX_TITLE_WORDS and capitals >= 0.75 * len(told) and capitals > 1
    if _TITLE_CUE.search(before):
        return is_capital or inner[-1:] not in set(SIGNS)
    if inner[-1:] not in set(SIGNS):
        return is_capital
    if beside == "title":
        return is_capital
    is_comma = inner[-1:] in ",."
    return (
        is_capital
        and is_comma
        and bool(before.strip())
        and (before.rstrip()[-1:] not in set(',:.!?”"’') or _OWNED.search(before) is not None)
    )
