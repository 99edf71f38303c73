"""What changed between two versions of an article, or what a copy left out: fields, paragraphs,
sentences, claims."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from newsledger.model.records import Article, Claim

MIN_SAME_PARAGRAPH = (
    55.0  # rapidfuzz ratio from which a paragraph counts as rewritten and not as another one
)
MIN_SAME_SENTENCE = 60.0
MIN_SAME_CLAIM = 75.0
# the same speaker with another figure: "two people were killed" → "one person was killed" gives 69
MIN_SAME_SPEAKERS_CLAIM = 55.0
MAX_PAIRS = 250_000  # comparisons of unlike paragraphs; beyond, what is not the same is another one
FIELDS = (
    "headline",
    "standfirst",
    "authors",
    "contributors",
    "agency_name",
    "dateline",
    "published_at",
    "modified_at",
    "correction",
)
_SENTENCE_END = re.compile(r"(?<=[.!?…])[\"”’')\]]*\s+(?=[\"“‘'(\[]*[A-Z0-9])")


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """A claim as far as a comparison needs it. `start` is a code point of the body, None for a
    claim without a place."""

    text: str
    speaker: str
    start: int | None = None


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field of the article that is not the same."""

    name: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Change:
    """A paragraph or sentence that was dropped, added, changed or moved. Numbers count from 1; the
    side without it has None."""

    kind: str
    old_no: int | None
    new_no: int | None
    old_text: str
    new_text: str
    sentences: tuple["Change", ...] = ()


@dataclass(frozen=True, slots=True)
class ClaimChange:
    """A claim that was dropped, added or changed, with the number of the paragraph it stands in."""

    kind: str
    old: ClaimLine | None
    new: ClaimLine | None
    old_paragraph_no: int | None
    new_paragraph_no: int | None


@dataclass(frozen=True, slots=True)
class ArticleDiff:
    """All that differs."""

    fields: tuple[FieldChange, ...] = ()
    paragraphs: tuple[Change, ...] = ()
    claims: tuple[ClaimChange, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.fields or self.paragraphs or self.claims)


def diff_articles(
    old: Article,
    new: Article,
    old_claims: Sequence[Claim | ClaimLine] = (),
    new_claims: Sequence[Claim | ClaimLine] = (),
) -> ArticleDiff:
    """Compare two articles: fields, then paragraphs, then the sentences of changed paragraphs, then
    claims."""
    before, after = _claim_lines(old_claims), _claim_lines(new_claims)
    return ArticleDiff(
        _diff_fields(old, new),
        diff_texts(old.body, new.body),
        _diff_claims(old.body, new.body, before, after),
    )


def diff_texts(old: str, new: str) -> tuple[Change, ...]:
    """Compare two bodies by paragraphs, changed ones by sentences; in the order of the new text,
    dropped ones where they stood."""
    return _diff_units(_paragraphs(old), _paragraphs(new), MIN_SAME_PARAGRAPH, is_sentence=False)


def _paragraphs(body: str) -> list[str]:
    return [text for text in (part.strip() for part in re.split(r"\n\s*\n", body)) if text]


def _sentences(paragraph: str) -> list[str]:
    return [text for text in (part.strip() for part in _SENTENCE_END.split(paragraph)) if text]


def _diff_units(
    old: list[str], new: list[str], min_ratio: float, *, is_sentence: bool
) -> tuple[Change, ...]:
    pairs = _match_same(old, new)
    moved = _moved(pairs)
    pairs |= _match_near(old, new, pairs, min_ratio)
    changes: list[tuple[float, Change]] = []
    for old_no, new_no in pairs.items():
        if old[old_no] != new[new_no]:
            inner = () if is_sentence else _diff_sentences(old[old_no], new[new_no])
            if not inner and _fold(old[old_no]) == _fold(new[new_no]):
                continue
            changes.append(
                (new_no, Change("changed", old_no + 1, new_no + 1, old[old_no], new[new_no], inner))
            )
        elif old_no in moved:
            changes.append(
                (new_no, Change("moved", old_no + 1, new_no + 1, old[old_no], new[new_no]))
            )
    taken = set(pairs.values())
    changes += [
        (no, Change("added", None, no + 1, "", text))
        for no, text in enumerate(new)
        if no not in taken
    ]
    place = -0.5
    for no, text in enumerate(old):
        if no in pairs:
            place = pairs[no] + 0.5
        else:
            changes.append((place, Change("dropped", no + 1, None, text, "")))
    return tuple(
        change for _, change in sorted(changes, key=lambda pair: (pair[0], pair[1].old_no or 0))
    )


def _diff_sentences(old: str, new: str) -> tuple[Change, ...]:
    return _diff_units(_sentences(old), _sentences(new), MIN_SAME_SENTENCE, is_sentence=True)


def _fold(text: str) -> str:
    return " ".join(text.translate(_STRAIGHT).split()).casefold()


_STRAIGHT = str.maketrans("“”‘’–—\u00a0", "\"\"''-- ")


def _match_same(old: list[str], new: list[str]) -> dict[int, int]:
    """Match units with the same words, in their order of appearance."""
    places: dict[str, list[int]] = {}
    for no, text in reversed(list(enumerate(new))):
        places.setdefault(_fold(text), []).append(no)
    return {no: places[key].pop() for no, text in enumerate(old) if places.get(key := _fold(text))}


def _moved(pairs: dict[int, int]) -> set[int]:
    """Those of the matched units that stand outside the longest run in the same order."""
    import bisect

    order = sorted(pairs)
    tails: list[int] = []
    ends: list[int] = []
    before: dict[int, int | None] = {}
    for old_no in order:
        at = bisect.bisect_left(tails, pairs[old_no])
        before[old_no] = ends[at - 1] if at else None
        tails[at : at + 1] = [pairs[old_no]]
        ends[at : at + 1] = [old_no]
    kept: set[int] = set()
    last = ends[-1] if ends else None
    while last is not None:
        kept.add(last)
        last = before[last]
    return set(order) - kept


def _match_near(
    old: list[str], new: list[str], same: dict[int, int], min_ratio: float
) -> dict[int, int]:
    """Match the rest by likeness, the most alike first."""
    taken = set(same.values())
    left = [no for no in range(len(old)) if no not in same]
    right = [no for no in range(len(new)) if no not in taken]
    if not left or not right or len(left) * len(right) > MAX_PAIRS:
        return {}
    return _match_best(
        [_fold(old[no]) for no in left], [_fold(new[no]) for no in right], left, right, min_ratio
    )


def _match_best(
    old: list[str], new: list[str], left: list[int], right: list[int], min_ratio: float
) -> dict[int, int]:
    from rapidfuzz.fuzz import token_sort_ratio
    from rapidfuzz.process import cdist

    scores = cdist(old, new, scorer=token_sort_ratio, score_cutoff=min_ratio)
    found = sorted(
        (-scores[a, b], abs(a - b), a, b) for a, b in zip(*scores.nonzero(), strict=True)
    )
    pairs: dict[int, int] = {}
    used: set[int] = set()
    for _, _, a, b in found:
        if left[a] not in pairs and right[b] not in used:
            pairs[left[a]] = right[b]
            used.add(right[b])
    return pairs


def _diff_fields(old: Article, new: Article) -> tuple[FieldChange, ...]:
    pairs = ((name, _as_text(getattr(old, name)), _as_text(getattr(new, name))) for name in FIELDS)
    return tuple(
        FieldChange(name, before, after)
        for name, before, after in pairs
        if _fold(before) != _fold(after)
    )


def _as_text(value: object) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    return "" if value is None else str(value)


def _claim_lines(claims: Sequence[Claim | ClaimLine]) -> list[ClaimLine]:
    """Claims in the order of the text, without repeats."""
    lines = [claim if isinstance(claim, ClaimLine) else _claim_line(claim) for claim in claims]
    return sorted(
        dict.fromkeys(lines), key=lambda line: (line.start is None, line.start or 0, line.text)
    )


def _claim_line(claim: Claim) -> ClaimLine:
    spans = claim.attribution.content_spans
    speaker = next((source.surface for source in claim.sources if source.hop == 0), "")
    return ClaimLine(claim.content_text, speaker, spans[0].start if spans else None)


def _diff_claims(
    old_body: str, new_body: str, old: list[ClaimLine], new: list[ClaimLine]
) -> tuple[ClaimChange, ...]:
    old_keys, new_keys = (
        [_fold(f"{line.speaker}: {line.text}") for line in lines] for lines in (old, new)
    )
    same = _match_same(old_keys, new_keys)
    taken = set(same.values())
    left = [no for no in range(len(old)) if no not in same]
    right = [no for no in range(len(new)) if no not in taken]
    near = _match_claims(old, new, left, right)
    old_places, new_places = _paragraph_ends(old_body), _paragraph_ends(new_body)
    changes = [
        ClaimChange(
            "changed",
            old[a],
            new[b],
            _paragraph_no(old[a], old_places),
            _paragraph_no(new[b], new_places),
        )
        for a, b in sorted(near.items(), key=lambda pair: pair[1])
    ]
    changes += [
        ClaimChange("dropped", old[no], None, _paragraph_no(old[no], old_places), None)
        for no in left
        if no not in near
    ]
    used = set(near.values())
    changes += [
        ClaimChange("added", None, new[no], None, _paragraph_no(new[no], new_places))
        for no in right
        if no not in used
    ]
    return tuple(changes)


def _match_claims(
    old: list[ClaimLine], new: list[ClaimLine], left: list[int], right: list[int]
) -> dict[int, int]:
    """Match changed claims: (1) of one speaker, with much the same words; (2) of anybody, with
    nearly the same words."""
    pairs: dict[int, int] = {}
    for speaker in dict.fromkeys(_fold(old[no].speaker) for no in left):
        mine = [no for no in left if _fold(old[no].speaker) == speaker]
        theirs = [no for no in right if _fold(new[no].speaker) == speaker]
        pairs |= _match_claim_texts(
            old, new, mine, theirs, MIN_SAME_SPEAKERS_CLAIM if speaker else MIN_SAME_CLAIM
        )
    used = set(pairs.values())
    rest = _match_claim_texts(
        old,
        new,
        [no for no in left if no not in pairs],
        [no for no in right if no not in used],
        MIN_SAME_CLAIM,
    )
    return pairs | rest


def _match_claim_texts(
    old: list[ClaimLine], new: list[ClaimLine], left: list[int], right: list[int], min_ratio: float
) -> dict[int, int]:
    if not left or not right or len(left) * len(right) > MAX_PAIRS:
        return {}
    return _match_best(
        [_fold(old[no].text) for no in left],
        [_fold(new[no].text) for no in right],
        left,
        right,
        min_ratio,
    )


def _paragraph_ends(body: str) -> list[int]:
    """Where each paragraph ends; the numbers are those of `diff_texts`."""
    ends: list[int] = []
    position = 0
    for part in re.split(r"(\n\s*\n)", body):
        position += len(part)
        if part.strip():
            ends.append(position)
    return ends


def _paragraph_no(line: ClaimLine, ends: list[int]) -> int | None:
    import bisect

    if line.start is None or not ends:
        return None
    return min(bisect.bisect_right(ends, line.start), len(ends) - 1) + 1


def describe_diff(diff: ArticleDiff, old_name: str = "old", new_name: str = "new") -> str:
    """Write a difference as plain text for a reader, most telling parts first: fields, claims,
    paragraphs."""
    if diff.is_empty:
        return f"{old_name} and {new_name} say the same, word for word."
    parts = [f"--- {old_name}\n+++ {new_name}"]
    if diff.fields:
        parts.append(
            "\n".join(
                f"{change.name}:\n- {change.old or '(none)'}\n+ {change.new or '(none)'}"
                for change in diff.fields
            )
        )
    if diff.claims:
        parts.append("Claims\n" + "\n".join(map(_describe_claim, diff.claims)))
    parts += [_describe_change(change) for change in diff.paragraphs]
    return "\n\n".join(parts)


def _describe_claim(change: ClaimChange) -> str:
    def line(mark: str, claim: ClaimLine | None, number: int | None) -> str:
        if claim is None:
            return ""
        where = f" (paragraph {number})" if number else ""
        who = f"{claim.speaker}: " if claim.speaker else ""
        return f"{mark} {who}{' '.join(claim.text.split())}{where}"

    lines = [
        line("-", change.old, change.old_paragraph_no),
        line("+", change.new, change.new_paragraph_no),
    ]
    return f"{change.kind}\n" + "\n".join(filter(None, lines))


def _describe_change(change: Change) -> str:
    number = (
        f"{change.old_no} → {change.new_no}"
        if change.old_no and change.new_no
        else f"{change.old_no or change.new_no}"
    )
    head = f"paragraph {number} {change.kind}"
    if change.kind == "moved":
        return f"{head}\n  {change.new_text}"
    inner = change.sentences or (change,)
    sides = (
        (mark, text)
        for item in inner
        if item.kind != "moved"
        for mark, text in (("-", item.old_text), ("+", item.new_text))
    )
    return "\n".join([head, *(f"{mark} {text}" for mark, text in sides if text)])
