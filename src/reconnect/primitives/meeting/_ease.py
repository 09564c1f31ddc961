"""How easy each stretch of time is for one person, as whole numbers for inner loops."""

from bisect import bisect_right
from typing import Final

from reconnect.primitives.meeting.published import Level, Published
from reconnect.temporal.instant import ceiling, second_of
from reconnect.temporal.window import Window

__all__ = ["BURDENS", "HEAVIEST", "Ease"]

BURDENS: Final = {  # ours, no study: one time that is hard to give weighs as much as three that are fine
    Level.PREFERS: 0,
    Level.FINE: 1,
    Level.ONLY_IF_NEEDED: 3,
}
HEAVIEST: Final = max(BURDENS.values())


class Ease:
    """The published hours of one person within a window, ready to be asked often."""

    __slots__ = ("_reaches",)

    def __init__(self, published: Published, within: Window) -> None:
        """Count the ends of the stretches in whole seconds, rounded inwards."""
        self._reaches: list[tuple[int, list[int], list[int]]] = []
        for level, reach in zip(Level, published.reaches(within), strict=True):
            starts = [ceiling(window.start, inclusive=True) for window in reach]
            ends = [second_of(window.end) for window in reach]
            self._reaches.append((BURDENS[level], starts, ends))

    def burden(self, start: int, end: int) -> int | None:
        """Return what a stretch costs the person; `None` if not all of it is published."""
        for burden, starts, ends in self._reaches:
            place = bisect_right(starts, start)
            if place and end <= ends[place - 1]:
                return burden
        return None
