"""Print what extraction costs on top of the parse, as a share of the parse's time.

    python benchmarks/extraction_cost.py TEXTS.jsonl.gz … [--docs N] [--rounds N] [--profile]

Each line of a file has a `text`. Texts are taken in batches; each batch is parsed and then
extracted, one right after the
other, so that a busy machine slows both. Processor time of this process is counted, in one thread.
Printed are the median
over batches and rounds, the share over all, and the components' own shares.
"""

import argparse
import cProfile
import os
import pstats
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("BLIS_NUM_THREADS", "1")
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from benchmarks.claim_scoring import read_gold
from newsledger.model.records import Article
from newsledger.nlp import extract
from newsledger.nlp.attribution import choose as attribution
from newsledger.nlp.claims import build as claims
from newsledger.nlp.names import actors as aliases
from newsledger.nlp.names import entities
from newsledger.nlp.names import pronouns as coref
from newsledger.nlp.parse.model import load_model
from newsledger.nlp.places import mentions as places
from newsledger.nlp.quotes import marks as quotes
from newsledger.nlp.time import dates

BAR = 15.0  # per cent of the parse's time
BATCH = 16
_COMPONENTS: dict[Any, tuple[str, ...]] = {
    quotes: ("find_quotations",), extract: ("find_sentences",), entities: ("find_entities",), places: ("find_places",), aliases: ("find_actors",),
    attribution: ("find_attributions",), coref: ("resolve_pronouns",), dates: ("find_times",), claims: ("build_claims",),
}  # fmt: skip


def time_components(spent: dict[str, float]) -> None:
    """Wrap the components so that each adds its time to `spent`."""

    def wrap(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def timed(*args: Any) -> Any:
            start = time.process_time()
            result = function(*args)
            spent[name] += time.process_time() - start
            return result

        return timed

    for module, names in _COMPONENTS.items():
        for name in names:
            setattr(module, name, wrap(name, getattr(module, name)))


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("texts", nargs="+", type=Path)
    parser.add_argument("--docs", type=int, default=80, help="texts of each file")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument(
        "--profile", action="store_true", help="print where the time of the components goes"
    )
    options = parser.parse_args()
    texts = [row["text"] for path in options.texts for row in read_gold(path, options.docs)]
    articles = [
        Article(f"art_{number}", "doc", text, outlet_name=None) for number, text in enumerate(texts)
    ]
    nlp = load_model()
    spent: dict[str, float] = defaultdict(float)
    time_components(spent)
    for doc in nlp.pipe(texts[:4]):  # loads what is loaded once
        extract.extract_doc(doc, articles[0])
    spent.clear()
    profile = cProfile.Profile() if options.profile else None
    shares, parsing, extracting, tokens = [], 0.0, 0.0, 0
    for _ in range(options.rounds):
        for first in range(0, len(texts), BATCH):
            start = time.process_time()
            docs = list(nlp.pipe(texts[first : first + BATCH], batch_size=BATCH))
            parsed = time.process_time()
            if profile:
                profile.enable()
            for doc, article in zip(docs, articles[first : first + BATCH], strict=True):
                extract.extract_doc(doc, article)
            if profile:
                profile.disable()
            done = time.process_time()
            shares.append(100 * (done - parsed) / (parsed - start))
            parsing, extracting, tokens = (
                parsing + parsed - start,
                extracting + done - parsed,
                tokens + sum(map(len, docs)),
            )
    print(
        f"{len(texts)} texts, {options.rounds} rounds, {tokens / options.rounds:,.0f} tokens; parse {tokens / parsing:,.0f} tokens a second"
    )
    print(
        f"extraction: median {statistics.median(shares):.1f} %, over all {100 * extracting / parsing:.1f} % of the parse (bar {BAR:.0f} %)"
    )
    for name, seconds in sorted(spent.items(), key=lambda pair: -pair[1]):
        print(f"  {name:20s} {100 * seconds / parsing:5.1f} %")
    if profile:
        pstats.Stats(profile).sort_stats("tottime").print_stats(35)


if __name__ == "__main__":
    main()
