"""Dips are stretches of days below what is usual for a person, and whether the days after found back to it."""

from bisect import bisect_right
from collections.abc import Sequence
from fractions import Fraction
from typing import Final

from attrs import frozen

from reconnect.metrics.trend import Point

__all__ = ["Dips", "dips"]

SOON: Final = 7  # days after a dip began in which days may find back to what is usual; ours: a full week


@frozen
class Dips:
    """How many dips can be told of, and after how many of them the days found back within a week."""

    told: int
    back: int


def dips(points: Sequence[Point], *, usual: Fraction, depth: Fraction) -> Dips:
    """Go through a person's days in order; how fast they find back within the week makes no difference.

    A dip of which too little is written to tell is left out: missing is missing, and a week that has not passed
    is not over.

    Args:
        points: days and numbers, in order.
        usual: what is usual for this person.
        depth: how far below that a day lies with which a dip begins.
    """
    days = [day for day, _ in points]
    told = back = 0
    inside = False
    for place, (day, number) in enumerate(points):
        if not inside and number <= usual - depth:
            inside = True
            after = points[place + 1 : bisect_right(days, day + SOON)]
            found = any(later >= usual for _, later in after)
            back += found
            told += found or (bool(after) and days[-1] >= day + SOON)
        elif number >= usual:
            inside = False
    return Dips(told, back)
