"""How it is going, for an outlook: the reader's own readings of their last weeks, and what went well."""

from collections.abc import Callable, Iterator
from typing import Final

import pendulum

from reconnect.metrics.gentle import (
    constructiveness,
    conversation_quality,
    mood,
    openness,
    positive_interactions,
)
from reconnect.metrics.reading import Reading
from reconnect.metrics.wins import Win, small_wins
from reconnect.practice.own_days import around, last_days, tomorrow
from reconnect.primitives.checkin import scheduled
from reconnect.record.view import View
from reconnect.temporal.window import Window

__all__ = ["readings", "turning", "wins"]

READ: Final = 28  # whole days; ours, no study: long enough for a direction, short enough to be about now
GLAD: Final = 7  # whole days; ours, no study: good news stays for a week

_READ: Final[tuple[Callable[[View, Window], Reading], ...]] = (
    mood,
    openness,
    conversation_quality,
    constructiveness,
    positive_interactions,
)


def readings(view: View) -> tuple[Reading, ...]:
    """Read how the reader's own last four weeks went, as far as there is enough to say.

    It rests on what the reader noted and on nothing else. Today is not in it: the day is not over yet. What it is too
    early to say anything about is left out, so that nobody is told of all that they have not noted.

    Args:
        view: whose view it is, and as of when.

    Sources:
        28 whole days: ours, no study.
    """
    weeks = last_days(view, READ)
    found = (read(view, weeks) for read in _READ)
    return tuple(reading for reading in found if reading.value is not None)


def wins(view: View) -> tuple[Win, ...]:
    """Return what went well in the reader's last week, today among it, as far as they can see it.

    Args:
        view: whose view it is, and as of when.

    Sources:
        Seven days: ours, no study.
    """
    return small_wins(view, around(view, behind=GLAD, ahead=0))


def turning(view: View) -> Iterator[pendulum.DateTime]:
    """Go through the instants at which any of it may change although nobody writes anything."""
    night = tomorrow(view)
    yield night
    if view.at < night:
        planned = ((schedule, schedule.rhythm) for schedule in scheduled(view))
        near = ((schedule, Window(view.at - rhythm.late, night)) for schedule, rhythm in planned if rhythm is not None)
        for occurrence in (occurrence for schedule, window in near for occurrence in schedule.occurrences(window)):
            yield occurrence.start
            yield occurrence.window.end
