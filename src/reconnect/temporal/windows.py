"""Windows are any number of stretches of time taken as one, with the arithmetic of sets."""

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Self

import pendulum
from attrs import field, frozen

from reconnect.errors import InvalidWindow
from reconnect.temporal.instant import as_instant, is_a
from reconnect.temporal.window import Window

__all__ = ["Windows"]


def _start(window: Window) -> pendulum.DateTime:
    return window.start


def _checked(windows: Iterable[Window]) -> tuple[Window, ...]:
    found = tuple(windows)
    for window in found:
        if not is_a(window, Window):
            raise InvalidWindow("windows", f"a {type(window).__name__}")
    return found


@frozen(repr=False)
class Windows:
    """Stretches of time as one set: add, intersect and subtract them.

    There is one way to write a set down: sorted, and stretches that touch are one. `Windows.of` brings any
    windows into that form; the constructor refuses others, so that equal sets are equal values. Empty is a
    value.

    >>> monday = pendulum.datetime(2026, 1, 5)
    >>> day = Window.of(monday, dt.timedelta(days=1))
    >>> nine, noon, five = (monday.add(hours=hour) for hour in (9, 12, 17))
    >>> busy = Windows.of(Window(nine, noon), Window(noon, five))
    >>> len(busy)
    1
    >>> busy.complement(within=day)
    Windows.of(Window('2026-01-05T00:00:00Z', '2026-01-05T09:00:00Z'), Window('2026-01-05T17:00:00Z',
    '2026-01-06T00:00:00Z'))

    Attributes:
        windows: the stretches, sorted, apart from each other.

    Raises:
        InvalidWindow: the stretches given to the constructor are not sorted, or they touch or overlap.

    Laws:
        A generalised Boolean algebra (the complement is relative to a window): every instant lies in `a | b`
        when it lies in either, in `a & b` when in both, in `a - b` when in the first only. Time is conserved:
        `(a | b).total + (a & b).total == a.total + b.total`. Every operation is one sweep over sorted
        stretches.
    """

    windows: tuple[Window, ...] = field(default=(), converter=_checked)

    def __attrs_post_init__(self) -> None:
        """Refuse stretches that touch or are out of order."""
        for earlier, later in pairwise(self.windows):
            if not earlier.end < later.start:
                raise InvalidWindow("windows sorted and apart (Windows.of arranges them)", "other windows")

    @classmethod
    def of(cls, *windows: Window) -> Self:
        """Return the set of all instants in any of these windows, in any order, touching or not.

        >>> Windows.of()
        Windows.of()
        """
        return cls(_merged(sorted(_checked(windows), key=_start)))

    def __or__(self, other: "Windows") -> "Windows":
        """Return the instants of either."""
        if not is_a(other, Windows):
            return NotImplemented
        return Windows(_merged(sorted(self.windows + other.windows, key=_start)))

    def __and__(self, other: "Windows") -> "Windows":
        """Return the instants of both."""
        if not is_a(other, Windows):
            return NotImplemented
        shared: list[Window] = []
        mine, theirs = iter(self.windows), iter(other.windows)
        a, b = next(mine, None), next(theirs, None)
        while a is not None and b is not None:
            start, end = max(a.start, b.start), min(a.end, b.end)
            if start < end:
                shared.append(Window(start, end))
            if a.end < b.end:
                a = next(mine, None)
            else:
                b = next(theirs, None)
        return Windows(tuple(shared))

    def __sub__(self, other: "Windows") -> "Windows":
        """Return the instants of the first that are not in the second."""
        if not is_a(other, Windows):
            return NotImplemented
        left: list[Window] = []
        theirs = iter(other.windows)
        b = next(theirs, None)
        for a in self.windows:
            start = a.start
            while b is not None and b.start < a.end:
                if start < b.start:
                    left.append(Window(start, b.start))
                start = max(start, b.end)
                if b.end > a.end:
                    break
                b = next(theirs, None)
            if start < a.end:
                left.append(Window(start, a.end))
        return Windows(tuple(left))

    def complement(self, *, within: Window) -> "Windows":
        """Return what is left of a window: its instants that are not in this set."""
        return Windows((within,)) - self

    @property
    def total(self) -> dt.timedelta:
        """How long all the stretches last together."""
        return sum((window.length for window in self.windows), dt.timedelta())

    def at_least(self, length: dt.timedelta) -> "Windows":
        """Return only the stretches with room for so much time.

        >>> noon = pendulum.datetime(2026, 1, 5, 12)
        >>> short = Window.of(noon, dt.timedelta(minutes=5))
        >>> long = Window.of(noon.add(hours=1), dt.timedelta(hours=1))
        >>> Windows.of(short, long).at_least(dt.timedelta(minutes=15)) == Windows.of(long)
        True
        """
        return Windows(tuple(window for window in self.windows if window.length >= length))

    def __contains__(self, moment: dt.datetime) -> bool:
        """Tell whether an instant lies in any of the stretches."""
        at = as_instant(moment)
        place = bisect_right(self.windows, at, key=_start)
        return place > 0 and at < self.windows[place - 1].end

    def __iter__(self) -> Iterator[Window]:
        """Go through the stretches from the earliest on."""
        return iter(self.windows)

    def __len__(self) -> int:
        """Count the separate stretches."""
        return len(self.windows)

    def __bool__(self) -> bool:
        """Tell whether there is any time at all."""
        return bool(self.windows)

    def __repr__(self) -> str:
        """Show the stretches as the call that makes them."""
        return f"Windows.of({', '.join(map(repr, self.windows))})"


def _merged(ordered: Iterable[Window]) -> tuple[Window, ...]:
    merged: list[Window] = []
    for window in ordered:
        if merged and window.start <= merged[-1].end:
            if window.end > merged[-1].end:
                merged[-1] = Window(merged[-1].start, window.end)
        else:
            merged.append(window)
    return tuple(merged)
