"""What is always true of sets of windows: a generalised Boolean algebra that conserves time."""

import copy
import datetime as dt
import pickle
from itertools import pairwise
from random import Random

import pendulum
from hypothesis import given
from hypothesis import strategies as st

from reconnect.edges.testing.temporal import instants, window_sets, windows
from reconnect.temporal.window import Window
from reconnect.temporal.windows import Windows


def edges(*sets: Windows) -> list[pendulum.DateTime]:
    """Return every edge of the sets, and the instants just beside it: nothing changes anywhere else."""
    marks = [mark for windows in sets for window in windows for mark in (window.start, window.end)]
    tick = dt.timedelta(microseconds=1)
    beside = [mark - tick for mark in marks if mark.year > 1] + [mark + tick for mark in marks if mark.year < 9999]
    return marks + beside


@given(window_sets(), window_sets())
def test_each_operation_is_that_of_sets(a: Windows, b: Windows) -> None:
    """An instant is in a union, an intersection or a difference when logic says so."""
    for moment in edges(a, b):
        assert (moment in a | b) == (moment in a or moment in b)
        assert (moment in a & b) == (moment in a and moment in b)
        assert (moment in a - b) == (moment in a and moment not in b)


@given(window_sets(), window_sets(), window_sets())
def test_the_laws_of_a_boolean_algebra(a: Windows, b: Windows, c: Windows) -> None:
    """Union and intersection are associative, commutative, idempotent, and distribute over each other."""
    assert a | b == b | a
    assert a & b == b & a
    assert (a | b) | c == a | (b | c)
    assert (a & b) & c == a & (b & c)
    assert a | a == a & a == a
    assert a & (b | c) == (a & b) | (a & c)
    assert a | (b & c) == (a | b) & (a | c)
    assert a | (a & b) == a & (a | b) == a
    assert a - (b | c) == (a - b) & (a - c)
    assert (a | Windows()) == a
    assert (a & Windows()) == Windows() == a - a


@given(window_sets(), windows())
def test_a_complement_is_relative_to_its_window(a: Windows, frame: Window) -> None:
    """A set and its complement share nothing, and together fill the window."""
    rest = a.complement(within=frame)
    assert rest & a == Windows()
    assert rest | (a & Windows.of(frame)) == Windows.of(frame)
    assert rest.complement(within=frame) == a & Windows.of(frame)


@given(window_sets(), window_sets())
def test_time_is_conserved(a: Windows, b: Windows) -> None:
    """Adding and cutting neither make nor lose time."""
    assert (a | b).total + (a & b).total == a.total + b.total
    assert (a - b).total + (a & b).total == a.total


@given(st.lists(windows(), max_size=6), st.randoms())
def test_there_is_one_way_to_write_a_set_down(some: list[Window], random: Random) -> None:
    """The stretches are sorted and apart, and the order in which windows were given does not matter."""
    made = Windows.of(*some)
    assert all(earlier.end < later.start for earlier, later in pairwise(made))
    random.shuffle(some)
    assert Windows.of(*some, *some) == made
    assert hash(Windows.of(*some)) == hash(made)
    assert Windows(tuple(made)) == made


@given(window_sets(), window_sets())
def test_every_result_is_canonical(a: Windows, b: Windows) -> None:
    """Each operation gives a set that its own constructor accepts, unchanged."""
    for made in (a | b, a & b, a - b):
        assert Windows.of(*made) == made


@given(window_sets(), st.timedeltas(min_value=dt.timedelta(), max_value=dt.timedelta(hours=8)))
def test_at_least_keeps_whole_stretches(a: Windows, length: dt.timedelta) -> None:
    """What is kept is long enough, what is dropped is not, and nothing is cut."""
    kept = a.at_least(length)
    assert list(kept) == [window for window in a if window.length >= length]


@given(window_sets(), instants())
def test_a_set_survives_copying_and_pickling(a: Windows, moment: pendulum.DateTime) -> None:
    """A copy is equal, hashes alike and answers alike."""
    for twin in (copy.copy(a), copy.deepcopy(a), pickle.loads(pickle.dumps(a))):  # noqa: S301 - our own bytes
        assert twin == a
        assert hash(twin) == hash(a)
        assert (moment in twin) == (moment in a)
    assert len(a) == len(list(a))
    assert bool(a) == (len(a) > 0)
