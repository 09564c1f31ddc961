"""What is always true of a calendar step."""

import copy
import datetime as dt
import pickle
from calendar import monthrange

from hypothesis import given
from hypothesis import strategies as st

from reconnect.edges.testing.temporal import local_times, periods
from reconnect.temporal.period import Period

DAYS = st.dates(min_value=dt.date(1900, 1, 1), max_value=dt.date(2400, 12, 31))


@given(periods())
def test_reading_undoes_writing(period: Period) -> None:
    """What `format` writes, `parse` reads back."""
    assert Period.parse(period.format()) == period


@given(periods(), periods(), periods())
def test_steps_add_up_unit_by_unit(a: Period, b: Period, c: Period) -> None:
    """Addition of steps is associative and commutative, and the empty step changes nothing."""
    assert a + b == b + a
    assert (a + b) + c == a + (b + c)
    assert a + Period() == a


@given(DAYS, st.integers(0, 2000))
def test_months_keep_the_day_or_take_the_last_one(day: dt.date, months: int) -> None:
    """So many months later it is the same day of the month, or the last day of a month that lacks it."""
    later = day + Period(months=months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == min(day.day, monthrange(later.year, later.month)[1])


@given(DAYS, st.integers(0, 100), st.integers(0, 100))
def test_weeks_and_days_are_plain_counts(day: dt.date, weeks: int, days: int) -> None:
    """Weeks are seven days each, and days are days."""
    assert (day + Period(weeks=weeks, days=days) - day).days == weeks * 7 + days


@given(DAYS, st.integers(0, 100))
def test_a_year_is_twelve_months(day: dt.date, years: int) -> None:
    """Years and months count as one number of months."""
    assert day + Period(years=years) == day + Period(months=12 * years)


@given(local_times(), periods())
def test_a_step_keeps_the_time_of_day(at: dt.datetime, period: Period) -> None:
    """Stepping moves the date of a local time, and nothing else."""
    later = at + period
    assert later.time() == at.time()
    assert later.date() == at.date() + period
    assert later >= at


@given(periods())
def test_a_step_survives_copying_and_pickling(period: Period) -> None:
    """A copy is equal, hashes alike, and is no length of time."""
    for twin in (copy.copy(period), copy.deepcopy(period), pickle.loads(pickle.dumps(period))):  # noqa: S301 - our own bytes
        assert twin == period
        assert hash(twin) == hash(period)
    assert eval(repr(period), {"Period": Period}) == period  # noqa: S307 - our own text
    assert period != dt.timedelta(days=period.days)
