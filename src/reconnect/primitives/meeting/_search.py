"""The search for the fairest rhythm: exact over sums of burdens, because what is worse for all never wins."""

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import combinations, pairwise
from operator import add, le
from typing import Final, TypeAlias

from attrs import frozen

from reconnect.primitives.meeting._ease import HEAVIEST
from reconnect.primitives.meeting._slots import Slot

__all__ = ["Found", "day_sets", "fits_after", "leximin", "search"]

DAYS: Final = 7
MOST: Final = 1024  # ours, no study: beyond this, divided by people squared, only the fairest sums are followed up

Burden: TypeAlias = tuple[int, ...]
Key: TypeAlias = tuple[tuple[int, str], ...]
Options: TypeAlias = dict[Burden, tuple[Key, tuple[Slot, ...]]]
Days: TypeAlias = tuple[int, ...]


def leximin(burden: Burden, extra: Fraction = Fraction()) -> tuple[Fraction, ...]:
    """Return what to compare: everyone's burden, the heaviest first. The smaller is the fairer."""
    return tuple(sorted((each + extra for each in burden), reverse=True))


@frozen(kw_only=True)
class Found:
    """One rhythm: in each week of a round, the slots of that week.

    Attributes:
        price: everyone's burden, the heaviest first, with what change itself costs.
        key: what settles ties: the starts, earliest first, without regard to persons.
        slots: the slots of each week, week by week, as many to a week.
        turns: how many weeks take turns.
    """

    price: tuple[Fraction, ...]
    turns: int
    key: Key
    slots: tuple[Slot, ...]


def search(
    slots: Sequence[Slot], *, people: int, weeks: int, per_week: int, predictability: Fraction
) -> tuple[Found, ...]:
    """Return the fairest rhythm for each choice of days in the first week and each number of turns, fairest first.

    As many weeks may take turns as there are people. Change costs everyone: each further week that takes turns
    weighs, at every meeting, as much as that share of the heaviest burden.
    """
    found: list[Found] = []
    for turns in range(1, min(people, weeks) + 1):
        extra = predictability * HEAVIEST * (turns - 1) * weeks * per_week
        lanes = [_lane(slots, turn, turns, per_week) for turn in range(turns)]
        for options in _rounds(lanes, per_week):
            burden = min(options, key=lambda burden: (leximin(burden), options[burden][0]))
            key, chosen = options[burden]
            if not _repeats(chosen, turns):
                found.append(Found(price=leximin(burden, extra), turns=turns, key=key, slots=chosen))
    return tuple(sorted(found, key=lambda each: (each.price, each.turns, each.key)))


def day_sets(per_week: int) -> tuple[Days, ...]:
    """Return the choices of days that spread over a week, also round its end: 3 days apart for two, 2 for three."""
    gap = DAYS // per_week
    choices = combinations(range(DAYS), per_week)
    return tuple(days for days in choices if all(b - a >= gap for a, b in pairwise((*days, days[0] + DAYS))))


def fits_after(before: Days, after: Days) -> bool:
    """Tell whether other days may come in the next week: at least half as far apart as within a week."""
    return after[0] + DAYS - before[-1] >= -(-(DAYS // len(before)) // 2)


def _lane(slots: Iterable[Slot], turn: int, turns: int, per_week: int) -> dict[Days, Options]:
    """Return, for each choice of days, what can be had in the weeks whose turn it is."""
    by_day: dict[int, Options] = {}
    for slot in slots:
        burden = _total(slot.burdens[turn::turns])
        if burden is not None:
            _offer(by_day.setdefault(slot.day, {}), burden, ((slot.starts[turn], slot.zone),), (slot,))
    best = {day: _pruned(options) for day, options in by_day.items()}
    lane: dict[Days, Options] = {}
    for days in day_sets(per_week):
        if all(day in best for day in days):
            options = best[days[0]]
            for day in days[1:]:
                options = _pruned(_sums(options, best[day]))
            lane[days] = options
    return lane


def _rounds(lanes: Sequence[dict[Days, Options]], per_week: int) -> Iterator[Options]:
    """Go through what can be had in a whole round, for each choice of days in its first week."""
    sets = day_sets(per_week)
    all_fit = all(fits_after(a, b) for a in sets for b in sets)
    for first, options in lanes[0].items():
        states: dict[Days, Options] = {first: options}
        for lane in lanes[1:]:
            states = _onward(states, lane, meet=first if all_fit else None)
        whole: Options = {}
        for last, found in states.items():
            if fits_after(last, first):
                _take(whole, found)
        if whole:
            yield whole


def _onward(states: dict[Days, Options], lane: dict[Days, Options], *, meet: Days | None) -> dict[Days, Options]:
    """Return what can be had with one more week, by its days, or in one if all days fit after all others."""
    reached: dict[Days, Options] = {}
    for before, so_far in states.items():
        for days, more in lane.items():
            if fits_after(before, days):
                _take(reached.setdefault(meet or days, {}), _sums(so_far, more))
    return {days: _pruned(options) for days, options in reached.items()}


def _total(burdens: Iterable[Burden | None]) -> Burden | None:
    total: Burden | None = None
    for burden in burdens:
        if burden is None:
            return None
        total = burden if total is None else tuple(map(add, total, burden))
    return total


def _offer(options: Options, burden: Burden, key: Key, slots: tuple[Slot, ...]) -> None:
    """Keep one way to each sum of burdens: the one whose starts come first."""
    known = options.get(burden)
    if known is None or key < known[0]:
        options[burden] = key, slots


def _take(options: Options, more: Options) -> None:
    for burden, (key, slots) in more.items():
        _offer(options, burden, key, slots)


def _sums(some: Options, more: Options) -> Options:
    sums: Options = {}
    for first, (key, slots) in some.items():
        for second, (other, others) in more.items():
            burden = tuple(map(add, first, second))
            if burden not in sums or key + other < sums[burden][0]:
                sums[burden] = key + other, slots + others
    return sums


def _pruned(options: Options) -> Options:
    """Drop what is no better for anyone and worse for someone; beyond `MOST` sums, drop the least fair (greedy).

    What is better for someone and worse for nobody is fairer, so it comes earlier: one look back is enough.
    """
    kept: list[Burden] = []
    most = max(1, MOST // max(map(len, options), default=1) ** 2)
    for burden in sorted(options, key=lambda burden: (sorted(burden, reverse=True), options[burden][0])):
        if not any(all(map(le, better, burden)) for better in kept):
            kept.append(burden)
            if len(kept) == most:
                break
    return {burden: options[burden] for burden in kept}


def _repeats(slots: Sequence[Slot], turns: int) -> bool:
    """Tell whether a round is a shorter one said several times."""
    size = len(slots) // turns
    weeks = [slots[place : place + size] for place in range(0, len(slots), size)]
    return any(weeks[shorter:] == weeks[:-shorter] for shorter in range(1, turns) if turns % shorter == 0)
