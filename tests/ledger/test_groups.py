"""Ids of groups stay with most of their members."""

from newsledger.graph.group_ids import name_groups


def test_a_group_keeps_the_id_of_most_members():
    first = name_groups([["a", "b", "c"]], {}, "sty")
    (group_id,) = first
    later = name_groups([["a"], ["b", "c", "d"]], dict.fromkeys("abc", group_id), "sty")
    assert later[group_id] == ["b", "c", "d"]


def test_a_member_that_leaves_the_id_it_founded_gets_another():
    (group_id,) = name_groups([["a", "b", "c"]], {}, "sty")
    later = name_groups([["a"], ["b", "c"]], dict.fromkeys("abc", group_id), "sty")
    assert sorted(later.values()) == [["a"], ["b", "c"]]
    assert (
        name_groups(
            [["a"], ["b", "c"]],
            {member: key for key, group in later.items() for member in group},
            "sty",
        )
        == later
    )
