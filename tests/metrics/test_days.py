"""Buckets and days by example: whose day it is, what counts, and what is refused."""

import datetime as dt
from fractions import Fraction
from typing import Final

import pendulum
import pytest

from reconnect.errors import InvalidBody, InvalidReading
from reconnect.metrics import CONVERSATION, MOOD, Bucket, Days, Moments, Rating
from reconnect.metrics._calendar import Month, Year
from reconnect.metrics.own_day import FIRST, LAST, day_of, days_within
from reconnect.metrics.scale import DIFFICULT, POSITIVE
from reconnect.people.person import Person
from reconnect.record.entry import Entry, Note
from reconnect.record.kind import Body
from reconnect.temporal.window import Window

ANA: Final = Person(id="ana", zone="America/New_York")
BEN: Final = Person(id="ben", zone="Europe/Paris")
LATE: Final = pendulum.datetime(2026, 1, 6, 3)  # ten in the evening of Monday in New York, Tuesday in Paris


def entry(body: Body, *, by: str = "ana", id_: str = "e1", at: pendulum.DateTime = LATE) -> Entry:
    """Return something that somebody noted."""
    return Entry(circle="c1", author=by, id=id_, at=at, body=body)


def test_one_instant_is_another_day_for_somebody_elsewhere() -> None:
    """Each person's own day: there is no day of UTC for two people."""
    assert day_of(entry(Rating.of(MOOD, 3)), ANA) == dt.date(2026, 1, 5)
    assert day_of(entry(Rating.of(MOOD, 3), by="ben"), BEN) == dt.date(2026, 1, 6)
    assert day_of(entry(Note(text="a note says no day of its own")), BEN) == dt.date(2026, 1, 6)


def test_what_the_author_says_counts_before_when_it_was_received() -> None:
    """An entry of the morning after may be about the evening before."""
    said = Rating.of(MOOD, 3, day=dt.date(2026, 1, 2), device_at=LATE)
    assert day_of(entry(said), ANA) == dt.date(2026, 1, 2)


def test_days_that_have_passed_do_not_move_when_somebody_moves() -> None:
    """A later zone changes later days only."""
    moved = ANA.moved(to="Asia/Tokyo", at=LATE.add(minutes=10))
    entries = [entry(Rating.of(MOOD, 2)), entry(Rating.of(MOOD, 4), id_="e2", at=LATE.add(minutes=30))]
    before, after = (Days.of(entries, whose=person, scale=MOOD) for person in (ANA, moved))
    assert [bucket.day.day for bucket in before] == [5]
    assert [bucket.day.day for bucket in after] == [5, 6]


def test_a_window_holds_each_persons_own_days() -> None:
    """The week of somebody in Paris begins while it is Sunday evening in New York: their Sunday began before it."""
    week = Window.of(pendulum.datetime(2026, 1, 5, tz="Europe/Paris"), dt.timedelta(days=7))
    assert days_within(week, BEN) == (dt.date(2026, 1, 5), dt.date(2026, 1, 12))
    assert days_within(week, ANA) == (dt.date(2026, 1, 5), dt.date(2026, 1, 12))
    shorter = Window.of(week.start, dt.timedelta(hours=5))
    assert days_within(shorter, ANA) == (dt.date(2026, 1, 5), dt.date(2026, 1, 5))


def test_a_day_that_never_was_begins_where_the_next_one_does() -> None:
    """Samoa had no 30 December 2011: whatever is about it lies in the window of the day after."""
    samoan = Person(id="cy", zone="Pacific/Apia")
    around = Window(pendulum.datetime(2011, 12, 29, 10), pendulum.datetime(2011, 12, 31, 10))
    assert days_within(around, samoan) == (dt.date(2011, 12, 29), dt.date(2012, 1, 1))


def test_a_day_without_a_midnight_begins_when_its_clocks_first_show_it() -> None:
    """In Toronto, on 30 March 1919, half past eleven was followed by half past midnight."""
    canadian = Person(id="dee", zone="America/Toronto")
    first_half_hour = Window(pendulum.datetime(1919, 3, 31, 4, 30), pendulum.datetime(1919, 3, 31, 4, 45))
    assert days_within(first_half_hour, canadian) == (dt.date(1919, 3, 31), dt.date(1919, 4, 1))


def test_windows_at_the_edges_of_time_are_cut_off() -> None:
    """Nobody's day lies outside the years 2 to 9998."""
    ever = Window(pendulum.datetime(1, 1, 1), pendulum.datetime(9999, 12, 31))
    assert days_within(ever, ANA) == (FIRST, LAST)
    old = entry(Rating.of(MOOD, 3), at=pendulum.datetime(1, 1, 1))
    new = entry(Rating.of(MOOD, 3), at=pendulum.datetime(9999, 12, 31, 23), by="ben")
    assert (day_of(old, ANA), day_of(new, BEN)) == (FIRST, LAST)


def test_several_answers_of_a_day_are_one_day() -> None:
    """The day counts once, as the mean; answers beside the scale and on others count for nothing."""
    bodies: list[Body] = [
        Rating.of(MOOD, 5),
        Rating.of(MOOD, 4),
        Rating(scale="mood", value=9),
        Rating(scale="mood", value=Fraction(9, 2)),
        Rating.of(CONVERSATION, 1),
        Moments(positive=7),
        Note(text="tired"),
    ]
    entries = [entry(body, id_=f"e{n}") for n, body in enumerate(bodies)]
    days = Days.of(entries, whose=ANA, scale=MOOD)
    (bucket,) = days
    assert (bucket.n, bucket.total, days.value(bucket), len(days)) == (2, 7, Fraction(9, 2), 1)
    assert len(Days.of(entries, whose=BEN, scale=MOOD)) == 0


def test_moments_of_a_day_add_up() -> None:
    """Three and four good moments are seven."""
    entries = [entry(Moments(positive=n, difficult=1), id_=f"e{n}") for n in (3, 4)]
    assert [b.total for b in Days.of(entries, whose=ANA, scale=POSITIVE)] == [7]
    assert [b.total for b in Days.of(entries, whose=ANA, scale=DIFFICULT)] == [2]


def test_an_entry_that_is_no_answer_leaves_the_days_as_they_are() -> None:
    """Adding it is no error."""
    days = Days.of([entry(Rating.of(MOOD, 3))], whose=ANA, scale=MOOD)
    assert days.adding(entry(Note(text="tired"), id_="e2"), whose=ANA) is days
    assert days.adding(entry(Rating.of(MOOD, 3), id_="e2", by="ben"), whose=ANA) is days


def test_days_of_others_are_refused() -> None:
    """Nobody's days are put together with another person's."""
    days = Days.of([], whose=ANA, scale=MOOD)
    with pytest.raises(InvalidReading, match="the person whose days these are"):
        days.adding(entry(Rating.of(MOOD, 3)), whose=BEN)
    with pytest.raises(InvalidReading, match="days of one person on one scale, got two people, or two scales"):
        days | Days.of([], whose=ANA, scale=CONVERSATION)
    monday, tuesday = (Bucket(day=dt.date(2026, 1, n), marks=(("e1", 2),)) for n in (5, 6))
    with pytest.raises(InvalidReading, match="two buckets of one day"):
        monday.merge(tuesday)


@pytest.mark.parametrize("marks", [(), (("e1", -1),), (("e1", 1.0),), (("e1", True),)])
def test_a_bucket_holds_whole_steps_of_at_least_one_entry(marks: tuple[tuple[str, int], ...]) -> None:
    """A day without an entry has no bucket."""
    with pytest.raises(InvalidReading):
        Bucket(day=dt.date(2026, 1, 5), marks=marks)
    with pytest.raises(InvalidBody):
        Bucket(day=pendulum.datetime(2026, 1, 5), marks=(("e1", 1),))


def test_of_two_answers_under_one_id_everyone_keeps_the_same() -> None:
    """Whatever came first, the lower one stands; a journal lets no two through."""
    day = dt.date(2026, 1, 5)
    assert Bucket(day=day, marks=(("e1", 3), ("e1", 1))) == Bucket(day=day, marks=(("e1", 1), ("e1", 3)))


def test_a_calendar_is_in_order() -> None:
    """Days, months and years stand in order, each once, and where they belong."""
    one, two, far = (
        Bucket(day=dt.date(*day), marks=(("e1", 1),)) for day in ((2026, 1, 5), (2026, 2, 5), (2027, 1, 5))
    )
    for wrong in ((one, one), (two, one), (one, two), ()):
        with pytest.raises(InvalidReading):
            Month(wrong)
    january, february, later = Month((one,)), Month((two,)), Month((far,))
    for months in ((february, january), (january, later), ()):
        with pytest.raises(InvalidReading):
            Year(months)
    year = Year((january, february))
    with pytest.raises(InvalidReading, match="days in order, each once"):
        Days(person="ana", scale=MOOD, years=(year, year))
