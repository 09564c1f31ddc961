"""What is always true of gestures: they are their giver's, and nobody can answer, mark or see through them."""

import datetime as dt
from typing import Any, Final

import pendulum
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from reconnect.edges.testing.gathered import said_by
from reconnect.edges.testing.kindness import gestures
from reconnect.people.circle import Circle
from reconnect.people.person import Person
from reconnect.primitives.gesture import Gesture, here_for
from reconnect.primitives.gesture.acts import GestureEnded, GestureGiven
from reconnect.record.memory import MemoryJournal
from reconnect.record.story import merge
from reconnect.temporal.instant import as_instant, from_microseconds

HOUR: Final = dt.timedelta(hours=1)
TICK: Final = dt.timedelta(microseconds=1)


def moments(g: Gesture) -> st.SearchStrategy[pendulum.DateTime]:
    """Draw an instant at which something may change, or one right beside it."""
    said = [act.at for act in g.acts]
    ends = [as_instant(at + hours * HOUR) for at in said for hours in (0, 1, 24, 31 * 24)]
    return st.tuples(st.sampled_from([*said, *ends]), st.sampled_from([0 * TICK, -TICK, TICK])).map(
        lambda parts: as_instant(parts[0] + parts[1])
    )


def facts(g: Gesture, at: pendulum.DateTime) -> list[Any]:
    """Return what a gesture says of itself as of an instant."""
    told = g.as_of(at)
    said = [told.by, told.given, told.phrase(), told.until()] if told.has_begun else []
    return [g.stands(at=at), *said]


@given(gestures(), st.data())
def test_nothing_that_others_write_changes_a_gesture(g: Gesture, data: st.DataObject) -> None:
    """There is no reply and no receipt: with everything that others wrote about it, or without, it is the same."""
    at = data.draw(moments(g))
    if not g.has_begun:
        return
    alone = evolve(g, acts=g.acts_of(g.by))
    assert facts(alone, at) == facts(g, at)
    later = max(at, *(act.at for act in g.acts_of(g.by) if act.body == g.given))  # whoever gives it first is its giver
    for body in (GestureEnded(), g.given):
        more = evolve(g, acts=(*g.acts, said_by("nobody else", "more", later, body, "g1")))
        assert facts(more, at) == facts(g, at)
        assert facts(more, later) == facts(g, later)


@given(gestures(), st.data())
def test_however_it_is_told_it_comes_out_the_same(g: Gesture, data: st.DataObject) -> None:
    """Shuffled, repeated, split and merged: two phones that heard everything agree."""
    at = data.draw(moments(g))
    acts = [*g.acts, *(act.received(as_instant(act.at + HOUR)) for act in g.acts)]
    data.draw(st.randoms(use_true_random=False)).shuffle(acts)
    cut = data.draw(st.integers(0, len(acts)))
    one, other = evolve(g, acts=tuple(acts[:cut])), evolve(g, acts=tuple(acts[cut:]))
    assert merge(one, other) == merge(other, one) == g
    assert facts(merge(one, other), at) == facts(g, at)


@given(gestures(), st.data())
def test_a_gesture_stands_until_it_ends_and_never_again(g: Gesture, data: st.DataObject) -> None:
    """From when it is given until its end, known at that instant; what comes later does not change what was."""
    at = data.draw(moments(g))
    early = g.as_of(at)
    assert early.stands(at=at) == g.stands(at=at)
    if early.has_begun:
        assert early.stands(at=at) == (at < early.until())
        given_at = min(act.at for act in early.told() if isinstance(act.body, GestureGiven))
        assert early.until() <= as_instant(given_at + early.given.stands)
        assert early.stands(at=at) or not g.stands(at=as_instant(at + HOUR))


@given(gestures(), st.data())
def test_its_giver_can_always_end_it_and_nobody_else_can(g: Gesture, data: st.DataObject) -> None:
    """At once and alone; ending it again changes nothing."""
    at = data.draw(moments(g))
    told = g.as_of(at)
    if not told.has_begun or (told.founding and told.by not in told.membership.at(at)):
        return
    ended = told.end(by=told.by, at=at)
    assert not ended.stands(at=at)
    assert ended.end(by=told.by, at=at) == ended


@given(gestures(), st.data())
def test_only_others_gestures_that_are_for_the_reader_are_shown(g: Gesture, data: st.DataObject) -> None:
    """Nobody is shown their own warmth, or what is meant for somebody else, and every reader sees the same story."""
    at, journal = data.draw(moments(g)), MemoryJournal(key=b"k")
    us = Circle(id="c1", members=tuple(Person(id=person, zone="UTC") for person in ("ana", "ben", "cleo")))
    journal.found(us, by="ana", at=from_microseconds(0))
    told = {act.identity: act for act in reversed(g.acts) if act.author in us.ids}
    for act in told.values():
        journal.append(act, acting=act.author)
    for person in us.ids:
        view = journal.view(person, circle="c1", at=at)
        shown = here_for(view)
        assert all(each.by != person and each.stands(at=at) for each in shown)
        assert all(not each.given.to or person in each.given.to for each in shown)
