"""What comes round by agreement stands in an outlook, with its next time, for as long as everyone's yes does."""

import datetime as dt
from typing import Final

import pendulum
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.practice.house import keep

import reconnect as rc

NOW: Final = pendulum.datetime(2026, 3, 26, 12)  # a Thursday; clocks in Paris change on Sunday
DAY: Final = dt.timedelta(days=1)
HOUR: Final = dt.timedelta(hours=1)
TICK: Final = dt.timedelta(microseconds=1)
US: Final = rc.Circle(
    id="c1",
    members=(rc.Person(id="ana", zone="America/New_York", name="Ana"), rc.Person(id="ben", zone="Europe/Paris")),
)
SUNDAYS: Final = rc.Recurrence.weekly("SU", time="20:00", zone="Europe/Paris", starts=dt.date(2026, 3, 1))
MONDAYS: Final = rc.Recurrence.weekly("MO", time="09:00", zone="Europe/Paris", starts=dt.date(2026, 3, 2))
TEA: Final = rc.Routine(key="tea", name="Tea on the stairs", steps=["put the kettle on"], together=True)


def agreed(value: rc.Body, name: str, *, about: str | None = None, lasts: dt.timedelta = 90 * DAY) -> rc.Proposal:
    """Let Ana offer something and Ben say yes at once."""
    p = rc.Proposal.of(value, id=name, circle=US, by="ana", at=NOW - 10 * DAY, about=about, lasts=lasts)
    return p.accept(by="ben", offer=p.offer.id, at=NOW - 10 * DAY)


@pytest.fixture(scope="module")
def journal() -> rc.MemoryJournal:
    """Return the journal of two people who look at their plan on Sundays, and have tea on Mondays."""
    made = rc.MemoryJournal()
    made.found(US, by="ana", at=NOW - 30 * DAY)
    keep(made, agreed(rc.ReviewRhythm(rhythm=SUNDAYS), "p1", about="plan"))
    keep(made, agreed(rc.Ritual(routine=TEA, rhythm=MONDAYS), "p2", lasts=16 * DAY))
    return made


def read(journal: rc.MemoryJournal, at: dt.datetime = NOW, person: str = "ben") -> list[str]:
    """Return what an outlook says of what comes round."""
    view = journal.view(person, circle="c1", at=at)
    said = [each.phrase for each in rc.outlook(view).coming]
    assert set(said) <= set(rc.outlook(view).phrases())
    return [rc.render(phrase, zone=view.zone, names=view.names) for phrase in said]


def test_it_tells_the_next_time_on_the_readers_own_clock(journal: rc.MemoryJournal) -> None:
    """At eight in Paris, which is six hours earlier in New York once both have changed their clocks."""
    assert read(journal) == [
        "You look at your wellness plans together on Sunday 29 March at 20:00.",
        "Tea on the stairs comes round on Monday 30 March at 09:00, as you agreed.",
    ]
    assert read(journal, person="ana")[0].endswith("on Sunday 29 March at 14:00.")


def test_it_ends_with_the_agreement(journal: rc.MemoryJournal) -> None:
    """A time that the agreement does not reach is nobody's, and so is one after a withdrawal."""
    monday = pendulum.datetime(2026, 3, 30, 9, tz="Europe/Paris")
    assert len(read(journal, monday - TICK)) == 2
    assert [each[:8] for each in read(journal, monday)] == ["You look"]
    gone = rc.MemoryJournal()
    gone.merge(journal)
    p = gone.view("ben", circle="c1", at=NOW).state(rc.Proposal, "p1").withdraw(by="ben", at=NOW)
    keep(gone, p)
    assert [each[:3] for each in read(gone)] == ["Tea"]


def test_who_went_quiet_is_told_of_nothing_joint(journal: rc.MemoryJournal) -> None:
    """And nobody else's outlook changes."""
    quiet = rc.MemoryJournal()
    quiet.merge(journal)
    keep(quiet, rc.Quiet.go(id="q1", circle="c1", by="ben", at=NOW))
    assert read(quiet) == []
    assert read(quiet, person="ana") == read(journal, person="ana")


@given(hours=st.integers(0, 24 * 20), person=st.sampled_from(US.ids))
def test_until_its_next_start_it_stays_as_it_is(journal: rc.MemoryJournal, hours: int, person: str) -> None:
    """And an outlook asks to be looked at again by then."""
    at = NOW + hours * HOUR
    look = rc.outlook(journal.view(person, circle="c1", at=at))
    for each in look.coming:
        assert at < each.start
        assert look.changes_at is not None
        assert look.changes_at <= each.start
    if look.changes_at is not None:
        last = journal.view(person, circle="c1", at=look.changes_at - TICK)
        assert rc.outlook(last).coming == look.coming
