"""Tapering by example: when things hold by themselves, fewer prompts are enough; and only if one likes."""

import datetime as dt
from typing import Final

from tests.practice.weeks import (
    DAY,
    EVE,
    acts,
    agreed,
    days,
    evenings,
    in_week,
    invitation,
    note,
    seen,
)

from reconnect.consent.mute import Quiet
from reconnect.language.phrasebook import render
from reconnect.metrics import MOOD, Rating, usual_level
from reconnect.practice.support import FearAnswer
from reconnect.practice.tapering import FEW, Taper, tapering
from reconnect.primitives.boundary import NudgeCap
from reconnect.primitives.checkin import CheckInSchedule, Rhythm
from reconnect.primitives.recovery import TimeOut
from reconnect.record.entry import Entry
from reconnect.record.view import View
from reconnect.temporal.recurrence import Recurrence
from reconnect.temporal.window import Window

NOW: Final = in_week(10)
MEETING: Final = evenings("MO", held=range(99), weeks=11)
INVITED: Final = invitation(NOW).acts
STEADY: Final = days([4] * 10)


def values(entries: list[Entry], **named: object) -> list[object]:
    """Return what is suggested."""
    return [each.value for each in tapering(seen(entries, **{"at": NOW, **named}))]  # type: ignore[arg-type]  # passed on


def test_where_things_hold_fewer_prompts_are_enough() -> None:
    """One's own reminders, and if everyone would like to be nudged, a rhythm every second week."""
    assert values([*STEADY, *MEETING.acts]) == [FEW]
    first, second = tapering(seen([*STEADY, *INVITED, *MEETING.acts], at=NOW))
    assert (first.about, first.value, second.about) == (None, FEW, "s1")
    assert isinstance(second.value, Rhythm)
    (half,) = second.value.recurrences
    assert [str(at)[:10] for at in half.between(Window(NOW, in_week(14)))] == ["2026-03-23", "2026-04-06"]
    assert render(first.phrase) == "Things hold well by themselves. If you like, fewer reminders may reach you."
    assert values([*MEETING.acts]) == [FEW]
    assert values([*STEADY, *evenings("MO", held=[*range(7), *range(8, 99)], weeks=11).acts]) == [FEW]


def test_ones_own_cap_is_halved_and_never_raised() -> None:
    """Half as often as now; whoever wants none is offered nothing, and neither is whoever gets hardly any."""
    entries = [*STEADY, *MEETING.acts]
    for cap, suggested in (
        (NudgeCap(most=3), [NudgeCap(most=3, within=2 * DAY)]),
        (NudgeCap(most=2, within=15 * DAY), [NudgeCap(most=2, within=30 * DAY)]),
        (NudgeCap(most=2, within=16 * DAY), []),
        (NudgeCap(most=0), []),
    ):
        assert values([*entries, note(cap, EVE, "cap")]) == suggested


def test_two_months_are_the_least() -> None:
    """Too few check-ins, too many that nobody answered, or only of late: it is too early."""
    assert values([*STEADY, *evenings("MO", held=range(8), weeks=11).acts]) == []
    assert values([*STEADY, *evenings("MO", held=range(5, 99), weeks=11).acts]) == []
    assert values([*STEADY, *MEETING.acts], at=in_week(6)) == []
    assert values([*STEADY]) == []
    every_other = Rhythm.of(
        Recurrence.weekly("MO", time="20:00", zone="Europe/Paris", starts=dt.date(2026, 1, 5), every=2)
    )
    seldom = CheckInSchedule.of(agreed(every_other, "p1"), id="s1", by="ana", at=EVE)
    for occurrence in seldom.occurrences(Window(EVE, NOW)):
        seldom = seldom.hold(occurrence.key, by="ben", at=occurrence.start)
    assert values([*STEADY, *seldom.acts]) == []


def test_what_comes_round_seldom_is_not_halved() -> None:
    """Beside a rhythm that holds, one every second week stays as it is, and so does one that was ended."""
    every_other = Rhythm.of(
        Recurrence.weekly("FR", time="20:00", zone="Europe/Paris", starts=dt.date(2026, 1, 5), every=2)
    )
    seldom = CheckInSchedule.of(agreed(every_other, "p2"), id="s2", by="ana", at=EVE)
    for occurrence in seldom.occurrences(Window(EVE, NOW)):
        seldom = seldom.hold(occurrence.key, by="ben", at=occurrence.start)
    found = tapering(seen([*STEADY, *INVITED, *acts(MEETING, seldom)], at=NOW))
    assert [each.about for each in found] == [None, "s1"]
    ended = MEETING.stop(by="ben", at=NOW - DAY / 24)
    assert values([*STEADY, *INVITED, *ended.acts]) == [FEW]


def test_a_rhythm_that_ends_by_itself_is_left_alone() -> None:
    """One with a count is over soon anyway."""
    counted = Rhythm.of(
        Recurrence.weekly("MO", time="20:00", zone="Europe/Paris", starts=dt.date(2026, 1, 5), count=20)
    )
    s = CheckInSchedule.of(agreed(counted, "p1"), id="s1", by="ana", at=EVE)
    for occurrence in s.occurrences(Window(EVE, NOW)):
        s = s.hold(occurrence.key, by="ben", at=occurrence.start)
    assert values([*STEADY, *INVITED, *s.acts]) == [FEW]


def test_days_that_are_heavier_speak_against_it() -> None:
    """A heavier week, days that go down, or a level below one's own limits; too few notes speak against nothing."""
    assert values([*days([4, 4, 4, 4, 2, 4, 4, 4, 4, 4]), *MEETING.acts]) == []
    spread = [(week, day) for week in range(10) for day in (1, 4)]
    falling = [note(Rating.of(MOOD, 5 - week // 4), in_week(week, day), f"f{week}.{day}") for week, day in spread]
    assert values([*falling, *MEETING.acts]) == []
    uneven = [5, 5, 4, 5, 4, 4, 4, 4, 3, 4, 3, 3, 3, 3, 3, 4]
    slowly = [note(Rating.of(MOOD, n), in_week(2 + k // 2, 1 + 3 * (k % 2)), f"s{k}") for k, n in enumerate(uneven)]
    level = usual_level(seen(slowly, at=NOW), Window(EVE, NOW))
    assert level is not None
    assert level.is_usual
    assert values([*slowly, *MEETING.acts]) == []
    low = [*days([4] * 9), *(note(Rating.of(MOOD, 1), in_week(9, day), f"l{day}") for day in (4, 5))]
    assert values([*low, *days([None] * 9), *MEETING.acts]) == []
    assert values([*days([4]), *MEETING.acts]) == [FEW]


def test_a_break_does_not_count_against_it() -> None:
    """A time-out or a planned pause, once it is over, leaves what held as it was, while enough was due."""
    twice = evenings("MO", "TH", held=range(99), weeks=11)
    called = TimeOut.call(id="t1", circle="c1", by="ben", at=in_week(6)).acts
    paused = twice.pause(Window(in_week(10), in_week(12)), by="ben", at=NOW)
    assert values([*STEADY, *twice.acts, *called]) == [FEW]
    assert values([*STEADY, *paused.acts]) == [FEW]


def test_whoever_would_rather_be_left_in_peace_is() -> None:
    """Quiet, afraid, or in a time-out; and for the other nothing changes."""
    entries = [*STEADY, *MEETING.acts]
    quiet = Quiet.go(id="q1", circle="c1", by="ana", at=NOW).acts
    assert values([*entries, *quiet]) == []
    assert values([*entries, *quiet], reader="ben") == [FEW]
    assert values([*entries, *TimeOut.call(id="t1", circle="c1", by="ben", at=NOW).acts]) == []
    assert tapering(seen(entries, at=NOW), told=FearAnswer()) == ()


def test_nothing_was_before_1970() -> None:
    """Any instant can be asked about."""
    early = View(
        reader="ana",
        circle="c1",
        at=EVE.set(year=1960),
        visible=(),
        founding=tuple(entry.received(EVE.set(year=1950)) for entry in seen((), at=EVE).founding),
        people={},
        ceased=(),
    )
    assert tapering(early) == ()


def test_a_taper_of_ones_own_is_about_nothing_that_others_share() -> None:
    """A cap on reminders is a private kind, and no offer could carry it."""
    assert Taper(value=FEW, phrase=tapering(seen([*STEADY, *MEETING.acts], at=NOW))[0].phrase).about is None
