"""What other apps got wrong about pauses: each is a behaviour that the house as a whole gets right."""

import datetime as dt
from typing import Final

import pytest
from attrs import evolve, fields
from hypothesis import given
from hypothesis import strategies as st
from tests.practice.house import BEGAN, DAY, HOUR, MINUTE, NOW, RHYTHM, TICK, US, agree, keep, look, say

import reconnect as rc
from reconnect.language.phrasebook import render
from reconnect.primitives.recovery.acts import Called
from reconnect.primitives.recovery.call import FLOOR
from reconnect.primitives.recovery.words import of_pause

DAYS: Final = rc.Window(BEGAN + 3 * DAY, NOW - HOUR)  # every evening in them has passed
BEGUN: Final = rc.CheckInSchedule.of(agree(RHYTHM, "p1"), id="s1", by="ana", at=BEGAN + 2 * DAY)
EVENINGS: Final = tuple(BEGUN.occurrences(DAYS))


def begun(*holding: int) -> rc.MemoryJournal:
    """Return a journal with a check-in every evening, of which people held these."""
    journal, schedule = rc.MemoryJournal(), BEGUN
    journal.found(US, by="ana", at=BEGAN)
    for number in holding:
        schedule = schedule.hold(EVENINGS[number].key, by="ben", at=EVENINGS[number].start)
    keep(journal, schedule)
    return journal


def counted(journal: rc.Journal) -> rc.Counts:
    """Count the evenings that have passed."""
    return look(journal, "ana", NOW).counts("s1", DAYS)


def paused(number: int, *, by: str = "ana", name: str = "t1", **more: dt.datetime) -> rc.TimeOut:
    """Let somebody call a time-out just before an evening's check-in, and come back the next morning."""
    at = EVENINGS[number].start - MINUTE
    called = rc.TimeOut.call(id=name, circle=US, by=by, at=at, topic="money", **more)
    return called.returned(by=by, at=at + 10 * HOUR)


@given(st.sets(st.integers(0, len(EVENINGS) - 1)), st.sets(st.integers(0, len(EVENINGS) - 1)))
def test_a_cooldown_lowers_nothing(held: set[int], hard: set[int]) -> None:
    """couples_therapy turns 15 of 15 points into 0 for one cooldown in a week: none lowers anything."""
    journal = begun(*sorted(held))
    before = counted(journal)
    keep(journal, *(paused(number, name=f"t{number}") for number in sorted(hard)))
    after = counted(journal)
    assert after.held == before.held
    assert before.adherence is not None
    assert after.adherence is None or after.adherence >= before.adherence
    assert (after.adherence is None) == (not held and len(hard) == len(EVENINGS))


@pytest.mark.parametrize("named", [None, 1 * MINUTE, 10 * MINUTE, 20 * MINUTE - TICK])
def test_ten_minutes_are_no_time_to_calm_down(named: dt.timedelta | None) -> None:
    """couples_therapy's cooldown takes ten minutes unless somebody changes it: here twenty, whatever is named."""
    assert FLOOR == 20 * MINUTE
    pause = rc.TimeOut.call(id="t1", circle=US, by="ana", at=NOW, back_at=None if named is None else NOW + named)
    assert pause.phase(at=NOW + 20 * MINUTE - TICK) is rc.Phase.RESTING
    assert pause.back_at(at=NOW) == NOW + 20 * MINUTE


@pytest.mark.parametrize("to", ["ana", "ben"])
def test_a_pause_says_when_the_caller_is_back(to: str) -> None:
    """couples_therapy's cooldown names no return: here there always is one, and everyone is told when it is."""
    for back_at in (None, NOW + 45 * MINUTE):
        pause = rc.TimeOut.call(id="t1", circle=US, by="ana", at=NOW, back_at=back_at)
        back = pause.back_at(at=NOW)
        assert back is not None
        assert NOW < back <= NOW + DAY
        for minutes in (0, 30):
            said = pause.phrase(to=to, at=NOW + minutes * MINUTE)
            assert dict(said.params)["back"] == back


def test_a_pause_is_not_one_sided() -> None:
    """couples_therapy's cooldown is one-sided: here each of them calls their own, also at one moment."""
    both = rc.TimeOut.call(id="t1", circle=US, by="ana", at=NOW)
    theirs = rc.TimeOut.call(id="t1", circle=US, by="ben", at=NOW, back_at=NOW + 2 * HOUR)
    both = evolve(both, acts=(*both.acts, *theirs.acts))
    assert {call.by for call in both.calls(at=NOW)} == {"ana", "ben"}
    assert both.returned(by="ana", at=NOW + HOUR).phase(at=NOW + HOUR) is rc.Phase.READY
    for by in US.ids:
        assert rc.TimeOut.call(id="t2", circle=US, by=by, at=NOW).phase(at=NOW) is rc.Phase.RESTING


def test_evenings_that_were_all_paused_are_no_full_marks() -> None:
    """CareKit calls nothing due 100 %: a week of time-outs is no rate at all, neither full marks nor none."""
    journal = begun()
    keep(journal, *(paused(number, name=f"t{number}") for number in range(len(EVENINGS))))
    assert counted(journal) == rc.Counts(kept_closed=len(EVENINGS))
    assert counted(journal).adherence is None


def test_a_break_neither_rewards_nor_punishes_whatever_it_is_called() -> None:
    """Users of uhabits (#88, #630) and beaverhabits (#147) beg for this: a pause or time-outs leave the rate alone."""
    rate = counted(begun(0, 1)).adherence
    assert rate is not None
    short = rc.Window(DAYS.start, EVENINGS[3].start)
    before = look(begun(0, 1), "ana", EVENINGS[3].start).counts("s1", short)
    planned, hard = begun(0, 1), begun(0, 1)
    keep(planned, BEGUN.pause(rc.Window(EVENINGS[3].start - HOUR, NOW + DAY), by="ben", at=EVENINGS[2].start))
    keep(hard, *(paused(number, name=f"t{number}") for number in range(3, len(EVENINGS))))
    assert counted(planned).adherence == counted(hard).adherence == before.adherence
    assert before.adherence is not None
    assert before.adherence > rate


def test_nothing_that_closed_in_a_pause_is_sent_again_by_an_edit() -> None:
    """Beiwe and RADAR send old prompts again after an edit: what a time-out kept closed stays closed afterwards."""
    journal = begun(0)
    keep(journal, paused(2))
    last = EVENINGS[2]
    morning = last.start + 14 * HOUR
    edited = evolve(RHYTHM, late=5 * HOUR)
    p = rc.Proposal.of(edited, id="p2", circle=US, by="ben", at=morning, about="s1")
    keep(journal, p.accept(by="ana", offer=p.offer.id, at=morning))
    for at in (morning, morning + HOUR, EVENINGS[3].start):
        view = look(journal, "ana", at)
        assert last.key not in {o.key for o in rc.outlook(view).open}
        assert view.standing(last) is rc.Standing.LET_GO
        assert view.counts("s1", rc.Window(DAYS.start, last.window.end)).due == 2


def test_what_a_pause_kept_closed_is_offered_again_once_and_passes() -> None:
    """Prompts of Beiwe and RADAR do not expire: what is offered again after a time-out goes by itself, within hours."""
    journal, last = begun(), EVENINGS[2]
    called = rc.TimeOut.call(id="t1", circle=US, by="ana", at=last.start - MINUTE)
    back = last.window.end + HOUR
    keep(journal, called.returned(by="ana", at=back))
    again = {
        hours: [o.key for o in rc.outlook(look(journal, "ben", last.window.end + hours * HOUR)).again]
        for hours in (0, 2, 11, 12, 40)
    }
    assert again == {0: [], 2: [last.key], 11: [last.key], 12: [], 40: []}


def test_no_pause_can_be_told_by_its_length() -> None:
    """Couples apps keep scores of each person: nothing here says, or credits, how long somebody was away."""
    quick = rc.TimeOut.call(id="t1", circle=US, by="ana", at=NOW, topic="money").returned(by="ana", at=NOW + MINUTE)
    slow = evolve(quick, acts=(quick.acts[0],)).returned(by="ana", at=NOW + 23 * HOUR)
    assert rc.credited([quick], at=NOW + DAY) == rc.credited([slow], at=NOW + DAY) != ()
    assert not {each.name for each in fields(rc.Credit)} & {"at", "length", "after", "how_fast", "minutes"}
    texts = [
        render(of_pause(story.phase(at=NOW + DAY), story.calls(at=NOW + DAY)[0], to="ben"), locale="en", zone="UTC")
        for story in (quick, slow)
    ]
    assert texts[0] == texts[1]


def test_a_late_call_lowers_nothing_either() -> None:
    """A call that arrives a day late, from a phone that was off, counts from when it was said, and lowers nothing."""
    journal = begun(0, 1)
    before = counted(journal)
    at = EVENINGS[4].start - MINUTE
    journal.append(say("ben", Called(topic="money"), "t9", at, "late"), acting="ben")
    after = counted(journal)
    assert (after.held, after.due) == (before.held, before.due - 1)
