"""A deal is what a commitment's acts come to: who agreed, what was kept or let go, and by when each time is due."""

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import TypeAlias

import pendulum
from attrs import define, field, frozen

from reconnect.consent.offer import OFFER_STANDS
from reconnect.primitives.commitment.acts import (
    NewDue,
    Promise,
    PromiseAgreed,
    PromiseExcused,
    PromiseKept,
    PromiseLetGo,
)
from reconnect.record.entry import Entry
from reconnect.record.membership import Membership
from reconnect.temporal.elapsed import elapsed
from reconnect.temporal.recurrence import Recurrence
from reconnect.temporal.window import Window

__all__ = ["Deal", "Key", "Moment", "deal_of"]

Moment: TypeAlias = pendulum.DateTime
Key: TypeAlias = dt.datetime | None


@define
class _Said:
    """What was said, ready to be looked up; written down once by `deal_of`, afterwards only read."""

    agreed: dict[str, Moment] = field(factory=dict[str, Moment])
    kept: dict[Key, list[Moment]] = field(factory=dict[Key, list[Moment]])
    let_go: dict[tuple[str, Key], Moment] = field(factory=dict[tuple[str, Key], Moment])
    excused: dict[Key, Moment] = field(factory=dict[Key, Moment])
    wishes: dict[Key, list[tuple[str, Moment, Moment]]] = field(factory=dict[Key, list[tuple[str, Moment, Moment]]])

    def hear(self, act: Entry, owner: str) -> None:
        """Take in one act; of the owner's verbs only theirs count, and the first of each is enough."""
        own = act.author == owner
        match act.body:
            case PromiseAgreed():
                self.agreed.setdefault(act.author, act.at)
            case PromiseKept(start=start) if own:
                self.kept.setdefault(start, []).append(act.at)
            case PromiseExcused(start=start) if own:
                self.excused.setdefault(start, act.at)
            case PromiseLetGo(start=start):
                self.let_go.setdefault((act.author, start), act.at)
            case NewDue(start=start, due=due):
                self.wishes.setdefault(start, []).append((act.author, act.at, due))
            case _:
                pass


@frozen(kw_only=True)
class Deal:
    """Everything that follows from a promise and what was said about it.

    Whatever it is asked as of an instant rests on what had been said by then: each fact has its own instant, so
    the order in which the acts of one instant are told does not matter.

    Attributes:
        promise: the promise.
        owner: who made it.
        since: when.
        to: whom it is for: those who were there when it was made.
        left: when each of these people left, or the circle ended.
    """

    promise: Promise
    owner: str
    since: Moment
    to: tuple[str, ...]
    left: Mapping[str, Moment]
    said: _Said

    @cached_property
    def stands_until(self) -> Moment:
        """Until when it can be answered with a yes: as long as any other offer."""
        return elapsed(self.since, OFFER_STANDS)

    def first_due(self, key: Key) -> Moment | None:
        """Return by when one time was due at first, or `None` if there is no such time."""
        due = self.promise.due
        if not isinstance(due, Recurrence):
            return due if key is None else None
        at = None if key is None else due.instant_of(key)
        return at if at is not None and at > self.since else None

    def keys(self, within: Window) -> Iterator[Key]:
        """Go through the times that are due inside a window, or once were before they were moved."""
        due = self.promise.due
        if not isinstance(due, Recurrence):
            yield from (None,) if due in within or None in self.said.wishes else ()
            return
        found: dict[Key, None] = dict.fromkeys(start.local for start in due.starts(within))
        found.update(dict.fromkeys(key for key in self.said.wishes if self.first_due(key) is not None))
        yield from (key for key in found if self.first_due(key) is not None)

    def due(self, key: Key, at: Moment) -> Moment:
        """Return by when one time is due, as of an instant."""
        dues = self._courses[key].dues
        return dues[max(0, bisect_right(dues, at, key=lambda known: known[0]) - 1)][1]

    def is_moved(self, key: Key, at: Moment) -> bool:
        """Tell whether everyone had agreed on another time by an instant."""
        return bisect_right(self._courses[key].dues, at, key=lambda known: known[0]) > 1

    def is_agreed(self, key: Key, at: Moment) -> bool:
        """Tell whether everyone said yes in time as of an instant, and someone still counts on it."""
        return bool(self.holders(key, self.due(key, at), at))

    def holders(self, key: Key, due: Moment, at: Moment) -> tuple[str, ...]:
        """Return who counts on it as of an instant, if everyone said yes in time; nobody otherwise."""
        first = self.first_due(key)
        known = min(at, self.stands_until, at if first is None else first)
        ends = {person: self.end(person, key, due) for person in self.to}
        yes = {person: self.said.agreed.get(person) for person in self.to}
        if any(_after(yes[person], known) and _after(ends[person], known) for person in self.to):
            return ()
        return tuple(p for p in self.to if not _after(yes[p], known) and _after(ends[p], at))

    def let_go(self, key: Key, at: Moment) -> bool:
        """Tell whether one time was let go by an instant: by its owner, or by everyone whom it was for."""
        due = self.due(key, at)
        everyone = all(not _after(self.end(person, key, due), at) for person in self.to)
        return everyone or not _after(self.end(self.owner, key, due), at)

    def is_over(self, person: str, at: Moment) -> bool:
        """Tell whether a person, or its owner, had let go of all of it by an instant, or had left."""
        both = (person, self.owner)
        ends = [*(self.left.get(each) for each in both), *(self.said.let_go.get((each, None)) for each in both)]
        return any(not _after(end, at) for end in ends)

    def is_out(self, person: str, key: Key, at: Moment) -> bool:
        """Tell whether one person had let a time go by an instant."""
        return not _after(self.end(person, key, self.due(key, at)), at)

    def kept(self, key: Key, at: Moment) -> Moment | None:
        """Return when one time was kept, as of an instant; what was let go first, or never agreed, was not."""
        return next((told for told in self._kept.get(key, ()) if told <= at), None)

    def excused(self, key: Key, at: Moment) -> bool:
        """Tell whether its owner was kind to themselves about one time by an instant."""
        return not _after(self.said.excused.get(key), at)

    def wish(self, key: Key, at: Moment) -> tuple[Moment | None, tuple[str, ...]]:
        """Return the newest time that not everyone has said yes to as of an instant, and whose yes it needs."""
        due = self.due(key, at)
        parties = (self.owner, *self.holders(key, due, at))
        heard = self._courses[key].heard
        wishes = {by: new for by, told, new in heard if told <= at and by in parties}
        newest = next((new for new in reversed(wishes.values()) if new != due), None)
        if newest is None or at > due or newest < at:
            return None, ()
        return newest, tuple(person for person in parties if wishes.get(person) != newest)

    @cached_property
    def _kept(self) -> Mapping[Key, tuple[Moment, ...]]:
        """When each time was kept, for the first time; later tellings of it add nothing."""
        found: dict[Key, tuple[Moment, ...]] = {}
        for key, told in self.said.kept.items():
            if self.first_due(key) is not None:
                first = (at for at in told if self.is_agreed(key, at) and not self.let_go(key, at))
                found[key] = tuple(first)[:1]
        return found

    @cached_property
    def _courses(self) -> "_Courses":
        return _Courses(self)

    def end(self, person: str, key: Key, due: Moment) -> Moment | None:
        """Return when one time ended for a person: they let it go, or before it was due all of them, or they left."""
        whole = [self.left.get(person)] + ([] if key is None else [self.said.let_go.get((person, None))])
        ends = [self.said.let_go.get((person, key)), *(end for end in whole if not _after(end, due))]
        return min((end for end in ends if end is not None), default=None)


@frozen
class _Course:
    """How one time was moved.

    Attributes:
        dues: by when it is due: since when everyone knew, and the instant.
        heard: who said when that they would like which other time, and could say so then.
    """

    dues: list[tuple[Moment, Moment]]
    heard: list[tuple[str, Moment, Moment]] = field(factory=list[tuple[str, Moment, Moment]])


class _Courses(dict[Key, _Course]):
    """The course of each time, worked out when it is asked for."""

    def __init__(self, deal: Deal) -> None:
        """Begin with nothing worked out."""
        super().__init__()
        self._deal = deal

    def __missing__(self, key: Key) -> _Course:
        """Go through everyone's wishes for one time: it moves when all of them meet before it is due."""
        deal = self._deal
        due = deal.first_due(key)
        found = self[key] = _Course([(deal.since, deal.since if due is None else due)])
        wishes: dict[str, Moment] = {}
        for by, at, new in deal.said.wishes.get(key, ()) if due is not None else ():
            current = found.dues[-1][1]
            parties = (deal.owner, *deal.holders(key, current, at))
            gone = deal.end(deal.owner, key, current)
            if at > current or new < at or len(parties) == 1 or by not in parties or not _after(gone, at):
                continue
            found.heard.append((by, at, new))
            wishes[by] = new
            if new != current and all(wishes.get(person) == new for person in parties):
                found.dues.append((at, new))
        return found


def deal_of(told: Iterable[Entry], membership: Membership) -> Deal | None:
    """Work out what a commitment's acts come to, or `None` while nobody has promised anything to anyone here."""
    acts = tuple(told)
    for act in acts:
        body = act.body
        here = membership.at(act.at) if membership.stays else None
        if isinstance(body, Promise):
            to = tuple(p for p in body.to if p != act.author and (here is None or p in here))
            if to:
                return _deal(act, body, to, acts, membership)
    return None


def _deal(made: Entry, promise: Promise, to: tuple[str, ...], acts: tuple[Entry, ...], membership: Membership) -> Deal:
    said = _Said()
    for act in acts:
        if act.at >= made.at:
            said.hear(act, made.author)
    left: dict[str, Moment] = {}
    for stay in membership.stays:
        ends = [end for end in (stay.until, membership.ended) if end is not None]
        if stay.person in (made.author, *to) and stay.covers(made.at) and ends:
            left[stay.person] = min(ends)
    return Deal(promise=promise, owner=made.author, since=made.at, to=to, left=left, said=said)


def _after(at: Moment | None, moment: Moment) -> bool:
    """Tell whether something that may have happened had not happened by an instant."""
    return at is None or at > moment
