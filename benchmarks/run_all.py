"""Measure speed and print a table: what is compared runs in turns, so that a busy machine slows both.

    python benchmarks/run_all.py [--texts FILE.jsonl] [--docs 120] [--rounds 3] [--ledgers 1000 2000]

`--texts` has a `text` a line; without it the articles of the sample feed are taken, with words
drawn anew. Times of one process are processor seconds of its user; times of several are wall time,
and say something on a quiet machine only; ratios are medians over rounds. `--ledgers` are sizes of
ledgers made by templates, to which one article is added: double them to see growth.
"""

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("BLIS_NUM_THREADS", "1")
ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from newsledger import paths  # noqa: E402

BATCH = 16
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

Row = tuple[str, str]


def read_texts(path: Path | None, count: int) -> list[str]:
    """Texts of a file, or of the sample feed with words drawn anew for each round."""
    if path is not None:
        lines = path.read_text("utf-8").splitlines()
        return [json.loads(line)["text"] for line in lines if line.strip()][:count]
    from benchmarks.make_ledger import make_pool, make_round, read_sample

    with tempfile.TemporaryDirectory() as name:
        sample, _ = read_sample(Path(name))
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
    yield "parse, tokens a processor second", f"{tokens / spent['fast']:,.0f}"
    yield "model's own parse, tokens a processor second", f"{tokens / spent['stock']:,.0f}"
    yield "own parse against the model's", f"{statistics.median(ratios):.2f} times as fast"
    yield "tokens that differ", f"{differing} of {tokens:,}"


def measure_components(texts: list[str], rounds: int) -> Iterator[Row]:
    """Own components against the parse they stand on, batch by batch."""
    from newsledger.model.records import Article
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
    yield "own components against the fast parse", f"{statistics.median(shares):.2f}"


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
                own_s = _wall(own, stdin=handle)
            times.append((own_s, _wall(stock)))
    yield "extract, two workers, wall s", f"{statistics.median(t[0] for t in times):.1f}"
    yield (
        "model's own parse, two processes, wall s",
        f"{statistics.median(t[1] for t in times):.1f}",
    )
    ratio = statistics.median(own_s / stock_s for own_s, stock_s in times)
    yield "extract against the model's own parse", f"{ratio:.2f}"


def measure_run(texts: list[str]) -> Iterator[Row]:
    """A whole run over the texts as files, and one more over nothing new."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for number, text in enumerate(texts):
            (folder / f"{number}.txt").write_text(
                f"Report number {number} of the day\n\n{text}\n", "utf-8"
            )
        (folder / "data").mkdir()
        environment = _environment(folder / "data")
        command = [sys.executable, "-m", "newsledger", "run", *map(str, sorted(folder.glob("*.txt"))), "--quiet"]  # fmt: skip
        first = _wall(command, env=environment)
        yield "whole run, articles a second of wall time", f"{len(texts) / first:.1f}"
        yield "of it", _describe_steps(folder / "data")
        yield "nothing new, wall s", f"{_wall(command, env=environment):.1f}"


def measure_ledger(size: int) -> Iterator[Row]:
    """One article, and one more, on a ledger of a size."""
    from benchmarks.make_ledger import make_ledger

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        count = make_ledger(folder, size)
        environment = _environment(folder)
        for number, town in enumerate(("Lund", "Vara"), 1):
            file = folder / f"{town}.txt"
            file.write_text(ARTICLE.format(town=town, count=12 + number), "utf-8")
            command = [sys.executable, "-m", "newsledger", "run", str(file), "--budget", "0", "--quiet"]  # fmt: skip
            wall = _wall(command, env=environment)
            what = "first comparison" if number == 1 else "one new article"
            yield f"{what} on {count:,}, wall s", f"{wall:.1f} ({_describe_steps(folder)})"


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


def _wall(command: list[str], **options: Any) -> float:
    start = time.perf_counter()
    options.setdefault("env", os.environ | {"PYTHONPATH": str(ROOT)})
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=ROOT, **options)
    return time.perf_counter() - start


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--texts", type=Path)
    parser.add_argument("--docs", type=int, default=120)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--ledgers", type=int, nargs="*", default=[1000, 2000])
    arguments = parser.parse_args()
    texts = read_texts(arguments.texts, arguments.docs)
    print(f"{len(texts)} texts, {os.cpu_count()} processors, Python {platform.python_version()}, "
          f"load {os.getloadavg()[0]:.1f}\n\n| what | figure |\n|---|---|")  # fmt: skip
    parts: list[Iterator[Row]] = [
        measure_parse(texts, arguments.rounds),
        measure_components(texts, arguments.rounds),
        measure_extract(texts, arguments.rounds),
        measure_run(texts),
        *(measure_ledger(size) for size in arguments.ledgers),
    ]
    for part in parts:
        for what, figure in part:
            print(f"| {what} | {figure} |", flush=True)


if __name__ == "__main__":
    main()
