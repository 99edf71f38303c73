"""Extract: articles in, what they say out.

The seam for worker processes: `extract_each` takes articles and gives back plain records, knows no
database, and never raises for what one article breaks. Whatever shares articles out calls it in
each worker and joins the results in order.
"""

import atexit
import gc
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Protocol

from newsledger.errors import NewsledgerError
from newsledger.model.records import Article, Extraction
from newsledger.settings import read_settings
from newsledger.stages.fingerprint import fingerprint_of
from newsledger.stages.limit import time_limit
from newsledger.stages.protocol import Failure, Log

COLLECT_AFTER = 10_000  # new objects, those of one article; 700 cost 3 % of the extraction
MANY = 32  # documents that workers are made ready for before they are cleaned
TOGETHER = 16  # articles that may take as long as one, before they are done one by one


@dataclass(frozen=True, slots=True)
class Extracted:
    """What a batch of articles says, in their order; the articles that failed are left out."""

    extractions: tuple[Extraction, ...] = ()
    failures: tuple[Failure, ...] = ()


class Reader(Protocol):
    """Shares articles out over worker processes."""

    def expect(self, letters: int) -> None:
        """Make ready for so much text, while this process does something else."""

    def read_all(self, articles: Sequence[Article], meanwhile: Callable[[], None]) -> Extracted:
        """Read the articles of one batch; do something else while workers are at it."""


_SENTENCE = "Maria Okonkwo, the port's director, said on Friday that 12 people were hurt in Lagos."


class Extract:
    """Read actors, places, dates and claims out of articles."""

    name = "extract"
    reads: tuple[str, ...] = ()
    writes: tuple[str, ...] = ()

    def __init__(self, reader: Reader | None = None) -> None:
        """Without a `reader` articles are read in this process."""
        self.reader = reader
        self.meanwhile: Callable[[], None] = lambda: None  # what to do while workers read

    def expect(self, documents: Sequence[object]) -> None:
        """Let workers make ready for documents that are cleaned first."""
        if self.reader and len(documents) >= MANY:
            self.reader.expect(sum(len(getattr(item, "text", None) or "") for item in documents))

    def fingerprint(self) -> str:
        """Digest of the components, of what turns their records into rows, and of the model."""
        from newsledger.nlp.parse.model import find_model
        from newsledger.nlp.reader import model as reader

        _, model, version = find_model()
        version += f"+{reader.ORIGIN}" if reader.is_on() else ""
        modules = ("newsledger.nlp.extract", "newsledger.transform.batch")
        return fingerprint_of(*modules, model=f"{model}-{version}")

    def run(self, scope: Sequence[Article], log: Log) -> Extracted:
        """Extract one batch. Loads the model only where there is an article."""
        reader, meanwhile = self.reader, self.meanwhile
        self.meanwhile = lambda: None
        done = reader.read_all(scope, meanwhile) if reader else extract_each(scope)
        for failure in done.failures:
            log.error(
                "extract failed: %s %s at %s", failure.kind, failure.message, failure.place,
                extra={"article": failure.article_id},
            )  # fmt: skip
        return done


@cache
def load_knowledge() -> None:
    """Load the model, the gazetteer (built at the first run) and the word lists, once a process, so
    that no article pays for it. Raises `NewsledgerError` where one is missing or wrong."""
    from newsledger.nlp.extract import extract_articles

    list(extract_articles([Article("art_first", "doc_first", _SENTENCE)]))
    gc.collect()
    gc.freeze()  # what is kept for good is not looked through again, and stays shared by workers
    atexit.register(gc.unfreeze)  # else DuckDB complains at the end of what was not given back
    gc.set_threshold(COLLECT_AFTER)


def extract_each(articles: Sequence[Article]) -> Extracted:
    """Extract articles, together for speed; where something breaks, those that are not done yet are
    done one by one, so that it costs one article."""
    if not articles:
        return Extracted()
    from newsledger.nlp.extract import extract_articles

    load_knowledge()
    limit_s = read_settings().document_timeout_s
    done: dict[str, Extraction] = {}
    failures = []
    try:
        with time_limit(limit_s * (1 + len(articles) // TOGETHER)):
            for extraction in extract_articles(articles):
                done[extraction.article_id] = extraction
    except NewsledgerError:
        raise
    except Exception:
        for article in articles:
            if article.article_id in done:
                continue
            try:
                with time_limit(limit_s):
                    (done[article.article_id],) = extract_articles([article])
            except Exception as error:
                failures.append(
                    Failure.of(
                        "extract",
                        error,
                        document_id=article.document_id,
                        article_id=article.article_id,
                    )
                )
    kept = [done[a.article_id] for a in articles if a.article_id in done]
    return Extracted(tuple(kept), tuple(failures))
