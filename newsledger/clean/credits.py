"""Bylines, datelines, agency credits and contributors, as they are printed."""

import re
from functools import cache, lru_cache

from newsledger.lexicon.bylines import load_byline_words
from newsledger.lexicon.cities import is_city
from newsledger.lexicon.first_names import load_first_names
from newsledger.lexicon.outlets import find_agency, find_outlet
from newsledger.lexicon.time_words import english_months

GENERATIONS = frozenset({"jr", "sr", "ii", "iii", "iv"})
_DOTTED = ("Jr.", "Sr.")
MAX_BYLINE = 140
MAX_NAME_WORDS, MAX_JOB_WORDS = 5, 6
MAX_LINE_WORDS = 12  # of a line of names alone that ends as a sentence does
MAX_INITIALS = 2  # letters: "JP" of "JP MORGAN"
_CAPITALS = re.compile(r"[^\W\d_]+")
_VOWEL = re.compile(r"[AEIOUYÀ-Þ]")
_NUMERALS = frozenset({"II", "III", "IV"})
_PLACE_BEFORE = frozenset(
    "port new fort san santa saint st st. mount cape lake el north south east west upper "
    "lower".split()
)
_PARTICLES = frozenset(
    "de del della der den van von bin ibn bint al el la le da das dos do du ter ten zu "
    "af av y e".split()
)
_AGE = re.compile(
    r" ?(?<!\d)\d{1,6} (?:seconds?|minutes?|mins?|hours?|days?|weeks?|months?)(?: ago)?$",
    re.IGNORECASE,
)
_AND = re.compile(r"\s*(?:;|/|,? (?:and|AND|und|et|y|e|en|och|dan) |,? & |, )\s*")
_SEGMENT = re.compile(r"\s*(?:\||•|·|\t|\s[-–—]\s)\s*")
_MONTH = f"(?:{english_months()})"
_DAY = re.compile(
    rf"[\s,]*(?:\b(?:{_MONTH}\b\.? ?\d|\d|(?:mon|tues|wednes|thurs|fri|satur|sun)day\b)).*$",
    re.IGNORECASE,
)
_ANY_DAY = re.compile(
    r"\d|[dD][aA][yY]|Published|Updated|Posted"
)  # without one of them there is no day to cut off
_GLUED_DAY = re.compile(
    rf"(?<=[a-zß-ÿ])(?:(?:{english_months().title()})[a-z]*\.? \d"
    r"|Published|Updated|Posted|\d).*$"
)
_INNER_BY = re.compile(
    r"(?:\d{4}|[ap]m|[A-Z]{2,4}|\||[/·•])\s+(?:by|By|BY):? (?=[^\W\d_a-zß-ÿ])"
    r"|^\|?\s*(?:by|BY):? (?=[^\W\d_a-zß-ÿ])"
)
_LEADING_DAY = re.compile(
    rf"^(?:\w+day,? )?(?:{_MONTH}\.? \d{{1,2}},? \d{{4}}|\d{{1,2}} {_MONTH}\.? \d{{4}}"
    rf"|\d{{4}}-\d\d-\d\d(?: [\d:]+)?)[ ,|/-]+",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"\s+(?:@\w|\S+@\S).*$")
_INNER_CAPITAL = re.compile(r"[^\W\d_a-zß-ÿ]?[a-zß-ÿ]+[A-ZÀ-Þ]")
_INNER_ALLOWED = re.compile(r"(?:Mc|Mac|O['’]|D['’]|L['’]|Fitz|De|La|Le|Van|Di|Da|Du)[A-ZÀ-Þ]")
_BRACKETS = re.compile(
    r"\s*\((?:[a-z][a-z ]{2,22}|AP|AFP|Reuters|PA)\)"
)  # "Ana Silva (now) and Jon Roe (earlier)"
_WORD = re.compile(r"[^\W\d_](?:[\w’'.-]*\w)?\.?")
_PLACE = re.compile(
    r" (?:in|at|from) (?:the )?[A-Z][\w’'.-]*(?:[ ,]+(?:[A-Z][\w’'.-]*|al-\w+|de"
    r"|of))*?(?=,? and |[,;.]|$)"
)
_NAME = (
    r"[^\W\d_a-zß-ÿ][\w’'.-]*(?: (?:(?:de|del|della|van|von|der|den|bin|ibn|al|el|la|le"
    r"|da|dos|du|ter)\b|[^\W\d_a-zß-ÿ][\w’'.-]*)){1,4}"
)
_CREDIT = re.compile(
    r"(?P<kind>additional reporting|reporting|writing|words|text|editing|compiled|with "
    r"(?:additional )?(?:reporting|inputs?|files)) (?:by|from) "
    r"(?P<names>.+?)(?=[,;.(]? ?(?:additional reporting|reporting|writing|editing"
    r"|compiled) (?:by|from)|;|$)",
    re.IGNORECASE,
)
_CONTRIBUTED = re.compile(
    r"^\W*(?P<names>.+?),? (?:also )?contribut(?:ed|es|ing) (?:to|reporting)", re.IGNORECASE
)
_WRITERS = re.compile(
    r"^.*?\b(?:writers?|journalists?|reporters?|correspondents?|staff(?: writers?)?"
    r"|editors?|producers?|researchers?)[:,]? (?=[^\W\d_a-zß-ÿ])"
)
_OWNER = re.compile(r"^[^,]*?[’']s? (?=[A-ZÀ-Þ])")
_BIOGRAPHY = re.compile(
    rf"^(?P<name>{_NAME}) (?:is|was|has been|covers|reports|writes|joined|has covered|has written"
    rf"|works|leads|edits) (?P<rest>.+)"
)


def cut_age(line: str) -> str:
    """Cut how long ago an article came out off a line: `Ana Silva2 minutes ago`."""
    return _AGE.sub("", line.strip())


def find_authors(line: str, *, needs_by: bool = False) -> list[str]:
    """Read the names of a byline; a line of names alone counts unless `needs_by`.

    Jobs, outlets, places and days after the names are left out: `By Ana Silva, Chief Reporter, in
    Cairo | 4 May`. An agency is an author where it stands alone or beside a person: `Ana Silva and
    AP`.
    """
    return list(_read_authors(line, needs_by)) if len(line) < 2 * MAX_BYLINE else []


@lru_cache(maxsize=4096)
def _read_authors(line: str, needs_by: bool) -> tuple[str, ...]:
    text = " ".join(line.split()).lstrip("*+•·-– ")
    if not text or len(text) > MAX_BYLINE:
        return ()
    has_by, rest = _cut_before(text)
    if not has_by and "by" in text.lower() and (inner := _INNER_BY.search(text)):
        has_by, rest = True, text[inner.end() :]
    if not has_by and (
        needs_by or (text.endswith((".", "”", '"')) and text.count(" ") > MAX_LINE_WORDS)
    ):
        return ()  # "PORT ALDER — A man was charged …" is no name
    has_day = _ANY_DAY.search(rest) is not None
    rest = _LEADING_DAY.sub("", rest) if has_day and not has_by else rest
    rest = _ADDRESS.sub("", rest) if "@" in rest else rest
    rest = _SEGMENT.split(_GLUED_DAY.sub("", rest) if has_day else rest, maxsplit=1)[0]
    rest = _BRACKETS.sub("", _DAY.sub("", _AGE.sub("", rest.rstrip())) if has_day else rest).strip(
        " ,:;"
    )
    if not rest or (not has_by and rest.endswith((".", "!", "?")) and not rest[-3:-1].isupper()):
        return ()
    return tuple(_names_of(rest, has_by))


@cache
def _openings() -> frozenset[str]:
    return frozenset(words.split()[0] for words in load_byline_words()["before"])


def _cut_before(text: str) -> tuple[bool, str]:
    """Cut "By", "Words:", "Von" off the beginning. Returns whether there was one, and the rest."""
    low = text.lower()
    if low.split(" ", 1)[0].rstrip(":") not in _openings():
        return False, text
    for words in range(4, 0, -1):
        head = low.split(" ", words)
        if len(head) <= words and not (len(head) == words and low.endswith(":")):
            continue
        before = " ".join(head[:words])
        rest = text[len(before) :].lstrip(": ")
        if before.rstrip(":") in load_byline_words()["before"] and (
            before.endswith((":", "by")) or _is_foreign_by(before, text)
        ):
            return True, rest
    return False, text


def _is_foreign_by(before: str, text: str) -> bool:
    """Whether a one-word "by" of another language stands before capitals: "Von Ana Silva", not
    "from the harbour"."""
    return (
        " " not in before
        and before in {"von", "par", "por", "di", "de", "door", "oleh", "av"}
        and text[:1].isupper()
    )


def _names_of(text: str, has_by: bool) -> list[str]:
    names: list[str] = []
    parts = [part for part in _AND.split(text) if part.strip()]
    uses = load_byline_words()
    for number, part in enumerate(parts):
        words = part.lower().split()
        if (
            number
            and has_by
            and f", {part}" in text
            and (words[0] in _PLACE_BEFORE or is_city(part))
        ):
            continue  # "By Ana Silva, Port Alder"
        if number and names and len(words) == 1 and words[0].strip(".") in GENERATIONS:
            names[-1] = f"{names[-1]}, {part}"  # "Tom Ellis, Jr."
            continue
        if number and (
            words[0] in uses["desk"] | uses["job"]
            or part.lower() in uses["agencies"]
            or (words[-1].strip(".") in uses["job"] and f", {part}" in text)
        ):
            # "By Ana Silva, Chief Reporter, and Jon Roe", "By Ana Silva, Courier Security Writer"
            continue
        name = (
            None
            if has_by and number == 0 and _agency_of(part, has_by)
            else _name_of(part.strip(" " if part.endswith(_DOTTED) else " ."), has_by)
        )
        if name is None:
            agency = _agency_of(part, has_by)
            joined = number and re.search(rf"(?:and|&|/) {re.escape(part)}", text)
            if agency and (joined or (number == 0 and (has_by or len(parts) == 1))):
                names.append(agency)
            elif number == 0 or (not has_by and not agency and not _is_job(part)):
                return []
            elif joined and not agency:
                return names if has_by else []
            continue
        names.append(name)
    return list(dict.fromkeys(names))


def _agency_of(part: str, has_by: bool) -> str | None:
    """Find an agency that the whole part names, or the outlet itself after "By": "Associated
    Press", "Euronews with Agencies"."""
    text = re.split(r" with | for | in ", part.strip(" ."), maxsplit=1)[0]
    text = text.removesuffix(" Staff").removesuffix(" staff")
    bare = text.removeprefix("The ").removeprefix("the ")
    if (
        find_agency(bare)
        and len(bare.split()) <= 3
        and (bare.islower() or all(word[:1].isupper() for word in bare.split()))
    ):
        return bare
    if has_by and find_outlet(text):
        return text
    return None


def _is_job(part: str) -> bool:
    return bool(set(part.lower().split()) & load_byline_words()["job"])


def _name_of(part: str, has_by: bool) -> str | None:
    """Read one person's name off the beginning of a part of a byline, without the job after it;
    `None` where there is none."""
    words = part.split()
    uses = load_byline_words()
    has_job = _is_job(part)
    kept: list[str] = []
    for word in words:
        low = word.lower().strip(".,")
        is_over = low in uses["after"] or (
            len(kept) > 1 and has_job and (low in uses["desk"] or low in uses["job"])
        )
        if kept and is_over:
            break
        kept.append(word.strip(","))
    return fold_capitals(" ".join(kept)) if _is_name(kept, has_by) else None


def fold_capitals(name: str) -> str:
    """Write a name that is set in capitals as names are written: `ANA O'BRIEN-MCKAY` → `Ana
    O'Brien-McKay`; initials stay."""
    if (
        not name.isupper()
        or " " not in name
        or max(map(len, name.split())) <= MAX_INITIALS
        or find_agency(name)
    ):
        return name
    words = [
        word.lower() if word.lower() in _PARTICLES else _CAPITALS.sub(_fold_part, word)
        for word in name.split()
    ]
    return " ".join([words[0].capitalize() if words[0].islower() else words[0], *words[1:]])


def _fold_part(found: re.Match[str]) -> str:
    part = found[0]
    if (len(part) <= MAX_INITIALS and not _VOWEL.search(part)) or part in _NUMERALS:
        return part
    if part.startswith("MC") and len(part) > len("MC") + 1:
        return f"Mc{part[2:].capitalize()}"
    return part.capitalize()


def _is_name(words: list[str], has_by: bool) -> bool:
    if not 2 <= len(words) <= MAX_NAME_WORDS:
        return False
    for word in words:
        if word in _PARTICLES:
            continue
        if not word[:1].isupper() or not _WORD.fullmatch(word):
            return False
        if _INNER_CAPITAL.match(word) and not _INNER_ALLOWED.match(word) and "-" not in word:
            return False
    lows = [word.lower().strip(".") for word in words]
    uses = load_byline_words()
    if (
        words[0] in _PARTICLES
        or words[-1] in _PARTICLES
        or lows[-1] in uses["job"]
        or lows[0] in uses["job"]
    ):
        return False
    bad = uses["not_name"]
    if has_by:
        return not {"the", "of", "and", "news", "press", "agencies", "images"} & set(lows)
    if all(word.isupper() for word in words) and lows[0] not in load_first_names():
        return False
    return bad.isdisjoint(part for word in lows for part in (word, *word.split("-")))


def is_likely_person(name: str) -> bool:
    """Whether a name begins with a first name that is common in the press: more than capitals speak
    for it."""
    return name.split()[0].lower().split("-")[0] in load_first_names()


def is_job_line(line: str) -> bool:
    """Whether a short line says what somebody is: "Political Correspondent", "Editor At Large"."""
    words = line.lower().replace(",", " ").split()
    return 0 < len(words) <= MAX_JOB_WORDS and not load_byline_words()["job"].isdisjoint(words)


def find_contributors(line: str) -> list[str]:
    """Read the names of a contributors' line: `Associated Press writer Ana Silva contributed to
    this report`. Editors are none."""
    text = " ".join(line.split()).strip("_*( )")
    names: list[str] = []
    for found in _CREDIT.finditer(text):
        if not found["kind"].lower().startswith(("editing", "compiled")):
            names += _listed(found["names"])
    if not names and (credited := _CONTRIBUTED.search(text)):
        names = _listed(_WRITERS.sub("", credited["names"]))
    return list(dict.fromkeys(names))


def find_reporters(line: str) -> list[str]:
    """Read the names after the first "Reporting by" of a credit: the authors, where no byline names
    them."""
    if "reporting" not in line.lower():
        return []
    found = next(
        (
            found
            for found in _CREDIT.finditer(" ".join(line.split()).strip("_*( )"))
            if found["kind"].lower() == "reporting"
        ),
        None,
    )
    return _listed(found["names"]) if found else []


def _listed(text: str) -> list[str]:
    text = _OWNER.sub("", _PLACE.sub("", text.strip(" .()")))
    names = (part.strip(" .,()") for part in _AND.split(text))
    return [
        fold_capitals(name)
        for name in names
        if _is_name(name.split(), True) and not find_agency(name)
    ]


def find_biography(line: str) -> str | None:
    """Find the journalist that a line is about: `Ana Silva is a politics reporter for The Pier
    Post.`"""
    found = _BIOGRAPHY.match(line.strip())
    if not found or not _is_name(found["name"].split(), False):
        return None
    words = set(re.findall(r"[\w-]+", found["rest"][:90].lower()))
    return (
        found["name"]
        if words & load_byline_words()["job"]
        or line.split(found["name"])[1].startswith((" covers ", " reports "))
        else None
    )
