"""Groups that grow by joining: what belongs together meets, what is kept apart never does, also not
over a third one."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Generic, TypeVar

Member = TypeVar("Member", bound=Hashable)


class JoinedGroups(Generic[Member]):
    """Groups of members, each alone at first. A group is called after the member whose group took
    in the others."""

    def __init__(
        self, members: Iterable[Member], apart: Iterable[tuple[Member, Member]] = ()
    ) -> None:
        """`apart` holds pairs that must not meet in a group."""
        self._groups = {member: [member] for member in members}
        self._number_of = {member: number for number, member in enumerate(self._groups)}
        self._name_of = list(self._groups)  # by number
        self._apart: dict[Member, set[Member]] = defaultdict(set)
        for one, other in apart:
            self._apart[one].add(other)
            self._apart[other].add(one)

    def find(self, member: Member) -> Member:
        """The member that the group of this one is called after."""
        return self._name_of[self._number_of[member]]

    def join(
        self,
        one: Member,
        other: Member,
        is_fit: Callable[[Sequence[Member], Sequence[Member]], bool] | None = None,
    ) -> None:
        """Let the group of `one` take in that of `other`, unless they are kept apart; `is_fit` has
        the last word on the two."""
        left, right = self.find(one), self.find(other)
        if left == right or self._are_apart(left, right):
            return
        if is_fit is not None and not is_fit(self._groups[left], self._groups[right]):
            return
        taken, grown = self._groups.pop(right), self._groups[left]
        is_larger = len(taken) > len(grown)
        few, many = (grown, taken) if is_larger else (taken, grown)
        number = self._number_of[many[0]]
        for member in few:  # the smaller one is numbered anew, whoever gives the name
            self._number_of[member] = number
        self._name_of[number] = left
        if is_larger:
            taken[:0] = grown
            self._groups[left] = taken
        else:
            grown += taken

    def _are_apart(self, left: Member, right: Member) -> bool:
        few, many = sorted((left, right), key=lambda key: len(self._groups[key]))
        return any(
            other in self._number_of and self.find(other) == many
            for member in self._groups[few]
            for other in self._apart.get(member, ())
        )

    def list_groups(self) -> list[list[Member]]:
        """List the groups, in the order of the members that they are called after."""
        return list(self._groups.values())
