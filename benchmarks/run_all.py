"""Measure speed and print a table: what is compared runs in turns, so that a busy machine slows
both.

    python benchmarks/run_all.py [--texts FILE.jsonl] [--docs 120] [--rounds 3] [--ledgers 1000 2000]

`--texts` has a `text` a line; without it the articles of the sample feed are taken, with words
drawn anew. Times of one process are processor seconds of its user; times of several are wall time,
and say something on a quiet machine only; ratios are medians over rounds. `--ledgers` are sizes of
ledgers made by templates, to which one article is added, and then the texts: double them to see
growth.
"""

import argparse
import ctypes
import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("BLIS_NUM_THREADS", "1")
ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.make_ledger import Frames  # noqa: E402
from newsledger import paths  # noqa: E402
from newsledger.model.records import Article  # noqa: E402
from newsledger.stages.extract import extract_each  # noqa: E402

BATCH = 16
PR_SET_CHILD_SUBREAPER = 36  # of `prctl`
RUN = [sys.executable, "-m", "newsledger", "run"]
COMPARED = "TAG POS MORPH LEMMA DEP HEAD ENT_TYPE ENT_IOB SENT_START".split()
ARTICLE = """Bridge in {town} will close for a year

By Ana Silva
3 May 2024

{town} (Reuters) - The mayor, Eva Berg, said on Friday that the harbour bridge would close after
{count} people were hurt.

"We have no choice," Berg told reporters. The ministry of transport denied that it had known.
"""
STOCK = """
import json, sys
from newsledger.nlp.parse.model import find_model, load_stock_model
if __name__ == "__main__":
    texts = [json.loads(line)["text"] for line in open(sys.argv[1], encoding="utf-8")]
    nlp = load_stock_model(find_model()[0])
    print(sum(len(doc) for doc in nlp.pipe(texts, n_process=2, batch_size=16)))
"""

Row = tuple[str, str, str]  # what, figure, aim


def read_texts(path: Path | None, count: int, sample: Frames) -> list[str]:
    """Texts of a file, or of the sample feed with words drawn anew for each round."""
    if path is not None:
        lines = path.read_text("utf-8").splitlines()
        return [json.loads(line)["text"] for line in lines if line.strip()][:count]
    from benchmarks.make_ledger import make_pool, make_round

    articles = {"core.articles": sample["core.articles"], "core.article_actors": sample["core.article_actors"]}  # fmt: skip
    pool, texts = make_pool(), []
    for number in range(1 + count // max(1, articles["core.articles"].height)):
        texts += make_round(articles, number, 1, pool)["core.articles"]["body"].to_list()
    return texts[:count]


def measure_parse(texts: list[str], rounds: int) -> Iterator[Row]:
    """The fast parse against the model's own, batch by batch in turns, in this process."""
    from newsledger.nlp.parse.model import find_model, load_model, load_stock_model

    fast, stock = load_model(), load_stock_model(find_model()[0])
    list(fast.pipe(texts, batch_size=BATCH))  # learns the words
    ratios, spent, tokens, differing = [], {"fast": 0.0, "stock": 0.0}, 0, 0
    for _ in range(rounds):
        for start in range(0, len(texts), BATCH):
            batch = texts[start : start + BATCH]
            own, own_s = _timed(lambda batch=batch: list(fast.pipe(batch, batch_size=BATCH)))
            other, other_s = _timed(lambda batch=batch: list(stock.pipe(batch, batch_size=BATCH)))
            ratios.append(other_s / own_s)
            spent["fast"] += own_s
            spent["stock"] += other_s
            for doc, expected in zip(own, other, strict=True):
                tokens += len(doc)
                here, there = doc.to_array(COMPARED), expected.to_array(COMPARED)
                differing += int((here != there).any(axis=1).sum())
    fast, own = tokens / spent["fast"], tokens / spent["stock"]
    yield "parse, tokens a processor second", f"{fast:,.0f}", "24,000"
    yield "model's own parse, tokens a processor second", f"{own:,.0f}", ""
    yield "own parse against the model's", f"{statistics.median(ratios):.2f} times as fast", "3.7"
    yield "tokens that differ", f"{differing} of {tokens:,}", "0"


def measure_components(texts: list[str], rounds: int) -> Iterator[Row]:
    """Own components against the parse they stand on, batch by batch."""
    from newsledger.nlp.extract import extract_doc
    from newsledger.nlp.parse.model import load_model

    nlp, shares = load_model(), []
    for _ in range(rounds):
        for start in range(0, len(texts), BATCH):
            batch = texts[start : start + BATCH]
            docs, parse_s = _timed(lambda batch=batch: list(nlp.pipe(batch, batch_size=BATCH)))
            articles = [Article(f"art_{n}", f"doc_{n}", text) for n, text in enumerate(batch)]
            _, own_s = _timed(lambda a=articles, d=docs: list(map(extract_doc, d, a)))
            shares.append(own_s / parse_s)
    yield "own components against the fast parse", f"{statistics.median(shares):.2f}", "0.35"


def measure_extract(texts: list[str], rounds: int) -> Iterator[Row]:
    """`newsledger extract` with two workers against the model's own parse in two processes."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "stock.py").write_text(STOCK)
        rows = [json.dumps({"doc_id": n, "text": text}) for n, text in enumerate(texts)]
        (folder / "texts.jsonl").write_text("\n".join(rows) + "\n", "utf-8")
        own = [sys.executable, "-m", "newsledger", "extract", "--jsonl", "--workers", "2"]
        stock = [sys.executable, str(folder / "stock.py"), str(folder / "texts.jsonl")]
        times = []
        for _ in range(rounds):
            with (folder / "texts.jsonl").open("rb") as handle:
                own_s = _run(own, stdin=handle).wall_s
            times.append((own_s, _run(stock).wall_s))
    for number, what in enumerate(("extract, two workers", "model's own parse, two processes")):
        yield f"{what}, wall s", f"{statistics.median(t[number] for t in times):.1f}", ""
    ratio = statistics.median(own_s / stock_s for own_s, stock_s in times)
    yield "extract against the model's own parse, wall time", f"{ratio:.2f}", "0.45"


def measure_dask(texts: list[str], rounds: int) -> Iterator[Row]:
    """Extraction shared out over two of Dask's workers against one, in turns; each has read all
    before, so that loading does not count. Needs the extra `dask`."""
    if not find_spec("distributed"):
        return
    from distributed import Client, LocalCluster

    from flows.on_dask import extract_on_dask

    articles = [Article(f"art_{n}", f"doc_{n}", text) for n, text in enumerate(texts)]
    with ExitStack() as stack:
        clients = []
        for count in (1, 2):
            cluster = LocalCluster(n_workers=count, threads_per_worker=1, dashboard_address=None)
            clients.append(stack.enter_context(Client(stack.enter_context(cluster))))
        for client in clients:
            client.run(lambda: len(extract_each(articles).extractions))
        times: list[list[float]] = []
        for _ in range(rounds):
            times.append([])
            for client in clients:
                start = time.perf_counter()
                assert len(extract_on_dask(client, articles).extractions) == len(articles)
                times[-1].append(time.perf_counter() - start)
    ratio = statistics.median(one / two for one, two in times)
    walls = ", ".join(f"{statistics.median(wall):.1f}" for wall in zip(*times, strict=True))
    yield "Dask, one worker, two workers, wall s", walls, ""
    yield "Dask, two workers against one", f"{ratio:.2f}", "1.8"


def measure_run(texts: list[str]) -> Iterator[Row]:
    """A whole run over the texts as files, and one more over nothing new."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _write_texts(folder / "texts", _give_titles(texts))
        environment = _environment(folder / "data")
        command = [*RUN, str(folder / "texts"), "--quiet"]
        spent = _run(command, env=environment)
        yield "whole run, articles a second of wall time", f"{len(texts) / spent.wall_s:.1f}", "25"
        yield "whole run, user s, of it workers", f"{spent.user_s:.1f}, {spent.workers_s:.1f}", ""
        yield "whole run, user time to wall time", f"{spent.user_s / spent.wall_s:.2f}", ""
        yield "of it, s", _describe_steps(folder / "data"), ""
        spent = _run(command, env=environment)
        yield "nothing new, wall s (user s)", f"{spent.wall_s:.1f} ({spent.user_s:.1f})", "0.5"


def measure_ledger(size: int, rows: tuple[Frames, Frames], texts: list[str]) -> Iterator[Row]:
    """The first comparison of a ledger of a size, one article more, and the texts more."""
    from benchmarks.make_ledger import make_ledger

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        count = make_ledger(folder, size, rows)
        environment = _environment(folder)
        news = {town: [ARTICLE.format(town=town, count=len(town))] for town in ("Lund", "Motala")}
        for town, found in (news | {"Mora": _give_titles(texts)}).items():
            _write_texts(folder / town, found)
            command = [*RUN, str(folder / town), "--budget", "0", "--report", "none", "--quiet"]
            spent = _run(command, env=environment)
            what, aim = {
                "Lund": ("first comparison of", ""),
                "Motala": ("one new article on", "10 on 100,000"),
                "Mora": (f"{len(texts)} new articles on", "60 for 500 on 100,000"),
            }[town]
            yield (
                f"{what} {count:,}, wall s (user s, GB; steps)",
                f"{spent.wall_s:.1f} ({spent.user_s:.1f}, {spent.peak_gb:.2f}; "
                f"{_describe_steps(folder)})",
                aim,
            )


def _give_titles(texts: list[str]) -> list[str]:
    return [f"Report number {number} of the day\n\n{text}" for number, text in enumerate(texts)]


def _write_texts(folder: Path, texts: list[str]) -> None:
    folder.mkdir()
    for number, text in enumerate(texts):
        (folder / f"{number}.txt").write_text(f"{text}\n", "utf-8")


def _describe_steps(folder: Path) -> str:
    import duckdb

    with duckdb.connect(str(folder / "work.duckdb"), read_only=True) as con:
        rows = con.execute(
            "SELECT step, seconds FROM ops.run_steps WHERE run_id = "
            "(SELECT max_by(run_id, started_at) FROM ops.runs) ORDER BY seconds DESC LIMIT 5"
        ).fetchall()
    return ", ".join(f"{step} {seconds:.1f}" for step, seconds in rows)


def _environment(folder: Path) -> dict[str, str]:
    return os.environ | {
        "NEWSLEDGER_DATA": str(folder),
        "NEWSLEDGER_REPORT_OUT": str(folder / "reports"),
        "NEWSLEDGER_GAZETTEER": os.environ.get(
            "NEWSLEDGER_GAZETTEER", str(paths.DATA / "gazetteer")
        ),
        "PYTHONPATH": str(ROOT),
    }


def _timed(work: Callable[[], Any]) -> tuple[Any, float]:
    start = time.process_time()
    result = work()
    return result, time.process_time() - start


@dataclass(frozen=True, slots=True)
class Spent:
    """What a command took, with all processes that it began."""

    wall_s: float
    user_s: float
    workers_s: float  # of the user time, what processes took that it did not wait for
    peak_gb: float  # of the largest process


def _run(command: list[str], **options: Any) -> Spent:
    start = time.perf_counter()
    options.setdefault("env", os.environ | {"PYTHONPATH": str(ROOT)})
    _adopt_orphans()
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, cwd=ROOT, process_group=0, **options
    )
    _, status, usage = os.wait4(process.pid, 0)
    wall_s = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    left = list(_wait_for_rest(process.pid))
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    workers_s = sum(one.ru_utime for one in left)
    peak = max(one.ru_maxrss for one in (usage, *left))
    return Spent(wall_s, usage.ru_utime + workers_s, workers_s, peak / 1024 / 1024)


def _adopt_orphans() -> None:
    """Become the parent of processes whose parent ends: workers are forked by a server that nobody
    waits for."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1)


def _wait_for_rest(group: int) -> Iterator[resource.struct_rusage]:
    """Wait for the processes of a group that are children by now; gives what each took."""
    with suppress(ChildProcessError):
        while True:
            yield os.wait4(-group, 0)[2]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--texts", type=Path)
    parser.add_argument("--docs", type=int, default=120)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--ledgers", type=int, nargs="*", default=[1000, 2000])
    arguments = parser.parse_args()
    from benchmarks.make_ledger import read_sample

    with tempfile.TemporaryDirectory() as name:
        rows = read_sample(Path(name))
    texts = read_texts(arguments.texts, arguments.docs, rows[0])
    print(f"{len(texts)} texts, {os.cpu_count()} processors, Python {platform.python_version()}, "
          f"load {os.getloadavg()[0]:.1f}\n\n| what | figure | aim |\n|---|---|---|")  # fmt: skip
    parts: list[Iterator[Row]] = [
        measure_parse(texts, arguments.rounds),
        measure_components(texts, arguments.rounds),
        measure_extract(texts, arguments.rounds),
        measure_dask(texts, arguments.rounds),
        measure_run(texts),
        *(measure_ledger(size, rows, texts) for size in arguments.ledgers),
    ]
    for part in parts:
        for what, figure, aim in part:
            print(f"| {what} | {figure} | {aim} |", flush=True)


if __name__ == "__main__":
    main()
