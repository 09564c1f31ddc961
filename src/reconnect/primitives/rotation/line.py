"""A line is the order of turns under one plan: who has which turn among those who are there for it."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from typing import Final, TypeAlias

from attrs import frozen

from reconnect.primitives.rotation.plan import RotationPlan
from reconnect.primitives.rotation.sequence import sequence

__all__ = ["FOREVER", "Line", "Span"]

Span: TypeAlias = tuple[int, int]  # the numbers of turns from one to another, the last one not included
FOREVER: Final = 2**62  # more turns than there are instants
NOWHERE: Final = -1  # before the first one in the order


@frozen
class _Segment:
    """Turns during which the same people are there.

    Attributes:
        first: the number of its first turn.
        mark: the place in the plan of whoever held last in their place in the order.
        there: the places in the plan of those who are there, from the one who opens on.
        turns: one round of turns, as places in `there`.
        marks: after each of those turns, who held last in their place in the order.
    """

    first: int
    mark: int
    there: tuple[int, ...]
    turns: tuple[int, ...]
    marks: tuple[int, ...]

    def at(self, number: int) -> tuple[int, bool]:
        """Return who has a turn of a segment in which somebody is there, and whether it is their place in the order."""
        now = self.turns[(number - self.first) % len(self.turns)]
        if number == self.first:
            return self.there[now], True
        before = self.marks[(number - self.first - 1) % len(self.turns)]
        return self.there[now], now == (before + 1) % len(self.there)

    def mark_before(self, number: int) -> int:
        """Return who held last in their place in the order before a turn."""
        if not self.there or number == self.first:
            return self.mark
        return self.there[self.marks[(number - self.first - 1) % len(self.turns)]]


class Line:
    """The order of turns under one plan, which a change of who is there carries on and never starts anew.

    Whoever comes next in the order opens a segment; so somebody who is there is never passed over for long, however
    often others come and go.
    """

    __slots__ = ("_away", "_firsts", "_segments", "plan")

    def __init__(
        self, plan: RotationPlan, first: int, away: Mapping[str, Iterable[Span]], held_last: str | None
    ) -> None:
        """Put the segments in order.

        Args:
            plan: who takes turns.
            first: the number of the first turn.
            away: for which turns somebody is away.
            held_last: who held last in their place in the order, under the plan before.
        """
        self.plan: RotationPlan = plan
        self._away = {person: _joined(spans) for person, spans in away.items() if person in plan.members}
        mark = plan.members.index(held_last) if held_last in plan.members else NOWHERE
        self._segments: list[_Segment] = []
        for start, there in self._changes(first):
            if self._segments:
                mark = self._segments[-1].mark_before(start)
            self._segments.append(_segment(plan, start, mark, there))
        self._firsts = [segment.first for segment in self._segments]

    def at(self, number: int) -> tuple[str | None, str]:
        """Return who has a turn by the plan, if anybody, and who would have it if nobody were away."""
        members, segment = self.plan.members, self._segment(number)
        due = members[(segment.mark_before(number) + 1) % len(members)]
        if not segment.there:
            return None, due
        place, in_order = segment.at(number)
        return members[place], due if in_order else members[place]

    def held_last(self, number: int) -> str | None:
        """Return who held last in their place in the order before a turn."""
        mark = self._segment(number).mark_before(number)
        return None if mark == NOWHERE else self.plan.members[mark]

    def is_there(self, person: str, number: int) -> bool:
        """Tell whether a person takes part, and is there for a turn."""
        spans = self._away.get(person, ())
        place = bisect_right(spans, (number, FOREVER)) - 1
        return person in self.plan.members and not (place >= 0 and number < spans[place][1])

    def after(self, person: str, number: int, *, but: Iterable[str]) -> str | None:
        """Return the next person after one who is there for a turn, apart from some."""
        members = self.plan.members
        place = members.index(person) + 1
        order = (*members[place:], *members[:place])
        without = set(but)
        return next((each for each in order if each not in without and self.is_there(each, number)), None)

    def _segment(self, number: int) -> _Segment:
        return self._segments[bisect_right(self._firsts, number) - 1]

    def _changes(self, first: int) -> Iterator[tuple[int, frozenset[int]]]:
        """Go through the numbers of turns from which others are there than before, and who they are."""
        edges: dict[int, set[int]] = {first: set()}
        for place, person in enumerate(self.plan.members):
            for start, end in self._away.get(person, ()):
                if end > first:
                    edges.setdefault(max(start, first), set()).add(place)
                    edges.setdefault(end, set()).add(place)
        there = frozenset(range(len(self.plan.members)))
        for number in sorted(edges):
            there = there ^ edges[number]
            yield number, there


def _joined(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return spans sorted, without touching or overlapping ones."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        elif start < end:
            found.append((start, end))
    return tuple(found)


def _segment(plan: RotationPlan, first: int, mark: int, there: frozenset[int]) -> _Segment:
    """Return a segment, opened by whoever comes next in the order among those who are there."""
    order = tuple(sorted(there, key=lambda place: (place <= mark, place)))
    turns = sequence(tuple(plan.weights[place] for place in order)) if order else ()
    marks = [0]
    for place in turns[1:]:
        marks.append(place if place == (marks[-1] + 1) % len(order) else marks[-1])
    return _Segment(first, mark, order, turns, tuple(marks))
