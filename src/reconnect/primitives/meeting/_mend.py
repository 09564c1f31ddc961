"""A mend moves what a clock change pushed out, as little as possible, into everyone's published hours."""

import datetime as dt
from collections.abc import Iterator, Sequence
from fractions import Fraction
from operator import add
from typing import Final, TypeAlias

from attrs import evolve

from reconnect.primitives.checkin import Rhythm
from reconnect.primitives.meeting._ease import Ease
from reconnect.primitives.meeting._pushed import Check, around
from reconnect.primitives.meeting._search import leximin
from reconnect.primitives.meeting.published import GRID, Published
from reconnect.temporal.instant import ceiling, local_at, second_of
from reconnect.temporal.recurrence import Recurrence
from reconnect.temporal.window import Window
from reconnect.temporal.zone import clock

__all__ = ["mended"]

FARTHEST: Final = dt.timedelta(hours=12)  # ours, no study: farther away it would be another day
Price: TypeAlias = tuple[tuple[Fraction, ...], int]
_STEPS: Final = FARTHEST // GRID
_GRID: Final = int(GRID.total_seconds())


def mended(
    rhythm: Rhythm, strained: Sequence[Check], published: Sequence[Published], within: Window, length: int
) -> Rhythm | None:
    """Return a rhythm in which everything strained lies inside everyone's hours; `None` if there is none nearby.

    Check-ins of one recurrence that follow each other move by the same step, if one suits them all. The nearest
    step is taken, and of two that are equally near the fairer, then the earlier one.
    """
    room = _Room(rhythm, published, within, length)
    recurrences = list(rhythm.recurrences)
    for number, recurrence in enumerate(rhythm.recurrences):
        moves: dict[dt.datetime, dt.datetime] = {}
        for run in _runs(recurrence, [check for check in strained if check[0] == number], within):
            found = room.moves(recurrence, run)
            if found is None:
                return None
            moves.update(found)
        recurrences[number] = recurrence.excluding(*moves).adding(*moves.values())
    return evolve(rhythm, recurrences=tuple(recurrences))


def _runs(recurrence: Recurrence, strained: Sequence[Check], within: Window) -> Iterator[list[Check]]:
    """Go through what is strained of a recurrence, in runs without anything in between that may stay."""
    names = {start.local: (number, start) for number, start in strained}
    run: list[Check] = []
    for start in recurrence.starts(within) if strained else ():
        if start.local in names:
            run.append(names[start.local])
        elif run:
            yield run
            run = []
    if run:
        yield run


class _Room:
    """Where there is room for check-ins: inside everyone's hours, and not on top of each other."""

    __slots__ = ("_eases", "_first", "_length", "_taken")

    def __init__(self, rhythm: Rhythm, published: Sequence[Published], within: Window, length: int) -> None:
        wide = around(within, length)
        self._length = length
        self._first = ceiling(within.start, inclusive=True)
        self._eases = [Ease(each, wide) for each in published]
        self._taken = {second_of(at) for each in rhythm.recurrences for at in each.between(wide)}

    def moves(self, recurrence: Recurrence, run: list[Check]) -> dict[dt.datetime, dt.datetime] | None:
        """Return the new local start of each check-in of a run, or `None` if there is none for one of them."""
        best = self._step(recurrence, run)
        if best is None and len(run) > 1:
            alone = [self.moves(recurrence, [check]) for check in run]
            return None if None in alone else {old: new for each in alone if each for old, new in each.items()}
        return best

    def _step(self, recurrence: Recurrence, run: list[Check]) -> dict[dt.datetime, dt.datetime] | None:
        found: list[tuple[Price, dict[dt.datetime, dt.datetime]]] = []
        for size in range(1, _STEPS + 1):
            for step in (-size * _GRID, size * _GRID):
                burden = self._burden(run, step)
                locals_ = self._locals(recurrence, run, step)
                if burden is not None and locals_ is not None:
                    found.append(((leximin(burden), step), locals_))
            if found:
                return min(found, key=lambda each: each[0])[1]
        return None

    def _burden(self, run: list[Check], step: int) -> tuple[int, ...] | None:
        total = (0,) * len(self._eases)
        for _, start in run:
            at = second_of(start.instant) + step
            own = [ease.burden(at, at + self._length) for ease in self._eases]
            others = self._taken - {second_of(start.instant)}
            if at < self._first or None in own or any(abs(at - other) < self._length for other in others):
                return None
            total = tuple(map(add, total, (each or 0 for each in own)))
        return total

    def _locals(self, recurrence: Recurrence, run: list[Check], step: int) -> dict[dt.datetime, dt.datetime] | None:
        """Return what clocks show at the new starts, unless they show it twice, or a start there was taken out."""
        clocks = clock(recurrence.zone)
        gone = {*recurrence.excluded, *(start.local for _, start in run)}
        found: dict[dt.datetime, dt.datetime] = {}
        for _, start in run:
            at = second_of(start.instant) + step
            local = clocks.local(at)
            found[start.local] = local_at(local)
            if clocks.instant(local) != at or found[start.local] in gone:
                return None
        return found
