"""A level is where the days are now: recent days weigh more, and its limits tell what is usual for that person."""

import math
from collections.abc import Iterable
from fractions import Fraction
from itertools import pairwise
from statistics import mean, stdev
from typing import Final, Self

from attrs import frozen

from reconnect.errors import InvalidReading
from reconnect.metrics.trend import Point

__all__ = ["UsualLevel", "smoothed"]

WEIGHT: Final = Fraction(3, 10)  # of the newest day; found: NIST/SEMATECH e-Handbook 6.3.2.4, 0.2 to 0.3 are usual
WIDTH: Final = 3  # standard errors from the middle to a limit; found: the same page
FEWEST: Final = 2  # points; one alone has no spread


def smoothed(
    points: Iterable[Point], *, weight: Fraction = WEIGHT, start: Fraction | None = None
) -> tuple[Fraction, ...]:
    """Return the exponentially weighted level at each point, exactly.

    Nothing is filled in for days without a word: the longer the gap, the more the first day after it weighs.

    >>> smoothed([(1, Fraction(4)), (2, Fraction(2))], weight=Fraction(1, 2))
    (Fraction(4, 1), Fraction(3, 1))
    >>> smoothed([(1, Fraction(4)), (4, Fraction(2))], weight=Fraction(1, 2))[-1]  # two days later
    Fraction(9, 4)

    Args:
        points: days and numbers, in any order.
        weight: how much of the level the newest day makes, above 0 and at most 1.
        start: the level just before the first point; by default the first point itself.

    Raises:
        InvalidReading: the weight is not above 0 and at most 1.
    """
    if not 0 < weight <= 1:
        raise InvalidReading("a weight above 0 and at most 1", "another")
    run = sorted(points)
    if not run:
        return ()
    number = run[0][1]
    levels = [number if start is None else start + weight * (number - start)]
    for (before, _), (day, value) in pairwise(run):
        kept = (1 - weight) ** (day - before)
        levels.append(kept * levels[-1] + (1 - kept) * value)
    return tuple(levels)


@frozen(kw_only=True)
class UsualLevel:
    """Where the days are now, between the limits of what is usual for this person and nobody else.

    Outside its limits a level says that these days differ from that person's other days. It says nothing about
    why, nothing about anybody else, and nothing that needs doing.

    >>> days = [(day, Fraction(3 + day % 2)) for day in range(10)]
    >>> UsualLevel.of(days).is_usual
    True

    Attributes:
        value: the level at the newest point.
        low: the lower limit.
        high: the upper limit.

    Raises:
        InvalidReading: the limits are upside down, or there are fewer than two points.

    Sources:
        Roberts 1959 (known); NIST/SEMATECH e-Handbook 6.3.2.4, the limits of a long run (found). They assume days
        that do not resemble each other, so on real days they are a little narrow.
    """

    value: float
    low: float
    high: float

    def __attrs_post_init__(self) -> None:
        """Refuse limits that are upside down."""
        if not self.low <= self.high:
            raise InvalidReading("a lower limit that is not above the upper one", "another")

    @classmethod
    def of(
        cls,
        points: Iterable[Point],
        *,
        weight: Fraction = WEIGHT,
        start: Fraction | None = None,
        deviation: Fraction | None = None,
    ) -> Self:
        """Work out the level of one person's points, and its limits.

        Args:
            points: days and numbers, in any order.
            weight: how much of the level the newest day makes.
            start: the middle that is usual; by default the mean of the points themselves.
            deviation: the standard deviation that is usual; by default that of the points themselves.
        """
        run = tuple(points)
        numbers = [number for _, number in run]
        if len(numbers) < FEWEST:
            raise InvalidReading("two or more points", f"{len(numbers)}")
        middle = mean(numbers) if start is None else start
        spread = float(stdev(numbers) if deviation is None else deviation)
        around = WIDTH * spread * math.sqrt(weight / (2 - weight))
        value = smoothed(run, weight=weight, start=middle)[-1]
        return cls(value=float(value), low=float(middle) - around, high=float(middle) + around)

    @property
    def is_usual(self) -> bool:
        """Whether the level lies within its limits."""
        return self.low <= self.value <= self.high
