"""An instant is one moment, the same for everyone; it is held in UTC and given a zone only when asked."""

import datetime as dt
import re
from typing import Final

import pendulum

from reconnect.errors import InvalidInstant

__all__ = ["as_instant", "format_instant", "from_microseconds", "parse_instant", "shifted", "to_microseconds"]

UTC: Final = pendulum.UTC
DAY: Final = 86_400  # seconds on a clock from one midnight to the next
_MICROSECOND: Final = dt.timedelta(microseconds=1)
_EPOCH: Final = dt.datetime(1970, 1, 1)  # noqa: DTZ001 - only added to, and read as UTC
_EPOCH_DAY: Final = _EPOCH.toordinal()
_RFC3339: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?(?:Z|[+-]\d\d:\d\d)", re.ASCII)


def as_instant(moment: dt.datetime) -> pendulum.DateTime:
    """Return the same moment, held in UTC.

    Accepts any aware `datetime`; a naive one is refused, because nobody can say which moment it means.

    >>> as_instant(pendulum.datetime(2026, 1, 5, 20, tz="Europe/Paris"))
    DateTime(2026, 1, 5, 19, 0, 0, tzinfo=Timezone('UTC'))

    Raises:
        InvalidInstant: the value is not a `datetime`, has no zone, or lies outside the years 1 to 9999 in
            UTC.
    """
    if type(moment) is pendulum.DateTime and moment.tzinfo is UTC:
        return _utc(moment) if moment.fold else moment
    if not is_a(moment, dt.datetime):
        raise InvalidInstant("a moment with a zone", f"a {type(moment).__name__}")
    offset = moment.utcoffset()
    if offset is None:
        raise InvalidInstant("a moment with a zone", "a local time without one")
    try:
        plain = dt.datetime.__sub__(moment.replace(tzinfo=None), offset)
    except OverflowError:
        raise InvalidInstant("a moment within the years 1 to 9999 in UTC", "one beyond them") from None
    return _utc(plain)


def to_microseconds(moment: pendulum.DateTime) -> int:
    """Count the microseconds from 1970 in UTC to an instant (inner loops run on integers).

    >>> to_microseconds(pendulum.datetime(1970, 1, 2))
    86400000000
    """
    at = as_instant(moment)
    seconds = ((at.toordinal() - _EPOCH_DAY) * 24 + at.hour) * 3600 + at.minute * 60 + at.second
    return seconds * 1_000_000 + at.microsecond


def from_microseconds(count: int) -> pendulum.DateTime:
    """Return the instant that lies so many microseconds after 1970 in UTC; inverse of `to_microseconds`.

    >>> from_microseconds(86_400_000_000)
    DateTime(1970, 1, 2, 0, 0, 0, tzinfo=Timezone('UTC'))

    Raises:
        InvalidInstant: the instant would lie outside the years 1 to 9999.
    """
    try:
        return _utc(_EPOCH + count * _MICROSECOND)
    except OverflowError:
        raise InvalidInstant("a moment within the years 1 to 9999 in UTC", "one beyond them") from None


def shifted(moment: pendulum.DateTime, by: dt.timedelta) -> pendulum.DateTime:
    """Return the instant that lies so much time after another, or before it if the time is negative.

    Time that really passes, whatever clocks do meanwhile. It is what `+` means, without going through the
    calendar as pendulum does: some twenty times faster.

    >>> shifted(pendulum.datetime(2026, 3, 29, 0, 30), dt.timedelta(hours=-1))
    DateTime(2026, 3, 28, 23, 30, 0, tzinfo=Timezone('UTC'))

    Raises:
        InvalidInstant: the instant would lie outside the years 1 to 9999.
    """
    try:
        return dt.datetime.__add__(as_instant(moment), by)  # pyright: ignore[reportReturnType] - it keeps its class
    except OverflowError:
        raise InvalidInstant("a moment within the years 1 to 9999 in UTC", "one beyond them") from None


def parse_instant(text: str) -> pendulum.DateTime:
    """Read an instant written as RFC 3339 says, such as `2026-01-05T19:00:00Z`; inverse of `format_instant`.

    >>> parse_instant("2026-01-05T20:00:00+01:00")
    DateTime(2026, 1, 5, 19, 0, 0, tzinfo=Timezone('UTC'))

    Raises:
        InvalidInstant: the text has another shape, or names a day or time that does not exist.
    """
    if not is_a(text, str):
        raise InvalidInstant("an instant such as 2026-01-05T19:00:00Z", f"a {type(text).__name__}")
    if not _RFC3339.fullmatch(text):
        raise InvalidInstant("an instant such as 2026-01-05T19:00:00Z", "a text of another shape")
    try:
        return as_instant(dt.datetime.fromisoformat(text))
    except ValueError:
        raise InvalidInstant("an instant such as 2026-01-05T19:00:00Z", "a day or time that does not exist") from None


def format_instant(moment: pendulum.DateTime) -> str:
    """Write an instant in UTC as RFC 3339 says; inverse of `parse_instant`.

    >>> format_instant(pendulum.datetime(2026, 1, 5, 20, tz="Europe/Paris"))
    '2026-01-05T19:00:00Z'
    """
    plain = as_instant(moment).replace(tzinfo=None)
    return dt.datetime.isoformat(plain) + "Z"


def is_a(value: object, kind: type) -> bool:
    """Tell whether a value is of a type that its annotation already promises: callers may be untyped."""
    return isinstance(value, kind)


def second_of(moment: dt.datetime) -> int:
    """Count whole seconds from the midnight before year 1 to what the clock of a `datetime` shows."""
    return moment.toordinal() * DAY + moment.hour * 3600 + moment.minute * 60 + moment.second


def ceiling(moment: dt.datetime, *, inclusive: bool) -> int:
    """Return the first whole second at or after an instant, or strictly after it."""
    held = type(moment) is pendulum.DateTime and moment.tzinfo is UTC
    at = moment if held else as_instant(moment)
    return second_of(at) + (not inclusive or at.microsecond > 0)


def instant_at(second: int) -> pendulum.DateTime:
    """Return the instant in UTC at a count of `second_of` (built positionally: five times faster)."""
    ordinal, rest = divmod(second, DAY)
    day, minutes = dt.date.fromordinal(ordinal), rest // 60
    return pendulum.DateTime(day.year, day.month, day.day, minutes // 60, minutes % 60, rest % 60, 0, UTC)


def local_at(second: int) -> dt.datetime:
    """Return the local time, without a zone, at a count of `second_of`."""
    ordinal, rest = divmod(second, DAY)
    day = dt.date.fromordinal(ordinal)
    return dt.datetime(  # noqa: DTZ001 - a local time has no zone on purpose
        day.year, day.month, day.day, rest // 3600, rest // 60 % 60, rest % 60
    )


def _utc(plain: dt.datetime) -> pendulum.DateTime:
    return pendulum.DateTime(
        plain.year, plain.month, plain.day, plain.hour, plain.minute, plain.second, plain.microsecond, UTC
    )
