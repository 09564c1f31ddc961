"""Readings from kept days beside passes through every note, and trends beside pymannkendall and SciPy."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable
from fractions import Fraction
from functools import cache, partial
from importlib import import_module
from statistics import mean, median
from typing import Any, Final, TypeAlias

import pendulum

from bench.pair import Pair
from reconnect import MOOD, Bucket, Days, Entry, Person, Rating, Trend
from reconnect.metrics._calendar import shelved
from reconnect.metrics.trend import Point, bounded

ANA: Final = Person(id="ana", zone="Europe/Paris")
DAY: Final = dt.timedelta(days=1)
FIRST: Final = dt.date(1950, 1, 1)
COUNTS: Final = (10, 1_000, 100_000, 1_000_000)
PER_DAY: Final = 35  # so many notes a day make a million of them a long life
FEWEST_DAYS: Final = 10
WEEKS: Final = dt.timedelta(weeks=8)  # that a reading looks back on
LENGTHS: Final = (30, 60, 365)  # days of a trend; readings never ask for more than sixty points

Mark: TypeAlias = tuple[str, int]
OfDay: TypeAlias = dict[dt.date, list[Mark]]
Told: TypeAlias = tuple[float, int]


@cache
def notes(many: int) -> list[tuple[dt.date, Mark]]:
    """Return so many notes of one person: days, and steps on the scale of moods under the id of each note."""
    days = max(FEWEST_DAYS, many // PER_DAY)
    return [(FIRST + dt.timedelta(days=n * days // many), (f"e{n}", (n * n + n // 7) % 5)) for n in range(many)]


def in_days(of_day: OfDay) -> Days:
    """Return notes by their days, in the form of days that an app keeps."""
    buckets = [Bucket(day=day, marks=tuple(marks)) for day, marks in of_day.items()]
    return Days(person=ANA.id, scale=MOOD, years=shelved(buckets))


@cache
def kept(many: int) -> Days:
    """Return the notes as days that an app keeps."""
    return in_days(by_day(many))


def by_day(many: int) -> OfDay:
    """Put every note into its day."""
    of_day: OfDay = defaultdict(list)
    for day, mark in notes(many):
        of_day[day].append(mark)
    return of_day


def told(points: list[Point]) -> Told:
    """Return what a reading says of some days: what is usual, and where it is heading."""
    return float(median(number for _, number in points)), Trend.of(bounded(points)).s


def from_days(many: int) -> Told:
    """Read the latest weeks from days that are kept."""
    days, last = kept(many), notes(many)[-1][0]
    latest = days.between(last - WEEKS, last + DAY)
    return told([(bucket.day.toordinal(), days.value(bucket)) for bucket in latest])


def from_notes(many: int) -> Told:
    """Read the latest weeks by going through every note."""
    last = notes(many)[-1][0]
    of_day: dict[dt.date, list[Fraction]] = defaultdict(list)
    for day, (_, steps) in notes(many):
        if day >= last - WEEKS:
            of_day[day].append(MOOD.value(steps))
    return told([(day.toordinal(), mean(numbers)) for day, numbers in of_day.items()])


@cache
def one_more(many: int) -> Entry:
    """Return one more note, about the day after the latest."""
    body = Rating.of(MOOD, 4, day=notes(many)[-1][0] + DAY)
    return Entry(circle="c1", author=ANA.id, id="more", at=pendulum.datetime(2026, 1, 5), body=body)


def added(many: int) -> Days:
    """Add the note to days that are kept."""
    return kept(many).adding(one_more(many), whose=ANA)


def anew(many: int) -> OfDay:
    """Put every note into its day anew, and then one more."""
    of_day = by_day(many)
    of_day[notes(many)[-1][0] + DAY].append(("more", 3))
    return of_day


def reading(many: int) -> Pair:
    """A reading of the latest weeks."""
    return Pair(
        question=f"a reading of eight weeks, {many:,} notes",
        beside="a pass through every note",
        aim=None,
        ours=partial(from_days, many),
        theirs=partial(from_notes, many),
    )


def adding(many: int) -> Pair:
    """One more note."""
    return Pair(
        question=f"`Days.adding` one note, after {many:,}",
        beside="every day worked out anew",
        aim=None,
        ours=partial(added, many),
        theirs=partial(anew, many),
        told=in_days,
    )


def points(many: int) -> list[Point]:
    """Return so many days of one person, half a word apart at least, with a slow rise."""
    return [(day, Fraction((day * day + day // 5) % 9, 2) + Fraction(day, 60)) for day in range(many)]


def trend(run: list[Point]) -> tuple[int, float, float]:
    """Return pairs that go up less pairs that go down, the variance of that, and the middle of all slopes."""
    found = Trend.of(run)
    return found.s, float(found.variance), round(float(found.slope or 0), 9)


def beside_pymannkendall(many: int) -> Pair:
    """A trend, beside the test of Mann and Kendall."""
    run = points(many)
    numbers = [float(number) for _, number in run]

    def theirs() -> Any:  # noqa: ANN401 - it ships no types
        return import_module("pymannkendall").original_test(numbers)

    return Pair(
        question=f"`Trend`, {many} days",
        beside="pymannkendall",
        aim=None,
        ours=partial(trend, run),
        theirs=theirs,
        told=lambda test: (int(test.s), float(test.var_s), round(float(test.slope), 9)),
    )


def beside_scipy(many: int) -> Pair:
    """A trend, beside the slope of Theil and Sen and the ranks of Kendall, over uneven gaps."""
    run = [(day + day // 7, number) for day, number in points(many)]
    days, numbers = [float(day) for day, _ in run], [float(number) for _, number in run]

    def ours() -> tuple[float, float]:
        found = Trend.of(run)
        return round(float(found.slope or 0), 9), round(float(found.intercept or 0), 9)

    def theirs() -> Any:  # noqa: ANN401 - it ships no types
        stats = import_module("scipy.stats")
        stats.kendalltau(days, numbers)
        return stats.theilslopes(numbers, days)

    return Pair(
        question=f"`Trend` over uneven gaps, {many} days",
        beside="`theilslopes` and `kendalltau` of SciPy",
        aim=None,
        ours=ours,
        theirs=theirs,
        told=lambda line: (round(float(line.slope), 9), round(float(line.intercept), 9)),
    )


def pairs() -> tuple[Pair, ...]:
    """All questions about readings, days and trends."""
    each: tuple[tuple[Callable[[int], Pair], tuple[int, ...]], ...] = (
        (reading, COUNTS),
        (adding, COUNTS),
        (beside_pymannkendall, LENGTHS),
        (beside_scipy, LENGTHS),
    )
    return tuple(pair(many) for pair, sizes in each for many in sizes)
