"""Measuring in turn: one side, then the other, many times over, so that noise falls on both alike."""

from collections.abc import Callable
from statistics import median
from typing import Any, Final, TypeAlias

import pyperf  # type: ignore[import-untyped]  # it ships no types
from attrs import frozen

Timer: TypeAlias = Callable[[], float]

_LEAST: Final = 0.02  # seconds that a batch of calls takes at least, so that the clock's own steps do not count


@frozen(kw_only=True)
class Measured:
    """How long both sides took for one question, in seconds: one value for each turn."""

    ours: tuple[float, ...]
    theirs: tuple[float, ...]

    @property
    def ours_median(self) -> float:
        """The middle of our times: half of the turns were quicker."""
        return median(self.ours)

    @property
    def theirs_median(self) -> float:
        """The middle of their times."""
        return median(self.theirs)

    @property
    def times(self) -> float:
        """How many times quicker our side is."""
        return self.theirs_median / self.ours_median

    def benchmarks(self, question: str, beside: str) -> list[Any]:
        """Return both sides as benchmarks of pyperf, which knows how to keep, show and compare them."""
        sides = ((f"{question}: ours beside {beside}", self.ours), (f"{question}: {beside}", self.theirs))
        return [pyperf.Benchmark([pyperf.Run(values, metadata={"name": name})]) for name, values in sides]


def in_turn(ours: Timer, theirs: Timer, *, turns: int) -> Measured:
    """Take the time of both sides in turn; who begins alternates."""
    mine: list[float] = []
    yours: list[float] = []
    for turn in range(turns):
        for timer, found in ((ours, mine), (theirs, yours))[:: -1 if turn % 2 else 1]:
            found.append(timer())
    return Measured(ours=tuple(mine), theirs=tuple(yours))


def timer(call: Callable[[], object]) -> Timer:
    """Return what takes the time of one call, as the mean of a batch that is long enough to be timed."""
    loops = 1
    while _batch(call, loops) < _LEAST:
        loops *= 2
    return lambda: _batch(call, loops) / loops


def _batch(call: Callable[[], object], loops: int) -> float:
    repeated = range(loops)
    began = pyperf.perf_counter()
    for _ in repeated:
        call()
    return float(pyperf.perf_counter() - began)
