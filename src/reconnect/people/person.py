"""A person is an id that means nothing by itself, the zones they have lived in, and perhaps a name."""

import datetime as dt
from collections.abc import Iterable
from itertools import pairwise
from typing import Final, Self

import pendulum
from attrs import evolve, field, frozen

from reconnect.errors import InvalidId, InvalidPerson
from reconnect.limits import limit
from reconnect.temporal.instant import as_instant
from reconnect.temporal.zone import as_zone, local_time

__all__ = ["Move", "Person", "as_id"]

LONGEST_ID: Final = 200  # ours: longer than any UUID, URL-safe token or request key
PRINTED: Final = r"^[^\x00-\x1f\x7f-\x9f]*$"  # no control characters; which others are printed, Unicode alone knows


def as_id(value: str) -> str:
    """Return the text if it can be an id: 1 to 200 printable characters.

    Raises:
        InvalidId: it is no text, empty, too long, or holds characters that cannot be printed.
    """
    if not isinstance(value, str):
        raise InvalidId("a text", f"a {type(value).__name__}")
    if not 0 < len(value) <= LONGEST_ID or not value.isprintable():
        raise InvalidId(f"1 to {LONGEST_ID} printable characters", f"{len(value)} characters")
    return str(value)


limit(as_id, least=1, most=LONGEST_ID, shape=PRINTED, such_as=("a1", "b2", "c3"))


@frozen(kw_only=True)
class Move:
    """From an instant on, a person lives by the clock of another zone."""

    at: pendulum.DateTime = field(converter=as_instant)
    zone: str = field(converter=as_zone)


def _moves(value: Iterable[Move]) -> tuple[Move, ...]:
    moves = tuple(value)
    if not all(isinstance(move, Move) for move in moves):
        raise InvalidPerson("moves", "something else among them")
    if any(later.at <= earlier.at for earlier, later in pairwise(moves)):
        raise InvalidPerson("moves in the order of their instants", "moves in another order")
    return moves


def _name(value: str) -> str:
    if not isinstance(value, str):  # pyright: ignore[reportUnnecessaryIsInstance] - callers may be untyped
        raise InvalidPerson("a name that is a text", f"a {type(value).__name__}")
    if any("\ud800" <= character <= "\udfff" for character in value):
        raise InvalidPerson("a name of whole characters", "half a character")
    return value


@frozen(kw_only=True)
class Person:
    """Someone in a circle: no role, no sex, no rank.

    A zone is a history: after a move the days before it stay the days they were.

    >>> ana = Person(id="ana", zone="America/New_York", name="Ana")
    >>> there = ana.moved(to="Europe/Paris", at=pendulum.datetime(2026, 3, 1))
    >>> there.zone_at(pendulum.datetime(2026, 2, 1)), there.zone_at(pendulum.datetime(2026, 3, 1))
    ('America/New_York', 'Europe/Paris')

    Attributes:
        id: meaningless by itself; values refer to people by it.
        zone: the IANA zone they live by until their first move.
        name: how they like to be called; kept here and nowhere else, and left out of `repr`.
        moves: later zones, each from an instant on.

    Raises:
        InvalidId: the id is empty, too long or unprintable.
        InvalidZone: a zone is not in the IANA database.
        InvalidPerson: the name is no text, or the moves are out of order.
    """

    id: str = field(converter=as_id)
    zone: str = field(converter=as_zone)
    name: str = field(default="", repr=False, converter=_name)
    moves: tuple[Move, ...] = field(default=(), converter=_moves)

    def moved(self, *, to: str, at: dt.datetime) -> Self:
        """Return the same person, living in another zone from `at` on."""
        return evolve(self, moves=(*self.moves, Move(at=as_instant(at), zone=to)))

    def zone_at(self, at: dt.datetime) -> str:
        """Name the zone this person lives by at an instant."""
        moment = as_instant(at)
        return next((move.zone for move in reversed(self.moves) if move.at <= moment), self.zone)

    def day_of(self, at: dt.datetime) -> dt.date:
        """Return the calendar day it is for this person at an instant."""
        return local_time(at, self.zone_at(at)).date()
