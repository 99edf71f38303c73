"""Ids of groups, which depend on the members alone."""

from collections.abc import Iterable, Sequence

from newsledger.model.ids import make_id


def name_groups(groups: Iterable[Sequence[str]], prefix: str) -> dict[str, Sequence[str]]:
    """Name each group after its first member. In order of time the id stays when later members
    join, and it is the same however they came in."""
    return {make_id(prefix, group[0]): group for group in groups}
