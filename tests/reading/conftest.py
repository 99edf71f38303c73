"""The ledger of the invented desk, published once for all tests of reading."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.reading.desk import write_articles
from tests.runs import publish_once, use_data


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Run over the desk's articles and give the published file; commands read it, too."""
    published = publish_once(tmp_path_factory, "desk", write_articles)
    with use_data(published.parent):
        yield published
