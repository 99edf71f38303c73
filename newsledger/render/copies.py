"""Copies of the articles in an HTML edition: the text with every sentence as a place that a link
can mark."""

import itertools
from collections import defaultdict
from collections.abc import Iterable
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from newsledger.render.html import write_page
from newsledger.render.words import point_at, readable_time

if TYPE_CHECKING:
    import duckdb


def write_copies(
    con: "duckdb.DuckDBPyConnection", folder: Path, claim_ids: Iterable[str]
) -> dict[str, str]:
    """Write the articles of the claims into `folder/articles`, one page each; returns the address
    of each claim's sentence as seen from `folder`."""
    found = con.execute(
        """SELECT c.claim_id, c.article_id, c.content_spans, coalesce(s.sentence_no, 0)
        FROM core.claims AS c
        LEFT JOIN told_sentences AS s ON s.claim_id = c.claim_id AND s.place = 1
        WHERE list_contains(?, c.claim_id) ORDER BY ALL""",
        [sorted(claim_ids)],
    ).fetchall()
    spans: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for _, article_id, pieces, _ in found:
        spans[article_id] += [(piece["start"], piece["end"]) for piece in pieces]
    (folder / "articles").mkdir(parents=True)
    for article_id, said in spans.items():
        _write_copy(con, folder, article_id, said)
    return {
        claim_id: f"articles/{article_id}.html#s{number}"
        for claim_id, article_id, _, number in found
    }


def _write_copy(
    con: "duckdb.DuckDBPyConnection", folder: Path, article_id: str, said: list[tuple[int, int]]
) -> None:
    cursor = con.execute(
        """SELECT headline, standfirst, outlet_name, outlet_domain, authors, published_at, url,
            body, correction
        FROM core.articles WHERE article_id = ?""",
        [article_id],
    )
    columns = [column[0] for column in cursor.description]
    article: dict[str, Any] = dict(zip(columns, cursor.fetchone() or (), strict=True))
    sentences = con.execute(
        'SELECT sentence_no, start, "end" FROM core.sentences WHERE article_id = ? ORDER BY start',
        [article_id],
    ).fetchall()
    body = article["body"]
    paragraphs = "\n".join(
        f"<p>{_mark_paragraph(body, start, end, sentences, said)}</p>" for start, end in _cut(body)
    )
    headline = article["headline"] or "Article without a headline"
    correction = (
        f'<p class="note">Correction: {escape(article["correction"])}</p>'
        if article["correction"]
        else ""
    )
    page = f"""<body class="copy">
<header><p><a href="../index.html">Back to the report</a></p>
<h1>{escape(headline)}</h1>
<p class="period">{_list_facts(article)}</p></header>
<main>
<p class="note">The text as read, without the rest of the page. Underlined: what the report cites;
the sentence of the link is marked.</p>
{f'<p class="standfirst">{escape(article["standfirst"])}</p>' if article["standfirst"] else ""}
{paragraphs}
{correction}
</main>
<footer><p class="tiny">{escape(article_id)}</p></footer>
</body>"""
    write_page(folder / "articles" / f"{article_id}.html", headline, page, "../")


def _list_facts(article: dict[str, Any]) -> str:
    """Outlet, authors, time and the link to the publisher."""
    link = point_at(article["url"], None)
    at = readable_time(article["published_at"]) if article["published_at"] else "no date"
    facts = [
        escape(fact)
        for fact in (
            article["outlet_name"] or article["outlet_domain"] or "unknown outlet",
            ", ".join(article["authors"] or []),
            f"{at} UTC" if ":" in at else at,
        )
        if fact
    ]
    if link:
        facts.append(f'<a href="{escape(link)}">at the publisher</a>')
    return " · ".join(facts)


def _cut(body: str) -> list[tuple[int, int]]:
    """Bounds of the paragraphs, which a blank line keeps apart."""
    found, at = [], 0
    for piece in body.split("\n\n"):
        if piece.strip():
            found.append((at, at + len(piece)))
        at += len(piece) + 2
    return found


def _mark_paragraph(
    body: str,
    start: int,
    end: int,
    sentences: list[tuple[int, int, int]],
    said: list[tuple[int, int]],
) -> str:
    parts, at = [], start
    for number, first, last in sentences:
        first, last = max(first, at), min(last, end)
        if first >= last:
            continue
        parts.append(escape(body[at:first]))
        parts.append(
            f'<span class="sentence" id="s{number}">{_underline(body, first, last, said)}</span>'
        )
        at = last
    return "".join(parts) + escape(body[at:end])


def _underline(body: str, start: int, end: int, said: list[tuple[int, int]]) -> str:
    """A sentence with what is cited of it underlined."""
    bounds = sorted({start, end, *(min(max(at, start), end) for span in said for at in span)})
    parts = []
    for left, right in itertools.pairwise(bounds):
        words = escape(body[left:right])
        is_cited = any(first <= left and right <= last for first, last in said)
        parts.append(f'<span class="said">{words}</span>' if is_cited else words)
    return "".join(parts)
