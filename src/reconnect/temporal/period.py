"""A period is a step on the calendar, such as one month and two weeks; how long it lasts depends."""

import datetime as dt
import re
from calendar import monthrange
from typing import Final, Self, TypeVar

from attrs import field, fields, frozen

from reconnect.errors import InvalidDate, InvalidPeriod
from reconnect.temporal.instant import is_a

__all__ = ["Period"]

_ISO: Final = re.compile(r"P(?:(\d{1,9})Y)?(?:(\d{1,9})M)?(?:(\d{1,9})W)?(?:(\d{1,9})D)?", re.ASCII)
_SHAPE: Final = "a calendar step such as P1M2W"
_Day = TypeVar("_Day", dt.date, dt.datetime)


def _whole(value: int) -> int:
    if type(value) is not int or value < 0:
        raise InvalidPeriod("whole numbers from 0 on", "something else")
    return value


@frozen(kw_only=True, repr=False)
class Period:
    """A calendar step of whole years, months, weeks and days.

    Add it to a date, or to a local time (its time of day stays): years and months first, then weeks and days.
    A month without that day gives its last day. A step is no length of time, so it does not compare with one:
    a month is no 30 days, and a day across a clock change is no 24 hours.

    >>> dt.date(2026, 1, 31) + Period(months=1)
    datetime.date(2026, 2, 28)
    >>> dt.datetime(2026, 3, 28, 20) + Period.parse("P1M2W")
    datetime.datetime(2026, 5, 12, 20, 0)

    Attributes:
        years: how many years.
        months: how many months.
        weeks: how many weeks.
        days: how many days.

    Raises:
        InvalidPeriod: a number is negative, or no whole number.

    Laws:
        `Period.parse(p.format()) == p`. Adding periods adds each unit; `(d + p) + q` can differ from `d + (p
        + q)`, where a short month lies between.
    """

    years: int = field(default=0, validator=lambda _self, _field, value: _whole(value))
    months: int = field(default=0, validator=lambda _self, _field, value: _whole(value))
    weeks: int = field(default=0, validator=lambda _self, _field, value: _whole(value))
    days: int = field(default=0, validator=lambda _self, _field, value: _whole(value))

    @classmethod
    def of(cls, *, years: int = 0, months: int = 0, weeks: int = 0, days: int = 0) -> Self:
        """Return the step of so many years, months, weeks and days.

        >>> Period.of(days=90)
        Period(days=90)
        """
        return cls(years=years, months=months, weeks=weeks, days=days)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a step as ISO 8601 writes it; inverse of `format`.

        >>> Period.parse("P1M2W")
        Period(months=1, weeks=2)
        >>> Period.parse("PT1H")
        Traceback (most recent call last):
        reconnect.errors.invalid.InvalidPeriod: expected a calendar step such as P1M2W, got a text of another shape

        Raises:
            InvalidPeriod: the text has another shape; hours and finer are no calendar step.
        """
        if not is_a(text, str):
            raise InvalidPeriod(_SHAPE, f"a {type(text).__name__}")
        found = _ISO.fullmatch(text)
        if found is None or text == "P":
            raise InvalidPeriod(_SHAPE, "a text of another shape")
        years, months, weeks, days = (int(number or 0) for number in found.groups())
        return cls(years=years, months=months, weeks=weeks, days=days)

    def format(self) -> str:
        """Write the step as ISO 8601 does; inverse of `parse`.

        >>> Period(months=1, weeks=2).format(), Period().format()
        ('P1M2W', 'P0D')
        """
        units = zip("YMWD", (self.years, self.months, self.weeks, self.days), strict=True)
        return "P" + ("".join(f"{number}{unit}" for unit, number in units if number) or "0D")

    def __add__(self, other: "Period") -> "Period":
        """Return the step that takes as many of each unit as both."""
        if not is_a(other, Period):
            return NotImplemented
        return Period(
            years=self.years + other.years,
            months=self.months + other.months,
            weeks=self.weeks + other.weeks,
            days=self.days + other.days,
        )

    def __radd__(self, day: _Day) -> _Day:
        """Return the date or local time that lies this step after another.

        Raises:
            InvalidDate: the other is a moment with a zone (take its `local_time` first), or the result lies
                after the year 9999.
        """
        if not is_a(day, dt.date):
            return NotImplemented
        if getattr(day, "tzinfo", None) is not None:
            raise InvalidDate("a date or a local time without a zone", "a moment with one")
        months = day.year * 12 + day.month - 1 + self.years * 12 + self.months
        year, month = months // 12, months % 12 + 1
        try:
            clamped = day.replace(year=year, month=month, day=min(day.day, monthrange(year, month)[1]))
            return clamped + dt.timedelta(days=self.weeks * 7 + self.days)
        except (ValueError, OverflowError):
            raise InvalidDate("a date within the years 1 to 9999", "one beyond them") from None

    def __repr__(self) -> str:
        """Show the units that are not 0."""
        units = ((unit.name, getattr(self, unit.name)) for unit in fields(Period))
        return f"Period({', '.join(f'{name}={number}' for name, number in units if number)})"
