"""A calendar of turns is what the acts of a rotation come to: which turns there are, and who has each of them."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import cache

import pendulum
from attrs import define

from reconnect.consent.in_force import InForce
from reconnect.errors import NotOpen, NotYours
from reconnect.primitives.rotation.acts import Wished
from reconnect.primitives.rotation.agreed import Version
from reconnect.primitives.rotation.away import Absence, absences
from reconnect.primitives.rotation.changes import Change, Changes, changes
from reconnect.primitives.rotation.line import Line, Span
from reconnect.primitives.rotation.stretch import Counted, Place, Timed, stretches
from reconnect.primitives.rotation.turn import Turn, TurnKey, TurnReason, Wish
from reconnect.record.entry import Entry
from reconnect.record.membership import Membership
from reconnect.temporal.window import Window

__all__ = ["Calendar", "calendar"]


@define(kw_only=True)
class Calendar:
    """Everything a rotation's acts come to. `calendar` writes it once; afterwards it is only read.

    Attributes:
        versions: the plans, in the order in which they came into force.
        stretches: when each of them hands turns on, one after the other.
        lines: the order of turns in each stretch.
        begins: when each stretch begins.
        changes: what was said about single turns.
    """

    versions: tuple[Version, ...]
    stretches: tuple[Timed | Counted, ...]
    lines: tuple[Line, ...]
    begins: tuple[pendulum.DateTime, ...]
    changes: Changes

    def at(self, moment: pendulum.DateTime) -> Turn | None:
        """Return the turn that goes on at an instant, or `None`."""
        number = bisect_right(self.begins, moment) - 1
        place = self.stretches[number].at(moment) if number >= 0 else None
        return None if place is None else self._turn(number, place)

    def within(self, window: Window) -> Iterator[Turn]:
        """Go through the turns that share time with a window, in order."""
        return (self._turn(number, place) for number, place in self._places(window))

    def turn(self, key: TurnKey) -> Turn | None:
        """Return the turn with a key, or `None` if there is none."""
        found = _found(self.stretches, key)
        return None if found is None else self._turn(*found)

    def open(self, key: TurnKey, at: pendulum.DateTime) -> Turn:
        """Return a turn that has not ended by an instant.

        Raises:
            NotOpen: it has, or there is none.
        """
        found = self.turn(key)
        if found is None or (found.end is not None and found.end <= at):
            raise NotOpen("a turn")
        return found

    def ahead(self, key: TurnKey, at: pendulum.DateTime) -> Turn:
        """Return a turn that has not begun by an instant.

        Raises:
            NotOpen: it has, or there is none.
        """
        found = self.open(key, at)
        if found.start <= at:
            raise NotOpen("a turn that has not begun")
        return found

    def exchange(self, give: TurnKey, take: TurnKey, *, by: str, at: pendulum.DateTime) -> Wished | None:
        """Return what somebody says to exchange two turns, or `None` if they have been exchanged.

        Raises:
            NotOpen: one of them has begun, nobody else has the other one, or somebody would be away.
            NotYours: somebody else has the turn to be given away.
        """
        mine, theirs = self.ahead(give, at), self.ahead(take, at)
        if mine.holder != by and theirs.holder == by and theirs.reason is TurnReason.SWAP:
            return None
        if mine.holder != by:
            raise NotYours
        other = theirs.holder
        if other is None or other == by or not (self.takes_part(by, take) and self.takes_part(other, give)):
            raise NotOpen("a turn of somebody else, with both there for what they get")
        return Wished(give=give, take=take, other=other)

    def shares(self, within: Window) -> Iterator[tuple[Turn, str | None]]:
        """Go through the turns that begin in a window, each with who has it by the plan, whatever was said about it."""
        for number, place in self._places(within):
            if place.start in within:
                yield self._turn(number, place), self.lines[number].at(place.number)[0]

    def takes_part(self, person: str, key: TurnKey) -> bool:
        """Tell whether a person takes turns by the plan of a turn, and is there for it."""
        found = _found(self.stretches, key)
        return found is not None and self.lines[found[0]].is_there(person, found[1].number)

    def names(self, person: str, key: TurnKey) -> bool:
        """Tell whether the plan of a turn names a person."""
        found = _found(self.stretches, key)
        return found is not None and person in self.lines[found[0]].plan.members

    def concerns(self, person: str) -> bool:
        """Tell whether some plan names a person."""
        return any(person in version.plan.members for version in self.versions)

    def agreed(self) -> Iterator[InForce]:
        """Go through the plans that everyone agreed on, each for as long as turns can begin by it."""
        until = {each.version: each.until for each in self.stretches}
        for version in self.versions:
            end = until.get(version, version.ends)
            if version.proposal is not None and version.since < end:
                yield InForce(proposal=version.proposal, window=Window(version.since, end))

    def wishes(self, at: pendulum.DateTime) -> Iterator[Wish]:
        """Go through the wishes that can still be granted at an instant."""
        for wish in self.changes.wishes.values():
            give, take = self.turn(wish.give), None if wish.take is None else self.turn(wish.take)
            if give is None or give.holder != wish.by:
                continue
            if wish.take is None:
                fits = give.end is None or at < give.end
            else:
                fits = take is not None and take.holder == wish.other and at < min(give.start, take.start)
            if fits:
                yield wish

    def _places(self, window: Window) -> Iterator[tuple[int, Place]]:
        for number in range(max(bisect_right(self.begins, window.start) - 1, 0), len(self.begins)):
            if window.end <= self.begins[number]:
                return
            yield from ((number, place) for place in self.stretches[number].within(window))

    def _turn(self, number: int, place: Place) -> Turn:
        holder, planned, reason = _held(self.lines[number], place, self.changes.of(place.key))
        return Turn(key=place.key, holder=holder, planned=planned, reason=reason, start=place.start, end=place.end)


def calendar(rotation: str, versions: tuple[Version, ...], told: Iterable[Entry], membership: Membership) -> Calendar:
    """Fold what was said in a rotation.

    Args:
        rotation: the rotation's id.
        versions: the plans, in the order in which they came into force.
        told: its own acts, in the order in which folds read them.
        membership: who is in the circle.
    """
    acts = tuple(told)
    found = stretches(rotation, versions, acts)
    away = absences(acts, versions, membership)

    @cache
    def find(key: TurnKey) -> tuple[Place, tuple[str, ...]] | None:
        there = _found(found, key)
        return None if there is None else (there[1], found[there[0]].version.plan.members)

    return Calendar(
        versions=versions,
        stretches=found,
        lines=tuple(_lines(found, away)),
        begins=tuple(each.begin for each in found),
        changes=changes(acts, find),
    )


def _lines(found: Iterable[Timed | Counted], away: dict[str, list[Absence]]) -> Iterator[Line]:
    """Go through the orders of turns, each of which goes on where the one before left off."""
    held_last: str | None = None
    for each in found:
        spans: dict[str, list[Span]] = {
            person: [each.span(absence) for absence in away.get(person, ())] for person in each.version.plan.members
        }
        first, end = each.numbers
        line = Line(each.version.plan, first, spans, held_last)
        held_last = line.held_last(end)
        yield line


def _found(found: tuple[Timed | Counted, ...], key: TurnKey) -> tuple[int, Place] | None:
    """Return the number of the stretch that has a turn, and where it is."""
    for number, each in enumerate(found):
        place = each.find(key) if key.rotation == each.rotation else None
        if place is not None:
            return number, place
    return None


def _held(line: Line, place: Place, change: Change) -> tuple[str | None, str, TurnReason]:
    """Return who holds a turn, who would have had it, and why: first who did it, then what was said, then the plan."""
    base, due = line.at(place.number)
    first = place.done_by or change.holder or base
    if first is None:
        return None, due, TurnReason.NOBODY
    by_plan = (first, due, TurnReason.PLAN if due == first else TurnReason.AWAY)
    planned = base or due
    if place.done_by is not None and first != change.holder:
        return by_plan if first == base else (first, planned, TurnReason.COVER)
    if place.done_by is not None or (first not in change.passed and line.is_there(first, place.number)):
        return by_plan if change.holder is None else (first, planned, change.reason)
    following = line.after(first, place.number, but=change.passed)
    if following is None:
        return None, planned, TurnReason.NOBODY
    return following, planned, TurnReason.PASSED_ON if first in change.passed else TurnReason.AWAY
