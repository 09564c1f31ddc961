"""Own days are the reader's: what day it is for them, which whole days lie behind them, and when the next begins."""

import datetime as dt
from typing import Final

import pendulum

from reconnect.record.view import View
from reconnect.temporal.day import begin_of, next_day
from reconnect.temporal.instant import as_instant
from reconnect.temporal.window import Window
from reconnect.temporal.zone import local_time

__all__ = ["around", "last_days", "today", "tomorrow"]

DAY: Final = dt.timedelta(days=1)
FIRST: Final = as_instant(pendulum.datetime(2, 1, 1))  # where the calendar ends, days are those of its last year
LAST: Final = as_instant(pendulum.datetime(9998, 1, 1))


def today(view: View) -> dt.date:
    """Return what day it is for the reader, by the clocks where they live now."""
    return local_time(min(max(view.at, FIRST), LAST), view.zone).date()


def tomorrow(view: View) -> pendulum.DateTime:
    """Return when the reader's next day begins: until then, what rests on whole days stays as it is."""
    return next_day(view.at, view.zone)


def last_days(view: View, count: int) -> Window:
    """Return the reader's last whole days, today not among them: they change at the reader's own midnight only.

    Args:
        view: whose days.
        count: how many, two or more.
    """
    day = today(view)
    return Window(begin_of(day - count * DAY, view.zone), begin_of(day, view.zone))


def around(view: View, *, behind: int, ahead: int) -> Window:
    """Return today with some whole days before and after it: this, too, changes at the reader's own midnight only."""
    day = today(view)
    return Window(begin_of(day - behind * DAY, view.zone), begin_of(day + (ahead + 1) * DAY, view.zone))
