"""A place is where one check-in stands: which version opens it, and from when to when it can be held."""

import pendulum
from attrs import evolve, frozen

from reconnect.primitives.checkin.occurrence import Occurrence, OccurrenceKey, Standing
from reconnect.primitives.checkin.slot import Slot
from reconnect.primitives.checkin.version import Version

__all__ = ["Place", "place_of"]


@frozen(kw_only=True)
class Place:
    """Where one check-in stands.

    Attributes:
        version: the agreed rhythm that opens it.
        original: its start by the rhythm.
        slot: what people said about its time.
        now: the check-in in the slot it has now.
        before: the check-in in the slot it had before someone said "not now, then"; else the same.
    """

    version: Version
    original: pendulum.DateTime
    slot: Slot
    now: Occurrence
    before: Occurrence

    def can_be_held(self, when: pendulum.DateTime) -> bool:
        """Tell whether it can have taken place at an instant; to meet after all, despite a raincheck, is fine."""
        return when < self.version.ends and (when in self.now.window or when in self.before.window)

    def held(self, when: pendulum.DateTime) -> "Place":
        """Return it in the slot in which it took place."""
        return self if when in self.now.window else evolve(self, now=self.before)

    def can_change(self, at: pendulum.DateTime) -> bool:
        """Tell whether it has neither passed nor ended at an instant."""
        return at < min(self.now.window.end, self.version.ends)

    def can_move(self, at: pendulum.DateTime) -> bool:
        """Tell whether everyone's yes to a new time would move it: it has not opened at an instant."""
        return self.slot.waiting or at < self.now.window.start

    def standing(self, at: pendulum.DateTime) -> Standing:
        """Tell how it stands at an instant, if it was not held and nobody paused it or let it go."""
        window, ends = self.now.window, self.version.ends
        if self.can_change(at):
            return Standing.NOT_DUE if self.slot.waiting or at < window.start else Standing.OPEN
        return Standing.LET_GO if self.slot.waiting or ends < window.end else Standing.UNANSWERED


def place_of(version: Version, key: OccurrenceKey, original: pendulum.DateTime, slot: Slot) -> Place:
    """Return where a check-in stands under a version."""
    agreed = (original, *slot.agreed)[-1]

    def at(start: pendulum.DateTime) -> Occurrence:
        return version.at(key, start, moved=agreed != original, rainchecked=slot.rainchecked)

    before = at(agreed)
    now = at(slot.starts[-1]) if slot.waiting else before
    return Place(version=version, original=original, slot=slot, now=now, before=before)
