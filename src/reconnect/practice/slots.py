"""Slots are the places in one's day where something stands: a check-in, or just as well a time of one's own."""

from collections.abc import Iterator
from typing import Self

import pendulum
from attrs import frozen

from reconnect.phrase import Phrase
from reconnect.practice.ahead import Ahead
from reconnect.practice.pauses import Pauses
from reconnect.practice.turns import Turns
from reconnect.primitives.checkin import Occurrence
from reconnect.primitives.rotation import Turn

__all__ = ["Slots"]


@frozen(kw_only=True)
class Slots:
    """Where something stands in one's day, whatever it is.

    An app that draws what it finds here draws the same for everyone: a page with time for oneself looks like a page
    with check-ins, at the same times and of the same length.

    Attributes:
        open: what can be done now.
        next: what comes next.
        turn: the turn that goes on.
        again: what a time-out kept closed a short while ago.
        follow_up: when there is room after a time-out.
    """

    open: tuple[Occurrence, ...] = ()
    next: Occurrence | None = None
    turn: Turn | None = None
    again: tuple[Occurrence, ...] = ()
    follow_up: pendulum.DateTime | None = None

    @classmethod
    def of(cls, check_ins: Ahead, taken: Turns, paused: Pauses) -> Self:
        """Lay out what there is as of a view: of several schedules the nearest check-in, of several turns the first."""
        return cls(
            open=check_ins.opened,
            next=check_ins.following[0] if check_ins.following else None,
            turn=taken.current[0] if taken.current else None,
            again=check_ins.again,
            follow_up=paused.follow_up,
        )

    def joint(self, *, to: str, gently: bool = False) -> Iterator[Phrase]:
        """Say what stands there for everyone together, to one person."""
        opened = "outlook.open_gently" if gently else "outlook.open"
        yield from (Phrase.of(opened, until=occurrence.window.end) for occurrence in self.open)
        if self.next is not None:
            yield Phrase.of("outlook.next", start=self.next.start, length=self.next.length)
        elif not self.open:
            yield Phrase.of("outlook.nothing_next")
        if self.turn is not None:
            yield self.turn.phrase(to=to)
        yield from (Phrase.of("outlook.again", start=occurrence.start) for occurrence in self.again)
        if self.follow_up is not None:
            yield Phrase.of("outlook.follow_up", start=self.follow_up)

    def solo(self) -> Iterator[Phrase]:
        """Say what stands there for one person alone: as many sentences, with the same times in them."""
        yield from (Phrase.of("support.open", until=occurrence.window.end) for occurrence in self.open)
        if self.next is not None:
            yield Phrase.of("support.next", start=self.next.start, length=self.next.length)
        elif not self.open:
            yield Phrase.of("support.nothing_next")
        if self.turn is not None:
            yield self._own_turn(self.turn)
        yield from (Phrase.of("support.again", start=occurrence.start) for occurrence in self.again)
        if self.follow_up is not None:
            yield Phrase.of("support.follow_up", start=self.follow_up)

    @staticmethod
    def _own_turn(turn: Turn) -> Phrase:
        if turn.holder is None or turn.end is None:
            return Phrase.of("support.turn_open")
        return Phrase.of("support.turn", until=turn.end)
