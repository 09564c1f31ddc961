"""What is always true of a rhythm, and of the check-ins that it brings."""

import datetime as dt

import pendulum
from hypothesis import given
from hypothesis import strategies as st

from reconnect.consent.proposal import Proposal
from reconnect.edges.testing.occurrences import occurrences, rhythms
from reconnect.edges.testing.temporal import instants
from reconnect.people.circle import Circle
from reconnect.people.person import Person
from reconnect.primitives.checkin import CheckInSchedule, Occurrence, Rhythm
from reconnect.temporal.instant import as_instant
from reconnect.temporal.window import Window
from reconnect.temporal.zone import instant_of

DAY = dt.timedelta(days=1)
USUAL = instants(least=pendulum.datetime(1970, 1, 2), most=pendulum.datetime(2200, 1, 1))
PEOPLE = (Person(id="ana", zone="UTC"), Person(id="ben", zone="Pacific/Apia"))


@given(rhythms(), USUAL)
def test_a_window_has_room_for_the_check_in_and_its_reminders(rhythm: Rhythm, start: pendulum.DateTime) -> None:
    """From the first reminder to the end of the check-in everything lies inside, and clocks do not matter."""
    window = rhythm.window(start)
    assert window.length == rhythm.early + rhythm.late
    assert start in window
    assert as_instant(start + rhythm.length) <= window.end
    assert all(as_instant(start + reminder) in window for reminder in rhythm.reminders)


@given(rhythms())
def test_the_order_of_reminders_means_nothing(rhythm: Rhythm) -> None:
    """Reminders are a set: told in another order, or twice, they are the same rhythm."""
    again = [*reversed(rhythm.reminders), *rhythm.reminders]
    same = Rhythm.of(*rhythm.recurrences, length=rhythm.length, early=rhythm.early, late=rhythm.late, reminders=again)
    assert same == rhythm
    assert hash(same) == hash(rhythm)


@given(rhythms(), USUAL)
def test_a_schedule_has_the_check_ins_of_every_recurrence(rhythm: Rhythm, now: pendulum.DateTime) -> None:
    """From the last yes on there is one check-in at each instant of the recurrences, and none before."""
    p = Proposal.of(rhythm, id="p1", circle=Circle(id="c1", members=PEOPLE), by="ana", at=now)
    p = p.accept(by="ben", offer=p.offer.id, at=now)
    s = CheckInSchedule.of(p, id="s1", by="ben", at=now)
    days = Window(now - 3 * DAY, now + 9 * DAY)
    found = list(s.occurrences(days))
    expected = {at for rule in rhythm.recurrences for at in rule.between(days) if at >= now}
    assert [occurrence.start for occurrence in found] == sorted(expected)
    gaps = {rule.gap for rule in rhythm.recurrences}
    for occurrence in found:
        assert occurrence.window == rhythm.window(occurrence.start)
        local, zone = occurrence.key.original_start, occurrence.key.zone
        assert occurrence.start in {instant_of(local, zone, gap) for gap in gaps}


@given(occurrences(), instants(), st.timedeltas(-DAY, 400 * DAY))
def test_a_snooze_stays_inside_the_window(occurrence: Occurrence, now: pendulum.DateTime, for_: dt.timedelta) -> None:
    """A snooze comes later than now and inside the window, or not at all."""
    for at in (now, occurrence.start):
        again = occurrence.snoozed(at, for_=for_)
        if again is None:
            fits = dt.timedelta(0) < for_ < dt.datetime.__sub__(occurrence.window.end, at)
            assert not fits or as_instant(at + for_) not in occurrence.window
        else:
            assert at < again
            assert again in occurrence.window
