"""A wellness plan holds each person's own goals, the little that they share, and when all look at it together."""

import datetime as dt
from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import ClassVar, Final, Self

import pendulum
from attrs import field, frozen
from attrs.converters import optional

from reconnect.consent.in_force import InForce
from reconnect.consent.proposal import Proposal
from reconnect.consent.resting import acts_about, proposals_of
from reconnect.errors import NotOpen
from reconnect.people.circle import Circle
from reconnect.people.person import as_id
from reconnect.primitives.wellness.acts import (
    Area,
    GoalLetGo,
    GoalSet,
    ReviewRhythm,
    ValueNoted,
    WellnessShared,
)
from reconnect.record.entry import Entry, Private
from reconnect.record.kind import as_text
from reconnect.record.story import Story
from reconnect.record.view import View
from reconnect.temporal.day import as_date
from reconnect.temporal.instant import as_instant
from reconnect.temporal.window import Window

__all__ = ["Goal", "Noted", "WellnessPlan"]

_OWN: Final = (WellnessShared, GoalSet, GoalLetGo, ValueNoted)


@frozen(kw_only=True)
class Goal:
    """A goal as its owner reads it.

    Attributes:
        goal: a short name for it.
        area: what it is about.
        text: what one would like, in one's own words; left out of `repr`.
        since: since when it is worded so.
    """

    goal: str = field(converter=as_id)
    area: Area
    text: str = field(repr=False, converter=as_text)
    since: pendulum.DateTime = field(converter=as_instant)


@frozen(kw_only=True)
class Noted:
    """A value as its owner reads it.

    Attributes:
        area: what it is about.
        amount: a number or a length of time; left out of `repr`.
        unit: what the number counts; left out of `repr`.
        day: the day that it is about.
        at: when it was noted.
    """

    area: Area
    amount: Fraction | dt.timedelta = field(repr=False)
    unit: str = field(default="", repr=False, converter=as_text)
    day: dt.date | None = field(default=None, converter=optional(as_date))
    at: pendulum.DateTime = field(converter=as_instant)


@frozen(kw_only=True)
class WellnessPlan(Story):
    """What each person would like for their own wellbeing, and when everyone looks at it together.

    Goals and values are their owner's alone. What others read is the areas and "you could help me by ...", as far as
    somebody shares it; when people look at it together is agreed by a proposal about the plan, and adjusted by
    another one.

    >>> import pendulum
    >>> now = pendulum.datetime(2026, 1, 5, 19)
    >>> plan = WellnessPlan.of([Area.SLEEP], ["no screens after ten"], id="w1", circle="c1", by="ana", at=now)
    >>> plan = plan.aim("early", "to bed by eleven", area=Area.SLEEP, by="ana", at=now)
    >>> plan = plan.note(dt.timedelta(hours=6), area=Area.SLEEP, by="ana", at=now)
    >>> [(act.body.kind, act.audience) for act in plan.acts if act.body.kind != "wellness.shared"]
    [('wellness.value_noted', Private()), ('wellness.goal_set', Private())]
    >>> plan.shared(of="ana", at=now).areas, "eleven" in repr(plan.goals(of="ana", at=now))
    ((<Area.SLEEP: 'sleep'>,), False)

    Laws:
        What is a person's rests on their own acts alone: nobody sets, words or lets go of another's goal. No goal and
        no value can be in a shared entry, in an offer or in a question. A review holds only while everyone says yes.
    """

    bodies: ClassVar[tuple[type, ...]] = (*_OWN, *Proposal.bodies)
    opening: ClassVar[tuple[type, ...]] = (WellnessShared, GoalSet, ValueNoted)

    @classmethod
    def of(
        cls,
        areas: Iterable[Area],
        help_me: Iterable[str] = (),
        *,
        id: str,  # noqa: A002 - the field's own name, fixed by the design
        circle: str | Circle,
        by: str,
        at: dt.datetime,
    ) -> Self:
        """Begin a plan by sharing what it is about; `quietly` begins one that nobody else knows of.

        Args:
            areas: what one's own part of it is about.
            help_me: "you could help me by ...", if one likes.
            id: the id of the plan.
            circle: the circle, or its id.
            by: who begins it.
            at: now, as the host sees it.

        Raises:
            InvalidCare: something among the areas is none, or one text comes instead of several.
        """
        return cls.begin(WellnessShared(areas=areas, help_me=help_me), id=id, circle=circle, by=by, at=at)

    @classmethod
    def quietly(
        cls,
        goal: str,
        text: str,
        *,
        area: Area,
        id: str,  # noqa: A002 - the field's own name, fixed by the design
        circle: str | Circle,
        by: str,
        at: dt.datetime,
    ) -> Self:
        """Begin a plan with a goal of one's own, of which nobody else learns."""
        body = GoalSet(goal=goal, area=area, text=text)
        return cls.begin(body, id=id, circle=circle, by=by, at=at, audience=Private())

    @classmethod
    def gather(cls, view: View, id: str) -> Self:  # noqa: A002 - the field's own name, fixed by the design
        """Collect the plan's acts, and those of the proposals about its reviews."""
        own = super().gather(view, id)
        return cls(id=id, circle=view.circle, acts=(*own.acts, *acts_about(view, id)), founding=view.founding)

    def aim(self, goal: str, text: str, *, area: Area, by: str, at: dt.datetime) -> Self:
        """Set a goal for oneself, or word it anew under the same name. It stays private."""
        return self.say(GoalSet(goal=goal, area=area, text=text), by=by, at=at, audience=Private())

    def let_go(self, goal: str, *, by: str, at: dt.datetime) -> Self:
        """Let a goal of one's own go, without a reason.

        Raises:
            NotOpen: one has no such goal.
        """
        if goal not in {each.goal for each in self.goals(of=by, at=at)}:
            raise NotOpen("a goal of one's own")
        return self.say(GoalLetGo(goal=goal), by=by, at=at, audience=Private())

    def note(
        self,
        amount: Fraction | int | dt.timedelta,
        *,
        area: Area,
        unit: str = "",
        day: dt.date | None = None,
        by: str,
        at: dt.datetime,
    ) -> Self:
        """Note a value for oneself; there is no way to share it, and no argument for that.

        Raises:
            InvalidCare: it is no number of at most 18 digits and no length of time.
            InvalidDate: the day is no date.
        """
        return self.say(ValueNoted(area=area, amount=amount, unit=unit, day=day), by=by, at=at, audience=Private())

    def share(self, areas: Iterable[Area], help_me: Iterable[str] = (), *, by: str, at: dt.datetime) -> Self:
        """Let the others read what one's part is about and how they could help; it replaces what one shared before."""
        return self.say(WellnessShared(areas=areas, help_me=help_me), by=by, at=at)

    def goals(self, *, of: str, at: dt.datetime) -> tuple[Goal, ...]:
        """Return a person's goals as of an instant, as far as they can be seen: anyone else's are never there."""
        found: dict[str, Goal] = {}
        for act in self._said(of, at):
            match act.body:
                case GoalSet(goal=goal, area=area, text=text):
                    found[goal] = Goal(goal=goal, area=area, text=text, since=act.at)
                case GoalLetGo(goal=goal):
                    found.pop(goal, None)
                case _:
                    pass
        return tuple(found.values())

    def notes(self, *, of: str, at: dt.datetime, area: Area | None = None) -> tuple[Noted, ...]:
        """Return the values that a person noted, oldest first, as far as they can be seen."""
        return tuple(
            Noted(area=body.area, amount=body.amount, unit=body.unit, day=body.day, at=act.at)
            for act in self._said(of, at)
            if isinstance(body := act.body, ValueNoted) and area in {None, body.area}
        )

    def shared(self, *, of: str, at: dt.datetime) -> WellnessShared | None:
        """Return what a person lets the others read, as of an instant, or `None` if that is nothing."""
        bodies = [act.body for act in self._said(of, at) if isinstance(act.body, WellnessShared)]
        return bodies[-1] if bodies else None

    def review(self, *, at: dt.datetime) -> ReviewRhythm | None:
        """Return when people look at it together, as everyone agreed last, or `None` while that is open."""
        moment = as_instant(at)
        held = [rhythm for rhythm, each in self._agreed(moment) if moment in each.window]
        return held[-1] if held else None

    def versions(self, *, at: dt.datetime) -> tuple[InForce, ...]:
        """Return what was agreed about looking at it together, oldest first; of those that hold the newest counts."""
        return tuple(each for _, each in self._agreed(as_instant(at)))

    def reviews(self, within: Window, *, at: dt.datetime) -> tuple[Window, ...]:
        """Return the reviews that start inside a window, as agreed at an instant."""
        review = self.review(at=at)
        return () if review is None else review.times(within)

    def _agreed(self, at: pendulum.DateTime) -> list[tuple[ReviewRhythm, InForce]]:
        """Return the rhythms that were ever agreed on as of an instant, oldest first."""
        about = [p for p in proposals_of(self.as_of(at)) if p.about == self.id]
        held = ((p.offer.value, InForce(proposal=p.id, window=window)) for p in about for window in p.held())
        found = [(value, each) for value, each in held if isinstance(value, ReviewRhythm)]
        return sorted(found, key=lambda one: (one[1].window.start, one[1].proposal))

    def _said(self, person: str, at: dt.datetime) -> Iterator[Entry]:
        return (act for act in self.told(at) if act.author == person and act.about == self.id)
