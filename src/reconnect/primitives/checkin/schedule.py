"""A schedule of check-ins exists only through a rhythm that everyone agreed on, for as long as they agree."""

import datetime as dt
from collections.abc import Iterator
from functools import cached_property
from typing import ClassVar, Final, Self

import pendulum
from attrs import frozen

from reconnect.consent.proposal import Offered, Proposal
from reconnect.errors import NotInForce, NotOpen, UnknownStory
from reconnect.people.circle import Circle
from reconnect.primitives.checkin.acts import (
    Felt,
    Held,
    LetGo,
    Moved,
    Paused,
    Rainchecked,
    Resumed,
    Scheduled,
    Stopped,
)
from reconnect.primitives.checkin.occurrence import Counts, NewTime, Occurrence, OccurrenceKey, Standing
from reconnect.primitives.checkin.plan import Plan, planned
from reconnect.primitives.checkin.rhythm import Rhythm
from reconnect.primitives.checkin.version import versions
from reconnect.record.entry import Audience, Private
from reconnect.record.kind import Body
from reconnect.record.story import Story
from reconnect.record.view import View, teach
from reconnect.temporal.instant import as_instant
from reconnect.temporal.window import Window

__all__ = ["CheckInSchedule"]

_OWN: Final = (Scheduled, Held, LetGo, Moved, Paused, Rainchecked, Resumed, Stopped, Felt)


@frozen(kw_only=True)
class CheckInSchedule(Story):
    """Check-ins that come round by an agreed rhythm, with everything that was said about single ones.

    Its acts include those of the proposals it rests on: withdraw one of those and the check-ins cease. A later
    agreed rhythm about this schedule is a new version from the last yes on; what has opened by then stays.

    >>> import datetime, pendulum
    >>> from reconnect.people.person import Person
    >>> from reconnect.temporal.recurrence import Recurrence
    >>> now = pendulum.datetime(2026, 1, 5, 12)
    >>> us = Circle(id="c1", members=(Person(id="ana", zone="UTC"), Person(id="ben", zone="UTC")))
    >>> rule = Recurrence.weekly("MO", "TH", time="20:00", zone="Europe/Paris", starts=datetime.date(2026, 1, 5))
    >>> p = Proposal.of(Rhythm.of(rule), id="p1", circle=us, by="ana", at=now)
    >>> p = p.accept(by="ben", offer=p.offer.id, at=now)
    >>> s = CheckInSchedule.of(p, id="s1", by="ana", at=now)
    >>> week = Window.of(now, datetime.timedelta(days=7))
    >>> [o.start.isoformat() for o in s.occurrences(week)]
    ['2026-01-05T19:00:00+00:00', '2026-01-08T19:00:00+00:00']

    Laws:
        Editing never changes an occurrence that has opened. The key of an occurrence survives moves, new
        versions and changes of the zone database. A planned pause moves no count.
    """

    bodies: ClassVar[tuple[type, ...]] = (*_OWN, *Proposal.bodies)
    opening: ClassVar[tuple[type, ...]] = (Scheduled,)

    @classmethod
    def of(
        cls,
        agreed: Proposal,
        *,
        id: str,  # noqa: A002 - the field's own name, fixed by the design
        by: str,
        at: dt.datetime,
        circle: str | Circle | None = None,
    ) -> Self:
        """Begin a schedule on a rhythm that is in force.

        Args:
            agreed: the proposal whose value is the rhythm.
            id: the schedule's id.
            by: one of the people who agreed.
            at: now, as the host sees it.
            circle: the proposal's circle; there is no need to name it.

        Raises:
            NotInForce: not everyone's yes to a rhythm stands at `at`, or the proposal is of another circle or
                about another schedule.
        """
        named = circle.id if isinstance(circle, Circle) else circle
        meant = named in (None, agreed.circle) and agreed.about in (None, id)
        if not meant or not isinstance(agreed.in_force(at=at), Rhythm):
            raise NotInForce
        begun = cls(id=id, circle=agreed.circle, acts=agreed.acts, founding=agreed.founding)
        return begun.say(Scheduled(proposal=agreed.id), by=by, at=at)

    @classmethod
    def gather(cls, view: View, id: str) -> Self:  # noqa: A002 - the field's own name, fixed by the design
        """Collect the schedule's acts, and those of the proposals it rests on."""
        own = tuple(entry for entry in view.about(id) if isinstance(entry.body, _OWN))
        named = [entry.body.proposal for entry in own if isinstance(entry.body, Scheduled)]
        if not named:
            raise UnknownStory(cls.__name__)
        named += [e.about for e in view.entries(kind=Offered) if e.about and _offers_rhythm(e.body, about=id)]
        agreed = (entry for name in dict.fromkeys(named) for entry in view.about(name))
        acts = (*own, *(entry for entry in agreed if isinstance(entry.body, Proposal.bodies)))
        return cls(id=id, circle=view.circle, acts=acts, founding=view.founding)

    @property
    def rhythm(self) -> Rhythm | None:
        """The rhythm of the newest version, whether or not it has ended."""
        return self._plan.versions[-1].rhythm if self._plan.versions else None

    def until(self, *, at: dt.datetime) -> pendulum.DateTime | None:
        """Return when the version in force at an instant ends by itself, or `None` if none is in force."""
        moment = as_instant(at)
        return next((v.until for v in self.as_of(at)._plan.versions if v.since <= moment < v.until), None)  # noqa: SLF001 - its own class

    def hold(self, key: OccurrenceKey, *, by: str, at: dt.datetime, when: dt.datetime | None = None) -> Self:
        """Say that a check-in took place; once said by one person, it holds for all.

        Args:
            key: which check-in.
            by: who says so.
            at: now, as the host sees it.
            when: when it took place, if that was earlier (a phone may have been offline).

        Raises:
            NotOpen: `when` lies outside its window, or there is no such check-in.
        """
        moment = as_instant(at if when is None else when)
        occurrence = self._plan.occurrence(key)
        if occurrence is None or moment not in occurrence.window or moment > as_instant(at):
            raise NotOpen("a check-in")
        return self.say(Held(key=key, when=None if when is None else moment), by=by, at=at)

    def skip(self, key: OccurrenceKey, *, by: str, at: dt.datetime) -> Self:
        """Let one check-in go, alone and without a reason.

        Raises:
            NotOpen: its window has passed, or there is no such check-in.
        """
        self._require_ahead(key, at)
        return self.say(LetGo(key=key), by=by, at=at)

    def move(self, key: OccurrenceKey, to: dt.datetime, *, by: str, at: dt.datetime) -> Self:
        """Say yes to another slot for a check-in; it moves once everyone has said yes to the same one.

        Raises:
            NotOpen: it has opened, the new start is not ahead, or there is no such check-in.
        """
        self._require_ahead(key, at)
        occurrence = self._plan.occurrence(key)
        opened = occurrence is not None and occurrence.window.start <= as_instant(at)
        if as_instant(to) <= as_instant(at) or (opened and not self._plan.is_waiting(key)):
            raise NotOpen("a check-in")
        return self.say(Moved(key=key, to=to), by=by, at=at)

    def raincheck(self, key: OccurrenceKey, to: dt.datetime, *, by: str, at: dt.datetime) -> Self:
        """Say "not now, then": the old slot is free at once; the new one needs everyone's yes (`move`).

        Raises:
            NotOpen: its window has passed, the new start is not ahead, or there is no such check-in.
        """
        self._require_ahead(key, at)
        if as_instant(to) <= as_instant(at):
            raise NotOpen("a new time")
        return self.say(Rainchecked(key=key, to=to), by=by, at=at)

    def pause(self, window: Window, *, by: str, at: dt.datetime) -> Self:
        """Pause the check-ins that start in a window, alone; what has passed by then stays as it was."""
        return self.say(Paused(window=window), by=by, at=at)

    def resume(self, *, by: str, at: dt.datetime) -> Self:
        """End one's own planned pauses from now on."""
        return self.say(Resumed(), by=by, at=at)

    def stop(self, *, by: str, at: dt.datetime) -> Self:
        """End the check-ins, alone and at once; only a newly agreed rhythm begins them again."""
        return self.say(Stopped(), by=by, at=at)

    def felt(
        self,
        key: OccurrenceKey,
        *,
        constructive: int,
        by: str,
        at: dt.datetime,
        audience: Audience | None = None,
    ) -> Self:
        """Note how constructive a check-in that took place felt, for oneself unless one chooses to share it.

        Raises:
            NotOpen: it has not been held.
        """
        if self.standing_of(key, at=at) is not Standing.HELD:
            raise NotOpen("a check-in that was held, and a rating,")
        heard = Private() if audience is None else audience
        return self.say(Felt(key=key, constructive=constructive), by=by, at=at, audience=heard)

    def occurrences(self, within: Window) -> Iterator[Occurrence]:
        """Go through the check-ins whose slot starts inside a window, in order."""
        return self._plan.occurrences(within)

    def occurrence(self, key: OccurrenceKey) -> Occurrence | None:
        """Return the check-in with a key, in the slot it has now, or `None` if there is none."""
        return self._plan.occurrence(key)

    def new_times(self, *, at: dt.datetime) -> tuple[NewTime, ...]:
        """Return the new times that still need someone's yes as of an instant."""
        return tuple(self.as_of(at)._plan.new_times(as_instant(at)))  # noqa: SLF001 - its own class

    def is_waiting(self, key: OccurrenceKey) -> bool:
        """Tell whether a check-in was rainchecked and its new time still needs someone's yes."""
        return self._plan.is_waiting(key)

    def pauses(self, *, at: dt.datetime) -> tuple[Window, ...]:
        """Return the planned pauses that have not ended by an instant."""
        moment = as_instant(at)
        plan = self.as_of(at)._plan  # noqa: SLF001 - its own class
        return tuple(sorted((w for _, w, _ in plan.pauses if moment < w.end), key=lambda w: (w.start, w.end)))

    def standing_of(self, key: OccurrenceKey, *, at: dt.datetime) -> Standing:
        """Tell how one check-in stands as of an instant; one that is not there any more was let go."""
        return self.as_of(at)._plan.standing(key, as_instant(at))  # noqa: SLF001 - its own class

    def counts(self, within: Window, *, at: dt.datetime) -> Counts:
        """Count the check-ins whose slot starts inside a window, as of an instant."""
        then = self.as_of(at)
        standings = [then._plan.standing(o.key, as_instant(at)) for o in then.occurrences(within)]  # noqa: SLF001 - its own class
        held = standings.count(Standing.HELD)
        return Counts(
            due=held + standings.count(Standing.UNANSWERED),
            held=held,
            paused=standings.count(Standing.PAUSED),
            let_go=standings.count(Standing.LET_GO),
        )

    @cached_property
    def _plan(self) -> Plan:
        own = tuple(act for act in self.told() if act.about == self.id)
        return planned(self.id, versions(self.id, self._proposals(), own), own)

    def _proposals(self) -> Iterator[Proposal]:
        """Go through the proposals that it rests on."""
        for name in dict.fromkeys(act.about for act in self.acts if isinstance(act.body, Offered)):
            acts = tuple(act for act in self.acts if act.about == name)
            yield Proposal(id=str(name), circle=self.circle, acts=acts, founding=self.founding)

    def _require_ahead(self, key: OccurrenceKey, at: dt.datetime) -> None:
        occurrence = self._plan.occurrence(key)
        moment = as_instant(at)
        if occurrence is None or occurrence.window.end <= moment or self._plan.is_held(key, moment):
            raise NotOpen("a check-in")


def _offers_rhythm(body: Body, *, about: str) -> bool:
    return isinstance(body, Offered) and body.about == about and isinstance(body.value, Rhythm)


def _standing(view: View, occurrence: Occurrence) -> Standing:
    """Carry out `View.standing`."""
    return view.state(CheckInSchedule, occurrence.key.schedule).standing_of(occurrence.key, at=view.at)


def _counts(view: View, schedule: CheckInSchedule | str, within: Window) -> Counts:
    """Carry out `View.counts`."""
    name = schedule if isinstance(schedule, str) else schedule.id
    return view.state(CheckInSchedule, name).counts(within, at=view.at)


teach("standing", _standing)
teach("counts", _counts)
