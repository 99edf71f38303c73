"""Cut the gold articles into labelled windows (needs newsledger with its parser).

    python -m benchmarks.reader.prepare OUT.jsonl

The first row holds the sizes of the facts; each other one is a window: doc_id, outlet, annotators,
split, ids, facts, and three labels a piece: content (outside, begin of speech, begin of attitude, begin of a
further stretch, inside), source and cue (outside, begin, inside). Optional claims are neither: their pieces are left out of the loss. Where contents nest,
the outer one is labelled.
"""

import json
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from benchmarks.gold.load import GoldArticle, load_gold
from newsledger.model.records import Span
from newsledger.nlp.attribution.choose import weigh_candidates
from newsledger.nlp.names.entities import find_entities
from newsledger.nlp.parse.model import load_model
from newsledger.nlp.parse.parsed import ParsedText
from newsledger.nlp.quotes.marks import find_quotations
from newsledger.nlp.reader.pieces import FACT_SIZES, Window, cut_windows

OUTSIDE, SPEECH, ATTITUDE, FURTHER, INSIDE = range(5)
IGNORED = -100
TAKEN = 0.2  # share of a content's pieces that an outer one may have labelled already


def label_window(article: GoldArticle, window: Window) -> tuple[list[int], list[int], list[int]]:
    """Label the pieces of a window with the claims of its article: content, source, cue."""
    content, source, cue = ([0] * len(window.ids) for _ in range(3))
    claims = sorted(article.claims, key=lambda row: -sum(e - s for s, e in row["content_spans"]))
    for claim in claims:
        stretches = [_pieces_of(window, span) for span in sorted(claim["content_spans"])]
        pieces = [i for stretch in stretches for i in stretch]
        if not pieces or sum(content[i] > 0 for i in pieces) > TAKEN * len(pieces):
            continue
        if claim["optional"]:
            for i in pieces:
                content[i] = content[i] or IGNORED
            continue
        _mark_content(content, stretches, ATTITUDE if claim["class"] == "attitude" else SPEECH)
        for marks, span in ((source, claim["source_span"]), (cue, claim["cue_span"])):
            for n, i in enumerate(_pieces_of(window, span) if span else ()):
                marks[i] = 2 if n else 1
    return content, source, cue


def _mark_content(content: list[int], stretches: Sequence[Sequence[int]], first: int) -> None:
    for number, stretch in enumerate(stretches):
        for n, i in enumerate(stretch):
            content[i] = INSIDE if n else FURTHER if number else first


def _pieces_of(window: Window, span: Sequence[int]) -> list[int]:
    start, end = span
    return [i for i, (a, b) in enumerate(window.spans) if b > a and start <= (a + b) / 2 < end]


def main(out: Path) -> None:
    """Write the windows of all gold articles."""
    nlp = load_model()
    articles = load_gold()
    with out.open("w", encoding="utf-8") as handle:
        handle.write(json.dumps({"fact_sizes": FACT_SIZES}) + "\n")
        for article, parsed in zip(articles, nlp.pipe(a.text for a in articles), strict=True):
            doc = ParsedText(parsed)
            quotations = find_quotations(doc.text)
            weighed = weigh_candidates(doc, quotations, find_entities(doc))
            spans = [piece for quotation in quotations for piece in quotation.pieces]
            spans += [span for _, one in weighed for span in (*one.content, *one.cue)]
            for window in cut_windows(doc, quotations, spans):
                row = {
                    "doc_id": article.doc_id,
                    "outlet": article.outlet,
                    "annotators": article.annotators,
                    "split": article.split,
                    "ids": window.ids,
                    "facts": window.facts,
                    "spans": [Span(*span) for span in window.spans],
                    "labels": label_window(article, window),
                }
                handle.write(json.dumps(row) + "\n")
    print(f"{len(articles)} articles, {datetime.now():%H:%M}", file=sys.stderr)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
