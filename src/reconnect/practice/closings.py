"""Closings tell a view what kept check-ins closed, so that it counts for nothing and against nobody."""

import datetime as dt
from bisect import bisect_left
from collections.abc import Collection, Iterable
from itertools import takewhile
from typing import Final

from reconnect.primitives.boundary import all_boundaries, together
from reconnect.primitives.checkin import CheckInSchedule, Closed, Counts, Occurrence, Standing
from reconnect.primitives.recovery import Phase, TimeOut
from reconnect.primitives.recovery.call import CONTRACT
from reconnect.primitives.recovery.terms import LONGEST
from reconnect.record.view import View, teach
from reconnect.temporal.elapsed import elapsed
from reconnect.temporal.window import Window
from reconnect.temporal.windows import Windows

__all__ = ["apart", "closed", "concerned", "held_back", "recent", "running"]

RUNNING: Final = frozenset({Phase.RESTING, Phase.READY, Phase.WAITING})


def apart(time_out: TimeOut, within: Window) -> Windows:
    """Return when a time-out ran, in a stretch of time: until its caller was back, it ended, or a day had passed."""
    calls = [act.at for act in time_out.told() if isinstance(act.body, TimeOut.opening)]
    days = (Window(at, elapsed(at, CONTRACT)) for at in calls)
    near = (day for day in days if day.overlaps(within))
    ran = Windows.of(*(window for day in near for window, phase in time_out.phases(day) if phase in RUNNING))
    return ran & Windows.of(within)


def recent(view: View) -> tuple[TimeOut, ...]:
    """Return the time-outs of which something, or of what follows them, can still hold: none lasts beyond a week."""
    acts = takewhile(
        lambda act: dt.datetime.__sub__(view.at, act.at) < LONGEST, reversed(view.entries(kind=TimeOut.bodies))
    )
    return _begun(view, {act.about for act in acts})


def called_near(view: View, within: Window) -> tuple[TimeOut, ...]:
    """Return the time-outs that may have run in a stretch of time: none runs for longer than a day after its call."""
    calls = view.entries(kind=TimeOut.opening)
    first = bisect_left(calls, within.start, key=lambda call: elapsed(call.at, CONTRACT))
    last = bisect_left(calls, within.end, key=lambda call: call.at)
    return view.some(TimeOut, (call.about for call in calls[first:last]))


def _begun(view: View, ids: Collection[str | None]) -> tuple[TimeOut, ...]:
    """Return the time-outs with some ids, in the order in which they began, without looking at any other."""
    return view.some(TimeOut, (call.about for call in view.entries(kind=TimeOut.opening) if call.about in ids))


def running(view: View) -> Window | None:
    """Return the time-out that runs, of several the one that ends last."""
    ahead = Window(view.at, elapsed(view.at, CONTRACT))
    near = called_near(view, ahead)
    running = [window for time_out in near for window in apart(time_out, ahead) if view.at in window]
    return max(running, key=lambda window: window.end, default=None)


def closed(view: View, people: Iterable[str], within: Window) -> Closed:
    """Return when no check-in of some people could open in a stretch of time, as of a view.

    Time-outs are everyone's; of quiet hours only those of the people whom the check-ins concern count.
    """
    ran = (window for time_out in called_near(view, within) for window in apart(time_out, within))
    hours = (each.quiet(of=person, within=within) for each in all_boundaries(view) for person in people)
    return Closed(time_outs=Windows.of(*ran), quiet=Windows.of(*(window for quiet in hours for window in quiet)))


def concerned(view: View, schedule: CheckInSchedule) -> tuple[str, ...]:
    """Return whom the check-ins of a schedule concern now."""
    return tuple(person for person in schedule.people if person in view.members)


def held_back(view: View, schedule: CheckInSchedule) -> bool:
    """Tell whether a boundary keeps the check-ins of a schedule closed now."""
    people = concerned(view, schedule)
    return any(together(each, people, at=view.at)[0].holds_back for each in all_boundaries(view))


def _standing(view: View, occurrence: Occurrence) -> Standing:
    """Carry out `View.standing`."""
    schedule = view.state(CheckInSchedule, occurrence.key.schedule)
    found = schedule.occurrence(occurrence.key) or occurrence
    shut = closed(view, schedule.people, found.window)
    standing = schedule.standing_of(occurrence.key, at=view.at, closed=shut)
    return Standing.NOT_DUE if standing is Standing.OPEN and held_back(view, schedule) else standing


def _counts(view: View, schedule: CheckInSchedule | str, within: Window) -> Counts:
    """Carry out `View.counts`."""
    story = view.state(CheckInSchedule, schedule if isinstance(schedule, str) else schedule.id)
    windows = [occurrence.window for occurrence in story.occurrences(within)]
    reach = Window(min([within.start, *(w.start for w in windows)]), max([within.end, *(w.end for w in windows)]))
    return story.counts(within, at=view.at, closed=closed(view, story.people, reach))


teach("standing", _standing)
teach("counts", _counts)
