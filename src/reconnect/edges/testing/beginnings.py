"""What everyone does together in a world of a test, before and after somebody keeps something to themselves."""

import datetime as dt
from contextlib import suppress
from functools import lru_cache
from typing import Final

from pendulum import DateTime

from reconnect.consent.proposal import Proposal
from reconnect.consent.reveal import Reveal
from reconnect.edges.testing.clock import FixedClock
from reconnect.edges.testing.worlds import World
from reconnect.errors import ReconnectError
from reconnect.metrics.rating import Rating
from reconnect.metrics.scale import MOOD
from reconnect.people.circle import Circle
from reconnect.primitives.checkin import CheckInSchedule, Rhythm
from reconnect.primitives.commitment import Commitment
from reconnect.primitives.memory import Memory
from reconnect.primitives.my_part import Drift
from reconnect.primitives.recovery import TimeOut
from reconnect.primitives.wellness import Area, WellnessPlan
from reconnect.record.entry import Entry, Note, Shared
from reconnect.record.memory import MemoryJournal
from reconnect.temporal.recurrence import Recurrence
from reconnect.temporal.window import Window

__all__ = ["begin_together", "go_on_together"]

_DAY: Final = dt.timedelta(days=1)
_CLOSES: Final = dt.timedelta(days=30)  # after everyone has looked: an answer that opens is no secret
_EVENING: Final = 7  # hours from noon in UTC to eight o'clock in Paris


def begin_together(world: World) -> None:
    """Let shared things happen, one at least of each kind about which a person can do something privately.

    Check-ins are agreed and one is held; there are an open offer, two questions, promises, a memory, a plan, a
    time-out that is over, notes and moods.
    """
    entries, now = _begun(world.circle, world.reader, world.author, world.clock())
    for entry in entries:
        world.journal.append(entry, acting=entry.author)
    world.clock.turn_to(now)


@lru_cache(maxsize=4)
def _begun(circle: Circle, reader: str, author: str, at: DateTime) -> tuple[tuple[Entry, ...], DateTime]:
    """Play a beginning once for all the worlds that begin alike; return what was written, and when it is now."""
    journal = MemoryJournal()
    world = World.of(*circle.members, clock=FixedClock(at), journal=journal, reader=reader, author=author)
    founding = len(list(journal.everything()))
    _begin(world)
    return tuple(journal.everything())[founding:], world.clock()


def _begin(world: World) -> None:
    """Agree on check-ins, and leave some things open."""
    reader, author, circle, at = world.reader, world.author, world.circle, world.clock()
    daily = Recurrence.daily(time="20:00", zone="Europe/Paris", starts=at.date())
    offered = world.view(reader).offer(Rhythm.of(daily), id="p1")
    for person in _others(world, reader):
        offered = offered.accept(by=person, offer=offered.offer.id, at=at)
    world.keep(offered)
    world.keep(CheckInSchedule.of(world.view(author).state(Proposal, "p1"), id="s1", by=author, at=at))
    world.keep(world.view(reader).offer(Note(text="a walk on Sunday"), id="p2"))
    question = Note(text="What went well?")
    world.keep(Reveal.of(question, closes=at + _CLOSES, id="r1", circle=circle, by=reader, at=at))
    world.keep(Drift.over("the weeks of the move", closes=at + _CLOSES, id="d1", circle=circle, by=reader, at=at))
    _begin_care(world)
    for person in (reader, author):
        world.write(person, Note(text="shared by everyone"), shared=True)
        world.write(person, Rating.of(MOOD, 4), shared=True)
    world.write(reader, Note(text="kept by the reader"))
    _begin_the_evening(world)


def go_on_together(world: World) -> None:
    """Let life go on after all that is private: everyone shares something new, and somebody likes the open offer.

    Whatever an app counts, numbers or orders meanwhile shows here if private things had a part in it.
    """
    for person in world.circle.ids:
        world.write(person, Note(text="and so on"), id=f"later-{person}", shared=True)
    world.write(world.author, Rating.of(MOOD, 3), id=f"later-mood-{world.author}", shared=True)
    with suppress(ReconnectError):  # a beginning of one's own may have no offer
        offered = world.view(world.reader).state(Proposal, "p2")
        third = _others(world, world.reader, world.author)[0]
        world.keep(offered.accept(by=third, offer=offered.offer.id, at=world.clock()))


def _begin_care(world: World) -> None:
    """Promise something both ways, share a memory and a plan, and let a time-out be over."""
    reader, author, circle, at = world.reader, world.author, world.circle, world.clock()
    for id_, by, what in (("k1", author, "I cook"), ("k2", reader, "I call")):
        to = _others(world, by)
        promised = Commitment.offer(what, to=to, due=at + 2 * _DAY, id=id_, circle=circle, by=by, at=at)
        world.keep(promised.agree(by=to[-1], at=at))
    world.keep(Memory.keep("the sea", audience=Shared(), id="m1", circle=circle, by=reader, at=at))
    world.keep(WellnessPlan.of([Area.REST], id="w1", circle=circle, by=author, at=at))
    world.keep(TimeOut.call(id="t1", circle=circle, by=author, at=at, topic="money"))


def _begin_the_evening(world: World) -> None:
    """Come back from the time-out, and hold the first check-in."""
    at = world.clock.forward(hours=_EVENING)
    world.keep(world.view(world.author).state(TimeOut, "t1").returned(by=world.author, at=at))
    schedule = world.view(world.reader).state(CheckInSchedule, "s1")
    first = next(schedule.occurrences(Window(at, at + _DAY)))
    world.keep(schedule.hold(first.key, by=world.reader, at=at))


def _others(world: World, *but: str) -> list[str]:
    return [person for person in world.circle.ids if person not in but]
