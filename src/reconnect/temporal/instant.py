"""An instant is one moment, the same for everyone; it is held in UTC and given a zone only when asked."""

import datetime as dt
import re
from typing import Final

import pendulum

from reconnect.errors import InvalidInstant

__all__ = ["as_instant", "format_instant", "from_microseconds", "parse_instant", "to_microseconds"]

UTC: Final = pendulum.UTC
_EPOCH: Final = dt.datetime(1970, 1, 1)  # noqa: DTZ001 - only added to, and read as UTC
_EPOCH_DAY: Final = _EPOCH.toordinal()
_RFC3339: Final = re.compile(
    r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?(?:Z|[+-]\d\d:\d\d)", re.ASCII
)


def as_instant(moment: dt.datetime) -> pendulum.DateTime:
    """Return the same moment, held in UTC.

    Accepts any aware `datetime`; a naive one is refused, because nobody can say which moment it means.

    >>> as_instant(pendulum.datetime(2026, 1, 5, 20, tz="Europe/Paris"))
    DateTime(2026, 1, 5, 19, 0, 0, tzinfo=Timezone('UTC'))

    Raises:
        InvalidInstant: the value is not a `datetime`, or it has no zone.
    """
    if not isinstance(moment, dt.datetime):
        raise InvalidInstant("a moment with a zone", f"a {type(moment).__name__}")
    if type(moment) is pendulum.DateTime and moment.tzinfo is UTC and not moment.fold:
        return moment
    offset = moment.utcoffset()
    if offset is None:
        raise InvalidInstant("a moment with a zone", "a local time without one")
    plain = moment.replace(tzinfo=None) - offset
    return _utc(plain)


def to_microseconds(moment: pendulum.DateTime) -> int:
    """Count the microseconds from 1970 in UTC to an instant (inner loops run on integers)."""
    at = as_instant(moment)
    seconds = ((at.toordinal() - _EPOCH_DAY) * 24 + at.hour) * 3600 + at.minute * 60 + at.second
    return seconds * 1_000_000 + at.microsecond


def from_microseconds(count: int) -> pendulum.DateTime:
    """Return the instant that lies so many microseconds after 1970 in UTC; inverse of `to_microseconds`."""
    return _utc(_EPOCH + dt.timedelta(microseconds=count))


def parse_instant(text: str) -> pendulum.DateTime:
    """Read an instant written as RFC 3339 says, such as `2026-01-05T19:00:00Z`; inverse of `format_instant`.

    Raises:
        InvalidInstant: the text has another shape, or names a day or time that does not exist.
    """
    if not _RFC3339.fullmatch(text):
        raise InvalidInstant("an instant such as 2026-01-05T19:00:00Z", "a text of another shape")
    try:
        return as_instant(pendulum.DateTime.fromisoformat(text))
    except (ValueError, OverflowError):
        raise InvalidInstant("an instant such as 2026-01-05T19:00:00Z", "a day or time that does not exist") from None


def format_instant(moment: pendulum.DateTime) -> str:
    """Write an instant in UTC as RFC 3339 says; inverse of `parse_instant`."""
    plain = as_instant(moment).replace(tzinfo=None)
    return dt.datetime.isoformat(plain) + "Z"


def _utc(plain: dt.datetime) -> pendulum.DateTime:
    return pendulum.DateTime(
        plain.year, plain.month, plain.day, plain.hour, plain.minute, plain.second, plain.microsecond, UTC
    )
