"""Each ready question runs, and says in a comment what it asks."""

import pytest

from newsledger.errors import NewsledgerError
from newsledger.store.database import open_work, publish
from newsledger.store.queries import list_queries, run_query, run_sql


@pytest.fixture
def published(data_dir):
    with open_work() as con:
        publish(con)


@pytest.mark.parametrize("query", list_queries(), ids=lambda query: query.name)
def test_ready_question_runs(published, query):
    assert query.comment.endswith((".", "?"))
    frame = run_query(query.name, {})
    assert frame.height == 0
    assert frame.width >= 2


def test_there_are_at_least_ten_questions():
    assert len(list_queries()) >= 10


def test_wrong_name_lists_the_right_ones(published):
    with pytest.raises(NewsledgerError, match="who_speaks_most"):
        run_query("who_speaks", {})


def test_wrong_parameter_is_named(published):
    with pytest.raises(NewsledgerError, match="no parameter colour"):
        run_query("names_of", {"colour": "red"})


def test_published_database_cannot_be_written(published):
    with pytest.raises(NewsledgerError, match="read-only"):
        run_sql("DELETE FROM core.claims")
