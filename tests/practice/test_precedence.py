"""The table of what goes first, row by row, and every set of rows at once, on journals that people wrote."""

import datetime as dt
from collections.abc import Callable
from itertools import chain, combinations
from typing import Final

import pendulum
import pytest
from attrs import evolve

import reconnect as rc
from reconnect.practice.precedence import Decider, Decision, Rows, decided, precedence

EVENING: Final = pendulum.datetime(2026, 1, 6, 20, tz="Europe/Paris")  # a check-in is open until an hour later
MINUTE: Final = dt.timedelta(minutes=1)
HOUR: Final = dt.timedelta(hours=1)
DAY: Final = dt.timedelta(days=1)
DAYS: Final = rc.Window(EVENING.subtract(hours=12), EVENING.add(hours=12))
US: Final = rc.Circle(
    id="c1", members=(rc.Person(id="ana", zone="Europe/Paris"), rc.Person(id="ben", zone="Asia/Tokyo"))
)
QUIET: Final = rc.QuietHours(hours=rc.WeeklyHours("Europe/Paris", {"TU": ["19:00-23:00"]}))


def keep(journal: rc.MemoryJournal, *stories: rc.Story) -> None:
    """Let everyone write down their own part of some stories."""
    for story in stories:
        for act in story.acts:
            journal.append(act, acting=act.author)


def agree(value: rc.Body, id_: str) -> rc.Proposal:
    """Let both say yes to something."""
    p = rc.Proposal.of(value, id=id_, circle=US, by="ana", at=EVENING - 9 * DAY)
    return p.accept(by="ben", offer=p.offer.id, at=EVENING - 8 * DAY)


def begun() -> tuple[rc.MemoryJournal, rc.CheckInSchedule]:
    """Return the journal of two people with a check-in every evening, and terms for coming back."""
    journal = rc.MemoryJournal()
    journal.found(US, by="ana", at=EVENING - 10 * DAY)
    rule = rc.Recurrence.daily(time="20:00", zone="Europe/Paris", starts=dt.date(2025, 12, 30))
    s = rc.CheckInSchedule.of(
        agree(rc.Rhythm.of(rule, early=0 * HOUR, late=HOUR), "p1"), id="s1", by="ana", at=EVENING - 8 * DAY
    )
    keep(journal, s, agree(rc.RecoveryTerms(), "p2"))
    return journal, s


def quiet(s: rc.CheckInSchedule) -> rc.Story:  # noqa: ARG001 - every row has the schedule at hand
    """Let Ana go quiet."""
    return rc.Quiet.go(id="q1", circle="c1", by="ana", at=EVENING - HOUR)


def support(s: rc.CheckInSchedule) -> rc.Story:  # noqa: ARG001 - every row has the schedule at hand
    """Let Ana say in a room of her own that something frightens her."""
    return rc.SupportRoom.tell(id="u1", circle="c1", by="ana", at=EVENING - HOUR)


def time_out(s: rc.CheckInSchedule) -> rc.Story:  # noqa: ARG001 - every row has the schedule at hand
    """Let Ben call a time-out, and come back two hours later."""
    called = rc.TimeOut.call(id="t1", circle="c1", by="ben", at=EVENING - MINUTE)
    return called.returned(by="ben", at=EVENING + 2 * HOUR)


def pause(s: rc.CheckInSchedule) -> rc.Story:
    """Let Ana plan a pause until Thursday."""
    return s.pause(rc.Window(EVENING - DAY, EVENING + 2 * DAY), by="ana", at=EVENING - 2 * DAY)


def boundary(s: rc.CheckInSchedule) -> rc.Story:  # noqa: ARG001 - every row has the schedule at hand
    """Let Ben have quiet hours on Tuesdays."""
    return rc.Boundaries.of(QUIET, id="b1", circle="c1", by="ben", at=EVENING - 3 * DAY)


def recovery(s: rc.CheckInSchedule) -> rc.Story:  # noqa: ARG001 - every row has the schedule at hand
    """Let Ana come back from a time-out about money in the afternoon."""
    called = rc.TimeOut.call(id="t0", circle="c1", by="ana", at=EVENING - 6 * HOUR, topic="money")
    return called.returned(by="ana", at=EVENING - 4 * HOUR)


def turn(s: rc.CheckInSchedule) -> rc.Story:  # noqa: ARG001 - every row has the schedule at hand
    """Let both agree that they take turns by weeks, beginning with Ben."""
    weekly = rc.Recurrence.weekly("SU", time="09:00", zone="Asia/Tokyo", starts=dt.date(2026, 1, 4))
    p = agree(rc.RotationPlan.of(["ben", "ana"], handoff=weekly), "p3")
    return rc.Rotation.of(p, id="r1", by="ana", at=EVENING - 7 * DAY)


TABLE: Final[dict[str, Callable[[rc.CheckInSchedule], rc.Story]]] = {
    "quiet": quiet,
    "support": support,
    "time_out": time_out,
    "pause": pause,
    "boundary": boundary,
    "recovery": recovery,
    "turn": turn,
}
SETS: Final = list(chain.from_iterable(combinations(TABLE, size) for size in range(len(TABLE) + 1)))


@pytest.mark.parametrize("held", SETS, ids="+".join)
def test_the_first_row_that_applies_decides(held: tuple[str, ...]) -> None:
    """In every set of rows what is above decides, and what is below only decorates, if anything."""
    journal, s = begun()
    for row in held:
        keep(journal, TABLE[row](s))
    for reader in ("ana", "ben"):
        view = journal.view(reader, circle="c1", at=EVENING + MINUTE)
        own = {"quiet", "support"} if reader == "ana" else set[str]()
        upper = [row for row in held if row in {"time_out", "pause", "boundary"} | own]
        (tonight,) = view.state(rc.CheckInSchedule, "s1").occurrences(DAYS)
        told = precedence(view, tonight)
        assert (told.by and told.by.value) == next(iter(upper), None)
        assert told.opens == (not upper)
        assert bool(told.agenda) == ("recovery" in held and told.opens)
        assert told.resting == (("money",) if told.agenda else ())
        assert (told.turn and told.turn.holder) == ("ben" if "turn" in held and told.opens else None)
        assert rc.outlook(view).open == ((tonight,) if told.opens else ())
        closed = rc.Standing.NOT_DUE if {"time_out", "boundary"}.intersection(held) else rc.Standing.OPEN
        assert view.standing(tonight) is (rc.Standing.PAUSED if "pause" in held else closed)


@pytest.mark.parametrize("held", SETS, ids="+".join)
def test_what_was_kept_closed_counts_for_nothing(held: tuple[str, ...]) -> None:
    """An evening later: a pause is a pause, a break or quiet hours let go, and only what was free is unanswered."""
    journal, s = begun()
    for row in held:
        keep(journal, TABLE[row](s))
    counts = rc.Counts(due=1)
    if "pause" in held:
        counts = rc.Counts(paused=1)
    elif {"time_out", "boundary"}.intersection(held):
        counts = rc.Counts(kept_closed=1)
    for reader in ("ana", "ben"):
        view = journal.view(reader, circle="c1", at=EVENING + 5 * HOUR)
        assert view.counts("s1", DAYS) == counts
        own = reader == "ana" and not {"quiet", "support"}.isdisjoint(held)
        offered = "time_out" in held and "pause" not in held and not own
        assert len(rc.outlook(view).again) == offered


@pytest.mark.parametrize("held", [held for held in SETS if "boundary" in held], ids="+".join)
def test_while_quiet_hours_last_nothing_is_offered_again(held: tuple[str, ...]) -> None:
    """Back within quiet hours: what the break kept closed waits for their end, as the outlook says."""
    journal, s = begun()
    for row in held:
        keep(journal, TABLE[row](s))
    view = journal.view("ben", circle="c1", at=EVENING + 2 * HOUR)
    assert rc.outlook(view).again == ()
    end = EVENING + 3 * HOUR
    assert rc.outlook(view).changes_at == end
    assert "Check-ins rest until Wednesday 7 January at 07:00: you agreed so, or one of you asked for it." in [
        rc.render(phrase, zone=view.zone) for phrase in rc.outlook(view).phrases()
    ]


def test_each_row_says_until_when_it_decides() -> None:
    """As far as anybody can know if nobody says anything more: nobody knows when the caller will be back."""
    ends = {
        "time_out": EVENING - MINUTE + DAY,
        "pause": EVENING + 2 * DAY,
        "boundary": EVENING + 3 * HOUR,
        "quiet": None,
        "support": None,
    }
    for row, end in ends.items():
        journal, s = begun()
        keep(journal, TABLE[row](s))
        view = journal.view("ana", circle="c1", at=EVENING)
        (tonight,) = view.state(rc.CheckInSchedule, "s1").occurrences(DAYS)
        assert precedence(view, tonight).until == end


def test_a_time_out_that_begins_later_ends_what_one_that_is_over_left_open() -> None:
    """Of two time-outs the one that runs counts; of two that run, the one that ends last."""
    journal, s = begun()
    keep(journal, recovery(s), time_out(s))
    second = rc.TimeOut.call(id="t2", circle="c1", by="ana", at=EVENING)
    keep(journal, second)
    view = journal.view("ben", circle="c1", at=EVENING + MINUTE)
    (tonight,) = view.state(rc.CheckInSchedule, "s1").occurrences(DAYS)
    assert precedence(view, tonight) == Decision(by=Decider.TIME_OUT, until=EVENING + DAY)


def test_a_pause_that_ended_still_covers_the_check_in_that_it_paused() -> None:
    """The pause ended at 20:30; the check-in of 20:00 stays paused until its own window has passed."""
    journal, s = begun()
    keep(journal, s.pause(rc.Window(EVENING - HOUR, EVENING + 30 * MINUTE), by="ben", at=EVENING - DAY))
    view = journal.view("ana", circle="c1", at=EVENING + 40 * MINUTE)
    (tonight,) = view.state(rc.CheckInSchedule, "s1").occurrences(DAYS)
    assert precedence(view, tonight) == Decision(by=Decider.PAUSE, until=EVENING + HOUR)


def test_a_cooldown_holds_a_check_in_back_and_leaves_it_due() -> None:
    """Ben said that it was heated five minutes before: the check-in opens a little later, and there is time for it."""
    journal, _ = begun()
    b = rc.Boundaries.of(rc.Cooldown(), id="b1", circle="c1", by="ana", at=EVENING - DAY)
    keep(journal, b.heated(by="ben", at=EVENING - 5 * MINUTE))
    ready = EVENING + 15 * MINUTE
    for reader in ("ana", "ben"):
        view = journal.view(reader, circle="c1", at=ready - MINUTE)
        (tonight,) = view.state(rc.CheckInSchedule, "s1").occurrences(DAYS)
        assert precedence(view, tonight) == Decision(by=Decider.BOUNDARY, until=ready)
        assert (view.standing(tonight), rc.outlook(view).open) == (rc.Standing.NOT_DUE, ())
        assert rc.outlook(view).changes_at == ready
        view = journal.view(reader, circle="c1", at=ready)
        assert (view.standing(tonight), rc.outlook(view).open) == (rc.Standing.OPEN, (tonight,))
        assert journal.view(reader, circle="c1", at=EVENING + 2 * HOUR).counts("s1", DAYS) == rc.Counts(due=1)


def test_hours_that_are_always_quiet_hold_check_ins_back_without_a_time() -> None:
    """Where no end is known, none is named."""
    days = {day: ["00:00-24:00"] for day in ("MO", "TU", "WE", "TH", "FR", "SA", "SU")}
    journal, _ = begun()
    always = rc.QuietHours(hours=rc.WeeklyHours("UTC", days))
    keep(journal, rc.Boundaries.of(always, id="b1", circle="c1", by="ben", at=EVENING - DAY))
    view = journal.view("ana", circle="c1", at=EVENING)
    look = rc.outlook(view)
    assert "Check-ins rest for now: you agreed so, or one of you asked for it." in [
        rc.render(p) for p in look.phrases()
    ]
    (tonight,) = view.state(rc.CheckInSchedule, "s1").occurrences(DAYS)
    assert precedence(view, tonight) == Decision(by=Decider.BOUNDARY)
    assert look.open == ()


def test_asking_first_is_no_closed_door() -> None:
    """Someone wants to be asked: the check-in opens, and whoever opens it asks; every answer is fine."""
    journal, _ = begun()
    rule = rc.UnknownBody(name="example.knock_first", payload="{}")  # a rule of an app that is not installed here
    keep(journal, rc.Boundaries.of(rule, id="b1", circle="c1", by="ben", at=EVENING - DAY))
    view = journal.view("ana", circle="c1", at=EVENING)
    look = rc.outlook(view)
    (tonight,) = look.open
    assert precedence(view, tonight) == Decision(ask_first=("ben",))
    assert "Before a check-in, ask ben first; every answer is fine." in [rc.render(p) for p in look.phrases()]
    assert view.standing(tonight) is rc.Standing.OPEN


def test_a_topic_rests_also_where_nobody_came_back() -> None:
    """The break was left to end by itself; nearly two days after the call the topic still rests, and then no more."""
    journal, _ = begun()
    keep(journal, rc.TimeOut.call(id="t1", circle="c1", by="ben", at=EVENING - 20 * HOUR, topic="money"))
    for later, resting in ((DAY, ("money",)), (2 * DAY, ())):
        view = journal.view("ana", circle="c1", at=EVENING + later)
        tonight = next(view.state(rc.CheckInSchedule, "s1").occurrences(rc.Window.of(EVENING + later, HOUR)))
        assert precedence(view, tonight) == Decision(resting=resting)


def test_quiet_hours_of_someone_whom_the_check_ins_do_not_concern_change_nothing() -> None:
    """Ben has quiet hours, and the check-ins are only Ana's and Cy's."""
    people = (*US.members, rc.Person(id="cy", zone="UTC"))
    b = rc.Boundaries.of(QUIET, id="b1", circle=rc.Circle(id="c1", members=people), by="ben", at=EVENING - DAY)
    ruling, changes = rc.together(b, ("ana", "cy"), at=EVENING)
    assert (ruling.permits, changes) == (True, None)
    assert rc.together(b, ("ana", "ben"), at=EVENING)[0].not_before == EVENING + 3 * HOUR


def test_the_table_is_a_pure_function() -> None:
    """It can be read without a journal, and equal rows come to equal decisions."""
    assert decided(Rows()) == Decision()
    everything = Rows(quiet=True, time_out=DAYS, pause=DAYS, ruling=rc.Ruling(deny=True), resting=("money",))
    assert decided(everything) == Decision(by=Decider.QUIET)
    assert decided(evolve(everything, support=True)) == Decision(by=Decider.QUIET)
    assert decided(evolve(everything, quiet=False, support=True)) == Decision(by=Decider.SUPPORT)
