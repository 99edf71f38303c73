"""Lines between the paragraphs of a flattened article that are not its text."""

import pytest

from newsledger.clean.lines.asides import find_asides
from newsledger.clean.lines.flat import read_page
from newsledger.lexicon.phrases import find_role

FIRST = (
    "The harbour of Port Alder will be dredged before the winter, the harbour master "
    "said on Monday."
)
LAST = (
    "Work begins next week and takes nine weeks, during which only one of the three "
    "piers can be used."
)
CAPTION = "The ferry Oriole on its way out of the harbour on Sunday."


@pytest.mark.parametrize(
    ("between", "role", "rule"),
    [
        ([CAPTION, CAPTION], "caption", "printed twice"),
        ([CAPTION, f"{CAPTION} Ana Silva for The Pier Post"], "caption", "printed twice"),
        ([f"{CAPTION} Ana Silva", CAPTION], "caption", "printed twice"),
        (["FERRY CAPTAIN FINED FOR RACING THE TIDE"], "related", "link in capitals"),
        (["WATCH: McCALL'S FERRY RUNS AGROUND AGAIN"], "related", "link in capitals"),
        (
            ["Rescuers search the ferry in Port Alder on May 4, 2024."],
            "caption",
            "ends with place and date",
        ),
        (
            [
                "The harbour master, Ana Silva, waves to the crew, Saturday, Sept. 7, 2024, in "
                "Port Alder."
            ],
            "caption",
            "ends with place and date",
        ),
        (
            ["Divers at the pier in Port Alder on 4 May 2024. (The Pier Post/Ana Silva)"],
            "caption",
            "ends with place and date",
        ),
        (["The ferry Oriole at low tide (Ana Silva/Pier Post)"], "caption", "with its credit"),
        (
            ["FILE - The ferry Oriole runs aground. It was later sold. (Pier Photo/Ana Silva)"],
            "caption",
            "with its credit",
        ),
        (["2 of 9 The crew of the ferry Oriole waits for the tide"], "caption", "with its credit"),
        (["FACT FILE", "Built: 1952", "Berths: three"], "other", "box of facts"),
        (
            ["At a glance", "• Nine weeks of work", "• One pier of three stays open"],
            "other",
            "box of facts",
        ),
        (
            ["About the author", "Ana Silva sailed on ferries for ten years. She lives on one."],
            "other",
            "box of facts",
        ),
    ],
)
def test_line_between_paragraphs_is_no_text(between, role, rule):
    texts = [FIRST, *between, LAST]
    found = find_asides(texts, [1] * len(texts), ["body"] * len(texts))
    assert found == dict.fromkeys(range(1, len(texts) - 1), (role, rule))


@pytest.mark.parametrize(
    "between",
    [
        ["FERRY\tCAPTAIN\tTOWN OF PORT ALDER\tCREW"],  # a row in capitals
        [
            "Winners\t12\t40 per cent\tof all ferries",
            "Winners\t12\t40 per cent\tof all ferries",
        ],  # rows of a table
        ["Ferries are late.", "Ferries are late."],  # too short to tell
        [
            CAPTION,
            f"{CAPTION} It was the last ferry that the town has seen on that day.",
        ],  # a sentence that goes on
        ["WHAT COMES NEXT"],  # a heading
        ["The harbour master was born in Port Alder on May 4, 1952."],
        ["The ban on ferries in Port Alder expires on May 4, 2027."],
        ["The pilot signs off on May 4, 2027."],  # no place
        ["On May 4, 2024, in Port Alder, the last ferry leaves."],
        ["NOBODY MAY LEAVE THE HARBOUR BEFORE NOON."],  # a sentence that is shouted
        ["At a glance", "The harbour looks as it did when the first ferry came, she said."],
    ],
)
def test_line_between_paragraphs_is_text(between):
    texts = [FIRST, *between, LAST]
    assert find_asides(texts, [1] * len(texts), ["body"] * len(texts)) == {}


def test_teasers_cut_at_one_length_are_no_text():
    teasers = [
        f"{name} has opened its new ferry terminal to the public after nine years of work that cost the town…"
        for name in ("Alder", "Brook", "Corby")
    ]
    texts = [FIRST, LAST, teasers[0], "Brook opens its terminal", *teasers[1:]]
    assert find_asides(texts, [1] * 6, ["body"] * 6) == dict.fromkeys(
        range(2, 6), ("related", "cut short like others")
    )


@pytest.mark.parametrize(
    "sentences",
    [
        ["I never thought that the harbour would be closed for good…", "And then the ferry came round the pier with its lights out…"],  # two
        ["I never thought it would be closed for good…", ("And then the ferry came round the pier with its lights out, and nobody " "was on it…"),
         "Nobody in Port Alder has told this story since, because those who knew it have all " "moved away from the harbour and the town by now…"],
    ],
)  # fmt: skip
def test_sentences_that_trail_off_are_text(sentences):
    texts = [FIRST, *sentences, LAST]
    assert find_asides(texts, [1] * len(texts), ["body"] * len(texts)) == {}


def test_last_paragraph_may_be_credited_to_its_reporter():
    texts = [FIRST, LAST, "The town said that it would pay. (Ana Silva/Pier Post)"]
    assert find_asides(texts, [1] * 3, ["body"] * 3) == {}


def test_text_in_capitals_stays():
    texts = [line.upper().rstrip(".") for line in (FIRST, CAPTION, LAST)]
    assert find_asides(texts, [1] * 3, ["body"] * 3) == {}


def test_biography_counts_below_the_text_only():
    biography = "Ana Silva is a politics reporter for The Pier Post."
    below = [FIRST, LAST, CAPTION, biography]
    assert find_asides(below, [1] * 4, ["body"] * 4) == {3: ("other", "biography")}
    inside = [FIRST, biography, LAST, CAPTION, LAST.replace("nine", "ten")]
    assert find_asides(inside, [1] * 5, ["body"] * 5) == {}


def test_page_keeps_its_captions_apart():
    page = read_page(
        "\n\n".join(
            [
                FIRST,
                CAPTION,
                CAPTION,
                LAST,
                "FERRY CAPTAIN FINED FOR RACING THE TIDE",
                FIRST.replace("Monday", "Tuesday"),
            ]
        )
    )
    assert CAPTION not in page.body
    assert "FINED" not in page.body
    assert page.body.count("harbour master said") == 2
    assert {line.role for line in page.lines} == {"body", "caption", "related"}


@pytest.mark.parametrize(("gap", "found"), [(0, {1: ("caption", "above a credit")}), (1, {})])
def test_caption_stands_right_above_its_credit(gap, found):
    texts = [FIRST, CAPTION, "Jon Roe/Getty Images", LAST]
    assert find_asides(texts, [0, 1, gap, 1], ["body", "body", "photo_credit", "body"]) == found


def test_captions_of_a_gallery_are_its_text():
    texts = [CAPTION, "Jon Roe/Getty Images", FIRST, "Jon Roe/Getty Images", "1/2"]
    assert (
        find_asides(texts, [0] * 5, ["body", "photo_credit", "body", "photo_credit", "body"]) == {}
    )


@pytest.mark.parametrize(
    ("line", "role"),
    [
        ("The ferry Oriole lies aground in this picture obtained from social media.", "caption"),
        ("Harbour master Ana Silva, left, and the mayor open the new pier.", "caption"),
        ("Ana Silva (left) with the mayor on the new pier.", "caption"),
        ("From left, the mayor, the harbour master and two captains.", "caption"),
        ("A map showing the three piers of Port Alder", "caption"),
        ("More Sea News", "related"),
        ("MORE HEADLINES:", "related"),
        ("We value your privacy", "prompt"),
        ("Added to bookmarks", "prompt"),
        ("Comments are moderated before they appear.", "comment"),
        ("Support The Pier Post so we can keep a reporter on the quay.", "donation"),
        ("The harbour letter comes at no cost to you.", "donation"),
        ("Join our harbour walk on Sunday", "prompt"),
        (
            "Under the California Consumer Privacy Act you may ask for a copy of what we hold.",
            "prompt",
        ),
        ("You can withdraw your consent here at any time.", "prompt"),
        ("Turn on notifications", "prompt"),
        (
            "Sign up for the harbour letter, which brings you the news of the pier, the ferries, "
            "the fish market and the lighthouse every morning before you "
            "have had your coffee; you can leave at any time, and we never pass your address on "
            "to others.",
            "prompt",
        ),
    ],
)
def test_phrase_names_the_role(line, role):
    assert find_role(line) == role


@pytest.mark.parametrize(
    "line",
    [
        "More than 400 ferries were late in May.",
        "The mayor left, and the harbour master closed the meeting.",
        "The party moved to the centre, and lost the port to the far right.",
        "In this picture of the town, the sea is the enemy.",
        "We value your privacy as much as our own, the minister told the fishermen, and "
        "nobody will read what you write to us.",
        "The pilot turned every notification off.",
        "The clerk, who has run the office for nine years, said: “We ask you to sign up at "
        "our desk, because your letters get lost in the winter storms.”",
        "Anyone who fishes from the pier needs a licence: you can sign up for one at the "
        "harbour office, where the clerk will ask for a passport, two "
        "photographs and the fee of nine crowns, or send the form by post if you live on one "
        "of the islands.",
    ],
)
def test_sentence_that_looks_like_a_phrase_is_none(line):
    assert find_role(line) is None
