"""Intervals say between which numbers something may lie if chance had its part in what was counted."""

from fractions import Fraction
from math import isqrt
from typing import Final

__all__ = ["Interval", "holds", "of_count", "of_odds", "of_share"]

Interval = tuple[Fraction, Fraction | None]
"""The lower and the upper number; `None` above where nothing says how far up it goes."""

Z: Final = Fraction(196, 100)  # standard errors to either side, for 95 in 100 (known; custom, no study)
Z2: Final = Z**2
FINE: Final = 10**6  # steps of one; ours: ends are rounded outwards to a millionth, so they are exact everywhere
_FINER: Final = 10**9


def of_share(kept: int, n: int) -> tuple[Fraction, Fraction]:
    """Return the score interval of a share: all p with (kept - n p)^2 at most z^2 n p (1 - p).

    Each occasion counts as independent of the others, and all as equally likely. Real evenings resemble their
    neighbours, so the interval is then a little narrow. Unlike the textbook one it stays within 0 and 1, and with
    5 of 5 it is not a single number.

    >>> tuple(round(float(end), 3) for end in of_share(5, 5))
    (0.566, 1.0)

    Args:
        kept: how many of them, from 0 to `n`.
        n: out of how many, at least one.

    Sources:
        Wilson 1927; recommended for small n by Brown, Cai and DasGupta 2001 (both known).
    """
    return _between(n * (n + Z2), n * (2 * kept + Z2), Fraction(kept**2))


def of_count(n: int) -> tuple[Fraction, Fraction]:
    """Return the score interval of a count without an "out of": all m with (n - m)^2 at most z^2 m.

    What is counted counts as independent of each other, at a steady pace (a Poisson count); what comes in
    clusters spreads wider.

    >>> tuple(round(float(end), 1) for end in of_count(9))
    (4.7, 17.1)

    Args:
        n: how many there were, from 0 on.

    Sources:
        The same score test as Wilson 1927, turned to counts: Brown, Cai and DasGupta 2003 (known).
    """
    return _between(Fraction(1), 2 * n + Z2, Fraction(n**2))


def of_odds(positive: int, difficult: int) -> Interval | None:
    """Return the interval of how many there are of one for each of the other: that of the share, as odds.

    A share p is the odds x = p / (1 - p), so it holds all x with (positive - difficult x)^2 at most z^2 n x.

    >>> of_odds(9, 0)[1] is None, of_odds(0, 0) is None  # no hard ones is not infinity, and nothing is nothing
    (True, True)

    Args:
        positive: how many of one, from 0 on.
        difficult: how many of the other, from 0 on.
    """
    n = positive + difficult
    if not n:
        return None
    if not difficult:
        return _down(positive / Z2), None
    return _between(Fraction(difficult**2), 2 * positive * difficult + n * Z2, Fraction(positive**2))


def holds(interval: Interval, value: Fraction) -> bool:
    """Tell whether a number lies in an interval, its ends among it."""
    low, high = interval
    return low <= value and (high is None or value <= high)


def _between(a: Fraction, b: Fraction, c: Fraction) -> tuple[Fraction, Fraction]:
    """Return the ends of where `a x^2 - b x + c` is at most 0, rounded outwards to steps of one millionth."""
    squared = (b * b - 4 * a * c) * _FINER**2
    whole = -(-squared.numerator // squared.denominator)
    root = Fraction(isqrt(whole - 1) + 1 if whole else 0, _FINER)  # rounded up, and exact if the root is
    low, high = (b - root) / (2 * a), (b + root) / (2 * a)
    return _down(low), -_down(-high)


def _down(number: Fraction) -> Fraction:
    return Fraction(number * FINE // 1, FINE)
