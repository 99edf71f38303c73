"""Printed times: what day and hour they mean in UTC, how precisely, and what is left unread."""

import pytest

from newsledger.clean.stamps import find_stamp, is_relative, iter_stamps


@pytest.mark.parametrize(
    ("line", "at", "precision", "offset"),
    [
        ("Friday 06 December 2024 04:15 EST", "2024-12-06T09:15", "minute", -300),
        ("11:58, 23 APR 2024", "2024-04-23T11:58", "minute", None),
        ("12:43, 20 Apr 2026 Updated 12:44, 20 Apr 2026", "2026-04-20T12:43", "minute", None),
        ("by The CourierNovember 21, 20250 1747", "2025-11-21T00:00", "day", None),
        ("Friday, 22 Nov 2024 4:55 PM MYT", "2024-11-22T08:55", "minute", 480),
        ("Wednesday 20 November 2019 11:42, UK", "2019-11-20T11:42", "minute", 0),
        ("Wednesday 22 May 2019 11:42, UK", "2019-05-22T10:42", "minute", 60),
        ("Updated 10:23 PM EDT, September 2, 2024", "2024-09-03T02:23", "minute", -240),
        ("Published July 7, 2024 9:00am ET", "2024-07-07T13:00", "minute", -240),
        ("Jan 5, 2024 9:00am ET", "2024-01-05T14:00", "minute", -300),
        ("March 9, 2025 12:00 CT", "2025-03-09T17:00", "minute", -300),
        ("Sept. 5, 2024 at 3 p.m. PT", "2024-09-05T22:00", "hour", -420),
        ("26/12/2024 10:00 GMT+3", "2024-12-26T07:00", "minute", 180),
        ("2024/12/06 14:00 (UTC+8)", "2024-12-06T06:00", "minute", 480),
        ("2024-12-06T04:15:00-05:00", "2024-12-06T09:15", "second", -300),
        ("6. Dezember 2024, 10.15 Uhr", "2024-12-06T10:15", "minute", None),
        ("6 de diciembre de 2024", "2024-12-06T00:00", "day", None),
        ("1er août 2024", "2024-08-01T00:00", "day", None),
        ("1 августа 2024", "2024-08-01T00:00", "day", None),
        ("02 Ago 2017", "2017-08-02T00:00", "day", None),
        ("06.12.2024", "2024-12-06T00:00", "day", None),
        ("11.14.2019 09:00 AM", "2019-11-14T09:00", "minute", None),
        ("12/26/2024", "2024-12-26T00:00", "day", None),
    ],
)
def test_time(line, at, precision, offset):
    stamp = find_stamp(line)
    assert stamp.at.isoformat()[:16] == at
    assert stamp.precision == precision
    assert stamp.utc_offset_minutes == offset


@pytest.mark.parametrize(
    "line",
    [
        "06/12/2024",
        "No date in 2024",
        "31 February 2024",
        "Monday at 10:00",
        "price 1,999 2024",
        "",
    ],
)
def test_what_is_no_time(line):
    assert find_stamp(line) is None


def test_time_glued_to_the_next_word():
    stamp = find_stamp("Posted Mon 4 May 2026 at 6:14pmMonday 4 May 2026 at 6:14pm")
    assert stamp
    assert stamp.at.isoformat() == "2026-05-04T18:14:00+00:00"


def test_two_times_of_a_line():
    assert [
        stamp.text for stamp in iter_stamps("Published 4 May 2026 08:00 | Updated 5 May 2026 09:30")
    ] == [
        "4 May 2026 08:00",
        "5 May 2026 09:30",
    ]


@pytest.mark.parametrize(
    ("line", "expected"),
    [("2 hours ago", True), ("Published 3 days ago", True), ("It began 2 hours ago", False)],
)
def test_age(line, expected):
    assert is_relative(line) is expected
