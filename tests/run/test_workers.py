"""Workers read what this process reads, in order, and their death costs one article at most."""

import os
import signal
import threading
import time

import pytest

from newsledger.model.records import Article
from newsledger.run import workers
from newsledger.run.workers import (
    Extractor,
    count_workers,
    extract_in_order,
    open_extractor,
    plan_batches,
    read_here,
)

SAYING = "Officials in Lund said on Friday that {} people had left the port of Malmo.\n\n"


def make_articles(count: int) -> list[Article]:
    return [
        Article(f"art_{n}", f"doc_{n}", SAYING.format(n + 2) * (1 + 7 * n % 5))
        for n in range(count)
    ]


@pytest.fixture
def few_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    """Use workers for the first article already, in batches of some hundred letters."""
    monkeypatch.setattr(workers, "FEW_LETTERS", 0)
    monkeypatch.setattr(workers, "BATCH_LETTERS", 400)


def test_batches_hold_every_article_once_the_longest_first() -> None:
    articles = make_articles(150)

    batches = plan_batches(articles, workers=2)

    assert len(batches) >= 4
    assert sorted(at for batch in batches for at in batch) == list(range(150))
    lengths = [len(articles[at].body) for batch in batches for at in batch]
    assert lengths == sorted(lengths, reverse=True)
    assert max(map(len, batches)) <= workers.BATCH_ARTICLES


def test_as_many_workers_as_asked_for_or_as_memory_allows(monkeypatch: pytest.MonkeyPatch) -> None:
    assert count_workers(3) == 3
    monkeypatch.setattr(workers, "_available_mb", lambda: 0)
    assert count_workers() == 1


@pytest.mark.usefixtures("few_are_many")
def test_workers_give_what_one_process_gives_in_order() -> None:
    articles = make_articles(23)

    found = list(extract_in_order(articles, workers=2))

    assert [extraction.article_id for extraction in found] == [a.article_id for a in articles]
    assert found == list(read_here(articles).extractions)


@pytest.mark.usefixtures("few_are_many")
def test_a_killed_worker_costs_nothing_but_time() -> None:
    body = "".join(SAYING.format(n) for n in range(2, 42))
    articles = [Article(f"art_{n}", f"doc_{n}", body) for n in range(6)]

    with open_extractor(2) as extractor:
        answer = extractor.submit(articles)
        _kill_one(extractor)
        reading = answer()

    assert reading.failures == {}
    assert reading == read_here(articles)


@pytest.mark.usefixtures("few_are_many")
def test_an_article_that_kills_its_worker_comes_back_empty(monkeypatch: pytest.MonkeyPatch) -> None:
    ask = workers._Worker.ask

    def ask_and_die(worker: workers._Worker, articles: list[Article]) -> workers.Reading:
        pipe = worker._start()
        if any(article.article_id == "art_2" for article in articles):
            os.kill(worker._process.pid, signal.SIGKILL)
            pipe.poll(60)
        return ask(worker, articles)

    monkeypatch.setattr(workers._Worker, "ask", ask_and_die)
    lost: list[tuple[str, str]] = []

    found = list(
        extract_in_order(
            make_articles(5), workers=2, on_loss=lambda a, why: lost.append((a.article_id, why))
        )
    )

    assert lost == [("art_2", "WorkerDied: the process that read it died")]
    assert [bool(extraction.claims) for extraction in found] == [True, True, False, True, True]


def test_an_article_that_fails_costs_itself_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    from newsledger.nlp import extract

    read = extract.extract_doc

    def fail_on_two(doc: object, article: Article) -> object:
        if article.article_id == "art_2":
            raise ValueError("two")
        return read(doc, article)  # type: ignore[arg-type]

    monkeypatch.setattr(extract, "extract_doc", fail_on_two)

    reading = read_here(make_articles(4))

    failure = reading.failures["art_2"]
    assert (len(reading.failures), failure.kind, failure.message) == (1, "ValueError", "two")
    assert [bool(extraction.claims) for extraction in reading.extractions] == [
        True, True, False, True,
    ]  # fmt: skip


def test_few_articles_need_no_worker() -> None:
    with open_extractor(2) as extractor:
        reading = extractor.submit(make_articles(2))()

        assert extractor._all == []
    assert len(reading.extractions) == 2


def _kill_one(extractor: Extractor) -> None:
    """Kill a worker as soon as one runs."""
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        for worker in extractor._all:
            if worker._process is not None and worker._process.pid:
                os.kill(worker._process.pid, signal.SIGKILL)
                return
        threading.Event().wait(0.05)
    raise AssertionError("no worker started")
