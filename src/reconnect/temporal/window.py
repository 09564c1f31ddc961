"""A window is one stretch of time: its start belongs to it, its end does not."""

import datetime as dt
from typing import Self

import pendulum
from attrs import field, frozen

from reconnect.errors import InvalidInstant, InvalidWindow
from reconnect.temporal.instant import as_instant, is_a, shifted

__all__ = ["Window"]


@frozen(repr=False)
class Window:
    """A stretch of time from a start up to, but not including, an end.

    The same word answers for a reminder, a check-in and a holiday. Both ends are instants held in UTC, so a
    window that spans a clock change is as long as it really lasts.

    >>> evening = pendulum.datetime(2026, 3, 28, 22, tz="Europe/Paris")
    >>> night = Window(evening, pendulum.datetime(2026, 3, 29, 6, tz="Europe/Paris"))
    >>> night
    Window('2026-03-28T21:00:00Z', '2026-03-29T04:00:00Z')
    >>> night.length
    datetime.timedelta(seconds=25200)
    >>> night.end in night
    False

    Attributes:
        start: the first instant of the window.
        end: the first instant after the window.

    Raises:
        InvalidWindow: the end is not after the start.
        InvalidInstant: an end is not a moment with a zone.

    Laws:
        Half-open: two windows that meet share no instant, and together are as long as what they cover.

    Sources:
        J. F. Allen, Maintaining knowledge about temporal intervals (1983), for *meets*, *overlaps*, *during*.
    """

    start: pendulum.DateTime = field(converter=as_instant)
    end: pendulum.DateTime = field(converter=as_instant)

    def __attrs_post_init__(self) -> None:
        """Refuse an empty or backward stretch."""
        if not self.start < self.end:
            raise InvalidWindow("an end after the start", "an end that is not after it")

    @classmethod
    def of(cls, start: dt.datetime, length: dt.timedelta) -> Self:
        """Return the window that starts at an instant and lasts so long.

        >>> Window.of(pendulum.datetime(2026, 1, 5, 19), dt.timedelta(minutes=30))
        Window('2026-01-05T19:00:00Z', '2026-01-05T19:30:00Z')

        Raises:
            InvalidWindow: the length is not more than nothing, or it ends after the year 9999.
        """
        if not is_a(length, dt.timedelta):
            raise InvalidWindow("a length of time", f"a {type(length).__name__}")
        first = as_instant(start)
        try:
            return cls(first, shifted(first, length))
        except InvalidInstant:
            raise InvalidWindow("an end within the years 1 to 9999", "a length that goes beyond") from None

    @property
    def length(self) -> dt.timedelta:
        """How long the window really lasts, clock changes included."""
        return dt.datetime.__sub__(self.end, self.start)

    def __contains__(self, moment: dt.datetime) -> bool:
        """Tell whether an instant lies in the window; its end does not.

        >>> monday = pendulum.datetime(2026, 1, 5)
        >>> day = Window.of(monday, dt.timedelta(days=1))
        >>> monday in day, monday.add(days=1) in day
        (True, False)
        """
        return self.start <= as_instant(moment) < self.end

    def meets(self, other: "Window") -> bool:
        """Tell whether the other window begins at the very instant at which this one ends.

        >>> dawn = pendulum.datetime(2026, 1, 5, 6)
        >>> night, day = Window(dawn.subtract(hours=8), dawn), Window(dawn, dawn.add(hours=16))
        >>> night.meets(day), night.overlaps(day), day.meets(night)
        (True, False, False)
        """
        return self.end == other.start

    def overlaps(self, other: "Window") -> bool:
        """Tell whether the two windows share at least one instant (the order does not matter)."""
        return self.start < other.end and other.start < self.end

    def during(self, other: "Window") -> bool:
        """Tell whether every instant of this window lies in the other one (a window lies in itself)."""
        return other.start <= self.start and self.end <= other.end

    def __repr__(self) -> str:
        """Show both ends in UTC."""
        return f"Window({_text(self.start)!r}, {_text(self.end)!r})"


def _text(moment: pendulum.DateTime) -> str:
    return dt.datetime.isoformat(moment.replace(tzinfo=None)) + "Z"
