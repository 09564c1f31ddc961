"""What is always true of pauses and of what follows them, whatever people say, in whatever order it arrives."""

import datetime as dt
from itertools import pairwise
from random import Random
from typing import Any, Final

import pendulum
from attrs import evolve
from hypothesis import assume, given
from hypothesis import strategies as st
from tests.primitives.recovery.plain_model import Model

from reconnect.edges.testing.recovery import recoveries, time_outs, turning
from reconnect.people.topic import NEVER_WAITS
from reconnect.primitives.recovery import Phase, Recovery, RecoveryWindow, TimeOut, credited
from reconnect.primitives.recovery.acts import Called, SmallWin
from reconnect.record.entry import Entry, Private, Shared
from reconnect.record.story import Story, merge
from reconnect.temporal.instant import as_instant
from reconnect.temporal.window import Window

HOUR: Final = dt.timedelta(hours=1)
TICK: Final = dt.timedelta(microseconds=1)
FLOOR: Final = dt.timedelta(minutes=20)
SPOKEN: Final = {Phase.RETURNED, Phase.STOPPED}


def since(later: pendulum.DateTime, earlier: pendulum.DateTime) -> dt.timedelta:
    """Return the real time between two instants."""
    return dt.datetime.__sub__(later, earlier)


def around(story: Story) -> Window:
    """Return the days that matter for a story."""
    said = [act.at for act in story.acts]
    return Window(as_instant(min(said) - HOUR), as_instant(max(said) + 60 * HOUR))


@given(time_outs(), st.data())
def test_the_phase_is_what_a_plain_telling_of_the_rules_says(pause: TimeOut, data: st.DataObject) -> None:
    """Resting for 20 minutes, ready until the time named, waiting for a day, then released; or returned, or stopped."""
    at = data.draw(turning([act.at for act in pause.acts]))
    assume(pause.as_of(at).has_begun)
    assert pause.phase(at=at) is Model(pause.acts, pause.membership, at).phase("t1")


@given(time_outs(), st.data())
def test_phases_tile_time(pause: TimeOut, data: st.DataObject) -> None:
    """From the first call on every instant has one phase, and neighbours differ."""
    assume(pause.has_begun)
    days = around(pause)
    found = list(pause.phases(days))
    for (one, phase), (other, next_phase) in pairwise(found):
        assert one.end == other.start
        assert phase is not next_phase
    assert found[-1][0].end == days.end
    at = data.draw(turning([act.at for act in pause.acts]))
    if found[0][0].start <= at < days.end:
        assert next(phase for window, phase in found if at in window) is pause.phase(at=at)


@given(time_outs(), st.data())
def test_a_phase_lasts_until_it_says_it_changes(pause: TimeOut, data: st.DataObject) -> None:
    """If nobody says anything, it stays to the last moment and is another one then."""
    at = data.draw(turning([act.at for act in pause.acts]))
    then = pause.as_of(at)
    assume(then.has_begun)
    change = then.changes_at(at=at)
    last = as_instant(at + 90 * 24 * HOUR if change is None else change - TICK)
    assert then.phase(at=last) is then.phase(at=at)
    assert change is None or then.phase(at=change) is not then.phase(at=at)


@given(time_outs(), st.data())
def test_the_first_twenty_minutes_protect(pause: TimeOut, data: st.DataObject) -> None:
    """No time that the caller names shortens them; only a return or the end of the talk does."""
    call = data.draw(st.sampled_from([act for act in pause.acts if isinstance(act.body, Called)]))
    at = as_instant(call.at + data.draw(st.sampled_from([0 * TICK, FLOOR / 2, FLOOR - TICK])))
    then = pause.as_of(at)
    assume(any(each.by == call.author and each.at == call.at for each in (then.calls(at=at) if then.has_begun else ())))
    (own,) = (each for each in then.calls(at=at) if each.by == call.author)
    assert own.phase(at) in {Phase.RESTING, Phase.RELEASED, *SPOKEN}
    assert own.is_over or own.phase(at) is Phase.RESTING or at >= own.until


@given(time_outs(), st.data())
def test_anyone_may_call_and_stop_at_any_time(pause: TimeOut, data: st.DataObject) -> None:
    """Nobody in the circle is refused a pause or the end of a talk, whatever goes on."""
    at = data.draw(turning([act.at for act in pause.acts]))
    here = pause.membership.at(at)
    assume(here)
    by = data.draw(st.sampled_from(here))
    called = TimeOut(id="t9", circle="c1", founding=pause.founding).say(Called(), by=by, at=at)
    assert called.phase(at=at) in {Phase.RESTING, Phase.RELEASED}
    if pause.as_of(at).has_begun:
        assert pause.as_of(at).stop(by=by, at=at).phase(at=at) is Phase.STOPPED


def facts(story: TimeOut | RecoveryWindow, at: pendulum.DateTime) -> list[Any]:
    """Return what a story says of itself as of an instant."""
    if isinstance(story, TimeOut):
        if not story.as_of(at).has_begun:
            return []
        return [story.phase(at=at), story.calls(at=at), story.back_at(at=at), story.changes_at(at=at)]
    then = story.as_of(at)
    raisable = [then.may_raise(topic, at=at) for topic in ("money", "dishes", "safety")]
    return [
        then.standing(at=at),
        then.window(at=at),
        then.topic_rest,
        raisable,
        *(say(at=at) for say in (then.meeting, then.topics, then.parked, then.wins)),
    ]


@given(time_outs() | recoveries(), st.data())
def test_however_it_is_told_it_comes_out_the_same(story: TimeOut | RecoveryWindow, data: st.DataObject) -> None:
    """Shuffled, repeated, split and merged: two phones that heard everything agree."""
    at = data.draw(turning([act.at for act in story.acts]))
    acts = list(story.acts)
    Random(data.draw(st.integers(0, 99))).shuffle(acts)  # noqa: S311 - a shuffle keeps no secret
    cut = data.draw(st.integers(0, len(acts)))
    parts = [evolve(story, acts=tuple(part)) for part in (acts[:cut], acts[cut:], acts[: cut // 2])]
    one, other, again = parts
    assert facts(merge(merge(one, other), again), at) == facts(story, at)
    assert facts(merge(again, merge(other, one)), at) == facts(story, at)


@given(time_outs() | recoveries(), st.data())
def test_what_comes_later_does_not_change_what_was(story: TimeOut | RecoveryWindow, data: st.DataObject) -> None:
    """What stands at an instant depends only on what had been said by then."""
    at = data.draw(turning([act.at for act in story.acts]))
    assert facts(story, at) == facts(story.as_of(at), at)


@given(recoveries(), st.data())
def test_what_follows_is_what_a_plain_telling_of_the_rules_says(w: RecoveryWindow, data: st.DataObject) -> None:
    """When it opens and ends, which topics rest, and what people said in it: all read anew from the acts."""
    assume(w.founding)
    at = data.draw(turning([act.at for act in w.acts]))
    model = Model(w.acts, w.membership, at)
    told, said = model.window("t1"), model.afterwards("t1")
    window = w.window(at=at)
    assert w.standing(at=at) is (Recovery.AHEAD if told is None else told.standing)
    assert (None if window is None else (window.start, window.end)) == (
        None if told is None else (told.start, told.end)
    )
    for topic in ("money", "dishes", "safety"):
        assert w.may_raise(topic, at=at) == model.may_raise(topic)
    assert w.meeting(at=at) == said.meeting
    assert (w.topics(at=at), w.parked(at=at)) == (tuple(said.topics), tuple(said.parked))


@given(recoveries(), st.data())
def test_no_topic_rests_for_more_than_two_days(w: RecoveryWindow, data: st.DataObject) -> None:
    """Every stretch of rest begins with a call on the topic, and ends within 48 real hours of it."""
    calls = [act for act in w.told() if isinstance(act.body, Called)]
    at = data.draw(turning([act.at for act in calls] or [w.acts[0].at]))
    for topic in ("money", "dishes"):
        if not w.may_raise(topic, at=at):
            own = [act.at for act in calls if isinstance(act.body, Called) and act.body.topic == topic]
            assert any(dt.timedelta(0) <= since(at, call) < 48 * HOUR for call in own)
    for rest in w.topic_rest:
        assert since(rest.end, rest.start) <= 48 * HOUR * len(calls)


@given(recoveries(), st.data())
def test_what_must_not_wait_can_always_be_raised(w: RecoveryWindow, data: st.DataObject) -> None:
    """Safety, children, health and boundaries never rest, whoever calls a time-out on them."""
    at = data.draw(turning([act.at for act in w.acts]))
    hushed = Entry(circle="c1", author="ana", id="x", at=at, body=Called(topic="health"), audience=Shared(), about="t1")
    silenced = evolve(w, acts=(*w.acts, hushed))
    for topic in NEVER_WAITS:
        assert w.may_raise(topic, at=at)
        assert silenced.may_raise(topic, at=at)


@given(time_outs(), st.data())
def test_a_credit_is_for_coming_back_and_never_for_how_fast(pause: TimeOut, data: st.DataObject) -> None:
    """Once per person and topic; another time-out takes none away."""
    at = around(pause).end
    found = credited([pause], at=at)
    assert len(set(found)) == len(found)
    other = data.draw(time_outs().map(lambda other: evolve(other, id="t2", founding=pause.founding)))
    both = credited([pause, other], at=as_instant(max(at, around(other).end)))
    assert set(found) <= set(both)


@given(recoveries(), st.data())
def test_what_one_keeps_to_oneself_moves_nothing(w: RecoveryWindow, data: st.DataObject) -> None:
    """A private small win changes what its author reads of their own wins, and nothing else."""
    at = data.draw(turning([act.at for act in w.acts]))
    note = Entry(circle="c1", author="ben", id="w", at=at, body=SmallWin(text="tea"), audience=Private(), about="t1")
    noted = evolve(w, acts=(*w.acts, note))
    assert facts(noted, at)[:-1] == facts(w, at)[:-1]
    assert noted.agenda() == w.agenda()


@given(recoveries(), st.data())
def test_other_names_change_nothing_but_names(w: RecoveryWindow, data: st.DataObject) -> None:
    """Nothing depends on who is who: with two people swapped, the same holds with the two swapped."""
    at = data.draw(turning([act.at for act in w.acts]))
    swap = {"ana": "ben", "ben": "ana"}
    founding = w.founding
    assume(not founding or len(founding) == 1)
    acts = tuple(evolve(act, author=swap.get(act.author, act.author)) for act in w.acts)
    plain = evolve(w, acts=tuple(act for act in w.acts if act.about not in {"p1", "p2"}))
    other = evolve(w, acts=tuple(act for act in acts if act.about not in {"p1", "p2"}))
    assert facts(other, at)[:-1] == facts(plain, at)[:-1]
