"""A capacity card says "little to give today": no reason, an end, and nothing left of it afterwards."""

import datetime as dt
from enum import Enum
from typing import ClassVar, Self

import pendulum
from attrs import field, frozen
from attrs.converters import optional

from reconnect.errors import InvalidBody
from reconnect.people.circle import Circle
from reconnect.phrase import Phrase
from reconnect.record.kind import Heard, register
from reconnect.record.story import Story
from reconnect.record.view import View
from reconnect.temporal.day import next_day
from reconnect.temporal.instant import as_instant
from reconnect.temporal.window import Window
from reconnect.temporal.zone import as_zone

__all__ = ["AsUsual", "Capacity", "CapacityCard", "Little", "capacity_of", "capacity_phrase", "little_until"]


class Capacity(Enum):
    """How much someone has to give. There is no third level, no number and no reason."""

    LITTLE = "little"
    """Little to give for now: prompts become softer, and by agreement turns, too."""
    USUAL = "usual"
    """As usual, which is also what everyone has who says nothing."""


@register
@frozen(kw_only=True)
class Little:
    """Its author has little to give, until an instant or until their own day ends."""

    kind: ClassVar[str] = "capacity.little"
    heard: ClassVar[Heard] = Heard.SHARED
    protective: ClassVar[bool] = True

    until: pendulum.DateTime | None = field(default=None, converter=optional(as_instant))
    zone: str | None = field(default=None, converter=optional(as_zone))

    def __attrs_post_init__(self) -> None:
        """Refuse a card without an end, or with two."""
        if (self.until is None) == (self.zone is None):
            raise InvalidBody("an end, or the zone whose day it lasts", "both or neither")

    def end(self, at: pendulum.DateTime) -> pendulum.DateTime:
        """Return when a card that was received at an instant ends by itself."""
        if self.until is not None:
            return self.until
        return next_day(at, self.zone or "UTC")  # where there is no end, there is a zone


@register
@frozen(kw_only=True)
class AsUsual:
    """Its author takes their card back."""

    kind: ClassVar[str] = "capacity.as_usual"
    heard: ClassVar[Heard] = Heard.SHARED


@frozen(kw_only=True)
class CapacityCard(Story):
    """A card that says "little to give today": for oneself, without a reason, and gone when it ends.

    It asks for gentleness and takes nothing: no check-in, promise or count changes by it. Everyone's latest
    word is about themselves alone; one story can hold the cards of everyone. Who would rather not say it aloud
    goes quiet, or says nothing.

    >>> from reconnect.people.person import Person
    >>> ana, ben = Person(id="ana", zone="Europe/Paris"), Person(id="ben", zone="America/New_York")
    >>> us = Circle(id="c1", members=(ana, ben))
    >>> evening = pendulum.datetime(2026, 3, 28, 22, tz="Europe/Paris")
    >>> card = CapacityCard.of(id="k1", circle=us, by="ana", at=evening)
    >>> str(card.little_until(of="ana", at=evening))  # the midnight of whose card it is
    '2026-03-28 23:00:00+00:00'
    >>> next_day = evening.add(hours=2)
    >>> card.level(of="ana", at=evening), card.level(of="ana", at=next_day), card.level(of="ben", at=evening)
    (<Capacity.LITTLE: 'little'>, <Capacity.USUAL: 'usual'>, <Capacity.USUAL: 'usual'>)

    Laws:
        A person's level rests on that person's latest word alone. After its end, or once it is taken back, it
        is as if a card had never been there. At equal instants a card wins over taking it back.

    Sources:
        A card lasts until its author's own day ends: ours, no study.
    """

    bodies: ClassVar[tuple[type, ...]] = (Little, AsUsual)
    opening: ClassVar[tuple[type, ...]] = (Little,)

    @classmethod
    def of(
        cls,
        *,
        id: str,  # noqa: A002 - the field's own name, fixed by the design
        circle: str | Circle,
        by: str,
        at: dt.datetime,
        until: dt.datetime | None = None,
        zone: str | None = None,
    ) -> Self:
        """Say "little to give".

        Args:
            id: the id of the story.
            circle: the circle, or its id.
            by: whose card it is.
            at: now, as the host sees it.
            until: when it ends; at the end of one's own day unless given.
            zone: the zone one lives by now, such as `view.zone`; known already if `circle` is a `Circle`. The others
                can read it, so hand over what they know and not where a device is.

        Raises:
            InvalidBody: neither an end nor a zone is known.
            InvalidWindow: the end does not lie ahead.
        """
        if isinstance(circle, Circle) and zone is None:
            zone = next((person.zone_at(at) for person in circle.members if person.id == by), None)
        return cls.begin(_little(at, until, zone), id=id, circle=circle, by=by, at=at)

    def little(self, *, by: str, at: dt.datetime, until: dt.datetime | None = None, zone: str | None = None) -> Self:
        """Say "little to give" once more; it takes the place of one's earlier card.

        Raises:
            InvalidBody: neither an end nor a zone is given.
            InvalidWindow: the end does not lie ahead.
        """
        body = _little(at, until, zone)
        standing = self._standing(by, at)
        same = standing is not None and body.end(as_instant(at)) == standing
        return self if same else self.say(body, by=by, at=at)

    def as_usual(self, *, by: str, at: dt.datetime) -> Self:
        """Take one's card back, whenever one likes; it is never refused."""
        return self if self._standing(by, at) is None else self.say(AsUsual(), by=by, at=at)

    def little_until(self, *, of: str, at: dt.datetime) -> pendulum.DateTime | None:
        """Return when a person's card ends by itself; `None` if none stands at that instant."""
        return self._standing(of, at)

    def level(self, *, of: str, at: dt.datetime) -> Capacity:
        """Tell how much a person has to give at an instant, as far as they said."""
        return Capacity.USUAL if self._standing(of, at) is None else Capacity.LITTLE

    def _standing(self, person: str, at: dt.datetime) -> pendulum.DateTime | None:
        moment = as_instant(at)
        if self.founding and not self.membership.has(person, moment):
            return None
        latest = next((act for act in reversed(self.told(moment)) if act.author == person), None)
        if latest is None or not isinstance(latest.body, Little):
            return None
        end = latest.body.end(latest.at)
        return end if moment < end else None


def capacity_of(view: View, person: str) -> Capacity:
    """Tell how much a person has to give as of a view; what they said before is nobody's question any more."""
    return Capacity.USUAL if little_until(view, person) is None else Capacity.LITTLE


def little_until(view: View, person: str) -> pendulum.DateTime | None:
    """Return when a person's card ends by itself, `None` if none stands as of a view.

    Their latest word counts, in whichever story it stands.
    """
    acts = view.entries(kind=CapacityCard.bodies)
    cards = CapacityCard(id=view.circle, circle=view.circle, acts=acts, founding=view.founding)
    return cards.little_until(of=person, at=view.at)


def capacity_phrase(view: View, person: str) -> Phrase | None:
    """Say to the reader that someone, or they themselves, have little to give; `None` if no card stands."""
    until = little_until(view, person)
    if until is None:
        return None
    if person == view.reader:
        return Phrase.of("capacity.yours", until=until)
    return Phrase.of("capacity.theirs", by=person, until=until)


def _little(at: dt.datetime, until: dt.datetime | None, zone: str | None) -> Little:
    """Return what a card says: an end that lies ahead, or the zone whose day it lasts."""
    if until is None:
        return Little(zone=zone)
    return Little(until=Window(as_instant(at), as_instant(until)).end)
