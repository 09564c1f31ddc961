"""A plan is what a schedule's acts come to: which check-ins there are, in which slots, and how each stands."""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import accumulate, chain

import pendulum
from attrs import define, evolve, field, frozen

from reconnect.primitives.checkin.acts import Held, LetGo, Moved, Paused, Rainchecked, Resumed
from reconnect.primitives.checkin.closed import Closed
from reconnect.primitives.checkin.occurrence import Counts, NewTime, OccurrenceKey, Standing
from reconnect.primitives.checkin.place import Place, place_of
from reconnect.primitives.checkin.slot import Slot
from reconnect.primitives.checkin.version import Version, has_room
from reconnect.record.entry import Entry
from reconnect.temporal.window import Window

__all__ = ["About", "Pause", "Plan", "planned"]

About = Held | LetGo | Moved | Rainchecked
UNTOUCHED = Slot()


@frozen(kw_only=True)
class Pause:
    """One person's planned pause, and when they said so."""

    by: str
    window: Window
    said: pendulum.DateTime

    def until(self, at: pendulum.DateTime) -> Iterator["Pause"]:
        """Return what is left of it after its author resumed: what lies before that instant."""
        if self.window.start < at:
            yield evolve(self, window=Window(self.window.start, min(at, self.window.end)))

    def covers(self, place: Place) -> bool:
        """Tell whether it pauses a check-in: it was said before that had passed, by one of those who agreed."""
        now = place.now
        return now.start in self.window and self.said < now.window.end and self.by in place.version.people


@define(kw_only=True)
class Plan:
    """Everything a schedule's acts come to. `planned` writes it once; afterwards it is only read."""

    schedule: str
    versions: tuple[Version, ...]
    slots: dict[OccurrenceKey, Slot] = field(factory=dict[OccurrenceKey, Slot])
    held: dict[OccurrenceKey, Place] = field(factory=dict[OccurrenceKey, Place])
    let_go: set[OccurrenceKey] = field(factory=set[OccurrenceKey])
    pauses: list[Pause] = field(factory=list[Pause])
    days: tuple[list[int], list[int]] = field(init=False)

    def __attrs_post_init__(self) -> None:
        """Note the first days on which check-ins of each version may start, and the last of all versions so far."""
        days = [version.days for version in self.versions]
        self.days = [first for first, _ in days], list(accumulate((last for _, last in days), max))

    def place(self, key: OccurrenceKey, *, known: pendulum.DateTime | None = None) -> Place | None:
        """Return where a check-in stands, or `None` if there is none; with `known`, as people knew it then.

        The first version that opens it has it, and what took place stays as it was.
        """
        if key in self.held:
            return self.held[key]
        slot = self.slots.get(key, UNTOUCHED)
        asked, clock = self._asked(key, slot), (key.original_start, key.zone)
        for number in asked:
            version = self.versions[number]
            start = version.start_of(key)
            if (
                start is not None
                and version.opens(start, *slot.starts, known=known)
                and version.clock_at(start) == clock
                and not any(
                    earlier.opens(start, known=known) and earlier.clock_at(start)
                    for earlier in self.versions[asked.start : number]
                )
            ):
                return place_of(version, key, start, slot)
        return None

    def _asked(self, key: OccurrenceKey, slot: Slot) -> range:
        """Return the places of the versions that may open a check-in: all, if people put it elsewhere."""
        if key.schedule != self.schedule:
            return range(0)
        day, (firsts, lasts) = key.original_start.toordinal(), self.days
        return range(len(firsts)) if slot.starts else range(bisect_left(lasts, day), bisect_right(firsts, day))

    def places(self, within: Window) -> list[Place]:
        """Return where the check-ins stand whose slot starts inside a window, in order."""
        keys = {key for version in self.versions for key in version.keys(self.schedule, within)}
        keys.update(key for key, slot in self.slots.items() if slot.starts and slot.starts[-1] in within)
        keys.update(key for key, place in self.held.items() if place.now.start in within)
        found = [place for key in keys if (place := self.place(key)) is not None and place.now.start in within]
        return sorted(found, key=lambda place: (place.now.start, place.now.key))

    def standing(self, key: OccurrenceKey, at: pendulum.DateTime, closed: Closed) -> Standing:
        """Tell how a check-in stands at an instant; what is not there any more was let go."""
        place = self.place(key)
        standing = Standing.LET_GO if place is None else self._standing(place, at)
        if standing is Standing.OPEN and closed.at(at):
            return Standing.NOT_DUE
        return Standing.LET_GO if self._is_kept_closed(place, standing, closed) else standing

    def counts(self, within: Window, at: pendulum.DateTime, closed: Closed) -> Counts:
        """Count the check-ins whose slot starts inside a window, by their standing at an instant."""
        stand = [(place, self._standing(place, at)) for place in self.places(within)]
        found = Counter(standing for _, standing in stand)
        kept_closed = sum(self._is_kept_closed(place, standing, closed) for place, standing in stand)
        return Counts(
            due=found[Standing.HELD] + found[Standing.UNANSWERED] - kept_closed,
            held=found[Standing.HELD],
            paused=found[Standing.PAUSED],
            let_go=found[Standing.LET_GO],
            kept_closed=kept_closed,
        )

    @staticmethod
    def _is_kept_closed(place: Place | None, standing: Standing, closed: Closed) -> bool:
        return place is not None and standing is Standing.UNANSWERED and closed.kept(place.now.window)

    def _standing(self, place: Place, at: pendulum.DateTime) -> Standing:
        if place.now.key in self.held:
            return Standing.HELD
        if place.now.key in self.let_go:
            return Standing.LET_GO
        return Standing.PAUSED if any(pause.covers(place) for pause in self.pauses) else place.standing(at)

    def concerns(self, person: str) -> bool:
        """Tell whether a person ever agreed to one of its rhythms."""
        return any(person in version.people for version in self.versions)

    def knows(self, body: About) -> bool:
        """Tell whether someone said so already, and once is enough."""
        if isinstance(body, Held):
            return body.key in self.held
        return isinstance(body, LetGo) and body.key in self.let_go and body.key not in self.held

    def hears(self, body: About, *, by: str, at: pendulum.DateTime) -> Place | None:
        """Return where the check-in stands that someone says something about, or `None` if it does not count."""
        place = self.place(body.key, known=at)
        if place is None or body.key in self.held or by not in place.version.people:
            return None
        if isinstance(body, Held):
            when = body.when or at
            return place if when <= at and place.can_be_held(when) else None
        if body.key in self.let_go or not place.can_change(at):
            return None
        if isinstance(body, LetGo):
            return place
        same = body.to == place.now.start and isinstance(body, Rainchecked) and not place.slot.waiting
        return place if at < body.to and has_room(body.to) and not same else None

    def tell(self, body: About, *, by: str, at: pendulum.DateTime) -> None:
        """Carry what someone says about one check-in; what was not allowed at that time changes nothing."""
        place = self.hears(body, by=by, at=at)
        if place is None:
            return
        slot, people = place.slot, place.version.people
        match body:
            case Held():
                self.held[body.key] = place.held(body.when or at)
            case LetGo():
                self.let_go.add(body.key)
            case Rainchecked():
                self.slots[body.key] = slot.put_off(by, body.to).settled(people)
            case _ if body.to == place.now.start and not slot.waiting:
                self.slots[body.key] = slot.kept(by)
            case _:
                wished = slot.moved(by, body.to)
                self.slots[body.key] = wished.settled(people) if place.can_move(at) else wished

    def new_times(self, at: pendulum.DateTime) -> Iterator[NewTime]:
        """Go through the new times that still need someone's yes at an instant."""
        for key in sorted(self.slots.keys() - self.held.keys() - self.let_go):
            place = self.place(key)
            if place is None or not place.can_change(at) or not place.can_move(at):
                continue
            people, wishes = place.version.people, place.slot.wishes
            for to in sorted({wishes[person] for person in people if person in wishes}):
                if at < to:
                    by = tuple(person for person in people if wishes.get(person) == to)
                    missing = tuple(person for person in people if person not in by)
                    yield NewTime(key=key, start=place.original, to=to, by=by, missing=missing)


def planned(schedule: str, versions: tuple[Version, ...], told: Iterable[Entry]) -> Plan:
    """Fold what was said about single check-ins, in the order in which folds read it."""
    plan = Plan(schedule=schedule, versions=versions)
    going: dict[str, list[Pause]] = {}
    for act in told:
        match act.body:
            case Paused(window=window):
                going.setdefault(act.author, []).append(Pause(by=act.author, window=window, said=act.at))
            case Resumed():
                plan.pauses += chain.from_iterable(pause.until(act.at) for pause in going.pop(act.author, ()))
            case Held() | LetGo() | Moved() | Rainchecked() as body:
                plan.tell(body, by=act.author, at=act.at)
            case _:
                pass
    plan.pauses += chain.from_iterable(going.values())
    return plan
