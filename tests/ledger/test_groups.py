"""Ids of groups stay when later members join."""

from newsledger.graph.group_ids import name_groups


def test_a_group_keeps_its_id_when_later_members_join():
    (group_id,) = name_groups([["a", "b"]], "sty")
    later = name_groups([["a", "b", "c"], ["d"]], "sty")
    assert later[group_id] == ["a", "b", "c"]
    assert len(later) == 2
