"""Occasions are check-ins and talks, one by one: how each felt to somebody, and which of them took place."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Final

import pendulum

from reconnect.errors import UnknownStory
from reconnect.metrics._notes import Notes, OfDay, by_author, in_days
from reconnect.metrics.days import answer
from reconnect.metrics.rating import Rating
from reconnect.metrics.scale import Scale
from reconnect.metrics.trend import MOST, Point
from reconnect.primitives.checkin import CheckInSchedule, Counts, Occurrence, OccurrenceKey, Standing
from reconnect.primitives.checkin.acts import Felt
from reconnect.record.view import View
from reconnect.temporal.instant import shifted
from reconnect.temporal.window import Window
from reconnect.temporal.zone import instant_of

__all__ = ["COUNTED", "counted", "felt", "latest", "one_by_one", "talks"]

FIRST_LOOK: Final = dt.timedelta(days=64)  # ours: the last sixty evenings, if there is one every day
COUNTED: Final[Mapping[Standing, int]] = {Standing.HELD: 1, Standing.UNANSWERED: 0}


def felt(view: View, within: Window, *, shared: bool) -> tuple[Notes, ...]:
    """Return how constructive each check-in felt to each person, the last thing they said of it, in order."""
    return tuple(
        _in_turn({entry.body.key: entry.body for entry in entries if isinstance(entry.body, Felt)}, view, within)
        for entries in by_author(view, Felt, shared=shared).values()
    )


def talks(view: View, within: Window, scale: Scale, *, shared: bool) -> tuple[Notes, ...]:
    """Return how each talk of some days was to each person, in order.

    A talk is what an answer is about, on its day, and counts as it was answered last. Answers about nothing that
    is named cannot be told apart within a day, and count as one, their mean.
    """
    return tuple(_talk_by_talk(told, scale) for told in in_days(view, within, Rating, shared=shared))


def _talk_by_talk(told: Iterable[OfDay], scale: Scale) -> Notes:
    found: dict[tuple[dt.date, str | None], list[int]] = {}
    for day, entry in told:
        steps = answer(entry.body, scale)
        if steps is not None:
            before = found.pop((day, entry.about), [])  # it stands where it was answered last
            found[day, entry.about] = [*before, steps] if entry.about is None else [steps]
    in_turn = [answers for _, answers in sorted(found.items(), key=lambda talk: talk[0][0])]
    points = tuple((place, scale.value(Fraction(sum(each), len(each)))) for place, each in enumerate(in_turn))
    return Notes(n=sum(map(len, in_turn)), points=points)


def _in_turn(told: dict[OccurrenceKey, Felt], view: View, within: Window) -> Notes:
    began = {key: instant_of(key.original_start, key.zone) for key in told}
    rated = [(at, key) for key, at in began.items() if at is not None and at in within and _was_held(view, key)]
    points = tuple((place, Fraction(told[key].constructive)) for place, (_, key) in enumerate(sorted(rated)))
    return Notes(n=len(points), points=points)


def _was_held(view: View, key: OccurrenceKey) -> bool:
    """Tell whether a check-in took place; what somebody felt about one that did not counts for nothing."""
    try:
        schedule = view.state(CheckInSchedule, key.schedule)
    except UnknownStory:
        return False
    return schedule.standing_of(key, at=view.at) is Standing.HELD


def counted(view: View, within: Window, schedules: Sequence[CheckInSchedule]) -> Counts:
    """Return the counts of several schedules taken together."""
    every = [view.counts(schedule, within) for schedule in schedules]
    return Counts(due=sum(counts.due for counts in every), held=sum(counts.held for counts in every))


def latest(schedule: CheckInSchedule, within: Window, at: pendulum.DateTime) -> tuple[Occurrence, ...]:
    """Return the last check-ins of a window that have begun by now, in order; at most sixty."""
    end, reach = min(within.end, at), FIRST_LOOK
    start, found = end, tuple[Occurrence, ...]()
    while within.start < start and len(found) < MOST:  # looking further back in growing steps
        whole = reach >= dt.datetime.__sub__(end, within.start)
        start = within.start if whole else shifted(end, -reach)
        found, reach = tuple(schedule.occurrences(Window(start, end))), 4 * reach
    return found[-MOST:]


def one_by_one(view: View, within: Window, schedule: CheckInSchedule) -> tuple[Point, ...]:
    """Return the latest check-ins that count, in order: 1 for one that took place, 0 for one nobody answered."""
    standings = (view.standing(occurrence) for occurrence in latest(schedule, within, view.at))
    counts = [COUNTED[standing] for standing in standings if standing in COUNTED]
    return tuple((place, Fraction(count)) for place, count in enumerate(counts))
