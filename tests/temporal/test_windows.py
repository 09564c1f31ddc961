"""Windows: examples, refusals, and what they say."""

import datetime as dt

import pendulum
import pytest
from attrs.exceptions import FrozenInstanceError

from reconnect.errors import InvalidInstant, InvalidWindow, ReconnectError
from reconnect.temporal.window import Window
from reconnect.temporal.windows import Windows

NOON = pendulum.datetime(2026, 1, 5, 12)
HOUR = dt.timedelta(hours=1)


def hours(start: int, end: int) -> Window:
    """Return the window between two hours after noon."""
    return Window(NOON.add(hours=start), NOON.add(hours=end))


def test_a_night_with_a_clock_change_is_an_hour_shorter() -> None:
    """A window is as long as it really lasts."""
    night = Window(
        pendulum.datetime(2026, 3, 28, 22, tz="Europe/Paris"), pendulum.datetime(2026, 3, 29, 6, tz="Europe/Paris")
    )
    assert night.length == 7 * HOUR


def test_the_two_half_past_twos_of_autumn_are_an_hour_apart() -> None:
    """Two times that pendulum holds for equal make a window of an hour."""
    paris = pendulum.timezone("Europe/Paris")
    first = pendulum.DateTime(2026, 10, 25, 2, 30, tzinfo=paris, fold=0)
    again = pendulum.DateTime(2026, 10, 25, 2, 30, tzinfo=paris, fold=1)
    assert Window(first, again).length == HOUR


@pytest.mark.parametrize("end", [NOON, NOON.subtract(seconds=1)])
def test_a_window_ends_after_it_starts(end: pendulum.DateTime) -> None:
    """Nothing and less than nothing are refused, in words."""
    with pytest.raises(InvalidWindow) as refused:
        Window(NOON, end)
    assert str(refused.value) == "expected an end after the start, got an end that is not after it"
    assert isinstance(refused.value, ReconnectError)
    assert isinstance(refused.value, ValueError)


def test_a_window_without_a_zone_is_refused() -> None:
    """Nobody can say which moment a time without a zone means."""
    with pytest.raises(InvalidInstant, match="a local time without one"):
        Window(NOON, dt.datetime(2026, 1, 6))  # noqa: DTZ001 - that is the point


@pytest.mark.parametrize("length", [dt.timedelta(), -HOUR, dt.timedelta(days=3_000_000)])
def test_a_length_is_more_than_nothing_and_ends_within_the_calendar(length: dt.timedelta) -> None:
    """A window has some length, and ends by the year 9999."""
    with pytest.raises(InvalidWindow):
        Window.of(NOON, length)


def test_a_length_is_a_timedelta() -> None:
    """A number of minutes is refused: minutes or seconds?"""
    with pytest.raises(InvalidWindow, match="expected a length of time, got a int"):
        Window.of(NOON, 30)  # type: ignore[arg-type]  # wrong on purpose


def test_a_window_is_frozen() -> None:
    """What was agreed cannot shift."""
    with pytest.raises(FrozenInstanceError):
        hours(0, 1).start = NOON  # type: ignore[misc]  # wrong on purpose


def test_windows_merge_where_they_touch() -> None:
    """Meeting, overlapping and nested windows are one stretch; the rest stays apart."""
    made = Windows.of(hours(5, 6), hours(0, 2), hours(2, 3), hours(1, 2))
    assert list(made) == [hours(0, 3), hours(5, 6)]
    assert made.total == 4 * HOUR
    assert repr(made) == (
        "Windows.of(Window('2026-01-05T12:00:00Z', '2026-01-05T15:00:00Z'), "
        "Window('2026-01-05T17:00:00Z', '2026-01-05T18:00:00Z'))"
    )


def test_empty_is_a_value() -> None:
    """A set without any time is a set."""
    assert Windows() == Windows.of()
    assert not Windows()
    assert Windows().total == dt.timedelta()
    assert NOON not in Windows()
    assert Windows().complement(within=hours(0, 1)) == Windows.of(hours(0, 1))


def test_a_difference_cuts_on_both_sides_and_through_the_middle() -> None:
    """What is taken out may cover ends, middles, several stretches, or everything."""
    day = Windows.of(hours(0, 4), hours(6, 10))
    assert day - Windows.of(hours(1, 2), hours(3, 7), hours(9, 12)) == Windows.of(hours(0, 1), hours(2, 3), hours(7, 9))
    assert day - Windows.of(hours(-1, 12)) == Windows()
    assert day - Windows.of(hours(4, 6)) == day


@pytest.mark.parametrize(
    "windows", [(hours(2, 3), hours(0, 1)), (hours(0, 1), hours(1, 2)), (hours(0, 2), hours(1, 3))]
)
def test_the_constructor_takes_only_the_canonical_form(windows: tuple[Window, ...]) -> None:
    """Stretches out of order, touching or overlapping are refused, with the way out."""
    with pytest.raises(InvalidWindow, match=r"sorted and apart \(Windows.of arranges them\)"):
        Windows(windows)


def test_only_windows_make_a_set() -> None:
    """Pairs of times are no windows, and a window is no set."""
    with pytest.raises(InvalidWindow, match="expected windows, got a tuple"):
        Windows.of((NOON, NOON))  # type: ignore[arg-type]  # wrong on purpose
    for combine in (Windows.__or__, Windows.__and__, Windows.__sub__):
        assert combine(Windows(), hours(0, 1)) is NotImplemented  # type: ignore[arg-type]  # wrong on purpose
