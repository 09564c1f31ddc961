"""What is always true of instants, and of how clocks show them."""

import copy
import datetime as dt
import pickle
import zoneinfo

import pendulum
from hypothesis import assume, given
from hypothesis import strategies as st

from reconnect.edges.testing.temporal import instants, local_times, skipped_times, zones
from reconnect.temporal.instant import (
    as_instant,
    format_instant,
    from_microseconds,
    parse_instant,
    to_microseconds,
)
from reconnect.temporal.zone import Gap, instant_of, local_time


@given(instants())
def test_every_way_out_leads_back(moment: pendulum.DateTime) -> None:
    """An instant survives text, counting, copying and pickling."""
    assert parse_instant(format_instant(moment)) == moment
    assert from_microseconds(to_microseconds(moment)) == moment
    for twin in (copy.copy(moment), copy.deepcopy(moment), pickle.loads(pickle.dumps(moment))):  # noqa: S301 - our own bytes
        assert twin == moment
        assert as_instant(twin) == moment
        assert hash(twin) == hash(moment)


@given(st.integers(-62_135_596_800_000_000, 253_402_300_799_999_999))
def test_counting_leads_back(count: int) -> None:
    """Every count within the calendar is an instant, and the instant has that count."""
    assert to_microseconds(from_microseconds(count)) == count


@given(instants(least=pendulum.datetime(1800, 1, 2), most=pendulum.datetime(9999, 12, 30)), zones())
def test_a_moment_is_the_same_on_every_clock(moment: pendulum.DateTime, zone: str) -> None:
    """Told in any zone, by pendulum or by the standard library, folds included, it is the same instant."""
    told = moment.astimezone(zoneinfo.ZoneInfo(zone))
    assert as_instant(told) == moment
    assert as_instant(moment.in_timezone(zone)) == moment
    assert format_instant(as_instant(told)) == format_instant(moment)
    assert as_instant(told).tzinfo is pendulum.UTC


@given(instants(least=pendulum.datetime(1800, 1, 2), most=pendulum.datetime(9999, 12, 30)), zones())
def test_local_time_is_what_clocks_show(moment: pendulum.DateTime, zone: str) -> None:
    """The standard library shows the same local time, to the microsecond."""
    assert local_time(moment, zone) == moment.astimezone(zoneinfo.ZoneInfo(zone)).replace(tzinfo=None)


@given(zones().flatmap(lambda zone: st.tuples(st.just(zone), local_times(zone=zone))), st.sampled_from(Gap))
def test_a_local_time_means_the_first_instant_that_shows_it(place: tuple[str, dt.datetime], gap: Gap) -> None:
    """What clocks show once or twice means its first instant, whatever is done with gaps."""
    zone, local = place
    found = instant_of(local, zone, gap)
    shown = local.replace(tzinfo=zoneinfo.ZoneInfo(zone)).astimezone(dt.UTC)
    assume(local_time(shown, zone) == local)
    assert found == shown
    tick = dt.timedelta(seconds=1)
    earlier = [shown - tick * step for step in (1, 1800, 3600, 7200)]
    assert all(local_time(moment, zone) != local for moment in earlier)


@given(skipped_times())
def test_a_skipped_local_time_follows_the_policy(place: tuple[str, dt.datetime]) -> None:
    """In a gap, SHIFT reads with the offset before it, FIRST_VALID is its very end, and SKIP is nothing."""
    zone, local = place
    shifted, first, skipped = (instant_of(local, zone, gap) for gap in Gap)
    assert shifted is not None
    assert first is not None
    assert skipped is None
    assert first <= shifted
    before = first.subtract(seconds=1)
    assert local_time(before, zone) < local < local_time(first, zone)
    assert local - local_time(before, zone) == shifted - before
