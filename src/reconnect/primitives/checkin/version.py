"""A version is one agreed rhythm of a schedule, from when to when it decides which check-ins open."""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Final

import pendulum
from attrs import evolve, frozen

from reconnect.consent.proposal import Proposal
from reconnect.primitives.checkin.acts import Scheduled, Stopped
from reconnect.primitives.checkin.occurrence import Occurrence, OccurrenceKey
from reconnect.primitives.checkin.rhythm import Rhythm
from reconnect.record.entry import Entry
from reconnect.temporal.instant import as_instant, shifted
from reconnect.temporal.window import Window

__all__ = ["Version", "has_room", "versions"]

AROUND: Final = 2  # days: no clock is as far from UTC, with the longest hole that clocks ever skipped
FIRST: Final = as_instant(pendulum.datetime(1, 2, 1))  # the longest window before it would begin in no year
LAST: Final = as_instant(pendulum.datetime(9999, 11, 30))  # and after it end in none


def has_room(start: pendulum.DateTime) -> bool:
    """Tell whether the calendar has room for any window around an instant (it ends with the year 9999)."""
    return FIRST <= start <= LAST


@frozen(kw_only=True)
class Version:
    """One agreed rhythm, from when to when it decides which check-ins open.

    Attributes:
        proposal: the id of the proposal that it was agreed by.
        rhythm: what was agreed.
        people: whose yes it rests on.
        since: the first instant at which a check-in of it can start.
        until: when it stops deciding: it ends, or the next version takes its place.
        lapses: when it would end by itself.
        ends: when what had opened by then, or was moved beyond it, ends too; for a version in whose place
            another one came, that is when the other one ends or someone takes back what this one rested on.
    """

    proposal: str
    rhythm: Rhythm
    people: tuple[str, ...]
    since: pendulum.DateTime
    until: pendulum.DateTime
    lapses: pendulum.DateTime
    ends: pendulum.DateTime

    @property
    def days(self) -> tuple[int, int]:
        """The first and the last day by any clock on which one of its check-ins may start, taken wide."""
        last = max(self.until, self.lapses).toordinal() + self.rhythm.early.days + 1
        return self.since.toordinal() - AROUND, last + AROUND

    def opens(
        self,
        original: pendulum.DateTime,
        *others: pendulum.DateTime,
        known: pendulum.DateTime | None = None,
    ) -> bool:
        """Tell whether it is this version that opens a check-in.

        Args:
            original: its start by the rhythm.
            others: where people put it; if it could open at one of them early enough, it is this version's, too.
            known: the instant at which someone said something about it: what came later was not known then.
        """
        if not self.since <= original or not has_room(original) or (known is not None and known < self.since):
            return False
        until = self.lapses if known is not None and known < self.until else self.until
        return any(self.rhythm.opening(start) < until for start in (original, *others))

    def start_of(self, key: OccurrenceKey) -> pendulum.DateTime | None:
        """Return the instant at which the rhythm has a check-in, or `None` if it has none with that key."""
        return self._start_of(key.original_start, key.zone)

    def _start_of(self, local: dt.datetime, zone: str) -> pendulum.DateTime | None:
        for recurrence in self.rhythm.recurrences:
            start = recurrence.instant_of(local) if recurrence.zone == zone else None
            if start is not None:
                return start
        return None

    def keys(self, schedule: str, within: Window) -> Iterator[OccurrenceKey]:
        """Go through the keys of the check-ins that the rhythm has inside a window, while this version decides."""
        last = shifted(min(self.until, LAST), self.rhythm.early)
        if self.since < within.end and within.start < last:
            yield from self._keys(schedule, Window(max(within.start, self.since), min(within.end, last)))

    def clock_at(self, start: pendulum.DateTime) -> tuple[dt.datetime, str] | None:
        """Return the local start and the zone of the check-in at an instant: the last one, if clocks make two one."""
        recurrences = self.rhythm.recurrences
        found = [(local, each.zone) for each in recurrences for local in each.locals_at(start)]
        if len(recurrences) > 1:  # of two in one zone, the first one decides what a local start means
            found = [each for each in found if self._start_of(*each) == start]
        return max(found, default=None)

    def _keys(self, schedule: str, within: Window) -> Iterator[OccurrenceKey]:
        for recurrence in self.rhythm.recurrences:
            for start in recurrence.starts(within):
                yield OccurrenceKey(schedule=schedule, original_start=start.local, zone=recurrence.zone)

    def at(
        self, key: OccurrenceKey, start: pendulum.DateTime, *, moved: bool = False, rainchecked: bool = False
    ) -> Occurrence:
        """Return the check-in with a key in the slot that starts at an instant."""
        return Occurrence(
            key=key,
            start=start,
            window=self.rhythm.window(start),
            length=self.rhythm.length,
            reminders=tuple(shifted(start, reminder) for reminder in self.rhythm.reminders),
            moved=moved,
            rainchecked=rainchecked,
        )


def versions(schedule: str, agreed: Iterable[Proposal], told: Iterable[Entry]) -> tuple[Version, ...]:
    """Return the agreed rhythms of a schedule in the order in which they came into force, each until its end.

    A rhythm about the schedule is a version of it from the last yes on; one about nothing in particular is, once
    one of those who agreed begins the schedule with it while no other one is in force.

    Args:
        schedule: the schedule's id.
        agreed: the proposals that it may rest on.
        told: its own acts, in the order in which folds read them.
    """
    acts = [act for act in told if isinstance(act.body, Scheduled | Stopped)]
    bonds = {p.id: bond for p in agreed if (bond := _bond(p, acts)) is not None}
    new = [(bond.since, 0, name) for name, bond in bonds.items() if bond.about == schedule]
    for place, act in enumerate(acts, start=1):
        if isinstance(act.body, Scheduled):
            bond = bonds.get(act.body.proposal)
            if bond is not None and bond.about is None and act.author in bond.people:
                new.append((act.at, place, act.body.proposal))
    begun: list[Version] = []
    for since, place, name in sorted(new):
        bond = bonds[name]
        alone = not begun or begun[-1].until <= since
        if bond.since <= since <= bond.ends and (alone or not place):
            begun[-1:] = [_before(version, since) for version in begun[-1:]]
            begun.append(bond.version(since))
    return _settled(begun)


@frozen(kw_only=True)
class _Bond:
    """One proposal whose rhythm everyone said yes to: since when, and when that ends."""

    proposal: str
    about: str | None
    rhythm: Rhythm
    people: tuple[str, ...]
    since: pendulum.DateTime
    lapses: pendulum.DateTime
    ends: pendulum.DateTime

    def version(self, since: pendulum.DateTime) -> Version:
        return Version(
            proposal=self.proposal,
            rhythm=self.rhythm,
            people=self.people,
            since=since,
            until=self.ends,
            lapses=self.lapses,
            ends=self.ends,
        )


def _bond(p: Proposal, acts: Iterable[Entry]) -> _Bond | None:
    """Return the bond that a proposal is; stopping the check-ins ends all that was agreed by then."""
    held = next(iter(p.held()), None)
    if held is None or not isinstance(p.offer.value, Rhythm):
        return None
    people, since = p.offer.people, held.start
    stops = (act.at for act in acts if isinstance(act.body, Stopped) and act.author in people)
    return _Bond(
        proposal=p.id,
        about=p.about,
        rhythm=p.offer.value,
        people=people,
        since=since,
        lapses=as_instant(since + p.offer.lasts),
        ends=min([held.end, *(stop for stop in stops if since <= stop)]),
    )


def _before(version: Version, following: pendulum.DateTime) -> Version:
    """Return a version in whose place another one comes, unless it had ended; then it does not lapse any more."""
    if version.ends < following:
        return version
    return evolve(version, until=following, ends=LAST if version.ends == version.lapses else version.ends)


def _settled(begun: list[Version]) -> tuple[Version, ...]:
    """Return the versions that decided anything; what had opened under one ends with those that took its place."""
    found: list[Version] = []
    for version in reversed(begun):
        ends = version.ends
        if found and version.until == found[-1].since:
            ends = min(ends, found[-1].ends)
        found.append(evolve(version, ends=ends))
    return tuple(version for version in reversed(found) if version.since < version.until)
