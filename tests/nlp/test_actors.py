"""Who is who inside one article, against golden cases: all are invented sentences."""

from typing import Any

import pytest

from newsledger.errors import SettingsError
from newsledger.model.records import Article
from newsledger.nlp.explain import explain_actors
from newsledger.nlp.extract import extract_doc
from newsledger.nlp.names import kinds
from newsledger.nlp.parse.model import load_model
from tests.nlp.golden import extract_text, find_span, mark_known_misses, read_golden

CASES = read_golden("actors", 130)


def find_key(text: str, wanted: str) -> str | None:
    """Find the actor of the n-th "words#n" of a text: that of the mention that ends there, or
    covers it."""
    start, end = find_span(text, wanted)
    covering = [m for m in extract_text(text).actor_mentions if m.start < end <= m.end]
    return (
        min(covering, key=lambda m: (m.end - end, abs(m.start - start))).article_actor_id
        if covering
        else None
    )


@pytest.mark.parametrize("case", [mark_known_misses(case) for case in CASES])
def test_golden_actors(case: dict[str, Any]) -> None:
    text = case["text"]

    for one, other in case["same"]:
        keys = find_key(text, one), find_key(text, other)
        assert None not in keys, (one, other, "no mention", case["why"])
        assert keys[0] == keys[1], (one, other, case["why"])
    for one, other in case["apart"]:
        keys = find_key(text, one), find_key(text, other)
        assert None in keys or keys[0] != keys[1], (one, other, case["why"])


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Crews fly unmanned survey systems (USS) here. USS are cheap.", "USS"),
        ("A third party has been hired to count the lorries.", "third party"),
        ("A bolt struck her on the head, and he shook his head.", "head"),
        ("No police came when the lock gave way.", "No police"),
        ("He holds an Alien Resident Certificate.", "Alien Resident Certificate"),
        ("The ferry stops in Marana Kelo. Shops in Marana Kelo are shut.", "Marana Kelo"),
    ],
)
def test_no_actor(text: str, name: str) -> None:
    assert name not in {actor.name for actor in extract_text(text).actors}


@pytest.mark.parametrize(
    "text", ["", " \n\n ", "😀😀 — … ", "he", "“I”", "Mr.", "the minister, ", ", , the chief of of"]
)
def test_no_text_is_too_odd(text: str) -> None:
    extraction = extract_text(text)

    assert all(text[m.start : m.end] == m.text for m in extraction.actor_mentions)


@pytest.mark.parametrize(
    ("text", "role", "organisation", "country"),
    [
        ("Omar Tal, Norway's defense minister, spoke.", "defense minister", None, "NO"),
        ("Karim Haddad, the Observatory's chief, spoke.", "chief", "Observatory", None),
        ("Norwegian defense minister Omar Tal spoke.", "Norwegian defense minister", None, "NO"),
        (
            "Laura Finch, head of the Larkin Foundation, spoke.",
            "head of the Larkin Foundation",
            "Larkin Foundation",
            None,
        ),
        (
            "Observers jeered. Larkin Harbour Authority chief Omar Tal spoke.",
            "chief",
            "Larkin Harbour Authority",
            None,
        ),
        ("Paul Fischer, a prosecutor in The Hague, spoke.", "prosecutor in The Hague", None, "NL"),
        ("The prosecutor in Milan, Carla Bianchi, spoke.", "prosecutor in Milan", None, "IT"),
        ("The army spokesman, Brig. Gen. Tariq Osman, spoke.", "army spokesman", None, None),
        (
            "Shares in Halvorsen Energy fell. Its chief executive, Siri Moe, quit.",
            "chief executive",
            "Halvorsen Energy",
            None,
        ),
        ("Defense Minister Omar Tal spoke.", "Defense Minister", None, None),
        ("Omar Tal, a fisherman from Larkin, spoke.", "fisherman from Larkin", None, None),
        ("Lawmakers elected Omar Tal as prime minister.", "prime minister", None, None),
    ],
)
def test_roles_carry_organisation_and_country(
    text: str, role: str, organisation: str | None, country: str | None
) -> None:
    roles = [role for actor in extract_text(text).actors for role in actor.roles]

    assert [(row.role, row.organisation, row.country_code) for row in roles] == [
        (role, organisation, country)
    ]


def test_explanation_names_the_rule_of_each_mention() -> None:
    text = (
        "Omar Tal, Norway's defense minister, spoke on Sunday. The minister said the plan "
        "held. He said troops would stay."
    )

    printed = explain_actors(Article("art_1", "doc_1", text), extract_text(text))

    for rule in (
        "first mention",
        "role stated beside the name",
        "role of the person named",
        "pronoun: Omar Tal",
    ):
        assert rule in printed, rule


@pytest.mark.parametrize(
    ("text", "name", "kind", "rule"),
    [
        (
            "Repairs began. Brightwater, a small charity in Leeds, paid for them.",
            "Brightwater",
            "ngo",
            "apposition: charity",
        ),
        (
            "A monitor, the Larkin Observatory, counted twelve fires.",
            "Larkin Observatory",
            "monitor",
            "apposition: monitor",
        ),
        ("The Larkin Press Union called a strike.", "Larkin Press Union", "ngo", "head: Union"),
        (
            "The Ministry of Press Affairs denied it.",
            "Ministry of Press Affairs",
            "government_body",
            "head: Ministry",
        ),
        (
            "The Halden Liberation Front took two towns.",
            "Halden Liberation Front",
            "armed_group",
            "head: Front",
        ),
        (
            "The Northern Relief Committee, or NRC, sent trucks.",
            "Northern Relief Committee",
            "ngo",
            "head: Committee",
        ),
        (
            "The Larkin Brewing Company closed on Monday.",
            "Larkin Brewing Company",
            "company",
            "head: Company",
        ),
        (
            "Lawmakers in Australia met. The Senate in Canberra rose early.",
            "Senate",
            "government_body",
            "head: Senate",
        ),
        ("Hezbollah denied it.", "Hezbollah", "armed_group", "seeds/actors.csv: seed_hezbollah"),
        ("Insurgents entered the town.", "Insurgents", "armed_group", "group noun: insurgent"),
        (
            "The 47th Mechanized Brigade was pulled back.",
            "47th Mechanized Brigade",
            "military",
            "numbered unit",
        ),
        ("The Bank of Ghana raised rates.", "Bank of Ghana", "government_body", "bank of a state"),
        ("The Bank of Larkin raised rates.", "Bank of Larkin", "company", "head: Bank"),
        (
            "The army said the rebel Southern Council had shelled it.",
            "Southern Council",
            "armed_group",
            "described as rebel",
        ),
        (
            "Hope for Orphans, a charity, runs three homes.",
            "Hope for Orphans",
            "ngo",
            "apposition: charity",
        ),
        (
            "The trawlers of Sea Rescue Larkin, a charity, sailed.",
            "Sea Rescue Larkin",
            "ngo",
            "apposition: charity",
        ),
        (
            "The judge heard the case of Los Primos, a drug gang, in June.",
            "Los Primos",
            "armed_group",
            "apposition: gang",
        ),
        ("Ann Lund, an employee at a bank, left.", "Ann Lund", "person", "name of a person"),
        ("The charity Ann Lund founded has closed.", "Ann Lund", "person", "name of a person"),
        (
            "Nobody answered. Vireo's chief executive, Lena Ortiz, left.",
            "Vireo",
            "company",
            "name of an organisation",
        ),
        ("Rights groups protested.", "Rights groups", "ngo", "group noun: group"),
        ("The bears of Larkin Zoo slept. The zoo said so.", "Larkin Zoo", "ngo", "head: Zoo"),
        (
            "The National Institute of Soils in Leeds warned of erosion.",
            "National Institute of Soils",
            "government_body",
            "name: Institute",
        ),
        (
            "The UN Fund for Rivers paid for it.",
            "UN Fund for Rivers",
            "international_organisation",
            "body of many states",
        ),
        (
            "The Lund administration denied it. Ana Lund had won in May.",
            "Lund administration",
            "government_body",
            "head: administration",
        ),
        (
            "The Albion House of Delegates met on Monday.",
            "Albion House of Delegates",
            "government_body",
            "chamber or committee of a legislature",
        ),
        (
            "The Senate Harbours Committee heard the pilots.",
            "Senate Harbours Committee",
            "government_body",
            "chamber or committee of a legislature",
        ),
        (
            "The airline Brenna Sol cancelled all flights. Brenna Sol has no money left.",
            "Brenna Sol",
            "company",
            "apposition: airline",
        ),
        (
            "Shoppers queued at chains such as Morvita and Delkor. Delkor limits rice to two bags.",
            "Delkor",
            "company",
            "name of an organisation",
        ),
        (
            "Two of five shops are empty, Vestra Dnevna reports in its Sunday edition.",
            "Vestra Dnevna",
            "media",
            "used as: Vestra Dnevna reports",
        ),
        (
            "World Vision Kenya sent trucks.",
            "World Vision Kenya",
            "ngo",
            "branch of seed_world_vision",
        ),
        (
            "The money came from the nonprofit media watchdog Clear Screens.",
            "Clear Screens",
            "ngo",
            "apposition: watchdog",
        ),
        (
            "The auction website Lotbay said sales rose.",
            "Lotbay",
            "company",
            "apposition: website",
        ),
        (
            "Rents fell, said Tidewatch, an independent media outlet.",
            "Tidewatch",
            "media",
            "apposition: media outlet",
        ),
        (
            "The refugee agency DOMAR settled few of the cases.",
            "DOMAR",
            "government_body",
            "apposition: refugee agency",
        ),
        (
            "The Weather Department’s Tremor Watch Division felt nothing.",
            "Tremor Watch Division",
            "government_body",
            "part of The Weather Department",
        ),
        ("Wages fell, according to Gazeta Brenna.", "Gazeta Brenna", "media", "head: Gazeta"),
        (
            "Brenna University, Ministry of Transport and the port said so.",
            "Ministry of Transport",
            "government_body",
            "head: Ministry",
        ),
        (
            "Songs by writer and broadcaster Daniel Holm were played. Holm sang.",
            "Daniel Holm",
            "person",
            "name of a person",
        ),
        ("He told Brenna.hu that it was over.", "Brenna.hu", "media", "used as: told Brenna.hu"),
        (
            "Pupils of Joseph Brenner Day School sang.",
            "Joseph Brenner Day School",
            "ngo",
            "head: School",
        ),
        (
            "The Supreme Court of Norway ruled on Monday.",
            "Supreme Court of Norway",
            "government_body",
            "head: Court",
        ),
        ("The pitcher R.B. Larkin left early.", "R.B. Larkin", "person", "name of a person"),
        (
            "Brenna Vos of NASA Lowell said the probe was lost. NASA hopes to hear it again.",
            "NASA Lowell",
            "government_body",
            "part of NASA",
        ),
        (
            "The test was run at the Interior Ministry's Harrow Laboratory in Larkin.",
            "Harrow Laboratory",
            "government_body",
            "part of Interior Ministry",
        ),
        (
            "The findings were published on Monday in the journal Tidal Letters.",
            "Tidal Letters",
            "media",
            "apposition: journal",
        ),
        (
            "A Dutch cook named Torvik pulled the children out of the water.",
            "Torvik",
            "person",
            "name of a person",
        ),
        (
            "Envallo, a national testing centre, closed two sites on Monday.",
            "Envallo",
            "ngo",
            "apposition: centre",
        ),
        (
            "The money went to the Harrow Institute for Rivers and Lakes, the mayor said.",
            "Harrow Institute for Rivers and Lakes",
            "ngo",
            "head: Institute",
        ),
        (
            "Critics of the Brennado party left. Brennado lost the vote.",
            "Brennado",
            "party",
            "apposition: party",
        ),
        (
            "Uber said it needed no permit. The city wrote to Uber again.",
            "Uber",
            "company",
            "seeds/bodies.csv: seed_uber",
        ),
        (
            "According to the newspaper, Brennock's former wife left the town.",
            "Brennock",
            "person",
            "name of a person",
        ),
        (
            "In findings published Tuesday in Tidal Sustainability, a team said the reef grew.",
            "Tidal Sustainability",
            "media",
            "used as: published Tuesday in Tidal Sustainabilit",
        ),
    ],
)
def test_kind_and_why(text: str, name: str, kind: str, rule: str) -> None:
    actors = {actor.name: actor for actor in extract_text(text).actors}

    assert (actors[name].kind, actors[name].kind_rule) == (kind, rule)


@pytest.mark.parametrize(
    "row",
    [
        {"word": "navy", "kind": "fleet", "place": "name"},
        {"word": "navy", "kind": "military", "place": "middle"},
    ],
)
def test_a_wrong_kind_word_is_refused(monkeypatch: pytest.MonkeyPatch, row: dict[str, str]) -> None:
    kinds.load_kind_words.cache_clear()
    monkeypatch.setattr(kinds, "read_lexicon", lambda *_: (row,))

    with pytest.raises(SettingsError, match=r"kind_words.csv, line 2"):
        kinds.load_kind_words()
    kinds.load_kind_words.cache_clear()


@pytest.mark.parametrize(
    ("text", "alias", "alias_type"),
    [
        ("Yusuf Tal spoke. Yusuf left.", "Yusuf", "short"),
        ("Yusuf Tal spoke. Tal left.", "Tal", "surname"),
        ("The Larkin Dock Authority (LDA) spoke.", "LDA", "acronym"),
        ("Omar Tal, the mayor, spoke.", "mayor", "role"),
    ],
)
def test_alias_types(text: str, alias: str, alias_type: str) -> None:
    aliases = {
        alias.alias: alias.alias_type
        for actor in extract_text(text).actors
        for alias in actor.aliases
    }

    assert aliases[alias] == alias_type


@pytest.mark.parametrize(
    ("text", "stray"),
    [
        (
            "Floods hit Herefordshire on Monday. Herefordshire’s flood office said the river was "
            "high.",
            "Herefordshire",
        ),
        ("Trains between Hereford and Larkin will not run before Saturday.", "Trains"),
        ("The baker opens a shop of its own at Easter.", "Easter"),
        (
            "The River Severn rose. The Severn River Authority said on Monday that the Severn "
            "would fall.",
            "Severn",
        ),
        ("“Bewdley has waited long enough,” said Helen Marsh.", "Bewdley"),
    ],
)
def test_places_holidays_and_nouns_are_no_actors(text: str, stray: str) -> None:
    mentions = extract_text(text).actor_mentions

    assert stray not in {mention.text for mention in mentions}


def test_a_surname_that_is_also_a_town_speaks() -> None:
    mentions = extract_text("Lund said the bridge was safe.").actor_mentions

    assert "Lund" in {mention.text for mention in mentions}


@pytest.mark.parametrize(
    ("text", "name", "is_actor"),
    [
        (
            "Doctors prescribed Zelvana to 400 patients. Zelvana lowers blood sugar.",
            "Zelvana",
            False,
        ),
        ("The drug Zelvana was approved in May. Critics of Zelvana objected.", "Zelvana", False),
        ("Halvex, a painkiller sold in tablets, was recalled.", "Halvex", False),
        ("The drugmaker Halvex said sales rose. Halvex shares fell.", "Halvex", True),
        ("Omar Tal prescribed rest, and Tal left.", "Omar Tal", True),
        (
            "Police boarded 12 ships, including the Halvor Queen. The Halvor Queen is Greek.",
            "Halvor Queen",
            False,
        ),
        (
            "Parents backed a campaign called Quiet Screens. Quiet Screens will cost $7 million.",
            "Quiet Screens",
            False,
        ),
        (
            "Keepers had to shoot an ape. Tamko was a silverback gorilla, the zoo said.",
            "Tamko",
            False,
        ),
        ("Bitcoin was trading at $900 on Monday.", "Bitcoin", False),
        ("Avian Flu has spread to Larkin, the board said.", "Avian Flu", False),
        ("The ferry left at 9:30 a.m. EST and docked at noon.", "EST", False),
        ("The bill is by Sen. Ana Lund (R-Utah), who left early.", "R-Utah", False),
        ("The pier at dusk. (Omar Tal/Reuters) It was shut.", "Omar Tal/Reuters", False),
        ("The Minister of Mines and Energy, Omar Tal, left.", "Mines and Energy", False),
    ],
)
def test_drugs_and_devices_are_no_actors(text: str, name: str, is_actor: bool) -> None:
    names = {alias.alias for actor in extract_text(text).actors for alias in actor.aliases}

    assert (name in names) == is_actor


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Zambia's Ministry of Health said cholera was spreading.", "ZM"),
        ("The Zambian Ministry of Health said cholera was spreading.", "ZM"),
        ("Zambia's Ministry of Health met Peru's Ministry of Health.", None),
        ("On Monday Halvorsen Energy said orders rose.", None),
    ],
)
def test_an_organisation_has_the_country_that_owns_it(text: str, country: str | None) -> None:
    assert country in {
        actor.country_code
        for actor in extract_text(text).actors
        if actor.kind in {"government_body", "company"} and " " in actor.name
    }


@pytest.mark.parametrize(
    ("headline", "name"),
    [
        ("Laura Finch closes the old bridge in Lunden", "Laura Finch"),
        ("Laura Finch and Omar Finch close the bridge", "Finch"),
        ("Mayor Finch closes the old bridge", "Finch"),
    ],
)
def test_full_name_of_a_surname_is_read_in_the_headline(headline: str, name: str) -> None:
    text = "The bridge is closed, Finch said on Monday. Finch leads the council."
    article = Article("art_1", "doc_1", text, headline=headline)

    actors = extract_doc(load_model()(text), article).actors

    assert [actor.name for actor in actors if actor.kind == "person"] == [name]
