"""One yes to a rhythm is a yes to one schedule, however often somebody begins it."""

import datetime as dt
from typing import Final

import pytest
from tests.primitives.checkin.agreed import DAY, HOUR, NOW, circle, daily

import reconnect as rc
from reconnect.primitives.checkin.acts import Scheduled
from reconnect.record.story import Story

LATER: Final = NOW + 5 * DAY


@pytest.fixture
def journal() -> rc.MemoryJournal:
    """Return the journal of two people."""
    made = rc.MemoryJournal()
    made.found(circle(), by="ana", at=NOW - DAY)
    return made


def keep(journal: rc.MemoryJournal, story: Story) -> None:
    """Keep what a story says, each act in its author's name."""
    for person in ("ana", "ben"):
        journal.append(*story.acts_of(person), acting=person)


def agreed(name: str = "p1") -> rc.Proposal:
    """Return a rhythm that both said yes to."""
    p = rc.Proposal.of(rc.Rhythm.of(daily()), id=name, circle=circle(), by="ana", at=NOW)
    return p.accept(by="ben", offer=p.offer.id, at=NOW)


def ids(journal: rc.MemoryJournal, reader: str = "ben") -> list[str]:
    """Return which schedules there are for a reader."""
    return [each.id for each in rc.scheduled(journal.view(reader, circle="c1", at=LATER))]


def test_what_is_begun_again_and_again_is_there_once(journal: rc.MemoryJournal) -> None:
    """Whoever begins five gets one, for everyone and everywhere."""
    for number in range(5):
        keep(journal, rc.CheckInSchedule.of(agreed(), id=f"s{number}", by="ana", at=NOW + number * DAY))
    assert ids(journal, "ana") == ids(journal) == ["s0"]
    view = journal.view("ben", circle="c1", at=LATER + 15 * DAY / 24)
    look = rc.outlook(view)
    assert {each.key.schedule for each in (*look.open, look.next) if each is not None} == {"s0"}
    assert len(look.holds) == 1
    assert [clause.about for clause in rc.agreement(view).clauses] == ["s0"]
    within = rc.Window(NOW, LATER)
    assert rc.adherence(view, within).n == view.counts("s0", within).due


def test_what_was_stopped_can_be_begun_anew_and_no_other_comes_up_in_its_place(journal: rc.MemoryJournal) -> None:
    """Whoever stopped the check-ins need not stop five of them."""
    first = rc.CheckInSchedule.of(agreed(), id="s1", by="ana", at=NOW)
    keep(journal, first)
    keep(journal, rc.CheckInSchedule.of(agreed(), id="s2", by="ana", at=NOW + DAY))
    keep(journal, first.stop(by="ben", at=NOW + 2 * DAY))
    assert ids(journal) == ["s1"]
    assert rc.outlook(journal.view("ben", circle="c1", at=LATER)).next is None
    keep(journal, rc.CheckInSchedule.of(agreed(), id="s3", by="ben", at=NOW + 3 * DAY))
    assert ids(journal) == ["s1", "s3"]


def test_what_was_begun_before_there_was_a_yes_comes_in_no_earlier(journal: rc.MemoryJournal) -> None:
    """A beginning that could not count buys no place in front of the one that did."""

    def begun(story: str, number: int, at: dt.datetime) -> None:
        body = Scheduled(proposal="p1")
        journal.append(
            rc.Entry(circle="c1", author="ana", id=f"e{number}", at=at, body=body, audience=rc.Shared(), about=story),
            acting="ana",
        )

    begun("s9", 1, NOW - HOUR)
    keep(journal, rc.CheckInSchedule.of(agreed(), id="s1", by="ben", at=NOW))
    begun("s9", 2, NOW + DAY)
    assert ids(journal) == ["s1"]


def test_two_agreements_are_two_schedules(journal: rc.MemoryJournal) -> None:
    """Also where both say the same."""
    keep(journal, rc.CheckInSchedule.of(agreed(), id="s1", by="ana", at=NOW))
    keep(journal, rc.CheckInSchedule.of(agreed("p2"), id="s2", by="ana", at=NOW))
    assert ids(journal) == ["s1", "s2"]


def test_a_pause_that_lies_ahead_holds_nothing_yet(journal: rc.MemoryJournal) -> None:
    """It is told once it has begun, and an outlook asks to be looked at again by then."""
    s = rc.CheckInSchedule.of(agreed(), id="s1", by="ana", at=NOW)
    pause = rc.Window(LATER + DAY, LATER + 3 * DAY)
    keep(journal, s.pause(pause, by="ben", at=NOW))
    told = [rc.outlook(journal.view("ben", circle="c1", at=at)).holds for at in (LATER, pause.start)]
    assert [[hold.until for hold in holds if hold.about == "s1" and hold.until == pause.end] for holds in told] == [
        [],
        [pause.end],
    ]
