"""Count in how many news events a word stands near the beginning: newsledger/learned/word_spread.json.

    python benchmarks/train_spread.py ARTICLES.jsonl [SINGLES ...] --write

ARTICLES holds `event_id, title, text, outlet`; articles of one event count once, SINGLES are
folders or files of single articles in any form that is read. The spread of a word says how little it tells of a story; it holds for all
archives, so that new articles do not change what old ones weigh. Words of fewer than four events
are left out: they are rare. Without --write the file is compared with the one in place.
"""

import argparse
import json
from collections import Counter, defaultdict
from pathlib import Path

import polars as pl

from newsledger.clean.document import clean_document
from newsledger.errors import RefusedDocument
from newsledger.ingest import read_sources
from newsledger.ledger.copies.own_words import list_texts
from newsledger.ledger.stories.find import _WORD, LEAD_WORDS, fold_term
from newsledger.paths import LEARNED
from newsledger.settings import Settings

FEWEST = 4


def read_frame(articles: Path, pages: list[Path]) -> pl.DataFrame:
    """Read articles and single pages: article_id, event, outlet_name, headline, body."""
    rows = [json.loads(line) for line in articles.read_text("utf-8").splitlines() if line.strip()]
    frame = [
        (row["doc_id"], str(row["event_id"]), row["outlet"], row["title"], row["text"])
        for row in rows
    ]
    refused = 0
    for document in read_sources(pages, Settings()) if pages else ():
        try:
            page = clean_document(document)
        except RefusedDocument:
            refused += 1
            continue
        key = document.source_uri
        frame.append((key, key, page.outlet_name, page.headline, page.body))
    print(f"{len(frame)} articles, {refused} more without a text")
    columns = ("article_id", "event", "outlet_name", "headline", "body")
    return pl.DataFrame(frame, schema=dict.fromkeys(columns, pl.String), orient="row")


def count_spread(frame: pl.DataFrame) -> dict[str, object]:
    """Count the events of each word of headlines and first paragraphs."""
    texts = dict(list_texts(frame).select("article_id", "own_text").iter_rows())
    events: dict[str, set[str]] = defaultdict(set)
    for key, event, headline in frame.select("article_id", "event", "headline").iter_rows():
        lead = " ".join(texts[key].split(None, LEAD_WORDS)[:LEAD_WORDS])
        events[event] |= {fold_term(word) for word in _WORD.findall(f"{headline or ''} {lead}")}
    counts = Counter(word for words in events.values() for word in words)
    kept = {
        word: count
        for word, count in sorted(counts.items())
        if count >= FEWEST and word.isascii() and word.isalpha() and len(word) > 1
    }
    return {"units": len(events), "terms": kept}


def main() -> None:
    """Count, and write or compare."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("articles", type=Path)
    parser.add_argument("pages", type=Path, nargs="*")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    found = count_spread(read_frame(options.articles, options.pages))
    path = LEARNED / "word_spread.json"
    if options.write:
        path.write_text(json.dumps(found, separators=(",", ":")), encoding="utf-8")
    print(
        f"{found['units']} events; same as in place: {found == json.loads(path.read_text('utf-8'))}"
    )


if __name__ == "__main__":
    main()
