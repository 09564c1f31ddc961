"""A start is one time of a recurrence: what clocks show, and the instant that it means."""

import datetime as dt
from collections.abc import Iterable

import pendulum
from attrs import field, frozen

from reconnect.errors import InvalidRecurrence
from reconnect.temporal.instant import as_instant
from reconnect.temporal.zone import as_local

__all__ = ["Start"]


def as_start(local: dt.datetime) -> dt.datetime:
    """Return a local time, after checking that it is one, as a plain `datetime` at a whole second."""
    as_local(local)
    if local.microsecond:
        raise InvalidRecurrence("a local start at a whole second", "a fraction of one")
    return dt.datetime(  # noqa: DTZ001 - a local time has no zone on purpose
        local.year, local.month, local.day, local.hour, local.minute, local.second
    )


def as_starts(locals_: Iterable[dt.datetime]) -> tuple[dt.datetime, ...]:
    """Return local starts checked, sorted, each once."""
    return tuple(sorted({as_start(local) for local in locals_}))


@frozen
class Start:
    """One start of a recurrence.

    The local start names the occurrence (RECURRENCE-ID in RFC 5545): it stays when the rules of the zone
    change.

    >>> Start(dt.datetime(2026, 1, 5, 20), pendulum.datetime(2026, 1, 5, 19)).local
    datetime.datetime(2026, 1, 5, 20, 0)

    Attributes:
        local: the local time, without a zone, at a whole second.
        instant: the instant that it means, in UTC.

    Raises:
        InvalidDate: the local time has a zone.
        InvalidRecurrence: the local time is not at a whole second.
        InvalidInstant: the instant has no zone.
    """

    local: dt.datetime = field(converter=as_start)
    instant: pendulum.DateTime = field(converter=as_instant)
