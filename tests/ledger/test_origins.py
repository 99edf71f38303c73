"""Origins: which speakers of a group are one source under several names."""

import pytest

from newsledger.ledger.claims.origins import assign_origins
from newsledger.ledger.claims.standing import Hop


def hop(number: int, surface: str, **fields) -> Hop:
    base = {
        "actor_id": None, "source_type": "named_person", "is_named": True, "party_role": None, "relays": (),
    }  # fmt: skip
    return Hop(f"c{number}", f"a{number}", 0, surface, **(base | fields))


def count(*hops: Hop) -> int:
    origins, _ = assign_origins(hops, {one.article_id: one.article_id for one in hops})
    return len(set(origins.values()) - {""})


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        pytest.param(
            hop(1, "Ilse Brandt", actor_id="x", name="Ilse Brandt", kind="person"),
            hop(2, "A spokesman for Ilse Brandt", source_type="unnamed_official", is_named=False),
            1, id="a spokesman is whom he speaks for",
        ),
        pytest.param(
            hop(1, "Norvik Metals", actor_id="x", name="Norvik Metals", kind="company", source_type="organisation"),
            hop(2, "Jan Aas, founder of Norvik Metals", actor_id="y", name="Jan Aas", kind="person", bodies=("Norvik Metals",)),
            1, id="a firm and its founder",
        ),
        pytest.param(
            hop(1, "the Larkin Post", actor_id="p", name="Larkin Post", kind="media", source_type="independent_media"),
            hop(2, "an official", source_type="unnamed_official", is_named=False, relays=("p",)),
            1, id="a paper and the source it quotes",
        ),
        pytest.param(
            hop(1, "President Omar Tal", actor_id="t", name="Omar Tal", kind="person", country="RV", roles=("president",)),
            hop(2, "Rovenian officials", source_type="unnamed_official", is_named=False, country="RV"),
            1, id="a president and officials of one government",
        ),
        pytest.param(
            hop(1, "Pastor Jan Aas", actor_id="j", name="Jan Aas", kind="person", roles=("pastor",)),
            hop(2, "a family in the valley", source_type="collective", is_named=False),
            2, id="a pastor and a family",
        ),
        pytest.param(
            hop(1, "Omar Tal", actor_id="t", name="Omar Tal", kind="person"),
            hop(2, "Ilse Brandt", actor_id="b", name="Ilse Brandt", kind="person"),
            2, id="two people",
        ),
        pytest.param(
            hop(1, "Ilse Brandt", actor_id="b", name="Ilse Brandt", kind="person", roles=("aquarium director",), bodies=("Solvik Aquarium",)),
            hop(2, "The aquarium", source_type="organisation", is_named=False),
            1, id="a director and what she heads",
        ),
        pytest.param(
            hop(1, "Norvik Ferries", actor_id="n", name="Norvik Ferries", kind="company", source_type="organisation"),
            hop(2, "the carrier", source_type="organisation", is_named=False),
            1, id="a firm and what it is called",
        ),
        pytest.param(
            hop(1, "police", source_type="government_body", is_named=False, kind="government_body"),
            hop(2, "An aunt of the girl", source_type="unnamed_person", is_named=False),
            2, id="the police and a relative",
        ),
        pytest.param(
            hop(1, "South Rovenian officials", source_type="unnamed_official", is_named=False, country="RV"),
            hop(2, "Olmarian officials", source_type="unnamed_official", is_named=False, country="OL"),
            2, id="officials of two countries",
        ),
        pytest.param(
            hop(1, "Omar Tal", actor_id="t", name="Omar Tal", kind="person"),
            hop(2, "local reports", source_type="document", is_named=False),
            1, id="reports of nobody",
        ),
        pytest.param(
            hop(1, "Omar Tal", actor_id="t", name="Omar Tal", kind="person"),
            hop(2, "the Larkin Post", actor_id="l", name="Larkin Post", kind="media", source_type="own_reporting", cue="report"),
            1, id="an outlet that tells what it heard",
        ),
        pytest.param(
            hop(1, "Omar Tal", actor_id="t", name="Omar Tal", kind="person"),
            hop(2, "the Larkin Post", actor_id="l", name="Larkin Post", kind="media", source_type="own_reporting", cue="verify"),
            2, id="an outlet that found out",
        ),
        pytest.param(
            hop(1, "Omar Tal", actor_id="t", name="Omar Tal", kind="person"),
            hop(2, "no source named", source_type="unattributed", is_named=False),
            1, id="where nobody is named it is nobody's",
        ),
    ],
)  # fmt: skip
def test_origins_of_two_speakers(left: Hop, right: Hop, expected: int) -> None:
    assert count(left, right) == expected
    assert count(right, left) == expected


def test_those_who_say_it_together_are_one():
    couple = [
        Hop("c", "a", chain, name, name, "named_person", True, None, (), name, "person")
        for chain, name in enumerate(("Omar Tal", "Ilse Brandt"))
    ]
    origins, reasons = assign_origins(couple, {"a": "a"})
    assert len(set(origins.values())) == 1
    assert set(reasons.values()) == {"said together"}


def test_one_quotation_has_one_origin():
    words = dict.fromkeys(("c1", "c2"), tuple("nobody told us that the bridge was shut".split()))
    left = hop(1, "Omar Tal", actor_id="t", name="Omar Tal", kind="person", form="direct")
    right = hop(2, "Ilse Brandt", actor_id="b", name="Ilse Brandt", kind="person", form="direct")
    origins, _ = assign_origins([left, right], {"a1": "a1", "a2": "a2"}, words)
    assert len(set(origins.values())) == 1
