"""Times that programs write, in feeds, tables and tags: the right one or none, on whatever day they
are read."""

import time
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsledger.clean.machine_times import read_time


@pytest.mark.parametrize(
    ("text", "at", "precision", "offset"),
    [
        ("2024/3/5 09:00", "2024-03-05T09:00:00", "minute", None),
        ("2024.03.05", "2024-03-05T00:00:00", "day", None),
        ("2024.3.5. 14:12", "2024-03-05T14:12:00", "minute", None),
        ("2024/03/05 14:12:00 +0800", "2024-03-05T06:12:00", "second", 480),
        ("2024年3月5日 14:12", "2024-03-05T14:12:00", "minute", None),
        ("2024-3-5T9:00:00Z", "2024-03-05T09:00:00", "second", 0),
        ("2024-05-08 08:53:11 AM", "2024-05-08T08:53:11", "second", None),
        ("Tue, 05 Mar 2024 9:00 am EST", "2024-03-05T14:00:00", "minute", -300),
        ("Thu, 03 Sep 15 00:01:01 +0200", "2015-09-02T22:01:01", "second", 120),
        ("Thu, 03 Sep 98 00:01:01 GMT", "1998-09-03T00:01:01", "second", 0),
        ("05-Mar-24 14:12", "2024-03-05T14:12:00", "minute", None),
        ("Mon, May 25 2020 04:45:26 +0000", "2020-05-25T04:45:26", "second", 0),
        ("Tue Mar  5 14:12:00 EST 2024", "2024-03-05T19:12:00", "second", -300),
        ("Tue Mar 05 14:12:00 +0000 2024", "2024-03-05T14:12:00", "second", 0),
        ("Tue Mar 05 2024 14:12:00 GMT+0100 (CET)", "2024-03-05T13:12:00", "second", 60),
        ("2024-03-05T14:12:00+01:00[Europe/Paris]", "2024-03-05T13:12:00", "second", 60),
        ("Tue, 05 Mar 2024 14:12:00 Europe/Dublin", "2024-03-05T14:12:00", "second", 0),
        ("Di, 05 Mär 2024 14:12:00 +0100", "2024-03-05T13:12:00", "second", 60),
        ("20240305T141200+0100", "2024-03-05T13:12:00", "second", 60),
        ("2024-03-05 14:12:00-05", "2024-03-05T19:12:00", "second", -300),
        ("Tue, 05 Mar 2024 14:12 +5:30", "2024-03-05T08:42:00", "minute", 330),
        ("Tue, 05 Mar 2024 14:12:00 UT", "2024-03-05T14:12:00", "second", 0),
        ("2024-03-05T14:12:00−05:00", "2024-03-05T19:12:00", "second", -300),
        ("2024-03-05 14:12 (UTC+8)", "2024-03-05T06:12:00", "minute", 480),
        ("2024-03-05T14:12:00 America/Argentina/Salta", "2024-03-05T17:12:00", "second", -180),
        ("2024-03-05T14:12:00+99:00", "2024-03-05T00:00:00", "day", None),
        ("2024-03-05T25:12:00Z", "2024-03-05T00:00:00", "day", None),
        ("Tue, 05 Mar 2024 14:12:00 EST5EDT", "2024-03-05T00:00:00", "day", None),
        ("1709629200.5", "2024-03-05T09:00:00", "second", None),
        ("2024-03-05T00:00:00", "2024-03-05T00:00:00", "day", None),  # a day, written as a time
        ("2024-03-05T00:00:00.000+01:00", "2024-03-05T00:00:00", "day", None),
        ("Tue, 05 Mar 2024 00:00:00 -0500", "2024-03-05T00:00:00", "day", None),
        ("1709596800", "2024-03-05T00:00:00", "day", None),
        ("2024-03-05T00:00:01Z", "2024-03-05T00:00:01", "second", 0),
        ("Tue, 05 Mar 2024 14:12:00 QQQT", "2024-03-05T00:00:00", "day", None),
    ],
)
def test_time_of_a_program(text, at, precision, offset):
    stamp = read_time(text)
    assert stamp
    found = (stamp.at.isoformat()[:19], stamp.precision, stamp.utc_offset_minutes)
    assert found == (at, precision, offset)


@pytest.mark.parametrize(
    "text",
    [
        "9:00 am EST",
        "Today",
        "2 hours ago",
        "March 2024",
        "2024",
        "05/03/2024 10:00",
        "03/05/24",
        "Wed, 00 Mar 2024 10:00:00 GMT",
        "2024-02-30",
        "0001-01-01T00:00:00Z",
    ],
)
def test_what_leaves_the_day_open_is_no_time(text):
    assert read_time(text) is None


@given(
    at=st.datetimes(min_value=datetime(1991, 1, 1)),
    shape=st.sampled_from(
        ["%Y/%m/%d %H:%M", "%Y.%m.%d", "%a, %d %b %y %H:%M:%S %z", "%d %b %Y", "%I:%M %p", "%b %Y"]
    ),
)
def test_a_time_says_the_day_it_was_written_for_or_nothing(at, shape):
    at = at.replace(year=1991 + at.year % 58, day=min(at.day, 28), tzinfo=UTC)
    stamp = read_time(at.strftime(shape))
    assert stamp is None or stamp.at.date() == at.date()
    assert (stamp is None) == ("%d" not in shape)


def test_module_does_not_look_at_the_clock(monkeypatch):
    def refuse(*_):
        raise AssertionError("the clock was asked")

    for name in ("time", "localtime", "gmtime", "time_ns"):
        monkeypatch.setattr(time, name, refuse)
    assert read_time("9:00 am") is None
    assert read_time("2024/3/5 09:07")
