"""Which nudges reach someone now, and which wait without a trace."""

import datetime as dt
from typing import Final

import pendulum
import pytest
from hypothesis import given
from hypothesis import strategies as st

import reconnect as rc

NOW: Final = pendulum.datetime(2026, 1, 5, 21)
HOUR: Final = dt.timedelta(hours=1)
US: Final = rc.Circle(id="c1", members=tuple(rc.Person(id=name, zone="UTC") for name in ("ana", "ben", "cy")))
NIGHTS: Final = rc.QuietHours(hours=rc.WeeklyHours("UTC", {"MO": ["22:00-24:00"]}))


@pytest.fixture
def journal() -> rc.MemoryJournal:
    """Return the journal of three people."""
    journal = rc.MemoryJournal()
    journal.found(US, by="ana", at=NOW - HOUR)
    return journal


def keep(journal: rc.MemoryJournal, *stories: rc.Story) -> None:
    """Let everyone write down their own part."""
    for story in stories:
        for act in story.acts:
            journal.append(act, acting=act.author)


def now(journal: rc.MemoryJournal, at: pendulum.DateTime = NOW, **more: list[dt.datetime]) -> tuple[str, ...]:
    """Return whose nudges reach ana, of three that wait."""
    return rc.nudges_now(journal.view("ana", circle="c1", at=at), ["ben", "cy", "ben"], **more)


def test_what_nothing_holds_back_is_delivered(journal: rc.MemoryJournal) -> None:
    """In the order in which they came; nobody nudges oneself, or a circle they are not in."""
    assert now(journal) == ("ben", "cy", "ben")
    assert rc.nudges_now(journal.view("ana", circle="c1", at=NOW), ["ana", "zoe"]) == ()


def test_in_a_time_out_none_is_delivered_to_anyone(journal: rc.MemoryJournal) -> None:
    """Whoever called it; and when the caller is back, they come."""
    pause = rc.TimeOut.call(id="t1", circle=US, by="cy", at=NOW)
    keep(journal, pause)
    assert now(journal) == ()
    keep(journal, pause.returned(by="cy", at=NOW + HOUR))
    assert len(now(journal, NOW + HOUR)) == 3


def test_who_is_quiet_gets_none(journal: rc.MemoryJournal) -> None:
    """And the others get theirs: for them it is an ordinary evening."""
    keep(journal, rc.Quiet.go(id="q1", circle=US, by="ana", at=NOW))
    assert now(journal) == ()
    assert rc.nudges_now(journal.view("ben", circle="c1", at=NOW), ["ana"]) == ("ana",)


def test_who_answered_in_a_support_room_gets_none(journal: rc.MemoryJournal) -> None:
    """As in a quiet time; and the others get theirs."""
    keep(journal, rc.SupportRoom.tell(id="u1", circle=US, by="ana", at=NOW))
    assert now(journal) == ()
    assert rc.nudges_now(journal.view("ben", circle="c1", at=NOW), ["ana"]) == ("ana",)


def test_boundaries_and_the_own_cap_count_together(journal: rc.MemoryJournal) -> None:
    """Ben has nudged ana twice within a day, so only cy's fits; in quiet hours none; and a cap of one is a cap."""
    b = rc.Boundaries.of(rc.FrequencyLimit(most=2, within=24 * HOUR), id="b1", circle=US, by="ana", at=NOW)
    b = b.contacted("ana", by="ben", at=NOW).contacted("ana", by="ben", at=NOW + HOUR / 2)
    keep(journal, b.add_layer(NIGHTS, by="ana", at=NOW))
    assert now(journal, NOW + HOUR / 2) == ("cy",)
    assert now(journal, NOW + HOUR) == ()
    cap = rc.Entry(circle="c1", author="ana", id="cap", at=NOW, body=rc.NudgeCap(most=1))
    journal.append(cap, acting="ana")
    assert now(journal, NOW + HOUR / 2, delivered=[NOW]) == ()
    assert now(journal, NOW + HOUR / 2, delivered=[NOW - 24 * HOUR]) == ("cy",)


@given(st.lists(st.sampled_from(["ben", "cy", "zoe"])), st.none() | st.integers(0, 4))
def test_never_more_than_wait_and_in_the_same_order(waiting: list[str], most: int | None) -> None:
    """What is delivered is a beginning of what may be delivered."""
    journal = rc.MemoryJournal()
    journal.found(US, by="ana", at=NOW - HOUR)
    if most is not None:
        cap = rc.Entry(circle="c1", author="ana", id="cap", at=NOW, body=rc.NudgeCap(most=most))
        journal.append(cap, acting="ana")
    free = [by for by in waiting if by != "zoe"]
    assert (
        list(rc.nudges_now(journal.view("ana", circle="c1", at=NOW), waiting))
        == free[: len(free) if most is None else most]
    )
