"""Elapsed time is real time: an hour is an hour, whatever clocks do meanwhile, up to the end of the calendar."""

import datetime as dt
from typing import Final

import pendulum

from reconnect.errors import InvalidInstant
from reconnect.temporal.instant import as_instant, shifted

__all__ = ["LAST", "elapsed"]

LAST: Final = as_instant(pendulum.datetime(9999, 12, 31, 23, 59, 59, 999_999))


def elapsed(since: pendulum.DateTime, length: dt.timedelta) -> pendulum.DateTime:
    """Return the instant at which so much time has really passed, at most the last one that there is.

    >>> night = as_instant(pendulum.datetime(2026, 3, 28, 22, tz="Europe/Paris"))
    >>> elapsed(night, dt.timedelta(hours=24)).in_timezone("Europe/Paris").hour  # clocks skipped an hour
    23
    """
    try:
        return shifted(since, length)
    except InvalidInstant:
        return LAST
