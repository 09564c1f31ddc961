"""Calendar steps: examples, refusals, and what they say."""

import datetime as dt

import pendulum
import pytest

from reconnect.errors import InvalidDate, InvalidPeriod
from reconnect.temporal.period import Period


def test_a_month_is_not_thirty_days() -> None:
    """Pendulum holds one month and thirty days for equal; a step on the calendar does not."""
    assert pendulum.duration(months=1) == dt.timedelta(days=30)
    assert Period(months=1) != Period(days=30)
    assert Period(weeks=1) != Period(days=7)


@pytest.mark.parametrize(
    ("day", "step", "later"),
    [
        ("2026-01-31", "P1M", "2026-02-28"),
        ("2028-01-31", "P1M", "2028-02-29"),
        ("2028-02-29", "P1Y", "2029-02-28"),
        ("2026-01-31", "P1M1D", "2026-03-01"),
        ("2026-12-31", "P2M", "2027-02-28"),
        ("2026-01-05", "P1M2W", "2026-02-19"),
        ("2026-01-05", "P0D", "2026-01-05"),
    ],
)
def test_months_come_first_and_stay_in_their_month(day: str, step: str, later: str) -> None:
    """Years and months clamp to the last day of a short month; weeks and days are counted from there."""
    assert dt.date.fromisoformat(day) + Period.parse(step) == dt.date.fromisoformat(later)
    assert pendulum.Date.fromisoformat(day) + Period.parse(step) == dt.date.fromisoformat(later)


def test_steps_one_by_one_can_differ_from_one_long_step() -> None:
    """Twice a month from 31 January is not two months from it: a short month lies between."""
    day, month = dt.date(2026, 1, 31), Period(months=1)
    assert (day + month) + month == dt.date(2026, 3, 28)
    assert day + (month + month) == dt.date(2026, 3, 31)


@pytest.mark.parametrize(
    "text", ["", "P", "P1", "1M", "P-1M", "PT1H", "P1D2W", "p1d", "P1.5M", "P1M ", "P\u0967D", "P1234567890D"]
)
def test_other_texts_are_refused(text: str) -> None:
    """Only years, months, weeks and days in that order, as whole numbers."""
    with pytest.raises(InvalidPeriod, match="expected a calendar step such as P1M2W, got a text of another shape"):
        Period.parse(text)


@pytest.mark.parametrize("number", [-1, 1.0, True, "1", None])
def test_units_are_whole_numbers(number: object) -> None:
    """A step does not go back, and is not cut in parts."""
    with pytest.raises(InvalidPeriod, match="whole numbers from 0 on"):
        Period(months=number)  # type: ignore[arg-type]  # wrong on purpose
    with pytest.raises(InvalidPeriod):
        Period.parse(number)  # type: ignore[arg-type]  # wrong on purpose


def test_a_moment_with_a_zone_has_to_be_told_as_local_time_first() -> None:
    """A step on the calendar needs a clock on the wall."""
    with pytest.raises(InvalidDate, match="got a moment with one"):
        pendulum.datetime(2026, 1, 5) + Period(days=1)


@pytest.mark.parametrize("step", [Period(years=8000), Period(days=999_999_999), Period(months=999_999_999)])
def test_a_step_stays_within_the_calendar(step: Period) -> None:
    """There is no date after the year 9999."""
    with pytest.raises(InvalidDate, match="expected a date within the years 1 to 9999, got one beyond them"):
        dt.date(2026, 1, 5) + step


def test_a_step_is_added_to_dates_only() -> None:
    """Numbers and lengths of time are something else."""
    with pytest.raises(TypeError):
        1 + Period(days=1)  # type: ignore[operator]  # wrong on purpose
    with pytest.raises(TypeError):
        Period(days=1) + dt.timedelta(days=1)  # type: ignore[operator]  # wrong on purpose
