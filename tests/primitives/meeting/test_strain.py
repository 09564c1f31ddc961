"""What clock changes do to agreed check-ins, and how they are mended."""

import datetime as dt

import pendulum
import pytest

from reconnect.errors import InvalidMeeting
from reconnect.language.phrasebook import render
from reconnect.people.circle import Circle
from reconnect.people.person import Person
from reconnect.primitives.checkin import CheckInSchedule, Rhythm
from reconnect.primitives.meeting import Published, Strains, publish, strains
from reconnect.record.memory import MemoryJournal
from reconnect.temporal.hours import WeeklyHours
from reconnect.temporal.recurrence import Recurrence
from reconnect.temporal.window import Window
from reconnect.temporal.windows import Windows

NEW_YORK, PARIS = "America/New_York", "Europe/Paris"
SPRING = Window(pendulum.datetime(2026, 3, 2), pendulum.datetime(2026, 4, 13))
HALF = dt.timedelta(minutes=30)
SUNDAYS = Recurrence.weekly("SU", time="19:00", zone=PARIS, starts=dt.date(2026, 3, 1))
TALKS = Rhythm.of(SUNDAYS, length=HALF)


def hours(ana: str = "12:00-14:00", ben: str = "18:00-22:00") -> dict[str, Published]:
    """Return two people's Sundays, each on their own clock."""
    return {
        "ana": publish(WeeklyHours(NEW_YORK, {"SU": [ana]})),
        "ben": publish(WeeklyHours(PARIS, {"SU": [ben]})),
    }


def said(found: Strains, zone: str) -> list[str]:
    """Return everything as it is told to someone in a zone."""
    return [render(phrase, zone=zone) for phrase in found.phrases]


def starts(rhythm: Rhythm | None, zone: str, within: Window = SPRING) -> list[str]:
    """Return the starts of a rhythm on the clocks of a zone."""
    assert rhythm is not None
    found = sorted(at for each in rhythm.recurrences for at in each.between(within))
    return [at.in_timezone(zone).format("MM-DD HH:mm") for at in found]


def test_whoever_is_pushed_out_hears_by_which_change() -> None:
    """In March clocks change in New York three weeks before they do in Paris."""
    found = strains(TALKS, hours(), SPRING, for_="ana")
    assert [strain.change for strain in found.strained] == [pendulum.datetime(2026, 3, 8, 7)] * 3
    first = ", the first on Sunday 8 March at 14:00."
    assert said(found, NEW_YORK) == [
        f"With the clock change of Sunday 8 March, 3 check-ins fall outside the hours you published{first}",
        "There is a new time within everyone's hours. It can be offered, and nothing moves before all of you say yes.",
    ]


def test_others_hear_only_that_a_new_time_is_needed() -> None:
    """Not whose hours they are, and not by which change."""
    found = strains(TALKS, hours(), SPRING, for_="ben")
    assert [strain.change for strain in found.strained] == [None] * 3
    assert said(found, PARIS)[0] == "3 check-ins need a new time, the first on Sunday 8 March at 19:00."


def test_a_mend_moves_what_strains_by_as_little_as_possible() -> None:
    """The three Sundays move by half an hour, and all others stay."""
    mend = strains(TALKS, hours(), SPRING, for_="ana").mend
    assert starts(mend, PARIS) == [
        "03-08 18:30",
        "03-15 18:30",
        "03-22 18:30",
        "03-29 19:00",
        "04-05 19:00",
        "04-12 19:00",
    ]


def test_of_two_steps_equally_near_the_fairer_is_taken() -> None:
    """Half an hour earlier is hard for one of them, half an hour later suits both."""
    people = {
        "ana": publish(WeeklyHours(NEW_YORK, {"SU": ["13:00-13:30", "14:30-15:00"]})),
        "ben": publish(
            WeeklyHours(PARIS, {"SU": ["19:00-20:00"]}), only_if_needed=WeeklyHours(PARIS, {"SU": ["18:00-19:00"]})
        ),
    }
    found = strains(TALKS, people, SPRING, for_="ben")
    assert starts(found.mend, PARIS)[:3] == ["03-08 19:30", "03-15 19:30", "03-22 19:30"]


def test_where_no_step_suits_a_whole_run_each_moves_by_itself() -> None:
    """Windows may leave room on one Sunday before and on another one after."""
    eighth, fifteenth = pendulum.datetime(2026, 3, 8, 20, tz=PARIS), pendulum.datetime(2026, 3, 15, 18, tz=PARIS)
    people = {
        "ana": publish(
            WeeklyHours(NEW_YORK, {"SU": ["13:00-13:30"]}), only_if_needed=Windows.of(Window.of(eighth, HALF))
        ),
        "ben": publish(
            WeeklyHours(PARIS, {"SU": ["19:00-20:30"]}), only_if_needed=Windows.of(Window.of(fifteenth, HALF))
        ),
    }
    short = Window(SPRING.start, pendulum.datetime(2026, 3, 20))
    found = strains(TALKS, people, short, for_="ana")
    assert starts(found.mend, PARIS, short) == ["03-08 20:00", "03-15 18:00"]
    without = {**people, "ben": publish(WeeklyHours(PARIS, {"SU": ["19:00-20:30"]}))}
    assert strains(TALKS, without, short, for_="ana").mend is None


def test_no_time_nearby_says_so() -> None:
    """Then nothing is offered; more hours may help."""
    people = hours(ana="13:00-13:30", ben="19:00-19:30")
    found = strains(TALKS, people, SPRING, for_="ben")
    assert len(found.strained) == 3
    assert found.mend is None
    assert said(found, PARIS)[1].startswith("No time nearby is within everyone's hours yet.")


def test_a_mend_never_lies_in_the_past() -> None:
    """What is left before the window is gone, although it would be nearer."""
    late = Window(pendulum.datetime(2026, 3, 8, 17, 45), pendulum.datetime(2026, 3, 9))
    assert strains(TALKS, hours(ben="18:00-19:30"), late, for_="ana").mend is None
    early = Window(pendulum.datetime(2026, 3, 8, 17, 15), pendulum.datetime(2026, 3, 9))
    assert starts(strains(TALKS, hours(), early, for_="ana").mend, PARIS, early) == ["03-08 18:30"]


def test_a_mend_never_comes_back_to_a_start_that_was_taken_out() -> None:
    """They once decided against half past six on the eighth; a quarter past is the next best."""
    half_past = dt.datetime(2026, 3, 8, 18, 30)  # noqa: DTZ001 - a local time
    rhythm = Rhythm.of(SUNDAYS.adding(half_past).excluding(half_past), length=HALF)
    short = Window(SPRING.start, pendulum.datetime(2026, 3, 10))
    assert starts(strains(rhythm, hours(), short, for_="ana").mend, PARIS, short) == ["03-08 18:15"]


def test_a_mend_leaves_room_for_other_check_ins() -> None:
    """Two at once would be one too few."""
    other = Recurrence.weekly("SU", time="18:30", zone=PARIS, starts=dt.date(2026, 3, 8))
    short = Window(SPRING.start, pendulum.datetime(2026, 3, 10))
    found = strains(Rhythm.of(SUNDAYS, other, length=HALF), hours(), short, for_="ana")
    assert starts(found.mend, PARIS, short) == ["03-08 18:00", "03-08 18:30"]


def test_nothing_strains_where_clocks_keep_their_distance() -> None:
    """In one zone, without a clock change, or where there is room enough."""
    quiet = strains(TALKS, hours(ana="12:00-15:00"), SPRING, for_="ana")
    assert (quiet.strained, quiet.mend) == ((), None)
    assert said(quiet, PARIS) == ["No clock change gets in the way until Monday 13 April."]
    summer = Window(pendulum.datetime(2026, 5, 1), pendulum.datetime(2026, 8, 1))
    assert strains(TALKS, hours(), summer, for_="ana").strained == ()


def test_what_was_outside_from_the_beginning_is_no_strain() -> None:
    """They agreed on it as it is; nobody is reminded of it week by week."""
    assert strains(TALKS, hours(ana="07:00-08:00"), SPRING, for_="ana").strained == ()
    nothing = {**hours(), "ana": Published(zone=NEW_YORK)}
    assert strains(TALKS, nothing, SPRING, for_="ana").strained == ()


def test_a_schedule_is_asked_for_what_people_left_in_its_place() -> None:
    """What was moved already is where they want it; the mend is offered about the schedule."""
    ana, ben = Person(id="ana", zone=NEW_YORK), Person(id="ben", zone=PARIS)
    journal, now = MemoryJournal(), pendulum.datetime(2026, 2, 28)
    journal.found(Circle(id="c1", members=(ana, ben)), by="ana", at=now)
    p = journal.view("ana", circle="c1", at=now).offer(TALKS, id="p1")
    p = p.accept(by="ben", offer=p.offer.id, at=now)
    s = CheckInSchedule.of(p, id="s1", by="ana", at=now)
    second = list(s.occurrences(SPRING))[1]
    to = second.start.subtract(days=1)
    s = s.move(second.key, to, by="ana", at=now).move(second.key, to, by="ben", at=now)
    found = strains(s, hours(), SPRING, for_="ana")
    assert [strain.start.day for strain in found.strained] == [8, 22]
    assert found.mend is not None
    assert starts(found.mend, PARIS)[:3] == ["03-08 18:30", "03-15 19:00", "03-22 18:30"]
    for act in {*p.acts, *s.acts}:
        journal.append(act, acting=act.author)
    later = now.add(days=1)
    offered = journal.view("ben", circle="c1", at=later).offer(found.mend, id="p2", about="s1")
    assert offered.in_force(at=later) is None


def test_a_schedule_without_a_rhythm_has_no_strain() -> None:
    """Where nothing is agreed, nothing needs a new time."""
    nothing = CheckInSchedule(id="s1", circle="c1")
    assert strains(nothing, hours(), SPRING, for_="ana").strained == ()


def test_only_those_who_published_are_told() -> None:
    """There is nobody else to tell it to."""
    with pytest.raises(InvalidMeeting, match="one of those who published, got someone else"):
        strains(TALKS, hours(), SPRING, for_="cy")
    with pytest.raises(InvalidMeeting, match="two or more"):
        strains(TALKS, {"ana": publish(zone="UTC")}, SPRING, for_="ana")
    with pytest.raises(InvalidMeeting, match="ten years at most"):
        strains(TALKS, hours(), Window(SPRING.start, SPRING.start.add(years=20)), for_="ana")


def test_only_changes_that_have_come_push_anything_out() -> None:
    """Outside at first, as agreed; inside for three weeks; and outside again by the change in Paris."""
    all_along = Window(pendulum.datetime(2026, 2, 28), SPRING.end)
    found = strains(TALKS, hours(ana="14:00-15:00"), all_along, for_="ana")
    assert [(strain.start.month, strain.start.day) for strain in found.strained] == [(3, 29), (4, 5), (4, 12)]
    assert {strain.change for strain in found.strained} == {pendulum.datetime(2026, 3, 29, 1)}
