"""Strategies for time, biased to clock changes: times drawn evenly find none of the bugs that live there."""

import datetime as dt
import zoneinfo
from functools import cache
from typing import Any

import pendulum
from hypothesis import strategies as st

from reconnect.errors import InvalidZone
from reconnect.temporal.hours import WeeklyHours
from reconnect.temporal.instant import as_instant, from_microseconds, to_microseconds
from reconnect.temporal.period import Period
from reconnect.temporal.recurrence import Recurrence
from reconnect.temporal.rule import WEEKDAYS, Frequency, Rule
from reconnect.temporal.start import Start
from reconnect.temporal.window import Window
from reconnect.temporal.windows import Windows
from reconnect.temporal.zone import Gap, as_zone, local_time

__all__ = [
    "gaps",
    "instants",
    "local_times",
    "periods",
    "recurrences",
    "rules",
    "skipped_times",
    "starts",
    "weekly_hours",
    "window_sets",
    "windows",
    "zones",
]

# A clock change of each awkward sort: the zone, and a day in UTC within a day of the change.
_NAMED_CHANGES = (
    ("America/New_York", "2026-03-08T07:00"),  # an ordinary gap
    ("America/New_York", "2026-11-01T06:00"),  # an ordinary fold
    ("Europe/Paris", "2026-03-29T01:00"),
    ("Europe/Paris", "2026-10-25T01:00"),
    ("Australia/Lord_Howe", "2026-10-03T15:30"),  # half an hour
    ("Australia/Lord_Howe", "2026-04-04T15:00"),
    ("Pacific/Apia", "2011-12-30T10:00"),  # a day that never was
    ("Pacific/Kwajalein", "1993-08-21T12:00"),
    ("America/Sao_Paulo", "2018-11-04T03:00"),  # no midnight
    ("America/Sao_Paulo", "2018-02-18T02:00"),
    ("Africa/Casablanca", "2026-03-22T02:00"),  # winter time in summer: the fold comes first
    ("Europe/Dublin", "2026-10-25T01:00"),
    ("Asia/Pyongyang", "2018-05-04T15:00"),
    ("America/Caracas", "2016-05-01T07:00"),
    ("Pacific/Chatham", "2026-09-26T14:00"),  # 45 minutes off
    ("Antarctica/Troll", "2026-03-29T01:00"),  # two hours
    ("America/Scoresbysund", "2024-03-31T01:00"),
    ("Asia/Kathmandu", "1985-12-31T18:30"),
    ("UTC", "2026-01-01T00:00"),
)
_CHANGES = tuple((zone, dt.datetime.fromisoformat(text)) for zone, text in _NAMED_CHANGES)
_FIRST, _LAST = -62_135_596_800_000_000, 253_402_300_799_999_999  # the years 1 to 9999 in UTC
_NEAR = 2 * 86_400_000_000
_EPOCH = dt.datetime.fromisoformat("1970-01-01")


@cache
def _all_zones() -> tuple[str, ...]:
    found: list[str] = []
    for name in sorted(zoneinfo.available_timezones()):
        try:
            found.append(as_zone(name))
        except InvalidZone:
            continue
    return tuple(found)


def zones() -> st.SearchStrategy[str]:
    """Draw the name of a zone: an awkward one about as often as any other."""
    awkward = st.sampled_from(list(dict.fromkeys(zone for zone, _ in _CHANGES)))
    return awkward | st.deferred(lambda: st.sampled_from(_all_zones()))


def instants(
    *, least: dt.datetime | None = None, most: dt.datetime | None = None
) -> st.SearchStrategy[pendulum.DateTime]:
    """Draw an instant: mostly near a clock change somewhere, sometimes anywhere in the years 1 to 9999.

    Args:
        least: the earliest instant to draw.
        most: the latest instant to draw.
    """
    low = _FIRST if least is None else to_microseconds(as_instant(least))
    high = _LAST if most is None else to_microseconds(as_instant(most))
    changes = [_micro(moment) for _, moment in _CHANGES if low <= _micro(moment) <= high]
    steps = st.sampled_from((0, -1, 1, 1_000_000, -1_000_000, 1_800_000_000)) | st.integers(-_NEAR, _NEAR)
    anywhere = st.integers(low, high)
    if not changes:
        return anywhere.map(from_microseconds)
    near = st.tuples(st.sampled_from(changes), steps).map(lambda pair: min(max(sum(pair), low), high))
    return (near | near | anywhere).map(from_microseconds)


@st.composite
def windows(draw: st.DrawFn, *, least: dt.datetime | None = None, most: dt.datetime | None = None) -> Window:
    """Draw a window, from a microsecond to centuries long."""
    moments = instants(least=least, most=most)
    first, second = draw(st.tuples(moments, moments).filter(lambda pair: pair[0] != pair[1]))
    return Window(min(first, second), max(first, second))


@st.composite
def window_sets(draw: st.DrawFn) -> Windows:
    """Draw a set of windows, often on a coarse grid, so that they touch, nest and coincide."""
    if draw(st.booleans()):
        base = draw(st.sampled_from([moment for _, moment in _CHANGES]))
        marks = draw(st.lists(st.tuples(st.integers(0, 12), st.integers(1, 6)), max_size=6))
        hour = dt.timedelta(hours=1)
        return Windows.of(*(_hours(base + start * hour, length) for start, length in marks))
    return Windows.of(*draw(st.lists(windows(), max_size=5)))


def _hours(start: dt.datetime, length: int) -> Window:
    return Window.of(from_microseconds(_micro(start)), dt.timedelta(hours=length))


@st.composite
def local_times(draw: st.DrawFn, *, zone: str | None = None) -> dt.datetime:
    """Draw a local time at a whole second: mostly near a clock change, one of `zone` where possible."""
    own = [moment for name, moment in _CHANGES if name == zone] or [moment for _, moment in _CHANGES]
    change = draw(st.sampled_from(own))
    name = zone or next(name for name, moment in _CHANGES if moment == change)
    shown = local_time(change.replace(tzinfo=dt.UTC), name).replace(microsecond=0)
    usual = st.sampled_from((0, -1, 1, 1800, -1800, 3600, -3600, 86_399, -86_400))
    step = draw(usual | st.integers(-172_800, 172_800))
    anywhere = st.datetimes(min_value=_year(1900), max_value=_year(2200))
    return draw(st.just(shown + dt.timedelta(seconds=step)) | anywhere.map(lambda at: at.replace(microsecond=0)))


@st.composite
def skipped_times(draw: st.DrawFn) -> tuple[str, dt.datetime]:
    """Draw a zone and a local time that a clock change there skips."""
    zone, before, after = draw(st.sampled_from(_skips()))
    seconds = int((after - before).total_seconds())
    return zone, before + dt.timedelta(seconds=draw(st.integers(0, seconds - 1)))


@cache
def _skips() -> tuple[tuple[str, dt.datetime, dt.datetime], ...]:
    """Return the gaps among the changes: the zone, the first local time that is skipped, the first one after."""
    found: list[tuple[str, dt.datetime, dt.datetime]] = []
    second = dt.timedelta(seconds=1)
    for zone, moment in _CHANGES:
        change = moment.replace(tzinfo=dt.UTC)
        before, after = local_time(change - second, zone) + second, local_time(change, zone)
        if before < after:
            found.append((zone, before, after))
    return tuple(found)


@st.composite
def starts(draw: st.DrawFn) -> Start:
    """Draw a pair of local start and instant (of any recurrence, so the two need not belong together)."""
    return Start(draw(local_times()), draw(instants()))


def gaps() -> st.SearchStrategy[Gap]:
    """Draw what to do with a local time that a clock change skips."""
    return st.sampled_from(Gap)


def periods() -> st.SearchStrategy[Period]:
    """Draw a calendar step, the empty one included."""
    numbers = st.integers(0, 3) | st.integers(0, 400)
    return st.builds(Period, years=numbers, months=numbers, weeks=numbers, days=numbers)


def weekly_hours() -> st.SearchStrategy[WeeklyHours]:
    """Draw weekly hours: also none, past midnight, touching, overlapping, and around the clock."""
    clock = st.tuples(st.integers(0, 23), st.sampled_from((0, 0, 30, 59)))
    ends = clock | st.just((24, 0))
    spans = st.tuples(clock, ends).filter(lambda pair: pair[0] != pair[1])
    texts = spans.map(lambda pair: "{:02}:{:02}-{:02}:{:02}".format(*pair[0], *pair[1]))
    days = st.dictionaries(st.sampled_from(WEEKDAYS), st.lists(texts, max_size=3), max_size=7)
    return st.builds(WeeklyHours, zones(), days)


def _numbers(*pool: int) -> st.SearchStrategy[list[int]]:
    return st.lists(st.sampled_from(pool), min_size=1, max_size=4)


def _some(draw: st.DrawFn, parts: dict[str, st.SearchStrategy[Any]]) -> dict[str, Any]:
    chosen = draw(st.lists(st.sampled_from(sorted(parts)), max_size=3, unique=True))
    return {name: draw(parts[name]) for name in chosen}


@st.composite
def rules(draw: st.DrawFn, *, until: st.SearchStrategy[pendulum.DateTime] | None = None) -> Rule:
    """Draw a rule with any of its parts, in every combination that RFC 5545 allows."""
    frequency = draw(st.sampled_from(Frequency))
    plain = st.lists(st.sampled_from(WEEKDAYS), min_size=1, max_size=7)
    numbered = st.builds("{}{}".format, st.sampled_from((1, 2, 4, 5, -1, -2, -5)), st.sampled_from(WEEKDAYS))
    parts: dict[str, st.SearchStrategy[Any]] = {
        "months": _numbers(*range(1, 13)),
        "days": plain,
        "hours": _numbers(0, 1, 2, 3, 20, 23),
        "minutes": _numbers(0, 15, 30, 59),
        "seconds": _numbers(0, 30, 59, 60),
    }
    if frequency is not Frequency.WEEKLY:
        parts["month_days"] = _numbers(1, 2, 13, 15, 28, 29, 30, 31, -1, -2, -30, -31)
    if frequency in {Frequency.MONTHLY, Frequency.YEARLY}:
        parts["days"] = plain | st.lists(numbered | st.sampled_from(WEEKDAYS), min_size=1, max_size=4)
    if frequency is Frequency.YEARLY:
        parts["year_days"] = _numbers(1, 59, 60, 100, 365, 366, -1, -366)
        parts["weeks"] = _numbers(1, 2, 20, 52, 53, -1, -2, -53)
    chosen = _some(draw, parts)
    if "weeks" in chosen and "days" in chosen:
        chosen["days"] = draw(plain)
    if chosen and draw(st.integers(0, 3)) == 0:
        chosen["positions"] = draw(_numbers(1, 2, 3, 5, -1, -2, -4))
    every = draw(st.sampled_from((1, 1, 1, 2, 3, 4, 5, 7, 12, 13)) | st.integers(1, 800))
    week_start = draw(st.sampled_from(("MO", "MO", *WEEKDAYS)))
    ends = draw(st.sampled_from(("never", "count", "until")))
    count = draw(st.integers(1, 40)) if ends == "count" else None
    lasts = instants(least=pendulum.datetime(1980, 1, 1)) if until is None else until
    last = draw(lasts) if ends == "until" else None
    return Rule(frequency=frequency, every=every, week_start=week_start, count=count, until=last, **chosen)


@st.composite
def recurrences(draw: st.DrawFn, *, zone: str | None = None, gap: Gap | None = None) -> Recurrence:
    """Draw a recurrence: any rule, in an awkward zone, near a clock change, with starts taken out and put in."""
    name = draw(zones()) if zone is None else zone
    start = draw(local_times(zone=name))
    first = from_microseconds(_micro(start))
    last = instants(least=first.subtract(days=40), most=first.add(days=4000))
    policy = draw(gaps()) if gap is None else gap
    made = Recurrence(start=start, zone=name, rule=draw(rules(until=last)), gap=policy)
    days = st.integers(-3, 40).map(lambda day: start + dt.timedelta(days=day))
    return made.adding(*draw(st.lists(days, max_size=2))).excluding(*draw(st.lists(days, max_size=2)))


def _year(number: int) -> dt.datetime:
    return _EPOCH.replace(year=number)


def _micro(moment: dt.datetime) -> int:
    return (moment.replace(tzinfo=None) - _EPOCH) // dt.timedelta(microseconds=1)
