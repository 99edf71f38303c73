"""DATA_DICTIONARY.md says what sql/ says."""

from newsledger.model.tables import declared_schema, list_tables
from newsledger.paths import CODE_ROOT as ROOT
from newsledger.store.dictionary import build_dictionary


def test_dictionary_is_fresh():
    assert (ROOT / "DATA_DICTIONARY.md").read_text("utf-8") == build_dictionary(), (
        "run `newsledger dictionary`"
    )


def test_every_table_of_the_contract_is_there():
    names = {table.full_name for table in list_tables()}
    contract = {
        "raw.documents", "core.articles", "core.lines", "core.sentences", "core.actors", "core.actor_aliases", "core.actor_roles",
        "core.actor_mentions", "core.locations", "core.location_mentions", "core.claims", "core.claim_sources", "core.claim_quantities",
        "core.claim_actors", "core.claim_locations", "core.claim_links", "ops.runs", "ops.run_steps", "ops.checks", "ops.rejects",
        "ops.quarantine", "ops.overrides_applied",
    }  # fmt: skip
    assert contract <= names


def test_names_follow_the_conventions():
    for table, columns in declared_schema().items():
        for name, dtype in columns.items():
            if name.endswith("_at"):
                assert str(dtype).startswith("Datetime"), f"{table}.{name}"
            if name.endswith("_date"):
                assert str(dtype) == "Date", f"{table}.{name}"
            if name.startswith(("is_", "has_")):
                assert str(dtype) == "Boolean", f"{table}.{name}"
