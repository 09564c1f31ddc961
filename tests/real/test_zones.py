"""Every clock change that the zone database knows between 1975 and 2038 (a sample; all with RECONNECT_TEST_ALL=1)."""

import copy
import datetime as dt
import os
import pickle
import random
import zoneinfo

import pendulum
import pytest

from reconnect.edges.convert import dumps, loads
from reconnect.errors import InvalidZone
from reconnect.temporal.instant import as_instant, format_instant, parse_instant
from reconnect.temporal.recurrence import Recurrence
from reconnect.temporal.rule import Frequency, Rule
from reconnect.temporal.window import Window
from reconnect.temporal.zone import Gap, as_zone, instant_of, local_time

ALL = bool(os.environ.get("RECONNECT_TEST_ALL"))
SECOND, HOUR = dt.timedelta(seconds=1), dt.timedelta(hours=1)
STEP = dt.timedelta(minutes=5)  # since 1975 no clock was ahead by less: Kiritimati kept 10 hours and 40 minutes
AWKWARD = (
    "Africa/Casablanca",
    "Antarctica/Casey",
    "America/New_York",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "Pacific/Kiritimati",
    "Pacific/Kwajalein",
)
YEARS = (1975, 2038)


def usable() -> list[str]:
    """Return the zones of the database, without the machine's own settings."""
    found: list[str] = []
    for name in sorted(zoneinfo.available_timezones()):
        try:
            found.append(as_zone(name))
        except InvalidZone:
            assert name in {"localtime", "Factory"}
    return found


def sample() -> list[str]:
    """Return the zones to look at: all, or the awkward ones and a few others, the same ones every time."""
    names = usable()
    few = random.Random(5545).sample(names, 8)  # noqa: S311 - a sample, not a secret
    return names if ALL else sorted({*few, *AWKWARD})


def changes(zone: str) -> list[dt.datetime]:
    """Return the first instant after each clock change, found with nothing but the standard library."""
    info = zoneinfo.ZoneInfo(zone)
    at, end = (dt.datetime(year, 1, 1, tzinfo=dt.UTC) for year in YEARS)
    found: list[dt.datetime] = []
    step = dt.timedelta(days=1)
    while at < end:
        old = at.astimezone(info).utcoffset()
        if (at + step).astimezone(info).utcoffset() != old:
            low, high = at, at + step
            while high - low > SECOND:
                middle = low + (high - low) // 2
                middle = middle.replace(microsecond=0)
                low, high = (middle, high) if middle.astimezone(info).utcoffset() == old else (low, middle)
            found.append(high)
        at += step
    return found


@pytest.mark.parametrize("zone", sample())
def test_instants_survive_and_local_times_follow_the_policy_at_every_change(zone: str) -> None:
    """At each change: copies, pickles and texts are the same instant, and gaps and folds mean what they should."""
    info = zoneinfo.ZoneInfo(zone)
    for change in changes(zone):
        old = (change - SECOND).astimezone(info).utcoffset() or dt.timedelta()
        new = change.astimezone(info).utcoffset() or dt.timedelta()
        plain = change.replace(tzinfo=None)
        for step in (-HOUR, -SECOND, dt.timedelta(), SECOND, HOUR):
            survives(change + step, info)
        if new > old:
            check_gap(zone, plain + old, plain + new, change)
        else:
            check_fold(zone, plain + new, plain + old, change)


def survives(moment: dt.datetime, info: zoneinfo.ZoneInfo) -> None:
    """Check that an instant stays itself, told in UTC or on the clocks of a zone, by either library."""
    here = as_instant(moment)
    for twin in (copy.copy(here), copy.deepcopy(here), pickle.loads(pickle.dumps(here))):  # noqa: S301 - our own bytes
        assert as_instant(twin) == here
    assert parse_instant(format_instant(here)) == here
    second = Window.of(here, SECOND)
    assert loads(dumps(second), Window) == copy.copy(second) == pickle.loads(pickle.dumps(second)) == second  # noqa: S301 - our own bytes
    assert as_instant(moment.astimezone(info)) == here
    assert as_instant(here.in_timezone(info.key)) == here
    assert local_time(here, info.key) == moment.astimezone(info).replace(tzinfo=None)


def check_gap(zone: str, first: dt.datetime, after: dt.datetime, change: dt.datetime) -> None:
    """Check the local times from `first` up to `after`, which clocks skip, and both neighbours."""
    for local in (first, first + (after - first) // 2, after - SECOND):
        whole = local.replace(microsecond=0)
        assert instant_of(whole, zone) == change + (whole - first)
        assert instant_of(whole, zone, Gap.FIRST_VALID) == change
        assert instant_of(whole, zone, Gap.SKIP) is None
    for gap in Gap:
        assert instant_of(after, zone, gap) == change
        assert instant_of(first - SECOND, zone, gap) == change - SECOND


def check_fold(zone: str, first: dt.datetime, after: dt.datetime, change: dt.datetime) -> None:
    """Check the local times from `first` up to `after`, which clocks show twice, and what comes after."""
    for gap in Gap:
        assert instant_of(first, zone, gap) == change - (after - first)
        assert instant_of(after - SECOND, zone, gap) == change - SECOND
        assert instant_of(after, zone, gap) == change + (after - first)


@pytest.mark.parametrize("zone", sample())
def test_a_daily_start_happens_as_often_as_clocks_show_it(zone: str) -> None:
    """Around each change, a rhythm at every half hour agrees with looking at the clock every half hour."""
    info = zoneinfo.ZoneInfo(zone)
    for change in changes(zone)[-4:]:
        day = (change.astimezone(info) - dt.timedelta(days=2)).date()
        start = dt.datetime.combine(day, dt.time())
        rule = Rule(frequency=Frequency.DAILY, hours=range(24), minutes=(0, 30))
        skipping = Recurrence(start=start, zone=zone, rule=rule, gap=Gap.SKIP)
        near = change - dt.timedelta(minutes=change.minute % 5)  # some clocks change at one past midnight
        window = Window(as_instant(near - 20 * HOUR), as_instant(near + 20 * HOUR))
        shown: dict[dt.datetime, pendulum.DateTime] = {}
        at = window.start
        while at < window.end:
            local = local_time(at, zone)
            assert local.minute % 5 == local.second == 0
            if local.minute in {0, 30}:
                shown.setdefault(local, at)
            at = as_instant(at + STEP)
        inside = {local: at for local, at in shown.items() if instant_of(local, zone) == at}
        assert {each.local: each.instant for each in skipping.starts(window)} == inside
