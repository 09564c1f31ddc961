"""What kept check-ins closed: time-outs and quiet hours, which count for nothing and against nobody."""

import datetime as dt

import pendulum
from attrs import field, frozen

from reconnect.temporal.instant import as_instant
from reconnect.temporal.window import Window
from reconnect.temporal.windows import Windows

__all__ = ["Closed"]

TICK = dt.timedelta(microseconds=1)


@frozen(kw_only=True)
class Closed:
    """When no check-in could open, although one was planned.

    A schedule does not know why: whoever puts stories together works it out and hands it in.

    >>> noon = pendulum.datetime(2026, 1, 5, 12)
    >>> closed = Closed(time_outs=Windows.of(Window.of(noon, dt.timedelta(minutes=20))))
    >>> closed.kept(Window(noon.add(minutes=-30), noon.add(minutes=10)))  # it closed while they were apart
    True
    >>> closed.kept(Window(noon.add(minutes=-30), noon.add(minutes=30)))  # there was time left afterwards
    False

    Attributes:
        time_outs: when someone's time-out ran.
        quiet: the quiet hours of those whom the check-ins concern.
    """

    time_outs: Windows = field(factory=Windows)
    quiet: Windows = field(factory=Windows)

    def at(self, moment: pendulum.DateTime) -> bool:
        """Tell whether nothing opens at an instant."""
        return moment in self.time_outs or moment in self.quiet

    def broken_off(self, window: Window) -> bool:
        """Tell whether a check-in was kept closed, and a time-out had a part in it; then it is offered again."""
        return self.kept(window) and bool(Windows((window,)) & self.time_outs)

    def kept(self, window: Window) -> bool:
        """Tell whether a check-in was kept closed: a time-out ran as it closed, or it could open at no instant."""
        last = as_instant(window.end - TICK)
        return last in self.time_outs or not Windows((window,)) - (self.time_outs | self.quiet)
