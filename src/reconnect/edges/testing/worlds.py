"""Worlds are what an app is tried on: one circle's journal, who reads, and who keeps things to themselves."""

import datetime as dt
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Final

from attrs import frozen
from hypothesis import strategies as st

from reconnect.consent.aside import Aside
from reconnect.consent.mute import Quiet
from reconnect.consent.proposal import Proposal
from reconnect.consent.reveal import Reveal
from reconnect.edges.testing.clock import FixedClock
from reconnect.edges.testing.together import ANA, BEN, CLEO, Together
from reconnect.edges.testing.values import any_of, body_strategies
from reconnect.errors import ReconnectError
from reconnect.metrics.rating import Rating
from reconnect.metrics.scale import MOOD, OPENNESS
from reconnect.practice.support import SupportRoom
from reconnect.primitives.amends import Amends, Repair
from reconnect.primitives.checkin import CheckInSchedule, Rhythm
from reconnect.primitives.memory import Memory
from reconnect.record.entry import Entry, Note
from reconnect.record.journal import Journal
from reconnect.record.kind import Body, Heard
from reconnect.record.story import Story
from reconnect.record.view import View
from reconnect.temporal.recurrence import Recurrence

__all__ = ["Pair", "Secret", "World", "begin_together", "pairs", "private_bodies", "world_of"]

STORIES: Final = ("p1", "p2", "s1", "r1")  # what `begin_together` begins
MOST_SECRETS: Final = 3  # ours: more in each world show nothing that three do not
LATEST: Final = 72  # hours after the beginning
_CLOSES: Final = dt.timedelta(days=30)  # after everyone has looked: an answer that opens is no secret


@frozen(kw_only=True, eq=False)
class World(Together):
    """One of two worlds that differ only in what one person keeps private; an app is asked in both.

    Attributes:
        reader: who uses the app, and must not be able to tell the worlds apart.
        author: who keeps things private.
        ids: every id that may be worth asking for, those of private things among them.
    """

    reader: str = ANA.id
    author: str = BEN.id
    ids: tuple[str, ...] = ()


@frozen(kw_only=True)
class Secret:
    """One private act: how many hours after the beginning, and a body to write or something to do in a story."""

    hours: int
    body: Body | None = None
    deed: str = ""
    about: str | None = None

    def __repr__(self) -> str:
        """Name what it is, without its words."""
        what = self.deed if self.body is None else type(self.body).__name__
        return f"<{what} after {self.hours} h{'' if self.about is None else f', about {self.about}'}>"

    def said(self, world: World, number: int) -> Sequence[Entry]:
        """Return the entries of this act as of now; none if it is not possible now."""
        if self.body is not None:
            return [world.entry(world.author, self.body, id=f"secret-{number}", about=self.about)]
        known = {act.identity for act in world.journal.export(world.author, acting=world.author, support=True)}
        with suppress(ReconnectError):
            done = DEEDS[self.deed](world.view(world.author), f"secret-{number}")
            return [act for act in done.acts_of(world.author) if act.identity not in known]
        return ()


@frozen(kw_only=True)
class Pair:
    """Two worlds in a few words: what is private in each, and how long after all of it the reader looks."""

    later: int = 0
    one: tuple[Secret, ...] = ()
    other: tuple[Secret, ...] = ()

    def __repr__(self) -> str:
        """Name what is private in each, without its words."""
        return f"<{self.told(self.one)} | {self.told(self.other)}, looked at after {self.look} h>"

    @property
    def look(self) -> int:
        """How many hours after the beginning the reader looks."""
        return self.later + max((secret.hours for secret in (*self.one, *self.other)), default=0)

    @property
    def ids(self) -> tuple[str, ...]:
        """Every id in either world, and one that nobody uses."""
        most = max(len(self.one), len(self.other))
        return (*STORIES, *(f"secret-{number}" for number in range(most)), "nobody-used-this")

    @staticmethod
    def told(secrets: Sequence[Secret]) -> str:
        """Name private things, without their words."""
        return ", ".join(map(repr, secrets)) or "nothing"


def begin_together(world: World) -> None:
    """Let a few shared things happen: check-ins that are agreed, an open offer, a question, notes and moods."""
    reader, author, at = world.reader, world.author, world.clock()
    daily = Recurrence.daily(time="20:00", zone="Europe/Paris", starts=at.date())
    offered = world.view(reader).offer(Rhythm.of(daily), id="p1")
    for person in world.circle.ids:
        if person != reader:
            offered = offered.accept(by=person, offer=offered.offer.id, at=at)
    world.keep(offered)
    world.keep(CheckInSchedule.of(world.view(author).state(Proposal, "p1"), id="s1", by=author, at=at))
    world.keep(world.view(reader).offer(Note(text="a walk on Sunday"), id="p2"))
    asked = Reveal.of(
        Note(text="What went well?"), closes=at + _CLOSES, id="r1", circle=world.circle.id, by=reader, at=at
    )
    world.keep(asked)
    for person in (reader, author):
        world.write(person, Note(text="shared by everyone"), shared=True)
        world.write(person, Rating.of(MOOD, 4), shared=True)
    world.write(reader, Note(text="kept by the reader"))


def private_bodies() -> st.SearchStrategy[Body]:
    """Draw what someone may keep to themselves: often a note or a rating, else a body of any private kind."""
    kept = [drawn for cls, drawn in body_strategies().items() if getattr(cls, "heard", Heard.ANY) in _KEPT]
    often = st.builds(Note, text=st.sampled_from(["x", "tired", "I would rather not say"]))
    rated = st.builds(Rating.of, st.sampled_from([MOOD, OPENNESS]), st.integers(1, 5))
    return often | rated | any_of(kept)


def pairs(bodies: st.SearchStrategy[Body] | None = None) -> st.SearchStrategy[Pair]:
    """Draw what is private in each of two worlds; the simplest is one thing in one, and nothing in the other.

    Args:
        bodies: what is written; unless said otherwise any private body, and what can be done privately in a story.
    """
    hours = st.integers(0, LATEST)
    about = st.none() | st.sampled_from(STORIES)
    secret = st.builds(Secret, hours=hours, body=private_bodies() if bodies is None else bodies, about=about)
    if bodies is None:
        secret |= st.builds(Secret, hours=hours, deed=st.sampled_from(sorted(DEEDS)))
    some = st.lists(secret, max_size=MOST_SECRETS).map(lambda found: tuple(sorted(found, key=lambda each: each.hours)))
    return st.builds(Pair, later=hours, one=some, other=some)


def world_of(journal: Journal, ids: Sequence[str]) -> World:
    """Found a circle of three in a journal; its clock stands at the beginning."""
    return World.of(ANA, BEN, CLEO, clock=FixedClock(), journal=journal, ids=tuple(ids))


_KEPT: Final = (Heard.ANY, Heard.PRIVATE, Heard.SEALED)
Deed = Callable[[View, str], Story]


def _mute(view: View, _id: str) -> Story:
    offered = view.state(Proposal, "p2")
    return offered.mute(by=view.reader, offer=offered.offer.id, at=view.at)


def _go_quiet(view: View, id_: str) -> Story:
    return Quiet.go(id=id_, circle=view.circle, by=view.reader, at=view.at)


def _put_aside(view: View, id_: str) -> Story:
    return Aside.put(view.state(Reveal, "r1"), id=id_, by=view.reader, at=view.at)


def _put_all_aside(view: View, id_: str) -> Story:
    return Aside.put_all(Reveal, of=ANA.id, id=id_, circle=view.circle, by=view.reader, at=view.at)


def _answer(view: View, _id: str) -> Story:
    return view.state(Reveal, "r1").answer("the soup", by=view.reader, at=view.at)


def _tell_the_room(view: View, id_: str) -> Story:
    return SupportRoom.tell("I was afraid.", id=id_, circle=view.circle, by=view.reader, at=view.at)


def _draft(view: View, id_: str) -> Story:
    repair = Repair(did="I came late.", effect="You waited.")
    return Amends.draft(repair, id=id_, circle=view.circle, by=view.reader, at=view.at)


def _remember(view: View, id_: str) -> Story:
    return Memory.keep("the lake", id=id_, circle=view.circle, by=view.reader, at=view.at)


DEEDS: Final[dict[str, Deed]] = {
    "answers a question that has not opened": _answer,
    "drafts amends": _draft,
    "goes quiet": _go_quiet,
    "keeps a memory": _remember,
    "mutes an offer": _mute,
    "puts a question aside": _put_aside,
    "puts every question of somebody aside": _put_all_aside,
    "tells a support room": _tell_the_room,
}
