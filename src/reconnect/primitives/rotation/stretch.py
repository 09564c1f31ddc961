"""A stretch is the time during which one plan hands turns on: at its handoffs, or whenever a turn is done."""

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Final

import pendulum
from attrs import evolve, field, frozen

from reconnect.primitives.rotation.acts import Done
from reconnect.primitives.rotation.agreed import LAST, Version
from reconnect.primitives.rotation.away import Absence
from reconnect.primitives.rotation.handoffs import Handoffs
from reconnect.primitives.rotation.line import FOREVER, Span
from reconnect.primitives.rotation.turn import TurnKey
from reconnect.record.entry import Entry
from reconnect.temporal.instant import as_instant
from reconnect.temporal.window import Window

__all__ = ["Counted", "Place", "Stretch", "Timed", "stretches"]

TICK: Final = dt.timedelta(microseconds=1)
NOWHERE: Final = -1


@frozen(kw_only=True)
class Place:
    """Where a turn is: its number in the stretch, its key, and from when to when it goes, if that is known."""

    number: int
    key: TurnKey
    start: pendulum.DateTime
    end: pendulum.DateTime | None
    done_by: str | None = None


@frozen(kw_only=True)
class Stretch:
    """What both kinds of stretches have in common.

    Attributes:
        rotation: the rotation's id.
        version: the plan that hands turns on.
        begin: when its first turn begins.
        limit: when the first turn of the next stretch begins, if there is one.
    """

    rotation: str
    version: Version
    begin: pendulum.DateTime
    limit: pendulum.DateTime = LAST

    @property
    def until(self) -> pendulum.DateTime:
        """When no turn begins by it any more."""
        return min(self.version.ends, self.limit)


@frozen(kw_only=True)
class Timed(Stretch):
    """Turns that go on to the next person at handoffs."""

    handoffs: Handoffs = field(eq=False)

    def at(self, moment: pendulum.DateTime) -> Place | None:
        """Return the turn that goes on at an instant, or `None`."""
        start = self.handoffs.last(min(moment, as_instant(self.until - TICK)))
        if start is None or start < self.begin:
            return None
        end = self._end(start)
        return None if end is None or end <= moment else self._place(self.handoffs.local(start), start, end)

    def within(self, window: Window) -> Iterator[Place]:
        """Go through the turns that share time with a window, in order."""
        running = self.at(window.start)
        since = max(window.start, self.begin) if running is None else running.start
        until = min(window.end, self.until)
        for start in self.handoffs.starts(Window(since, until)) if since < until else ():
            end = self._end(start.instant)
            if end is not None:
                yield self._place(start.local, start.instant, end)

    def find(self, key: TurnKey) -> Place | None:
        """Return the turn with a key, or `None` if there is none."""
        if key.original_start is None or key.zone != self.handoffs.recurrence.zone:
            return None
        start = self.handoffs.recurrence.instant_of(key.original_start)
        found = None if start is None or not self.begin <= start < self.until else self.at(start)
        return found if found is not None and found.key == key else None

    def span(self, absence: Absence) -> Span:
        """Return for which turns somebody is away: those that share any time with their absence."""
        start = absence.window.start
        running = (self.handoffs.last(start) or start) if start < self.limit else start
        until = min(absence.until, self.until)
        ends = FOREVER if until == LAST else self.handoffs.count(until)
        return self.handoffs.count(max(running, absence.since)), ends

    @cached_property
    def numbers(self) -> Span:
        """The number of its first turn, and the one after its last."""
        if self.until == LAST:
            return self.handoffs.count(self.begin), FOREVER
        last = self.handoffs.last(as_instant(self.until - TICK))
        ends = last is not None and self.handoffs.next(last) is None
        return self.handoffs.count(self.begin), self.handoffs.count(self.until) - ends

    def _end(self, start: pendulum.DateTime) -> pendulum.DateTime | None:
        following = self.handoffs.next(start)
        return None if following is None else min(following, self.limit)

    def _place(self, local: dt.datetime, start: pendulum.DateTime, end: pendulum.DateTime) -> Place:
        key = TurnKey(rotation=self.rotation, original_start=local, zone=self.handoffs.recurrence.zone)
        return Place(number=self.handoffs.count(start), key=key, start=start, end=end)


@frozen(kw_only=True)
class Counted(Stretch):
    """Turns that go on to the next person when they are done.

    Attributes:
        before: how many turns were done before.
        done: when each turn was done, and by whom.
    """

    before: int
    done: tuple[tuple[pendulum.DateTime, str], ...]

    def at(self, moment: pendulum.DateTime) -> Place | None:
        """Return the turn that goes on at an instant, or `None`."""
        if not self.begin <= moment < self.limit:
            return None
        place = self._place(bisect_right(self._starts, moment) - 1)
        return place if place.end is None or moment < place.end else None

    def within(self, window: Window) -> Iterator[Place]:
        """Go through the turns that share time with a window, in order."""
        for number in range(
            max(bisect_right(self._starts, window.start) - 1, 0), bisect_left(self._starts, window.end)
        ):
            place = self._place(number)
            if place.end is None or window.start < place.end:
                yield place

    def find(self, key: TurnKey) -> Place | None:
        """Return the turn with a key, or `None` if it has not begun."""
        number = NOWHERE if key.ordinal is None else key.ordinal - self.before
        return self._place(number) if 0 <= number < len(self._starts) else None

    def span(self, absence: Absence) -> Span:
        """Return for which turns somebody is away: those that begin while they are, since nobody knows the end."""
        since = max(absence.window.start, absence.since)
        return bisect_left(self._starts, since), bisect_left(self._starts, absence.until)

    @cached_property
    def numbers(self) -> Span:
        """The number of its first turn, and the one after its last."""
        return 0, len(self._starts)

    @cached_property
    def _starts(self) -> tuple[pendulum.DateTime, ...]:
        return (self.begin, *(at for at, _ in self.done if at < self.until))

    def _place(self, number: int) -> Place:
        at, by = self.done[number] if number < len(self.done) else (LAST, None)
        if self.limit < at:
            at, by = self.limit, None
        key = TurnKey(rotation=self.rotation, ordinal=self.before + number)
        return Place(number=number, key=key, start=self._starts[number], end=None if at == LAST else at, done_by=by)


def stretches(rotation: str, versions: Iterable[Version], told: Iterable[Entry]) -> tuple[Timed | Counted, ...]:
    """Return the stretches of a rotation, one after the other, without time between them unless nothing held.

    A new plan takes over when the first of its own turns begins; until then the plan before goes on.

    Args:
        rotation: the rotation's id.
        versions: the plans, in the order in which they came into force.
        told: what people said, in the order in which folds read it.
    """
    dones = [act for act in told if isinstance(act.body, Done)]
    found: list[Timed | Counted] = []
    for version in versions:
        handoffs = None if version.plan.handoff is None else Handoffs(version.plan.handoff)
        begin = _free(found, version.since) if handoffs is None else _first(handoffs, version.since)
        if begin is None or begin >= version.ends:
            continue
        while found and begin <= found[-1].begin:
            found.pop()
        found[-1:] = [evolve(each, limit=begin) for each in found[-1:]]
        if handoffs is None:
            found.append(_counted(rotation, version, begin, found, dones))
        else:
            found.append(Timed(rotation=rotation, version=version, begin=begin, handoffs=handoffs))
    return tuple(found)


def _first(handoffs: Handoffs, since: pendulum.DateTime) -> pendulum.DateTime | None:
    """Return the first handoff at which a turn begins, or `None` if there is none: the last one only ends a turn."""
    first = handoffs.first(since)
    return None if first is None or handoffs.next(first) is None else first


def _free(found: list[Timed | Counted], since: pendulum.DateTime) -> pendulum.DateTime | None:
    """Return when the turn that goes on at an instant ends, or `None` if that is open."""
    running = next((place for each in found if (place := each.at(since)) is not None), None)
    return since if running is None or running.start == since else running.end


def _counted(
    rotation: str,
    version: Version,
    begin: pendulum.DateTime,
    found: list[Timed | Counted],
    dones: Iterable[Entry],
) -> Counted:
    """Return a stretch whose turns end when they are done: each once, by one of those who take turns."""
    before = sum(each.numbers[1] for each in found if isinstance(each, Counted))
    done: list[tuple[pendulum.DateTime, str]] = []
    start = begin
    for act in dones:
        key = TurnKey(rotation=rotation, ordinal=before + len(done))
        mine = act.body == Done(turn=key) and act.author in version.plan.members
        if mine and start < act.at and start < version.ends:
            done.append((act.at, act.author))
            start = act.at
    return Counted(rotation=rotation, version=version, begin=begin, before=before, done=tuple(done))
