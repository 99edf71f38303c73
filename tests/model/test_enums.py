"""Closed lists stand in one place, and what readers are told of them is the same."""

import re
from enum import StrEnum

import pytest

from newsledger.model import enums, tables
from newsledger.model.enums import list_values

TOLD = (
    ("core.actors.kind", "ActorKind"),
    ("core.claims.form", "Form"),
    ("core.claims.cue_class", "CueClass"),
    ("core.claims.cue_type", "CueType"),
    ("core.claims.cue_stance", "CueStance"),
    ("core.claims.polarity", "Polarity"),
    ("core.claims.certainty", "Certainty"),
    ("core.claims.tense", "Tense"),
    ("core.claim_sources.source_type", "SourceType"),
    ("core.claim_quantities.kind", "QuantityKind"),
    ("core.claim_actors.role", "ClaimActorRole"),
    ("core.claim_locations.role", "ClaimLocationRole"),
    ("core.locations.kind", "LocationKind"),
    ("core.lines.role", "LineRole"),
    ("raw.documents.status", "DocumentStatus"),
)


@pytest.mark.parametrize(("column", "name"), TOLD)
def test_comment_of_a_column_tells_every_value_of_its_list(column, name):
    sql = "\n".join(table.sql for table in tables.list_tables())
    comment = re.search(rf"COMMENT ON COLUMN {re.escape(column)} IS '(.*)';", sql)[1]

    missing = [value for value in list_values(name) if not re.search(rf"\b{value}\b", comment)]

    assert not missing


def test_every_list_has_values_and_a_purpose():
    lists = [v for v in vars(enums).values() if isinstance(v, type) and issubclass(v, StrEnum)]

    assert all(len(found) > 1 and found.__doc__ for found in lists if found is not StrEnum)


def test_unknown_list_is_an_error():
    with pytest.raises(KeyError):
        list_values("Colour")
