"""One day of one person's diary: what they rated, exactly as they wrote it, and nobody else's to see."""

import datetime as dt
from fractions import Fraction
from typing import ClassVar, TypeAlias

from attrs import field, frozen

from reconnect.errors import InvalidBody
from reconnect.record.kind import Heard, register

__all__ = ["Day", "DiaryDay"]

Day: TypeAlias = dt.date | int
"""A calendar date, or the number of a day where the table only counts days."""


def ordinal(day: Day) -> int:
    """Return a whole number that grows by one from day to day."""
    return day if isinstance(day, int) else day.toordinal()


def later(day: Day, days: int) -> Day:
    """Return the day that comes so many days later."""
    return day + days if isinstance(day, int) else day + dt.timedelta(days=days)


def as_day(value: Day) -> Day:
    """Return a plain date or number, or refuse what is neither."""
    if type(value) is int or (type(value) is dt.date and dt.MINYEAR < value.year < dt.MAXYEAR):
        return value
    raise InvalidBody("a date within the years 2 to 9998, or the number of a day", f"a {type(value).__name__}")


def _ratings(value: tuple[tuple[str, Fraction | None], ...]) -> tuple[tuple[str, Fraction | None], ...]:
    ratings = tuple(value)
    names = [name for name, _ in ratings]
    if not all(isinstance(name, str) for name in names) or len(set(names)) < len(names):
        raise InvalidBody("ratings with a name each, and each name once", "something else")
    if not all(rating is None or isinstance(rating, Fraction) for _, rating in ratings):
        raise InvalidBody("ratings that are fractions, or None where nothing was written", "something else")
    return tuple(sorted(ratings, key=lambda rating: rating[0]))


@register
@frozen(kw_only=True)
class DiaryDay:
    """One person's ratings of one day; always private, and left out of `repr`.

    A blank is `None`, which is not zero: nothing was written there.

    >>> DiaryDay(day=14, ratings=(("sad", Fraction("0.5")), ("content", None))).answered
    True
    >>> DiaryDay(day=dt.date(2026, 1, 5), ratings=(("sad", None),)).answered
    False

    Attributes:
        day: the day it is about, which may lie well before the day it was received.
        ratings: pairs of a name and an exact number or `None`, sorted by name.

    Raises:
        InvalidBody: the day is neither date nor number, or a rating has no name, a name twice, or no
            exact number.
    """

    kind: ClassVar[str] = "diary.day"
    heard: ClassVar[Heard] = Heard.PRIVATE

    day: Day = field(converter=as_day)
    ratings: tuple[tuple[str, Fraction | None], ...] = field(converter=_ratings, repr=False)

    @property
    def answered(self) -> bool:
        """Whether at least one rating was written."""
        return any(rating is not None for _, rating in self.ratings)
