"""Orders: how often chance alone puts numbers into an order that goes at least as far up or down."""

import math
from collections.abc import Sequence
from fractions import Fraction
from typing import Final

__all__ = ["by_counting", "by_normal", "variance_of"]

_ROOT_OF_TWO: Final = math.sqrt(2)


def variance_of(ties: Sequence[int]) -> Fraction:
    """Return the variance of Kendall's S by chance alone, from how often each number occurs in one series."""
    return Fraction(_spread(sum(ties)) - sum(map(_spread, ties)), 18)


def _spread(count: int) -> int:
    return count * (count - 1) * (2 * count + 5)


def by_normal(s: int, variance: Fraction) -> float:
    """Return the chance of an S at least as far from 0, by the normal curve with continuity correction."""
    if not s or not variance:
        return 1.0
    return math.erfc((abs(s) - 1) / math.sqrt(variance) / _ROOT_OF_TWO)


def by_counting(s: int, series: Sequence[Sequence[int]]) -> Fraction:
    """Return the chance of an S at least as far from 0, by counting all orders of all series.

    Args:
        s: Kendall's S of all series together.
        series: for each series, how often each of its numbers occurs.
    """
    counts, most = [1], 0
    for ties in series:
        orders = _inversions(ties)
        counts, most = _times(counts, orders), most + len(orders) - 1
    far = sum(count for swapped, count in enumerate(counts) if abs(most - 2 * swapped) >= abs(s))
    return Fraction(far, sum(counts))


def _inversions(ties: Sequence[int]) -> list[int]:
    """Count the orders of numbers by how many of their pairs go down: a Gaussian multinomial coefficient.

    It is the product of 1 - q**j for j up to the count of all numbers, divided by the same for each number that
    occurs several times; each factor multiplies or divides a list of coefficients in place.
    """
    above: list[int] = []
    below: list[int] = []
    placed = 0
    for tie in ties:
        above += range(placed + 1, placed + tie + 1)
        below += range(1, tie + 1)
        placed += tie
    degree = sum(above) - sum(below)
    counts = [1, *[0] * degree]
    for j in below:
        for place in range(j, degree + 1):
            counts[place] += counts[place - j]
    for j in above:
        for place in range(degree, j - 1, -1):
            counts[place] -= counts[place - j]
    return counts


def _times(one: list[int], other: list[int]) -> list[int]:
    product = [0] * (len(one) + len(other) - 1)
    for shift, factor in enumerate(one):
        for place, count in enumerate(other):
            product[shift + place] += factor * count
    return product
