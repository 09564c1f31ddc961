"""A rotation of turns: who convenes when, by a plan, with what people said about being away and about single turns."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import ClassVar, Self

from attrs import frozen

from reconnect.consent.in_force import InForce
from reconnect.consent.proposal import Proposal
from reconnect.consent.resting import proposals_of
from reconnect.errors import InvalidRotation, NotOpen, NotYours
from reconnect.people.circle import Circle
from reconnect.people.person import Person
from reconnect.primitives.rotation.acts import (
    OWN,
    Away,
    Back,
    Covered,
    Done,
    LeftTurns,
    PassedOn,
    PlanStated,
    RejoinedTurns,
    TurnsBegun,
    Wished,
    Withdrew,
)
from reconnect.primitives.rotation.agreed import LAST, gathered, require_agreed, versions
from reconnect.primitives.rotation.away import going
from reconnect.primitives.rotation.calendar import Calendar, calendar
from reconnect.primitives.rotation.load import Load, load
from reconnect.primitives.rotation.plan import RotationPlan
from reconnect.primitives.rotation.turn import Turn, TurnKey, Wish
from reconnect.record.story import Story
from reconnect.record.view import View
from reconnect.temporal.instant import as_instant
from reconnect.temporal.recurrence import Recurrence
from reconnect.temporal.window import Window

__all__ = ["Rotation"]


@frozen(kw_only=True)
class Rotation(Story):
    """Turns that go round, so that nobody carries repair alone.

    A turn only convenes: whoever has it opens the check-in and brings the agenda. It obliges nobody to apologise,
    to forgive, or to come close, and it can be passed on without a reason.

    >>> import datetime, pendulum
    >>> now = pendulum.datetime(2026, 3, 20, 12)
    >>> sundays = Recurrence.weekly("SU", time="20:00", zone="Europe/Paris", starts=datetime.date(2026, 3, 22))
    >>> r = Rotation.of(["ana", "ben"], handoff=sundays, id="r1", circle="c1", by="ana", at=now)
    >>> [(turn.holder, str(turn.start), turn.window.length.total_seconds() / 3600)  # clocks go forward on the 29th
    ...     for turn in r.turns(Window.of(now, datetime.timedelta(days=14)))]
    [('ana', '2026-03-22 19:00:00+00:00', 167.0), ('ben', '2026-03-29 18:00:00+00:00', 168.0)]
    >>> first = r.turn_at(pendulum.datetime(2026, 3, 23))
    >>> r.pass_on(first.key, by="ana", at=pendulum.datetime(2026, 3, 23)).turn_at(first.start).holder
    'ben'

    Laws:
        Turns tile time from the first handoff on, to the last if there is one. While the same people are there,
        equal weights differ by at most one turn over any run, and others are within one turn of their share from
        the beginning of that time on. An absence touches only turns that have not begun when it is said. A swap, a
        cover and a passing on change exactly their own turns. Turns that have passed stay as they were.
    """

    bodies: ClassVar[tuple[type, ...]] = (*OWN, *Proposal.bodies)
    opening: ClassVar[tuple[type, ...]] = (TurnsBegun, PlanStated)

    @classmethod
    def of(
        cls,
        members: Proposal | Circle | Iterable[str | Person],
        *,
        handoff: Recurrence | None = None,
        weights: Mapping[str, int] | None = None,
        id: str,  # noqa: A002 - the field's own name, fixed by the design
        by: str,
        at: dt.datetime,
        circle: str | Circle | None = None,
    ) -> Self:
        """Begin a rotation on a plan that is in force by a proposal, or on one that is only stated.

        A stated plan is for trying things out, and for hosts that agree elsewhere: nobody's yes stands behind it
        here, and `in_force` says so.

        Args:
            members: the proposal whose value is the plan; or those who take turns, in order.
            handoff: when a turn goes on to the next person; without it, when it is done.
            weights: how much each carries, by id; 1 for those who are not named.
            id: the rotation's id.
            by: one of those who take part.
            at: now, as the host sees it.
            circle: the circle, or its id; no need to name it for a proposal or a circle.

        Raises:
            NotInForce: not everyone's yes to a plan stands at `at`, somebody takes turns by it who said no yes, or
                the proposal is of another circle or about another rotation.
            InvalidRotation: the plan cannot be, the circle is not named, or a proposal comes with a plan beside it.
            NotYours: `by` takes no part.
        """
        if isinstance(members, Proposal):
            if handoff is not None or weights is not None:
                raise InvalidRotation("the plan of the proposal alone", "another plan beside it")
            require_agreed(members, rotation=id, circle=circle, by=by, at=at)
            begun = cls(id=id, circle=members.circle, acts=members.acts, founding=members.founding)
            return begun.say(TurnsBegun(proposal=members.id), by=by, at=at)
        around = members if circle is None and isinstance(members, Circle) else circle
        if around is None:
            raise InvalidRotation("a circle, or its id", "none")
        plan = RotationPlan.of(members, handoff=handoff, weights=weights)
        if by not in plan.members:
            raise NotYours
        return cls.begin(PlanStated(plan=plan), id=id, circle=around, by=by, at=at)

    @classmethod
    def gather(cls, view: View, id: str) -> Self:  # noqa: A002 - the field's own name, fixed by the design
        """Collect the rotation's acts, and those of the proposals it rests on."""
        return cls(id=id, circle=view.circle, acts=gathered(view, id), founding=view.founding)

    @property
    def has_begun(self) -> bool:
        """Whether a plan ever counted, agreed or stated."""
        return bool(self._calendar.versions)

    @property
    def plan(self) -> RotationPlan | None:
        """The newest plan, whether or not it has ended."""
        return self._calendar.versions[-1].plan if self._calendar.versions else None

    def in_force(self, *, at: dt.datetime) -> bool:
        """Tell whether everyone's yes to a plan stands at an instant; never so for one that was only stated."""
        return any(version.is_agreed(as_instant(at)) for version in self._known(at).versions)

    def versions(self, *, at: dt.datetime) -> tuple[InForce, ...]:
        """Return the plans that everyone agreed on, oldest first, each for as long as turns can begin by it."""
        return tuple(self._known(at).agreed())

    def turn_at(self, moment: dt.datetime) -> Turn | None:
        """Return the turn that goes on at an instant, or `None` outside of all turns."""
        return self._calendar.at(as_instant(moment))

    def turns(self, within: Window) -> Iterator[Turn]:
        """Go through the turns that share time with a window, in order."""
        return self._calendar.within(within)

    def turn(self, key: TurnKey) -> Turn | None:
        """Return the turn with a key, or `None` if there is none; one without handoffs is known once it begins."""
        return self._calendar.turn(key)

    def swap(self, give: TurnKey, take: TurnKey, *, by: str, at: dt.datetime) -> Self:
        """Wish to exchange a turn of one's own for another; it is done once the other one wishes for the same.

        The exchange stays with these two turns, even if the plan changes around them.

        Raises:
            NotOpen: one of them has begun, there is no such turn, nobody else has the other one, or one of the two
                people is away for the turn that they would get.
            NotYours: somebody else has the turn to be given away.
        """
        wish = self._known(at).exchange(give, take, by=by, at=as_instant(at))
        return self if wish is None else self._wish(wish, by=by, at=at)

    def ask(self, turn: TurnKey, *, by: str, at: dt.datetime) -> Self:
        """Ask whether somebody could cover a turn of one's own; it stays one's own until somebody does.

        Raises:
            NotOpen: it has ended, or there is no such turn.
            NotYours: somebody else has it.
        """
        if self._known(at).open(turn, as_instant(at)).holder != by:
            raise NotYours
        return self._wish(Wished(give=turn), by=by, at=at)

    def take_back(self, give: TurnKey, take: TurnKey | None = None, *, by: str, at: dt.datetime) -> Self:
        """Take a wish back that nobody has granted yet.

        Raises:
            NotOpen: there is no such wish any more.
        """
        if (by, give, take) not in self._known(at).changes.wishes:
            raise NotOpen("a wish")
        return self.say(Withdrew(give=give, take=take), by=by, at=at)

    def cover(self, turn: TurnKey, *, by: str, at: dt.datetime) -> Self:
        """Take a turn over, asked or not; it counts for whoever does it, and needs their yes alone.

        Raises:
            NotOpen: it has ended, there is no such turn, or this person is away then.
            NotYours: this person takes no turns here.
        """
        known = self._known(at)
        there = known.open(turn, as_instant(at))
        if not known.names(by, turn):
            raise NotYours
        if not known.takes_part(by, turn):
            raise NotOpen("a turn for somebody who is there")
        return self if there.holder == by else self.say(Covered(turn=turn), by=by, at=at)

    def pass_on(self, turn: TurnKey, *, by: str, at: dt.datetime) -> Self:
        """Pass a turn on to the next person who is there; it needs no reason, and changes no other turn.

        Raises:
            NotOpen: it has ended, or there is no such turn.
            NotYours: somebody else has it.
        """
        known = self._known(at)
        there, passed = known.open(turn, as_instant(at)), known.changes.of(turn).passed
        if there.holder != by and by not in passed:
            raise NotYours
        return self if by in passed else self.say(PassedOn(turn=turn), by=by, at=at)

    def done(self, turn: TurnKey, *, by: str, at: dt.datetime) -> Self:
        """Say that one did what a turn is for; it counts for whoever did it, and the next turn begins.

        Raises:
            NotOpen: it ends at a handoff, has not begun before now, or there is no such turn.
            NotYours: this person takes no turns here.
        """
        known, moment = self._known(at), as_instant(at)
        there = known.turn(turn)
        if there is None or turn.ordinal is None or (there.end is None and moment <= there.start):
            raise NotOpen("a turn that goes on until it is done")
        if not known.names(by, turn):
            raise NotYours
        return self if there.end is not None and there.end <= moment else self.say(Done(turn=turn), by=by, at=at)

    def away(self, window: Window, *, by: str, at: dt.datetime) -> Self:
        """Say that one is away; turns that have not begun and share any time with it pass one by.

        Raises:
            NotYours: this person takes no turns here.
        """
        self._require_concern(by, at)
        body = Away(window=window)
        return self if body in self._going(by, at, Away, Back) else self.say(body, by=by, at=at)

    def back(self, *, by: str, at: dt.datetime) -> Self:
        """Say that one is back: from now on, turns that have not begun can come to one again."""
        return self.say(Back(), by=by, at=at) if self._going(by, at, Away, Back) else self

    def leave(self, *, by: str, at: dt.datetime) -> Self:
        """Take no more turns, alone and at once; the others go on without one.

        Raises:
            NotYours: this person takes no turns here.
        """
        self._require_concern(by, at)
        return self if self._going(by, at, LeftTurns, RejoinedTurns) else self.say(LeftTurns(), by=by, at=at)

    def join(self, *, by: str, at: dt.datetime) -> Self:
        """Take turns again. Everyone's yes stands in the plan that names one; a newcomer needs a new plan.

        Raises:
            NotYours: no plan names this person.
        """
        self._require_concern(by, at)
        return self.say(RejoinedTurns(), by=by, at=at) if self._going(by, at, LeftTurns, RejoinedTurns) else self

    def wishes(self, *, at: dt.datetime) -> tuple[Wish, ...]:
        """Return the swaps and covers that somebody wishes for as of an instant, and that can still be granted."""
        return tuple(self._known(at).wishes(as_instant(at)))

    def load(self, within: Window, *, for_: str, at: dt.datetime | None = None) -> Load:
        """Sum up what one carried oneself in a window, and whether all together are even: never who is behind.

        A turn counts once it has ended, in the window in which it began.

        Args:
            within: the window in which turns begin.
            for_: whose own count it is.
            at: now; without it, turns that lie ahead count as planned.
        """
        known, now = (self._calendar, LAST) if at is None else (self._known(at), as_instant(at))
        shares = known.shares(within)
        return load(((turn, base) for turn, base in shares if turn.end is not None and turn.end <= now), person=for_)

    @cached_property
    def _calendar(self) -> Calendar:
        own = tuple(act for act in self.told() if act.about == self.id and isinstance(act.body, OWN))
        plans = versions(self.id, proposals_of(self), own, self.membership)
        return calendar(self.id, plans, own, self.membership)

    def _known(self, at: dt.datetime) -> Calendar:
        return self.as_of(at)._calendar  # noqa: SLF001 - its own class

    def _wish(self, body: Wished, *, by: str, at: dt.datetime) -> Self:
        known = self._known(at).changes.wishes.get((by, body.give, body.take))
        return self if known is not None and known.other == body.other else self.say(body, by=by, at=at)

    def _going(self, by: str, at: dt.datetime, begins: type, ends: type) -> list[object]:
        return going((act for act in self.told(at) if act.about == self.id), by, begins, ends)

    def _require_concern(self, by: str, at: dt.datetime) -> None:
        if not self._known(at).concerns(by):
            raise NotYours
