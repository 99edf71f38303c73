"""Clean: documents in, articles out; what repeats an article is a duplicate, what holds none is
refused."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from newsledger.errors import NewsledgerError, RefusedDocument
from newsledger.model.ids import make_text_key
from newsledger.model.records import Article, RawDocument, Reject
from newsledger.settings import read_settings
from newsledger.stages.fingerprint import fingerprint_of
from newsledger.stages.limit import time_limit
from newsledger.stages.protocol import Failure, Log

if TYPE_CHECKING:
    import duckdb

_HALF = re.compile("[\ud800-\udfff]")


@dataclass(slots=True)
class Cleaned:
    """One batch after cleaning. Documents read = articles + duplicates + rejects + failures +
    out of the window."""

    documents: list[RawDocument] = field(default_factory=list)
    articles: list[Article] = field(default_factory=list)
    duplicates: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Reason, and the document it repeats, by document id."""
    rejects: list[Reject] = field(default_factory=list)
    refused: list[RawDocument] = field(default_factory=list)
    """Documents of those rejects that hold no article: kept, for a better cleaner."""
    failures: list[Failure] = field(default_factory=list)
    out_of_window: int = 0


class Clean:
    """Turn a batch of documents into articles."""

    name = "clean"
    reads = ("raw.documents", "core.articles", "core.lines")
    writes: tuple[str, ...] = ()

    def __init__(
        self,
        con: "duckdb.DuckDBPyConnection",
        since: datetime | None = None,
        until: datetime | None = None,
    ) -> None:
        self.con, self.since, self.until = con, since, until
        self.limit_s = read_settings().document_timeout_s

    def fingerprint(self) -> str:
        """Digest of the cleaner and of the profile of an outlet's lines."""
        modules = ("newsledger.clean.document", "newsledger.ledger.copies.outlet_lines")
        return fingerprint_of("newsledger.stages.clean", *modules)

    def run(self, scope: Sequence[RawDocument | Reject], log: Log) -> Cleaned:
        """Clean one batch."""
        found = Cleaned(rejects=[item for item in scope if isinstance(item, Reject)])
        documents = [item for item in scope if isinstance(item, RawDocument)]
        own = [document.document_id for document in documents]
        by_bytes = self._known_bytes(documents, own)
        for document in documents:
            if original := by_bytes.get(document.sha256):
                found.duplicates[document.document_id] = ("same_bytes", original)
                found.documents.append(document)
            elif article := self._clean_one(document, found, log):
                by_bytes[document.sha256] = document.document_id
                found.articles.append(article)
                found.documents.append(document)
        self._drop_furniture(found, own, log)
        self._drop_same_text(found, own)
        return found

    def _clean_one(self, document: RawDocument, found: Cleaned, log: Log) -> Article | None:
        """Clean one document; what stands in the way is told in `found`."""
        from newsledger.clean.document import clean_document

        try:
            with time_limit(self.limit_s):
                article = clean_document(document)
        except RefusedDocument as refusal:
            found.rejects.append(_reject_of(document, refusal))
            found.refused.append(document)
            return None
        except NewsledgerError:
            raise  # a seed table or setting that is wrong: not the document's fault
        except Exception as error:
            failure = Failure.of(
                "clean",
                error,
                document_id=document.document_id,
                source_name=document.source_name,
            )
            log.error(
                "clean failed: %s %s at %s", failure.kind, failure.message, failure.place,
                extra={"article": document.document_id},
            )  # fmt: skip
            found.failures.append(failure)
            found.documents.append(document)
            return None
        if self._is_outside(article):
            found.out_of_window += 1
            return None
        return _scrub(article)

    def _is_outside(self, article: Article) -> bool:
        if article.published_at is None:
            return False
        published = article.published_at.replace(tzinfo=None)
        return bool(
            (self.since and published < self.since) or (self.until and published >= self.until)
        )

    def _drop_furniture(self, found: Cleaned, own: Sequence[str], log: Log) -> None:
        """Take out the lines that outlets repeat, of all articles together, or else one by one."""
        from newsledger.ledger.copies.outlet_lines import drop_outlet_lines

        try:
            found.articles = drop_outlet_lines(self.con, found.articles, own)
        except Exception:
            kept = []
            for article in found.articles:
                try:
                    kept += drop_outlet_lines(self.con, [article], own)
                except Exception as error:
                    failure = Failure.of("clean", error, document_id=article.document_id)
                    log.error("lines of an outlet: %s %s", failure.kind, failure.message)
                    found.failures.append(failure)
            found.articles = kept

    def _drop_same_text(self, found: Cleaned, own: Sequence[str]) -> None:
        keys = [
            make_text_key(a.outlet_domain or a.outlet_name, a.headline, a.body)
            for a in found.articles
        ]
        known = self._known("text_key", "core.articles", keys, own)
        kept = []
        for article, key in zip(found.articles, keys, strict=True):
            if original := known.get(key):
                found.duplicates[article.document_id] = ("same_text", original)
            else:
                known[key] = article.document_id
                kept.append(article)
        found.articles = kept

    def _known_bytes(self, documents: Sequence[RawDocument], own: Sequence[str]) -> dict[str, str]:
        sums = [document.sha256 for document in documents]
        return self._known("sha256", "raw.documents", sums, own, "status = 'article'")

    def _known(
        self,
        column: str,
        table: str,
        values: Sequence[str],
        own: Sequence[str],
        where: str = "true",
    ) -> dict[str, str]:
        """Which of the values a table has from other documents than the batch's own, and from
        which."""
        rows = self.con.execute(
            f"SELECT {column}, min(document_id) FROM {table} WHERE {where} "
            f"AND list_contains(?, {column}) AND NOT list_contains(?, document_id) GROUP BY ALL",
            [list(values), list(own)],
        ).fetchall()
        return dict(rows)


def _scrub(article: Article) -> Article:
    """Replace lone halves of characters, which no table takes; one code point stays one."""
    changed: dict[str, Any] = {}
    for name, value in ((f.name, getattr(article, f.name)) for f in fields(article)):
        if isinstance(value, str) and _HALF.search(value):
            changed[name] = _HALF.sub("\ufffd", value)
        elif isinstance(value, tuple) and any(
            isinstance(v, str) and _HALF.search(v) for v in value
        ):
            changed[name] = tuple(_HALF.sub("\ufffd", v) for v in value)
    return replace(article, **changed) if changed else article


def _reject_of(document: RawDocument, refusal: RefusedDocument) -> Reject:
    return Reject(
        document.document_id, document.source_uri, document.sha256, document.byte_count,
        refusal.reason, refusal.detail, document.fetched_at, document.source_name,
    )  # fmt: skip
