"""Common free time beside portion: two people's weekly hours, without what is taken already."""

import datetime as dt
from functools import reduce
from operator import and_
from random import Random
from typing import Any, Final
from zoneinfo import ZoneInfo

import pendulum
import portion  # type: ignore[import-untyped]  # the other side ships no types
from attrs import frozen

from bench.pair import Pair
from reconnect import WeeklyHours, Window, Windows

FIRST: Final = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
DAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
WEEKEND: Final = 5  # the first day of it; Monday is 0
YEARS: Final = (1, 2, 4, 8)
BUSY_PER_YEAR: Final = 50
_DAY: Final = dt.timedelta(days=1)


@frozen
class Day:
    """The hours of a person, on the clocks of a zone: later on weekdays than on weekends."""

    zone: str
    opens: int
    opens_at_weekends: int
    closes: int


PEOPLE: Final = (Day("Europe/Paris", 18, 14, 22), Day("America/New_York", 11, 9, 20))


def busy(years: int) -> list[tuple[dt.datetime, dt.datetime]]:
    """What is taken already: fifty times a year, one to three hours each, the same in every run."""
    chance = Random(2026)  # noqa: S311 - the same times in every run, on purpose
    starts = [FIRST + dt.timedelta(hours=chance.randrange(365 * 24 * years)) for _ in range(BUSY_PER_YEAR * years)]
    return [(start, start + dt.timedelta(hours=chance.randint(1, 3))) for start in starts]


def hours_of(day: Day) -> WeeklyHours:
    """Say a person's hours as we say them."""
    opens = (day.opens_at_weekends if number >= WEEKEND else day.opens for number in range(len(DAYS)))
    return WeeklyHours(
        day.zone, {name: [f"{hour:02}:00-{day.closes}:00"] for name, hour in zip(DAYS, opens, strict=True)}
    )


def intervals_of(day: Day, years: int) -> Any:  # noqa: ANN401 - portion ships no types
    """Say a person's hours day by day, as portion needs them."""
    info, found = ZoneInfo(day.zone), []
    date = FIRST.date() - _DAY
    while date.year < FIRST.year + years:
        opens = day.opens_at_weekends if date.weekday() >= WEEKEND else day.opens
        start, end = (dt.datetime.combine(date, dt.time(hour), info).astimezone(dt.UTC) for hour in (opens, day.closes))
        found.append(portion.closedopen(start, end))
        date += _DAY
    return portion.Interval(*found)


def told(found: Any) -> Windows:  # noqa: ANN401 - portion ships no types
    """Bring an answer of portion into our form."""
    return Windows.of(*(Window(part.lower, part.upper) for part in found))


def whole(years: int) -> Pair:
    """From weekly hours and busy times to the time that both have free."""
    within = Window(pendulum.instance(FIRST), pendulum.instance(FIRST.replace(year=FIRST.year + years)))
    span = portion.closedopen(within.start, within.end)
    people, taken = [hours_of(day) for day in PEOPLE], busy(years)

    def ours() -> Windows:
        free = reduce(and_, (hours.windows(within) for hours in people))
        return free - Windows.of(*(Window(start, end) for start, end in taken))

    def theirs() -> Any:  # noqa: ANN401 - portion ships no types
        free = reduce(and_, (intervals_of(day, years) for day in PEOPLE), span)
        return free - portion.Interval(*(portion.closedopen(start, end) for start, end in taken))

    return Pair(
        question=f"common free time, {_years(years)}, from weekly hours",
        beside="portion",
        aim=50,
        ours=ours,
        theirs=theirs,
        told=told,
    )


def sets_alone(years: int) -> Pair:
    """Only the arithmetic of sets: both sides have spelt out the hours before."""
    within = Window(pendulum.instance(FIRST), pendulum.instance(FIRST.replace(year=FIRST.year + years)))
    span = portion.closedopen(within.start, within.end)
    mine, yours = (hours_of(day).windows(within) for day in PEOPLE)
    taken = Windows.of(*(Window(start, end) for start, end in busy(years)))
    my_side, your_side = (intervals_of(day, years) & span for day in PEOPLE)
    taken_there = portion.Interval(*(portion.closedopen(start, end) for start, end in busy(years)))
    return Pair(
        question=f"common free time, {_years(years)}, the sets alone",
        beside="portion",
        aim=None,
        ours=lambda: mine & yours - taken,
        theirs=lambda: my_side & your_side - taken_there,
        told=told,
    )


def pairs() -> tuple[Pair, ...]:
    """The questions about free time: a growing number of years, and what the sets have in it."""
    return (*map(whole, YEARS), sets_alone(1))


def _years(years: int) -> str:
    return "1 year" if years == 1 else f"{years} years"
