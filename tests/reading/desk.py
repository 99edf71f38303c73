"""A small invented desk: five articles whose claims are known, and the ledger made of them.

Outlets, people, organisations, figures and events are invented; only towns and countries are real.
"""

import json
from pathlib import Path

ARTICLES = (
    {
        "outlet": "The Delta Courier",
        "url": "https://delta-courier.example/bridge",
        "published_at": "2025-03-04T07:30:00Z",
        "title": "Bridge at Arnhem gives way, four killed",
        "text": (
            "ARNHEM — A road bridge at Arnhem gave way early on Tuesday and four people were "
            "killed, the fire service said.\n\n"
            "“We heard a crack and then the road was gone,” said Karin Smit, a nurse who was "
            "driving to work.\n\n"
            "Ana Silva, the mayor, said the bridge had passed its last inspection in 2023. Silva "
            "and Piet Bakker said a ferry would sail "
            "from Wednesday.\n\n"
            "An official at the ministry, who spoke on condition of anonymity because he was not "
            "authorised to talk to reporters, "
            "said the inspectors had warned of rust in January.\n\n"
            "Bridge builder Norbouw declined to comment."
        ),
    },
    {
        "outlet": "Rhine Post",
        "url": "https://rhine-post.example/toll",
        "published_at": "2025-03-04T15:00:00Z",
        "title": "At least seven dead in Arnhem bridge collapse",
        "text": (
            "At least seven people were killed when a road bridge at Arnhem gave way on Tuesday, "
            "the Gelderland hospital said.\n\n"
            "Transport Minister Piet Bakker denied that the inspectors had warned of rust in "
            "January.\n\n"
            "A report by the Dutch Safety Council said the bridge carried twice the traffic it "
            "was built for.\n\n"
            "The bridge reportedly cost 40 million euros.\n\n"
            "The claim could not be independently verified."
        ),
    },
    {
        "outlet": "Albion Daily",
        "url": "https://albion-daily.example/arnhem",
        "published_at": "2025-03-05",
        "title": "Norbouw to pay for Arnhem bridge, minister says",
        "text": (
            "Builder Norbouw will pay for a new bridge at Arnhem, Transport Minister Piet Bakker "
            "told Reuters on Wednesday.\n\n"
            "“Nobody warned us of rust,” Bakker said. “Not in January, not at any time.”\n\n"
            "Hanna Vos, a spokeswoman for Norbouw, said the company would decide next week.\n\n"
            "Norbouw claimed that lorries which were too heavy had damaged the bridge, but the "
            "claim could not be independently verified.\n\n"
            "Engineers in Germany said that 300 bridges of the kind were in use there."
        ),
    },
    {
        "outlet": "Harbour Times",
        "url": "https://harbour-times.example/strike",
        "published_at": "2025-03-06T09:00:00Z",
        "title": "Dockers at Antwerp begin strike",
        "text": (
            "ANTWERP — Dockers at Antwerp began a strike on Thursday, their union said.\n\n"
            "“We want eight percent more, and we want it now,” said union leader Marie Claes.\n\n"
            "The port authority said 20 ships were waiting off the coast of Belgium.\n\n"
            "Analysts expect the strike to last until Monday.\n\n"
            "According to the radio station Radio Noord, which quoted a police officer, three "
            "dockers were arrested on Thursday."
        ),
    },
    {
        "outlet": "Rhine Post",
        "url": "https://rhine-post.example/strike",
        "published_at": "2025-03-06T16:20:00Z",
        "title": "Port of Antwerp at a standstill as dockers strike",
        "text": (
            "The port of Antwerp stood still on Thursday as dockers went on strike, the port "
            "authority said.\n\n"
            "Union leader Marie Claes said no docker had been arrested.\n\n"
            "“Eight percent is more than we can pay,” said port director Luc Peeters.\n\n"
            "The union did not respond to a request for comment on the talks."
        ),
    },
)


def write_articles(folder: Path) -> Path:
    """Write the articles as one JSON Lines file, and return it."""
    path = folder / "desk.jsonl"
    path.write_text("".join(json.dumps(article) + "\n" for article in ARTICLES), "utf-8")
    return path
