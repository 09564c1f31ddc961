"""A schedule of check-ins exists only through a rhythm that everyone agreed on, for as long as they agree."""

import datetime as dt
from collections.abc import Iterator
from functools import cached_property
from typing import ClassVar, Final, Self

import pendulum
from attrs import frozen

from reconnect.consent.in_force import InForce
from reconnect.consent.proposal import Proposal
from reconnect.consent.resting import acts_about, proposals_of
from reconnect.errors import NotInForce, NotOpen, NotYours
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
from reconnect.primitives.checkin.closed import Closed
from reconnect.primitives.checkin.occurrence import Counts, NewTime, Occurrence, OccurrenceKey, Standing
from reconnect.primitives.checkin.plan import About, Plan, planned
from reconnect.primitives.checkin.rhythm import Rhythm
from reconnect.primitives.checkin.version import versions
from reconnect.record.entry import Audience, Private
from reconnect.record.story import Story
from reconnect.record.view import View
from reconnect.temporal.instant import as_instant
from reconnect.temporal.window import Window
from reconnect.temporal.windows import Windows

__all__ = ["CheckInSchedule"]

OPEN_DOORS: Final = Closed()
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
            NotYours: `by` is none of those who agreed.
        """
        named = circle.id if isinstance(circle, Circle) else circle
        meant = named in (None, agreed.circle) and agreed.about in (None, id)
        if not meant or not isinstance(agreed.in_force(at=at), Rhythm):
            raise NotInForce
        if by not in agreed.offer.people:
            raise NotYours
        begun = cls(id=id, circle=agreed.circle, acts=agreed.acts, founding=agreed.founding)
        return begun.say(Scheduled(proposal=agreed.id), by=by, at=at)

    @classmethod
    def gather(cls, view: View, id: str) -> Self:  # noqa: A002 - the field's own name, fixed by the design
        """Collect the schedule's acts, and those of the proposals it rests on."""
        own = tuple(entry for entry in view.about(id) if isinstance(entry.body, _OWN))
        names = [entry.body.proposal for entry in own if isinstance(entry.body, Scheduled)]
        acts = (*own, *acts_about(view, id, named=names))
        return cls(id=id, circle=view.circle, acts=acts, founding=view.founding)

    @property
    def has_begun(self) -> bool:
        """Whether it ever rested on a rhythm that everyone had agreed to."""
        return bool(self._plan.versions)

    @property
    def rhythm(self) -> Rhythm | None:
        """The rhythm of the newest version, whether or not it has ended."""
        return self._plan.versions[-1].rhythm if self._plan.versions else None

    def until(self, *, at: dt.datetime) -> pendulum.DateTime | None:
        """Return when the version in force at an instant ends by itself, or `None` if none is in force."""
        moment = as_instant(at)
        return next((v.until for v in self._planned(at).versions if v.since <= moment < v.until), None)

    def versions(self, *, at: dt.datetime) -> tuple[InForce, ...]:
        """Return the rhythms that decided which check-ins open, as far as was said by an instant, oldest first."""
        found = self._planned(at).versions
        return tuple(InForce(proposal=each.proposal, window=Window(each.since, each.until)) for each in found)

    @property
    def people(self) -> tuple[str, ...]:
        """Whom its check-ins concern, or once concerned, in circle order."""
        found = {person for version in self._plan.versions for person in version.people}
        return tuple(sorted(found, key=self.membership.place))

    def hold(self, key: OccurrenceKey, *, by: str, at: dt.datetime, when: dt.datetime | None = None) -> Self:
        """Say that a check-in took place; once said by one person, it holds for all, and once is enough.

        Args:
            key: which check-in.
            by: who says so.
            at: now, as the host sees it.
            when: when it took place, if that was earlier (a phone may have been offline).

        Raises:
            NotOpen: `when` lies outside its window or ahead, or there is no such check-in.
            NotYours: it does not concern this person.
        """
        return self._tell(Held(key=key, when=when), by=by, at=at)

    def skip(self, key: OccurrenceKey, *, by: str, at: dt.datetime) -> Self:
        """Let one check-in go, alone and without a reason; for another time, see `raincheck`.

        Raises:
            NotOpen: its window has passed, it took place, or there is no such check-in.
            NotYours: it does not concern this person.
        """
        return self._tell(LetGo(key=key), by=by, at=at)

    def move(self, key: OccurrenceKey, to: dt.datetime, *, by: str, at: dt.datetime) -> Self:
        """Say yes to another slot for a check-in; it moves once everyone has said yes to the same one.

        A later yes of the same person replaces an earlier one; naming the time it has now just takes that back.

        Raises:
            NotOpen: it has opened (see `raincheck`), the new start is not ahead, or there is no such check-in.
            NotYours: it does not concern this person.
        """
        place = self._planned(at).place(key)
        if place is not None and not place.can_move(as_instant(at)):
            raise NotOpen("another time for a check-in")
        return self._tell(Moved(key=key, to=to), by=by, at=at)

    def raincheck(self, key: OccurrenceKey, to: dt.datetime, *, by: str, at: dt.datetime) -> Self:
        """Say "not now, then": the old slot is free at once; the new one needs everyone's yes (`move`).

        Raises:
            NotOpen: its window has passed, the new start is not ahead, or there is no such check-in.
            NotYours: it does not concern this person.
        """
        return self._tell(Rainchecked(key=key, to=to), by=by, at=at)

    def pause(self, window: Window, *, by: str, at: dt.datetime) -> Self:
        """Pause the check-ins that start in a window, alone; what has passed by then stays as it was.

        Raises:
            NotYours: the schedule does not concern this person.
        """
        self._require_concern(by, at)
        return self.say(Paused(window=window), by=by, at=at)

    def resume(self, *, by: str, at: dt.datetime) -> Self:
        """End one's own planned pauses from now on; another person's pause stays theirs."""
        return self.say(Resumed(), by=by, at=at)

    def stop(self, *, by: str, at: dt.datetime) -> Self:
        """End the check-ins, alone and at once; only a newly agreed rhythm begins them again.

        Raises:
            NotYours: the schedule does not concern this person.
        """
        self._require_concern(by, at)
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
            InvalidBody: the rating is no whole number from 1 to 5.
            NotOpen: it has not been held.
            NotYours: it does not concern this person.
        """
        place = self._planned(at).held.get(key)
        if place is None:
            raise NotOpen("the rating of a check-in")
        if by not in place.version.people:
            raise NotYours
        heard = Private() if audience is None else audience
        return self.say(Felt(key=key, constructive=constructive), by=by, at=at, audience=heard)

    def occurrences(self, within: Window) -> Iterator[Occurrence]:
        """Go through the check-ins whose slot starts inside a window, in order; of two at one instant one stands."""
        return (place.now for place in self._plan.places(within))

    def occurrence(self, key: OccurrenceKey) -> Occurrence | None:
        """Return the check-in with a key, in the slot it has now, or `None` if there is none."""
        place = self._plan.place(key)
        return None if place is None else place.now

    def new_times(self, *, at: dt.datetime) -> tuple[NewTime, ...]:
        """Return the new times that still need someone's yes as of an instant."""
        return tuple(self._planned(at).new_times(as_instant(at)))

    def is_waiting(self, key: OccurrenceKey) -> bool:
        """Tell whether a check-in was rainchecked and its new time still needs someone's yes."""
        place = self._plan.place(key)
        return place is not None and place.slot.waiting and key not in self._plan.held

    def pauses(self, *, at: dt.datetime) -> tuple[Window, ...]:
        """Return the planned pauses that have not ended by an instant."""
        plan, moment = self._planned(at), as_instant(at)
        windows = {pause.window for pause in plan.pauses if plan.concerns(pause.by) and moment < pause.window.end}
        return tuple(sorted(windows, key=lambda window: (window.start, window.end)))

    def paused(self, *, at: dt.datetime) -> Windows:
        """Return when planned pauses were, are and will be, as far as was said by an instant."""
        plan = self._planned(at)
        return Windows.of(*(pause.window for pause in plan.pauses if plan.concerns(pause.by)))

    def standing_of(self, key: OccurrenceKey, *, at: dt.datetime, closed: Closed = OPEN_DOORS) -> Standing:
        """Tell how one check-in stands as of an instant; one that is not there any more was let go."""
        return self._planned(at).standing(key, as_instant(at), closed)

    def counts(self, within: Window, *, at: dt.datetime, closed: Closed = OPEN_DOORS) -> Counts:
        """Count the check-ins whose slot starts inside a window, as of an instant."""
        return self._planned(at).counts(within, as_instant(at), closed)

    @cached_property
    def _plan(self) -> Plan:
        own = tuple(act for act in self.told() if act.about == self.id)
        return planned(self.id, versions(self.id, proposals_of(self), own), own)

    def _planned(self, at: dt.datetime) -> Plan:
        return self.as_of(at)._plan  # noqa: SLF001 - its own class

    def _require_concern(self, by: str, at: dt.datetime) -> None:
        plan = self._planned(at)
        if plan.versions and not plan.concerns(by):
            raise NotYours

    def _tell(self, body: About, *, by: str, at: dt.datetime) -> Self:
        """Say something about one check-in, or refuse what the fold would not count."""
        plan = self._planned(at)
        place = plan.place(body.key)
        if place is not None and by not in place.version.people:
            raise NotYours
        if plan.knows(body):
            return self
        if plan.hears(body, by=by, at=as_instant(at)) is None:
            raise NotOpen("a check-in")
        return self.say(body, by=by, at=at)
