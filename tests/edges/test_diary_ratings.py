"""Ratings of a diary as answers on a scale: exact, private, and refused where they would have no day."""

import datetime as dt
import io
from fractions import Fraction

import pendulum
import pytest

from reconnect.edges.diary import Diary, ratings_of, read_diary, scale_of
from reconnect.errors import InvalidTable
from reconnect.metrics import Days, Rating
from reconnect.record.entry import Private

AT = pendulum.datetime(2026, 2, 1)
TABLE = "couple,day,one_sad,two_sad\n7,0,0.333333333,\n7,2,,2\n7,3,1.00000000049,4\n"


def diary(start: dt.date | None) -> Diary:
    """Read a small table."""
    return read_diary(io.StringIO(TABLE), at=AT, start=start)


def test_each_rating_becomes_one_private_answer_of_its_author() -> None:
    """A blank is no answer, and a number with more decimals than the scale has is taken to the nearest."""
    read = diary(dt.date(2026, 1, 5))
    (couple,) = read.couples
    scale = scale_of(read, "sad")
    entries = ratings_of(couple, scale)
    assert {entry.audience for entry in entries} == {Private()}
    assert len({entry.identity for entry in entries}) == len(entries) == 4
    one, two = (Days.of(entries, whose=person, scale=scale) for person in couple.circle.members)
    assert [(b.day, one.value(b)) for b in one] == [
        (dt.date(2026, 1, 5), Fraction("0.333333333")),
        (dt.date(2026, 1, 8), Fraction(1)),
    ]
    assert [(b.day, two.value(b)) for b in two] == [
        (dt.date(2026, 1, 7), Fraction(2)),
        (dt.date(2026, 1, 8), Fraction(4)),
    ]
    assert all(isinstance(entry.body, Rating) and entry.body.value in scale for entry in entries)


def test_days_that_are_only_counted_have_no_date_to_be_about() -> None:
    """The refusal says which option helps, and nothing of what was rated."""
    read = diary(None)
    with pytest.raises(InvalidTable, match=r"--start \(in Python: start=\)"):
        ratings_of(read.couples[0], scale_of(read, "sad"))


def test_only_what_was_rated_has_a_scale() -> None:
    """A name that is nowhere in the table is refused."""
    with pytest.raises(InvalidTable, match="the name of something that was rated"):
        scale_of(diary(None), "calm")
