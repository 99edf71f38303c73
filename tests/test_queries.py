"""Each ready question runs, and says in a comment what it asks."""

import pytest

from newsledger.errors import NewsledgerError
from newsledger.store.database import open_work
from newsledger.store.publish import publish
from newsledger.store.queries import list_queries, run_query


@pytest.fixture
def published(data_dir):
    with open_work() as con:
        publish(con)


def test_ready_questions_run_on_an_empty_ledger(published):
    for query in list_queries():
        assert query.comment.endswith((".", "?")), query.name
        answer = run_query(query.name, {})
        assert answer.rows == (), query.name
        assert len(answer.columns) >= 2, query.name


def test_wrong_name_lists_the_right_ones(published):
    with pytest.raises(NewsledgerError, match="who_speaks_most"):
        run_query("who_speaks", {})


def test_wrong_parameter_is_named(published):
    with pytest.raises(NewsledgerError, match="no parameter colour"):
        run_query("names_of", {"colour": "red"})
