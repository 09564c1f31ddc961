"""Laws of support rooms: one's own outlook keeps its shape, nobody else's changes, and help never stands alone."""

import datetime as dt
from random import Random
from typing import Final

import pendulum
from attrs import evolve
from hypothesis import event, example, given, settings
from hypothesis import strategies as st
from tests.laws.test_outlook_laws import HOURS, NOW, STEPS, lived

import reconnect as rc
from reconnect.edges.testing.stories import FIRST, STRANGER
from reconnect.edges.testing.support import directories, support_rooms
from reconnect.practice.support import RoomClosed
from reconnect.temporal.instant import as_instant

Steps = list[tuple[str, str, dt.timedelta]]
READERS: Final = st.sampled_from(("ana", "ben"))
OTHER: Final = {"ana": "ben", "ben": "ana"}
TICK: Final = dt.timedelta(microseconds=1)
DAY: Final = dt.timedelta(days=1)
HELP: Final = (
    rc.Help(name="A line", reach="call 123"),
    rc.Help(name="Two chairs", reach="write to us", whom=rc.HelpKind.COUPLE),
    rc.Help(name="A listener", reach="knock"),
)
ALONE: Final = (HELP[0], HELP[2])
FEWER: Final = settings(max_examples=max(10, settings().max_examples // 2))


def answered(journal: rc.MemoryJournal, reader: str, at: pendulum.DateTime) -> bool:
    """Let somebody answer in a room of their own, if they are still there."""
    try:
        journal.append(*rc.SupportRoom.tell("words", id="u1", circle="c1", by=reader, at=at).acts, acting=reader)
    except rc.errors.NotAMember:
        return False
    return True


def moments(phrase: rc.Phrase) -> list[object]:
    """Return the times and lengths that a sentence tells."""
    return [value for _, value in phrase.params if isinstance(value, dt.datetime | dt.timedelta)]


@FEWER
@given(STEPS, READERS, HOURS, st.booleans())
def test_a_room_keeps_the_shape_of_ones_own_outlook_and_changes_nobody_elses(
    steps: Steps,
    reader: str,
    later: dt.timedelta,
    quiet: bool,  # noqa: FBT001 - drawn, not passed
) -> None:
    """Nothing joint is offered to whoever answered; every slot stays, with the same times; all others see the same."""
    journal = lived(2, [step for step in steps if step[2] <= later])
    at = NOW + later
    if quiet and reader in journal.view(reader, circle="c1", at=at).members:
        journal.append(*rc.Quiet.go(id="quiet-now", circle="c1", by=reader, at=at).acts, acting=reader)
    mine, theirs = (
        rc.outlook(journal.view(who, circle="c1", at=at), directory=HELP) for who in (reader, OTHER[reader])
    )
    if not answered(journal, reader, at):
        return
    look = rc.outlook(journal.view(reader, circle="c1", at=at), directory=HELP)
    assert rc.outlook(journal.view(OTHER[reader], circle="c1", at=at), directory=HELP) == theirs
    assert (look.open, look.next, look.turn, look.again, look.follow_up) == ((), None, None, (), None)
    assert (look.awaiting, look.new_times, look.questions) == ((), (), ())
    assert look.slots == mine.slots
    assert set(look.holds) <= set(mine.holds)
    assert look.changes_at == mine.changes_at or mine.support.together
    assert (look.support.alone, look.support.together) == (ALONE, ())
    if mine.quiet:
        assert evolve(look, support=mine.support) == mine  # a room is unseen in a quiet time, even by oneself
    else:
        own, joint = list(look.slots.solo()), list(mine.slots.joint(to=reader, gently=mine.gently))
        event(f"sentences in slots: {len(own)}")
        assert look.phrases()[: len(own)] == tuple(own)
        assert [moments(phrase) for phrase in own] == [
            [] if phrase.key.startswith("rotation.theirs_open") else moments(phrase) for phrase in joint
        ]
        assert not any(phrase.key.startswith(("outlook.open", "outlook.next", "rotation.")) for phrase in own)


@FEWER
@given(STEPS, READERS, HOURS)
def test_what_is_told_without_being_kept_does_the_same(steps: Steps, reader: str, later: dt.timedelta) -> None:
    """An answer handed over as `told=` gives the outlook and the table of a kept one, and nothing is written."""
    journal = lived(2, [step for step in steps if step[2] <= later])
    at = NOW + later
    view, before = journal.view(reader, circle="c1", at=at), list(journal.everything())
    told = rc.FearAnswer(words="something else")
    transient = rc.outlook(view, told=told, directory=HELP)
    ahead = rc.Window(at - DAY, at + 2 * DAY)
    keys = [o for s in view.all(rc.CheckInSchedule) for o in s.occurrences(ahead)]
    rows = [rc.precedence(view, o, told=told) for o in keys]
    assert list(journal.everything()) == before
    assert rc.is_solo(view, told=told)
    assert rc.has_answered(view, told=told)
    if answered(journal, reader, at):
        view = journal.view(reader, circle="c1", at=at)
        assert rc.outlook(view, directory=HELP) == transient
        assert [rc.precedence(view, o) for o in keys] == rows
        assert {row.by for row in rows} <= {rc.Decider.QUIET, rc.Decider.SUPPORT}


@FEWER
@given(STEPS, READERS, HOURS)
def test_an_outlook_of_ones_own_stays_until_it_says_it_changes(steps: Steps, reader: str, later: dt.timedelta) -> None:
    """With an answer in a room, the outlook at any instant before `changes_at` is the same outlook."""
    journal = lived(2, [step for step in steps if step[2] <= later])
    if not answered(journal, reader, NOW + later):
        return
    look = rc.outlook(journal.view(reader, circle="c1", at=NOW + later), directory=HELP)
    last = NOW + later + 40 * DAY if look.changes_at is None else look.changes_at - TICK
    then = rc.outlook(journal.view(reader, circle="c1", at=as_instant(last)), directory=HELP)
    assert evolve(then, at=look.at) == look


@FEWER
@given(STEPS, READERS, HOURS)
def test_closing_a_room_brings_back_all_that_is_joint(steps: Steps, reader: str, later: dt.timedelta) -> None:
    """Once closed, an outlook is as if there had never been a room, but for help for a couple."""
    journal = lived(2, [step for step in steps if step[2] <= later])
    at = NOW + later + TICK
    before = rc.outlook(journal.view(reader, circle="c1", at=at), directory=HELP)
    if not answered(journal, reader, NOW + later):
        return
    room = journal.view(reader, circle="c1", at=at).state(rc.SupportRoom, "u1").close(by=reader, at=at)
    journal.append(*room.acts, acting=reader)
    look = rc.outlook(journal.view(reader, circle="c1", at=at), directory=HELP)
    assert look == evolve(before, support=evolve(before.support, together=()))


@given(support_rooms(), st.integers(-1, 40), st.randoms(use_true_random=False))
def test_a_room_rests_on_its_authors_latest_word(room: rc.SupportRoom, steps: int, rng: Random) -> None:
    """At equal instants an answer wins; order and copies mean nothing, and strangers are not heard."""
    at = FIRST + dt.timedelta(minutes=30 * steps)
    heard = [act for act in room.acts if act.at <= at and act.author != STRANGER]
    latest = max((act.at for act in heard), default=None)
    last = [act for act in heard if act.at == latest]
    expected = any(isinstance(act.body, rc.FearAnswer) for act in last)
    assert room.holds(at=at) == expected
    shuffled = rng.sample(room.acts, len(room.acts))
    assert evolve(room, acts=(*shuffled, *shuffled[:2])).holds(at=at) == expected


@given(directories(), STEPS, st.booleans())
def test_help_for_one_person_depends_on_nothing(
    directory: tuple[rc.Help, ...],
    steps: Steps,
    leaves: bool,  # noqa: FBT001 - drawn, not passed
) -> None:
    """Whatever people did, who is quiet and who left: it is there; and help for a couple never stands alone."""
    more: Steps = [("leave", "ana", dt.timedelta(days=131))] if leaves else []
    view = lived(2, [*steps, *more]).view("ana", circle="c1", at=NOW + 132 * DAY)
    look = rc.outlook(view, directory=directory)
    assert look.support == rc.support(view, directory)
    assert look.support.alone == tuple(each for each in directory if each.whom is rc.HelpKind.INDIVIDUAL)
    assert look.support.alone or not look.support.together
    assert all(rc.render(phrase).endswith(each.reach) for phrase, each in zip(
        look.support.phrases(), (*look.support.together, *look.support.alone), strict=True
    ))  # fmt: skip  # one sentence for each


# Often just before a check-in begins, after its window has opened.
MINUTES: Final = st.integers(0, 60 * 24).map(lambda hours: hours * 60) | st.integers(1, 9).map(
    lambda n: (7 * n - 2) * 24 * 60 + 50
)
MONDAY: Final = pendulum.datetime(2026, 1, 5, 19)
WEEKS: Final = st.lists(st.sampled_from(("silent", "silent", "held", "paused", "skipped")), max_size=9)


def weeks(told: list[str], *, every: int = 1, until: pendulum.DateTime | None = None) -> rc.MemoryJournal:
    """Return the journal of two people with a check-in on Mondays, and what became of each, as far as it is written."""
    people = tuple(rc.Person(id=name, zone="UTC") for name in ("ana", "ben"))
    us = rc.Circle(id="c1", members=people)
    journal = rc.MemoryJournal()
    journal.found(us, by="ana", at=MONDAY - DAY)
    rule = rc.Recurrence.weekly("MO", time="20:00", zone="UTC", starts=dt.date(2026, 1, 5), every=every)
    p = rc.Proposal.of(rc.Rhythm.of(rule), id="p1", circle=us, by="ana", at=MONDAY - DAY)
    p = p.accept(by="ben", offer=p.offer.id, at=MONDAY - DAY)
    s = rc.CheckInSchedule.of(p, id="s1", by="ana", at=MONDAY - DAY)
    due = s.occurrences(rc.Window(MONDAY, MONDAY + 7 * every * max(1, len(told)) * DAY))
    for what, occurrence in zip(told, due, strict=False):
        if what == "held":
            s = s.hold(occurrence.key, by="ben", at=occurrence.start)
        if what == "paused":
            s = s.pause(occurrence.window, by="ana", at=occurrence.start - DAY)
        if what == "skipped":
            s = s.skip(occurrence.key, by="ana", at=occurrence.start)
    for act in (*p.acts, *s.acts):
        if until is None or act.at <= until:
            journal.append(act, acting=act.author)
    return journal


def nudge(journal: rc.MemoryJournal, at: pendulum.DateTime) -> None:
    """Let both say "nudge us"."""
    both = rc.Invitation.of(id=f"i-{at}", circle="c1", by="ana", at=at).renew(by="ben", at=at)
    for act in both.acts:
        journal.append(act, acting=act.author)


@given(
    WEEKS, st.integers(0, 80 * 24) | st.integers(4, 11).map(lambda n: n * 168), st.sampled_from([-TICK, 0 * TICK, TICK])
)
@example(["silent", "held", "silent", "silent"], 28 * 24, TICK)
@example(["silent", "paused", "paused", "silent"], 28 * 24, 0 * TICK)
def test_a_silence_of_weeks_is_counted_by_a_plain_rule(told: list[str], hours: int, off: dt.timedelta) -> None:
    """In each of the last two fortnights a check-in was due, and none took place; what was paused was not due."""
    journal = weeks(told)
    at = as_instant(MONDAY + dt.timedelta(hours=hours + 1) + off)
    starts = [(MONDAY + dt.timedelta(hours=1) + 7 * n * DAY, what) for n, what in enumerate([*told, *["silent"] * 20])]

    def plain(since: pendulum.DateTime, until: pendulum.DateTime) -> list[str]:
        past = [(start, what) for start, what in starts if since < start <= until]
        return [what for start, what in past if what == "held" or at >= start + dt.timedelta(hours=2)]

    halves = [plain(at - 28 * DAY, at - 14 * DAY), plain(at - 14 * DAY, at)]
    expected = all("silent" in half and "held" not in half for half in halves)
    event(f"silent: {expected}")
    view = journal.view("ana", circle="c1", at=at)
    assert rc.silent_for_weeks(view) == expected
    assert rc.support(view, HELP).together == ()  # nobody said "nudge us"
    nudge(journal, as_instant(at - DAY)) if at > MONDAY + DAY else None
    view = journal.view("ana", circle="c1", at=at)
    assert bool(rc.support(view, HELP).together) == (expected and at > MONDAY + DAY)
    assert rc.support(view, HELP).together == rc.support(journal.view("ben", circle="c1", at=at), HELP).together


@given(WEEKS, MINUTES, st.integers(1, 2), st.booleans())
@example(told=["silent", "paused", "paused", "silent"], minutes=26 * 24 * 60 + 50, every=1, nudged=True)
def test_help_stays_as_it_is_until_the_outlook_says_it_changes(
    told: list[str],
    minutes: int,
    every: int,
    nudged: bool,  # noqa: FBT001 - drawn, not passed
) -> None:
    """Help for a couple comes and goes only at the instants that an outlook names."""
    at = MONDAY + 2 * DAY + dt.timedelta(minutes=minutes)
    journal = weeks(told, every=every, until=at)
    nudge(journal, at - DAY) if nudged else None
    look = rc.outlook(journal.view("ana", circle="c1", at=at), directory=HELP)
    event(f"together: {bool(look.support.together)}")
    assert look.changes_at is not None
    then = rc.outlook(journal.view("ana", circle="c1", at=as_instant(look.changes_at - TICK)), directory=HELP)
    assert evolve(then, at=look.at) == look


@given(WEEKS, st.booleans(), st.booleans())
def test_after_an_answer_help_is_for_one_person_only(
    told: list[str],
    kept: bool,  # noqa: FBT001 - drawn, not passed
    closed: bool,  # noqa: FBT001 - drawn, not passed
) -> None:
    """However silent the weeks are, whoever ever answered is shown no help for a couple, and their partner still is."""
    journal = weeks([*told, *["silent"] * 5])
    at = MONDAY + (7 * len(told) + 33) * DAY
    nudge(journal, at - DAY)
    assert rc.support(journal.view("ana", circle="c1", at=at), HELP).together == HELP[1:2]
    if kept:
        room = rc.SupportRoom.tell(id="u1", circle="c1", by="ana", at=at - 2 * DAY)
        room = room.close(by="ana", at=at - DAY) if closed else room
        assert isinstance(room.acts[-1].body, RoomClosed) == closed
        journal.append(*room.acts, acting="ana")
    view = journal.view("ana", circle="c1", at=at)
    found = rc.support(view, HELP, told=None if kept else rc.FearAnswer())
    assert (found.alone, found.together) == (ALONE, ())
    assert rc.support(journal.view("ben", circle="c1", at=at), HELP).together == HELP[1:2]
