"""Words of the reports: singular and plural, cuts, numbers, differences, and links to a sentence."""

import pytest

from newsledger.render.words import (
    balance_quotes,
    clip,
    count,
    few,
    mark_differences,
    mark_words,
    point_at,
    readable_number,
    readable_range,
    short_number,
    slug,
    start_upper,
)


@pytest.mark.parametrize(
    ("made", "wanted"),
    [
        (count(1, "story", "stories"), "1 story"),
        (count(0, "story", "stories"), "0 stories"),
        (count(1204, "article"), "1,204 articles"),
        (few(["A", "B", "C", "D"], 2), "A, B and 2 others"),
        (few(["A", "B", "C"], 2), "A, B and 1 other"),
        (few([], 2), ""),
        (few(["Ana Silva", "A rabbi", "The Times"], 3), "Ana Silva, a rabbi and The Times"),
        (readable_number(1.13), "1.13"),
        (clip("one two three", 9), "one two…"),
        (clip("x" * 10_000, 20), "x" * 19 + "…"),
        (clip(None, 5), ""),
        (readable_number(1_200_000), "1.2 million"),
        (readable_number(38e9), "38 billion"),
        (readable_number(12_400), "12,400"),
        (readable_number(3.5), "3.5"),
        (short_number(38e9), "38 bn"),
        (readable_range(40, None), "40 or more"),
        (readable_range(None, 60), "up to 60"),
        (readable_range(40, 60), "40 to 60"),
        (readable_range(40, 40), "40"),
        (readable_range(None, None), "unknown"),
        (slug("Änderung / am Fluß!"), "änderung-am-fluss"),
        (slug("///"), "unnamed"),
    ],
)
def test_words(made, wanted):
    assert made == wanted


def test_a_link_points_at_the_ends_of_a_long_sentence():
    link = point_at(
        "https://example.org/a#top",
        "The river rose above the old barrier by noon, and homes were lost.",
    )
    assert (
        link
        == "https://example.org/a#:~:text=The%20river%20rose%20above%20the,noon%2C%20and%20homes%20were%20lost."
    )


def test_a_dash_is_escaped_because_it_separates_parts_of_a_fragment():
    assert (
        point_at("http://example.org", "A two-day strike")
        == "http://example.org#:~:text=A%20two%2Dday%20strike"
    )


@pytest.mark.parametrize(
    "url", [None, "", "file:///etc/passwd", "javascript:alert(1)", "https://a b"]
)
def test_only_addresses_of_the_web_are_links(url):
    assert point_at(url, "Some words") == ""


def test_words_that_differ_are_marked():
    one, other = mark_differences(
        "The union said that 400 drivers would join the strike.",
        "The union said that 150 drivers would join the strike.",
    )
    assert one[1::2] == ["400"]
    assert other[1::2] == ["150"]
    assert "".join(one) == "The union said that 400 drivers would join the strike."


def test_where_most_differs_only_numbers_are_marked():
    one, other = mark_differences(
        "Police counted 40 dead after the blast downtown.",
        "Officials put the toll at 25 on Friday evening.",
    )
    assert one[1::2] == ["40"]
    assert other[1::2] == ["25"]


def test_days_and_hours_are_marked_where_times_differ():
    one, other = mark_differences(
        "Two guards said the gate was shut only on Tuesday evening.",
        "The gate was shut by noon on Monday, she said.",
        "time",
    )
    assert one[1::2] == ["Tuesday evening"]
    assert other[1::2] == ["noon", "Monday"]


def test_words_that_were_compared_are_marked():
    pieces = mark_words(
        "Nobody saw at least 40 people, nor 40 boats.", ["40 people", "at least 40 people"]
    )
    assert pieces[1::2] == ["at least 40 people"]
    assert mark_words("Nothing of it.", []) == ["Nothing of it."]


def test_negations_are_marked_on_the_side_that_denies():
    one, other = mark_differences(
        "A man who was not named claimed pumps came late.", "The board denied any delay whatsoever yesterday.",
        "polarity", (False, True),
    )  # fmt: skip
    assert one[1::2] == []
    assert other[1::2] == ["denied"]


@pytest.mark.parametrize("text", ["", "$x^2$", "北京发生地震", "x" * 10_000])
def test_any_text_may_be_compared(text):
    one, other = mark_differences(text, "Something else.")
    assert "".join(one) == text
    assert "".join(other) == "Something else."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("spokesperson of the port", "Spokesperson of the port"),
        ("iRobot and others", "iRobot and others"),
        ("ferry.example", "ferry.example"),
        ("killed: 10", "Killed: 10"),
        ("country's port authority", "Country's port authority"),
        ("Ana Silva", "Ana Silva"),
        ("", ""),
    ],
)
def test_a_line_starts_with_a_capital(text: str, expected: str):
    assert start_upper(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It rose again,” she said.", "“… It rose again,” she said."),
        ('It rose again," she said.', '"… It rose again," she said.'),
        ("“It rose again,” she said.", "“It rose again,” she said."),
        ('The "old" bridge, she said.', 'The "old" bridge, she said.'),
        ('A board of 6" by 4" broke.', 'A board of 6" by 4" broke.'),
        ("It rose again.", "It rose again."),
        ("“It rose again.", "“It rose again. …”"),
    ],
)
def test_a_sentence_out_of_a_quotation_gets_its_opening_mark(text: str, expected: str):
    assert balance_quotes(text) == expected
