"""Who speaks: the issuer of a document where the article tells one, the person whose name stands
behind a long title, and who goes on in a quotation of its own."""

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
    "Department of Rivers and Wetlands's (DRW) habitat coordinator Tom Veller says the reeds have "
    "died.": ["Tom Veller"],
    "The National Institute of Soils and Crop Disease's director, Dr. Ida Bren, said the blight "
    "would spread.": ["Ida Bren"],
    "Host and novelist Carla Dunmore, from Milford, asked why the prize had gone to a cook.": [
        "Carla Dunmore"
    ],
    "Assemblywoman Dora Finch spoke first. A Liberal Assemblywoman, Petra Quill, said the vote was "
    "a farce.": ["Petra Quill"],
    "“The map is wrong,” said study co-author Professor Alan Reiss of Calder University.": [
        "Alan Reiss"
    ],
    "Current Prime Minister of Norway Signe Dahl wrote that a sailor had died.": ["Signe Dahl"],
    "The Wetland Trust's chief executive and former minister Ida Bren said the plan was dead.": [
        "Ida Bren"
    ],
    "Mayor Dan Orrick and Sheriff Tom Veller said the road was shut.": ["Dan Orrick"],
    "Students of professor Alan Reiss said the course was hard.": [None],
    "Lena Marsh, the wife of director Tom Veller, said the house was empty.": ["Lena Marsh"],
    "“The wells are dry,” Ona Moe said.\n\nShe has already sold her goats.\n\n“It breaks my heart. "
    "Nobody asked us before they dug.”": ["Ona Moe", "Ona Moe"],
    "Ona Moe said the wells were dry.\n\nA shepherd leads his goats over the bed of the river "
    "(Harbour Pictures)\n\n“It breaks my heart. Nobody asked us before they dug.”": [
        "Ona Moe",
        "Ona Moe",
    ],
    "Per Dahl died in the spring.\n\n'Close to the river'\n\nThe house is empty.": [],
    "Finance minister Per Dahl spoke first. Transport minister Ona Moe sent a letter of support, but "
    "the minister said no road would be built.": ["Ona Moe"],
    "“The banks are far away,” analyst Ona Moe said. An office in Larkin was open. The manager said "
    "few people came.": ["Ona Moe", None],
    "Gisela Lund left school early. The other young woman said that she had gone on.": [None],
    "One of the parties, the Northern Liberation Forces (NLF), criticised the plan and said it had "
    "not been asked.": ["Northern Liberation Forces"],
    "Transport minister Ona Moe met finance minister Paul Dahl on Monday. Moe said the road was safe. "
    "The minister said it would stay open.": ["Ona Moe", "minister"],
    "Schools across Samoa were shut on Monday. New Zealand sent nurses to Apia. The government said "
    "that markets in Apia would open again in Samoa.": ["government"],
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
