"""Groups that grow by joining."""

import pytest

from newsledger.graph.joined import JoinedGroups


def test_what_is_kept_apart_never_meets_also_not_over_a_third():
    groups = JoinedGroups("abcde", apart=[("a", "c")])
    for one, other in ("ab", "bc", "de", "ce"):
        groups.join(one, other)
    assert groups.list_groups() == [["a", "b"], ["c", "d", "e"]]
    assert groups.find("e") == "c"


@pytest.mark.parametrize(("most", "found"), [(2, [["a", "b"], ["c"]]), (3, [["a", "b", "c"]])])
def test_the_two_groups_have_the_last_word(most, found):
    groups = JoinedGroups("abc")
    for other in "bc":
        groups.join("a", other, lambda left, right: len(left) + len(right) <= most)
    assert groups.list_groups() == found


def test_a_small_group_takes_in_a_large_one_with_its_own_name():
    groups = JoinedGroups("abcd", apart=[("a", "x")])
    for one, other in ("bc", "bd", "ab"):
        groups.join(one, other)
    assert groups.list_groups() == [["a", "b", "c", "d"]]
    assert {groups.find(member) for member in "abcd"} == {"a"}
