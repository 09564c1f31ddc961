"""A proposal is an offer that holds only while everyone it concerns says yes to that very offer."""

import datetime as dt
from functools import cached_property
from typing import ClassVar, Self

import pendulum
from attrs import frozen

from reconnect.consent.course import Course
from reconnect.consent.offer import (
    OFFER_STANDS,
    REVIEW_AFTER,
    Accepted,
    Agreed,
    Countered,
    Declined,
    Muted,
    Offer,
    Offered,
    Withdrawn,
)
from reconnect.errors import AlreadyAnswered, InvalidOffer, NotOpen, NotYours, Superseded, UnknownStory
from reconnect.people.circle import Circle
from reconnect.record.entry import Private
from reconnect.record.kind import Body
from reconnect.record.story import Story, bond
from reconnect.temporal.instant import as_instant
from reconnect.temporal.window import Window
from reconnect.temporal.windows import Windows

__all__ = ["Agreed", "Offer", "Offered", "Proposal"]


@bond
@frozen(kw_only=True)
class Proposal(Story):
    """An offer to everyone in a circle; it holds while all of them say yes, and silence is not yes.

    An answer names the very offer it answers, so nobody can change what another said yes to.

    >>> import pendulum
    >>> from reconnect.people.person import Person
    >>> from reconnect.record.entry import Note
    >>> now = pendulum.datetime(2026, 1, 5, 19)
    >>> ana, ben = Person(id="ana", zone="America/New_York"), Person(id="ben", zone="Europe/Paris")
    >>> us = Circle(id="c1", members=(ana, ben))
    >>> p = Proposal.of(Note(text="a walk on Sundays"), id="p1", circle=us, by="ana", at=now)
    >>> p.in_force(at=now) is None
    True
    >>> p = p.accept(by="ben", offer=p.offer.id, at=now.add(hours=1))
    >>> p.in_force(at=now.add(hours=1)).text
    'a walk on Sundays'
    >>> p.withdraw(by="ana", at=now.add(hours=2)).standing(at=now.add(hours=2))
    <Agreed.RESTING: 'resting'>

    Laws:
        In force at `t` if and only if all have accepted that very offer at or before `t` and none withdrew from
        it, until its review date. A withdrawal is final for that offer. A counter voids earlier yeses.

    Sources:
        The offer stands for 30 days and is reviewed after 90 days: ours, no study.
    """

    bodies: ClassVar[tuple[type, ...]] = (Offered, Countered, Accepted, Declined, Withdrawn, Muted)
    opening: ClassVar[tuple[type, ...]] = (Offered,)

    @classmethod
    def of(
        cls,
        value: Body,
        *,
        id: str,  # noqa: A002 - the field's own name, fixed by the design
        circle: str | Circle,
        by: str,
        at: dt.datetime,
        about: str | None = None,
        expires: dt.datetime | dt.timedelta | None = None,
        lasts: dt.timedelta = REVIEW_AFTER,
        why: str = "",
    ) -> Self:
        """Begin a proposal with an offer; `view.offer` does the same and leaves people in peace.

        Args:
            value: what is offered; any value of a registered kind.
            id: the proposal's id.
            circle: the circle, or its id (who "everyone" is then comes in with the view).
            by: who offers.
            at: now, as the host sees it.
            about: the subject, such as the id of the schedule that this would change.
            expires: until when it can be answered: an instant, or a time from now.
            lasts: how long it holds before it is looked at again.
            why: what it is for, in one's own words; whoever says yes has read them.

        Raises:
            InvalidBody: the value is not of a registered kind.
            InvalidOffer: it would expire before anyone could answer, or hold for no time.
        """
        stands, end = _answering_time(expires, at)
        body = Offered(value=value, stands=stands, expires=end, lasts=lasts, about=about, why=why)
        return cls.begin(body, id=id, circle=circle, by=by, at=at)

    @property
    def offer(self) -> Offer:
        """The newest offer.

        Raises:
            UnknownStory: there is none: whatever was offered had expired before it was made.
        """
        return self._made(None).newest

    @property
    def offers(self) -> tuple[Offer, ...]:
        """Every offer so far, oldest first."""
        return self._course(None).offers

    @property
    def about(self) -> str | None:
        """The subject that the proposal names, if it names one."""
        return self._course(None).about

    @property
    def has_begun(self) -> bool:
        """Whether there is an offer that could be answered for some time."""
        return bool(self.offers)

    def accept(self, *, by: str, offer: str, at: dt.datetime) -> Self:
        """Say yes to one very offer; saying it again changes nothing.

        Raises:
            Superseded: a newer offer stands.
            NotOpen: it has expired, or was withdrawn.
            NotYours: the offer does not concern this person.
        """
        course = self._answering(by, offer, at)
        return self if by in course.yes else self.say(Accepted(offer=offer), by=by, at=at)

    def decline(self, *, by: str, offer: str, at: dt.datetime) -> Self:
        """Say no aloud. Muting or not answering is no less polite, and nobody can tell those two apart.

        Raises:
            AlreadyAnswered: this person said yes before; `withdraw` takes it back.
            Superseded: a newer offer stands.
            NotOpen: it has expired, or was withdrawn.
            NotYours: the offer does not concern this person.
        """
        course = self._answering(by, offer, at)
        if by in course.yes:
            raise AlreadyAnswered
        return self if by in course.no else self.say(Declined(offer=offer), by=by, at=at)

    def mute(self, *, by: str, offer: str, at: dt.datetime) -> Self:
        """Put an offer out of one's own sight; nobody else can tell it from not answering."""
        if any(act.author == by and act.body == Muted(offer=offer) for act in self.acts):
            return self
        return self.say(Muted(offer=offer), by=by, at=at, audience=Private())

    def counter(
        self,
        *,
        by: str,
        offer: str,
        value: Body,
        at: dt.datetime,
        expires: dt.datetime | dt.timedelta | None = None,
        lasts: dt.timedelta = REVIEW_AFTER,
        why: str = "",
    ) -> Self:
        """Answer someone else's open offer with another one; earlier yeses do not carry over.

        Saying the same again, while it is the newest offer, changes nothing.

        Raises:
            NotYours: it is one's own offer, or it does not concern this person.
            Superseded: a newer offer stands.
            NotOpen: it has expired, was withdrawn, or is in force.
        """
        if self._has_countered(by, offer, value, at):
            return self
        course = self._answering(by, offer, at)
        if by == course.newest.by:
            raise NotYours
        if not course.is_open(as_instant(at), agreed_now=True):
            raise NotOpen("an offer")
        stands, end = _answering_time(expires, at)
        body = Countered(offer=offer, value=value, stands=stands, expires=end, lasts=lasts, why=why)
        return self.say(body, by=by, at=at)

    def withdraw(self, *, by: str, at: dt.datetime, offer: str | None = None) -> Self:
        """End it for one's own part: at once, alone, without a reason. It cannot be unseen by the others.

        Args:
            by: who withdraws.
            at: now, as the host sees it.
            offer: the offer it concerns; the newest one at that time unless said otherwise.

        Raises:
            NotYours: the offer does not concern this person.
            Superseded: a newer offer stands; whoever said yes to the older one is free of it already.
            NotOpen: there is no such offer.
        """
        newest = self._concerning(by, offer, at).newest.id
        if any(act.author == by and act.body == Withdrawn(offer=newest) for act in self.told(at)):
            return self
        return self.say(Withdrawn(offer=newest), by=by, at=at)

    def in_force(self, *, at: dt.datetime) -> Body | None:
        """Return what holds at an instant, or `None`."""
        moment = as_instant(at)
        course = self._course(moment)
        return course.newest.value if course.holds(moment) else None

    def standing(self, *, at: dt.datetime) -> Agreed:
        """Tell how the proposal stands at an instant.

        Raises:
            UnknownStory: it had not been made by then.
        """
        moment = as_instant(at)
        course = self._made(moment)
        if course.holds(moment):
            return Agreed.IN_FORCE
        if course.since is not None and course.since < course.until:
            return Agreed.RESTING
        return Agreed.OPEN if course.is_open(moment) and not course.no else Agreed.SET_ASIDE

    def awaiting(self, *, at: dt.datetime) -> tuple[str, ...]:
        """Return whose yes is missing while the offer is open, in circle order."""
        if self.standing(at=at) is not Agreed.OPEN:
            return ()
        course = self._course(as_instant(at))
        return tuple(person for person in course.newest.people if person not in course.yes)

    def is_muted(self, *, by: str, at: dt.datetime) -> bool:
        """Tell a person whether they muted the newest offer."""
        muted = Muted(offer=self._made(as_instant(at)).newest.id)
        return any(act.author == by and act.body == muted for act in self.told(at))

    def held(self) -> Windows:
        """Return when it held, or holds until its review date."""
        course = self._course(None)
        if course.since is None or course.until <= course.since:
            return Windows()
        return Windows.of(Window(course.since, course.until))

    @cached_property
    def _all(self) -> Course:
        return Course.of(self.told(), self.membership)

    def _course(self, at: pendulum.DateTime | None) -> Course:
        return self._all if at is None else Course.of(self.told(at), self.membership)

    def _made(self, at: pendulum.DateTime | None) -> Course:
        course = self._course(at)
        if not course.offers:
            raise UnknownStory(type(self).__name__)
        return course

    def _has_countered(self, by: str, offer: str, value: Body, at: dt.datetime) -> bool:
        """Tell whether a person's counter with this value, in reply to that offer, is the newest one: a retry."""
        offers = self._course(as_instant(at)).offers
        mine = (act.body for act in self.told(at) if act.author == by and isinstance(act.body, Countered))
        same = any(body.offer == offer and body.value == value for body in mine)
        return same and bool(offers) and offers[-1].by == by and offers[-1].value == value

    def _concerning(self, by: str, offer: str | None, at: dt.datetime) -> Course:
        """Return the course at the instant in which a person says something about the newest offer, or refuse."""
        course = self._course(as_instant(at))
        if not course.concerns(by):
            raise NotYours
        if offer not in {None, course.newest.id}:
            known = {old.id for old in course.offers}
            raise Superseded(course.newest.id) if offer in known else NotOpen("an offer")
        return course

    def _answering(self, by: str, offer: str, at: dt.datetime) -> Course:
        """Return the course at the instant in which a person answers an offer, or refuse."""
        course, moment = self._concerning(by, offer, at), as_instant(at)
        said_yes = by in course.yes and course.holds(moment)
        if not said_yes and not course.is_open(moment, agreed_now=True):
            raise NotOpen("an offer")
        return course


def _answering_time(
    expires: dt.datetime | dt.timedelta | None, at: dt.datetime
) -> tuple[dt.timedelta, pendulum.DateTime | None]:
    """Tell how long, or until when, an offer stands; a time from now stays one, so that a retry says the same."""
    if not isinstance(expires, dt.datetime):
        return (OFFER_STANDS if expires is None else expires, None)
    end = as_instant(expires)
    if end <= as_instant(at):
        raise InvalidOffer("an offer that can be answered for some time", "one that expires at once")
    return OFFER_STANDS, end
