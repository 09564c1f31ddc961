"""What is always true of weekly hours."""

import copy
import datetime as dt
import pickle
import zoneinfo

import pendulum
from hypothesis import given
from hypothesis import strategies as st

from reconnect.edges.testing.temporal import instants, weekly_hours
from reconnect.temporal.hours import WeeklyHours
from reconnect.temporal.window import Window
from reconnect.temporal.windows import Windows

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
RECENT = instants(least=pendulum.datetime(1985, 1, 1), most=pendulum.datetime(2040, 1, 1))
LENGTHS = st.timedeltas(min_value=dt.timedelta(microseconds=1), max_value=dt.timedelta(days=30))


def welcome(hours: WeeklyHours, moment: dt.datetime) -> bool:
    """Look at a clock there, and at the list: the plainest way to know."""
    shown = moment.astimezone(zoneinfo.ZoneInfo(hours.zone))
    spans = dict(hours.hours).get(DAYS[shown.weekday()], ())
    clock = f"{shown:%H:%M}"
    return any(span[:5] <= clock < span[6:] for span in spans)


@given(weekly_hours(), RECENT, LENGTHS, st.lists(st.integers(0, 2_592_000), max_size=20))
def test_it_is_welcome_when_the_clock_says_so(
    hours: WeeklyHours, start: pendulum.DateTime, length: dt.timedelta, steps: list[int]
) -> None:
    """An instant lies in the windows exactly when clocks there show a time inside the hours."""
    within = Window.of(start, length)
    found = hours.windows(within)
    tick = dt.timedelta(microseconds=1)
    moments = [start, *(start + dt.timedelta(seconds=step) for step in steps)]
    for window in found:
        moments += [window.start, window.start - tick, window.end - tick, window.end]
    for moment in moments:
        assert (moment in found) == (moment in within and welcome(hours, moment))


@given(weekly_hours(), RECENT, LENGTHS, LENGTHS)
def test_looking_at_two_halves_is_looking_at_the_whole(
    hours: WeeklyHours, start: pendulum.DateTime, one: dt.timedelta, two: dt.timedelta
) -> None:
    """Where the question is cut does not matter."""
    first = Window.of(start, one)
    second = Window.of(first.end, two)
    whole = Window(first.start, second.end)
    assert hours.windows(first) | hours.windows(second) == hours.windows(whole)
    assert hours.windows(whole) - Windows.of(second) == hours.windows(first)


@given(weekly_hours())
def test_hours_survive_copying_pickling_and_their_own_form(hours: WeeklyHours) -> None:
    """A copy is equal and hashes alike, and so are hours made from what they show."""
    twins = (
        copy.copy(hours),
        copy.deepcopy(hours),
        pickle.loads(pickle.dumps(hours)),  # noqa: S301 - our own bytes
        WeeklyHours(hours.zone, dict(hours.hours)),
        WeeklyHours(hours.zone, hours.hours),
    )
    for twin in twins:
        assert twin == hours
        assert hash(twin) == hash(hours)
