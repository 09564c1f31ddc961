"""A version is one agreed rhythm of a schedule, from when to when it decides which check-ins open."""

from collections.abc import Iterable, Iterator

import pendulum
from attrs import evolve, frozen

from reconnect.consent.proposal import Proposal
from reconnect.primitives.checkin.acts import Scheduled, Stopped
from reconnect.primitives.checkin.occurrence import Occurrence, OccurrenceKey
from reconnect.primitives.checkin.rhythm import Rhythm
from reconnect.record.entry import Entry
from reconnect.temporal.instant import as_instant
from reconnect.temporal.window import Window

__all__ = ["Version", "versions"]


@frozen(kw_only=True)
class Version:
    """One agreed rhythm, from when to when it decides which check-ins open.

    Attributes:
        lapses: when it would end by itself.
        until: when it really ended, or will.
        replaced: it ended because the next version began; what has opened by then stays open.
    """

    rhythm: Rhythm
    people: tuple[str, ...]
    since: pendulum.DateTime
    lapses: pendulum.DateTime
    until: pendulum.DateTime
    replaced: bool = False

    def opens(self, start: pendulum.DateTime, *, known: pendulum.DateTime | None = None) -> bool:
        """Tell whether a check-in that would start at an instant opens while this version decides.

        With `known`, as far as people could know at that instant: an end that came later had not come yet.
        """
        until = self.until if known is None or self.until <= known else self.lapses
        return self.since <= self.rhythm.window(start).start < until

    def base(self, schedule: str, within: Window) -> Iterator[Occurrence]:
        """Go through the check-ins of this version that start inside a window, as the rhythm says."""
        for recurrence in self.rhythm.recurrences:
            for start in recurrence.starts(within):
                if self.opens(start.instant):
                    key = OccurrenceKey(schedule=schedule, original_start=start.local, zone=recurrence.zone)
                    yield self.at(key, start.instant)

    def at(self, key: OccurrenceKey, start: pendulum.DateTime) -> Occurrence:
        """Return the check-in with a key in the slot that starts at an instant."""
        return Occurrence(
            key=key,
            start=start,
            window=self.rhythm.window(start),
            length=self.rhythm.length,
            reminders=tuple(as_instant(start + reminder) for reminder in sorted(self.rhythm.reminders)),
        )


def versions(schedule: str, agreed: Iterable[Proposal], acts: Iterable[Entry]) -> tuple[Version, ...]:
    """Return the agreed rhythms of a schedule in the order in which they came into force, each until its end.

    A rhythm ends when the next one begins, when someone stops the check-ins, or when what was agreed ends.
    """
    own = tuple(acts)
    named = {act.body.proposal: act.at for act in reversed(own) if isinstance(act.body, Scheduled)}
    begun = sorted(_begun(schedule, agreed, named), key=lambda item: (item[1].since, item[0]))
    stops = [act.at for act in own if isinstance(act.body, Stopped)]
    following = (*(version.since for _, version in begun[1:]), None)
    found = [_ended(version, stops, next_) for (_, version), next_ in zip(begun, following, strict=False)]
    return tuple(version for version in found if version.since < version.until)


def _begun(
    schedule: str, agreed: Iterable[Proposal], named: dict[str, pendulum.DateTime]
) -> Iterator[tuple[str, Version]]:
    for p in agreed:
        for window in p.held():
            rhythm = p.in_force(at=window.start)
            begun = named.get(p.id, window.end) if p.about is None else window.end
            since = window.start if p.about == schedule else max(window.start, begun)
            if isinstance(rhythm, Rhythm) and since < window.end:
                lapses = as_instant(window.start + p.offer.lasts)
                people = p.offer.people
                yield (
                    p.id,
                    Version(rhythm=rhythm, people=people, since=since, lapses=lapses, until=window.end),
                )


def _ended(version: Version, stops: list[pendulum.DateTime], replaced: pendulum.DateTime | None) -> Version:
    ends = min([version.until, *(stop for stop in stops if stop >= version.since)])
    if replaced is not None and replaced <= ends:
        return evolve(version, until=replaced, replaced=True)
    return evolve(version, until=ends)
