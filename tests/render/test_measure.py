"""Lines that fit: words of any script, words wider than a line, cuts."""

import pytest

from newsledger.render.measure import count_ems, fit, wrap


@pytest.mark.parametrize(
    "text",
    ["Barrier overtopped at Bewdley", "北京发生地震，数百人受伤", "x" * 10_000, "", "a b " * 500],
)
def test_no_line_is_wider_than_asked(text):
    lines = wrap(text, 9, 3)
    assert 1 <= len(lines) <= 3
    assert all(count_ems(line) <= 9 for line in lines)
    assert count_ems(fit(text, 9)) <= 9


def test_what_fits_is_left_as_it_is():
    assert fit("Bewdley", 9) == "Bewdley"
    assert wrap("Barrier overtopped at Bewdley", 30, 2) == ["Barrier overtopped at Bewdley"]


def test_a_cut_is_marked():
    assert wrap("Barrier overtopped at Bewdley, homes flooded", 9, 2)[-1].endswith("…")
