"""Membership is who is in a circle, and since when: a fold of founding, welcoming, joining, leaving and ending."""

import datetime as dt
from collections.abc import Iterable
from typing import ClassVar, Final, Self

import pendulum
from attrs import evolve, field, frozen

from reconnect.errors import InvalidCircle, NotAMember
from reconnect.people.circle import FEWEST, Circle
from reconnect.people.person import Person, as_id
from reconnect.record.entry import Entry, Shared
from reconnect.record.kind import Heard, register
from reconnect.temporal.instant import as_instant
from reconnect.temporal.zone import as_zone

__all__ = ["Ended", "Founded", "Introduced", "Joined", "Left", "Membership", "Stay", "Welcomed", "found", "introduce"]

FOUNDING: Final = "founding"


@register
@frozen(kw_only=True)
class Founded:
    """The first entry of a circle: the ids of its people, in circle order."""

    kind: ClassVar[str] = "circle.founded"
    heard: ClassVar[Heard] = Heard.SHARED

    members: tuple[str, ...] = field()

    @members.validator
    def _check_members(self, _attribute: object, members: tuple[str, ...]) -> None:
        if not isinstance(members, tuple) or len(set(map(as_id, members))) < max(FEWEST, len(members)):
            raise InvalidCircle("two or more ids, each of them once", "something else")


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
    """How a person likes to be called and the zone they live by, in their own words; a later one follows it."""

    kind: ClassVar[str] = "circle.introduced"
    heard: ClassVar[Heard] = Heard.SHARED

    zone: str = field(converter=as_zone)
    name: str = field(default="", repr=False)


@frozen(kw_only=True)
class Stay:
    """One stretch of a person's time in a circle; `None` stands for "from the beginning" and "to this day"."""

    person: str
    since: pendulum.DateTime | None = None
    until: pendulum.DateTime | None = None

    def covers(self, at: pendulum.DateTime) -> bool:
        """Tell whether this person is in the circle at an instant (leaving counts at once)."""
        return (self.since is None or self.since <= at) and (self.until is None or at < self.until)


@frozen(kw_only=True)
class Membership:
    """Who is in a circle, at every instant.

    Laws:
        The order of the acts, and saying one twice, change nothing. Nobody is added without everyone's yes and
        their own; nobody is kept after they left.
    """

    stays: tuple[Stay, ...] = ()
    ended: pendulum.DateTime | None = None

    @classmethod
    def of(cls, acts: Iterable[Entry]) -> Self:
        """Fold the circle's own acts; what was not allowed changes nothing."""
        found_by_all: dict[str, set[str]] = {}
        state = cls()
        ends: set[str] = set()
        for act in sorted(acts, key=_order):
            here = state.at(act.at)
            if isinstance(act.body, Founded):
                if not state.stays and act.author in act.body.members:
                    state = cls(stays=tuple(Stay(person=person) for person in act.body.members))
            elif isinstance(act.body, Joined):
                if here and act.author not in here and found_by_all.get(act.author, set()).issuperset(here):
                    state = evolve(state, stays=(*state.stays, Stay(person=act.author, since=act.at)))
                    found_by_all.pop(act.author)
            elif act.author not in here:
                continue
            elif isinstance(act.body, Welcomed):
                found_by_all.setdefault(act.body.person, set()).add(act.author)
            elif isinstance(act.body, Left):
                state = evolve(state, stays=tuple(_closed(stay, act) for stay in state.stays))
            elif isinstance(act.body, Ended):
                ends.add(act.author)
            if state.ended is None and state.stays and _is_over(state.at(act.at), ends):
                state = evolve(state, ended=act.at)
        return state

    @property
    def order(self) -> dict[str, int]:
        """Everyone who ever was in the circle, with their place in circle order."""
        people = dict.fromkeys(stay.person for stay in self.stays)
        return {person: place for place, person in enumerate(people)}

    def at(self, at: dt.datetime) -> tuple[str, ...]:
        """Return the ids of those who are in the circle at an instant, in circle order."""
        moment = as_instant(at)
        return tuple(stay.person for stay in self.stays if stay.covers(moment))

    def stay(self, person: str, at: dt.datetime) -> Stay:
        """Return the latest stay of a person that had begun by an instant.

        Raises:
            NotAMember: they had not been in this circle by then.
        """
        moment = as_instant(at)
        begun = [s for s in self.stays if s.person == person and (s.since is None or s.since <= moment)]
        if not begun:
            raise NotAMember
        return begun[-1]

    def is_over(self, at: dt.datetime) -> bool:
        """Tell whether nothing joint can hold any more: everyone ended it, or fewer than two are left."""
        return self.ended is not None and self.ended <= as_instant(at)


def found(circle: Circle, *, by: str, at: dt.datetime) -> Entry:
    """Write the first entry of a circle: who its people are.

    Raises:
        NotAMember: the founder is not one of them.
    """
    if by not in circle.ids:
        raise NotAMember
    return Entry(
        circle=circle.id, author=by, id=FOUNDING, at=as_instant(at), body=Founded(members=circle.ids), audience=Shared()
    )


def introduce(person: Person, *, circle: str, at: dt.datetime) -> Entry:
    """Write how a person likes to be called and the zone they live by at an instant, as their own entry."""
    body = Introduced(zone=person.zone_at(at), name=person.name)
    moment = as_instant(at)
    ordinal = f"introduced:{moment.isoformat()}"
    return Entry(circle=circle, author=person.id, id=ordinal, at=moment, body=body, audience=Shared())


def is_circle_act(entry: Entry) -> bool:
    """Tell whether an entry is one of the circle's own acts: ids only, nothing of anyone's life."""
    return isinstance(entry.body, Founded | Welcomed | Joined | Left | Ended)


def _order(act: Entry) -> tuple[pendulum.DateTime, bool, bool, str, str]:
    """At equal instants founding comes first and protection last, where it has the final word."""
    protective = isinstance(act.body, Left | Ended)
    return (act.at, protective, not isinstance(act.body, Founded), act.author, act.id)


def _closed(stay: Stay, act: Entry) -> Stay:
    return evolve(stay, until=act.at) if stay.person == act.author and stay.until is None else stay


def _is_over(present: tuple[str, ...], ends: set[str]) -> bool:
    return len(present) < FEWEST or ends.issuperset(present)
