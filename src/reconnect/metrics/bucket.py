"""A bucket holds what one person noted about one day; buckets merge in any order, and nothing counts twice."""

import datetime as dt
from collections.abc import Iterable
from fractions import Fraction
from functools import cached_property
from typing import Self

from attrs import evolve, field, frozen

from reconnect.errors import InvalidReading
from reconnect.limits import limit
from reconnect.metrics.own_day import as_day
from reconnect.people.person import as_id

__all__ = ["Bucket", "Mark"]

Mark = tuple[str, int]
"""The id of an entry, and how many steps above the lowest its answer lies."""


def _marks(value: Iterable[Mark]) -> tuple[Mark, ...]:
    """Hold each entry once, in one order; of two answers under one id the lower stands, whoever is asked."""
    first: dict[str, int] = {}
    for name, steps in value:
        if type(steps) is not int or steps < 0:
            raise InvalidReading("whole numbers of steps, from 0 on", "something else")
        first[as_id(name)] = min(steps, first.get(name, steps))
    if not first:
        raise InvalidReading("at least one entry", "none")
    return tuple(sorted(first.items()))


limit(_marks, least=1)


@frozen(kw_only=True)
class Bucket:
    """What one person noted about one day, as whole numbers of steps on a scale.

    >>> monday = Bucket(day=dt.date(2026, 1, 5), marks=(("e1", 2), ("e2", 3)))
    >>> monday.mean, monday.merge(monday) == monday  # what arrives twice counts once
    (Fraction(5, 2), True)

    Attributes:
        day: the day, on that person's own clock.
        marks: pairs of an entry's id and a number of steps, each entry once; at least one.

    Raises:
        InvalidReading: there is no entry, a number of steps is not whole or below 0, or two days would merge.
        InvalidBody: the day is no date within the years 2 to 9998.

    Laws:
        `merge` is associative, commutative and idempotent, and sums are exact.
    """

    day: dt.date = field(converter=as_day)
    marks: tuple[Mark, ...] = field(converter=_marks)

    @property
    def n(self) -> int:
        """How many entries it rests on."""
        return len(self.marks)

    @cached_property
    def total(self) -> int:
        """All steps added up."""
        return sum(steps for _, steps in self.marks)

    @property
    def mean(self) -> Fraction:
        """Steps for each entry, exactly."""
        return Fraction(self.total, self.n)

    def merge(self, other: Self) -> Self:
        """Return what either of two buckets of one day holds."""
        if self.day != other.day:
            raise InvalidReading("two buckets of one day", "two days")
        return evolve(self, marks=(*self.marks, *other.marks))
