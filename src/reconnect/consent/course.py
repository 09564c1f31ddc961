"""The course of a proposal: its offers and what everyone said to them, folded in one order for everyone."""

from collections.abc import Iterable
from typing import Self

import pendulum
from attrs import evolve, frozen

from reconnect.consent.offer import Accepted, Countered, Declined, Offer, Offered, Terms, Withdrawn
from reconnect.record.entry import Entry
from reconnect.record.membership import Membership
from reconnect.temporal.instant import as_instant

__all__ = ["Course"]


@frozen(kw_only=True)
class Course:
    """The fold so far: every offer, who said yes or no to the newest, and when that one held, if it ever did.

    Attributes:
        membership: who is in the circle; empty while the circle is not known.
        offers: every offer that counts, oldest first.
        about: the subject that the proposal names.
        yes: who said yes to the newest offer.
        no: who said no to it aloud.
        withdrawn: when someone withdrew from it, which is final for that offer.
        since: when the last yes was said.
    """

    membership: Membership
    offers: tuple[Offer, ...] = ()
    about: str | None = None
    yes: frozenset[str] = frozenset()
    no: frozenset[str] = frozenset()
    withdrawn: pendulum.DateTime | None = None
    since: pendulum.DateTime | None = None

    @classmethod
    def of(cls, acts: Iterable[Entry], membership: Membership) -> Self:
        """Read the acts offer by offer: an answer follows the offer it names, even at the same instant."""
        course = cls(membership=membership)
        naming: dict[str, list[Entry]] = {}
        for act in sorted(acts, key=_rank):
            if not course.offers:
                course = course._begun(act)
            naming.setdefault(getattr(act.body, "offer", ""), []).append(act)
        read = 0
        while read < len(course.offers):
            read = len(course.offers)
            for act in naming.get(course.newest.id, ()):
                if len(course.offers) == read:
                    course = course._next(act)  # noqa: SLF001 - its own class
        return course

    @property
    def newest(self) -> Offer:
        """The newest offer."""
        return self.offers[-1]

    def concerns(self, person: str) -> bool:
        """Tell whether the newest offer concerns a person; while the circle is not known, it may."""
        return bool(self.offers) and (not self.newest.people or person in self.newest.people)

    def is_open(self, at: pendulum.DateTime, *, agreed_now: bool = False) -> bool:
        """Tell whether the newest offer can be answered; a counter may come at the instant of the last yes."""
        undecided = self.since is None or (agreed_now and self.since == at)
        return undecided and self.withdrawn is None and at < self.newest.expires and self._is_together(at)

    def holds(self, at: pendulum.DateTime) -> bool:
        """Tell whether everyone's yes to the newest offer stands at an instant."""
        return self.since is not None and self.since <= at < self.until

    @property
    def until(self) -> pendulum.DateTime:
        """When what everyone said yes to ends: by a withdrawal, a leaving, or its review date."""
        offer, stays = self.newest, self.membership.stays
        left = (stay.until for stay in stays if stay.person in offer.people and stay.covers(offer.at))
        since = offer.at if self.since is None else self.since
        ends = (self.withdrawn, self.membership.ended, *left)
        return min((as_instant(since + offer.lasts), *(end for end in ends if end is not None)))

    def _begun(self, act: Entry) -> Self:
        terms = act.body
        if not isinstance(terms, Offered) or terms.until(act.at) <= act.at or not self._is_going_on(act.at):
            return self
        first = _offer(act, terms, self.membership.at(act.at))
        return evolve(self, offers=(first,), about=terms.about, yes=frozenset({act.author}))

    def _next(self, act: Entry) -> Self:
        """Carry one act about the newest offer into the course; what was not allowed then changes nothing."""
        body, by, newest = act.body, act.author, self.newest
        if not self.concerns(by) or act.at < newest.at:
            return self
        if isinstance(body, Withdrawn) or (isinstance(body, Declined) and by in self.yes):
            return evolve(self, withdrawn=self.withdrawn or act.at)
        if self.is_open(act.at, agreed_now=isinstance(body, Countered)):
            match body:
                case Declined():
                    return evolve(self, no=self.no | {by})
                case Accepted():
                    return self._accepted(by, act.at)
                case Countered() if by != newest.by and act.at < body.until(act.at):
                    offers = (*self.offers, _offer(act, body, newest.people))
                    afresh = type(self)(membership=self.membership, offers=offers, about=self.about)
                    return evolve(afresh, yes=frozenset({by}))
                case _:
                    pass
        return self

    def _accepted(self, by: str, at: pendulum.DateTime) -> Self:
        yes, people = self.yes | {by}, self.newest.people
        everyone = bool(people) and yes.issuperset(people)
        return evolve(self, yes=yes, no=self.no - {by}, since=at if everyone else None)

    def _is_together(self, at: pendulum.DateTime) -> bool:
        """Tell whether everyone whom the newest offer concerns is there."""
        return self._is_going_on(at) and set(self.newest.people) <= set(self.membership.at(at))

    def _is_going_on(self, at: pendulum.DateTime) -> bool:
        return not self.membership.stays or not self.membership.is_over(at)


def _offer(act: Entry, terms: Terms, people: tuple[str, ...]) -> Offer:
    return Offer(
        id=act.content,
        value=terms.value,
        by=act.author,
        at=act.at,
        expires=terms.until(act.at),
        lasts=terms.lasts,
        people=people,
        why=terms.why,
    )


def _rank(act: Entry) -> tuple[pendulum.DateTime, bool, bool]:
    """At one instant a yes comes before what protects, a counter last: what has ended is not countered."""
    return (act.at, getattr(act.body, "protective", False), isinstance(act.body, Countered))
