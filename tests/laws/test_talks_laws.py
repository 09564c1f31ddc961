"""What is always true of the talks in an outlook, whatever people say in them and around them."""

import datetime as dt
from contextlib import suppress
from typing import Final

import pendulum
from hypothesis import event, given
from hypothesis import strategies as st

import reconnect as rc
from reconnect.errors import ReconnectError
from reconnect.language.listening.acts import Word
from reconnect.language.listening.words import REMINDERS
from reconnect.practice.talks import talks

NOW: Final = pendulum.datetime(2026, 1, 5, 19)
PEOPLE: Final = ("ana", "ben", "cy")
GAPS: Final = st.sampled_from((0, 0, 0, 1, 1, 1, 10, 20, 60, 24 * 60)).map(lambda m: dt.timedelta(minutes=m))
OFTEN: Final = ("step", "step", "step", "suits", "suits", "time-out", "return")
SELDOM: Final = ("ask", "later", "later", "not then", "pause", "go on", "other step", "other step", "stop", "leave")
STEPS: Final = st.lists(st.tuples(st.sampled_from((*2 * OFTEN, *SELDOM)), st.sampled_from(PEOPLE), GAPS), max_size=9)
TICK: Final = dt.timedelta(microseconds=1)


def act(  # noqa: C901, PLR0911 - one case for each thing that people can do
    view: rc.View, what: str
) -> rc.Story | rc.Entry | None:
    """Let the reader of a view do one thing."""
    me, at = view.reader, view.at
    talk = next(iter(view.all(rc.Listening)[-1:]), None)
    pause = next(iter(view.all(rc.TimeOut)[-1:]), None)
    match what:
        case "ask" | "later":
            start = at if what == "ask" else at + dt.timedelta(hours=5)
            return rc.Listening.ask(id=f"l-{me}-{at:%d%H%M}", circle=view.circle, by=me, at=at, start=start)
        case "suits" if talk and (named := talk.proposed(at=at)) is not None:
            return talk.suits(named, by=me, at=at)
        case "not then" if talk:
            return talk.another_time(by=me, at=at)
        case "step" | "other step" if talk and (floor := talk.floor(at=at)):
            word = sorted(floor.words, key=lambda word: word.value)[0 if what == "step" else -1]
            return _step(talk, floor.person, word, at) if floor.person == me else None
        case "pause" if talk:
            return talk.pause(by=me, at=at)
        case "go on" if talk:
            return talk.go_on(by=me, at=at)
        case "stop" if talk:
            return talk.stop(by=me, at=at)
        case "time-out":
            return rc.TimeOut.call(id=f"t-{me}-{at:%d%H%M}", circle=view.circle, by=me, at=at)
        case "return" if pause:
            return pause.returned(by=me, at=at)
        case "leave":
            body = rc.Left()
            return rc.Entry(circle="c1", author=me, id=f"left-{me}", at=at, body=body, audience=rc.Shared())
        case _:
            return None


def _step(talk: rc.Listening, by: str, word: Word, at: pendulum.DateTime) -> rc.Listening:
    said = {
        Word.SPOKE: talk.speak,
        Word.SAID_BACK: talk.say_back,
        Word.GOT_IT: talk.got_it,
        Word.NOT_QUITE: talk.not_quite,
        Word.ASKED_FOR_MORE: talk.ask_for_more,
        Word.NO_MORE: talk.no_more,
        Word.CLARIFIED: talk.clarify,
        Word.VALIDATED: talk.validate,
        Word.EMPATHISED: talk.empathise,
        Word.PASSED_ON: talk.pass_on,
    }
    return said[word](by=by, at=at)


@st.composite
def evenings(draw: st.DrawFn) -> tuple[rc.MemoryJournal, pendulum.DateTime]:
    """Draw an evening of two or three people, who mostly listen to each other, and when it is looked at."""
    count = draw(st.integers(2, 3))
    us = rc.Circle(id="c1", members=tuple(rc.Person(id=each, zone="UTC") for each in PEOPLE[:count]))
    journal = rc.MemoryJournal()
    journal.found(us, by="ana", at=NOW)
    at = NOW
    opening = [
        ("ask", "ana", dt.timedelta(0)),
        *(("suits", each, dt.timedelta(0)) for each in us.ids[1:]),
        ("step", "ana", at - at),
    ]
    begun, last = draw(st.sampled_from((4, 4, 4, 3, 1, 0))), draw(st.sampled_from((1, 1, 0)))
    closing = [("time-out", "ben", dt.timedelta(minutes=1))]
    for what, who, gap in [*opening[:begun], *draw(STEPS), *closing[:last]]:
        at += gap
        if who not in us.ids:
            continue
        with suppress(ReconnectError):
            made = act(journal.view(who, circle="c1", at=at), what)
            mine = made.acts_of(who) if isinstance(made, rc.Story) else (made,) if made is not None else ()
            journal.append(*mine, acting=who)
    return journal, at + draw(st.sampled_from((0, 0, 1, 30, 90))) * dt.timedelta(minutes=1)


@given(evenings(), st.data())
def test_until_it_turns_what_is_told_of_talks_stays_as_it_is(
    evening: tuple[rc.MemoryJournal, pendulum.DateTime], data: st.DataObject
) -> None:
    """Between now and the first turning, a later view with nothing new in it has the same holds and turnings."""
    journal, at = evening
    reader = data.draw(st.sampled_from(PEOPLE[:2]))
    now = talks(journal.view(reader, circle="c1", at=at))
    ahead = sorted(edge for edge in now.turning if edge > at)
    end = ahead[0] if ahead else at.add(days=30)
    share = data.draw(st.sampled_from((0.5, 1.0, 1.0)))
    later = at + (end - TICK - at) * share
    event(f"holds: {len(now.holds)}, turns: {bool(ahead)}")
    then = talks(journal.view(reader, circle="c1", at=later))
    assert then.holds == now.holds
    assert sorted(edge for edge in then.turning if edge > later) == ahead
    assert all(hold.until is not None and hold.until > at for hold in now.holds)


@given(evenings(), st.sampled_from(PEOPLE[:2]))
def test_a_talk_is_told_of_once_and_never_when_it_is_over(
    evening: tuple[rc.MemoryJournal, pendulum.DateTime], reader: str
) -> None:
    """One hold for a talk at most; none for one that ended; and no reminder is among them."""
    journal, at = evening
    view = journal.view(reader, circle="c1", at=at)
    holds = talks(view).holds
    assert len({hold.about for hold in holds}) == len(holds)
    assert not {hold.phrase for hold in holds} & set(REMINDERS)
    over = {talk.id for talk in view.all(rc.Listening) if talk.stage(at=at) in {rc.Stage.STOPPED, rc.Stage.HEARD}}
    assert not {hold.about for hold in holds} & over


@given(evenings())
def test_in_a_time_out_nobody_is_asked_for_a_step(evening: tuple[rc.MemoryJournal, pendulum.DateTime]) -> None:
    """While somebody is away, what is told is that the talk waits, to those it concerns, and nothing else."""
    journal, at = evening
    for reader in PEOPLE[:2]:
        view = journal.view(reader, circle="c1", at=at)
        running = [each for each in view.all(rc.TimeOut) if each.phase(at=at).value in {"resting", "ready", "waiting"}]
        keys = {hold.phrase.key for hold in talks(view).holds}
        event(f"a time-out: {bool(running)}, something told: {bool(keys)}")
        if running:
            assert keys <= {"listening.paused", "listening.paused_yours"}
