"""A calendar keeps buckets by month and year, so that one more entry touches one path and copies nothing else."""

from bisect import bisect_left
from collections.abc import Callable, Iterable
from functools import cached_property
from itertools import groupby
from operator import lt
from typing import TypeVar

from attrs import field, frozen

from reconnect.errors import InvalidReading
from reconnect.limits import limit
from reconnect.metrics.bucket import Bucket

__all__ = ["Month", "Year", "in_years", "shelved", "through"]

T = TypeVar("T")


def _in_order(parts: tuple[T, ...], number: Callable[[T], int]) -> tuple[T, ...]:
    """Return the parts as they came, or refuse those that are out of order."""
    numbers = [number(part) for part in parts]
    if not all(map(lt, numbers, numbers[1:])):
        raise InvalidReading("days in order, each once", "days in another order")
    return parts


def _one(numbers: set[int]) -> None:
    if len(numbers) != 1:
        raise InvalidReading("days of one month and one year, at least one", "others")


def _days(value: Iterable[Bucket]) -> tuple[Bucket, ...]:
    days = _in_order(tuple(value), _day)
    _one({bucket.day.year * 12 + bucket.day.month for bucket in (*days[:1], *days[-1:])})
    return days


limit(_days, least=1)


def _months(value: "Iterable[Month]") -> "tuple[Month, ...]":
    months = _in_order(tuple(value), _month)
    _one({month.days[0].day.year for month in months})
    return months


limit(_months, least=1)


def in_years(value: "Iterable[Year]") -> "tuple[Year, ...]":
    """Return years as they came, or refuse those that are out of order."""
    return _in_order(tuple(value), _year)


@frozen
class Month:
    """The days of one month that hold an entry, in order; at least one."""

    days: tuple[Bucket, ...] = field(converter=_days)


@frozen
class Year:
    """The months of one year that hold an entry, in order; at least one."""

    months: tuple[Month, ...] = field(converter=_months)

    @cached_property
    def number(self) -> int:
        """Which year it is."""
        return self.months[0].days[0].day.year


def _day(bucket: Bucket) -> int:
    return bucket.day.toordinal()


def _month(month: Month) -> int:
    return month.days[0].day.month


def _year(year: Year) -> int:
    return year.number


def shelved(buckets: Iterable[Bucket]) -> tuple[Year, ...]:
    """Put buckets of different days, in any order, into their months and years."""
    ordered = sorted(buckets, key=_day)
    months = [Month(tuple(days)) for _, days in groupby(ordered, lambda b: (b.day.year, b.day.month))]
    return tuple(Year(tuple(own)) for _, own in groupby(months, lambda month: month.days[0].day.year))


def through(years: tuple[Year, ...], more: Bucket) -> tuple[Year, ...]:
    """Return the years with one more bucket, merged with what its day holds already."""
    alone = Year((Month((more,)),))

    def into_month(month: Month) -> Month:
        return Month(_placed(month.days, more, _day, more.merge))

    def into_year(year: Year) -> Year:
        return Year(_placed(year.months, alone.months[0], _month, into_month))

    return _placed(years, alone, _year, into_year)


def _placed(parts: tuple[T, ...], new: T, number: Callable[[T], int], joined: Callable[[T], T]) -> tuple[T, ...]:
    """Return the parts with a new one in its place, or joined with the one that is there."""
    place = bisect_left(parts, number(new), key=number)
    if place < len(parts) and number(parts[place]) == number(new):
        return (*parts[:place], joined(parts[place]), *parts[place + 1 :])
    return (*parts[:place], new, *parts[place:])
