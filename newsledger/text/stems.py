"""What every text holds that a pattern finds: the beginnings of words that spare most lines the
pattern itself.

Python tries each alternative of a pattern at each letter of a line. One look for the few hundred
beginnings of words that all patterns together need is faster than the patterns, and most lines of a
page have none of them.
"""

from collections.abc import Iterable
from re import _constants as ops  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

Stems = frozenset[str]
WHOLE = r"\b"  # behind a stem that is a whole word
START: Stems = frozenset({""})  # a word begins here, nothing of it is known yet


def list_stems(pattern: str) -> Stems | None:
    """List beginnings of words, one of which stands in every text that a pattern finds; of several
    such lists the one of the longest.

    `None` where the pattern needs no word from its beginning on. Letters only, as the pattern has
    them, and `\\b` behind a whole word.
    """
    return _choose(*_read(parser.parse(pattern), None))


def _choose(lists: list[Stems], last: Stems | None) -> Stems | None:
    lists = [stems for stems in (*lists, last) if stems and "" not in stems]
    return max(
        lists,
        key=lambda stems: min((len(stem.removesuffix(WHOLE)), len(stem)) for stem in stems),
        default=None,
    )


def _read(items: Iterable[Any], word: Stems | None) -> tuple[list[Stems], Stems | None]:
    """Read the parts of a pattern in order. `word` is what the word at this place can begin with so
    far, `None` where none begins.

    Returns the lists that were found, and the word at the end.
    """
    lists: list[Stems] = []
    for op, value in items:
        if op is ops.LITERAL and chr(value).isalpha():
            word = frozenset(stem + chr(value) for stem in word) if word is not None else None
            continue
        if op is ops.BRANCH:
            read = [_read(part, word) for part in value[1]]
            choices = [stems for part in read if (stems := _choose(*part))]
            if len(choices) == len(read):
                lists.append(frozenset().union(*choices))
            ends = [end for _, end in read if end is not None]
            word = frozenset().union(*ends) if len(ends) == len(read) else None
            continue
        if op is ops.SUBPATTERN:
            found, word = _read(value[-1], word)
            lists += found
            continue
        is_gap = _is_gap(op, value)
        if word:
            lists.append(
                frozenset(stem + WHOLE for stem in word) if is_gap and "" not in word else word
            )
        if op in (ops.MAX_REPEAT, ops.MIN_REPEAT):
            found, end = _read(value[2], word)
            lists += found if value[0] else []
            word = START if word == end == START else None
        else:
            word = START if is_gap else None
    return lists, word


def _is_gap(op: Any, value: Any) -> bool:
    """Whether a part ends at the beginning of a word: a space, a mark, a word boundary."""
    if op is ops.LITERAL:
        return not (chr(value).isalnum() or value == ord("_"))
    if op is ops.IN:
        return all(part is ops.LITERAL and _is_gap(part, letter) for part, letter in value)
    return op is ops.AT and value in (ops.AT_BOUNDARY, ops.AT_BEGINNING)
