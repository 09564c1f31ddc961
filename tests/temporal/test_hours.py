"""Weekly hours: examples, refusals, and what they say."""

import datetime as dt

import pendulum
import pytest

from reconnect.errors import InvalidHours, InvalidZone
from reconnect.temporal.hours import WeeklyHours
from reconnect.temporal.window import Window
from reconnect.temporal.windows import Windows

EVERY = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def paris(text: str) -> pendulum.DateTime:
    """Return the instant of a time in Paris."""
    return pendulum.instance(dt.datetime.fromisoformat(text), tz="Europe/Paris")


def week(text: str) -> Window:
    """Return seven days on the clocks of Paris."""
    return Window(paris(text), paris(text).add(weeks=1))


def test_evenings_stay_evenings_across_a_clock_change() -> None:
    """The same time of day in both halves of the year."""
    hours = WeeklyHours("Europe/Paris", {"SA": ["18:00-22:00"], "MO": ["18:00-22:00"]})
    assert hours.windows(week("2026-03-27T00:00")) == Windows.of(
        Window(paris("2026-03-28T18:00"), paris("2026-03-28T22:00")),
        Window(paris("2026-03-30T18:00"), paris("2026-03-30T22:00")),
    )


def test_a_night_is_as_long_as_it_really_lasts() -> None:
    """Through a gap it is an hour shorter, through a fold an hour longer."""
    nights = WeeklyHours("Europe/Paris", {"SA": ["22:00-06:00"]})
    assert nights.windows(week("2026-03-23T12:00")).total == dt.timedelta(hours=7)
    assert nights.windows(week("2026-10-19T12:00")).total == dt.timedelta(hours=9)


def test_hours_inside_a_gap_vanish_and_inside_a_fold_come_twice() -> None:
    """It is welcome exactly when clocks show it."""
    small = WeeklyHours("Europe/Paris", {"SU": ["02:15-02:45"]})
    assert small.windows(week("2026-03-27T00:00")) == Windows()
    assert len(small.windows(week("2026-10-23T00:00"))) == 2


def test_a_day_that_never_was_has_no_hours() -> None:
    """Samoa had no 30 December 2011, a Friday."""
    friday = WeeklyHours("Pacific/Apia", {"FR": ["00:00-24:00"]})
    around = Window(pendulum.datetime(2011, 12, 28), pendulum.datetime(2012, 1, 4))
    assert friday.windows(around) == Windows()


def test_around_the_clock_is_one_stretch() -> None:
    """Whole days touch, through every midnight and clock change, and from Sunday to Monday."""
    always = WeeklyHours("Europe/Paris", dict.fromkeys(EVERY, ("00:00-24:00",)))
    year = Window(paris("2026-01-01T00:00"), paris("2027-01-01T00:00"))
    assert always.windows(year) == Windows.of(year)


@pytest.mark.parametrize(
    "other",
    [
        {"SU": ["22:00-02:00"]},
        {"SU": ["22:00-24:00"], "MO": ["00:00-02:00"]},
        {"MO": ["01:00-02:00", "00:00-01:30"], "SU": ["22:00-00:00"]},
        [("SU", ("22:00-02:00",)), ("TU", ())],
    ],
)
def test_hours_that_mean_the_same_are_equal(other: object) -> None:
    """Past midnight, cut at it, overlapping, or with an empty day: one value."""
    made = WeeklyHours("Europe/Paris", other)  # type: ignore[arg-type]  # wrong on purpose
    assert made == WeeklyHours("Europe/Paris", {"MO": ["00:00-02:00"], "SU": ["22:00-24:00"]})
    assert repr(made) == "WeeklyHours('Europe/Paris', {'MO': ('00:00-02:00',), 'SU': ('22:00-24:00',)})"


def test_the_ends_of_the_question_are_kept_to_the_microsecond() -> None:
    """Where the question begins or ends inside the hours, so does the answer."""
    always = WeeklyHours("UTC", dict.fromkeys(EVERY, ("00:00-24:00",)))
    first = pendulum.datetime(2026, 1, 5, 1, 2, 3, microsecond=4)
    for within in (Window.of(first, dt.timedelta(microseconds=1)), Window.of(first, dt.timedelta(days=1, seconds=0.5))):
        assert always.windows(within) == Windows.of(within)
    last = Window(pendulum.datetime(9999, 12, 31), pendulum.datetime(9999, 12, 31, 23, 59, 59, microsecond=999_999))
    assert always.windows(last) == Windows.of(last)


@pytest.mark.parametrize(
    "span",
    [
        "18:00",
        "18-22",
        "18:00-25:00",
        "24:00-02:00",
        "18:00-18:00",
        "18:60-19:00",
        "18:00-24:01",
        " 18:00-19:00",
        "18:00\u201322:00",
        5,
    ],
)
def test_other_spans_are_refused(span: object) -> None:
    """A span is two times of day, the first before 24:00."""
    with pytest.raises(InvalidHours):
        WeeklyHours("Europe/Paris", {"MO": [span]})  # type: ignore[arg-type]  # wrong on purpose


@pytest.mark.parametrize(
    ("hours", "message"),
    [
        ({"Monday": ["18:00-22:00"]}, "expected weekdays such as MO, got something else"),
        ({"MO": "18:00-22:00"}, "expected a collection of spans for each weekday, got one text"),
        ("MO", r'expected hours such as {"MO": \["18:00-22:00"\]}, got one text'),
    ],
)
def test_hours_are_collections_of_spans_by_weekday(hours: object, message: str) -> None:
    """A bare text where a collection belongs is refused, not taken apart letter by letter."""
    with pytest.raises(InvalidHours, match=message):
        WeeklyHours("Europe/Paris", hours)  # type: ignore[arg-type]  # wrong on purpose


def test_hours_need_a_zone() -> None:
    """Whose clocks? The zone database must know."""
    with pytest.raises(InvalidZone):
        WeeklyHours("here", {})
