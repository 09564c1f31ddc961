"""A slot is one time of the week that everyone published in some week, with what it costs each of them."""

from collections.abc import Sequence
from functools import reduce

from attrs import frozen

from reconnect.primitives.meeting._ease import Ease
from reconnect.primitives.meeting.published import GRID, Published
from reconnect.temporal.instant import DAY, ceiling, second_of
from reconnect.temporal.window import Window
from reconnect.temporal.windows import Windows
from reconnect.temporal.zone import Clock, clock

__all__ = ["WEEK", "Slot", "common", "slots_of", "weeks_in"]

WEEK = 7 * DAY
_GRID = int(GRID.total_seconds())


@frozen(kw_only=True)
class Slot:
    """One local time on one weekday, once in each week of a window.

    Attributes:
        zone: the zone whose clocks keep its time.
        local: what they show at its first start, as a count of seconds.
        day: on which day of a week it lies, counted from the start of the window.
        starts: its start in each week, as a count of seconds.
        burdens: what it costs each person in each week; `None` where someone did not publish it.
    """

    zone: str
    local: int
    day: int
    starts: tuple[int, ...]
    burdens: tuple[tuple[int, ...] | None, ...]


def weeks_in(within: Window) -> int:
    """Count the whole weeks of a window; one that is shorter counts as one."""
    return max(1, (second_of(within.end) - second_of(within.start)) // WEEK)


def common(published: Sequence[Published], within: Window) -> Windows:
    """Return what everyone published within a window."""
    return reduce(Windows.__and__, (each.windows(within) for each in published))


def slots_of(published: Sequence[Published], within: Window, length: int) -> tuple[Slot, ...]:
    """Return every slot on the grid that everyone published in at least one week of a window.

    Of slots with the same starts on the clocks of two zones, the one whose zone comes first by name stands.
    """
    eases = [Ease(each, within) for each in published]
    stretches = [(ceiling(w.start, inclusive=True), second_of(w.end)) for w in common(published, within)]
    weeks = weeks_in(within)
    found: dict[tuple[int, ...], Slot] = {}
    for zone in sorted({each.zone for each in published}):
        clocks = clock(zone)
        for local in sorted(_locals(clocks, stretches, length, ceiling(within.start, inclusive=True))):
            starts = tuple(_instant(clocks, local + week * WEEK) for week in range(weeks))
            if starts not in found:
                burdens = tuple(_burdens(eases, start, start + length) for start in starts)
                day = min((starts[0] - second_of(within.start)) // DAY, 6)
                found[starts] = Slot(zone=zone, local=local, day=day, starts=starts, burdens=burdens)
    return tuple(slot for slot in found.values() if any(slot.burdens))


def _locals(clocks: Clock, stretches: Sequence[tuple[int, int]], length: int, first: int) -> set[int]:
    """Return the local times, each in its first week, at which something could start."""
    found: set[int] = set()
    for low, high in stretches:
        shown = clocks.local(low)
        for start in range(low + -shown % _GRID, high - length + 1, _GRID):
            found.add(_first(clocks, clocks.local(start), first))
    return found


def _first(clocks: Clock, local: int, first: int) -> int:
    """Return a local time in the first week of a window: the earliest whose instant is not before it."""
    early = clocks.local(first) - DAY
    early += (local - early) % WEEK
    return early if _instant(clocks, early) >= first else early + WEEK


def _instant(clocks: Clock, local: int) -> int:
    """Return the instant of a local time, as recurrences read it."""
    found = clocks.instant(local)
    assert found is not None  # noqa: S101 - only `Gap.SKIP` answers None
    return found


def _burdens(eases: Sequence[Ease], start: int, end: int) -> tuple[int, ...] | None:
    found: list[int] = []
    for ease in eases:
        burden = ease.burden(start, end)
        if burden is None:
            return None
        found.append(burden)
    return tuple(found)
