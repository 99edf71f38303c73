"""Ready questions asked of real, annotated news: ten Wikinews articles (CC BY 2.5, each with its
attribution in benchmarks/gold/texts.jsonl), whose answers are the rows that annotators wrote. What
several outlets say of one event is not annotated there: those questions are asked of invented
articles with known answers, in test_sample_questions.py and test_questions.py."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.gold.load import GoldArticle, load_gold, slice_spans
from newsledger.store.queries import run_query
from tests.runs import publish_once, use_data

ARTICLES = {
    "wn-car-bomb-ramming-attack-kills-dozens-at",
    "wn-georgian-tennis-player-nikoloz-basilashvili",
    "wn-iran-admits-downing-ukrainian-jet-cites-human",
    "wn-magnitogorsk-apartment-building-collapses-after",
    "wn-at-least-71-deaths-in-mexico-likely-linked-to",
    "wn-five-cholera-deaths-recorded-in-zimbabwe-amid",
    "wn-indonesian-suspected-bird-flu-case-dies-symptoms",
    "wn-nitrite-poisoned-milk-kills-three-babies-sickens",
    "wn-six-h1n1-cases-appear-in-the-philippines",
    "wn-whooping-cough-outbreak-kills-ten-infants-in",
}


def words_of(name: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", name.casefold())) - {"the", "of", "a", "an"}


def is_same(one: str, other: str) -> bool:
    a, b = words_of(one), words_of(other)
    return bool(a and b) and (a <= b or b <= a)


def share(hits: list[bool]) -> float:
    return sum(hits) / len(hits)


def content(article: GoldArticle, claim: dict) -> str:
    return " ".join(slice_spans(article.text, claim["content_spans"]))


def is_like(one: str, other: str) -> bool:
    """Whether two stretches tell the same: half of the words of the shorter one, and three."""
    a, b = words_of(one), words_of(other)
    shorter = min(len(a), len(b))
    return len(a & b) >= max(min(3, shorter), 0.5 * shorter)


def find_claim(gold: list[GoldArticle], row: dict, **wanted: object) -> dict | None:
    """The annotated claim that a row tells, of those with these values."""
    claims = [(a, claim) for a in gold if a.url == row["url"] for claim in a.claims]
    return next(
        (
            claim
            for article, claim in claims
            if all(claim[key] == value for key, value in wanted.items())
            and is_like(row["content_text"], content(article, claim))
        ),
        None,
    )


@pytest.fixture(scope="module")
def gold() -> list[GoldArticle]:
    return [article for article in load_gold("train") if article.doc_id in ARTICLES]


@pytest.fixture(scope="module")
def ask(gold, tmp_path_factory) -> Iterator:
    """A function that asks a ready question of a ledger of these articles and gives its rows."""

    def write_articles(root: Path) -> Path:
        file = root / "articles.jsonl"
        rows = [
            {
                "title": article.title, "url": article.url, "outlet": "Wikinews",
                "text": article.text, "published_at": article.date,
            }
            for article in gold
        ]  # fmt: skip
        file.write_text("\n".join(map(json.dumps, rows)), "utf-8")
        return file

    def ask_question(question: str, **params: str) -> list[dict]:
        answer = run_query(question, params)
        return [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]

    with use_data(publish_once(tmp_path_factory, "annotated", write_articles).parent):
        yield ask_question


def test_who_speaks_is_who_the_annotators_heard(ask, gold):
    names = [[claim["speaker"], *claim["alt_speakers"]] for a in gold for claim in a.claims]
    wanted = [
        [claim["speaker"], *claim["alt_speakers"]]
        for article in gold
        for claim in article.claims
        if claim["is_named"] and not claim["optional"]
    ]

    found = [row["speaker_name"] for row in ask("who_speaks_most")]

    heard = [any(is_same(name, one) for one in found for name in group) for group in wanted]
    right = [any(is_same(name, one) for group in names for name in group) for one in found]
    assert share(heard) >= 0.8
    assert share(right) >= 0.7


def test_through_whom_names_the_relays_of_the_annotators(ask, gold):
    relays = {name for article in gold for claim in article.claims for name in claim["relay"]}

    found = ask("through_whom")

    assert any(is_same(row["relays"], "Voice of America") for row in found)
    wrong = [
        row["relays"]
        for row in found
        if not any(
            is_same(part, name) for name in relays for part in re.split(r" → |, ", row["relays"])
        )
    ]
    assert len(wrong) <= 1, wrong


def test_sources_without_a_name_are_those_of_the_annotators(ask, gold):
    unnamed = [
        "".join(article.text[start:end] for start, end in claim["content_spans"])
        for article in gold
        for claim in article.claims
        if not claim["is_named"]
    ]

    found = ask("unnamed_sources")

    right = [
        any(len(words_of(row["content_text"]) & words_of(told)) > 3 for told in unnamed)
        for row in found
    ]
    assert found
    assert share(right) >= 0.7


def test_figures_are_those_of_the_annotators(ask, gold):
    printed = {
        float(figure[key])
        for article in gold
        for claim in article.claims
        for figure in claim["figures"]
        for key in ("low", "high")
        if figure.get(key) is not None
    }

    told = [row for row in ask("figures_by_speaker") if row["speaker_name"]]

    assert len(told) >= 5
    assert share([bool({row["low"], row["high"]} & printed) for row in told]) >= 0.6


def test_places_in_focus_are_those_of_the_annotators(ask, gold):
    focus = {place["name"] for a in gold for place in a.places if place["focus"]}
    countries = {"Mexico", "Zimbabwe", "Indonesia", "China", "Philippines"}

    found = {row["name"] for row in ask("places_in_focus")}

    assert countries <= found
    assert share([any(is_same(name, one) for one in focus) for name in found]) >= 0.7


def test_what_is_said_about_a_place_stands_in_its_article(ask, gold):
    (article,) = (article for article in gold if "zimbabwe" in article.doc_id)

    found = ask("claims_about_place", place="Zimbabwe")

    assert found
    assert all(row["url"] == article.url for row in found)


def test_documents_are_those_of_the_annotators(ask, gold):
    told = [
        "".join(article.text[start:end] for start, end in claim["content_spans"])
        for article in gold
        for claim in article.claims
        if claim["source_type"] == "document"
    ]

    found = [row["content_text"] for row in ask("documents")]

    assert len(found) >= 3
    assert share([any(len(words_of(a) & words_of(b)) > 3 for b in told) for a in found]) >= 0.6


def test_how_an_outlet_sources_is_what_the_annotators_counted(ask, gold):
    claims = [claim for article in gold for claim in article.claims if not claim["optional"]]
    named = 100 * share([claim["is_named"] for claim in claims])

    (row,) = ask("outlet_sourcing")

    assert row["outlet_name"] == "Wikinews"
    assert abs(row["named_percent"] - named) < 15


def test_who_is_tells_the_kind_that_the_annotators_saw(ask, gold):
    actors = {actor["name"]: actor["kind"] for article in gold for actor in article.actors}

    found = {name: {row["kind"] for row in ask("who_is", name=name)} for name in actors}

    known = {name: kinds for name, kinds in found.items() if kinds}
    assert len(known) >= 0.8 * len(actors)
    assert share([actors[name] in kinds for name, kinds in known.items()]) >= 0.8


def test_countries_heard_are_countries_of_the_actors(ask, gold):
    countries = {actor["country"] for article in gold for actor in article.actors}

    found = {row["speaker_country_code"] for row in ask("countries_heard")}

    assert found
    assert found <= countries


def test_denials_are_those_of_the_annotators(ask, gold):
    wanted = [claim for a in gold for claim in a.claims if claim["polarity"] == "denied"]

    found = ask("denials")

    assert len(found) >= len(wanted) - 1
    assert all(find_claim(gold, row, polarity="denied") for row in found)


def test_long_chains_have_the_relays_of_the_annotators(ask, gold):
    found = [row for row in ask("longest_chains") if row["hop_count"] > 2]  # speaker, outlet

    claims = [find_claim(gold, row) for row in found]
    assert len(found) >= 8
    assert share([bool(claim and claim["relay"]) for claim in claims]) >= 0.8


def test_days_are_those_of_the_annotators(ask, gold):
    told = {
        content(article, claim): str(claim["about_date"])
        for article in gold
        for claim in article.claims
        if claim["about_date"]
    }

    found = ask("what_happened_when")

    right = [
        any(day.startswith(str(row["about_start_date"])[:10]) for day in days)
        for row in found
        if (days := [day for text, day in told.items() if is_like(row["content_text"], text)])
    ]
    assert len(right) >= 15
    assert share(right) >= 0.7


def test_what_the_outlet_says_itself_is_nobodys_claim(ask, gold):
    found = ask("nobody_says")

    claimed = [row for row in found if find_claim(gold, row, optional=False)]
    assert len(found) >= 20
    assert len(claimed) <= 0.15 * len(found)


def test_a_toll_is_that_of_the_annotators(ask, gold):
    (article,) = (article for article in gold if "magnitogorsk" in article.doc_id)
    printed = {
        figure["low"]
        for claim in article.claims
        for figure in claim["figures"]
        if figure["kind"] == "killed"
    }

    found = ask("toll_over_time", kind="killed", subject="Magnitogorsk")

    told = [row for row in found if row["speaker_name"]]
    assert told
    assert all(row["low"] in printed for row in told)


def test_new_since_a_day_is_what_later_articles_claim(ask, gold):
    later = [article for article in gold if (article.date or "") >= "2019-01-24"]

    found = ask("new_since", day="2019-01-24")

    told = [content(article, claim) for article in later for claim in article.claims]
    assert all(str(row["first_reported_at"])[:10] >= "2019-01-24" for row in found)
    assert (
        share([any(is_like(row["canonical_text"], text) for text in told) for row in found]) >= 0.8
    )
    assert {row["story_headline"] for row in found} == {article.title for article in later}


def test_what_others_say_about_an_actor_names_it(ask, gold):
    (article,) = (article for article in gold if "georgian-tennis" in article.doc_id)
    (actor,) = (a for a in article.actors if "Basilashvili" in a["name"] and a["kind"] == "person")

    found = ask("claims_about_actor", name=actor["name"])

    assert found
    assert all(row["url"] == article.url and row["speakers"] != actor["name"] for row in found)


def test_what_is_to_come_is_claimed_by_somebody(ask, gold):
    found = ask("what_is_to_come")

    assert len(found) >= 5
    assert share([find_claim(gold, row) is not None for row in found]) >= 0.8


@pytest.mark.parametrize(
    ("question", "params", "column", "wanted"),
    [
        ("names_of", {"name": "World Health Organization"}, "alias", {"WHO"}),
        ("women_and_men", {}, "women", {4}),  # Patti, Peters, Singizi, Tchkadua
        ("story", {"headline": "nitrite"}, "speakers", {"Preliminary investigations"}),
        (
            "what_did_x_say_about_y",
            {"speaker": "Lee Suy", "subject": "strain"},
            "speakers",
            {"Lyndon Lee Suy"},
        ),
        ("unverified", {}, "caveat", set()),
        ("declined_to_comment", {}, "speaker_name", set()),
        ("contradictions", {}, "content_text", set()),
        ("copied_articles", {}, "outlet_name", set()),
        ("corrections", {}, "headline", set()),
        ("withdrawn", {}, "content_text", set()),
    ],
)
def test_what_is_there_is_found_and_nothing_else(ask, question, params, column, wanted):
    found = {row[column] for row in ask(question, **params)}

    assert wanted <= found
    assert wanted or not found
