"""Rhythms and the values around them: what they refuse, and how they say so."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pendulum
import pytest
from tests.primitives.checkin.agreed import DAY, HOUR, MINUTE, WEEK, begin, daily, local

from reconnect.errors import InvalidDate, InvalidId, InvalidRecurrence, InvalidRhythm, InvalidZone
from reconnect.primitives.checkin import Occurrence, OccurrenceKey, Rhythm
from reconnect.primitives.checkin.version import Version
from reconnect.temporal.recurrence import Recurrence
from reconnect.temporal.zone import Gap

REFUSED: list[tuple[str, Callable[[], Any]]] = [
    ("one or more recurrences, each of them once", Rhythm.of),
    ("one or more recurrences, each of them once", lambda: Rhythm.of(daily(), daily())),
    ("one or more recurrences, each of them once", lambda: Rhythm(recurrences="abc")),  # type: ignore[arg-type]  # refused at run time
    ("a length of time, got a int", lambda: Rhythm.of(daily(), length=15)),  # type: ignore[arg-type]  # refused at run time
    ("a length of time, got a str", lambda: Rhythm.of(daily(), reminders="10")),  # type: ignore[arg-type]  # refused at run time
    ("a window that opens by the start and has room", lambda: Rhythm.of(daily(), early=-MINUTE)),
    ("a window that opens by the start and has room", lambda: Rhythm.of(daily(), length=0 * MINUTE)),
    ("a window that opens by the start and has room", lambda: Rhythm.of(daily(), length=2 * HOUR, late=HOUR)),
    ("a window that opens and closes within a month", lambda: Rhythm.of(daily(), early=32 * DAY)),
    ("a window that opens and closes within a month", lambda: Rhythm.of(daily(), late=dt.timedelta.max)),
    ("reminders inside the window, got one outside", lambda: Rhythm.of(daily(), reminders=[-HOUR])),
    ("reminders inside the window, got one outside", lambda: Rhythm.of(daily(), reminders=[2 * HOUR])),
]


@pytest.mark.parametrize(("sentence", "make"), REFUSED)
def test_a_rhythm_that_could_not_be_kept_is_refused(sentence: str, make: Callable[[], Any]) -> None:
    """At construction, in a sentence that says what was expected."""
    with pytest.raises(InvalidRhythm, match=f"^expected {sentence}"):
        make()


def test_reminders_stand_in_order_each_once() -> None:
    """So that two rhythms that remind alike are equal."""
    assert Rhythm.of(daily(), reminders=[HOUR, -MINUTE, HOUR]).reminders == (-MINUTE, HOUR)


def test_a_check_in_outside_its_own_window_is_refused() -> None:
    """Neither its start nor a reminder can lie where nobody could meet."""
    good = next(iter(begin().occurrences(WEEK)))
    for change in ({"start": good.window.end}, {"reminders": (good.start, good.window.end)}):
        known = {"key": good.key, "start": good.start, "window": good.window, "length": good.length}
        with pytest.raises(InvalidRhythm, match="expected a start and reminders inside the window, got one outside"):
            Occurrence(**{**known, **change})  # type: ignore[arg-type]  # one of them is wrong on purpose


@pytest.mark.parametrize(
    ("error", "change"),
    [
        (InvalidId, {"schedule": ""}),
        (InvalidZone, {"zone": "Mars/Olympus"}),
        (InvalidDate, {"original_start": dt.datetime(2026, 1, 5, tzinfo=dt.UTC)}),
        (InvalidDate, {"original_start": "2026-01-05"}),
        (InvalidRecurrence, {"original_start": local(0).replace(microsecond=1)}),
    ],
)
def test_a_key_is_an_id_a_local_start_and_a_zone(error: type[Exception], change: dict[str, Any]) -> None:
    """A key that could be the key of no check-in is refused."""
    with pytest.raises(error, match=r"^expected "):
        OccurrenceKey(**{"schedule": "s1", "original_start": local(0), "zone": "UTC", **change})


def test_of_two_rules_on_one_clock_the_first_one_says_what_a_skipped_time_means() -> None:
    """Clocks in Paris skip half past two; one rule reads it as half past three, the other as three."""
    night, zone = dt.datetime.combine(dt.date(2026, 3, 29), dt.time(2, 30)), "Europe/Paris"
    later, sooner = (
        Recurrence.daily(time="02:30", zone=zone, starts=dt.date(2026, 3, 1), gap=gap)
        for gap in (Gap.SHIFT, Gap.FIRST_VALID)
    )
    half_past, three = later.instant_of(night), sooner.instant_of(night)
    assert half_past is not None
    assert three is not None
    since, until = pendulum.datetime(2026, 3, 1), pendulum.datetime(2026, 5, 1)
    for rules, starts in (((later, sooner), (half_past, three)), ((sooner, later), (three, half_past))):
        rhythm = Rhythm.of(*rules)
        version = Version(
            proposal="p1", rhythm=rhythm, people=("ana", "ben"), since=since, until=until, lapses=until, ends=until
        )
        assert [version.clock_at(start) for start in starts] == [(night, zone), None]
