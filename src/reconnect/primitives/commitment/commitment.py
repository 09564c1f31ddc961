"""A commitment is something small that one person promises another: once, or again and again."""

import datetime as dt
from collections.abc import Iterable
from functools import cached_property
from typing import ClassVar, Self

from attrs import frozen

from reconnect.errors import InvalidCare, NotAMember, NotInForce, NotOpen, NotYours, UnknownStory
from reconnect.people.circle import Circle
from reconnect.primitives.commitment.acts import (
    NewDue,
    Promise,
    PromiseAgreed,
    PromiseExcused,
    PromiseKept,
    PromiseLetGo,
    PromiseMuted,
)
from reconnect.primitives.commitment.deal import Deal, Key, deal_of
from reconnect.primitives.commitment.listing import listing
from reconnect.primitives.commitment.promised import Promised
from reconnect.record.entry import Private
from reconnect.record.story import Story
from reconnect.temporal.instant import as_instant
from reconnect.temporal.recurrence import Recurrence
from reconnect.temporal.start import as_start
from reconnect.temporal.window import Window

__all__ = ["Commitment"]


@frozen(kw_only=True)
class Commitment(Story):
    """A small act of reliability that one person promises: a message, a walk, a quiet evening.

    Whoever it is for says yes to it, or says nothing. Others read what is offered, agreed, kept or let go; once its
    time has passed it is simply not listed for them any more, until it is kept or let go. That it passed, or was
    kept later, only its owner reads, with `my_promises`.

    >>> import pendulum
    >>> now = pendulum.datetime(2026, 1, 5, 9)
    >>> evening, night = now.add(hours=11), now.add(hours=14)
    >>> c = Commitment.offer("a walk", to=["ben"], due=evening, id="k1", circle="c1", by="ana", at=now)
    >>> c = c.agree(by="ben", at=now)
    >>> today = Window(now, now.add(days=1))
    >>> [each.keeping.value for each in c.listed(today, at=evening)], c.listed(today, at=night)
    (['agreed'], ())
    >>> [each.keeping.value for each in c.keep(by="ana", at=night).listed(today, at=night)]
    ['kept']

    Laws:
        Only its owner keeps or excuses it, and only they read that its time has passed. What others read rests on
        shared acts alone and is the same for everyone. Nothing holds before everyone whom it is for said yes.
        What was kept stays kept; what was let go first was not kept.

    Sources:
        A yes is possible for 30 days, as for every offer: ours, no study.
    """

    bodies: ClassVar[tuple[type, ...]] = (
        Promise,
        PromiseAgreed,
        PromiseKept,
        NewDue,
        PromiseLetGo,
        PromiseExcused,
        PromiseMuted,
    )
    opening: ClassVar[tuple[type, ...]] = (Promise,)

    @classmethod
    def offer(
        cls,
        what: str,
        *,
        to: Iterable[str],
        due: dt.datetime | Recurrence,
        id: str,  # noqa: A002 - the field's own name, fixed by the design
        circle: str | Circle,
        by: str,
        at: dt.datetime,
    ) -> Self:
        """Offer to do something; nobody can offer what another should do.

        Args:
            what: what it is, in one's own words.
            to: the ids of those whom it is for.
            due: by when: an instant, or a recurrence, each of whose starts is one time.
            id: the id of this commitment.
            circle: the circle, or its id.
            by: who promises it.
            at: now, as the host sees it.

        Raises:
            InvalidCare: it is for nobody else, or is never due from now on.
            NotAMember: the circle is known and one of these people is not in it at that time.
        """
        promise, moment = Promise(what=what, to=to, due=due), as_instant(at)
        if by in promise.to:
            raise InvalidCare("someone else to promise it to", "oneself")
        ahead = promise.due.after(moment) if isinstance(promise.due, Recurrence) else promise.due
        if ahead is None or ahead <= moment:
            raise InvalidCare("a time that lies ahead", "another one")
        made = cls.begin(promise, id=id, circle=circle, by=by, at=moment)
        if made.founding and not set(promise.to) <= set(made.membership.at(moment)):
            raise NotAMember
        return made

    @property
    def has_begun(self) -> bool:
        """Whether something was promised to someone who was there."""
        return self._deal is not None

    @property
    def owner(self) -> str:
        """Who promised it.

        Raises:
            UnknownStory: nothing was promised to anyone who was there.
        """
        return self._known.owner

    def agree(self, *, by: str, at: dt.datetime) -> Self:
        """Say yes to something that is promised to oneself: from now on one may count on it.

        Raises:
            NotYours: it is not promised to this person.
            NotOpen: its time has passed, 30 days have passed since it was offered, or it was let go.
        """
        deal, moment = self._deal_at(at), as_instant(at)
        if by not in deal.to:
            raise NotYours
        if by in deal.said.agreed:
            return self
        due = deal.promise.due
        ahead = due.after(moment, inclusive=True) if isinstance(due, Recurrence) else due
        if ahead is None or moment > min(ahead, deal.stands_until) or deal.is_over(by, moment):
            raise NotOpen("a promise")
        return self.say(PromiseAgreed(), by=by, at=at)

    def mute(self, *, by: str, at: dt.datetime) -> Self:
        """Put it out of one's own sight; nobody else can tell that from not having answered."""
        return self if self.is_muted(by=by, at=at) else self.say(PromiseMuted(), by=by, at=at, audience=Private())

    def is_muted(self, *, by: str, at: dt.datetime) -> bool:
        """Tell a person whether they put it out of their sight."""
        return any(act.author == by and isinstance(act.body, PromiseMuted) for act in self.told(at))

    def keep(self, start: dt.datetime | None = None, *, by: str, at: dt.datetime) -> Self:
        """Say that one did it, at any time, also later; once is enough.

        Args:
            start: the local start of the recurrence that it was for; none for a promise that is due once.
            by: who promised it.
            at: now, as the host sees it.

        Raises:
            NotYours: someone else promised it.
            NotInForce: nobody said yes to it in time, so nobody counts on it.
            NotOpen: it was let go, or there is no such time.
        """
        deal, moment = self._own(by, at), as_instant(at)
        key = _key(deal, start)
        if deal.kept(key, moment) is not None:
            return self
        if deal.let_go(key, moment):
            raise NotOpen("a promise")
        if not deal.is_agreed(key, moment):
            raise NotInForce
        return self.say(PromiseKept(start=start), by=by, at=at)

    def renegotiate(self, due: dt.datetime, start: dt.datetime | None = None, *, by: str, at: dt.datetime) -> Self:
        """Say yes to another time, before it is due; it moves once everyone concerned has said yes to the same one.

        Until then the old time stands. Saying another time replaces an earlier one.

        Args:
            due: the new time.
            start: the local start of the recurrence that it is for; none for a promise that is due once.
            by: who promised it, or someone who counts on it.
            at: now, as the host sees it.

        Raises:
            NotYours: it does not concern this person.
            NotInForce: not everyone has said yes to it, so there is nothing to move.
            NotOpen: it was kept or let go, it is due already, or there is no such time.
            InvalidCare: the new time does not lie ahead.
        """
        deal, moment, new = self._deal_at(at), as_instant(at), as_instant(due)
        key = _key(deal, start)
        if by not in (deal.owner, *deal.to):
            raise NotYours
        if moment > deal.due(key, moment) or deal.let_go(key, moment) or deal.kept(key, moment) is not None:
            raise NotOpen("a promise")
        holders = deal.holders(key, deal.due(key, moment), moment)
        if by not in (deal.owner, *holders) or not holders:
            raise NotInForce
        if new < moment:
            raise InvalidCare("a time that lies ahead", "another one")
        return self.say(NewDue(due=new, start=start), by=by, at=at)

    def let_go(self, start: dt.datetime | None = None, *, by: str, at: dt.datetime) -> Self:
        """Let it go, alone and without a reason; whoever it was promised to releases the other by the same word.

        Of a recurrence, either one time or, without `start`, everything that lies ahead. It is let go once its owner
        says so, or everyone whom it was for.

        Raises:
            NotYours: it does not concern this person.
            NotOpen: it was kept, or there is no such time.
        """
        deal, moment = self._deal_at(at), as_instant(at)
        if by not in (deal.owner, *deal.to):
            raise NotYours
        if start is not None or not isinstance(deal.promise.due, Recurrence):
            key = _key(deal, start)
            if deal.kept(key, moment) is not None:
                raise NotOpen("a promise")
        if (by, start) in deal.said.let_go:
            return self
        return self.say(PromiseLetGo(start=start), by=by, at=at)

    def excuse(self, why: str = "", start: dt.datetime | None = None, *, by: str, at: dt.datetime) -> Self:
        """Be kind to oneself about it: something else came first. It is private, and nobody can tell.

        Raises:
            NotYours: someone else promised it.
            NotOpen: there is no such time.
        """
        deal = self._own(by, at)
        _key(deal, start)
        return self.say(PromiseExcused(start=start, why=why), by=by, at=at, audience=Private())

    def listed(self, within: Window, *, at: dt.datetime) -> tuple[Promised, ...]:
        """Return what everyone may read of the times that are due inside a window, as of an instant, in order.

        What is past its time, and neither kept nor let go, is not among them; nothing tells how much that is.
        """
        deal = self.as_of(at)._deal  # noqa: SLF001 - its own class
        return () if deal is None else listing(deal, self.id, within, as_instant(at))

    @cached_property
    def _deal(self) -> Deal | None:
        return deal_of(self.told(), self.membership)

    @property
    def _known(self) -> Deal:
        if self._deal is None:
            raise UnknownStory(type(self).__name__)
        return self._deal

    def _deal_at(self, at: dt.datetime) -> Deal:
        return self.as_of(at)._known  # noqa: SLF001 - its own class

    def _own(self, by: str, at: dt.datetime) -> Deal:
        deal = self._deal_at(at)
        if by != deal.owner:
            raise NotYours
        return deal


def _key(deal: Deal, start: dt.datetime | None) -> Key:
    """Return which time is meant, or refuse one that there is not."""
    key = None if start is None else as_start(start)
    if deal.first_due(key) is None:
        raise NotOpen("a promise")
    return key
