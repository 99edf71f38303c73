"""Extraction on Dask's workers: articles go out as plain records and come back as such, so that no
worker needs Prefect or the database."""

from collections.abc import Sequence
from typing import Any

from newsledger.model.records import Article
from newsledger.run.workers import plan_batches
from newsledger.stages.extract import Extracted, extract_each


def extract_on_dask(client: Any, articles: Sequence[Article]) -> Extracted:
    """Share articles out in parts of about equal work, the heaviest first, and join what comes back
    in the order of the articles."""
    threads = max(1, sum(client.ncores().values()))
    parts = [[articles[at] for at in part] for part in plan_batches(articles, threads)]
    done = client.gather(client.map(extract_each, parts, pure=False))
    place = {article.article_id: at for at, article in enumerate(articles)}
    found = [extraction for part in done for extraction in part.extractions]
    return Extracted(
        tuple(sorted(found, key=lambda extraction: place[extraction.article_id])),
        tuple(failure for part in done for failure in part.failures),
    )
