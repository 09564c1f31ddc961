"""What is always true of a window."""

import copy
import datetime as dt
import pickle

import pendulum
from hypothesis import given

from reconnect.edges.testing.temporal import instants, windows
from reconnect.temporal.window import Window


@given(windows(), instants())
def test_an_instant_lies_in_a_window_from_its_start_up_to_its_end(window: Window, moment: pendulum.DateTime) -> None:
    """A window holds its start and everything before its end, and not its end."""
    assert window.start in window
    assert window.end not in window
    assert (moment in window) == (window.start <= moment < window.end)


@given(windows(), windows())
def test_overlapping_is_sharing_an_instant(a: Window, b: Window) -> None:
    """Two windows overlap exactly when the later start lies in both, whichever is asked."""
    later = max(a.start, b.start)
    assert a.overlaps(b) == b.overlaps(a) == (later in a and later in b)


@given(windows(), windows())
def test_windows_that_meet_do_not_overlap(a: Window, b: Window) -> None:
    """What ends when another begins shares no instant with it."""
    if a.meets(b):
        assert not a.overlaps(b)
    after = Window(a.end, a.end.add(microseconds=1)) if a.end.year < 9999 else None
    assert after is None or (a.meets(after) and not a.overlaps(after) and not after.meets(a))


@given(windows(), windows())
def test_during_is_an_order(a: Window, b: Window) -> None:
    """A window lies in itself, and two windows that lie in each other are one."""
    assert a.during(a)
    assert (a.during(b) and b.during(a)) == (a == b)
    if a.during(b):
        assert a.start in b
        assert a.length <= b.length


@given(windows())
def test_a_window_is_its_start_and_its_real_length(window: Window) -> None:
    """Start and length make the same window again, clock changes or not."""
    assert Window.of(window.start, window.length) == window
    assert (
        window.length == dt.timedelta(seconds=(window.end - window.start).total_seconds()) or window.length.days > 365
    )
    assert type(window.length) is dt.timedelta


@given(windows())
def test_a_window_survives_copying_and_pickling(window: Window) -> None:
    """A copy is equal, hashes alike and looks alike."""
    for twin in (copy.copy(window), copy.deepcopy(window), pickle.loads(pickle.dumps(window))):  # noqa: S301 - our own bytes
        assert twin == window
        assert hash(twin) == hash(window)
        assert repr(twin) == repr(window)


@given(windows())
def test_a_window_does_not_depend_on_the_zone_it_is_told_in(window: Window) -> None:
    """The same two instants, told on the clocks of Lord Howe, are the same window."""
    if window.start.year > 1 and window.end.year < 9999:
        zone = pendulum.timezone("Australia/Lord_Howe")
        told = Window(window.start.astimezone(zone), window.end.astimezone(zone))
        assert told == window
        assert hash(told) == hash(window)
