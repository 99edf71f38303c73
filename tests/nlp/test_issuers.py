"""Who speaks through a document: its issuer, where the article tells one."""

import pytest

from newsledger.model.records import Article
from newsledger.nlp.extract import extract_articles

CASES = {
    "The Food Agency said in a statement on Monday that the wells are clean. "
    "The statement added that the pumps were checked.": ["Food Agency", "Food Agency"],
    "A statement on the Harbour Board's website said the pier is shut.": ["Harbour Board"],
    "The Harbour Board statement said that nobody was hurt.": ["Harbour Board"],
    "The Food Agency said in a statement that the wells are clean. The Harbour Board said in a "
    "statement that the pier is shut. The statement added that boats may land.": [
        "Food Agency",
        "Harbour Board",
        None,
    ],
    "A spokeswoman for the Harbour Board said the pier is shut.": [
        "spokeswoman for the Harbour Board"
    ],
}


@pytest.fixture(scope="module")
def speakers() -> dict[str, list[str | None]]:
    articles = [Article(f"art_{i}", str(i), text) for i, text in enumerate(CASES)]
    found = {}
    for text, extraction in zip(CASES, extract_articles(articles), strict=True):
        names = {actor.article_actor_id: actor.name for actor in extraction.actors}
        found[text] = [
            names.get(claim.speaker_article_actor_id or "")
            for claim in extraction.claims
            if not claim.is_statement
        ]
    return found


@pytest.mark.parametrize("text", list(CASES))
def test_document_speaks_for_its_issuer(speakers, text):
    assert speakers[text] == CASES[text]
