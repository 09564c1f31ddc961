"""Whose turn it is, in everyone's outlook, and what someone would like to change about it."""

import datetime as dt
from typing import Final

import pendulum
import pytest

import reconnect as rc
from reconnect.practice.turns import turns

NOW: Final = pendulum.datetime(2026, 1, 5, 12)  # a Monday
DAY: Final = dt.timedelta(days=1)
US: Final = rc.Circle(
    id="c1",
    members=(
        rc.Person(id="ana", zone="America/New_York", name="Ana"),
        rc.Person(id="ben", zone="Europe/Paris", name="Ben"),
        rc.Person(id="cy", zone="Asia/Kathmandu"),
    ),
)
SUNDAYS: Final = rc.Recurrence.weekly("SU", time="20:00", zone="Europe/Paris", starts=dt.date(2026, 1, 11))


def keep(journal: rc.MemoryJournal, *stories: rc.Story) -> None:
    """Let everyone write down their own part of some stories."""
    for story in stories:
        for act in story.acts:
            journal.append(act, acting=act.author)


def told(journal: rc.MemoryJournal, person: str, at: pendulum.DateTime) -> list[str]:
    """Return what one person reads."""
    view = journal.view(person, circle="c1", at=at)
    look = rc.outlook(view)
    return [rc.render(phrase, zone=look.zone, names=view.names) for phrase in look.phrases()]


def begun(plan: rc.RotationPlan, *, yeses: int = 3) -> tuple[rc.MemoryJournal, rc.Rotation]:
    """Return a journal in which so many said yes to a plan of turns, and the turns."""
    journal = rc.MemoryJournal()
    journal.found(US, by="ana", at=NOW)
    p = rc.Proposal.of(plan, id="p1", circle=US, by="ana", at=NOW, about="r1")
    for person in US.ids[1:yeses]:
        p = p.accept(by=person, offer=p.offer.id, at=NOW)
    keep(journal, p)
    return journal, rc.Rotation(id="r1", circle="c1", acts=p.acts, founding=p.founding)


@pytest.fixture
def weekly() -> tuple[rc.MemoryJournal, rc.Rotation]:
    """Return turns that go on every Sunday evening."""
    journal, _ = begun(rc.RotationPlan.of(US, handoff=SUNDAYS, softened=True))
    p = journal.view("ana", circle="c1", at=NOW).state(rc.Proposal, "p1")
    r = rc.Rotation.of(p, id="r1", by="ana", at=NOW)
    keep(journal, r)
    return journal, r


def test_before_the_first_handoff_nobody_has_a_turn(weekly: tuple[rc.MemoryJournal, rc.Rotation]) -> None:
    """And the outlook says when to look again."""
    journal, _ = weekly
    first = rc.as_instant(pendulum.datetime(2026, 1, 11, 20, tz="Europe/Paris"))
    look = rc.outlook(journal.view("ben", circle="c1", at=first.subtract(hours=5)))
    assert (look.turn, look.changes_at) == (None, first)


def test_everyone_reads_whose_turn_it_is(weekly: tuple[rc.MemoryJournal, rc.Rotation]) -> None:
    """On their own clock, until the next handoff; whoever is quiet is offered nothing joint."""
    journal, _ = weekly
    at = NOW + 7 * DAY
    assert (
        "Until Sunday 18 January at 14:00 it is your turn to open the check-in. "
        "You can pass it on, and it needs no reason." in told(journal, "ana", at)
    )
    assert "Until Sunday 18 January at 20:00 it is Ana who opens the check-in." in told(journal, "ben", at)
    look = rc.outlook(journal.view("ben", circle="c1", at=at))
    ends = rc.as_instant(pendulum.datetime(2026, 1, 18, 20, tz="Europe/Paris"))
    assert rc.outlook(journal.view("ben", circle="c1", at=ends.subtract(hours=5))).changes_at == ends
    keep(journal, rc.Quiet.go(id="q1", circle="c1", by="ben", at=at))
    assert rc.outlook(journal.view("ben", circle="c1", at=at)).turn is None
    assert rc.outlook(journal.view("cy", circle="c1", at=at)).turn == look.turn


def test_turns_that_not_everyone_agreed_to_are_no_turns() -> None:
    """Two yeses of three, or a plan that one person only stated: nobody reads of it in an outlook."""
    journal, _ = begun(rc.RotationPlan.of(US, handoff=SUNDAYS), yeses=2)
    keep(journal, rc.Rotation.of(US, handoff=SUNDAYS, id="r2", by="ana", at=NOW))
    view = journal.view("ana", circle="c1", at=NOW + 7 * DAY)
    assert view.state(rc.Rotation, "r2").turn_at(view.at) is not None
    assert turns(view) == turns(journal.view("ben", circle="c1", at=NOW))
    assert rc.outlook(view).turn is None


def test_a_wish_reads_differently_for_each(weekly: tuple[rc.MemoryJournal, rc.Rotation]) -> None:
    """Ana would like to swap with Ben, and later that somebody covers; every answer is fine, and so is none."""
    journal, r = weekly
    at = NOW + DAY
    first, second = (turn for turn in r.turns(rc.Window(at, NOW + 15 * DAY)))
    keep(journal, r.swap(first.key, second.key, by="ana", at=at))
    swap = "the turn of Sunday 11 January at"
    assert (
        f"Ana would like to swap: {swap} 20:00 for yours of Sunday 18 January at 20:00. Every answer is fine."
        in told(journal, "ben", at)
    )
    assert (
        "You would like to swap your turn of Sunday 11 January at 14:00 with Ben, "
        "for the one of Sunday 18 January at 14:00." in told(journal, "ana", at)
    )
    assert any(line.startswith("Ana would like to swap the turn of") for line in told(journal, "cy", at))
    begins = first.start
    assert rc.outlook(journal.view("ben", circle="c1", at=begins.subtract(hours=5))).changes_at == begins
    assert not any("swap" in line for line in told(journal, "ben", begins))
    r = journal.view("ana", circle="c1", at=begins).state(rc.Rotation, "r1")
    keep(journal, r.ask(first.key, by="ana", at=begins))
    assert "Ana would be glad if someone covered the turn of Sunday 11 January at 20:00. Nobody has to." in told(
        journal, "ben", begins
    )
    assert (
        "You asked whether someone could cover your turn of Sunday 11 January at 14:00. "
        "It stays yours until someone does." in told(journal, "ana", begins)
    )


def test_by_agreement_a_capacity_card_softens_a_turn(weekly: tuple[rc.MemoryJournal, rc.Rotation]) -> None:
    """Nothing moves by itself: the others read that covering is welcome, and its holder is asked nothing."""
    journal, r = weekly
    at = NOW + 7 * DAY
    keep(journal, rc.CapacityCard.of(id="k1", circle="c1", by="ana", at=at, zone="America/New_York"))
    words = "Ana has little to give, so whoever likes is welcome to cover this turn."
    assert words in told(journal, "ben", at)
    assert words not in told(journal, "ana", at)
    assert rc.outlook(journal.view("ben", circle="c1", at=at)).turn == r.turn_at(at)
    covered = journal.view("ben", circle="c1", at=at).state(rc.Rotation, "r1")
    keep(journal, covered.cover(r.turns(rc.Window.of(at, DAY)).__next__().key, by="ben", at=at))
    assert words not in told(journal, "cy", at)
    assert words not in told(journal, "ben", at + DAY)


@pytest.mark.parametrize("softened", [True, False])
def test_without_that_agreement_a_card_says_nothing_about_turns(softened: bool) -> None:  # noqa: FBT001 - a parameter
    """A plan says so, or it does not."""
    plan = rc.RotationPlan.of(US, softened=softened)
    journal, _ = begun(plan)
    p = journal.view("ana", circle="c1", at=NOW).state(rc.Proposal, "p1")
    keep(journal, rc.Rotation.of(p, id="r1", by="ana", at=NOW))
    keep(journal, rc.CapacityCard.of(id="k1", circle="c1", by="ana", at=NOW, zone="America/New_York"))
    read = told(journal, "ben", NOW)
    assert "It is Ana who opens the next check-in." in read
    assert any("welcome to cover" in line for line in read) == softened


def test_nobody_is_an_answer_too(weekly: tuple[rc.MemoryJournal, rc.Rotation]) -> None:
    """Everyone is away that week, and the outlook says so without asking anyone."""
    journal, r = weekly
    week = rc.Window.of(NOW, 20 * DAY)
    for person in US.ids:
        keep(journal, r.away(week, by=person, at=NOW))
    assert "Nobody is down for this turn, and that is fine. Whoever likes may open the check-in." in told(
        journal, "cy", NOW + 7 * DAY
    )
