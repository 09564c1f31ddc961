"""Weeks are how one person's own days went, week by week, each beside what was usual for them just before it."""

import datetime as dt
from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import groupby
from statistics import median
from typing import Final

import pendulum
from attrs import frozen

from reconnect.metrics._notes import on_scale, whose
from reconnect.metrics.own_day import received
from reconnect.metrics.reading import ENOUGH
from reconnect.metrics.scale import Scale
from reconnect.metrics.trend import MOST, Point
from reconnect.record.view import View
from reconnect.temporal.instant import from_microseconds, shifted
from reconnect.temporal.window import Window

__all__ = ["EVER", "YEAR", "OwnWeek", "own_weeks", "this_week", "week_of"]

FEWEST_DAYS: Final = 3  # days with a note below which a week tells nothing; ours, no study
BELOW: Final = Fraction(1, 2)  # of a word; ours: what lies less than half a word below one's usual is much like it
YEAR: Final = 52  # weeks that are looked back on; ours: what was so long ago may not be so now
SEVEN: Final = 7  # days from one Monday to the next
EVER: Final = from_microseconds(0)  # 1970: nobody wrote anything before
REACH: Final = dt.timedelta(
    days=(YEAR + 1) * SEVEN + 2 * MOST
)  # far enough for what was usual before the first of them


@frozen(kw_only=True)
class OwnWeek:
    """One calendar week of a person, from Monday to Sunday on their own clocks.

    Attributes:
        level: the middle of its days, if three or more of them have a note.
        usual: the middle of the latest sixty days with a note before it, if there are five or more.
        heavier: whether it was half a word or more below what was usual; a week that cannot be told was not.
    """

    level: Fraction | None
    usual: Fraction | None
    heavier: bool


def this_week(view: View) -> int:
    """Return the number of the week that it is for the reader now."""
    return week_of(view, view.at)


def week_of(view: View, moment: pendulum.DateTime) -> int:
    """Return the number of the week that it was for the reader at an instant."""
    return _number(received(moment, whose(view, view.reader)).toordinal())


def own_weeks(view: View, scale: Scale) -> Mapping[int, OwnWeek]:
    """Return the reader's weeks that are over and hold a note of their own, by number; a year back and no further.

    What is usual goes by the days *before* a week, so a week is never compared with itself or with what came later.

    Args:
        view: whose weeks they are, and as of when.
        scale: what the notes are on.
    """
    return view.once((own_weeks, scale), lambda: _weeks(view, scale))


def _weeks(view: View, scale: Scale) -> Mapping[int, OwnWeek]:
    if view.at <= EVER:
        return {}
    (own,) = on_scale(view, Window(max(EVER, shifted(view.at, -REACH)), view.at), scale, shared=False)
    now, found, place = this_week(view), dict[int, OwnWeek](), 0
    for number, days in groupby(own.points, key=lambda point: _number(point[0])):
        numbers = [value for _, value in days]
        if now - YEAR <= number < now:
            found[number] = _week(numbers, own.points[max(0, place - MOST) : place], scale)
        place += len(numbers)
    return found


def _week(numbers: Sequence[Fraction], before: Sequence[Point], scale: Scale) -> OwnWeek:
    level = median(numbers) if len(numbers) >= FEWEST_DAYS else None
    usual = median(value for _, value in before) if len(before) >= ENOUGH else None
    heavier = level is not None and usual is not None and level <= usual - BELOW * scale.point
    return OwnWeek(level=level, usual=usual, heavier=heavier)


def _number(day: int) -> int:
    return (day - 1) // SEVEN  # the first day of the year 1 was a Monday
