"""A proposal is an offer that holds only while everyone it concerns says yes to that very offer."""

import datetime as dt
from enum import Enum
from typing import ClassVar, Final, Self

import pendulum
from attrs import evolve, field, frozen

from reconnect.errors import AlreadyAnswered, InvalidOffer, NotOpen, NotYet, NotYours, Superseded, UnknownStory
from reconnect.people.circle import Circle
from reconnect.people.person import as_id
from reconnect.record.digest import digest
from reconnect.record.entry import Entry, Private
from reconnect.record.kind import Body, Heard, heard_of, register
from reconnect.record.story import Story, bond
from reconnect.record.view import View, teach
from reconnect.temporal.instant import as_instant
from reconnect.temporal.window import Window
from reconnect.temporal.windows import Windows

__all__ = ["Agreed", "Offer", "Proposal"]

OFFER_STANDS: Final = dt.timedelta(days=30)  # ours, no study: long enough to think, and then it rests by itself
REVIEW_AFTER: Final = dt.timedelta(days=90)  # ours, no study (rules: values in force carry a review date)
BETWEEN_OFFERS: Final = dt.timedelta(days=7)  # ours, no study (rules: no pestering)


def _offered(value: Body) -> Body:
    heard_of(value)
    return value


@frozen(kw_only=True)
class _Terms:
    """What an offer says: the value, until when it can be answered, and how long it holds once it is agreed."""

    value: Body = field(converter=_offered)
    expires: pendulum.DateTime = field(converter=as_instant)
    lasts: dt.timedelta = field(default=REVIEW_AFTER)

    @lasts.validator
    def _check_lasts(self, _attribute: object, lasts: dt.timedelta) -> None:
        if lasts <= dt.timedelta(0):
            raise InvalidOffer("a time to the next review that is longer than nothing", str(lasts))


@register
@frozen(kw_only=True)
class Offered(_Terms):
    """The act that begins a proposal, and its author's yes."""

    kind: ClassVar[str] = "proposal.offered"
    heard: ClassVar[Heard] = Heard.SHARED

    about: str | None = None


@register
@frozen(kw_only=True)
class Countered(_Terms):
    """Another offer in reply to someone else's: it voids the yeses so far and is its author's yes."""

    kind: ClassVar[str] = "proposal.countered"
    heard: ClassVar[Heard] = Heard.SHARED
    protective: ClassVar[bool] = True

    offer: str = field(converter=as_id)


@register
@frozen(kw_only=True)
class Accepted:
    """One person's yes to one very offer."""

    kind: ClassVar[str] = "proposal.accepted"
    heard: ClassVar[Heard] = Heard.SHARED

    offer: str = field(converter=as_id)


@register
@frozen(kw_only=True)
class Declined:
    """One person's no, said aloud because they chose to say it."""

    kind: ClassVar[str] = "proposal.declined"
    heard: ClassVar[Heard] = Heard.SHARED
    protective: ClassVar[bool] = True

    offer: str = field(converter=as_id)


@register
@frozen(kw_only=True)
class Withdrawn:
    """One person ends it for their part: at once, alone, without a reason, and for good for that offer."""

    kind: ClassVar[str] = "proposal.withdrawn"
    heard: ClassVar[Heard] = Heard.SHARED
    protective: ClassVar[bool] = True

    offer: str = field(converter=as_id)


@register
@frozen(kw_only=True)
class Muted:
    """Not wanting to see an offer: it leaves its author's outlook, and nobody else can tell."""

    kind: ClassVar[str] = "proposal.muted"
    heard: ClassVar[Heard] = Heard.PRIVATE
    protective: ClassVar[bool] = True

    offer: str = field(converter=as_id)


class Agreed(Enum):
    """How a proposal stands."""

    OPEN = "open"
    """Somebody's yes is missing and may still come."""
    IN_FORCE = "in_force"
    """Everyone's yes stands."""
    RESTING = "resting"
    """It held once; it lapsed or was withdrawn, which look alike."""
    SET_ASIDE = "set_aside"
    """It never held: it expired unanswered, was withdrawn before, or someone said no aloud."""


@frozen(kw_only=True)
class Offer:
    """One offer within a proposal. Its id is a digest of who offered what, so a yes can mean nothing else.

    Attributes:
        id: what an answer names.
        value: what is offered.
        by: whose offer it is; offering is saying yes.
        at: since when.
        expires: until when it can be answered.
        lasts: how long it holds after the last yes, until it is looked at again.
        people: whom it concerns: those who were in the circle when it was made.
    """

    id: str
    value: Body
    by: str
    at: pendulum.DateTime
    expires: pendulum.DateTime
    lasts: dt.timedelta
    people: tuple[str, ...]


@frozen(kw_only=True)
class _State:
    """The fold so far: the newest offer, who said yes or no to it, and when it held, if it ever did."""

    offers: tuple[Offer, ...] = ()
    about: str | None = None
    yes: frozenset[str] = frozenset()
    no: frozenset[str] = frozenset()
    withdrawn: pendulum.DateTime | None = None
    since: pendulum.DateTime | None = None

    def answerable(self, at: pendulum.DateTime) -> bool:
        """Tell whether the newest offer can still be answered."""
        return self.withdrawn is None and self.since is None and at < self.offers[-1].expires


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

        Raises:
            InvalidBody: the value is not of a registered kind.
            InvalidOffer: it would expire before anyone could answer, or hold for no time.
        """
        body = Offered(value=value, expires=_expiry(expires, as_instant(at)), lasts=lasts, about=about)
        return cls.begin(body, id=id, circle=circle, by=by, at=at)

    @property
    def offer(self) -> Offer:
        """The newest offer."""
        return self._folded(None).offers[-1]

    @property
    def offers(self) -> tuple[Offer, ...]:
        """Every offer so far, oldest first."""
        return self._folded(None).offers

    @property
    def about(self) -> str | None:
        """The subject that the proposal names, if it names one."""
        return self._folded(None).about

    def accept(self, *, by: str, offer: str, at: dt.datetime) -> Self:
        """Say yes to one very offer; saying it again changes nothing.

        Raises:
            Superseded: a newer offer stands.
            NotOpen: it has expired, or was withdrawn.
            NotYours: the offer does not concern this person.
        """
        state = self._answering(by, offer, at)
        if by in state.yes:
            return self
        return self.say(Accepted(offer=offer), by=by, at=at)

    def decline(self, *, by: str, offer: str, at: dt.datetime) -> Self:
        """Say no aloud. Muting or not answering is no less polite, and nobody can tell those two apart.

        Raises:
            AlreadyAnswered: this person said yes before; `withdraw` takes it back.
            Superseded: a newer offer stands.
            NotOpen: it has expired, or was withdrawn.
            NotYours: the offer does not concern this person.
        """
        state = self._answering(by, offer, at)
        if by in state.yes:
            raise AlreadyAnswered
        return self if by in state.no else self.say(Declined(offer=offer), by=by, at=at)

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
    ) -> Self:
        """Answer someone else's open offer with another one; earlier yeses do not carry over.

        Raises:
            NotYours: it is one's own offer, or it does not concern this person.
            Superseded: a newer offer stands.
            NotOpen: it has expired, was withdrawn, or is in force.
        """
        state = self._answering(by, offer, at)
        if by == state.offers[-1].by:
            raise NotYours
        body = Countered(offer=offer, value=value, expires=_expiry(expires, as_instant(at)), lasts=lasts)
        return self.say(body, by=by, at=at)

    def withdraw(self, *, by: str, at: dt.datetime, offer: str | None = None) -> Self:
        """End it for one's own part: at once, alone, without a reason. It cannot be unseen by the others.

        Args:
            by: who withdraws.
            at: now, as the host sees it.
            offer: the offer it concerns; the newest one at that time unless said otherwise.

        Raises:
            NotYours: the offer does not concern this person.
        """
        state = self._folded(as_instant(at))
        if not state.offers or not _concerns(state.offers[-1], by):
            raise NotYours
        return self.say(Withdrawn(offer=offer or state.offers[-1].id), by=by, at=at)

    def in_force(self, *, at: dt.datetime) -> Body | None:
        """Return what holds at an instant, or `None`."""
        moment = as_instant(at)
        state = self._folded(moment)
        return state.offers[-1].value if self._holds(state, moment) else None

    def standing(self, *, at: dt.datetime) -> Agreed:
        """Tell how the proposal stands at an instant.

        Raises:
            UnknownStory: it had not been made by then.
        """
        moment = as_instant(at)
        state = self._folded(moment)
        if not state.offers:
            raise UnknownStory(type(self).__name__)
        if self._holds(state, moment):
            return Agreed.IN_FORCE
        if state.since is not None and state.since < self._until(state):
            return Agreed.RESTING
        present = self._present(state.offers[-1], moment)
        return Agreed.OPEN if state.answerable(moment) and not state.no and present else Agreed.SET_ASIDE

    def awaiting(self, *, at: dt.datetime) -> tuple[str, ...]:
        """Return whose yes is missing while the offer is open, in circle order."""
        if self.standing(at=at) is not Agreed.OPEN:
            return ()
        state = self._folded(as_instant(at))
        return tuple(person for person in state.offers[-1].people if person not in state.yes)

    def is_muted(self, *, by: str, at: dt.datetime) -> bool:
        """Tell a person whether they muted the newest offer."""
        muted = Muted(offer=self._folded(as_instant(at)).offers[-1].id)
        return any(act.author == by and act.body == muted for act in self.told(at))

    def held(self) -> Windows:
        """Return when it held, or holds until its review date."""
        state = self._folded(None)
        if state.since is None:
            return Windows()
        until = self._until(state)
        return Windows.of(Window(state.since, until)) if state.since < until else Windows()

    def _folded(self, at: pendulum.DateTime | None) -> _State:
        state = _State()
        for act in self.told(at):
            state = self._next(state, act)
        return state

    def _next(self, state: _State, act: Entry) -> _State:
        """Carry one act into the state; what was not allowed at that time changes nothing."""
        body, by = act.body, act.author
        if isinstance(body, Offered):
            return state if state.offers else self._made(_State(about=body.about), act, body)
        if not state.offers or not _concerns(state.offers[-1], by):
            return state
        newest = state.offers[-1]
        if getattr(body, "offer", None) != newest.id:
            return state
        took_back = isinstance(body, Withdrawn) or (isinstance(body, Declined) and by in state.yes)
        if took_back and state.withdrawn is None:
            return evolve(state, withdrawn=act.at)
        if isinstance(body, Countered) and by != newest.by and (state.answerable(act.at) or state.since == act.at):
            return self._made(state, act, body)
        if not state.answerable(act.at):
            return state
        if isinstance(body, Declined):
            return evolve(state, no=state.no | {by})
        if isinstance(body, Accepted):
            yes = state.yes | {by}
            everyone = bool(newest.people) and yes.issuperset(newest.people)
            return evolve(state, yes=yes, no=state.no - {by}, since=act.at if everyone else None)
        return state

    def _made(self, state: _State, act: Entry, terms: Offered | Countered) -> _State:
        if terms.expires <= act.at:
            return state
        offer = Offer(
            id=digest(act.circle, self.id, act.author, act.id, terms),
            value=terms.value,
            by=act.author,
            at=act.at,
            expires=terms.expires,
            lasts=terms.lasts,
            people=self.membership.at(act.at),
        )
        return _State(offers=(*state.offers, offer), about=state.about, yes=frozenset({act.author}))

    def _answering(self, by: str, offer: str, at: dt.datetime) -> _State:
        """Return the state in which a person answers an offer, or refuse."""
        moment = as_instant(at)
        state = self._folded(moment)
        if not state.offers or not _concerns(state.offers[-1], by):
            raise NotYours
        newest = state.offers[-1].id
        if offer != newest:
            raise Superseded(newest) if offer in {old.id for old in state.offers} else NotOpen("an offer")
        if not state.answerable(moment) and by not in state.yes:
            raise NotOpen("an offer")
        return state

    def _holds(self, state: _State, at: pendulum.DateTime) -> bool:
        return state.since is not None and state.since <= at < self._until(state)

    def _until(self, state: _State) -> pendulum.DateTime:
        """Return when what everyone said yes to ends: by a withdrawal, a leaving, or its review date."""
        offer = state.offers[-1]
        since = state.since or offer.at
        ends = [as_instant(since + offer.lasts)]
        ends += [] if state.withdrawn is None else [state.withdrawn]
        ends += [stay.until for stay in self.membership.stays if stay.until is not None and stay.person in offer.people]
        ends += [] if self.membership.ended is None else [self.membership.ended]
        return min(ends)

    def _present(self, offer: Offer, at: pendulum.DateTime) -> bool:
        return set(offer.people) <= set(self.membership.at(at)) and not self.membership.is_over(at)


def _concerns(offer: Offer, person: str) -> bool:
    """Tell whether an offer concerns a person; while the circle is not known, it may."""
    return not offer.people or person in offer.people


def _expiry(expires: dt.datetime | dt.timedelta | None, at: pendulum.DateTime) -> pendulum.DateTime:
    end = expires if isinstance(expires, dt.datetime) else at + (OFFER_STANDS if expires is None else expires)
    if end <= at:
        raise InvalidOffer("an offer that can be answered for some time", "one that expires at once")
    return as_instant(end)


def _offer(
    view: View,
    value: Body,
    *,
    id: str,  # noqa: A002 - the field's own name, fixed by the design
    about: str | None,
    at: dt.datetime | None,
    expires: dt.datetime | dt.timedelta | None,
) -> Proposal:
    """Carry out `View.offer`. Only what the reader offered before decides, never how anyone took it."""
    now = view.at if at is None else as_instant(at)
    begun = [entry for entry in view.entries(kind=Offered) if entry.author == view.reader]
    if any(entry.about == id and entry.body.value == value for entry in begun if isinstance(entry.body, Offered)):
        return view.state(Proposal, id)  # a retry
    agreed = {p.about for p in view.all(Proposal) if p.held()}
    subject = (value.kind, about if about in agreed else None)
    for entry in reversed(begun):
        body = entry.body
        if not isinstance(body, Offered) or entry.at + BETWEEN_OFFERS <= now:
            continue
        if (body.value.kind, body.about if body.about in agreed else None) == subject:
            raise NotYet(as_instant(entry.at + BETWEEN_OFFERS))
    p = Proposal.of(value, id=id, circle=view.circle, by=view.reader, at=now, about=about, expires=expires)
    return evolve(p, founding=view.founding)


teach("offer", _offer)
