"""A day is a date in the calendar: no moment of it, and of no zone."""

import datetime as dt

from reconnect.errors import InvalidDate
from reconnect.temporal.instant import is_a

__all__ = ["as_date"]


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
