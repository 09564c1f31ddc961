"""What plain rules answer by division is what the calendar answers; clocks are steady only where they stand still."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reconnect.edges.testing.temporal import skipped_times, zones
from reconnect.temporal._plan import Plan
from reconnect.temporal._starts import Starts
from reconnect.temporal._tiles import Tiles
from reconnect.temporal.instant import DAY, local_at, second_of
from reconnect.temporal.rule import WEEKDAYS, Frequency, Rule
from reconnect.temporal.zone import FIRST, LAST, clock

HOURS = st.lists(st.integers(0, 23), max_size=2)
FAR = st.integers(-3 * 366, 3 * 366)


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """Daily and weekly rules that need no calendar, from anywhere in the years 1 to 9999."""
    weekly = draw(st.booleans())
    rule = Rule(
        frequency=Frequency.WEEKLY if weekly else Frequency.DAILY,
        every=draw(st.integers(1, 5) | st.just(400)),
        week_start=draw(st.sampled_from(WEEKDAYS)),
        days=tuple(draw(st.lists(st.sampled_from(WEEKDAYS), max_size=3))) if weekly else (),
        hours=tuple(draw(HOURS)),
        minutes=draw(st.sampled_from([(), (0, 30)])),
    )
    return Plan.of(rule, draw(st.datetimes().map(lambda start: start.replace(microsecond=0))))


@st.composite
def both(draw: st.DrawFn) -> tuple[Tiles, Starts]:
    """The same starts, reckoned in two ways, within bounds that may hold none."""
    plan = draw(plans())
    low = plan.origin * DAY + draw(st.integers(-2, 3 * 366)) * DAY + draw(st.integers(0, DAY - 1))
    low = min(max(low, FIRST), LAST)
    high = min(max(low + draw(FAR) * DAY, FIRST), LAST)
    tiles = Tiles.of(plan, low, high)
    assert tiles is not None
    return tiles, Starts(plan, low, high)


@given(both(), st.data())
def test_division_and_the_calendar_agree(both: tuple[Tiles, Starts], data: st.DataObject) -> None:
    """A rule that repeats after so many days has the same starts, whoever looks for them."""
    tiles, starts = both
    for _ in range(6):
        near = data.draw(st.sampled_from([tiles.low, tiles.high]) | st.integers(tiles.low, max(tiles.low, tiles.high)))
        local = min(max(near + data.draw(st.integers(-2, 2) | st.integers(-9 * DAY, 9 * DAY)), FIRST), LAST)
        found = starts.first(local)
        assert tiles.first(local) == found
        assert tiles.last(local) == starts.last(local)
        assert tiles.index(local) == starts.index(local)
        assert tiles.at(tiles.index(local)) == starts.at(starts.index(local))
        assert tiles.has(local) == starts.has(local) == (found == local)
        end = local + data.draw(st.integers(-1, 40 * DAY))
        assert list(tiles.each(local, end)) == list(starts.each(local, end))
        if found is not None:
            assert tiles.has(found)
            assert tiles.last(found) == starts.last(found) == found


@pytest.mark.parametrize(
    "rule",
    [
        Rule(frequency=Frequency.DAILY, months=(2,)),
        Rule(frequency=Frequency.DAILY, month_days=(13,)),
        Rule(frequency=Frequency.DAILY, days=("FR",)),
        Rule(frequency=Frequency.WEEKLY, days=("MO", "WE"), positions=(1,)),
        Rule(frequency=Frequency.MONTHLY, days=("1MO",)),
        Rule(frequency=Frequency.YEARLY, weeks=(20,)),
    ],
)
def test_a_rule_that_needs_the_calendar_has_no_tiles(rule: Rule) -> None:
    """Months are of different lengths and set positions count within a period, so division does not find them."""
    start = dt.datetime(2026, 1, 5, 20)  # noqa: DTZ001 - a local time has no zone on purpose
    assert Tiles.of(Plan.of(rule, start), FIRST, LAST) is None


@given(change=skipped_times(), zone=zones(), far=st.integers(-9 * DAY, 9 * DAY), data=st.data())
def test_steady_clocks_stand_still_for_a_day_on_either_side(
    change: tuple[str, dt.datetime], zone: str, far: int, data: st.DataObject
) -> None:
    """Where clocks are called steady, they are as far ahead of UTC a day earlier and a day later."""
    second = second_of(change[1]) + far
    asked = data.draw(st.sampled_from([change[0], zone]))
    steady = clock(asked).steady(second)
    near = {offset_of(asked, second + shift) for shift in range(-DAY, DAY + 1, 3600)}
    assert steady is None or near == {steady}


@given(change=skipped_times(), far=st.integers(-DAY, DAY))
def test_clocks_that_are_moved_within_a_day_are_not_steady(change: tuple[str, dt.datetime], far: int) -> None:
    """Near a clock change nobody may reckon with one offset only."""
    zone, local = change
    assert clock(zone).steady(second_of(local) + far) is None


def offset_of(zone: str, utc: int) -> int:
    """How many seconds the standard library says that clocks are ahead at an instant."""
    offset = local_at(utc).replace(tzinfo=dt.UTC).astimezone(ZoneInfo(zone)).utcoffset()
    assert offset is not None
    return int(offset.total_seconds())
