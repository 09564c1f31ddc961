"""A day is a date in the calendar: no moment of it, and of no zone; clocks in a zone say when one begins."""

import datetime as dt
from typing import Final

import pendulum

from reconnect.errors import InvalidDate
from reconnect.temporal.instant import as_instant, is_a
from reconnect.temporal.zone import Gap, instant_of, local_time

__all__ = ["as_date", "begin_of", "next_day"]

DAY: Final = dt.timedelta(days=1)
FIRST: Final = as_instant(pendulum.datetime(1, 1, 3))  # before it, clocks somewhere show no year at all
LAST: Final = as_instant(pendulum.datetime(9999, 12, 29))  # after it, a day somewhere ends in no year


def as_date(day: dt.date) -> dt.date:
    """Return a date after checking that it is one, and not a moment of it.

    >>> as_date(dt.datetime(2026, 1, 5, 20, tzinfo=dt.UTC))
    Traceback (most recent call last):
    reconnect.errors.invalid.InvalidDate: expected a date, got a datetime

    Raises:
        InvalidDate: it is something else.
    """
    if not is_a(day, dt.date) or is_a(day, dt.datetime):
        raise InvalidDate("a date", f"a {type(day).__name__}")
    return day


def begin_of(day: dt.date, zone: str) -> pendulum.DateTime:
    """Return the first instant at which clocks in a zone show a day, or what comes after it where they skip it.

    >>> begin_of(dt.date(2011, 12, 30), "Pacific/Apia") == begin_of(dt.date(2011, 12, 31), "Pacific/Apia")
    True

    Raises:
        InvalidInstant: it would lie outside the years 1 to 9999.
        InvalidZone: there is no such zone.
    """
    midnight = dt.datetime.combine(day, dt.time())
    return instant_of(midnight, zone, Gap.FIRST_VALID) or as_instant(midnight.replace(tzinfo=dt.UTC))


def next_day(at: pendulum.DateTime, zone: str) -> pendulum.DateTime:
    """Return the first instant after another one at which clocks in a zone begin the next day.

    >>> str(next_day(pendulum.datetime(2026, 3, 28, 22), "Europe/Paris"))
    '2026-03-28 23:00:00+00:00'
    """
    if not FIRST <= at <= LAST:
        return at
    now = local_time(at, zone)
    midnight = dt.datetime.combine(now.date() + DAY, dt.time())
    end = instant_of(midnight, zone, Gap.FIRST_VALID)
    if end is None or end <= at:  # clocks went back over midnight, and this is the second time that the day ends
        return as_instant(at + (midnight - now))
    return end
