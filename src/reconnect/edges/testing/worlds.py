"""Worlds are what an app is tried on: one circle's journal, who reads, and who keeps things to themselves."""

from collections.abc import Sequence
from contextlib import suppress
from typing import Final

from attrs import evolve, frozen
from hypothesis import strategies as st

from reconnect.edges.testing.clock import FixedClock
from reconnect.edges.testing.private import DEEDS, done_privately
from reconnect.edges.testing.together import ANA, BEN, CLEO, Together
from reconnect.edges.testing.values import any_of, body_strategies
from reconnect.errors import ReconnectError
from reconnect.metrics.rating import Rating
from reconnect.metrics.scale import MOOD, OPENNESS
from reconnect.record.entry import Entry, Note
from reconnect.record.journal import Journal
from reconnect.record.kind import Body, Heard, is_newer

__all__ = ["Pair", "Secret", "World", "pairs", "private_bodies", "whole_pairs", "world_of"]

STORIES: Final = ("p1", "p2", "s1", "r1", "d1", "k1", "k2", "m1", "w1", "t1")  # what `begin_together` begins
MOST_SECRETS: Final = 3  # ours: more in each world show nothing that three do not
LATEST: Final = 72  # hours after the beginning


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
        name = f"secret-{number}"
        if self.body is not None:
            return [world.entry(world.author, self.body, id=name, about=self.about)]
        with suppress(ReconnectError):
            return done_privately(world, world.author, self.deed, id=name)
        return ()


@frozen(kw_only=True)
class Pair:
    """Two worlds in a few words: what is private in each, and when the reader looks: twice in each.

    Attributes:
        first: how many hours after the beginning the reader looks first.
        later: how many hours after that, and after all that is private, the reader looks again.
        goes_on: whether everyone shares more before the reader looks again.
        one: what is private in one world.
        other: what is private in the other.
    """

    first: int = 0
    later: int = 0
    goes_on: bool = False
    one: tuple[Secret, ...] = ()
    other: tuple[Secret, ...] = ()

    def __repr__(self) -> str:
        """Name what is private in each, without its words."""
        onward = ", and life goes on" if self.goes_on else ""
        looked = f"looked at after {self.first} h and {self.look} h"
        return f"<{self.told(self.one)} | {self.told(self.other)}{onward}, {looked}>"

    @property
    def look(self) -> int:
        """How many hours after the beginning the reader looks again."""
        return self.later + max((self.first, *(secret.hours for secret in (*self.one, *self.other))))

    @property
    def ids(self) -> tuple[str, ...]:
        """Every id in either world, and one that nobody uses."""
        most = max(len(self.one), len(self.other))
        return (*STORIES, *(f"secret-{number}" for number in range(most)), "nobody-used-this")

    @staticmethod
    def told(secrets: Sequence[Secret]) -> str:
        """Name private things, without their words."""
        return ", ".join(map(repr, secrets)) or "nothing"


def whole_pairs() -> tuple[Pair, ...]:
    """Return pairs of which one world holds every private act that we know, and the other none.

    Once all of it comes before the reader looks and life goes on; once it comes between two looks.
    """
    acts = tuple(Secret(hours=0, deed=deed) for deed in DEEDS)
    return Pair(goes_on=True, other=acts), Pair(other=tuple(evolve(act, hours=1) for act in acts))


def private_bodies() -> st.SearchStrategy[Body]:
    """Draw what someone may keep to themselves: often a note or a rating, else a body of any private kind."""
    drawn = [each for cls, each in body_strategies().items() if getattr(cls, "heard", Heard.ANY) in _KEPT]
    kept = [each.filter(lambda body: not is_newer(body)) for each in drawn]  # no journal takes one from its author
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
        secret |= st.builds(Secret, hours=hours, deed=st.sampled_from(list(DEEDS)))
    some = st.lists(secret, max_size=MOST_SECRETS).map(lambda found: tuple(sorted(found, key=lambda each: each.hours)))
    return st.builds(Pair, first=hours, later=hours, goes_on=st.booleans(), one=some, other=some)


def world_of(journal: Journal, ids: Sequence[str]) -> World:
    """Found a circle of three in a journal; its clock stands at the beginning."""
    return World.of(ANA, BEN, CLEO, clock=FixedClock(), journal=journal, ids=tuple(ids))


_KEPT: Final = (Heard.ANY, Heard.PRIVATE, Heard.SEALED)
