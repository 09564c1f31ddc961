"""A trend says whether numbers go up or down: Theil-Sen and Mann-Kendall, uneven gaps, and nothing filled in."""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import combinations, pairwise
from statistics import median
from typing import Final, Self

from attrs import frozen

from reconnect.errors import InvalidReading
from reconnect.metrics._orders import by_counting, by_normal, variance_of
from reconnect.metrics.reading import Direction

__all__ = ["Point", "Trend", "bounded", "resemblance"]

Point = tuple[int, Fraction]
"""When, as a whole number such as the ordinal of a day, and how much."""
Whole = tuple[int, int]
"""The same, counted in parts so small that how much is a whole number, too: quicker, and just as exact."""

MOST: Final = 60  # points of one series; ours: two months of days, and beyond that weeks tell as much
EXACT: Final = 20  # points up to which the chance is counted out exactly; ours: it takes a millisecond
LEAST: Final = 10  # points below which no direction is told; ours (known: the normal approximation holds from there)
RARE: Final = Fraction(1, 20)  # a direction is told if chance alone would show one this seldom; custom, no study
SURE: Final = 1.96  # the same as a number of standard errors (known)
STICKIEST: Final = 0.9  # ours: days that resemble each other more than this tell nothing of a direction anyway


@frozen(kw_only=True)
class Trend:
    """Whether numbers over time go up or down, without assuming a shape, and not moved by single odd days.

    Times need not be evenly apart, and what is missing is missing. Several series (several people, say) are
    compared within themselves only, and then taken together, so that nobody is measured against another.

    >>> days = [(1, Fraction(2)), (2, Fraction(3)), (9, Fraction(3)), (10, Fraction(4))]  # a week without a word
    >>> trend = Trend.of(days)
    >>> trend.s, trend.slope, round(trend.chance, 4)
    (5, Fraction(25, 144), 0.1667)
    >>> trend.direction  # four days are too few
    <Direction.TOO_EARLY: 'too_early'>

    Attributes:
        n: how many points.
        s: pairs that go up, less pairs that go down (Kendall's S).
        variance: of `s` by chance alone, corrected for ties.
        pairs: how many pairs of points were compared.
        slope: the median of all slopes between two points of one series, by unit of time (Theil-Sen).
        intercept: the number at time 0 of the line through the medians; `None` for several series.
        chance: how often chance alone goes at least as far up or down; exact up to 20 points, else by the normal
            approximation with continuity correction.
        resemblance: how much neighbouring points resemble each other once the slope is taken out, from -1 to 1.

    Raises:
        InvalidReading: two points of one series have the same time.

    Laws:
        Order does not matter; shifting or stretching time, and adding the same to every number, change nothing but
        what they must; turning the numbers upside down turns the direction.

    Sources:
        Mann 1945 and Kendall 1975 (S, its variance with ties); Theil 1950 and Sen 1968 (the slope); Hirsch, Slack
        and Smith 1982 (series taken together); Bayley and Hammersley 1946 (days that resemble each other count
        less). Known; the figures of the first four agree with `pymannkendall`.
    """

    n: int
    s: int
    variance: Fraction
    pairs: int
    slope: Fraction | None
    intercept: Fraction | None
    chance: float
    resemblance: float

    @classmethod
    def of(cls, *series: Iterable[Point]) -> Self:
        """Work out the trend of one or more series of points, each in any order."""
        runs = [run for run in map(_in_order, series) if run]
        counted, whole = _in_wholes(runs)
        steps = [(x - w, z - y) for run in counted for (w, y), (x, z) in combinations(run, 2)]
        slope = _middle(steps) / whole if steps else None
        s = sum((rise > 0) - (rise < 0) for _, rise in steps)
        ties = [tuple(Counter(y for _, y in run).values()) for run in counted]
        variance = sum(map(variance_of, ties), Fraction(0))
        n = sum(map(len, runs))
        return cls(
            n=n,
            s=s,
            variance=variance,
            pairs=len(steps),
            slope=slope,
            intercept=None if slope is None or len(runs) > 1 else _intercept(counted[0], slope, whole),
            chance=float(by_counting(s, ties)) if n <= EXACT else by_normal(s, variance),
            resemblance=_resemblance([_level(run, (slope or Fraction(0)) * whole) for run in counted]),
        )

    @property
    def z(self) -> float:
        """How many standard errors `s` lies from 0, with continuity correction."""
        return math.copysign((abs(self.s) - 1) / math.sqrt(self.variance), self.s) if self.s else 0.0

    @property
    def tau(self) -> Fraction | None:
        """Kendall's tau (a): from -1, every pair goes down, to 1, every pair goes up; `None` without pairs."""
        return Fraction(self.s, self.pairs) if self.pairs else None

    @property
    def direction(self) -> Direction:
        """Where it is heading: told only from ten points on, and if neighbouring days do not explain it."""
        if self.n < LEAST:
            return Direction.TOO_EARLY
        alike = min(max(self.resemblance, 0.0), STICKIEST)
        if self.chance > RARE or abs(self.z) < SURE * math.sqrt((1 + alike) / (1 - alike)):
            return Direction.STEADY
        return Direction.RISING if self.s > 0 else Direction.EASING


def bounded(points: Iterable[Point], *, most: int = MOST) -> tuple[Point, ...]:
    """Return at most so many points: where there are more, the medians of equal stretches of time.

    So a trend over ten years costs what one over two months does. A stretch without a point stays without one.

    >>> bounded([(day, Fraction(day)) for day in range(6)], most=3)
    ((0, Fraction(1, 2)), (2, Fraction(5, 2)), (4, Fraction(9, 2)))
    """
    run = _in_order(points)
    if len(run) <= most:
        return run
    first = run[0][0]
    width = (run[-1][0] - first) // most + 1
    stretches: dict[int, list[Fraction]] = {}
    for x, y in run:
        stretches.setdefault((x - first) // width, []).append(y)
    return tuple((first + place * width, median(found)) for place, found in stretches.items())


def resemblance(*series: Sequence[Point]) -> float:
    """Return how much neighbouring points resemble each other, from -1 to 1 (the autocorrelation at lag 1).

    Neighbours are as near to each other as any two points are. Across a longer gap nothing is compared.

    >>> resemblance([(1, Fraction(0)), (2, Fraction(1)), (3, Fraction(0)), (4, Fraction(1))])
    -0.75
    >>> resemblance([(1, Fraction(0)), (2, Fraction(1)), (9, Fraction(0)), (10, Fraction(1))])
    -0.5
    """
    return _resemblance(_in_wholes(series)[0])


def _resemblance(series: Sequence[Sequence[Whole]]) -> float:
    """Count in whole numbers: every number is multiplied by the same, and so are those around their mean."""
    runs = [run for run in series if run]
    near = min((x - w for run in runs for (w, _), (x, _) in pairwise(run)), default=1)
    often = math.lcm(*map(len, runs))
    square = product = 0
    for run in runs:
        total, share = sum(y for _, y in run), often // len(run)
        around = [(x, (y * len(run) - total) * share) for x, y in run]
        square += sum(y * y for _, y in around)
        product += sum(y * z for (w, y), (x, z) in pairwise(around) if x - w == near)
    return product / square if square else 0.0


def _in_wholes(series: Iterable[Sequence[Point]]) -> tuple[list[list[Whole]], int]:
    """Return the points with every number multiplied by one and the same, which makes them whole; and by what."""
    runs = list(series)
    whole = math.lcm(*(y.denominator for run in runs for _, y in run))
    return [[(x, y.numerator * (whole // y.denominator)) for x, y in run] for run in runs], whole


def _in_order(points: Iterable[Point]) -> tuple[Point, ...]:
    run = tuple(sorted(points))
    if any(later[0] == earlier[0] for earlier, later in pairwise(run)):
        raise InvalidReading("one point for each time", "two of one time")
    return run


def _middle(steps: Sequence[tuple[int, int]]) -> Fraction:
    """Return the median of all slopes, exactly, from pairs of a run and a rise.

    Whole numbers put them in order, so fine that slopes that differ have keys that differ; only those in the middle
    are worked out.
    """
    fine = 2 * max(run for run, _ in steps).bit_length()
    keyed = sorted(((rise << fine) // run, run, rise) for run, rise in steps)
    middle = (keyed[(len(keyed) - 1) // 2], keyed[len(keyed) // 2])
    return sum((Fraction(rise, run) for _, run, rise in middle), Fraction(0)) / 2


def _intercept(run: Sequence[Whole], slope: Fraction, whole: int) -> Fraction:
    return _median(y for _, y in run) / whole - slope * _median(x for x, _ in run)


def _median(numbers: Iterable[int]) -> Fraction:
    ordered = sorted(numbers)
    return Fraction(ordered[(len(ordered) - 1) // 2] + ordered[len(ordered) // 2], 2)


def _level(run: Sequence[Whole], slope: Fraction) -> list[Whole]:
    """Take the slope out, and multiply every number by what makes it whole again."""
    return [(x, y * slope.denominator - slope.numerator * x) for x, y in run]
