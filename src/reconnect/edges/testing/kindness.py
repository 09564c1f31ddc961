"""Strategies for gestures and memories, and one mapping each for the bodies and values of all that is about care."""

import datetime as dt
from collections.abc import Mapping
from typing import Any, Final

import pendulum
from attrs import evolve
from hypothesis import strategies as st

from reconnect.edges.testing.gathered import said_by
from reconnect.edges.testing.growth import growth_bodies, growth_strategies
from reconnect.edges.testing.promises import mornings, promise_bodies, promise_strategies
from reconnect.edges.testing.temporal import instants
from reconnect.edges.testing.words import MICROSECOND, ids, lengths, texts
from reconnect.primitives.gesture import Gesture, Warmth
from reconnect.primitives.gesture.acts import LONGEST, GestureEnded, GestureGiven
from reconnect.primitives.memory import Memory, Revisit, Telling
from reconnect.primitives.memory.acts import MemoryBack, MemoryKept, MemoryRecalled, MemoryResting, MemoryTakenBack
from reconnect.record.entry import Entry, Private
from reconnect.record.kind import Body
from reconnect.temporal.elapsed import elapsed

__all__ = ["gestures", "kindness_bodies", "kindness_strategies", "memories"]

HOUR: Final = dt.timedelta(hours=1)
DAY: Final = dt.timedelta(days=1)
TICK: Final = dt.timedelta(microseconds=1)
_DAYS: Final = (0, 0, 1, 6, 7, 7, 8, 14, 21, 21, 35, 49, 365, 400)
_BESIDE: Final = (0 * TICK, 0 * TICK, -TICK, TICK)


@st.composite
def gestures(draw: st.DrawFn) -> Gesture:
    """Draw a gesture, ended or not, with what others may write about it in vain."""
    eve, founding, people = draw(mornings())
    giver = draw(st.sampled_from(people[:2]))
    acts = [said_by(giver, "first", eve, draw(_given()), "g1")]
    for number in range(draw(st.integers(0, 5))):
        author, hours = draw(st.sampled_from([giver, *people])), draw(st.sampled_from([0, 0, 1, 5, 24, 30]))
        body = draw(st.just(GestureEnded()) | _given())
        acts.append(said_by(author, f"e{number}", elapsed(eve, hours * HOUR), body, "g1"))
    return Gesture(id="g1", circle="c1", acts=tuple(acts), founding=founding)


def _given() -> st.SearchStrategy[GestureGiven]:
    to = st.sampled_from([(), (), ("ben",), ("ana", "ben")])
    stands = st.sampled_from([HOUR, DAY, DAY, 31 * DAY])
    return st.builds(GestureGiven, warmth=st.sampled_from(Warmth), to=to, words=st.just("tea?"), stands=stands)


@st.composite
def memories(draw: st.DrawFn) -> Memory:
    """Draw a memory that several people tell, share, take back, look at and let rest, in any order."""
    eve, founding, people = draw(mornings())
    acts = [draw(_remembered(people[0], "first", eve))]
    for number in range(draw(st.integers(0, 10))):
        days, beside = draw(st.sampled_from(_DAYS)), draw(st.sampled_from(_BESIDE))
        at = elapsed(elapsed(eve, days * DAY), beside)
        acts.append(draw(_remembered(draw(st.sampled_from(people)), f"e{number}", at)))
    return Memory(id="m1", circle="c1", acts=tuple(acts), founding=founding)


@st.composite
def _remembered(draw: st.DrawFn, author: str, name: str, at: pendulum.DateTime) -> Entry:
    told = st.builds(MemoryKept, text=st.sampled_from(["the lake", "the soup"]), day=st.none() | st.just(at.date()))
    quiet: list[Body] = [MemoryRecalled(), MemoryRecalled(), MemoryRecalled(), MemoryResting(), MemoryBack()]
    others: st.SearchStrategy[Body] = st.sampled_from([MemoryTakenBack(), *quiet])
    body = draw(told if name == "first" else told | others)
    act = said_by(author, name, at, body, "m1")
    alone = isinstance(body, MemoryKept | MemoryTakenBack) and draw(st.booleans())
    return evolve(act, audience=Private()) if alone else act


def kindness_bodies() -> Mapping[type, st.SearchStrategy[Body]]:
    """Return a strategy for each class of body about care."""
    several = st.lists(ids(), max_size=3)
    stands = lengths(least=MICROSECOND, most=LONGEST)
    days = st.none() | st.dates()
    return {
        **promise_bodies(),
        **growth_bodies(),
        GestureGiven: st.builds(GestureGiven, warmth=st.sampled_from(Warmth), to=several, words=texts(), stands=stands),
        MemoryKept: st.builds(MemoryKept, text=texts(), day=days),
        Revisit: st.builds(Revisit, memory=ids(), words=texts(), start=st.none() | instants()),
        **{cls: st.builds(cls) for cls in (GestureEnded, MemoryTakenBack, MemoryRecalled, MemoryResting, MemoryBack)},
    }


def kindness_strategies() -> Mapping[type, st.SearchStrategy[Any]]:
    """Return the strategy of every other public type of value about care."""
    return {
        **promise_strategies(),
        **growth_strategies(),
        Gesture: gestures(),
        Memory: memories(),
        Telling: st.builds(Telling, by=ids(), text=texts(), day=st.none() | st.dates(), shared=st.booleans()),
    }
