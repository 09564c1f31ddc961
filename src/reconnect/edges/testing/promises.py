"""Strategies for commitments: due around clock changes, with all that people may say, in time, late, or in vain."""

import datetime as dt
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, Final

import pendulum
from hypothesis import strategies as st

from reconnect.edges.testing.gathered import OUTSIDER, gatherings, said_by, speakers
from reconnect.edges.testing.temporal import instants, local_times, recurrences
from reconnect.edges.testing.words import ids, texts
from reconnect.primitives.commitment import Commitment, Keeping, KeptPromise, Promised
from reconnect.primitives.commitment.acts import (
    NewDue,
    Promise,
    PromiseAgreed,
    PromiseExcused,
    PromiseKept,
    PromiseLetGo,
    PromiseMuted,
)
from reconnect.record.entry import Entry
from reconnect.record.kind import Body
from reconnect.temporal.elapsed import elapsed
from reconnect.temporal.instant import as_instant
from reconnect.temporal.recurrence import Recurrence

__all__ = ["commitments", "dues", "mornings", "promise_bodies", "promise_strategies"]

HOUR: Final = dt.timedelta(hours=1)
TICK: Final = dt.timedelta(microseconds=1)
STORY: Final = "k1"
_ZONE: Final = "Europe/Paris"
# Mornings before clocks change, forward and back; and an ordinary one.
EVES: Final = (
    as_instant(pendulum.datetime(2026, 3, 28, 9, tz=_ZONE)),
    as_instant(pendulum.datetime(2026, 10, 24, 9, tz=_ZONE)),
    as_instant(pendulum.datetime(2026, 1, 5, 9)),
)
_HOURS: Final = (0, 0, 1, 11, 11, 12, 24, 35, 36, 48)
_BESIDE: Final = (0 * TICK, 0 * TICK, 0 * TICK, -TICK, TICK)
_WHEN: Final = st.sampled_from([hours * HOUR + beside for hours in _HOURS for beside in _BESIDE])
_SOON: Final = st.sampled_from([0 * HOUR, 0 * HOUR, 0 * HOUR, HOUR, 13 * HOUR])
_SOMETIME: Final = st.sampled_from([hours * HOUR for hours in (1, 13, 30, 40)])
_OWN: Final = st.sampled_from([True, True, True, False])


def mornings() -> st.SearchStrategy[tuple[pendulum.DateTime, tuple[Entry, ...], tuple[str, ...]]]:
    """Draw a morning, a circle of two or three, and who may speak; now and then someone leaves or joins."""
    drawn = gatherings(EVES, (2, 2, 3), lambda eve: st.sampled_from([elapsed(eve, hours * HOUR) for hours in (6, 20)]))
    return drawn.map(lambda found: (found[0], found[1], speakers(found[2])))


def dues(eve: pendulum.DateTime) -> st.SearchStrategy[pendulum.DateTime | Recurrence]:
    """Draw when a promise is due: once, in the evening or so, or every night at an hour that clocks may skip."""
    once = [elapsed(eve, hours * HOUR) for hours in (11, 12, 24, 36)]
    return st.sampled_from([*once, *_nightly(eve)])


@cache
def _nightly(eve: pendulum.DateTime) -> tuple[Recurrence, ...]:
    first = eve.in_timezone(_ZONE).date()
    forms = (("20:00", None), ("20:00", 2), ("02:30", None), ("02:30", 1))
    return tuple(Recurrence.daily(time=time, zone=_ZONE, starts=first, count=count) for time, count in forms)


@st.composite
def commitments(draw: st.DrawFn, *, most: int = 10) -> Commitment:
    """Draw a commitment with everything that people may say about it, whether or not it counts."""
    eve, founding, people = draw(mornings())
    owner = draw(st.sampled_from(people[:2]))
    others = [person for person in dict.fromkeys(people) if person != owner]
    both = tuple(others[:2])
    to = draw(st.sampled_from([both[:1], both[:1], both, both, (OUTSIDER,), (owner, others[0])]))
    promise = Promise(what="a walk", to=to, due=draw(dues(eve)))
    acts = [said_by(owner, "first", eve, promise, STORY)]
    yes = draw(st.sampled_from([to, to, to, to[:1], ()]))  # most often everyone whom it is for says yes
    acts += [said_by(person, "yes", elapsed(eve, draw(_SOON)), PromiseAgreed(), STORY) for person in yes]
    bodies = _bodies(eve, promise)
    if draw(st.integers(0, 3)) == 0:  # now and then everyone names the same new time
        wish = draw(st.sampled_from([body for body in bodies if isinstance(body, NewDue)]))
        named = elapsed(eve, draw(st.sampled_from([2 * HOUR, 2 * HOUR, 11 * HOUR, 14 * HOUR])))
        acts += [said_by(person, "new", named, wish, STORY) for person in (owner, *to)]
    if draw(st.booleans()):  # every other time one or all let it go, and it is kept, before that or afterwards
        kept = draw(st.sampled_from([body for body in bodies if isinstance(body, PromiseKept)]))
        gone = draw(st.sampled_from([PromiseLetGo(start=kept.start), PromiseLetGo()]))
        leaving = draw(st.sampled_from([(), to, to[:1], (owner,)]))
        acts += [said_by(person, "gone", elapsed(eve, draw(_SOMETIME)), gone, STORY) for person in leaving]
        acts.append(said_by(owner, "kept", elapsed(eve, draw(_SOMETIME)), kept, STORY))
    authors = st.sampled_from([owner, owner, *to, *to, *people])
    spoken = st.tuples(_WHEN, st.sampled_from(bodies), authors, _OWN)
    for number, (when, body, anyone, own) in enumerate(draw(st.lists(spoken, max_size=most))):
        author = owner if own and isinstance(body, PromiseKept | PromiseExcused) else anyone
        acts.append(said_by(author, f"e{number - number % 4 // 3}", as_instant(eve + when), body, STORY))
    return Commitment(id=STORY, circle="c1", acts=tuple(acts), founding=founding)


def _bodies(eve: pendulum.DateTime, promise: Promise) -> Sequence[Body]:
    """Return what people may say of a promise, what counts more often than what does not."""
    due = promise.due
    first = [due.nth(k) for k in range(3)] if isinstance(due, Recurrence) else []
    locals_ = [due.locals_at(at) for at in first if at is not None and isinstance(due, Recurrence)]
    starts: Sequence[dt.datetime | None] = [start for each in locals_ for start in each] or [None]
    new = [elapsed(eve, hours * HOUR) for hours in (12, 36, 36, 48)]
    bodies: list[Body] = [PromiseAgreed(), PromiseAgreed(), PromiseLetGo(), PromiseMuted()]
    for start in starts:
        bodies += [*(3 * [PromiseKept(start=start)]), *(NewDue(due=at, start=start) for at in new)]
        bodies += [*(2 * [PromiseExcused(start=start, why="the train")]), PromiseLetGo(start=start)]
    in_vain = dt.datetime(2026, 1, 5, 3)  # noqa: DTZ001 - a local time that is no start
    bodies += [PromiseKept(start=in_vain), NewDue(due=new[0], start=in_vain), PromiseKept()]
    return [*bodies, Promise(what="a call", to=promise.to, due=elapsed(eve, 24 * HOUR))]


def promise_bodies() -> Mapping[type, st.SearchStrategy[Body]]:
    """Return a strategy for each class of body about commitments."""
    starts = st.none() | local_times().map(lambda local: local.replace(microsecond=0))
    to = st.lists(ids(), min_size=1, max_size=3)
    return {
        Promise: st.builds(Promise, what=texts(), to=to, due=instants() | recurrences()),
        PromiseAgreed: st.builds(PromiseAgreed),
        PromiseMuted: st.builds(PromiseMuted),
        PromiseKept: st.builds(PromiseKept, start=starts),
        NewDue: st.builds(NewDue, due=instants(), start=starts),
        PromiseLetGo: st.builds(PromiseLetGo, start=starts),
        PromiseExcused: st.builds(PromiseExcused, start=starts, why=texts()),
    }


def promise_strategies() -> Mapping[type, st.SearchStrategy[Any]]:
    """Return the strategy of every other public type of value about commitments."""
    starts = st.none() | local_times().map(lambda local: local.replace(microsecond=0))
    few = st.lists(ids(), max_size=3).map(tuple)
    return {
        Commitment: commitments(),
        Promised: st.builds(
            Promised,
            commitment=ids(),
            start=starts,
            what=texts(),
            by=ids(),
            to=few,
            due=instants(),
            keeping=st.sampled_from(Keeping),
            moved=st.booleans(),
            new_due=st.none() | instants(),
            missing=few,
        ),
        KeptPromise: st.builds(KeptPromise, commitment=ids(), what=texts(), by=ids(), told=instants()),
    }
