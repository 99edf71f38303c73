"""Find the bylines of a flattened page: lines that name who wrote it."""

from collections.abc import Iterable, Sequence

from newsledger.clean.credits import (
    MAX_BYLINE,
    cut_age,
    find_authors,
    find_biography,
    find_reporters,
    is_job_line,
    is_likely_person,
)
from newsledger.clean.lines.open_lines import (
    ABOVE,
    BELOW,
    FOOT,
    FREE,
    LETTERS,
    LOOSE,
    Roles,
    is_agency,
)
from newsledger.lexicon.outlets import find_agency, find_outlet
from newsledger.model.enums import LineRole

NAME_BELOW = 3  # lines below the text for a name without more


def label_bylines(
    texts: Sequence[str], roles: Roles, start: int, headline: int | None
) -> list[str]:
    """Label the lines that name the authors. Returns their names: people before outlets, what is
    printed with "By" before names alone."""
    top = max(0, start - LOOSE if headline is None else min(headline, start) - ABOVE)
    head = range(top, min(len(texts), start + BELOW))
    last = max((i for i, (role, _) in enumerate(roles) if role == LineRole.BODY), default=start)
    foot = range(min(last + 1, len(texts)), min(len(texts), last + 1 + FOOT))
    lines: list[tuple[int, str]] = []
    for step in (_find_with_by, _find_beside_time, _find_below_headline, _find_at_foot):
        found = step(texts, roles, foot if step is _find_at_foot else head, headline, start)
        lines = lines or found
        if found and _names_person(texts[found[0][0]]):
            lines = found
            break
    names: list[str] = []
    for i, rule in lines:
        names += find_authors(cut_age(texts[i])) or [
            name for name in [find_biography(texts[i])] if name
        ]
        roles[i] = (
            (LineRole.WIRE_CREDIT, "agency alone")
            if is_agency(texts[i])
            else (LineRole.BYLINE, rule)
        )
    people = [name for name in names if not find_agency(name) and not find_outlet(name)]
    is_joint = (
        any(find_agency(name) for name in find_authors(texts[lines[0][0]])) if lines else False
    )
    names = names if is_joint or not people else people
    if not names:
        names = [
            name
            for i in (*range(top, start), *range(last, len(texts)))
            if roles[i][0] in {LineRole.CONTRIBUTOR, LineRole.OTHER}
            for name in find_reporters(texts[i])
        ]
    return list(dict.fromkeys(names))


def _names_person(text: str) -> bool:
    names = find_authors(cut_age(text)) or [find_biography(text) or ""]
    return any(name and not find_agency(name) and not find_outlet(name) for name in names)


def _is_open(roles: Roles, i: int, text: str) -> bool:
    """Whether a line may still become a byline: short, and not labelled as something else."""
    return len(text) <= MAX_BYLINE and roles[i][0] in FREE | {
        LineRole.PUBLISHED_AT,
        LineRole.WIRE_CREDIT,
        LineRole.CONTRIBUTOR,
        LineRole.SOCIAL,
    }


def _find_with_by(
    texts: Sequence[str], roles: Roles, head: range, headline: int | None, start: int
) -> list[tuple[int, str]]:
    found = [
        (i, "By …")
        for i in head
        if _is_open(roles, i, texts[i]) and find_authors(texts[i], needs_by=True)
    ]
    for i in [i for i, _ in found]:  # a second name on a line of its own
        j = i + 1
        while (
            j < len(texts)
            and texts[j - 1].endswith((",", " and", " &"))
            and roles[j][0] in FREE
            and find_authors(texts[j])
        ):
            found.append((j, "name below By …"))
            j += 1
    people = [(i, rule) for i, rule in found if not find_outlet(find_authors(texts[i])[0])]
    return (
        people[:1] + [line for line in people[1:] if line[0] != people[0][0]]
        if people
        else found[:1]
    )


def _find_beside_time(
    texts: Sequence[str], roles: Roles, head: range, headline: int | None, start: int
) -> list[tuple[int, str]]:
    times = [
        i
        for i in head
        if roles[i][0] == LineRole.PUBLISHED_AT and (headline is None or i > headline - 2)
    ]
    for time in times:
        if find_authors(cut_age(texts[time])):
            return [(time, "names and time")]
    for time in times:
        for i in (time - 1, time - 2, time + 1):
            names = find_authors(cut_age(texts[i])) if i in head and roles[i][0] in FREE else []
            if (
                names
                and (i != time - 2 or is_job_line(texts[time - 1]))
                and not _are_used(names, texts, roles, i)
            ):
                return _with_neighbours(texts, roles, i, "names beside the time")
    return []


def _find_below_headline(
    texts: Sequence[str], roles: Roles, head: range, headline: int | None, start: int
) -> list[tuple[int, str]]:
    """Find a line of names alone between headline and text: "Ana Silva", "Ana Silva and Jon Roe 2
    hours ago".

    Words that the text uses too are no author's: a name alone may be what the article is about, or
    a heading.
    """
    if headline is None:
        return []
    found = []
    for i in head:
        names = (
            find_authors(cut_age(texts[i]))
            if headline < i <= start + 2 and roles[i][0] in FREE
            else []
        )
        if names and not _are_used(names, texts, roles, i):
            found.append((not (is_likely_person(names[0]) or len(names) > 1), i))
    return (
        _with_neighbours(texts, roles, min(found)[1], "names below the headline") if found else []
    )


def _are_used(names: Sequence[str], texts: Sequence[str], roles: Roles, number: int) -> bool:
    """Whether the headline or the text, without the line of the names itself, uses one of the
    names."""
    lines = (
        text
        for i, text in enumerate(texts)
        if i != number and roles[i][0] in {LineRole.BODY, LineRole.HEADLINE}
    )
    used = list_letters(lines)
    return any(is_used(name, used) for name in names)


def list_letters(lines: Iterable[str]) -> frozenset[str]:
    """List the words of some lines, as they are printed."""
    return frozenset(LETTERS.findall(" ".join(lines)))


def is_used(name: str, used: frozenset[str]) -> bool:
    """Whether a text with the words `used` uses a name too: then it is what the text is about."""
    words = name.split()
    return (
        words[-1] in used
        or sum(word in used for word in words) > 1
        or any(word.lower() in used and word not in used for word in words if len(word) > 3)
    )


def _with_neighbours(
    texts: Sequence[str], roles: Roles, i: int, rule: str
) -> list[tuple[int, str]]:
    """Add the next lines that are one name each to a line of one name: authors in a column."""
    found, j = [(i, rule)], i + 1
    while (
        j < len(texts)
        and roles[j][0] in FREE
        and len(names := find_authors(texts[j])) == 1
        and is_likely_person(names[0])
    ):
        found.append((j, rule))
        j += 1
    return found


def _find_at_foot(
    texts: Sequence[str], roles: Roles, foot: range, headline: int | None, start: int
) -> list[tuple[int, str]]:
    """Find the author below the text: a name above a job or above a line that says more of them, or
    such a line alone."""
    for i in range(max(start, foot.start - 4), foot.stop):
        if roles[i][0] not in FREE:
            continue
        names = find_authors(texts[i])
        below = texts[i + 1] if i + 1 < len(texts) else ""
        if len(names) == 1 and (below.startswith(f"{names[0]} ") or is_job_line(below)):
            if roles[i + 1][0] in FREE:
                roles[i + 1] = (LineRole.OTHER, "biography")
            return [(i, "name above biography")]
        if (
            len(names) == 1
            and foot.start <= i < foot.start + NAME_BELOW
            and is_likely_person(names[0])
        ):
            return [(i, "name below the text")]
        if find_biography(texts[i]) and (roles[i][0] != LineRole.BODY or i >= foot.start - 1):
            return [(i, "biography")]
    return []
