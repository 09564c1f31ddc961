"""A plan is what a schedule's acts come to: which check-ins there are, in which slots, and how each stands."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

import pendulum
from attrs import evolve, field, frozen

from reconnect.primitives.checkin.acts import Held, LetGo, Moved, Paused, Rainchecked, Resumed
from reconnect.primitives.checkin.occurrence import NewTime, Occurrence, OccurrenceKey, Standing
from reconnect.primitives.checkin.version import Version
from reconnect.record.entry import Entry
from reconnect.temporal.window import Window

__all__ = ["Plan", "planned"]


@frozen(kw_only=True)
class _Slot:
    """What was said about the slot of one check-in: everyone's latest wish, and what it came to."""

    version: Version
    original: pendulum.DateTime
    now: Occurrence
    wishes: Mapping[str, pendulum.DateTime] = field(factory=dict)
    waiting: bool = False

    def wished(self, act: Entry, to: pendulum.DateTime, *, raincheck: bool) -> "_Slot":
        """Carry one person's wish; once everyone wishes the same, it is the slot."""
        wishes = {**self.wishes, act.author: to}
        there = _like(self.now, self.version, to)
        if all(wishes.get(person) == to for person in self.version.people):
            return evolve(self, wishes={}, waiting=False, now=evolve(there, moved=True))
        if raincheck:
            return evolve(self, wishes=wishes, waiting=True, now=evolve(there, rainchecked=True))
        return evolve(self, wishes=wishes)


def _like(occurrence: Occurrence, version: Version, start: pendulum.DateTime | None = None) -> Occurrence:
    """Return a check-in under a version, perhaps with another start, with the marks it has."""
    there = version.at(occurrence.key, start or occurrence.start)
    return evolve(there, moved=occurrence.moved, rainchecked=occurrence.rainchecked)


@frozen(kw_only=True)
class Plan:
    """Everything a schedule's acts come to."""

    schedule: str
    versions: tuple[Version, ...]
    slots: Mapping[OccurrenceKey, _Slot] = field(factory=dict)
    held: Mapping[OccurrenceKey, pendulum.DateTime] = field(factory=dict)
    let_go: frozenset[OccurrenceKey] = frozenset()
    pauses: tuple[tuple[str, Window, pendulum.DateTime], ...] = ()

    def occurrence(self, key: OccurrenceKey) -> Occurrence | None:
        """Return the check-in with a key, in the slot it has now."""
        slot = self.slot(key)
        return None if slot is None else slot.now

    def occurrences(self, within: Window) -> Iterator[Occurrence]:
        """Go through the check-ins whose slot starts inside a window; where clocks skip an hour, one stands for two."""
        base = chain.from_iterable(version.base(self.schedule, within) for version in self.versions)
        kept = {occurrence.start: occurrence for occurrence in sorted(base, key=lambda o: o.key)}
        untouched = (occurrence for occurrence in kept.values() if occurrence.key not in self.slots)
        touched = (occurrence for key in self.slots if (occurrence := self.occurrence(key)) is not None)
        inside = (occurrence for occurrence in touched if occurrence.start in within)
        yield from sorted(chain(untouched, inside), key=lambda occurrence: (occurrence.start, occurrence.key))

    def standing(self, key: OccurrenceKey, at: pendulum.DateTime) -> Standing:
        """Tell how a check-in stands at an instant."""
        slot = self.slot(key)
        if key in self.held:
            return Standing.HELD
        if slot is None or key in self.let_go:
            return Standing.LET_GO
        window = slot.now.window
        if any(
            paused.start <= slot.now.start < paused.end
            for _, paused, said in self.pauses
            if said < window.end
        ):
            return Standing.PAUSED
        ended = not slot.version.replaced and slot.version.until < window.end
        if ended and slot.version.until <= at:
            return Standing.LET_GO
        if at < window.start or (slot.waiting and at < window.end):
            return Standing.NOT_DUE
        if at < window.end:
            return Standing.OPEN
        return Standing.LET_GO if slot.waiting else Standing.UNANSWERED

    def is_waiting(self, key: OccurrenceKey) -> bool:
        """Tell whether a check-in was rainchecked and the new time still needs someone's yes."""
        slot = self.slot(key)
        return slot is not None and slot.waiting

    def is_held(self, key: OccurrenceKey, at: pendulum.DateTime) -> bool:
        """Tell whether a check-in had been held by an instant."""
        return key in self.held and self.held[key] <= at

    def slot(self, key: OccurrenceKey, *, known: pendulum.DateTime | None = None) -> _Slot | None:
        """Return the slot of a check-in: where people put it, else where the rhythm has it."""
        touched = self.slots.get(key)
        if touched is not None and touched.version.opens(touched.original, known=known):
            return touched
        if touched is not None and touched.now.window.start < touched.version.until:
            return touched  # it had been moved ahead, and opened before its version ended
        base = self._base(key, known)
        if touched is None or base is None:
            return base
        return evolve(touched, version=base.version, now=_like(touched.now, base.version))

    def new_times(self, at: pendulum.DateTime) -> Iterator[NewTime]:
        """Go through the new times that still need someone's yes at an instant."""
        for key in sorted(self.slots):
            slot = self.slot(key)
            if slot is None or key in self.held or key in self.let_go:
                continue
            people = slot.version.people
            for to in sorted(set(slot.wishes.values())):
                if at < to and (slot.waiting or at < slot.now.window.start):
                    by = tuple(person for person in people if slot.wishes.get(person) == to)
                    missing = tuple(person for person in people if person not in by)
                    yield NewTime(key=key, start=slot.original, to=to, by=by, missing=missing)

    def _base(self, key: OccurrenceKey, known: pendulum.DateTime | None) -> _Slot | None:
        """Return the slot of a check-in as the rhythm has it."""
        for version in self.versions if key.schedule == self.schedule else ():
            for recurrence in version.rhythm.recurrences:
                if recurrence.zone != key.zone or not recurrence.has_start(key.original_start):
                    continue
                start = recurrence.instant_of(key.original_start)
                if start is not None and version.opens(start, known=known):
                    return _Slot(version=version, original=start, now=version.at(key, start))
        return None


def planned(schedule: str, versions: tuple[Version, ...], acts: Iterable[Entry]) -> Plan:
    """Fold the acts about single check-ins, in the order in which they were told."""
    plan = Plan(schedule=schedule, versions=versions)
    for act in acts:
        plan = _next(plan, act)
    return plan


def _next(plan: Plan, act: Entry) -> Plan:
    """Carry one act into the plan; what was not allowed at that time changes nothing."""
    body = act.body
    if isinstance(body, Paused):
        return evolve(plan, pauses=(*plan.pauses, (act.author, body.window, act.at)))
    if isinstance(body, Resumed):
        return evolve(plan, pauses=tuple(chain.from_iterable(_resumed(pause, act) for pause in plan.pauses)))
    slot = plan.slot(body.key, known=act.at) if isinstance(body, Held | LetGo | Moved | Rainchecked) else None
    if (
        slot is None
        or not isinstance(body, Held | LetGo | Moved | Rainchecked)
        or act.author not in slot.version.people
    ):
        return plan
    if isinstance(body, Held):
        when = act.at if body.when is None else body.when
        can_be = when in slot.now.window and when <= act.at and not slot.waiting
        return evolve(plan, held={body.key: when, **plan.held}) if can_be else plan
    if act.at >= slot.now.window.end or body.key in plan.held:
        return plan
    if isinstance(body, LetGo):
        return evolve(plan, let_go=plan.let_go | {body.key})
    ahead = isinstance(body, Rainchecked) or slot.waiting or act.at < slot.now.window.start
    if not ahead or body.to <= act.at:
        return plan
    moved = slot.wished(act, body.to, raincheck=isinstance(body, Rainchecked))
    return evolve(plan, slots={**plan.slots, body.key: moved})


def _resumed(
    pause: tuple[str, Window, pendulum.DateTime], act: Entry
) -> Iterator[tuple[str, Window, pendulum.DateTime]]:
    """Return what is left of a pause after its author resumed: what lies before that instant."""
    author, window, said = pause
    if author != act.author or window.end <= act.at:
        yield pause
    elif window.start < act.at:
        yield (author, Window(window.start, act.at), said)
