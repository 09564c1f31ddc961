"""What is open now, what comes next, and what is offered again: the check-ins that a reader may want to know of."""

import datetime as dt
from collections.abc import Iterator
from itertools import chain
from typing import Final

import pendulum
from attrs import frozen

from reconnect.practice.closings import closed, concerned, held_back
from reconnect.primitives.checkin import CheckInSchedule, Closed, Occurrence, Rhythm, Standing, scheduled
from reconnect.record.view import View
from reconnect.temporal.elapsed import elapsed
from reconnect.temporal.window import Window

__all__ = ["Ahead", "ahead"]

OFFERED_AGAIN: Final = dt.timedelta(hours=12)  # ours, no study (rules: offered again afterwards, within hours)
FIRST_LOOK: Final = dt.timedelta(days=8)  # ours: a week and a day finds the next check-in of most rhythms
TICK: Final = dt.timedelta(microseconds=1)


@frozen(kw_only=True)
class Ahead:
    """The check-ins that may matter now, each in order.

    Attributes:
        opened: those that can be held now.
        following: the next one of each schedule.
        again: those that a time-out kept closed a short while ago.
    """

    opened: tuple[Occurrence, ...] = ()
    following: tuple[Occurrence, ...] = ()
    again: tuple[Occurrence, ...] = ()

    def turning(self) -> Iterator[pendulum.DateTime]:
        """Go through the instants at which any of it changes if nobody says anything."""
        yield from (occurrence.window.end for occurrence in self.opened)
        yield from (occurrence.window.start for occurrence in self.following)
        yield from (elapsed(occurrence.window.end, OFFERED_AGAIN) for occurrence in self.again)


def ahead(view: View) -> Ahead:
    """Gather what is open, what comes next and what is offered again, from every schedule that a reader can see."""
    planned = ((schedule, schedule.rhythm) for schedule in scheduled(view))
    each = [_ahead(view, schedule, rhythm) for schedule, rhythm in planned if rhythm is not None]
    return Ahead(
        opened=_in_order(one.opened for one in each),
        following=_in_order(one.following for one in each),
        again=_in_order(one.again for one in each),
    )


def _ahead(view: View, schedule: CheckInSchedule, rhythm: Rhythm) -> Ahead:
    """Gather it from one schedule; while a boundary holds its check-ins back, nothing is open or offered again."""
    recent = list(schedule.occurrences(Window(view.at - OFFERED_AGAIN - rhythm.late, view.at + rhythm.early)))
    since = min([view.at, *(occurrence.window.start for occurrence in recent)])
    shut = closed(view, concerned(view, schedule), Window(since, elapsed(view.at, TICK)))
    opened, following = _around(view, schedule, rhythm, shut)
    if held_back(view, schedule):
        return Ahead(following=following)
    again = () if shut.at(view.at) else tuple(each for each in recent if _is_offered_again(view, schedule, each, shut))
    return Ahead(opened=opened, following=following, again=again)


def _around(
    view: View, schedule: CheckInSchedule, rhythm: Rhythm, shut: Closed
) -> tuple[tuple[Occurrence, ...], tuple[Occurrence, ...]]:
    """Return what is open, and what comes next."""
    opened: list[Occurrence] = []
    for occurrence in _from_now_on(schedule, rhythm, view.at):
        standing = schedule.standing_of(occurrence.key, at=view.at, closed=shut)
        begun = occurrence.window.start <= view.at
        if standing is Standing.OPEN:
            opened.append(occurrence)
        elif standing is Standing.NOT_DUE and not begun and not schedule.is_waiting(occurrence.key):
            return tuple(opened), (occurrence,)
    return tuple(opened), ()


def _from_now_on(schedule: CheckInSchedule, rhythm: Rhythm, at: pendulum.DateTime) -> Iterator[Occurrence]:
    """Go through the check-ins from those that may be open on, looking further ahead in growing steps."""
    until = schedule.until(at=at)
    start, reach = at - rhythm.late, FIRST_LOOK
    last = (at if until is None else until) + rhythm.early + FIRST_LOOK
    while start < last:
        end = min(start + reach, last)
        yield from schedule.occurrences(Window(start, end))
        start, reach = end, 4 * reach


def _is_offered_again(view: View, schedule: CheckInSchedule, occurrence: Occurrence, shut: Closed) -> bool:
    """Tell whether the window of a check-in closed during a time-out, and that is but a short while ago."""
    recent = view.at < elapsed(occurrence.window.end, OFFERED_AGAIN)
    unanswered = schedule.standing_of(occurrence.key, at=view.at) is Standing.UNANSWERED
    return recent and unanswered and shut.broken_off(occurrence.window)


def _in_order(found: Iterator[tuple[Occurrence, ...]]) -> tuple[Occurrence, ...]:
    return tuple(sorted(chain.from_iterable(found), key=_when))


def _when(occurrence: Occurrence) -> tuple[pendulum.DateTime, str, str]:
    return (occurrence.start, occurrence.key.schedule, occurrence.key.zone)
