"""Which check-ins of a rhythm a clock change has pushed out of one person's published hours."""

from collections.abc import Collection, Iterator
from itertools import chain
from typing import TypeAlias

import pendulum
from attrs import frozen

from reconnect.primitives.checkin import CheckInSchedule, Rhythm
from reconnect.primitives.meeting._ease import Ease
from reconnect.primitives.meeting.published import Published
from reconnect.temporal.instant import DAY, instant_at, second_of
from reconnect.temporal.recurrence import Recurrence
from reconnect.temporal.start import Start
from reconnect.temporal.window import Window
from reconnect.temporal.zone import clock

__all__ = ["Check", "around", "checks", "pushed"]

Check: TypeAlias = tuple[int, Start]
"""One check-in of a rhythm: the number of its recurrence, and its start."""


def checks(rhythm: Rhythm, within: Window, schedule: CheckInSchedule | None) -> tuple[Check, ...]:
    """Return the check-ins that start within a window; of a schedule, those that people did not put elsewhere."""
    every = (
        (number, start) for number, recurrence in enumerate(rhythm.recurrences) for start in recurrence.starts(within)
    )
    if schedule is None:
        return tuple(every)
    there = {
        (o.key.original_start, o.key.zone) for o in schedule.occurrences(within) if not o.moved and not o.rainchecked
    }
    return tuple((number, start) for number, start in every if (start.local, rhythm.recurrences[number].zone) in there)


def pushed(
    rhythm: Rhythm, those: Collection[Check], published: Published, within: Window, length: int
) -> dict[Check, pendulum.DateTime]:
    """Return the check-ins that left a person's hours when clocks changed, each with that change.

    A clock change pushes a check-in out if it lies outside the hours, and would lie inside them if the clocks
    still stood to each other as they did at the last check-in before that change. A time that was outside all
    along was agreed on as it is, and so was one at which another part of the rhythm stays.
    """
    found = dict(_pushed(rhythm, those, published, within, length))
    stays = {start.instant for number, start in those if (number, start) not in found}
    return {check: change for check, change in found.items() if check[1].instant not in stays}


def _pushed(
    rhythm: Rhythm, those: Collection[Check], published: Published, within: Window, length: int
) -> Iterator[tuple[Check, pendulum.DateTime]]:
    ease = Ease(published, around(within, length))
    for number, recurrence in enumerate(rhythm.recurrences):
        shifts: _Shifts | None = None
        for check in those:
            start = second_of(check[1].instant)
            if check[0] == number and ease.burden(start, start + length) is None:
                shifts = shifts or _Shifts.of(recurrence, published.zone, within)
                for change, shift in shifts.before(start):
                    if ease.burden(start + shift, start + shift + length) is not None:
                        yield check, instant_at(change)
                        break


def around(within: Window, length: int) -> Window:
    """Return a window with two days of room on either side, and for one more meeting."""
    start, end = second_of(within.start) - 2 * DAY, second_of(within.end) + 2 * DAY + length
    return Window(instant_at(start), instant_at(end))


@frozen
class _Shifts:
    """How the clocks of two zones moved against each other since a recurrence began.

    Attributes:
        zones: that of the recurrence, and that of the person.
        changes: the clock changes in either, the latest first, each with the last start before it.
    """

    zones: tuple[str, str]
    changes: tuple[tuple[int, int], ...]

    @classmethod
    def of(cls, recurrence: Recurrence, other: str, within: Window) -> "_Shifts":
        """Gather the clock changes of both zones since the first start."""
        zones = recurrence.zone, other
        first = recurrence.nth(0)
        since = second_of(within.start if first is None else first)
        found = chain.from_iterable(clock(zone).changes(since, second_of(within.end)) for zone in zones)
        changes = sorted({at for at, _, _ in found}, reverse=True)
        last = [(at, recurrence.before(instant_at(at))) for at in changes]
        return cls(zones, tuple((at, second_of(start)) for at, start in last if start is not None))

    def before(self, start: int) -> Iterator[tuple[int, int]]:
        """Go through the changes before a start: how far away it would lie, had the clocks stood still since."""
        for change, last in self.changes:
            if change <= start:
                mine, theirs = (clock(zone).offset(start) - clock(zone).offset(last) for zone in self.zones)
                yield change, mine - theirs
