"""Membership is who is in a circle, and since when, folded from the circle's own acts."""

import datetime as dt
from collections.abc import Iterable
from functools import cached_property
from typing import ClassVar, Final, Self

import pendulum
from attrs import evolve, field, frozen

from reconnect.errors import InvalidCircle, NotAMember
from reconnect.limits import limit
from reconnect.people.circle import FEWEST, Circle
from reconnect.people.person import Person, as_id
from reconnect.record.entry import Entry, Shared
from reconnect.record.kind import Heard, as_text, register
from reconnect.temporal.instant import as_instant
from reconnect.temporal.zone import as_zone

__all__ = [
    "Ended",
    "Founded",
    "Introduced",
    "Joined",
    "Left",
    "Membership",
    "Stay",
    "Welcomed",
    "found",
    "in_order",
    "introduce",
]

FOUNDING: Final = "founding"


def _members(value: tuple[str, ...]) -> tuple[str, ...]:
    if not isinstance(value, tuple) or len(set(map(as_id, value))) < max(FEWEST, len(value)):  # pyright: ignore[reportUnnecessaryIsInstance] - callers may be untyped
        raise InvalidCircle("two or more ids, each of them once", "something else")
    return value


limit(_members, least=FEWEST, once=True, each=as_id)


@register
@frozen(kw_only=True)
class Founded:
    """The first entry of a circle: the ids of its people, in circle order."""

    kind: ClassVar[str] = "circle.founded"
    heard: ClassVar[Heard] = Heard.SHARED

    members: tuple[str, ...] = field(converter=_members)


@register
@frozen(kw_only=True)
class Welcomed:
    """One person's yes to someone who may join; they join once everyone has said it."""

    kind: ClassVar[str] = "circle.welcomed"
    heard: ClassVar[Heard] = Heard.SHARED

    person: str = field(converter=as_id)


@register
@frozen(kw_only=True)
class Joined:
    """The newcomer's own yes. They see nothing that is older than it."""

    kind: ClassVar[str] = "circle.joined"
    heard: ClassVar[Heard] = Heard.SHARED


@register
@frozen(kw_only=True)
class Left:
    """One person leaves, alone and at once; nothing can forbid it."""

    kind: ClassVar[str] = "circle.left"
    heard: ClassVar[Heard] = Heard.SHARED
    protective: ClassVar[bool] = True


@register
@frozen(kw_only=True)
class Ended:
    """One person's wish that the circle ends; it has ended once everyone in it has said so."""

    kind: ClassVar[str] = "circle.ended"
    heard: ClassVar[Heard] = Heard.SHARED
    protective: ClassVar[bool] = True


@register
@frozen(kw_only=True)
class Introduced:
    """How a person likes to be called and the zone they live by; a later one follows it."""

    kind: ClassVar[str] = "circle.introduced"
    heard: ClassVar[Heard] = Heard.SHARED

    zone: str = field(converter=as_zone)
    name: str = field(default="", repr=False, converter=as_text)


_RANKS: Final = (Founded, Welcomed, Joined, Ended, Left)


@frozen(kw_only=True)
class Stay:
    """One stretch of a person's time in a circle; `None` stands for "to this day"."""

    person: str
    since: pendulum.DateTime
    until: pendulum.DateTime | None = None

    def covers(self, at: pendulum.DateTime) -> bool:
        """Tell whether this person is in the circle at an instant; leaving counts at once."""
        return self.since <= at and (self.until is None or at < self.until)


@frozen(kw_only=True)
class Membership:
    """Who is in a circle, at every instant.

    Laws:
        The order of the acts, and saying one twice, change nothing. Nobody is added without everyone's yes
        and their own; nobody is kept after they left. Coming back is joining again.

    Attributes:
        stays: everyone's stretches of time here, founders first, then in the order of joining.
        ended: when everyone who was there had ended the circle; nobody joins after that.
        welcomes: who welcomed whom, for those who may still join.
        ends: who would like the circle to end.
    """

    stays: tuple[Stay, ...] = ()
    ended: pendulum.DateTime | None = None
    welcomes: frozenset[tuple[str, str]] = field(default=frozenset(), repr=False)
    ends: frozenset[str] = field(default=frozenset(), repr=False)

    @classmethod
    def of(cls, acts: Iterable[Entry]) -> Self:
        """Fold the circle's own acts; what was not allowed changes nothing."""
        state = cls()
        for act in sorted(acts, key=in_order):
            state = state._next(act)
        return state

    def _next(self, act: Entry) -> Self:
        """Carry one act into the state."""
        here, author = self.at(act.at), act.author
        match act.body:
            case Founded(members=members) if not self.stays and author in members:
                return evolve(self, stays=tuple(Stay(person=person, since=act.at) for person in members))
            case Joined() if self._may_join(author, here):
                welcomes = frozenset(said for said in self.welcomes if said[1] != author)
                return evolve(self, stays=(*self.stays, Stay(person=author, since=act.at)), welcomes=welcomes)
            case Welcomed(person=person) if author in here and person not in here:
                return evolve(self, welcomes=self.welcomes | {(author, person)})
            case Left() if author in here:
                return self._without(author, act.at)
            case Ended() if author in here:
                return self._over(here, self.ends | {author}, act.at)
            case _:
                return self

    def _may_join(self, newcomer: str, here: tuple[str, ...]) -> bool:
        welcomed = all((person, newcomer) in self.welcomes for person in here)
        return bool(here) and newcomer not in here and welcomed and self.ended is None

    def _without(self, person: str, at: pendulum.DateTime) -> Self:
        """Let one person go, and with them whatever they had said yes to here."""
        stays = tuple(evolve(s, until=at) if s.person == person and s.until is None else s for s in self.stays)
        welcomes = frozenset(said for said in self.welcomes if said[0] != person)
        left = evolve(self, stays=stays, welcomes=welcomes)
        return left._over(left.at(at), self.ends - {person}, at)  # noqa: SLF001 - its own class

    def _over(self, here: tuple[str, ...], ends: frozenset[str], at: pendulum.DateTime) -> Self:
        ended = at if self.ended is None and here and ends.issuperset(here) else self.ended
        return evolve(self, ends=ends, ended=ended)

    @cached_property
    def order(self) -> dict[str, int]:
        """Everyone who ever was in the circle, with their place in circle order."""
        people = dict.fromkeys(stay.person for stay in self.stays)
        return {person: place for place, person in enumerate(people)}

    def place(self, person: str) -> tuple[int, str]:
        """Return what sorts people into circle order; whoever never was in the circle comes last, by id."""
        return (self.order.get(person, len(self.order)), person)

    def at(self, at: dt.datetime) -> tuple[str, ...]:
        """Return the ids of those who are in the circle at an instant, in circle order."""
        moment = as_instant(at)
        here = {stay.person for stay in self.stays if stay.covers(moment)}
        return tuple(person for person in self.order if person in here)

    def has(self, person: str, at: pendulum.DateTime) -> bool:
        """Tell whether a person is in the circle at an instant, without asking who else is."""
        return any(stay.person == person and stay.covers(at) for stay in self.stays)

    def stay(self, person: str, at: dt.datetime) -> Stay:
        """Return the latest stay of a person that had begun by an instant.

        Raises:
            NotAMember: they had not been in this circle by then.
        """
        moment = as_instant(at)
        begun = [s for s in self.stays if s.person == person and s.since <= moment]
        if not begun:
            raise NotAMember
        return begun[-1]

    def is_over(self, at: dt.datetime) -> bool:
        """Tell whether nothing joint can hold then: everyone has ended it, or fewer than two are there."""
        moment = as_instant(at)
        return len(self.at(moment)) < FEWEST or (self.ended is not None and self.ended <= moment)


def found(circle: Circle, *, by: str, at: dt.datetime) -> Entry:
    """Write the first entry of a circle: who its people are.

    Raises:
        NotAMember: the founder is not one of them.
    """
    if by not in circle.ids:
        raise NotAMember
    return Entry(
        circle=circle.id,
        author=by,
        id=FOUNDING,
        at=as_instant(at),
        body=Founded(members=circle.ids),
        audience=Shared(),
    )


def introduce(person: Person, *, circle: str, at: dt.datetime) -> Entry:
    """Write how a person likes to be called and the zone they live by at an instant, as their own entry."""
    body = Introduced(zone=person.zone_at(at), name=person.name)
    moment = as_instant(at)
    ordinal = f"introduced:{moment.isoformat()}"
    return Entry(circle=circle, author=person.id, id=ordinal, at=moment, body=body, audience=Shared())


def is_circle_act(entry: Entry) -> bool:
    """Tell whether an entry is one of the circle's own acts: ids only, nothing of anyone's life."""
    return isinstance(entry.body, _RANKS)


def in_order(act: Entry) -> tuple[pendulum.DateTime, int, str, str]:
    """At equal instants one can follow from another, and what protects comes last and has the final word."""
    rank = next((rank for rank, kind in enumerate(_RANKS) if isinstance(act.body, kind)), len(_RANKS))
    return (act.at, rank, act.author, act.id)
