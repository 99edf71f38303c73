"""Clean: documents in, articles out; what repeats an article is a duplicate, what holds none is
refused."""

import re
from collections.abc import Collection, Mapping, Sequence
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
from newsledger.stages.repeats import (
    rank_article,
    rank_document,
    rank_known_articles,
    rank_known_documents,
    read_displaced,
)

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
    displaced: int = 0
    """Stored documents that came again, since one of the batch takes their place."""


Result = Article | Reject | Failure | None
"""What cleaning one document comes to; `None` where it is out of the window."""


class Clean:
    """Turn a batch of documents into articles."""

    name = "clean"
    reads = ("raw.documents", "core.articles", "core.lines", "ops.quarantine")
    writes: tuple[str, ...] = ()

    def __init__(
        self,
        con: "duckdb.DuckDBPyConnection",
        since: datetime | None = None,
        until: datetime | None = None,
    ) -> None:
        self.con, self.since, self.until = con, since, until
        self.limit_s = read_settings().document_timeout_s
        self._prepared: dict[str, Article | Reject | Failure] = {}

    def fingerprint(self) -> str:
        """Digest of the cleaner and of the profile of an outlet's lines."""
        modules = ("newsledger.clean.document", "newsledger.ledger.copies.outlet_lines")
        return fingerprint_of("newsledger.stages.clean", *modules)

    def prepare(self, scope: Sequence[RawDocument | Reject], log: Log) -> None:
        """Clean the documents of the next batch, as far as that asks the database nothing."""
        documents = [item for item in scope if isinstance(item, RawDocument)]
        self._prepared = {d.document_id: self._clean_one(d, log) for d in documents}

    def run(self, scope: Sequence[RawDocument | Reject], log: Log) -> Cleaned:
        """Clean one batch, with the stored documents that a document of it displaces."""
        documents = {d.document_id: d for d in scope if isinstance(d, RawDocument)}
        rejects = [item for item in scope if isinstance(item, Reject)]
        came, results = set(documents), dict[str, Result]()
        while True:
            found = Cleaned(rejects=list(rejects))
            lost = self._clean_all(documents, came, results, found, log)
            self._drop_furniture(found, list(documents), log)
            lost += self._drop_same_text(found, list(documents))
            if not lost:
                break
            documents |= {d.document_id: d for d in read_displaced(self.con, lost)}
        _point_to_articles(found)
        found.displaced = len(documents) - len(came)
        found.documents.sort(key=lambda document: document.document_id in came)
        return found

    def _clean_all(
        self,
        documents: Mapping[str, RawDocument],
        came: Collection[str],
        results: dict[str, Result],
        found: Cleaned,
        log: Log,
    ) -> list[str]:
        """Clean each document that repeats none by its bytes; of those that came, only inside of
        the window. Returns the stored articles that lose their place to one of them."""
        sums = [document.sha256 for document in documents.values()]
        known = rank_known_documents(self.con, sums, list(documents))
        originals: dict[str, str] = {}
        lost = []
        for document in sorted(documents.values(), key=rank_document):
            own, stored = rank_document(document), known.get(document.sha256)
            if stored and stored < own:
                originals.setdefault(document.sha256, stored[1])
            if original := originals.get(document.sha256):
                found.duplicates[document.document_id] = ("same_bytes", original)
                found.documents.append(document)
                continue
            if document.document_id not in results:
                result = self._prepared.pop(document.document_id, None)
                result = result or self._clean_one(document, log)
                is_outside = isinstance(result, Article) and self._is_outside(result)
                is_new = document.document_id in came
                results[document.document_id] = None if is_new and is_outside else result
            if _keep(results[document.document_id], document, found):
                originals[document.sha256] = document.document_id
                lost += [stored[1]] if stored else []
        return lost

    def _clean_one(self, document: RawDocument, log: Log) -> Article | Reject | Failure:
        """Clean one document. Gives its article, or what stands in the way."""
        from newsledger.clean.document import clean_document

        try:
            with time_limit(self.limit_s):
                article = clean_document(document)
        except RefusedDocument as refusal:
            return _reject_of(document, refusal)
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
            return failure
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
        from newsledger.store.database import is_damage

        try:
            found.articles = drop_outlet_lines(self.con, found.articles, own)
        except Exception as broken:
            if is_damage(broken):
                raise
            kept = []
            for article in found.articles:
                try:
                    kept += drop_outlet_lines(self.con, [article], own)
                except Exception as error:
                    failure = Failure.of("clean", error, document_id=article.document_id)
                    log.error("lines of an outlet: %s %s", failure.kind, failure.message)
                    found.failures.append(failure)
            found.articles = kept

    def _drop_same_text(self, found: Cleaned, own: Sequence[str]) -> list[str]:
        """Take out the articles that repeat the words of another one. Returns the stored ones that
        lose their place to one of the batch."""
        keys = {
            a.document_id: make_text_key(a.outlet_domain or a.outlet_name, a.headline, a.body)
            for a in found.articles
        }
        known = rank_known_articles(self.con, list(keys.values()), own)
        originals: dict[str, str] = {}
        lost = []
        for article in sorted(found.articles, key=rank_article):
            key = keys[article.document_id]
            stored = known.get(key)
            if stored and stored < rank_article(article):
                originals.setdefault(key, stored[1])
            elif stored and key not in originals:
                lost.append(stored[1])
            original = originals.setdefault(key, article.document_id)
            if original != article.document_id:
                found.duplicates[article.document_id] = ("same_text", original)
        found.articles = [a for a in found.articles if a.document_id not in found.duplicates]
        return lost


def _keep(result: Result, document: RawDocument, found: Cleaned) -> bool:
    """Note what cleaning a document came to. Returns whether it holds an article."""
    if result is None:
        found.out_of_window += 1
    elif isinstance(result, Reject):
        found.rejects.append(result)
        found.refused.append(document)
    else:
        found.documents.append(document)
        if isinstance(result, Article):
            found.articles.append(result)
            return True
        found.failures.append(result)
    return False


def _point_to_articles(found: Cleaned) -> None:
    """Let what repeats a repeat point to the article itself."""
    for document_id, (_, original) in list(found.duplicates.items()):
        while original in found.duplicates:
            reason, original = found.duplicates[original]
            found.duplicates[document_id] = (reason, original)


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
