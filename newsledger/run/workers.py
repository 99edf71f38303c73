"""Extraction in worker processes: articles go out in batches, records come back in order.

Workers are forked from a server process that has loaded the model once. Each computes on one
thread. A worker that dies costs a second reading of its batch, article by article, and at worst the
one article that kills it again.
"""

import copyreg
import dataclasses
import operator
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import forkserver, get_context
from multiprocessing.connection import Connection
from pathlib import Path
from queue import SimpleQueue
from typing import Any

from newsledger.model import records
from newsledger.model.records import Article, Extraction
from newsledger.settings import read_settings
from newsledger.stages.extract import Extracted, extract_each
from newsledger.stages.protocol import Failure

MEMORY_MB = 450  # a worker at work: 300 that all share, 90 to 150 of its own
RENEW_MB = 300  # a worker's own memory at which it is replaced: the vocabulary grows with names
BATCH_LETTERS = 60_000  # some 16 articles: half a second of work
BATCH_ARTICLES = 32
SHARES = 2  # batches for each worker at least: the last one to end waits for half a share
FEW_LETTERS = 120_000  # so little is read before workers have started
TIME_LIMIT_S = 900  # for one batch, on a busy machine
WINDOW_ARTICLES = 128  # read ahead a worker

OnLoss = Callable[[Article, str], None]


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of some articles: a record each, in order, and why articles came back empty."""

    extractions: tuple[Extraction, ...]
    failures: dict[str, Failure]  # by article_id


class WorkerDied(Exception):
    """A worker process ended, or did not answer in time."""


def count_workers(wanted: int = 0) -> int:
    """Say how many workers to use: as wanted, else one a processor, as far as memory goes."""
    if wanted > 0:
        return wanted
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return max(1, min(cores or 1, _available_mb() // MEMORY_MB - 1))


def plan_batches(articles: Sequence[Article], workers: int = 1) -> list[list[int]]:
    """Group articles into batches of about equal work, some for each worker, the heaviest first, so
    that workers end together. Gives places in the sequence."""
    batches: list[list[int]] = []
    letters = 0
    total = sum(len(article.body) for article in articles)
    most = min(BATCH_LETTERS, total // (workers * SHARES) + 1)
    for at in sorted(range(len(articles)), key=lambda at: (-len(articles[at].body), at)):
        size = len(articles[at].body)
        if not batches or len(batches[-1]) == BATCH_ARTICLES or letters + size > most:
            batches.append([])
            letters = 0
        batches[-1].append(at)
        letters += size
    return batches


class Extractor:
    """Reads articles, in this process while they are few, else in workers."""

    def __init__(self, workers: int) -> None:
        self.workers = workers
        self._letters = 0  # read so far
        self._threads: ThreadPoolExecutor | None = None
        self._idle: SimpleQueue[_Worker] = SimpleQueue()
        self._all: list[_Worker] = []

    def submit(self, articles: Sequence[Article]) -> "Callable[[], Reading]":
        """Begin to read articles; the answer is called for what came of them."""
        self._letters += sum(len(article.body) for article in articles)
        if self._threads is None:
            if self.workers < 2 or self._letters < FEW_LETTERS:
                return lambda: read_here(articles)
            self._threads = self._start()
        batches = plan_batches(articles, self.workers)
        futures = [
            self._threads.submit(self._read, [articles[at] for at in batch]) for batch in batches
        ]
        return lambda: _collect(articles, batches, futures)

    def expect(self, letters: int) -> None:
        """Begin to load what workers are forked from, where so much is to be read."""
        if self.workers > 1 and self._threads is None and letters >= FEW_LETTERS:
            _Worker()  # names what the server loads
            forkserver.ensure_running()

    def read_all(
        self, articles: Sequence[Article], meanwhile: Callable[[], None] = lambda: None
    ) -> Extracted:
        """Read the articles of one batch, and do something else while workers are at it; those that
        failed are left out, and told."""
        answer = self.submit(articles)
        meanwhile()
        reading = answer()
        kept = (e for e in reading.extractions if e.article_id not in reading.failures)
        return Extracted(tuple(kept), tuple(reading.failures.values()))

    def close(self) -> None:
        """End the workers."""
        if self._threads is not None:
            for worker in self._all:
                worker.stop()
            self._threads.shutdown(wait=True, cancel_futures=True)
            self._threads = None

    def _start(self) -> ThreadPoolExecutor:
        self._all = [_Worker() for _ in range(self.workers)]
        for worker in self._all:
            self._idle.put(worker)
        return ThreadPoolExecutor(self.workers, "extraction")

    def _read(self, batch: list[Article]) -> Reading:
        worker = self._idle.get()
        try:
            return worker.ask(batch)
        except WorkerDied:
            return _merge([_read_alone(worker, article) for article in batch])
        finally:
            self._idle.put(worker)


class _Worker:
    """One worker process, started where it is needed and replaced where it died."""

    def __init__(self) -> None:
        self._context: Any = get_context("forkserver")
        self._context.set_forkserver_preload(["newsledger.run.preload"])
        self._process: Any = None
        self._pipe: Connection | None = None
        self._lock = threading.Lock()
        self._is_stopped = False

    def ask(self, articles: list[Article]) -> Reading:
        """Let the worker read articles. Raises `WorkerDied`."""
        pipe = self._start()
        try:
            pipe.send(articles)
            if not pipe.poll(TIME_LIMIT_S):
                raise WorkerDied
            reading, memory_mb = pipe.recv()
        except (OSError, EOFError, WorkerDied):
            self._end()
            raise WorkerDied from None
        if memory_mb > RENEW_MB:
            self._end()
        found: Reading = reading
        return found

    def stop(self) -> None:
        """End the process for good; a question under way fails."""
        self._is_stopped = True
        self._end()

    def _start(self) -> Connection:
        with self._lock:
            if self._is_stopped:
                raise WorkerDied
            if self._pipe is None:
                self._pipe, theirs = self._context.Pipe()
                self._process = self._context.Process(
                    target=_serve, args=(theirs,), daemon=True, name="newsledger-extraction"
                )
                self._process.start()
                theirs.close()
            return self._pipe

    def _end(self) -> None:
        with self._lock:
            if self._process is not None:
                self._process.kill()
                self._process.join()
            if self._pipe is not None:
                self._pipe.close()
            self._process = self._pipe = None


@contextmanager
def open_extractor(workers: int = 0) -> Iterator[Extractor]:
    """Give an extractor with so many workers (0: as the machine has), and end them after use."""
    extractor = Extractor(count_workers(workers or read_settings().workers))
    try:
        yield extractor
    finally:
        extractor.close()


def extract_in_order(
    articles: Iterable[Article], workers: int = 0, on_loss: OnLoss | None = None
) -> Iterator[Extraction]:
    """Extract a stream of articles with workers, in order. `on_loss` is told of each article that
    came back empty because reading it failed, and why."""
    with open_extractor(workers) as extractor:
        waiting: deque[tuple[list[Article], Callable[[], Reading]]] = deque()
        for window in _windows(articles, WINDOW_ARTICLES * extractor.workers):
            waiting.append((window, extractor.submit(window)))
            if len(waiting) > 2:
                yield from _take(*waiting.popleft(), on_loss)
        while waiting:
            yield from _take(*waiting.popleft(), on_loss)


def read_here(articles: Sequence[Article]) -> Reading:
    """Read articles in this process; what fails costs its own article, which comes back empty."""
    done = extract_each(articles)
    found = {extraction.article_id: extraction for extraction in done.extractions}
    extractions = (found.get(a.article_id) or Extraction(a.article_id) for a in articles)
    failures = {str(failure.article_id): failure for failure in done.failures}
    return Reading(tuple(extractions), failures)


def _send_flat() -> None:
    """Let records travel as their class and values: a third of the time of a state dictionary."""
    for kind in vars(records).values():
        if dataclasses.is_dataclass(kind) and isinstance(kind, type):
            names = [field.name for field in dataclasses.fields(kind)]
            if len(names) > 1:
                copyreg.pickle(kind, _make_reducer(kind, operator.attrgetter(*names)))


def _make_reducer(kind: type, values: Callable[[Any], Any]) -> Callable[[Any], tuple[Any, Any]]:
    return lambda record: (kind, values(record))


_send_flat()


def _serve(pipe: Connection) -> None:
    """Answer with readings until the other side closes the pipe."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    while True:
        try:
            articles = pipe.recv()
        except (EOFError, OSError):
            return
        pipe.send((read_here(articles), _own_memory_mb()))


def _read_alone(worker: _Worker, article: Article) -> Reading:
    try:
        return worker.ask([article])
    except WorkerDied:
        return _lose(article, "the process that read it died")


def _lose(article: Article, message: str) -> Reading:
    failure = Failure(
        "extract",
        "WorkerDied",
        message,
        document_id=article.document_id,
        article_id=article.article_id,
    )
    return Reading((Extraction(article.article_id),), {article.article_id: failure})


def _merge(readings: Iterable[Reading]) -> Reading:
    extractions: list[Extraction] = []
    failures: dict[str, Failure] = {}
    for reading in readings:
        extractions += reading.extractions
        failures |= reading.failures
    return Reading(tuple(extractions), failures)


def _collect(
    articles: Sequence[Article], batches: list[list[int]], futures: list[Future[Reading]]
) -> Reading:
    found: list[Extraction | None] = [None] * len(articles)
    failures: dict[str, Failure] = {}
    for batch, future in zip(batches, futures, strict=True):
        reading = future.result()
        failures |= reading.failures
        for at, extraction in zip(batch, reading.extractions, strict=True):
            found[at] = extraction
    return Reading(tuple(extraction for extraction in found if extraction is not None), failures)


def _take(
    articles: Sequence[Article], answer: Callable[[], Reading], on_loss: OnLoss | None
) -> Iterator[Extraction]:
    reading = answer()
    for article, extraction in zip(articles, reading.extractions, strict=True):
        if on_loss is not None and article.article_id in reading.failures:
            failure = reading.failures[article.article_id]
            on_loss(article, f"{failure.kind}: {failure.message}")
        yield extraction


def _windows(articles: Iterable[Article], size: int) -> Iterator[list[Article]]:
    window: list[Article] = []
    for article in articles:
        window.append(article)
        if len(window) == size:
            yield window
            window = []
    if window:
        yield window


def _available_mb() -> int:
    """Memory that is free for new processes: the machine's, or what a container's limit leaves."""
    try:
        lines = Path("/proc/meminfo").read_text().splitlines()
    except OSError:
        return 1 << 20  # unknown outside Linux: processors alone decide
    free = next(int(line.split()[1]) // 1024 for line in lines if line.startswith("MemAvailable"))
    try:
        limit = int(Path("/sys/fs/cgroup/memory.max").read_text())
        used = int(Path("/sys/fs/cgroup/memory.current").read_text())
    except (OSError, ValueError):
        return free
    return min(free, (limit - used) // (1 << 20))


def _own_memory_mb() -> int:
    """Memory of this process that it shares with no other, 0 where it cannot be told."""
    try:
        lines = Path("/proc/self/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Private")) // 1024
