"""Recurrences beside python-dateutil, and beside a loop that adds days with pendulum."""

import datetime as dt
from itertools import takewhile
from typing import Final
from zoneinfo import ZoneInfo

import pendulum
from attrs import frozen
from dateutil import rrule

from bench.pair import Pair
from reconnect import Recurrence, Window

ZONE: Final = "Europe/Paris"
STARTS: Final = dt.datetime(2026, 1, 5, 20, tzinfo=ZoneInfo(ZONE))
NOON: Final = pendulum.datetime(2026, 1, 5, 12)
LATER: Final = {"1 day": NOON.add(days=1), "1 year": NOON.add(years=1), "10 years": NOON.add(years=10)}
AIMS: Final = {"1 day": 5, "1 year": 100, "10 years": 1000}


@frozen
class Rules:
    """The same rule, built by both sides."""

    name: str
    ours: Recurrence
    theirs: rrule.rrule


def every_day() -> Rules:
    """Every evening at 20:00 on the clocks of Paris."""
    return Rules(
        "every day",
        Recurrence.daily(time="20:00", zone=ZONE, starts=STARTS.date()),
        rrule.rrule(rrule.DAILY, dtstart=STARTS),
    )


def twice_a_week() -> Rules:
    """Mondays and Wednesdays at 20:00."""
    return Rules(
        "twice a week",
        Recurrence.weekly("MO", "WE", time="20:00", zone=ZONE, starts=STARTS.date()),
        rrule.rrule(rrule.WEEKLY, dtstart=STARTS, byweekday=(rrule.MO, rrule.WE)),
    )


def last_fridays() -> Rules:
    """The last Friday of each month at 20:00."""
    return Rules(
        "last Fridays",
        Recurrence.monthly("-1FR", time="20:00", zone=ZONE, starts=STARTS.date()),
        rrule.rrule(rrule.MONTHLY, dtstart=STARTS, byweekday=rrule.FR(-1)),
    )


def after(rules: Rules, far: str) -> Pair:
    """The next start after a moment."""
    moment = LATER[far]
    return Pair(
        question=f"`after`, {rules.name}, {far} on",
        beside="dateutil",
        aim=AIMS[far],
        ours=lambda: rules.ours.after(moment),
        theirs=lambda: rules.theirs.after(moment),
    )


def from_nothing() -> Pair:
    """A rule that is built, asked once, and thrown away, so that nothing is remembered between questions."""
    moment = LATER["10 years"]
    return Pair(
        question="build a daily rule, `after` once, 10 years on",
        beside="dateutil",
        aim=None,
        ours=lambda: every_day().ours.after(moment),
        theirs=lambda: rrule.rrule(rrule.DAILY, dtstart=STARTS).after(moment),
    )


def nth() -> Pair:
    """The start of a number, ten years on."""
    rules = every_day()
    number = rules.ours.rank(LATER["10 years"])
    return Pair(
        question="`nth`, every day, 10 years on",
        beside="dateutil",
        aim=1000,
        ours=lambda: rules.ours.nth(number),
        theirs=lambda: rules.theirs[number],
    )


def rank() -> Pair:
    """How many starts there are before a moment, ten years on."""
    rules, moment = every_day(), LATER["10 years"]
    return Pair(
        question="`rank`, every day, 10 years on",
        beside="dateutil",
        aim=1000,
        ours=lambda: rules.ours.rank(moment),
        theirs=lambda: sum(1 for _ in takewhile(moment.__gt__, rules.theirs)),
    )


def between() -> tuple[Pair, Pair]:
    """All starts of ten years, ours as pendulum values."""
    rules, end = every_day(), LATER["10 years"]
    decade, first = Window(NOON, end), pendulum.instance(STARTS)

    def loop() -> list[pendulum.DateTime]:
        found, moment = [], first
        while moment < end:
            found.append(moment)
            moment = moment.add(days=1)
        return found

    return (
        Pair(
            question="`between`, every day, over 10 years",
            beside="dateutil",
            aim=3,
            ours=lambda: list(rules.ours.between(decade)),
            theirs=lambda: rules.theirs.between(NOON, end),
        ),
        Pair(
            question="`between`, every day, over 10 years",
            beside="a loop of `add(days=1)`",
            aim=30,
            ours=lambda: list(rules.ours.between(decade)),
            theirs=loop,
        ),
    )


def pairs() -> tuple[Pair, ...]:
    """All questions about recurrences."""
    afters = (after(rules(), far) for far in LATER for rules in (every_day, twice_a_week, last_fridays))
    return (*afters, from_nothing(), nth(), rank(), *between())
